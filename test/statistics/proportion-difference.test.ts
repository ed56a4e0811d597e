import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import { compareProportions, type Proportion } from '../../src/statistics/index.ts'

const proportionArbitrary: fc.Arbitrary<Proportion> = fc
  .integer({ min: 1, max: 10_000 })
  .chain((trials) => fc.record({ trials: fc.constant(trials), successes: fc.integer({ min: 0, max: trials }) }))

const swapped = ({ successes, trials }: Proportion): Proportion => ({ trials, successes: trials - successes })

describe('compareProportions', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('the published interval of %i/%i less %i/%i', (a, m, b, n, lower, upper) => {
    const { interval } = unwrap(compareProportions({ successes: b, trials: n }, { successes: a, trials: m }))
    expect(interval.lower).toBeCloseTo(lower, 4)
    expect(interval.upper).toBeCloseTo(upper, 4)
  })

  test('contains the difference, turns round with its sides, and mirrors with what is counted', () => {
    fc.assert(
      fc.property(proportionArbitrary, proportionArbitrary, (first, second) => {
        const forth = unwrap(compareProportions(first, second))
        const back = unwrap(compareProportions(second, first))
        const mirrored = unwrap(compareProportions(swapped(first), swapped(second)))
        expect(forth.interval.lower).toBeLessThanOrEqual(forth.difference)
        expect(forth.interval.upper).toBeGreaterThanOrEqual(forth.difference)
        for (const other of [back, mirrored]) {
          expect(other.difference).toBeCloseTo(-forth.difference, 12)
          expect(other.interval.lower).toBeCloseTo(-forth.interval.upper, 12)
          expect(other.interval.upper).toBeCloseTo(-forth.interval.lower, 12)
          expect(other.p === null).toBe(forth.p === null)
          expect(other.p ?? 0).toBeCloseTo(forth.p ?? 0, 10)
        }
      }),
    )
  })

  test('nothing is said of a test where nothing varies', () => {
    const { z, p, standardError, difference } = unwrap(
      compareProportions({ successes: 0, trials: 3 }, { successes: 0, trials: 5 }),
    )
    expect([z, p, standardError, difference]).toEqual([null, null, 0, 0])
  })

  test('each fault is told where it is', () => {
    const good = { successes: 1, trials: 2 }
    const pathOf = (first: Proportion, second: Proportion, confidence?: number): string => {
      const result = compareProportions(first, second, confidence)
      return result._tag === 'Left' ? `${result.left._tag} ${formatPath(result.left.path)}` : ''
    }
    expect(pathOf({ successes: 0, trials: 0 }, good)).toBe('EmptySample first.trials')
    expect(pathOf(good, { successes: 3, trials: 2 })).toBe('OutOfRange second.successes')
    expect(pathOf(good, { successes: 0.5, trials: 2 })).toBe('InvalidValue second.successes')
    expect(pathOf(good, good, 1)).toBe('OutOfRange confidence')
  })
})
