// Cox's regression: what raises or lowers the rate at which customers leave, whatever that rate's course in time.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type NonConvergence,
  nonConvergence,
  type OutOfRange,
} from '../../foundation/index.ts'
import {
  type CurvedEvaluation,
  dependentRow,
  type NewtonMaximum,
  type NoMaximum,
  newtonMaximum,
  solvePositiveDefinite,
} from '../../statistics/index.ts'
import { coxLikelihood } from './cox-likelihood.ts'
import { coefficientOf, testOf } from './regression-coefficient.ts'
import {
  confidenceQuantile,
  type DependentCovariate,
  dependentCovariate,
  type MonotoneLikelihood,
  monotoneLikelihood,
  type RegressionCoefficient,
  type RegressionData,
  type RegressionTest,
  regressionFaults,
  type Scale,
  strataFaults,
} from './regression-data.ts'
import { type RiskRows, riskRows, type Stratum } from './risk-rows.ts'
import type { TieMethod } from './risk-sets.ts'

/** Data of Cox's regression. */
export interface CoxData extends RegressionData {
  /** A stratum per row: each has its own course of the rate, and rows are only compared within it. */
  readonly strata?: ArrayLike<Stratum>
}

/** How coefficients are estimated. */
export interface CoxOptions {
  /** `'efron'` when absent: it is closer to the truth where many leave at the same time. */
  readonly ties?: TieMethod
  /** How often the intervals shall hold; 0.95 when absent. */
  readonly confidence?: number
}

/** What a regression found. */
export interface CoxFit {
  readonly ties: TieMethod
  readonly coefficients: ReadonlyArray<RegressionCoefficient>
  /** Of the coefficients, row by row. */
  readonly covariance: ReadonlyArray<ReadonlyArray<number>>
  /** The mean of each covariate: of the customer that curves and scores compare with. */
  readonly means: ReadonlyArray<number>
  /** The logarithm of the partial likelihood, and what it is where no covariate has any influence. */
  readonly logLikelihood: number
  readonly nullLogLikelihood: number
  /** Whether any covariate has any influence, by three tests that agree where there are many customers. */
  readonly likelihoodRatio: RegressionTest
  readonly wald: RegressionTest
  readonly score: RegressionTest
  readonly rows: number
  readonly ends: number
  /** How often the likelihood was evaluated. */
  readonly evaluations: number
}

/** Why there is no regression. */
export type CoxFaults = ReadonlyNonEmptyArray<
  InvalidValue | OutOfRange | EmptySample | DependentCovariate | MonotoneLikelihood | NonConvergence
>

/** What is wrong with data of Cox's regression. */
export const coxDataFaults = (data: CoxData): ReadonlyArray<InvalidValue | EmptySample> => [
  ...(data.covariates.length === 0 ? [emptySample(['covariates'], 'at least one covariate')] : []),
  ...regressionFaults(data),
  ...strataFaults(data.strata, data.times.length),
]

const tieFaults = (ties: string): ReadonlyArray<InvalidValue> =>
  ties === 'efron' || ties === 'breslow' ? [] : [invalidValue(['ties'], ties, "'efron' or 'breslow'")]

const product = (first: Float64Array, second: Float64Array): number =>
  first.reduce((sum, value, index) => sum + value * (second[index] as number), 0)

/**
 * The first covariate that is constant among all that are ever compared, or follows there from those before it; −1 where none
 * does. What rounding makes of nothing must not be taken for something: it is as large as the squares that cancel each other.
 */
const dependentAmong = ({ values, size, weights, ended }: RiskRows, { curvature }: CurvedEvaluation): number => {
  const weight = weights.reduce((sum, value, row) => sum + value * (ended[row] as number), 0)
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const noise = 1e-13 * weight * largest * largest
  return dependentRow(
    curvature.map((value, at) => (at % (size + 1) === 0 ? value * (1 - 1e-10) - noise : value)),
    size,
  )
}

const scoreOf = ({ curvature, gradient }: CurvedEvaluation): number => {
  const solution = solvePositiveDefinite(curvature, gradient)
  return solution._tag === 'Right' ? product(gradient, solution.right) : 0
}

const waldOf = ({ curvature, point }: NewtonMaximum): number =>
  point.reduce((sum, value, row) => sum + value * product(point, curvature.subarray(row * point.length)), 0)

