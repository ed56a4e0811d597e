// The price of a sale, divided between the goods and the points that it earned, by what each would cost alone (IFRS 15.74,
// ASC 606-10-32-31).
import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  allocate,
  type CurrencyMismatch,
  type ExactInteger,
  exactProduct,
  exactQuotient,
  greatestCommonDivisor,
  type InvalidValue,
  invalidValue,
  type Money,
  moneyFromMinor,
  type OutOfRange,
  type Path,
  type Points,
  type RoundingMode,
  roundRatio,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'
import { type PointsPrice, pointsFaults, pointsPriceFaults, priceFaults } from './points-price.ts'

/** How many of so many points are expected to be redeemed ever: a share as two whole numbers, such as 9,700 of 10,000. */
export interface ExpectedRedemption {
  readonly redeemed: Points
  readonly issued: Points
}

/** Goods or services of a sale. */
export interface GoodsObligation {
  readonly kind: 'goods'
  /** What they cost alone. */
  readonly sellingPrice: Money
}

/** Points that a sale earned: a right to something later. */
export interface PointsObligation {
  readonly kind: 'points'
  readonly points: Points
  /** What redeemed points buy. */
  readonly worth: PointsPrice
  /** The share of them that is expected to be redeemed. */
  readonly expectedRedemption: ExpectedRedemption
}

/** Something that a sale promises. */
export type PerformanceObligation = GoodsObligation | PointsObligation

/** Why no price can be allocated. */
export type SellingPriceFault = InvalidValue | ZeroDenominator | CurrencyMismatch | OutOfRange

/** A stand-alone selling price in minor units, exactly. */
interface Ratio {
  readonly numerator: ExactInteger
  readonly denominator: ExactInteger
}

const reduced = (numerator: ExactInteger, denominator: ExactInteger): Ratio => {
  if (numerator === 0) return { numerator: 0, denominator: 1 }
  const divisor = greatestCommonDivisor(numerator, denominator)
  return { numerator: exactQuotient(numerator, divisor), denominator: exactQuotient(denominator, divisor) }
}

const sellingPriceOf = (obligation: PerformanceObligation): Ratio => {
  if (obligation.kind === 'goods') return { numerator: obligation.sellingPrice.minor, denominator: 1 }
  const { points, worth, expectedRedemption } = obligation
  return reduced(
    exactProduct(exactProduct(points, worth.price.minor), expectedRedemption.redeemed),
    exactProduct(worth.points, expectedRedemption.issued),
  )
}

const currencyOf = (obligation: PerformanceObligation): Money['currency'] =>
  obligation.kind === 'goods' ? obligation.sellingPrice.currency : obligation.worth.price.currency

const expectationFaults = (
  path: Path,
  { redeemed, issued }: ExpectedRedemption,
): ReadonlyArray<InvalidValue | ZeroDenominator> => {
  if (issued === 0) return [zeroDenominator([...path, 'issued'], 'a share of 1 point or more')]
  const faults = [...pointsFaults([...path, 'redeemed'], redeemed), ...pointsFaults([...path, 'issued'], issued)]
  return faults.length > 0 || redeemed <= issued
    ? faults
    : [invalidValue([...path, 'redeemed'], redeemed, `at most the ${issued} points that were issued`)]
}

const obligationFaults = (
  path: Path,
  obligation: PerformanceObligation,
): ReadonlyArray<InvalidValue | ZeroDenominator> =>
  obligation.kind === 'goods'
    ? priceFaults([...path, 'sellingPrice', 'minor'], obligation.sellingPrice)
    : [
        ...pointsFaults([...path, 'points'], obligation.points),
        ...pointsPriceFaults([...path, 'worth'], obligation.worth),
        ...expectationFaults([...path, 'expectedRedemption'], obligation.expectedRedemption),
      ]

const mismatch = (path: Path, left: Money['currency'], right: Money['currency']): CurrencyMismatch => ({
  _tag: 'CurrencyMismatch',
  path,
  expected: 'prices in the currency of the sale',
  left,
  right,
})

const mostObligations = 1000

const saleFaults = (
  price: Money,
  obligations: ReadonlyArray<PerformanceObligation>,
): ReadonlyArray<InvalidValue | ZeroDenominator | CurrencyMismatch> => {
  if (obligations.length === 0 || obligations.length > mostObligations) {
    return [invalidValue(['obligations'], obligations, `from 1 to ${mostObligations} obligations`)]
  }
  return obligations.flatMap((obligation, index) => {
    const path = ['obligations', index]
    const currency = currencyOf(obligation)
    return [
      ...obligationFaults(path, obligation),
      ...(currency === price.currency ? [] : [mismatch(path, price.currency, currency)]),
    ]
  })
}

