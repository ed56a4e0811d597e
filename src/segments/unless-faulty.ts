// A value, or everything that is wrong with what it was made from.

import { type Either, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'

const isNonEmpty = <F>(faults: ReadonlyArray<F>): faults is ReadonlyNonEmptyArray<F> => faults.length > 0

/** The value where there is no fault. */
export const unlessFaulty = <F, A>(faults: ReadonlyArray<F>, value: () => A): Either<ReadonlyNonEmptyArray<F>, A> =>
  isNonEmpty(faults) ? left(faults) : right(value())