/** The covariance of coefficients in the covariates' own units. */
const covarianceOf = (inverse: Float64Array, scales: ReadonlyArray<Scale>): ReadonlyArray<ReadonlyArray<number>> =>
  scales.map((row, first) =>
    scales.map((column, second) => (inverse[first * scales.length + second] as number) / row.spread / column.spread),
  )

const fitOf = (
  data: CoxData,
  ties: TieMethod,
  quantile: number,
  { scales, ended }: RiskRows,
  start: CurvedEvaluation,
  best: NewtonMaximum,
): CoxFit => {
  const size = scales.length
  const covariance = covarianceOf(best.inverseCurvature, scales)
  return {
    ties,
    coefficients: scales.map(({ spread }, index) => {
      const error = Math.sqrt(covariance[index]?.[index] as number)
      return coefficientOf(
        data.covariates[index]?.name as string,
        (best.point[index] as number) / spread,
        error,
        quantile,
      )
    }),
    covariance,
    means: scales.map(({ mean }) => mean),
    logLikelihood: best.value,
    nullLogLikelihood: start.value,
    likelihoodRatio: testOf(2 * (best.value - start.value), size),
    wald: testOf(waldOf(best), size),
    score: testOf(scoreOf(start), size),
    rows: ended.length,
    ends: ended.reduce((sum, flag) => sum + flag, 0),
    evaluations: best.evaluations,
  }
}

const noFit = (data: CoxData, { scales }: RiskRows, fault: NoMaximum): CoxFaults[0] => {
  const index = Math.max(0, fault.variable)
  const coefficient = (fault.point[index] as number) / (scales[index]?.spread as number)
  return fault.seen === 'boundary' || fault.seen === 'flat'
    ? monotoneLikelihood(data.covariates, index, coefficient)
    : nonConvergence(['covariates'], 100, 'a likelihood that settles: look for covariates of very different sizes')
}

/**
 * Cox's proportional hazards: by what factor each covariate raises or lowers the rate at which customers leave. It needs no
 * assumption on the course of that rate in time. Several rows per customer, weights and strata are taken; standard errors
 * take weights as numbers of customers.
 *
 * Sources: D. R. Cox (1972); B. Efron, JASA 72 (1977), for ends at the same time; P. K. Andersen & R. D. Gill (1982) for rows
 * with entries. The same as R's coxph.
 *
 * @param data see {@link CoxData}
 * @param options see {@link CoxOptions}
 * @returns `InvalidValue` at each entry that is wrong, `OutOfRange` for a confidence not between 0 and 1, `EmptySample` where
 * nobody left or without a covariate, `DependentCovariate` for one that is constant or follows from those before it,
 * `MonotoneLikelihood` for a coefficient that runs away, `NonConvergence` where the search didn't settle.
 * @example
 * ```ts
 * import { coxRegression, unwrap } from 'treue'
 *
 * const discount = { name: 'discount', values: [1, 1, 0, 1, 0, 0, 1, 0] }
 * const months = { times: [2, 3, 4, 5, 6, 8, 9, 12], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [discount] }
 * const [coefficient] = unwrap(coxRegression(months)).coefficients
 * coefficient?.ratio.toFixed(2) // => '2.29'
 * ```
 */
export const coxRegression = (data: CoxData, options: CoxOptions = {}): Either<CoxFaults, CoxFit> => {
  const { ties = 'efron', confidence = 0.95 } = options
  const quantile = confidenceQuantile(confidence)
  const [first, ...rest] = [
    ...(typeof quantile === 'number' ? [] : [quantile]),
    ...tieFaults(ties),
    ...coxDataFaults(data),
  ]
  if (first !== undefined || typeof quantile !== 'number')
    return { _tag: 'Left', left: [first as CoxFaults[0], ...rest] }
  const rows = riskRows(data, data.strata)
  const likelihood = coxLikelihood(rows, ties)
  const start = likelihood(new Float64Array(rows.size))
  const dependent = dependentAmong(rows, start)
  if (dependent >= 0) return { _tag: 'Left', left: [dependentCovariate(data.covariates, dependent)] }
  const best = newtonMaximum(
    likelihood,
    Array.from({ length: rows.size }, () => 0),
  )
  return best._tag === 'Left'
    ? { _tag: 'Left', left: [noFit(data, rows, best.left)] }
    : { _tag: 'Right', right: fitOf(data, ties, quantile, rows, start, best.right) }
}
