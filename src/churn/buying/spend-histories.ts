// From a purchase log to what a model of order values needs. The kernel adds up in arrays that it made itself.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type CivilDate,
  type Currency,
  type Instant,
  type InvalidValue,
  invalidValue,
  localDateOf,
  utc,
  type Zone,
} from '../../foundation/index.ts'
import { type PurchaseHistories, type PurchaseLog, purchaseHistories } from '../../retention/index.ts'

/** Which purchases of a log count. */
export interface SpendHistoriesOptions {
  /** The last day that counts. */
  readonly until: CivilDate
  /**
   * Whether a customer's first purchase day counts. `'leftOut'` when absent: first orders often differ from those that follow,
   * as with a welcome voucher, and it is those to come that are to be valued.
   */
  readonly firstPurchase?: 'leftOut' | 'counted'
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

/** Customers with purchases of some value, one entry each, for `fitSpend`; purchases of one day are one order. */
export interface SpendHistories {
  readonly customers: ReadonlyArray<string>
  /** Days with a purchase that count. */
  readonly orders: Float64Array
  /** What was spent on such a day on average, less what was given back, in minor units. */
  readonly meanValues: Float64Array
  readonly currency: Currency
}

interface Amounts {
  readonly minor: Float64Array
  readonly currency: Currency
}

/** What each customer spent from their first day that counts to the last. */
const spentOf = (
  log: PurchaseLog,
  { minor }: Amounts,
  from: Int32Array,
  { until, zone = utc }: SpendHistoriesOptions,
): Float64Array => {
  const { customer, refunded = null } = log
  const sums = new Float64Array(from.length)
  for (let row = 0; row < customer.length; row += 1) {
    const own = customer[row] as number
    const day = log.kind === 'daily' ? (log.day[row] as number) : localDateOf(zone, log.at[row] as Instant)
    if (day < (from[own] as number) || day > until) continue
    sums[own] = (sums[own] as number) + (minor[row] as number) - (refunded?.[row] ?? 0)
  }
  return sums
}

const historiesOf = (
  log: PurchaseLog,
  amounts: Amounts,
  { starts, days }: PurchaseHistories,
  options: SpendHistoriesOptions,
): SpendHistories => {
  const leftOut = options.firstPurchase === 'counted' ? 0 : 1
  const orders = Int32Array.from(log.customers, (_, own) =>
    Math.max(0, (starts[own + 1] as number) - (starts[own] as number) - leftOut),
  )
  // Where no day counts it doesn't matter which is the first.
  const from = orders.map((count, own) => (count === 0 ? 0 : (days[(starts[own] as number) + leftOut] as number)))
  const spent = spentOf(log, amounts, from, options)
  const known = Int32Array.from(log.customers.keys()).filter((own) => orders[own] !== 0 && spent[own] !== 0)
  return {
    customers: Array.from(known, (own) => log.customers[own] as string),
    orders: Float64Array.from(known, (own) => orders[own] as number),
    meanValues: Float64Array.from(known, (own) => (spent[own] as number) / (orders[own] as number)),
    currency: amounts.currency,
  }
}

const firstPurchaseFaults = (firstPurchase: unknown): ReadonlyArray<InvalidValue> =>
  firstPurchase === 'leftOut' || firstPurchase === 'counted'
    ? []
    : [invalidValue(['firstPurchase'], firstPurchase, "'leftOut' or 'counted'")]

/**
 * How often each customer bought and for how much on average, from a purchase log: what `fitSpend` takes, and
 * `expectedOrderValue` one customer at a time.
 *
 * Customers without a purchase day that counts are left out, and those of whom nothing was kept: the model has no order of
 * value 0.
 *
 * @param log purchases in any order with their amounts, from `encodePurchases` or `purchaseColumns`
 * @param options see {@link SpendHistoriesOptions}
 * @returns `InvalidValue` for a date that is none, for another word than those two, and for a log without amounts.
 * @example
 * ```ts
 * import { encodePurchases, money, parseCivilDate, spendHistories, unwrap } from 'treue'
 *
 * const buy = (customer: string, day: string, amount: string) =>
 *   ({ customer, day: unwrap(parseCivilDate(day)), amount: unwrap(money(amount, 'EUR')) })
 * const log = unwrap(
 *   encodePurchases([
 *     buy('ann', '2026-01-01', '90.00'),
 *     buy('ann', '2026-01-15', '20.00'),
 *     buy('ann', '2026-02-01', '30.00'),
 *     buy('bob', '2026-01-08', '25.00'),
 *   ]),
 * )
 * const until = unwrap(parseCivilDate('2026-02-12'))
 * const { customers, orders, meanValues } = unwrap(spendHistories(log, { until }))
 * customers // => ['ann']
 * Array.from([orders[0], meanValues[0]]) // => [2, 2500]
 * unwrap(spendHistories(log, { until, firstPurchase: 'counted' })).customers // => ['ann', 'bob']
 * ```
 */
export const spendHistories = (
  log: PurchaseLog,
  options: SpendHistoriesOptions,
): Either<ReadonlyNonEmptyArray<InvalidValue>, SpendHistories> => {
  const { until, firstPurchase = 'leftOut', zone } = options
  const { minor, currency } = log
  const histories = purchaseHistories(log, zone === undefined ? { asOf: until } : { asOf: until, zone })
  const amounts = minor === null || currency === null ? null : { minor, currency }
  const [first, ...rest] = [
    ...(histories._tag === 'Left' ? [invalidValue(['until'], until, 'a date')] : []),
    ...firstPurchaseFaults(firstPurchase),
    ...(amounts === null ? [invalidValue(['minor'], minor, 'the amounts of the purchases')] : []),
  ]
  return histories._tag === 'Left' || amounts === null || first !== undefined
    ? { _tag: 'Left', left: [first as InvalidValue, ...rest] }
    : { _tag: 'Right', right: historiesOf(log, amounts, histories.right, options) }
}
