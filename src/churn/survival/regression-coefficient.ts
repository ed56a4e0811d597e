// What a regression says of a coefficient, and of all together.

import { chiSquareUpperTail, normalUpperTail } from '../../statistics/index.ts'
import type { RegressionCoefficient, RegressionTest } from './regression-data.ts'

/** A sum of squares that is at least 0, with its tail. */
export const testOf = (statistic: number, degreesOfFreedom: number): RegressionTest => {
  if (degreesOfFreedom === 0) return { statistic: 0, degreesOfFreedom, pValue: 1 }
  const tail = chiSquareUpperTail(Math.max(0, statistic), degreesOfFreedom)
  return { statistic, degreesOfFreedom, pValue: tail._tag === 'Right' ? tail.right : 0 }
}

/** A coefficient with what follows from it and its standard error. */
export const coefficientOf = (
  name: string,
  coefficient: number,
  standardError: number,
  quantile: number,
): RegressionCoefficient => {
  const z = coefficient / standardError
  const tail = normalUpperTail(Math.abs(z))
  return {
    name,
    coefficient,
    standardError,
    ratio: Math.exp(coefficient),
    low: Math.exp(coefficient - quantile * standardError),
    high: Math.exp(coefficient + quantile * standardError),
    z,
    pValue: tail._tag === 'Right' ? 2 * tail.right : 0,
  }
}
