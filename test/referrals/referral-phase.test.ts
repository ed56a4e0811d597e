import fc from 'fast-check'
import { expect, test } from 'vitest'
import { phaseOfSides, ReferralPhase, ReferralSide, ReferralSideStatus } from '../../src/referrals/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('ReferralPhase', ReferralPhase, fc.constantFrom('invited', 'inManualReview', 'lapsed'))
codecLaws('ReferralSide', ReferralSide, fc.constantFrom('referrer', 'referee'))
codecLaws(
  'ReferralSideStatus',
  ReferralSideStatus,
  fc.constantFrom('pending', 'approved', 'denied', 'rewarded', 'reversed'),
)

test('the phase of two sides does not depend on which is which', () => {
  const statuses = ['pending', 'approved', 'denied', 'rewarded'] as const
  for (const referrer of statuses) {
    for (const referee of statuses) {
      expect(phaseOfSides({ referrer, referee })).toBe(phaseOfSides({ referrer: referee, referee: referrer }))
    }
  }
  expect(statuses.map((referrer) => phaseOfSides({ referrer, referee: 'denied' }))).toEqual([
    'inReview',
    'approved',
    'denied',
    'rewarded',
  ])
})
