// A fit of Cox's regression put to data again: to those it came from, or to others of the same covariates.

import type { Either } from 'fp-ts/Either'
import { type EmptySample, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import type { Covariate } from '../covariate.ts'
import { type CoxData, type CoxFit, coxDataFaults } from './cox-regression.ts'
import { type RiskRows, riskRows } from './risk-rows.ts'

/** Rows in the order of the walk, with a fit's coefficients of their scaled covariates. */
export interface FittedRows {
  readonly rows: RiskRows
  readonly point: Float64Array
}

/** Where covariates are not those of a fit, in its order. */
export const nameFaults = (
  covariates: ReadonlyArray<Covariate>,
  { coefficients }: CoxFit,
): ReadonlyArray<InvalidValue> => {
  const names = coefficients.map(({ name }) => name)
  const isSame = covariates.length === names.length && covariates.every(({ name }, index) => name === names[index])
  const found = covariates.map(({ name }) => name).join(', ')
  return isSame ? [] : [invalidValue(['covariates'], found, `those of the fit in its order: ${names.join(', ')}`)]
}

/** The rows of data of a fit, or what is wrong with them. */
export const fittedRows = (
  data: CoxData,
  fit: CoxFit,
): Either<ReadonlyArray<InvalidValue | EmptySample>, FittedRows> => {
  const faults = [...coxDataFaults(data), ...nameFaults(data.covariates, fit)]
  if (faults.length > 0) return { _tag: 'Left', left: faults }
  const rows = riskRows(data, data.strata)
  const point = Float64Array.from(
    rows.scales,
    ({ spread }, index) => spread * (fit.coefficients[index]?.coefficient as number),
  )
  return { _tag: 'Right', right: { rows, point } }
}
