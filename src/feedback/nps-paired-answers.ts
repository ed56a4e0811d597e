// The same respondents asked twice: who moved where, and what that does to the score. The loops fill counts made here.

import { type Either, isLeft } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type Codec,
  emptySample,
  type InvalidValue,
  integerCodec,
  invalidValue,
  structCodec,
} from '../foundation/index.ts'
import { studentQuantile, studentUpperTail, twoSidedQuantile } from '../statistics/index.ts'
import { faultList } from './nps-comparison.ts'
import { momentsOf, type NpsCounts, type NpsFaults } from './nps-counts.ts'
import { binOf, categoryOf, isCount, type NpsBreaks, standardNpsBreaks, wholeNumberFault } from './nps-scale.ts'
import { type AnswerFaults, isNonEmpty, unlessFaulty } from './nps-summary.ts'

/** How many respondents went from one category to another between two waves. */
export interface NpsMoves {
  /** Nine counts: from detractor to detractor, passive, promoter; then the same from passive, and from promoter. */
  readonly moves: ReadonlyArray<number>
}

/**
 * Reads {@link NpsMoves}.
 *
 * @example
 * ```ts
 * import { decode, NpsMoves } from 'treue'
 *
 * decode(NpsMoves, { moves: [1, 0, 0, 0, 1, 2, 0, 0, 3] })._tag // => 'Right'
 * ```
 */
export const NpsMoves: Codec<NpsMoves> = /* @__PURE__ */ structCodec('NpsMoves', {
  moves: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 0 }), { minLength: 9, maxLength: 9 }),
})

/**
 * Merges the moves of disjoint sets of respondents.
 *
 * @example
 * ```ts
 * import { npsMovesMonoid } from 'treue'
 *
 * npsMovesMonoid.concat({ moves: [1, 0, 0, 0, 0, 0, 0, 0, 2] }, { moves: [0, 0, 0, 0, 0, 0, 0, 0, 1] })
 * // => { moves: [1, 0, 0, 0, 0, 0, 0, 0, 3] }
 * ```
 */
export const npsMovesMonoid: Monoid<NpsMoves> = {
  empty: { moves: [0, 0, 0, 0, 0, 0, 0, 0, 0] },
  concat: (first, second) => ({ moves: first.moves.map((count, at) => count + (second.moves[at] ?? 0)) }),
}

const rank = { detractor: 0, passive: 1, promoter: 2 } as const

/**
 * Folds the answers of respondents who were asked twice into counts of moves.
 *
 * @param before each respondent's first answer, a whole number on the scale
 * @param after the second answers, in the order of the first
 * @param breaks where the scale is cut; 6/8/10 when absent
 * @returns `InvalidValue` for every answer that isn't on the scale (at `before` or `after` and its index), and for lists of
 * different lengths.
 * @example
 * ```ts
 * import { summariseAnswerPairs, unwrap } from 'treue'
 *
 * unwrap(summariseAnswerPairs([3, 8, 9], [7, 9, 9])).moves // => [0, 1, 0, 0, 0, 1, 0, 0, 1]
 * ```
 */
export const summariseAnswerPairs = (
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  breaks: NpsBreaks = standardNpsBreaks,
): Either<AnswerFaults, NpsMoves> => {
  const faults: Array<InvalidValue> = []
  if (before.length !== after.length) {
    faults.push(invalidValue(['after'], after, `${before.length} answers, as many as before`))
    return unlessFaulty(faults, npsMovesMonoid.empty)
  }
  const { scaleMaximum } = breaks
  const rankOf = (side: string, at: number, answer: number): number => {
    const bin = binOf(answer, scaleMaximum, 'reject')
    if (bin < 0) faults.push(wholeNumberFault([side, at], answer, 0, scaleMaximum))
    return rank[categoryOf(bin, breaks)]
  }
  const moves = [...npsMovesMonoid.empty.moves]
  for (let at = 0; at < before.length; at += 1) {
    const move = 3 * rankOf('before', at, before[at] as number) + rankOf('after', at, after[at] as number)
    moves[move] = (moves[move] as number) + 1
  }
  return unlessFaulty(faults, { moves })
}

/** How a score changed among respondents who were asked twice, in points. */
export interface PairedNpsComparison {
  readonly confidence: number
  readonly respondents: number
  readonly before: NpsCounts
  readonly after: NpsCounts
  /** How many rose by a category or two, and how many fell. */
  readonly improved: number
  readonly worsened: number
  /** The score after less the score before. */
  readonly difference: number
  readonly standardError: number
  /** What the error would seem to be if the two waves had asked different people. */
  readonly unpairedStandardError: number
  /** In standard errors, and the probability of as much by Student's distribution; `null` where all moved alike. */
  readonly t: number | null
  readonly p: number | null
  /** Not below −200. */
  readonly lower: number
  /** Not above 200. */
  readonly upper: number
  /** Whether the width is zero because all respondents moved alike. */
  readonly degenerate: boolean
}

