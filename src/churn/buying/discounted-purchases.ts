// What purchases to come are worth today.

import type { Either } from 'fp-ts/Either'
import { type InvalidValue, invalidValue } from '../../foundation/index.ts'
import type { BuyingFaults, BuyingModel, BuyingParameters } from './buying-model.ts'
import { paretoNbd } from './buying-models.ts'
import { guarded } from './model-parameters.ts'
import type { RepeatBuyer } from './repeat-buying.ts'

/** ∫ e^(−c v) (1 + v)^(−s) dv from 0, by the trapezoidal rule in ln v. */
const discountedTime = (s: number, c: number): number => {
  const width = 0.2
  const middle = -Math.log1p(c + s)
  const side = (from: number, step: number): number => {
    let sum = 0
    for (let w = from; ; w += step) {
      const v = Math.exp(w)
      const term = v * Math.exp(-c * v - s * Math.log1p(v))
      sum += term
      // On the right the terms may rise before they fall.
      if (term <= 1e-18 * sum && (step < 0 || c * v > 1)) return sum
    }
  }
  return width * (side(middle, width) + side(middle - width, -width))
}

const rateFaults = (name: string, rate: number): ReadonlyArray<InvalidValue> =>
  rate >= 1e-9 && rate <= 1e9 ? [] : [invalidValue([name], rate, 'a rate from 1e-9 to 1e9')]

/**
 * Discounted expected residual transactions (DERT) of the Pareto/NBD model: all purchases that a customer will ever make,
 * each discounted by e^(−rate · time).
 *
 * Source: P. Fader, B. Hardie & K. L. Lee, Journal of Marketing Research 42 (2005), as an integral in place of Tricomi's
 * function.
 *
 * @param parameters of the model
 * @param buyer the customer
 * @param rate continuous, per unit of time: ln 1.15 / 52 a week for 15 % a year
 * @returns `InvalidValue` for each parameter, part of the customer or rate outside its range.
 * @example
 * ```ts
 * import { paretoDiscountedPurchases, unwrap } from 'treue'
 *
 * const weeks = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }
 * const buyer = { repeats: 2, recency: 30.43, age: 38.86 }
 * unwrap(paretoDiscountedPurchases(weeks, buyer, Math.log(1.15) / 52)).toFixed(2) // => '6.50'
 * ```
 */
export const paretoDiscountedPurchases = (
  parameters: BuyingParameters<'r' | 'alpha' | 's' | 'beta'>,
  buyer: RepeatBuyer,
  rate: number,
): Either<BuyingFaults, number> => {
  const alive = paretoNbd.probabilityAlive(parameters, buyer)
  const faults = [...(alive._tag === 'Left' ? alive.left : []), ...rateFaults('rate', rate)]
  const { r, alpha, s, beta } = parameters
  const { repeats, age } = buyer
  return guarded(faults, () => {
    const probability = alive._tag === 'Right' ? alive.right : 0
    const time = (beta + age) * discountedTime(s, rate * (beta + age))
    return ((probability * (r + repeats)) / (alpha + age)) * time
  })
}

/**
 * Discounted expected residual transactions (DERT) of any of the models: all purchases that a customer will ever make, each
 * discounted by e^(−rate · time).
 *
 * It sums the model's expectation over horizons, some two hundred of them; {@link paretoDiscountedPurchases} has the same with
 * one integral.
 *
 * @param model {@link bgNbd}, {@link mbgNbd}, {@link paretoNbd}, {@link gompertzNbd} or another
 * @param parameters of the model
 * @param buyer the customer
 * @param rate continuous, per unit of time: ln 1.15 / 52 a week for 15 % a year
 * @returns `InvalidValue` for each parameter, part of the customer or rate outside its range.
 * @example
 * ```ts
 * import { discountedPurchases, mbgNbd, unwrap } from 'treue'
 *
 * const weeks = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
 * const buyer = { repeats: 2, recency: 30.43, age: 38.86 }
 * unwrap(discountedPurchases(mbgNbd, weeks, buyer, Math.log(1.15) / 52)).toFixed(2) // => '4.92'
 * ```
 */
