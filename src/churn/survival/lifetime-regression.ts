// Regression of lifetimes: by what factor each covariate stretches or shortens the time that customers stay.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  type InvalidValue,
  invalidValue,
  type NonConvergence,
  nonConvergence,
  type OutOfRange,
} from '../../foundation/index.ts'
import { type NewtonMaximum, type NoMaximum, newtonMaximum } from '../../statistics/index.ts'
import { isDistribution, type LifetimeDistribution, logTimeOf } from './lifetime-distribution.ts'
import { type LogTimeRows, lifetimeLikelihood, logTimeRows } from './lifetime-likelihood.ts'
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

/** How a regression of lifetimes is done. */
export interface LifetimeOptions {
  /** How often the intervals shall hold; 0.95 when absent. */
  readonly confidence?: number
}

/** What a regression of lifetimes found: log time = intercept + Σ coefficient · covariate + scale · error. */
export interface LifetimeFit {
  readonly distribution: LifetimeDistribution
  /** Its ratio is a lifetime: of a customer whose covariates are all 0. */
  readonly intercept: RegressionCoefficient
  /** Their ratios are factors of lifetimes. */
  readonly coefficients: ReadonlyArray<RegressionCoefficient>
  /** 1 for the exponential distribution; of Weibull's it is 1 by the shape: below 1 the rate of leaving rises with time. */
  readonly scale: number
  /** Of the logarithm of the scale; 0 for the exponential distribution. */
  readonly logScaleStandardError: number
  /** Of the intercept, the coefficients and the logarithm of the scale, row by row; without the last where the scale is 1. */
  readonly covariance: ReadonlyArray<ReadonlyArray<number>>
  readonly logLikelihood: number
  /** What it is without covariates. */
  readonly nullLogLikelihood: number
  /** Whether any covariate has any influence. */
  readonly likelihoodRatio: RegressionTest
  /** H. Akaike's criterion: of several distributions the one with the least fits best. */
  readonly akaike: number
  readonly rows: number
  readonly ends: number
  readonly evaluations: number
}

/** Why there is no regression. */
export type LifetimeFaults = ReadonlyNonEmptyArray<
  InvalidValue | OutOfRange | EmptySample | DependentCovariate | MonotoneLikelihood | NonConvergence
>

const zeroTimes = ({ times }: RegressionData): ReadonlyArray<InvalidValue> =>
  Array.from(times).flatMap((time, row) =>
    time === 0 ? [invalidValue(['times', row], time, 'a time above 0, of which there is a logarithm')] : [],
  )

/** Where the search begins: at the distribution that the times would have without covariates. */
const startOf = (distribution: LifetimeDistribution, rows: LogTimeRows): ReadonlyArray<number> => {
  const { logTimes, weights, endWeight, covariates } = rows
  const spread = Math.sqrt(logTimes.reduce((sum, time) => sum + time * time, 0) / logTimes.length)
  const stretch = distribution === 'exponential' ? 1 : 1 / Math.max(spread, 1e-3)
  const powers = logTimes.reduce((sum, time, row) => sum + (weights[row] as number) * Math.exp(stretch * time), 0)
  const isExtreme = distribution === 'exponential' || distribution === 'weibull'
  const intercept = isExtreme ? Math.log(powers / endWeight) : 0
  const zeros = Array.from({ length: covariates }, () => 0)
  return distribution === 'exponential' ? [intercept, ...zeros] : [intercept, ...zeros, stretch]
}

const search = (distribution: LifetimeDistribution, rows: LogTimeRows): Either<NoMaximum, NewtonMaximum> =>
  newtonMaximum(lifetimeLikelihood(logTimeOf(distribution), rows), startOf(distribution, rows))

const noFit = (
  { covariates }: RegressionData,
  rows: LogTimeRows,
  { seen, variable, point }: NoMaximum,
): LifetimeFaults[0] => {
  const hasRun = (seen === 'boundary' || seen === 'flat') && variable <= covariates.length && covariates.length > 0
  if (!hasRun) return nonConvergence(['times'], 100, 'a likelihood that settles: customers who left at different times')
  const index = variable >= 1 ? variable - 1 : farthestCovariate(point, 1, covariates.length)
  return monotoneLikelihood(covariates, index, (point[index + 1] as number) / (rows.scales[index]?.spread as number))
}

interface Estimates {
  readonly intercept: number
  readonly coefficients: ReadonlyArray<number>
  readonly scale: number
  readonly covariance: ReadonlyArray<ReadonlyArray<number>>
}

type Matrix = ReadonlyArray<ReadonlyArray<number>>

