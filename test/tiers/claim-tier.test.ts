import { describe, expect, test } from 'vitest'
import { formatInstant, type TierId, unwrap, utc } from '../../src/foundation/index.ts'
import {
  advanceStanding,
  type ClaimId,
  claimTier,
  countQualifying,
  downgradeNotice,
  explainStanding,
  extendTier,
  firstStanding,
  type Ladder,
  type OfferId,
  revokeClaim,
  type Standing,
  type StatusOffer,
  takeOffer,
} from '../../src/tiers/index.ts'
import { at, earns, gold, ladder, member, ofPoints, points, settled } from './ladders.ts'

const place = ({ tier, validUntil }: Standing) => [tier, validUntil === null ? null : formatInstant(validUntil)]

const start = at('2026-03-01T12:00:00Z')

const match: StatusOffer = {
  id: 'match' as OfferId,
  tier: 'gold' as TierId,
  within: { amount: 90, unit: 'day' },
  during: 'tier',
  target: ofPoints(6),
  reward: { amount: 1, unit: 'year' },
  counts: 'offerOnly',
  onceWithin: { amount: 5, unit: 'year' },
}

const offering = (change: Partial<StatusOffer> = {}): Ladder => ({
  ...ladder([['gold', 25, 20]]),
  offers: [{ ...match, ...change }],
})

const taken = { offer: match.id, claim: 'm1' as ClaimId, reason: 'gold elsewhere' }

const matched = (on: Ladder): Standing =>
  settled(on, unwrap(takeOffer(on, utc, firstStanding(on, utc, start), taken, start)), start)

describe('S47 Gold is matched for 90 days, to be kept with 6 nights', () => {
  test('S47 without them it ends', () => {
    const on = offering()
    expect(place(matched(on))).toEqual(['gold', '2026-05-30T00:00:00Z'])
    expect(settled(on, matched(on), at('2026-05-29T23:59:59Z')).tier).toBe('gold')
    expect(settled(on, matched(on), at('2026-05-30T00:00:00Z')).tier).toBe('basic')
  })

  test('S47 with them it is held for a year; they count on the ladder or not', () => {
    const nights = (on: Ladder) => {
      const some = earns(on, matched(on), at('2026-04-01T12:00:00Z'), 4)
      expect(place(some)).toEqual(['gold', '2026-05-30T00:00:00Z'])
      return earns(on, some, at('2026-04-10T12:00:00Z'), 2)
    }
    const apart = nights(offering())
    expect([place(apart), apart.counts]).toEqual([['gold', '2027-04-10T00:00:00Z'], []])
    const both = nights(offering({ counts: 'offerAndLadder' }))
    expect([place(both), both.counts[0]?.buckets[0]?.count]).toEqual([['gold', '2027-04-10T00:00:00Z'], 6])
  })

  test('S47 a return in the trial counts there, and what counted there alone takes nothing from the ladder later', () => {
    const on = offering()
    const some = earns(on, matched(on), at('2026-04-01T12:00:00Z'), 5)
    const back = { metric: points, count: -3, countedAt: at('2026-04-01T12:00:00Z') }
    const less = countQualifying(on, utc, some, back, at('2026-04-02T12:00:00Z'))
    expect(settled(on, earns(on, less, at('2026-04-10T12:00:00Z'), 1), at('2026-05-30T00:00:00Z')).tier).toBe('basic')
    const over = earns(on, settled(on, some, at('2026-06-01T00:00:00Z')), at('2026-06-01T00:00:00Z'), 7)
    const late = countQualifying(on, utc, over, back, at('2026-06-02T00:00:00Z'))
    expect(late.counts[0]?.buckets[0]?.count).toBe(7)
  })

  test('S47 once in five years', () => {
    const on = offering()
    const again = (when: string) => takeOffer(on, utc, settled(on, matched(on), at(when)), taken, at(when))
    const refused = again('2031-02-28T12:00:00Z')
    expect(refused._tag === 'Left' && refused.left).toMatchObject([
      { _tag: 'OfferUsed', again: at('2031-03-01T00:00:00Z') },
    ])
    expect(again('2031-03-01T00:00:00Z')._tag).toBe('Right')
    const unknown = takeOffer(gold, utc, firstStanding(gold, utc, start), taken, start)
    expect(unknown._tag === 'Left' && unknown.left[0]?._tag).toBe('UnknownOffer')
  })

  test('a fast track holds nothing until its target is met', () => {
    const on = offering({ during: 'nothing', counts: 'offerAndLadder' })
    expect(matched(on).tier).toBe('basic')
    expect(place(earns(on, matched(on), at('2026-04-01T12:00:00Z'), 6))).toEqual(['gold', '2027-04-01T00:00:00Z'])
  })
})

