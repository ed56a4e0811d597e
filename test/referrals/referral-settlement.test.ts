import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatInstant, unwrap, utc } from '../../src/foundation/index.ts'
import {
  type ReferralTerms,
  referralEligibility,
  type SettlementInput,
  settleReferral,
} from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import {
  fraudSignalsArbitrary,
  referralFactsArbitrary,
  termsArbitrary,
  zoneArbitrary,
} from '../arbitraries/referrals.ts'
import { input, terms } from './settlement-terms.ts'

const refusals = (given: SettlementInput, of: ReferralTerms = terms) => {
  const result = settleReferral(of, utc, given)
  return result._tag === 'Left' ? result.left.map(({ _tag }) => _tag) : []
}

describe('S51 a friend buys for 100 € on 1 March', () => {
  test('S51 the friend has 10 € at once, the referrer 500 points pending until 1 April', () => {
    const { referrer, referee, status, needsApproval } = unwrap(settleReferral(terms, utc, input(10_000)))
    expect([status, needsApproval]).toEqual(['pending', false])
    expect([referee?.units, formatInstant(referee?.releasedAt ?? referrer.releasedAt)]).toEqual([
      1_000,
      '2026-03-01T12:00:00Z',
    ])
    expect([referrer.units, formatInstant(referrer.releasedAt)]).toEqual([500, '2026-04-01T12:00:00Z'])
  })

  test('both wait where the terms say so, and there may be one side only', () => {
    const later: ReferralTerms = {
      ...terms,
      referee: terms.referee === null ? null : { ...terms.referee, release: 'afterReview' },
    }
    const both = unwrap(settleReferral(later, utc, input(10_000)))
    expect(both.referee?.releasedAt).toBe(both.referrer.releasedAt)
    expect(unwrap(settleReferral({ ...terms, referee: null }, utc, input(10_000))).referee).toBeNull()
  })
})

describe('refusals', () => {
  test('S49 signals that block stop both sides; weaker ones ask for a person', () => {
    expect(refusals({ ...input(10_000), signals: ['sameMember'] })).toEqual(['ReferralBlocked'])
    const doubtful = unwrap(settleReferral(terms, utc, { ...input(10_000), signals: ['sameDevice'] }))
    expect([doubtful.needsApproval, doubtful.fraud.score]).toEqual([true, 50])
  })

  test('every reason is told', () => {
    expect(refusals({ ...input(4_999), signals: ['sameEmail'] })).toEqual(['BelowMinimumSpend', 'ReferralBlocked'])
  })

  test('a reward that cannot be computed, on either side', () => {
    const amount = { type: 'share', units: 2, perMinor: 1, rounding: 'floor', most: null } as const
    const reward = { kind: terms.referrer.kind, amount }
    const referee = { reward, release: 'atOnce', onReturn: 'recomputed' } as const
    const result = settleReferral({ ...terms, referrer: reward, referee }, utc, input(Number.MAX_SAFE_INTEGER))
    expect(result._tag === 'Left' ? result.left.map(({ _tag, path }) => [_tag, path[0]]) : []).toEqual([
      ['OutOfRange', 'referrer'],
      ['OutOfRange', 'referee'],
    ])
  })
})

test('S54 where the referrer’s cap is used up it is recorded, and the friend is paid all the same', () => {
  const [cap] = terms.caps
  const used = cap === undefined ? [] : [{ cap: cap.id, uses: 12 }]
  const settlement = unwrap(settleReferral(terms, utc, { ...input(10_000), usage: { version: 4, used } }))
  expect(settlement.referrer.units).toBe(0)
  expect(settlement.claim).toMatchObject({ capLimited: true, limitedBy: ['twelve'], expectedVersion: 4, uses: [] })
  expect(settlement.referee?.units).toBe(1_000)
})

test('both sides or none: it settles just where it is eligible and nothing blocks', () => {
  const given = fc.tuple(termsArbitrary, zoneArbitrary, referralFactsArbitrary, fraudSignalsArbitrary, fc.nat(8))
  fc.assert(
    fc.property(given, ([of, zone, facts, signals, counted]) => {
      const from = frozen({ facts, signals, usage: { version: 0, used: [] }, counted })
      const result = settleReferral(frozen(of), frozen(zone), from)
      const eligible = referralEligibility(of.eligibility, zone, facts)
      if (result._tag === 'Left') {
        expect(eligible._tag === 'Left' || result.left.some(({ _tag }) => _tag === 'ReferralBlocked')).toBe(true)
        return
      }
      const { referrer, referee, claim } = result.right
      expect(eligible).toEqual({ _tag: 'Right', right: { spendMinor: result.right.spendMinor } })
      expect(referrer.units).toBe(claim.granted)
      expect(referee === null).toBe(of.referee === null)
      expect([referrer.takenUnits, referee?.takenUnits ?? 0]).toEqual([0, 0])
    }),
    { numRuns: 500 },
  )
})
