// The upper tail of the gamma distribution.

import { logGammaAbove0 } from './log-gamma.ts'
import { normalTailBeyond } from './normal-tail.ts'

/** Where a term is too small to change a sum. */
const negligible = 1e-17

/** From here on Stirling's series is exact to the last digit. */
const stirlingFrom = 20

/** From here on E. B. Wilson's and M. M. Hilferty's cube root (1931) is within 10⁻⁸, and the series takes too many terms. */
const cubeRootFrom = 100_000_000

/** ln Γ(a) − (a − ½) ln a + a − ½ ln 2π. */
const stirlingRest = (a: number): number => {
  const square = 1 / (a * a)
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / a
}

/** x^a e^−x / Γ(a) without a large number on the way. */
const density = (a: number, x: number): number => {
  if (a < stirlingFrom) return Math.exp(a * Math.log(x) - x - logGammaAbove0(a))
  const off = (x - a) / a
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(a * (Math.log1p(off) - off) - stirlingRest(a))
}

/** P(a, x) / density by its power series (DLMF 8.7.1); for x up to about a. */
const lowerSeries = (a: number, x: number): number => {
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * negligible; n += 1) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** Q(a, x) / density by Lentz's evaluation of its continued fraction (DLMF 8.9.2); for x from about a on. */
const upperFraction = (a: number, x: number): number => {
  let b = x + 1 - a
  let c = Number.POSITIVE_INFINITY
  let d = 1 / b
  let value = d
  for (let n = 1, change = 0; Math.abs(change - 1) > 4e-16; n += 1) {
    const numerator = n * (a - n)
    b += 2
    d = 1 / (b + numerator * d)
    c = b + numerator / c
    change = c * d
    value *= change
  }
  return value
}

/** The probability that a gamma variable of scale 1 and a shape above 0 is larger than x. */
export const gammaTail = (x: number, shape: number): number => {
  if (x <= 0) return 1
  if (shape >= cubeRootFrom) {
    const spread = 1 / (9 * shape)
    return normalTailBeyond((Math.cbrt(x / shape) - 1 + spread) / Math.sqrt(spread))
  }
  const front = density(shape, x)
  if (front === 0) return x < shape ? 1 : 0
  return x < shape + 1 ? 1 - front * lowerSeries(shape, x) : front * upperFraction(shape, x)
}
