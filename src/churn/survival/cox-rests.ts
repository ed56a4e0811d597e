/* eslint-disable no-param-reassign -- fills the columns that it made itself */
/** What Cox's regression expects of each row, against what came of it. */

import type { CoxFit } from './cox-regression.ts'
import type { FittedRows } from './cox-rows.ts'
import type { RiskRows } from './risk-rows.ts'
import { walkRiskSets } from './risk-sets.ts'

/** By row in the order of the walk. */
export interface CoxRests {
  /** The hazard that each row has gone through. */
  readonly expected: Float64Array
  /** Each row's part of the likelihood's score, of the scaled covariates; row by row. */
  readonly scores: Float64Array
}

/** The sums of hazards, and of their means, up to each time at which somebody left; of one stratum. */
interface HazardSteps {
  /** Added to predictors, so that no exponential is beyond numbers. */
  readonly shift: number
  /** Falling. */
  readonly times: Float64Array
  /** `size + 1` entries a step: the hazard, then its means. */
  readonly sums: Float64Array
  /** What those who left then have gone through less than the others. */
  readonly spared: Float64Array
  /** The mean covariates of those at risk. */
  readonly means: Float64Array
}

interface StepsTally {
  count: number
  shift: number
  readonly times: Float64Array
  readonly sums: Float64Array
  readonly spared: Float64Array
  readonly means: Float64Array
}

const stepsOf = ({ rows, point }: FittedRows, { ties }: CoxFit): ReadonlyArray<HazardSteps> => {
  const width = rows.size + 1
  const strata = rows.strata.map((_, stratum): StepsTally => {
    // One more than there can be steps: that of no hazard.
    const length = (rows.bounds[stratum + 1] as number) - (rows.bounds[stratum] as number) + 1
    const wide = () => new Float64Array(length * width)
    return { count: 0, shift: 0, times: new Float64Array(length), sums: wide(), spared: wide(), means: wide() }
  })
  walkRiskSets(rows, ties, point, (risk) => {
    const tally = strata[risk.stratum] as StepsTally
    const from = tally.count * width
    tally.shift = risk.shift
    tally.times[tally.count] = risk.time
    tally.sums[from] = risk.hazard
    tally.spared[from] = risk.hazard - risk.endHazard
    for (let at = 0; at < rows.size; at += 1) {
      const mean = risk.hazardMeans[at] as number
      tally.sums[from + 1 + at] = mean
      tally.spared[from + 1 + at] = mean - (risk.endHazardMeans[at] as number)
      tally.means[from + at] = (risk.means[at] as number) / risk.endWeight
    }
    tally.count += 1
  })
  return strata.map(({ count, shift, times, sums, spared, means }) => {
    for (let from = (count - 2) * width; from >= 0; from -= width) {
      for (let at = 0; at < width; at += 1) (sums[from + at] as number) += sums[from + width + at] as number
    }
    return { shift, times: times.subarray(0, count), sums, spared, means }
  })
}

/** The first step, of falling times, that is not later than a time; their count where all are later. */
const stepAt = (times: Float64Array, time: number): number => {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) <= time) high = middle
    else low = middle + 1
  }
  return low
}

/** The hazard and its means that a row has gone through. */
const goneThrough = (through: Float64Array, steps: HazardSteps, time: number, entry: number, ended: boolean): void => {
  const width = through.length
  const [until, from] = [stepAt(steps.times, time), stepAt(steps.times, entry)]
  // Past the last of the falling steps lies the time before the first end, of no hazard.
  for (let at = 0; at < width; at += 1) {
    const sum = steps.sums[until * width + at] as number
    through[at] = sum - (steps.sums[from * width + at] as number)
    if (ended) (through[at] as number) -= steps.spared[until * width + at] as number
  }
}

const predictorOf = ({ values, size }: RiskRows, point: Float64Array, row: number): number => {
  let sum = 0
  for (let at = 0; at < size; at += 1) sum += (point[at] as number) * (values[row * size + at] as number)
  return sum
}

interface RestsTally extends CoxRests {
  readonly through: Float64Array
}

const fillRow = (tally: RestsTally, { rows, point }: FittedRows, steps: HazardSteps, row: number): void => {
  const { through, expected, scores } = tally
  const { size, times, entries, ended, values } = rows
  const time = times[row] as number
  const isEnd = ended[row] === 1
  goneThrough(through, steps, time, entries?.[row] ?? -1, isEnd)
  const risk = Math.exp(predictorOf(rows, point, row) + steps.shift)
  const step = isEnd ? stepAt(steps.times, time) * (size + 1) : -1
  expected[row] = risk * (through[0] as number)
  for (let at = 0; at < size; at += 1) {
    const value = values[row * size + at] as number
    const own = isEnd ? value - (steps.means[step + at] as number) : 0
    scores[row * size + at] = own - risk * (value * (through[0] as number) - (through[at + 1] as number))
  }
}

/** The rests of all rows at a fit. */
export const coxRests = (fitted: FittedRows, fit: CoxFit): CoxRests => {
  const { size, times, values, bounds } = fitted.rows
  const tally: RestsTally = {
    expected: new Float64Array(times.length),
    scores: new Float64Array(values.length),
    through: new Float64Array(size + 1),
  }
  stepsOf(fitted, fit).forEach((steps, stratum) => {
    const end = bounds[stratum + 1] as number
    for (let row = bounds[stratum] as number; row < end; row += 1) fillRow(tally, fitted, steps, row)
  })
  return tally
}
