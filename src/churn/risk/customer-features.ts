// What a risk score may know of customers on a day: figures of their purchases up to it, and of nothing after it. The kernel
// fills columns that it made itself.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type CivilDate, type InvalidValue, invalidValue, startOfDay, utc, type Zone } from '../../foundation/index.ts'
import { type PurchaseHistories, type PurchaseLog, purchaseHistories } from '../../retention/index.ts'
import type { NamedColumn } from '../../statistics/index.ts'

/** How features are counted. */
export interface CustomerFeaturesOptions {
  /** The last day that counts. */
  readonly asOf: CivilDate
  /** How long a window is, up to the day and before that; 90 when absent. */
  readonly windowDays?: number
  /**
   * A gap between purchases that counts as one more gap of every customer, so that those with few gaps have a rhythm as well;
   * 90 when absent. A constant: the figures of one customer don't depend on others.
   */
  readonly usualGapDays?: number
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

/** Figures of each customer who had bought by a day. */
export interface CustomerFeatures {
  readonly customers: ReadonlyArray<string>
  /**
   * One column each, ready for `logisticRegression`:
   *
   * - `silentDays`: since the last purchase; `customerDays`: since the first
   * - `purchaseDays`: days with a purchase; `logPurchaseDays`: their natural logarithm
   * - `gapRatio`: the silence in multiples of the customer's own mean gap, the usual gap counted as one of them
   * - `recentPurchaseDays`: those in the last window
   * - `trend`: the logarithm of the rate of the last window against that of the window before, half a purchase added to each;
   *   0 for customers who are new in the last window
   *
   * and where the log has amounts:
   *
   * - `logSpend`, `logRecentSpend`: the logarithm of 1 + the amount in minor units, of all purchases and of the last window
   * - `logMeanSpend`: the same of the amount per purchase day
   */
  readonly columns: ReadonlyArray<NamedColumn>
}

/** What is known of one customer on a day, from rising purchase days up to it. */
interface Rhythm {
  readonly silentDays: number
  readonly customerDays: number
  readonly purchaseDays: number
  readonly gapRatio: number
  readonly recentPurchaseDays: number
  readonly trend: number
}

interface Window {
  readonly asOf: number
  readonly days: number
  readonly usualGapDays: number
}

const countAfter = (days: Int32Array, day: number): number => {
  let count = 0
  while (count < days.length && (days[days.length - 1 - count] as number) > day) count += 1
  return count
}

/** Of windows that a customer was there for in part, the part. */
const trendOf = (recent: number, before: number, customerDays: number, window: number): number => {
  const daysBefore = Math.min(window, customerDays + 1 - window)
  return daysBefore <= 0 ? 0 : Math.log((recent + 0.5) / window / ((before + 0.5) / daysBefore))
}

const rhythmOf = (days: Int32Array, { asOf, days: window, usualGapDays }: Window): Rhythm => {
  const [first, last] = [days[0] as number, days[days.length - 1] as number]
  const [silentDays, customerDays] = [asOf - last, asOf - first]
  const recent = countAfter(days, asOf - window)
  const before = countAfter(days, asOf - 2 * window) - recent
  return {
    silentDays,
    customerDays,
    purchaseDays: days.length,
    gapRatio: silentDays / ((last - first + usualGapDays) / days.length),
    recentPurchaseDays: recent,
    trend: trendOf(recent, before, customerDays, window),
  }
}

/** Each customer's amounts of the rows from one day up to another. */
const spendBetween = (
  log: PurchaseLog,
  minor: Float64Array,
  from: CivilDate,
  until: CivilDate,
  zone: Zone,
): Float64Array => {
  const sums = new Float64Array(log.customers.length)
  const times = log.kind === 'daily' ? log.day : log.at
  const [first, end] =
    log.kind === 'daily' ? [from, until + 1] : [startOfDay(zone, from), startOfDay(zone, (until + 1) as CivilDate)]
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] as number
    if (time < first || time >= end) continue
    const customer = log.customer[row] as number
    sums[customer] = (sums[customer] as number) + (minor[row] as number)
  }
  return sums
}

/** A day before every date of a log. */
const longAgo = -1_000_000 as CivilDate

