import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, type Money, money, type Points, unwrap } from '../../src/foundation/index.ts'
import {
  contractLiability,
  DeferredRevenue,
  deferRevenue,
  recognisePeriods,
  recogniseRedemptions,
  releaseDeferredRevenue,
} from '../../src/ledger/index.ts'
import { roundingModeArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const dollars = (amount: string): Money => unwrap(money(amount, 'USD'))
const count = (n: number): Points => n as Points
const sold = unwrap(deferRevenue(dollars('9000'), count(10_000)))
const period = (redeemed: number, expectedRedemptions: number) => ({
  redeemed: count(redeemed),
  expectedRedemptions: count(expectedRedemptions),
})
const second = unwrap(recogniseRedemptions(sold, period(4500, 9700)))
const wholeDollars = ({ minor }: Money) => Math.round(minor / 100)

describe('recogniseRedemptions', () => {
  test('S64: year 2 has 4,175', () => {
    expect(second.revenue).toEqual(dollars('4175.26'))
    expect(wholeDollars(second.revenue)).toBe(4175)
    expect(second.catchUp.minor).toBe(0)
    expect(contractLiability(second.deferred)).toEqual(dollars('4824.74'))
  })

  test('S64: year 3 has 3,552 where the estimate rises to 9,900, and catches up for year 2', () => {
    const third = unwrap(recogniseRedemptions(second.deferred, period(4000, 9900)))
    expect(wholeDollars(third.revenue)).toBe(3552)
    expect(third.catchUp).toEqual(dollars('-84.35'))
    expect(third.deferred.recognised).toEqual(dollars('7727.27'))
    expect(third.deferred.allocated).toEqual(dollars('9000'))
  })

  test('S64: year 3 has 4,140 where the estimate falls to 9,200', () => {
    const third = unwrap(recogniseRedemptions(second.deferred, period(4000, 9200)))
    expect(wholeDollars(third.revenue)).toBe(4140)
    expect(third.catchUp).toEqual(dollars('226.91'))
  })

  test('S64: 1,000 of 1,700 expected, not of 2,000 issued; 157, 156.68 and the exact 156.682 give three results', () => {
    const firstYear = (allocated: string) => {
      const deferred = unwrap(deferRevenue(dollars(allocated), count(2000)))
      return unwrap(recogniseRedemptions(deferred, period(1000, 1700))).revenue
    }
    // S64 has "157 × 1,000 ÷ 1,700 = 92.17", which is 92.35. The 92.17 is right for what 157 was rounded from:
    // 2,000 × 170 ÷ 2,170 = 156.682… Allocated in cents it is 156.68, and the revenue 92.16.
    expect(firstYear('157')).toEqual(dollars('92.35'))
    expect(firstYear('156.68')).toEqual(dollars('92.16'))
    expect((((2000 * 170) / 2170) * 1000) / 1700).toBeCloseTo(92.17, 2)
    expect(firstYear('157')).not.toEqual(dollars('78.50'))
  })

  test('in whole units of a currency without minor unit the numbers of S64 come out as they stand', () => {
    const yen = unwrap(deferRevenue(unwrap(money('9000', 'JPY')), count(10_000)))
    const years = (last: number) =>
      unwrap(recognisePeriods(yen, [period(4500, 9700), period(4000, last)])).map(({ revenue }) => revenue.minor)
    expect(years(9900)).toEqual([4175, 3552])
    expect(years(9200)).toEqual([4175, 4140])
  })

  test('points that never expire: where more redemptions are remote, the estimate is what is redeemed', () => {
    const rest = unwrap(recogniseRedemptions(second.deferred, period(0, 4500)))
    expect(rest.revenue).toEqual(contractLiability(second.deferred))
    expect(contractLiability(rest.deferred).minor).toBe(0)
  })

  test('an estimate that rises without redemptions takes revenue back', () => {
    expect(unwrap(recogniseRedemptions(second.deferred, period(0, 10_000))).revenue).toEqual(dollars('-125.26'))
  })

  test('redemptions beyond the estimate are a fault that says both numbers', () => {
    expect(recogniseRedemptions(second.deferred, period(6, 4505))).toMatchObject({
      left: [{ _tag: 'EstimateBelowRedeemed', redeemed: 4506, expectedRedemptions: 4505 }],
    })
    expect(recogniseRedemptions(second.deferred, period(0, 0))).toMatchObject({
      left: [{ _tag: 'EstimateBelowRedeemed', redeemed: 4500 }],
    })
  })

  test('no expectation, too high a one, and points that are none are faults', () => {
    expect(recogniseRedemptions(sold, period(0, 0))).toMatchObject({ left: [{ _tag: 'ZeroDenominator' }] })
    expect(recogniseRedemptions(sold, period(1, 10_001))).toMatchObject({
      left: [{ _tag: 'InvalidValue', path: ['expectedRedemptions'] }],
    })
    const both = recogniseRedemptions(sold, period(-1, Number.NaN))
    expect(both._tag === 'Left' && both.left.map(({ path }) => path)).toEqual([['redeemed'], ['expectedRedemptions']])
  })
})

describe('releaseDeferredRevenue', () => {
  test('the rest is revenue when the points expire, once', () => {
    const last = unwrap(releaseDeferredRevenue(second.deferred))
    expect(last.revenue).toEqual(dollars('4824.74'))
    expect(contractLiability(last.deferred).minor).toBe(0)
    expect(releaseDeferredRevenue(last.deferred)).toMatchObject({ left: { _tag: 'AlreadyReleased' } })
    expect(recogniseRedemptions(last.deferred, period(1, 9700))).toMatchObject({ left: [{ _tag: 'AlreadyReleased' }] })
  })
})

test('deferRevenue refuses what is no amount and no points', () => {
  const result = deferRevenue(dollars('-1'), count(1.5))
  expect(result._tag === 'Left' && result.left.map(({ path }) => path)).toEqual([['allocated', 'minor'], ['issued']])
})

describe('recognisePeriods', () => {
  test('a fault has the index of its period', () => {
    expect(recognisePeriods(sold, [period(5, 9700), period(-1, 9700)])).toMatchObject({
      left: [{ path: [1, 'redeemed'] }],
    })
  })

  /** An allocation, points, and periods in each of which some of what is left is redeemed, with an estimate that fits. */
  const histories = fc
    .tuple(
      fc.nat(1_000_000_000),
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { maxLength: 8 }),
    )
    .map(([minor, issued, shares]) => {
      let left = issued
      const periods = shares.map(([spent, expected]) => {
        const redeemed = Math.floor((left * spent) / 1000)
        left -= redeemed
        return period(redeemed, Math.max(1, issued - left + Math.floor((left * expected) / 1000)))
      })
      return { minor, issued, periods }
    })

  test('revenue so far is the share of the allocation under the last estimate, whatever the estimates before', () => {
    fc.assert(
      fc.property(histories, roundingModeArbitrary, ({ minor, issued, periods }, mode) => {
        const start = unwrap(deferRevenue({ minor, currency: 'USD' as Currency }, count(issued)))
        const results = unwrap(recognisePeriods(start, periods, mode))
        let sum = 0
        let redeemed = 0
        results.forEach(({ revenue, deferred }, index) => {
          sum += revenue.minor
          redeemed += periods[index]?.redeemed ?? 0
          const expected = BigInt(periods[index]?.expectedRedemptions ?? 1)
          const off = BigInt(sum) * expected - BigInt(minor) * BigInt(redeemed)
          expect(off < expected && -off < expected).toBe(true)
          expect(contractLiability(deferred).minor).toBe(minor - sum)
          expect(contractLiability(deferred).minor).toBeGreaterThanOrEqual(0)
          expect(DeferredRevenue.is(deferred)).toBe(true)
        })
        const last = unwrap(releaseDeferredRevenue(results.at(-1)?.deferred ?? start))
        expect(sum + last.revenue.minor).toBe(minor)
      }),
    )
  })

  codecLaws(
    'DeferredRevenue',
    DeferredRevenue,
    histories.map(({ minor, issued, periods }) => {
      const start = unwrap(deferRevenue({ minor, currency: 'USD' as Currency }, count(issued)))
      return unwrap(recognisePeriods(start, periods)).at(-1)?.deferred ?? start
    }),
  )
})
