// Answers on a scale with two named ends that is no NPS question: satisfaction, effort, stars. Folded into counts. The
// loops fill counts that they made themselves.

import { type Either, isLeft } from 'fp-ts/Either'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type EmptySample,
  emptySample,
  type Fault,
  type InvalidValue,
  integerCodec,
  invalidValue,
  structCodec,
} from '../foundation/index.ts'
import { isCount, wholeNumberFault } from './nps-scale.ts'
import { type AnswerFaults, isNonEmpty, unlessFaulty } from './nps-summary.ts'

/** A scale of whole numbers, such as 1 to 5. */
export interface RatingScale {
  readonly minimum: number
  /** At most 100 above the minimum. */
  readonly maximum: number
}

/**
 * Ratings on a scale: how many of each.
 *
 * A scale from 0 to 10 that doesn't ask for a recommendation belongs here and not in an {@link NpsSummary}: neither type
 * is taken for the other.
 */
export interface RatingSummary {
  readonly scale: RatingScale
  /** How many gave the lowest rating, the next one … the highest. */
  readonly counts: ReadonlyArray<number>
  /** Respondents who left the question out, or chose "not applicable". */
  readonly missing: number
  /** Surveys closed without a rating. */
  readonly dismissed: number
}

const end: Codec<number> = /* @__PURE__ */ integerCodec({ min: -1_000, max: 1_000 })
const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

const scaleFaults = ({ minimum, maximum }: RatingScale): ReadonlyArray<InvalidValue> =>
  Number.isInteger(minimum) && Number.isInteger(maximum) && maximum > minimum && maximum - minimum <= 100
    ? []
    : [invalidValue(['scale', 'maximum'], maximum, `a whole number from 1 to 100 above ${minimum}, the minimum`)]

const lengthFaults = ({ scale, counts }: Pick<RatingSummary, 'scale' | 'counts'>): ReadonlyArray<InvalidValue> => {
  const length = scale.maximum - scale.minimum + 1
  return counts.length === length ? [] : [invalidValue(['counts'], counts, `${length} counts, one for each rating`)]
}

/**
 * Reads a {@link RatingSummary}.
 *
 * @example
 * ```ts
 * import { decode, RatingSummary } from 'treue'
 *
 * const json = { scale: { minimum: 1, maximum: 5 }, counts: [1, 0, 2, 5, 7], missing: 0, dismissed: 3 }
 * decode(RatingSummary, json)._tag // => 'Right'
 * decode(RatingSummary, { ...json, counts: [1, 2] })._tag // => 'Left'
 * ```
 */
export const RatingSummary: Codec<RatingSummary> = /* @__PURE__ */ constrainCodec<RatingSummary, RatingSummary>(
  /* @__PURE__ */ structCodec('RatingSummary', {
    scale: /* @__PURE__ */ structCodec('RatingScale', { minimum: end, maximum: end }),
    counts: /* @__PURE__ */ arrayCodec(count, { maxLength: 101 }),
    missing: count,
    dismissed: count,
  }),
  (summary: RatingSummary) => {
    const faults = scaleFaults(summary.scale)
    return faults.length > 0 ? faults : lengthFaults(summary)
  },
)

/** Five points, 1 to 5: satisfaction, stars. */
export const fivePointScale: RatingScale = { minimum: 1, maximum: 5 }

/** Seven points, 1 to 7: effort. */
export const sevenPointScale: RatingScale = { minimum: 1, maximum: 7 }

/** What is wrong with a summary that was made by hand. */
const summaryFaults = (summary: RatingSummary): ReadonlyArray<InvalidValue> => {
  const wrong = scaleFaults(summary.scale)
  if (wrong.length > 0) return wrong
  return [
    ...lengthFaults(summary),
    ...summary.counts.flatMap((value, at) =>
      isCount(value) ? [] : [invalidValue(['counts', at], value, 'a whole number from 0')],
    ),
  ]
}

/** The faults of a summary that must not be empty. */
export const ratedFaults = (summary: RatingSummary): ReadonlyArray<InvalidValue | EmptySample> => {
  const faults = summaryFaults(summary)
  if (faults.length > 0 || summary.counts.some((value) => value > 0)) return faults
  return [emptySample([], 'at least one rating')]
}

const requireCounts = (named: Readonly<Record<string, number>>): ReadonlyArray<InvalidValue> =>
  Object.entries(named).flatMap(([name, value]) =>
    isCount(value) ? [] : [invalidValue([name], value, 'a whole number from 0')],
  )

/**
 * Folds ratings into their summary.
 *
 * @param ratings whole numbers on the scale, `null` where a respondent left the question out
 * @param scale its ends; {@link fivePointScale} when absent
 * @param options `dismissed`: surveys closed without a rating, 0 when absent
 * @returns `InvalidValue` for every rating that isn't on the scale, at its index, and for a scale or an option that makes no
 * sense.
 * @example
 * ```ts
 * import { summariseRatings, unwrap } from 'treue'
 *
 * unwrap(summariseRatings([5, 4, null, 2])).counts // => [0, 1, 0, 1, 1]
 * summariseRatings([0, 5])._tag // => 'Left'
 * ```
 */
