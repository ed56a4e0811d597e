import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CapId, unwrap } from '../../src/foundation/index.ts'
import {
  applyReferralClaim,
  claimReferralCaps,
  type ReferralCap,
  ReferralCapClaim,
  ReferralCapUsage,
  releaseReferralUses,
} from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { referralCapsArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const usageArbitrary: fc.Arbitrary<ReferralCapUsage> = fc.record({
  version: fc.nat(),
  used: fc.uniqueArray(
    fc.record({
      cap: fc.constantFrom('a', 'b', '__proto__').map((id) => id as CapId),
      uses: fc.integer({ min: 1, max: 1_000 }),
    }),
    { selector: ({ cap }) => cap },
  ),
})

codecLaws('ReferralCapUsage', ReferralCapUsage, usageArbitrary)

codecLaws(
  'ReferralCapClaim',
  ReferralCapClaim,
  fc
    .tuple(referralCapsArbitrary, usageArbitrary, fc.nat({ max: 4_000 }))
    .map(([caps, usage, desired]) => claimReferralCaps(caps, usage, desired)),
)

const twelve: ReferralCap = {
  id: 'twelve' as CapId,
  per: 'referrer',
  counts: 'referrals',
  limit: 12,
  window: { type: 'lifetime' },
  onExceed: 'truncate',
}
const budget: ReferralCap = { ...twelve, id: 'budget' as CapId, per: 'everyone', counts: 'units', limit: 1_000 }
const fresh: ReferralCapUsage = { version: 0, used: [] }

describe('S54 a cap of twelve referrals', () => {
  test('S54 the thirteenth is limited, uses nothing and does not count', () => {
    let usage = fresh
    const claims = Array.from({ length: 13 }, () => {
      const claim = claimReferralCaps([twelve], usage, 500)
      usage = unwrap(applyReferralClaim(usage, claim))
      return claim
    })
    expect(claims.map(({ granted }) => granted)).toEqual([...Array.from({ length: 12 }, () => 500), 0])
    expect(claims[12]).toMatchObject({ capLimited: true, limitedBy: ['twelve'], desired: 500, uses: [] })
    expect(usage.used).toEqual([{ cap: 'twelve', uses: 12 }])
  })

  test('S54 two claims of one version: the second one is a conflict, and is claimed again', () => {
    const first = claimReferralCaps([twelve], fresh, 500)
    const second = claimReferralCaps([twelve], fresh, 500)
    const usage = unwrap(applyReferralClaim(fresh, first))
    expect(applyReferralClaim(usage, second)).toMatchObject({
      left: { _tag: 'ReferralUsageConflict', version: 1, expectedVersion: 0 },
    })
    expect(applyReferralClaim(usage, claimReferralCaps([twelve], usage, 500))._tag).toBe('Right')
  })
})

describe('a budget of 1,000 units', () => {
  const usage = { version: 3, used: [{ cap: budget.id, uses: 900 }] }

  test('S10 of what does not fit there is what fits, or nothing', () => {
    expect(claimReferralCaps([budget], usage, 150)).toMatchObject({ granted: 100, capLimited: true })
    expect(claimReferralCaps([{ ...budget, onExceed: 'reject' }], usage, 150)).toMatchObject({ granted: 0, uses: [] })
    expect(claimReferralCaps([budget], usage, 100)).toMatchObject({ granted: 100, capLimited: false, limitedBy: [] })
  })

  test('one that is overdrawn, after it was lowered, has no room', () => {
    expect(claimReferralCaps([{ ...budget, limit: 500 }], usage, 1)).toMatchObject({ granted: 0, capLimited: true })
  })

  test('what is used of caps that are not asked stays', () => {
    const claim = claimReferralCaps([twelve], usage, 5)
    expect(unwrap(applyReferralClaim(usage, claim)).used).toEqual([
      { cap: 'budget', uses: 900 },
      { cap: 'twelve', uses: 1 },
    ])
  })
})

const desired = fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 4_000 }))

test('never more than a limit has room for, in any order of the caps', () => {
  fc.assert(
    fc.property(referralCapsArbitrary, usageArbitrary, desired, (caps, usage, wanted) => {
      const claim = claimReferralCaps(frozen(caps), frozen(usage), wanted)
      const turned = claimReferralCaps([...caps].reverse(), usage, wanted)
      expect([turned.granted, [...turned.limitedBy].sort()]).toEqual([claim.granted, [...claim.limitedBy].sort()])
      expect(claim.granted).toBeLessThanOrEqual(wanted)
      const before = new Map(usage.used.map(({ cap, uses }) => [cap, uses]))
      const after = new Map(unwrap(applyReferralClaim(usage, claim)).used.map(({ cap, uses }) => [cap, uses]))
      for (const { id, limit } of caps) {
        expect(after.get(id) ?? 0).toBeLessThanOrEqual(Math.max(limit, before.get(id) ?? 0))
      }
      if (!claim.capLimited) expect(claim.granted).toBe(wanted)
    }),
  )
})

test('totals that are paid stay within the budget, whatever comes', () => {
  const claims = fc.array(fc.tuple(desired, fc.boolean()), { size: 'large' })
  fc.assert(
    fc.property(fc.nat({ max: 6_000 }), fc.constantFrom('truncate', 'reject'), claims, (limit, onExceed, all) => {
      let usage = fresh
      let paid = 0
      for (const [wanted, reversed] of all) {
        const claim = claimReferralCaps([{ ...budget, limit, onExceed }], usage, wanted)
        usage = unwrap(applyReferralClaim(usage, claim))
        if (reversed) usage = releaseReferralUses(usage, claim.uses)
        else paid += claim.granted
        expect(paid).toBeLessThanOrEqual(limit)
      }
      expect(usage.used.reduce((sum, { uses }) => sum + uses, 0)).toBe(paid)
    }),
  )
})

test('a reversal restores what was used', () => {
  fc.assert(
    fc.property(referralCapsArbitrary, usageArbitrary, desired, (caps, usage, wanted) => {
      const claim = claimReferralCaps(caps, usage, wanted)
      const back = releaseReferralUses(unwrap(applyReferralClaim(usage, claim)), claim.uses)
      expect(back).toEqual({ version: usage.version + 2, used: usage.used })
    }),
  )
})

test('what was never used cannot be given back', () => {
  expect(releaseReferralUses(fresh, [{ cap: budget.id, uses: 5 }])).toEqual({ version: 1, used: [] })
})
