// Coefficients in the units of their columns, with their errors, from those per standard deviation.

import type { SquareMatrix } from './cholesky.ts'
import type { LinearPredictor } from './linear-predictor.ts'
import type { ColumnDesign } from './logistic-design.ts'
import { normalTailBeyond } from './normal-tail.ts'

/** How well a coefficient is known. */
export interface CoefficientEstimate {
  /** The column; `null` for the intercept. */
  readonly name: string | null
  readonly value: number
  readonly standardError: number
  readonly z: number
  /** Of Wald's test, two-sided. */
  readonly pValue: number
  readonly low: number
  readonly high: number
}

/** The way from coefficients per standard deviation to those per unit. */
export const toUnits = ({ means, deviations }: ColumnDesign): SquareMatrix => {
  const size = means.length + 1
  const matrix = new Float64Array(size * size)
  matrix[0] = 1
  means.forEach((mean, column) => {
    const deviation = deviations[column] as number
    matrix[column + 1] = -mean / deviation
    matrix[(column + 1) * (size + 1)] = 1 / deviation
  })
  return matrix
}

export const applied = (matrix: SquareMatrix, vector: Float64Array): Float64Array =>
  vector.map((_, row) =>
    vector.reduce((sum, value, column) => sum + (matrix[row * vector.length + column] as number) * value, 0),
  )

/** M C Mᵀ. */
export const covarianceIn = (
  matrix: SquareMatrix,
  inverse: SquareMatrix,
  size: number,
): ReadonlyArray<ReadonlyArray<number>> => {
  const rows = Array.from({ length: size }, (_, row) => matrix.subarray(row * size, (row + 1) * size))
  const half = rows.map((row) => applied(inverse, row))
  return rows.map((row) =>
    half.map((column) => row.reduce((sum, value, index) => sum + value * (column[index] as number), 0)),
  )
}

const estimateOf = (name: string | null, value: number, standardError: number, reach: number): CoefficientEstimate => {
  const z = value / standardError
  return {
    name,
    value,
    standardError,
    z,
    pValue: Math.min(1, 2 * normalTailBeyond(Math.abs(z))),
    low: value - reach * standardError,
    high: value + reach * standardError,
  }
}

/** What a regression found of its intercept and columns. */
interface EstimatedPredictor {
  readonly model: LinearPredictor
  readonly estimates: ReadonlyArray<CoefficientEstimate>
}

/** The predictor and its estimates from coefficients in the units of the columns, the intercept first. */
export const estimatedPredictor = (
  columns: ReadonlyArray<string>,
  coefficients: Float64Array,
  covariance: ReadonlyArray<ReadonlyArray<number>>,
  reach: number,
): EstimatedPredictor => {
  // Never −0, which JSON doesn't keep.
  const values = coefficients.map((value) => value + 0)
  const names: ReadonlyArray<string | null> = [null, ...columns]
  return {
    model: {
      intercept: values[0] as number,
      coefficients: columns.map((name, index) => ({ name, value: values[index + 1] as number })),
    },
    estimates: names.map((name, index) =>
      estimateOf(name, values[index] as number, Math.sqrt(covariance[index]?.[index] as number), reach),
    ),
  }
}
