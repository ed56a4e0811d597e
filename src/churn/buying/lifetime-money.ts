// What a customer is still worth, in exact money.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type Currency,
  type InvalidValue,
  type Money,
  type OutOfRange,
  outOfRange,
  type RoundingMode,
  roundRatio,
} from '../../foundation/index.ts'
import type { BuyingModel, BuyingParameters } from './buying-model.ts'
import { customerLifetimeValue, type LifetimeValueOptions } from './discounted-purchases.ts'
import type { RepeatBuyer } from './repeat-buying.ts'

/** How purchases to come become money: as in {@link LifetimeValueOptions}, with the order value in minor units. */
export interface LifetimeMoneyOptions extends LifetimeValueOptions {
  /** Of the order value. */
  readonly currency: Currency
  /** Of the whole to minor units; `halfEven` when absent. */
  readonly rounding?: RoundingMode
}

/** What a customer is still worth, and by which discounting. */
export interface LifetimeMoney {
  readonly value: Money
  /** For one period; a purchase counts as made at its end. */
  readonly discountPerPeriod: number
  /** In the unit of the parameters. */
  readonly periodLength: number
  /** How many periods ahead count; nothing after them does. */
  readonly periods: number
}

/** Parts of a minor unit that count before the value is rounded: a power of 2, so that scaling is exact. */
const parts = 2 ** 20

/**
 * What a customer is still worth, as money rounded once, beside the discounting that it depends on: the residual value that
 * `contactValue` and `offerLadder` take.
 *
 * @param model {@link bgNbd}, {@link mbgNbd}, {@link paretoNbd} or another
 * @param parameters of the model
 * @param buyer the customer
 * @param options see {@link LifetimeMoneyOptions}; the order value is in minor units, as `spendHistories` has it
 * @returns `InvalidValue` for each parameter, part of the customer or option outside its range, `OutOfRange` for a value beyond
 * what minor units hold.
 * @example
 * ```ts
 * import { currency, customerLifetimeMoney, mbgNbd, unwrap } from 'treue'
 *
 * const weeks = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
 * const buyer = { repeats: 2, recency: 30.43, age: 38.86 }
 * const euro = unwrap(currency('EUR'))
 * const year = { orderValue: 2465.7, currency: euro, periods: 12, periodLength: 4.345, discountPerPeriod: 0.01 }
 * unwrap(customerLifetimeMoney(mbgNbd, weeks, buyer, year)).value // => { minor: 3719, currency: 'EUR' }
 * ```
 */
export const customerLifetimeMoney = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
  buyer: RepeatBuyer,
  options: LifetimeMoneyOptions,
): Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, LifetimeMoney> => {
  const { currency, rounding = 'halfEven', discountPerPeriod, periodLength, periods } = options
  const value = customerLifetimeValue(model, parameters, buyer, options)
  if (value._tag === 'Left') return value
  const minor =
    value.right <= Number.MAX_SAFE_INTEGER ? roundRatio(BigInt(Math.round(value.right * parts)), parts, rounding) : null
  return minor?._tag === 'Right'
    ? { _tag: 'Right', right: { value: { minor: minor.right, currency }, discountPerPeriod, periodLength, periods } }
    : {
        _tag: 'Left',
        left: [outOfRange(['orderValue'], options.orderValue, 'an order value whose sum minor units hold')],
      }
}
