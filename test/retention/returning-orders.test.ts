import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type CivilDate, type Currency, unwrap } from '../../src/foundation/index.ts'
import {
  conversionByKind,
  encodePurchases,
  finishReturningOrders,
  ReturningOrderSummary,
  returningOrderMonoid,
  summariseReturningOrders,
} from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary, firstPurchaseDay } from '../arbitraries/purchases.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const windowArbitrary = fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 200 })).map(([start, days]) => {
  const from = addDays(firstPurchaseDay, start)
  return { from, until: addDays(from, days) }
})

describe('summariseReturningOrders', () => {
  test('equals the slow model; both kinds sum to all orders of the window', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, windowArbitrary, (rows, window) => {
        const inside = rows.filter(({ day }) => day >= window.from && day < window.until)
        const isFirst = (row: (typeof rows)[number]): boolean =>
          [...rows].filter(({ customer }) => customer === row.customer).sort((a, b) => a.day - b.day)[0] === row
        const summary = unwrap(summariseReturningOrders(unwrap(encodePurchases(rows)), window))
        expect(summary.firstOrders).toBe(inside.filter(isFirst).length)
        expect(summary.firstOrders + summary.returningOrders).toBe(inside.length)
        expect(summary.firstMinor + summary.returningMinor).toBe(
          inside.reduce((sum, { amount, refunded }) => sum + (amount?.minor ?? 0) - (refunded?.minor ?? 0), 0),
        )
      }),
    )
  })

  test('refuses a window that is none, and sums that are not exact', () => {
    const amount = { minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' as Currency }
    const rows = [1, 2, 3].map((days) => ({ customer: 'ann', day: addDays(firstPurchaseDay, days), amount }))
    const log = unwrap(encodePurchases(rows))
    const window = { from: firstPurchaseDay, until: addDays(firstPurchaseDay, 9) }
    expect(summariseReturningOrders(log, window)).toMatchObject({ left: { _tag: 'OutOfRange' } })
    expect(summariseReturningOrders(log, { ...window, until: Number.NaN as CivilDate })._tag).toBe('Left')
    expect(finishReturningOrders(returningOrderMonoid.empty)).toMatchObject({ left: { _tag: 'EmptySample' } })
    expect(unwrap(finishReturningOrders({ ...returningOrderMonoid.empty, firstOrders: 1 })).revenueShare).toBeNull()
    const half = { firstOrders: 1, returningOrders: 3, firstMinor: 500, returningMinor: 500 }
    expect(unwrap(finishReturningOrders(half))).toEqual({ orders: 4, orderShare: 0.75, revenueShare: 0.5 })
  })
})

const summaries = fc
  .tuple(dailyPurchasesArbitrary, windowArbitrary)
  .map(([rows, window]) => unwrap(summariseReturningOrders(unwrap(encodePurchases(rows)), window)))
monoidLaws('returningOrderMonoid', returningOrderMonoid, summaries)
codecLaws('ReturningOrderSummary', ReturningOrderSummary, summaries)

describe('conversionByKind', () => {
  test('each rate lies in its interval; of nobody there is none', () => {
    const found = unwrap(conversionByKind({ successes: 60, trials: 100 }, { successes: 20, trials: 400 }))
    expect(found.existingInterval.lower).toBeCloseTo(0.502, 3)
    expect(found.newInterval.upper).toBeCloseTo(0.0759, 3)
    expect(found.difference.difference).toBeCloseTo(0.55, 12)
    expect(conversionByKind({ successes: 0, trials: 0 }, { successes: 0, trials: 0 })).toMatchObject({
      left: [{ _tag: 'EmptySample' }, { _tag: 'EmptySample' }],
    })
  })
})
