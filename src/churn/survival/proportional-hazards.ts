// Whether a covariate's influence on the rate of leaving is the same at all times, as Cox's regression supposes.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  type InvalidValue,
  invalidValue,
  type ZeroDenominator,
  zeroDenominator,
} from '../../foundation/index.ts'
import { solvePositiveDefinite } from '../../statistics/index.ts'
import { addTriangle, squareOf } from './cox-likelihood.ts'
import type { CoxData, CoxFit } from './cox-regression.ts'
import { type FittedRows, fittedRows } from './cox-rows.ts'
import { kaplanMeier } from './kaplan-meier.ts'
import { testOf } from './regression-coefficient.ts'
import type { RegressionTest } from './regression-data.ts'
import type { RiskRows } from './risk-rows.ts'
import { type RiskTally, walkRiskSets } from './risk-sets.ts'
import { sortedOrder } from './sorted-order.ts'

/**
 * How time is measured when influences are compared over time: by the share that had left, the rank among the times of all
 * rows, the time itself, or its logarithm.
 */
export type TimeTransform = 'kaplanMeier' | 'rank' | 'identity' | 'log'

/** The test of one covariate. */
export interface CovariateTest extends RegressionTest {
  readonly name: string
}

/** What was found. */
export interface ProportionalHazardsTest {
  readonly covariates: ReadonlyArray<CovariateTest>
  /** All covariates at once. */
  readonly together: RegressionTest
  /** One per end, from the first to the last; several at the same time have an entry each. */
  readonly times: Float64Array
  readonly transformed: Float64Array
  /** Per covariate, one per end: about its coefficient at that time. A trend over `transformed` is what the test finds. */
  readonly scaledResiduals: ReadonlyArray<Float64Array>
}

/** Why there is no test. */
export type ProportionalHazardsFaults = ReadonlyNonEmptyArray<InvalidValue | EmptySample | ZeroDenominator>

/** The times of the ends in rising order, one per end. */
const endTimes = ({ times, ended }: RiskRows): Float64Array => times.filter((_, row) => ended[row] === 1).sort()

/** The mean rank of each distinct time. */
const meanRanks = (sorted: Float64Array): ReadonlyMap<number, number> => {
  const ranks = new Map<number, number>()
  for (let from = 0; from < sorted.length; ) {
    let to = from
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1
    ranks.set(sorted[from] as number, (from + 1 + to) / 2)
    from = to
  }
  return ranks
}

/** The share that had left just before each time at which somebody left, over all strata. */
const sharesLeft = ({ times, ended, entries }: CoxData): ReadonlyMap<number, number> => {
  const curve = kaplanMeier(entries === undefined ? { times, ended } : { times, ended, entries })
  const shares = new Map<number, number>()
  if (curve._tag === 'Left') return shares
  let left = 0
  curve.right.times.forEach((time, row) => {
    shares.set(time, left)
    left = 1 - (curve.right.survival[row] as number)
  })
  return shares
}

const transformOf = (data: CoxData, rows: RiskRows, transform: TimeTransform): ((time: number) => number) => {
  switch (transform) {
    case 'identity':
      return (time) => time
    case 'log':
      return Math.log
    case 'rank': {
      const ranks = meanRanks(Float64Array.from(rows.times).sort())
      return (time) => ranks.get(time) as number
    }
    case 'kaplanMeier': {
      const shares = sharesLeft(data)
      return (time) => shares.get(time) as number
    }
  }
}

/** Sums over the ends, of the influences' drift with transformed time. */
interface DriftSums {
  readonly score: Float64Array
  readonly plain: Float64Array
  readonly mixed: Float64Array
  readonly squared: Float64Array
}

const driftSums = ({ rows, point }: FittedRows, { ties }: CoxFit, moved: (time: number) => number): DriftSums => {
  const { size } = rows
  const length = (size * (size + 1)) / 2
  const score = new Float64Array(size)
  const [plain, mixed, squared] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)]
  walkRiskSets(rows, ties, point, ({ time, endValues, means, covariances }) => {
    const at = moved(time)
    addTriangle(plain, covariances, 1)
    addTriangle(mixed, covariances, at)
    addTriangle(squared, covariances, at * at)
    for (let index = 0; index < size; index += 1)
      (score[index] as number) += at * ((endValues[index] as number) - (means[index] as number))
  })
  return { score, plain: squareOf(plain, size), mixed: squareOf(mixed, size), squared: squareOf(squared, size) }
}

/** A score test of some covariates' drift, beside the influences of all; `undefined` where these cannot be told apart. */
const driftTest = ({ score, plain, mixed, squared }: DriftSums, tested: ReadonlyArray<number>) => {
  const size = score.length
  const whole = size + tested.length
  const placeOf = (index: number): number => (index < size ? index : (tested[index - size] as number))
  const matrix = Float64Array.from({ length: whole * whole }, (_, at) => {
    const [row, column] = [Math.floor(at / whole), at % whole]
    const block = row < size && column < size ? plain : row < size || column < size ? mixed : squared
    return block[placeOf(row) * size + placeOf(column)] as number
  })
  const right = Float64Array.from({ length: whole }, (_, at) => (at < size ? 0 : (score[placeOf(at)] as number)))
  const solution = solvePositiveDefinite(matrix, right)
  if (solution._tag === 'Left') return undefined
  const statistic = right.reduce((sum, value, at) => sum + value * (solution.right[at] as number), 0)
  return testOf(statistic, tested.length)
}

