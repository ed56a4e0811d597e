// Every churn rate that is in use, out of one account of customers.

import type { Either } from 'fp-ts/Either'
import {
  type EmptySample,
  emptySample,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'
import type { CustomerAccount } from './customer-account.ts'
import type { ChurnDenominator } from './customer-retention.ts'

/**
 * A way to count churn: by a {@link ChurnDenominator}, or as the sum of each day's lost customers by those of the day
 * before (Shopify).
 */
export type ChurnDefinition = ChurnDenominator | 'dailySum'

/** A churn rate that says what it is a ratio of. */
export interface AccountChurn {
  readonly definition: ChurnDefinition
  /** Counted as lost by that definition. */
  readonly lost: number
  /** What they are divided by; of a sum over days, the customers of the opening. */
  readonly base: number
  readonly rate: number
}

type ChurnParts = Omit<AccountChurn, 'definition' | 'rate'>

const allLost = ({ lost, joinedLost, reactivatedLost }: CustomerAccount): number => lost + joinedLost + reactivatedLost

const partsOf = (account: CustomerAccount, definition: ChurnDenominator): ChurnParts => {
  const { start, joined, reactivated, end, lost, lostReturned } = account
  switch (definition) {
    case 'start':
      return { lost: allLost(account), base: start }
    case 'startPlusNew':
      return { lost: allLost(account), base: start + joined + reactivated }
    case 'average':
      return { lost: allLost(account), base: (start + end) / 2 }
    case 'opening':
      return { lost, base: start }
    case 'existing':
      return { lost: lost - lostReturned, base: start }
  }
}

const dailySum = ({ start, startByDay, lostByDay }: CustomerAccount): Either<ZeroDenominator, AccountChurn> => {
  if (!startByDay.some((customers) => customers > 0)) {
    return { _tag: 'Left', left: zeroDenominator(['startByDay'], 'a day with customers') }
  }
  const rate = lostByDay.reduce((sum, lost, day) => (lost === 0 ? sum : sum + lost / (startByDay[day] ?? lost)), 0)
  const lost = lostByDay.reduce((sum, count) => sum + count, 0)
  return { _tag: 'Right', right: { definition: 'dailySum', lost, base: start, rate } }
}

/**
 * Customer churn of a period by a named definition.
 *
 * @param account from {@link customerAccount} or merged by {@link customerAccountMonoid}
 * @param definition `'opening'` when absent: customers of a fixed set who went, so that the rate is from 0 to 1; joiners
 * who went as well stand apart in the account
 * @returns `ZeroDenominator` where there is nobody to lose by that definition.
 * @example
 * ```ts
 * import { accountChurn, customerAccountMonoid, unwrap } from 'treue'
 *
 * const account = { ...customerAccountMonoid.empty, start: 100, joined: 20, joinedLost: 1, lost: 11, end: 108 }
 * unwrap(accountChurn(account)).rate // => 0.11
 * unwrap(accountChurn(account, 'start')).rate // => 0.12
 * unwrap(accountChurn(account, 'startPlusNew')).rate // => 0.1
 * ```
 */
export const accountChurn = (
  account: CustomerAccount,
  definition: ChurnDefinition = 'opening',
): Either<ZeroDenominator, AccountChurn> => {
  if (definition === 'dailySum') return dailySum(account)
  const { lost, base } = partsOf(account, definition)
  return base === 0
    ? { _tag: 'Left', left: zeroDenominator([definition], 'customers to lose') }
    : { _tag: 'Right', right: { definition, lost, base, rate: lost / base } }
}

/** Who of the opening stayed, and why the others went. */
export interface AccountRetention {
  /** Customers of the opening who never went. */
  readonly retained: number
  /** `retained / start`; who came back is not in it. */
  readonly retentionRate: number
  readonly voluntaryChurnRate: number
  readonly involuntaryChurnRate: number
  /** Of those who went for a reason that isn't known. */
  readonly unexplainedChurnRate: number
  /** Came back in the period, by customers at the opening: beside retention, never in it. */
  readonly reactivationRate: number
}

/**
 * Which share of the opening's customers stayed, with churn by its reason.
 *
 * @param account from {@link customerAccount} or merged by {@link customerAccountMonoid}
 * @returns `ZeroDenominator` without customers at the opening. Retention and the three churn rates sum to 1.
 * @example
 * ```ts
 * import { accountRetention, customerAccountMonoid, unwrap } from 'treue'
 *
 * const account = { ...customerAccountMonoid.empty, start: 10, lost: 4, lostVoluntary: 1, lostInvoluntary: 2, end: 6 }
 * unwrap(accountRetention(account)).retentionRate // => 0.6
 * unwrap(accountRetention(account)).involuntaryChurnRate // => 0.2
 * ```
 */
export const accountRetention = (account: CustomerAccount): Either<ZeroDenominator, AccountRetention> => {
  const { start, lost, lostVoluntary, lostInvoluntary, lostReturned, reactivated } = account
  if (start === 0) return { _tag: 'Left', left: zeroDenominator(['start'], 'customers at the opening') }
  const rates: AccountRetention = {
    retained: start - lost,
    retentionRate: (start - lost) / start,
    voluntaryChurnRate: lostVoluntary / start,
    involuntaryChurnRate: lostInvoluntary / start,
    unexplainedChurnRate: (lost - lostVoluntary - lostInvoluntary) / start,
    reactivationRate: (lostReturned + reactivated) / start,
  }
  return { _tag: 'Right', right: rates }
}

/**
 * A churn rate of one length of time as that of another: 1 − (1 − rate)^(to / from), since who has gone can't go again.
 * Dividing the rate by the number of months makes it too small.
 *
 * @param rate from 0 to 1, of a fixed set of customers
 * @param lengths both in one unit, such as 6 and 1 for six months to one
 * @returns `OutOfRange` for a rate that isn't from 0 to 1 or a length that isn't above 0.
 * @example
 * ```ts
 * import { convertChurnRate, unwrap } from 'treue'
 *
 * unwrap(convertChurnRate(0.0785, { from: 6, to: 1 })).toFixed(5) // => '0.01353'
 * ```
 */
export const convertChurnRate = (
  rate: number,
  lengths: { readonly from: number; readonly to: number },
): Either<OutOfRange, number> => {
  const { from, to } = lengths
  if (!(rate >= 0 && rate <= 1)) return { _tag: 'Left', left: outOfRange(['rate'], rate, 'a rate from 0 to 1') }
  for (const name of ['from', 'to'] as const) {
    const length = lengths[name]
    if (!(length > 0 && length < Number.POSITIVE_INFINITY)) {
      return { _tag: 'Left', left: outOfRange([name], length, 'a length above 0') }
    }
  }
  return { _tag: 'Right', right: rate === 1 ? 1 : -Math.expm1(Math.log1p(-rate) * (to / from)) }
}

/** What the churn of several periods averages to. */
export interface AverageChurn {
  /** Of all periods together: lost by bases. A period with more customers weighs more. */
  readonly pooled: number
  /** Each period's rate counted once. */
  readonly simpleMean: number
}

/**
 * The average churn of several periods.
 *
 * @param periods lost and what they are divided by, such as from {@link accountChurn}
 * @returns `EmptySample` without periods, `ZeroDenominator` for the first period with base 0.
 * @example
 * ```ts
 * import { averageChurn, unwrap } from 'treue'
 *
 * const { pooled, simpleMean } = unwrap(averageChurn([{ lost: 10, base: 100 }, { lost: 0, base: 300 }]))
 * pooled // => 0.025
 * simpleMean // => 0.05
 * ```
 */
export const averageChurn = (
  periods: ReadonlyArray<{ readonly lost: number; readonly base: number }>,
): Either<EmptySample | ZeroDenominator, AverageChurn> => {
  if (periods.length === 0) return { _tag: 'Left', left: emptySample([], 'at least one period') }
  const empty = periods.findIndex(({ base }) => base === 0)
  if (empty >= 0) return { _tag: 'Left', left: zeroDenominator([empty, 'base'], 'customers to lose') }
  const sum = (value: (period: { readonly lost: number; readonly base: number }) => number): number =>
    periods.reduce((total, period) => total + value(period), 0)
  const [lost, base] = [sum((period) => period.lost), sum((period) => period.base)]
  return {
    _tag: 'Right',
    right: { pooled: lost / base, simpleMean: sum((period) => period.lost / period.base) / periods.length },
  }
}
