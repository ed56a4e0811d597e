import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../src/foundation/index.ts'
import { firstStanding, ladderFaults } from '../../src/tiers/index.ts'
import { type Career, careerArbitrary, wildCareerArbitrary } from '../arbitraries/tiers.ts'
import { careerOf, rankIn } from './career.ts'
import { careerDayByDay, type ModelStanding } from './daily-model.ts'
import { settled } from './ladders.ts'

const day = 86_400_000

describe('the library and the terms, day by day', () => {
  const expectByTheTerms = (career: Career): void => {
    const { ladder, zone, start } = career
    expect(ladderFaults(ladder)).toEqual([])
    const end = ((career.deeds[career.deeds.length - 1]?.at ?? start) + 800 * day) as Instant
    const standings = careerOf(career)
    const last = settled(ladder, standings[standings.length - 1] ?? firstStanding(ladder, zone, start), end, zone)
    const found = [...standings, last].map(
      ({ tier, since, validUntil }): ModelStanding => ({ tier: rankIn(ladder, tier), since, validUntil }),
    )
    expect(found).toEqual(careerDayByDay(career, end))
  }

  test('agree where a member stands', () => {
    fc.assert(fc.property(careerArbitrary, expectByTheTerms))
  })

  test('also where clocks are set as wildly as a table of a zone can say', () => {
    fc.assert(fc.property(wildCareerArbitrary, expectByTheTerms))
  })
})
