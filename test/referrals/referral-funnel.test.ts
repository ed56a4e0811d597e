import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { ReferralFunnelCounts, referralFunnel, referralFunnelMonoid } from '../../src/referrals/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const countsArbitrary: fc.Arbitrary<ReferralFunnelCounts> = fc
  .array(fc.nat({ max: 1_000 }), { minLength: 5, maxLength: 5 })
  .map((numbers) => [...numbers].sort((a, b) => b - a))
  .map(([invited = 0, touched = 0, signedUp = 0, qualified = 0, rewarded = 0]) => ({
    invited,
    touched,
    signedUp,
    qualified,
    rewarded,
  }))

codecLaws('ReferralFunnelCounts', ReferralFunnelCounts, countsArbitrary)
monoidLaws('referralFunnelMonoid', referralFunnelMonoid, countsArbitrary)

test('each step of the one before, and of the first', () => {
  const counts = { invited: 5_000, touched: 2_000, signedUp: 500, qualified: 400, rewarded: 380 }
  expect(unwrap(referralFunnel(counts))).toEqual([
    { step: 'invited', count: 5_000, ofPrevious: null, ofFirst: 1 },
    { step: 'touched', count: 2_000, ofPrevious: 0.4, ofFirst: 0.4 },
    { step: 'signedUp', count: 500, ofPrevious: 0.25, ofFirst: 0.1 },
    { step: 'qualified', count: 400, ofPrevious: 0.8, ofFirst: 0.08 },
    { step: 'rewarded', count: 380, ofPrevious: 0.95, ofFirst: 0.076 },
  ])
})

test('a step that nobody came to has no share after it', () => {
  const counts = { invited: 3, touched: 0, signedUp: 0, qualified: 0, rewarded: 0 }
  expect(unwrap(referralFunnel(counts)).map(({ ofPrevious }) => ofPrevious)).toEqual([null, 0, null, null, null])
  expect(unwrap(referralFunnel(referralFunnelMonoid.empty)).map(({ ofFirst }) => ofFirst)).toEqual(Array(5).fill(null))
})

test('more at a step than before it is no funnel', () => {
  const counts = { invited: 3, touched: 4, signedUp: -1, qualified: 0.5, rewarded: 0 }
  const result = referralFunnel(counts)
  expect(result._tag === 'Left' ? result.left.map(({ path }) => path) : []).toEqual([
    ['touched'],
    ['signedUp'],
    ['qualified'],
  ])
})
