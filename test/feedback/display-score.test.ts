import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayScore, displayScoreUnlessFew } from '../../src/feedback/index.ts'

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

describe('displayScoreUnlessFew', () => {
  test('shows a score from the minimum on', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 40 }), (answers, minimum) => {
        const shown = displayScoreUnlessFew({ score: 12.5, answers }, minimum)
        expect(shown).toMatchObject({
          right:
            answers >= minimum
              ? { shown: true, score: 13 }
              : { shown: false, reason: 'tooFewAnswers', missing: minimum - answers },
        })
      }),
    )
  })

  test('refuses a minimum that is none', () => {
    for (const minimum of [0, -1, 2.5, Number.NaN]) {
      expect(displayScoreUnlessFew({ score: 1, answers: 5 }, minimum)).toMatchObject({
        left: { _tag: 'InvalidValue', path: ['minimumAnswers'] },
      })
    }
  })
})
