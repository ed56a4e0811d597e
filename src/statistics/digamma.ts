// The slope of the logarithm of the gamma function, and how both rise between two places.

import * as E from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { logGammaAbove0 } from './log-gamma.ts'

// The asymptotic series: B(2k) / 2k, from the highest power of 1/x².
const asymptotic: ReadonlyArray<number> = [1 / 12, -691 / 32760, 1 / 132, -1 / 240, 1 / 252, -1 / 120, 1 / 12]
// Stirling's series of the logarithm of the gamma function.
const stirling: ReadonlyArray<number> = [1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12]

const series = (coefficients: ReadonlyArray<number>, square: number): number => {
  let sum = 0
  for (const coefficient of coefficients) sum = sum * square + coefficient
  return sum
}

const digammaAbove0 = (x: number): number => {
  let at = x
  let below = 0
  for (; at < 10; at += 1) below += 1 / at
  const square = 1 / (at * at)
  return Math.log(at) - 0.5 / at - series(asymptotic, square) * square - below
}

/**
 * The derivative of the natural logarithm of Γ(x), within 2 parts in 10¹⁵ of the greater of it and 1.
 *
 * Source: NIST Digital Library of Mathematical Functions 5.11.2.
 *
 * @param x above 0 and finite
 * @returns `OutOfRange` for any other number.
 * @example
 * ```ts
 * import { digamma, unwrap } from 'treue'
 *
 * unwrap(digamma(1)).toFixed(12) // => '-0.577215664902'
 * digamma(0)._tag // => 'Left'
 * ```
 */
export const digamma = (x: number): E.Either<OutOfRange, number> =>
  x > 1e-300 && x < 1e300
    ? E.right(digammaAbove0(x))
    : E.left(outOfRange(['x'], x, 'a number above 1e-300, below 1e300'))

const productUpTo = 20

/** ln((x)(x + 1)…(x + n − 1)), of few factors. */
const logOfProduct = (x: number, n: number): number => {
  let product = 1
  let sum = 0
  for (let factor = 0; factor < n; factor += 1) {
    product *= x + factor
    if (product > 1e250 || product < 1e-250) {
      sum += Math.log(product)
      product = 1
    }
  }
  return sum + Math.log(product)
}

const stirlingSum = (x: number): number => series(stirling, 1 / (x * x)) / x

/**
 * ln Γ(x + n) − ln Γ(x), without the cancellation of a difference of two great numbers: for inner loops, unchecked.
 *
 * @param x above 0
 * @param n at least 0; a whole number or a fraction
 * @example
 * ```ts
 * import { logGammaRise } from 'treue'
 *
 * logGammaRise(3, 2).toFixed(12) // => Math.log(12).toFixed(12)
 * ```
 */
export const logGammaRise = (x: number, n: number): number => {
  if (n <= productUpTo && Number.isInteger(n)) return logOfProduct(x, n)
  if (x < 10) return logGammaAbove0(x + n) - logGammaAbove0(x)
  return (x - 0.5) * Math.log1p(n / x) + n * (Math.log(x + n) - 1) + stirlingSum(x + n) - stirlingSum(x)
}

/**
 * ψ(x + n) − ψ(x), the derivative of {@link logGammaRise} by x: for inner loops, unchecked.
 *
 * @param x above 0
 * @param n at least 0; a whole number or a fraction
 * @example
 * ```ts
 * import { digammaRise } from 'treue'
 *
 * digammaRise(2, 2).toFixed(12) // => (1 / 2 + 1 / 3).toFixed(12)
 * ```
 */
export const digammaRise = (x: number, n: number): number => {
  if (n > productUpTo || !Number.isInteger(n)) return digammaAbove0(x + n) - digammaAbove0(x)
  let sum = 0
  for (let term = n - 1; term >= 0; term -= 1) sum += 1 / (x + term)
  return sum
}

// The asymptotic series of ψ′: B(2k), from the highest power of 1/x².
const trigammaSeries: ReadonlyArray<number> = [7 / 6, -691 / 2730, 5 / 66, -1 / 30, 1 / 42, -1 / 30, 1 / 6]

const trigammaAbove0 = (x: number): number => {
  let at = x
  let below = 0
  for (; at < 12; at += 1) below += 1 / (at * at)
  const square = 1 / (at * at)
  return below + (1 + 0.5 / at + series(trigammaSeries, square) * square) / at
}

/**
 * ψ′(x + n) − ψ′(x), the derivative of {@link digammaRise} by x: for inner loops, unchecked.
 *
 * Source: NIST Digital Library of Mathematical Functions 5.15.8.
 *
 * @param x above 0
 * @param n at least 0; a whole number or a fraction
 * @example
 * ```ts
 * import { trigammaRise } from 'treue'
 *
 * trigammaRise(2, 2).toFixed(12) // => (-1 / 4 - 1 / 9).toFixed(12)
 * ```
 */
export const trigammaRise = (x: number, n: number): number => {
  if (n > productUpTo || !Number.isInteger(n)) return trigammaAbove0(x + n) - trigammaAbove0(x)
  let sum = 0
  for (let term = n - 1; term >= 0; term -= 1) sum -= 1 / ((x + term) * (x + term))
  return sum
}
