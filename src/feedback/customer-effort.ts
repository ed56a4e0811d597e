// The Customer Effort Score, which goes by three definitions: a mean, a net share and a share who agree.

import { type Either, isLeft } from 'fp-ts/Either'
import { type EmptySample, emptySample, type InvalidValue, invalidValue, type OutOfRange } from '../foundation/index.ts'
import { type NpsCounts, pointsOf } from './nps-counts.ts'
import { npsInterval } from './nps-interval.ts'
import { isCount } from './nps-scale.ts'
import { isNonEmpty } from './nps-summary.ts'
import { estimateFaults, type RatingFaults } from './rating-mean.ts'
import { countBetween, type RatingScale, type RatingSummary, ratingsIn } from './rating-summary.ts'
import { type ShareEstimate, shareOf } from './share-estimate.ts'

/** Answers about effort in three groups. */
export interface EffortCounts {
  readonly easy: number
  readonly neutral: number
  readonly difficult: number
}

/** A net effort score, in points. */
export interface CustomerEffortNet extends EffortCounts {
  /** 100 · (easy − difficult) ÷ answers, −100 to 100. */
  readonly score: number
  readonly answers: number
  readonly confidence: number
  /** By the adjusted Wald method, as of a Net Promoter Score. */
  readonly interval: { readonly lower: number; readonly upper: number }
}

/**
 * The share who agree that it was easy: the Customer Effort Score as Gartner (CEB) counts it, 5 to 7 of 7.
 *
 * On other scales these are the ratings above the middle. On a scale where a low number means little effort, turn the
 * ratings around first with {@link reverseRatings}. For the Customer Effort Score as a mean see {@link ratingMean}.
 *
 * @param summary of ratings, where the highest means easiest
 * @param options `confidence`: 0.95 when absent
 * @returns `EmptySample` without ratings, `InvalidValue` for a count that is none, `OutOfRange` for a confidence that isn't
 * between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { customerEffortAgreement, sevenPointScale, summariseRatingCounts, unwrap } from 'treue'
 *
 * const summary = unwrap(summariseRatingCounts([80, 210, 140, 110, 160, 180, 120], sevenPointScale))
 * unwrap(customerEffortAgreement(summary)).share // => 0.46
 * ```
 */
export const customerEffortAgreement = (
  summary: RatingSummary,
  options: { readonly confidence?: number } = {},
): Either<RatingFaults, ShareEstimate> => {
  const { confidence = 0.95 } = options
  const faults = estimateFaults(summary, confidence)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const { minimum, maximum } = summary.scale
  const share = shareOf(countBetween(summary, (minimum + maximum + 1) / 2, maximum), ratingsIn(summary), confidence)
  return isLeft(share) ? { _tag: 'Left', left: [share.left] } : share
}

/** The two highest ratings are easy, those below the middle difficult: 6–7 and 1–3 of 7, 4–5 and 1–2 of 5. */
const groupsOf = (summary: RatingSummary): EffortCounts => {
  const { minimum, maximum }: RatingScale = summary.scale
  const middle = (minimum + maximum) / 2
  const easy = countBetween(summary, Math.max(maximum - 1, middle + 0.5), maximum)
  const difficult = countBetween(summary, minimum, middle - 0.5)
  return { easy, neutral: ratingsIn(summary) - easy - difficult, difficult }
}

const netOf = (groups: EffortCounts, confidence: number): Either<EmptySample | OutOfRange, CustomerEffortNet> => {
  const { easy, neutral, difficult } = groups
  const counts: NpsCounts = { promoters: easy, passives: neutral, detractors: difficult }
  const interval = npsInterval(counts, 'adjustedWald', confidence)
  if (isLeft(interval)) return interval
  const { lower, upper } = interval.right
  const answers = easy + neutral + difficult
  const right: CustomerEffortNet = {
    score: pointsOf(counts),
    answers,
    easy,
    neutral,
    difficult,
    confidence,
    interval: { lower, upper },
  }
  return { _tag: 'Right', right }
}

/**
 * The net Customer Effort Score: the share who found it easy less the share who found it difficult, in points.
 *
 * Easy are the two highest ratings, difficult those below the middle of the scale: 6–7 and 1–3 of 7 (CYS). On a scale where
 * a low number means little effort, turn the ratings around first with {@link reverseRatings}.
 *
 * @param summary of ratings, where the highest means easiest
 * @param options `confidence`: 0.95 when absent
 * @returns `EmptySample` without ratings, `InvalidValue` for a count that is none, `OutOfRange` for a confidence that isn't
 * between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { customerEffortNet, sevenPointScale, summariseRatingCounts, unwrap } from 'treue'
 *
 * const summary = unwrap(summariseRatingCounts([80, 210, 140, 110, 160, 180, 120], sevenPointScale))
 * unwrap(customerEffortNet(summary)).score // => -13
 * ```
 */
export const customerEffortNet = (
  summary: RatingSummary,
  options: { readonly confidence?: number } = {},
): Either<RatingFaults, CustomerEffortNet> => {
  const { confidence = 0.95 } = options
  const faults = estimateFaults(summary, confidence)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const net = netOf(groupsOf(summary), confidence)
  return isLeft(net) ? { _tag: 'Left', left: [net.left] } : net
}

/**
 * The net Customer Effort Score where the three groups were counted elsewhere.
 *
 * @param groups whole numbers from 0
 * @param options `confidence`: 0.95 when absent
 * @returns `EmptySample` without answers, `InvalidValue` for each count that is none, `OutOfRange` for a confidence that isn't
 * between 0 and 1.
 * @example
 * ```ts
 * import { customerEffortNetOfCounts, unwrap } from 'treue'
 *
 * unwrap(customerEffortNetOfCounts({ easy: 570, neutral: 190, difficult: 240 })).score // => 33
 * ```
 */
export const customerEffortNetOfCounts = (
  groups: EffortCounts,
  options: { readonly confidence?: number } = {},
): Either<RatingFaults, CustomerEffortNet> => {
  const faults: ReadonlyArray<InvalidValue | EmptySample> = (['easy', 'neutral', 'difficult'] as const)
    .filter((group) => !isCount(groups[group]))
    .map((group) => invalidValue([group], groups[group], 'a whole number from 0'))
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const { easy, neutral, difficult } = groups
  if (easy + neutral + difficult === 0) return { _tag: 'Left', left: [emptySample([], 'at least one answer')] }
  const net = netOf(groups, options.confidence ?? 0.95)
  return isLeft(net) ? { _tag: 'Left', left: [net.left] } : net
}
