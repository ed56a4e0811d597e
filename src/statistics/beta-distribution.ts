// The distribution of a probability of which successes and failures are known: its distribution function and quantiles.

import * as E from 'fp-ts/Either'
import { type NonConvergence, nonConvergence, type OutOfRange, outOfRange } from '../foundation/index.ts'
import { logGammaAbove0 } from './log-gamma.ts'

/** The shape of a beta distribution: as if there had been so many successes and failures, fractions included. */
export interface BetaShape {
  /** Above 0, at most 10⁷. */
  readonly alpha: number
  /** Above 0, at most 10⁷. */
  readonly beta: number
}

const isShape = (value: number): boolean => value > 0 && value <= 1e7

const shapeFaults = ({ alpha, beta }: BetaShape): ReadonlyArray<OutOfRange> => [
  ...(isShape(alpha) ? [] : [outOfRange(['alpha'], alpha, 'a number above 0, at most 1e7')]),
  ...(isShape(beta) ? [] : [outOfRange(['beta'], beta, 'a number above 0, at most 1e7')]),
]

const probabilityFaults = (name: string, value: number): ReadonlyArray<OutOfRange> =>
  value >= 0 && value <= 1 ? [] : [outOfRange([name], value, 'a number from 0 to 1')]

const mostTerms = 100_000
const tiny = 1e-300
const kept = (value: number): number => (Math.abs(value) < tiny ? tiny : value)

/** The continued fraction by Lentz's method; `undefined` where it does not settle. */
const fraction = (x: number, a: number, b: number): number | undefined => {
  let c = 1
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let term = 1; term <= mostTerms; term += 1) {
    const even = (term * (b - term) * x) / ((a + 2 * term - 1) * (a + 2 * term))
    d = 1 / kept(1 + even * d)
    c = kept(1 + even / c)
    value *= d * c
    const odd = (-(a + term) * (a + b + term) * x) / ((a + 2 * term) * (a + 2 * term + 1))
    d = 1 / kept(1 + odd * d)
    c = kept(1 + odd / c)
    const step = d * c
    value *= step
    if (Math.abs(step - 1) < 1e-16) return value
  }
  return undefined
}

/** x^a (1 − x)^b / B(a, b), from its logarithm. */
const front = (x: number, a: number, b: number): number =>
  Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGammaAbove0(a + b) - logGammaAbove0(a) - logGammaAbove0(b))

/** The distribution function for x inside (0, 1): on the side of the mean where the fraction settles fast. */
const inside = (x: number, a: number, b: number): number | undefined => {
  const low = x <= (a + 1) / (a + b + 2)
  const value = low ? fraction(x, a, b) : fraction(1 - x, b, a)
  if (value === undefined) return undefined
  return low ? (front(x, a, b) * value) / a : 1 - (front(1 - x, b, a) * value) / b
}

const unsettled: NonConvergence = /* @__PURE__ */ nonConvergence(
  [],
  mostTerms,
  'a shape for which the continued fraction settles',
)

const distribution = (x: number, { alpha, beta }: BetaShape): E.Either<NonConvergence, number> => {
  if (x <= 0 || x >= 1) return E.right(x <= 0 ? 0 : 1)
  const value = inside(x, alpha, beta)
  return value === undefined ? E.left(unsettled) : E.right(Math.min(1, Math.max(0, value)))
}

/**
 * The probability that a beta variable is at most x: the regularised incomplete beta function, within 10⁻¹² for shapes up to
 * some thousands and 10⁻⁷ for the greatest.
 *
 * Sources: NIST Digital Library of Mathematical Functions 8.17.22; W. J. Lentz, Applied Optics 15 (1976).
 *
 * @param x from 0 to 1
 * @param shape of the distribution
 * @returns `OutOfRange` for an x or a shape outside its range, all of them; `NonConvergence` where the fraction does not
 * settle.
 * @example
 * ```ts
 * import { betaDistribution, unwrap } from 'treue'
 *
 * unwrap(betaDistribution(0.5, { alpha: 2, beta: 1 })).toFixed(12) // => '0.250000000000'
 * betaDistribution(1.5, { alpha: 2, beta: 1 })._tag // => 'Left'
 * ```
 */
export const betaDistribution = (
  x: number,
  shape: BetaShape,
): E.Either<ReadonlyArray<OutOfRange | NonConvergence>, number> => {
  const faults = [...probabilityFaults('x', x), ...shapeFaults(shape)]
  if (faults.length > 0) return E.left(faults)
  const value = distribution(x, shape)
  return E.isLeft(value) ? E.left([value.left]) : value
}

/** Half the way between two bounds: of their logarithms where they are far apart, as quantiles may be very small. */
const between = (low: number, high: number): number => {
  if (low === 0) return high / 16
  return high > 4 * low ? Math.sqrt(low) * Math.sqrt(high) : (low + high) / 2
}

/** Newton's step where it stays between the bounds, half of them otherwise. */
const nextGuess = (x: number, excess: number, { alpha, beta }: BetaShape, low: number, high: number): number => {
  const density = front(x, alpha, beta) / (x * (1 - x))
  const newton = x - excess / density
  return newton > low && newton < high ? newton : between(low, high)
}

/** The least that is told apart from 0: smaller quantiles are 0. */
const leastQuantile = 1e-290

const solve = (probability: number, shape: BetaShape): E.Either<NonConvergence, number> => {
  let low = 0
  let high = 1
  let x = shape.alpha / (shape.alpha + shape.beta)
  for (let step = 0; step < 1000; step += 1) {
    const value = distribution(x, shape)
    if (E.isLeft(value)) return value
    const excess = value.right - probability
    if (excess > 0) high = x
    else low = x
    if (high < leastQuantile) return E.right(0)
    const next = nextGuess(x, excess, shape, low, high)
    if (Math.abs(next - x) <= 1e-15 * x || high - low <= 2e-16 * high) return E.right(next)
    x = next
  }
  return E.right(x)
}

/**
 * The value that a beta variable does not exceed with a given probability; 0 where it is below 10⁻²⁹⁰.
 *
 * Source: Newton's method on {@link betaDistribution}, kept between bounds that close.
 *
 * @param probability from 0 to 1
 * @param shape of the distribution
 * @returns the faults of {@link betaDistribution}.
 * @example
 * ```ts
 * import { betaQuantile, unwrap } from 'treue'
 *
 * unwrap(betaQuantile(0.25, { alpha: 2, beta: 1 })).toFixed(12) // => '0.500000000000'
 * betaQuantile(0.5, { alpha: 0, beta: 1 })._tag // => 'Left'
 * ```
 */
export const betaQuantile = (
  probability: number,
  shape: BetaShape,
): E.Either<ReadonlyArray<OutOfRange | NonConvergence>, number> => {
  const faults = [...probabilityFaults('probability', probability), ...shapeFaults(shape)]
  if (faults.length > 0) return E.left(faults)
  if (probability === 0 || probability === 1) return E.right(probability)
  const value = solve(probability, shape)
  return E.isLeft(value) ? E.left([value.left]) : value
}
