// The share of ratings at one end of a scale.

import { type Either, isLeft } from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { isNonEmpty } from './nps-summary.ts'
import { estimateFaults, type RatingFaults } from './rating-mean.ts'
import { countBetween, type RatingScale, type RatingSummary, ratingsIn } from './rating-summary.ts'
import { type ShareEstimate, shareOf } from './share-estimate.ts'

/** The share of the ratings at one end of a scale. */
export interface BoxShare extends ShareEstimate {
  /** How many of the scale's ratings were taken together. */
  readonly boxes: number
  /** The lowest rating that counts. */
  readonly from: number
  /** The highest rating that counts. */
  readonly to: number
}

/** How boxes are counted. */
export interface BoxOptions {
  /** How many ratings are taken together; {@link standardTopBoxes} of the scale when absent. */
  readonly boxes?: number
  /** 0.95 when absent. */
  readonly confidence?: number
}

/**
 * How many ratings of a scale are usually taken together at its top: one of two or three, two of four to seven, three of
 * eight or more (Qualtrics; measuringU).
 *
 * @param scale its ends
 * @example
 * ```ts
 * import { standardTopBoxes } from 'treue'
 *
 * standardTopBoxes({ minimum: 1, maximum: 5 }) // => 2
 * standardTopBoxes({ minimum: 0, maximum: 10 }) // => 3
 * ```
 */
export const standardTopBoxes = ({ minimum, maximum }: RatingScale): number => {
  const ratings = maximum - minimum + 1
  if (ratings <= 3) return 1
  return ratings <= 7 ? 2 : 3
}

const boxFault = (boxes: number, { minimum, maximum }: RatingScale): ReadonlyArray<OutOfRange> =>
  Number.isInteger(boxes) && boxes >= 1 && boxes <= maximum - minimum
    ? []
    : [outOfRange(['boxes'], boxes, `a whole number from 1 to ${maximum - minimum}`)]

const boxShare = (
  summary: RatingSummary,
  options: BoxOptions,
  side: 'top' | 'bottom',
): Either<RatingFaults, BoxShare> => {
  const { boxes = standardTopBoxes(summary.scale), confidence = 0.95 } = options
  const { minimum, maximum } = summary.scale
  const faults = [...estimateFaults(summary, confidence), ...boxFault(boxes, summary.scale)]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const [from, to] = side === 'top' ? [maximum - boxes + 1, maximum] : [minimum, minimum + boxes - 1]
  const share = shareOf(countBetween(summary, from, to), ratingsIn(summary), confidence)
  return isLeft(share)
    ? { _tag: 'Left', left: [share.left] }
    : { _tag: 'Right', right: { ...share.right, boxes, from, to } }
}

/**
 * The share of the highest ratings of a scale.
 *
 * @param summary of ratings
 * @param options see {@link BoxOptions}
 * @returns `EmptySample` without ratings, `InvalidValue` for a count that is none, `OutOfRange` for a number of boxes that the
 * scale doesn't have and a confidence that isn't between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { summariseRatings, topBox, unwrap } from 'treue'
 *
 * const { share, from } = unwrap(topBox(unwrap(summariseRatings([5, 4, 2, 1]))))
 * share // => 0.5
 * from // => 4
 * ```
 */
export const topBox = (summary: RatingSummary, options: BoxOptions = {}): Either<RatingFaults, BoxShare> =>
  boxShare(summary, options, 'top')

/**
 * The share of the lowest ratings of a scale.
 *
 * @param summary of ratings
 * @param options see {@link BoxOptions}
 * @returns the faults of {@link topBox}.
 * @example
 * ```ts
 * import { bottomBox, summariseRatings, unwrap } from 'treue'
 *
 * unwrap(bottomBox(unwrap(summariseRatings([5, 4, 2, 4])))).share // => 0.25
 * ```
 */
export const bottomBox = (summary: RatingSummary, options: BoxOptions = {}): Either<RatingFaults, BoxShare> =>
  boxShare(summary, options, 'bottom')
