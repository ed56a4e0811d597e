// Linear regression: the mean of a value by columns of numbers. The kernel fills sums that it made itself.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
} from '../foundation/index.ts'
import { choleskyOf, inverseOf, type SquareMatrix, solveBy } from './cholesky.ts'
import { applied, type CoefficientEstimate, covarianceIn, estimatedPredictor, toUnits } from './coefficient-estimate.ts'
import { type CollinearColumn, collinearColumns, constantColumns } from './collinear-columns.ts'
import type { LinearPredictor } from './linear-predictor.ts'
import { type ColumnDesign, columnDesign, columnFaults, type NamedColumn } from './logistic-design.ts'
import { twoSidedQuantile } from './wilson-interval.ts'

/** Rows as columns, with a value of each. */
export interface LinearSample {
  /** What the value may depend on; each has its own name. */
  readonly columns: ReadonlyArray<NamedColumn>
  readonly values: ArrayLike<number>
}

/** How a linear regression is fitted. */
export interface LinearOptions {
  /**
   * Holds coefficients back: it is added, times the square of each coefficient per standard deviation of its column, to the sum
   * of squares. The intercept is left free. 0 when absent.
   */
  readonly ridge?: number
  /** Of the intervals; 0.95 when absent. */
  readonly confidence?: number
}

/** A fitted linear regression. */
export interface LinearFit {
  readonly model: LinearPredictor
  /** The intercept, then the columns; errors hold also where some rows vary more than others. */
  readonly estimates: ReadonlyArray<CoefficientEstimate>
  /** Of the estimates, row by row. */
  readonly covariance: ReadonlyArray<ReadonlyArray<number>>
  /** The sum of squares around the predictions. */
  readonly residualSquares: number
  /** The share of the squares around the mean that the columns take away; `null` where there are none. */
  readonly determination: number | null
  readonly rows: number
  readonly ridge: number
}

/** Why there is no fit. */
export type LinearFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange | EmptySample | CollinearColumn>

/** A row's 1 and columns. */
const fillRow = ({ values }: ColumnDesign, row: number, into: Float64Array): Float64Array => {
  const filled = into
  filled[0] = 1
  for (let column = 0; column < values.length; column += 1)
    filled[column + 1] = (values[column] as Float64Array)[row] as number
  return filled
}

/** Σ factor · x xᵀ over rows. */
const products = (design: ColumnDesign, factor: (row: number) => number): SquareMatrix => {
  const size = design.values.length + 1
  const sums = new Float64Array(size * size)
  const x = new Float64Array(size)
  for (let row = 0; row < design.total; row += 1) {
    fillRow(design, row, x)
    const weight = factor(row)
    for (let index = 0; index < size; index += 1) {
      const part = weight * (x[index] as number)
      for (let other = 0; other < size; other += 1)
        sums[index * size + other] = (sums[index * size + other] as number) + part * (x[other] as number)
    }
  }
  return sums
}

const crossProducts = (design: ColumnDesign, values: Float64Array): Float64Array => {
  const x = new Float64Array(design.values.length + 1)
  const sums = new Float64Array(x.length)
  for (let row = 0; row < values.length; row += 1) {
    fillRow(design, row, x)
    for (let index = 0; index < x.length; index += 1)
      sums[index] = (sums[index] as number) + (values[row] as number) * (x[index] as number)
  }
  return sums
}

const residualsOf = (design: ColumnDesign, values: Float64Array, point: Float64Array): Float64Array => {
  const x = new Float64Array(point.length)
  return values.map((value, row) => {
    fillRow(design, row, x)
    return x.reduce((rest, entry, index) => rest - entry * (point[index] as number), value)
  })
}

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0)

interface Solution {
  readonly point: Float64Array
  readonly inverse: SquareMatrix
}

const solutionOf = (design: ColumnDesign, values: Float64Array, ridge: number): Solution | null => {
  const size = design.values.length + 1
  const matrix = products(design, () => 1).map((value, index) =>
    index > 0 && index % (size + 1) === 0 ? value + ridge : value,
  )
  const factor = choleskyOf(matrix, size)
  if (factor === undefined) return null
  return { point: solveBy(factor, crossProducts(design, values)), inverse: inverseOf(factor, size) }
}

