import fc from 'fast-check'
import type { Monoid } from 'fp-ts/Monoid'
import { expect, test } from 'vitest'

/** Law 8: partial summaries can be merged in any grouping and any order, with nothing as the neutral one. */
export const monoidLaws = <A>(name: string, { concat, empty }: Monoid<A>, summaries: fc.Arbitrary<A>): void => {
  test(`${name}: is associative and commutative, and its empty summary changes nothing`, () => {
    fc.assert(
      fc.property(summaries, summaries, summaries, (a, b, c) => {
        expect(concat(concat(a, b), c)).toEqual(concat(a, concat(b, c)))
        expect(concat(a, b)).toEqual(concat(b, a))
        expect(concat(a, empty)).toEqual(a)
        expect(concat(empty, a)).toEqual(a)
      }),
    )
  })
}
