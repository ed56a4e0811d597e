// Members per tier in the coming periods, and what the past leaves uncertain about them. The kernels fill arrays that they
// made themselves.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, type InvalidValue, type OutOfRange, outOfRange, type TierId } from '../foundation/index.ts'
import { twoSidedQuantile } from '../statistics/index.ts'
import { perTierFaults } from './sub-chain.ts'
import { type TierChain, tierChainOf } from './tier-chain.ts'
import { periodFaults, stepOf } from './tier-passage.ts'
import { membersBefore } from './tier-transition-table.ts'
import { isNonEmpty, type TierTransitions } from './tier-transitions.ts'

/** How a forecast is made. */
export interface TierForecastOptions {
  /** How many periods ahead, each as long as the one that the transitions are of. */
  readonly periods: number
  /** New members per tier at the end of every period; none when absent. */
  readonly inflow?: ReadonlyArray<number>
  /** Of each interval by itself, between 0 and 1; 0.95 when absent. */
  readonly confidence?: number
}

/** The members of a tier at one time to come. */
export interface TierForecastCell {
  /** Expected; not a whole number. */
  readonly members: number
  /** Of the members expected in all tiers, between 0 and 1; `null` where none are. */
  readonly share: number | null
  /** Of the actual number around the expected one. */
  readonly standardError: number
  /** Not below 0. */
  readonly lower: number
  readonly upper: number
}

/** Members per tier after each of some periods. */
export interface TierForecast {
  readonly tiers: ReadonlyArray<TierId>
  /** Between 0 and 1. */
  readonly confidence: number
  /** Per period, the first one being the next, and per tier. */
  readonly periods: ReadonlyArray<ReadonlyArray<TierForecastCell>>
}

/** Why there is no forecast. */
export type TierForecastFaults = ReadonlyNonEmptyArray<InvalidValue | EmptySample | OutOfRange>

/** What a forecast goes through, period by period. */
interface Course {
  readonly members: ReadonlyArray<number>
  /** By tier and place: the probability of a member of now. */
  readonly powers: ReadonlyArray<ReadonlyArray<number>>
  /** Of each tier's row of probabilities, by place: what the members would change by if a probability changed. */
  readonly slopes: ReadonlyArray<ReadonlyArray<ReadonlyArray<number>>>
  /** The chance in where those who joined have got, per tier. */
  readonly joinedVariance: ReadonlyArray<number>
}

const addTo = (first: ReadonlyArray<number>, second: ReadonlyArray<number>): ReadonlyArray<number> =>
  first.map((value, index) => value + (second[index] as number))

const chanceOf = (powers: ReadonlyArray<ReadonlyArray<number>>, members: ReadonlyArray<number>, tier: number): number =>
  powers.reduce((sum, row, from) => {
    const probability = row[tier] as number
    return sum + (members[from] as number) * probability * Math.max(0, 1 - probability)
  }, 0)

const advance = (course: Course, { moves }: TierChain, inflow: ReadonlyArray<number>): Course => ({
  members: addTo(stepOf(moves, course.members), inflow),
  powers: course.powers.map((row) => stepOf(moves, row)),
  slopes: course.slopes.map((rows, from) =>
    rows.map((row, to) =>
      stepOf(moves, row).map((value, tier) => (tier === to ? value + (course.members[from] as number) : value)),
    ),
  ),
  joinedVariance: course.joinedVariance.map((variance, tier) => variance + chanceOf(course.powers, inflow, tier)),
})

const beginOf = (start: ReadonlyArray<number>): Course => ({
  members: start,
  powers: start.map((_, from) => start.map((__, to) => (from === to ? 1 : 0))),
  slopes: start.map(() => start.map(() => start.map(() => 0))),
  joinedVariance: start.map(() => 0),
})

/** The delta method: the variance of a row's estimated probabilities, weighted by the slopes; leaving has slope 0. */
const estimateVariance = (course: Course, chain: TierChain, totals: ReadonlyArray<number>, tier: number): number =>
  chain.moves.reduce((sum, row, from) => {
    const slopes = course.slopes[from] ?? []
    const centre = row.reduce((total, probability, to) => total + probability * (slopes[to]?.[tier] ?? 0), 0)
    const spread = row.reduce(
      (total, probability, to) => total + probability * ((slopes[to]?.[tier] ?? 0) - centre) ** 2,
      (chain.leaving[from] as number) * centre ** 2,
    )
    return sum + spread / (totals[from] as number)
  }, 0)

