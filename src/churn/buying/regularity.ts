// How regularly customers buy: the number of stages of each purchase, by likelihood.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type InvalidValue, invalidValue } from '../../foundation/index.ts'
import { logGammaRise } from '../../statistics/index.ts'
import type { BuyingFit, BuyingFitFault } from './buying-fit.ts'
import { type BuyingModel, buyingModel } from './buying-model.ts'
import { regularBetaGeometricKernel } from './regular-beta-geometric.ts'
import type { RepeatBuying } from './repeat-buying.ts'

type Name = 'r' | 'alpha' | 'a' | 'b'

const mostStages = 20

const stageFaults = (path: string, k: number): ReadonlyArray<InvalidValue> =>
  Number.isInteger(k) && k >= 1 && k <= mostStages
    ? []
    : [invalidValue([path], k, `an integer from 1 to ${mostStages}`)]

const modelOf = (k: number): BuyingModel<Name> => buyingModel(`MBG/CNBD-${k}`, regularBetaGeometricKernel(k))

/**
 * The MBG/CNBD-k model: as {@link mbgNbd}, but the times between a customer's purchases are sums of k random stages, so that
 * they vary less the greater k is. With k = 1 it is the MBG/NBD.
 *
 * Its rates are those of stages: a customer buys at λ / k. Expectations are exact sums over stages; where these are more than
 * two million the result is a fault.
 *
 * Source: M. Platzer & T. Reutterer, Marketing Science 35 (2016), and the vignette of their BTYDplus; expectations from first
 * principles.
 *
 * @param k stages of each purchase, from 1 to 20; {@link fitRegularity} chooses it
 * @returns `InvalidValue` for another k.
 * @example
 * ```ts
 * import { mbgCnbd, unwrap } from 'treue'
 *
 * const regular = unwrap(mbgCnbd(3))
 * const weeks = { r: 1.5, alpha: 2.5, a: 0.5, b: 2 }
 * // Six purchases in 30 weeks, then eight weeks of silence: long for somebody so regular.
 * unwrap(regular.probabilityAlive(weeks, { repeats: 6, recency: 30, age: 38 })).toFixed(2) // => '0.73'
 * unwrap(regular.probabilityAlive(weeks, { repeats: 6, recency: 30, age: 44 })).toFixed(2) // => '0.27'
 * ```
 */
export const mbgCnbd = (k: number): Either<InvalidValue, BuyingModel<Name>> => {
  const [fault] = stageFaults('k', k)
  return fault === undefined ? { _tag: 'Right', right: modelOf(k) } : { _tag: 'Left', left: fault }
}

/** A number of stages, and how likely it makes the purchases. */
export interface RegularityCandidate {
  readonly k: number
  /** With the times between purchases, so that candidates can be compared. */
  readonly logLikelihood: number
}

/** The number of stages that makes the purchases likeliest. */
export interface RegularityFit {
  readonly k: number
  readonly model: BuyingModel<Name>
  readonly fit: BuyingFit<Name>
  readonly candidates: ReadonlyArray<RegularityCandidate>
  /** Why a number of stages isn't among the candidates. */
  readonly failed: ReadonlyArray<{ readonly k: number; readonly fault: BuyingFitFault }>
}

interface Attempt extends RegularityCandidate {
  readonly model: BuyingModel<Name>
  readonly fit: BuyingFit<Name>
}

/**
 * Fits MBG/CNBD-k for k = 1, 2 and so on, and takes the k of the greatest likelihood.
 *
 * @param rows from {@link repeatBuying}
 * @param logGaps the sum over all customers of the natural logarithms of the times between their purchases, in the unit of the
 * rows: the sum of `logGaps` of {@link repeatBuyers}
 * @param most the greatest k to try, from 1 to 20
 * @returns `InvalidValue` for a sum that is no number or another `most`; why no k could be fitted.
 * @example
 * ```ts
 * import { fitRegularity, repeatBuying, unwrap } from 'treue'
 *
 * const none = unwrap(repeatBuying({ repeats: [0], recencies: [0], ages: [9] }))
 * fitRegularity(none, 0, 3)._tag // => 'Left'
 * ```
 */
export const fitRegularity = (
  rows: RepeatBuying,
  logGaps: number,
  most: number,
): Either<ReadonlyNonEmptyArray<BuyingFitFault | InvalidValue>, RegularityFit> => {
  const gapFaults = Number.isFinite(logGaps) ? [] : [invalidValue(['logGaps'], logGaps, 'a number')]
  const [first, ...rest] = [...gapFaults, ...stageFaults('most', most)]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const purchases = rows.repeats.reduce((sum, repeats, row) => sum + repeats * (rows.counts[row] as number), 0)
  const attempts: Array<Attempt> = []
  const failed: Array<{ readonly k: number; readonly fault: BuyingFitFault }> = []
  for (let k = 1; k <= most; k += 1) {
    const model = modelOf(k)
    const fit = model.fit(rows)
    // The density of the times between purchases has (k − 1) ln of each, less ln (k − 1)!.
    const ofGaps = (k - 1) * logGaps - purchases * logGammaRise(1, k - 1)
    if (fit._tag === 'Left') failed.push({ k, fault: fit.left })
    else attempts.push({ k, logLikelihood: fit.right.logLikelihood + ofGaps, model, fit: fit.right })
  }
  const [start, ...others] = attempts
  if (start === undefined) {
    // At least k = 1 was tried.
    const faults = failed.map(({ fault }) => fault) as [BuyingFitFault, ...Array<BuyingFitFault>]
    return { _tag: 'Left', left: faults }
  }
  const best = others.reduce((before, next) => (next.logLikelihood > before.logLikelihood ? next : before), start)
  const candidates = attempts.map(({ k, logLikelihood }) => ({ k, logLikelihood }))
  return { _tag: 'Right', right: { k: best.k, model: best.model, fit: best.fit, candidates, failed } }
}
