// A customer's health from several measures, of which some may be missing.

import { type Either, isLeft, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../../foundation/index.ts'
import { compensatedSum } from '../../statistics/index.ts'
import { unlessFaulty } from '../unless-faulty.ts'

/** One measure of a customer's health. */
export interface HealthMeasure {
  readonly name: string
  /** 0–100; `null` where there is none. */
  readonly score: number | null
  /** How much it counts, at least 0, in any unit. */
  readonly weight: number
}

/** A customer's health. */
export interface HealthScore {
  /** 0–100: the weighted mean of the measures that are there. */
  readonly score: number
  /** The weight of the measures that are there, by the weight of all: 0 to 1. */
  readonly coverage: number
  /** The names of the measures that aren't there. */
  readonly missing: ReadonlyArray<string>
}

/** Everything that keeps measures from having a score. */
export type HealthFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange | ZeroDenominator>

const measureFaults = (measures: ReadonlyArray<HealthMeasure>): ReadonlyArray<InvalidValue | OutOfRange> => {
  const seen = new Set<string>()
  return measures.flatMap(({ name, score, weight }, index) => {
    const repeated = seen.has(name)
    seen.add(name)
    return [
      ...(repeated ? [invalidValue([index, 'name'], name, 'a name that no other measure has')] : []),
      ...(score === null || (score >= 0 && score <= 100)
        ? []
        : [outOfRange([index, 'score'], score, 'a number from 0 to 100, or null')]),
      ...(weight >= 0 && weight <= 1e9 ? [] : [outOfRange([index, 'weight'], weight, 'a weight from 0 to 1e9')]),
    ]
  })
}

const scored = (measures: ReadonlyArray<HealthMeasure>): Either<HealthFaults, HealthScore> => {
  const present = measures.flatMap(({ score, weight }) => (score === null ? [] : [{ score, weight }]))
  if (present.length === 0) return left([emptySample([], 'at least one measure with a score')])
  const weights = compensatedSum(present.map(({ weight }) => weight))
  if (weights === 0) return left([zeroDenominator([], 'a measure with a score and a weight above 0')])
  const points = compensatedSum(present.map(({ score, weight }) => score * weight))
  return right({
    score: Math.min(100, points / weights),
    coverage: Math.min(1, weights / compensatedSum(measures.map(({ weight }) => weight))),
    missing: measures.filter(({ score }) => score === null).map(({ name }) => name),
  })
}

/**
 * A customer's health: the weighted mean of the measures that are there. One that is missing is left out, not counted as 0,
 * and the coverage says how much of the whole was there.
 *
 * Source: Gainsight, scorecards.
 *
 * @param measures each with a name of its own
 * @returns `EmptySample` where no measure has a score, `ZeroDenominator` where none of those has a weight, `InvalidValue` for a
 * repeated name, `OutOfRange` for a score outside 0–100 or a weight below 0.
 * @example
 * ```ts
 * import { healthScore, unwrap } from 'treue'
 *
 * const health = unwrap(
 *   healthScore([
 *     { name: 'usage', score: 80, weight: 50 },
 *     { name: 'survey', score: null, weight: 30 },
 *     { name: 'payments', score: 100, weight: 20 },
 *   ]),
 * )
 * health.score.toFixed(1) // => '85.7'
 * health.coverage // => 0.7
 * health.missing // => ['survey']
 * ```
 */
export const healthScore = (measures: ReadonlyArray<HealthMeasure>): Either<HealthFaults, HealthScore> => {
  const checked = unlessFaulty(measureFaults(measures), () => measures)
  return isLeft(checked) ? checked : scored(checked.right)
}
