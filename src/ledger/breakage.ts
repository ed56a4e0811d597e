// Revenue from points as they are redeemed, with the points that never will be spread over those that are: breakage
// (IFRS 15.B44–B47, ASC 606-10-55-46 to 49).
import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  booleanCodec,
  type Codec,
  constrainCodec,
  type Fault,
  type InvalidValue,
  invalidValue,
  Money,
  type MoneyJson,
  multiplyDivide,
  type OutOfRange,
  Points,
  type RoundingMode,
  structCodec,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'
import { pointsFaults, priceFaults } from './points-price.ts'

/** What was paid for points that customers may still redeem, and how much of it is revenue by now. */
export interface DeferredRevenue {
  /** What was allocated to the points when they were issued. It never changes. */
  readonly allocated: Money
  readonly issued: Points
  /** Redeemed so far. */
  readonly redeemed: Points
  /** Revenue so far, in minor units of the allocated money. */
  readonly recognised: Money
  /** Whether nothing can be redeemed any more, so that all is revenue. */
  readonly released: boolean
}

/** The JSON of deferred revenue. */
export interface DeferredRevenueJson {
  readonly allocated: MoneyJson
  readonly issued: number
  readonly redeemed: number
  readonly recognised: MoneyJson
  readonly released: boolean
}

const consistencyFaults = (deferred: DeferredRevenue): ReadonlyArray<InvalidValue> => {
  const { allocated, issued, redeemed, recognised } = deferred
  return [
    ...priceFaults(['allocated', 'amount'], allocated),
    ...(redeemed <= issued ? [] : [invalidValue(['redeemed'], redeemed, `at most the ${issued} points issued`)]),
    ...(recognised.currency === allocated.currency && recognised.minor >= 0 && recognised.minor <= allocated.minor
      ? []
      : [invalidValue(['recognised'], recognised.minor, 'an amount from 0 to what was allocated')]),
  ]
}

/**
 * Reads a {@link DeferredRevenue}.
 *
 * @example
 * ```ts
 * import { DeferredRevenue, decode } from 'treue'
 *
 * const amount = (text: string) => ({ amount: text, currency: 'USD' })
 * const json = { allocated: amount('9'), issued: 10, redeemed: 4, recognised: amount('4.17'), released: false }
 * decode(DeferredRevenue, json)._tag // => 'Right'
 * decode(DeferredRevenue, { ...json, redeemed: 11 })._tag // => 'Left'
 * ```
 */
export const DeferredRevenue: Codec<DeferredRevenue, DeferredRevenueJson> = /* @__PURE__ */ constrainCodec<
  DeferredRevenue,
  DeferredRevenueJson
>(
  /* @__PURE__ */ structCodec('DeferredRevenue', {
    allocated: Money,
    issued: Points,
    redeemed: Points,
    recognised: Money,
    released: booleanCodec,
  }),
  consistencyFaults,
)

/** More points are redeemed than are expected to be ever: the estimate is too low. */
export interface EstimateBelowRedeemed extends Fault<'EstimateBelowRedeemed'> {
  /** Points redeemed by now. */
  readonly redeemed: number
  /** Points that are expected to be redeemed ever. */
  readonly expectedRedemptions: number
}

/** Nothing more can be recognised: all of it is revenue already. */
export interface AlreadyReleased extends Fault<'AlreadyReleased'> {}

/** Why no revenue can be recognised. */
export type BreakageFault = InvalidValue | OutOfRange | ZeroDenominator | EstimateBelowRedeemed | AlreadyReleased

/** Redemptions of a period, and what is expected at its end. */
export interface RedemptionPeriod {
  /** Points redeemed in the period. */
  readonly redeemed: Points
  /** Of all the points that were issued, those that are expected to be redeemed ever: with those that are already. */
  readonly expectedRedemptions: Points
}

/** The revenue of a period. */
export interface RecognisedRevenue {
  /** What the period's revenue is; below 0 where the estimate rose by more than was redeemed. */
  readonly revenue: Money
  /** The part of it that the new estimate adds to, or takes from, what was recognised in earlier periods. */
  readonly catchUp: Money
  readonly deferred: DeferredRevenue
}

