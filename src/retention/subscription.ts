// A subscription as the spans of its recurring revenue: trials, changes of plan, discounts, pauses, and when it ends.

import type { Either } from 'fp-ts/Either'
import {
  type CivilDate,
  type CivilPeriod,
  type InvalidValue,
  invalidValue,
  type Money,
  type OutOfRange,
  type RoundingMode,
} from '../foundation/index.ts'
import type { CustomerSpan } from './customer-run.ts'
import { aDate, isDay } from './purchase-log.ts'
import { monthlyRecurring, type RecurringDiscount, type RecurringPrice } from './recurring-price.ts'

/** Days over which a customer's recurring revenue stays the same. */
export interface RevenueSpan extends CustomerSpan {
  /** Monthly recurring revenue of these days. */
  readonly monthly: Money
  /** Paused: nothing is paid, and `monthly` doesn't count. `false` when absent. */
  readonly paused?: boolean
}

/** A price from a day on. */
export interface DatedPrice {
  readonly from: CivilDate
  readonly price: RecurringPrice
}

/** A discount of some days, or for good. */
export interface DatedDiscount extends RecurringDiscount {
  readonly from: CivilDate
  /** The first day without it; `null` for good. */
  readonly until: CivilDate | null
}

/** How a subscription ended. */
export interface SubscriptionEnd {
  /** When it was cancelled, or given up for want of payment. */
  readonly cancelledOn: CivilDate
  /** The first day that isn't paid for. */
  readonly paidUntil: CivilDate
  /** When the last payment was given back in full. */
  readonly refundedOn?: CivilDate
  readonly reason?: CustomerSpan['reason']
}

/** One subscription of one customer. Each list has at most 1,000 entries. */
export interface Subscription {
  readonly customer: string
  /** What is charged from when on, in order of time, the first from the first paid day or the first day of the trial. */
  readonly prices: ReadonlyArray<DatedPrice>
  /** The first day that is charged, where there is a trial before it: no revenue and no customer until then. */
  readonly trialUntil?: CivilDate
  readonly discounts?: ReadonlyArray<DatedDiscount>
  readonly pauses?: ReadonlyArray<CivilPeriod>
  readonly end?: SubscriptionEnd
}

/** What products dispute about recurring revenue. */
export interface SubscriptionPolicy {
  /**
   * `'periodEnd'` when absent (ProfitWell, Polar): a customer is one as long as they have paid; `'cancellation'` takes the
   * day of the cancellation (Stripe).
   */
  readonly ends?: 'periodEnd' | 'cancellation'
  /** `'all'` when absent (ProfitWell); `'lasting'` takes off only those for good (Stripe). */
  readonly discounts?: 'all' | 'lasting'
  /**
   * `'ignored'` when absent: a refund is no recurring revenue, and the customer leaves as otherwise. `'end'` ends what was
   * given back in full on the day of the refund.
   */
  readonly refunds?: 'ignored' | 'end'
  /** How the monthly amount of each span is rounded; `'halfEven'` when absent. */
  readonly rounding?: RoundingMode
}

/**
 * The first day on which a subscription is no longer counted.
 *
 * @param end when it was cancelled, until when it is paid, when it was refunded
 * @param policy see {@link SubscriptionPolicy}
 * @example
 * ```ts
 * import { formatCivilDate, parseCivilDate, subscriptionEndsOn, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const end = { cancelledOn: date('2026-06-08'), paidUntil: date('2026-06-15') }
 * formatCivilDate(subscriptionEndsOn(end)) // => '2026-06-15'
 * formatCivilDate(subscriptionEndsOn(end, { ends: 'cancellation' })) // => '2026-06-08'
 * ```
 */
export const subscriptionEndsOn = (end: SubscriptionEnd, policy: SubscriptionPolicy = {}): CivilDate => {
  const { ends = 'periodEnd', refunds = 'ignored' } = policy
  const day = ends === 'periodEnd' ? end.paidUntil : end.cancelledOn
  return refunds === 'end' && end.refundedOn !== undefined && end.refundedOn < day ? end.refundedOn : day
}

type Faults = Array<InvalidValue | OutOfRange>

const longestList = 1000

const requireDay = (faults: Faults, path: ReadonlyArray<string | number>, day: CivilDate | undefined): void => {
  if (day !== undefined && !isDay(day)) faults.push(invalidValue(path, day, aDate))
}

const requireSpan = (
  faults: Faults,
  path: ReadonlyArray<string | number>,
  from: CivilDate,
  until: CivilDate | null,
): void => {
  if (!isDay(from)) faults.push(invalidValue([...path, 'from'], from, aDate))
  else if (until !== null && !(isDay(until) && until > from)) {
    faults.push(invalidValue([...path, 'until'], until, 'a later date than from'))
  }
}

const requirePrices = (faults: Faults, prices: ReadonlyArray<DatedPrice>): void => {
  prices.forEach(({ from, price }, index) => {
    const before = prices[index - 1]
    if (!isDay(from) || (before !== undefined && from <= before.from)) {
      faults.push(invalidValue(['prices', index, 'from'], from, 'a date after the one before'))
    }
    if (price.amount.currency !== prices[0]?.price.amount.currency) {
      faults.push(invalidValue(['prices', index, 'price', 'amount'], price.amount, 'the currency of the first price'))
    }
  })
}