export const discountedPurchases = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
  buyer: RepeatBuyer,
  rate: number,
): Either<BuyingFaults, number> => {
  const start = model.expectedPurchases(parameters, buyer, 0)
  const faults = [...(start._tag === 'Left' ? start.left : []), ...rateFaults('rate', rate)]
  // ∫ e^(−τ) E(τ / rate) dτ, by the trapezoidal rule in ln τ
  const term = (w: number): number => {
    const time = Math.exp(w)
    const expected = model.expectedPurchases(parameters, buyer, time / rate)
    return expected._tag === 'Right' ? time * Math.exp(-time) * expected.right : 0
  }
  return guarded(faults, () => {
    const width = 0.2
    const side = (from: number, step: number): number => {
      let sum = 0
      for (let w = from; Math.abs(w) < 60; w += step) {
        const next = term(w)
        sum += next
        if (next <= 1e-18 * sum) return sum
      }
      return sum
    }
    return width * (side(0, width) + side(-width, -width))
  })
}

/** How purchases to come become money. */
export interface LifetimeValueOptions {
  /** What an order is worth on average, such as from `expectedOrderValue`: revenue, or margin if that is what counts. */
  readonly orderValue: number
  /** How many periods ahead count; up to 10,000. */
  readonly periods: number
  /** How long a period is, in the unit of the parameters: 52.18 / 12 weeks for a month. */
  readonly periodLength: number
  /** For one period: 0.01 for 1 % a month. A purchase counts as made at the end of its period. */
  readonly discountPerPeriod: number
}

const optionFaults = (options: LifetimeValueOptions): ReadonlyArray<InvalidValue> => {
  const { orderValue, periods, periodLength, discountPerPeriod } = options
  return [
    ...(orderValue >= 0 && orderValue <= 1e15
      ? []
      : [invalidValue(['orderValue'], orderValue, 'an amount from 0 to 1e15')]),
    ...(Number.isInteger(periods) && periods >= 1 && periods <= 10_000
      ? []
      : [invalidValue(['periods'], periods, 'an integer from 1 to 10000')]),
    ...(periodLength > 0 && periodLength <= 1e9
      ? []
      : [invalidValue(['periodLength'], periodLength, 'a time above 0, at most 1e9')]),
    ...(discountPerPeriod >= 0 && discountPerPeriod <= 1e6
      ? []
      : [invalidValue(['discountPerPeriod'], discountPerPeriod, 'a rate from 0 to 1e6')]),
  ]
}

/**
 * What a customer is still worth: expected purchases of each coming period times the order value, discounted.
 *
 * @param model {@link bgNbd}, {@link mbgNbd} or {@link paretoNbd}
 * @param parameters of the model
 * @param buyer the customer
 * @param options see {@link LifetimeValueOptions}; the discounting is all in them
 * @returns `InvalidValue` for each parameter, part of the customer or option outside its range.
 * @example
 * ```ts
 * import { bgNbd, customerLifetimeValue, unwrap } from 'treue'
 *
 * const weeks = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
 * const buyer = { repeats: 2, recency: 30.43, age: 38.86 }
 * const year = { orderValue: 24.65, periods: 12, periodLength: 4.345, discountPerPeriod: 0.01 }
 * unwrap(customerLifetimeValue(bgNbd, weeks, buyer, year)).toFixed(2) // => '36.27'
 * ```
 */
export const customerLifetimeValue = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
  buyer: RepeatBuyer,
  options: LifetimeValueOptions,
): Either<BuyingFaults, number> => {
  const { orderValue, periods, periodLength, discountPerPeriod } = options
  const start = model.expectedPurchases(parameters, buyer, 0)
  const faults = [...(start._tag === 'Left' ? start.left : []), ...optionFaults(options)]
  return guarded(faults, () => {
    const purchasesBy = (period: number): number => {
      const expected = model.expectedPurchases(parameters, buyer, period * periodLength)
      return expected._tag === 'Right' ? expected.right : 0
    }
    let [sum, before] = [0, 0]
    for (let period = 1; period <= periods; period += 1) {
      const by = purchasesBy(period)
      sum += (by - before) / (1 + discountPerPeriod) ** period
      before = by
    }
    return orderValue * sum
  })
}