const spendColumns = (
  log: PurchaseLog,
  { asOf, days }: Window,
  zone: Zone,
  known: Int32Array,
  purchaseDays: Float64Array,
): ReadonlyArray<NamedColumn> => {
  const { minor } = log
  if (minor === null) return []
  const all = spendBetween(log, minor, longAgo, asOf as CivilDate, zone)
  const recent = spendBetween(log, minor, (asOf - days + 1) as CivilDate, asOf as CivilDate, zone)
  const column = (name: string, value: (customer: number, place: number) => number): NamedColumn => ({
    name,
    values: Float64Array.from(known, (customer, place) => Math.log1p(value(customer, place))),
  })
  return [
    column('logSpend', (customer) => all[customer] as number),
    column('logRecentSpend', (customer) => recent[customer] as number),
    column('logMeanSpend', (customer, place) => (all[customer] as number) / (purchaseDays[place] as number)),
  ]
}

/** The indexes of customers with any day. */
const knownCustomers = ({ customers, starts }: PurchaseHistories): Int32Array =>
  Int32Array.from(customers.keys()).filter((index) => (starts[index + 1] as number) > (starts[index] as number))

const rhythmNames = [
  'silentDays',
  'customerDays',
  'purchaseDays',
  'gapRatio',
  'recentPurchaseDays',
  'trend',
] as const satisfies ReadonlyArray<keyof Rhythm>

const rhythmColumns = (
  { starts, days }: PurchaseHistories,
  known: Int32Array,
  window: Window,
): ReadonlyArray<{ readonly name: keyof Rhythm; readonly values: Float64Array }> => {
  const columns = rhythmNames.map((name) => ({ name, values: new Float64Array(known.length) }))
  known.forEach((customer, place) => {
    const rhythm = rhythmOf(days.subarray(starts[customer], starts[customer + 1]), window)
    for (const { name, values } of columns) values[place] = rhythm[name]
  })
  return columns
}

/** What is wrong with a number of days. */
export const daysFault = (name: string, value: number): ReadonlyArray<InvalidValue> =>
  Number.isInteger(value) && value >= 1 && value <= 36_525
    ? []
    : [invalidValue([name], value, 'whole days from 1 to 36525')]

const featuresOf = (
  log: PurchaseLog,
  histories: PurchaseHistories,
  window: Window,
  zone: Zone | undefined,
): CustomerFeatures => {
  const known = knownCustomers(histories)
  const rhythm = rhythmColumns(histories, known, window)
  const purchaseDays = rhythm.find(({ name }) => name === 'purchaseDays')?.values ?? new Float64Array(known.length)
  return {
    customers: Array.from(known, (index) => histories.customers[index] as string),
    columns: [
      ...rhythm,
      { name: 'logPurchaseDays', values: purchaseDays.map(Math.log) },
      ...spendColumns(log, window, zone ?? utc, known, purchaseDays),
    ],
  }
}

/**
 * Figures of each customer's purchases as of a day, for a risk score. Purchases after the day have no influence, which is what
 * makes a score that was fitted on the past hold on the day it is used.
 *
 * @param log purchases in any order, from `encodePurchases` or `purchaseColumns`, or a part that has all purchases of its
 * customers
 * @param options see {@link CustomerFeaturesOptions}
 * @returns the figures of {@link CustomerFeatures}; `InvalidValue` for a date or a number of days that is none.
 * @example
 * ```ts
 * import { customerFeatures, encodePurchases, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const buy = (customer: string, day: string) => ({ customer, day: date(day) })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-01'), buy('ann', '2026-01-31'), buy('bob', '2026-04-01')]))
 * const { customers, columns } = unwrap(customerFeatures(log, { asOf: date('2026-03-02') }))
 * customers // => ['ann']
 * columns.map(({ name, values }) => [name, Number(values[0]?.toFixed(2))]).slice(0, 4)
 * // => [['silentDays', 30], ['customerDays', 60], ['purchaseDays', 2], ['gapRatio', 0.5]]
 * ```
 */
export const customerFeatures = (
  log: PurchaseLog,
  options: CustomerFeaturesOptions,
): Either<ReadonlyNonEmptyArray<InvalidValue>, CustomerFeatures> => {
  const { asOf, windowDays = 90, usualGapDays = 90, zone } = options
  const histories = purchaseHistories(log, zone === undefined ? { asOf } : { asOf, zone })
  const [fault, ...rest] = [
    ...(histories._tag === 'Left' ? [histories.left] : []),
    ...daysFault('windowDays', windowDays),
    ...daysFault('usualGapDays', usualGapDays),
  ]
  if (fault !== undefined) return { _tag: 'Left', left: [fault, ...rest] }
  if (histories._tag === 'Left') return { _tag: 'Left', left: [histories.left] }
  return { _tag: 'Right', right: featuresOf(log, histories.right, { asOf, days: windowDays, usualGapDays }, zone) }
}
