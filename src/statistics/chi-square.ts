/** The upper tail of the chi-square distribution. */
import * as E from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'

/** Where a term is too small to change a sum. */
const negligible = 1e-17

/** From here on Stirling's series is exact to the last digit. */
const stirlingFrom = 20

/** ln Γ(a) − (a − ½) ln a + a − ½ ln 2π. */
const stirlingRest = (a: number): number => {
  const square = 1 / (a * a)
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / a
}

/** Γ(a) of a multiple of ½ by its recurrence. */
const gammaOfHalves = (a: number): number => {
  let value = Number.isInteger(a) ? 1 : Math.sqrt(Math.PI)
  for (let factor = Number.isInteger(a) ? 1 : 0.5; factor < a; factor += 1) value *= factor
  return value
}

/** x^a e^−x / Γ(a), of a multiple of ½, without a large number on the way. */
const density = (a: number, x: number): number => {
  if (a < stirlingFrom) return Math.exp(a * Math.log(x) - x) / gammaOfHalves(a)
  const off = (x - a) / a
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(a * (Math.log1p(off) - off) - stirlingRest(a))
}

/** P(a, x) / density, by its power series; for x up to about a. */
const lowerSeries = (a: number, x: number): number => {
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * negligible; n += 1) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** Q(a, x) / density, by Lentz's evaluation of its continued fraction; for x from about a on. */
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

/**
 * The probability that a chi-square variable is at least as large as a statistic: the p-value of a chi-square test. By the
 * series and the continued fraction of the incomplete gamma function (DLMF 8.7.1 and 8.9.2).
 *
 * `OutOfRange`: the statistic is negative or not finite, or the degrees of freedom are not an integer from 1 to 10,000,000.
 *
 * @param statistic - the sum of squares over what was expected, 0 or more
 * @param degrees - the degrees of freedom
 *
 * @example
 * ```ts
 * import { chiSquareUpperTail } from 'treue'
 *
 * const tail = chiSquareUpperTail(3.841458820694124, 1)
 * tail._tag === 'Right' && tail.right.toFixed(12) // => '0.050000000000'
 * ```
 */
export const chiSquareUpperTail = (statistic: number, degrees: number): E.Either<OutOfRange, number> => {
  if (!(statistic >= 0 && statistic < Number.POSITIVE_INFINITY)) {
    return E.left(outOfRange(['statistic'], statistic, 'a finite number from 0 on'))
  }
  if (!(Number.isInteger(degrees) && degrees >= 1 && degrees <= 10_000_000)) {
    return E.left(outOfRange(['degrees'], degrees, 'an integer from 1 to 10000000'))
  }
  const [a, x] = [degrees / 2, statistic / 2]
  if (x === 0) return E.right(1)
  return E.right(x < a + 1 ? 1 - density(a, x) * lowerSeries(a, x) : density(a, x) * upperFraction(a, x))
}