describe('a tier that is given', () => {
  const invitation = {
    id: 'i1' as ClaimId,
    kind: 'invitation',
    tier: 'gold' as TierId,
    until: null,
    reason: 'opening',
  } as const

  test('is held beside the earned one, until it is revoked or over', () => {
    const given = settled(gold, unwrap(claimTier(gold, utc, member(gold, []), invitation, start)), start)
    expect(place(given)).toEqual(['gold', null])
    const later = at('2026-08-01T00:00:00Z')
    expect(place(settled(gold, unwrap(revokeClaim(gold, utc, given, invitation.id, later)), later))).toEqual([
      'basic',
      null,
    ])
    const short = { ...invitation, until: later }
    const dated = settled(gold, unwrap(claimTier(gold, utc, member(gold, []), short, start)), start)
    expect(settled(gold, dated, later).tier).toBe('basic')
  })

  test('the highest of what speaks for a tier is held, for as long as the longest of that says', () => {
    const until = at('2029-06-01T00:00:00Z')
    const earned = member(gold, [['2026-02-01T00:00:00Z', 1000]])
    const both = settled(gold, unwrap(claimTier(gold, utc, earned, { ...invitation, until }, start)), start)
    expect(place(both)).toEqual(['gold', '2029-06-01T00:00:00Z'])
    const { reasons } = explainStanding(gold, utc, both, start)
    expect(reasons.map(({ by, decides }) => [by, decides])).toEqual([
      ['earned', true],
      ['invitation', true],
    ])
    expect(settled(gold, both, at('2028-01-01T00:00:00Z')).tier).toBe('gold')
    expect(settled(gold, both, until).tier).toBe('basic')
  })

  test('faults: a tier that is not there, an end before the beginning, a claim that is not there', () => {
    const wrong = claimTier(
      gold,
      utc,
      member(gold, []),
      { ...invitation, tier: 'basic' as TierId, until: start },
      start,
    )
    expect(wrong._tag === 'Left' && wrong.left.map(({ _tag }) => _tag)).toEqual(['UnknownTier', 'ClaimOver'])
    expect(revokeClaim(gold, utc, member(gold, []), invitation.id, start)._tag).toBe('Left')
  })
})

describe('a tier that is extended', () => {
  const held = member(gold, [['2026-02-01T00:00:00Z', 1000]])

  test('is assessed at the later instant', () => {
    const until = at('2028-07-01T00:00:00Z')
    const longer = unwrap(extendTier(gold, utc, held, until, start))
    expect(settled(gold, longer, at('2028-06-30T00:00:00Z'))).toMatchObject({ tier: 'gold' })
    expect(settled(gold, longer, until).tier).toBe('basic')
    expect(extendTier(gold, utc, held, at('2027-07-01T00:00:00Z'), start)._tag).toBe('Left')
    expect(extendTier(gold, utc, member(gold, []), until, start)._tag).toBe('Left')
  })
})

describe('notices', () => {
  const held = member(gold, [
    ['2026-02-01T00:00:00Z', 1000],
    ['2027-02-01T00:00:00Z', 300],
  ])

  test('60 days before the tier is lost, with what is missing', () => {
    expect(unwrap(downgradeNotice(gold, utc, held, at('2027-11-01T00:00:00Z'), 60))).toBeNull()
    expect(unwrap(downgradeNotice(gold, utc, held, at('2027-11-02T00:00:00Z'), 60))).toMatchObject({
      tier: 'gold',
      fallsTo: 'basic',
      at: at('2028-01-01T00:00:00Z'),
      noticeFrom: at('2027-11-02T00:00:00Z'),
      ways: [[{ metric: points, missing: 500 }]],
    })
  })

  test('none for who keeps it', () => {
    const safe = earns(gold, held, at('2027-10-01T00:00:00Z'), 500)
    expect(unwrap(downgradeNotice(gold, utc, safe, at('2027-12-31T00:00:00Z'), 60))).toBeNull()
    expect(advanceStanding(gold, utc, safe, at('2028-01-01T00:00:00Z')).standing.tier).toBe('gold')
  })
})
