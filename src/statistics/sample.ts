// What every statistic asks of its sample first: that there are enough values and that each is a finite number.

import * as E from 'fp-ts/Either'
import { type EmptySample, emptySample, type InvalidValue, invalidValue } from '../foundation/index.ts'

/** Why numbers are no sample: there are too few, or one isn't finite. */
export type SampleFault = EmptySample | InvalidValue

const firstNotFinite = (values: ArrayLike<number>): number => {
  for (let index = 0; index < values.length; index += 1) {
    if (!Number.isFinite(values[index])) return index
  }
  return -1
}

/** The values, if there are at least so many and all are finite. */
export const sampleOf = (values: ArrayLike<number>, atLeast: number): E.Either<SampleFault, ArrayLike<number>> => {
  if (values.length < atLeast) return E.left(emptySample([], `at least ${atLeast} value${atLeast === 1 ? '' : 's'}`))
  const wrong = firstNotFinite(values)
  return wrong < 0 ? E.right(values) : E.left(invalidValue([wrong], values[wrong], 'a finite number'))
}
