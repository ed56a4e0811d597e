// The score interval of a proportion.

import { type Either, isLeft } from 'fp-ts/Either'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
} from '../foundation/index.ts'
import { normalQuantile } from './normal-quantile.ts'

/** Both ends of a confidence interval of a proportion, each from 0 to 1. */
export interface ProportionInterval {
  readonly lower: number
  readonly upper: number
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const trialFault = (successes: number, trials: number): InvalidValue | OutOfRange | EmptySample | null => {
  if (!isCount(trials)) return invalidValue(['trials'], trials, 'a whole number from 0')
  if (!isCount(successes)) return invalidValue(['successes'], successes, 'a whole number from 0')
  if (successes > trials) return outOfRange(['successes'], successes, `at most ${trials}, the number of trials`)
  return trials === 0 ? emptySample(['trials'], 'at least one trial') : null
}

/** The upper end: a sum, so that no digits are lost; the other end is what failures leave. */
const upperEnd = (successes: number, failures: number, z: number): number => {
  if (failures === 0) return 1
  const trials = successes + failures
  const root = Math.sqrt(z * z + (4 * successes * failures) / trials)
  return (2 * successes + z * z + z * root) / (2 * (trials + z * z))
}

/** The interval as {@link wilsonInterval} gives it, of a sample that is known to be sound. */
const wilsonEnds = (successes: number, trials: number, z: number): ProportionInterval => {
  const upper = upperEnd(successes, trials - successes, z)
  // The product of both ends is s² / (n (n + z²)).
  const lower = successes === 0 ? 0 : ((successes / trials) * successes) / (trials + z * z) / upper
  return { lower, upper }
}

/**
 * The Wilson score interval of a proportion: the proportions that a score test would not refuse. Unlike the textbook
 * interval it keeps its promise for small samples and rare events, and is never of width zero.
 *
 * Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), without continuity correction.
 *
 * @param successes how many of the trials, a whole number
 * @param trials how many there were, a whole number from 1
 * @param confidence between 0 and 1, 0.95 when absent
 * @returns `EmptySample` without trials, `InvalidValue` for what isn't a count, `OutOfRange` for more successes than trials
 * and for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { unwrap, wilsonInterval } from 'treue'
 *
 * const { lower, upper } = unwrap(wilsonInterval(8, 10))
 * ;[lower.toFixed(4), upper.toFixed(4)] // => ['0.4902', '0.9433']
 * wilsonInterval(0, 0)._tag // => 'Left'
 * ```
 */
export const wilsonInterval = (
  successes: number,
  trials: number,
  confidence: number = 0.95,
): Either<EmptySample | InvalidValue | OutOfRange, ProportionInterval> => {
  const fault = trialFault(successes, trials)
  if (fault !== null) return { _tag: 'Left', left: fault }
  const z = twoSidedQuantile(confidence)
  return isLeft(z) ? z : { _tag: 'Right', right: wilsonEnds(successes, trials, z.right) }
}

/**
 * How many standard errors a two-sided interval reaches to each side.
 *
 * @param confidence between 0 and 1, such as 0.95
 * @returns `OutOfRange` for any other number.
 * @example
 * ```ts
 * import { twoSidedQuantile, unwrap } from 'treue'
 *
 * unwrap(twoSidedQuantile(0.95)).toFixed(6) // => '1.959964'
 * ```
 */
export const twoSidedQuantile = (confidence: number): Either<OutOfRange, number> => {
  if (!(confidence > 0 && confidence < 1)) {
    return { _tag: 'Left', left: outOfRange(['confidence'], confidence, 'a confidence above 0 and below 1') }
  }
  // From the lower tail, where a confidence next to 1 keeps its digits.
  const quantile = normalQuantile((1 - confidence) / 2)
  return isLeft(quantile) ? quantile : { _tag: 'Right', right: -quantile.right }
}
