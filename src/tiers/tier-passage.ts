// How long members take to a tier, how long they stay in one, and where they are after some periods. The loops fill
// arrays that they made themselves.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type InvalidValue, invalidValue, type OutOfRange, outOfRange, type TierId } from '../foundation/index.ts'
import { eliminateStates, gather, isSound } from './state-elimination.ts'
import { allFinite, openSubChain, perTierFaults, rowsOf } from './sub-chain.ts'
import { chainFaults, type TierChain } from './tier-chain.ts'
import { waysOf } from './tier-classes.ts'
import { isNonEmpty } from './tier-transitions.ts'

/** The way from one tier to another. */
export interface TierPassage {
  /** That a member of the tier is ever in the target. */
  readonly probability: number
  /** How many periods that takes those who get there, on average; `null` where nobody does. */
  readonly periods: number | null
}

/** Why there are no passages. */
export type TierPassageFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange>

const tooFarApart = (): OutOfRange =>
  outOfRange(['moves'], 'probabilities too far apart', 'probabilities whose ratios a number can hold')

/**
 * The mean time of those who get there: the chain given that they do, whose probabilities are weighted by the prospects
 * of where they lead (Doob's transform).
 */
const meanPeriods = (
  chain: TierChain,
  states: ReadonlyArray<number>,
  target: number,
  prospects: Float64Array,
): Float64Array | null => {
  const size = states.length
  const rows = rowsOf(chain.moves, states).map(
    (value, cell) => (value * (prospects[cell % size] as number)) / (prospects[Math.floor(cell / size)] as number),
  )
  const exits = Float64Array.from(
    states,
    (from, index) => (chain.moves[from]?.[target] ?? 0) / (prospects[index] as number),
  )
  const elimination = eliminateStates(rows, exits)
  return isSound(elimination, true) ? gather(elimination, new Float64Array(size).fill(1)) : null
}

const passagesOf = (chain: TierChain, target: number): ReadonlyArray<TierPassage> | null => {
  const size = chain.tiers.length
  const ways = waysOf(chain.moves)
  const all = chain.tiers.map((_, tier) => tier)
  const states = all.filter((tier) => tier !== target && ways[tier * size + target] === 1)
  const direct = Float64Array.from(states, (from) => chain.moves[from]?.[target] ?? 0)
  const { elimination } = openSubChain(chain, states)
  const prospects = gather(elimination, direct)
  const periods = isSound(elimination, true) ? meanPeriods(chain, states, target, prospects) : null
  if (periods === null || !allFinite(periods)) return null
  const places = new Map(states.map((state, place) => [state, place]))
  return all.map((tier) => {
    if (tier === target) return { probability: 1, periods: 0 }
    const place = places.get(tier)
    if (place === undefined) return { probability: 0, periods: null }
    return { probability: Math.min(1, prospects[place] as number), periods: periods[place] as number }
  })
}

/**
 * From each tier, the probability to ever reach a target, and the mean time of those who do. From the target itself
 * that is 0 periods.
 *
 * Source: J. G. Kemeny and J. L. Snell, Finite Markov Chains (1960), theorems 3.3.5 and 3.3.7, and 3.5 for the chain given
 * where it ends; here by elimination without a subtraction.
 *
 * @param chain see {@link TierChain}
 * @param target a tier of the chain
 * @returns `InvalidValue` for everything that is wrong with the chain, and for a target that isn't in it; `OutOfRange` for
 * probabilities so far apart that numbers cannot hold the result.
 * @example
 * ```ts
 * import { decode, TierChain, type TierId, tierPassages, unwrap } from 'treue'
 *
 * const moves = [[0.5, 0.25], [0, 1]]
 * const chain = unwrap(decode(TierChain, { tiers: ['base', 'gold'], moves, leaving: [0.25, 0] }))
 * unwrap(tierPassages(chain, 'gold' as TierId))[0] // => { probability: 0.5, periods: 2 }
 * ```
 */
export const tierPassages = (
  chain: TierChain,
  target: TierId,
): Either<TierPassageFaults, ReadonlyArray<TierPassage>> => {
  const place = chain.tiers.indexOf(target)
  const faults = [
    ...chainFaults(chain),
    ...(place < 0 ? [invalidValue(['target'], target, 'a tier of the chain')] : []),
  ]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const right = passagesOf(chain, place)
  return right === null ? { _tag: 'Left', left: [tooFarApart()] } : { _tag: 'Right', right }
}