/** From the search's variables to the covariates' own units, with the covariance carried along. */
const estimatesOf = ({ point, inverseCurvature }: NewtonMaximum, rows: LogTimeRows, hasScale: boolean): Estimates => {
  const size = point.length
  const scale = hasScale ? 1 / (point[size - 1] as number) : 1
  const coefficients = rows.scales.map(({ spread }, at) => (scale * (point[at + 1] as number)) / spread)
  const offset =
    scale * (point[0] as number) -
    coefficients.reduce((sum, one, at) => sum + one * (rows.scales[at]?.mean as number), 0)
  const byStretch = (value: number): ReadonlyArray<number> => (hasScale ? [-value * scale] : [])
  const zeros = coefficients.map(() => 0)
  const jacobian: Matrix = [
    [scale, ...rows.scales.map(({ mean, spread }) => (-scale * mean) / spread), ...byStretch(offset)],
    ...coefficients.map((coefficient, at) => [
      0,
      ...zeros.map((_, other) => (other === at ? scale / (rows.scales[at]?.spread as number) : 0)),
      ...byStretch(coefficient),
    ]),
    ...(hasScale ? [[0, ...zeros, ...byStretch(1)]] : []),
  ]
  const half: Matrix = jacobian.map((row) =>
    row.map((_, column) =>
      row.reduce((sum, one, at) => sum + one * (inverseCurvature[at * size + column] as number), 0),
    ),
  )
  const covariance = half.map((row) =>
    jacobian.map((other) => other.reduce((sum, one, at) => sum + one * (row[at] as number), 0)),
  )
  return { intercept: rows.centre + offset, coefficients, scale, covariance }
}

const fitOf = (
  data: RegressionData,
  distribution: LifetimeDistribution,
  quantile: number,
  rows: LogTimeRows,
  nothing: NewtonMaximum,
  best: NewtonMaximum,
): LifetimeFit => {
  const hasScale = distribution !== 'exponential'
  const { intercept, coefficients, scale, covariance } = estimatesOf(best, rows, hasScale)
  const errorOf = (index: number): number => Math.sqrt(covariance[index]?.[index] as number)
  const { covariates } = data
  return {
    distribution,
    intercept: coefficientOf('intercept', intercept, errorOf(0), quantile),
    coefficients: coefficients.map((coefficient, at) =>
      coefficientOf(covariates[at]?.name as string, coefficient, errorOf(at + 1), quantile),
    ),
    scale,
    logScaleStandardError: hasScale ? errorOf(covariates.length + 1) : 0,
    covariance,
    logLikelihood: best.value,
    nullLogLikelihood: nothing.value,
    likelihoodRatio: testOf(2 * (best.value - nothing.value), covariates.length),
    akaike: 2 * (best.point.length - best.value),
    rows: rows.ended.length,
    ends: rows.ended.reduce((sum, flag) => sum + flag, 0),
    evaluations: best.evaluations,
  }
}

const fitted = (
  data: RegressionData,
  distribution: LifetimeDistribution,
  quantile: number,
): Either<LifetimeFaults, LifetimeFit> => {
  const rows = logTimeRows(data)
  const dependent = dependentIn(rows.values, rows.covariates)
  if (dependent >= 0) return { _tag: 'Left', left: [dependentCovariate(data.covariates, dependent)] }
  const nothing = search(distribution, { ...rows, covariates: 0, scales: [], values: new Float64Array(0) })
  if (nothing._tag === 'Left') return { _tag: 'Left', left: [noFit({ ...data, covariates: [] }, rows, nothing.left)] }
  const best = search(distribution, rows)
  return best._tag === 'Left'
    ? { _tag: 'Left', left: [noFit(data, rows, best.left)] }
    : { _tag: 'Right', right: fitOf(data, distribution, quantile, rows, nothing.right, best.right) }
}

/**
 * A regression of lifetimes (accelerated failure time): by what factor each covariate stretches or shortens the time that
 * customers stay, and how their lifetimes are distributed. Unlike Cox's regression it tells of times beyond those seen, as far
 * as the distribution is right; compare `akaike` of several. Without covariates it is the distribution alone.
 *
 * Source: J. D. Kalbfleisch & R. L. Prentice, The Statistical Analysis of Failure Time Data (2002), chapter 3. The same as
 * R's survreg, which however takes no late entries.
 *
 * @param data times above 0, one row per customer; see {@link RegressionData}
 * @param distribution how lifetimes are distributed
 * @param options see {@link LifetimeOptions}
 * @returns `InvalidValue` at each entry that is wrong, `OutOfRange` for a confidence not between 0 and 1, `EmptySample` where
 * nobody left, `DependentCovariate` for one that is constant or follows from those before it, `MonotoneLikelihood` for a
 * coefficient that runs away, `NonConvergence` where all left at the same time.
 * @example
 * ```ts
 * import { lifetimeRegression, unwrap } from 'treue'
 *
 * const discount = { name: 'discount', values: [1, 1, 0, 1, 0, 0, 1, 0] }
 * const months = { times: [2, 3, 4, 5, 6, 8, 9, 12], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [discount] }
 * const { coefficients, scale } = unwrap(lifetimeRegression(months, 'weibull'))
 * coefficients[0]?.ratio.toFixed(2) // => '0.52'
 * scale.toFixed(2) // => '0.62'
 * ```
 */
export const lifetimeRegression = (
  data: RegressionData,
  distribution: LifetimeDistribution,
  options: LifetimeOptions = {},
): Either<LifetimeFaults, LifetimeFit> => {
  const quantile = confidenceQuantile(options.confidence ?? 0.95)
  const [first, ...rest] = [
    ...(typeof quantile === 'number' ? [] : [quantile]),
    ...(isDistribution(distribution)
      ? []
      : [invalidValue(['distribution'], distribution, 'the name of a distribution')]),
    ...regressionFaults(data),
    ...zeroTimes(data),
  ]
  if (first !== undefined || typeof quantile !== 'number') {
    return { _tag: 'Left', left: [first as LifetimeFaults[0], ...rest] }
  }
  return fitted(data, distribution, quantile)
}
