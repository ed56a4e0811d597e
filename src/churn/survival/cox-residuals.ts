// How far each customer is from what Cox's regression expects, and errors that hold where rows belong together.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../../foundation/index.ts'
import type { CoxData, CoxFit } from './cox-regression.ts'
import { type CoxRests, coxRests } from './cox-rests.ts'
import { type FittedRows, fittedRows } from './cox-rows.ts'
import { coefficientOf } from './regression-coefficient.ts'
import { confidenceQuantile, type RegressionCoefficient } from './regression-data.ts'

/** How far each row is from what was expected, in the order of the data. */
export interface CoxResiduals {
  /** 1 for an end, less the hazard that the row has gone through: above 0 for who left earlier than expected. */
  readonly martingale: Float64Array
  /** The same on a scale on which they lie about evenly around 0. */
  readonly deviance: Float64Array
}

/** Coefficients with errors that hold where rows of a cluster belong together, or weights are no counts. */
export interface CoxRobustErrors {
  readonly coefficients: ReadonlyArray<RegressionCoefficient>
  readonly covariance: ReadonlyArray<ReadonlyArray<number>>
}

/** Why there are none. */
export type CoxResidualFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange | EmptySample | ZeroDenominator>

/** What is expected of a row, if only the least that a number can be, where somebody left of whom it was beyond belief. */
const devianceOf = (martingale: number, ended: number): number => {
  const expected = Math.max(ended - martingale, Number.MIN_VALUE)
  const gain = martingale + (ended === 1 ? Math.log(expected) : 0)
  return Math.sign(martingale) * Math.sqrt(Math.max(0, -2 * gain))
}

/**
 * How far each row is from what the regression expects of it. Rows of one customer add up to the customer's martingale residual.
 *
 * Sources: T. Therneau, P. Grambsch & T. Fleming, Biometrika 77 (1990).
 *
 * @param data those that the fit came from
 * @param fit from {@link coxRegression}
 * @returns `InvalidValue` and `EmptySample` as of {@link coxBaseline}.
 * @example
 * ```ts
 * import { coxRegression, coxResiduals, unwrap } from 'treue'
 *
 * const discount = { name: 'discount', values: [1, 1, 0, 1, 0, 0, 1, 0] }
 * const months = { times: [2, 3, 4, 5, 6, 8, 9, 12], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [discount] }
 * const { martingale } = unwrap(coxResiduals(months, unwrap(coxRegression(months))))
 * martingale[0]?.toFixed(2) // => '0.83'
 * Math.abs(martingale.reduce((sum, value) => sum + value, 0)) < 1e-12 // => true
 * ```
 */
export const coxResiduals = (data: CoxData, fit: CoxFit): Either<CoxResidualFaults, CoxResiduals> => {
  const fitted = fittedRows(data, fit)
  if (fitted._tag === 'Left') {
    const [first, ...rest] = fitted.left
    return { _tag: 'Left', left: [first as CoxResidualFaults[0], ...rest] }
  }
  const { origins, ended } = fitted.right.rows
  const martingale = new Float64Array(origins.length)
  const deviance = new Float64Array(origins.length)
  coxRests(fitted.right, fit).expected.forEach((expected, at) => {
    const flag = ended[at] as number
    const row = origins[at] as number
    martingale[row] = flag - expected
    deviance[row] = devianceOf(flag - expected, flag)
  })
  return { _tag: 'Right', right: { martingale, deviance } }
}

type Cluster = string | number

const clusterFaults = (clusters: ArrayLike<unknown> | undefined, rows: number): ReadonlyArray<InvalidValue> => {
  if (clusters === undefined) return []
  if (clusters.length !== rows) return [invalidValue(['clusters', 'length'], clusters.length, `${rows}, one per time`)]
  return Array.from(clusters).flatMap((cluster, row) =>
    typeof cluster === 'string' || Number.isFinite(cluster)
      ? []
      : [invalidValue(['clusters', row], cluster, 'a text or a number')],
  )
}

