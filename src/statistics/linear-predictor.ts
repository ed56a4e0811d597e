// A fitted regression as plain data: predictions from it, and why a row has its score.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type InvalidValue,
  invalidValue,
  numberCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'
import { columnFaults, type NamedColumn } from './logistic-design.ts'

/** A column's coefficient. */
export interface NamedCoefficient {
  readonly name: string
  readonly value: number
}

/** An intercept and a multiple of each column: what a fitted regression is used for, as plain data to be stored. */
export interface LinearPredictor {
  readonly intercept: number
  /** What one more of each column adds: to the log odds of a logistic regression, to the value of a linear one. */
  readonly coefficients: ReadonlyArray<NamedCoefficient>
}

const finite: Codec<number> = /* @__PURE__ */ numberCodec({ min: -1e100, max: 1e100 })

const coefficientsCodec: Codec<ReadonlyArray<NamedCoefficient>> = /* @__PURE__ */ arrayCodec(
  /* @__PURE__ */ structCodec('NamedCoefficient', {
    name: stringCodec,
    value: finite,
  }),
  { maxLength: 1000 },
)

const repeatedNames = (coefficients: ReadonlyArray<NamedCoefficient>): ReadonlyArray<InvalidValue> => {
  const names = new Set<string>()
  return coefficients.flatMap(({ name }, index) => {
    const known = names.has(name) || name === ''
    names.add(name)
    return known ? [invalidValue(['coefficients', index, 'name'], name, 'a name of its own')] : []
  })
}

/**
 * Reads a {@link LinearPredictor}.
 *
 * @example
 * ```ts
 * import { decode, LinearPredictor } from 'treue'
 *
 * decode(LinearPredictor, { intercept: -2, coefficients: [{ name: 'silentDays', value: 0.03 }] })._tag // => 'Right'
 * ```
 */
export const LinearPredictor: Codec<LinearPredictor> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('LinearPredictor', { intercept: finite, coefficients: coefficientsCodec }),
  ({ coefficients }: LinearPredictor) => repeatedNames(coefficients),
)

/** Of rows that have all columns of a model. */
const sumsOf = (
  { intercept, coefficients }: LinearPredictor,
  columns: ReadonlyArray<NamedColumn>,
  rows: number,
): Float64Array => {
  const sums = new Float64Array(rows).fill(intercept)
  coefficients.forEach(({ value }, index) => {
    const { values } = columns[index] as NamedColumn
    for (let row = 0; row < rows; row += 1) sums[row] = (sums[row] as number) + value * (values[row] as number)
  })
  return sums
}

/** The probability of log odds. */
const probabilityOfLogOdds = (odds: number): number => {
  const small = Math.exp(-Math.abs(odds))
  return odds >= 0 ? 1 / (1 + small) : small / (1 + small)
}

/** What a model says of each row, by its columns. */
const predictionsOf = (
  model: LinearPredictor,
  columns: ReadonlyArray<NamedColumn>,
  rows: number,
): Either<ReadonlyNonEmptyArray<InvalidValue>, Float64Array> => {
  const byName = new Map(columns.map((column) => [column.name, column]))
  const own = model.coefficients.map(({ name }) => byName.get(name))
  const found = own.filter((column) => column !== undefined)
  const missing = model.coefficients.flatMap(({ name }, index) =>
    own[index] === undefined
      ? [invalidValue(['columns'], Array.from(byName.keys()).join(', '), `a column ${name}, as the model has`)]
      : [],
  )
  const [fault, ...rest] = [...missing, ...columnFaults(found, rows)]
  return fault === undefined
    ? { _tag: 'Right', right: sumsOf(model, found, rows) }
    : { _tag: 'Left', left: [fault, ...rest] }
}

/**
 * The probability of the outcome for each row, by a fitted or stored model.
 *
 * @param model from `logisticRegression` or read by {@link LinearPredictor}
 * @param columns those of the model, in any order; others have no influence
 * @param rows how many rows there are; as many as the first column has when absent
 * @returns `InvalidValue` for each column of the model that is not there, and at each number that is none.
 * @example
 * ```ts
 * import { logisticProbabilities, unwrap } from 'treue'
 *
 * const model = { intercept: -2, coefficients: [{ name: 'silentDays', value: 0.05 }] }
 * Array.from(unwrap(logisticProbabilities(model, [{ name: 'silentDays', values: [40, 0] }])), (p) => p.toFixed(3))
 * // => ['0.500', '0.119']
 * ```
 */
