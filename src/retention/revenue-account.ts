// A period's account of recurring revenue, and the rates that come out of it.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  structCodec,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'
import type { CustomerMoves, RevenueMovements } from './revenue-movement.ts'
import { type UnboundedValue, unboundedValue } from './unbounded-value.ts'

/** Recurring revenue of all customers of a period, and how many they are. */
export interface RevenueAccount extends RevenueMovements, CustomerMoves {}

const amount: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })
const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })

/** The amounts that make a movement ledger, in the order in which they are shown. */
export const movementNames = [
  'start',
  'currencyEffect',
  'new',
  'expansion',
  'reactivation',
  'contraction',
  'churn',
  'end',
] as const

const customerNames = [
  'startCustomers',
  'newCustomers',
  'reactivatedCustomers',
  'churnedCustomers',
  'endCustomers',
] as const

const closingOf = (by: RevenueMovements): number =>
  by.start + by.currencyEffect + by.new + by.expansion + by.reactivation - by.contraction - by.churn

const accountFaults = (account: RevenueAccount): ReadonlyArray<InvalidValue> => {
  const end = closingOf(account)
  const { startCustomers, newCustomers, reactivatedCustomers, churnedCustomers, endCustomers } = account
  const customers = startCustomers + newCustomers + reactivatedCustomers - churnedCustomers
  const most = account.start + account.currencyEffect
  return [
    ...(account.end === end ? [] : [invalidValue(['end'], account.end, `${end}, as the movements have it`)]),
    ...(endCustomers === customers
      ? []
      : [invalidValue(['endCustomers'], endCustomers, `${customers}, as the movements have it`)]),
    ...(account.churn + account.contraction <= most
      ? []
      : [invalidValue(['churn'], account.churn, `at most ${most - account.contraction}`)]),
    ...(churnedCustomers <= startCustomers
      ? []
      : [invalidValue(['churnedCustomers'], churnedCustomers, `at most ${startCustomers}`)]),
  ]
}

/**
 * Reads a {@link RevenueAccount}, which must close.
 *
 * @example
 * ```ts
 * import { decode, RevenueAccount, revenueAccountMonoid } from 'treue'
 *
 * decode(RevenueAccount, revenueAccountMonoid.empty)._tag // => 'Right'
 * decode(RevenueAccount, { ...revenueAccountMonoid.empty, end: 1 })._tag // => 'Left'
 * ```
 */
export const RevenueAccount: Codec<RevenueAccount> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('RevenueAccount', {
    start: amount,
    currencyEffect: /* @__PURE__ */ integerCodec({}),
    new: amount,
    expansion: amount,
    reactivation: amount,
    contraction: amount,
    churn: amount,
    end: amount,
    startCustomers: count,
    newCustomers: count,
    reactivatedCustomers: count,
    churnedCustomers: count,
    endCustomers: count,
  }),
  accountFaults,
)

const emptyAccount: RevenueAccount = {
  start: 0,
  currencyEffect: 0,
  new: 0,
  expansion: 0,
  reactivation: 0,
  contraction: 0,
  churn: 0,
  end: 0,
  startCustomers: 0,
  newCustomers: 0,
  reactivatedCustomers: 0,
  churnedCustomers: 0,
  endCustomers: 0,
}

const addAccounts = (first: RevenueAccount, second: RevenueAccount): RevenueAccount => {
  const sum = { ...emptyAccount }
  for (const name of [...movementNames, ...customerNames]) sum[name] = first[name] + second[name]
  return sum
}

/**
 * Merges the accounts of one period, in one currency, of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { revenueAccountMonoid } from 'treue'
 *
 * const { empty, concat } = revenueAccountMonoid
 * const shard = { ...empty, new: 500, end: 500, newCustomers: 1, endCustomers: 1 }
 * concat(shard, shard).end // => 1000
 * ```
 */
export const revenueAccountMonoid: Monoid<RevenueAccount> = { empty: emptyAccount, concat: addAccounts }

/** Which share of the opening's revenue stayed. */
export interface RevenueRetention {
  /** The opening's revenue at the closing's exchange rates, which all rates are of. */
  readonly base: number
  /** Gross revenue retention: what the opening's customers still pay of it, each at most what they paid; at most 1. */
  readonly gross: number
  /** Net revenue retention: what they pay at the closing; above 1 where expansion outweighs losses. */
  readonly net: number
  /** `1 − gross` */
  readonly grossChurn: number
  /** `1 − net`; below 0 where expansion outweighs losses. */
  readonly netChurn: number
  /** `netChurn` less reactivations, as ChartMogul counts it. They are in no other rate. */
  readonly netChurnWithReactivation: number
}

