// Whether somebody buys less often than they used to: their last days against their own past. The loops fill arrays that
// they made themselves.

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type CivilDate,
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type Zone,
} from '../../foundation/index.ts'
import { type PurchaseHistories, type PurchaseLog, purchaseHistories } from '../../retention/index.ts'
import { gammaPoissonLowerTail, type PacePrior, poissonLowerTail } from '../../statistics/index.ts'
import { isDate, purchaseDays } from '../inactivity/own-rhythm.ts'

/** Which days are compared. */
export interface RateDropOptions {
  /** The last day that counts. */
  readonly asOf: CivilDate
  /** So many days up to then are compared with those before them, 1 to 3,660. */
  readonly recentDays: number
  /**
   * What is believed of a customer's pace before anything is seen: `events` above 0, at most 1,000,000, in `time` days, at
   * most 1,000,000. Jeffreys' when absent: half a purchase in no time.
   */
  readonly prior?: PacePrior
  /** The zone whose dates count, of purchases by instant; UTC when absent. Not used for a list of dates. */
  readonly zone?: Zone
}

/** A customer's last days against their past. */
export interface RateDrop {
  /** Purchase days of the past, without the first, with which the past begins. */
  readonly pastPurchases: number
  /** How many days the past has, from the first purchase on. */
  readonly pastDays: number
  /** Purchase days of the last days. */
  readonly recentPurchases: number
  readonly recentDays: number
  /** How many these would be at the pace of the past. */
  readonly expected: number
  /** The pace of the last days by that of the past: below 1 for a drop. */
  readonly rateRatio: number
  /** How probable so few purchase days, or fewer, are at exactly the pace of the past. */
  readonly poissonTail: number
  /** The same, where the pace is only known as well as such a past tells it: the one to go by. */
  readonly tail: number
}

/** Why there is no comparison. */
export type RateDropFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange>

const mostPrior = 1_000_000

const optionFaults = ({ asOf, recentDays, prior }: RateDropOptions): ReadonlyArray<InvalidValue | OutOfRange> => {
  const { events, time } = prior ?? jeffreys
  return [
    ...(isDate(asOf) ? [] : [invalidValue(['asOf'], asOf, 'a date')]),
    ...(Number.isInteger(recentDays) && recentDays >= 1 && recentDays <= 3660
      ? []
      : [outOfRange(['recentDays'], recentDays, 'a whole number from 1 to 3660')]),
    ...(events > 0 && events <= mostPrior
      ? []
      : [outOfRange(['prior', 'events'], events, `a number above 0, at most ${mostPrior}`)]),
    ...(time >= 0 && time <= mostPrior ? [] : [outOfRange(['prior', 'time'], time, `a number from 0 to ${mostPrior}`)]),
  ]
}

const jeffreys: PacePrior = { events: 0.5, time: 0 }

/** The parts of a history of distinct, rising days; `null` without a purchase between the first and the last days. */
const partsOf = (
  days: Int32Array,
  asOf: number,
  recentDays: number,
): Pick<RateDrop, 'pastPurchases' | 'pastDays' | 'recentPurchases'> | null => {
  const eve = asOf - recentDays
  let purchases = 0
  while (purchases < days.length && (days[purchases] as number) <= eve) purchases += 1
  return purchases < 2
    ? null
    : {
        pastPurchases: purchases - 1,
        pastDays: eve - (days[0] as number),
        recentPurchases: days.length - purchases,
      }
}

// Every number that comes in is within the range of the tails: dates are at most some millions of days apart.
const certain: (tail: E.Either<unknown, number>) => number = /* @__PURE__ */ E.getOrElse(() => 1)

const dropOf = (days: Int32Array, { asOf, recentDays, prior = jeffreys }: RateDropOptions): RateDrop | null => {
  const parts = partsOf(days, asOf, recentDays)
  if (parts === null) return null
  const { pastPurchases, pastDays, recentPurchases } = parts
  const expected = (pastPurchases * recentDays) / pastDays
  const shape = pastPurchases + prior.events
  return {
    pastPurchases,
    pastDays,
    recentPurchases,
    recentDays,
    expected,
    rateRatio: recentPurchases / expected,
    poissonTail: certain(poissonLowerTail(recentPurchases, expected)),
    tail: certain(gammaPoissonLowerTail(recentPurchases, { shape, odds: recentDays / (pastDays + prior.time) })),
  }
}

