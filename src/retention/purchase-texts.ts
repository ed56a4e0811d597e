// Purchases whose ids and times are texts, as files and services have them, as columns. It fills arrays that it made
// itself.

import type { Either } from 'fp-ts/Either'
import { type Currency, type InvalidValue, invalidValue } from '../foundation/index.ts'
import { internTexts } from './intern-texts.ts'
import { readDay, readInstant } from './iso-column.ts'
import {
  aDate,
  anInstant,
  isDay,
  isMoment,
  isNonEmpty,
  type PurchaseFaults,
  type PurchaseLog,
  purchaseColumns,
} from './purchase-log.ts'

/** Customers of rows: an id for each, or a dictionary of ids and an index for each. */
export type CustomerTexts =
  | { readonly customer: ReadonlyArray<string> }
  | { readonly customers: ReadonlyArray<string>; readonly customer: Int32Array }

/** Times of rows, as ISO 8601 texts: instants with an offset, or dates. */
export type TimeTexts = { readonly at: ReadonlyArray<string> } | { readonly day: ReadonlyArray<string> }

/** Amounts of rows, or none. */
export interface AmountColumns {
  /** Of each row, its amount in minor units. */
  readonly minor?: Float64Array
  /** Of each row, what of its amount was given back, in minor units. */
  readonly refunded?: Float64Array
  readonly currency?: Currency
}

/** Purchases as columns of texts, with an entry for each row in each of them. */
export type PurchaseTexts = CustomerTexts & TimeTexts & AmountColumns

interface Customers {
  readonly customers: ReadonlyArray<string>
  readonly customer: Int32Array
}

const customersOf = (texts: CustomerTexts, faults: Array<InvalidValue>): Customers => {
  if ('customers' in texts) return texts
  const { ids, index } = internTexts(texts.customer)
  for (let row = index.indexOf(-1); row >= 0; row = index.indexOf(-1, row + 1)) {
    faults.push(invalidValue(['customer', row], texts.customer[row], 'an id that is not empty'))
  }
  return { customers: ids, customer: index }
}

const instantsOf = (texts: ReadonlyArray<string>, faults: Array<InvalidValue>): Float64Array => {
  const at = new Float64Array(texts.length)
  for (let row = 0; row < at.length; row += 1) {
    const instant = readInstant(texts[row])
    if (isMoment(instant)) at[row] = instant
    else faults.push(invalidValue(['at', row], texts[row], `${anInstant}, as ISO 8601 text with an offset`))
  }
  return at
}

const daysOf = (texts: ReadonlyArray<string>, faults: Array<InvalidValue>): Int32Array => {
  const days = new Int32Array(texts.length)
  for (let row = 0; row < days.length; row += 1) {
    const day = readDay(texts[row])
    if (isDay(day)) days[row] = day
    else faults.push(invalidValue(['day', row], texts[row], `${aDate}, as ISO 8601 text`))
  }
  return days
}

const logOf = (texts: PurchaseTexts, faults: Array<InvalidValue>): PurchaseLog => {
  const { customers, customer } = customersOf(texts, faults)
  const { minor = null, refunded = null, currency = null } = texts
  const common = { customers, customer, minor, refunded, currency }
  return 'at' in texts
    ? { kind: 'timed', ...common, at: instantsOf(texts.at, faults) }
    : { kind: 'daily', ...common, day: daysOf(texts.day, faults) }
}

/**
 * Turns columns of texts into those that everything is counted from: each distinct id gets an index, each ISO text becomes a
 * number. It is made for millions of rows that are in memory as texts; a dictionary of ids, where there is one, is taken as
 * it is.
 *
 * @param texts see {@link PurchaseTexts}; rows in any order
 * @returns `InvalidValue` for every id, time and amount that is none, at its column and row, and for columns of other lengths.
 * @example
 * ```ts
 * import { encodePurchaseTexts, unwrap } from 'treue'
 *
 * const log = unwrap(
 *   encodePurchaseTexts({
 *     customer: ['ann', 'bob', 'ann'],
 *     at: ['2026-01-05T10:00:00Z', '2026-01-05T12:30:00+02:00', '2026-02-01T00:00:00.500Z'],
 *   }),
 * )
 * log.customers // => ['ann', 'bob']
 * Array.from(log.customer) // => [0, 1, 0]
 * encodePurchaseTexts({ customer: ['ann'], day: ['2026-02-30'] })._tag // => 'Left'
 * ```
 */
export const encodePurchaseTexts = (texts: PurchaseTexts): Either<PurchaseFaults, PurchaseLog> => {
  const faults: Array<InvalidValue> = []
  const log = logOf(texts, faults)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const times = log.kind === 'daily' ? log.day : log.at
  if (times.length !== log.customer.length) {
    const path = [log.kind === 'daily' ? 'day' : 'at', 'length']
    return { _tag: 'Left', left: [invalidValue(path, times.length, `${log.customer.length}, one per row`)] }
  }
  // What was made here is sound; what was handed in as numbers isn't known to be.
  const { minor, refunded, currency } = log
  return 'customers' in texts || minor !== null || refunded !== null || currency !== null
    ? purchaseColumns(log)
    : { _tag: 'Right', right: log }
}
