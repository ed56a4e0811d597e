// A period's account of customers: how many there were at its opening, who came and went, how many there are at its
// closing. Every churn rate that is in use is had from these counts.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type CivilPeriod,
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  structCodec,
} from '../foundation/index.ts'
import { addCounts } from './add-counts.ts'
import { type ChurnReason, type CustomerRun, type CustomerSpan, runsByCustomer, spanFaults } from './customer-run.ts'
import { isDay, isNonEmpty, type PurchaseFaults } from './purchase-log.ts'

/**
 * Customers of a period, counted; each is in exactly one of the first three groups.
 *
 * `end = start − lost + lostReturned + joined − joinedLost + reactivated − reactivatedLost`
 */
export interface CustomerAccount {
  /** Customers at the opening: on the day before the period. */
  readonly start: number
  /** Became a customer for the first time in the period. */
  readonly joined: number
  /** Had been a customer before, wasn't at the opening, and became one again. */
  readonly reactivated: number
  /** Of those at the opening, who went, even if they came back. */
  readonly lost: number
  /** Of `lost`, because they wanted to. */
  readonly lostVoluntary: number
  /** Of `lost`, because a payment failed. */
  readonly lostInvoluntary: number
  /** Of `lost`, who are customers again at the closing. */
  readonly lostReturned: number
  /** Of `joined`, who are no customers at the closing. */
  readonly joinedLost: number
  /** Of `reactivated`, who are no customers at the closing. */
  readonly reactivatedLost: number
  /** Customers at the closing: on the period's last day. */
  readonly end: number
  /** Of each day of the period, customers on the day before. */
  readonly startByDay: ReadonlyArray<number>
  /** Of each day of the period, who of them went. */
  readonly lostByDay: ReadonlyArray<number>
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })
const counts: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(count)

const balanceOf = (account: Omit<CustomerAccount, 'end' | 'startByDay' | 'lostByDay'>): number =>
  account.start -
  account.lost +
  account.lostReturned +
  account.joined -
  account.joinedLost +
  account.reactivated -
  account.reactivatedLost

const atMost = (
  account: CustomerAccount,
  part: keyof CustomerAccount,
  value: number,
  most: number,
): ReadonlyArray<InvalidValue> => (value <= most ? [] : [invalidValue([part], account[part], `at most ${most}`)])

const dayFaults = ({ start, startByDay, lostByDay }: CustomerAccount): ReadonlyArray<InvalidValue> => {
  if (startByDay.length !== lostByDay.length) {
    return [invalidValue(['lostByDay'], lostByDay, `${startByDay.length} counts, one for each day`)]
  }
  return [
    ...(startByDay.length === 0 || startByDay[0] === start
      ? []
      : [invalidValue(['startByDay', 0], startByDay[0], `the ${start} customers of the opening`)]),
    ...lostByDay.flatMap((lost, day) =>
      lost <= (startByDay[day] as number) ? [] : [invalidValue(['lostByDay', day], lost, `at most ${startByDay[day]}`)],
    ),
  ]
}

const accountFaults = (account: CustomerAccount): ReadonlyArray<InvalidValue> => [
  ...(account.end === balanceOf(account)
    ? []
    : [invalidValue(['end'], account.end, `${balanceOf(account)}, as the other counts have it`)]),
  ...atMost(account, 'lost', account.lost, account.start),
  ...atMost(account, 'lostReturned', account.lostReturned, account.lost),
  ...atMost(account, 'lostVoluntary', account.lostVoluntary + account.lostInvoluntary, account.lost),
  ...atMost(account, 'joinedLost', account.joinedLost, account.joined),
  ...atMost(account, 'reactivatedLost', account.reactivatedLost, account.reactivated),
  ...dayFaults(account),
]

/**
 * Reads a {@link CustomerAccount}, whose counts must agree with each other.
 *
 * @example
 * ```ts
 * import { CustomerAccount, customerAccountMonoid, decode } from 'treue'
 *
 * decode(CustomerAccount, customerAccountMonoid.empty)._tag // => 'Right'
 * decode(CustomerAccount, { ...customerAccountMonoid.empty, end: 1 })._tag // => 'Left'
 * ```
 */
export const CustomerAccount: Codec<CustomerAccount> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('CustomerAccount', {
    start: count,
    joined: count,
    reactivated: count,
    lost: count,
    lostVoluntary: count,
    lostInvoluntary: count,
    lostReturned: count,
    joinedLost: count,
    reactivatedLost: count,
    end: count,
    startByDay: counts,
    lostByDay: counts,
  }),
  accountFaults,
)

/**
 * Merges the accounts of one period of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { customerAccountMonoid } from 'treue'
 *
 * const { empty, concat } = customerAccountMonoid
 * const shard = { ...empty, joined: 2, end: 2 }
 * concat(shard, shard).end // => 4
 * ```
 */
