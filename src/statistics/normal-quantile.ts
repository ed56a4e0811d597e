// The inverse of the standard normal distribution function.

import type { Either } from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { millsRatio } from './mills-ratio.ts'

// Wichura's rational function for the middle 85 % (AS 241, PPND16), coefficients from the highest power.
const centreAbove: ReadonlyArray<number> = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
]
const centreBelow: ReadonlyArray<number> = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
]
const polynomial = (coefficients: ReadonlyArray<number>, x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)

const logRootTwoPi = 0.9189385332046728

/** The x above 1.4 that has `beyond` beyond it: Newton's method on the logarithm, which comes down to it and stops. */
const quantileInTail = (beyond: number): number => {
  const target = Math.log(beyond) + logRootTwoPi
  let x = Math.sqrt(-2 * Math.log(beyond))
  for (let step = x; step > 1e-9; x -= step) {
    const ratio = millsRatio(x)
    step = ratio * ((x * x) / 2 + target - Math.log(ratio))
  }
  return x
}

/**
 * The value below which a standard normal variable lies with a given probability, within 8 parts in 10¹⁶.
 *
 * Sources: M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988), PPND16, for 0.075–0.925; Laplace's continued
 * fraction (NIST DLMF 7.9) beyond.
 *
 * @param probability above 0 and below 1
 * @returns `OutOfRange` for any other number.
 * @example
 * ```ts
 * import { normalQuantile, unwrap } from 'treue'
 *
 * unwrap(normalQuantile(0.975)).toFixed(12) // => '1.959963984540'
 * unwrap(normalQuantile(0.5)) // => 0
 * normalQuantile(1)._tag // => 'Left'
 * ```
 */
export const normalQuantile = (probability: number): Either<OutOfRange, number> => {
  if (!(probability > 0 && probability < 1)) {
    return { _tag: 'Left', left: outOfRange([], probability, 'a probability above 0 and below 1') }
  }
  const q = probability - 0.5
  const r = 0.180625 - q * q
  const right =
    r < 0
      ? Math.sign(q) * quantileInTail(Math.min(probability, 1 - probability))
      : (q * polynomial(centreAbove, r)) / polynomial(centreBelow, r)
  return { _tag: 'Right', right }
}