const cellsOf = (
  course: Course,
  chain: TierChain,
  start: ReadonlyArray<number>,
  totals: ReadonlyArray<number>,
  z: number,
): ReadonlyArray<TierForecastCell> => {
  const all = course.members.reduce((sum, members) => sum + members, 0)
  return course.members.map((members, tier) => {
    const chance = chanceOf(course.powers, start, tier) + (course.joinedVariance[tier] as number)
    const standardError = Math.sqrt(chance + estimateVariance(course, chain, totals, tier))
    return {
      members,
      share: all > 0 ? members / all : null,
      standardError,
      lower: Math.max(0, members - z * standardError),
      upper: members + z * standardError,
    }
  })
}

const forecastOf = (
  transitions: TierTransitions,
  chain: TierChain,
  start: ReadonlyArray<number>,
  options: TierForecastOptions,
  z: number,
): ReadonlyArray<ReadonlyArray<TierForecastCell>> => {
  const { periods, inflow = start.map(() => 0) } = options
  const totals = start.map((_, from) => membersBefore(transitions, from))
  const found: Array<ReadonlyArray<TierForecastCell>> = []
  let course = beginOf(start)
  for (let period = 0; period < periods; period += 1) {
    course = advance(course, chain, inflow)
    found.push(cellsOf(course, chain, start, totals, z))
  }
  return found
}

const mostWork = 1e9

const forecastFaults = (
  transitions: TierTransitions,
  start: ReadonlyArray<number>,
  { periods, inflow }: TierForecastOptions,
): ReadonlyArray<InvalidValue | OutOfRange> => {
  const tiers = transitions.counts.length
  const wrong: ReadonlyArray<InvalidValue | OutOfRange> = [
    ...perTierFaults('start', start, tiers),
    ...(inflow === undefined ? [] : perTierFaults('inflow', inflow, tiers)),
    ...periodFaults(periods),
  ]
  const most = Math.floor(mostWork / tiers ** 4)
  return wrong.length > 0 || periods <= most
    ? wrong
    : [outOfRange(['periods'], periods, `at most ${most} for ${tiers} tiers`)]
}

/**
 * How many members each tier is expected to have after each of some periods, if all go as the counted one. The interval is
 * the normal one around the expected number. Its variance is that of members who move independently of each other, plus
 * that of the estimated probabilities by the multinomial delta method; the inflow is taken as known. With few expected
 * members it is only a rough guide.
 *
 * Sources: T. W. Anderson and L. A. Goodman, Annals of Mathematical Statistics 28 (1957), for the variance of the
 * estimates; J. G. Kemeny and J. L. Snell, Finite Markov Chains (1960), theorem 2.1.1.
 *
 * @param transitions counted, or merged; with those who left
 * @param tiers the tiers in the order of the counts
 * @param start members per tier at present
 * @param options see {@link TierForecastOptions}
 * @returns `EmptySample` for every tier whose transitions have no members, `InvalidValue` for counts, tiers, a start or an
 * inflow that make no sense, `OutOfRange` for other than 0 to 10,000 periods, for more than 10⁹ / tiers⁴ periods, and for
 * a confidence outside (0, 1).
 * @example
 * ```ts
 * import { tierForecast, type TierId, unwrap } from 'treue'
 *
 * const transitions = { counts: [[750, 200], [100, 400]], joined: [0, 0], left: [50, 0] }
 * const tiers = ['base', 'gold'] as TierId[]
 * const { periods } = unwrap(tierForecast(transitions, tiers, [2000, 500], { periods: 1 }))
 * periods[0]?.map(({ members }) => members) // => [1600, 800]
 * periods[0]?.map(({ standardError }) => standardError.toFixed(1)) // => ['35.8', '33.5']
 * ```
 */
export const tierForecast = (
  transitions: TierTransitions,
  tiers: ReadonlyArray<TierId>,
  start: ReadonlyArray<number>,
  options: TierForecastOptions,
): Either<TierForecastFaults, TierForecast> => {
  const { confidence = 0.95 } = options
  const chain = tierChainOf(transitions, tiers)
  const z = twoSidedQuantile(confidence)
  const faults = [
    ...(isLeft(chain) ? chain.left : forecastFaults(transitions, start, options)),
    ...(isLeft(z) ? [z.left] : []),
  ]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  if (isLeft(chain)) return chain
  if (isLeft(z)) return { _tag: 'Left', left: [z.left] }
  const periods = forecastOf(transitions, chain.right, start, options, z.right)
  return { _tag: 'Right', right: { tiers: [...tiers], confidence, periods } }
}
