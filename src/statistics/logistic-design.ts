/* eslint-disable no-param-reassign -- columns are standardised in the copies that were made for it */
// What a logistic regression is fitted to: columns in units of their standard deviation, which makes all of one size.

import { type EmptySample, emptySample, type InvalidValue, invalidValue } from '../foundation/index.ts'

/** A named column of numbers, one per row. */
export interface NamedColumn {
  readonly name: string
  readonly values: ArrayLike<number>
}

/** Rows as columns, with what came of each. */
export interface LogisticSample {
  /** What an outcome may depend on; each has its own name. */
  readonly columns: ReadonlyArray<NamedColumn>
  /** Whether it happened: `true` or 1, `false` or 0. */
  readonly outcomes: ArrayLike<boolean | number>
  /** How many rows each row stands for, 0 or more; 1 each when absent. */
  readonly weights?: ArrayLike<number>
}

/** Columns of rows with a weight, made ready. */
export interface ColumnDesign {
  readonly names: ReadonlyArray<string>
  /** Each column less its mean, in standard deviations. */
  readonly values: ReadonlyArray<Float64Array>
  /** `null` where all are 1. */
  readonly weights: Float64Array | null
  readonly means: Float64Array
  /** Standard deviations; 0 of a column that is the same in all rows. */
  readonly deviations: Float64Array
  /** All weights together. */
  readonly total: number
}

/** Rows with a weight, made ready for a logistic regression. */
export interface LogisticDesign extends ColumnDesign {
  /** 1 where it happened. */
  readonly outcomes: Uint8Array
  /** The weights of rows where it happened. */
  readonly events: number
}

const largestNumber = 1e100

const isFlag = (flag: boolean | number | undefined): boolean =>
  flag === true || flag === false || flag === 0 || flag === 1

const isNumber = (value: number): boolean => Math.abs(value) <= largestNumber

const isWeight = (value: number): boolean => value >= 0 && value <= 1e15

const lengthFault = (name: string, length: number, rows: number): ReadonlyArray<InvalidValue> =>
  length === rows ? [] : [invalidValue([name, 'length'], length, `${rows}, one per outcome`)]

/** What is wrong with the numbers of columns, each at its column and row. */
export const columnFaults = (columns: ReadonlyArray<NamedColumn>, rows: number): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  const names = new Set<string>()
  columns.forEach(({ name, values }, index) => {
    if (names.has(name) || name === '') faults.push(invalidValue(['columns', index, 'name'], name, 'a name of its own'))
    names.add(name)
    if (values.length !== rows) {
      faults.push(invalidValue(['columns', index, 'values', 'length'], values.length, `${rows}, one per row`))
      return
    }
    for (let row = 0; row < rows; row += 1) {
      if (isNumber(values[row] as number)) continue
      faults.push(invalidValue(['columns', index, 'values', row], values[row], 'a number within ±1e100'))
    }
  })
  return faults
}

/** What is wrong with outcomes, each at its row. */
const outcomeFaults = (outcomes: ArrayLike<boolean | number>): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < outcomes.length; row += 1) {
    if (!isFlag(outcomes[row])) faults.push(invalidValue(['outcomes', row], outcomes[row], 'true or false, or 1 or 0'))
  }
  return faults
}

const weightFaults = (weights: ArrayLike<number>, rows: number): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = [...lengthFault('weights', weights.length, rows)]
  for (let row = 0; row < weights.length; row += 1) {
    if (!isWeight(weights[row] as number))
      faults.push(invalidValue(['weights', row], weights[row], 'a weight from 0 to 1e15'))
  }
  return faults
}

/** Everything that is wrong with rows. */
export const sampleFaults = ({ columns, outcomes, weights }: LogisticSample): ReadonlyArray<InvalidValue> => [
  ...columnFaults(columns, outcomes.length),
  ...outcomeFaults(outcomes),
  ...(weights === undefined ? [] : weightFaults(weights, outcomes.length)),
]

/** The rows that count, or `null` where all do. */
const rowsWithWeight = (weights: ArrayLike<number> | undefined): Int32Array | null => {
  if (weights === undefined) return null
  const rows = new Int32Array(weights.length)
  let kept = 0
  for (let row = 0; row < weights.length; row += 1) {
    if ((weights[row] as number) === 0) continue
    rows[kept] = row
    kept += 1
  }
  return rows.subarray(0, kept)
}

const copied = (values: ArrayLike<number>, rows: Int32Array | null): Float64Array =>
  rows === null ? new Float64Array(values) : Float64Array.from(rows, (row) => values[row] as number)

