import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  customerEffortAgreement,
  customerEffortNet,
  customerEffortNetOfCounts,
  reverseRatings,
  sevenPointScale,
  summariseRatings,
} from '../../src/feedback/index.ts'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import { isRated, ratingSummaryArbitrary, ratingsOf, ratingsOnScale } from '../arbitraries/ratings.ts'

const sevenArbitrary = ratingsOnScale(sevenPointScale).filter(isRated)

describe('customerEffortNet', () => {
  test('of seven points is 6–7 less 1–3', () => {
    fc.assert(
      fc.property(sevenArbitrary, (summary) => {
        const ratings = ratingsOf(summary)
        const count = (from: number, to: number): number =>
          ratings.filter((rating) => rating >= from && rating <= to).length
        const found = unwrap(customerEffortNet(summary))
        expect(found).toMatchObject({ easy: count(6, 7), neutral: count(4, 5), difficult: count(1, 3) })
        expect(found.score).toBeCloseTo((100 * (count(6, 7) - count(1, 3))) / ratings.length, 10)
        const { easy, neutral, difficult } = found
        expect(unwrap(customerEffortNetOfCounts({ easy, neutral, difficult }))).toEqual(found)
      }),
    )
  })

  test('counts each rating once on any scale, and stays between −100 and 100', () => {
    fc.assert(
      fc.property(ratingSummaryArbitrary.filter(isRated), (summary) => {
        const { easy, neutral, difficult, score, interval } = unwrap(customerEffortNet(summary))
        expect(Math.min(easy, neutral, difficult)).toBeGreaterThanOrEqual(0)
        expect(easy + neutral + difficult).toBe(ratingsOf(summary).length)
        expect(Math.abs(score)).toBeLessThanOrEqual(100)
        expect(interval.lower).toBeGreaterThanOrEqual(-100)
        expect(interval.upper).toBeLessThanOrEqual(100)
      }),
    )
  })

  test('of five points is 4–5 less 1–2', () => {
    const summary = unwrap(summariseRatings([1, 2, 3, 4, 5, 5]))
    expect(unwrap(customerEffortNet(summary))).toMatchObject({ easy: 3, neutral: 1, difficult: 2 })
  })

  test('reports all faults', () => {
    const result = customerEffortNetOfCounts({ easy: -1, neutral: 0.5, difficult: 1 })
    expect(result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []).toEqual(['easy', 'neutral'])
    expect(customerEffortNetOfCounts({ easy: 0, neutral: 0, difficult: 0 })).toMatchObject({
      left: [{ _tag: 'EmptySample' }],
    })
    expect(customerEffortNetOfCounts({ easy: 1, neutral: 0, difficult: 0 }, { confidence: 1 })).toMatchObject({
      left: [{ path: ['confidence'] }],
    })
    expect(customerEffortNet(unwrap(summariseRatings([])))).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  })
})

describe('customerEffortAgreement', () => {
  test('of seven points is 5–7; a low number that is good is turned around first', () => {
    fc.assert(
      fc.property(sevenArbitrary, (summary) => {
        const ratings = ratingsOf(summary)
        const agree = ratings.filter((rating) => rating >= 5).length
        expect(unwrap(customerEffortAgreement(summary)).count).toBe(agree)
        const turned = unwrap(customerEffortAgreement(reverseRatings(summary)))
        expect(turned.count).toBe(ratings.filter((rating) => rating <= 3).length)
      }),
    )
  })

  test('refuses what is empty', () => {
    expect(customerEffortAgreement(unwrap(summariseRatings([])))).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  })
})
