import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, formatCivilDate, type Instant, startOfDay, type TierId, utc } from '../../src/foundation/index.ts'
import {
  advanceStanding,
  countQualifying,
  firstStanding,
  keepProgress,
  type Ladder,
  type MissingWay,
  type Standing,
  type TierProgress,
  tierProgress,
} from '../../src/tiers/index.ts'
import { type Career, careerArbitrary, ladderArbitrary, ordersId } from '../arbitraries/tiers.ts'
import { instantIn } from '../arbitraries/time.ts'
import { careerOf, rankIn } from './career.ts'
import { at, earns, ladder, member, points, settled } from './ladders.ts'
import { highestReachedOf } from './tiers-of-counts.ts'

const three = ladder([
  ['silver', 1000, 800],
  ['gold', 2000, 1500],
])
const asOf = at('2026-06-01T00:00:00Z')

describe('tierProgress', () => {
  test('what is missing to each higher tier, and until when', () => {
    const progress = tierProgress(three, utc, member(three, [['2026-05-01T00:00:00Z', 400]]), asOf)
    expect(
      progress.map(({ tier, ways, before }) => [tier, ways, before === null ? null : formatCivilDate(before)]),
    ).toEqual([
      ['silver', [[{ metric: points, missing: 600 }]], '2027-01-01'],
      ['gold', [[{ metric: points, missing: 1600 }]], '2027-01-01'],
    ])
  })

  test('S43 where thresholds are used up, what the tiers between use up is missing as well', () => {
    const on: Ladder = { ...three, policy: { consumption: 'deduct' } }
    const missing = (standing: Standing) =>
      tierProgress(on, utc, standing, asOf).map(({ ways }) => ways[0]?.[0]?.missing)
    expect(missing(member(on, [['2026-05-01T00:00:00Z', 400]]))).toEqual([600, 2600])
    const silver = member(on, [['2026-05-01T00:00:00Z', 1200]])
    expect(missing(silver)).toEqual([1800])
    expect(earns(on, silver, asOf, 1799).tier).toBe('silver')
    expect(earns(on, silver, asOf, 1800).tier).toBe('gold')
  })

  test('nothing above the highest tier', () => {
    expect(tierProgress(three, utc, member(three, [['2026-05-01T00:00:00Z', 2000]]), asOf)).toEqual([])
  })

  test('points of an earlier period do not help', () => {
    const standing = member(three, [['2026-05-01T00:00:00Z', 400]])
    expect(
      tierProgress(three, utc, standing, at('2027-01-01T00:00:00Z')).map(({ ways }) => ways[0]?.[0]?.missing),
    ).toEqual([1000, 2000])
  })

  test('a tier that the ladder does not have any more counts as the first one', () => {
    const before = member(three, [])
    const standing = { ...before, earned: { ...before.earned, tier: 'gone' as TierId } }
    expect(tierProgress(three, utc, standing, asOf).map(({ tier }) => tier)).toEqual(['silver', 'gold'])
  })

  test('who does what is missing in one of the ways reaches the tier, and with less does not', () => {
    const expectLeast = (on: Ladder, rank: number, way: MissingWay): void => {
      const counts = Object.fromEntries(way.map(({ metric, missing }) => [metric, missing]))
      expect(highestReachedOf(on, counts)).toBeGreaterThanOrEqual(rank)
      for (const { metric, missing } of way) {
        expect(highestReachedOf(on, { ...counts, [metric]: missing - 1 })).toBeLessThan(rank)
      }
    }
    fc.assert(
      fc.property(ladderArbitrary, instantIn(utc), (on, start) => {
        for (const { tier, ways } of tierProgress(on, utc, firstStanding(on, utc, start), start)) {
          const rank = on.tiers.findIndex(({ id }) => id === tier)
          for (const way of ways) expectLeast(on, rank, way)
        }
      }),
    )
  })
})

