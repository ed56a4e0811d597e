// Which share of orders comes from customers who had ordered before, and how new and existing customers convert.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  type CivilPeriod,
  type Codec,
  type EmptySample,
  emptySample,
  type InvalidValue,
  integerCodec,
  invalidValue,
  type OutOfRange,
  outOfRange,
  structCodec,
  type Zone,
} from '../foundation/index.ts'
import {
  compareProportions,
  type Proportion,
  type ProportionDifference,
  type ProportionFaults,
  type ProportionInterval,
  wilsonInterval,
} from '../statistics/index.ts'
import { dailyPurchases } from './purchase-history.ts'
import { type DailyPurchases, isDay, keptMinor, type PurchaseLog } from './purchase-log.ts'

/** Orders of a window by whether they are their customer's first ever, counted; amounts in minor units, refunds taken off. */
export interface ReturningOrderSummary {
  readonly firstOrders: number
  readonly returningOrders: number
  readonly firstMinor: number
  readonly returningMinor: number
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

/**
 * Reads a {@link ReturningOrderSummary}.
 *
 * @example
 * ```ts
 * import { decode, ReturningOrderSummary } from 'treue'
 *
 * decode(ReturningOrderSummary, { firstOrders: 1, returningOrders: 2, firstMinor: 100, returningMinor: 500 })._tag // => 'Right'
 * ```
 */
export const ReturningOrderSummary: Codec<ReturningOrderSummary> = /* @__PURE__ */ structCodec(
  'ReturningOrderSummary',
  {
    firstOrders: count,
    returningOrders: count,
    firstMinor: count,
    returningMinor: count,
  },
)

/**
 * Merges counts of disjoint sets of customers, with amounts in one currency.
 *
 * @example
 * ```ts
 * import { returningOrderMonoid } from 'treue'
 *
 * const shard = { firstOrders: 1, returningOrders: 2, firstMinor: 100, returningMinor: 500 }
 * returningOrderMonoid.concat(shard, shard).returningOrders // => 4
 * ```
 */
export const returningOrderMonoid: Monoid<ReturningOrderSummary> = {
  empty: { firstOrders: 0, returningOrders: 0, firstMinor: 0, returningMinor: 0 },
  concat: (first, second) => ({
    firstOrders: first.firstOrders + second.firstOrders,
    returningOrders: first.returningOrders + second.returningOrders,
    firstMinor: first.firstMinor + second.firstMinor,
    returningMinor: first.returningMinor + second.returningMinor,
  }),
}

/** The row of each customer's first order, that in the log before others of its day; −1 without one. */
const firstRows = ({ customers, customer, day }: DailyPurchases): Int32Array => {
  const first = new Int32Array(customers.length).fill(-1)
  for (let row = 0; row < day.length; row += 1) {
    const index = customer[row] as number
    const known = first[index] as number
    if (known < 0 || (day[row] as number) < (day[known] as number)) first[index] = row
  }
  return first
}

const countOrders = (log: DailyPurchases, { from, until }: CivilPeriod): ReturningOrderSummary => {
  const first = firstRows(log)
  const orders: [number, number] = [0, 0]
  const minor: [number, number] = [0, 0]
  for (let row = 0; row < log.day.length; row += 1) {
    const on = log.day[row] as number
    if (on < from || on >= until) continue
    const kind = first[log.customer[row] as number] === row ? 0 : 1
    orders[kind] += 1
    minor[kind] += keptMinor(log, row)
  }
  const [firstOrders, returningOrders] = orders
  const [firstMinor, returningMinor] = minor
  return { firstOrders, returningOrders, firstMinor, returningMinor }
}

/**
 * Counts a window's orders by whether they are their customer's first ever.
 *
 * @param log all purchases of its customers, also of before the window; of two on one day the first in the log is the first
 * @param window the dates that count
 * @param zone the zone whose dates count, of purchases by instant; UTC when absent
 * @returns `InvalidValue` for a window that ends before it begins, `OutOfRange` for revenue that isn't exact.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, summariseReturningOrders, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const buy = (customer: string, day: string) => ({ customer, day: date(day) })
 * const log = unwrap(encodePurchases([buy('ann', '2025-12-01'), buy('ann', '2026-01-03'), buy('bob', '2026-01-02')]))
 * const january = { from: date('2026-01-01'), until: date('2026-02-01') }
 * const { firstOrders, returningOrders } = unwrap(summariseReturningOrders(log, january))
 * ;[firstOrders, returningOrders] // => [1, 1]
 * ```
 */
export const summariseReturningOrders = (
  log: PurchaseLog,
  window: CivilPeriod,
  zone?: Zone,
): Either<InvalidValue | OutOfRange, ReturningOrderSummary> => {
  if (!(isDay(window.from) && isDay(window.until) && window.from <= window.until)) {
    return { _tag: 'Left', left: invalidValue(['window'], window, 'a date and one not before it') }
  }
  const summary = countOrders(dailyPurchases(log, zone), window)
  return Number.isSafeInteger(summary.firstMinor) && Number.isSafeInteger(summary.returningMinor)
    ? { _tag: 'Right', right: summary }
    : { _tag: 'Left', left: outOfRange(['minor'], 'a sum', 'revenue that is exact in minor units') }
}

/** Orders of customers who had ordered before. */
export interface ReturningOrderShare {
  readonly orders: number
  /** `returningOrders / orders` */
  readonly orderShare: number
  /** The same of revenue; `null` where there is none. */
  readonly revenueShare: number | null
}

/**
 * The share of orders, and of revenue, that comes from customers who had ordered before.
 *
 * @param summary from {@link summariseReturningOrders} or merged by {@link returningOrderMonoid}
 * @returns `EmptySample` without orders.
 * @example
 * ```ts
 * import { finishReturningOrders, unwrap } from 'treue'
 *
 * const summary = { firstOrders: 1, returningOrders: 3, firstMinor: 500, returningMinor: 500 }
 * unwrap(finishReturningOrders(summary)) // => { orders: 4, orderShare: 0.75, revenueShare: 0.5 }
 * ```
 */
export const finishReturningOrders = (summary: ReturningOrderSummary): Either<EmptySample, ReturningOrderShare> => {
  const orders = summary.firstOrders + summary.returningOrders
  const minor = summary.firstMinor + summary.returningMinor
  if (orders === 0) return { _tag: 'Left', left: emptySample([], 'at least one order') }
  return {
    _tag: 'Right',
    right: {
      orders,
      orderShare: summary.returningOrders / orders,
      revenueShare: minor === 0 ? null : summary.returningMinor / minor,
    },
  }
}

/** How new and existing customers convert. */
export interface ConversionByKind {
  readonly newRate: number
  readonly newInterval: ProportionInterval
  readonly existingRate: number
  readonly existingInterval: ProportionInterval
  /** Existing less new, with its interval and test. */
  readonly difference: ProportionDifference
}

/**
 * The conversion of existing customers beside that of new ones, each with Wilson's interval.
 *
 * @param existing of existing customers, how many visits or people (`trials`) and how many ordered (`successes`)
 * @param fresh the same of new ones
 * @param confidence of the intervals, 0.95 when absent
 * @returns `EmptySample` where there was nobody, `InvalidValue` for what isn't a count, `OutOfRange` for more orders than
 * there were and for a confidence outside (0, 1); paths say `first` for existing and `second` for new.
 * @example
 * ```ts
 * import { conversionByKind, unwrap } from 'treue'
 *
 * const { existingRate, newRate } = unwrap(conversionByKind({ successes: 60, trials: 100 }, { successes: 20, trials: 400 }))
 * ;[existingRate, newRate] // => [0.6, 0.05]
 * ```
 */
export const conversionByKind = (
  existing: Proportion,
  fresh: Proportion,
  confidence: number = 0.95,
): Either<ProportionFaults, ConversionByKind> => {
  const difference = compareProportions(existing, fresh, confidence)
  if (difference._tag === 'Left') return difference
  const own = wilsonInterval(existing.successes, existing.trials, confidence)
  const other = wilsonInterval(fresh.successes, fresh.trials, confidence)
  if (own._tag === 'Left') return { _tag: 'Left', left: [own.left] }
  if (other._tag === 'Left') return { _tag: 'Left', left: [other.left] }
  const { first, second } = difference.right
  return {
    _tag: 'Right',
    right: {
      newRate: second,
      newInterval: other.right,
      existingRate: first,
      existingInterval: own.right,
      difference: difference.right,
    },
  }
}
