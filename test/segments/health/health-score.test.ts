import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/foundation/index.ts'
import { type HealthMeasure, healthScore } from '../../../src/segments/index.ts'

const measuresArbitrary: fc.Arbitrary<ReadonlyArray<HealthMeasure>> = fc
  .array(fc.record({ score: fc.option(fc.integer({ min: 0, max: 100 })), weight: fc.integer({ min: 0, max: 10 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((list) => list.map((one, index) => ({ name: `m${index}`, ...one })))

const tagsOf = (measures: ReadonlyArray<HealthMeasure>) => {
  const found = healthScore(measures)
  return found._tag === 'Left' ? found.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`.trim()) : []
}

describe('health', () => {
  test('is the mean of each unit of weight that is there', () => {
    fc.assert(
      fc.property(measuresArbitrary, (measures) => {
        const units = measures.flatMap(({ score, weight }) =>
          score === null ? [] : Array.from({ length: weight }, () => score),
        )
        const found = healthScore(measures)
        if (found._tag === 'Left') {
          expect(units).toEqual([])
          return
        }
        const { score, coverage, missing } = found.right
        expect(score).toBeCloseTo(units.reduce((sum, one) => sum + one, 0) / units.length, 9)
        expect(coverage).toBeCloseTo(units.length / measures.reduce((sum, { weight }) => sum + weight, 0), 12)
        expect(missing).toEqual(measures.filter((one) => one.score === null).map(({ name }) => name))
      }),
    )
  })

  test('lies between the least and the greatest measure, whatever is missing', () => {
    fc.assert(
      fc.property(measuresArbitrary, (measures) => {
        const found = healthScore(measures)
        fc.pre(found._tag === 'Right')
        const scores = measures.flatMap(({ score, weight }) => (score === null || weight === 0 ? [] : [score]))
        expect(unwrap(found).score).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-9)
        expect(unwrap(found).score).toBeLessThanOrEqual(Math.max(...scores) + 1e-9)
      }),
    )
  })

  test('health.na: what is missing is left out, not counted as 0', () => {
    const measures = [
      { name: 'a', score: 80, weight: 50 },
      { name: 'b', score: null, weight: 30 },
      { name: 'c', score: 100, weight: 20 },
    ]
    const { score, coverage } = unwrap(healthScore(measures))
    expect(score).toBeCloseTo(85.7142857142857, 12)
    expect(coverage).toBe(0.7)
  })

  test('has no score without measures, and refuses what is none', () => {
    expect(tagsOf([])).toEqual(['EmptySample'])
    expect(tagsOf([{ name: 'a', score: null, weight: 1 }])).toEqual(['EmptySample'])
    expect(tagsOf([{ name: 'a', score: 5, weight: 0 }])).toEqual(['ZeroDenominator'])
    expect(
      tagsOf([
        { name: 'a', score: 101, weight: -1 },
        { name: 'a', score: 1, weight: 1 },
      ]),
    ).toEqual(['OutOfRange 0.score', 'OutOfRange 0.weight', 'InvalidValue 1.name'])
  })
})
