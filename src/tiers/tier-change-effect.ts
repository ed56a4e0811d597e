// Who moves when a ladder's rules change, from the tiers that a replay gives under the old and the new rules. The loop
// fills a list that it made itself.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  addMoney,
  type CurrencyMismatch,
  type ExactInteger,
  exactProduct,
  exactSum,
  type InvalidValue,
  invalidValue,
  type Money,
  moneyFromMinor,
  type OutOfRange,
  underPath,
} from '../foundation/index.ts'
import { summariseTierMoves, type TierMoveColumns, type TierTransitions } from './tier-transitions.ts'

/** What a change of a ladder's rules does to a population. */
export interface TierChangeEffect {
  /** The members whose tier is another one, by their index, rising. */
  readonly movers: Int32Array
  /** From the tier under the old rules to that under the new ones. */
  readonly transitions: TierTransitions
  /** Movers to a higher tier, or into the ladder. */
  readonly up: number
  /** Movers to a lower tier, or out of the ladder. */
  readonly down: number
  /** Per tier, members under the new rules less those under the old ones. */
  readonly net: ReadonlyArray<number>
  /** What the members cost more per period; `null` without costs. */
  readonly cost: Money | null
}

/** Why there is no effect. */
export type TierChangeFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange | CurrencyMismatch>

const moversOf = ({ before, after }: TierMoveColumns, movers: number): Int32Array => {
  const found = new Int32Array(movers)
  let next = 0
  for (let member = 0; member < before.length && next < movers; member += 1) {
    if (before[member] !== after[member]) {
      found[next] = member
      next += 1
    }
  }
  return found
}

const total = (values: ReadonlyArray<number>): number => values.reduce((sum, value) => sum + value, 0)

const sumWhere = ({ counts }: TierTransitions, holds: (from: number, to: number) => boolean): number =>
  total(counts.map((row, from) => total(row.filter((_, to) => holds(from, to)))))

const netOf = ({ counts, joined, left }: TierTransitions): ReadonlyArray<number> =>
  counts.map((row, tier) => {
    const after = counts.reduce((sum, other) => sum + (other[tier] as number), joined[tier] as number)
    return after - total(row) - (left[tier] as number)
  })

const costOf = (
  net: ReadonlyArray<number>,
  costs: ReadonlyArray<Money>,
): Either<InvalidValue | OutOfRange | CurrencyMismatch, Money> => {
  const first = costs[0]
  if (first === undefined || costs.length !== net.length) {
    return { _tag: 'Left', left: invalidValue(['costs'], costs, `${net.length} amounts, one per tier`) }
  }
  const zero: Money = { minor: 0, currency: first.currency }
  let sum: ExactInteger = 0
  for (const [tier, cost] of costs.entries()) {
    // Only to see that it is money of the same currency.
    const sound = addMoney(zero, cost)
    if (isLeft(sound)) return { _tag: 'Left', left: underPath(['costs', tier], [sound.left])[0] ?? sound.left }
    sum = exactSum(sum, exactProduct(cost.minor, net[tier] as number))
  }
  return moneyFromMinor(Number(sum), first.currency)
}

/**
 * Who moves when a ladder's rules change, how many from which tier to which, and what that costs: exactly, as members are
 * counted. The tiers under both rules come from a replay of the same histories (S44: what a threshold edit does to members
 * who are already there is the new rules' matter).
 *
 * @param columns per member, the index of the tier under the old rules (`before`) and under the new ones (`after`); −1 for
 * none
 * @param tiers how many tiers there are, 1 to 256, lowest first
 * @param options `costs`: per tier, for one member and one period, in one currency
 * @returns `InvalidValue` for every entry that is no tier, for columns of different length, and for other than a cost per
 * tier; `CurrencyMismatch` at a cost in another currency, `OutOfRange` for a sum too large to be exact.
 * @example
 * ```ts
 * import { formatAmount, money, tierChangeEffect, unwrap } from 'treue'
 *
 * const before = Int32Array.of(0, 1, 1, 1, 0)
 * const after = Int32Array.of(0, 1, 0, 0, 0)
 * const costs = [unwrap(money('0.50', 'EUR')), unwrap(money('12', 'EUR'))]
 * const { movers, net, cost } = unwrap(tierChangeEffect({ before, after }, 2, { costs }))
 * ;[Array.from(movers), net] // => [[2, 3], [2, -2]]
 * cost === null ? '' : formatAmount(cost) // => '-23.00'
 * ```
 */
export const tierChangeEffect = (
  columns: TierMoveColumns,
  tiers: number,
  options: { readonly costs?: ReadonlyArray<Money> } = {},
): Either<TierChangeFaults, TierChangeEffect> => {
  const summary = summariseTierMoves(columns, tiers)
  if (isLeft(summary)) return summary
  const transitions = summary.right
  const net = netOf(transitions)
  const cost = options.costs === undefined ? null : costOf(net, options.costs)
  if (cost !== null && isLeft(cost)) return { _tag: 'Left', left: [cost.left] }
  const up = sumWhere(transitions, (from, to) => to > from) + total(transitions.joined)
  const down = sumWhere(transitions, (from, to) => to < from) + total(transitions.left)
  const movers = moversOf(columns, up + down)
  return { _tag: 'Right', right: { movers, transitions, up, down, net, cost: cost === null ? null : cost.right } }
}
