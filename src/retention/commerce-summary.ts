// Orders, customers and revenue of a window, and what they come to per order and per customer.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  type CivilDate,
  type CivilPeriod,
  type Codec,
  type Currency,
  constrainCodec,
  type Dictionary,
  dictionaryCodec,
  type EmptySample,
  emptySample,
  type InvalidValue,
  integerCodec,
  invalidValue,
  type Money,
  type OutOfRange,
  outOfRange,
  structCodec,
  type ZeroDenominator,
  type Zone,
  zeroDenominator,
} from '../foundation/index.ts'
import { dailyPurchases } from './purchase-history.ts'
import { type DailyPurchases, isDay, keptMinor, type PurchaseLog } from './purchase-log.ts'

/** Orders and customers, counted. */
export interface CommerceSummary {
  /** Customers with at least one order. */
  readonly customers: number
  /** Customers with at least two orders. */
  readonly repeatCustomers: number
  readonly orders: number
  /** Orders of which the amount is known. */
  readonly ordersWithAmount: number
  /** Their amounts added up, in minor units of each currency. */
  readonly revenue: Dictionary<number>
  /** What of those was given back. */
  readonly refunded: Dictionary<number>
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

const amounts: Codec<Dictionary<number>> = /* @__PURE__ */ dictionaryCodec(count)

const refundFaults = ({ revenue, refunded }: CommerceSummary): ReadonlyArray<InvalidValue> => {
  const sums = new Map(Object.entries(revenue))
  return Object.entries(refunded).flatMap(([currency, minor]) => {
    const most = sums.get(currency) ?? 0
    return minor <= most ? [] : [invalidValue(['refunded', currency], minor, `at most the revenue ${most}`)]
  })
}

/**
 * Reads a {@link CommerceSummary}.
 *
 * @example
 * ```ts
 * import { CommerceSummary, decode } from 'treue'
 *
 * const json = { customers: 2, repeatCustomers: 1, orders: 3, ordersWithAmount: 3, revenue: { EUR: 5997 }, refunded: {} }
 * decode(CommerceSummary, json)._tag // => 'Right'
 * ```
 */
export const CommerceSummary: Codec<CommerceSummary> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('CommerceSummary', {
    customers: count,
    repeatCustomers: count,
    orders: count,
    ordersWithAmount: count,
    revenue: amounts,
    refunded: amounts,
  }),
  refundFaults,
)

const addAmounts = (first: Dictionary<number>, second: Dictionary<number>): Dictionary<number> => {
  const sums = new Map(Object.entries(first))
  for (const [currency, minor] of Object.entries(second)) sums.set(currency, (sums.get(currency) ?? 0) + minor)
  return Object.fromEntries(sums)
}

/**
 * Merges counts of orders of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { commerceMonoid } from 'treue'
 *
 * const shard = { customers: 2, repeatCustomers: 1, orders: 3, ordersWithAmount: 3, revenue: { EUR: 5997 }, refunded: {} }
 * commerceMonoid.concat(shard, shard).revenue // => { EUR: 11994 }
 * ```
 */
export const commerceMonoid: Monoid<CommerceSummary> = {
  empty: { customers: 0, repeatCustomers: 0, orders: 0, ordersWithAmount: 0, revenue: {}, refunded: {} },
  concat: (first, second) => ({
    customers: first.customers + second.customers,
    repeatCustomers: first.repeatCustomers + second.repeatCustomers,
    orders: first.orders + second.orders,
    ordersWithAmount: first.ordersWithAmount + second.ordersWithAmount,
    revenue: addAmounts(first.revenue, second.revenue),
    refunded: addAmounts(first.refunded, second.refunded),
  }),
}

