import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, addDuration, type Instant, type MemberId, unwrap, utc } from '../../src/foundation/index.ts'
import { type EligibilityPolicy, ReferralFacts, ReferredLine, referralEligibility } from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { eligibilityPolicyArbitrary, referralFactsArbitrary, zoneArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, eur } from './terms.ts'

codecLaws('ReferralFacts', ReferralFacts, referralFactsArbitrary)
codecLaws(
  'ReferredLine',
  ReferredLine,
  fc.record({ paidMinor: fc.maxSafeNat(), categories: fc.array(fc.constantFrom('shoes', '__proto__')) }),
)

const policy: EligibilityPolicy = {
  newCustomersOnly: true,
  minimumSpend: eur(5_000),
  purchaseNumber: 1,
  within: { amount: 720, unit: 'hour' },
  channels: ['web'],
  categories: null,
  exceptCategories: ['gift cards'],
}
const march1 = at('2026-03-01T12:00:00Z')
const facts: ReferralFacts = {
  referrer: { member: 'anna' as MemberId, enrolledAt: at('2026-01-01T00:00:00Z'), standing: 'good' },
  referee: { member: 'ben' as MemberId, enrolledAt: march1, history: 'none', firstQualifiedAt: null },
  referredAt: march1,
  purchase: {
    id: 'order-1' as ActivityId,
    at: at('2026-03-05T12:00:00Z'),
    number: 1,
    origin: 'customer',
    channel: 'web',
    lines: [{ paidMinor: 6_000, categories: ['shoes'] }],
  },
}
const tags = (given: ReferralFacts, of: EligibilityPolicy = policy) => {
  const result = referralEligibility(of, utc, given)
  return result._tag === 'Left' ? result.left.map(({ _tag }) => _tag) : []
}
const buys = (change: Partial<ReferralFacts['purchase']>): ReferralFacts => ({
  ...facts,
  purchase: { ...facts.purchase, ...change },
})
const referee = (change: Partial<ReferralFacts['referee']>) => ({ ...facts, referee: { ...facts.referee, ...change } })
const referrer = (change: Partial<ReferralFacts['referrer']>) => ({
  ...facts,
  referrer: { ...facts.referrer, ...change },
})

test('a first purchase of a new customer counts with what was paid for it', () => {
  expect(referralEligibility(policy, utc, facts)).toEqual({ _tag: 'Right', right: { spendMinor: 6_000 } })
})

describe('who', () => {
  test('S49 SelfReferral: one member on both sides', () => {
    expect(tags(referrer({ member: 'ben' as MemberId }))).toEqual(['SelfReferral'])
  })

  test('S50 ReferrerNotEarlier: enrolled at the same instant, or later', () => {
    expect(tags(referrer({ enrolledAt: march1 }))).toEqual(['ReferrerNotEarlier'])
    expect(tags(referrer({ enrolledAt: (march1 - 1) as Instant }))).toEqual([])
  })

  test('S50 ReferredTooLate: somebody who did what counts before was brought by nobody', () => {
    expect(tags(referee({ firstQualifiedAt: (march1 - 1) as Instant }))).toEqual(['ReferredTooLate'])
    expect(tags(referee({ firstQualifiedAt: march1 }))).toEqual([])
  })

  test('NotNewCustomer: an account that was deleted leaves a tombstone', () => {
    expect(tags(referee({ history: 'deletedAccount' }))).toEqual(['NotNewCustomer'])
    expect(tags(referee({ history: 'customer' }))).toEqual(['NotNewCustomer'])
    expect(tags(referee({ history: 'customer' }), { ...policy, newCustomersOnly: false })).toEqual([])
  })

  test('ReferrerNotInGoodStanding', () => {
    expect(tags(referrer({ standing: 'suspended' }))).toEqual(['ReferrerNotInGoodStanding'])
    expect(tags(referrer({ standing: 'left' }))).toEqual(['ReferrerNotInGoodStanding'])
  })
})

