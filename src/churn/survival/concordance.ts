// How well scores tell who leaves first.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  type InvalidValue,
  invalidValue,
  type ZeroDenominator,
  zeroDenominator,
} from '../../foundation/index.ts'
import { type ConcordantPairs, concordantPairs } from './concordant-pairs.ts'
import type { Lifetimes } from './lifetimes.ts'
import { regressionFaults, strataFaults } from './regression-data.ts'
import { type RiskRows, riskRows, type Stratum } from './risk-rows.ts'

/** Customers' times, to be compared with scores. */
export interface ConcordanceData extends Lifetimes {
  /** How many customers each row stands for, above 0; 1 when absent. */
  readonly weights?: ArrayLike<number>
  /** A stratum per row: only rows of the same are compared. */
  readonly strata?: ArrayLike<Stratum>
}

/** How well scores tell who leaves first. */
export interface Concordance {
  /** The share of pairs in which the one with the higher score left first; pairs of the same score count half. */
  readonly concordance: number
  /** By each customer's influence on it (the infinitesimal jackknife). */
  readonly standardError: number
  readonly concordant: number
  readonly discordant: number
  readonly tiedScores: number
}

/** Why there is no concordance. */
export type ConcordanceFaults = ReadonlyNonEmptyArray<InvalidValue | EmptySample | ZeroDenominator>

const scoreFaults = (scores: ArrayLike<number>, length: number): ReadonlyArray<InvalidValue> => {
  if (scores.length !== length) return [invalidValue(['scores', 'length'], scores.length, `${length}, one per time`)]
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < length; row += 1) {
    if (!Number.isFinite(scores[row])) faults.push(invalidValue(['scores', row], scores[row], 'a finite number'))
  }
  return faults
}

const concordanceIn = (
  { weights }: RiskRows,
  { concordant, discordant, tiedScores, agreeing, comparable }: ConcordantPairs,
): Either<ConcordanceFaults, Concordance> => {
  const pairs = concordant + discordant + tiedScores
  if (pairs === 0) {
    return { _tag: 'Left', left: [zeroDenominator([], 'two customers of whom it is known who left first')] }
  }
  const concordance = (concordant + tiedScores / 2) / pairs
  let squares = 0
  weights.forEach((weight, row) => {
    const influence = weight * ((agreeing[row] as number) - concordance * (comparable[row] as number))
    squares += (influence / pairs) ** 2
  })
  return {
    _tag: 'Right',
    right: { concordance, standardError: Math.sqrt(squares), concordant, discordant, tiedScores },
  }
}

/**
 * How well scores tell who leaves first: of all pairs of customers of whom that is known, the share in which the one with the
 * higher score left first. 0.5 is what chance does. It takes n log n steps.
 *
 * Sources: F. E. Harrell (1982), Harrell's C; its error as in T. Therneau's concordance for R.
 *
 * @param data see {@link ConcordanceData}
 * @param scores one per row, higher for whom we expect to leave earlier, such as those of {@link coxScores}
 * @returns `InvalidValue` at each entry that is wrong, `EmptySample` where nobody left, `ZeroDenominator` where no pair can be
 * compared.
 * @example
 * ```ts
 * import { concordanceOf, unwrap } from 'treue'
 *
 * const months = { times: [1, 2, 3, 4], ended: [true, true, false, true] }
 * unwrap(concordanceOf(months, [9, 3, 5, 1])).concordance // => 0.8
 * ```
 */
export const concordanceOf = (
  data: ConcordanceData,
  scores: ArrayLike<number>,
): Either<ConcordanceFaults, Concordance> => {
  const { strata, times } = data
  const [first, ...rest] = [
    ...regressionFaults({ ...data, covariates: [] }),
    ...strataFaults(strata, times.length),
    ...scoreFaults(scores, times.length),
  ]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const rows = riskRows({ ...data, covariates: [] }, strata)
  const sorted = new Float64Array(times.length).map((_, at) => scores[rows.origins[at] as number] as number)
  return concordanceIn(rows, concordantPairs(rows, sorted))
}
