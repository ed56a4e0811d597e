// How likely customers are to leave, against the mean customer of a fit.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { InvalidValue } from '../../foundation/index.ts'
import type { Covariate } from '../covariate.ts'
import type { CoxFit } from './cox-regression.ts'
import { nameFaults } from './cox-rows.ts'
import { covariateFaults } from './regression-data.ts'

/**
 * The score of each customer: the logarithm of their rate of leaving against that of a customer of mean covariates.
 *
 * @param fit from {@link coxRegression}
 * @param covariates those of the fit, in its order
 * @returns a score per row; `InvalidValue` at each entry that is wrong, and for other covariates than those of the fit.
 * @example
 * ```ts
 * import { coxRegression, coxScores, unwrap } from 'treue'
 *
 * const discount = { name: 'discount', values: [1, 1, 0, 1, 0, 0, 1, 0] }
 * const months = { times: [2, 3, 4, 5, 6, 8, 9, 12], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [discount] }
 * const fit = unwrap(coxRegression(months))
 * const scores = unwrap(coxScores(fit, [{ name: 'discount', values: [0, 1] }]))
 * Array.from(scores, (score) => score.toFixed(2)) // => ['-0.41', '0.41']
 * ```
 */
export const coxScores = (
  fit: CoxFit,
  covariates: ReadonlyArray<Covariate>,
): Either<ReadonlyNonEmptyArray<InvalidValue>, Float64Array> => {
  const length = covariates[0]?.values.length ?? 0
  const [first, ...rest] = [
    ...nameFaults(covariates, fit),
    ...covariates.flatMap((covariate, index) => covariateFaults(covariate, index, length)),
  ]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const scores = new Float64Array(length)
  covariates.forEach(({ values }, index) => {
    const [coefficient, mean] = [fit.coefficients[index]?.coefficient as number, fit.means[index] as number]
    for (let row = 0; row < length; row += 1) (scores[row] as number) += coefficient * ((values[row] as number) - mean)
  })
  return { _tag: 'Right', right: scores }
}
