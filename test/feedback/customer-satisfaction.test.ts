import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bottomBox,
  customerSatisfaction,
  customerSatisfactionOfCounts,
  reverseRatings,
  standardTopBoxes,
  summariseRatingCounts,
  summariseRatings,
  topBox,
} from '../../src/feedback/index.ts'
import { unwrap } from '../../src/foundation/index.ts'
import { isRated, ratingSummaryArbitrary, ratingsOf } from '../arbitraries/ratings.ts'

const ratedArbitrary = ratingSummaryArbitrary.filter(isRated)

describe('customerSatisfaction', () => {
  test('is the share of ratings from the threshold on, within its interval', () => {
    fc.assert(
      fc.property(ratedArbitrary, fc.nat({ max: 11 }), (summary, above) => {
        const { minimum, maximum } = summary.scale
        const satisfiedFrom = Math.min(maximum, minimum + 1 + above)
        const found = unwrap(customerSatisfaction(summary, { satisfiedFrom }))
        const ratings = ratingsOf(summary)
        const satisfied = ratings.filter((rating) => rating >= satisfiedFrom).length
        expect(found).toMatchObject({ count: satisfied, answers: ratings.length, satisfiedFrom })
        expect(found.interval.lower).toBeLessThanOrEqual(found.share)
        expect(found.interval.upper).toBeGreaterThanOrEqual(found.share)
        const { mean, satisfiedFrom: _, ...share } = found
        expect(unwrap(customerSatisfactionOfCounts(satisfied, ratings.length))).toEqual(share)
        expect(mean.answers).toBe(ratings.length)
      }),
    )
  })

  test('csat.formbricks: nobody who closed the survey is in the denominator', () => {
    const summary = unwrap(summariseRatings([5, null], { minimum: 1, maximum: 5 }, { dismissed: 9 }))
    expect(unwrap(customerSatisfaction(summary)).share).toBe(1)
  })

  test('has a typed fault for what makes no sense', () => {
    const none = unwrap(summariseRatingCounts([0, 0, 0, 0, 0]))
    expect(customerSatisfaction(none, { satisfiedFrom: 1, confidence: 0 })).toMatchObject({
      left: [{ _tag: 'EmptySample' }, { path: ['confidence'] }, { path: ['satisfiedFrom'] }],
    })
    expect(customerSatisfactionOfCounts(1, 0)).toMatchObject({ left: { path: ['satisfied'] } })
    expect(customerSatisfactionOfCounts(0, 0)).toMatchObject({ left: { _tag: 'EmptySample', path: ['answers'] } })
    expect(customerSatisfactionOfCounts(0, 1, { confidence: 1 })).toMatchObject({ left: { path: ['confidence'] } })
  })
})

describe('topBox and bottomBox', () => {
  test('are the same on the scale turned around', () => {
    fc.assert(
      fc.property(ratedArbitrary, (summary) => {
        const top = unwrap(topBox(summary))
        const bottom = unwrap(bottomBox(reverseRatings(summary)))
        expect(bottom.share).toBe(top.share)
        expect(top.boxes).toBe(standardTopBoxes(summary.scale))
        expect(top.to).toBe(summary.scale.maximum)
        expect(top.count).toBe(ratingsOf(summary).filter((rating) => rating >= top.from).length)
      }),
    )
  })

  test('take one box of two or three, two of four to seven, three of eight or more', () => {
    const boxes = [1, 2, 3, 4, 6, 7, 9, 10].map((maximum) => standardTopBoxes({ minimum: 0, maximum }))
    expect(boxes).toEqual([1, 1, 2, 2, 2, 3, 3, 3])
  })

  test('refuse a number of boxes that the scale doesn’t have', () => {
    const summary = unwrap(summariseRatings([3]))
    for (const wrong of [0, 5, 1.5]) {
      expect(topBox(summary, { boxes: wrong })).toMatchObject({ left: [{ _tag: 'OutOfRange', path: ['boxes'] }] })
    }
  })
})