const marginOf = (moves: ReadonlyArray<number>, cell: (category: number, other: number) => number): NpsCounts => {
  const sum = (category: number): number =>
    [0, 1, 2].reduce((total, other) => total + (moves[cell(category, other)] ?? 0), 0)
  return { detractors: sum(0), passives: sum(1), promoters: sum(2) }
}

/** Sums over moves of how far they go: how many rose and fell, the sum and the sum of squares. */
const distances = (moves: ReadonlyArray<number>) => {
  const far = moves.map((count, at) => ({ count, by: (at % 3) - Math.floor(at / 3) }))
  const total = (of: (by: number) => number): number => far.reduce((sum, { count, by }) => sum + count * of(by), 0)
  return {
    respondents: total(() => 1),
    improved: total((by) => (by > 0 ? 1 : 0)),
    worsened: total((by) => (by < 0 ? 1 : 0)),
    sum: total((by) => by),
    squares: total((by) => by * by),
  }
}

const moveFaults = ({ moves }: NpsMoves): NpsFaults | ReadonlyArray<never> => {
  const faults = moves.flatMap((count, at) =>
    isCount(count) ? [] : [invalidValue(['moves', at], count, 'a whole number from 0')],
  )
  if (moves.length !== 9) faults.push(invalidValue(['moves'], moves, 'nine counts'))
  if (isNonEmpty(faults)) return faults
  return distances(moves).respondents < 2 ? [emptySample([], 'at least two respondents')] : []
}

const tails = (t: number, degrees: number): number => {
  const tail = studentUpperTail(Math.abs(t), degrees)
  return isLeft(tail) ? 0 : Math.min(1, 2 * tail.right)
}

const finishPairs = ({ moves }: NpsMoves, confidence: number): PairedNpsComparison => {
  const { respondents, improved, worsened, sum, squares } = distances(moves)
  const before = marginOf(moves, (category, other) => 3 * category + other)
  const after = marginOf(moves, (category, other) => 3 * other + category)
  const difference = (100 * sum) / respondents
  const variance = (squares * respondents - sum * sum) / (respondents * (respondents - 1))
  const standardError = 100 * Math.sqrt(variance / respondents)
  const quantile = studentQuantile((1 - confidence) / 2, respondents - 1)
  const reach = isLeft(quantile) ? 0 : -quantile.right * standardError
  const degenerate = standardError === 0
  const t = degenerate ? null : difference / standardError
  const spread = momentsOf(before).variance + momentsOf(after).variance
  return {
    confidence,
    respondents,
    before,
    after,
    improved,
    worsened,
    difference,
    standardError,
    unpairedStandardError: 100 * Math.sqrt(spread / respondents),
    t,
    p: t === null ? null : tails(t, respondents - 1),
    lower: Math.max(-200, difference - reach),
    upper: Math.min(200, difference + reach),
    degenerate,
  }
}

/**
 * Compares two waves that asked the same respondents: what one person says twice is alike, so the change is known better
 * than from two separate samples.
 *
 * Source: Student's t test of the differences of each respondent, from −2 to 2 categories.
 *
 * @param moves from {@link summariseAnswerPairs}, or merged by {@link npsMovesMonoid}
 * @param options `confidence`: 0.95 when absent
 * @returns `EmptySample` for fewer than two respondents, `InvalidValue` for a count that is none, `OutOfRange` for a
 * confidence that isn't between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { comparePairedAnswers, summariseAnswerPairs, unwrap } from 'treue'
 *
 * const moves = unwrap(summariseAnswerPairs([3, 8, 9, 7, 2], [7, 9, 9, 7, 2]))
 * const { difference, improved, worsened } = unwrap(comparePairedAnswers(moves))
 * difference // => 40
 * improved // => 2
 * worsened // => 0
 * ```
 */
export const comparePairedAnswers = (
  moves: NpsMoves,
  options: { readonly confidence?: number } = {},
): Either<NpsFaults, PairedNpsComparison> => {
  const { confidence = 0.95 } = options
  const faults = [...moveFaults(moves), ...faultList(twoSidedQuantile(confidence))]
  return isNonEmpty(faults) ? { _tag: 'Left', left: faults } : { _tag: 'Right', right: finishPairs(moves, confidence) }
}
