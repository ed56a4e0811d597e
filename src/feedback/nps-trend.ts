// A score over several waves, with what each wave could have shown at all.

import { type Either, isLeft } from 'fp-ts/Either'
import { emptySample, type OutOfRange, outOfRange } from '../foundation/index.ts'
import { normalQuantile, twoSidedQuantile } from '../statistics/index.ts'
import {
  comparisonOf,
  faultList,
  momentsFor,
  type NpsComparison,
  type NpsComparisonMethod,
  type NpsComparisonOptions,
  twoSidedProbability,
} from './nps-comparison.ts'
import { momentsOf, type NpsCounts, type NpsFaults, pointsOf, sampleFaults } from './nps-counts.ts'
import { type NpsInterval, npsInterval } from './nps-interval.ts'
import { isNonEmpty } from './nps-summary.ts'

/** One wave of a survey. */
export interface NpsWave {
  /** Such as `'2026-Q1'`; it is only handed through. */
  readonly label: string
  readonly counts: NpsCounts
}

/** How a trend is judged. */
export interface NpsTrendOptions extends NpsComparisonOptions {
  /** How probably a detectable change is detected; above 0 and below 1, 0.8 when absent. */
  readonly power?: number
}

/** A wave in a trend. */
export interface NpsTrendPoint {
  readonly label: string
  readonly answers: number
  readonly score: number
  readonly interval: NpsInterval
  /** Against the wave before; `null` for the first. */
  readonly change: NpsComparison | null
  /**
   * How many points the score would have to move from the wave before so that samples of these sizes show it with the
   * power asked for; a smaller movement is more likely missed. `null` for the first wave.
   */
  readonly detectableChange: number | null
}

/** A straight line through the scores, waves weighted by how well they are known. */
export interface NpsSlope {
  readonly pointsPerWave: number
  readonly standardError: number
  /** How probable a slope as steep, either way, is if there is none. */
  readonly p: number
}

/** A score over several waves. */
export interface NpsTrend {
  readonly points: ReadonlyArray<NpsTrendPoint>
  /** `null` with fewer than two waves, and where the answers of a wave are all alike and the method is `'wald'`. */
  readonly slope: NpsSlope | null
}

interface WeighedWave {
  readonly at: number
  readonly score: number
  readonly weight: number
}

/** Weighted least squares; scores after answers were added, where the method adds them. */
const slopeOf = (waves: ReadonlyArray<NpsWave>, method: NpsComparisonMethod): NpsSlope | null => {
  const known = waves.map(({ counts }, at): WeighedWave => {
    const { answers, score, variance } = momentsFor(counts, method)
    return { at, score: 100 * score, weight: answers / (variance * 10_000) }
  })
  const sum = (of: (wave: WeighedWave) => number): number =>
    known.reduce((total, wave) => total + wave.weight * of(wave), 0)
  const total = sum(() => 1)
  const centre = sum(({ at }) => at) / total
  const level = sum(({ score }) => score) / total
  const spread = sum(({ at }) => (at - centre) ** 2)
  if (waves.length < 2 || !Number.isFinite(total) || spread <= 0) return null
  const pointsPerWave = sum(({ at, score }) => (at - centre) * (score - level)) / spread
  const standardError = Math.sqrt(1 / spread)
  return { pointsPerWave, standardError, p: twoSidedProbability(pointsPerWave / standardError) }
}

interface Known {
  readonly confidence: number
  readonly method: NpsComparisonMethod
  readonly z: number
  readonly zOfPower: number
}

const pointOf = (wave: NpsWave, before: NpsWave | undefined, known: Known): NpsTrendPoint | null => {
  const interval = npsInterval(wave.counts, known.method, known.confidence)
  if (isLeft(interval)) return null
  const change = before === undefined ? null : comparisonOf(before.counts, wave.counts, known)
  const { answers } = momentsOf(wave.counts)
  return {
    label: wave.label,
    answers,
    score: pointsOf(wave.counts),
    interval: interval.right,
    change,
    detectableChange: change === null ? null : (known.z + known.zOfPower) * change.standardError,
  }
}

const powerFault = (power: number): ReadonlyArray<OutOfRange> =>
  power > 0 && power < 1 ? [] : [outOfRange(['power'], power, 'a probability above 0 and below 1')]

/**
 * A score over waves, each with its interval, its change from the wave before, and the change that it could have shown.
 *
 * @param waves in order of time, each of other respondents
 * @param options see {@link NpsTrendOptions}
 * @returns `EmptySample` without waves and for a wave without answers, `InvalidValue` for a count that is none, `OutOfRange`
 * for a confidence or a power that isn't between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { npsTrend, unwrap } from 'treue'
 *
 * const { points } = unwrap(
 *   npsTrend([
 *     { label: 'Q1', counts: { detractors: 20, passives: 30, promoters: 50 } },
 *     { label: 'Q2', counts: { detractors: 16, passives: 30, promoters: 54 } },
 *   ]),
 * )
 * points[1]?.change?.difference.toFixed(1) // => '8.0'
 * points[1]?.detectableChange?.toFixed(1) // => '29.8'
 * ```
 */
export const npsTrend = (waves: ReadonlyArray<NpsWave>, options: NpsTrendOptions = {}): Either<NpsFaults, NpsTrend> => {
  const { confidence = 0.95, method = 'adjustedWald', power = 0.8 } = options
  const z = twoSidedQuantile(confidence)
  const zOfPower = normalQuantile(power)
  const faults = [
    ...(waves.length === 0 ? [emptySample(['waves'], 'at least one wave')] : []),
    ...waves.flatMap(({ counts }, at) => sampleFaults(counts, ['waves', at, 'counts'])),
    ...faultList(z),
    ...powerFault(power),
  ]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const known = { confidence, method, z: isLeft(z) ? 0 : z.right, zOfPower: isLeft(zOfPower) ? 0 : zOfPower.right }
  const points = waves.flatMap((wave, at) => pointOf(wave, waves[at - 1], known) ?? [])
  return { _tag: 'Right', right: { points, slope: slopeOf(waves, method) } }
}
