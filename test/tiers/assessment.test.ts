import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatInstant, type Instant, type TierId, utc } from '../../src/foundation/index.ts'
import { assessTier, countQualifying, firstStanding, type Ladder, type Standing } from '../../src/tiers/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import {
  type Career,
  careerArbitrary,
  ladderArbitrary,
  standingArbitrary,
  wildCareerArbitrary,
} from '../arbitraries/tiers.ts'
import { instantIn, realZone, zoneArbitrary } from '../arbitraries/time.ts'
import { careerByTheTerms, changeOf, type ModelStanding } from './career-model.ts'
import { at, gold, ladder, member, settled } from './ladders.ts'

const place = ({ tier, validUntil }: Standing) => [tier, validUntil === null ? null : formatInstant(validUntil)]

describe('S38 Gold reached on 10 March 2026', () => {
  const reached: ReadonlyArray<readonly [string, number]> = [['2026-03-10T12:00:00Z', 1000]]

  test('S38 valid to the end of next year: until 2028-01-01 local time', () => {
    const berlin = realZone('Europe/Berlin')
    expect(place(member(gold, reached))).toEqual(['gold', '2028-01-01T00:00:00Z'])
    expect(place(member(gold, reached, berlin))).toEqual(['gold', '2027-12-31T23:00:00Z'])
  })

  test('S38 valid to the end of the period: until 2027-01-01', () => {
    expect(place(member({ ...gold, validity: 'endOfPeriod' }, reached))).toEqual(['gold', '2027-01-01T00:00:00Z'])
  })

  test('S38 to the end of the period: then the points of the new one decide, of which there are none yet', () => {
    const own: Ladder = { ...gold, validity: 'endOfPeriod' }
    const end = at('2027-01-01T00:00:00Z')
    const { change, standing, qualifying } = assessTier(own, utc, member(own, reached), end)
    expect([change, standing.tier, qualifying]).toEqual(['downgraded', 'basic', 0])
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
    expect(assessed).toMatchObject({ change: 'renewed', from: 'gold', qualifying: 850, threshold: 800 })
    expect(place(assessed.standing)).toEqual(['gold', '2029-01-01T00:00:00Z'])
    expect(assessed.standing.since).toBe(at('2026-03-10T12:00:00Z'))
  })

  test('S42 falls, where it takes 1000 to keep as to reach', () => {
    const hard = ladder([['gold', 1000, 1000]])
    const assessed = assessTier(hard, utc, member(hard, earned), end)
    expect(assessed).toMatchObject({ change: 'downgraded', from: 'gold', qualifying: 850, threshold: 1000 })
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
    const tierWith = (points: number) => member(fine, [['2026-02-01T00:00:00Z', points]]).tier
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

describe('a ladder that was changed since', () => {
  const held = member(gold, [['2026-03-10T12:00:00Z', 1000]])

  test('a tier that it does not have any more counts as the first one: it can rise, and ends as a fall', () => {
    const renamed = ladder([['or', 1000, 800]])
    expect(settled(renamed, held, at('2026-04-01T00:00:00Z'))).toMatchObject({ tier: 'or' })
    const dear = ladder([['or', 5000, 800]])
    expect(assessTier(dear, utc, held, at('2026-04-01T00:00:00Z'))).toMatchObject({ change: 'none', threshold: 5000 })
    expect(assessTier(dear, utc, held, at('2028-01-01T00:00:00Z'))).toMatchObject({
      change: 'downgraded',
      from: 'gold',
      standing: { tier: 'basic', validUntil: null, since: at('2028-01-01T00:00:00Z') },
    })
  })

  test('a validity that ends within a new period: the points of that period decide, and its end is the next', () => {
    const fiscal: Ladder = { ...gold, period: { unit: 'year', startMonth: 7, startDay: 1 } }
    const active = countQualifying(fiscal, utc, held, at('2027-09-01T00:00:00Z'), 900)
    expect(place(settled(fiscal, active, at('2028-01-01T00:00:00Z')))).toEqual(['gold', '2028-07-01T00:00:00Z'])
  })

  test('without tiers nothing ever changes', () => {
    const bare: Ladder = { ...gold, tiers: [] }
    const standing = firstStanding(bare, utc, at('2026-01-01T00:00:00Z'))
    expect(assessTier(bare, utc, standing, at('2026-04-01T00:00:00Z'))).toMatchObject({ change: 'none', standing })
    expect(assessTier(bare, utc, held, at('2028-01-01T00:00:00Z')).standing).toMatchObject({ tier: 'gold' })
  })
})

describe('a clock that is set back across midnight', () => {
  // St John's set its clocks back at 00:01 on 1 November 2009, to 23:01 on 31 October.
  const stJohns = realZone('America/St_Johns')
  const midnight = at('2009-11-01T02:30:00Z')
  const monthly: Ladder = { ...gold, period: { unit: 'month' }, validity: 'endOfPeriod' }

  test('a found one: the evening that comes a second time belongs to the new month, once and for all', () => {
    const first = firstStanding(monthly, stJohns, at('2009-10-01T12:00:00Z'))
    const minute = 60_000
    const october = countQualifying(monthly, stJohns, first, (midnight - minute) as Instant, 100)
    const november = countQualifying(monthly, stJohns, october, (midnight + minute / 2) as Instant, 10)
    const evening = countQualifying(monthly, stJohns, november, (midnight + 30 * minute) as Instant, 5)
    expect([first, october, november, evening].map(({ qualifying }) => qualifying)).toEqual([0, 100, 10, 15])
  })

  test('a found one: a validity that ends in that evening is renewed beyond it, not before it', () => {
    const ending = (midnight + 1_800_000) as Instant
    const standing: Standing = { ...member(monthly, []), tier: 'gold' as TierId, validUntil: ending, qualifying: 900 }
    const { standing: renewed } = assessTier(
      monthly,
      stJohns,
      countQualifying(
        monthly,
        stJohns,
        { ...standing, periodFrom: (standing.periodFrom - 9999) as never },
        ending,
        900,
      ),
      ending,
    )
    expect(place(renewed)).toEqual(['gold', '2009-12-01T03:30:00Z'])
  })
})

test('a found one: rising under a shorter validity does not shorten what was promised', () => {
  const short: Ladder = { ...gold, validity: 'endOfPeriod' }
  const promised = at('2028-01-01T00:00:00Z')
  const standing: Standing = { ...member(short, [['2026-03-10T12:00:00Z', 10]]), validUntil: promised }
  const now = at('2026-04-01T00:00:00Z')
  const { change, standing: risen } = assessTier(short, utc, countQualifying(short, utc, standing, now, 1000), now)
  expect([change, risen.validUntil]).toEqual(['upgraded', promised])
})

test('a found one: a day that the zone skipped decides nothing', () => {
  // Samoa had no 30 December 2011: the 31st began where the 29th ended.
  const apia = realZone('Pacific/Apia')
  const daily: Ladder = { ...gold, period: { unit: 'day' }, validity: 'endOfPeriod' }
  const noon = at('2011-12-29T12:00:00-10:00')
  const joined = firstStanding(daily, apia, noon)
  const up = settled(daily, countQualifying(daily, apia, joined, noon, 1000), noon, apia)
  const end = at('2011-12-30T10:00:00Z')
  expect(up).toMatchObject({ tier: 'gold', validUntil: end })
  const longer: Ladder = { ...daily, validity: 'endOfNextPeriod' }
  expect(assessTier(longer, apia, up, end)).toMatchObject({ change: 'renewed', qualifying: 1000 })
  const tomorrow = settled(longer, countQualifying(longer, apia, joined, noon, 1000), noon, apia)
  expect(tomorrow.validUntil).toBe(at('2011-12-31T10:00:00Z'))
})

/** Where a member stands after each climb, by the library. */
const careerOf = ({ ladder: on, zone, start, climbs }: Career): ReadonlyArray<Standing> => {
  const earned: Parameters<typeof changeOf>[0] = []
  let standing = firstStanding(frozen(on), frozen(zone), start)
  return climbs.map((climb) => {
    standing = settled(on, frozen(standing), climb.at, zone)
    const { earnedAt, points } = changeOf(earned, climb)
    standing = frozen(countQualifying(on, zone, standing, earnedAt as Instant, points))
    standing = settled(on, standing, climb.at, zone)
    return standing
  })
}

describe('assessTier', () => {
  const expectByTheTerms = (career: Career): void => {
    const rankOf = (tier: TierId) => career.ladder.tiers.findIndex(({ id }) => id === tier)
    const standings = careerOf(career).map(
      ({ tier, since, validUntil }): ModelStanding => ({ tier: rankOf(tier), since, validUntil }),
    )
    expect(standings).toEqual(careerByTheTerms(career))
  }

  test('puts a member where the terms of the program say', () => {
    fc.assert(fc.property(careerArbitrary, expectByTheTerms))
  })

  test('also where clocks are set as wildly as a table of a zone can say', () => {
    fc.assert(fc.property(wildCareerArbitrary, expectByTheTerms))
  })

  test('says why: the points of the period decided against the threshold', () => {
    fc.assert(
      fc.property(careerArbitrary, ({ ladder: on, zone, climbs, start }) => {
        let standing = firstStanding(on, zone, start)
        for (const { at: now, points } of climbs) {
          standing = countQualifying(on, zone, settled(on, standing, now, zone), now, points)
          const { change, qualifying, threshold, from, standing: next } = assessTier(on, zone, standing, now)
          expect(from).toBe(standing.tier)
          expect(change === 'upgraded' || change === 'renewed').toBe(change !== 'none' && qualifying >= threshold)
          if (change === 'none') expect(next).toBe(standing)
          standing = next
        }
      }),
    )
  })

  test('comes to rest after at most three changes, and never goes back in time, whatever stands there', () => {
    const standings = zoneArbitrary.chain((zone) =>
      fc.tuple(fc.constant(zone), ladderArbitrary, standingArbitrary, instantIn(zone)),
    )
    fc.assert(
      fc.property(standings, fc.nat({ max: 4 }), ([zone, on, standing, asOf], rank) => {
        let now: Standing = { ...standing, tier: on.tiers[rank]?.id ?? standing.tier }
        let count = 0
        for (let change = ''; change !== 'none'; count += 1) {
          const assessed = assessTier(on, zone, now, asOf)
          const { validUntil } = assessed.standing
          expect(validUntil === null || now.validUntil === null || validUntil >= now.validUntil).toBe(true)
          now = assessed.standing
          change = assessed.change
        }
        expect(count).toBeLessThanOrEqual(4)
      }),
    )
  })
})
