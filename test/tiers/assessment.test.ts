import { describe, expect, test } from 'vitest'
import { formatInstant, type Instant, utc } from '../../src/foundation/index.ts'
import { type Assessment, assessTier, firstStanding, type Ladder, type Standing } from '../../src/tiers/index.ts'
import { realZone } from '../arbitraries/time.ts'
import { at, earns, gold, ladder, member, ofPoints, points, settled } from './ladders.ts'

const pointsIn = ({ counts }: Assessment) => counts.get(points)

const place = ({ tier, validUntil }: Standing) => [tier, validUntil === null ? null : formatInstant(validUntil)]

describe('S38 Gold reached on 10 March 2026', () => {
  const reached: ReadonlyArray<readonly [string, number]> = [['2026-03-10T12:00:00Z', 1000]]

  test('S38 valid to the end of next year: until 2028-01-01 local time', () => {
    const berlin = realZone('Europe/Berlin')
    expect(place(member(gold, reached))).toEqual(['gold', '2028-01-01T00:00:00Z'])
    expect(place(member(gold, reached, berlin))).toEqual(['gold', '2027-12-31T23:00:00Z'])
  })

  test('S38 valid to the end of the period: until 2027-01-01', () => {
    expect(place(member({ ...gold, validity: { type: 'endOfPeriod' } }, reached))).toEqual([
      'gold',
      '2027-01-01T00:00:00Z',
    ])
  })

  test('S38 to the end of the period: then the points of the new one decide, of which there are none yet', () => {
    const own: Ladder = { ...gold, validity: { type: 'endOfPeriod' } }
    const end = at('2027-01-01T00:00:00Z')
    const { change, standing, counts } = assessTier(own, utc, member(own, reached), end)
    expect([change, standing.tier, counts.get(points)]).toEqual(['downgraded', 'basic', 0])
  })

  test('S38 a higher tier starts a validity of its own', () => {
    const both = ladder([
      ['gold', 1000, 800],
      ['platinum', 3000, 2000],
    ])
    const up = member(both, [...reached, ['2027-05-01T00:00:00Z', 3000]])
    expect(place(up)).toEqual(['platinum', '2029-01-01T00:00:00Z'])
    expect(up.since).toBe(at('2027-05-01T00:00:00Z'))
  })

  test('reaching it again in the year after changes nothing until the validity ends', () => {
    const again = member(gold, [...reached, ['2027-05-01T00:00:00Z', 1200]])
    expect([...place(again), formatInstant(again.since)]).toEqual([
      'gold',
      '2028-01-01T00:00:00Z',
      '2026-03-10T12:00:00Z',
    ])
    expect(place(settled(gold, again, at('2028-01-01T00:00:00Z')))).toEqual(['gold', '2029-01-01T00:00:00Z'])
  })
})

describe('S42 reached with 1000, and 850 earned in the year that decides', () => {
  const end = at('2028-01-01T00:00:00Z')
  const earned: ReadonlyArray<readonly [string, number]> = [
    ['2026-03-10T12:00:00Z', 1000],
    ['2027-06-01T12:00:00Z', 850],
  ]

  test('S42 keeps Gold, where 800 keep it', () => {
    const assessed = assessTier(gold, utc, member(gold, earned), end)
    expect(assessed).toMatchObject({ change: 'renewed', from: 'gold', threshold: ofPoints(800) })
    expect(pointsIn(assessed)).toBe(850)
    expect(place(assessed.standing)).toEqual(['gold', '2029-01-01T00:00:00Z'])
    expect(assessed.standing.since).toBe(at('2026-03-10T12:00:00Z'))
  })

  test('S42 falls, where it takes 1000 to keep as to reach', () => {
    const hard = ladder([['gold', 1000, 1000]])
    const assessed = assessTier(hard, utc, member(hard, earned), end)
    expect(assessed).toMatchObject({ change: 'downgraded', from: 'gold', threshold: ofPoints(1000) })
    expect(pointsIn(assessed)).toBe(850)
    expect(assessed.standing).toMatchObject({ tier: 'basic', validUntil: null, since: end })
  })

  test('S19 not before the validity ends', () => {
    const before = (end - 1) as Instant
    expect(assessTier(gold, utc, member(gold, earned.slice(0, 1)), before).change).toBe('none')
    expect(assessTier(gold, utc, member(gold, earned.slice(0, 1)), end).change).toBe('downgraded')
  })
})