const fitOf = (
  design: ColumnDesign,
  values: Float64Array,
  { point, inverse }: Solution,
  { ridge, reach }: { readonly ridge: number; readonly reach: number },
): LinearFit => {
  const size = point.length
  const residuals = residualsOf(design, values, point)
  // White's sandwich, with the factor for few rows.
  const few = values.length / (values.length - size)
  const meat = products(design, (row) => few * (residuals[row] as number) ** 2)
  const bread = covarianceIn(inverse, meat, size)
  const matrix = toUnits(design)
  const covariance = covarianceIn(matrix, Float64Array.from(bread.flat()), size)
  const { model, estimates } = estimatedPredictor(design.names, applied(matrix, point), covariance, reach)
  const around = squares(values.map((value) => value - (point[0] as number)))
  const residualSquares = squares(residuals)
  return {
    model,
    estimates,
    covariance,
    residualSquares,
    determination: values.every((value) => value === values[0]) ? null : 1 - residualSquares / around,
    rows: values.length,
    ridge,
  }
}

const valueFaults = (values: ArrayLike<number>): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < values.length; row += 1) {
    if (!(Math.abs(values[row] as number) <= 1e100))
      faults.push(invalidValue(['values', row], values[row], 'a number within ±1e100'))
  }
  return faults
}

const fitDesign = (
  { columns, values }: LinearSample,
  options: { readonly ridge: number; readonly reach: number },
): Either<LinearFaults, LinearFit> => {
  const design = columnDesign(columns, null, null, values.length)
  const [fault, ...rest] = [...constantColumns(design), ...(options.ridge > 0 ? [] : collinearColumns(design))]
  if (fault !== undefined) return { _tag: 'Left', left: [fault, ...rest] }
  const own = new Float64Array(values)
  const solution = solutionOf(design, own, options.ridge)
  return solution === null
    ? { _tag: 'Left', left: [emptySample(['values'], 'more rows, or a larger ridge')] }
    : { _tag: 'Right', right: fitOf(design, own, solution, options) }
}

/**
 * Fits the mean of a value by columns of numbers, by least squares. Errors are White's, which hold where the rows vary
 * differently, with the factor n / (n − k).
 *
 * Sources: H. White, Econometrica 48 (1980); J. G. MacKinnon & H. White (1985), HC1.
 *
 * @param sample see {@link LinearSample}
 * @param options see {@link LinearOptions}
 * @returns `InvalidValue` at each number that is none, `OutOfRange` for a ridge below 0 or a confidence outside (0, 1),
 * `EmptySample` with no more rows than coefficients, `CollinearColumn` for each column that others imply or that is the same in
 * all rows.
 * @example
 * ```ts
 * import { linearRegression, unwrap } from 'treue'
 *
 * const orders = { name: 'orders', values: [1, 2, 3, 4] }
 * const { model } = unwrap(linearRegression({ columns: [orders], values: [12, 19, 31, 38] }))
 * model.coefficients[0]?.value.toFixed(1) // => '9.0'
 * model.intercept.toFixed(1) // => '2.5'
 * ```
 */
export const linearRegression = (
  sample: LinearSample,
  options: LinearOptions = {},
): Either<LinearFaults, LinearFit> => {
  const { ridge = 0, confidence = 0.95 } = options
  const { columns, values } = sample
  const z = twoSidedQuantile(confidence)
  const [fault, ...rest] = [
    ...columnFaults(columns, values.length),
    ...valueFaults(values),
    ...(ridge >= 0 && ridge <= 1e15 ? [] : [outOfRange(['ridge'], ridge, 'a ridge from 0 to 1e15')]),
    ...(z._tag === 'Left' ? [z.left] : []),
  ]
  if (fault !== undefined) return { _tag: 'Left', left: [fault, ...rest] }
  if (values.length <= columns.length + 1)
    return { _tag: 'Left', left: [emptySample(['values'], `more than ${columns.length + 1} rows`)] }
  return fitDesign(sample, { ridge, reach: z._tag === 'Right' ? z.right : 0 })
}
