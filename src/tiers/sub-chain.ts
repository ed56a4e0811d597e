// Parts of a chain of tiers as arrays, and amounts per tier that come from a caller. Arrays are filled where they are made.

import { type InvalidValue, invalidValue } from '../foundation/index.ts'
import { type Elimination, eliminateStates } from './state-elimination.ts'
import type { TierChain } from './tier-chain.ts'

/** Some states of a chain, solved; all else is an exit. */
export interface SubChain {
  readonly states: ReadonlyArray<number>
  readonly elimination: Elimination
}

/** The states in the order given, where whatever leads to none of them is an exit. */
export const openSubChain = ({ moves, leaving }: TierChain, states: ReadonlyArray<number>): SubChain => {
  const inside = new Set(states)
  const exits = Float64Array.from(states, (from) =>
    (moves[from] ?? []).reduce((sum, value, to) => (inside.has(to) ? sum : sum + value), leaving[from] ?? 0),
  )
  return { states, elimination: eliminateStates(rowsOf(moves, states), exits) }
}

/** The moves between some states, by rows. */
export const rowsOf = (moves: ReadonlyArray<ReadonlyArray<number>>, states: ReadonlyArray<number>): Float64Array => {
  const rows = new Float64Array(states.length * states.length)
  states.forEach((from, row) => {
    states.forEach((to, column) => {
      rows[row * states.length + column] = moves[from]?.[to] ?? 0
    })
  })
  return rows
}

/** Values of some states, put at their places among all; 0 elsewhere. */
export const scatter = (values: Float64Array, states: ReadonlyArray<number>, total: number): ReadonlyArray<number> => {
  const all = new Float64Array(total)
  states.forEach((state, index) => {
    all[state] = values[index] as number
  })
  return Array.from(all)
}

export const allFinite = (values: ArrayLike<number>): boolean => {
  for (let index = 0; index < values.length; index += 1) {
    if (!Number.isFinite(values[index])) return false
  }
  return true
}

/** What is wrong with members per tier; so many at most that no sum of them leaves the range of numbers. */
export const perTierFaults = (
  name: string,
  values: ReadonlyArray<number>,
  tiers: number,
): ReadonlyArray<InvalidValue> => {
  if (values.length !== tiers) return [invalidValue([name], values, `${tiers} numbers, one per tier`)]
  return values.flatMap((value, tier) =>
    value >= 0 && value <= Number.MAX_SAFE_INTEGER
      ? []
      : [invalidValue([name, tier], value, 'a number from 0 to 9007199254740991')],
  )
}
