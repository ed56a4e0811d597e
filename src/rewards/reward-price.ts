/** A reward paid with points and money together. */
import * as E from 'fp-ts/Either'
import {
  type Codec,
  constrainCodec,
  type Fault,
  type InvalidValue,
  integerCodec,
  invalidValue,
  Money,
  nullableCodec,
  Points,
  structCodec,
} from '../foundation/index.ts'
import { type PointsPayment, PointsPrice, payWithPoints } from '../ledger/index.ts'

/** A price that a member can divide between points and money. */
export interface PointsAndMoney {
  readonly total: Money
  /** What points are worth. */
  readonly price: PointsPrice
  /** At least so many points. */
  readonly minimum: Points
  /** At most so many; `null`: as many as the total takes. */
  readonly maximum: Points | null
  /** Only so many, or a multiple. */
  readonly multipleOf: number
}

/** This number of points can't be used. */
export interface PointsNotPayable extends Fault<'PointsNotPayable'> {
  readonly requested: Points
  /** The next lower number that can be used; `null`: there is none. */
  readonly below: Points | null
}

const splitFaults = ({ total, price, minimum, maximum }: PointsAndMoney): ReadonlyArray<InvalidValue> => [
  ...(total.minor >= 0 ? [] : [invalidValue(['total'], total.minor, 'an amount of 0 or more')]),
  ...(price.price.minor > 0 ? [] : [invalidValue(['price', 'price'], price.price.minor, 'an amount above 0')]),
  ...(price.price.currency === total.currency
    ? []
    : [invalidValue(['price', 'price', 'currency'], price.price.currency, total.currency)]),
  ...(maximum === null || maximum >= minimum ? [] : [invalidValue(['maximum'], maximum, `at least ${minimum}`)]),
]

/**
 * Reads a {@link PointsAndMoney}.
 *
 * @example
 * ```ts
 * import { decode, PointsAndMoney } from 'treue'
 *
 * const eur = (amount: string) => ({ amount, currency: 'EUR' })
 * const json = { total: eur('100.60'), price: { points: 1, price: eur('0.10') }, minimum: 100, maximum: null, multipleOf: 1 }
 * decode(PointsAndMoney, json)._tag // => 'Right'
 * ```
 */
export const PointsAndMoney: Codec<PointsAndMoney, unknown> = /* @__PURE__ */ constrainCodec<PointsAndMoney, unknown>(
  /* @__PURE__ */ structCodec('PointsAndMoney', {
    total: Money,
    price: PointsPrice,
    minimum: Points,
    maximum: /* @__PURE__ */ nullableCodec(Points),
    multipleOf: /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000_000 }),
  }),
  splitFaults,
)

/**
 * The most points that can be used, and the money for the rest: together they are the total, with no cent left over (S34).
 *
 * `PointsNotPayable`: the member has fewer points than must be used. `InvalidValue`: currencies differ, or amounts are none.
 *
 * @param split - the price, and how it can be divided
 * @param available - the points that can be spent, in the wallet's smallest unit
 *
 * @example
 * ```ts
 * import { money, mostPointsPayment, type Points, unwrap } from 'treue'
 *
 * const eur = (amount: string) => unwrap(money(amount, 'EUR'))
 * const price = { points: 1 as Points, price: eur('0.05') }
 * const split = { total: eur('12.34'), price, minimum: 100 as Points, maximum: null, multipleOf: 10 }
 * const { points, rest } = unwrap(mostPointsPayment(split, 1000 as Points))
 * points // => 240
 * rest // => { minor: 34, currency: 'EUR' }
 * ```
 */
export const mostPointsPayment = (
  split: PointsAndMoney,
  available: Points,
): E.Either<ReadonlyArray<PointsNotPayable | InvalidValue>, PointsPayment> => {
  const { total, price, minimum, maximum, multipleOf } = split
  const most = Math.min(available, maximum ?? available) as Points
  const paid = payWithPoints(price, total, most, { atLeast: minimum, multipleOf })
  if (E.isLeft(paid) || paid.right.points >= minimum) return paid
  const expected = `at least ${minimum} points that the price can take`
  return E.left([{ _tag: 'PointsNotPayable', path: ['available'], expected, requested: available, below: null }])
}

/**
 * A price paid with a number of points that the member chose, and the money for the rest (S34).
 *
 * `PointsNotPayable`: fewer or more than can be used, no multiple, more than the total, or not worth whole minor units;
 * `below` is the next lower number that is right. `InvalidValue`: currencies differ, or amounts are none.
 *
 * @param split - the price, and how it can be divided
 * @param points - the points to use, in the wallet's smallest unit
 *
 * @example
 * ```ts
 * import { chosenPointsPayment, money, type Points, unwrap } from 'treue'
 *
 * const eur = (amount: string) => unwrap(money(amount, 'EUR'))
 * const price = { points: 3 as Points, price: eur('0.02') }
 * const split = { total: eur('1.00'), price, minimum: 0 as Points, maximum: null, multipleOf: 1 }
 * unwrap(chosenPointsPayment(split, 30 as Points)).rest // => { minor: 80, currency: 'EUR' }
 * const wrong = chosenPointsPayment(split, 31 as Points)
 * wrong._tag === 'Left' && wrong.left.map((fault) => 'below' in fault && fault.below) // => [30]
 * ```
 */
export const chosenPointsPayment = (
  split: PointsAndMoney,
  points: Points,
): E.Either<ReadonlyArray<PointsNotPayable | InvalidValue>, PointsPayment> => {
  const paid = mostPointsPayment(split, points)
  if (E.isLeft(paid) || paid.right.points === points) return paid
  const expected = 'a number of points that the price can take'
  const below = paid.right.points
  return E.left([{ _tag: 'PointsNotPayable', path: ['points'], expected, requested: points, below }])
}
