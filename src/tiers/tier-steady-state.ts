// Where a population of tiers settles, if every period goes as the counted one.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type Fault,
  type InvalidValue,
  type OutOfRange,
  outOfRange,
  type TierId,
} from '../foundation/index.ts'
import { compensatedSum } from '../statistics/index.ts'
import { balance, eliminateStates, isSound, populate } from './state-elimination.ts'
import { allFinite, openSubChain, perTierFaults, rowsOf, scatter } from './sub-chain.ts'
import { chainFaults, type TierChain } from './tier-chain.ts'
import { classesOf, type IndexedClass, waysOf } from './tier-classes.ts'
import { isNonEmpty } from './tier-transitions.ts'

/** There are several classes of tiers that nobody gets out of: where a population settles depends on where it starts. */
export interface SeveralClosedClasses extends Fault<'SeveralClosedClasses'> {
  readonly classes: ReadonlyArray<ReadonlyArray<TierId>>
}

/** Everybody leaves in the end: nobody is left to settle. */
export interface NoClosedClass extends Fault<'NoClosedClass'> {}

/** Members who come in get to tiers that nobody gets out of: their number grows without end. */
export interface UnboundedPopulation extends Fault<'UnboundedPopulation'> {
  /** The classes that they are caught in. */
  readonly classes: ReadonlyArray<ReadonlyArray<TierId>>
}

/** Where members are in the long run. */
export interface TierSteadyState {
  /** Per tier; they sum to 1. */
  readonly shares: ReadonlyArray<number>
  /**
   * 1 where the shares of any population come ever nearer to these; above 1 they go round in so many periods for ever,
   * and these are their averages.
   */
  readonly period: number
}

const tooFarApart = (): OutOfRange =>
  outOfRange(['moves'], 'probabilities too far apart', 'probabilities whose ratios a number can hold')

const idsOf = (chain: TierChain, members: ReadonlyArray<number>): ReadonlyArray<TierId> =>
  members.map((member) => chain.tiers[member] as TierId)

const left = <F>(fault: F): { readonly _tag: 'Left'; readonly left: ReadonlyNonEmptyArray<F> } => ({
  _tag: 'Left',
  left: [fault],
})

/** The shares within a closed class, in the order of its members; `null` where numbers cannot hold them. */
const sharesWithin = (chain: TierChain, members: ReadonlyArray<number>): Float64Array | null => {
  const elimination = eliminateStates(rowsOf(chain.moves, members), new Float64Array(members.length))
  const weights = balance(elimination)
  const sum = compensatedSum(weights)
  return isSound(elimination, false) && Number.isFinite(sum) ? weights.map((weight) => weight / sum) : null
}

/** Why there is no steady state. */
export type TierSteadyStateFaults = ReadonlyNonEmptyArray<
  InvalidValue | SeveralClosedClasses | NoClosedClass | OutOfRange
>

/**
 * The stationary distribution of a chain of tiers: the shares that one more period leaves as they are. It is computed
 * by elimination without a subtraction, so that small shares have as many right digits as large ones.
 *
 * Source: W. K. Grassmann, M. I. Taksar and D. P. Heyman, Operations Research 33 (1985).
 *
 * @param chain see {@link TierChain}; to leave members who leave out of account, one with `leavers: 'excluded'`
 * @returns `SeveralClosedClasses`, with their tiers, where there are several such distributions (then
 * {@link tierLongRun} tells them by the start), `NoClosedClass` where everybody leaves in the end (then
 * {@link tierSteadyPopulation} tells the population that new members keep up), `InvalidValue` for everything that is wrong
 * with the chain, `OutOfRange` for probabilities so far apart that numbers cannot hold the result.
 * @example
 * ```ts
 * import { decode, TierChain, tierSteadyState, unwrap } from 'treue'
 *
 * const moves = [[0.5, 0.5], [0.25, 0.75]]
 * const chain = unwrap(decode(TierChain, { tiers: ['base', 'gold'], moves, leaving: [0, 0] }))
 * unwrap(tierSteadyState(chain)).shares.map((share) => share.toFixed(6)) // => ['0.333333', '0.666667']
 * ```
 */
