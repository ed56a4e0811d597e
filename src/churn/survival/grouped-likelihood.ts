/* eslint-disable no-param-reassign -- adds up in the arrays that it made itself */
/**
 * The likelihood of lifetimes in whole periods, whose hazards are proportional within each period. A customer who stays through
 * several periods costs one step, since the sums over them are differences.
 */

import type { CurvedEvaluation } from '../../statistics/index.ts'
import { isEnd } from './lifetimes.ts'
import { type RegressionData, type Scale, scaleOf } from './regression-data.ts'

/** Rows as the likelihood takes them. */
export interface GroupedRows {
  readonly covariates: number
  readonly scales: ReadonlyArray<Scale>
  readonly weights: Float64Array
  /** Covariates less their mean by their spread, row by row. */
  readonly values: Float64Array
  /** Per row: how many of the free periods lie before its first one, and before the end of its last one that it outlived. */
  readonly from: Uint32Array
  readonly to: Uint32Array
  /** Per row: the free period in which it ended; −1 where it didn't, or where everybody at risk did. */
  readonly end: Int32Array
}

/** Periods with ends, and what is known of them without covariates. */
export interface GroupedPeriods {
  /** Those in which some at risk left and some stayed: each has a hazard of its own to be found. */
  readonly free: ReadonlyArray<number>
  /** The share of those at risk that left in it. */
  readonly shares: ReadonlyArray<number>
  /** Those in which everybody at risk left. */
  readonly last: ReadonlyArray<number>
}

/** The free periods of checked data: a row per period, weighted. */
export const groupedPeriods = (data: RegressionData): GroupedPeriods => {
  const { times, entries, ended, weights } = data
  const most = Array.from(times).reduce((last, time) => Math.max(last, time), 0)
  const [atRisk, ends, change] = [new Float64Array(most + 2), new Float64Array(most + 2), new Float64Array(most + 2)]
  for (let row = 0; row < times.length; row += 1) {
    const [weight, time] = [weights?.[row] ?? 1, times[row] as number]
    ;(change[(entries?.[row] ?? 0) + 1] as number) += 1
    ;(change[time + 1] as number) -= 1
    ;(atRisk[(entries?.[row] ?? 0) + 1] as number) += weight
    ;(atRisk[time + 1] as number) -= weight
    if (isEnd(ended[row])) (ends[time] as number) += weight
  }
  return periodsOf(atRisk, ends, stayers(data, change))
}

/** How many rows outlive each period. */
const stayers = ({ times, ended }: RegressionData, change: Float64Array): Float64Array => {
  const stay = new Float64Array(change.length)
  let there = 0
  change.forEach((by, period) => {
    there += by
    stay[period] = there
  })
  for (let row = 0; row < times.length; row += 1) if (isEnd(ended[row])) (stay[times[row] as number] as number) -= 1
  return stay
}

const periodsOf = (change: Float64Array, ends: Float64Array, stay: Float64Array): GroupedPeriods => {
  const free: Array<number> = []
  const shares: Array<number> = []
  const last: Array<number> = []
  let atRisk = 0
  ends.forEach((left, period) => {
    atRisk += change[period] as number
    if (left === 0) return
    if (stay[period] === 0) {
      last.push(period)
      return
    }
    free.push(period)
    shares.push(left / atRisk)
  })
  return { free, shares, last }
}

/** How many of rising periods are not later than one. */
const countUpTo = (periods: ReadonlyArray<number>, period: number): number => {
  let [low, high] = [0, periods.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((periods[middle] as number) <= period) low = middle + 1
    else high = middle
  }
  return low
}

/** The rows of checked data. */
export const groupedRows = (data: RegressionData, { free }: GroupedPeriods): GroupedRows => {
  const { times, entries, ended, weights, covariates } = data
  const length = times.length
  const values = new Float64Array(length * covariates.length)
  const scales = covariates.map(({ values: column }, at) => {
    const scale = scaleOf(new Float64Array(column))
    const factor = scale.spread === 0 ? 0 : 1 / scale.spread
    for (let row = 0; row < length; row += 1)
      values[row * covariates.length + at] = ((column[row] as number) - scale.mean) * factor
    return scale
  })
  const [from, to, end] = [new Uint32Array(length), new Uint32Array(length), new Int32Array(length)]
  for (let row = 0; row < length; row += 1) {
    const time = times[row] as number
    const hasEnded = isEnd(ended[row])
    const outlived = countUpTo(free, hasEnded ? time - 1 : time)
    from[row] = countUpTo(free, entries?.[row] ?? 0)
    to[row] = outlived
    end[row] = hasEnded && free[outlived] === time ? outlived : -1
  }
  const weightColumn = weights === undefined ? new Float64Array(length).fill(1) : new Float64Array(weights)
  return { covariates: covariates.length, scales, weights: weightColumn, values, from, to, end }
}

interface GroupedTally {
  value: number
  readonly size: number
  readonly gradient: Float64Array
  /** The negative second derivatives: only the lower triangle is filled. */
  readonly curvature: Float64Array
  /** Of each period's rate: the weighted risk of those who outlive it, as changes from one to the next; then with covariates. */
  readonly risks: Float64Array
  readonly rates: Float64Array
  /** Sums of rates of the periods before each. */
  readonly sums: Float64Array
}