describe('what', () => {
  test('S53 comped, made by hand, or for nothing: it does not count', () => {
    expect(tags(buys({ origin: 'comped' }))).toEqual(['NotMonetised'])
    expect(tags(buys({ origin: 'administrator' }))).toEqual(['NotMonetised'])
    const free = { ...policy, minimumSpend: eur(0) }
    expect(tags(buys({ lines: [{ paidMinor: 0, categories: [] }] }), free)).toEqual(['BelowMinimumSpend'])
    expect(tags(buys({ lines: [{ paidMinor: 1, categories: [] }] }), free)).toEqual([])
  })

  test('S51 below the minimum', () => {
    expect(tags(buys({ lines: [{ paidMinor: 4_000, categories: [] }] }))).toEqual(['BelowMinimumSpend'])
    expect(tags(buys({ lines: [{ paidMinor: 5_000, categories: [] }] }))).toEqual([])
  })

  test('S48 the window ends before its end', () => {
    const end = at('2026-03-31T12:00:00Z')
    expect(tags(buys({ at: end }))).toEqual(['ReferralWindowClosed'])
    expect(tags(buys({ at: (end - 1) as Instant }))).toEqual([])
  })

  test('the second purchase where it is the first that counts, and another channel', () => {
    expect(tags(buys({ number: 2, channel: 'shop' }))).toEqual(['WrongPurchaseNumber', 'ChannelNotEligible'])
    expect(tags(buys({ number: 2 }), { ...policy, purchaseNumber: null })).toEqual([])
    expect(tags(buys({ channel: 'shop' }), { ...policy, channels: null })).toEqual([])
  })

  test('S8 a line in two categories that count counts once, one in an excluded category never', () => {
    const lines = [
      { paidMinor: 4_000, categories: ['shoes', 'sale'] },
      { paidMinor: 2_000, categories: ['shoes', 'gift cards'] },
      { paidMinor: 1_500, categories: [] },
    ]
    const of = { ...policy, minimumSpend: eur(100), categories: ['shoes', 'sale'] }
    expect(unwrap(referralEligibility(of, utc, buys({ lines })))).toEqual({ spendMinor: 4_000 })
    expect(unwrap(referralEligibility(policy, utc, buys({ lines })))).toEqual({ spendMinor: 5_500 })
  })

  test('amounts that are none', () => {
    const lines = [-1, 0.5, 6_000].map((paidMinor) => ({ paidMinor, categories: [] }))
    expect(referralEligibility(policy, utc, buys({ lines }))).toMatchObject({
      left: [{ path: ['purchase', 'lines', 0, 'paidMinor'] }, { path: ['purchase', 'lines', 1, 'paidMinor'] }],
    })
    const huge = [1, Number.MAX_SAFE_INTEGER].map((paidMinor) => ({ paidMinor, categories: [] }))
    expect(tags(buys({ lines: huge }))).toEqual(['OutOfRange'])
  })
})

const spendThatCounts = (of: EligibilityPolicy, { purchase }: ReferralFacts): number =>
  purchase.lines
    .filter(({ categories }) => categories.every((one) => !of.exceptCategories.includes(one)))
    .filter(({ categories }) => of.categories === null || of.categories.some((one) => categories.includes(one)))
    .reduce((sum, { paidMinor }) => sum + paidMinor, 0)

test('against a list of questions, each asked apart', () => {
  fc.assert(
    fc.property(eligibilityPolicyArbitrary, zoneArbitrary, referralFactsArbitrary, (of, zone, given) => {
      const { referrer: who, referee: whom, purchase } = given
      const spend = spendThatCounts(of, given)
      const answers: Readonly<Record<string, boolean>> = {
        SelfReferral: who.member === whom.member,
        ReferrerNotEarlier: who.member !== whom.member && !(who.enrolledAt < whom.enrolledAt),
        ReferrerNotInGoodStanding: who.standing !== 'good',
        NotNewCustomer: of.newCustomersOnly && whom.history !== 'none',
        ReferredTooLate: whom.firstQualifiedAt !== null && whom.firstQualifiedAt < given.referredAt,
        NotMonetised: purchase.origin !== 'customer',
        WrongPurchaseNumber: of.purchaseNumber !== null && of.purchaseNumber !== purchase.number,
        ChannelNotEligible: of.channels !== null && !of.channels.includes(purchase.channel),
        ReferralWindowClosed: of.within !== null && purchase.at >= addDuration(zone, whom.enrolledAt, of.within),
        BelowMinimumSpend: spend < Math.max(1, of.minimumSpend.minor),
      }
      const expected = Object.keys(answers).filter((tag) => answers[tag] === true)
      const result = referralEligibility(frozen(of), frozen(zone), frozen(given))
      expect(result._tag === 'Left' ? result.left.map(({ _tag }) => _tag) : []).toEqual(expected)
      if (result._tag === 'Right') expect(result.right.spendMinor).toBe(spend)
    }),
  )
})
