// How probable it is that a standard normal variable is larger than a number.

import type { Either } from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { millsRatio } from './mills-ratio.ts'

const rootTwoPi = 2.5066282746310002

/** The density at x; the square is split, so that its rounding isn't blown up by the exponential (W. J. Cody 1969). */
const density = (x: number): number => {
  const head = Math.trunc(x * 16) / 16
  return (Math.exp((-head * head) / 2) * Math.exp((-(x - head) * (x + head)) / 2)) / rootTwoPi
}

/** What lies between 0 and a small x, by the power series of the distribution function (G. Marsaglia 2004). */
const fromZeroTo = (x: number): number => {
  let term = x
  let sum = x
  for (let odd = 3; term > 1e-18 * sum; odd += 2) {
    term *= (x * x) / odd
    sum += term
  }
  return sum * density(x)
}

/** {@link normalUpperTail} of what is known to be a number. */
export const normalTailBeyond = (x: number): number => {
  if (x < 0) return 1 - normalTailBeyond(-x)
  if (x < 1.4) return 0.5 - fromZeroTo(x)
  return x > 39 ? 0 : density(x) * millsRatio(x)
}

/**
 * The probability that a standard normal variable is larger than a number, with its digits kept far out in the tail.
 *
 * Sources: the power series of G. Marsaglia, Journal of Statistical Software 11 (2004), below 1.4; Laplace's continued
 * fraction (NIST DLMF 7.9) beyond.
 *
 * @param x any number; from 39 on the probability is below what a number can hold and is 0
 * @returns `OutOfRange` for what is no number.
 * @example
 * ```ts
 * import { normalUpperTail, unwrap } from 'treue'
 *
 * unwrap(normalUpperTail(1.959963984540054)).toFixed(12) // => '0.025000000000'
 * unwrap(normalUpperTail(10)).toExponential(6) // => '7.619853e-24'
 * ```
 */
export const normalUpperTail = (x: number): Either<OutOfRange, number> =>
  typeof x === 'number' && !Number.isNaN(x)
    ? { _tag: 'Right', right: normalTailBeyond(x) }
    : { _tag: 'Left', left: outOfRange([], x, 'a number') }
