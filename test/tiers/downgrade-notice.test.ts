import { describe, expect, test } from 'vitest'
import { type TierId, unwrap, utc } from '../../src/foundation/index.ts'
import { type ClaimId, claimTier, downgradeNotice } from '../../src/tiers/index.ts'
import { realZone } from '../arbitraries/time.ts'
import { at, gold, member, points, settled } from './ladders.ts'

const held = member(gold, [['2026-03-10T12:00:00Z', 1000]])

describe('downgradeNotice', () => {
  test('is due from the day on that is so many days before, to the last instant of the tier', () => {
    const notice = (when: string, days: number) => unwrap(downgradeNotice(gold, utc, held, at(when), days))
    expect(notice('2027-12-30T23:59:59Z', 1)).toBeNull()
    expect(notice('2027-12-31T00:00:00Z', 1)).toEqual({
      tier: 'gold',
      fallsTo: 'basic',
      at: at('2028-01-01T00:00:00Z'),
      noticeFrom: at('2027-12-31T00:00:00Z'),
      ways: [[{ metric: points, missing: 800 }]],
    })
    expect(notice('2027-12-31T23:59:59Z', 1)?.at).toBe(at('2028-01-01T00:00:00Z'))
  })

  test('days are those of the zone', () => {
    const zone = realZone('Pacific/Auckland')
    const standing = member(gold, [['2026-03-10T12:00:00Z', 1000]], zone)
    expect(unwrap(downgradeNotice(gold, zone, standing, at('2027-12-29T10:59:59Z'), 2))).toBeNull()
    expect(unwrap(downgradeNotice(gold, zone, standing, at('2027-12-29T11:00:00Z'), 2))?.noticeFrom).toBe(
      at('2027-12-29T11:00:00Z'),
    )
  })

  test('of a tier that was given nothing keeps it', () => {
    const start = at('2026-06-01T00:00:00Z')
    const claim = {
      id: 'c' as ClaimId,
      kind: 'paid',
      tier: 'gold' as TierId,
      until: at('2026-09-01T00:00:00Z'),
      reason: 'fee',
    } as const
    const standing = settled(gold, unwrap(claimTier(gold, utc, member(gold, []), claim, start)), start)
    expect(unwrap(downgradeNotice(gold, utc, standing, at('2026-08-25T00:00:00Z'), 7))).toMatchObject({
      fallsTo: 'basic',
      ways: [],
    })
  })

  test('a number of days that is none is refused', () => {
    for (const days of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 3_661]) {
      expect(downgradeNotice(gold, utc, held, at('2027-12-31T00:00:00Z'), days)).toMatchObject({
        left: { _tag: 'OutOfRange', path: ['days'] },
      })
    }
    expect(unwrap(downgradeNotice(gold, utc, held, at('2027-01-01T00:00:00Z'), 3_660))?.fallsTo).toBe('basic')
  })
})
