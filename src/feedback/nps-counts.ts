// How many answers there are of each category, and what follows from that alone.

import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  type Path,
} from '../foundation/index.ts'
import { isCount } from './nps-scale.ts'

/** How many answers there are of each category. */
export interface NpsCounts {
  readonly detractors: number
  readonly passives: number
  readonly promoters: number
}

/** Everything that is wrong with counts and options: no answers, a count that is none, a number out of its range. */
export type NpsFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange>

/** Number of answers, score and variance of one answer, where a promoter is 1, a passive 0 and a detractor −1. */
export interface NpsMoments {
  readonly answers: number
  readonly score: number
  readonly variance: number
}

export const momentsOf = (counts: NpsCounts): NpsMoments => {
  const { detractors, passives, promoters } = counts
  const answers = detractors + passives + promoters
  const balance = promoters - detractors
  // Over one denominator, so that answers that are all alike have variance 0 and not what rounding leaves of it.
  const variance = ((promoters + detractors) * answers - balance * balance) / (answers * answers)
  return { answers, score: balance / answers, variance }
}

/** The score in points, with one rounding. */
export const pointsOf = (counts: NpsCounts): number =>
  (100 * (counts.promoters - counts.detractors)) / momentsOf(counts).answers

/** Three more answers, spread evenly between the best and the worst case. */
export const withPseudoAnswers = ({ detractors, passives, promoters }: NpsCounts): NpsCounts => ({
  detractors: detractors + 0.75,
  passives: passives + 1.5,
  promoters: promoters + 0.75,
})

export const categories = ['detractors', 'passives', 'promoters'] as const

/** What is wrong with the counts of a sample that must not be empty. */
export const sampleFaults = (counts: NpsCounts, path: Path): ReadonlyArray<EmptySample | InvalidValue> => {
  const faults = categories
    .filter((category) => !isCount(counts[category]))
    .map((category) => invalidValue([...path, category], counts[category], 'a whole number from 0'))
  if (faults.length > 0 || momentsOf(counts).answers > 0) return faults
  return [emptySample(path, 'at least one answer')]
}

export const clampPoints = (points: number): number => Math.max(-100, Math.min(100, points))
