/* eslint-disable no-param-reassign -- a kernel that fills the columns of probabilities that it made itself */
// The exact distribution of the balance of independent steps of +1, 0 or −1. The loops fill arrays made here.

import type { Either } from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'

/** The probabilities of one step; together they are 1. */
export interface StepProbabilities {
  readonly down: number
  readonly stay: number
  readonly up: number
}

const mostSteps = 1_000_000
const rescaleAbove = 1e200

/**
 * Writes the coefficients of (a + bx + cx²)ⁿ from x⁰ up to xˡᵃˢᵗ, where `last` is at most n; `a` is above 0.
 *
 * The coefficients of a power follow a recurrence of three terms (Euler), here with no difference in it up to xⁿ, so no
 * digits are lost. It starts from 1 instead of aⁿ, and carries what it was scaled by as a logarithm.
 */
const fillFrom = (
  into: Float64Array,
  indexOf: (power: number) => number,
  [a, b, c]: readonly [number, number, number],
  steps: number,
  last: number,
): void => {
  let [before, current] = [0, 1]
  const logFirst = steps * Math.log(a)
  let rescaled = 0 // a count, since a running sum of logarithms would gather rounding errors
  into[indexOf(0)] = Math.exp(logFirst)
  for (let k = 1; k <= last; k += 1) {
    const next = (b * (steps - k + 1) * current + c * (2 * steps - k + 2) * before) / (a * k)
    before = current
    current = next
    if (current + before > rescaleAbove) {
      rescaled += 1
      current /= rescaleAbove
      before /= rescaleAbove
    }
    into[indexOf(k)] = current === 0 ? 0 : Math.exp(logFirst + rescaled * Math.log(rescaleAbove) + Math.log(current))
  }
}

const fillBalances = (probabilities: Float64Array, steps: number, { down, stay, up }: StepProbabilities): void => {
  const fromBottom = (power: number): number => power
  const fromTop = (power: number): number => 2 * steps - power
  if (down > 0) fillFrom(probabilities, fromBottom, [down, stay, up], steps, steps)
  if (up > 0) fillFrom(probabilities, fromTop, [up, stay, down], steps, down > 0 ? steps - 1 : steps)
  if (down === 0 && up === 0) probabilities[steps] = 1
}

/**
 * The exact distribution of the sum of so many independent steps, each −1, 0 or +1.
 *
 * Source: Euler's recurrence for the powers of a polynomial; linear in the number of steps.
 *
 * @param steps a whole number from 0 to 1,000,000
 * @param probabilities of one step, from 0 to 1, together 1
 * @returns the probabilities of −steps, −steps + 1 … steps in this order; `OutOfRange` for another number of steps, and for
 * probabilities that are none.
 * @example
 * ```ts
 * import { trinomialBalanceProbabilities, unwrap } from 'treue'
 *
 * const balance = unwrap(trinomialBalanceProbabilities(2, { down: 0.25, stay: 0.5, up: 0.25 }))
 * Array.from(balance, (probability) => probability.toFixed(4)) // => ['0.0625', '0.2500', '0.3750', '0.2500', '0.0625']
 * ```
 */
export const trinomialBalanceProbabilities = (
  steps: number,
  probabilities: StepProbabilities,
): Either<OutOfRange, Float64Array> => {
  if (!(Number.isInteger(steps) && steps >= 0 && steps <= mostSteps)) {
    return { _tag: 'Left', left: outOfRange(['steps'], steps, `a whole number from 0 to ${mostSteps}`) }
  }
  const { down, stay, up } = probabilities
  const total = down + stay + up
  if (!(down >= 0 && stay >= 0 && up >= 0 && Math.abs(total - 1) < 1e-9)) {
    return { _tag: 'Left', left: outOfRange(['probabilities'], total, 'probabilities from 0 that are together 1') }
  }
  const right = new Float64Array(2 * steps + 1)
  fillBalances(right, steps, probabilities)
  return { _tag: 'Right', right }
}
