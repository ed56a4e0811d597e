// Referral terms and referrals to write examples with, and generators of them.
import fc from 'fast-check'
import {
  ActivityId,
  type Currency,
  type Instant,
  MemberId,
  type Points,
  parseInstant,
  unwrap,
  utc,
  WalletId,
} from '../../src/foundation/index.ts'
import type { Referral, ReferralConversion, ReferralPolicy } from '../../src/referrals/index.ts'
import { idArbitrary, moneyArbitrary, pointsArbitrary } from '../arbitraries/foundation.ts'
import { durationArbitrary, instantIn } from '../arbitraries/time.ts'

export const at = (text: string): Instant => unwrap(parseInstant(text))

export const eur = (minor: number) => ({ minor, currency: 'EUR' as Currency })

/** 10 € off for the friend, 500 points for the referrer, from a purchase of 50 € on, with a review of 31 days. */
export const policy: ReferralPolicy = {
  minimumSpend: eur(5_000),
  within: null,
  review: { amount: 31, unit: 'day' },
  referrer: { type: 'points', wallet: 'points' as WalletId, points: 500 as Points },
  referee: { type: 'discount', amount: eur(1_000) },
}

export const march1: Instant = at('2026-03-01T12:00:00Z')

export const open: Referral = { referrer: 'anna' as MemberId, openedAt: march1, status: 'open', conversion: null }

const when = instantIn(utc)

const pointsReward = fc.record({
  type: fc.constant('points' as const),
  wallet: idArbitrary(WalletId),
  points: pointsArbitrary(),
})

export const policyArbitrary: fc.Arbitrary<ReferralPolicy> = fc.record({
  minimumSpend: moneyArbitrary({ min: 0 }),
  within: fc.option(durationArbitrary),
  review: durationArbitrary,
  referrer: pointsReward,
  referee: fc.oneof(
    pointsReward,
    fc.record({ type: fc.constant('discount' as const), amount: moneyArbitrary({ min: 0 }) }),
  ),
})

export const conversionArbitrary: fc.Arbitrary<ReferralConversion> = fc.record({
  purchase: idArbitrary(ActivityId),
  at: when,
  spendMinor: fc.maxSafeNat(),
  discountMinor: fc.maxSafeNat(),
  discountClawedMinor: fc.maxSafeNat(),
  releasedAt: when,
})

export const referralArbitrary: fc.Arbitrary<Referral> = fc.record({
  referrer: idArbitrary(MemberId),
  openedAt: when,
  status: fc.constantFrom('open', 'qualified', 'inReview'),
  conversion: fc.option(conversionArbitrary),
})
