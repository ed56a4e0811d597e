// Customer satisfaction: the share of those who say that they are satisfied.

import { type Either, isLeft, mapLeft } from 'fp-ts/Either'
import { type EmptySample, type InvalidValue, type OutOfRange, outOfRange } from '../foundation/index.ts'
import { isNonEmpty } from './nps-summary.ts'
import { estimateFaults, meanOf, type RatingFaults, type RatingMean } from './rating-mean.ts'
import { countBetween, type RatingScale, type RatingSummary, ratingsIn } from './rating-summary.ts'
import { type ShareEstimate, shareOf } from './share-estimate.ts'
import { standardTopBoxes } from './top-box.ts'

/** A customer satisfaction score (CSAT). */
export interface CustomerSatisfaction extends ShareEstimate {
  /** The lowest rating that counts as satisfied. */
  readonly satisfiedFrom: number
  /** The other way to put it: the mean rating. */
  readonly mean: RatingMean
}

/** Why a share of answers, or its interval, has no value. */
export type IntervalFault = EmptySample | InvalidValue | OutOfRange

const thresholdFault = (from: number, { minimum, maximum }: RatingScale): ReadonlyArray<OutOfRange> =>
  Number.isInteger(from) && from > minimum && from <= maximum
    ? []
    : [outOfRange(['satisfiedFrom'], from, `a whole number from ${minimum + 1} to ${maximum}`)]

/**
 * The customer satisfaction score: the share of ratings from a threshold on, of all ratings given.
 *
 * Only those who rated are in the denominator. Source: Delighted, "How is CSAT calculated?".
 *
 * @param summary of ratings
 * @param options `satisfiedFrom`: the lowest rating that counts, that of {@link standardTopBoxes} when absent (4 of 5);
 * `confidence`: 0.95 when absent
 * @returns `EmptySample` without ratings, `InvalidValue` for a count that is none, `OutOfRange` for a threshold that isn't on
 * the scale and a confidence that isn't between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { customerSatisfaction, summariseRatingCounts, unwrap } from 'treue'
 *
 * const { count, answers, share, interval } = unwrap(
 *   customerSatisfaction(unwrap(summariseRatingCounts([14, 9, 10, 32, 42]))),
 * )
 * ;[count, answers] // => [74, 107]
 * share.toFixed(4) // => '0.6916'
 * interval.lower.toFixed(4) // => '0.5987'
 * ```
 */
export const customerSatisfaction = (
  summary: RatingSummary,
  options: { readonly satisfiedFrom?: number; readonly confidence?: number } = {},
): Either<RatingFaults, CustomerSatisfaction> => {
  const { maximum } = summary.scale
  const { satisfiedFrom = maximum - standardTopBoxes(summary.scale) + 1, confidence = 0.95 } = options
  const faults = [...estimateFaults(summary, confidence), ...thresholdFault(satisfiedFrom, summary.scale)]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const share = shareOf(countBetween(summary, satisfiedFrom, maximum), ratingsIn(summary), confidence)
  if (isLeft(share)) return { _tag: 'Left', left: [share.left] }
  return { _tag: 'Right', right: { ...share.right, satisfiedFrom, mean: meanOf(summary, confidence) } }
}

/**
 * The customer satisfaction score where only the satisfied and all who rated were counted.
 *
 * @param satisfied a whole number
 * @param answers how many rated, a whole number from 1
 * @param options `confidence`: 0.95 when absent
 * @returns `EmptySample` without answers, `InvalidValue` for a count that is none, `OutOfRange` for more satisfied than answers
 * and a confidence that isn't between 0 and 1.
 * @example
 * ```ts
 * import { customerSatisfactionOfCounts, unwrap } from 'treue'
 *
 * unwrap(customerSatisfactionOfCounts(160, 200)).share // => 0.8
 * ```
 */
export const customerSatisfactionOfCounts = (
  satisfied: number,
  answers: number,
  options: { readonly confidence?: number } = {},
): Either<IntervalFault, ShareEstimate> => mapLeft(inTerms)(shareOf(satisfied, answers, options.confidence ?? 0.95))

const names: ReadonlyMap<string | number | undefined, string> = /* @__PURE__ */ new Map([
  ['successes', 'satisfied'],
  ['trials', 'answers'],
])

/** A fault of an interval of successes and trials, under the names that the counts have here. */
const inTerms = (fault: IntervalFault): IntervalFault => {
  const name = names.get(fault.path[0])
  return name === undefined ? fault : { ...fault, path: [name] }
}
