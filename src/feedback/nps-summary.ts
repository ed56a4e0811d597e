// Answers folded into a histogram: all that any NPS measure needs, and what partial counts are merged as. The loops
// fill histograms that they made themselves.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  type Path,
  structCodec,
} from '../foundation/index.ts'
import { binOf, type FractionalAnswers, isCount, wholeNumberFault } from './nps-scale.ts'

/** Answers to one survey question: how many of each. */
export interface NpsSummary {
  /** How many gave the answer 0, 1, 2 …; eleven bins, more only for a longer scale. */
  readonly histogram: ReadonlyArray<number>
  /** Respondents who left the question out. */
  readonly missing: number
  /** Surveys closed without an answer. */
  readonly dismissed: number
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

/**
 * Reads an {@link NpsSummary}.
 *
 * @example
 * ```ts
 * import { decode, NpsSummary } from 'treue'
 *
 * const json = { histogram: [1, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0], missing: 1, dismissed: 0 }
 * decode(NpsSummary, json)._tag // => 'Right'
 * ```
 */
export const NpsSummary: Codec<NpsSummary> = /* @__PURE__ */ structCodec('NpsSummary', {
  histogram: /* @__PURE__ */ arrayCodec(count, { minLength: 11, maxLength: 101 }),
  missing: count,
  dismissed: count,
})

/** How answers are read. */
export interface AnswerOptions {
  /** The highest answer of the scale, 10 to 100; 10 when absent. */
  readonly scaleMaximum?: number
  /** An answer between two whole numbers is refused (`'reject'`, default) or counts as the one below (`'floor'`). */
  readonly fractional?: FractionalAnswers
  /** Surveys closed without an answer; 0 when absent. They enter no denominator. */
  readonly dismissed?: number
}

/** Everything that is wrong with answers, each at its index. */
export type AnswerFaults = ReadonlyNonEmptyArray<InvalidValue>

const emptyNpsSummary: NpsSummary = { histogram: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], missing: 0, dismissed: 0 }

const requireCount = (path: Path, value: number, faults: Array<InvalidValue>): void => {
  if (!isCount(value)) faults.push(invalidValue(path, value, 'a whole number from 0'))
}

export const optionFaults = (scaleMaximum: number, dismissed: number): Array<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  requireCount(['dismissed'], dismissed, faults)
  if (!(Number.isInteger(scaleMaximum) && scaleMaximum >= 10 && scaleMaximum <= 100)) {
    faults.push(wholeNumberFault(['scaleMaximum'], scaleMaximum, 10, 100))
  }
  return faults
}

export const unlessFaulty = <A>(faults: ReadonlyArray<InvalidValue>, value: A): Either<AnswerFaults, A> =>
  isNonEmpty(faults) ? { _tag: 'Left', left: faults } : { _tag: 'Right', right: value }

export const isNonEmpty = <A>(values: ReadonlyArray<A>): values is ReadonlyNonEmptyArray<A> => values.length > 0

/** Adds answers to a histogram one by one; returns how many are missing. */
const addAnswers = (
  tally: Array<number>,
  answers: ArrayLike<number | null>,
  fractional: FractionalAnswers,
  faults: Array<InvalidValue>,
): number => {
  let missing = 0
  for (let at = 0; at < answers.length; at += 1) {
    const answer = answers[at] as number | null
    const bin = answer === null ? -1 : binOf(answer, tally.length - 1, fractional)
    if (bin >= 0) (tally[bin] as number) += 1
    else if (answer === null) missing += 1
    else faults.push(wholeNumberFault([at], answer, 0, tally.length - 1))
  }
  return missing
}

/**
 * Folds answers into their histogram.
 *
 * @param answers whole numbers from 0 to the top of the scale, `null` where a respondent left the question out
 * @param options see {@link AnswerOptions}
 * @returns `InvalidValue` for every answer that isn't on the scale, at its index, and for an option that makes no sense.
 * @example
 * ```ts
 * import { summariseAnswers, unwrap } from 'treue'
 *
 * unwrap(summariseAnswers([10, 10, null, 0])).missing // => 1
 * const result = summariseAnswers([10, 11, 7.5])
 * result._tag === 'Left' ? result.left.map(({ path }) => path) : [] // => [[1], [2]]
 * ```
 */
export const summariseAnswers = (
  answers: ArrayLike<number | null>,
  options: AnswerOptions = {},
): Either<AnswerFaults, NpsSummary> => {
  const { scaleMaximum = 10, fractional = 'reject', dismissed = 0 } = options
  const faults = optionFaults(scaleMaximum, dismissed)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const histogram = Array.from({ length: scaleMaximum + 1 }, () => 0)
  const missing = addAnswers(histogram, answers, fractional, faults)
  return unlessFaulty(faults, { histogram, missing, dismissed })
}

/**
 * The summary of answers that were counted elsewhere, such as by a database.
 *
 * @param histogram how many gave the answer 0, 1, 2 … 10
 * @param unanswered how many left the question out (`missing`) or closed the survey (`dismissed`); 0 when absent
 * @returns `InvalidValue` for every count that isn't a whole number from 0, and for fewer than 11 or more than 101 bins.
 * @example
 * ```ts
 * import { netPromoterScore, summariseHistogram, unwrap } from 'treue'
 *
 * const summary = unwrap(summariseHistogram([0, 0, 0, 5, 0, 0, 0, 0, 5, 0, 10]))
 * unwrap(netPromoterScore(summary)).score // => 25
 * ```
 */
export const summariseHistogram = (
  histogram: ReadonlyArray<number>,
  unanswered: { readonly missing?: number; readonly dismissed?: number } = {},
): Either<AnswerFaults, NpsSummary> => {
  const { missing = 0, dismissed = 0 } = unanswered
  const faults: Array<InvalidValue> = []
  if (histogram.length < 11 || histogram.length > 101) {
    faults.push(invalidValue(['histogram'], histogram, 'from 11 to 101 counts'))
  }
  histogram.forEach((count, bin) => {
    requireCount(['histogram', bin], count, faults)
  })
  requireCount(['missing'], missing, faults)
  requireCount(['dismissed'], dismissed, faults)
  return unlessFaulty(faults, { histogram: [...histogram], missing, dismissed })
}

/**
 * Merges summaries of disjoint sets of answers: summarising a split and merging equals summarising the whole.
 *
 * @example
 * ```ts
 * import { netPromoterScore, npsMonoid, summariseAnswers, unwrap } from 'treue'
 *
 * const shop = unwrap(summariseAnswers([10, 10, 9]))
 * const web = unwrap(summariseAnswers([3]))
 * unwrap(netPromoterScore(npsMonoid.concat(shop, web))).score // => 50
 * ```
 */
export const npsMonoid: Monoid<NpsSummary> = {
  empty: emptyNpsSummary,
  concat: (first, second) => ({
    histogram: Array.from(
      { length: Math.max(first.histogram.length, second.histogram.length) },
      (_, bin) => (first.histogram[bin] ?? 0) + (second.histogram[bin] ?? 0),
    ),
    missing: first.missing + second.missing,
    dismissed: first.dismissed + second.dismissed,
  }),
}
