// Purchases as columns: what every measure over a population is counted from. The encoder fills arrays that it made
// itself; arrays that it is given stay as they are.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type CivilDate,
  type Currency,
  type Instant,
  type InvalidValue,
  invalidValue,
  type Money,
  type Path,
} from '../foundation/index.ts'

/** A purchase of which the date is known. */
export interface DailyPurchase {
  readonly customer: string
  readonly day: CivilDate
  readonly amount?: Money
  /** What of the amount was given back, at most all of it; nothing when absent. */
  readonly refunded?: Money
}

/** A purchase of which the instant is known. */
export interface TimedPurchase {
  readonly customer: string
  readonly at: Instant
  readonly amount?: Money
  /** What of the amount was given back, at most all of it; nothing when absent. */
  readonly refunded?: Money
}

/** What both kinds of purchase log have. */
export interface PurchaseColumns {
  /** The id of each customer index. */
  readonly customers: ReadonlyArray<string>
  /** Of each purchase, the index of its customer. */
  readonly customer: Int32Array
  /** Of each purchase, its amount in minor units; `null` when the amounts aren't known. */
  readonly minor: Float64Array | null
  /**
   * Of each purchase, what of its amount was given back, in minor units: nothing when absent. A refund belongs to its order,
   * on whatever day it was given.
   */
  readonly refunded?: Float64Array | null
  /** The currency of all amounts; `null` when there are none. */
  readonly currency: Currency | null
}

/** Purchases by date, in any order. */
export interface DailyPurchases extends PurchaseColumns {
  readonly kind: 'daily'
  /** Of each purchase, its date as epoch day. */
  readonly day: Int32Array
}

/** Purchases by instant, in any order. */
export interface TimedPurchases extends PurchaseColumns {
  readonly kind: 'timed'
  /** Of each purchase, its instant as epoch milliseconds. */
  readonly at: Float64Array
}

/** Purchases as columns. */
export type PurchaseLog = DailyPurchases | TimedPurchases

/** Everything that is wrong with purchases, each at its index and field. */
export type PurchaseFaults = ReadonlyNonEmptyArray<InvalidValue>

// 0000-01-01 to 9999-12-31
const firstDay = -719_528
const lastDay = 2_932_896
const msPerDay = 86_400_000

export const aDate = 'a date from 0000-01-01 to 9999-12-31'
export const anInstant = 'an instant from 0000-01-01 to 9999-12-31'

export const isDay = (day: unknown): day is CivilDate =>
  Number.isInteger(day) && (day as number) >= firstDay && (day as number) <= lastDay

export const isMoment = (at: unknown): at is Instant =>
  Number.isInteger(at) && (at as number) >= firstDay * msPerDay && (at as number) < (lastDay + 1) * msPerDay

const isMinor = (minor: unknown): boolean => Number.isSafeInteger(minor) && (minor as number) >= 0

/** What is left of a purchase's amount after refunds; 0 where there are no amounts. */
export const keptMinor = ({ minor, refunded }: PurchaseColumns, row: number): number =>
  (minor?.[row] ?? 0) - (refunded?.[row] ?? 0)

export const isNonEmpty = <A>(values: ReadonlyArray<A>): values is ReadonlyNonEmptyArray<A> => values.length > 0

const unlessFaulty = <A>(faults: ReadonlyArray<InvalidValue>, value: A): Either<PurchaseFaults, A> =>
  isNonEmpty(faults) ? { _tag: 'Left', left: faults } : { _tag: 'Right', right: value }

interface EncoderDraft {
  readonly ids: Map<string, number>
  readonly customer: Int32Array
  readonly time: Int32Array | Float64Array
  readonly minor: Float64Array | null
  readonly refunded: Float64Array | null
  readonly currency: Currency | null
  readonly faults: Array<InvalidValue>
}

type AnyRow = Partial<DailyPurchase & TimedPurchase> | null | undefined

const encodeCustomer = (draft: EncoderDraft, row: number, id: unknown): void => {
  if (typeof id !== 'string' || id === '') {
    draft.faults.push(invalidValue([row, 'customer'], id, 'an id that is not empty'))
    return
  }
  const known = draft.ids.get(id)
  draft.customer[row] = known ?? draft.ids.size
  if (known === undefined) draft.ids.set(id, draft.ids.size)
}

const encodeTime = (
  draft: EncoderDraft,
  row: number,
  { day, at }: { readonly day?: unknown; readonly at?: unknown },
): void => {
  if (draft.time instanceof Int32Array) {
    if (isDay(day)) draft.time[row] = day
    else draft.faults.push(invalidValue([row, 'day'], day, aDate))
  } else if (isMoment(at)) draft.time[row] = at
  else draft.faults.push(invalidValue([row, 'at'], at, anInstant))
}

const encodeAmount = (draft: EncoderDraft, row: number, amount: Money | undefined): void => {
  const { minor, currency, faults } = draft
  if (minor === null) {
    if (amount !== undefined) faults.push(invalidValue([row, 'amount'], amount, 'no amount, as in the first row'))
  } else if (amount?.currency === currency && isMinor(amount.minor)) minor[row] = amount.minor
  else faults.push(invalidValue([row, 'amount'], amount, 'at least 0 in the currency of the first row'))
}

const encodeRefund = (
  draft: EncoderDraft,
  row: number,
  amount: Money | undefined,
  given: Money | null | undefined,
): void => {
  const { refunded, currency, faults } = draft
  if (refunded === null || given === undefined) return
  if (given?.currency === currency && isMinor(given.minor) && given.minor <= (amount?.minor ?? -1)) {
    refunded[row] = given.minor
  } else faults.push(invalidValue([row, 'refunded'], given, 'at least 0 and at most the amount, in its currency'))
}

