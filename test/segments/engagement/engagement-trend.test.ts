import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, unwrap } from '../../../src/foundation/index.ts'
import { type EngagementPoint, engagementTrend } from '../../../src/segments/index.ts'

const pointsArbitrary: fc.Arbitrary<ReadonlyArray<EngagementPoint>> = fc.array(
  fc.record({
    day: fc.integer({ min: 19_000, max: 20_000 }).map((day) => day as CivilDate),
    score: fc.integer({ min: 0, max: 100 }),
  }),
  { minLength: 3, maxLength: 20 },
)

/** The normal equations, straight from the sums. */
const slopeByHand = (points: ReadonlyArray<EngagementPoint>): number => {
  const n = points.length
  const sum = (pick: (point: EngagementPoint) => number) => points.reduce((total, point) => total + pick(point), 0)
  const x = (point: EngagementPoint) => point.day - 19_000
  const top = n * sum((p) => x(p) * p.score) - sum(x) * sum((p) => p.score)
  return top / (n * sum((p) => x(p) ** 2) - sum(x) ** 2)
}

const at = (scores: ReadonlyArray<number>) => scores.map((score, day) => ({ day: (20_000 + day) as CivilDate, score }))

describe('the trend of engagement', () => {
  test('is the slope of the line of least squares', () => {
    fc.assert(
      fc.property(pointsArbitrary, (points) => {
        const found = engagementTrend(points, { perDays: 1 })
        if (found._tag === 'Left') {
          expect(new Set(points.map(({ day }) => day)).size).toBe(1)
          return
        }
        const { change, interval, direction } = found.right
        expect(change).toBeCloseTo(slopeByHand(points), 8)
        expect(interval.lower).toBeLessThanOrEqual(change)
        expect(interval.upper).toBeGreaterThanOrEqual(change)
        expect(direction === 'unclear').toBe(interval.lower <= 0 && interval.upper >= 0)
      }),
    )
  })

  test('agrees with R: lm(c(80, 70, 61, 50) ~ 0:3), confint', () => {
    const { change, interval, perDays } = unwrap(engagementTrend(at([80, 70, 61, 50]), { perDays: 1 }))
    expect(change).toBeCloseTo(-9.9, 12)
    // residual sum 0.7 on 2 degrees, so the standard error is sqrt(0.35 / 5)
    expect(interval.lower).toBeCloseTo(-9.9 - 4.302652729911 * Math.sqrt(0.07), 9)
    expect(interval.upper).toBeCloseTo(-9.9 + 4.302652729911 * Math.sqrt(0.07), 9)
    expect(perDays).toBe(1)
  })

  test('has a direction once the interval leaves 0 out', () => {
    expect(unwrap(engagementTrend(at([10, 21, 29, 41]))).direction).toBe('rising')
    expect(unwrap(engagementTrend(at([41, 29, 21, 10]))).direction).toBe('falling')
    expect(unwrap(engagementTrend(at([10, 40, 10, 40]))).direction).toBe('unclear')
  })

  test('needs three days, scores of 0 to 100, and options that make sense', () => {
    const tags = (...args: Parameters<typeof engagementTrend>) => {
      const found = engagementTrend(...args)
      return found._tag === 'Left' ? found.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`.trim()) : []
    }
    const day = 20_000 as CivilDate
    expect(tags(at([1, 2]))).toEqual(['EmptySample'])
    expect(tags([1, 2, 3].map((score) => ({ day, score })))).toEqual(['ZeroDenominator'])
    expect(tags([...at([1, 101, 3]), { day: 0.5 as CivilDate, score: 1 }])).toEqual([
      'InvalidValue 1.score',
      'InvalidValue 3.day',
    ])
    expect(tags(at([1, 2, 3]), { perDays: 0, confidence: 1 })).toEqual(['OutOfRange perDays', 'OutOfRange confidence'])
  })
})