export const logisticProbabilities = (
  model: LinearPredictor,
  columns: ReadonlyArray<NamedColumn>,
  rows: number = columns[0]?.values.length ?? 0,
): Either<ReadonlyNonEmptyArray<InvalidValue>, Float64Array> => {
  const odds = predictionsOf(model, columns, rows)
  return odds._tag === 'Left' ? odds : { _tag: 'Right', right: odds.right.map(probabilityOfLogOdds) }
}

/**
 * What a fitted or stored linear regression says of each row.
 *
 * @param model from `linearRegression` or read by {@link LinearPredictor}
 * @param columns those of the model, in any order; others have no influence
 * @param rows how many rows there are; as many as the first column has when absent
 * @returns `InvalidValue` for each column of the model that is not there, and at each number that is none.
 * @example
 * ```ts
 * import { linearPredictions, unwrap } from 'treue'
 *
 * const model = { intercept: 10, coefficients: [{ name: 'orders', value: 2 }] }
 * Array.from(unwrap(linearPredictions(model, [{ name: 'orders', values: [0, 3] }]))) // => [10, 16]
 * ```
 */
export const linearPredictions = (
  model: LinearPredictor,
  columns: ReadonlyArray<NamedColumn>,
  rows: number = columns[0]?.values.length ?? 0,
): Either<ReadonlyNonEmptyArray<InvalidValue>, Float64Array> => predictionsOf(model, columns, rows)

/** A column's part in a score. */
export interface LogisticContribution {
  readonly name: string
  /** What the row's value is taken against. */
  readonly reference: number
  readonly actual: number
  /** By how much the value moves the log odds away from where the reference would have them. */
  readonly logOdds: number
  /** The factor on the odds. */
  readonly oddsRatio: number
}

/**
 * Why a row has its score: what each column adds to the log odds against a reference, the largest part first.
 *
 * With the reference's score the parts sum to the row's: log odds = intercept + Σ coefficient × reference + Σ parts.
 *
 * @param model from `logisticRegression` or read by {@link LinearPredictor}
 * @param row the row's values, in the order of the model's coefficients
 * @param reference of each coefficient, such as the mean of all rows
 * @returns `InvalidValue` for values that aren't numbers, or not one per coefficient.
 * @example
 * ```ts
 * import { explainLogistic, unwrap } from 'treue'
 *
 * const model = { intercept: -2, coefficients: [{ name: 'silentDays', value: 0.05 }, { name: 'orders', value: -0.2 }] }
 * unwrap(explainLogistic(model, [40, 5], [30, 2])).map(({ name, logOdds }) => `${name} ${logOdds.toFixed(1)}`)
 * // => ['orders -0.6', 'silentDays 0.5']
 * ```
 */
export const explainLogistic = (
  model: LinearPredictor,
  row: ReadonlyArray<number>,
  reference: ReadonlyArray<number>,
): Either<ReadonlyNonEmptyArray<InvalidValue>, ReadonlyArray<LogisticContribution>> => {
  const size = model.coefficients.length
  const valid = (values: ReadonlyArray<number>, name: string): ReadonlyArray<InvalidValue> =>
    values.length === size && values.every(Number.isFinite)
      ? []
      : [invalidValue([name], values, `${size} finite numbers, one per coefficient`)]
  const [fault, ...rest] = [...valid(row, 'row'), ...valid(reference, 'reference')]
  if (fault !== undefined) return { _tag: 'Left', left: [fault, ...rest] }
  const parts = model.coefficients.map(({ name, value }, index): LogisticContribution => {
    const [actual, usual] = [row[index] as number, reference[index] as number]
    const part = value * (actual - usual)
    return { name, reference: usual, actual, logOdds: part, oddsRatio: Math.exp(part) }
  })
  return {
    _tag: 'Right',
    right: parts.sort((first, second) => Math.abs(second.logOdds) - Math.abs(first.logOdds)),
  }
}
