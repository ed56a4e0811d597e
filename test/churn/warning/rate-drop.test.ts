import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rateDrop, rateDrops } from '../../../src/churn/index.ts'
import { addDays, type CivilDate, localDateOf, unwrap } from '../../../src/foundation/index.ts'
import { encodePurchases } from '../../../src/retention/index.ts'
import { forecastCount, logGamma } from '../../../src/statistics/index.ts'
import { dailyPurchasesArbitrary, purchaseDayArbitrary, timedPurchasesArbitrary } from '../../arbitraries/purchases.ts'

const historyArbitrary = fc.array(purchaseDayArbitrary, { minLength: 1, maxLength: 20 })
const priorArbitrary = fc.constantFrom(undefined, { events: 2, time: 60 }, { events: 0.5, time: 0 })
const optionsArbitrary = fc
  .tuple(purchaseDayArbitrary, fc.constantFrom(1, 7, 28, 120), priorArbitrary)
  .map(([asOf, recentDays, prior]) => ({ asOf, recentDays, ...(prior === undefined ? {} : { prior }) }))

const poissonModel = (count: number, mean: number): number =>
  Array.from({ length: count + 1 }, (_, n) => Math.exp(n * Math.log(mean) - mean - unwrap(logGamma(n + 1)))).reduce(
    (sum, mass) => sum + mass,
    0,
  )

describe('rateDrop', () => {
  test('equals the slow model', () => {
    fc.assert(
      fc.property(historyArbitrary, optionsArbitrary, (purchases, options) => {
        const { asOf, recentDays, prior = { events: 0.5, time: 0 } } = options
        const days = Array.from(new Set(purchases)).filter((day) => day <= asOf)
        const past = days.filter((day) => day <= asOf - recentDays)
        const result = rateDrop(purchases, options)
        if (past.length < 2) {
          expect(result).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
          return
        }
        const drop = unwrap(result)
        const time = asOf - recentDays - Math.min(...past)
        expect(drop).toMatchObject({
          pastPurchases: past.length - 1,
          pastDays: time,
          recentPurchases: days.length - past.length,
          recentDays,
        })
        expect(drop.expected).toBeCloseTo(((past.length - 1) / time) * recentDays, 9)
        expect(drop.rateRatio).toBeCloseTo(drop.recentPurchases / drop.expected, 9)
        expect(drop.poissonTail).toBeCloseTo(poissonModel(drop.recentPurchases, drop.expected), 9)
        const ahead = unwrap(forecastCount({ events: past.length - 1, time, ahead: recentDays, prior }))
        expect(drop.tail).toBeCloseTo(1 - ahead.atLeast(drop.recentPurchases + 1), 9)
      }),
    )
  })

  test('does not depend on anything after asOf, nor on order, nor on a second purchase of a day', () => {
    fc.assert(
      fc.property(historyArbitrary, optionsArbitrary, (purchases, options) => {
        const known = purchases.filter((day) => day <= options.asOf)
        expect(rateDrop(purchases, options)).toEqual(rateDrop([...known, ...known].reverse(), options))
      }),
    )
  })

  test('the fewer purchases of late, the smaller the tail', () => {
    fc.assert(
      fc.property(historyArbitrary, optionsArbitrary, fc.nat({ max: 119 }), (purchases, options, back) => {
        const more = [...purchases, addDays(options.asOf, -Math.min(back, options.recentDays - 1))]
        const [before, after] = [rateDrop(purchases, options), rateDrop(more, options)]
        fc.pre(before._tag === 'Right' && after._tag === 'Right')
        expect(unwrap(after).tail).toBeGreaterThanOrEqual(unwrap(before).tail)
        expect(unwrap(after).poissonTail).toBeGreaterThanOrEqual(unwrap(before).poissonTail)
      }),
    )
  })

  test('reports everything that is wrong with the options', () => {
    const wrong = { asOf: 0.5 as CivilDate, recentDays: 0, prior: { events: 0, time: -1 } }
    const paths = [
      { path: ['asOf'] },
      { path: ['recentDays'] },
      { path: ['prior', 'events'] },
      { path: ['prior', 'time'] },
    ]
    expect(rateDrop([], wrong)).toMatchObject({ left: paths })
    expect(rateDrops(unwrap(encodePurchases([])), wrong)).toMatchObject({ left: paths })
    const sound = { asOf: 20_000 as CivilDate, recentDays: 7 }
    expect(rateDrop([0.5 as CivilDate], sound)).toMatchObject({ left: [{ path: [0] }] })
    expect(rateDrop([], sound)).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  })
})

describe('rateDrops', () => {
  test('equal rateDrop of each customer who has a past', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, optionsArbitrary, (rows, options) => {
        const found = unwrap(rateDrops(unwrap(encodePurchases(rows)), options))
        const expected = Array.from(new Set(rows.map(({ customer }) => customer))).flatMap((customer) => {
          const own = rows.filter((row) => row.customer === customer).map(({ day }) => day)
          const one = rateDrop(own, options)
          return one._tag === 'Left' ? [] : [{ customer, drop: one.right }]
        })
        expect(found).toEqual({
          customers: expected.map(({ customer }) => customer),
          recentPurchases: Int32Array.from(expected, ({ drop }) => drop.recentPurchases),
          expected: Float64Array.from(expected, ({ drop }) => drop.expected),
          poissonTails: Float64Array.from(expected, ({ drop }) => drop.poissonTail),
          tails: Float64Array.from(expected, ({ drop }) => drop.tail),
        })
      }),
    )
  })

  test('of purchases by instant go by the local dates', () => {
    fc.assert(
      fc.property(timedPurchasesArbitrary, optionsArbitrary, ({ zone, rows }, options) => {
        const dated = rows.map(({ customer, at }) => ({ customer, day: localDateOf(zone, at) }))
        expect(rateDrops(unwrap(encodePurchases(rows)), { ...options, zone })).toEqual(
          rateDrops(unwrap(encodePurchases(dated)), options),
        )
      }),
    )
  })
})
