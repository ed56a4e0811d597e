import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type CivilDate, localDateOf, unwrap } from '../../src/foundation/index.ts'
import {
  ActiveDaySummary,
  activeDayMonoid,
  encodePurchases,
  powerUserCurve,
  stickinessRatio,
  summariseActiveDays,
} from '../../src/retention/index.ts'
import {
  crowdedPurchasesArbitrary,
  crowdedStart,
  crowdedTimedArbitrary,
  firstPurchaseDay,
} from '../arbitraries/purchases.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const windowArbitrary = fc
  .tuple(crowdedStart, fc.integer({ min: 1, max: 60 }))
  .map(([from, days]) => ({ from, until: addDays(from, days) }))

/** Slow, obvious: the distinct days of each customer. */
const model = (
  rows: ReadonlyArray<{ readonly customer: string; readonly day: number }>,
  from: number,
  until: number,
) => {
  const customers = Array.from({ length: until - from }, () => 0)
  for (const customer of new Set(rows.map((row) => row.customer))) {
    const days = new Set(
      rows.filter((row) => row.customer === customer && row.day >= from && row.day < until).map(({ day }) => day),
    )
    if (days.size > 0) customers[days.size - 1] = (customers[days.size - 1] ?? 0) + 1
  }
  return { customers }
}

describe('summariseActiveDays', () => {
  test('equals the slow model by date, and by instant in any zone', () => {
    fc.assert(
      fc.property(crowdedPurchasesArbitrary, windowArbitrary, (rows, window) => {
        expect(unwrap(summariseActiveDays(unwrap(encodePurchases(rows)), window))).toEqual(
          model(rows, window.from, window.until),
        )
      }),
    )
    fc.assert(
      fc.property(crowdedTimedArbitrary, windowArbitrary, ({ zone, rows }, window) => {
        const days = rows.map(({ customer, at }) => ({ customer, day: localDateOf(zone, at) }))
        expect(unwrap(summariseActiveDays(unwrap(encodePurchases(rows)), window, zone))).toEqual(
          model(days, window.from, window.until),
        )
      }),
    )
  })

  test('refuses a window that is none', () => {
    const log = unwrap(encodePurchases([]))
    for (const days of [0, -1, 3661, Number.NaN]) {
      const window = { from: firstPurchaseDay, until: (firstPurchaseDay + days) as CivilDate }
      expect(summariseActiveDays(log, window)).toMatchObject({ left: { path: ['window'] } })
    }
  })
})

const summaries = fc.array(fc.nat({ max: 9 }), { maxLength: 30 }).map((customers) => ({ customers }))
monoidLaws('activeDayMonoid', activeDayMonoid, summaries)
codecLaws('ActiveDaySummary', ActiveDaySummary, summaries)

describe('powerUserCurve', () => {
  test('its histogram sums to its actives, and DAU/MAU is the mean of active days by the window', () => {
    fc.assert(
      fc.property(summaries, (summary) => {
        const result = powerUserCurve(summary)
        if (result._tag === 'Left') return
        const { histogram, atLeast, active, averageDaily, stickiness, meanActiveDays, windowDays } = result.right
        expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(active)
        expect(atLeast[0]).toBe(active)
        expect(averageDaily / active).toBeCloseTo(stickiness, 12)
        expect(meanActiveDays / windowDays).toBeCloseTo(stickiness, 12)
        expect(stickiness).toBeLessThanOrEqual(1)
      }),
    )
    expect(powerUserCurve({ customers: [0, 0] })).toMatchObject({ left: { _tag: 'EmptySample' } })
  })
})

describe('stickinessRatio', () => {
  test('of 15,000 a day and 50,000 in 30 days is 0.3, or nine days', () => {
    expect(unwrap(stickinessRatio({ daily: 15_000, active: 50_000, windowDays: 30 }))).toEqual({
      ratio: 0.3,
      activeDays: 9,
    })
  })

  test('refuses counts that make no sense', () => {
    const good = { daily: 1, active: 2, windowDays: 30 }
    const path = (change: Partial<typeof good>) => {
      const result = stickinessRatio({ ...good, ...change })
      return result._tag === 'Left' ? `${result.left._tag} ${result.left.path.join('.')}` : ''
    }
    expect(path({ daily: 3 })).toBe('OutOfRange daily')
    expect(path({ daily: Number.NaN })).toBe('OutOfRange daily')
    expect(path({ active: Number.POSITIVE_INFINITY })).toBe('OutOfRange active')
    expect(path({ windowDays: 0 })).toBe('OutOfRange windowDays')
    expect(path({ daily: 0, active: 0 })).toBe('ZeroDenominator active')
  })
})
