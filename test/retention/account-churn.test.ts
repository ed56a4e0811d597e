import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import {
  accountChurn,
  accountRetention,
  averageChurn,
  type ChurnDefinition,
  convertChurnRate,
  customerAccount,
  customerAccountMonoid,
} from '../../src/retention/index.ts'
import { customerSpansArbitrary, spanPeriodArbitrary } from '../arbitraries/subscriptions.ts'

const { empty } = customerAccountMonoid
const definitions: ReadonlyArray<ChurnDefinition> = ['opening', 'existing', 'start', 'startPlusNew', 'average']
const account = {
  ...empty,
  start: 100,
  joined: 20,
  joinedLost: 1,
  lost: 11,
  lostReturned: 1,
  reactivated: 5,
  reactivatedLost: 2,
  end: 112,
  startByDay: [100, 95],
  lostByDay: [10, 4],
}
const rateBy = (definition: ChurnDefinition): number => unwrap(accountChurn(account, definition)).rate

describe('accountChurn', () => {
  test("churn.*: one account gives ChartMogul's, Stripe's, Baremetrics', ProfitWell's and Shopify's rates", () => {
    expect(rateBy('existing')).toBe(0.1)
    expect(rateBy('startPlusNew')).toBe(14 / 125)
    expect(rateBy('start')).toBe(0.14)
    expect(rateBy('opening')).toBe(0.11)
    expect(rateBy('average')).toBe(14 / 106)
    expect(rateBy('dailySum')).toBe(10 / 100 + 4 / 95)
    expect(unwrap(accountChurn(account)).definition).toBe('opening')
    expect(unwrap(accountChurn({ ...account, startByDay: [100], lostByDay: [0, 4] }, 'dailySum')).rate).toBe(1)
  })

  test('of nobody there is none', () => {
    for (const definition of [...definitions, 'dailySum'] as const) {
      expect(accountChurn(empty, definition)).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    }
  })

  test('is from 0 to 1 of a fixed set, whatever customers do; a day without customers adds nothing', () => {
    fc.assert(
      fc.property(customerSpansArbitrary, spanPeriodArbitrary, (spans, period) => {
        const generated = unwrap(customerAccount(spans, period))
        for (const definition of ['opening', 'existing', 'startPlusNew'] as const) {
          const churn = accountChurn(generated, definition)
          if (churn._tag === 'Left') continue
          expect(churn.right.rate).toBeGreaterThanOrEqual(0)
          expect(churn.right.rate).toBeLessThanOrEqual(1)
        }
        const daily = accountChurn(generated, 'dailySum')
        expect(daily._tag === 'Left' || Number.isFinite(daily.right.rate)).toBe(true)
      }),
    )
  })
})

describe('accountRetention', () => {
  test('and churn by reason sum to 1; who came back is not in it', () => {
    fc.assert(
      fc.property(customerSpansArbitrary, spanPeriodArbitrary, (spans, period) => {
        const result = accountRetention(unwrap(customerAccount(spans, period)))
        if (result._tag === 'Left') return
        const { retentionRate, voluntaryChurnRate, involuntaryChurnRate, unexplainedChurnRate } = result.right
        expect(retentionRate + voluntaryChurnRate + involuntaryChurnRate + unexplainedChurnRate).toBeCloseTo(1, 12)
      }),
    )
    expect(unwrap(accountRetention(account))).toMatchObject({
      retained: 89,
      retentionRate: 0.89,
      reactivationRate: 0.06,
    })
    expect(accountRetention(empty)._tag).toBe('Left')
  })
})

describe('convertChurnRate', () => {
  test('there and back is where it began', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.99, noNaN: true }), fc.integer({ min: 1, max: 60 }), (rate, months) => {
        const monthly = unwrap(convertChurnRate(rate, { from: months, to: 1 }))
        expect(monthly).toBeLessThanOrEqual(rate)
        expect(unwrap(convertChurnRate(monthly, { from: 1, to: months }))).toBeCloseTo(rate, 12)
      }),
    )
    expect(unwrap(convertChurnRate(1, { from: 6, to: 1 }))).toBe(1)
    expect(unwrap(convertChurnRate(1e-12, { from: 12, to: 1 }))).toBeCloseTo(1e-12 / 12, 24)
  })

  test('refuses what is no rate and no length', () => {
    for (const rate of [-0.1, 1.1, Number.NaN]) expect(convertChurnRate(rate, { from: 6, to: 1 })._tag).toBe('Left')
    for (const length of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(convertChurnRate(0.1, { from: length, to: 1 })).toMatchObject({ left: { path: ['from'] } })
      expect(convertChurnRate(0.1, { from: 1, to: length })).toMatchObject({ left: { path: ['to'] } })
    }
  })
})

describe('averageChurn', () => {
  test('of periods of one size both averages are one; of none or empty ones there is none', () => {
    expect(
      unwrap(
        averageChurn([
          { lost: 1, base: 10 },
          { lost: 3, base: 10 },
        ]),
      ),
    ).toEqual({ pooled: 0.2, simpleMean: 0.2 })
    expect(averageChurn([])._tag).toBe('Left')
    expect(
      averageChurn([
        { lost: 1, base: 10 },
        { lost: 0, base: 0 },
      ]),
    ).toMatchObject({ left: { path: [1, 'base'] } })
  })
})
