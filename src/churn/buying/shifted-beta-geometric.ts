// Shifted-beta-geometric: customers of a contract, each of whom may end it at every renewal with a chance of their own.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, emptySample, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import { digammaRise, type Evaluation, logGammaRise, maximumOf, type NoMaximum } from '../../statistics/index.ts'
import { type BuyingPrior, penalised, penalty, priorFaults } from './buying-prior.ts'
import { guarded, parameterFaults } from './model-parameters.ts'
import { estimatesOf, type ParameterEstimates } from './parameter-estimates.ts'

/** The chance to end a contract at a renewal ~ Beta(alpha, beta). */
export interface RenewalParameters {
  readonly alpha: number
  readonly beta: number
}

/** What a fit found. */
export interface RenewalFit extends ParameterEstimates<'alpha' | 'beta'> {
  readonly logLikelihood: number
  readonly customers: number
}

/** Everything that is wrong with parameters, periods or rates. */
export type RenewalFaults = ReadonlyNonEmptyArray<InvalidValue>

const names = ['alpha', 'beta'] as const

const periodFaults = (name: string, periods: number, least: number): ReadonlyArray<InvalidValue> =>
  Number.isInteger(periods) && periods >= least && periods <= 1e7
    ? []
    : [invalidValue([name], periods, `an integer from ${least} to 1e7`)]

const logSurvival = ({ alpha, beta }: RenewalParameters, periods: number): number =>
  logGammaRise(beta, periods) - logGammaRise(alpha + beta, periods)

const logEnds = (parameters: RenewalParameters, period: number): number => {
  const { alpha, beta } = parameters
  return Math.log(alpha / (alpha + beta + period - 1)) + logSurvival(parameters, period - 1)
}

/**
 * The share of customers who are still there after so many renewals.
 *
 * Source: P. Fader & B. Hardie, Journal of Interactive Marketing 21 (2007), equation 6.
 *
 * @param parameters of the model
 * @param periods how many renewals
 * @returns `InvalidValue` for each number outside its range.
 * @example
 * ```ts
 * import { renewalSurvival, unwrap } from 'treue'
 *
 * unwrap(renewalSurvival({ alpha: 0.668, beta: 3.806 }, 7)).toFixed(3) // => '0.489'
 * ```
 */
export const renewalSurvival = (parameters: RenewalParameters, periods: number): Either<RenewalFaults, number> =>
  guarded([...parameterFaults(names, parameters), ...periodFaults('periods', periods, 0)], () =>
    Math.exp(logSurvival(parameters, periods)),
  )

/**
 * The logarithm of the share of customers who end their contract at a renewal.
 *
 * @param parameters of the model
 * @param period the renewal, from 1
 * @returns `InvalidValue` for each number outside its range.
 * @example
 * ```ts
 * import { renewalLogEnd, unwrap } from 'treue'
 *
 * Math.exp(unwrap(renewalLogEnd({ alpha: 0.668, beta: 3.806 }, 1))).toFixed(3) // => '0.149'
 * ```
 */
export const renewalLogEnd = (parameters: RenewalParameters, period: number): Either<RenewalFaults, number> =>
  guarded([...parameterFaults(names, parameters), ...periodFaults('period', period, 1)], () =>
    logEnds(parameters, period),
  )

/**
 * The share of the customers before a renewal who are there after it: it rises, since those who leave easily have left.
 *
 * @param parameters of the model
 * @param period the renewal, from 1
 * @returns `InvalidValue` for each number outside its range.
 * @example
 * ```ts
 * import { renewalRetention, unwrap } from 'treue'
 *
 * unwrap(renewalRetention({ alpha: 0.668, beta: 3.806 }, 1)).toFixed(3) // => '0.851'
 * unwrap(renewalRetention({ alpha: 0.668, beta: 3.806 }, 7)).toFixed(3) // => '0.936'
 * ```
 */
export const renewalRetention = (parameters: RenewalParameters, period: number): Either<RenewalFaults, number> =>
  guarded([...parameterFaults(names, parameters), ...periodFaults('period', period, 1)], () => {
    const { alpha, beta } = parameters
    return (beta + period - 1) / (alpha + beta + period - 1)
  })

const discountFaults = (discount: number): ReadonlyArray<InvalidValue> =>
  discount >= 1e-4 && discount <= 1e6
    ? []
    : [invalidValue(['discount'], discount, 'a rate per period from 0.0001 to 1e6')]

/** Σ of P(still there k renewals from now) / (1 + d)ᵏ, with what is known after some renewals. */
const discountedStays = ({ alpha, beta }: RenewalParameters, renewed: number, discount: number): number => {
  const weight = 1 / (1 + discount)
  let stays = 1
  let sum = 1
  for (let k = renewed; stays > 1e-18 * sum * (1 - weight); k += 1) {
    stays *= ((beta + k) / (alpha + beta + k)) * weight
    sum += stays
  }
  return sum
}

