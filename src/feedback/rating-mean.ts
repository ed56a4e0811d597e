// The mean of ratings and how well it is known.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { EmptySample, InvalidValue, OutOfRange } from '../foundation/index.ts'
import { studentQuantile, twoSidedQuantile } from '../statistics/index.ts'
import { isNonEmpty } from './nps-summary.ts'
import { eitherFaults, type RatingSummary, ratedFaults, ratingsIn } from './rating-summary.ts'

/** Everything that is wrong with ratings and options. */
export type RatingFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange>

/** A mean rating, and how well it is known. */
export interface RatingMean {
  readonly mean: number
  readonly sum: number
  readonly answers: number
  readonly confidence: number
  /** Of one rating, by n − 1; `null` with one rating. */
  readonly standardDeviation: number | null
  /** By Student's distribution, cut at the ends of the scale; `null` with one rating. */
  readonly interval: { readonly lower: number; readonly upper: number } | null
  /** Whether all ratings are alike, so that the interval has width zero and says nothing. */
  readonly degenerate: boolean
}

/** The mean of ratings that are known to be sound, and of a confidence that is. */
export const meanOf = (summary: RatingSummary, confidence: number): RatingMean => {
  const { minimum, maximum } = summary.scale
  const answers = ratingsIn(summary)
  const total = (of: (rating: number) => number): number =>
    summary.counts.reduce((sum, count, at) => sum + count * of(minimum + at), 0)
  const sum = total((rating) => rating)
  const mean = sum / answers
  const squares = total((rating) => (rating - mean) ** 2)
  const standardDeviation = answers < 2 ? null : Math.sqrt(squares / (answers - 1))
  const t = studentQuantile((1 - confidence) / 2, answers - 1)
  const reach = isLeft(t) || standardDeviation === null ? null : (-t.right * standardDeviation) / Math.sqrt(answers)
  const interval =
    reach === null ? null : { lower: Math.max(minimum, mean - reach), upper: Math.min(maximum, mean + reach) }
  return { mean, sum, answers, confidence, standardDeviation, interval, degenerate: standardDeviation === 0 }
}

/** The faults of ratings that must not be empty, and of a confidence. */
export const estimateFaults = (
  summary: RatingSummary,
  confidence: number,
): ReadonlyArray<EmptySample | InvalidValue | OutOfRange> => [
  ...ratedFaults(summary),
  ...eitherFaults(twoSidedQuantile(confidence)),
]

/**
 * The mean of ratings with its interval.
 *
 * It counts the ratings itself: a number of answers from elsewhere may not belong to them.
 *
 * @param summary from {@link summariseRatings} or {@link summariseRatingCounts}
 * @param options `confidence`: 0.95 when absent
 * @returns `EmptySample` without ratings, `InvalidValue` for a count that is none, `OutOfRange` for a confidence that isn't
 * between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { ratingMean, summariseRatings, unwrap } from 'treue'
 *
 * const { mean, interval } = unwrap(ratingMean(unwrap(summariseRatings([5, 4, 2, 1]))))
 * mean // => 3
 * interval?.lower // => 1
 * interval?.upper // => 5
 * ```
 */
export const ratingMean = (
  summary: RatingSummary,
  options: { readonly confidence?: number } = {},
): Either<RatingFaults, RatingMean> => {
  const { confidence = 0.95 } = options
  const faults = estimateFaults(summary, confidence)
  return isNonEmpty(faults) ? { _tag: 'Left', left: faults } : { _tag: 'Right', right: meanOf(summary, confidence) }
}
