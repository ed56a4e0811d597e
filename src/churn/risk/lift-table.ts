// How many events the best-scored customers hold: lift and gain by groups of equal size, often deciles.

import type { Either } from 'fp-ts/Either'
import { type EmptySample, type OutOfRange, outOfRange } from '../../foundation/index.ts'
import { bothOutcomes, type ScoreGroups } from './score-groups.ts'

/** A group of customers with neighbouring scores. */
export interface LiftRow {
  /** 1 for the highest scores. */
  readonly group: number
  readonly customers: number
  /** To how many of them it happened; a fraction where customers with one score fall into two groups. */
  readonly events: number
  /** `events / customers` */
  readonly rate: number
  /** The rate against that of all customers. */
  readonly lift: number
  /** Customers of this group and of those before it. */
  readonly cumulativeCustomers: number
  readonly cumulativeEvents: number
  /** The share of all events in this group and those before it. */
  readonly gain: number
  /** The rate of this group and those before it, against that of all customers. */
  readonly cumulativeLift: number
  /** The lowest score of the group. */
  readonly lowestScore: number
}

/** How many events are among the best-scored customers, and the lowest score of them. */
interface Best {
  readonly events: number
  readonly score: number
}

/** Of rising numbers of best-scored customers. Those with one score have its events in equal parts. */
const bestOf = ({ scores, events, others }: ScoreGroups, sizes: ReadonlyArray<number>): ReadonlyArray<Best> => {
  let index = scores.length
  let [customers, found] = [0, 0]
  return sizes.map((size) => {
    while (index > 0 && customers + (events[index - 1] as number) + (others[index - 1] as number) <= size) {
      index -= 1
      customers += (events[index] as number) + (others[index] as number)
      found += events[index] as number
    }
    if (customers === size) return { events: found, score: scores[index] as number }
    const [event, other] = [events[index - 1] as number, others[index - 1] as number]
    return { events: found + ((size - customers) * event) / (event + other), score: scores[index - 1] as number }
  })
}

/**
 * Lift and gain: customers in groups of equal size by falling score, and how many events each group holds.
 *
 * The k-th group ends at the customer k · n / groups, rounded up. Customers with one score that fall into two groups are shared
 * between them, so that the order of rows has no influence.
 *
 * @param groups from `scoreGroups`, of one set of customers or merged
 * @param count of groups, 10 (deciles) when absent
 * @returns `EmptySample` where it happened to all or to none; `OutOfRange` for a count that is no whole number from 1 to the
 * number of customers.
 * @example
 * ```ts
 * import { liftTable, scoreGroups, unwrap } from 'treue'
 *
 * const groups = unwrap(scoreGroups({ scores: [0.9, 0.8, 0.4, 0.1], outcomes: [1, 1, 0, 1] }))
 * const [best] = unwrap(liftTable(groups, 2))
 * best?.lift.toFixed(3) // => '1.333'
 * best?.gain.toFixed(3) // => '0.667'
 * ```
 */
export const liftTable = (
  groups: ScoreGroups,
  count: number = 10,
): Either<EmptySample | OutOfRange, ReadonlyArray<LiftRow>> => {
  const totals = bothOutcomes(groups)
  if (totals._tag === 'Left') return totals
  const { customers, events } = totals.right
  if (!(Number.isInteger(count) && count >= 1 && count <= customers)) {
    return { _tag: 'Left', left: outOfRange(['count'], count, `a whole number from 1 to ${customers}, the customers`) }
  }
  const sizes = Array.from({ length: count }, (_, index) => Math.ceil(((index + 1) * customers) / count))
  const best = bestOf(groups, sizes)
  const rate = events / customers
  const rows = best.map(({ events: found, score }, index): LiftRow => {
    const [size, before, foundBefore] = [sizes[index] as number, sizes[index - 1] ?? 0, best[index - 1]?.events ?? 0]
    const own = { customers: size - before, events: found - foundBefore }
    return {
      group: index + 1,
      ...own,
      rate: own.events / own.customers,
      lift: own.events / own.customers / rate,
      cumulativeCustomers: size,
      cumulativeEvents: found,
      gain: found / events,
      cumulativeLift: found / size / rate,
      lowestScore: score,
    }
  })
  return { _tag: 'Right', right: rows }
}
