// How long customers of given covariates stay, by Cox's regression.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
} from '../../foundation/index.ts'
import type { CoxData, CoxFit } from './cox-regression.ts'
import { type FittedRows, fittedRows } from './cox-rows.ts'
import { confidenceQuantile } from './regression-data.ts'
import type { Stratum } from './risk-rows.ts'
import { walkRiskSets } from './risk-sets.ts'
import { type IntervalEnds, intervalOf, type SurvivalInterval } from './survival-interval.ts'

/** The cumulative hazard of a customer of mean covariates, in one stratum; an entry per time at which somebody left. */
export interface CoxBaseline {
  /** `''` where there are no strata. */
  readonly stratum: Stratum
  readonly times: Float64Array
  readonly cumulativeHazard: Float64Array
  /** Of the cumulative hazard, if the coefficients were known. */
  readonly hazardVariances: Float64Array
  /** Per covariate: its mean among those at risk less its mean, added up by the hazard. */
  readonly hazardMeans: ReadonlyArray<Float64Array>
}

/** How long customers of given covariates stay: columns, ready for a chart. */
export interface CoxCurve {
  readonly times: Float64Array
  readonly survival: Float64Array
  /** Of the logarithm of the share, the doubt about the coefficients included. */
  readonly logStandardErrors: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly cumulativeHazard: Float64Array
}

/** How a curve's interval is made. */
export interface CoxCurveOptions {
  /** `'logLog'` when absent. */
  readonly interval?: SurvivalInterval
  /** 0.95 when absent. */
  readonly confidence?: number
}

/** Why there is no baseline. */
export type CoxBaselineFaults = ReadonlyNonEmptyArray<InvalidValue | EmptySample>

interface Steps {
  readonly times: Array<number>
  readonly hazards: Array<number>
  readonly variances: Array<number>
  readonly means: ReadonlyArray<Array<number>>
}

/** Steps from the last to the first, as sums from the first to the last. */
const summedBackwards = (steps: ReadonlyArray<number>, unit: number): Float64Array => {
  const sums = new Float64Array(steps.length)
  for (let at = 0, sum = 0; at < steps.length; at += 1) {
    sum += unit * (steps[steps.length - 1 - at] as number)
    sums[at] = sum
  }
  return sums
}

const stepsOf = ({ rows, point }: FittedRows, { ties }: CoxFit): ReadonlyArray<Steps> => {
  const strata: ReadonlyArray<Steps> = rows.strata.map(() => ({
    times: [],
    hazards: [],
    variances: [],
    means: rows.scales.map(() => []),
  }))
  walkRiskSets(rows, ties, point, ({ stratum, time, shift, hazard, hazardVariance, hazardMeans }) => {
    const steps = strata[stratum] as Steps
    const unit = Math.exp(shift)
    steps.times.push(time)
    steps.hazards.push(unit * hazard)
    steps.variances.push(unit * unit * hazardVariance)
    for (const [at, column] of steps.means.entries()) column.push(unit * (hazardMeans[at] as number))
  })
  return strata
}

/**
 * The cumulative hazard of a customer of mean covariates, for each stratum: what {@link coxSurvivalCurve} needs.
 *
 * Source: the estimate of N. Breslow (1972), with ends at the same time counted as in the fit.
 *
 * @param data those that the fit came from
 * @param fit from {@link coxRegression}
 * @returns strata in the order in which the data first have them; `InvalidValue` and `EmptySample` as of the regression, and
 * `InvalidValue` for other covariates than those of the fit.
 * @example
 * ```ts
 * import { coxBaseline, coxRegression, unwrap } from 'treue'
 *
 * const discount = { name: 'discount', values: [1, 1, 0, 1, 0, 0, 1, 0] }
 * const months = { times: [2, 3, 4, 5, 6, 8, 9, 12], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [discount] }
 * const [baseline] = unwrap(coxBaseline(months, unwrap(coxRegression(months))))
 * Array.from(baseline?.times ?? []) // => [2, 3, 4, 5, 8]
 * ```
 */
export const coxBaseline = (data: CoxData, fit: CoxFit): Either<CoxBaselineFaults, ReadonlyArray<CoxBaseline>> => {
  const fitted = fittedRows(data, fit)
  if (fitted._tag === 'Left') {
    const [first, ...rest] = fitted.left
    return { _tag: 'Left', left: [first as CoxBaselineFaults[0], ...rest] }
  }
  const { strata, scales } = fitted.right.rows
  return {
    _tag: 'Right',
    right: stepsOf(fitted.right, fit).map(({ times, hazards, variances, means }, stratum) => ({
      stratum: strata[stratum] as Stratum,
      times: Float64Array.from(times).reverse(),
      cumulativeHazard: summedBackwards(hazards, 1),
      hazardVariances: summedBackwards(variances, 1),
      hazardMeans: means.map((column, at) => summedBackwards(column, scales[at]?.spread as number)),
    })),
  }
}