/**
 * For how many periods a member who is in a tier stays there without a break, on average, this one included; `null` for
 * a tier that nobody gets out of.
 *
 * Source: J. G. Kemeny and J. L. Snell, Finite Markov Chains (1960), theorem 3.5.6.
 *
 * @param chain see {@link TierChain}
 * @returns per tier; `InvalidValue` for everything that is wrong with the chain, `OutOfRange` where a number can't hold the
 * result.
 * @example
 * ```ts
 * import { decode, TierChain, tierStays, unwrap } from 'treue'
 *
 * const moves = [[0.5, 0.25], [0, 1]]
 * const chain = unwrap(decode(TierChain, { tiers: ['base', 'gold'], moves, leaving: [0.25, 0] }))
 * unwrap(tierStays(chain)) // => [2, null]
 * ```
 */
export const tierStays = (chain: TierChain): Either<TierPassageFaults, ReadonlyArray<number | null>> => {
  const faults = chainFaults(chain)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const stays = chain.moves.map((row, from) => {
    const out = row.reduce((sum, value, to) => (to === from ? sum : sum + value), chain.leaving[from] ?? 0)
    return out === 0 ? null : 1 / out
  })
  return allFinite(stays.map((stay) => stay ?? 0))
    ? { _tag: 'Right', right: stays }
    : { _tag: 'Left', left: [tooFarApart()] }
}

/** Members, or shares of them, at one time. */
export interface TierDistribution {
  /** Per tier. */
  readonly members: ReadonlyArray<number>
  /** Those who have left since the start. */
  readonly left: number
}

/** The numbers per tier one period later. */
export const stepOf = (
  moves: ReadonlyArray<ReadonlyArray<number>>,
  members: ReadonlyArray<number>,
): ReadonlyArray<number> => {
  const next = new Float64Array(members.length)
  moves.forEach((row, from) => {
    const present = members[from] as number
    row.forEach((probability, to) => {
      ;(next[to] as number) += present * probability
    })
  })
  return Array.from(next)
}

/** The most periods that are looked ahead. */
const mostPeriods = 10_000

export const periodFaults = (periods: number): ReadonlyArray<OutOfRange> =>
  Number.isInteger(periods) && periods >= 0 && periods <= mostPeriods
    ? []
    : [outOfRange(['periods'], periods, `a whole number from 0 to ${mostPeriods}`)]

/**
 * Where members who start in given tiers are expected after some periods.
 *
 * Source: J. G. Kemeny and J. L. Snell, Finite Markov Chains (1960), theorem 2.1.1.
 *
 * @param chain see {@link TierChain}
 * @param start members per tier; 1 in one tier and 0 elsewhere gives the probabilities of one member
 * @param periods a whole number from 0 to 10,000
 * @returns `InvalidValue` for everything that is wrong with the chain or the start, `OutOfRange` for another number of
 * periods.
 * @example
 * ```ts
 * import { decode, TierChain, tiersAfter, unwrap } from 'treue'
 *
 * const moves = [[0.5, 0.25], [0, 1]]
 * const chain = unwrap(decode(TierChain, { tiers: ['base', 'gold'], moves, leaving: [0.25, 0] }))
 * unwrap(tiersAfter(chain, [1, 0], 2)) // => { members: [0.25, 0.375], left: 0.375 }
 * ```
 */
export const tiersAfter = (
  chain: TierChain,
  start: ReadonlyArray<number>,
  periods: number,
): Either<TierPassageFaults, TierDistribution> => {
  const wrong: ReadonlyArray<InvalidValue> = chainFaults(chain)
  const faults = [
    ...(wrong.length > 0 ? wrong : perTierFaults('start', start, chain.tiers.length)),
    ...periodFaults(periods),
  ]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  let members = start
  let leftSoFar = 0
  for (let period = 0; period < periods; period += 1) {
    leftSoFar = members.reduce((sum, present, from) => sum + present * (chain.leaving[from] as number), leftSoFar)
    members = stepOf(chain.moves, members)
  }
  return { _tag: 'Right', right: { members: [...members], left: leftSoFar } }
}
