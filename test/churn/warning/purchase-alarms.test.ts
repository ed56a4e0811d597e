import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PurchaseAlarmOptions, purchaseAlarms } from '../../../src/churn/index.ts'
import { addDays, type CivilDate, civilDate, localDateOf, unwrap } from '../../../src/foundation/index.ts'
import { type DailyPurchase, encodePurchases } from '../../../src/retention/index.ts'
import { chiSquareUpperTail, designCusum, followCusum, mean, standardDeviation } from '../../../src/statistics/index.ts'
import { dailyPurchasesArbitrary, firstPurchaseDay, timedPurchasesArbitrary } from '../../arbitraries/purchases.ts'

const bare = ({ customer, day }: DailyPurchase): DailyPurchase => ({ customer, day })
const rowsArbitrary = dailyPurchasesArbitrary.map((rows) => rows.map(bare))
const logOf = (rows: ReadonlyArray<DailyPurchase>) => unwrap(encodePurchases(rows))

const optionsArbitrary = fc
  .record({
    before: fc.nat({ max: 60 }),
    baseline: fc.integer({ min: 2, max: 8 }),
    gap: fc.nat({ max: 40 }),
    watch: fc.integer({ min: 1, max: 8 }),
    stretchDays: fc.constantFrom(7, 14, 30),
    change: fc.constantFrom(undefined, 0.4, 0.5, 2),
    runLength: fc.constantFrom(undefined, 5, 50),
  })
  .map(({ before, baseline, gap, watch, stretchDays, change, runLength }): PurchaseAlarmOptions => {
    const from = addDays(firstPurchaseDay, before)
    const until = addDays(from, baseline * stretchDays)
    const watched = addDays(until, gap)
    return {
      baseline: { from, until },
      watch: { from: watched, until: addDays(watched, watch * stretchDays) },
      ...(stretchDays === 7 ? {} : { stretchDays }),
      ...(change === undefined ? {} : { change }),
      ...(runLength === undefined ? {} : { runLength }),
    }
  })

/** Different customers and days of each stretch, counted one by one. */
const countsModel = (
  rows: ReadonlyArray<DailyPurchase>,
  { from, until }: PurchaseAlarmOptions['watch'],
  stretchDays: number,
): ReadonlyArray<number> => {
  const counts: Array<number> = []
  for (let start = from; start < until; start = addDays(start, stretchDays)) {
    const inside = rows.filter(({ day }) => day >= start && day < start + stretchDays)
    counts.push(new Set(inside.map(({ customer, day }) => `${customer} ${day}`)).size)
  }
  return counts
}

describe('purchaseAlarms', () => {
  test('follow the counts by the chart of the baseline', () => {
    fc.assert(
      fc.property(rowsArbitrary, optionsArbitrary, (rows, options) => {
        const { baseline, watch, stretchDays = 7, change = 0.8, runLength = 200 } = options
        const usual = countsModel(rows, baseline, stretchDays)
        const counts = countsModel(rows, watch, stretchDays)
        const average = unwrap(mean(usual))
        const result = purchaseAlarms(logOf(rows), options)
        if (average === 0) {
          expect(result).toMatchObject({ left: [{ _tag: 'EmptySample', path: ['baseline'] }] })
          return
        }
        const chart = designCusum({ mean: average, shifted: average * change, runLength })
        if (chart._tag === 'Left') {
          expect(result).toMatchObject({ left: [{ _tag: 'OutOfRange', path: ['change'] }] })
          return
        }
        const found = unwrap(result)
        const { sums, alarms } = unwrap(followCusum(chart.right, counts))
        expect(found.chart).toEqual(chart.right)
        expect(found.baselineMean).toBe(average)
        expect(found.dispersion).toBeCloseTo(unwrap(standardDeviation(usual)) ** 2 / average, 9)
        expect(found.dispersionTail).toBeCloseTo(
          unwrap(chiSquareUpperTail((usual.length - 1) * found.dispersion, usual.length - 1)),
          9,
        )
        expect(found.stretches).toEqual(
          counts.map((purchases, at) => ({
            from: addDays(watch.from, at * stretchDays),
            until: addDays(watch.from, (at + 1) * stretchDays),
            purchases,
            sum: sums[at],
            alarm: alarms[at] === 1,
          })),
        )
      }),
    )
  })

  test('a stretch is told by nothing that comes after it', () => {
    fc.assert(
      fc.property(rowsArbitrary, optionsArbitrary, (rows, options) => {
        const { watch, stretchDays = 7 } = options
        const until = addDays(watch.from, stretchDays)
        const early = purchaseAlarms(logOf(rows.filter(({ day }) => day < until)), {
          ...options,
          watch: { ...watch, until },
        })
        const whole = purchaseAlarms(logOf(rows), options)
        expect(early._tag === 'Right' && early.right.stretches).toEqual(
          whole._tag === 'Right' && whole.right.stretches.slice(0, 1),
        )
      }),
    )
  })

  test('of purchases by instant go by the local dates', () => {
    fc.assert(
      fc.property(timedPurchasesArbitrary, optionsArbitrary, ({ zone, rows }, options) => {
        const dated = rows.map(({ customer, at }) => ({ customer, day: localDateOf(zone, at) }))
        expect(purchaseAlarms(unwrap(encodePurchases(rows)), { ...options, zone })).toEqual(
          purchaseAlarms(logOf(dated), options),
        )
      }),
    )
  })

  test('report everything that is wrong', () => {
    const from = unwrap(civilDate(2026, 1, 5))
    const baseline = { from, until: addDays(from, 70) }
    const watch = { from: baseline.until, until: addDays(from, 140) }
    const sound: PurchaseAlarmOptions = { baseline, watch }
    const log = logOf([{ customer: 'ann', day: from }])
    const paths = (options: Partial<PurchaseAlarmOptions>): unknown => {
      const result = purchaseAlarms(log, { ...sound, ...options })
      return result._tag === 'Left' && result.left.map(({ path }) => path.join('.'))
    }
    expect(paths({ stretchDays: 0 })).toEqual(['stretchDays'])
    expect(
      paths({ baseline: { from, until: addDays(from, 7) }, watch: { from, until: addDays(from, 8) }, change: 1 }),
    ).toEqual(['baseline', 'watch', 'change'])
    expect(paths({ baseline: { from: 0.5 as CivilDate, until: from }, change: 0 })).toEqual(['baseline', 'change'])
    expect(paths({ watch: baseline })).toEqual(['watch.from'])
    expect(paths({ runLength: 1 })).toEqual(['runLength'])
    expect(paths({ change: 0.999 })).toEqual(['change'])
  })
})
