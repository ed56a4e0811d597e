// Orders that were given back in full, left out.

import { customerOf, pickRows } from './pick-rows.ts'
import { keptMinor, type PurchaseLog } from './purchase-log.ts'

/**
 * A log without the orders that were given back in full, for shops that don't count those as orders at all. Every measure of
 * the rest then does without them; customers who have nothing else stay in the list of customers, with no order.
 *
 * @param log purchases in any order; what was given back in part stays, and what cost nothing
 * @returns the log itself where nothing was given back.
 * @example
 * ```ts
 * import { encodePurchases, keptPurchases, money, parseCivilDate, unwrap } from 'treue'
 *
 * const [day, amount] = [unwrap(parseCivilDate('2026-01-05')), unwrap(money('20', 'EUR'))]
 * const log = unwrap(encodePurchases([{ customer: 'ann', day, amount }, { customer: 'bob', day, amount, refunded: amount }]))
 * keptPurchases(log).customer.length // => 1
 * ```
 */
export const keptPurchases = (log: PurchaseLog): PurchaseLog => {
  const { customers, customer, refunded = null } = log
  if (refunded === null) return log
  const rows = Int32Array.from(customer.keys()).filter((row) => refunded[row] === 0 || keptMinor(log, row) > 0)
  return pickRows(log, rows, { customers, customer: customerOf(log, rows) })
}
