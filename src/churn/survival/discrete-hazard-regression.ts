// What raises or lowers the chance of leaving in a whole period.

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
  outOfRange,
} from '../../foundation/index.ts'
import { type NewtonMaximum, type NoMaximum, newtonMaximum } from '../../statistics/index.ts'
import { periodFaults } from './discrete-hazard.ts'
import {
  type GroupedPeriods,
  type GroupedRows,
  groupedLikelihood,
  groupedPeriods,
  groupedRows,
} from './grouped-likelihood.ts'
import { coefficientOf, testOf } from './regression-coefficient.ts'
import {
  confidenceQuantile,
  type DependentCovariate,
  dependentCovariate,
  dependentIn,
  farthestCovariate,
  type MonotoneLikelihood,
  monotoneLikelihood,
  type RegressionCoefficient,
  type RegressionData,
  type RegressionTest,
  regressionFaults,
} from './regression-data.ts'

/** What a regression of whole periods found. */
export interface DiscreteHazardFit {
  /** Their ratios are of rates, as in Cox's regression. */
  readonly coefficients: ReadonlyArray<RegressionCoefficient>
  readonly covariance: ReadonlyArray<ReadonlyArray<number>>
  /** The mean of each covariate. */
  readonly means: ReadonlyArray<number>
  /** Periods in which somebody left, in rising order; in all others the chance of leaving is 0. */
  readonly periods: ReadonlyArray<number>
  /** The chance of leaving in each, of a customer of mean covariates; 1 where everybody at risk left. */
  readonly hazard: ReadonlyArray<number>
  readonly logLikelihood: number
  /** What it is without covariates. */
  readonly nullLogLikelihood: number
  readonly likelihoodRatio: RegressionTest
  readonly rows: number
  readonly ends: number
  readonly evaluations: number
}

/** The chance of leaving and the share that is still there, as columns, ready for a chart. */
export interface DiscreteHazardCurve {
  readonly periods: ReadonlyArray<number>
  readonly hazard: ReadonlyArray<number>
  /** After the period. */
  readonly survival: ReadonlyArray<number>
}

/** Why there is no regression. */
export type DiscreteHazardRegressionFaults = ReadonlyNonEmptyArray<
  InvalidValue | OutOfRange | EmptySample | DependentCovariate | MonotoneLikelihood | NonConvergence
>

const mostFreePeriods = 400

const noFit = ({ covariates }: RegressionData, rows: GroupedRows, { seen, variable, point }: NoMaximum) => {
  const offset = point.length - covariates.length
  const hasRun = (seen === 'boundary' || seen === 'flat') && covariates.length > 0
  if (!hasRun) return nonConvergence(['covariates'], 100, 'a likelihood that settles')
  const index = variable >= offset ? variable - offset : farthestCovariate(point, offset, covariates.length)
  return monotoneLikelihood(
    covariates,
    index,
    (point[offset + index] as number) / (rows.scales[index]?.spread as number),
  )
}

/** The logarithm of the rate that leaves a share. */
const logRate = (share: number): number => Math.log(-Math.log1p(-share))

const fitOf = (
  data: RegressionData,
  quantile: number,
  { free, last }: GroupedPeriods,
  { scales }: GroupedRows,
  nullValue: number,
  { point, inverseCurvature, value, evaluations }: NewtonMaximum,
): DiscreteHazardFit => {
  const size = point.length
  const variance = (row: number, column: number): number =>
    inverseCurvature[(free.length + row) * size + free.length + column] as number
  const covariance = scales.map((first, row) =>
    scales.map((second, column) => variance(row, column) / first.spread / second.spread),
  )
  const hazards = new Map([
    ...free.map((period, at) => [period, -Math.expm1(-Math.exp(point[at] as number))] as const),
    ...last.map((period) => [period, 1] as const),
  ])
  const periods = Array.from(hazards.keys()).sort((first, second) => first - second)
  return {
    coefficients: scales.map(({ spread }, at) => {
      const error = Math.sqrt(covariance[at]?.[at] as number)
      return coefficientOf(
        data.covariates[at]?.name as string,
        (point[free.length + at] as number) / spread,
        error,
        quantile,
      )
    }),
    covariance,
    means: scales.map(({ mean }) => mean),
    periods,
    hazard: periods.map((period) => hazards.get(period) as number),
    logLikelihood: value,
    nullLogLikelihood: nullValue,
    likelihoodRatio: testOf(2 * (value - nullValue), scales.length),
    rows: data.times.length,
    ends: Array.from(data.ended).filter((flag) => flag === true || flag === 1).length,
    evaluations,
  }
}

