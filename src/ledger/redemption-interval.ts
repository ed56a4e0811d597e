// How far redemptions may be from what is expected, by the standard error of the projection.
import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type InvalidValue, invalidValue, type OutOfRange, outOfRange } from '../foundation/index.ts'
import { normalQuantile } from '../statistics/index.ts'

/** How projected amounts are taken to be spread: skewed and above 0 (`'logNormal'`), or evenly to both sides (`'normal'`). */
export type RedemptionDistribution = 'logNormal' | 'normal'

/** How an interval is computed. */
export interface RedemptionIntervalOptions {
  /** How likely the interval has the amount, above 0 and below 1; 0.95 when absent. */
  readonly confidence?: number
  /** `'logNormal'` when absent: what is outstanding isn't below 0, and skewed where its error is large (Mack 1993). */
  readonly distribution?: RedemptionDistribution
}

/** An interval of redemptions. */
export interface RedemptionInterval {
  readonly lower: number
  readonly upper: number
  readonly confidence: number
  /** What was used: `'normal'` where 0 is expected, of which there is no log-normal spread. */
  readonly distribution: RedemptionDistribution
}

const amountFaults = (name: string, amount: number): ReadonlyArray<InvalidValue> =>
  Number.isFinite(amount) && amount >= 0 ? [] : [invalidValue([name], amount, 'a finite number of at least 0')]

/** The bounds at so many standard deviations to both sides. */
const boundsOf = (
  expected: number,
  standardError: number,
  deviations: number,
  distribution: RedemptionDistribution,
): readonly [number, number] => {
  if (standardError === 0) return [expected, expected]
  if (distribution === 'normal') {
    return [Math.max(0, expected - deviations * standardError), expected + deviations * standardError]
  }
  const variance = Math.log1p((standardError / expected) ** 2)
  const spread = deviations * Math.sqrt(variance)
  return [expected * Math.exp(-variance / 2 - spread), expected * Math.exp(-variance / 2 + spread)]
}

/**
 * Between what bounds redemptions that are still to come lie, with a given probability.
 *
 * Source: T. Mack, ASTIN Bulletin 23 (1993), section 5: a log-normal distribution with the mean and the standard error of
 * the projection.
 *
 * @param expected redemptions that are still expected, such as `outstanding` of {@link mackChainLadder}; 0 or more
 * @param standardError of that projection; 0 or more
 * @param options see {@link RedemptionIntervalOptions}
 * @returns `InvalidValue` for numbers below 0 or not finite; `OutOfRange` for a confidence that is none, and for bounds beyond
 * the range of numbers.
 * @example
 * ```ts
 * import { redemptionInterval, unwrap } from 'treue'
 *
 * const { lower, upper } = unwrap(redemptionInterval(52_135, 26_909))
 * Math.round(lower) // => 17872
 * Math.round(upper) // => 120092
 * const even = unwrap(redemptionInterval(52_135, 26_909, { distribution: 'normal' }))
 * even.lower // => 0
 * Math.round(even.upper) // => 104876
 * ```
 */
export const redemptionInterval = (
  expected: number,
  standardError: number,
  options: RedemptionIntervalOptions = {},
): E.Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, RedemptionInterval> => {
  const { confidence = 0.95 } = options
  const distribution = expected === 0 ? 'normal' : (options.distribution ?? 'logNormal')
  const quantile = normalQuantile(confidence < 1 ? (1 + confidence) / 2 : confidence)
  const [fault, ...more] = [
    ...amountFaults('expected', expected),
    ...amountFaults('standardError', standardError),
    ...(confidence > 0 && confidence < 1 ? [] : [outOfRange(['confidence'], confidence, 'above 0 and below 1')]),
  ]
  if (fault !== undefined) return E.left([fault, ...more])
  if (quantile._tag === 'Left') return E.left([{ ...quantile.left, path: ['confidence'] }])
  const [lower, upper] = boundsOf(expected, standardError, quantile.right, distribution)
  return Number.isFinite(lower) && Number.isFinite(upper)
    ? E.right({ lower, upper, confidence, distribution })
    : E.left([outOfRange(['standardError'], standardError, 'a standard error that leaves finite bounds')])
}
