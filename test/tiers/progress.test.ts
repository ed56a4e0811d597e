import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCivilDate, type TierId, utc } from '../../src/foundation/index.ts'
import { firstStanding, keepProgress, type Ladder, type MissingWay, tierProgress } from '../../src/tiers/index.ts'
import { ladderArbitrary } from '../arbitraries/tiers.ts'
import { instantIn } from '../arbitraries/time.ts'
import { at, ladder, member, points } from './ladders.ts'
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
})
