// Two proportions against each other: by how much they differ, and how surely.

import { type Either, isLeft } from 'fp-ts/Either'
import type { EmptySample, InvalidValue, OutOfRange } from '../foundation/index.ts'
import { normalUpperTail } from './normal-tail.ts'
import { type ProportionInterval, twoSidedQuantile, wilsonInterval } from './wilson-interval.ts'

/** How many of how many. */
export interface Proportion {
  /** A whole number, at most `trials`. */
  readonly successes: number
  /** A whole number from 1. */
  readonly trials: number
}

/** The difference of two proportions; above 0 where the second is higher. */
export interface ProportionDifference {
  /** The second less the first, −1 to 1. */
  readonly difference: number
  readonly confidence: number
  /** By Newcombe's method from both Wilson intervals, within −1 and 1. */
  readonly interval: ProportionInterval
  /** Of the difference, each side by its own variance; 0 where nothing varies. */
  readonly standardError: number
  /** The difference in standard errors if there were none, by the pooled share; `null` where nothing varies. */
  readonly z: number | null
  /** How probable a difference as far from 0 is, either way, if there is none; `null` as `z` is. */
  readonly p: number | null
}

const sideFault = (
  { successes, trials }: Proportion,
  confidence: number,
  side: string,
): Either<EmptySample | InvalidValue | OutOfRange, ProportionInterval> => {
  const interval = wilsonInterval(successes, trials, confidence)
  if (!isLeft(interval) || interval.left.path[0] === 'confidence') return interval
  return { _tag: 'Left', left: { ...interval.left, path: [side, ...interval.left.path] } }
}

const varianceOf = ({ successes, trials }: Proportion): number =>
  ((successes / trials) * ((trials - successes) / trials)) / trials

/** In standard errors of a difference between samples of one population; the products of counts lose no digits. */
const pooledZ = (first: Proportion, second: Proportion): number | null => {
  const successes = first.successes + second.successes
  const trials = first.trials + second.trials
  if (successes === 0 || successes === trials) return null
  const share = successes / trials
  const variance = share * (1 - share) * (1 / first.trials + 1 / second.trials)
  return (second.successes / second.trials - first.successes / first.trials) / Math.sqrt(variance)
}

const twoSided = (z: number): number => {
  const tail = normalUpperTail(Math.abs(z))
  return isLeft(tail) ? 1 : Math.min(1, 2 * tail.right)
}

/**
 * The difference of the proportions of two separate samples, with an interval that holds for few trials and rare events,
 * and the test of there being none.
 *
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998), method 10; the test is the pooled z test.
 *
 * @param first such as the control group, or the wave before
 * @param second such as the treated group, or the wave after
 * @param confidence between 0 and 1, 0.95 when absent
 * @returns `EmptySample` for a side without trials, `InvalidValue` for what isn't a count, `OutOfRange` for more successes
 * than trials and for a confidence outside (0, 1); the first that applies.
 * @example
 * ```ts
 * import { compareProportions, unwrap } from 'treue'
 *
 * const control = { successes: 100, trials: 10_000 }
 * const treated = { successes: 1_200, trials: 90_000 }
 * const { interval, p } = unwrap(compareProportions(control, treated))
 * ;[interval.lower.toFixed(6), interval.upper.toFixed(6), p?.toFixed(6)] // => ['0.001066', '0.005264', '0.005243']
 * ```
 */
export const compareProportions = (
  first: Proportion,
  second: Proportion,
  confidence: number = 0.95,
): Either<EmptySample | InvalidValue | OutOfRange, ProportionDifference> => {
  const level = twoSidedQuantile(confidence)
  if (isLeft(level)) return level
  const one = sideFault(first, confidence, 'first')
  if (isLeft(one)) return one
  const other = sideFault(second, confidence, 'second')
  if (isLeft(other)) return other
  const [p1, p2] = [first.successes / first.trials, second.successes / second.trials]
  const difference = p2 - p1
  const below = Math.hypot(p2 - other.right.lower, one.right.upper - p1)
  const above = Math.hypot(other.right.upper - p2, p1 - one.right.lower)
  const z = pooledZ(first, second)
  return {
    _tag: 'Right',
    right: {
      difference,
      confidence,
      interval: { lower: Math.max(-1, difference - below), upper: Math.min(1, difference + above) },
      standardError: Math.sqrt(varianceOf(first) + varianceOf(second)),
      z,
      p: z === null ? null : twoSided(z),
    },
  }
}
