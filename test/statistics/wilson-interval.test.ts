import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { twoSidedQuantile, wilsonInterval } from '../../src/statistics/index.ts'

// The roots of (p − s/n)² = z² p (1 − p) / n, by mpmath at 50 digits.
const exact: ReadonlyArray<readonly [successes: number, trials: number, confidence: number, low: string, up: string]> =
  [
    [8, 10, 0.95, '0.490162471536641763', '0.943317848545624732'],
    [0, 10, 0.95, '0', '0.277532799862889175'],
    [10, 10, 0.95, '0.722467200137110825', '1'],
    [1, 1e9, 0.95, '1.7652455495696318e-10', '5.66493424329743786e-9'],
    [3, 7, 0.99, '0.11637368051613815', '0.810285095911612469'],
    [500, 1000, 0.9, '0.474027691478420119', '0.525972308521579881'],
    [999_999_999, 1e9, 0.95, '0.999999994335065757', '0.999999999823475445'],
  ]

const near = (actual: number, expected: number): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-14 * expected)
}

describe('wilsonInterval', () => {
  test.each(exact)('of %d in %d at %d', (successes, trials, confidence, lower, upper) => {
    const interval = unwrap(wilsonInterval(successes, trials, confidence))
    near(interval.lower, Number(lower))
    near(interval.upper, Number(upper))
  })

  const sample = fc
    .tuple(fc.nat({ max: 1_000_000 }), fc.nat({ max: 1_000_000 }))
    .filter(([successes, failures]) => successes + failures > 0)

  test('holds the proportion, within 0 and 1, and turns round with failures for successes', () => {
    fc.assert(
      fc.property(sample, ([successes, failures]) => {
        const trials = successes + failures
        const { lower, upper } = unwrap(wilsonInterval(successes, trials))
        expect(lower).toBeGreaterThanOrEqual(0)
        expect(lower).toBeLessThanOrEqual(successes / trials)
        expect(upper).toBeGreaterThanOrEqual(successes / trials)
        expect(upper).toBeLessThanOrEqual(1)
        expect(lower).toBeLessThan(upper)
        const turned = unwrap(wilsonInterval(failures, trials))
        expect(turned.upper).toBeCloseTo(1 - lower, 12)
      }),
    )
  })

  test('says what is wrong with a sample', () => {
    expect(wilsonInterval(0, 0)).toMatchObject({ left: { _tag: 'EmptySample', path: ['trials'] } })
    expect(wilsonInterval(2, 1)).toMatchObject({ left: { _tag: 'OutOfRange', path: ['successes'] } })
    expect(wilsonInterval(1.5, 2)).toMatchObject({ left: { _tag: 'InvalidValue', path: ['successes'] } })
    expect(wilsonInterval(1, -2)).toMatchObject({ left: { _tag: 'InvalidValue', path: ['trials'] } })
    expect(wilsonInterval(1, 2, 1)).toMatchObject({ left: { _tag: 'OutOfRange', path: ['confidence'] } })
  })
})

test('twoSidedQuantile is above 0 for every confidence, and refuses others', () => {
  expect(unwrap(twoSidedQuantile(0.99))).toBeCloseTo(2.5758293035489, 12)
  expect(unwrap(twoSidedQuantile(Number.MIN_VALUE))).toBeGreaterThanOrEqual(0)
  expect(twoSidedQuantile(0)._tag).toBe('Left')
  expect(twoSidedQuantile(Number.NaN)._tag).toBe('Left')
})
