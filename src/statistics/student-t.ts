// Student's t distribution: its upper tail and its quantiles.

import type { Either } from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { rootBetween } from './bisection.ts'
import { normalTailBeyond } from './normal-tail.ts'

/** What Stirling's formula leaves out of ln Γ, from 16 on. */
const stirlingRest = (a: number): number => {
  const r = 1 / (a * a)
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188))))) / a
}

/** Γ(a + ½) ÷ Γ(a): by Stirling's formula from 16 on, brought down to a by the factors between. */
const gammaRatio = (a: number): number => {
  let factor = 1
  let shifted = a
  for (; shifted < 16; shifted += 1) factor *= shifted / (shifted + 0.5)
  const rest = stirlingRest(shifted + 0.5) - stirlingRest(shifted)
  return factor * Math.sqrt(shifted) * Math.exp(shifted * Math.log1p(0.5 / shifted) - 0.5 + rest)
}

/** The continued fraction of the incomplete beta function (NIST DLMF 8.17.22), in Lentz's form. */
const betaFraction = (x: number, a: number, b: number): number => {
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1, change = 0; m < 100_000 && Math.abs(change - 1) > 3e-16; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d)
    c = 1 + even / c
    fraction *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d)
    c = 1 + odd / c
    change = c * d
    fraction *= change
  }
  return fraction
}

const manyDegrees = 5_000

/** A normal variable as far out as t, for many degrees: G. W. Hill's expansion (Algorithm 395, 1970). */
const normalScore = (t: number, degrees: number): number => {
  const a = degrees - 0.5
  const b = 48 * a * a
  const y = a * Math.log1p((t * t) / degrees)
  const correction = (((-0.4 * y - 3.3) * y - 24) * y - 85.5) / (0.8 * y * y + 100 + b)
  return Math.sqrt(y) * ((correction + y + 3) / b + 1)
}

/** The probability beyond t, which is at least 0: half an incomplete beta function of ν ÷ (ν + t²). */
const tailBeyond = (t: number, degrees: number): number => {
  if (degrees > manyDegrees) return normalTailBeyond(normalScore(t, degrees))
  const a = degrees / 2
  const square = t * t
  const [x, rest] = [degrees / (degrees + square), square / (degrees + square)]
  const front = (Math.exp(-a * Math.log1p(square / degrees)) * Math.sqrt(rest) * gammaRatio(a)) / Math.sqrt(Math.PI)
  return x < (a + 1) / (a + 2.5)
    ? (front * betaFraction(x, a, 0.5)) / (2 * a)
    : 0.5 - front * betaFraction(rest, 0.5, a)
}

const mostDegrees = 1_000_000_000

const degreesFault = (degrees: number): OutOfRange | null =>
  Number.isInteger(degrees) && degrees >= 1 && degrees <= mostDegrees
    ? null
    : outOfRange(['degrees'], degrees, `a whole number from 1 to ${mostDegrees}`)

/**
 * The probability that a variable with Student's t distribution is larger than a number.
 *
 * Sources: the incomplete beta function by its continued fraction (NIST DLMF 8.17.22); above 5,000 degrees G. W. Hill,
 * Algorithm 395, Communications of the ACM 13 (1970).
 *
 * @param statistic a finite number
 * @param degrees degrees of freedom, a whole number from 1 to 1,000,000,000
 * @returns `OutOfRange` for another statistic or number of degrees.
 * @example
 * ```ts
 * import { studentUpperTail, unwrap } from 'treue'
 *
 * unwrap(studentUpperTail(1, 1)).toFixed(12) // => '0.250000000000'
 * ```
 */
export const studentUpperTail = (statistic: number, degrees: number): Either<OutOfRange, number> => {
  if (!Number.isFinite(statistic)) {
    return { _tag: 'Left', left: outOfRange(['statistic'], statistic, 'a finite number') }
  }
  const fault = degreesFault(degrees)
  if (fault !== null) return { _tag: 'Left', left: fault }
  const beyond = tailBeyond(Math.abs(statistic), degrees)
  return { _tag: 'Right', right: statistic < 0 ? 1 - beyond : beyond }
}

/** The t that has so much beyond it, below one half: between two doublings. */
const quantileBeyond = (beyond: number, degrees: number): number => {
  let high = 1
  while (tailBeyond(high, degrees) > beyond && high < 1e150) high *= 2
  return rootBetween((t) => beyond - tailBeyond(t, degrees), high === 1 ? 0 : high / 2, high)
}

/**
 * The value below which a variable with Student's t distribution lies with a given probability.
 *
 * @param probability above 0 and below 1
 * @param degrees degrees of freedom, a whole number from 1 to 1,000,000,000
 * @returns `OutOfRange` for another probability or number of degrees.
 * @example
 * ```ts
 * import { studentQuantile, unwrap } from 'treue'
 *
 * unwrap(studentQuantile(0.975, 19)).toFixed(12) // => '2.093024054408'
 * ```
 */
export const studentQuantile = (probability: number, degrees: number): Either<OutOfRange, number> => {
  if (!(probability > 0 && probability < 1)) {
    return { _tag: 'Left', left: outOfRange(['probability'], probability, 'a probability above 0 and below 1') }
  }
  const fault = degreesFault(degrees)
  if (fault !== null) return { _tag: 'Left', left: fault }
  if (probability === 0.5) return { _tag: 'Right', right: 0 }
  const size = quantileBeyond(Math.min(probability, 1 - probability), degrees)
  return { _tag: 'Right', right: probability < 0.5 ? -size : size }
}