/**
 * Discounted expected lifetime of a new customer, in periods: the first is paid now, the k-th after k periods.
 *
 * Source: P. Fader & B. Hardie, Marketing Science 29 (2010), as a sum.
 *
 * @param parameters of the model
 * @param discount per period, such as 0.1 for 10 %
 * @returns `InvalidValue` for each number outside its range.
 * @example
 * ```ts
 * import { discountedLifetime, unwrap } from 'treue'
 *
 * unwrap(discountedLifetime({ alpha: 0.668, beta: 3.806 }, 0.1)).toFixed(2) // => '5.92'
 * ```
 */
export const discountedLifetime = (parameters: RenewalParameters, discount: number): Either<RenewalFaults, number> =>
  guarded([...parameterFaults(names, parameters), ...discountFaults(discount)], () =>
    discountedStays(parameters, 0, discount),
  )

/**
 * Discounted expected residual lifetime just before a customer's n-th renewal, in periods; it counts the period that the
 * renewal pays for, if it takes place.
 *
 * Source: P. Fader & B. Hardie, Marketing Science 29 (2010), equation 7, as a sum.
 *
 * @param parameters of the model
 * @param renewal which is next, from 1
 * @param discount per period, such as 0.1 for 10 %
 * @returns `InvalidValue` for each number outside its range.
 * @example
 * ```ts
 * import { discountedResidualLifetime, unwrap } from 'treue'
 *
 * unwrap(discountedResidualLifetime({ alpha: 0.668, beta: 3.806 }, 1, 0.1)).toFixed(2) // => '5.41'
 * ```
 */
export const discountedResidualLifetime = (
  parameters: RenewalParameters,
  renewal: number,
  discount: number,
): Either<RenewalFaults, number> =>
  guarded(
    [...parameterFaults(names, parameters), ...periodFaults('renewal', renewal, 1), ...discountFaults(discount)],
    () => {
      const { alpha, beta } = parameters
      const stays = (beta + renewal - 1) / (alpha + beta + renewal - 1)
      return stays * discountedStays(parameters, renewal, discount)
    },
  )

const survivorFaults = (survivors: ReadonlyArray<number>): ReadonlyArray<InvalidValue> =>
  survivors.flatMap((count, index) => {
    const before = index === 0 ? 1e15 : (survivors[index - 1] as number)
    return Number.isInteger(count) && count >= 0 && count <= before
      ? []
      : [invalidValue(['survivors', index], count, `an integer from 0 to ${before}`)]
  })

const evaluate =
  (survivors: ReadonlyArray<number>) =>
  (point: Float64Array): Evaluation => {
    const [alpha, beta] = [Math.exp(point[0] as number), Math.exp(point[1] as number)]
    const parameters = { alpha, beta }
    const last = survivors.length - 1
    const remaining = survivors[last] as number
    let value = remaining * logSurvival(parameters, last)
    let byAlpha = -remaining * digammaRise(alpha + beta, last)
    let byBeta = remaining * (digammaRise(beta, last) - digammaRise(alpha + beta, last))
    for (let period = 1; period <= last; period += 1) {
      const ended = (survivors[period - 1] as number) - (survivors[period] as number)
      const both = digammaRise(alpha + beta, period)
      value += ended * logEnds(parameters, period)
      byAlpha += ended * (1 / alpha - both)
      byBeta += ended * (digammaRise(beta, period - 1) - both)
    }
    return { value, gradient: Float64Array.of(alpha * byAlpha, beta * byBeta) }
  }

/**
 * Fits the model to how many customers of a cohort were left after each renewal.
 *
 * @param survivors the cohort at its start, then after each renewal
 * @param prior what is believed of parameters beforehand, such as from former cohorts; nothing when absent
 * @returns `InvalidValue` where a count rises or is none, and for a prior that is none; `EmptySample` with fewer than two renewals or nobody who left;
 * `NoMaximum` where customers are all alike or none is left to tell them apart.
 * @example
 * ```ts
 * import { fitRenewals, unwrap } from 'treue'
 *
 * const { parameters } = unwrap(fitRenewals([1000, 869, 743, 653, 593, 551, 517, 491]))
 * parameters.alpha.toFixed(3) // => '0.668'
 * parameters.beta.toFixed(3) // => '3.806'
 * ```
 */
export const fitRenewals = (
  survivors: ReadonlyArray<number>,
  prior: BuyingPrior<'alpha' | 'beta'> = {},
): Either<ReadonlyNonEmptyArray<InvalidValue | EmptySample | NoMaximum>, RenewalFit> => {
  const [first, ...rest] = [...survivorFaults(survivors), ...priorFaults(names, prior)]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const [customers = 0] = survivors
  if (survivors.length < 3 || customers === survivors[survivors.length - 1]) {
    return {
      _tag: 'Left',
      left: [emptySample(['survivors'], 'a cohort after at least two renewals, and somebody who left')],
    }
  }
  const [units, priors] = [[1, 1], names.map((name) => prior[name])]
  const maximum = maximumOf(penalised(evaluate(survivors), priors, units), [0, Math.log(2)])
  if (maximum._tag === 'Left') return { _tag: 'Left', left: [maximum.left] }
  const logLikelihood = maximum.right.value + penalty(maximum.right.point, priors, units)
  return { _tag: 'Right', right: { ...estimatesOf(names, maximum.right, units), logLikelihood, customers } }
}
