/** A price of a reward of which a member pays more with points, and less with money. */
import * as E from 'fp-ts/Either'
import {
  type Codec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  type Money,
  multiplyDivide,
  nullableCodec,
  Points,
  structCodec,
  underPath,
} from '../foundation/index.ts'
import { PointsPrice } from '../ledger/index.ts'
import { chosenPointsPayment, type PointsAndMoney } from './reward-price.ts'

/** How more points take the place of money. */
export interface RewardSplit {
  /** What points are worth. */
  readonly price: PointsPrice
  /** At most so many points in all; `null`: as many as the whole price takes. */
  readonly maximum: Points | null
  /** Only so many points in all, or a multiple. */
  readonly multipleOf: number
}

/** A price that may be divided. */
export interface SplitPrice {
  /** At least so many points, in the wallet's smallest unit. */
  readonly points: Points
  /** The money for the rest where no more points are paid. */
  readonly money: Money | null
  readonly split?: RewardSplit
}

/** Reads a {@link RewardSplit}. */
export const RewardSplit: Codec<RewardSplit, unknown> = /* @__PURE__ */ structCodec('RewardSplit', {
  price: PointsPrice,
  maximum: /* @__PURE__ */ nullableCodec(Points),
  multipleOf: /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000_000 }),
})

/**
 * What a price comes to, and how a member can divide it between points and money (S34); `null`: it cannot be divided.
 *
 * @param price - a price of a reward
 *
 * @example
 * ```ts
 * import { chosenPointsPayment, dividedPrice, money, type Points, unwrap } from 'treue'
 *
 * const eur = (amount: string) => unwrap(money(amount, 'EUR'))
 * const split = { price: { points: 1 as Points, price: eur('0.10') }, maximum: null, multipleOf: 50 }
 * const divided = dividedPrice({ points: 100 as Points, money: eur('40.00'), split })
 * divided?.total // => { minor: 5000, currency: 'EUR' }
 * divided && unwrap(chosenPointsPayment(divided, 350 as Points)).rest // => { minor: 1500, currency: 'EUR' }
 * ```
 */
export const dividedPrice = ({ points, money, split }: SplitPrice): PointsAndMoney | null => {
  if (split === undefined || money === null) return null
  const { price, maximum, multipleOf } = split
  const worth = multiplyDivide(points, price.price.minor, price.points, 'floor')
  const minor = money.minor + (E.isRight(worth) ? worth.right : 0)
  return { total: { minor, currency: money.currency }, price, minimum: points, maximum, multipleOf }
}

/** What of a split does not fit the rest of the price. */
export const splitFaults = (priced: SplitPrice): ReadonlyArray<InvalidValue> => {
  const { points, money, split } = priced
  if (split === undefined) return []
  const divided = dividedPrice(priced)
  if (divided === null || money === null) {
    return [invalidValue(['money'], null, 'an amount that more points can take the place of')]
  }
  const { price, currency } = { price: split.price.price, currency: money.currency }
  const path = ['split', 'price', 'price']
  if (price.minor <= 0) return [invalidValue(path, price.minor, 'an amount above 0')]
  if (price.currency !== currency) return [invalidValue([...path, 'currency'], price.currency, currency)]
  const { maximum } = split
  if (maximum !== null && maximum < points) {
    return underPath(['split'], [invalidValue(['maximum'], maximum, `at least ${points}`)])
  }
  return E.isRight(chosenPointsPayment(divided, points))
    ? []
    : [invalidValue(['points'], points, 'a multiple of the split that is worth whole minor units')]
}