const encodeRow = (draft: EncoderDraft, index: number, row: AnyRow): void => {
  if (typeof row !== 'object' || row === null) {
    draft.faults.push(invalidValue([index], row, 'a purchase'))
    return
  }
  encodeCustomer(draft, index, row.customer)
  encodeTime(draft, index, row)
  encodeAmount(draft, index, row.amount)
  encodeRefund(draft, index, row.amount, row.refunded)
}

/**
 * Turns rows into columns: every customer's id is looked up once and is an index from then on.
 *
 * The first row says whether all have a `day` or an `at`, and whether and in which currency they have an `amount`. Any may
 * have been given back, in full or in part.
 *
 * @param rows purchases in any order, amounts of at least 0
 * @returns `InvalidValue` for everything that is wrong with any row, at its index and field.
 * @example
 * ```ts
 * import { encodePurchases, formatError, parseCivilDate, unwrap } from 'treue'
 *
 * const day = unwrap(parseCivilDate('2026-03-01'))
 * const log = unwrap(encodePurchases([{ customer: 'ann', day }, { customer: 'bob', day }, { customer: 'ann', day }]))
 * log.customers // => ['ann', 'bob']
 * Array.from(log.customer) // => [0, 1, 0]
 *
 * const bad = encodePurchases([{ customer: '', day }])
 * bad._tag === 'Left' && formatError(bad.left)
 * // => 'Invalid value at [0].customer: got "", expected an id that is not empty.'
 * ```
 */
export const encodePurchases = (
  rows: ReadonlyArray<DailyPurchase> | ReadonlyArray<TimedPurchase>,
): Either<PurchaseFaults, PurchaseLog> => {
  const first: AnyRow = rows[0]
  const timed = first?.at !== undefined
  const draft: EncoderDraft = {
    ids: new Map(),
    customer: new Int32Array(rows.length),
    time: timed ? new Float64Array(rows.length) : new Int32Array(rows.length),
    minor: first?.amount === undefined ? null : new Float64Array(rows.length),
    refunded: (rows as ReadonlyArray<AnyRow>).some((row) => row?.refunded !== undefined)
      ? new Float64Array(rows.length)
      : null,
    currency: first?.amount?.currency ?? null,
    faults: [],
  }
  rows.forEach((row, index) => {
    encodeRow(draft, index, row)
  })
  const { customer, time, minor, refunded, currency, faults } = draft
  const common = { customers: Array.from(draft.ids.keys()), customer, minor, refunded, currency }
  return unlessFaulty(
    faults,
    time instanceof Int32Array ? { kind: 'daily', ...common, day: time } : { kind: 'timed', ...common, at: time },
  )
}

const checkColumn = (
  name: string,
  column: Int32Array | Float64Array,
  length: number,
  expected: string,
  holds: (value: number, row: number) => boolean,
): ReadonlyArray<InvalidValue> => {
  const path: Path = [name]
  if (column.length !== length) return [invalidValue([...path, 'length'], column.length, `${length}, one per purchase`)]
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < length; row += 1) {
    const value = column[row] as number
    if (!holds(value, row)) faults.push(invalidValue([name, row], value, expected))
  }
  return faults
}

const checkRefunds = ({ customer, minor, refunded = null }: PurchaseColumns): ReadonlyArray<InvalidValue> => {
  if (refunded === null) return []
  return minor === null
    ? [invalidValue(['refunded'], refunded, 'null, as amounts are')]
    : checkColumn(
        'refunded',
        refunded,
        customer.length,
        'minor units from 0 to the amount',
        (value, row) => isMinor(value) && value <= (minor[row] as number),
      )
}

const checkMoney = (columns: PurchaseColumns): ReadonlyArray<InvalidValue> => {
  const { customer, minor, currency } = columns
  if ((minor === null) !== (currency === null)) {
    return [
      invalidValue(['currency'], currency, minor === null ? 'null, as amounts are' : 'the currency of the amounts'),
    ]
  }
  return minor === null ? [] : checkColumn('minor', minor, customer.length, 'minor units of at least 0', isMinor)
}

/**
 * Checks columns that come from elsewhere, such as a columnar file; the arrays are used as they are, without a copy.
 *
 * @param log `customers`: the id of each customer index; `customer`: an index per purchase; `day` (epoch days) or `at`
 * (epoch milliseconds) per purchase; `minor` and `currency`, or `null` for both; `refunded` per purchase, where anything was
 * @returns `InvalidValue` for every entry of a column that is wrong, at the column and the index.
 * @example
 * ```ts
 * import { purchaseColumns } from 'treue'
 *
 * const log = { kind: 'daily', customers: ['ann'], customer: Int32Array.of(0, 1), minor: null, currency: null } as const
 * const checked = purchaseColumns({ ...log, day: Int32Array.of(20_000, 20_001) })
 * checked._tag === 'Left' ? checked.left.map(({ path }) => path) : [] // => [['customer', 1]]
 * ```
 */
export const purchaseColumns = (log: PurchaseLog): Either<PurchaseFaults, PurchaseLog> => {
  const count = log.customer.length
  const customers = log.customers.length
  return unlessFaulty(
    [
      ...checkColumn(
        'customer',
        log.customer,
        count,
        `a customer's index below ${customers}`,
        (index) => index >= 0 && index < customers,
      ),
      ...(log.kind === 'daily'
        ? checkColumn('day', log.day, count, aDate, isDay)
        : checkColumn('at', log.at, count, anInstant, isMoment)),
      ...checkMoney(log),
      ...checkRefunds(log),
    ],
    log,
  )
}