/** The variance that the doubt about the coefficients adds, of a customer of mean hazard. */
const coefficientVariance = (
  { covariance }: CoxFit,
  { cumulativeHazard, hazardMeans }: CoxBaseline,
  offsets: ReadonlyArray<number>,
  at: number,
): number => {
  const hazard = cumulativeHazard[at] as number
  const direction = offsets.map((offset, index) => offset * hazard - (hazardMeans[index]?.[at] as number))
  return covariance.reduce(
    (sum, row, first) =>
      sum +
      (direction[first] as number) *
        row.reduce((part, value, second) => part + value * (direction[second] as number), 0),
    0,
  )
}

const curveOf = (
  fit: CoxFit,
  baseline: CoxBaseline,
  offsets: ReadonlyArray<number>,
  interval: SurvivalInterval,
  quantile: number,
): CoxCurve => {
  const score = fit.coefficients.reduce(
    (sum, { coefficient }, index) => sum + coefficient * (offsets[index] as number),
    0,
  )
  const factor = Math.exp(score)
  const cumulativeHazard = baseline.cumulativeHazard.map((hazard) => factor * hazard)
  const survival = cumulativeHazard.map((hazard) => Math.exp(-hazard))
  const logStandardErrors = baseline.hazardVariances.map(
    (variance, at) => factor * Math.sqrt(variance + coefficientVariance(fit, baseline, offsets, at)),
  )
  const [low, high] = [new Float64Array(survival.length), new Float64Array(survival.length)]
  let ends: IntervalEnds = { low: 1, high: 1 }
  survival.forEach((share, at) => {
    ends = intervalOf(interval, share, logStandardErrors[at] as number, quantile, ends.high)
    low[at] = ends.low
    high[at] = ends.high
  })
  return {
    times: baseline.times,
    survival,
    logStandardErrors,
    low,
    high,
    cumulativeHazard,
  }
}

/**
 * How long customers of given covariates stay: a curve for a chart, with its interval.
 *
 * @param fit from {@link coxRegression}
 * @param baseline a stratum's, from {@link coxBaseline}
 * @param values the customer's covariates, in the order of the fit
 * @param options see {@link CoxCurveOptions}
 * @returns `InvalidValue` for a value that is no number, or of another covariate than the fit has, `OutOfRange` for a
 * confidence not between 0 and 1, and for values so far from those of the data that their hazard is beyond numbers.
 * @example
 * ```ts
 * import { coxBaseline, coxRegression, coxSurvivalCurve, unwrap } from 'treue'
 *
 * const discount = { name: 'discount', values: [1, 1, 0, 1, 0, 0, 1, 0] }
 * const months = { times: [2, 3, 4, 5, 6, 8, 9, 12], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [discount] }
 * const fit = unwrap(coxRegression(months))
 * const [baseline] = unwrap(coxBaseline(months, fit))
 * const curve = baseline && unwrap(coxSurvivalCurve(fit, baseline, [1]))
 * Array.from(curve?.survival ?? [], (share) => share.toFixed(2)) // => ['0.84', '0.68', '0.52', '0.39', '0.23']
 * ```
 */
export const coxSurvivalCurve = (
  fit: CoxFit,
  baseline: CoxBaseline,
  values: ReadonlyArray<number>,
  options: CoxCurveOptions = {},
): Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, CoxCurve> => {
  const { interval = 'logLog', confidence = 0.95 } = options
  const quantile = confidenceQuantile(confidence)
  const size = fit.coefficients.length
  const [first, ...rest] = [
    ...(typeof quantile === 'number' ? [] : [quantile]),
    ...(values.length === size ? [] : [invalidValue(['values', 'length'], values.length, `${size}, as of the fit`)]),
    ...values.flatMap((value, index) =>
      Number.isFinite(value) ? [] : [invalidValue(['values', index], value, 'a finite number')],
    ),
  ]
  if (first !== undefined || typeof quantile !== 'number') {
    return { _tag: 'Left', left: [first as InvalidValue, ...rest] }
  }
  const offsets = values.map((value, index) => value - (fit.means[index] as number))
  const curve = curveOf(fit, baseline, offsets, interval, quantile)
  return curve.cumulativeHazard.every(Number.isFinite)
    ? { _tag: 'Right', right: curve }
    : { _tag: 'Left', left: [outOfRange(['values'], values, 'values of which the hazard is within numbers')] }
}