const faultsOf = (subscription: Subscription): Faults => {
  const { customer, prices, discounts = [], pauses = [], trialUntil, end } = subscription
  const faults: Faults = []
  if (typeof customer !== 'string' || customer === '') {
    faults.push(invalidValue(['customer'], customer, 'an id that is not empty'))
  }
  for (const [name, list] of Object.entries({ prices, discounts, pauses })) {
    if (list.length > longestList) faults.push(invalidValue([name], list, `at most ${longestList}`))
  }
  if (prices.length === 0) faults.push(invalidValue(['prices'], prices, 'at least one price'))
  if (faults.length > 0) return faults
  requirePrices(faults, prices)
  requireDay(faults, ['trialUntil'], trialUntil)
  discounts.forEach(({ from, until }, index) => {
    requireSpan(faults, ['discounts', index], from, until)
  })
  pauses.forEach(({ from, until }, index) => {
    requireSpan(faults, ['pauses', index], from, until)
  })
  for (const name of ['cancelledOn', 'paidUntil', 'refundedOn'] as const) requireDay(faults, ['end', name], end?.[name])
  return faults
}

/** The days on which anything changes, in order of time, from the first charged day to before the end. */
const changeDays = (subscription: Subscription, from: CivilDate, until: number): ReadonlyArray<CivilDate> => {
  const { prices, discounts = [], pauses = [] } = subscription
  const days = [
    from,
    ...prices.map((price) => price.from),
    ...discounts.flatMap((discount) => (discount.until === null ? [discount.from] : [discount.from, discount.until])),
    ...pauses.flatMap((pause) => [pause.from, pause.until]),
  ]
  return Array.from(new Set(days.filter((day) => day >= from && day < until))).sort((a, b) => a - b)
}

const holds = ({ from, until }: { readonly from: number; readonly until: number | null }, day: number): boolean =>
  from <= day && (until === null || until > day)

const monthlyOn = (
  { prices, discounts = [] }: Subscription,
  policy: SubscriptionPolicy,
  day: CivilDate,
): Either<InvalidValue | OutOfRange, Money> => {
  const at = prices.reduce((last, { from }, index) => (from <= day ? index : last), 0)
  const { price } = prices[at] as DatedPrice
  const held = discounts.filter(
    (discount) => holds(discount, day) && (policy.discounts !== 'lasting' || discount.until === null),
  )
  const monthly = monthlyRecurring(price, held, policy.rounding)
  return monthly._tag === 'Left'
    ? { _tag: 'Left', left: { ...monthly.left, path: ['prices', at, 'price', ...monthly.left.path] } }
    : monthly
}

const spanOf = (
  subscription: Subscription,
  days: ReadonlyArray<CivilDate>,
  index: number,
  last: CivilDate | null,
  monthly: Money,
): RevenueSpan => {
  const { customer, pauses = [], end } = subscription
  const from = days[index] as CivilDate
  const until = days[index + 1] ?? last
  const paused = pauses.some((pause) => holds(pause, from))
  const reason = until === last ? end?.reason : undefined
  return { customer, from, until, monthly, ...(paused ? { paused } : {}), ...(reason === undefined ? {} : { reason }) }
}

/**
 * The spans of a subscription's recurring revenue, in order of time: the trial is left out, every change of the price, the
 * discounts and the pauses begins a span, and the last one ends with what was paid, or as the policy says.
 *
 * @param subscription see {@link Subscription}
 * @param policy see {@link SubscriptionPolicy}
 * @returns no span where it ended in its trial; `InvalidValue` for everything that is wrong with the subscription, with its
 * path; `OutOfRange` where a monthly amount isn't exact.
 * @example
 * ```ts
 * import { formatAmount, formatCivilDate, money, parseCivilDate, subscriptionSpans, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const price = (amount: string) => ({ amount: unwrap(money(amount, 'EUR')), every: { unit: 'month', count: 1 } }) as const
 * const spans = subscriptionSpans({
 *   customer: 'ann',
 *   prices: [{ from: date('2026-01-01'), price: price('10') }, { from: date('2026-03-15'), price: price('25') }],
 *   trialUntil: date('2026-02-01'),
 *   end: { cancelledOn: date('2026-05-02'), paidUntil: date('2026-05-15') },
 * })
 * unwrap(spans).map(({ from, monthly }) => `${formatCivilDate(from)}: ${formatAmount(monthly)}`)
 * // => ['2026-02-01: 10.00', '2026-03-15: 25.00']
 * ```
 */
export const subscriptionSpans = (
  subscription: Subscription,
  policy: SubscriptionPolicy = {},
): Either<ReadonlyArray<InvalidValue | OutOfRange>, ReadonlyArray<RevenueSpan>> => {
  const faults = faultsOf(subscription)
  if (faults.length > 0) return { _tag: 'Left', left: faults }
  const { prices, trialUntil, end } = subscription
  const begins = (prices[0] as DatedPrice).from
  const from = trialUntil !== undefined && trialUntil > begins ? trialUntil : begins
  const last = end === undefined ? null : subscriptionEndsOn(end, policy)
  const days = changeDays(subscription, from, last ?? Number.POSITIVE_INFINITY)
  const spans: Array<RevenueSpan> = []
  for (const [index, day] of days.entries()) {
    const monthly = monthlyOn(subscription, policy, day)
    if (monthly._tag === 'Left') return { _tag: 'Left', left: [monthly.left] }
    spans.push(spanOf(subscription, days, index, last, monthly.right))
  }
  return { _tag: 'Right', right: spans }
}
