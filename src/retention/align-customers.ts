// Two logs with one list of customers.

import type { PurchaseLog } from './purchase-log.ts'

/** The rows whose customer is known, with the index that they have in the other list. */
const rowsOf = (
  customer: Int32Array,
  indexes: Int32Array,
): { readonly rows: Int32Array; readonly customer: Int32Array } => {
  const rows = new Int32Array(customer.length)
  const own = new Int32Array(customer.length)
  let kept = 0
  for (let row = 0; row < customer.length; row += 1) {
    const index = indexes[customer[row] as number] as number
    if (index < 0) continue
    rows[kept] = row
    own[kept] = index
    kept += 1
  }
  return { rows: rows.subarray(0, kept), customer: own.subarray(0, kept) }
}

const pick = <A extends Int32Array | Float64Array>(column: A, rows: Int32Array, into: A): A => {
  const picked = into
  for (let row = 0; row < rows.length; row += 1) picked[row] = column[rows[row] as number] as number
  return picked
}

/** A log's events of customers of another one, by that one's indexes. Events of others are left out. */
export const alignCustomers = (log: PurchaseLog, to: PurchaseLog): PurchaseLog => {
  const { customers } = to
  if (log.customers === customers) return log
  const known = new Map(customers.map((customer, index) => [customer, index]))
  const { rows, customer } = rowsOf(
    log.customer,
    Int32Array.from(log.customers, (id) => known.get(id) ?? -1),
  )
  const { currency } = log
  const minor = log.minor === null ? null : pick(log.minor, rows, new Float64Array(rows.length))
  return log.kind === 'daily'
    ? { kind: 'daily', customers, customer, minor, currency, day: pick(log.day, rows, new Int32Array(rows.length)) }
    : { kind: 'timed', customers, customer, minor, currency, at: pick(log.at, rows, new Float64Array(rows.length)) }
}
