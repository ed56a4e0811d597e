import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  customerSatisfaction,
  mergeRatings,
  netPromoterScore,
  RatingSummary,
  reverseRatings,
  sevenPointScale,
  summariseRatingCounts,
  summariseRatings,
} from '../../src/feedback/index.ts'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import { ratingScaleArbitrary, ratingSummaryArbitrary, ratingsOf, ratingsOnScale } from '../arbitraries/ratings.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const pathsOf = (result: ReturnType<typeof summariseRatings>): ReadonlyArray<string> =>
  result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []

describe('summariseRatings', () => {
  test('counts each rating, and apart those left out', () => {
    fc.assert(
      fc.property(ratingSummaryArbitrary, (summary) => {
        const { scale, missing, dismissed } = summary
        const ratings = [...Array<null>(missing).fill(null), ...ratingsOf(summary)]
        expect(unwrap(summariseRatings(ratings, scale, { dismissed }))).toEqual(summary)
        expect(unwrap(summariseRatingCounts(summary.counts, scale, { missing, dismissed }))).toEqual(summary)
      }),
    )
  })

  test('reports every value that is no rating, at its index', () => {
    expect(pathsOf(summariseRatings([5, 0, 6, 2.5, Number.NaN, null, '3' as never]))).toEqual([
      '[1]',
      '[2]',
      '[3]',
      '[4]',
      '[6]',
    ])
    expect(pathsOf(summariseRatings([1], { minimum: 1, maximum: 1 }, { dismissed: -1 }))).toEqual([
      'scale.maximum',
      'dismissed',
    ])
    expect(pathsOf(summariseRatings([1], { minimum: 0, maximum: 101 }))).toEqual(['scale.maximum'])
    expect(pathsOf(summariseRatingCounts([1, 2, -3], sevenPointScale, { missing: 0.5 }))).toEqual([
      'counts',
      'counts[2]',
      'missing',
    ])
  })

  test('a scale from 0 to 10 that is no NPS question is not taken for one', () => {
    const effort = unwrap(summariseRatings([10, 3], { minimum: 0, maximum: 10 }))
    // @ts-expect-error -- ratings are no answers to the recommendation question
    expect(() => netPromoterScore(effort)).toThrow()
    const answers = { histogram: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], missing: 0, dismissed: 0 }
    // @ts-expect-error -- nor the other way round
    expect(() => customerSatisfaction(answers)).toThrow()
  })
})

describe('mergeRatings', () => {
  test('is associative and commutative on one scale, with the empty summary as identity', () => {
    const three = ratingScaleArbitrary.chain((scale) =>
      fc.tuple(ratingsOnScale(scale), ratingsOnScale(scale), ratingsOnScale(scale)),
    )
    fc.assert(
      fc.property(three, ([a, b, c]) => {
        const merge = (x: RatingSummary, y: RatingSummary): RatingSummary => unwrap(mergeRatings(x, y))
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)))
        expect(merge(a, b)).toEqual(merge(b, a))
        expect(merge(a, unwrap(summariseRatings([], a.scale)))).toEqual(a)
      }),
    )
  })

  test('refuses two scales', () => {
    const [five, seven] = [unwrap(summariseRatings([1])), unwrap(summariseRatings([1], sevenPointScale))]
    expect(mergeRatings(five, seven)).toMatchObject({
      left: { _tag: 'ScaleMismatch', left: five.scale, right: seven.scale },
    })
  })
})

describe('reverseRatings', () => {
  test('turns each rating around, and back', () => {
    fc.assert(
      fc.property(ratingSummaryArbitrary, (summary) => {
        const { minimum, maximum } = summary.scale
        const turned = ratingsOf(summary).map((rating) => minimum + maximum - rating)
        expect(unwrap(summariseRatings(turned, summary.scale)).counts).toEqual(reverseRatings(summary).counts)
        expect(reverseRatings(reverseRatings(summary))).toEqual(summary)
      }),
    )
  })
})

codecLaws('RatingSummary', RatingSummary, ratingSummaryArbitrary)
