// Which tiers lead to which: classes of tiers that members go round in. The loops fill tables that they made themselves.

import type { Either } from 'fp-ts/Either'
import type { TierId } from '../foundation/index.ts'
import { chainFaults, type TierChain, type TierChainFaults } from './tier-chain.ts'
import { isNonEmpty } from './tier-transitions.ts'

/** Tiers that lead to each other: from each there is a way to each. */
export interface TierClass {
  readonly tiers: ReadonlyArray<TierId>
  /** Whether nobody gets out, neither to another tier nor by leaving. */
  readonly closed: boolean
  /** Every way from a tier back to it takes a multiple of so many periods; `null` where there is no way back. */
  readonly period: number | null
}

/** By rows: 1 where there is a way, that of no step included. */
export const waysOf = (moves: ReadonlyArray<ReadonlyArray<number>>): Uint8Array => {
  const states = moves.length
  const ways = new Uint8Array(states * states)
  moves.forEach((row, from) => {
    row.forEach((value, to) => {
      if (value > 0 || from === to) ways[from * states + to] = 1
    })
  })
  for (let via = 0; via < states; via += 1) {
    for (let from = 0; from < states; from += 1) {
      if (ways[from * states + via] === 1) mergeRow(ways, states, from, via)
    }
  }
  return ways
}

const mergeRow = (draft: Uint8Array, states: number, from: number, via: number): void => {
  for (let to = 0; to < states; to += 1) {
    if (draft[via * states + to] === 1) draft[from * states + to] = 1
  }
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** The greatest common divisor of all cycles: of how much each move misses the next distance from the first member. */
const periodOf = (moves: ReadonlyArray<ReadonlyArray<number>>, members: ReadonlyArray<number>): number | null => {
  const first = members[0] as number
  const distance = new Map<number, number>([[first, 0]])
  const queue = [first]
  let period = 0
  // The queue grows while it is walked.
  for (const from of queue) {
    const next = (distance.get(from) as number) + 1
    for (const to of members.filter((member) => (moves[from]?.[member] ?? 0) > 0)) {
      const known = distance.get(to) ?? next
      period = divisor(period, Math.abs(next - known))
      if (!distance.has(to)) queue.push(to)
      distance.set(to, known)
    }
  }
  return period === 0 ? null : period
}

/** A class with its members' indices. */
export interface IndexedClass {
  readonly members: ReadonlyArray<number>
  readonly closed: boolean
  readonly period: number | null
}

/** The classes of a sound chain, by their lowest tier. */
export const classesOf = ({ moves, leaving }: TierChain): ReadonlyArray<IndexedClass> => {
  const states = moves.length
  const ways = waysOf(moves)
  const leads = (from: number, to: number): boolean => ways[from * states + to] === 1
  const all = moves.map((_, state) => state)
  return all.flatMap((first) => {
    const members = all.filter((state) => leads(first, state) && leads(state, first))
    if (members[0] !== first) return []
    const closed =
      all.every((state) => !leads(first, state) || leads(state, first)) &&
      members.every((state) => leaving[state] === 0)
    return [{ members, closed, period: periodOf(moves, members) }]
  })
}

/**
 * The communicating classes of a chain of tiers, by their lowest tier.
 *
 * Source: J. G. Kemeny and J. L. Snell, Finite Markov Chains (1960), chapter 2.
 *
 * @param chain see {@link TierChain}
 * @returns `InvalidValue` for everything that is wrong with the chain.
 * @example
 * ```ts
 * import { decode, TierChain, tierClasses, unwrap } from 'treue'
 *
 * const moves = [[0.9, 0.1, 0], [0.2, 0.7, 0.1], [0, 0, 1]]
 * const chain = unwrap(decode(TierChain, { tiers: ['base', 'gold', 'lifetime'], moves, leaving: [0, 0, 0] }))
 * unwrap(tierClasses(chain)).map(({ tiers, closed }) => [tiers.length, closed]) // => [[2, false], [1, true]]
 * ```
 */
export const tierClasses = (chain: TierChain): Either<TierChainFaults, ReadonlyArray<TierClass>> => {
  const faults = chainFaults(chain)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const right = classesOf(chain).map(({ members, closed, period }) => ({
    tiers: members.map((member) => chain.tiers[member] as TierId),
    closed,
    period,
  }))
  return { _tag: 'Right', right }
}