/** Of each end: its covariates less their mean among those at risk, in their own units. */
const residualsOf = ({ rows, point }: FittedRows, { ties }: CoxFit) => {
  const ends = endTimes(rows).length
  const times = new Float64Array(ends)
  const columns = rows.scales.map(() => new Float64Array(ends))
  let next = 0
  walkRiskSets(rows, ties, point, ({ time, from, to, means, endWeight }: RiskTally) => {
    for (let row = from; row < to; row += 1) {
      if (rows.ended[row] !== 1) continue
      times[next] = time
      for (const [at, column] of columns.entries()) {
        const value = (rows.values[row * rows.size + at] as number) - (means[at] as number) / endWeight
        column[next] = value * (rows.scales[at]?.spread as number)
      }
      next += 1
    }
  })
  const order = sortedOrder(times)
  const inOrder = (column: Float64Array) => column.map((_, at) => column[order[at] as number] as number)
  return { times: inOrder(times), columns: columns.map(inOrder) }
}

const scaled = ({ covariance, coefficients }: CoxFit, columns: ReadonlyArray<Float64Array>) =>
  coefficients.map(({ coefficient }, row) => {
    const ends = (columns[0] as Float64Array).length
    return new Float64Array(ends).map((_, end) =>
      columns.reduce(
        (sum, column, at) => sum + ends * (covariance[row]?.[at] as number) * (column[end] as number),
        coefficient,
      ),
    )
  })

/** A transform moved and stretched to −½…½ over the ends: the tests don't depend on it, their rounding does. */
const centred = (rows: RiskRows, moved: (time: number) => number): ((time: number) => number) => {
  const sorted = endTimes(rows)
  const [first, last] = [moved(sorted[0] as number), moved(sorted[sorted.length - 1] as number)]
  const unit = last > first ? last - first : 1
  return (time) => (moved(time) - first) / unit - 0.5
}

const isTransform = (transform: string): boolean => ['kaplanMeier', 'rank', 'identity', 'log'].includes(transform)

const resultOf = (data: CoxData, fit: CoxFit, fitted: FittedRows, transform: TimeTransform) => {
  const moved = transformOf(data, fitted.rows, transform)
  const sums = driftSums(fitted, fit, centred(fitted.rows, moved))
  const together = driftTest(sums, Array.from(fit.coefficients.keys()))
  if (together === undefined) return undefined
  const { times, columns } = residualsOf(fitted, fit)
  return {
    covariates: fit.coefficients.flatMap(({ name }, index) => {
      const test = driftTest(sums, [index])
      return test === undefined ? [] : [{ name, ...test }]
    }),
    together,
    times,
    transformed: times.map(moved),
    scaledResiduals: scaled(fit, columns),
  }
}

/**
 * Whether the influences that Cox's regression found are the same at all times. A small p-value says that a covariate's
 * influence grows or fades: then take strata by it, or rows that change with time.
 *
 * Sources: P. Grambsch & T. Therneau, Biometrika 81 (1994); as a score test, as R's cox.zph has it since survival 3.0.
 *
 * @param data those that the fit came from
 * @param fit from {@link coxRegression}
 * @param transform how time is measured; `'kaplanMeier'` when absent
 * @returns `InvalidValue` and `EmptySample` as of {@link coxBaseline}, `InvalidValue` for the logarithm of a time of 0,
 * `ZeroDenominator` where too few left to tell.
 * @example
 * ```ts
 * import { coxRegression, proportionalHazardsTest, unwrap } from 'treue'
 *
 * const discount = { name: 'discount', values: [1, 1, 0, 1, 0, 0, 1, 0] }
 * const months = { times: [2, 3, 4, 5, 6, 8, 9, 12], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [discount] }
 * const test = unwrap(proportionalHazardsTest(months, unwrap(coxRegression(months))))
 * test.together.pValue > 0.1 // => true
 * ```
 */
export const proportionalHazardsTest = (
  data: CoxData,
  fit: CoxFit,
  transform: TimeTransform = 'kaplanMeier',
): Either<ProportionalHazardsFaults, ProportionalHazardsTest> => {
  const fitted = fittedRows(data, fit)
  const [first, ...rest] = [
    ...(fitted._tag === 'Left' ? fitted.left : []),
    ...(isTransform(transform)
      ? []
      : [invalidValue(['transform'], transform, "'kaplanMeier', 'rank', 'identity' or 'log'")]),
  ]
  if (first !== undefined || fitted._tag === 'Left') return { _tag: 'Left', left: [first as InvalidValue, ...rest] }
  if (transform === 'log' && endTimes(fitted.right.rows)[0] === 0) {
    return { _tag: 'Left', left: [invalidValue(['transform'], transform, 'another than log: somebody left at 0')] }
  }
  const right = resultOf(data, fit, fitted.right, transform)
  return right === undefined
    ? { _tag: 'Left', left: [zeroDenominator([], 'more ends, at which customers differ')] }
    : { _tag: 'Right', right }
}
