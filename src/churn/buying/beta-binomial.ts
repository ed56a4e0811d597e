// BG/BB: customers who may buy at each of a row of occasions, such as yearly donations, and leave between them.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, emptySample, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import { digammaRise, type Evaluation, logGammaRise, maximumOf, type NoMaximum } from '../../statistics/index.ts'
import { type BuyingPrior, penalised, penalty, priorFaults } from './buying-prior.ts'
import { guarded, parameterFaults } from './model-parameters.ts'
import { estimatesOf, type ParameterEstimates } from './parameter-estimates.ts'

/** Parameters of the BG/BB model: buying at an occasion ~ Beta(alpha, beta), leaving before one ~ Beta(gamma, delta). */
export interface OccasionParameters {
  readonly alpha: number
  readonly beta: number
  readonly gamma: number
  readonly delta: number
}

/** A customer's occasions after the first purchase. */
export interface OccasionBuyer {
  /** At how many they bought. */
  readonly purchases: number
  /** The number of the last of these, from 1; 0 when there is none. */
  readonly lastPurchase: number
  /** How many occasions there were. */
  readonly occasions: number
}

/** Customers as columns. */
export interface OccasionColumns {
  readonly purchases: ArrayLike<number>
  readonly lastPurchases: ArrayLike<number>
  readonly occasions: ArrayLike<number>
  /** How many customers each row stands for; one when absent. */
  readonly counts?: ArrayLike<number>
}

/** What a fit found. */
export interface OccasionFit extends ParameterEstimates<'alpha' | 'beta' | 'gamma' | 'delta'> {
  readonly logLikelihood: number
  readonly customers: number
}

/** Everything that is wrong with parameters or with a customer. */
export type OccasionFaults = ReadonlyNonEmptyArray<InvalidValue>

const names = ['alpha', 'beta', 'gamma', 'delta'] as const
const mostOccasions = 10_000

const isCount = (value: number, low: number, high: number): boolean =>
  Number.isInteger(value) && value >= low && value <= high

const numberFaults = (name: string, value: number, low: number, high: number): ReadonlyArray<InvalidValue> =>
  isCount(value, low, high) ? [] : [invalidValue([name], value, `an integer from ${low} to ${high}`)]

const buyerFaults = ({ purchases, lastPurchase, occasions }: OccasionBuyer): ReadonlyArray<InvalidValue> => {
  const wrong = numberFaults('occasions', occasions, 0, mostOccasions)
  if (wrong.length > 0) return wrong
  return [
    ...numberFaults('purchases', purchases, 0, occasions),
    ...numberFaults('lastPurchase', lastPurchase, purchases === 0 ? 0 : purchases, purchases === 0 ? 0 : occasions),
  ]
}

/** ln(B(a + m, b + n) / B(a, b)). */
const logBetaRise = (a: number, b: number, m: number, n: number): number =>
  logGammaRise(a, m) + logGammaRise(b, n) - logGammaRise(a + b, m + n)

/** ln P(bought so at these occasions, and leaving before the next or never), the occasions until leaving given. */
const logUntil = (p: OccasionParameters, purchases: number, until: number, leaves: 0 | 1): number =>
  logBetaRise(p.alpha, p.beta, purchases, until - purchases) + logBetaRise(p.gamma, p.delta, leaves, until)

interface Likelihood {
  readonly log: number
  /** ln P(alive through all occasions). */
  readonly logAlive: number
}

const likelihoodOf = (p: OccasionParameters, { purchases, lastPurchase, occasions }: OccasionBuyer): Likelihood => {
  const alive = logUntil(p, purchases, occasions, 0)
  const paths = [alive]
  for (let until = lastPurchase; until < occasions; until += 1) paths.push(logUntil(p, purchases, until, 1))
  const greatest = paths.reduce((most, path) => Math.max(most, path), -Infinity)
  const log = greatest + Math.log(paths.reduceRight((sum, path) => sum + Math.exp(path - greatest), 0))
  return { log, logAlive: Math.min(0, alive - log) }
}

/** ln P(alive through so many more occasions, if alive through the last). */
const logStays = ({ gamma, delta }: OccasionParameters, occasions: number, more: number): number =>
  logGammaRise(delta + occasions, more) - logGammaRise(gamma + delta + occasions, more)

