// The standard error of the chain ladder, by Mack's distribution-free model. Measures of a population are floating-point
// numbers; the loops fill arrays that they made themselves.
import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'
import { compensatedSum } from '../statistics/index.ts'
import {
  type ChainLadder,
  type CohortProjection,
  type CumulativeTriangle,
  type Development,
  developments,
  project,
  type TriangleFault,
  tooLarge,
} from './chain-ladder.ts'

/**
 * How the variance of the last step is had, where only one cohort is seen at both its ages and none can be measured. With
 * a and b for the two before it: `'minimum'` is the least of b² ÷ a, a and b (Mack 1993); `'logLinear'` continues the line
 * that fits the logarithms of the earlier ones by least squares.
 */
export type LastVariance = 'minimum' | 'logLinear'

/** How the standard error is computed. */
export interface MackOptions {
  /** `'minimum'` when absent: it is the one of the paper. */
  readonly lastVariance?: LastVariance
}

/** A cohort's projection, and how far off it may be. */
export interface MackCohort extends CohortProjection {
  /** Of the ultimate amount, and so of what is outstanding. */
  readonly standardError: number
}

/** A chain ladder with standard errors. */
export interface MackChainLadder extends ChainLadder {
  readonly cohorts: ReadonlyArray<MackCohort>
  readonly total: Omit<MackCohort, 'age'>
  /** From each age to the next, Mack's σ²: the variance of an amount by the amount that it grew from. */
  readonly variances: ReadonlyArray<number>
  /** How the last of them was had; `null` where it was measured like the others. */
  readonly lastVariance: LastVariance | null
}

const measuredVariance = (
  rows: CumulativeTriangle,
  age: number,
  { factor, rows: seen }: Development,
): E.Either<ZeroDenominator, number> => {
  const squares = new Float64Array(seen)
  for (let index = 0; index < seen; index += 1) {
    const row = rows[index] as ReadonlyArray<number>
    const from = row[age] as number
    if (from === 0) return E.left(zeroDenominator([index, age], 'an amount above 0 at an age before the last seen'))
    squares[index] = from * ((row[age + 1] as number) / from - factor) ** 2
  }
  return E.right(compensatedSum(squares) / (seen - 1))
}

const leastOf = (variances: ReadonlyArray<number>): E.Either<EmptySample, number> => {
  const [a, b] = variances.slice(-2)
  if (a === undefined || b === undefined) {
    return E.left(emptySample([], 'two steps before the last, each of two cohorts or more'))
  }
  return E.right(a === 0 ? 0 : Math.min((b * b) / a, a, b))
}

const onLine = (variances: ReadonlyArray<number>): E.Either<EmptySample | InvalidValue, number> => {
  const count = variances.length
  if (count < 2) return E.left(emptySample([], 'two steps before the last, each of two cohorts or more'))
  const zero = variances.findIndex((variance) => !(variance > 0))
  if (zero >= 0)
    return E.left(invalidValue(['variances', zero], variances[zero], 'a variance above 0, for its logarithm'))
  const logs = variances.map((variance) => Math.log(variance))
  const middle = (count - 1) / 2
  const mean = compensatedSum(logs) / count
  const slope =
    compensatedSum(logs.map((log, index) => (index - middle) * (log - mean))) /
    compensatedSum(logs.map((_, index) => (index - middle) ** 2))
  return E.right(Math.exp(mean + slope * (count - middle)))
}

interface Variances {
  readonly values: ReadonlyArray<number>
  readonly lastVariance: LastVariance | null
}

const withLast = (measured: ReadonlyArray<number>, rule: LastVariance): E.Either<TriangleFault, Variances> =>
  E.map((last: number) => ({ values: [...measured, last], lastVariance: rule }))<TriangleFault>(
    rule === 'minimum' ? leastOf(measured) : onLine(measured),
  )

const variancesOf = (
  rows: CumulativeTriangle,
  steps: ReadonlyArray<Development>,
  rule: LastVariance,
): E.Either<TriangleFault, Variances> => {
  const values: Array<number> = []
  for (const [age, step] of steps.entries()) {
    if (step.rows === 1) {
      return age === steps.length - 1
        ? withLast(values, rule)
        : E.left(emptySample([0, age], 'two cohorts or more that are seen at that age and the next'))
    }
    const variance = measuredVariance(rows, age, step)
    if (variance._tag === 'Left') return variance
    values.push(variance.right)
  }
  return E.right({ values, lastVariance: null })
}

