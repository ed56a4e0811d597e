// The chain ladder: how cohorts of which only the first ages are seen go on, from how older ones did. Measures of a
// population are floating-point numbers; the loops fill lists that they made themselves.
import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'
import { compensatedSum } from '../statistics/index.ts'

/**
 * Cumulative amounts, a row for each cohort from the oldest on, with a number for each age that is seen. A later row is
 * not longer than an earlier one. An amount may be below the one before it: redemptions are cancelled.
 */
export type CumulativeTriangle = ReadonlyArray<ReadonlyArray<number>>

/** Why a triangle has no chain ladder. */
export type TriangleFault = EmptySample | InvalidValue | OutOfRange | ZeroDenominator

/** A cohort, and how it goes on. */
export interface CohortProjection {
  /** How many ages are seen. */
  readonly age: number
  /** The amount at the last age that is seen. */
  readonly latest: number
  /** The amount at the oldest age of the triangle. */
  readonly ultimate: number
  /** What is still to come: the ultimate amount less the latest. */
  readonly outstanding: number
}

/** Cohorts, projected. */
export interface ChainLadder {
  /** From each age to the next, by how much the amounts grow. */
  readonly factors: ReadonlyArray<number>
  readonly cohorts: ReadonlyArray<CohortProjection>
  readonly total: Omit<CohortProjection, 'age'>
}

/** What the rows that are seen at both ages of a step are in sum at the first of them, and how much they grow. */
export interface Development {
  /** Σ of the amounts at the first age. */
  readonly weight: number
  readonly factor: number
  /** How many rows are seen at both ages. */
  readonly rows: number
}

const expectedAmount = 'an amount from 0 to 9007199254740991'

const amountFaults = (row: ReadonlyArray<number>, index: number): ReadonlyArray<InvalidValue> =>
  row.flatMap((amount, age) =>
    amount >= 0 && amount <= Number.MAX_SAFE_INTEGER ? [] : [invalidValue([index, age], amount, expectedAmount)],
  )

const lengthFaults = (rows: CumulativeTriangle): ReadonlyArray<InvalidValue> =>
  rows.flatMap((row, index) => {
    const longest = rows[index - 1]?.length ?? row.length
    if (row.length === 0) return [invalidValue([index], row, 'at least one amount')]
    return row.length <= longest
      ? []
      : [invalidValue([index], row, `at most the ${longest} amounts of the cohort before it`)]
  })

/** Whether it has the form of a triangle: lengths that don't rise, amounts that are none below 0. */
const triangleFaults = (rows: CumulativeTriangle): ReadonlyArray<InvalidValue> => [
  ...lengthFaults(rows),
  ...rows.flatMap(amountFaults),
]

const developmentAt = (rows: CumulativeTriangle, age: number, seen: number): E.Either<ZeroDenominator, Development> => {
  const from = new Float64Array(seen)
  const to = new Float64Array(seen)
  for (let index = 0; index < seen; index += 1) {
    const row = rows[index] as ReadonlyArray<number>
    from[index] = row[age] as number
    to[index] = row[age + 1] as number
  }
  const weight = compensatedSum(from)
  return weight > 0
    ? E.right({ weight, factor: compensatedSum(to) / weight, rows: seen })
    : E.left(zeroDenominator([0, age], 'an amount above 0 at that age, of a cohort that is older than it'))
}

/** The steps from each age to the next; the rows of one are the first ones. */
export const developments = (
  rows: CumulativeTriangle,
): E.Either<ReadonlyNonEmptyArray<TriangleFault>, ReadonlyArray<Development>> => {
  const [fault, ...more] = triangleFaults(rows)
  if (fault !== undefined) return E.left([fault, ...more])
  const ages = rows[0]?.length ?? 0
  if (ages < 2) return E.left([emptySample([], 'a cohort of which two ages are seen')])
  const steps: Array<Development> = []
  let seen = rows.length
  for (let age = 0; age + 1 < ages; age += 1) {
    while ((rows[seen - 1]?.length ?? 0) <= age + 1) seen -= 1
    const step = developmentAt(rows, age, seen)
    if (step._tag === 'Left') return E.left([step.left])
    steps.push(step.right)
  }
  return E.right(steps)
}

/** From each age, by how much an amount grows to the oldest age; the last is 1. */
const growths = (steps: ReadonlyArray<Development>): Float64Array => {
  const growth = new Float64Array(steps.length + 1).fill(1)
  for (let age = steps.length - 1; age >= 0; age -= 1) {
    growth[age] = (growth[age + 1] as number) * (steps[age] as Development).factor
  }
  return growth
}

/** The projection of every row by the steps; infinite where an amount is too large for a number. */
export const project = (rows: CumulativeTriangle, steps: ReadonlyArray<Development>): ChainLadder => {
  const growth = growths(steps)
  const cohorts = rows.map((row) => {
    const age = row.length
    const latest = row[age - 1] as number
    const ultimate = latest * (growth[age - 1] as number)
    return { age, latest, ultimate, outstanding: ultimate - latest }
  })
  const sum = (field: 'latest' | 'ultimate' | 'outstanding'): number =>
    compensatedSum(Float64Array.from(cohorts, (cohort) => cohort[field]))
  return {
    factors: steps.map(({ factor }) => factor),
    cohorts,
    total: { latest: sum('latest'), ultimate: sum('ultimate'), outstanding: sum('outstanding') },
  }
}

/** The fault that amounts grow beyond what a number holds. */
export const tooLarge = (ultimate: number): OutOfRange =>
  outOfRange([], ultimate, 'amounts that do not grow without end')

/**
 * Projects cohorts to the oldest age that is seen, by volume-weighted chain-ladder factors: the sum of the amounts at an
 * age, of all cohorts that are seen at the next age too, into the sum at that next age. Cohorts are taken to be complete
 * at the oldest age: there is no tail.
 *
 * Source: T. Mack, ASTIN Bulletin 23 (1993), equation 2.
 *
 * @param rows see {@link CumulativeTriangle}
 * @returns `EmptySample` where no cohort is seen at two ages; `InvalidValue` for a row that is longer than the one before
 * it or is empty, and for an amount below 0 or above 2^53 − 1; `ZeroDenominator` where all cohorts have 0 at an age that
 * others are to be projected from; `OutOfRange` where an ultimate amount leaves the range of numbers.
 * @example
 * ```ts
 * import { chainLadder, unwrap } from 'treue'
 *
 * const { factors, cohorts, total } = unwrap(chainLadder([[100, 150, 180], [200, 300], [120]]))
 * factors // => [1.5, 1.2]
 * cohorts[2]?.outstanding.toFixed(6) // => '96.000000'
 * total.outstanding.toFixed(6) // => '156.000000'
 * ```
 */
export const chainLadder = (rows: CumulativeTriangle): E.Either<ReadonlyNonEmptyArray<TriangleFault>, ChainLadder> => {
  const steps = developments(rows)
  if (steps._tag === 'Left') return steps
  const ladder = project(rows, steps.right)
  return Number.isFinite(ladder.total.ultimate) && ladder.cohorts.every(({ ultimate }) => Number.isFinite(ultimate))
    ? E.right(ladder)
    : E.left([tooLarge(ladder.total.ultimate)])
}