/**
 * The logarithm of the likelihood of a customer's purchases.
 *
 * Source: P. Fader, B. Hardie & J. Shang, Marketing Science 29 (2010), equation 5.
 *
 * @param parameters of the model
 * @param buyer the customer's occasions
 * @returns `InvalidValue` for each parameter or count outside its range.
 * @example
 * ```ts
 * import { occasionLogLikelihood, unwrap } from 'treue'
 *
 * const donors = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }
 * unwrap(occasionLogLikelihood(donors, { purchases: 6, lastPurchase: 6, occasions: 6 })).toFixed(3) // => '-2.182'
 * ```
 */
export const occasionLogLikelihood = (
  parameters: OccasionParameters,
  buyer: OccasionBuyer,
): Either<OccasionFaults, number> =>
  guarded([...parameterFaults(names, parameters), ...buyerFaults(buyer)], () => likelihoodOf(parameters, buyer).log)

/**
 * The probability that a customer will be there at a coming occasion.
 *
 * @param parameters of the model
 * @param buyer the customer's occasions
 * @param ahead how many occasions ahead: 0 for the last of those seen, 1 for the next, which the paper calls P(alive); 1 when
 * absent
 * @returns `InvalidValue` for each parameter or count outside its range.
 * @example
 * ```ts
 * import { occasionProbabilityAlive, unwrap } from 'treue'
 *
 * const donors = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }
 * unwrap(occasionProbabilityAlive(donors, { purchases: 6, lastPurchase: 6, occasions: 6 })).toFixed(2) // => '0.93'
 * ```
 */
export const occasionProbabilityAlive = (
  parameters: OccasionParameters,
  buyer: OccasionBuyer,
  ahead = 1,
): Either<OccasionFaults, number> =>
  guarded(
    [...parameterFaults(names, parameters), ...buyerFaults(buyer), ...numberFaults('ahead', ahead, 0, mostOccasions)],
    () => Math.exp(likelihoodOf(parameters, buyer).logAlive + logStays(parameters, buyer.occasions, ahead)),
  )

/** Σ over coming occasions of P(there at it) · weightᵏ, until what follows is less than rounding. */
const sumOfStays = ({ gamma, delta }: OccasionParameters, seen: number, many: number, weight: number): number => {
  let stays = 1
  let sum = 0
  for (let k = 0; k < many; k += 1) {
    stays *= ((delta + seen + k) / (gamma + delta + seen + k)) * weight
    sum += stays
    if (stays < 1e-18 * sum * (1 - weight)) return sum
  }
  return sum
}

const meanAtOccasion = ({ alpha, beta }: OccasionParameters, { purchases, occasions }: OccasionBuyer): number =>
  (alpha + purchases) / (alpha + beta + occasions)

/**
 * Expected purchases of a customer at the coming occasions.
 *
 * @param parameters of the model
 * @param buyer the customer's occasions
 * @param coming how many occasions
 * @returns `InvalidValue` for each parameter or count outside its range.
 * @example
 * ```ts
 * import { expectedOccasionPurchases, unwrap } from 'treue'
 *
 * const donors = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }
 * const faithful = { purchases: 6, lastPurchase: 6, occasions: 6 }
 * unwrap(expectedOccasionPurchases(donors, faithful, 5)).toFixed(2) // => '3.75'
 * ```
 */
export const expectedOccasionPurchases = (
  parameters: OccasionParameters,
  buyer: OccasionBuyer,
  coming: number,
): Either<OccasionFaults, number> =>
  guarded(
    [...parameterFaults(names, parameters), ...buyerFaults(buyer), ...numberFaults('coming', coming, 0, mostOccasions)],
    () =>
      Math.exp(likelihoodOf(parameters, buyer).logAlive) *
      meanAtOccasion(parameters, buyer) *
      sumOfStays(parameters, buyer.occasions, coming, 1),
  )

const discountFaults = (discount: number): ReadonlyArray<InvalidValue> =>
  discount >= 1e-4 && discount <= 1e6
    ? []
    : [invalidValue(['discount'], discount, 'a rate per occasion from 0.0001 to 1e6')]