/**
 * Whether a customer buys less often of late than they used to, against nothing but their own past: how probable so few
 * purchase days are by chance, if the pace were the same. It warns before a silence is long enough to be told by a rule.
 *
 * Purchases are taken for independent of each other; of somebody who buys more regularly than that, a drop is even less
 * likely by chance.
 *
 * @param purchases the dates of the customer's purchases, in any order; two of one day are one
 * @param options see {@link RateDropOptions}
 * @returns `EmptySample` without two purchase days before the last days, `InvalidValue` and `OutOfRange` for a date or a part
 * of the options that is none.
 * @example
 * ```ts
 * import { addDays, parseCivilDate, rateDrop, unwrap } from 'treue'
 *
 * const first = unwrap(parseCivilDate('2026-01-01'))
 * const weekly = Array.from({ length: 20 }, (_, week) => addDays(first, 7 * week))
 * const options = { asOf: unwrap(parseCivilDate('2026-06-11')), recentDays: 28 }
 * const { expected, recentPurchases, tail } = unwrap(rateDrop(weekly, options))
 * expected.toFixed(1) // => '4.0'
 * recentPurchases // => 0
 * tail.toFixed(3) // => '0.024'
 * ```
 */
export const rateDrop = (
  purchases: ReadonlyArray<CivilDate>,
  options: RateDropOptions,
): E.Either<RateDropFaults, RateDrop> => {
  const [first, ...rest] = optionFaults(options)
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const days = purchaseDays(purchases, options.asOf)
  if (days._tag === 'Left') return { _tag: 'Left', left: [days.left] }
  const drop = dropOf(days.right, options)
  return drop === null
    ? { _tag: 'Left', left: [emptySample([], 'two purchase days before the last days')] }
    : { _tag: 'Right', right: drop }
}

/** The comparison of each customer who has a past; an entry per customer in each list. */
export interface RateDropColumns {
  readonly customers: ReadonlyArray<string>
  readonly recentPurchases: Int32Array
  readonly expected: Float64Array
  readonly poissonTails: Float64Array
  readonly tails: Float64Array
}

const columnsOf = ({ customers, starts, days }: PurchaseHistories, options: RateDropOptions): RateDropColumns => {
  const known: Array<string> = []
  const drops: Array<RateDrop> = []
  for (const [at, customer] of customers.entries()) {
    const drop = dropOf(days.subarray(starts[at], starts[at + 1]), options)
    if (drop === null) continue
    known.push(customer)
    drops.push(drop)
  }
  return {
    customers: known,
    recentPurchases: Int32Array.from(drops, ({ recentPurchases }) => recentPurchases),
    expected: Float64Array.from(drops, ({ expected }) => expected),
    poissonTails: Float64Array.from(drops, ({ poissonTail }) => poissonTail),
    tails: Float64Array.from(drops, ({ tail }) => tail),
  }
}

/**
 * The comparison of every customer of a purchase log with their own past; equal to {@link rateDrop} of each, and without
 * those who have none. Of many customers some have a small tail by chance: `adjustPValues` of `tails` says of whom it is
 * more than that.
 *
 * @param log purchases in any order, from `encodePurchases` or `purchaseColumns`
 * @param options see {@link RateDropOptions}
 * @returns `InvalidValue` and `OutOfRange` for a part of the options that is none.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, rateDrops, unwrap } from 'treue'
 *
 * const buy = (customer: string, text: string) => ({ customer, day: unwrap(parseCivilDate(text)) })
 * const rows = [buy('ann', '2026-01-01'), buy('ann', '2026-01-11'), buy('ann', '2026-01-21'), buy('bob', '2026-01-05')]
 * const asOf = unwrap(parseCivilDate('2026-02-20'))
 * const { customers, expected } = unwrap(rateDrops(unwrap(encodePurchases(rows)), { asOf, recentDays: 30 }))
 * customers // => ['ann']
 * expected[0] // => 3
 * ```
 */
export const rateDrops = (
  log: PurchaseLog,
  options: RateDropOptions,
): E.Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, RateDropColumns> => {
  const [first, ...rest] = optionFaults(options)
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const { asOf, zone } = options
  return pipe(
    purchaseHistories(log, zone === undefined ? { asOf } : { asOf, zone }),
    E.bimap(
      (fault) => [fault],
      (histories) => columnsOf(histories, options),
    ),
  )
}
