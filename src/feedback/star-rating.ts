// Star ratings: the mean, the distribution, and the share of good ones.

import { type Either, isLeft } from 'fp-ts/Either'
import { isNonEmpty } from './nps-summary.ts'
import { estimateFaults, meanOf, type RatingFaults, type RatingMean } from './rating-mean.ts'
import { countBetween, type RatingSummary, ratingsIn } from './rating-summary.ts'
import { type ShareEstimate, shareOf } from './share-estimate.ts'
import { standardTopBoxes } from './top-box.ts'

/** What stars say. */
export interface StarRating extends RatingMean {
  /** Each rating with its share of all, from the lowest on. */
  readonly shares: ReadonlyArray<{ readonly stars: number; readonly count: number; readonly share: number }>
  /** The ratings of the top boxes: 4 and 5 of 5. The lower end of its interval is what to sort items by. */
  readonly good: ShareEstimate
}

/**
 * What stars say: mean, distribution, share of good ratings.
 *
 * Few ratings say little: an item with one rating of five stars is not better than one with a mean of 4.8 of thousands. The
 * lower end of the interval of `good` sorts them as they should be (E. Miller, "How not to sort by average rating").
 *
 * @param summary of ratings
 * @param options `confidence`: 0.95 when absent
 * @returns `EmptySample` without ratings, `InvalidValue` for a count that is none, `OutOfRange` for a confidence that isn't
 * between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { starRating, summariseRatingCounts, unwrap } from 'treue'
 *
 * const lone = unwrap(starRating(unwrap(summariseRatingCounts([0, 0, 0, 0, 1]))))
 * const proven = unwrap(starRating(unwrap(summariseRatingCounts([10, 10, 30, 250, 700]))))
 * lone.mean > proven.mean // => true
 * lone.good.interval.lower > proven.good.interval.lower // => false
 * ```
 */
export const starRating = (
  summary: RatingSummary,
  options: { readonly confidence?: number } = {},
): Either<RatingFaults, StarRating> => {
  const { confidence = 0.95 } = options
  const faults = estimateFaults(summary, confidence)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const { minimum, maximum } = summary.scale
  const answers = ratingsIn(summary)
  const goodFrom = maximum - standardTopBoxes(summary.scale) + 1
  const good = shareOf(countBetween(summary, goodFrom, maximum), answers, confidence)
  if (isLeft(good)) return { _tag: 'Left', left: [good.left] }
  const shares = summary.counts.map((count, at) => ({ stars: minimum + at, count, share: count / answers }))
  return { _tag: 'Right', right: { ...meanOf(summary, confidence), shares, good: good.right } }
}
