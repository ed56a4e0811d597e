// Gamma–Gamma: what a customer's orders are worth on average, shrunk towards what all customers' are.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, emptySample, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import {
  digammaRise,
  type Evaluation,
  logGamma,
  logGammaRise,
  maximumOf,
  type NoMaximum,
} from '../../statistics/index.ts'
import { type BuyingPrior, penalised, penalty, priorFaults } from './buying-prior.ts'
import { guarded, parameterFaults } from './model-parameters.ts'
import { estimatesOf, type ParameterEstimates } from './parameter-estimates.ts'

/** Parameters of the Gamma–Gamma model, each above 0. */
export interface SpendParameters {
  /** Shape of a customer's order values. */
  readonly p: number
  /** Shape of the rates of all customers. */
  readonly q: number
  /** Rate of these, an amount. */
  readonly v: number
}

/** A customer's orders. */
export interface SpendHistory {
  /** How many; at least 1. */
  readonly orders: number
  /** Their mean value, above 0, in any unit. */
  readonly meanValue: number
}

/** Customers' orders as columns. */
export interface SpendColumns {
  readonly orders: ArrayLike<number>
  readonly meanValues: ArrayLike<number>
}

/** What a fit found. */
export interface SpendFit extends ParameterEstimates<'p' | 'q' | 'v'> {
  readonly logLikelihood: number
  readonly customers: number
}

/** Everything that is wrong with parameters or with a history. */
export type SpendFaults = ReadonlyNonEmptyArray<InvalidValue>

const names = ['p', 'q', 'v'] as const

const isOrders = (orders: number): boolean => Number.isInteger(orders) && orders >= 1 && orders <= 1e7
const isValue = (value: number): boolean => value > 0 && value <= 1e15

const historyFaults = ({ orders, meanValue }: SpendHistory): ReadonlyArray<InvalidValue> => [
  ...(isOrders(orders) ? [] : [invalidValue(['orders'], orders, 'an integer from 1 to 1e7')]),
  ...(isValue(meanValue) ? [] : [invalidValue(['meanValue'], meanValue, 'an amount above 0, at most 1e15')]),
]

const logGammaOf = (x: number): number => {
  const value = logGamma(x)
  return value._tag === 'Right' ? value.right : Number.NaN
}

// By (x z̄ / (v + x z̄))^(p x) and (v / (v + x z̄))^q, so that great shapes do not cancel.
const logLikelihoodAt = ({ p, q, v }: SpendParameters, orders: number, meanValue: number): number => {
  const shape = p * orders
  const total = orders * meanValue
  return (
    logGammaRise(q, shape) -
    logGammaOf(shape) -
    shape * Math.log1p(v / total) -
    q * Math.log1p(total / v) -
    Math.log(meanValue)
  )
}

/**
 * The logarithm of the likelihood of a customer's mean order value.
 *
 * Source: P. Fader & B. Hardie, note 025 (2013), equation 1a.
 *
 * @param parameters of the model
 * @param history the customer's orders
 * @returns `InvalidValue` for each parameter or part of the history outside its range.
 * @example
 * ```ts
 * import { spendLogLikelihood, unwrap } from 'treue'
 *
 * unwrap(spendLogLikelihood({ p: 6.25, q: 3.74, v: 15.44 }, { orders: 1, meanValue: 11.77 })).toFixed(4) // => '-3.7377'
 * ```
 */
export const spendLogLikelihood = (parameters: SpendParameters, history: SpendHistory): Either<SpendFaults, number> =>
  guarded([...parameterFaults(names, parameters), ...historyFaults(history)], () =>
    logLikelihoodAt(parameters, history.orders, history.meanValue),
  )

const meanExists = (freedom: number): ReadonlyArray<InvalidValue> =>
  freedom > 1 ? [] : [invalidValue(['parameters', 'q'], freedom, 'p · orders + q above 1, or there is no mean')]

/**
 * What a customer's orders are worth on average in the long run: between their own mean and that of all.
 *
 * @param parameters of the model
 * @param history the customer's orders
 * @returns `InvalidValue` for each parameter or part of the history outside its range, and where p · orders + q is at most 1:
 * the mean is infinite then, where other libraries return a negative one.
 * @example
 * ```ts
 * import { expectedOrderValue, unwrap } from 'treue'
 *
 * unwrap(expectedOrderValue({ p: 6.25, q: 3.74, v: 15.44 }, { orders: 1, meanValue: 11.77 })).toFixed(2) // => '18.92'
 * ```
 */
export const expectedOrderValue = (parameters: SpendParameters, history: SpendHistory): Either<SpendFaults, number> => {
  const { p, q, v } = parameters
  const { orders, meanValue } = history
  const faults = [...parameterFaults(names, parameters), ...historyFaults(history)]
  return guarded(
    faults.length > 0 ? faults : meanExists(p * orders + q),
    () => (p * (v + orders * meanValue)) / (p * orders + q - 1),
  )
}

