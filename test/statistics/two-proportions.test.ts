import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { compareProportions, proportionSampleSize } from '../../src/statistics/index.ts'

const sample = fc
  .tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }))
  .filter(([successes, failures]) => successes + failures > 0)
  .map(([successes, failures]) => ({ successes, trials: successes + failures }))

describe('compareProportions', () => {
  test("has Newcombe's published intervals of his method 10", () => {
    // R. G. Newcombe (1998), table II: 56/70 − 48/80, 9/10 − 3/10, 10/10 − 0/10.
    const cases = [
      [56, 70, 48, 80, 0.0524, 0.3339],
      [9, 10, 3, 10, 0.1705, 0.809],
      [10, 10, 0, 10, 0.6075, 1],
    ] as const
    for (const [a, m, b, n, lower, upper] of cases) {
      const { newcombe } = unwrap(compareProportions({ successes: a, trials: m }, { successes: b, trials: n }))
      expect(newcombe.lower).toBeCloseTo(lower, 4)
      expect(newcombe.upper).toBeCloseTo(upper, 4)
    }
  })

  test('turns round with its arguments, and lies in its interval', () => {
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const one = unwrap(compareProportions(first, second))
        const other = unwrap(compareProportions(second, first))
        expect(other.difference).toBeCloseTo(-one.difference, 14)
        expect(other.newcombe.lower).toBeCloseTo(-one.newcombe.upper, 14)
        expect(other.p).toBe(one.p)
        expect(one.newcombe.lower).toBeLessThanOrEqual(one.difference + 1e-15)
        expect(one.newcombe.upper).toBeGreaterThanOrEqual(one.difference - 1e-15)
        expect(one.p === null || (one.p >= 0 && one.p <= 1)).toBe(true)
      }),
    )
  })

  test('has no test where all trials ended alike', () => {
    const all = { successes: 5, trials: 5 }
    expect(unwrap(compareProportions(all, all))).toMatchObject({ difference: 0, z: null, p: null })
  })

  test('says what is wrong with either', () => {
    const bad = { successes: 3, trials: 2 }
    const none = { successes: 0, trials: 0 }
    const good = { successes: 1, trials: 2 }
    const paths = (...[first, second, confidence]: Parameters<typeof compareProportions>) => {
      const result = compareProportions(first, second, confidence)
      return result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []
    }
    expect(paths(bad, none)).toEqual(['first.successes', 'second.trials'])
    expect(paths(bad, good)).toEqual(['first.successes'])
    expect(paths(good, none)).toEqual(['second.trials'])
    expect(paths(good, good, 1)).toEqual(['confidence'])
  })
})

describe('proportionSampleSize', () => {
  test('is what R has by power.prop.test and by Fleiss’s formula', () => {
    // power.prop.test(p1 = .5, p2 = .75, power = .9): n = 76.7.
    expect(unwrap(proportionSampleSize({ baseline: 0.5, target: 0.75, power: 0.9 }))).toEqual({ first: 77, second: 77 })
  })

  test('grows with power and confidence, and follows the ratio', () => {
    const share = fc.double({ min: 0.05, max: 0.95, noNaN: true })
    fc.assert(
      fc.property(share, share, fc.double({ min: 0.2, max: 9, noNaN: true }), (baseline, target, ratio) => {
        fc.pre(Math.abs(baseline - target) > 0.01)
        const plan = { baseline, target, ratio }
        const usual = unwrap(proportionSampleSize(plan))
        expect(unwrap(proportionSampleSize({ ...plan, power: 0.9 })).second).toBeGreaterThanOrEqual(usual.second)
        expect(unwrap(proportionSampleSize({ ...plan, confidence: 0.99 })).second).toBeGreaterThanOrEqual(usual.second)
        expect(Math.abs(usual.first - ratio * usual.second)).toBeLessThanOrEqual(ratio + 1)
      }),
    )
  })

  test('refuses what is no plan', () => {
    const paths = (plan: Parameters<typeof proportionSampleSize>[0]) => {
      const result = proportionSampleSize(plan)
      return result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []
    }
    expect(paths({ baseline: 0, target: 1, power: 1, confidence: 0, ratio: 0 })).toEqual([
      'baseline',
      'target',
      'power',
      'confidence',
      'ratio',
    ])
    expect(paths({ baseline: 0.5, target: 0.5 })).toEqual(['target'])
    expect(paths({ baseline: 0.5, target: 0.5 + 1e-10 })).toEqual(['target'])
    expect(paths({ baseline: 0.5, target: 0.6, ratio: Number.NaN })).toEqual(['ratio'])
  })
})
