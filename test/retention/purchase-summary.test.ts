import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, parseCivilDate, unwrap } from '../../src/foundation/index.ts'
import { encodePurchases, purchaseSummaries } from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary, purchaseDayArbitrary } from '../arbitraries/purchases.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))

describe('purchaseSummaries', () => {
  test('btyd.summary.small: customer 3', () => {
    const rows = ['2015-01-01', '2015-01-02', '2015-01-05'].map((text) => ({ customer: '3', day: date(text) }))
    expect(unwrap(purchaseSummaries(unwrap(encodePurchases(rows)), date('2015-02-07')))).toEqual([
      {
        customer: '3',
        firstPurchase: date('2015-01-01'),
        lastPurchase: date('2015-01-05'),
        repeatPurchases: 2,
        firstToLastDays: 4,
        ageDays: 37,
        daysSinceLast: 33,
      },
    ])
  })

  test('equals the plain count of each customer, and knows nothing after asOf', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, purchaseDayArbitrary, (rows, asOf) => {
        const known = rows.filter(({ day }) => day <= asOf)
        const found = unwrap(purchaseSummaries(unwrap(encodePurchases(rows)), asOf))
        expect(new Set(found.map(({ customer }) => customer))).toEqual(new Set(known.map(({ customer }) => customer)))
        for (const summary of found) {
          const days = known.filter(({ customer }) => customer === summary.customer).map(({ day }) => day)
          expect(summary.repeatPurchases).toBe(new Set(days).size - 1)
          expect(summary.firstPurchase).toBe(Math.min(...days))
          expect(summary.lastPurchase).toBe(Math.max(...days))
          expect(summary.firstToLastDays + summary.daysSinceLast).toBe(summary.ageDays)
        }
      }),
    )
  })

  test('asOf must be a date', () => {
    expect(purchaseSummaries(unwrap(encodePurchases([])), Number.NaN as CivilDate)._tag).toBe('Left')
  })
})