/** Whole numbers in the proportion of the ratios. */
const weightsOf = (ratios: ReadonlyArray<Ratio>): ReadonlyArray<ExactInteger> => {
  let common = 1n
  for (const { denominator } of ratios) {
    if (common % BigInt(denominator) !== 0n) common *= BigInt(denominator)
  }
  return ratios.map(({ numerator, denominator }) => exactProduct(numerator, common / BigInt(denominator)))
}

/**
 * What an obligation costs alone, rounded to the minor unit: for goods their price; for points what they buy, times the
 * share that is expected to be redeemed (S64: 10,000 points at 1 of which 97 % are expected: 9,700). `ZeroDenominator`
 * and `InvalidValue` for numbers that make no sense, `OutOfRange` where the price leaves the exact range.
 *
 * @param obligation goods, or points
 * @param mode the rounding mode
 * @example
 * ```ts
 * import { formatAmount, money, points, standAloneSellingPrice, unwrap } from 'treue'
 *
 * const count = (n: number) => unwrap(points(n))
 * const earned = {
 *   kind: 'points',
 *   points: count(10_000),
 *   worth: { points: count(1), price: unwrap(money('1', 'USD')) },
 *   expectedRedemption: { redeemed: count(97), issued: count(100) },
 * } as const
 * formatAmount(unwrap(standAloneSellingPrice(earned, 'halfEven'))) // => '9700.00'
 * ```
 */
export const standAloneSellingPrice = (
  obligation: PerformanceObligation,
  mode: RoundingMode,
): E.Either<ReadonlyNonEmptyArray<InvalidValue | ZeroDenominator | OutOfRange>, Money> => {
  const [fault, ...more] = obligationFaults([], obligation)
  if (fault !== undefined) return E.left([fault, ...more])
  const { numerator, denominator } = sellingPriceOf(obligation)
  const minor = roundRatio(numerator, denominator, mode)
  if (minor._tag === 'Left') return E.left([minor.left])
  const price = moneyFromMinor(minor.right, currencyOf(obligation))
  return price._tag === 'Left' ? E.left([price.left]) : price
}

/**
 * Divides the price of a sale between what it promises, in proportion to the stand-alone selling prices (S64). The
 * proportion is exact; the parts are whole minor units by largest remainder, and sum to the price. The first obligation is
 * the first part. `ZeroDenominator` where all obligations together cost nothing alone, or a rate is one of 0 points;
 * `CurrencyMismatch` for a price in another currency; `InvalidValue` for numbers that make no sense, and for no obligation
 * or more than 1,000; `OutOfRange` for a price that is no safe integer. All of them are reported.
 *
 * @param price what the customer pays for everything together; below 0 for a sale that is taken back
 * @param obligations goods and points, in any order and number
 * @example
 * ```ts
 * import { allocateTransactionPrice, formatAmount, money, points, unwrap } from 'treue'
 *
 * const count = (n: number) => unwrap(points(n))
 * const sale = unwrap(money('100000', 'USD'))
 * const goods = { kind: 'goods', sellingPrice: sale } as const
 * const earned = {
 *   kind: 'points',
 *   points: count(10_000),
 *   worth: { points: count(1), price: unwrap(money('1', 'USD')) },
 *   expectedRedemption: { redeemed: count(9700), issued: count(10_000) },
 * } as const
 * unwrap(allocateTransactionPrice(sale, [goods, earned])).map(formatAmount) // => ['91157.70', '8842.30']
 * ```
 */
export const allocateTransactionPrice = (
  price: Money,
  obligations: ReadonlyArray<PerformanceObligation>,
): E.Either<ReadonlyNonEmptyArray<SellingPriceFault>, ReadonlyArray<Money>> => {
  const [fault, ...more] = saleFaults(price, obligations)
  if (fault !== undefined) return E.left([fault, ...more])
  const weights = weightsOf(obligations.map(sellingPriceOf))
  if (weights.every((weight) => weight === 0 || weight === 0n)) {
    return E.left([zeroDenominator(['obligations'], 'an obligation with a price above 0')])
  }
  const parts = allocate(price.minor, weights)
  return parts._tag === 'Left'
    ? E.left([parts.left])
    : E.right(parts.right.map((minor) => ({ minor, currency: price.currency })))
}
