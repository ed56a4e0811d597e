// Terms of a two-sided referral, and a purchase under them, to write examples with.
import type { ActivityId, CapId, Currency, Instant, MemberId, WalletId } from '../../src/foundation/index.ts'
import { defaultFraudPolicy, type ReferralTerms, type SettlementInput } from '../../src/referrals/index.ts'
import { at, eur, march1 } from './terms.ts'

/** 10 € off for the friend in the order, 500 points for the referrer after 31 days, from 50 € on; twelve a referrer. */
export const terms: ReferralTerms = {
  eligibility: {
    newCustomersOnly: true,
    minimumSpend: eur(5_000),
    purchaseNumber: 1,
    within: null,
    channels: null,
    categories: null,
    exceptCategories: [],
  },
  fraud: defaultFraudPolicy,
  review: { amount: 31, unit: 'day' },
  referrer: { kind: { type: 'points', wallet: 'points' as WalletId }, amount: { type: 'fixed', units: 500 } },
  referee: {
    reward: { kind: { type: 'money', currency: 'EUR' as Currency }, amount: { type: 'fixed', units: 1_000 } },
    release: 'atOnce',
    onReturn: 'proportional',
  },
  caps: [
    {
      id: 'twelve' as CapId,
      per: 'referrer',
      counts: 'referrals',
      limit: 12,
      window: { type: 'lifetime' },
      onExceed: 'reject',
    },
  ],
  milestones: [{ referrals: 5, kind: { type: 'money', currency: 'EUR' as Currency }, units: 5_000 }],
}

export const input = (paidMinor: number, when: Instant = march1): SettlementInput => ({
  facts: {
    referrer: { member: 'anna' as MemberId, enrolledAt: at('2026-01-01T00:00:00Z'), standing: 'good' },
    referee: { member: 'ben' as MemberId, enrolledAt: march1, history: 'none', firstQualifiedAt: null },
    referredAt: march1,
    purchase: {
      id: 'order-1' as ActivityId,
      at: when,
      number: 1,
      origin: 'customer',
      channel: 'web',
      lines: [{ paidMinor, categories: [] }],
    },
  },
  signals: [],
  usage: { version: 0, used: [] },
  counted: 0,
})