/**
 * Discounted expected residual transactions: purchases at all coming occasions, the k-th discounted by (1 + discount)ᵏ.
 *
 * Source: P. Fader, B. Hardie & J. Shang (2010), equation 14, as a sum.
 *
 * @param parameters of the model
 * @param buyer the customer's occasions
 * @param discount per occasion, such as 0.1 for 10 %
 * @returns `InvalidValue` for each parameter or count outside its range.
 * @example
 * ```ts
 * import { discountedOccasionPurchases, unwrap } from 'treue'
 *
 * const donors = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }
 * const faithful = { purchases: 6, lastPurchase: 6, occasions: 6 }
 * unwrap(discountedOccasionPurchases(donors, faithful, 0.1)).toFixed(1) // => '5.9'
 * ```
 */
export const discountedOccasionPurchases = (
  parameters: OccasionParameters,
  buyer: OccasionBuyer,
  discount: number,
): Either<OccasionFaults, number> =>
  guarded([...parameterFaults(names, parameters), ...buyerFaults(buyer), ...discountFaults(discount)], () => {
    const sum = sumOfStays(parameters, buyer.occasions, Infinity, 1 / (1 + discount))
    return Math.exp(likelihoodOf(parameters, buyer).logAlive) * meanAtOccasion(parameters, buyer) * sum
  })

/**
 * Expected purchases of a new customer at their first occasions after the first purchase.
 *
 * @param parameters of the model
 * @param occasions how many
 * @returns `InvalidValue` for each parameter or count outside its range.
 * @example
 * ```ts
 * import { newCustomerOccasionPurchases, unwrap } from 'treue'
 *
 * const donors = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }
 * unwrap(newCustomerOccasionPurchases(donors, 6)).toFixed(2) // => '2.22'
 * ```
 */
export const newCustomerOccasionPurchases = (
  parameters: OccasionParameters,
  occasions: number,
): Either<OccasionFaults, number> =>
  guarded(
    [...parameterFaults(names, parameters), ...numberFaults('occasions', occasions, 0, mostOccasions)],
    () => (parameters.alpha / (parameters.alpha + parameters.beta)) * sumOfStays(parameters, 0, occasions, 1),
  )

const logChoose = (n: number, k: number): number => logGammaRise(1 + n - k, k) - logGammaRise(1, k)

/**
 * The probability that a new customer buys at so many of their first occasions.
 *
 * Source: P. Fader, B. Hardie & J. Shang (2010), equation 7.
 *
 * @param parameters of the model
 * @param occasions how many there are
 * @param purchases at how many of them
 * @returns `InvalidValue` for each parameter or count outside its range.
 * @example
 * ```ts
 * import { occasionProbabilityOf, unwrap } from 'treue'
 *
 * const donors = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }
 * unwrap(occasionProbabilityOf(donors, 6, 0)).toFixed(3) // => '0.311'
 * ```
 */
export const occasionProbabilityOf = (
  parameters: OccasionParameters,
  occasions: number,
  purchases: number,
): Either<OccasionFaults, number> =>
  guarded(
    [
      ...parameterFaults(names, parameters),
      ...numberFaults('occasions', occasions, 0, mostOccasions),
      ...numberFaults('purchases', purchases, 0, occasions),
    ],
    () => {
      const path = (until: number, leaves: 0 | 1): number =>
        Math.exp(logChoose(until, purchases) + logUntil(parameters, purchases, until, leaves))
      let sum = path(occasions, 0)
      for (let until = purchases; until < occasions; until += 1) sum += path(until, 1)
      return sum
    },
  )

/** Derivatives of one path by the parameters, added with a weight. */
const addSlopes = (
  tally: Float64Array,
  { alpha, beta, gamma, delta }: OccasionParameters,
  purchases: number,
  until: number,
  leaves: 0 | 1,
  weight: number,
): void => {
  const buying = digammaRise(alpha + beta, until)
  const staying = digammaRise(gamma + delta, until + leaves)
  ;(tally[0] as number) += weight * (digammaRise(alpha, purchases) - buying)
  ;(tally[1] as number) += weight * (digammaRise(beta, until - purchases) - buying)
  ;(tally[2] as number) += weight * (digammaRise(gamma, leaves) - staying)
  ;(tally[3] as number) += weight * (digammaRise(delta, until) - staying)
}

