// Some rows of a log, as a log.

import type { PurchaseLog } from './purchase-log.ts'

const pick = <A extends Int32Array | Float64Array>(column: A, rows: Int32Array, into: A): A => {
  const picked = into
  for (let row = 0; row < rows.length; row += 1) picked[row] = column[rows[row] as number] as number
  return picked
}

const pickAmounts = (column: Float64Array | null | undefined, rows: Int32Array): Float64Array | null =>
  column === null || column === undefined ? null : pick(column, rows, new Float64Array(rows.length))

/** Those rows of a log, in that order, with the customers that are handed in. */
export const pickRows = (
  log: PurchaseLog,
  rows: Int32Array,
  owners: Pick<PurchaseLog, 'customers' | 'customer'>,
): PurchaseLog => {
  const { customers, customer } = owners
  const { currency } = log
  const minor = pickAmounts(log.minor, rows)
  const refunded = pickAmounts(log.refunded, rows)
  const columns = { customers, customer, minor, refunded, currency }
  return log.kind === 'daily'
    ? { kind: 'daily', ...columns, day: pick(log.day, rows, new Int32Array(rows.length)) }
    : { kind: 'timed', ...columns, at: pick(log.at, rows, new Float64Array(rows.length)) }
}

/** The customer of each of those rows. */
export const customerOf = (log: PurchaseLog, rows: Int32Array): Int32Array =>
  pick(log.customer, rows, new Int32Array(rows.length))
