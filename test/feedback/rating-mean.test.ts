import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ratingMean, starRating, summariseRatingCounts } from '../../src/feedback/index.ts'
import { unwrap } from '../../src/foundation/index.ts'
import { mean, standardDeviation } from '../../src/statistics/index.ts'
import { isRated, ratingSummaryArbitrary, ratingsOf } from '../arbitraries/ratings.ts'

const ratedArbitrary = ratingSummaryArbitrary.filter(isRated)

describe('ratingMean', () => {
  test('is the mean of the ratings, with the t interval cut at the ends of the scale', () => {
    fc.assert(
      fc.property(ratedArbitrary, (summary) => {
        const ratings = ratingsOf(summary)
        const found = unwrap(ratingMean(summary))
        expect(found.mean).toBeCloseTo(unwrap(mean(ratings)), 10)
        expect(found.answers).toBe(ratings.length)
        if (ratings.length < 2) {
          expect(found).toMatchObject({ standardDeviation: null, interval: null, degenerate: false })
          return
        }
        expect(found.standardDeviation).toBeCloseTo(unwrap(standardDeviation(ratings)), 10)
        expect(found.interval?.lower).toBeLessThanOrEqual(found.mean + 1e-12)
        expect(found.interval?.upper).toBeGreaterThanOrEqual(found.mean - 1e-12)
        expect(found.interval?.lower).toBeGreaterThanOrEqual(summary.scale.minimum)
        expect(found.interval?.upper).toBeLessThanOrEqual(summary.scale.maximum)
        expect(found.degenerate).toBe(new Set(ratings).size === 1)
      }),
    )
  })

  test('ces.trap.cys5: counts its own answers', () => {
    const summary = unwrap(summariseRatingCounts([190, 240, 110, 330, 140]))
    expect(unwrap(ratingMean(summary))).toMatchObject({ answers: 1010, sum: 3020 })
  })

  test('reports all faults', () => {
    const none = unwrap(summariseRatingCounts([0, 0, 0, 0, 0]))
    expect(ratingMean(none, { confidence: 1 })).toMatchObject({
      left: [{ _tag: 'EmptySample' }, { _tag: 'OutOfRange', path: ['confidence'] }],
    })
    expect(ratingMean({ ...none, counts: [1, 2, 3] })).toMatchObject({ left: [{ path: ['counts'] }] })
    expect(ratingMean({ ...none, scale: { minimum: 1, maximum: 0 } })).toMatchObject({
      left: [{ path: ['scale', 'maximum'] }],
    })
  })
})

describe('starRating', () => {
  test('is the mean, with shares that sum to 1 and the share of the top boxes', () => {
    fc.assert(
      fc.property(ratedArbitrary, (summary) => {
        const { shares, good, ...rest } = unwrap(starRating(summary))
        expect(rest).toEqual(unwrap(ratingMean(summary)))
        expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
        expect(good.interval.lower).toBeLessThanOrEqual(good.share)
      }),
    )
  })

  test('refuses what ratingMean refuses', () => {
    expect(starRating(unwrap(summariseRatingCounts([0, 0, 0, 0, 0])))).toMatchObject({
      left: [{ _tag: 'EmptySample' }],
    })
  })
})
