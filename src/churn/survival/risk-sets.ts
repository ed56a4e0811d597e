/* eslint-disable no-param-reassign -- adds up in the arrays that it made itself, row by row */
/**
 * A walk over the times at which somebody left, with the sums over those who were still there. Everything that Cox's
 * regression asks of its data is a function of these sums.
 */

import { endOfTime, type RiskRows } from './risk-rows.ts'

/** How ends at the same time are counted: after B. Efron, or the plainer way of N. Breslow. */
export type TieMethod = 'efron' | 'breslow'

/** What a walk knows at a time at which somebody left; it is filled anew for each. */
export interface RiskTally {
  /** Less the greatest of the predictors: what is at risk is counted in multiples of the exponential of that one. */
  readonly shift: number
  stratum: number
  time: number
  /** Where the rows of that time begin and end in the order of the walk. */
  from: number
  to: number
  /** How many rows ended, and their weight. */
  ends: number
  endWeight: number
  /** Weighted sum over the ends of the linear predictor, and of the covariates. */
  endPredictor: number
  readonly endValues: Float64Array
  /** Σ over the ends of the logarithm of what is at risk. */
  logRisk: number
  /**
   * Σ over the ends of 1 / what is at risk: the increase of the hazard of a customer of the greatest predictor; and of its
   * square, its variance.
   */
  hazard: number
  hazardVariance: number
  /** Σ over the ends of the mean covariates of those at risk, and of these means / what is at risk. */
  readonly means: Float64Array
  readonly hazardMeans: Float64Array
  /** The hazard, and its means, of those who left then: less than the others', where some of them left before others. */
  endHazard: number
  readonly endHazardMeans: Float64Array
  /** Σ over the ends of the covariances of the covariates of those at risk: the lower triangle, row by row. */
  readonly covariances: Float64Array
}

/** Sums over rows: of weights, of weighted covariates, and of their weighted products below the diagonal. */
const addRow = (sums: Float64Array, values: Float64Array, from: number, size: number, weight: number): void => {
  ;(sums[0] as number) += weight
  let at = 1 + size
  for (let row = 0; row < size; row += 1) {
    const value = weight * (values[from + row] as number)
    ;(sums[1 + row] as number) += value
    for (let column = 0; column <= row; column += 1) {
      ;(sums[at] as number) += value * (values[from + column] as number)
      at += 1
    }
  }
}

/** Linear predictors, and the greatest of them. */
const predictors = ({ values, times, size }: RiskRows, point: Float64Array): readonly [Float64Array, number] => {
  const column = new Float64Array(times.length)
  let greatest = Number.NEGATIVE_INFINITY
  for (let row = 0; row < times.length; row += 1) {
    let sum = 0
    for (let at = 0; at < size; at += 1) sum += (point[at] as number) * (values[row * size + at] as number)
    column[row] = sum
    if (sum > greatest) greatest = sum
  }
  return [column, greatest]
}

/** Sums over the ends of one time that only depend on what is at risk: 1/R, k/R, 1/R², k/R², k²/R² and log R. */
interface TieTally {
  first: number
  firstShare: number
  second: number
  secondShare: number
  secondSquare: number
  logs: number
}

/** With Efron's method the k-th of several ends at a time has left for k/d when the next one leaves. */
const countTies = (tally: TieTally, ends: number, atRisk: number, leaving: number): void => {
  tally.first = 0
  tally.firstShare = 0
  tally.second = 0
  tally.secondShare = 0
  tally.secondSquare = 0
  tally.logs = 0
  for (let rank = 0; rank < ends; rank += 1) {
    const share = rank / ends
    const risk = atRisk - share * leaving
    const inverse = 1 / risk
    tally.first += inverse
    tally.firstShare += share * inverse
    tally.second += inverse * inverse
    tally.secondShare += share * inverse * inverse
    tally.secondSquare += share * share * inverse * inverse
    tally.logs += Math.log(risk)
  }
}

