import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  addDuration,
  formatError,
  formatInstant,
  type Instant,
  type Points,
  unwrap,
  utc,
  type WalletId,
} from '../../src/foundation/index.ts'
import { qualifyReferral, ReferralConversion, type ReferralPolicy } from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { instantIn, realZone, zoneArbitrary } from '../arbitraries/time.ts'
import { at, eur, march1, open, policy, policyArbitrary, referralArbitrary } from './terms.ts'

const purchase = 'order-1' as ActivityId
const buy = (spendMinor: number, when: Instant = march1) => ({ purchase, at: when, spendMinor })
const refusals = (terms: ReferralPolicy, ...[bought, referral = open]: [ReturnType<typeof buy>, typeof open?]) => {
  const result = qualifyReferral(terms, utc, referral, bought)
  return result._tag === 'Left' ? result.left.map(({ _tag }) => _tag) : []
}

describe('S51 a friend buys for 100 € on 1 March', () => {
  test('S51 the friend has the 10 € at once, the referrer 500 points from 1 April on', () => {
    const both = unwrap(qualifyReferral(policy, utc, open, buy(10_000)))
    expect(both).toEqual({
      conversion: {
        purchase,
        at: march1,
        spendMinor: 10_000,
        discountMinor: 1_000,
        discountClawedMinor: 0,
        releasedAt: at('2026-04-01T12:00:00Z'),
      },
      referee: { reward: policy.referee, releasedAt: march1 },
      referrer: { reward: policy.referrer, releasedAt: at('2026-04-01T12:00:00Z') },
    })
  })

  test('S51 the review is counted on the calendar of the program', () => {
    const { referrer } = unwrap(qualifyReferral(policy, realZone('Europe/Berlin'), open, buy(10_000)))
    expect(formatInstant(referrer.releasedAt)).toBe('2026-04-01T11:00:00Z')
  })

  test('points for the friend are no discount', () => {
    const points: ReferralPolicy = {
      ...policy,
      referee: { type: 'points', wallet: 'points' as WalletId, points: 100 as Points },
    }
    const both = unwrap(qualifyReferral(points, utc, open, buy(10_000)))
    expect(both.conversion.discountMinor).toBe(0)
    expect(both.referee).toEqual({ reward: points.referee, releasedAt: march1 })
  })

  test('a discount is at most what the purchase costs', () => {
    const generous: ReferralPolicy = { ...policy, minimumSpend: eur(0) }
    expect(unwrap(qualifyReferral(generous, utc, open, buy(700))).conversion.discountMinor).toBe(700)
  })
})

describe('what does not count', () => {
  test('S51 BelowMinimumSpend: 49.99 where it takes 50.00', () => {
    expect(refusals(policy, buy(4_999))).toEqual(['BelowMinimumSpend'])
    expect(refusals(policy, buy(5_000))).toEqual([])
  })

  test('S53 a purchase that costs nothing, whatever the minimum', () => {
    const generous: ReferralPolicy = { ...policy, minimumSpend: eur(0) }
    expect(refusals(generous, buy(0))).toEqual(['BelowMinimumSpend'])
    expect(refusals(generous, buy(1))).toEqual([])
  })

  test('S48 ReferralWindowClosed: exactly 30 days after 1 March 12:00 is too late', () => {
    const brief: ReferralPolicy = { ...policy, within: { amount: 30 * 24, unit: 'hour' } }
    const end = at('2026-03-31T12:00:00Z')
    expect(refusals(brief, buy(10_000, end))).toEqual(['ReferralWindowClosed'])
    expect(refusals(brief, buy(10_000, (end - 1) as Instant))).toEqual([])
    expect(qualifyReferral(brief, utc, open, buy(10_000, end))).toMatchObject({ left: [{ at: end, closedAt: end }] })
  })

  test('ReferralNotOpen: it has counted already, or is in review', () => {
    expect(refusals(policy, buy(10_000), { ...open, status: 'qualified' })).toEqual(['ReferralNotOpen'])
    expect(refusals(policy, buy(10_000), { ...open, status: 'inReview' })).toEqual(['ReferralNotOpen'])
  })

  test('every reason is given', () => {
    const closed: ReferralPolicy = { ...policy, within: { amount: 0, unit: 'day' } }
    const result = qualifyReferral(closed, utc, { ...open, status: 'qualified' }, buy(1))
    expect(result).toMatchObject({
      left: [
        { _tag: 'ReferralNotOpen', path: ['status'], referrer: 'anna' },
        { _tag: 'BelowMinimumSpend', path: ['spendMinor'], spendMinor: 1, minimumMinor: 5_000 },
        { _tag: 'ReferralWindowClosed', path: ['at'] },
      ],
    })
    expect(result._tag === 'Left' && formatError(result.left)).toContain('at least 5000 minor units')
  })
})

test('both sides or none: what qualifies can be stored, and pays what the terms say', () => {
  const moments = zoneArbitrary.chain((zone) => fc.tuple(fc.constant(zone), instantIn(zone)))
  const spend = fc.oneof(fc.nat({ max: 20_000 }), fc.maxSafeNat())
  fc.assert(
    fc.property(policyArbitrary, moments, referralArbitrary, spend, (terms, [zone, when], referral, spendMinor) => {
      const bought = buy(spendMinor, when)
      const result = qualifyReferral(frozen(terms), frozen(zone), frozen(referral), frozen(bought))
      const inTime = terms.within === null || when < addDuration(zone, referral.openedAt, terms.within)
      const counts = referral.status === 'open' && spendMinor > 0 && spendMinor >= terms.minimumSpend.minor && inTime
      expect(result._tag).toBe(counts ? 'Right' : 'Left')
      if (result._tag === 'Left') return
      const { conversion, referrer, referee } = result.right
      expect(ReferralConversion.is(conversion)).toBe(true)
      expect([referrer.reward, referee.reward]).toEqual([terms.referrer, terms.referee])
      expect(referee.releasedAt).toBe(when)
      expect(referrer.releasedAt).toBe(addDuration(zone, when, terms.review))
      expect(conversion.discountMinor).toBeLessThanOrEqual(spendMinor)
    }),
  )
})
