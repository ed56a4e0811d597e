/** Referrals as a branching process: whether a chain dies out, and how many it brings before it does. */
import * as E from 'fp-ts/Either'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type NonConvergence,
  nonConvergence,
  type OutOfRange,
  outOfRange,
} from '../foundation/index.ts'

/** How many members brought nobody, one, two, and so on. */
export interface CountedOffspring {
  readonly type: 'counts'
  /** At the place n: how many members brought n. */
  readonly counts: ReadonlyArray<number>
}

/** Members bring others independently, so many on average. */
export interface PoissonOffspring {
  readonly type: 'poisson'
  readonly mean: number
}

/** How many customers a customer brings, as a distribution. */
export type Offspring = CountedOffspring | PoissonOffspring

/** Why a branching process cannot be told anything of. */
export type BranchingFault = InvalidValue | EmptySample | OutOfRange | NonConvergence

/** How many customers a chain brings in all. */
export interface TotalSize {
  /** Founders included. */
  readonly mean: number
  readonly standardDeviation: number
}

/** A distribution by what is asked of it. */
interface Process {
  readonly mean: number
  readonly variance: number
  /** The share that brings exactly one. */
  readonly one: number
  /** Σ p(n) qⁿ and its derivative. */
  readonly generate: (q: number) => { readonly value: number; readonly slope: number }
}

const poisson = (mean: number): Process => ({
  mean,
  variance: mean,
  one: mean * Math.exp(-mean),
  generate: (q) => {
    const value = Math.exp(mean * (q - 1))
    return { value, slope: mean * value }
  },
})

const counted = (counts: ReadonlyArray<number>, members: number): Process => {
  const shares = counts.map((count) => count / members)
  const mean = counts.reduce((sum, count, n) => sum + n * count, 0) / members
  return {
    mean,
    variance: shares.reduce((sum, share, n) => sum + share * (n - mean) ** 2, 0),
    one: shares[1] ?? 0,
    generate: (q) => {
      let value = 0
      let slope = 0
      for (const share of [...shares].reverse()) {
        slope = slope * q + value
        value = value * q + share
      }
      return { value, slope }
    },
  }
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const processOf = (offspring: Offspring): E.Either<ReadonlyArray<InvalidValue | EmptySample>, Process> => {
  if (offspring.type === 'poisson') {
    const { mean } = offspring
    const sound = Number.isFinite(mean) && mean >= 0
    return sound ? E.right(poisson(mean)) : E.left([invalidValue(['mean'], mean, 'a number of 0 or more')])
  }
  const faults = offspring.counts.flatMap((count, n) =>
    isCount(count) ? [] : [invalidValue(['counts', n], count, 'an integer of 0 or more')],
  )
  if (faults.length > 0) return E.left(faults)
  const members = offspring.counts.reduce((sum, count) => sum + count, 0)
  return members === 0
    ? E.left([emptySample(['counts'], 'a member at least')])
    : E.right(counted(offspring.counts, members))
}

const founderFaults = (founders: number): ReadonlyArray<InvalidValue> =>
  isCount(founders) && founders > 0 ? [] : [invalidValue(['founders'], founders, 'an integer of 1 or more')]

const mostSteps = 200

/** The smallest q with G(q) = q: Newton's method from 0, which rises to it and never passes it, as G is convex. */
const smallestRoot = ({ generate }: Process): E.Either<NonConvergence, number> => {
  let q = 0
  for (let step = 0; step < mostSteps; step += 1) {
    const { value, slope } = generate(q)
    const next = q + (value - q) / (1 - slope)
    if (!(next > q + 1e-15 * q)) return E.right(q)
    q = Math.min(1, next)
  }
  return E.left(nonConvergence([], mostSteps, 'a mean that is further from 1'))
}

/**
 * The probability that the chains of some founders all die out. It is 1 where a customer brings one or fewer on average,
 * unless each brings exactly one, and below 1 otherwise, also for a K-factor far above 1.
 *
 * Source: T. E. Harris, The Theory of Branching Processes (1963), chapter I.
 *
 * `InvalidValue`: counts, a mean or founders that are none; all are reported. `EmptySample`: no member. `NonConvergence`: the
 * mean is too near to 1.
 *
 * @param offspring - how many customers a customer brings
 * @param founders - how many there are at the beginning; 1 by default
 *
 * @example
 * ```ts
 * import { extinctionProbability, unwrap } from 'treue'
 *
 * // One of four brings nobody, one of two one, one of four three.
 * unwrap(extinctionProbability({ type: 'counts', counts: [1, 2, 0, 1] })).toFixed(6) // => '0.618034'
 * unwrap(extinctionProbability({ type: 'poisson', mean: 0.8 })) // => 1
 * ```
 */
export const extinctionProbability = (
  offspring: Offspring,
  founders: number = 1,
): E.Either<ReadonlyArray<BranchingFault>, number> => {
  const process = processOf(offspring)
  const wrong = founderFaults(founders)
  if (E.isLeft(process)) return E.left([...process.left, ...wrong])
  if (wrong.length > 0) return E.left(wrong)
  if (process.right.one === 1) return E.right(0)
  if (process.right.mean <= 1) return E.right(1)
  const root = smallestRoot(process.right)
  return E.isLeft(root) ? E.left([root.left]) : E.right(root.right ** founders)
}

/**
 * How many customers some founders bring before all chains die out, founders included: founders ÷ (1 − mean), with its
 * standard deviation.
 *
 * Source: T. E. Harris, The Theory of Branching Processes (1963), section I.13.
 *
 * The faults are those of {@link extinctionProbability}, and `OutOfRange` where a customer brings one or more on average:
 * then there is no limit.
 *
 * @param offspring - how many customers a customer brings
 * @param founders - how many there are at the beginning; 1 by default
 *
 * @example
 * ```ts
 * import { expectedTotalSize, unwrap } from 'treue'
 *
 * unwrap(expectedTotalSize({ type: 'poisson', mean: 0.75 }, 100)).mean // => 400
 * expectedTotalSize({ type: 'poisson', mean: 1 })._tag // => 'Left'
 * ```
 */
export const expectedTotalSize = (
  offspring: Offspring,
  founders: number = 1,
): E.Either<ReadonlyArray<BranchingFault>, TotalSize> => {
  const process = processOf(offspring)
  const wrong = founderFaults(founders)
  if (E.isLeft(process)) return E.left([...process.left, ...wrong])
  if (wrong.length > 0) return E.left(wrong)
  const { mean, variance } = process.right
  if (mean >= 1) return E.left([outOfRange(['mean'], mean, 'fewer than one on average')])
  return E.right({
    mean: founders / (1 - mean),
    standardDeviation: Math.sqrt((founders * variance) / (1 - mean) ** 3),
  })
}
