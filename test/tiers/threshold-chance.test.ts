import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MetricId, meetsThreshold, type Threshold } from '../../src/tiers/index.ts'
import { thresholdChance } from '../../src/tiers/threshold-chance.ts'
import { ofPoints } from './ladders.ts'

const ids = ['a', 'b', 'c'].map((id) => id as MetricId)

const leaf: fc.Arbitrary<Threshold> = fc
  .tuple(fc.constantFrom(...ids), fc.integer({ min: 1, max: 5 }))
  .map(([metric, atLeast]) => ofPoints(atLeast, metric))

const threshold: fc.Arbitrary<Threshold> = fc
  .tuple(
    fc.constantFrom('all' as const, 'any' as const, 'some' as const),
    fc.array(leaf, { minLength: 1, maxLength: 4 }),
    fc.nat(),
  )
  .chain(([type, of, number]): fc.Arbitrary<Threshold> => {
    const whole: Threshold = type === 'some' ? { type, of, number: 1 + (number % of.length) } : { type, of }
    return fc.constantFrom(
      whole,
      { type: 'any', of: [whole, ofPoints(4, 'b' as MetricId)] },
      { type: 'all', of: [whole, ...of] },
    )
  })

/** Members of some population with their counts, all equally probable. */
const population = fc.array(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 }), fc.nat({ max: 6 })), {
  minLength: 1,
  maxLength: 12,
})

const countsOf = (member: ReadonlyArray<number>): ReadonlyMap<MetricId, number> =>
  new Map(ids.map((id, index) => [id, member[index] ?? 0]))

const chanceIn = (members: ReadonlyArray<ReadonlyArray<number>>, of: Threshold) => {
  const share = (met: Threshold): number =>
    members.filter((member) => meetsThreshold(met, countsOf(member))).length / members.length
  return { share: share(of), chance: thresholdChance(of, share) }
}

describe('thresholdChance', () => {
  test('whatever the metrics have to do with each other, the share that meets it is within the bounds', () => {
    fc.assert(
      fc.property(population, threshold, (members, of) => {
        const { share, chance } = chanceIn(members, of)
        expect(share).toBeGreaterThanOrEqual(chance.lower - 1e-12)
        expect(share).toBeLessThanOrEqual(chance.upper + 1e-12)
        expect(chance.lower).toBeLessThanOrEqual(chance.chance)
        expect(chance.chance).toBeLessThanOrEqual(chance.upper)
      }),
    )
  })

  test('where metrics rise together it is the share itself', () => {
    fc.assert(
      fc.property(population, threshold, (members, of) => {
        const columns = ids.map((_, index) => members.map((member) => member[index] ?? 0).sort((a, b) => a - b))
        const risen = members.map((_, rank) => columns.map((column) => column[rank] ?? 0))
        const { share, chance } = chanceIn(risen, of)
        expect(chance.chance).toBeCloseTo(share, 12)
      }),
    )
  })

  test('two of three with one half each: from one quarter to three quarters', () => {
    const of: Threshold = { type: 'some', number: 2, of: ids.map((id) => ofPoints(1, id)) }
    expect(thresholdChance(of, () => 0.5)).toEqual({ chance: 0.5, lower: 0.25, upper: 0.75 })
  })
})