/** ln(1 − e^−u) and what u / (eᵘ − 1) is. */
const endJet = (u: number): readonly [value: number, slope: number] => {
  const growth = Math.expm1(u)
  return [Math.log(-Math.expm1(-u)), growth === Number.POSITIVE_INFINITY ? 0 : u / growth]
}

/** A row's derivatives by the covariates' coefficients. */
const addValues = (
  tally: GroupedTally,
  { values, covariates }: GroupedRows,
  row: number,
  slope: number,
  bend: number,
) => {
  const { gradient, curvature, size } = tally
  const offset = size - covariates
  for (let at = 0; at < covariates; at += 1) {
    const value = values[row * covariates + at] as number
    ;(gradient[offset + at] as number) += slope * value
    for (let other = 0; other <= at; other += 1) {
      const product = bend * value * (values[row * covariates + other] as number)
      ;(curvature[(offset + at) * size + offset + other] as number) += product
    }
  }
}

/** Notes the risk of a row at the periods that it outlives. */
const addRisk = (tally: GroupedTally, rows: GroupedRows, row: number, risk: number): void => {
  const { covariates, values, from, to } = rows
  const width = covariates + 1
  const [first, after] = [(from[row] as number) * width, (to[row] as number) * width]
  ;(tally.risks[first] as number) += risk
  ;(tally.risks[after] as number) -= risk
  for (let at = 0; at < covariates; at += 1) {
    const moment = risk * (values[row * covariates + at] as number)
    ;(tally.risks[first + 1 + at] as number) += moment
    ;(tally.risks[after + 1 + at] as number) -= moment
  }
}

const addEnd = (tally: GroupedTally, rows: GroupedRows, row: number, factor: number): void => {
  const { size, gradient, curvature, rates } = tally
  const { covariates, values, weights, end } = rows
  const [period, weight] = [end[row] as number, weights[row] as number]
  const u = factor * (rates[period] as number)
  const [value, slope] = endJet(u)
  const bend = slope * (u + slope - 1)
  tally.value += weight * value
  ;(gradient[period] as number) += weight * slope
  ;(curvature[period * size + period] as number) += weight * bend
  for (let at = 0; at < covariates; at += 1) {
    const place = (size - covariates + at) * size + period
    ;(curvature[place] as number) += weight * bend * (values[row * covariates + at] as number)
  }
  addValues(tally, rows, row, weight * slope, weight * bend)
}

const addRow = (tally: GroupedTally, rows: GroupedRows, point: Float64Array, row: number): void => {
  const { covariates, values, weights, from, to, end } = rows
  let score = 0
  for (let at = 0; at < covariates; at += 1)
    score += (point[tally.size - covariates + at] as number) * (values[row * covariates + at] as number)
  const factor = Math.exp(score)
  const risk = (weights[row] as number) * factor
  const through = risk * ((tally.sums[to[row] as number] as number) - (tally.sums[from[row] as number] as number))
  tally.value -= through
  addValues(tally, rows, row, -through, through)
  addRisk(tally, rows, row, risk)
  if ((end[row] as number) >= 0) addEnd(tally, rows, row, factor)
}

/** From the changes of risks from period to period, each period's derivatives. */
const addPeriods = ({ size, gradient, curvature, risks, rates }: GroupedTally, covariates: number): void => {
  const width = covariates + 1
  const there = new Float64Array(width)
  for (let period = 0; period < size - covariates; period += 1) {
    const rate = rates[period] as number
    for (let at = 0; at < width; at += 1) (there[at] as number) += risks[period * width + at] as number
    ;(gradient[period] as number) -= rate * (there[0] as number)
    ;(curvature[period * size + period] as number) += rate * (there[0] as number)
    for (let at = 0; at < covariates; at += 1) {
      const place = (size - covariates + at) * size + period
      ;(curvature[place] as number) += rate * (there[at + 1] as number)
    }
  }
}

const mirrored = (curvature: Float64Array, size: number): Float64Array => {
  for (let row = 0; row < size; row += 1) {
    for (let column = row + 1; column < size; column += 1)
      curvature[row * size + column] = curvature[column * size + row] as number
  }
  return curvature
}

/** The log-likelihood by the logarithm of each free period's rate, and the coefficients of the scaled covariates. */
export const groupedLikelihood =
  (rows: GroupedRows) =>
  (point: Float64Array): CurvedEvaluation => {
    const size = point.length
    const periods = size - rows.covariates
    const rates = point.subarray(0, periods).map(Math.exp)
    const sums = new Float64Array(periods + 1)
    for (let period = 0; period < periods; period += 1)
      sums[period + 1] = (sums[period] as number) + (rates[period] as number)
    const tally: GroupedTally = {
      value: 0,
      size,
      gradient: new Float64Array(size),
      curvature: new Float64Array(size * size),
      risks: new Float64Array((periods + 1) * (rows.covariates + 1)),
      rates,
      sums,
    }
    for (let row = 0; row < rows.weights.length; row += 1) addRow(tally, rows, point, row)
    addPeriods(tally, rows.covariates)
    return { value: tally.value, gradient: tally.gradient, curvature: mirrored(tally.curvature, size) }
  }
