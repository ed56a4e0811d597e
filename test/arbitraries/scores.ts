// Generators of scores with outcomes. Scores are few and often tied.
import fc from 'fast-check'

/** Customers' scores, probabilities that are often equal, with what came of them. */
export const scoredArbitrary = (
  minLength = 0,
): fc.Arbitrary<{
  readonly scores: ReadonlyArray<number>
  readonly outcomes: ReadonlyArray<boolean>
}> =>
  fc
    .array(
      fc.tuple(
        fc.oneof(
          fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
          fc.double({ min: 0, max: 1, noNaN: true }).map((score) => score + 0),
        ),
        fc.boolean(),
      ),
      { minLength, maxLength: 40 },
    )
    .map((rows) => ({ scores: rows.map(([score]) => score), outcomes: rows.map(([, outcome]) => outcome) }))