/**
 * Deferred revenue of points of which none are redeemed yet. `InvalidValue` for an amount below 0 or points that are none.
 *
 * @param allocated what the sale's price has for the points, such as {@link allocateTransactionPrice} says
 * @param issued how many points, in the wallet's smallest unit
 * @example
 * ```ts
 * import { deferRevenue, money, points, unwrap } from 'treue'
 *
 * unwrap(deferRevenue(unwrap(money('9000', 'USD')), unwrap(points(10_000)))).recognised.minor // => 0
 * ```
 */
export const deferRevenue = (
  allocated: Money,
  issued: Points,
): E.Either<ReadonlyNonEmptyArray<InvalidValue>, DeferredRevenue> => {
  const [fault, ...more] = [...priceFaults(['allocated', 'minor'], allocated), ...pointsFaults(['issued'], issued)]
  if (fault !== undefined) return E.left([fault, ...more])
  const recognised = { minor: 0, currency: allocated.currency }
  return E.right({ allocated, issued, redeemed: 0 as Points, recognised, released: false })
}

const released: AlreadyReleased = {
  _tag: 'AlreadyReleased',
  path: [],
  expected: 'deferred revenue that is not released yet',
}

const periodFaults = (
  { issued, redeemed: before, released: over }: DeferredRevenue,
  { redeemed, expectedRedemptions }: RedemptionPeriod,
): ReadonlyArray<BreakageFault> => {
  if (over) return [released]
  const faults = [
    ...pointsFaults(['redeemed'], redeemed),
    ...pointsFaults(['expectedRedemptions'], expectedRedemptions),
  ]
  if (faults.length > 0) return faults
  if (expectedRedemptions > issued) {
    return [invalidValue(['expectedRedemptions'], expectedRedemptions, `at most the ${issued} points issued`)]
  }
  if (before + redeemed <= expectedRedemptions) {
    return expectedRedemptions > 0
      ? []
      : [zeroDenominator(['expectedRedemptions'], 'an expected redemption; release the rest where there is none')]
  }
  return [
    {
      _tag: 'EstimateBelowRedeemed',
      path: ['expectedRedemptions'],
      expected: 'an estimate of at least what is redeemed already',
      redeemed: before + redeemed,
      expectedRedemptions,
    },
  ]
}

/** What is revenue once so many points are redeemed: a share of what was allocated, so it fits. */
const cumulative = (allocated: Money, redeemed: number, expected: number, mode: RoundingMode): number => {
  const minor = multiplyDivide(allocated.minor, redeemed, expected, mode)
  return minor._tag === 'Right' ? minor.right : allocated.minor
}

/**
 * Recognises the revenue of a period, in proportion to the redemptions that are expected ever (S64). All that is
 * recognised so far is brought to the new estimate: `allocated × redeemed ÷ expectedRedemptions`, rounded once, minus what
 * was recognised before. What was allocated is never allocated anew; only the denominator moves.
 *
 * Where it becomes remote that any more points are redeemed, as with points that never expire, the estimate is what is
 * redeemed, and the rest becomes revenue.
 *
 * `EstimateBelowRedeemed` where more is redeemed than is expected ever, `ZeroDenominator` where nothing is expected,
 * `AlreadyReleased` after {@link releaseDeferredRevenue}, `InvalidValue` for points that are none and for an estimate above
 * what was issued.
 *
 * @param deferred the state after the period before
 * @param period see {@link RedemptionPeriod}
 * @param mode how the cumulative revenue is rounded to the minor unit; `'halfEven'` when absent
 * @example
 * ```ts
 * import { deferRevenue, formatAmount, money, points, recogniseRedemptions, unwrap } from 'treue'
 *
 * const count = (n: number) => unwrap(points(n))
 * const sold = unwrap(deferRevenue(unwrap(money('9000', 'USD')), count(10_000)))
 * const second = unwrap(recogniseRedemptions(sold, { redeemed: count(4500), expectedRedemptions: count(9700) }))
 * formatAmount(second.revenue) // => '4175.26'
 * const third = { redeemed: count(4000), expectedRedemptions: count(9900) }
 * const { revenue, catchUp } = unwrap(recogniseRedemptions(second.deferred, third))
 * formatAmount(revenue) // => '3552.01'
 * formatAmount(catchUp) // => '-84.35'
 * ```
 */
