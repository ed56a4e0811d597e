/* eslint-disable no-param-reassign -- adds up in the arrays that it made itself */
/** Cox's partial likelihood with its derivatives. */

import type { CurvedEvaluation, SquareMatrix } from '../../statistics/index.ts'
import type { RiskRows } from './risk-rows.ts'
import { type TieMethod, walkRiskSets } from './risk-sets.ts'

/** Adds a lower triangle, row by row, times a factor. */
export const addTriangle = (sums: Float64Array, triangle: Float64Array, factor: number): void => {
  for (let at = 0; at < triangle.length; at += 1) (sums[at] as number) += factor * (triangle[at] as number)
}

/** A symmetric matrix of its lower triangle. */
export const squareOf = (triangle: Float64Array, size: number): SquareMatrix => {
  const square = new Float64Array(size * size)
  for (let row = 0, at = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1, at += 1) {
      square[row * size + column] = triangle[at] as number
      square[column * size + row] = triangle[at] as number
    }
  }
  return square
}

/** The logarithm of the partial likelihood at coefficients of the scaled covariates. */
export const coxLikelihood =
  (rows: RiskRows, ties: TieMethod) =>
  (point: Float64Array): CurvedEvaluation => {
    const { size } = rows
    const gradient = new Float64Array(size)
    const triangle = new Float64Array((size * (size + 1)) / 2)
    let value = 0
    walkRiskSets(rows, ties, point, ({ endPredictor, endValues, logRisk, means, covariances }) => {
      value += endPredictor - logRisk
      for (let at = 0; at < size; at += 1) (gradient[at] as number) += (endValues[at] as number) - (means[at] as number)
      addTriangle(triangle, covariances, 1)
    })
    return { value, gradient, curvature: squareOf(triangle, size) }
  }
