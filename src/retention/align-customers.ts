// Two logs with one list of customers.

import { pickRows } from './pick-rows.ts'
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

/** A log's events of customers of another one, by that one's indexes. Events of others are left out. */
export const alignCustomers = (log: PurchaseLog, to: PurchaseLog): PurchaseLog => {
  const { customers } = to
  if (log.customers === customers) return log
  const known = new Map(customers.map((customer, index) => [customer, index]))
  const { rows, customer } = rowsOf(
    log.customer,
    Int32Array.from(log.customers, (id) => known.get(id) ?? -1),
  )
  return pickRows(log, rows, { customers, customer })
}
