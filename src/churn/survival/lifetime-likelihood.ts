/**
 * The likelihood of lifetimes whose logarithm is a linear function of covariates and an error. Its variables are the
 * coefficients by the error's scale, and 1 by the scale: in these it bends down everywhere, but for late entries.
 */

import { type CurvedEvaluation, compensatedSum } from '../../statistics/index.ts'
import { squareOf } from './cox-likelihood.ts'
import type { Jet, LogTime } from './lifetime-distribution.ts'
import { isEnd } from './lifetimes.ts'
import { type RegressionData, type Scale, scaleOf } from './regression-data.ts'

/** Rows as the likelihood takes them. */
export interface LogTimeRows {
  readonly covariates: number
  readonly scales: ReadonlyArray<Scale>
  /** The mean of the logarithms of times, which is taken off them. */
  readonly centre: number
  readonly logTimes: Float64Array
  /** Of late entries; NaN for rows that were watched from the start. */
  readonly logEntries: Float64Array
  readonly ended: Uint8Array
  readonly weights: Float64Array
  /** The weight of those who left, and the weighted sum of the logarithms of their times. */
  readonly endWeight: number
  readonly endLogTimes: number
  /** Covariates less their mean by their spread, row by row. */
  readonly values: Float64Array
}

/** The rows of checked data. */
export const logTimeRows = (data: RegressionData): LogTimeRows => {
  const raw = new Float64Array(data.times).map(Math.log)
  const centre = compensatedSum(raw) / raw.length
  const covariates = data.covariates.length
  const values = new Float64Array(raw.length * covariates)
  const scales = data.covariates.map(({ values: column }, at) => {
    const scale = scaleOf(new Float64Array(column))
    const factor = scale.spread === 0 ? 0 : 1 / scale.spread
    for (let row = 0; row < raw.length; row += 1)
      values[row * covariates + at] = ((column[row] as number) - scale.mean) * factor
    return scale
  })
  const { entries } = data
  const ended = Uint8Array.from({ length: raw.length }, (_, row) => (isEnd(data.ended[row]) ? 1 : 0))
  const weights = data.weights === undefined ? new Float64Array(raw.length).fill(1) : new Float64Array(data.weights)
  const endWeights = weights.map((weight, row) => weight * (ended[row] as number))
  return {
    covariates,
    scales,
    centre,
    logTimes: raw.map((time) => time - centre),
    logEntries: raw.map((_, row) => {
      const entry = entries?.[row] ?? 0
      return entry > 0 ? Math.log(entry) - centre : Number.NaN
    }),
    ended,
    weights,
    endWeight: compensatedSum(endWeights),
    endLogTimes: compensatedSum(endWeights.map((weight, row) => weight * (raw[row] as number))),
    values,
  }
}

interface LikelihoodTally {
  value: number
  readonly gradient: Float64Array
  /** The negative second derivatives: the lower triangle, row by row. */
  readonly triangle: Float64Array
  /** The derivatives of z for the row at hand. */
  readonly direction: Float64Array
}

/** Adds a row's part, times a weight. */
const addJet = (tally: LikelihoodTally, [value, slope, bend]: Jet, weight: number): void => {
  const { gradient, triangle, direction } = tally
  tally.value += weight * value
  for (let row = 0, at = 0; row < gradient.length; row += 1) {
    const along = direction[row] as number
    ;(gradient[row] as number) += weight * slope * along
    const bent = -weight * bend * along
    for (let column = 0; column <= row; column += 1, at += 1)
      (triangle[at] as number) += bent * (direction[column] as number)
  }
}

/** Fills in the derivatives of z by the coefficients, and returns their part of z. */
const turnTo = (
  tally: LikelihoodTally,
  { values, covariates }: LogTimeRows,
  point: Float64Array,
  row: number,
): number => {
  const { direction } = tally
  let z = -(point[0] as number)
  direction[0] = -1
  for (let at = 0; at < covariates; at += 1) {
    const value = values[row * covariates + at] as number
    direction[at + 1] = -value
    z -= (point[at + 1] as number) * value
  }
  return z
}

/** What the scale adds: the density of a time is that of z times its stretch. */
const addStretch = (tally: LikelihoodTally, stretch: number, ends: number): void => {
  const last = tally.gradient.length - 1
  const corner = tally.triangle.length - 1
  tally.value += ends * Math.log(stretch)
  ;(tally.gradient[last] as number) += ends / stretch
  ;(tally.triangle[corner] as number) += ends / (stretch * stretch)
}

/** What all rows add, each at its time and, the other way, at its late entry. */
const addRows = (tally: LikelihoodTally, { logDensity, logTail }: LogTime, rows: LogTimeRows, point: Float64Array) => {
  const { logTimes, logEntries, ended, weights, covariates } = rows
  const last = covariates + 1
  const stretch = point[last] ?? 1
  const hasScale = point.length > last
  for (let row = 0; row < logTimes.length; row += 1) {
    const [weight, time, entry] = [weights[row] as number, logTimes[row] as number, logEntries[row] as number]
    const z = turnTo(tally, rows, point, row)
    if (hasScale) tally.direction[last] = time
    addJet(tally, (ended[row] === 1 ? logDensity : logTail)(z + stretch * time), weight)
    if (Number.isNaN(entry)) continue
    if (hasScale) tally.direction[last] = entry
    addJet(tally, logTail(z + stretch * entry), -weight)
  }
}

/**
 * The log-likelihood by the intercept, the coefficients of the scaled covariates, and 1 by the scale; without the last where
 * the scale is 1.
 */
export const lifetimeLikelihood =
  (distribution: LogTime, rows: LogTimeRows) =>
  (point: Float64Array): CurvedEvaluation => {
    const size = point.length
    const stretch = point[rows.covariates + 1]
    const tally: LikelihoodTally = {
      value: -rows.endLogTimes,
      gradient: new Float64Array(size),
      triangle: new Float64Array((size * (size + 1)) / 2),
      direction: new Float64Array(size),
    }
    addRows(tally, distribution, rows, point)
    if (stretch !== undefined) addStretch(tally, stretch, rows.endWeight)
    const value = stretch === undefined || stretch > 0 ? tally.value : Number.NEGATIVE_INFINITY
    return { value, gradient: tally.gradient, curvature: squareOf(tally.triangle, size) }
  }
