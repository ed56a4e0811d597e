import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type CivilDate, type CivilPeriod, parseCivilDate, unwrap } from '../../src/foundation/index.ts'
import {
  type DailyPurchase,
  encodePurchases,
  finishRepeats,
  type RepeatOptions,
  RepeatSummary,
  repeatMonoid,
  repeatPurchaseRate,
  summariseRepeats,
} from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary, purchaseDayArbitrary } from '../arbitraries/purchases.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))

const optionsArbitrary: fc.Arbitrary<RepeatOptions> = fc
  .tuple(
    purchaseDayArbitrary,
    fc.nat({ max: 300 }),
    purchaseDayArbitrary,
    fc.constantFrom('orders' as const, 'purchaseDays' as const),
  )
  .map(([from, days, asOf, counting]) => ({ window: { from, until: addDays(from, days) }, asOf, counting }))

const countModel = (rows: ReadonlyArray<DailyPurchase>, { window, asOf, counting }: RepeatOptions): RepeatSummary => {
  const { from, until }: CivilPeriod = window
  const customers = Array.from(new Set(rows.map(({ customer }) => customer)))
  const orders = customers.map((one) => {
    const days = rows.filter(({ customer, day }) => customer === one && day <= asOf).map(({ day }) => day)
    return counting === 'orders' ? days : Array.from(new Set(days))
  })
  const buyers = orders.filter((days) => days.some((day) => day >= from && day < until))
  const repeats = (holds: (day: CivilDate) => boolean): number =>
    buyers.filter((days) => days.filter(holds).length >= 2).length
  return {
    buyers: buyers.length,
    inWindow: repeats((day) => day >= from && day < until),
    byWindowEnd: repeats((day) => day < until),
    lifetime: repeats(() => true),
  }
}

const summaries = fc
  .tuple(dailyPurchasesArbitrary, optionsArbitrary)
  .map(([rows, options]) => unwrap(summariseRepeats(unwrap(encodePurchases(rows)), options)))

describe('repeatPurchaseRate', () => {
  test('rpr.lookback: in the window, by its end, and ever', () => {
    const rows = [
      ['a', '2019-12-01'],
      ['a', '2020-03-01'],
      ['b', '2020-02-01'],
      ['b', '2020-05-01'],
      ['c', '2020-06-01'],
      ['c', '2021-01-10'],
      ['d', '2020-07-01'],
    ].map(([customer = '', text = '']) => ({ customer, day: date(text) }))
    const log = unwrap(encodePurchases(rows))
    const window = { from: date('2020-01-01'), until: date('2021-01-01') }
    const by = (definition?: RepeatOptions['definition']) =>
      unwrap(
        repeatPurchaseRate(log, {
          window,
          asOf: date('2021-02-01'),
          ...(definition === undefined ? {} : { definition }),
        }),
      )
    expect(by()).toEqual({ definition: 'inWindow', buyers: 4, repeatBuyers: 1, rate: 0.25 })
    expect(by('byWindowEnd').rate).toBe(0.5)
    expect(by('lifetime').rate).toBe(0.75)
  })

  test('equals the slow count', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, optionsArbitrary, (rows, options) => {
        const log = unwrap(encodePurchases(rows))
        const expected = countModel(rows, options)
        expect(unwrap(summariseRepeats(log, options))).toEqual(expected)
        expect(repeatPurchaseRate(log, options)).toEqual(finishRepeats(expected))
      }),
    )
  })

  test('rises from definition to definition, and is a rate', () => {
    fc.assert(
      fc.property(summaries, (summary) => {
        expect(summary.inWindow).toBeLessThanOrEqual(summary.byWindowEnd)
        expect(summary.byWindowEnd).toBeLessThanOrEqual(summary.lifetime)
        expect(summary.lifetime).toBeLessThanOrEqual(summary.buyers)
      }),
    )
  })

  test('has none without buyers; a window that is none is a fault', () => {
    const log = unwrap(encodePurchases([]))
    const day = date('2020-01-01')
    const window = { from: day, until: day }
    expect(repeatPurchaseRate(log, { window, asOf: day })).toMatchObject({ left: { _tag: 'EmptySample' } })
    expect(repeatPurchaseRate(log, { window: { from: day, until: addDays(day, -1) }, asOf: day })).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['window'] },
    })
    expect(repeatPurchaseRate(log, { window, asOf: Number.NaN as CivilDate })).toMatchObject({
      left: { path: ['asOf'] },
    })
    expect(repeatPurchaseRate(log, { window: { from: Number.NaN as CivilDate, until: day }, asOf: day })).toMatchObject(
      { left: { path: ['window'] } },
    )
  })
})

describe('repeatMonoid', () => {
  const { concat } = repeatMonoid

  monoidLaws('repeatMonoid', repeatMonoid, summaries)

  test('a summary split by customers is the summary of the whole', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, optionsArbitrary, (rows, options) => {
        const part = (holds: boolean) =>
          unwrap(
            summariseRepeats(unwrap(encodePurchases(rows.filter(({ customer }) => customer > 'c' === holds))), options),
          )
        expect(concat(part(true), part(false))).toEqual(
          unwrap(summariseRepeats(unwrap(encodePurchases(rows)), options)),
        )
      }),
    )
  })
})

codecLaws('RepeatSummary', RepeatSummary, summaries)