const fillCovariances = (tally: RiskTally, sums: Float64Array, size: number, weight: number, ties: TieTally): void => {
  for (let row = 0, at = 0; row < size; row += 1) {
    const sum = sums[1 + row] as number
    tally.means[row] = weight * ties.first * sum
    tally.hazardMeans[row] = weight * ties.second * sum
    for (let column = 0; column <= row; column += 1, at += 1) {
      const product = sum * (sums[1 + column] as number)
      tally.covariances[at] = weight * (ties.first * (sums[1 + size + at] as number) - ties.second * product)
    }
  }
}

/** What Efron's method takes off, since some of those who left then had left already. */
const lessLeaving = (
  tally: RiskTally,
  sums: Float64Array,
  leaving: Float64Array,
  weight: number,
  ties: TieTally,
): void => {
  const size = tally.means.length
  for (let row = 0, at = 0; row < size; row += 1) {
    const [sum, gone] = [sums[1 + row] as number, leaving[1 + row] as number]
    ;(tally.means[row] as number) -= weight * ties.firstShare * gone
    ;(tally.hazardMeans[row] as number) -= weight * ties.secondShare * gone
    for (let column = 0; column <= row; column += 1, at += 1) {
      const [other, otherGone] = [sums[1 + column] as number, leaving[1 + column] as number]
      const mixed = ties.secondShare * (sum * otherGone + gone * other) - ties.secondSquare * gone * otherGone
      ;(tally.covariances[at] as number) += weight * (mixed - ties.firstShare * (leaving[1 + size + at] as number))
    }
  }
}

/** Of several who leave at the same time each is there for a part of the time's hazard only. */
const fillEndHazard = (
  tally: RiskTally,
  sums: Float64Array,
  leaving: Float64Array,
  weight: number,
  ties: TieTally,
): void => {
  tally.endHazard = weight * (ties.first - ties.firstShare)
  for (let row = 0; row < tally.means.length; row += 1) {
    const there = (sums[1 + row] as number) * (ties.second - ties.secondShare)
    const gone = (leaving[1 + row] as number) * (ties.secondShare - ties.secondSquare)
    tally.endHazardMeans[row] = weight * (there - gone)
  }
}

/** What one walk works with. */
interface WalkTally {
  readonly rows: RiskRows
  readonly ties: TieMethod
  readonly predictors: Float64Array
  /** Added to every predictor, so that no exponential is beyond numbers. */
  readonly shift: number
  readonly sums: Float64Array
  readonly leaving: Float64Array
  readonly counts: TieTally
  readonly risk: RiskTally
  atRisk: number
  /** The next row that is taken out because it was not watched yet. */
  nextEntry: number
}

const riskOf = ({ rows, predictors: all, shift }: WalkTally, row: number): number =>
  (rows.weights[row] as number) * Math.exp((all[row] as number) + shift)

/** Takes out whoever was not watched yet at the time of the walk. */
const takeOutLate = (tally: WalkTally, until: number): void => {
  const { rows, sums, risk } = tally
  const { entries, entryOrder, values, size } = rows
  if (entries === undefined) return
  while (tally.nextEntry < until) {
    const row = entryOrder[tally.nextEntry] as number
    if ((entries[row] as number) < risk.time) return
    addRow(sums, values, row * size, size, -riskOf(tally, row))
    tally.nextEntry += 1
    tally.atRisk -= 1
    // What rounding leaves behind must not stand for somebody.
    if (tally.atRisk === 0) sums.fill(0)
  }
}

/** Notes the ends among the rows of a time. */
const countEnds = ({ rows, predictors: all, risk }: WalkTally): void => {
  const { ended, weights, values, size } = rows
  risk.ends = 0
  risk.endWeight = 0
  risk.endPredictor = 0
  risk.endValues.fill(0)
  for (let row = risk.from; row < risk.to; row += 1) {
    if (ended[row] !== 1) continue
    const weight = weights[row] as number
    risk.ends += 1
    risk.endWeight += weight
    risk.endPredictor += weight * (all[row] as number)
    for (let at = 0; at < size; at += 1) (risk.endValues[at] as number) += weight * (values[row * size + at] as number)
  }
}

