// Each customer's purchases in order of time. The kernels sort into arrays that they made themselves.

import type { Either } from 'fp-ts/Either'
import { type CivilDate, type InvalidValue, invalidValue, utc, type Zone } from '../foundation/index.ts'
import { type DailyPurchases, isDay, type PurchaseLog, type TimedPurchases } from './purchase-log.ts'

/** What counts: every order, or every day with at least one. */
export type PurchaseCounting = 'orders' | 'purchaseDays'

/** How purchases are put in order. */
export interface HistoryOptions {
  /** The last day that counts; all when absent. */
  readonly asOf?: CivilDate
  /** `'purchaseDays'` when absent: two orders of one day are no return of the customer, and often one split order. */
  readonly counting?: PurchaseCounting
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

/** Each customer's purchase days, in rising order. */
export interface PurchaseHistories {
  /** The id of each customer index. */
  readonly customers: ReadonlyArray<string>
  /** Where each customer's days begin in `days`; one entry more than there are customers, the last for the end. */
  readonly starts: Int32Array
  /** Epoch days. */
  readonly days: Int32Array
}

const msPerDay = 86_400_000

/** The stretch around an instant in which a zone's offset holds. */
const offsetAround = (
  zone: Zone,
  at: number,
): { readonly from: number; readonly until: number; readonly ms: number } => {
  const { transitions } = zone
  let low = 0
  let high = transitions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((transitions[middle]?.at ?? 0) <= at) low = middle + 1
    else high = middle
  }
  const current = transitions[low - 1]
  return {
    from: current?.at ?? -Infinity,
    until: transitions[low]?.at ?? Infinity,
    ms: (current ?? zone).offsetSeconds * 1000,
  }
}

/** The local date of each instant. Neighbours mostly share an offset, so it is looked up only when it may change. */
const daysOf = (at: Float64Array, zone: Zone): Int32Array => {
  const days = new Int32Array(at.length)
  let offset = offsetAround(zone, 0)
  for (let row = 0; row < at.length; row += 1) {
    const time = at[row] as number
    if (time < offset.from || time >= offset.until) offset = offsetAround(zone, time)
    days[row] = Math.floor((time + offset.ms) / msPerDay)
  }
  return days
}

const byDay = ({ customers, customer, minor, currency, at }: TimedPurchases, zone: Zone): DailyPurchases => ({
  kind: 'daily',
  customers,
  customer,
  minor,
  currency,
  day: daysOf(at, zone),
})

/** Purchases by date, of purchases by instant those of a zone. */
export const dailyPurchases = (log: PurchaseLog, zone: Zone = utc): DailyPurchases =>
  log.kind === 'daily' ? log : byDay(log, zone)

/** Where each customer's purchases up to `lastDay` begin when they are put one after the other. */
const startsOf = ({ customers, customer, day }: DailyPurchases, lastDay: number): Int32Array => {
  const starts = new Int32Array(customers.length + 1)
  for (let row = 0; row < day.length; row += 1) {
    if ((day[row] as number) <= lastDay) (starts[(customer[row] as number) + 1] as number) += 1
  }
  for (let index = 1; index < starts.length; index += 1) (starts[index] as number) += starts[index - 1] as number
  return starts
}

const isRising = (days: Int32Array, from: number, until: number): boolean => {
  for (let index = from + 1; index < until; index += 1) {
    if ((days[index - 1] as number) > (days[index] as number)) return false
  }
  return true
}

const collect = (log: DailyPurchases, starts: Int32Array, lastDay: number): Int32Array => {
  const next = starts.slice()
  const days = new Int32Array(starts[starts.length - 1] as number)
  for (let row = 0; row < log.day.length; row += 1) {
    const day = log.day[row] as number
    if (day > lastDay) continue
    const customer = log.customer[row] as number
    const slot = next[customer] as number
    days[slot] = day
    next[customer] = slot + 1
  }
  for (let customer = 0; customer + 1 < starts.length; customer += 1) {
    const from = starts[customer] as number
    const until = starts[customer + 1] as number
    if (!isRising(days, from, until)) days.subarray(from, until).sort()
  }
  return days
}

/** The distinct days of each customer. */
const withoutRepeats = ({ customers, starts, days }: PurchaseHistories): PurchaseHistories => {
  const distinct = new Int32Array(days.length)
  const bounds = new Int32Array(starts.length)
  let end = 0
  for (let customer = 0; customer + 1 < starts.length; customer += 1) {
    const from = starts[customer] as number
    const until = starts[customer + 1] as number
    for (let index = from; index < until; index += 1) {
      if (index > from && days[index] === days[index - 1]) continue
      distinct[end] = days[index] as number
      end += 1
    }
    bounds[customer + 1] = end
  }
  return { customers, starts: bounds, days: distinct.subarray(0, end) }
}

/**
 * Puts each customer's purchases in order of time.
 *
 * @param log purchases in any order, from {@link encodePurchases} or {@link purchaseColumns}
 * @param options see {@link HistoryOptions}
 * @returns `InvalidValue` when `asOf` is no date.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, purchaseHistories, unwrap } from 'treue'
 *
 * const buy = (customer: string, date: string) => ({ customer, day: unwrap(parseCivilDate(date)) })
 * const rows = [buy('ann', '1970-01-09'), buy('bob', '1970-01-03'), buy('ann', '1970-01-02'), buy('ann', '1970-01-09')]
 * const { starts, days } = unwrap(purchaseHistories(unwrap(encodePurchases(rows))))
 * Array.from(days.subarray(starts[0], starts[1])) // => [1, 8]
 * ```
 */
export const purchaseHistories = (
  log: PurchaseLog,
  options: HistoryOptions = {},
): Either<InvalidValue, PurchaseHistories> => {
  const { asOf, counting = 'purchaseDays', zone } = options
  if (asOf !== undefined && !isDay(asOf)) return { _tag: 'Left', left: invalidValue(['asOf'], asOf, 'a date') }
  const daily = dailyPurchases(log, zone)
  const lastDay = asOf ?? Infinity
  const starts = startsOf(daily, lastDay)
  const histories = { customers: log.customers, starts, days: collect(daily, starts, lastDay) }
  return { _tag: 'Right', right: counting === 'orders' ? histories : withoutRepeats(histories) }
}
