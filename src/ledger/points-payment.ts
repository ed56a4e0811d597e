/** Paying with points, in whole or in part, and giving such a payment back. */
import * as E from 'fp-ts/Either'
import {
  type ExactInteger,
  exactProduct,
  exactQuotient,
  greatestCommonDivisor,
  type InvalidValue,
  invalidValue,
  type Money,
  multiplyDivide,
  type Points,
} from '../foundation/index.ts'
import type { PointsPrice } from './points-price.ts'

/** Which numbers of points can be spent at once. */
export interface PaymentLimits {
  /** With fewer nothing can be paid. Default 0. */
  readonly atLeast?: Points
  /** Only so many, or a multiple. Default 1: as fine as the price allows. */
  readonly multipleOf?: number
}

/** A payment with points. */
export interface PointsPayment {
  readonly points: Points
  /** What they pay, to the last minor unit. */
  readonly worth: Money
  /** What is left to pay with money. */
  readonly rest: Money
}

const moneyOf = (minor: number, { currency }: Money): Money => ({ minor, currency })

/** The least number of points that is worth whole minor units and is a multiple of what is asked for. */
const stepOf = ({ points, price }: PointsPrice, multipleOf: number): ExactInteger => {
  const whole = exactQuotient(points, price.minor === 0 ? points : greatestCommonDivisor(points, price.minor))
  return exactProduct(exactQuotient(whole, greatestCommonDivisor(whole, multipleOf)), multipleOf)
}

const faultsOf = (
  { points, price }: PointsPrice,
  total: Money,
  { multipleOf = 1 }: PaymentLimits,
): ReadonlyArray<InvalidValue> => [
  ...(price.currency === total.currency
    ? []
    : [invalidValue(['price', 'price', 'currency'], price.currency, `${total.currency}, the currency of the total`)]),
  ...(points > 0 && price.minor > 0
    ? []
    : [invalidValue(['price'], price.minor, 'a price above 0 for at least one point')]),
  ...(Number.isSafeInteger(total.minor) && total.minor >= 0
    ? []
    : [invalidValue(['total', 'minor'], total.minor, 'an amount of 0 or more')]),
  ...(Number.isSafeInteger(multipleOf) && multipleOf > 0
    ? []
    : [invalidValue(['multipleOf'], multipleOf, 'an integer above 0')]),
]

/**
 * As much of a total as points can pay: never more than the total, in numbers of points that are worth whole minor units;
 * what they leave is paid with money (S34).
 *
 * `InvalidValue`: the price is of another currency or of nothing, an amount is below 0, a multiple is none.
 *
 * @param price - what points are worth, in the wallet's smallest unit
 * @param total - what is to be paid
 * @param available - the points that can be spent, in the wallet's smallest unit
 * @param limits - which numbers of points can be spent at once
 *
 * @example
 * ```ts
 * import { money, payWithPoints, type Points, unwrap } from 'treue'
 *
 * const eur = (amount: string) => unwrap(money(amount, 'EUR'))
 * const price = { points: 1 as Points, price: eur('0.05') }
 * const { points, worth, rest } = unwrap(payWithPoints(price, eur('12.34'), 1000 as Points))
 * points // => 246
 * worth // => { minor: 1230, currency: 'EUR' }
 * rest // => { minor: 4, currency: 'EUR' }
 * ```
 */
export const payWithPoints = (
  price: PointsPrice,
  total: Money,
  available: Points,
  limits: PaymentLimits = {},
): E.Either<ReadonlyArray<InvalidValue>, PointsPayment> => {
  const faults = faultsOf(price, total, limits)
  if (faults.length > 0) return E.left(faults)
  const { atLeast = 0, multipleOf = 1 } = limits
  const affordable = multiplyDivide(total.minor, price.points, price.price.minor, 'floor')
  const most = Math.min(available, E.isRight(affordable) ? affordable.right : available)
  const step = Number(stepOf(price, multipleOf))
  const whole = most - (most % step)
  const points = whole < atLeast ? 0 : whole
  const worth = multiplyDivide(points, price.price.minor, price.points, 'floor')
  const paid = E.isRight(worth) ? worth.right : 0
  return E.right({
    points: points as Points,
    worth: moneyOf(paid, total),
    rest: moneyOf(total.minor - paid, total),
  })
}

/** What a purchase was paid with. */
export interface MixedPayment {
  readonly money: Money
  readonly points: Points
  /** What the points paid. */
  readonly worth: Money
}

/** What goes back in money and in points. */
export interface SplitRefund {
  readonly money: Money
  readonly points: Points
}

/** In which order money and points go back. */
export type RefundOrder = 'proRata' | 'pointsFirst' | 'moneyFirst'

const worthBack = ({ money, worth }: MixedPayment, refunded: number, order: RefundOrder): number => {
  if (order === 'pointsFirst') return Math.min(refunded, worth.minor)
  if (order === 'moneyFirst') return Math.max(0, refunded - money.minor)
  const share = multiplyDivide(refunded, worth.minor, money.minor + worth.minor, 'floor')
  return E.isRight(share) ? share.right : 0
}

/**
 * What has gone back in money and in points once so much of a mixed payment is refunded in all (S29). It is counted from
 * the sum of all refunds so far: pay out what is new since the last one, and any split comes to the same.
 *
 * `InvalidValue`: more is refunded than was paid, or less than 0, or currencies differ, or what was paid is below 0 or
 * leaves the range of exact integers.
 *
 * @param paid - what the purchase was paid with
 * @param refunded - what is refunded of it in all, this time included
 * @param order - pro rata, points before money, or money before points
 *
 * @example
 * ```ts
 * import { money, type Points, splitRefund, unwrap } from 'treue'
 *
 * const eur = (amount: string) => unwrap(money(amount, 'EUR'))
 * const paid = { money: eur('70.00'), points: 300 as Points, worth: eur('30.00') }
 * unwrap(splitRefund(paid, eur('50.00'), 'proRata')) // => { money: { minor: 3500, currency: 'EUR' }, points: 150 }
 * unwrap(splitRefund(paid, eur('50.00'), 'pointsFirst')) // => { money: { minor: 2000, currency: 'EUR' }, points: 300 }
 * ```
 */
export const splitRefund = (
  paid: MixedPayment,
  refunded: Money,
  order: RefundOrder,
): E.Either<InvalidValue, SplitRefund> => {
  const { money, points, worth } = paid
  const total = money.minor + worth.minor
  if (![money.minor, worth.minor, points].every((one) => one >= 0) || !Number.isSafeInteger(total)) {
    const expected = 'amounts and points of 0 or more, of at most 9007199254740991 minor units together'
    return E.left(invalidValue(['paid'], total, expected))
  }
  if (refunded.currency !== money.currency || worth.currency !== money.currency) {
    return E.left(invalidValue(['refunded', 'currency'], refunded.currency, `${money.currency} in all amounts`))
  }
  if (!Number.isSafeInteger(refunded.minor) || refunded.minor < 0 || refunded.minor > total) {
    return E.left(invalidValue(['refunded', 'minor'], refunded.minor, `an amount from 0 to ${total} minor units`))
  }
  const back = worthBack(paid, refunded.minor, order)
  const share = worth.minor === 0 ? E.right(0) : multiplyDivide(points, back, worth.minor, 'floor')
  return E.right({
    money: moneyOf(refunded.minor - back, money),
    points: (E.isRight(share) ? share.right : 0) as Points,
  })
}
