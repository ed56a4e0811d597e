// Recency, frequency and monetary value of each customer, from purchases as columns. The loops fill arrays that they made
// themselves.

import { type Either, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  addDays,
  CivilDate,
  type Currency,
  type Instant,
  type InvalidValue,
  invalidValue,
  localDateOf,
  type OutOfRange,
  outOfRange,
  startOfDay,
  utc,
  type Zone,
} from '../../foundation/index.ts'
import type { PurchaseLog } from '../../retention/index.ts'
import { unlessFaulty } from '../unless-faulty.ts'

/**
 * What a customer is scored by. The first is what segmentations call recency: from the last purchase to now. Models of the
 * buy-till-you-die kind mean something else by that word (from the first purchase to the last), so neither is named so.
 */
export interface RfmProfile {
  /** Days from the last purchase to the day as of which it is counted. */
  readonly daysSinceLast: number
  /** How many orders. */
  readonly orders: number
  /** What all of them came to, less what was given back, in minor units. */
  readonly minor: number
}

/** The profile of each customer who bought; an entry per customer in each column. */
export interface RfmColumns {
  /** The ids of a log, which {@link RfmColumns.customer} is an index of. */
  readonly customers: ReadonlyArray<string>
  /** Rising. */
  readonly customer: Int32Array
  readonly daysSinceLast: Int32Array
  readonly orders: Int32Array
  readonly minor: Float64Array
  readonly currency: Currency
}

/** Which purchases are counted. */
export interface RfmOptions {
  /** The last day that counts. */
  readonly asOf: CivilDate
  /** The first day that counts; all when absent. */
  readonly from?: CivilDate
  /** The zone whose dates count, of purchases by instant; UTC when absent. */
  readonly zone?: Zone
}

/** Of each customer the latest time, the orders and the minor units next to each other, for the sake of the cache. */
type Totals = Float64Array

/** Numbers of a customer. */
const width = 3

interface Window {
  readonly from: number
  readonly until: number
}

/** Purchases whose amounts are known, less what was given back. */
interface PricedRows {
  readonly customer: Int32Array
  /** Epoch days, or instants. */
  readonly time: Int32Array | Float64Array
  readonly minor: Float64Array
}

/** The purchases, each with what is left of its amount. */
const pricedRows = (log: PurchaseLog, minor: Float64Array): PricedRows => {
  const { customer, refunded = null } = log
  const time = log.kind === 'daily' ? log.day : log.at
  if (refunded === null) return { customer, time, minor }
  const kept = minor.slice()
  for (let row = 0; row < kept.length; row += 1) kept[row] = (kept[row] as number) - (refunded[row] as number)
  return { customer, time, minor: kept }
}

const addUp = (tally: Totals, { customer, time: times, minor }: PricedRows, { from, until }: Window): void => {
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] as number
    if (time < from || time >= until) continue
    const at = width * (customer[row] as number)
    const orders = tally[at + 1] as number
    if (orders === 0 || time > (tally[at] as number)) tally[at] = time
    tally[at + 1] = orders + 1
    tally[at + 2] = (tally[at + 2] as number) + (minor[row] as number)
  }
}

/** The totals of so many customers (2 to that power) fit into a processor's own cache. */
const blockBits = 15

/** Where each block of customers begins, if rows are put in the order of blocks. */
const blockStarts = (customer: Int32Array, customers: number): Int32Array => {
  const starts = new Int32Array((customers >> blockBits) + 2)
  for (let row = 0; row < customer.length; row += 1) {
    const next = ((customer[row] as number) >> blockBits) + 1
    starts[next] = (starts[next] as number) + 1
  }
  for (let block = 1; block < starts.length; block += 1) {
    starts[block] = (starts[block] as number) + (starts[block - 1] as number)
  }
  return starts
}

/** Puts rows in the order of blocks of customers. */
const sortIntoBlocks = (draft: PricedRows, { customer, time, minor }: PricedRows, customers: number): void => {
  const next = blockStarts(customer, customers)
  for (let row = 0; row < customer.length; row += 1) {
    const index = customer[row] as number
    const block = index >> blockBits
    const slot = next[block] as number
    next[block] = slot + 1
    draft.customer[slot] = index
    draft.time[slot] = time[row] as number
    draft.minor[slot] = minor[row] as number
  }
}

