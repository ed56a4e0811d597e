// Generators of ratings. They lean to few ratings, and to ratings all alike.
import fc from 'fast-check'
import type { RatingScale, RatingSummary } from '../../src/feedback/index.ts'

export const ratingScaleArbitrary: fc.Arbitrary<RatingScale> = fc.oneof(
  fc.constantFrom(
    { minimum: 1, maximum: 5 },
    { minimum: 1, maximum: 7 },
    { minimum: 0, maximum: 10 },
    { minimum: 0, maximum: 1 },
    { minimum: -2, maximum: 2 },
  ),
  fc
    .tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 12 }))
    .map(([minimum, steps]) => ({ minimum, maximum: minimum + steps })),
)

/** Summaries of ratings on a scale; possibly of none. */
export const ratingsOnScale = (scale: RatingScale): fc.Arbitrary<RatingSummary> => {
  const length = scale.maximum - scale.minimum + 1
  return fc
    .tuple(
      fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 30 })), { minLength: length, maxLength: length }),
      fc.nat({ max: 9 }),
      fc.nat({ max: 9 }),
    )
    .map(([counts, missing, dismissed]) => ({ scale, counts, missing, dismissed }))
}

export const ratingSummaryArbitrary: fc.Arbitrary<RatingSummary> = ratingScaleArbitrary.chain(ratingsOnScale)

export const isRated = ({ counts }: RatingSummary): boolean => counts.some((count) => count > 0)

/** Each rating of a summary, one by one. */
export const ratingsOf = ({ scale, counts }: RatingSummary): ReadonlyArray<number> =>
  counts.flatMap((count, at) => Array<number>(count).fill(scale.minimum + at))
