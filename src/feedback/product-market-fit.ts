// The question how one would feel without the product, and the share who would be very disappointed.

import { type Either, isLeft } from 'fp-ts/Either'
import { emptySample, invalidValue, type OutOfRange, outOfRange } from '../foundation/index.ts'
import { twoSidedQuantile } from '../statistics/index.ts'
import { isCount } from './nps-scale.ts'
import { isNonEmpty } from './nps-summary.ts'
import type { RatingFaults } from './rating-mean.ts'
import { eitherFaults } from './rating-summary.ts'
import { type ShareEstimate, shareOf } from './share-estimate.ts'

/** Answers to "how would you feel if you could no longer use it?". */
export interface DisappointmentCounts {
  readonly veryDisappointed: number
  readonly somewhatDisappointed: number
  readonly notDisappointed: number
  /** Those who don't use it any more; in no denominator. 0 when absent. */
  readonly notApplicable?: number
}

/** The share who would be very disappointed, held against a threshold. */
export interface ProductMarketFit extends ShareEstimate {
  readonly threshold: number
  /** Whether the share reaches the threshold. */
  readonly passes: boolean
  /** Whether the whole interval is on one side of the threshold, or the answers are too few to tell. */
  readonly verdict: 'above' | 'below' | 'unsure'
}

const fitFaults = (counts: DisappointmentCounts, threshold: number): ReadonlyArray<RatingFaults[number]> => {
  const { veryDisappointed, somewhatDisappointed, notDisappointed, notApplicable = 0 } = counts
  const named = { veryDisappointed, somewhatDisappointed, notDisappointed, notApplicable }
  const wrong = Object.entries(named).flatMap(([name, count]) =>
    isCount(count) ? [] : [invalidValue([name], count, 'a whole number from 0')],
  )
  const none = wrong.length === 0 && veryDisappointed + somewhatDisappointed + notDisappointed === 0
  const range: ReadonlyArray<OutOfRange> =
    threshold > 0 && threshold < 1 ? [] : [outOfRange(['threshold'], threshold, 'a share above 0 and below 1')]
  return [...wrong, ...(none ? [emptySample([], 'at least one answer')] : []), ...range]
}

const verdictOf = ({ interval: { lower, upper } }: ShareEstimate, threshold: number): ProductMarketFit['verdict'] => {
  if (lower >= threshold) return 'above'
  return upper < threshold ? 'below' : 'unsure'
}

/**
 * The share of users who would be very disappointed without the product, and whether it reaches 40 %.
 *
 * Source: S. Ellis's question and threshold, as told by R. Vohra, "How Superhuman built an engine to find product/market fit".
 *
 * @param counts how many gave each answer
 * @param options `threshold`: 0.4 when absent; `confidence`: 0.95 when absent
 * @returns `EmptySample` without answers, `InvalidValue` for each count that is none, `OutOfRange` for a threshold or a
 * confidence that isn't between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { productMarketFit, unwrap } from 'treue'
 *
 * const counts = { veryDisappointed: 22, somewhatDisappointed: 20, notDisappointed: 8 }
 * const { share, passes, verdict } = unwrap(productMarketFit(counts))
 * share // => 0.44
 * passes // => true
 * verdict // => 'unsure'
 * ```
 */
export const productMarketFit = (
  counts: DisappointmentCounts,
  options: { readonly threshold?: number; readonly confidence?: number } = {},
): Either<RatingFaults, ProductMarketFit> => {
  const { threshold = 0.4, confidence = 0.95 } = options
  const faults = [...fitFaults(counts, threshold), ...eitherFaults(twoSidedQuantile(confidence))]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const { veryDisappointed, somewhatDisappointed, notDisappointed } = counts
  const share = shareOf(veryDisappointed, veryDisappointed + somewhatDisappointed + notDisappointed, confidence)
  if (isLeft(share)) return { _tag: 'Left', left: [share.left] }
  const passes = share.right.share >= threshold
  return {
    _tag: 'Right',
    right: { ...share.right, threshold, passes, verdict: verdictOf(share.right, threshold) },
  }
}
