// A sum whose rounding error doesn't grow with the number of terms.

/**
 * The sum of numbers by Neumaier's compensated algorithm: as if added in twice the precision and rounded once.
 *
 * Source: A. Neumaier, Zeitschrift für Angewandte Mathematik und Mechanik 54 (1974), algorithm IV.
 *
 * @param values finite numbers, in an array or a typed array; of none the sum is 0
 * @example
 * ```ts
 * import { compensatedSum } from 'treue'
 *
 * compensatedSum([1e100, 1, -1e100]) // => 1
 * compensatedSum([0.1, 0.2, 0.3]) // => 0.6
 * ```
 */
export const compensatedSum = (values: ArrayLike<number>): number => {
  let total = 0
  let correction = 0
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number
    const next = total + value
    correction += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  // After an overflow the correction is NaN, the total still says which way it went.
  return Number.isFinite(total) ? total + correction : total
}
