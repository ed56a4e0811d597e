// How many of the coming trials succeed, from those of a past.

import * as E from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import type { CountForecast } from './count-forecast.ts'
import { logGammaAbove0 } from './log-gamma.ts'

/** Trials that were seen, and those to come. */
export interface TrialPast {
  readonly successes: number
  /** At least as many; at least 1. */
  readonly trials: number
  /** Whole trials to come, at most 10,000. */
  readonly ahead: number
  /** What is left of a trial that is under way without a success: 0, the default, to 1. */
  readonly rest?: number
}

const most = 10_000

const isCount = (value: number, least: number, greatest: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= greatest

const trialFaults = ({ successes, trials, ahead, rest = 0 }: TrialPast): ReadonlyArray<OutOfRange> => [
  ...(isCount(trials, 1, 1e6) ? [] : [outOfRange(['trials'], trials, 'a whole number from 1 to 1000000')]),
  ...(isCount(successes, 0, trials)
    ? []
    : [outOfRange(['successes'], successes, 'a whole number from 0 to the trials')]),
  ...(isCount(ahead, 0, most) ? [] : [outOfRange(['ahead'], ahead, `a whole number from 0 to ${most}`)]),
  ...(rest >= 0 && rest <= 1 ? [] : [outOfRange(['rest'], rest, 'a number from 0 to 1')]),
]

const logBeta = (a: number, b: number): number => logGammaAbove0(a) + logGammaAbove0(b) - logGammaAbove0(a + b)

/**
 * How many of some trials to come succeed, when their probability is only known from earlier ones: the beta-binomial
 * predictive distribution with Jeffreys' prior. A trial under way succeeds in what is left of it as a part of a whole one:
 * with 1 − (1 − p)^rest.
 *
 * Source: A. Gelman et al., Bayesian Data Analysis (2013), section 2.
 *
 * @param past see {@link TrialPast}
 * @returns `OutOfRange` for every number outside its range.
 * @example
 * ```ts
 * import { forecastTrials, unwrap } from 'treue'
 *
 * const months = unwrap(forecastTrials({ successes: 5, trials: 8, ahead: 4 }))
 * months.expected.toFixed(2) // => '2.44'
 * months.atLeast(4).toFixed(2) // => '0.19'
 * ```
 */
export const forecastTrials = (past: TrialPast): E.Either<ReadonlyArray<OutOfRange>, CountForecast> => {
  const faults = trialFaults(past)
  if (faults.length > 0) return E.left(faults)
  const { successes, trials, ahead, rest = 0 } = past
  const [a, b] = [successes + 0.5, trials - successes + 0.5]
  const before = logBeta(a, b)
  /** The probability of so many of the whole ones, and none in the rest. */
  const massOf = (count: number, left: number): number =>
    Math.exp(
      -Math.log(ahead + 1) -
        logBeta(count + 1, ahead - count + 1) +
        logBeta(a + count, b + ahead - count + left) -
        before,
    )
  const isRest = rest > 0
  const masses = Array.from({ length: ahead + (isRest ? 2 : 1) }, (_, count) => {
    const none = count <= ahead ? massOf(count, rest) : 0
    const one = isRest && count > 0 ? massOf(count - 1, 0) - massOf(count - 1, rest) : 0
    return none + one
  })
  const tails = masses.map(() => 1)
  for (let count = masses.length - 1, sum = 0; count > 0; count -= 1) {
    sum += masses[count] ?? 0
    tails[count] = Math.min(1, sum)
  }
  return E.right({
    expected: tails.reduce((sum, tail) => sum + tail, -1),
    atLeast: (count) => (count <= 0 ? 1 : (tails[Math.ceil(count)] ?? 0)),
    quantile: (probability) => {
      const enough = tails.findIndex((_, count) => (tails[count + 1] ?? 0) <= 1 - probability)
      return enough === -1 ? masses.length - 1 : enough
    },
  })
}