export const tierSteadyState = (chain: TierChain): Either<TierSteadyStateFaults, TierSteadyState> => {
  const faults = chainFaults(chain)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const closed = classesOf(chain).filter((one) => one.closed)
  const [only, ...others] = closed
  if (only === undefined) return left({ _tag: 'NoClosedClass', path: ['leaving'], expected: 'tiers that are not left' })
  if (others.length > 0) {
    const classes = closed.map(({ members }) => idsOf(chain, members))
    return left({ _tag: 'SeveralClosedClasses', path: ['moves'], expected: 'one closed class of tiers', classes })
  }
  const shares = sharesWithin(chain, only.members)
  if (shares === null) return left(tooFarApart())
  const right = { shares: scatter(shares, only.members, chain.tiers.length), period: only.period ?? 1 }
  return { _tag: 'Right', right }
}

/** Members who are caught in a closed class in the end. */
export interface TierLongRunClass {
  readonly tiers: ReadonlyArray<TierId>
  /** In the unit of the start. */
  readonly members: number
  /** Above 1, members go round in so many periods for ever, and the numbers per tier are averages. */
  readonly period: number
}

/** Where members of a given start are in the long run. */
export interface TierLongRun {
  /** Per tier, in the unit of the start. */
  readonly members: ReadonlyArray<number>
  /** Members who leave in the end. */
  readonly left: number
  readonly classes: ReadonlyArray<TierLongRunClass>
}

const longRunOf = (
  chain: TierChain,
  start: ReadonlyArray<number>,
  closed: ReadonlyArray<IndexedClass>,
): TierLongRun | null => {
  const caught = new Set(closed.flatMap(({ members }) => members))
  const open = chain.tiers.map((_, tier) => tier).filter((tier) => !caught.has(tier))
  const begin = Float64Array.from(open, (tier) => start[tier] as number)
  const { elimination } = openSubChain(chain, open)
  const visits = populate(elimination, begin)
  const flowTo = (probability: (from: number) => number): number =>
    open.reduce((sum, from, index) => sum + (visits[index] as number) * probability(from), 0)
  const all = new Float64Array(chain.tiers.length)
  const classes = closed.map(({ members, period }): TierLongRunClass => {
    const arrived = members.reduce(
      (sum, to) => sum + (start[to] as number) + flowTo((from) => chain.moves[from]?.[to] ?? 0),
      0,
    )
    const shares = sharesWithin(chain, members)
    members.forEach((member, index) => {
      all[member] = arrived * (shares === null ? Number.NaN : (shares[index] as number))
    })
    return { tiers: idsOf(chain, members), members: arrived, period: period ?? 1 }
  })
  const leavers = flowTo((from) => chain.leaving[from] ?? 0)
  return isSound(elimination, true) && allFinite(all) && Number.isFinite(leavers)
    ? { members: Array.from(all), left: leavers, classes }
    : null
}

/**
 * Where members who start in given tiers are in the long run: the probabilities to be caught in each closed class, and
 * the steady state within it.
 *
 * Source: J. G. Kemeny and J. L. Snell, Finite Markov Chains (1960), theorem 3.3.7.
 *
 * @param chain see {@link TierChain}
 * @param start members, or shares, per tier
 * @returns `InvalidValue` for everything that is wrong with the chain or the start, `OutOfRange` for probabilities so far
 * apart that numbers cannot hold the result.
 * @example
 * ```ts
 * import { decode, TierChain, tierLongRun, unwrap } from 'treue'
 *
 * const moves = [[0.5, 0.25, 0], [0.25, 0.25, 0.25], [0, 0, 1]]
 * const chain = unwrap(decode(TierChain, { tiers: ['base', 'gold', 'lifetime'], moves, leaving: [0.25, 0.25, 0] }))
 * const { members, left } = unwrap(tierLongRun(chain, [500, 0, 0]))
 * ;[members, left] // => [[0, 0, 100], 400]
 * ```
 */
