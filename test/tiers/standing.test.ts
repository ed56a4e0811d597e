import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCivilDate, periodInterval, utc } from '../../src/foundation/index.ts'
import { countQualifying, firstStanding, qualificationPeriod, Standing } from '../../src/tiers/index.ts'
import { ladderArbitrary, standingArbitrary } from '../arbitraries/tiers.ts'
import { instantIn, wildZoneArbitrary, zoneArbitrary } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, gold } from './ladders.ts'

codecLaws('Standing', Standing, standingArbitrary)

describe('qualificationPeriod', () => {
  const moments = fc
    .oneof({ arbitrary: zoneArbitrary, weight: 2 }, { arbitrary: wildZoneArbitrary, weight: 1 })
    .chain((zone) => fc.tuple(fc.constant(zone), instantIn(zone), fc.nat({ max: 200_000_000 })))

  test('holds the instant, and never goes back in time', () => {
    fc.assert(
      fc.property(ladderArbitrary, moments, (ladder, [zone, instant, more]) => {
        const period = qualificationPeriod(ladder, zone, instant)
        const { from, until } = periodInterval(zone, period)
        expect(from <= instant && instant < until).toBe(true)
        const later = qualificationPeriod(ladder, zone, (instant + more) as typeof instant)
        expect(later.from).toBeGreaterThanOrEqual(period.from)
      }),
    )
  })

  test('is the calendar year', () => {
    const { from, until } = qualificationPeriod(gold, utc, at('2026-12-31T23:59:59.999Z'))
    expect([from, until].map(formatCivilDate)).toEqual(['2026-01-01', '2027-01-01'])
  })
})

describe('firstStanding', () => {
  test('is on the first tier, for ever, with nothing counted', () => {
    const joined = at('2026-03-10T00:00:00Z')
    expect(firstStanding(gold, utc, joined)).toEqual({
      ladder: 'status',
      tier: 'basic',
      since: joined,
      validUntil: null,
      periodFrom: qualificationPeriod(gold, utc, joined).from,
      qualifying: 0,
    })
  })

  test('has no tier where the ladder has none', () => {
    expect(firstStanding({ ...gold, tiers: [] }, utc, at('2026-03-10T00:00:00Z')).tier).toBe('')
  })
})

describe('countQualifying', () => {
  const joined = firstStanding(gold, utc, at('2026-03-10T00:00:00Z'))
  const count = (standing: Standing, text: string, points: number) =>
    countQualifying(gold, utc, standing, at(text), points)

  test('sums the points of a period, and starts from zero in the next', () => {
    const spring = count(count(joined, '2026-04-01T00:00:00Z', 100), '2026-12-31T23:59:59Z', 20)
    expect(spring.qualifying).toBe(120)
    expect(count(spring, '2027-01-01T00:00:00Z', 5)).toMatchObject({
      qualifying: 5,
      periodFrom: qualificationPeriod(gold, utc, at('2027-01-01T00:00:00Z')).from,
    })
  })

  test('points taken back count in the period in which they were earned', () => {
    const spring = count(joined, '2026-04-01T00:00:00Z', 100)
    expect(count(spring, '2026-04-01T00:00:00Z', -30).qualifying).toBe(70)
    const next = count(spring, '2027-02-01T00:00:00Z', 40)
    expect(count(next, '2026-04-01T00:00:00Z', -30)).toBe(next)
  })

  test('never counts below zero', () => {
    expect(count(joined, '2026-04-01T00:00:00Z', -30).qualifying).toBe(0)
  })
})
