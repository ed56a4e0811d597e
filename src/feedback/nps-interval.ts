// Confidence intervals of a Net Promoter Score.

import { type Either, isLeft } from 'fp-ts/Either'
import { type EmptySample, emptySample, type OutOfRange, outOfRange } from '../foundation/index.ts'
import { studentQuantile, twoSidedQuantile } from '../statistics/index.ts'
import { multinomialInterval } from './multinomial-interval.ts'
import { clampPoints, momentsOf, type NpsCounts, withPseudoAnswers } from './nps-counts.ts'
import { tangoInterval } from './tango-interval.ts'

/**
 * A method for the interval of a Net Promoter Score: standard errors around the score after three more answers were added
 * (`'adjustedWald'`) or none (`'wald'`); the scores that a test wouldn't refuse (`'score'`, of Tango); standard errors by
 * Student's distribution from the unbiased variance (`'trinomialMeans'`); or the percentiles that drawing again from the
 * answers would give, computed exactly and without random numbers (`'exactMultinomial'`).
 */
export type NpsIntervalMethod = 'adjustedWald' | 'wald' | 'score' | 'trinomialMeans' | 'exactMultinomial'

/** A confidence interval of a Net Promoter Score, in points. */
export interface NpsInterval {
  readonly method: NpsIntervalMethod
  /** Between 0 and 1. */
  readonly confidence: number
  /** The middle of the interval before clamping; for `adjustedWald` it is drawn a little towards 0 from the score. */
  readonly centre: number
  /** Of `centre` for the Wald methods and `trinomialMeans`, of the score itself for the others. */
  readonly standardError: number
  /** Not below −100. */
  readonly lower: number
  /** Not above 100. */
  readonly upper: number
  /** The bounds before clamping. */
  readonly unclamped: { readonly lower: number; readonly upper: number }
  /** Whether the width is zero because all answers are alike: then the interval says nothing. */
  readonly degenerate: boolean
}

type Result = Either<EmptySample | OutOfRange, NpsInterval>
type Ends = { readonly lower: number; readonly upper: number }

const around = (
  counts: NpsCounts,
  z: number,
  answersForError: number,
): Ends & { readonly centre: number; readonly standardError: number; readonly degenerate: boolean } => {
  const { score, variance } = momentsOf(counts)
  const centre = 100 * score
  const standardError = 100 * Math.sqrt(variance / answersForError)
  return {
    centre,
    standardError,
    lower: centre - z * standardError,
    upper: centre + z * standardError,
    degenerate: variance === 0,
  }
}

const byStandardErrors = (
  counts: NpsCounts,
  method: NpsIntervalMethod,
  confidence: number,
  [z, answersForError]: readonly [number, number],
): Result => {
  const { centre, standardError, lower, upper, degenerate } = around(counts, z, answersForError)
  const right: NpsInterval = {
    method,
    confidence,
    centre,
    standardError,
    lower: clampPoints(lower),
    upper: clampPoints(upper),
    unclamped: { lower, upper },
    degenerate,
  }
  return { _tag: 'Right', right }
}

/** Of ends that lie on the scale from −1 to 1 by how they are made. */
const byEnds = (counts: NpsCounts, method: NpsIntervalMethod, confidence: number, ends: Ends): Result => {
  const { answers, variance } = momentsOf(counts)
  const [lower, upper] = [100 * ends.lower, 100 * ends.upper]
  const right: NpsInterval = {
    method,
    confidence,
    centre: (lower + upper) / 2,
    standardError: 100 * Math.sqrt(variance / answers),
    lower,
    upper,
    unclamped: { lower, upper },
    degenerate: lower === upper,
  }
  return { _tag: 'Right', right }
}

const byTrinomialMeans = (counts: NpsCounts, confidence: number): Result => {
  const { answers } = momentsOf(counts)
  if (answers < 2) return { _tag: 'Left', left: emptySample([], 'at least two answers') }
  const t = studentQuantile((1 - confidence) / 2, answers - 1)
  if (isLeft(t)) return { _tag: 'Left', left: outOfRange(['interval'], answers, 'fewer answers for this method') }
  return byStandardErrors(counts, 'trinomialMeans', confidence, [-t.right, answers - 1])
}

const byMultinomial = (counts: NpsCounts, confidence: number): Result => {
  const ends = multinomialInterval(counts, confidence)
  return isLeft(ends)
    ? {
        _tag: 'Left',
        left: outOfRange(['interval'], momentsOf(counts).answers, 'at most 1000000 answers to this method'),
      }
    : byEnds(counts, 'exactMultinomial', confidence, ends.right)
}

/** The interval of the score of at least one answer. */
export const npsInterval = (counts: NpsCounts, method: NpsIntervalMethod, confidence: number): Result => {
  const z = twoSidedQuantile(confidence)
  if (isLeft(z)) return z
  const { answers } = momentsOf(counts)
  switch (method) {
    case 'adjustedWald':
      return byStandardErrors(withPseudoAnswers(counts), method, confidence, [z.right, answers + 3])
    case 'wald':
      return byStandardErrors(counts, method, confidence, [z.right, answers])
    case 'score':
      return byEnds(counts, method, confidence, tangoInterval(counts, z.right))
    case 'trinomialMeans':
      return byTrinomialMeans(counts, confidence)
    case 'exactMultinomial':
      return byMultinomial(counts, confidence)
  }
}