const evaluate =
  (buyers: ReadonlyArray<OccasionBuyer>, counts: ReadonlyArray<number>) =>
  (point: Float64Array): Evaluation => {
    const [alpha = 1, beta = 1, gamma = 1, delta = 1] = point.map(Math.exp)
    const p = { alpha, beta, gamma, delta }
    const tally = new Float64Array(4)
    let value = 0
    buyers.forEach((buyer, row) => {
      const { purchases, lastPurchase, occasions } = buyer
      const { log, logAlive } = likelihoodOf(p, buyer)
      const count = counts[row] as number
      value += count * log
      addSlopes(tally, p, purchases, occasions, 0, count * Math.exp(logAlive))
      for (let until = lastPurchase; until < occasions; until += 1) {
        addSlopes(tally, p, purchases, until, 1, count * Math.exp(logUntil(p, purchases, until, 1) - log))
      }
    })
    return { value, gradient: tally.map((slope, index) => slope * Math.exp(point[index] as number)) }
  }

const columnFaults = (
  columns: OccasionColumns,
  buyers: ReadonlyArray<OccasionBuyer>,
  counts: ReadonlyArray<number>,
): ReadonlyArray<InvalidValue> => {
  const { purchases, lastPurchases, occasions } = columns
  const lengths = Object.entries({ lastPurchases, occasions, counts }).flatMap(([name, { length }]) =>
    length === purchases.length ? [] : [invalidValue([name, 'length'], length, `${purchases.length}, one per row`)],
  )
  if (lengths.length > 0) return lengths
  return buyers.flatMap((buyer, row) => [
    ...buyerFaults(buyer).map((fault) => ({ ...fault, path: [row, ...fault.path] })),
    ...((counts[row] as number) > 0 ? [] : [invalidValue([row, 'count'], counts[row], 'a number above 0')]),
  ])
}

/**
 * The parameters of greatest likelihood, with their standard errors.
 *
 * @param columns customers, or distinct rows with how many share them
 * @param prior what is believed of parameters beforehand, such as from former years; nothing when absent
 * @returns `InvalidValue` at each row that is wrong and for a prior that is none, `EmptySample` without a customer who bought again, `NoMaximum` where the
 * likelihood has none, with the parameter that is to blame.
 * @example
 * ```ts
 * import { fitOccasions, unwrap } from 'treue'
 *
 * const donors = {
 *   purchases: [2, 1, 1, 0],
 *   lastPurchases: [2, 2, 1, 0],
 *   occasions: [2, 2, 2, 2],
 *   counts: [300, 150, 250, 400],
 * }
 * fitOccasions(donors)._tag // => 'Left'
 * ```
 */
export const fitOccasions = (
  columns: OccasionColumns,
  prior: BuyingPrior<'alpha' | 'beta' | 'gamma' | 'delta'> = {},
): Either<ReadonlyNonEmptyArray<InvalidValue | EmptySample | NoMaximum>, OccasionFit> => {
  const buyers = Array.from(columns.purchases, (purchases, row) => ({
    purchases,
    lastPurchase: columns.lastPurchases[row] as number,
    occasions: columns.occasions[row] as number,
  }))
  const counts = columns.counts === undefined ? buyers.map(() => 1) : Array.from(columns.counts)
  const [first, ...rest] = [...columnFaults(columns, buyers, counts), ...priorFaults(names, prior)]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  if (!buyers.some(({ purchases }) => purchases > 0)) {
    return { _tag: 'Left', left: [emptySample(['purchases'], 'a customer who bought again')] }
  }
  const [units, priors] = [[1, 1, 1, 1], names.map((name) => prior[name])]
  const objective = penalised(evaluate(buyers, counts), priors, units)
  const maximum = maximumOf(objective, [0, 0, Math.log(0.7), Math.log(2)])
  if (maximum._tag === 'Left') return { _tag: 'Left', left: [maximum.left] }
  const customers = counts.reduce((sum, count) => sum + count, 0)
  const logLikelihood = maximum.right.value + penalty(maximum.right.point, priors, units)
  return { _tag: 'Right', right: { ...estimatesOf(names, maximum.right, units), logLikelihood, customers } }
}
