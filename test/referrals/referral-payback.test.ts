import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { breakEvenReward, referralAcquisitionCost, referralPayback } from '../../src/referrals/index.ts'

const costs = { rewardMinor: 1_500, fixedMinor: 100_000, conversions: 400, incremental: 250 }
const other = { otherChannelMinor: 2_800, fixedMinor: 100_000, conversions: 400, incremental: 250 }

describe('what a referred customer costs', () => {
  test('400 rewards of 15 € and 1,000 € for 250 customers who would not have come: 28 €', () => {
    expect(unwrap(referralAcquisitionCost(costs, 'floor'))).toBe(2_800)
    expect(unwrap(referralAcquisitionCost({ ...costs, fixedMinor: 100_001 }, 'ceil'))).toBe(2_801)
  })

  test('faults', () => {
    expect(referralAcquisitionCost({ ...costs, incremental: 0 }, 'floor')).toMatchObject({
      left: [{ _tag: 'ZeroDenominator', path: ['incremental'] }],
    })
    expect(referralAcquisitionCost({ ...costs, incremental: 401, rewardMinor: -1 }, 'floor')).toMatchObject({
      left: [{ path: ['rewardMinor'] }, { path: ['incremental'] }],
    })
    const huge = { ...costs, rewardMinor: Number.MAX_SAFE_INTEGER, incremental: 1 }
    expect(referralAcquisitionCost(huge, 'floor')).toMatchObject({ left: [{ _tag: 'OutOfRange' }] })
  })
})

describe('the reward at which both channels cost the same', () => {
  test('28 € through the other channel allow 15 €', () => {
    expect(unwrap(breakEvenReward(other))).toBe(1_500)
  })

  test('faults', () => {
    expect(breakEvenReward({ ...other, otherChannelMinor: 399 })).toMatchObject({
      left: [{ _tag: 'NoRoomForReward', otherChannelMinor: 399 }],
    })
    expect(unwrap(breakEvenReward({ ...other, otherChannelMinor: 400 }))).toBe(0)
    expect(breakEvenReward({ ...other, conversions: 0, incremental: 0, fixedMinor: 0 })).toMatchObject({
      left: [{ _tag: 'ZeroDenominator', path: ['conversions'] }],
    })
    expect(breakEvenReward({ ...other, incremental: 0.5 })).toMatchObject({ left: [{ path: ['incremental'] }] })
  })

  test('it costs at most that, and a cent more costs more', () => {
    const amounts = fc.record({
      otherChannelMinor: fc.nat({ max: 100_000 }),
      fixedMinor: fc.nat({ max: 1_000_000 }),
      conversions: fc.integer({ min: 1, max: 5_000 }),
      share: fc.nat(),
    })
    fc.assert(
      fc.property(amounts, ({ share, ...of }) => {
        const comparison = { ...of, incremental: 1 + (share % of.conversions) }
        const reward = breakEvenReward(comparison)
        if (reward._tag === 'Left') {
          expect(of.fixedMinor / comparison.incremental).toBeGreaterThan(of.otherChannelMinor)
          return
        }
        const cost = (rewardMinor: number) => (rewardMinor * of.conversions + of.fixedMinor) / comparison.incremental
        expect(cost(reward.right)).toBeLessThanOrEqual(of.otherChannelMinor)
        expect(cost(reward.right + 1)).toBeGreaterThan(of.otherChannelMinor)
      }),
    )
  })
})

describe('payback', () => {
  test('28 € are earned back in the fourth month', () => {
    expect(unwrap(referralPayback(2_800, [1_000, 900, 810, 729, 656]))).toEqual({ months: 4, beyondMinor: 639 })
    expect(unwrap(referralPayback(1_900, [1_000, 900]))).toEqual({ months: 2, beyondMinor: 0 })
    expect(unwrap(referralPayback(0, []))).toEqual({ months: 0, beyondMinor: 0 })
  })

  test('NotPaidBack, and what is missing', () => {
    expect(referralPayback(2_800, [1_000, -100])).toMatchObject({
      left: [{ _tag: 'NotPaidBack', months: 2, missingMinor: 1_900 }],
    })
  })

  test('InvalidValue: all of them', () => {
    expect(referralPayback(-1, [0.5, 1, Number.NaN])).toMatchObject({
      left: [{ path: ['costMinor'] }, { path: ['marginsMinor', 0] }, { path: ['marginsMinor', 2] }],
    })
  })
})
