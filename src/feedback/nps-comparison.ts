// Two Net Promoter Scores against each other: which way they differ, and how surely.

import { type Either, isLeft } from 'fp-ts/Either'
import type { OutOfRange } from '../foundation/index.ts'
import { normalUpperTail, twoSidedQuantile } from '../statistics/index.ts'
import {
  momentsOf,
  type NpsCounts,
  type NpsFaults,
  type NpsMoments,
  pointsOf,
  sampleFaults,
  withPseudoAnswers,
} from './nps-counts.ts'
import { isNonEmpty } from './nps-summary.ts'

/** How the error of a difference is had: after three more answers were added to each side, or none. */
export type NpsComparisonMethod = 'adjustedWald' | 'wald'

/** How two scores are compared. */
export interface NpsComparisonOptions {
  /** Above 0 and below 1; 0.95 when absent. */
  readonly confidence?: number
  /** `'adjustedWald'` when absent: it keeps its promise for few answers, and for answers that are all alike. */
  readonly method?: NpsComparisonMethod
}

/** The difference of two scores, in points; above 0 where the second is higher. */
export interface NpsComparison {
  readonly method: NpsComparisonMethod
  readonly confidence: number
  /** The second score less the first, as they are. */
  readonly difference: number
  /** The middle of the interval before clamping; for `adjustedWald` the difference after answers were added. */
  readonly centre: number
  /** Of `centre`. */
  readonly standardError: number
  /** `centre` in standard errors; `null` where no answer differs from another of its side. */
  readonly z: number | null
  /** How probable a difference as far from 0 is, either way, if there is none; `null` as `z` is. */
  readonly p: number | null
  /** Not below −200. */
  readonly lower: number
  /** Not above 200. */
  readonly upper: number
  /** Whether the width is zero because the answers of each side are all alike: then nothing is known of the error. */
  readonly degenerate: boolean
}

/** How far from 0 a number of standard errors is, either way, as a probability. */
export const twoSidedProbability = (z: number): number => {
  const tail = normalUpperTail(Math.abs(z))
  return isLeft(tail) ? 1 : Math.min(1, 2 * tail.right)
}

const clampDifference = (points: number): number => Math.max(-200, Math.min(200, points))

/** The moments that a method computes with. */
export const momentsFor = (counts: NpsCounts, method: NpsComparisonMethod): NpsMoments =>
  momentsOf(method === 'wald' ? counts : withPseudoAnswers(counts))

/** The comparison of two samples that are known to be sound. */
export const comparisonOf = (
  first: NpsCounts,
  second: NpsCounts,
  { confidence, method, z }: { readonly confidence: number; readonly method: NpsComparisonMethod; readonly z: number },
): NpsComparison => {
  const [one, other] = [momentsFor(first, method), momentsFor(second, method)]
  const centre = 100 * (other.score - one.score)
  const standardError = 100 * Math.sqrt(one.variance / one.answers + other.variance / other.answers)
  const degenerate = standardError === 0
  return {
    method,
    confidence,
    difference: pointsOf(second) - pointsOf(first),
    centre,
    standardError,
    z: degenerate ? null : centre / standardError,
    p: degenerate ? null : twoSidedProbability(centre / standardError),
    lower: clampDifference(centre - z * standardError),
    upper: clampDifference(centre + z * standardError),
    degenerate,
  }
}

/** The fault of a confidence, as a list. */
export const faultList = (result: Either<OutOfRange, unknown>): ReadonlyArray<OutOfRange> =>
  isLeft(result) ? [result.left] : []

/**
 * Compares the scores of two separate sets of respondents; for the same respondents asked twice see
 * {@link comparePairedAnswers}.
 *
 * Source: B. Rocks, arXiv 1601.07235.
 *
 * @param first counts per category, such as of the wave before
 * @param second counts per category, such as of the wave after
 * @param options see {@link NpsComparisonOptions}
 * @returns `EmptySample` for a side without answers, `InvalidValue` for a count that is none, `OutOfRange` for a confidence
 * that isn't between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { compareNetPromoterScores, unwrap } from 'treue'
 *
 * const spring = { detractors: 60, passives: 90, promoters: 100 }
 * const autumn = { detractors: 50, passives: 100, promoters: 150 }
 * const change = unwrap(compareNetPromoterScores(spring, autumn))
 * change.difference.toFixed(2) // => '17.33'
 * change.p?.toFixed(4) // => '0.0084'
 * ```
 */
export const compareNetPromoterScores = (
  first: NpsCounts,
  second: NpsCounts,
  options: NpsComparisonOptions = {},
): Either<NpsFaults, NpsComparison> => {
  const { confidence = 0.95, method = 'adjustedWald' } = options
  const z = twoSidedQuantile(confidence)
  const faults = [...sampleFaults(first, ['first']), ...sampleFaults(second, ['second']), ...faultList(z)]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  return { _tag: 'Right', right: comparisonOf(first, second, { confidence, method, z: isLeft(z) ? 0 : z.right }) }
}
