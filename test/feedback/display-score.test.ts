import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayScore } from '../../src/feedback/index.ts'

describe('displayScore', () => {
  test('nps.rounding.worktango: −44.6 is shown as −45', () => {
    expect(displayScore(-44.6)).toBe(-45)
  })

  test('rounds halves away from zero, and never shows −0', () => {
    expect([-44.5, -0.5, -0.4, -0, 0, 0.4, 0.49999999999999994, 0.5, 44.5].map(displayScore)).toEqual([
      -45, -1, 0, 0, 0, 0, 0, 1, 45,
    ])
  })

  test('is symmetric, and at most a half away', () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (score) => {
        expect(displayScore(-score)).toBe(0 - displayScore(score))
        expect(Math.abs(displayScore(score) - score)).toBeLessThanOrEqual(0.5)
      }),
    )
  })
})