const fitted = (data: RegressionData, quantile: number): Either<DiscreteHazardRegressionFaults, DiscreteHazardFit> => {
  const periods = groupedPeriods(data)
  const { free, shares } = periods
  if (free.length === 0) {
    return { _tag: 'Left', left: [emptySample(['ended'], 'a period in which some left and some stayed')] }
  }
  if (free.length > mostFreePeriods) {
    const wanted = `at most ${mostFreePeriods} periods in which somebody left: take longer ones, or coxRegression`
    return { _tag: 'Left', left: [outOfRange(['times'], free.length, wanted)] }
  }
  const rows = groupedRows(data, periods)
  const dependent = dependentIn(rows.values, rows.covariates)
  if (dependent >= 0) return { _tag: 'Left', left: [dependentCovariate(data.covariates, dependent)] }
  const likelihood = groupedLikelihood(rows)
  const start = [...shares.map(logRate), ...rows.scales.map(() => 0)]
  const best = newtonMaximum(likelihood, start)
  // Without covariates each period's share is the best, so that the search begins at the null likelihood.
  return best._tag === 'Left'
    ? { _tag: 'Left', left: [noFit(data, rows, best.left)] }
    : {
        _tag: 'Right',
        right: fitOf(data, quantile, periods, rows, likelihood(Float64Array.from(start)).value, best.right),
      }
}

/**
 * By what factor each covariate raises or lowers the rate of leaving, where customers can only leave in whole periods, such as at
 * a renewal: the model of Cox's regression, with many ends at the same time taken exactly (a binomial regression of single
 * periods by the complementary log-log link). The logit link is a logistic regression of {@link personPeriods}.
 *
 * Source: R. L. Prentice & L. A. Gloeckler, Biometrics 34 (1978).
 *
 * @param data times in whole periods from 1 on: in the how manieth each left or was last seen; see {@link RegressionData}
 * @param confidence of the intervals; 0.95 when absent
 * @returns `InvalidValue` at each entry that is wrong, `EmptySample` where nobody left, or in no period some left and some
 * stayed, `OutOfRange` for a confidence not between 0 and 1 and for more than 400 periods with ends, `DependentCovariate` for
 * a covariate that is constant or follows from those before it, `MonotoneLikelihood` for a coefficient that runs away,
 * `NonConvergence` where the search didn't settle.
 * @example
 * ```ts
 * import { discreteHazardRegression, unwrap } from 'treue'
 *
 * const discount = { name: 'discount', values: [1, 1, 0, 1, 0, 0, 1, 0] }
 * const years = { times: [1, 1, 1, 2, 2, 2, 3, 3], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [discount] }
 * const fit = unwrap(discreteHazardRegression(years))
 * fit.coefficients[0]?.ratio.toFixed(2) // => '2.09'
 * fit.periods // => [1, 2]
 * ```
 */
export const discreteHazardRegression = (
  data: RegressionData,
  confidence: number = 0.95,
): Either<DiscreteHazardRegressionFaults, DiscreteHazardFit> => {
  const quantile = confidenceQuantile(confidence)
  const faults = regressionFaults(data)
  const [first, ...rest] = [
    ...(typeof quantile === 'number' ? [] : [quantile]),
    ...faults,
    ...(faults.length === 0 ? periodFaults(data) : []),
  ]
  return first === undefined && typeof quantile === 'number'
    ? fitted(data, quantile)
    : { _tag: 'Left', left: [first as DiscreteHazardRegressionFaults[0], ...rest] }
}

/**
 * The chance of leaving in each period, and the share that is still there after it, of customers of given covariates.
 *
 * @param fit from {@link discreteHazardRegression}
 * @param values the customer's covariates, in the order of the fit
 * @returns the periods of the fit; `InvalidValue` for a value that is no number, or for another number of values than it has.
 * @example
 * ```ts
 * import { discreteHazardCurve, discreteHazardRegression, unwrap } from 'treue'
 *
 * const discount = { name: 'discount', values: [1, 1, 0, 1, 0, 0, 1, 0] }
 * const years = { times: [1, 1, 1, 2, 2, 2, 3, 3], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [discount] }
 * const { survival } = unwrap(discreteHazardCurve(unwrap(discreteHazardRegression(years)), [1]))
 * survival.map((share) => share.toFixed(2)) // => ['0.52', '0.24']
 * ```
 */
export const discreteHazardCurve = (
  fit: DiscreteHazardFit,
  values: ReadonlyArray<number>,
): Either<ReadonlyNonEmptyArray<InvalidValue>, DiscreteHazardCurve> => {
  const size = fit.coefficients.length
  const [first, ...rest] = [
    ...(values.length === size ? [] : [invalidValue(['values', 'length'], values.length, `${size}, as of the fit`)]),
    ...values.flatMap((value, at) =>
      Number.isFinite(value) ? [] : [invalidValue(['values', at], value, 'a finite number')],
    ),
  ]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const score = fit.coefficients.reduce(
    (sum, { coefficient }, at) => sum + coefficient * ((values[at] as number) - (fit.means[at] as number)),
    0,
  )
  const factor = Math.exp(score)
  const hazard = fit.hazard.map((chance) => -Math.expm1(factor * Math.log1p(-chance)))
  const survival: Array<number> = []
  let share = 1
  for (const chance of hazard) {
    share *= 1 - chance
    survival.push(share)
  }
  return { _tag: 'Right', right: { periods: fit.periods, hazard, survival } }
}
