// Customers' times together with what is known of each: what survival regressions begin with.

import {
  type EmptySample,
  emptySample,
  type Fault,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
} from '../../foundation/index.ts'
import { compensatedSum, dependentRow, twoSidedQuantile } from '../../statistics/index.ts'
import type { Covariate } from '../covariate.ts'
import { isEnd, type Lifetimes, lifetimeFaults } from './lifetimes.ts'

/**
 * Customers' times with what is known of each, a row per customer. Where something changes with time, a customer has several
 * rows that follow on each other: each from its entry to its time, and only the last may have ended.
 */
export interface RegressionData extends Lifetimes {
  readonly covariates: ReadonlyArray<Covariate>
  /** How many customers each row stands for, above 0; 1 when absent. */
  readonly weights?: ArrayLike<number>
}

/** What a regression says of a covariate. */
export interface RegressionCoefficient {
  readonly name: string
  readonly coefficient: number
  readonly standardError: number
  /** The exponential of the coefficient: of hazards in Cox's regression, of times in a lifetime regression. */
  readonly ratio: number
  /** The ends of the ratio's interval; infinite, as the ratio, where a covariate's unit is so large that they are beyond numbers. */
  readonly low: number
  readonly high: number
  /** The coefficient by its standard error. */
  readonly z: number
  /** Of no influence at all, on both sides. */
  readonly pValue: number
}

/** A test of all covariates together. */
export interface RegressionTest {
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly pValue: number
}

/** A covariate that is constant, or follows from those before it: its coefficient could be anything. */
export interface DependentCovariate extends Fault<'DependentCovariate'> {
  readonly name: string
}

/** A coefficient that has no finite best value: the likelihood rises, ever less, as it runs off. */
export interface MonotoneLikelihood extends Fault<'MonotoneLikelihood'> {
  readonly name: string
  /** How far it had run when that was seen. */
  readonly coefficient: number
}

/** The fault of a covariate by its place. */
export const dependentCovariate = (covariates: ReadonlyArray<Covariate>, index: number): DependentCovariate => ({
  _tag: 'DependentCovariate',
  path: ['covariates', index],
  expected: 'a covariate that differs between customers and does not follow from those before it',
  name: covariates[index]?.name as string,
})

/**
 * The covariate whose coefficient ran farthest: where the search stopped at another variable, one without which it would have
 * stayed.
 */
export const farthestCovariate = (point: ReadonlyArray<number>, offset: number, covariates: number): number => {
  const sizes = point.slice(offset, offset + covariates).map(Math.abs)
  return sizes.indexOf(Math.max(...sizes))
}

/** The fault of a coefficient by its place. */
export const monotoneLikelihood = (
  covariates: ReadonlyArray<Covariate>,
  index: number,
  coefficient: number,
): MonotoneLikelihood => ({
  _tag: 'MonotoneLikelihood',
  path: ['covariates', index],
  expected: 'customers who left and who stayed at like values: leave the covariate out, or join its rare values',
  name: covariates[index]?.name as string,
  coefficient,
})

/** What is wrong with a covariate. */
export const covariateFaults = (
  { name, values }: Covariate,
  index: number,
  rows: number,
): ReadonlyArray<InvalidValue> => {
  const path = ['covariates', index, 'values']
  const faults: Array<InvalidValue> = []
  if (typeof name !== 'string') faults.push(invalidValue(['covariates', index, 'name'], name, 'a text'))
  if (values.length !== rows) {
    return [...faults, invalidValue([...path, 'length'], values.length, `${rows}, one per time`)]
  }
  for (let row = 0; row < rows; row += 1) {
    const value = values[row] as number
    if (!(Math.abs(value) <= 1e100)) faults.push(invalidValue([...path, row], value, 'a number from -1e100 to 1e100'))
  }
  return faults
}

const weightFaults = (weights: ArrayLike<number> | undefined, rows: number): ReadonlyArray<InvalidValue> => {
  if (weights === undefined) return []
  if (weights.length !== rows) return [invalidValue(['weights', 'length'], weights.length, `${rows}, one per time`)]
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < rows; row += 1) {
    const weight = weights[row] as number
    if (!(weight > 0 && weight <= 1e12))
      faults.push(invalidValue(['weights', row], weight, 'a number above 0, to 1e12'))
  }
  return faults
}

const nameFaults = (covariates: ReadonlyArray<Covariate>): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return covariates.flatMap(({ name }, index) => {
    const isNew = !seen.has(name)
    seen.add(name)
    return isNew ? [] : [invalidValue(['covariates', index, 'name'], name, 'a name that no other covariate has')]
  })
}

/** What is wrong with data, each at its row. */
export const regressionFaults = (data: RegressionData): ReadonlyArray<InvalidValue | EmptySample> => {
  const { times, ended, covariates, weights } = data
  const faults = [
    ...lifetimeFaults(data),
    ...weightFaults(weights, times.length),
    ...nameFaults(covariates),
    ...covariates.flatMap((covariate, index) => covariateFaults(covariate, index, times.length)),
  ]
  const hasEnds = faults.length > 0 || Array.from(ended).some(isEnd)
  return hasEnds ? faults : [emptySample(['ended'], 'a customer who left')]
}

/** What is wrong with strata. */
export const strataFaults = (strata: ArrayLike<unknown> | undefined, rows: number): ReadonlyArray<InvalidValue> => {
  if (strata === undefined) return []
  if (strata.length !== rows) return [invalidValue(['strata', 'length'], strata.length, `${rows}, one per time`)]
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < rows; row += 1) {
    const stratum = strata[row]
    if (typeof stratum !== 'string' && !Number.isFinite(stratum))
      faults.push(invalidValue(['strata', row], stratum, 'a text or a number'))
  }
  return faults
}

/** The quantile of a confidence, or what is wrong with it. */
export const confidenceQuantile = (confidence: number): OutOfRange | number => {
  const z = twoSidedQuantile(confidence)
  return z._tag === 'Right' ? z.right : z.left
}

/** Where numbers lie and how far they spread; a spread of 0 where all are the same. */
export interface Scale {
  readonly mean: number
  readonly spread: number
}

/** The scale of a covariate, as exact for one far from 0 as for one near it. */
export const scaleOf = (values: Float64Array): Scale => {
  const first = values[0] as number
  const offset = compensatedSum(values.map((value) => value - first)) / values.length
  let squares = 0
  for (const value of values) squares += (value - first - offset) ** 2
  return { mean: first + offset, spread: Math.sqrt(squares / values.length) }
}

/** Of scaled values row by row: the first covariate that is constant or follows from those before it; −1 where none does. */
export const dependentIn = (values: Float64Array, covariates: number): number => {
  const products = new Float64Array(covariates * covariates)
  for (let from = 0; from < values.length; from += covariates) {
    for (let at = 0; at < products.length; at += 1) {
      const [row, column] = [Math.floor(at / covariates), at % covariates]
      ;(products[at] as number) += (values[from + row] as number) * (values[from + column] as number)
    }
  }
  return dependentRow(products, covariates)
}
