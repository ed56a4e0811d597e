import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rootBetween } from '../../src/statistics/index.ts'

describe('rootBetween', () => {
  test('finds the root to the last digit, whichever end is larger', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (root) => {
        expect(Math.abs(rootBetween((x) => x - root, -2e6, 2e6) - root)).toBeLessThanOrEqual(
          Math.abs(root) * 3e-16 + 1e-300,
        )
        expect(Math.abs(rootBetween((x) => root - x, 2e6, -2e6) - root)).toBeLessThanOrEqual(
          Math.abs(root) * 3e-16 + 1e-300,
        )
      }),
    )
  })

  test('ends where the root is an end, and for a root of 0', () => {
    expect(rootBetween((x) => x - 1, 0, 1)).toBeCloseTo(1, 15)
    expect(rootBetween((x) => x, 0, 1)).toBeCloseTo(0, 300)
    expect(rootBetween((x) => x, 3, 3)).toBe(3)
  })
})
