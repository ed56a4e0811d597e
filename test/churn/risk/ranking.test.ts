import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areaUnderCurve, averagePrecision, liftTable, rocCurve, scoreGroups } from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { scoredArbitrary } from '../../arbitraries/scores.ts'

const hasBoth = (outcomes: ReadonlyArray<boolean>) => outcomes.includes(true) && outcomes.includes(false)

describe('the ROC curve', () => {
  test('has what each threshold selects, and the area below it is the area', () => {
    fc.assert(
      fc.property(scoredArbitrary(), (scored) => {
        const groups = unwrap(scoreGroups(scored))
        const result = rocCurve(groups)
        expect(result._tag).toBe(hasBoth(scored.outcomes) ? 'Right' : 'Left')
        if (result._tag === 'Left') return
        const curve = result.right
        const events = scored.outcomes.filter((outcome) => outcome).length
        let area = 0
        curve.thresholds.forEach((threshold, index) => {
          const selected = scored.outcomes.filter((_, row) => (scored.scores[row] ?? 0) >= threshold)
          const found = selected.filter((outcome) => outcome).length
          expect(curve.found[index]).toBe(found)
          expect(curve.falseAlarms[index]).toBe(selected.length - found)
          expect(curve.truePositiveRates[index]).toBeCloseTo(found / events, 14)
          expect(curve.precisions[index]).toBeCloseTo(found / selected.length, 14)
          const [rate, before] = [curve.falsePositiveRates[index] ?? 0, curve.falsePositiveRates[index - 1] ?? 0]
          area +=
            ((rate - before) * ((curve.truePositiveRates[index] ?? 0) + (curve.truePositiveRates[index - 1] ?? 0))) / 2
        })
        expect(area).toBeCloseTo(unwrap(areaUnderCurve(groups)).area, 12)
        expect(averagePrecision(curve)).toBeGreaterThan(0)
        expect(averagePrecision(curve)).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })

  test('without a tie the average precision is the mean precision at the events', () => {
    const scores = [0.9, 0.8, 0.7, 0.6, 0.5]
    const outcomes = [1, 0, 1, 0, 1]
    const curve = unwrap(rocCurve(unwrap(scoreGroups({ scores, outcomes }))))
    expect(averagePrecision(curve)).toBeCloseTo((1 + 2 / 3 + 3 / 5) / 3, 14)
  })
})

describe('the lift table', () => {
  test('without ties counts customers in the order of their scores; all rows together are all', () => {
    fc.assert(
      fc.property(scoredArbitrary(1), fc.integer({ min: 1, max: 12 }), ({ scores, outcomes }, count) => {
        const distinct = scores.map((_, row) => row)
        const result = liftTable(unwrap(scoreGroups({ scores: distinct, outcomes })), count)
        if (!hasBoth(outcomes) || count > outcomes.length) {
          expect(result._tag).toBe('Left')
          return
        }
        const falling = [...outcomes].reverse()
        const all = falling.filter((outcome) => outcome).length
        unwrap(result).forEach(({ group, customers, events, gain, lift, lowestScore, cumulativeCustomers, ...row }) => {
          const [from, until] = [group - 1, group].map((k) => Math.ceil((k * falling.length) / count))
          const found = falling.slice(from, until).filter((outcome) => outcome).length
          const foundSoFar = falling.slice(0, until).filter((outcome) => outcome).length
          expect([customers, events, cumulativeCustomers]).toEqual([(until ?? 0) - (from ?? 0), found, until])
          expect(gain).toBeCloseTo(foundSoFar / all, 14)
          expect(lift).toBeCloseTo((row.rate * falling.length) / all, 12)
          expect(row.cumulativeLift).toBeCloseTo((foundSoFar / (until ?? 1) / all) * falling.length, 12)
          expect(lowestScore).toBe(falling.length - (until ?? 0))
        })
      }),
    )
  })

  test('with ties: the order of rows has no influence, nothing is lost', () => {
    fc.assert(
      fc.property(scoredArbitrary(4), ({ scores, outcomes }) => {
        if (!hasBoth(outcomes)) return
        const turned = { scores: [...scores].reverse(), outcomes: [...outcomes].reverse() }
        const rows = unwrap(liftTable(unwrap(scoreGroups({ scores, outcomes })), 4))
        expect(unwrap(liftTable(unwrap(scoreGroups(turned)), 4))).toEqual(rows)
        expect(rows[3]?.gain).toBeCloseTo(1, 12)
        expect(rows[3]?.cumulativeLift).toBeCloseTo(1, 12)
        expect(rows.reduce((sum, { events }) => sum + events, 0)).toBeCloseTo(outcomes.filter((one) => one).length, 12)
      }),
    )
  })

  test('one score for all: each group has its share', () => {
    const groups = unwrap(scoreGroups({ scores: [1, 1, 1, 1], outcomes: [1, 1, 1, 0] }))
    expect(unwrap(liftTable(groups, 2)).map(({ events, lift, gain }) => [events, lift, gain])).toEqual([
      [1.5, 1, 0.5],
      [1.5, 1, 1],
    ])
  })
})
