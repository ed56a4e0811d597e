import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, type Instant, unwrap } from '../../src/foundation/index.ts'
import {
  encodePurchases,
  keptPurchases,
  type PurchaseLog,
  purchaseColumns,
  purchaseHistories,
  summariseCommerce,
} from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary } from '../arbitraries/purchases.ts'

const eur = 'EUR' as Currency
const euros = (minor: number) => ({ minor, currency: eur })
const logOf = (rows: Parameters<typeof encodePurchases>[0]): PurchaseLog => unwrap(encodePurchases(rows))

describe('keptPurchases', () => {
  test('counts as the rows do that were not given back in full', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, (rows) => {
        const kept = rows.filter(
          ({ amount, refunded }) => refunded === undefined || refunded.minor === 0 || refunded.minor !== amount?.minor,
        )
        const log = keptPurchases(logOf(rows))
        expect(purchaseColumns(log)._tag).toBe('Right')
        expect(summariseCommerce(log)).toEqual(summariseCommerce(logOf(kept)))
        expect(unwrap(purchaseHistories(log)).days).toEqual(unwrap(purchaseHistories(regrouped(rows, kept))).days)
      }),
    )
  })

  test('keeps the times of purchases by instant, and what cost nothing', () => {
    const at = (time: number) => time as Instant
    const log = keptPurchases(
      logOf([
        { customer: 'ann', at: at(1), amount: euros(5), refunded: euros(5) },
        { customer: 'bob', at: at(2), amount: euros(0), refunded: euros(0) },
        { customer: 'ann', at: at(3), amount: euros(5), refunded: euros(4) },
      ]),
    )
    expect(log).toMatchObject({ kind: 'timed', customers: ['ann', 'bob'], currency: 'EUR' })
    expect(log.kind === 'timed' && Array.from(log.at)).toEqual([2, 3])
    expect(Array.from(log.customer)).toEqual([1, 0])
    expect(Array.from(log.refunded ?? [])).toEqual([0, 4])
  })

  test('is the log itself where nothing was given back', () => {
    const log = logOf([{ customer: 'ann', at: 1 as Instant }])
    expect(keptPurchases(log)).toBe(log)
  })
})

/** The kept rows, with customers in the order of all rows. */
const regrouped = (
  rows: ReadonlyArray<{ readonly customer: string }>,
  kept: Parameters<typeof encodePurchases>[0],
): PurchaseLog => {
  const customers = Array.from(new Set(rows.map(({ customer }) => customer)))
  const log = logOf(kept)
  return {
    ...log,
    customers,
    customer: Int32Array.from(log.customer, (index) => customers.indexOf(log.customers[index] as string)),
  }
}