/** Rows are sorted so many at a time, in room that is used again. */
const mostRows = 1 << 21

const part = ({ customer, time, minor }: PricedRows, from: number, until: number): PricedRows => ({
  customer: customer.subarray(from, until),
  time: time.subarray(from, until),
  minor: minor.subarray(from, until),
})

/**
 * Few customers are in the cache as they are. Of many, rows are sorted into blocks of customers first, so that adding up stays
 * in the cache: that halves the time of it all.
 */
const totalsOf = (rows: PricedRows, customers: number, window: Window): Totals => {
  const totals = new Float64Array(width * customers)
  const { length } = rows.customer
  if (customers >> blockBits < 2) {
    addUp(totals, rows, window)
    return totals
  }
  const room = Math.min(length, mostRows)
  const time = rows.time instanceof Int32Array ? new Int32Array(room) : new Float64Array(room)
  const sorted = { customer: new Int32Array(room), time, minor: new Float64Array(room) }
  for (let from = 0; from < length; from += mostRows) {
    const until = Math.min(length, from + mostRows)
    sortIntoBlocks(sorted, part(rows, from, until), customers)
    addUp(totals, part(sorted, 0, until - from), window)
  }
  return totals
}

const windowOf = (log: PurchaseLog, { asOf, from, zone = utc }: RfmOptions): Window => {
  const after = addDays(asOf, 1)
  return log.kind === 'daily'
    ? { from: from ?? Number.NEGATIVE_INFINITY, until: after }
    : {
        from: from === undefined ? Number.NEGATIVE_INFINITY : startOfDay(zone, from),
        until: startOfDay(zone, after),
      }
}

const buyersIn = (totals: Totals): number => {
  let buyers = 0
  for (let at = 1; at < totals.length; at += width) if (totals[at] !== 0) buyers += 1
  return buyers
}

const columnsOf = (
  totals: Totals,
  dayOf: (time: number) => number,
  { asOf }: RfmOptions,
): Pick<RfmColumns, 'customer' | 'daysSinceLast' | 'orders' | 'minor'> => {
  const buyers = buyersIn(totals)
  const [customer, daysSinceLast, orders] = [new Int32Array(buyers), new Int32Array(buyers), new Int32Array(buyers)]
  const minor = new Float64Array(buyers)
  for (let index = 0, row = 0; row < buyers; index += 1) {
    const count = totals[width * index + 1] as number
    if (count === 0) continue
    customer[row] = index
    daysSinceLast[row] = asOf - dayOf(totals[width * index] as number)
    orders[row] = count
    minor[row] = totals[width * index + 2] as number
    row += 1
  }
  return { customer, daysSinceLast, orders, minor }
}

const dateFaults = ({ asOf, from }: RfmOptions): ReadonlyArray<InvalidValue> => {
  if (!CivilDate.is(asOf)) return [invalidValue(['asOf'], asOf, 'a date')]
  if (from === undefined) return []
  return CivilDate.is(from) && from <= asOf ? [] : [invalidValue(['from'], from, 'a date not after asOf')]
}

/**
 * What each customer who bought is scored by: days since the last purchase, orders, and what they came to less what was
 * given back. An order that was given back whole stays an order.
 *
 * @param log purchases in any order with their amounts, from `encodePurchases` or `purchaseColumns`, or a part that has all
 * purchases of its customers
 * @param options see {@link RfmOptions}
 * @returns `InvalidValue` for a date that is none, and for a log without amounts; `OutOfRange` at the index of a
 * customer whose amounts are too large to be added exactly.
 * @example
 * ```ts
 * import { encodePurchases, money, parseCivilDate, rfmColumns, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const buy = (customer: string, day: string) => ({ customer, day: date(day), amount: unwrap(money('20', 'EUR')) })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-02'), buy('ann', '2026-03-01'), buy('bob', '2025-12-31')]))
 * const { daysSinceLast, orders, minor } = unwrap(rfmColumns(log, { asOf: date('2026-03-31') }))
 * Array.from(daysSinceLast) // => [30, 90]
 * Array.from(orders) // => [2, 1]
 * Array.from(minor) // => [4000, 2000]
 * ```
 */
