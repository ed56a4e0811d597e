// What points are worth, as an exact rate: so many points, so much money.
import * as E from 'fp-ts/Either'
import {
  type Codec,
  constrainCodec,
  exactProduct,
  type InvalidValue,
  integerCodec,
  invalidValue,
  Money,
  type MoneyJson,
  moneyFromMinor,
  type OutOfRange,
  Points,
  type RoundingMode,
  refineCodec,
  roundRatio,
  structCodec,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'

/** A price, a worth or a cost of points. A rate of two whole numbers loses nothing: 3 points for 0.02 EUR. */
export interface PointsPrice {
  /** How many points the price is for, in the wallet's smallest unit; above 0. */
  readonly points: Points
  /** What they are worth together; not below 0. */
  readonly price: Money
}

/** The JSON of a price of points. */
export interface PointsPriceJson {
  readonly points: number
  readonly price: MoneyJson
}

const somePoints: Codec<Points, number> = /* @__PURE__ */ refineCodec<number, number, Points>(
  /* @__PURE__ */ integerCodec({ min: 1 }),
  'Points',
  'points as an integer from 1 to 9007199254740991',
  () => true,
)

/**
 * Reads a {@link PointsPrice}.
 *
 * @example
 * ```ts
 * import { decode, PointsPrice } from 'treue'
 *
 * decode(PointsPrice, { points: 100, price: { amount: '1.00', currency: 'EUR' } })._tag // => 'Right'
 * decode(PointsPrice, { points: 0, price: { amount: '1.00', currency: 'EUR' } })._tag // => 'Left'
 * ```
 */
export const PointsPrice: Codec<PointsPrice, PointsPriceJson> = /* @__PURE__ */ constrainCodec<
  PointsPrice,
  PointsPriceJson
>(/* @__PURE__ */ structCodec('PointsPrice', { points: somePoints, price: Money }), ({ price }) =>
  price.minor >= 0 ? [] : [invalidValue(['price', 'amount'], price.minor, 'a price not below 0')],
)

/** What makes a number no points. */
export const pointsFaults = (path: ReadonlyArray<string | number>, points: number): ReadonlyArray<InvalidValue> =>
  Points.is(points) ? [] : [invalidValue(path, points, 'points as an integer from 0 to 9007199254740991')]

/** What makes an amount no price: it isn't sound money, or below 0. */
export const priceFaults = (path: ReadonlyArray<string | number>, price: Money): ReadonlyArray<InvalidValue> =>
  Number.isSafeInteger(price.minor) && price.minor >= 0
    ? []
    : [invalidValue(path, price.minor, 'an amount of at least 0 in minor units')]

/** What is wrong with a price of points. */
export const pointsPriceFaults = (
  path: ReadonlyArray<string | number>,
  { points, price }: PointsPrice,
): ReadonlyArray<InvalidValue | ZeroDenominator> => [
  ...(points === 0 ? [zeroDenominator([...path, 'points'], 'a price for 1 point or more')] : []),
  ...pointsFaults([...path, 'points'], points),
  ...priceFaults([...path, 'price', 'minor'], price),
]

/**
 * What points are worth, rounded once to the minor unit. `ZeroDenominator` for a price of 0 points, `InvalidValue` for
 * points or a price that are none, `OutOfRange` where the amount leaves the exact range.
 *
 * @param points in the wallet's smallest unit; a whole number, below 0 for points owed
 * @param price what so many points are worth
 * @param mode the rounding mode
 * @example
 * ```ts
 * import { formatAmount, money, points, unwrap, worthOfPoints } from 'treue'
 *
 * const price = { points: unwrap(points(3)), price: unwrap(money('0.02', 'EUR')) }
 * formatAmount(unwrap(worthOfPoints(1000, price, 'halfEven'))) // => '6.67'
 * ```
 */
export const worthOfPoints = (
  points: number,
  price: PointsPrice,
  mode: RoundingMode,
): E.Either<InvalidValue | ZeroDenominator | OutOfRange, Money> => {
  const fault = pointsPriceFaults(['price'], price)[0]
  if (fault !== undefined) return E.left(fault)
  if (!Number.isSafeInteger(points)) return E.left(invalidValue(['points'], points, 'a whole number of points'))
  const minor = roundRatio(exactProduct(points, price.price.minor), price.points, mode)
  return minor._tag === 'Left' ? minor : moneyFromMinor(minor.right, price.price.currency)
}