describe('S41 Platinum 3000, Gold 2000, Silver 1000, and 200 earned', () => {
  const three = ladder([
    ['silver', 1000, 1000],
    ['gold', 2000, 2000],
    ['platinum', 3000, 3000],
  ])
  const end = at('2028-01-01T00:00:00Z')

  test('S41 by the level earned: at once to the first tier', () => {
    const poor = member(three, [
      ['2026-03-10T12:00:00Z', 3000],
      ['2027-06-01T12:00:00Z', 200],
    ])
    expect(place(settled(three, poor, end))).toEqual(['basic', null])
  })

  test('S41 by the level earned: to the highest tier that is kept', () => {
    const fair = member(three, [
      ['2026-03-10T12:00:00Z', 3000],
      ['2027-06-01T12:00:00Z', 2100],
    ])
    expect(place(settled(three, fair, end))).toEqual(['gold', '2029-01-01T00:00:00Z'])
  })
})

describe('S16 points earned in December that are active in January', () => {
  test('S16 count by the date on which they were earned', () => {
    const standing = member(gold, [
      ['2026-05-01T00:00:00Z', 900],
      ['2026-12-31T12:00:00Z', 200],
    ])
    expect(place(standing)).toEqual(['gold', '2028-01-01T00:00:00Z'])
  })

  test('S16 a purchase in the new year counts there', () => {
    const standing = member(gold, [
      ['2026-05-01T00:00:00Z', 900],
      ['2027-01-01T00:00:00Z', 200],
    ])
    expect(place(standing)).toEqual(['basic', null])
  })
})

describe('S46 thresholds are half-open', () => {
  test('S46 99.5 points of a wallet with one decimal are in the tier below 100, and nothing falls between', () => {
    const fine = ladder([
      ['silver', 1000, 1000],
      ['gold', 2500, 2500],
    ])
    const tierWith = (count: number) => member(fine, [['2026-02-01T00:00:00Z', count]]).tier
    expect([0, 995, 999, 1000, 1001, 2499, 2500, 9_007_199_254_740_991].map(tierWith)).toEqual([
      'basic',
      'basic',
      'basic',
      'silver',
      'silver',
      'silver',
      'gold',
      'gold',
    ])
  })
})

test('S12 a New York member is still in the old year at 02:00 UTC on 1 January', () => {
  const newYork = realZone('America/New_York')
  const earned: ReadonlyArray<readonly [string, number]> = [
    ['2026-05-01T00:00:00Z', 900],
    ['2027-01-01T02:00:00Z', 200],
  ]
  expect(member(gold, earned, newYork).tier).toBe('gold')
  expect(member(gold, earned).tier).toBe('basic')
})

describe('a clock that is set back across midnight', () => {
  // St John's set its clocks back at 00:01 on 1 November 2009, to 23:01 on 31 October.
  const stJohns = realZone('America/St_Johns')
  const midnight = at('2009-11-01T02:30:00Z')
  const monthly: Ladder = {
    ...gold,
    period: { type: 'calendar', calendar: { unit: 'month' } },
    validity: { type: 'endOfPeriod' },
  }
  const minute = 60_000
  const countOf = ({ counts }: Standing) => counts[0]?.buckets[0]?.count ?? 0

  test('a found one: the evening that comes a second time belongs to the new month, once and for all', () => {
    const first = firstStanding(monthly, stJohns, at('2009-10-01T12:00:00Z'))
    const october = earns(monthly, first, (midnight - minute) as Instant, 100, stJohns)
    const november = earns(monthly, october, (midnight + minute / 2) as Instant, 10, stJohns)
    const evening = earns(monthly, november, (midnight + 30 * minute) as Instant, 5, stJohns)
    expect([first, october, november, evening].map(countOf)).toEqual([0, 100, 10, 15])
  })

  test('a found one: a tier reached in that evening is valid to the end of the new month', () => {
    const first = firstStanding(monthly, stJohns, at('2009-10-01T12:00:00Z'))
    const up = earns(monthly, first, (midnight + 30 * minute) as Instant, 1000, stJohns)
    expect(place(up)).toEqual(['gold', '2009-12-01T03:30:00Z'])
  })
})

test('a found one: a day that the zone skipped decides nothing', () => {
  // Samoa had no 30 December 2011: the 31st began where the 29th ended.
  const apia = realZone('Pacific/Apia')
  const daily: Ladder = {
    ...gold,
    period: { type: 'calendar', calendar: { unit: 'day' } },
    validity: { type: 'endOfPeriod' },
  }
  const noon = at('2011-12-29T12:00:00-10:00')
  const up = earns(daily, firstStanding(daily, apia, noon), noon, 1000, apia)
  const end = at('2011-12-30T10:00:00Z')
  expect(up).toMatchObject({ tier: 'gold', validUntil: end })
  const longer: Ladder = { ...daily, validity: { type: 'endOfNextPeriod' } }
  const renewed = assessTier(longer, apia, up, end)
  expect([renewed.change, pointsIn(renewed)]).toEqual(['renewed', 1000])
  const tomorrow = earns(longer, firstStanding(longer, apia, noon), noon, 1000, apia)
  expect(tomorrow.validUntil).toBe(at('2011-12-31T10:00:00Z'))
})
