import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDuration, type Instant, utc } from '../../src/foundation/index.ts'
import {
  lintReferralTerms,
  type ReferralAmount,
  type ReferralEconomics,
  type ReferralTerms,
  referralRewardUnits,
} from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { termsArbitrary } from '../arbitraries/referrals.ts'
import { terms } from './settlement-terms.ts'
import { eur } from './terms.ts'

/** 100 points cost 1 €, an amount of money costs itself; 40 % of a spend is left. */
const economics: ReferralEconomics = {
  margin: { numerator: 40, denominator: 100 },
  cost: () => ({ numerator: 1, denominator: 1 }),
  returnWindow: { amount: 30, unit: 'day' },
}
const plain: ReferralTerms = { ...terms, milestones: [] }
const types = (of: ReferralTerms, against: Partial<ReferralEconomics> = {}) =>
  lintReferralTerms(of, { ...economics, ...against }).map(({ type }) => type)
const withReferrer = (amount: ReferralAmount): ReferralTerms => ({ ...plain, referrer: { ...plain.referrer, amount } })

describe('rewards that pay more than the margin', () => {
  test('5 € and 10 € from 50 € on: 20 € are left of it, so it pays', () => {
    expect(types(plain)).toEqual([])
    expect(lintReferralTerms(plain, { ...economics, margin: { numerator: 29, denominator: 100 } })).toEqual([
      { type: 'rewardExceedsMargin', spendMinor: 5_000, rewardMinor: 1_500, marginMinor: 1_450 },
    ])
    expect(types(plain, { margin: { numerator: 30, denominator: 100 } })).toEqual([])
  })

  test('points cost what they are worth', () => {
    const dear: ReferralEconomics['cost'] = ({ type }) =>
      type === 'points' ? { numerator: 3, denominator: 1 } : { numerator: 1, denominator: 1 }
    expect(types(plain, { cost: dear })).toEqual(['rewardExceedsMargin'])
  })

  test('the greatest step counts, and a share before rounding, at its limit', () => {
    const steps = [
      { from: 1, units: 500 },
      { from: 10, units: 1_001 },
    ]
    expect(types(withReferrer({ type: 'byCount', steps }))).toEqual(['rewardExceedsMargin'])
    const share: ReferralAmount = { type: 'share', units: 1, perMinor: 4, rounding: 'floor', most: 1_000 }
    expect(types(withReferrer(share))).toEqual([])
    expect(types(withReferrer({ ...share, most: null }))).toEqual(['rewardExceedsMargin'])
  })

  test('levels above the referrer add to it: with halves over three levels 1.75 times 5 €', () => {
    const levels = { depth: 3, decay: { numerator: 1, denominator: 2 }, rounding: 'floor' } as const
    expect(types(plain, { levels, margin: { numerator: 37, denominator: 100 } })).toEqual(['rewardExceedsMargin'])
    expect(types(plain, { levels })).toEqual([])
  })

  test('a milestone that costs more than all who lead to it bring', () => {
    expect(lintReferralTerms(terms, economics)).toEqual([
      { type: 'milestoneExceedsMargin', referrals: 5, rewardMinor: 12_500, marginMinor: 10_000 },
    ])
    expect(types(terms, { margin: { numerator: 1, denominator: 2 } })).toEqual([])
  })
})

describe('S51 the review is not shorter than the time to return goods', () => {
  test('S51 30 days of returns, 31 days of review', () => {
    expect(types({ ...plain, review: { amount: 29, unit: 'day' } })).toEqual(['reviewShorterThanReturns'])
    expect(types({ ...plain, review: { amount: 30, unit: 'day' } })).toEqual([])
  })

  test('a month can be shorter than 30 days', () => {
    expect(types({ ...plain, review: { amount: 1, unit: 'month' } })).toEqual(['reviewShorterThanReturns'])
    const month = { amount: 1, unit: 'month' } as const
    expect(types({ ...plain, review: month }, { returnWindow: month })).toEqual([])
    expect(types(plain, { returnWindow: month })).toEqual([])
  })
})

test('S53 no minimum spend, and a cap below one reward', () => {
  const free = { ...plain, eligibility: { ...plain.eligibility, minimumSpend: eur(0) } }
  expect(types(free)).toEqual(['rewardExceedsMargin', 'noMinimumSpend'])
  const [cap] = plain.caps
  if (cap === undefined) return
  const units = { ...cap, counts: 'units', limit: 499 } as const
  expect(lintReferralTerms({ ...plain, caps: [cap, units, { ...cap, limit: 0 }] }, economics)).toEqual([
    { type: 'capBelowReward', cap: 'twelve', limit: 499, units: 500 },
    { type: 'capBelowReward', cap: 'twelve', limit: 0, units: 500 },
  ])
})

test('where nothing is found, no referral costs more than it brings, whatever is spent', () => {
  const margin = fc.record({ numerator: fc.nat({ max: 100 }), denominator: fc.constant(100) })
  const given = fc.tuple(termsArbitrary, margin, fc.nat({ max: 40_000 }), fc.integer({ min: 1, max: 8 }))
  fc.assert(
    fc.property(given, ([of, share, more, number]) => {
      const found = lintReferralTerms(frozen(of), { ...economics, margin: share }).map(({ type }) => type)
      if (found.includes('rewardExceedsMargin')) return
      const spendMinor = Math.max(1, of.eligibility.minimumSpend.minor) + more
      const sides = [of.referrer, ...(of.referee === null ? [] : [of.referee.reward])]
      const cost = sides.reduce((sum, { amount }) => {
        const units = referralRewardUnits(amount, { spendMinor, number })
        return units._tag === 'Right' ? sum + units.right : sum
      }, 0)
      // Rounding up may add a unit to each side.
      expect(cost).toBeLessThan((spendMinor * share.numerator) / 100 + sides.length)
    }),
    { numRuns: 300 },
  )
})

test('the review is compared on any day', () => {
  const duration = fc.record({
    amount: fc.integer({ min: 0, max: 40 }),
    unit: fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const),
  })
  fc.assert(
    fc.property(duration, duration, fc.nat({ max: 1_460 }), (review, returnWindow, day) => {
      const from = (day * 86_400_000) as Instant
      const earlier = addDuration(utc, from, review) < addDuration(utc, from, returnWindow)
      const found = lintReferralTerms({ ...plain, review }, { ...economics, returnWindow }).map(({ type }) => type)
      if (earlier) expect(found).toContain('reviewShorterThanReturns')
    }),
    { numRuns: 50 },
  )
})