export const summariseRatings = (
  ratings: ArrayLike<number | null>,
  scale: RatingScale = fivePointScale,
  options: { readonly dismissed?: number } = {},
): Either<AnswerFaults, RatingSummary> => {
  const { dismissed = 0 } = options
  const faults = [...scaleFaults(scale), ...requireCounts({ dismissed })]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const { minimum, maximum } = scale
  const counts = Array.from({ length: maximum - minimum + 1 }, () => 0)
  let missing = 0
  for (let at = 0; at < ratings.length; at += 1) {
    const rating = ratings[at] as number | null
    if (rating === null) missing += 1
    else if (Number.isInteger(rating) && rating >= minimum && rating <= maximum)
      (counts[rating - minimum] as number) += 1
    else faults.push(wholeNumberFault([at], rating, minimum, maximum))
  }
  return unlessFaulty(faults, { scale, counts, missing, dismissed })
}

/**
 * The summary of ratings that were counted elsewhere, such as by a database.
 *
 * @param counts how many gave the lowest rating, the next one … the highest
 * @param scale its ends; {@link fivePointScale} when absent
 * @param unanswered how many left the question out (`missing`) or closed the survey (`dismissed`); 0 when absent
 * @returns `InvalidValue` for every count that isn't a whole number from 0, for another number of counts than the scale has
 * ratings, and for a scale that makes no sense.
 * @example
 * ```ts
 * import { customerSatisfaction, summariseRatingCounts, unwrap } from 'treue'
 *
 * const summary = unwrap(summariseRatingCounts([14, 9, 10, 32, 42]))
 * unwrap(customerSatisfaction(summary)).share.toFixed(4) // => '0.6916'
 * ```
 */
export const summariseRatingCounts = (
  counts: ReadonlyArray<number>,
  scale: RatingScale = fivePointScale,
  unanswered: { readonly missing?: number; readonly dismissed?: number } = {},
): Either<AnswerFaults, RatingSummary> => {
  const { missing = 0, dismissed = 0 } = unanswered
  const summary: RatingSummary = { scale, counts: [...counts], missing, dismissed }
  return unlessFaulty([...summaryFaults(summary), ...requireCounts({ missing, dismissed })], summary)
}

/** Ratings on two different scales, which can't be counted together. */
export interface ScaleMismatch extends Fault<'ScaleMismatch'> {
  readonly left: RatingScale
  readonly right: RatingScale
}

/**
 * Merges the summaries of disjoint sets of ratings on one scale; for these it is associative and commutative.
 *
 * @param first a summary
 * @param second a summary of the same scale
 * @returns `ScaleMismatch` for summaries of different scales.
 * @example
 * ```ts
 * import { mergeRatings, summariseRatings, unwrap } from 'treue'
 *
 * const [shop, web] = [unwrap(summariseRatings([5, 5])), unwrap(summariseRatings([1]))]
 * unwrap(mergeRatings(shop, web)).counts // => [1, 0, 0, 0, 2]
 * mergeRatings(shop, unwrap(summariseRatings([7], { minimum: 1, maximum: 7 })))._tag // => 'Left'
 * ```
 */
export const mergeRatings = (first: RatingSummary, second: RatingSummary): Either<ScaleMismatch, RatingSummary> => {
  const [left, right] = [first.scale, second.scale]
  if (left.minimum !== right.minimum || left.maximum !== right.maximum) {
    const expected = `ratings from ${left.minimum} to ${left.maximum}, as the first`
    return { _tag: 'Left', left: { _tag: 'ScaleMismatch', path: ['second'], expected, left, right } }
  }
  const merged: RatingSummary = {
    scale: left,
    counts: first.counts.map((value, at) => value + (second.counts[at] ?? 0)),
    missing: first.missing + second.missing,
    dismissed: first.dismissed + second.dismissed,
  }
  return { _tag: 'Right', right: merged }
}

/**
 * The same ratings on the scale turned around, for a question where a low number is the good one.
 *
 * @param summary of ratings
 * @example
 * ```ts
 * import { reverseRatings, summariseRatings, unwrap } from 'treue'
 *
 * reverseRatings(unwrap(summariseRatings([1, 1, 5]))).counts // => [1, 0, 0, 0, 2]
 * ```
 */
export const reverseRatings = (summary: RatingSummary): RatingSummary => ({
  scale: summary.scale,
  counts: [...summary.counts].reverse(),
  missing: summary.missing,
  dismissed: summary.dismissed,
})

/** How many ratings there are from one rating to another, both included. */
export const countBetween = ({ scale, counts }: RatingSummary, from: number, to: number): number =>
  counts.reduce((sum, value, at) => {
    const rating = scale.minimum + at
    return rating >= from && rating <= to ? sum + value : sum
  }, 0)

/** All ratings. */
export const ratingsIn = ({ counts }: RatingSummary): number => counts.reduce((sum, value) => sum + value, 0)

export const eitherFaults = <F>(result: Either<F, unknown>): ReadonlyArray<F> => (isLeft(result) ? [result.left] : [])