const addRows = (tally: WalkTally): void => {
  const { rows, sums, risk } = tally
  const { values, size } = rows
  for (let row = risk.from; row < risk.to; row += 1) addRow(sums, values, row * size, size, riskOf(tally, row))
  tally.atRisk += risk.to - risk.from
}

const addLeaving = (tally: WalkTally): void => {
  const { rows, leaving, risk } = tally
  const { values, size, ended } = rows
  leaving.fill(0)
  for (let row = risk.from; row < risk.to; row += 1) {
    if (ended[row] === 1) addRow(leaving, values, row * size, size, riskOf(tally, row))
  }
}

/** From the sums over those at risk, all that depends on them. */
const fillRisk = (tally: WalkTally): void => {
  const { rows, ties, sums, leaving, counts, risk, shift } = tally
  const isTied = ties === 'efron' && risk.ends > 1
  if (isTied) addLeaving(tally)
  countTies(counts, risk.ends, sums[0] as number, isTied ? (leaving[0] as number) : 0)
  const weight = risk.endWeight / risk.ends
  risk.logRisk = weight * (counts.logs - risk.ends * shift)
  risk.hazard = weight * counts.first
  risk.endHazard = risk.hazard
  risk.hazardVariance = weight * counts.second
  fillCovariances(risk, sums, rows.size, weight, counts)
  if (isTied) lessLeaving(risk, sums, leaving, weight, counts)
  for (let at = 0; at < rows.size; at += 1) {
    risk.endHazardMeans[at] = risk.hazardMeans[at] as number
  }
  if (isTied) fillEndHazard(risk, sums, leaving, weight, counts)
}

const walkOver = (rows: RiskRows, ties: TieMethod, point: Float64Array): WalkTally => {
  const { size } = rows
  const products = (size * (size + 1)) / 2
  const [all, greatest] = predictors(rows, point)
  return {
    rows,
    ties,
    predictors: all,
    shift: -greatest,
    sums: new Float64Array(1 + size + products),
    leaving: new Float64Array(1 + size + products),
    counts: { first: 0, firstShare: 0, second: 0, secondShare: 0, secondSquare: 0, logs: 0 },
    risk: {
      shift: -greatest,
      stratum: 0,
      time: 0,
      from: 0,
      to: 0,
      ends: 0,
      endWeight: 0,
      endPredictor: 0,
      endValues: new Float64Array(size),
      logRisk: 0,
      hazard: 0,
      hazardVariance: 0,
      means: new Float64Array(size),
      hazardMeans: new Float64Array(size),
      endHazard: 0,
      endHazardMeans: new Float64Array(size),
      covariances: new Float64Array(products),
    },
    atRisk: 0,
    nextEntry: 0,
  }
}

/** Visits each time at which somebody left, from the last to the first of each stratum. */
export const walkRiskSets = (
  rows: RiskRows,
  ties: TieMethod,
  point: Float64Array,
  visit: (tally: RiskTally) => void,
): void => {
  const tally = walkOver(rows, ties, point)
  const { risk } = tally
  for (let stratum = 0; stratum < rows.strata.length; stratum += 1) {
    const [start, end] = [rows.bounds[stratum] as number, rows.bounds[stratum + 1] as number]
    risk.stratum = stratum
    tally.sums.fill(0)
    tally.atRisk = 0
    tally.nextEntry = start
    for (let row = start; row < end; row = risk.to) {
      risk.from = row
      risk.to = endOfTime(rows, row, end)
      risk.time = rows.times[row] as number
      addRows(tally)
      countEnds(tally)
      if (risk.ends === 0) continue
      takeOutLate(tally, end)
      fillRisk(tally)
      visit(risk)
    }
  }
}
