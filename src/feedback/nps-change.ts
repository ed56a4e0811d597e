// Where a change of the score came from: from who answered, from what they answered, from promoters or detractors.

import type { Either } from 'fp-ts/Either'
import { emptySample, type InvalidValue, invalidValue } from '../foundation/index.ts'
import { momentsOf, type NpsCounts, type NpsFaults, pointsOf, sampleFaults } from './nps-counts.ts'
import { isNonEmpty } from './nps-summary.ts'

/** The answers of one segment, such as a country. */
export interface NpsSegment {
  readonly segment: string
  readonly counts: NpsCounts
}

/** What one segment adds to a change, in points. */
export interface NpsSegmentChange {
  readonly segment: string
  /** By the segment's share among those who answered. */
  readonly mix: number
  /** By what the segment's members answered. */
  readonly within: number
}

/** A change of a score in parts that sum to it, in points. */
export interface NpsChange {
  readonly before: number
  readonly after: number
  /** `mix` + `within`, and also `promoters` + `detractors`. */
  readonly change: number
  /** Because other segments answered. */
  readonly mix: number
  /** Because segments answered otherwise. */
  readonly within: number
  /** By the share of promoters: above 0 where it rose. */
  readonly promoters: number
  /** By the share of detractors: above 0 where it fell. */
  readonly detractors: number
  /** Each segment's part, in the order in which they first occur. */
  readonly segments: ReadonlyArray<NpsSegmentChange>
}

const repeated = (segments: ReadonlyArray<NpsSegment>, side: string): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return segments.flatMap(({ segment }, at) => {
    if (seen.has(segment)) return [invalidValue([side, at, 'segment'], segment, 'a segment that is named once')]
    seen.add(segment)
    return []
  })
}

const totalOf = (segments: ReadonlyArray<NpsSegment>): NpsCounts => {
  const sum = (of: (counts: NpsCounts) => number): number =>
    segments.reduce((total, { counts }) => total + of(counts), 0)
  return {
    detractors: sum(({ detractors }) => detractors),
    passives: sum(({ passives }) => passives),
    promoters: sum(({ promoters }) => promoters),
  }
}

const sideFaults = (segments: ReadonlyArray<NpsSegment>, side: string) => [
  ...(segments.length === 0 ? [emptySample([side], 'at least one segment')] : []),
  ...repeated(segments, side),
  ...segments.flatMap(({ counts }, at) => sampleFaults(counts, [side, at, 'counts'])),
]

interface Side {
  readonly answers: number
  readonly score: number
  readonly bySegment: ReadonlyMap<string, { readonly share: number; readonly score: number }>
}

const sideOf = (segments: ReadonlyArray<NpsSegment>): Side => {
  const { answers, score } = momentsOf(totalOf(segments))
  const entries = segments.map(({ segment, counts }) => {
    const own = momentsOf(counts)
    return [segment, { share: own.answers / answers, score: own.score }] as const
  })
  return { answers, score, bySegment: new Map(entries) }
}

/** A segment that is on one side only has no score on the other: it is taken to have had the same. */
const partOf = (segment: string, before: Side, after: Side): NpsSegmentChange => {
  const absent = { share: 0, score: 0 }
  const [was, is] = [before.bySegment.get(segment), after.bySegment.get(segment)]
  const first = was ?? { ...absent, score: is?.score ?? 0 }
  const second = is ?? { ...absent, score: was?.score ?? 0 }
  // Against the overall score, since shares sum to 1: one that grows makes others shrink.
  const distance = (first.score + second.score - before.score - after.score) / 2
  return {
    segment,
    mix: 100 * (second.share - first.share) * distance,
    within: (100 * (first.share + second.share) * (second.score - first.score)) / 2,
  }
}

/**
 * Splits a change of the score into what other people and what other answers did to it, and into promoters and detractors.
 *
 * For each segment, `mix` is the change of its share times how far its score lies from the overall one, `within` the change
 * of its score times its share, with the mean of both waves for what is held still (E. M. Kitagawa, Journal of the American
 * Statistical Association 50, 1955): nothing is left over, and the order of the waves only changes signs.
 *
 * @param before segments of the first wave, each with answers
 * @param after segments of the second; one may be on one side only
 * @returns `EmptySample` for a wave without segments and a segment without answers, `InvalidValue` for a count that is none
 * and a segment named twice; all that applies.
 * @example
 * ```ts
 * import { splitNpsChange, unwrap } from 'treue'
 *
 * const shop = { detractors: 10, passives: 30, promoters: 60 }
 * const web = { detractors: 40, passives: 30, promoters: 30 }
 * const moreWeb = { detractors: 120, passives: 90, promoters: 90 }
 * const { change, mix, within } = unwrap(
 *   splitNpsChange(
 *     [{ segment: 'shop', counts: shop }, { segment: 'web', counts: web }],
 *     [{ segment: 'shop', counts: shop }, { segment: 'web', counts: moreWeb }],
 *   ),
 * )
 * change // => -15
 * mix.toFixed(1) // => '-15.0'
 * within // => 0
 * ```
 */
export const splitNpsChange = (
  before: ReadonlyArray<NpsSegment>,
  after: ReadonlyArray<NpsSegment>,
): Either<NpsFaults, NpsChange> => {
  const faults = [...sideFaults(before, 'before'), ...sideFaults(after, 'after')]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const [first, second] = [sideOf(before), sideOf(after)]
  const names = new Set([...before, ...after].map(({ segment }) => segment))
  const segments = Array.from(names, (segment) => partOf(segment, first, second))
  const [was, is] = [totalOf(before), totalOf(after)]
  const right: NpsChange = {
    before: pointsOf(was),
    after: pointsOf(is),
    change: pointsOf(is) - pointsOf(was),
    mix: segments.reduce((sum, { mix }) => sum + mix, 0),
    within: segments.reduce((sum, { within }) => sum + within, 0),
    promoters: 100 * (is.promoters / second.answers - was.promoters / first.answers),
    detractors: 100 * (was.detractors / first.answers - is.detractors / second.answers),
    segments,
  }
  return { _tag: 'Right', right }
}
