import fc from 'fast-check'
import { right } from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'
import { formatError, type Instant, type MemberId } from '../../src/foundation/index.ts'
import { openReferral, Referral, ReferralConversion } from '../../src/referrals/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, conversionArbitrary, march1, referralArbitrary } from './terms.ts'

codecLaws('ReferralConversion', ReferralConversion, conversionArbitrary)
codecLaws('Referral', Referral, referralArbitrary)

const january = at('2026-01-01T00:00:00Z')
const touch = (referrer: string, referee: string, earlier: Instant = january, later: Instant = march1) =>
  openReferral({
    referrer: referrer as MemberId,
    referrerEnrolledAt: earlier,
    referee: referee as MemberId,
    refereeEnrolledAt: later,
  })

describe('openReferral', () => {
  test('opens a referral by a member who was there before', () => {
    expect(touch('anna', 'ben')).toEqual(
      right({ referrer: 'anna', openedAt: march1, status: 'open', conversion: null }),
    )
  })

  test('S49 SelfReferral: the very id, also one that names a member of every object', () => {
    for (const id of ['anna', '__proto__', 'constructor', '\ud800']) {
      expect(touch(id, id)).toMatchObject({ left: { _tag: 'SelfReferral', path: ['referrer'], member: id } })
    }
    expect(touch('Anna', 'anna')._tag).toBe('Right')
    expect(touch('__proto__', 'constructor')._tag).toBe('Right')
  })

  test('S50 ReferrerNotEarlier: a referrer who enrolled later, or at the same time', () => {
    const refused = touch('anna', 'ben', march1, january)
    expect(refused).toMatchObject({ left: { _tag: 'ReferrerNotEarlier', path: ['referrer'], referrer: 'anna' } })
    expect(touch('anna', 'ben', march1, march1)._tag).toBe('Left')
    expect(touch('anna', 'ben', (march1 - 1) as Instant, march1)._tag).toBe('Right')
    expect(refused._tag === 'Left' && formatError(refused.left)).toContain('a referrer who enrolled before the referee')
  })

  test('S50 whoever tries to refer whom, every chain of referrals comes to an end', () => {
    const people = fc.array(fc.nat({ max: 20 }), { minLength: 2, maxLength: 8 })
    const attempts = fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 })), { maxLength: 40 })
    fc.assert(
      fc.property(people, attempts, (enrolledAt, tries) => {
        const instant = (of: number) => (enrolledAt[of] ?? 0) as Instant
        const edges = tries.filter(([a, b]) => touch(`${a}`, `${b}`, instant(a), instant(b))._tag === 'Right')
        let ends = new Set(edges.map(([, referee]) => referee))
        for (let step = 0; step < 8; step += 1) {
          ends = new Set(edges.filter(([, referee]) => ends.has(referee)).map(([referrer]) => referrer))
        }
        expect([...ends]).toEqual([])
      }),
    )
  })
})
