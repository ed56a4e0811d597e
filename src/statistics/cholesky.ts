// Symmetric matrices with a curvature in every direction: their factor, their inverse, and equations solved by it.

import type { Either } from 'fp-ts/Either'
import { type InvalidValue, invalidValue } from '../foundation/index.ts'

/** A square matrix, row by row. */
export type SquareMatrix = Float64Array

/** The part of a product of two rows of a factor that is known already. */
const knownPart = (factor: SquareMatrix, row: number, column: number, size: number): number => {
  let sum = 0
  for (let index = 0; index < column; index += 1) {
    sum += (factor[row * size + index] as number) * (factor[column * size + index] as number)
  }
  return sum
}

const isAbove = (rest: number, diagonal: number): boolean => rest > 1e-13 * Math.abs(diagonal)

/** The lower factor L with L Lᵀ = matrix; `undefined` for one that isn't positive definite, to rounding. */
export const choleskyOf = (matrix: SquareMatrix, size: number): SquareMatrix | undefined => {
  const factor = new Float64Array(size * size)
  for (let column = 0; column < size; column += 1) {
    const diagonal = matrix[column * size + column] as number
    const rest = diagonal - knownPart(factor, column, column, size)
    if (!isAbove(rest, diagonal)) return undefined
    const root = Math.sqrt(rest)
    factor[column * size + column] = root
    for (let row = column + 1; row < size; row += 1) {
      const entry = (matrix[row * size + column] as number) - knownPart(factor, row, column, size)
      factor[row * size + column] = entry / root
    }
  }
  return factor
}

/** The solution x of L Lᵀ x = right side. */
export const solveBy = (factor: SquareMatrix, right: Float64Array): Float64Array => {
  const size = right.length
  const solution = Float64Array.from(right)
  for (let row = 0; row < size; row += 1) {
    let rest = solution[row] as number
    for (let index = 0; index < row; index += 1)
      rest -= (factor[row * size + index] as number) * (solution[index] as number)
    solution[row] = rest / (factor[row * size + row] as number)
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = solution[row] as number
    for (let index = row + 1; index < size; index += 1) {
      rest -= (factor[index * size + row] as number) * (solution[index] as number)
    }
    solution[row] = rest / (factor[row * size + row] as number)
  }
  return solution
}

/** The inverse of L Lᵀ. */
export const inverseOf = (factor: SquareMatrix, size: number): SquareMatrix => {
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column += 1) {
    const unit = new Float64Array(size)
    unit[column] = 1
    const solution = solveBy(factor, unit)
    for (let row = 0; row < size; row += 1) inverse[row * size + column] = solution[row] as number
  }
  return inverse
}

/**
 * Solves M x = right side for a symmetric, positive definite M.
 *
 * Source: A. L. Cholesky's factor.
 *
 * @param matrix row by row
 * @param right one entry per row
 * @returns `InvalidValue` for a matrix that isn't positive definite, to rounding, or of another size.
 * @example
 * ```ts
 * import { solvePositiveDefinite, unwrap } from 'treue'
 *
 * Array.from(unwrap(solvePositiveDefinite(Float64Array.of(4, 2, 2, 2), Float64Array.of(6, 4)))) // => [1, 1]
 * solvePositiveDefinite(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 1))._tag // => 'Left'
 * ```
 */
export const solvePositiveDefinite = (
  matrix: SquareMatrix,
  right: Float64Array,
): Either<InvalidValue, Float64Array> => {
  const factor = matrix.length === right.length ** 2 ? choleskyOf(matrix, right.length) : undefined
  return factor === undefined
    ? { _tag: 'Left', left: invalidValue(['matrix'], matrix, `a positive definite matrix of ${right.length} rows`) }
    : { _tag: 'Right', right: solveBy(factor, right) }
}