const weightedSum = (values: Float64Array, weights: Float64Array | null): number => {
  let sum = 0
  if (weights === null) for (let row = 0; row < values.length; row += 1) sum += values[row] as number
  else for (let row = 0; row < values.length; row += 1) sum += (values[row] as number) * (weights[row] as number)
  return sum
}

interface Standard {
  readonly values: Float64Array
  readonly mean: number
  readonly deviation: number
}

/** A spread as small as the rounding of the values is none. */
const isSpread = (deviation: number, mean: number): boolean => deviation > 1e-14 * Math.abs(mean)

const weightedSquares = (values: Float64Array, weights: Float64Array | null): number => {
  let sum = 0
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number
    sum += value * value * (weights === null ? 1 : (weights[row] as number))
  }
  return sum
}

const lessBy = (values: Float64Array, by: number): void => {
  for (let row = 0; row < values.length; row += 1) values[row] = (values[row] as number) - by
}

/** Changes the values. Their mean is taken from the first value on, so that a large common part costs no digits. */
const standardised = (values: Float64Array, weights: Float64Array | null, total: number): Standard => {
  const first = values[0] as number
  lessBy(values, first)
  const shift = weightedSum(values, weights) / total
  lessBy(values, shift)
  const deviation = Math.sqrt(weightedSquares(values, weights) / total)
  const mean = first + shift
  if (!isSpread(deviation, mean)) return { values, mean, deviation: 0 }
  for (let row = 0; row < values.length; row += 1) values[row] = (values[row] as number) / deviation
  return { values, mean, deviation }
}

const isEvent = (outcome: boolean | number | undefined): 0 | 1 => (outcome === true || outcome === 1 ? 1 : 0)

const flagsOf = (outcomes: ArrayLike<boolean | number>, rows: Int32Array | null): Uint8Array => {
  const flags = new Uint8Array(rows === null ? outcomes.length : rows.length)
  for (let row = 0; row < flags.length; row += 1)
    flags[row] = isEvent(outcomes[rows === null ? row : (rows[row] as number)])
  return flags
}

const eventWeight = (outcomes: Uint8Array, weights: Float64Array | null): number => {
  let sum = 0
  for (let row = 0; row < outcomes.length; row += 1)
    if (outcomes[row] === 1) sum += weights === null ? 1 : (weights[row] as number)
  return sum
}

/** Every so many rows of a large design, to begin with; `null` of a small one. */
export const thinnedDesign = (design: LogisticDesign, every: number): LogisticDesign | null => {
  const count = Math.floor(design.outcomes.length / every)
  if (count < 2000 * design.names.length || count < 10_000) return null
  const rows = Int32Array.from({ length: count }, (_, index) => index * every)
  const weights = design.weights === null ? null : copied(design.weights, rows)
  const outcomes = flagsOf(design.outcomes, rows)
  return {
    names: design.names,
    values: design.values.map((values) => copied(values, rows)),
    outcomes,
    weights,
    means: design.means,
    deviations: design.deviations,
    total: weights === null ? count : weightedSum(weights, null),
    events: eventWeight(outcomes, weights),
  }
}

/** Columns made ready, of some rows or (`null`) of all. */
export const columnDesign = (
  columns: ReadonlyArray<NamedColumn>,
  rows: Int32Array | null,
  weights: Float64Array | null,
  total: number,
): ColumnDesign => {
  const standards = columns.map(({ values }) => standardised(copied(values, rows), weights, total))
  return {
    names: columns.map(({ name }) => name),
    values: standards.map(({ values }) => values),
    weights,
    means: Float64Array.from(standards, ({ mean }) => mean),
    deviations: Float64Array.from(standards, ({ deviation }) => deviation),
    total,
  }
}

/** Rows made ready; a fault where all outcomes are the same. */
export const logisticDesign = ({ columns, outcomes, weights }: LogisticSample): LogisticDesign | EmptySample => {
  const rows = rowsWithWeight(weights)
  const flags = flagsOf(outcomes, rows)
  const own = weights === undefined ? null : copied(weights, rows)
  const total = own === null ? flags.length : weightedSum(own, null)
  const events = eventWeight(flags, own)
  if (!(events > 0)) return emptySample(['outcomes'], 'at least one row where it happened')
  if (!flags.includes(0)) return emptySample(['outcomes'], 'at least one row where it did not happen')
  const { names, values, means, deviations } = columnDesign(columns, rows, own, total)
  return { names, values, weights: own, means, deviations, total, outcomes: flags, events }
}
