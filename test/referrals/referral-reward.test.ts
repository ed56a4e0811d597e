import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, unwrap } from '../../src/foundation/index.ts'
import {
  ReferralAmount,
  ReferralReward,
  ReferralRewardKind,
  referralRewardUnits,
  type ShareReferralAmount,
} from '../../src/referrals/index.ts'
import { amountArbitrary, rewardArbitrary, rewardKindArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('ReferralAmount', ReferralAmount, amountArbitrary)
codecLaws('ReferralReward', ReferralReward, rewardArbitrary)
codecLaws('ReferralRewardKind', ReferralRewardKind, rewardKindArbitrary)

const unitsOf = (amount: ReferralAmount, spendMinor: number, number = 1) =>
  unwrap(referralRewardUnits(amount, { spendMinor, number }))
const share: ShareReferralAmount = { type: 'share', units: 1, perMinor: 10, rounding: 'floor', most: 1_500 }

describe('amounts', () => {
  test('10 % of the spend, at most 15 €', () => {
    expect([9, 10, 9_999, 15_009, 99_999].map((spend) => unitsOf(share, spend))).toEqual([0, 1, 999, 1_500, 1_500])
    expect(unitsOf({ ...share, most: null }, 99_999)).toBe(9_999)
    expect(unitsOf({ ...share, rounding: 'ceil' }, 9)).toBe(1)
  })

  test('5 points for each euro', () => {
    expect(unitsOf({ ...share, units: 5, perMinor: 100, most: null }, 1_999)).toBe(99)
  })

  test('from the fourth referral on there is more, before the first step nothing', () => {
    const steps = [
      { from: 2, units: 500 },
      { from: 4, units: 800 },
    ]
    expect([1, 2, 3, 4, 9].map((number) => unitsOf({ type: 'byCount', steps }, 0, number))).toEqual([
      0, 500, 500, 800, 800,
    ])
  })

  test('OutOfRange and ZeroDenominator', () => {
    const huge: ReferralAmount = { ...share, units: 2, perMinor: 1, most: 5 }
    expect(referralRewardUnits(huge, { spendMinor: Number.MAX_SAFE_INTEGER, number: 1 })).toMatchObject({
      left: { _tag: 'OutOfRange' },
    })
    expect(referralRewardUnits({ ...share, perMinor: 0 }, { spendMinor: 1, number: 1 })).toMatchObject({
      left: { _tag: 'ZeroDenominator' },
    })
  })
})

test('steps rise', () => {
  const steps = (...froms: ReadonlyArray<number>) =>
    decode(ReferralAmount, { type: 'byCount', steps: froms.map((from) => ({ from, units: 1 })) })
  expect(steps(1, 2)._tag).toBe('Right')
  expect(steps(1, 1)).toMatchObject({ left: [{ path: ['steps', 1, 'from'] }] })
  expect(steps()._tag).toBe('Left')
})

test('more spend never gives less', () => {
  fc.assert(
    fc.property(amountArbitrary, fc.nat({ max: 50_000 }), fc.nat({ max: 50_000 }), (amount, spend, more) => {
      expect(unitsOf(amount, spend + more)).toBeGreaterThanOrEqual(unitsOf(amount, spend))
    }),
  )
})