/** The weighted scores of each cluster, in the covariates' own units. */
const clusterScores = (
  { rows }: FittedRows,
  { scores }: CoxRests,
  clusters: ArrayLike<Cluster> | undefined,
): ReadonlyArray<Float64Array> => {
  const sums = new Map<Cluster, Float64Array>()
  rows.origins.forEach((origin, row) => {
    const cluster = clusters === undefined ? origin : (clusters[origin] as Cluster)
    const sum = sums.get(cluster) ?? new Float64Array(rows.size)
    sums.set(cluster, sum)
    for (let at = 0; at < rows.size; at += 1) {
      const score = (rows.weights[row] as number) * (scores[row * rows.size + at] as number)
      ;(sum[at] as number) += score * (rows.scales[at]?.spread as number)
    }
  })
  return Array.from(sums.values())
}

/** Σ over clusters of (covariance · score) (covariance · score)ᵀ. */
const sandwich = (
  { covariance }: CoxFit,
  scores: ReadonlyArray<Float64Array>,
): ReadonlyArray<ReadonlyArray<number>> => {
  const sums = covariance.map((row) => new Float64Array(row.length))
  for (const score of scores) {
    const influence = covariance.map((row) => row.reduce((sum, value, at) => sum + value * (score[at] as number), 0))
    for (const [row, sum] of sums.entries()) {
      for (const [column, value] of influence.entries()) (sum[column] as number) += (influence[row] as number) * value
    }
  }
  return sums.map((row) => Array.from(row))
}

/** Whether any error is more than what rounding makes of none, as that of a single cluster. */
const hasSpread = ({ covariance }: CoxFit, robust: ReadonlyArray<ReadonlyArray<number>>): boolean =>
  robust.every((row, at) => (row[at] as number) > 1e-20 * (covariance[at]?.[at] as number))

/**
 * Errors of coefficients that hold where rows of a cluster belong together, such as all rows of a customer or all customers of a
 * shop, and where weights are shares instead of counts.
 *
 * Source: D. Y. Lin & L. J. Wei, JASA 84 (1989).
 *
 * @param data those that the fit came from
 * @param fit from {@link coxRegression}
 * @param clusters a cluster per row; each row is its own where absent
 * @param confidence of the intervals; 0.95 when absent
 * @returns `InvalidValue` and `EmptySample` as of {@link coxBaseline}, `InvalidValue` for a cluster that is neither text nor
 * number, `OutOfRange` for a confidence not between 0 and 1, `ZeroDenominator` where all rows are one cluster.
 * @example
 * ```ts
 * import { coxRegression, coxRobustErrors, unwrap } from 'treue'
 *
 * const discount = { name: 'discount', values: [1, 1, 0, 1, 0, 0, 1, 0] }
 * const months = { times: [2, 3, 4, 5, 6, 8, 9, 12], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [discount] }
 * const shops = ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd']
 * const robust = unwrap(coxRobustErrors(months, unwrap(coxRegression(months)), shops))
 * robust.coefficients[0]?.standardError.toFixed(2) // => '0.55'
 * ```
 */
export const coxRobustErrors = (
  data: CoxData,
  fit: CoxFit,
  clusters?: ArrayLike<string | number>,
  confidence: number = 0.95,
): Either<CoxResidualFaults, CoxRobustErrors> => {
  const quantile = confidenceQuantile(confidence)
  const fitted = fittedRows(data, fit)
  const [first, ...rest] = [
    ...(typeof quantile === 'number' ? [] : [quantile]),
    ...(fitted._tag === 'Left' ? fitted.left : []),
    ...clusterFaults(clusters, data.times.length),
  ]
  if (fitted._tag === 'Left' || typeof quantile !== 'number' || first !== undefined) {
    return { _tag: 'Left', left: [first as CoxResidualFaults[0], ...rest] }
  }
  const covariance = sandwich(fit, clusterScores(fitted.right, coxRests(fitted.right, fit), clusters))
  if (!hasSpread(fit, covariance)) {
    return { _tag: 'Left', left: [zeroDenominator(['clusters'], 'several clusters that differ')] }
  }
  return {
    _tag: 'Right',
    right: {
      coefficients: fit.coefficients.map(({ name, coefficient }, at) =>
        coefficientOf(name, coefficient, Math.sqrt(covariance[at]?.[at] as number), quantile),
      ),
      covariance,
    },
  }
}
