import { describe, expect, test } from 'vitest'
import { decode, formatInstant, unwrap, utc } from '../../src/foundation/index.ts'
import { type ClaimId, firstStanding, type Ladder, StatusOffer, takeOffer } from '../../src/tiers/index.ts'
import { at, earns, ladder, ofPoints, settled } from './ladders.ts'

const json = {
  id: 'match',
  tier: 'gold',
  within: { amount: 90, unit: 'day' },
  during: 'tier',
  target: ofPoints(6),
  reward: { amount: 1, unit: 'year' },
  counts: 'offerAndLadder',
  onceWithin: null,
}

const offer = unwrap(decode(StatusOffer, json))
const on: Ladder = { ...ladder([['gold', 25, 20]]), offers: [offer] }
const start = at('2026-03-01T12:00:00Z')
const taken = { offer: offer.id, claim: 'm1' as ClaimId, reason: 'gold elsewhere' }

describe('StatusOffer', () => {
  test('every part is asked for; a trial takes at least a day', () => {
    for (const key of Object.keys(json)) {
      expect(decode(StatusOffer, { ...json, [key]: undefined })._tag).toBe('Left')
    }
    expect(decode(StatusOffer, { ...json, within: { amount: 0, unit: 'day' } })._tag).toBe('Left')
    expect(decode(StatusOffer, { ...json, within: { amount: 12, unit: 'hour' } })._tag).toBe('Left')
  })

  test('S47 a fast track gives the tier only with its target, then for its length', () => {
    const track: Ladder = { ...on, offers: [{ ...offer, during: 'nothing' }] }
    const trying = settled(track, unwrap(takeOffer(track, utc, firstStanding(track, utc, start), taken, start)), start)
    expect(trying.tier).toBe('basic')
    const done = earns(track, trying, at('2026-04-10T12:00:00Z'), 6)
    expect([done.tier, done.validUntil && formatInstant(done.validUntil)]).toEqual(['gold', '2027-04-10T00:00:00Z'])
  })

  test('S47 an offer that was taken is not taken again', () => {
    const once = settled(on, unwrap(takeOffer(on, utc, firstStanding(on, utc, start), taken, start)), start)
    const later = at('2026-09-01T00:00:00Z')
    expect(takeOffer(on, utc, settled(on, once, later), { ...taken, claim: 'm2' as ClaimId }, later)._tag).toBe('Left')
  })
})
