// A score whose strata are given the shares that they have in the population.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type Fault,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
} from '../foundation/index.ts'
import { compensatedSum, twoSidedQuantile } from '../statistics/index.ts'
import { faultList } from './nps-comparison.ts'
import { momentsOf, type NpsCounts, type NpsMoments, sampleFaults } from './nps-counts.ts'
import { isNonEmpty } from './nps-summary.ts'
import { waldPoints } from './nps-weighting.ts'

/** A part of the population, and how large it is. */
export interface PopulationStratum {
  readonly stratum: string
  /** A share, or a number of people: above 0. Only how strata compare matters. */
  readonly size: number
}

/** The answers of a part of the population. */
export interface StratumAnswers {
  readonly stratum: string
  readonly counts: NpsCounts
}

/** Answers of a stratum that the population doesn't name. */
export interface UnknownStratum extends Fault<'UnknownStratum'> {
  readonly stratum: string
}

/** Everything that is wrong with strata. */
export type StrataFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange | UnknownStratum>

/** A score whose strata have the shares of the population, in points. */
export interface PostStratifiedNps {
  readonly score: number
  /** Of the answers as they came, each counting the same. */
  readonly unweightedScore: number
  readonly answers: number
  /** How many answers of equal weight would tell as much (L. Kish, Survey Sampling, 1965). */
  readonly effectiveAnswers: number
  readonly designEffect: number
  readonly standardError: number
  readonly confidence: number
  /** Not below −100. */
  readonly lower: number
  /** Not above 100. */
  readonly upper: number
  /** The bounds before clamping. */
  readonly unclamped: { readonly lower: number; readonly upper: number }
  /** Whether the width is zero because the answers of each stratum are all alike: then the interval says nothing. */
  readonly degenerate: boolean
  readonly strata: ReadonlyArray<{
    readonly stratum: string
    readonly populationShare: number
    readonly answerShare: number
    readonly score: number
  }>
}

const unknownStratum = (at: number, stratum: string): UnknownStratum => ({
  _tag: 'UnknownStratum',
  path: ['answers', at, 'stratum'],
  expected: 'a stratum of the population',
  stratum,
})

const repeated = (names: ReadonlyArray<string>, list: string): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return names.flatMap((name, at) => {
    if (seen.has(name)) return [invalidValue([list, at, 'stratum'], name, 'a stratum that is named once')]
    seen.add(name)
    return []
  })
}

const strataFaults = (population: ReadonlyArray<PopulationStratum>, answers: ReadonlyArray<StratumAnswers>) => {
  const known = new Set(population.map(({ stratum }) => stratum))
  const answered = new Set(answers.map(({ stratum }) => stratum))
  return [
    ...(population.length === 0 ? [emptySample(['population'], 'at least one stratum')] : []),
    ...repeated(
      population.map(({ stratum }) => stratum),
      'population',
    ),
    ...repeated(
      answers.map(({ stratum }) => stratum),
      'answers',
    ),
    ...population.flatMap(({ stratum, size }, at) => [
      ...(size > 0 && size <= 1e100 ? [] : [outOfRange(['population', at, 'size'], size, 'a number above 0')]),
      ...(answered.has(stratum) ? [] : [emptySample(['population', at], `answers of the stratum ${stratum}`)]),
    ]),
    ...answers.flatMap(({ stratum, counts }, at) => [
      ...(known.has(stratum) ? [] : [unknownStratum(at, stratum)]),
      ...sampleFaults(counts, ['answers', at, 'counts']),
    ]),
  ]
}

interface KnownStratum extends NpsMoments {
  readonly stratum: string
  readonly share: number
}

const finishStrata = (
  population: ReadonlyArray<PopulationStratum>,
  answers: ReadonlyArray<StratumAnswers>,
  confidence: number,
  z: number,
): PostStratifiedNps => {
  const total = compensatedSum(population.map(({ size }) => size))
  const sizes = new Map(population.map(({ stratum, size }) => [stratum, size / total]))
  const known = answers.map(
    ({ stratum, counts }): KnownStratum => ({ stratum, share: sizes.get(stratum) ?? 0, ...momentsOf(counts) }),
  )
  const all = known.reduce((sum, { answers: count }) => sum + count, 0)
  const sum = (of: (stratum: KnownStratum) => number): number => compensatedSum(known.map(of))
  const score = sum((one) => one.share * one.score)
  const error = Math.sqrt(sum((one) => (one.share * one.share * one.variance) / one.answers))
  const effectiveAnswers = 1 / sum((one) => (one.share * one.share) / one.answers)
  return {
    score: 100 * score,
    unweightedScore: (100 * sum((one) => one.score * one.answers)) / all,
    answers: all,
    effectiveAnswers,
    designEffect: all / effectiveAnswers,
    standardError: 100 * error,
    confidence,
    ...waldPoints(score, error, z),
    degenerate: error === 0,
    strata: known.map((one) => ({
      stratum: one.stratum,
      populationShare: one.share,
      answerShare: one.answers / all,
      score: 100 * one.score,
    })),
  }
}

/**
 * The Net Promoter Score as it would be if every stratum had answered by its share of the population.
 *
 * Σ W·score with the error √(Σ W²·variance ÷ n), W the share of a stratum in the population: it repairs that some strata
 * answer more often than others, not that within a stratum the satisfied do.
 *
 * @param population the strata and their sizes
 * @param answers counts per category of each stratum
 * @param options `confidence`: 0.95 when absent
 * @returns `UnknownStratum` for answers of a stratum that the population doesn't name, `EmptySample` for one without answers,
 * `InvalidValue` for a count that is none and a stratum named twice, `OutOfRange` for a size that isn't above 0 and a
 * confidence that isn't between 0 and 1; all that applies.
 * @example
 * ```ts
 * import { postStratifiedNetPromoterScore, unwrap } from 'treue'
 *
 * const { score, unweightedScore } = unwrap(
 *   postStratifiedNetPromoterScore(
 *     [
 *       { stratum: 'regulars', size: 100 },
 *       { stratum: 'others', size: 900 },
 *     ],
 *     [
 *       { stratum: 'regulars', counts: { detractors: 5, passives: 15, promoters: 30 } },
 *       { stratum: 'others', counts: { detractors: 20, passives: 15, promoters: 15 } },
 *     ],
 *   ),
 * )
 * unweightedScore // => 20
 * score.toFixed(6) // => '-4.000000'
 * ```
 */
export const postStratifiedNetPromoterScore = (
  population: ReadonlyArray<PopulationStratum>,
  answers: ReadonlyArray<StratumAnswers>,
  options: { readonly confidence?: number } = {},
): Either<StrataFaults, PostStratifiedNps> => {
  const { confidence = 0.95 } = options
  const z = twoSidedQuantile(confidence)
  const faults = [...strataFaults(population, answers), ...faultList(z)]
  return isNonEmpty(faults)
    ? { _tag: 'Left', left: faults }
    : { _tag: 'Right', right: finishStrata(population, answers, confidence, isLeft(z) ? 0 : z.right) }
}