/**
 * What an order of a customer of whom nothing is known is worth on average.
 *
 * @param parameters of the model
 * @returns `InvalidValue` for each parameter outside its range, and where q is at most 1: the mean is infinite then.
 * @example
 * ```ts
 * import { populationOrderValue, unwrap } from 'treue'
 *
 * unwrap(populationOrderValue({ p: 6.25, q: 3.74, v: 15.44 })).toFixed(2) // => '35.22'
 * populationOrderValue({ p: 6.25, q: 0.9, v: 15.44 })._tag // => 'Left'
 * ```
 */
export const populationOrderValue = (parameters: SpendParameters): Either<SpendFaults, number> => {
  const { p, q, v } = parameters
  const faults = parameterFaults(names, parameters)
  return guarded(faults.length > 0 ? faults : meanExists(q), () => (p * v) / (q - 1))
}

const evaluate =
  ({ orders, meanValues }: SpendColumns, unit: number) =>
  (point: Float64Array): Evaluation => {
    const [p, q, v] = [Math.exp(point[0] as number), Math.exp(point[1] as number), Math.exp(point[2] as number)]
    const parameters = { p, q, v }
    let [value, byP, byQ, byV] = [0, 0, 0, 0]
    for (let row = 0; row < orders.length; row += 1) {
      const count = orders[row] as number
      const mean = (meanValues[row] as number) / unit
      const [shape, total] = [p * count, count * mean]
      value += logLikelihoodAt(parameters, count, mean)
      byP += count * (digammaRise(shape, q) - Math.log1p(v / total))
      byQ += digammaRise(q, shape) - Math.log1p(total / v)
      byV += q / v - (q + shape) / (v + total)
    }
    return { value, gradient: Float64Array.of(p * byP, q * byQ, v * byV) }
  }

const columnFaults = ({ orders, meanValues }: SpendColumns): ReadonlyArray<InvalidValue> => {
  if (orders.length !== meanValues.length) {
    return [invalidValue(['meanValues', 'length'], meanValues.length, `${orders.length}, one per customer`)]
  }
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < orders.length; row += 1) {
    const history = { orders: orders[row] as number, meanValue: meanValues[row] as number }
    if (isOrders(history.orders) && isValue(history.meanValue)) continue
    faults.push(...historyFaults(history).map((fault) => ({ ...fault, path: [row, ...fault.path] })))
  }
  return faults
}

const fewest = 10

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0
  for (let index = 0; index < values.length; index += 1) sum += values[index] as number
  return sum / values.length
}

/**
 * The parameters of greatest likelihood, with their standard errors.
 *
 * Take only customers with a purchase after the first, and leave out orders of value 0. The model supposes that how often
 * somebody buys says nothing of how much: check that the two are hardly correlated.
 *
 * @param columns orders and mean order value of each customer, amounts in any unit
 * @param prior what is believed of parameters beforehand, such as from former years; nothing when absent
 * @returns `InvalidValue` at each row that is wrong and for a prior that is none, `EmptySample` with fewer than 10 customers, `NoMaximum` where the
 * likelihood has no maximum: order values that are all alike, or customers that are.
 * @example
 * ```ts
 * import { fitSpend, unwrap } from 'treue'
 *
 * const orders = Array.from({ length: 40 }, (_, index) => 1 + (index % 4))
 * const meanValues = orders.map((_, index) => 20 + ((index * 37) % 60))
 * unwrap(fitSpend({ orders, meanValues })).customers // => 40
 * fitSpend({ orders: [1], meanValues: [0] })._tag // => 'Left'
 * ```
 */
export const fitSpend = (
  columns: SpendColumns,
  prior: BuyingPrior<'p' | 'q' | 'v'> = {},
): Either<ReadonlyNonEmptyArray<InvalidValue | EmptySample | NoMaximum>, SpendFit> => {
  const customers = columns.orders.length
  const [first, ...rest] = [...columnFaults(columns), ...priorFaults(names, prior)]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  if (customers < fewest) return { _tag: 'Left', left: [emptySample(['orders'], `at least ${fewest} customers`)] }
  const unit = meanOf(columns.meanValues)
  const [units, priors] = [[1, 1, unit], names.map((name) => prior[name])]
  const start = [Math.log(4), Math.log(4), Math.log(0.75)]
  const maximum = maximumOf(penalised(evaluate(columns, unit), priors, units), start)
  if (maximum._tag === 'Left') return { _tag: 'Left', left: [maximum.left] }
  const { value, point } = maximum.right
  const logLikelihood = value + penalty(point, priors, units) - customers * Math.log(unit)
  return { _tag: 'Right', right: { ...estimatesOf(names, maximum.right, units), logLikelihood, customers } }
}
