import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCivilDate, type TierId, utc } from '../../src/foundation/index.ts'
import { assessTier, countQualifying, firstStanding, tierProgress } from '../../src/tiers/index.ts'
import { careerArbitrary } from '../arbitraries/tiers.ts'
import { at, ladder, member } from './ladders.ts'

const three = ladder([
  ['silver', 1000, 800],
  ['gold', 2000, 1500],
])
const asOf = at('2026-06-01T00:00:00Z')

describe('tierProgress', () => {
  test('what is missing to each higher tier, and until when', () => {
    const progress = tierProgress(three, utc, member(three, [['2026-05-01T00:00:00Z', 400]]), asOf)
    expect(progress.map(({ tier, missing, before }) => [tier, missing, formatCivilDate(before)])).toEqual([
      ['silver', 600, '2027-01-01'],
      ['gold', 1600, '2027-01-01'],
    ])
  })

  test('nothing above the highest tier', () => {
    expect(tierProgress(three, utc, member(three, [['2026-05-01T00:00:00Z', 2000]]), asOf)).toEqual([])
  })

  test('points of an earlier period do not help', () => {
    const standing = member(three, [['2026-05-01T00:00:00Z', 400]])
    expect(tierProgress(three, utc, standing, at('2027-01-01T00:00:00Z')).map(({ missing }) => missing)).toEqual([
      1000, 2000,
    ])
  })

  test('a tier that the ladder does not have any more counts as the first one', () => {
    const standing = { ...member(three, []), tier: 'gone' as TierId }
    expect(tierProgress(three, utc, standing, asOf).map(({ tier }) => tier)).toEqual(['silver', 'gold'])
  })

  test('who earns what is missing, and no point less, reaches the tier', () => {
    fc.assert(
      fc.property(careerArbitrary, fc.nat(), ({ ladder: on, zone, start, climbs }, which) => {
        const [{ at: first, points: earned } = { at: start, points: 0 }] = climbs
        const counted = countQualifying(on, zone, firstStanding(on, zone, start), first, earned)
        const { standing } = assessTier(on, zone, counted, first)
        const progress = tierProgress(on, zone, standing, first)
        const goal = progress[which % Math.max(1, progress.length)]
        if (goal === undefined) return
        const tierWith = (points: number) =>
          assessTier(on, zone, countQualifying(on, zone, standing, first, points), first).standing.tier
        expect(tierWith(goal.missing)).toBe(goal.tier)
        expect(tierWith(goal.missing - 1)).not.toBe(goal.tier)
      }),
    )
  })
})
