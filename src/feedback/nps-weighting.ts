// A score of answers that count differently.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'
import { compensatedSum, twoSidedQuantile } from '../statistics/index.ts'
import { faultList } from './nps-comparison.ts'
import { clampPoints } from './nps-counts.ts'
import { binOf, categoryOf, type NpsBreaks, standardNpsBreaks, wholeNumberFault } from './nps-scale.ts'
import { isNonEmpty } from './nps-summary.ts'

/** An answer and how much it counts. */
export interface WeightedAnswer {
  /** A whole number on the scale. */
  readonly answer: number
  /** A finite number from 0; only how weights compare matters. */
  readonly weight: number
}

/** A score whose answers count differently, in points. */
export interface WeightedNps {
  readonly score: number
  readonly answers: number
  /** Of one answer, by the weights; 0 to 1. */
  readonly variance: number
  /** How many answers of equal weight would tell as much: (Σw)² ÷ Σw² (L. Kish, Survey Sampling, 1965). */
  readonly effectiveAnswers: number
  /** `answers` ÷ `effectiveAnswers`: how many times as many answers the weights make necessary. */
  readonly designEffect: number
  readonly standardError: number
  readonly confidence: number
  /** Not below −100. */
  readonly lower: number
  /** Not above 100. */
  readonly upper: number
  /** The bounds before clamping. */
  readonly unclamped: { readonly lower: number; readonly upper: number }
  /** Whether the width is zero because all answers are alike: then the interval says nothing. */
  readonly degenerate: boolean
}

/** Everything that is wrong with weighted answers. */
export type WeightedNpsFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange | ZeroDenominator>

const answerFaults = (answers: ReadonlyArray<WeightedAnswer>, scaleMaximum: number) =>
  answers.flatMap(({ answer, weight }, at) => [
    ...(binOf(answer, scaleMaximum, 'reject') < 0 ? [wholeNumberFault([at, 'answer'], answer, 0, scaleMaximum)] : []),
    ...(weight >= 0 && weight <= 1e100 ? [] : [outOfRange([at, 'weight'], weight, 'a number from 0 to 1e100')]),
  ])

type Bounds = Pick<WeightedNps, 'lower' | 'upper' | 'unclamped'>

/** The interval of a score from −1 to 1 and its error, in points. */
export const waldPoints = (score: number, error: number, z: number): Bounds => {
  const [lower, upper] = [100 * (score - z * error), 100 * (score + z * error)]
  return { lower: clampPoints(lower), upper: clampPoints(upper), unclamped: { lower, upper } }
}

const signs = { detractor: -1, passive: 0, promoter: 1 } as const

const finishWeighted = (
  answers: ReadonlyArray<WeightedAnswer>,
  total: number,
  { breaks, confidence, z }: { readonly breaks: NpsBreaks; readonly confidence: number; readonly z: number },
): WeightedNps => {
  const known = answers.map(({ answer, weight }) => ({
    share: weight / total,
    sign: signs[categoryOf(answer, breaks)],
  }))
  const score = compensatedSum(known.map(({ share, sign }) => share * sign))
  const variance = compensatedSum(known.map(({ share, sign }) => share * (sign - score) ** 2))
  const effectiveAnswers = 1 / compensatedSum(known.map(({ share }) => share * share))
  const error = Math.sqrt(variance / effectiveAnswers)
  return {
    score: 100 * score,
    answers: answers.length,
    variance,
    effectiveAnswers,
    designEffect: answers.length / effectiveAnswers,
    standardError: 100 * error,
    confidence,
    ...waldPoints(score, error, z),
    degenerate: error === 0,
  }
}

/**
 * The Net Promoter Score of answers that count differently, such as by what their customers spend.
 *
 * Weights make the score less sure than as many equal answers would: `effectiveAnswers` says how much. The interval is a
 * Wald interval by that number.
 *
 * @param answers each with its weight
 * @param options `breaks`: 6/8/10 when absent; `confidence`: 0.95 when absent
 * @returns `EmptySample` without answers, `ZeroDenominator` when all weights are 0, `InvalidValue` for an answer that isn't
 * on the scale, `OutOfRange` for a weight below 0 and for a confidence that isn't between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { unwrap, weightedNetPromoterScore } from 'treue'
 *
 * const { score, effectiveAnswers } = unwrap(
 *   weightedNetPromoterScore([
 *     { answer: 10, weight: 1 },
 *     { answer: 3, weight: 3 },
 *   ]),
 * )
 * score // => -50
 * effectiveAnswers.toFixed(2) // => '1.60'
 * ```
 */
export const weightedNetPromoterScore = (
  answers: ReadonlyArray<WeightedAnswer>,
  options: { readonly breaks?: NpsBreaks; readonly confidence?: number } = {},
): Either<WeightedNpsFaults, WeightedNps> => {
  const { breaks = standardNpsBreaks, confidence = 0.95 } = options
  const z = twoSidedQuantile(confidence)
  const total = compensatedSum(answers.map(({ weight }) => weight))
  const faults = [
    ...(answers.length === 0 ? [emptySample([], 'at least one answer')] : []),
    ...answerFaults(answers, breaks.scaleMaximum),
    ...(answers.length > 0 && total === 0 ? [zeroDenominator(['weight'], 'at least one weight above 0')] : []),
    ...faultList(z),
  ]
  return isNonEmpty(faults)
    ? { _tag: 'Left', left: faults }
    : { _tag: 'Right', right: finishWeighted(answers, total, { breaks, confidence, z: isLeft(z) ? 0 : z.right }) }
}