/** Which orders count. */
export interface CommerceOptions {
  /** The dates that count; all when absent. */
  readonly window?: CivilPeriod
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

interface OrderTally {
  /** How many orders each customer has, counted up to 2. */
  readonly perCustomer: Uint8Array
  readonly orders: number
  readonly revenue: number
  readonly kept: number
}

const tallyOrders = (log: DailyPurchases, { from, until }: CivilPeriod): OrderTally => {
  const { customers, customer, day, minor } = log
  const perCustomer = new Uint8Array(customers.length)
  let orders = 0
  let revenue = 0
  let kept = 0
  for (let row = 0; row < day.length; row += 1) {
    const on = day[row] as number
    if (on < from || on >= until) continue
    const index = customer[row] as number
    perCustomer[index] = Math.min((perCustomer[index] as number) + 1, 2)
    orders += 1
    if (minor !== null) revenue += minor[row] as number
    kept += keptMinor(log, row)
  }
  return { perCustomer, orders, revenue, kept }
}

const countOrders = (log: DailyPurchases, window: CivilPeriod): CommerceSummary => {
  const { perCustomer, orders, revenue, kept } = tallyOrders(log, window)
  const totals = {
    customers: perCustomer.reduce((sum, number) => sum + (number > 0 ? 1 : 0), 0),
    repeatCustomers: perCustomer.reduce((sum, number) => sum + (number > 1 ? 1 : 0), 0),
    orders,
  }
  return log.currency === null || orders === 0
    ? { ...totals, ordersWithAmount: 0, revenue: {}, refunded: {} }
    : {
        ...totals,
        ordersWithAmount: orders,
        revenue: { [log.currency]: revenue },
        refunded: revenue === kept ? {} : { [log.currency]: revenue - kept },
      }
}

const always: CivilPeriod = { from: -Infinity as CivilDate, until: Infinity as CivilDate }

/**
 * Counts the orders, customers and revenue of a window, and what of it was given back.
 *
 * @param log purchases in any order, or a part that has all purchases of its customers
 * @param options see {@link CommerceOptions}
 * @returns `InvalidValue` for a window that ends before it begins, `OutOfRange` when the revenue is too large to be exact.
 * @example
 * ```ts
 * import { encodePurchases, money, parseCivilDate, summariseCommerce, unwrap } from 'treue'
 *
 * const day = unwrap(parseCivilDate('2026-01-02'))
 * const log = unwrap(encodePurchases([{ customer: 'ann', day, amount: unwrap(money('19.99', 'EUR')) }]))
 * unwrap(summariseCommerce(log))
 * // => { customers: 1, repeatCustomers: 0, orders: 1, ordersWithAmount: 1, revenue: { EUR: 1999 }, refunded: {} }
 * ```
 */
export const summariseCommerce = (
  log: PurchaseLog,
  options: CommerceOptions = {},
): Either<InvalidValue | OutOfRange, CommerceSummary> => {
  const { window, zone } = options
  if (window !== undefined && !(isDay(window.from) && isDay(window.until) && window.from <= window.until)) {
    return { _tag: 'Left', left: invalidValue(['window'], window, 'a date and one not before it') }
  }
  const summary = countOrders(dailyPurchases(log, zone), window ?? always)
  const tooLarge = Object.values(summary.revenue).find((minor) => !Number.isSafeInteger(minor))
  return tooLarge === undefined
    ? { _tag: 'Right', right: summary }
    : { _tag: 'Left', left: outOfRange(['revenue'], tooLarge, 'at most 9007199254740991 minor units in all') }
}

/** What revenue comes to per order and per customer. */
export interface RevenueFigures {
  /** Before refunds. */
  readonly revenue: Money
  /** What of it was given back. */
  readonly refunded: Money
  /** Average order value: revenue less refunds by orders, in minor units, not rounded. A refunded order stays an order. */
  readonly averageOrderMinor: number
  /** Revenue less refunds by customers so far, in minor units, not rounded. */
  readonly perCustomerMinor: number
}

/** What orders come to per customer. */
export interface CommerceFigures {
  readonly customers: number
  readonly orders: number
  readonly repeatCustomers: number
  /** Purchase frequency: orders by customers. */
  readonly ordersPerCustomer: number
  /** Customers with at least two orders, by customers. */
  readonly repeatPurchaseRate: number
  /** `null` unless the amount of every order is known. */
  readonly money: RevenueFigures | null
}

const moneyOf = (summary: CommerceSummary): Either<InvalidValue | OutOfRange, RevenueFigures | null> => {
  const { customers, orders, ordersWithAmount, revenue, refunded } = summary
  const [first, ...others] = Object.entries(revenue)
  if (first === undefined || ordersWithAmount < orders) return { _tag: 'Right', right: null }
  const [currency, minor] = first
  if (others.length > 0) return { _tag: 'Left', left: invalidValue(['revenue'], revenue, 'amounts of one currency') }
  if (!Number.isSafeInteger(minor)) {
    return { _tag: 'Left', left: outOfRange(['revenue', currency], minor, 'at most 9007199254740991 minor units') }
  }
  const [fault] = refundFaults(summary)
  if (fault !== undefined) return { _tag: 'Left', left: fault }
  const given = new Map(Object.entries(refunded)).get(currency) ?? 0
  return {
    _tag: 'Right',
    right: {
      revenue: { minor, currency: currency as Currency },
      refunded: { minor: given, currency: currency as Currency },
      averageOrderMinor: (minor - given) / orders,
      perCustomerMinor: (minor - given) / customers,
    },
  }
}

/**
 * The figures of counted orders: purchase frequency, repeat purchase rate, average order value.
 *
 * @param summary from {@link summariseCommerce} or merged by {@link commerceMonoid}
 * @returns `EmptySample` without orders, `InvalidValue` for amounts of several currencies or more refunds than revenue,
 * `OutOfRange` when the revenue is too large to be exact.
 * @example
 * ```ts
 * import { finishCommerce, unwrap } from 'treue'
 *
 * const counted = { customers: 2, repeatCustomers: 1, orders: 3, ordersWithAmount: 3 }
 * const figures = unwrap(finishCommerce({ ...counted, revenue: { EUR: 6000 }, refunded: { EUR: 1500 } }))
 * figures.ordersPerCustomer // => 1.5
 * figures.money?.averageOrderMinor // => 1500
 * ```
 */
export const finishCommerce = (
  summary: CommerceSummary,
): Either<EmptySample | InvalidValue | OutOfRange, CommerceFigures> => {
  const { customers, orders, repeatCustomers } = summary
  if (orders === 0 || customers === 0) return { _tag: 'Left', left: emptySample([], 'at least one order') }
  const money = moneyOf(summary)
  if (money._tag === 'Left') return money
  const figures: CommerceFigures = {
    customers,
    orders,
    repeatCustomers,
    ordersPerCustomer: orders / customers,
    repeatPurchaseRate: repeatCustomers / customers,
    money: money.right,
  }
  return { _tag: 'Right', right: figures }
}

/**
 * Orders, customers and revenue of a window, and what they come to per order and per customer.
 *
 * @param log purchases in any order, from {@link encodePurchases} or {@link purchaseColumns}
 * @param options see {@link CommerceOptions}
 * @returns `EmptySample` without orders, `InvalidValue` for a window that ends before it begins, `OutOfRange` when the
 * revenue is too large to be exact.
 * @example
 * ```ts
 * import { commerceFigures, encodePurchases, money, parseCivilDate, unwrap } from 'treue'
 *
 * const buy = (customer: string, date: string, amount: string) => ({
 *   customer,
 *   day: unwrap(parseCivilDate(date)),
 *   amount: unwrap(money(amount, 'EUR')),
 * })
 * const rows = [buy('ann', '2026-01-02', '10.00'), buy('ann', '2026-01-20', '20.00'), buy('bob', '2026-01-03', '15.00')]
 * const figures = unwrap(commerceFigures(unwrap(encodePurchases(rows))))
 * figures.repeatPurchaseRate // => 0.5
 * figures.money?.averageOrderMinor // => 1500
 * ```
 */
export const commerceFigures = (
  log: PurchaseLog,
  options: CommerceOptions = {},
): Either<EmptySample | InvalidValue | OutOfRange, CommerceFigures> => {
  const summary = summariseCommerce(log, options)
  return summary._tag === 'Left' ? summary : finishCommerce(summary.right)
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/**
 * How often customers order, from two counts.
 *
 * @param counts orders and customers of a window, and how many days it has
 * @returns `ZeroDenominator` without customers, or without orders to share out the days; `InvalidValue` for a count that
 * is none or days that aren't above 0.
 * @example
 * ```ts
 * import { purchaseFrequency, unwrap } from 'treue'
 *
 * unwrap(purchaseFrequency({ orders: 600, customers: 240, days: 365 }))
 * // => { ordersPerCustomer: 2.5, daysPerOrder: 146 }
 * ```
 */
export const purchaseFrequency = (counts: {
  readonly orders: number
  readonly customers: number
  readonly days: number
}): Either<ZeroDenominator | InvalidValue, { readonly ordersPerCustomer: number; readonly daysPerOrder: number }> => {
  const { orders, customers, days } = counts
  for (const name of ['customers', 'orders'] as const) {
    const count = counts[name]
    if (!isCount(count)) return { _tag: 'Left', left: invalidValue([name], count, 'a whole number from 0') }
    if (count === 0) return { _tag: 'Left', left: zeroDenominator([name], `at least one of the ${name}`) }
  }
  return Number.isFinite(days) && days > 0
    ? { _tag: 'Right', right: { ordersPerCustomer: orders / customers, daysPerOrder: (days * customers) / orders } }
    : { _tag: 'Left', left: invalidValue(['days'], days, 'a number of days above 0') }
}
