import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type NpsSamplePlan, netPromoterScoreOfCounts, npsSampleSize } from '../../src/feedback/index.ts'
import { formatPath, unwrap } from '../../src/foundation/index.ts'

const planArbitrary: fc.Arbitrary<NpsSamplePlan> = fc
  .record({
    promoters: fc.nat({ max: 100 }),
    detractors: fc.nat({ max: 100 }),
    marginPoints: fc.integer({ min: 2, max: 60 }),
  })
  .map(({ promoters, detractors, marginPoints }) => ({
    promoterShare: promoters / 200,
    detractorShare: detractors / 200,
    marginPoints,
  }))

/** Half the width of the default interval, for shares of so many answers that need not be whole. */
const halfWidth = ({ promoterShare, detractorShare }: NpsSamplePlan, n: number, population?: number): number => {
  const [p, d] = [(n * promoterShare + 0.75) / (n + 3), (n * detractorShare + 0.75) / (n + 3)]
  const left = population === undefined ? 1 : (population - n) / (population - 1)
  return 100 * 1.959963984540054 * Math.sqrt(((p + d - (p - d) ** 2) / (n + 3)) * left)
}

describe('npsSampleSize', () => {
  test('is the least number of answers that is enough', () => {
    fc.assert(
      fc.property(planArbitrary, (plan) => {
        const { answers } = unwrap(npsSampleSize(plan))
        const first = Array.from({ length: answers + 1 }, (_, at) => at + 1).find(
          (n) => halfWidth(plan, n) <= plan.marginPoints,
        )
        expect(answers).toBe(first)
      }),
    )
  })

  test('a population makes it smaller, at most the population, and the least that is enough', () => {
    fc.assert(
      fc.property(planArbitrary, fc.integer({ min: 2, max: 2000 }), (plan, population) => {
        const { answers } = unwrap(npsSampleSize({ ...plan, population }))
        expect(answers).toBeLessThanOrEqual(Math.min(population, unwrap(npsSampleSize(plan)).answers))
        expect(halfWidth(plan, answers, population)).toBeLessThanOrEqual(plan.marginPoints + 1e-9)
        if (answers > 1) expect(halfWidth(plan, answers - 1, population)).toBeGreaterThan(plan.marginPoints - 1e-9)
        expect(unwrap(npsSampleSize({ ...plan, population: 1 })).answers).toBe(1)
      }),
    )
  })

  test('an answered plan has the margin', () => {
    const { answers } = unwrap(npsSampleSize({ promoterShare: 0.5, detractorShare: 0.25, marginPoints: 5 }))
    const quarter = Math.ceil(answers / 4)
    const counts = { detractors: quarter, passives: quarter, promoters: 2 * quarter }
    const { interval } = unwrap(netPromoterScoreOfCounts(counts))
    expect((interval.upper - interval.lower) / 2).toBeCloseTo(5, 1)
  })

  test('reports all faults', () => {
    const result = npsSampleSize({
      promoterShare: 1.2,
      detractorShare: Number.NaN,
      marginPoints: 0,
      confidence: 1,
      population: 0.5,
    })
    expect(result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []).toEqual([
      'promoterShare',
      'detractorShare',
      'marginPoints',
      'population',
      'confidence',
    ])
    expect(npsSampleSize({ promoterShare: 0.7, detractorShare: 0.5, marginPoints: 5 })._tag).toBe('Left')
  })
})
