// Quantiles of a sample by linear interpolation between order statistics.

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { type SampleFault, sampleOf } from './sample.ts'

const isSorted = (values: ArrayLike<number>): boolean => {
  for (let index = 1; index < values.length; index += 1) {
    if (Number(values[index - 1]) > Number(values[index])) return false
  }
  return true
}

/** Sorted values: the given ones where they are sorted already, a copy otherwise. */
const sorted = (values: ArrayLike<number>): ArrayLike<number> =>
  isSorted(values) ? values : Float64Array.from(values).sort()

const between = (low: number, high: number, share: number): number => {
  const step = high - low
  return Number.isFinite(step) ? Math.min(low + share * step, high) : low * (1 - share) + high * share
}

const interpolate = (ordered: ArrayLike<number>, probability: number): number => {
  const position = (ordered.length - 1) * probability
  const below = Math.floor(position)
  const low = Number(ordered[below])
  return position === below ? low : between(low, Number(ordered[below + 1]), position - below)
}

/**
 * The quantile of a sample by linear interpolation: type 7 of Hyndman and Fan, the default of R, NumPy and spreadsheets.
 *
 * Source: R. J. Hyndman, Y. Fan, The American Statistician 50 (1996).
 *
 * @param values finite numbers in any order; they are not changed
 * @param probability 0 (the least value) to 1 (the greatest)
 * @returns `EmptySample` without values, `InvalidValue` at the index of a value that isn't finite, `OutOfRange` for a
 * probability outside 0–1.
 * @example
 * ```ts
 * import { quantile, unwrap } from 'treue'
 *
 * unwrap(quantile([17, 196], 0.9)) // => 178.1
 * quantile([1, 2], 1.5)._tag // => 'Left'
 * ```
 */
export const quantile = (
  values: ArrayLike<number>,
  probability: number,
): E.Either<SampleFault | OutOfRange, number> => {
  if (!(probability >= 0 && probability <= 1)) {
    return E.left(outOfRange(['probability'], probability, 'a probability from 0 to 1'))
  }
  return pipe(
    sampleOf(values, 1),
    E.map((sample) => interpolate(sorted(sample), probability)),
  )
}

/**
 * The median: the middle value, or the mean of the two in the middle.
 *
 * @param values finite numbers in any order; they are not changed
 * @returns `EmptySample` without values, `InvalidValue` at the index of a value that isn't finite.
 * @example
 * ```ts
 * import { median, unwrap } from 'treue'
 *
 * unwrap(median([9, 1, 4, 2])) // => 3
 * ```
 */
export const median = (values: ArrayLike<number>): E.Either<SampleFault, number> =>
  pipe(
    sampleOf(values, 1),
    E.map((sample) => interpolate(sorted(sample), 0.5)),
  )
