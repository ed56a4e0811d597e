// Which buy-till-you-die model to trust with a shop's customers: by likelihood, and by what they bought afterwards.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, emptySample, type InvalidValue } from '../../foundation/index.ts'
import type { BuyingFit, BuyingFitFault } from './buying-fit.ts'
import type { BuyingModel } from './buying-model.ts'
import { mbgNbd, paretoNbd } from './buying-models.ts'
import type { RepeatBuyers } from './repeat-buyers.ts'
import { type RepeatBuying, repeatBuying } from './repeat-buying.ts'

/** A fitted model against the purchases that were held out. */
export interface BuyingCandidate {
  readonly model: 'MBG/NBD' | 'Pareto/NBD'
  readonly logLikelihood: number
  /** Purchases that it expected in the holdout, of all customers; `null` without a holdout. */
  readonly expectedPurchases: number | null
  /** Those made; `null` without a holdout. */
  readonly actualPurchases: number | null
  /** The mean over customers of the absolute difference of expected and actual purchases; `null` without a holdout. */
  readonly meanAbsoluteError: number | null
  /** How many customers it takes for alive: the sum of their probabilities. */
  readonly customersAlive: number
}

/** The model that was chosen, and why. */
export type BuyingChoice = {
  readonly by: 'holdout' | 'likelihood'
  readonly candidates: ReadonlyArray<BuyingCandidate>
  /** Why a model isn't among the candidates. */
  readonly failed: ReadonlyArray<BuyingFitFault>
} & (
  | { readonly model: 'MBG/NBD'; readonly fit: BuyingFit<'r' | 'alpha' | 'a' | 'b'> }
  | { readonly model: 'Pareto/NBD'; readonly fit: BuyingFit<'r' | 'alpha' | 's' | 'beta'> }
)

const total = (values: Float64Array, counts: Float64Array): number =>
  values.reduce((sum, value, row) => sum + value * (counts[row] as number), 0)

const absoluteError = (expected: Float64Array, actual: Float64Array): number =>
  expected.reduce((sum, value, row) => sum + Math.abs(value - (actual[row] as number)), 0) / expected.length

const candidateOf = <Name extends string>(
  model: BuyingModel<Name>,
  name: BuyingCandidate['model'],
  { parameters, logLikelihood }: BuyingFit<Name>,
  { repeats, recencies, ages, holdout, horizon }: RepeatBuyers,
): BuyingCandidate => {
  const counts = new Float64Array(repeats.length).fill(1)
  const scores = model.score(parameters, { repeats, recencies, ages, counts }, horizon)
  const none = new Float64Array(repeats.length)
  const { expectedPurchases, probabilityAlive } =
    scores._tag === 'Right' ? scores.right : { expectedPurchases: none, probabilityAlive: none }
  return {
    model: name,
    logLikelihood,
    expectedPurchases: holdout && total(expectedPurchases, counts),
    actualPurchases: holdout && total(holdout, counts),
    meanAbsoluteError: holdout && absoluteError(expectedPurchases, holdout),
    customersAlive: total(probabilityAlive, counts),
  }
}

const isBetter = (first: BuyingCandidate, second: BuyingCandidate): boolean =>
  first.meanAbsoluteError === null || second.meanAbsoluteError === null
    ? first.logLikelihood >= second.logLikelihood
    : first.meanAbsoluteError <= second.meanAbsoluteError

const chosen = (
  buyers: RepeatBuyers,
  rows: RepeatBuying,
): Either<ReadonlyNonEmptyArray<BuyingFitFault>, BuyingChoice> => {
  const [mbg, pareto] = [mbgNbd.fit(rows), paretoNbd.fit(rows)]
  const by = buyers.holdout === null ? 'likelihood' : 'holdout'
  if (mbg._tag === 'Left' && pareto._tag === 'Left') return { _tag: 'Left', left: [mbg.left, pareto.left] }
  const first = mbg._tag === 'Right' ? candidateOf(mbgNbd, 'MBG/NBD', mbg.right, buyers) : undefined
  const second = pareto._tag === 'Right' ? candidateOf(paretoNbd, 'Pareto/NBD', pareto.right, buyers) : undefined
  const candidates = [first, second].filter((candidate) => candidate !== undefined)
  const failed = [mbg, pareto].flatMap((fit) => (fit._tag === 'Left' ? [fit.left] : []))
  const takesFirst = first !== undefined && (second === undefined || isBetter(first, second))
  if (mbg._tag === 'Right' && takesFirst) {
    return { _tag: 'Right', right: { by, candidates, failed, model: 'MBG/NBD', fit: mbg.right } }
  }
  return pareto._tag === 'Right'
    ? { _tag: 'Right', right: { by, candidates, failed, model: 'Pareto/NBD', fit: pareto.right } }
    : { _tag: 'Left', left: [pareto.left] }
}

/**
 * Fits MBG/NBD and Pareto/NBD and takes the one that foresaw the held-out purchases better: the lower mean absolute error;
 * without a holdout the one of greater likelihood. BG/NBD is not among them, since it takes everybody who bought once for
 * alive.
 *
 * @param buyers from {@link repeatBuyers}
 * @returns why neither could be fitted; `EmptySample` without a customer, `InvalidValue` for columns that are none.
 * @example
 * ```ts
 * import { chooseBuyingModel } from 'treue'
 *
 * const none = Float64Array.of(0)
 * const one = { customers: ['ann'], repeats: none, recencies: none, ages: Float64Array.of(9), logGaps: none, holdout: null, horizon: 0 }
 * chooseBuyingModel(one)._tag // => 'Left'
 * ```
 */
export const chooseBuyingModel = (
  buyers: RepeatBuyers,
): Either<ReadonlyNonEmptyArray<BuyingFitFault | InvalidValue | EmptySample>, BuyingChoice> => {
  if (buyers.repeats.length === 0) return { _tag: 'Left', left: [emptySample(['customers'], 'a customer')] }
  const rows = repeatBuying(buyers)
  return rows._tag === 'Left' ? rows : chosen(buyers, rows.right)
}