export const customerAccountMonoid: Monoid<CustomerAccount> = {
  empty: {
    start: 0,
    joined: 0,
    reactivated: 0,
    lost: 0,
    lostVoluntary: 0,
    lostInvoluntary: 0,
    lostReturned: 0,
    joinedLost: 0,
    reactivatedLost: 0,
    end: 0,
    startByDay: [],
    lostByDay: [],
  },
  concat: (first, second) => ({
    start: first.start + second.start,
    joined: first.joined + second.joined,
    reactivated: first.reactivated + second.reactivated,
    lost: first.lost + second.lost,
    lostVoluntary: first.lostVoluntary + second.lostVoluntary,
    lostInvoluntary: first.lostInvoluntary + second.lostInvoluntary,
    lostReturned: first.lostReturned + second.lostReturned,
    joinedLost: first.joinedLost + second.joinedLost,
    reactivatedLost: first.reactivatedLost + second.reactivatedLost,
    end: first.end + second.end,
    startByDay: addCounts(first.startByDay, second.startByDay),
    lostByDay: addCounts(first.lostByDay, second.lostByDay),
  }),
}

interface AccountTally {
  start: number
  joined: number
  reactivated: number
  lost: number
  lostVoluntary: number
  lostInvoluntary: number
  lostReturned: number
  joinedLost: number
  reactivatedLost: number
  end: number
  /** What changes in the number of customers from each day to the next; summed up at the end. */
  readonly change: Array<number>
  readonly lostByDay: Array<number>
}

const tallyDays = (tally: AccountTally, { from, until }: CivilPeriod, run: CustomerRun): void => {
  const days = until - from
  const first = Math.max(0, run.from - from + 1)
  const end = run.until - from + 1
  if (first >= days || end <= 0) return
  tally.change[first] = (tally.change[first] as number) + 1
  if (end < days) tally.change[end] = (tally.change[end] as number) - 1
  if (end >= 1 && end <= days) tally.lostByDay[end - 1] = (tally.lostByDay[end - 1] as number) + 1
}

const tallyLost = (tally: AccountTally, reason: ChurnReason | null, stays: boolean): void => {
  tally.lost += 1
  if (reason === 'voluntary') tally.lostVoluntary += 1
  if (reason === 'involuntary') tally.lostInvoluntary += 1
  if (stays) tally.lostReturned += 1
}

const tallyArrival = (tally: AccountTally, isNew: boolean, stays: boolean): void => {
  tally[isNew ? 'joined' : 'reactivated'] += 1
  if (!stays) tally[isNew ? 'joinedLost' : 'reactivatedLost'] += 1
}

/** Runs in order of time: at most one holds the day before the period, at most one its last day. */
const tallyCustomer = (tally: AccountTally, period: CivilPeriod, runs: ReadonlyArray<CustomerRun>): void => {
  const { from, until } = period
  const opening = runs.find((run) => run.from < from && run.until >= from)
  const arrival = runs.find((run) => run.from >= from && run.from < until)
  const stays = runs.some((run) => run.from < until && run.until >= until)
  for (const run of runs) tallyDays(tally, period, run)
  if (stays) tally.end += 1
  if (opening !== undefined) {
    tally.start += 1
    if (opening.until < until) tallyLost(tally, opening.reason, stays)
  } else if (arrival !== undefined) tallyArrival(tally, arrival === runs[0], stays)
}

const longestPeriod = 3660

const periodFaults = (period: CivilPeriod): ReadonlyArray<InvalidValue> => {
  const { from, until } = period
  return isDay(from) && isDay(until) && until > from && until - from <= longestPeriod
    ? []
    : [invalidValue(['period'], period, `a date and a later one, at most ${longestPeriod} days after it`)]
}

/**
 * Counts the customers of a period: opening, movements and closing.
 *
 * Somebody who goes on a day and comes back on the same has never been away. The reason is that of the span that ended last.
 *
 * @param spans all spans of each customer up to the period's end, in any order; what begins later changes nothing
 * @param period at most 3,660 days
 * @returns `InvalidValue` for everything that is wrong with a span or the period, with its path.
 * @example
 * ```ts
 * import { customerAccount, parseCivilDate, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const spans = [
 *   { customer: 'ann', from: date('2025-06-01'), until: null },
 *   { customer: 'bob', from: date('2025-06-01'), until: date('2026-01-10'), reason: 'involuntary' },
 *   { customer: 'cem', from: date('2026-01-05'), until: date('2026-01-20') },
 * ] as const
 * const account = unwrap(customerAccount(spans, { from: date('2026-01-01'), until: date('2026-02-01') }))
 * const { start, lost, lostInvoluntary, joined, joinedLost, end } = account
 * ;[start, lost, lostInvoluntary, joined, joinedLost, end] // => [2, 1, 1, 1, 1, 1]
 * ```
 */
export const customerAccount = (
  spans: ReadonlyArray<CustomerSpan>,
  period: CivilPeriod,
): Either<PurchaseFaults, CustomerAccount> => {
  const found = [...periodFaults(period), ...spans.flatMap(spanFaults)]
  if (isNonEmpty(found)) return { _tag: 'Left', left: found }
  const days = period.until - period.from
  const { empty } = customerAccountMonoid
  const { startByDay: _, ...zeros } = empty
  const tally: AccountTally = {
    ...zeros,
    change: Array.from({ length: days }, () => 0),
    lostByDay: Array.from({ length: days }, () => 0),
  }
  for (const runs of runsByCustomer(spans)) tallyCustomer(tally, period, runs)
  const { change, ...rest } = tally
  let customers = 0
  const startByDay = change.map((by) => {
    customers += by
    return customers
  })
  return { _tag: 'Right', right: { ...rest, startByDay } }
}