/**
 * Gross and net revenue retention of an account, at constant currency.
 *
 * @param account from {@link revenueReport} or merged by {@link revenueAccountMonoid}
 * @returns `ZeroDenominator` without revenue at the opening.
 * @example
 * ```ts
 * import { revenueAccountMonoid, revenueRetention, unwrap } from 'treue'
 *
 * const account = { ...revenueAccountMonoid.empty, start: 100, churn: 10, contraction: 10, expansion: 10, end: 90 }
 * const { gross, net } = unwrap(revenueRetention(account))
 * gross // => 0.8
 * net // => 0.9
 * ```
 */
export const revenueRetention = (account: RevenueMovements): Either<ZeroDenominator, RevenueRetention> => {
  const { start, currencyEffect, expansion, contraction, churn, reactivation } = account
  const base = start + currencyEffect
  if (base === 0) return { _tag: 'Left', left: zeroDenominator(['start'], 'revenue at the opening') }
  const lost = churn + contraction
  return {
    _tag: 'Right',
    right: {
      base,
      gross: (base - lost) / base,
      net: (base - lost + expansion) / base,
      grossChurn: lost / base,
      netChurn: (lost - expansion) / base,
      netChurnWithReactivation: (lost - expansion - reactivation) / base,
    },
  }
}

/**
 * The share of the opening's customers who are none at the closing.
 *
 * @param account from {@link revenueReport} or merged by {@link revenueAccountMonoid}
 * @returns `ZeroDenominator` without customers at the opening.
 * @example
 * ```ts
 * import { logoChurn, revenueAccountMonoid, unwrap } from 'treue'
 *
 * unwrap(logoChurn({ ...revenueAccountMonoid.empty, startCustomers: 8, churnedCustomers: 2, endCustomers: 6 })) // => 0.25
 * ```
 */
export const logoChurn = (account: RevenueAccount): Either<ZeroDenominator, number> =>
  account.startCustomers === 0
    ? { _tag: 'Left', left: zeroDenominator(['startCustomers'], 'customers at the opening') }
    : { _tag: 'Right', right: account.churnedCustomers / account.startCustomers }

/** How much came for each that was lost. */
export interface RevenueQuickRatio {
  /** New, expansion and reactivation, less churn and contraction. */
  readonly netNew: number
  /** (new + expansion + reactivation) / (churn + contraction) */
  readonly ratio: number
}

/**
 * The quick ratio of recurring revenue: what came by what was lost.
 *
 * @param account from {@link revenueReport} or merged by {@link revenueAccountMonoid}
 * @returns `UnboundedValue` where nothing was lost and something came, `ZeroDenominator` where nothing moved at all.
 * @example
 * ```ts
 * import { revenueAccountMonoid, revenueQuickRatio, unwrap } from 'treue'
 *
 * const account = { ...revenueAccountMonoid.empty, new: 500, expansion: 100, churn: 150, contraction: 50 }
 * unwrap(revenueQuickRatio(account)) // => { netNew: 400, ratio: 3 }
 * ```
 */
export const revenueQuickRatio = (
  account: RevenueMovements,
): Either<UnboundedValue | ZeroDenominator, RevenueQuickRatio> => {
  const gained = account.new + account.expansion + account.reactivation
  const lost = account.churn + account.contraction
  if (lost > 0) return { _tag: 'Right', right: { netNew: gained - lost, ratio: gained / lost } }
  return gained > 0
    ? { _tag: 'Left', left: unboundedValue(['churn'], 'losses: without any the ratio has no end') }
    : { _tag: 'Left', left: zeroDenominator(['churn'], 'losses') }
}

/** Churn as the sum of each day's. */
export interface DailySumChurn {
  readonly gross: number
  readonly net: number
}

/**
 * Revenue churn as the sum of each day's rate, as Shopify's apps have it; the days are not compounded.
 *
 * @param days accounts of consecutive days; one without revenue at its opening adds nothing
 * @returns `ZeroDenominator` where no day has revenue at its opening.
 * @example
 * ```ts
 * import { dailySumRevenueChurn, revenueAccountMonoid, unwrap } from 'treue'
 *
 * const day = { ...revenueAccountMonoid.empty, start: 100, churn: 5, end: 95 }
 * unwrap(dailySumRevenueChurn([day])) // => { gross: 0.05, net: 0.05 }
 * ```
 */
export const dailySumRevenueChurn = (days: ReadonlyArray<RevenueMovements>): Either<ZeroDenominator, DailySumChurn> => {
  const rates = days.flatMap((day) => {
    const retention = revenueRetention(day)
    return retention._tag === 'Left' ? [] : [retention.right]
  })
  if (rates.length === 0) return { _tag: 'Left', left: zeroDenominator([], 'a day with revenue at its opening') }
  return {
    _tag: 'Right',
    right: {
      gross: rates.reduce((sum, { grossChurn }) => sum + grossChurn, 0),
      net: rates.reduce((sum, { netChurn }) => sum + netChurn, 0),
    },
  }
}