/**
 * From each age, what the squared error of an ultimate amount is by the amount (chance) and by its square (estimate).
 * Going back from the oldest age these are sums, so that every cohort is looked up and no step is taken twice.
 */
interface ErrorShares {
  readonly chance: Float64Array
  readonly estimate: Float64Array
}

const errorShares = (steps: ReadonlyArray<Development>, variances: ReadonlyArray<number>): ErrorShares => {
  const chance = new Float64Array(steps.length + 1)
  const estimate = new Float64Array(steps.length + 1)
  let growth = 1 // squared, from the age after this one
  for (let age = steps.length - 1; age >= 0; age -= 1) {
    const { factor, weight } = steps[age] as Development
    const spread = (variances[age] as number) * growth
    chance[age] = spread + factor * (chance[age + 1] as number)
    estimate[age] = spread / weight + factor * factor * (estimate[age + 1] as number)
    growth *= factor * factor
  }
  return { chance, estimate }
}

/** The squared error of the sum: all cohorts share the factors, so that it is more than the sum of the squared errors. */
const totalSquaredError = (
  rows: CumulativeTriangle,
  steps: ReadonlyArray<Development>,
  variances: ReadonlyArray<number>,
): number => {
  const joining = new Float64Array(steps.length + 1)
  for (const row of rows) (joining[row.length - 1] as number) += row[row.length - 1] as number
  let amount = 0
  let squaredError = 0
  for (const [age, { factor, weight }] of steps.entries()) {
    amount += joining[age] as number
    const variance = variances[age] as number
    squaredError = factor * factor * squaredError + variance * (amount + (amount * amount) / weight)
    amount *= factor
  }
  return squaredError
}

const withErrors = (
  rows: CumulativeTriangle,
  steps: ReadonlyArray<Development>,
  { values, lastVariance }: Variances,
): MackChainLadder => {
  const { factors, cohorts, total } = project(rows, steps)
  const { chance, estimate } = errorShares(steps, values)
  return {
    factors,
    cohorts: cohorts.map(({ age, latest, ultimate, outstanding }) => ({
      age,
      latest,
      ultimate,
      outstanding,
      standardError: Math.sqrt(latest * (chance[age - 1] as number) + latest * latest * (estimate[age - 1] as number)),
    })),
    total: {
      latest: total.latest,
      ultimate: total.ultimate,
      outstanding: total.outstanding,
      standardError: Math.sqrt(totalSquaredError(rows, steps, values)),
    },
    variances: values,
    lastVariance,
  }
}

const isFinal = ({ cohorts, total }: MackChainLadder): boolean =>
  [total, ...cohorts].every(
    ({ ultimate, standardError }) => Number.isFinite(ultimate) && Number.isFinite(standardError),
  )

/**
 * Projects cohorts by the chain ladder, with the standard error of each projection and of their sum: both what chance does
 * and that the factors are estimates (S64).
 *
 * Source: T. Mack, Distribution-free calculation of the standard error of chain ladder reserve estimates, ASTIN Bulletin
 * 23 (1993).
 *
 * @param rows see {@link CumulativeTriangle}; usually four ages or more
 * @param options see {@link MackOptions}
 * @returns the faults of {@link chainLadder}; `EmptySample` also where variances can't be measured: fewer than two steps
 * with two cohorts before the last one; `ZeroDenominator` also for an amount of 0 before the last of its row; for
 * `'logLinear'`, `InvalidValue` at a step without any variance.
 * @example
 * ```ts
 * import { mackChainLadder, unwrap } from 'treue'
 *
 * const rows = [[100, 150, 180, 190], [200, 310, 370], [120, 170], [150]]
 * const { cohorts, total, lastVariance } = unwrap(mackChainLadder(rows))
 * cohorts[3]?.ultimate.toFixed(1) // => '284.0'
 * cohorts[3]?.standardError.toFixed(1) // => '14.8'
 * total.standardError.toFixed(1) // => '14.8'
 * lastVariance // => 'minimum'
 * ```
 */
export const mackChainLadder = (
  rows: CumulativeTriangle,
  options: MackOptions = {},
): E.Either<ReadonlyNonEmptyArray<TriangleFault>, MackChainLadder> => {
  const steps = developments(rows)
  if (steps._tag === 'Left') return steps
  const variances = variancesOf(rows, steps.right, options.lastVariance ?? 'minimum')
  if (variances._tag === 'Left') return E.left([variances.left])
  const ladder = withErrors(rows, steps.right, variances.right)
  return isFinal(ladder) ? E.right(ladder) : E.left([tooLarge(ladder.total.ultimate)])
}
