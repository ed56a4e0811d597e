// How probable it is that a count is no larger than some: of events that come by themselves at a pace, known or estimated.

import type { Either } from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { logGammaRise } from './digamma.ts'
import { gammaTail } from './gamma-tail.ts'

const mostEvents = 10_000_000

const countFaults = (count: number): ReadonlyArray<OutOfRange> =>
  Number.isInteger(count) && count >= 0 && count <= mostEvents
    ? []
    : [outOfRange(['count'], count, `a whole number from 0 to ${mostEvents}`)]

const largestMean = 1e9

/**
 * The probability that a Poisson count is at most so large: a small one says that so few events are hard to explain by
 * chance. Digits are kept far out in the tail.
 *
 * Source: NIST Digital Library of Mathematical Functions 8.4.10: it is the upper tail of a gamma variable.
 *
 * @param count a whole number from 0 to 10,000,000
 * @param mean how many events are expected, 0 to 10⁹
 * @returns `OutOfRange` for either that is none, both of them.
 * @example
 * ```ts
 * import { poissonLowerTail, unwrap } from 'treue'
 *
 * unwrap(poissonLowerTail(2, 6)).toFixed(6) // => '0.061969'
 * unwrap(poissonLowerTail(0, 50)).toExponential(4) // => '1.9287e-22'
 * ```
 */
export const poissonLowerTail = (count: number, mean: number): Either<ReadonlyArray<OutOfRange>, number> => {
  const faults = [
    ...countFaults(count),
    ...(mean >= 0 && mean <= largestMean ? [] : [outOfRange(['mean'], mean, `a number from 0 to ${largestMean}`)]),
  ]
  return faults.length > 0 ? { _tag: 'Left', left: faults } : { _tag: 'Right', right: gammaTail(mean, count + 1) }
}

/** A pace of which is known what a gamma distribution says: as if so many events had been seen. */
export interface GammaPace {
  /** Events seen, fractions included; above 0, at most 10⁷. */
  readonly shape: number
  /** The time ahead by the time in which they were seen; 0 to 10⁷. */
  readonly odds: number
}

const negligible = 1e-17

/** Adds up probabilities from one on, each from the one before, until they no longer matter. */
const sumFrom = (mass: number, steps: number, ratio: (step: number) => number): number => {
  let [sum, term] = [0, mass]
  for (let step = 1; step <= steps; step += 1) {
    const by = ratio(step)
    term *= by
    sum += term
    if (by < 1 && term <= negligible * sum) break
  }
  return sum
}

/** From the count, or from the most probable one below it, to both sides. All terms are positive. */
const lowerSum = (count: number, { shape, odds }: GammaPace): number => {
  const from = Math.min(count, Math.max(0, Math.floor((shape - 1) * odds)))
  const share = odds / (1 + odds)
  const first = Math.exp(
    logGammaRise(shape, from) -
      logGammaRise(1, from) +
      (from === 0 ? 0 : from * Math.log(share)) -
      shape * Math.log1p(odds),
  )
  const below = sumFrom(first, from, (step) => (from - step + 1) / ((from - step + shape) * share))
  const above = sumFrom(first, count - from, (step) => ((from + step - 1 + shape) / (from + step)) * share)
  return Math.min(1, first + below + above)
}

/**
 * The probability that a count is at most so large, when the pace of its events is only known from a past: the gamma-Poisson
 * distribution, which is negative binomial. It is wider than Poisson's, so that a short past raises no alarm.
 *
 * Source: A. Gelman et al., Bayesian Data Analysis (2013), section 2.6.
 *
 * @param count a whole number from 0 to 10,000,000
 * @param pace see {@link GammaPace}
 * @returns `OutOfRange` for everything that is none.
 * @example
 * ```ts
 * import { gammaPoissonLowerTail, unwrap } from 'treue'
 *
 * // 12 events in 180 days, after half an event that was believed in; none in the next 90.
 * unwrap(gammaPoissonLowerTail(0, { shape: 12.5, odds: 90 / 180 })).toFixed(6) // => '0.006293'
 * ```
 */
export const gammaPoissonLowerTail = (count: number, pace: GammaPace): Either<ReadonlyArray<OutOfRange>, number> => {
  const { shape, odds } = pace
  const faults = [
    ...countFaults(count),
    ...(shape > 0 && shape <= mostEvents ? [] : [outOfRange(['shape'], shape, 'a number above 0, at most 10000000')]),
    ...(odds >= 0 && odds <= mostEvents ? [] : [outOfRange(['odds'], odds, 'a number from 0 to 10000000')]),
  ]
  return faults.length > 0 ? { _tag: 'Left', left: faults } : { _tag: 'Right', right: lowerSum(count, pace) }
}
