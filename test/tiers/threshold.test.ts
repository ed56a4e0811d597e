import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { impliesThreshold, leastCounts, type MetricId, meetsThreshold, type Threshold } from '../../src/tiers/index.ts'
import { anyThresholdArbitrary } from '../arbitraries/tiers.ts'
import { ofPoints } from './ladders.ts'

const a = 'a' as MetricId
const b = 'b' as MetricId

/** Thresholds small enough to try all counts. */
const small: fc.Arbitrary<Threshold> = fc.letrec<{ threshold: Threshold; leaf: Threshold }>((tie) => ({
  threshold: fc.oneof(
    { depthSize: 'small', maxDepth: 2 },
    tie('leaf'),
    fc.record({
      type: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('threshold'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('some' as const),
      number: fc.integer({ min: 1, max: 2 }),
      of: fc.array(tie('threshold'), { minLength: 2, maxLength: 3 }),
    }),
  ),
  leaf: fc
    .record({ metric: fc.constantFrom(a, b), atLeast: fc.integer({ min: 1, max: 4 }) })
    .map((of): Threshold => ({ type: 'count', ...of })),
})).threshold

const grid = [0, 1, 2, 3, 4].flatMap((first) =>
  [0, 1, 2, 3, 4].map(
    (second) =>
      new Map([
        [a, first],
        [b, second],
      ]),
  ),
)

describe('thresholds', () => {
  test('exactly so much is enough; what is not counted is 0', () => {
    expect(meetsThreshold(ofPoints(5, a), new Map([[a, 5]]))).toBe(true)
    expect(meetsThreshold(ofPoints(5, a), new Map([[a, 4]]))).toBe(false)
    expect(meetsThreshold(ofPoints(5, a), new Map())).toBe(false)
  })

  test('n of several', () => {
    const two: Threshold = { type: 'some', number: 2, of: [ofPoints(1, a), ofPoints(1, b), ofPoints(5, a)] }
    expect(grid.filter((counts) => meetsThreshold(two, counts)).length).toBe(16)
    expect(leastCounts(two).map((way) => [...way])).toEqual([
      [
        [a, 1],
        [b, 1],
      ],
      [[a, 5]],
    ])
  })

  test('more never harms', () => {
    fc.assert(
      fc.property(anyThresholdArbitrary, fc.nat({ max: 9 }), fc.nat({ max: 9 }), (threshold, count, more) => {
        const metrics = [
          'points',
          'orders',
          'months',
          'life',
          'tenure',
          '__proto__',
        ] as unknown as ReadonlyArray<MetricId>
        const of = (each: number) => new Map(metrics.map((metric) => [metric, each]))
        if (meetsThreshold(threshold, of(count))) expect(meetsThreshold(threshold, of(count + more))).toBe(true)
      }),
    )
  })

  test('the least counts are the smallest of all counts that meet it', () => {
    fc.assert(
      fc.property(small, (threshold) => {
        const least = leastCounts(threshold)
        for (const counts of grid) {
          const covers = least.some((way) => [...way].every(([metric, count]) => (counts.get(metric) ?? 0) >= count))
          expect(covers).toBe(meetsThreshold(threshold, counts))
        }
        for (const way of least) {
          for (const [metric, count] of way) {
            expect(meetsThreshold(threshold, new Map([...way, [metric, count - 1]]))).toBe(false)
          }
        }
      }),
    )
  })

  test('one implies another exactly where all counts that meet it meet the other', () => {
    fc.assert(
      fc.property(small, small, (one, other) => {
        const follows = grid.every((counts) => !meetsThreshold(one, counts) || meetsThreshold(other, counts))
        expect(impliesThreshold(one, other)).toBe(follows)
      }),
    )
  })
})
