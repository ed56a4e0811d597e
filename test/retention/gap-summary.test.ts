import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, unwrap } from '../../src/foundation/index.ts'
import { type DailyPurchase, encodePurchases, GapSummary, gapMonoid, summariseGaps } from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary } from '../arbitraries/purchases.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const summaryOf = (rows: ReadonlyArray<DailyPurchase>, counting: 'orders' | 'purchaseDays' = 'purchaseDays') =>
  unwrap(summariseGaps(unwrap(encodePurchases(rows)), { counting }))
const summaries = dailyPurchasesArbitrary.map((rows) => summaryOf(rows))
const { concat } = gapMonoid

describe('summariseGaps', () => {
  test('two orders of one day are a gap of 0 days, or none', () => {
    const rows = [1, 1, 4].map((day) => ({ customer: 'ann', day: day as CivilDate }))
    expect(summaryOf(rows)).toEqual({ days: [3], counts: [1], gaps: [1], customers: [1], spans: [3] })
    expect(summaryOf(rows, 'orders')).toEqual({ days: [0, 3], counts: [1, 1], gaps: [2], customers: [1], spans: [3] })
  })

  test('asOf must be a date', () => {
    expect(summariseGaps(unwrap(encodePurchases([])), { asOf: 0.5 as CivilDate })._tag).toBe('Left')
  })
})

describe('gapMonoid', () => {
  monoidLaws('gapMonoid', gapMonoid, summaries)

  test('a summary split by customers is the summary of the whole', () => {
    fc.assert(
      fc.property(
        dailyPurchasesArbitrary,
        fc.constantFrom('ann', 'bob', '__proto__'),
        fc.constantFrom('orders' as const, 'purchaseDays' as const),
        (rows, one, counting) => {
          const part = (holds: boolean) =>
            summaryOf(
              rows.filter(({ customer }) => (customer === one) === holds),
              counting,
            )
          expect(concat(part(true), part(false))).toEqual(summaryOf(rows, counting))
        },
      ),
    )
  })
})

codecLaws('GapSummary', GapSummary, summaries)

describe('GapSummary', () => {
  test('refuses lists that do not rise or are not of one length', () => {
    const good = { days: [7, 30], counts: [2, 1], gaps: [1, 2], customers: [1, 1], spans: [30, 14] }
    expect(GapSummary.is(good)).toBe(true)
    expect(GapSummary.is({ ...good, days: [30, 7] })).toBe(false)
    expect(GapSummary.is({ ...good, counts: [2] })).toBe(false)
    expect(GapSummary.is({ ...good, gaps: [1, 1] })).toBe(false)
    expect(GapSummary.is({ ...good, spans: [] })).toBe(false)
    expect(GapSummary.is({ ...good, customers: [] })).toBe(false)
  })
})