export const tierLongRun = (
  chain: TierChain,
  start: ReadonlyArray<number>,
): Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, TierLongRun> => {
  const wrong = chainFaults(chain)
  const faults = wrong.length > 0 ? wrong : perTierFaults('start', start, chain.tiers.length)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const right = longRunOf(
    chain,
    start,
    classesOf(chain).filter(({ closed }) => closed),
  )
  return right === null ? left(tooFarApart()) : { _tag: 'Right', right }
}

/** The population that a constant number of new members keeps up. */
export interface TierSteadyPopulation {
  /** Members per tier, those of the last inflow included. */
  readonly members: ReadonlyArray<number>
  readonly total: number
  /** For how many periods a new member stays one, on average. */
  readonly membershipPeriods: number
}

/** Why there is no steady population. */
export type TierSteadyPopulationFaults = ReadonlyNonEmptyArray<
  InvalidValue | EmptySample | UnboundedPopulation | OutOfRange
>

const populationOf = (
  chain: TierChain,
  inflow: ReadonlyArray<number>,
  states: ReadonlyArray<number>,
): TierSteadyPopulation | null => {
  const arrivals = Float64Array.from(states, (tier) => inflow[tier] as number)
  const { elimination } = openSubChain(chain, states)
  const present = populate(elimination, arrivals)
  const total = compensatedSum(present)
  const membershipPeriods = total / compensatedSum(arrivals)
  if (!(isSound(elimination, true) && Number.isFinite(total) && Number.isFinite(membershipPeriods))) return null
  return { members: scatter(present, states, chain.tiers.length), total, membershipPeriods }
}

/**
 * The population that settles where the same number of members comes in every period: as many leave as come.
 *
 * Source: J. G. Kemeny and J. L. Snell, Finite Markov Chains (1960), chapter 3: the fundamental matrix, here by
 * elimination without a subtraction.
 *
 * @param chain see {@link TierChain}, with members who leave
 * @param inflow new members per period and tier
 * @returns `UnboundedPopulation` with the classes that members are caught in, `EmptySample` where nobody comes in,
 * `InvalidValue` for everything that is wrong with the chain or the inflow, `OutOfRange` for probabilities so far apart
 * that numbers cannot hold the result.
 * @example
 * ```ts
 * import { decode, TierChain, tierSteadyPopulation, unwrap } from 'treue'
 *
 * const moves = [[0.5, 0.25], [0.25, 0.5]]
 * const chain = unwrap(decode(TierChain, { tiers: ['base', 'gold'], moves, leaving: [0.25, 0.25] }))
 * const { members, membershipPeriods } = unwrap(tierSteadyPopulation(chain, [300, 0]))
 * ;[members, membershipPeriods] // => [[800, 400], 4]
 * ```
 */
export const tierSteadyPopulation = (
  chain: TierChain,
  inflow: ReadonlyArray<number>,
): Either<TierSteadyPopulationFaults, TierSteadyPopulation> => {
  const wrong = chainFaults(chain)
  const faults = wrong.length > 0 ? wrong : perTierFaults('inflow', inflow, chain.tiers.length)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const size = chain.tiers.length
  const all = chain.tiers.map((_, tier) => tier)
  const entries = all.filter((tier) => (inflow[tier] as number) > 0)
  if (entries.length === 0) return left(emptySample(['inflow'], 'at least one new member per period'))
  const ways = waysOf(chain.moves)
  const states = all.filter((tier) => entries.some((entry) => ways[entry * size + tier] === 1))
  const reached = new Set(states)
  const closed = classesOf(chain).filter((one) => one.closed && reached.has(one.members[0] as number))
  if (closed.length > 0) {
    const classes = closed.map(({ members }) => idsOf(chain, members))
    return left({ _tag: 'UnboundedPopulation', path: ['moves'], expected: 'tiers that members leave', classes })
  }
  const right = populationOf(chain, inflow, states)
  return right === null ? left(tooFarApart()) : { _tag: 'Right', right }
}