export const recogniseRedemptions = (
  deferred: DeferredRevenue,
  period: RedemptionPeriod,
  mode: RoundingMode = 'halfEven',
): E.Either<ReadonlyNonEmptyArray<BreakageFault>, RecognisedRevenue> => {
  const [fault, ...more] = periodFaults(deferred, period)
  if (fault !== undefined) return E.left([fault, ...more])
  const { allocated, issued, recognised } = deferred
  const { currency } = allocated
  const redeemed = (deferred.redeemed + period.redeemed) as Points
  const restated = cumulative(allocated, deferred.redeemed, period.expectedRedemptions, mode)
  const minor = cumulative(allocated, redeemed, period.expectedRedemptions, mode)
  return E.right({
    revenue: { minor: minor - recognised.minor, currency },
    catchUp: { minor: restated - recognised.minor, currency },
    deferred: { allocated, issued, redeemed, recognised: { minor, currency }, released: false },
  })
}

/**
 * Makes revenue of all that is left, once nothing can be redeemed any more: the points have expired. `AlreadyReleased`
 * where that is done.
 *
 * @param deferred the state after the last period with redemptions
 * @example
 * ```ts
 * import { deferRevenue, formatAmount, money, points, releaseDeferredRevenue, unwrap } from 'treue'
 *
 * const sold = unwrap(deferRevenue(unwrap(money('9000', 'USD')), unwrap(points(10_000))))
 * formatAmount(unwrap(releaseDeferredRevenue(sold)).revenue) // => '9000.00'
 * ```
 */
export const releaseDeferredRevenue = (deferred: DeferredRevenue): E.Either<AlreadyReleased, RecognisedRevenue> => {
  if (deferred.released) return E.left(released)
  const { allocated, issued, redeemed, recognised } = deferred
  return E.right({
    revenue: { minor: allocated.minor - recognised.minor, currency: allocated.currency },
    catchUp: { minor: 0, currency: allocated.currency },
    deferred: { allocated, issued, redeemed, recognised: allocated, released: true },
  })
}

/**
 * What is still owed to customers: the part of the allocated money that is no revenue yet.
 *
 * @param deferred the state after a period
 * @example
 * ```ts
 * import { contractLiability, deferRevenue, formatAmount, money, points, unwrap } from 'treue'
 *
 * const sold = unwrap(deferRevenue(unwrap(money('9000', 'USD')), unwrap(points(10_000))))
 * formatAmount(contractLiability(sold)) // => '9000.00'
 * ```
 */
export const contractLiability = ({ allocated, recognised }: DeferredRevenue): Money => ({
  minor: allocated.minor - recognised.minor,
  currency: allocated.currency,
})

/**
 * Recognises several periods one after the other. The faults are those of {@link recogniseRedemptions}, of the first period
 * that has any, with its index.
 *
 * @param deferred the state before the first of them
 * @param periods in order of time
 * @param mode how the cumulative revenue is rounded to the minor unit; `'halfEven'` when absent
 * @example
 * ```ts
 * import { deferRevenue, formatAmount, money, points, recognisePeriods, unwrap } from 'treue'
 *
 * const count = (n: number) => unwrap(points(n))
 * const sold = unwrap(deferRevenue(unwrap(money('9000', 'USD')), count(10_000)))
 * const periods = [
 *   { redeemed: count(4500), expectedRedemptions: count(9700) },
 *   { redeemed: count(4000), expectedRedemptions: count(9200) },
 * ]
 * unwrap(recognisePeriods(sold, periods)).map(({ revenue }) => formatAmount(revenue)) // => ['4175.26', '4139.96']
 * ```
 */
export const recognisePeriods = (
  deferred: DeferredRevenue,
  periods: ReadonlyArray<RedemptionPeriod>,
  mode: RoundingMode = 'halfEven',
): E.Either<ReadonlyNonEmptyArray<BreakageFault>, ReadonlyArray<RecognisedRevenue>> => {
  const recognised: Array<RecognisedRevenue> = []
  let state = deferred
  for (const [index, period] of periods.entries()) {
    const result = recogniseRedemptions(state, period, mode)
    if (result._tag === 'Left') {
      const [first, ...more] = result.left
      const at = (fault: BreakageFault): BreakageFault => ({ ...fault, path: [index, ...fault.path] })
      return E.left([at(first), ...more.map(at)])
    }
    recognised.push(result.right)
    state = result.right.deferred
  }
  return E.right(recognised)
}
