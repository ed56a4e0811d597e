// The mean of a sample and its spread around it.

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { compensatedSum } from './compensated-sum.ts'
import { type SampleFault, sampleOf } from './sample.ts'

const finite = (value: number): E.Either<OutOfRange, number> =>
  Number.isFinite(value) ? E.right(value) : E.left(outOfRange([], value, 'a result that a number can hold'))

/**
 * The arithmetic mean.
 *
 * @param values finite numbers, in an array or a typed array
 * @returns `EmptySample` without values, `InvalidValue` at the index of a value that isn't finite, `OutOfRange` when the
 * sum is too large for a number.
 * @example
 * ```ts
 * import { mean, unwrap } from 'treue'
 *
 * unwrap(mean([1, 2, 6])) // => 3
 * mean([])._tag // => 'Left'
 * ```
 */
export const mean = (values: ArrayLike<number>): E.Either<SampleFault | OutOfRange, number> =>
  pipe(
    sampleOf(values, 1),
    E.chainW((sample) => finite(compensatedSum(sample) / sample.length)),
  )

/** Σ(x − mean)², corrected for the rounding of the mean. */
const squaresAround = (values: ArrayLike<number>, centre: number): number => {
  const deviations = Float64Array.from(values, (value) => value - centre)
  const drift = compensatedSum(deviations)
  return compensatedSum(deviations.map((deviation) => deviation * deviation)) - (drift * drift) / values.length
}

/**
 * The unbiased variance of a sample: the sum of squared deviations divided by n − 1.
 *
 * @param values finite numbers, at least two
 * @returns `EmptySample` with fewer than two values, `InvalidValue` at the index of a value that isn't finite,
 * `OutOfRange` when the result is too large for a number.
 * @example
 * ```ts
 * import { sampleVariance, unwrap } from 'treue'
 *
 * unwrap(sampleVariance([1, 2, 6])) // => 7
 * ```
 */
export const sampleVariance = (values: ArrayLike<number>): E.Either<SampleFault | OutOfRange, number> =>
  pipe(
    sampleOf(values, 2),
    E.chainW(mean),
    E.chainW((centre) => finite(Math.max(0, squaresAround(values, centre)) / (values.length - 1))),
  )

/**
 * The standard deviation of a sample: the root of {@link sampleVariance}.
 *
 * @param values finite numbers, at least two
 * @returns the faults of {@link sampleVariance}.
 * @example
 * ```ts
 * import { standardDeviation, unwrap } from 'treue'
 *
 * unwrap(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toFixed(6) // => '2.138090'
 * ```
 */
export const standardDeviation = (values: ArrayLike<number>): E.Either<SampleFault | OutOfRange, number> =>
  pipe(sampleVariance(values), E.map(Math.sqrt))