describe('keepProgress', () => {
  const silver = member(three, [['2026-05-01T00:00:00Z', 1000]])

  test('S42 what is missing to keep the tier, in the year that decides', () => {
    const first = keepProgress(three, utc, silver, asOf)
    expect(first).toMatchObject({ tier: 'silver', to: 'keep', ways: [[{ metric: points, missing: 800 }]] })
    const next = member(three, [
      ['2026-05-01T00:00:00Z', 1000],
      ['2027-03-01T00:00:00Z', 300],
    ])
    expect(keepProgress(three, utc, next, at('2027-04-01T00:00:00Z'))?.ways).toEqual([
      [{ metric: points, missing: 500 }],
    ])
  })

  test('nothing for the first tier', () => {
    expect(keepProgress(three, utc, member(three, []), asOf)).toBeNull()
  })

  test('an empty way where nothing is missing', () => {
    const enough = member(three, [
      ['2026-05-01T00:00:00Z', 1000],
      ['2027-03-01T00:00:00Z', 900],
    ])
    expect(keepProgress(three, utc, enough, at('2027-04-01T00:00:00Z'))?.ways).toEqual([[]])
  })

  const shown = (on: Ladder, standing: Standing, when: string) => {
    const progress = keepProgress(on, utc, standing, at(when))
    const before = progress?.before ?? null
    return [progress?.ways.map((way) => way[0]?.missing ?? 0), before === null ? null : formatCivilDate(before)]
  }

  test('by the end of the validity, where that is before the end of the period', () => {
    const on: Ladder = { ...three, validity: { type: 'term', length: { amount: 12, unit: 'month' } } }
    const up = member(on, [['2026-05-01T00:00:00Z', 1000]])
    expect(shown(on, up, '2026-06-01T00:00:00Z')).toEqual([[800], '2027-05-01'])
  })

  test('of the last so many days, what will be over by then is missing', () => {
    const rolling = { type: 'rolling', length: { amount: 12, unit: 'month' } } as const
    const on: Ladder = { ...three, period: rolling, validity: { type: 'term', length: { amount: 12, unit: 'month' } } }
    const up = member(on, [
      ['2026-05-01T00:00:00Z', 1000],
      ['2026-05-02T00:00:00Z', 300],
    ])
    expect(shown(on, up, '2026-06-01T00:00:00Z')).toEqual([[500], '2027-05-01'])
  })

  test('by the end of a time in which nobody is lowered, where the validity ends in one', () => {
    const until = at('2028-07-01T00:00:00Z')
    const on: Ladder = { ...three, suspensions: [{ from: at('2027-12-01T00:00:00Z'), until }] }
    const up = member(on, [['2026-05-01T00:00:00Z', 1000]])
    expect(shown(on, up, '2026-06-01T00:00:00Z')).toEqual([[800], '2028-07-01'])
    expect(settled(on, earns(on, up, at('2027-05-01T00:00:00Z'), 800), until).tier).toBe('basic')
    expect(settled(on, earns(on, up, at('2028-06-30T00:00:00Z'), 800), until).tier).toBe('silver')
  })

  test('no way is left where the period that decides has only begun then', () => {
    const on: Ladder = { ...three, validity: { type: 'endOfPeriod' } }
    const up = member(on, [['2026-05-01T00:00:00Z', 1900]])
    expect(shown(on, up, '2026-06-01T00:00:00Z')).toEqual([[], '2027-01-01'])
    expect(settled(on, up, at('2027-01-01T00:00:00Z')).tier).toBe('basic')
  })

  test('in a grace, by its end', () => {
    const on: Ladder = { ...three, policy: { grace: { length: { amount: 2, unit: 'month' }, from: 'tierExpiry' } } }
    const up = settled(on, member(on, [['2026-05-01T00:00:00Z', 1000]]), at('2028-01-01T00:00:00Z'))
    expect(shown(on, up, '2028-01-15T00:00:00Z')).toEqual([[800], '2028-03-01'])
    expect(earns(on, up, at('2028-02-29T23:59:59Z'), 800).validUntil).toBe(at('2029-01-01T00:00:00Z'))
  })

  const bring = ({ ladder: on, zone }: Career, standing: Standing, way: MissingWay, when: Instant): Standing =>
    way.reduce(
      (now, { metric, missing }) => countQualifying(on, zone, now, { metric, count: missing, countedAt: when }),
      settled(on, standing, when, zone),
    )

  const expectKept = (on: Ladder, before: Standing, after: Standing): void => {
    const raised = rankIn(on, after.earned.tier) - rankIn(on, before.earned.tier)
    expect(raised).toBeGreaterThanOrEqual(0)
    // Time alone can have raised it further, to a tier that is then not kept.
    if (raised === 0) expect(after.grace).toBeNull()
  }

  const canBeDone = (way: MissingWay): boolean => way.every(({ metric }) => metric === points || metric === ordersId)

  /** The first and the last day on which what is done counts; in a grace it does at once. */
  const momentsOf = ({ zone }: Career, { grace }: Standing, { from, before }: TierProgress, now: Instant) => {
    const first = from === null ? now : startOfDay(zone, from)
    const last = before === null ? now : startOfDay(zone, addDays(before, -1))
    return grace !== null || last < first ? [first] : [first, last]
  }

  const expectWaysKeep = (career: Career, standing: Standing, progress: TierProgress, now: Instant): void => {
    const { ladder: on, zone } = career
    const end = standing.grace === null ? standing.earned.validUntil : null
    for (const when of momentsOf(career, standing, progress, now)) {
      for (const way of progress.ways.filter(canBeDone)) {
        expectKept(on, standing, settled(on, bring(career, standing, way, when), end ?? when, zone))
      }
    }
  }

  test('who does what is missing keeps the tier, and who does nothing does not', () => {
    const look = (career: Career): void => {
      const { ladder: on, zone, deeds } = career
      const standing = careerOf(career).at(-1)
      const last = deeds.at(-1)?.at
      const validUntil = standing?.earned.validUntil ?? null
      if (standing === undefined || last === undefined || validUntil === null) return
      const progress = keepProgress(on, zone, standing, last)
      if (progress === null) return
      expectWaysKeep(career, standing, progress, last)
      const { assessments } = advanceStanding(on, zone, standing, validUntil)
      const isRenewed = assessments.some(({ change }) => change === 'renewed')
      const isKept = on.policy?.downgrade === 'never' || progress.ways.some((way) => way.length === 0)
      expect(isRenewed && !isKept).toBe(false)
    }
    fc.assert(fc.property(careerArbitrary, look))
  })
})
