// What a price per billing interval comes to in a month.

import type { Either } from 'fp-ts/Either'
import {
  type ExactInteger,
  exactProduct,
  exactSum,
  type InvalidValue,
  invalidValue,
  type Money,
  type OutOfRange,
  outOfRange,
  type RoundingMode,
  roundRatio,
} from '../foundation/index.ts'

/** How often a price is billed. */
export interface BillingInterval {
  readonly unit: 'day' | 'week' | 'month' | 'year'
  /** Every how many of them: 3 months are a quarter. */
  readonly count: number
}

/** A price that is billed again and again. */
export interface RecurringPrice {
  /** For one billing interval, of one unit. */
  readonly amount: Money
  readonly every: BillingInterval
  /** How many units, such as seats; 1 when absent. */
  readonly quantity?: number
}

/** Something off a price. */
export interface RecurringDiscount {
  /** Of a hundred, a whole number from 0 to 100; 0 when absent. */
  readonly percent?: number
  /** Off each billing interval's whole amount, after the percentages; nothing when absent. */
  readonly amount?: Money
}

/** Intervals in a year of 12 months, 52 weeks or 365 days. */
const perYear: Readonly<Record<BillingInterval['unit'], number>> = { day: 365, week: 52, month: 12, year: 1 }

const isCount = (value: number, min: number): boolean => Number.isSafeInteger(value) && value >= min

const priceFault = ({ amount, every, quantity = 1 }: RecurringPrice): InvalidValue | null => {
  if (!isCount(amount.minor, 0)) return invalidValue(['amount'], amount.minor, 'an amount of at least 0')
  if (!isCount(every.count, 1)) return invalidValue(['every', 'count'], every.count, 'a whole number from 1')
  return isCount(quantity, 0) ? null : invalidValue(['quantity'], quantity, 'a whole number from 0')
}

const discountFaults = (
  { amount: { currency } }: RecurringPrice,
  discounts: ReadonlyArray<RecurringDiscount>,
): ReadonlyArray<InvalidValue> =>
  discounts.flatMap(({ percent = 0, amount }, index) => [
    ...(isCount(percent, 0) && percent <= 100
      ? []
      : [invalidValue(['discounts', index, 'percent'], percent, 'a whole number from 0 to 100')]),
    ...(amount === undefined || (amount.currency === currency && isCount(amount.minor, 0))
      ? []
      : [invalidValue(['discounts', index, 'amount'], amount, `at least 0 in ${currency}`)]),
  ])

/** An exact fraction. */
interface Fraction {
  readonly numerator: ExactInteger
  readonly denominator: ExactInteger
}

const discounted = (whole: ExactInteger, discounts: ReadonlyArray<RecurringDiscount>): Fraction => {
  let numerator = whole
  let denominator: ExactInteger = 1
  for (const { percent = 0 } of discounts) {
    if (percent === 0) continue
    numerator = exactProduct(numerator, 100 - percent)
    denominator = exactProduct(denominator, 100)
  }
  for (const { amount } of discounts) {
    if (amount !== undefined) numerator = exactSum(numerator, exactProduct(-amount.minor, denominator))
  }
  return numerator < 0 ? { numerator: 0, denominator: 1 } : { numerator, denominator }
}

/**
 * Monthly recurring revenue of a price: its amount of a year by 12, rounded once to the minor unit.
 *
 * A year has 12 months, 52 weeks or 365 days. Discounts are always taken off: percentages first, one of another, then
 * amounts, and never below 0.
 *
 * @param price an amount of at least 0 per billing interval
 * @param discounts those that hold; none when absent
 * @param mode the rounding mode; `'halfEven'` when absent, which has no drift over many subscriptions
 * @returns `InvalidValue` for the first amount, count, quantity or discount that is none; `OutOfRange` where the result
 * isn't exact.
 * @example
 * ```ts
 * import { formatAmount, money, monthlyRecurring, unwrap } from 'treue'
 *
 * const yearly = { amount: unwrap(money('600', 'USD')), every: { unit: 'year', count: 1 } } as const
 * formatAmount(unwrap(monthlyRecurring(yearly))) // => '50.00'
 * formatAmount(unwrap(monthlyRecurring({ ...yearly, quantity: 3 }, [{ percent: 20 }]))) // => '120.00'
 * ```
 */
export const monthlyRecurring = (
  price: RecurringPrice,
  discounts: ReadonlyArray<RecurringDiscount> = [],
  mode: RoundingMode = 'halfEven',
): Either<InvalidValue | OutOfRange, Money> => {
  const fault = priceFault(price) ?? discountFaults(price, discounts)[0] ?? null
  if (fault !== null) return { _tag: 'Left', left: fault }
  const { amount, every, quantity = 1 } = price
  const { numerator, denominator } = discounted(exactProduct(amount.minor, quantity), discounts)
  const monthly = roundRatio(
    exactProduct(numerator, perYear[every.unit]),
    exactProduct(denominator, exactProduct(12, every.count)),
    mode,
  )
  return monthly._tag === 'Left'
    ? { _tag: 'Left', left: outOfRange(['amount'], amount.minor, 'an amount whose monthly share is exact') }
    : { _tag: 'Right', right: { minor: monthly.right, currency: amount.currency } }
}
