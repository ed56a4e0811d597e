// The logarithm of the gamma function.

import * as E from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'

// Stirling's series: B(2k) / (2k (2k − 1)), from the highest power of 1/x².
const stirling: ReadonlyArray<number> = [1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12]
const halfLogTwoPi = 0.9189385332046727

/** For x above 0: moved up to 10 and more, where the series is as exact as a number. */
export const logGammaAbove0 = (x: number): number => {
  let product = 1
  let at = x
  for (; at < 10; at += 1) product *= at
  const square = 1 / (at * at)
  const series = stirling.reduce((sum, coefficient) => sum * square + coefficient, 0) / at
  return (at - 0.5) * Math.log(at) - at + halfLogTwoPi + series - Math.log(product)
}

/**
 * The natural logarithm of Γ(x), within 1 part in 10¹⁴ or 10⁻¹⁴ where it is near 0.
 *
 * Source: NIST Digital Library of Mathematical Functions 5.11.1, Stirling's series.
 *
 * @param x above 0 and finite
 * @returns `OutOfRange` for any other number.
 * @example
 * ```ts
 * import { logGamma, unwrap } from 'treue'
 *
 * unwrap(logGamma(5)).toFixed(12) // => Math.log(24).toFixed(12)
 * logGamma(0)._tag // => 'Left'
 * ```
 */
export const logGamma = (x: number): E.Either<OutOfRange, number> =>
  x > 0 && x < 1e300 ? E.right(logGammaAbove0(x)) : E.left(outOfRange(['x'], x, 'a number above 0, below 1e300'))