export const rfmColumns = (log: PurchaseLog, options: RfmOptions): Either<InvalidValue | OutOfRange, RfmColumns> => {
  const [fault] = dateFaults(options)
  if (fault !== undefined) return left(fault)
  const { customers, minor, currency } = log
  if (minor === null || currency === null) return left(invalidValue(['minor'], minor, 'the amounts of the purchases'))
  const { zone = utc } = options
  const dayOf = log.kind === 'daily' ? (day: number) => day : (at: number) => localDateOf(zone, at as Instant)
  const columns = columnsOf(totalsOf(pricedRows(log, minor), customers.length, windowOf(log, options)), dayOf, options)
  const tooLarge = columns.minor.findIndex((sum) => !Number.isSafeInteger(sum))
  return tooLarge < 0
    ? right({ customers, ...columns, currency })
    : left(
        outOfRange(
          ['minor', columns.customer[tooLarge] as number],
          columns.minor[tooLarge],
          'at most 9007199254740991 minor units of a customer in all',
        ),
      )
}

/** What a known customer is scored by. */
export interface RfmRow extends RfmProfile {
  readonly customer: string
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

const mostDays = 10_000_000
const mostOrders = 2_147_483_647

const fieldFaults = (
  { customer, daysSinceLast, orders, minor }: RfmRow,
  row: number,
  known: ReadonlySet<string>,
): ReadonlyArray<InvalidValue> => [
  ...(typeof customer !== 'string' || customer === '' || known.has(customer)
    ? [invalidValue([row, 'customer'], customer, 'an id that is not empty and stands once')]
    : []),
  ...(isWhole(daysSinceLast, 0, mostDays)
    ? []
    : [invalidValue([row, 'daysSinceLast'], daysSinceLast, `a whole number from 0 to ${mostDays}`)]),
  ...(isWhole(orders, 1, mostOrders)
    ? []
    : [invalidValue([row, 'orders'], orders, `a whole number from 1 to ${mostOrders}`)]),
  ...(isWhole(minor, 0, Number.MAX_SAFE_INTEGER)
    ? []
    : [invalidValue([row, 'minor'], minor, 'whole minor units of at least 0')]),
]

const rowFaults = (row: Partial<RfmRow> | null | undefined, index: number, known: ReadonlySet<string>) =>
  typeof row === 'object' && row !== null
    ? fieldFaults(row as RfmRow, index, known)
    : [invalidValue([index], row, 'a profile')]

/**
 * Columns of profiles that were counted elsewhere, such as in a warehouse.
 *
 * @param rows one per customer, in any order
 * @param currency of all amounts
 * @returns `InvalidValue` for everything that is wrong with any row, at its index and field.
 * @example
 * ```ts
 * import { type Currency, encodeRfmRows, unwrap } from 'treue'
 *
 * const rows = [{ customer: 'ann', daysSinceLast: 30, orders: 2, minor: 4000 }]
 * unwrap(encodeRfmRows(rows, 'EUR' as Currency)).customers // => ['ann']
 * ```
 */
export const encodeRfmRows = (
  rows: ReadonlyArray<RfmRow>,
  currency: Currency,
): Either<ReadonlyNonEmptyArray<InvalidValue>, RfmColumns> => {
  const known = new Set<string>()
  const faults = rows.flatMap((row, index) => {
    const found = rowFaults(row, index, known)
    if (found.length === 0) known.add(row.customer)
    return found
  })
  return unlessFaulty(faults, () => ({
    customers: rows.map(({ customer }) => customer),
    customer: Int32Array.from(rows, (_, index) => index),
    daysSinceLast: Int32Array.from(rows, ({ daysSinceLast }) => daysSinceLast),
    orders: Int32Array.from(rows, ({ orders }) => orders),
    minor: Float64Array.from(rows, ({ minor }) => minor),
    currency,
  }))
}
