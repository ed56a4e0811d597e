/* eslint-disable no-param-reassign -- sorts runs of the array that it made itself */
// Each customer's purchases in order of time. The kernels sort into arrays that they made themselves.

import type { Either } from 'fp-ts/Either'
import { type CivilDate, type InvalidValue, invalidValue, sortedPlace, utc, type Zone } from '../foundation/index.ts'
import { groupDays } from './group-days.ts'
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

/** After every date: a whole number of 32 bits, as the days are. */
const latest = 2_147_483_647

/** The stretch around an instant in which a zone's offset holds. */
const offsetAround = (
  zone: Zone,
  at: number,
): { readonly from: number; readonly until: number; readonly ms: number } => {
  const { transitions } = zone
  const passed = sortedPlace(transitions, (transition) => transition.at <= at)
  const current = transitions[passed - 1]
  return {
    from: current?.at ?? -Infinity,
    until: transitions[passed]?.at ?? Infinity,
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

const byDay = (log: TimedPurchases, zone: Zone): DailyPurchases => ({
  kind: 'daily',
  customers: log.customers,
  customer: log.customer,
  minor: log.minor,
  refunded: log.refunded ?? null,
  currency: log.currency,
  day: daysOf(log.at, zone),
})

/** Purchases by date, of purchases by instant those of a zone. */
export const dailyPurchases = (log: PurchaseLog, zone: Zone = utc): DailyPurchases =>
  log.kind === 'daily' ? log : byDay(log, zone)

const isRising = (days: Int32Array, from: number, until: number): boolean => {
  for (let index = from + 1; index < until; index += 1) {
    if ((days[index - 1] as number) > (days[index] as number)) return false
  }
  return true
}

/** Runs of up to so many are sorted by insertion: a call of the engine's sort costs more than that. */
const shortRun = 48

const sortRun = (days: Int32Array, from: number, until: number): void => {
  if (until - from > shortRun) {
    days.subarray(from, until).sort()
    return
  }
  for (let index = from + 1; index < until; index += 1) {
    const day = days[index] as number
    let slot = index
    while (slot > from && (days[slot - 1] as number) > day) {
      days[slot] = days[slot - 1] as number
      slot -= 1
    }
    days[slot] = day
  }
}

const inOrder = (log: DailyPurchases, lastDay: number): PurchaseHistories => {
  const { customers, customer, day } = log
  const { starts, days } = groupDays(customers.length, customer, day, lastDay)
  for (let index = 0; index + 1 < starts.length; index += 1) {
    const from = starts[index] as number
    const until = starts[index + 1] as number
    if (!isRising(days, from, until)) sortRun(days, from, until)
  }
  return { customers, starts, days }
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
  const histories = inOrder(dailyPurchases(log, zone), asOf ?? latest)
  return { _tag: 'Right', right: counting === 'orders' ? histories : withoutRepeats(histories) }
}
