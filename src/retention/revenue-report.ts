// Recurring revenue by periods: each customer's movements, and all of them together.

import type { Either } from 'fp-ts/Either'
import {
  addDays,
  type Calendar,
  type CivilDate,
  type CivilPeriod,
  type Currency,
  type ExchangeRate,
  exchangeMoney,
  exchangeRateAt,
  type Fault,
  type Instant,
  type InvalidValue,
  invalidValue,
  nextPeriod,
  type OutOfRange,
  outOfRange,
  periodOf,
  type UnknownExchangeRate,
  type ZeroDenominator,
} from '../foundation/index.ts'
import type { CellStatus } from './cohort-average.ts'
import { spanFaults } from './customer-run.ts'
import { aDate, isDay } from './purchase-log.ts'
import {
  movementNames,
  type RevenueAccount,
  type RevenueRetention,
  revenueAccountMonoid,
  revenueRetention,
} from './revenue-account.ts'
import {
  type Closings,
  type CustomerRevenue,
  fillCustomer,
  firstDayOf,
  movementsAt,
  newCustomerRevenue,
  standingAt,
  type Valuation,
} from './revenue-kernel.ts'
import { movesOf, type RevenueMovements } from './revenue-movement.ts'
import type { RevenueSpan } from './subscription.ts'

/** What a revenue report is about. */
export interface RevenueOptions {
  /** The currency of the report. */
  readonly currency: Currency
  /** The last day that is known. What is after it isn't reported: a subscription that ends there has only been seen so far. */
  readonly asOf: CivilDate
  /**
   * How other currencies are valued: at the end of each period's last day in UTC. What only the rates change is a currency
   * effect, no expansion.
   */
  readonly rates?: ReadonlyArray<ExchangeRate>
  /**
   * What a pause is: `'churn'` when absent, since nothing is paid; `'contraction'` keeps the customer, and what they pay
   * afterwards is an expansion.
   */
  readonly pauses?: 'churn' | 'contraction'
}

/** Consecutive calendar periods, beginning with the one that `from` lies in. */
export type RevenuePeriods = Calendar & {
  readonly from: CivilDate
  /** How many: 1 to 1,000. */
  readonly count: number
}

/** A customer's movements in one period. */
export interface CustomerMovements extends RevenueMovements {
  readonly customer: string
  /** The index of the period. */
  readonly period: number
}

/** One period of a report. */
export interface RevenuePeriod extends CivilPeriod {
  /** A period whose last day isn't known yet is in progress, counted as of the last known day. */
  readonly status: Exclude<CellStatus, 'notStarted'>
  readonly account: RevenueAccount
}

/** Recurring revenue by periods. */
export interface RevenueReport {
  readonly currency: Currency
  /** Those that have begun by the last known day. */
  readonly periods: ReadonlyArray<RevenuePeriod>
  /** Of each customer and period with revenue before or after it. They sum to the periods' accounts. */
  readonly movements: ReadonlyArray<CustomerMovements>
}

/** Everything that keeps revenue from being reported. */
export type RevenueFaults = ReadonlyArray<InvalidValue | OutOfRange | UnknownExchangeRate>

const revenueSpanFaults = (span: RevenueSpan, row: number): ReadonlyArray<InvalidValue> => {
  const { minor } = span.monthly
  return Number.isSafeInteger(minor) && minor >= 0
    ? spanFaults(span, row)
    : [...spanFaults(span, row), invalidValue(['spans', row, 'monthly'], minor, 'an amount of at least 0')]
}

const msPerDay = 86_400_000

type Rates = ReadonlyArray<ReadonlyArray<ExchangeRate | null>>

/** Rates of each currency at each closing, looked up once; `null` where none is needed. */
const ratesAt = (
  currencies: ReadonlyArray<Currency>,
  closings: Closings,
  { currency, rates = [] }: RevenueOptions,
): Either<UnknownExchangeRate, Rates> => {
  const table: Array<Array<ExchangeRate | null>> = currencies.map(() => closings.map(() => null))
  for (const [index, from] of currencies.entries()) {
    if (from === currency) continue
    const row = table[index] as Array<ExchangeRate | null>
    for (const [at, closing] of closings.entries()) {
      const rate = exchangeRateAt(rates, from, currency, ((closing + 1) * msPerDay - 1) as Instant)
      if (rate._tag === 'Left') return rate
      row[at] = rate.right
    }
  }
  return { _tag: 'Right', right: table }
}

/** NaN for what can't be valued exactly: it makes a sum that is no safe integer. */
const valuationOf =
  (currencies: ReadonlyArray<Currency>, table: Rates): Valuation =>
  (minor, currency, closing) => {
    const rate = table[currency]?.[closing] ?? null
    if (rate === null) return minor
    const valued = exchangeMoney({ minor, currency: currencies[currency] as Currency }, rate, 'halfEven')
    return valued._tag === 'Right' ? valued.right.minor : Number.NaN
  }

interface Walk {
  readonly closings: Closings
  readonly currencies: ReadonlyArray<Currency>
  readonly value: Valuation
  readonly pausesKeep: boolean
}

const prepare = (
  spans: ReadonlyArray<RevenueSpan>,
  closings: Closings,
  options: RevenueOptions,
): Either<RevenueFaults, Walk> => {
  const faults = spans.flatMap(revenueSpanFaults)
  if (faults.length > 0) return { _tag: 'Left', left: faults }
  const currencies = Array.from(new Set(spans.map(({ monthly }) => monthly.currency)))
  const table = ratesAt(currencies, closings, options)
  if (table._tag === 'Left') return { _tag: 'Left', left: [table.left] }
  const value = valuationOf(currencies, table.right)
  return { _tag: 'Right', right: { closings, currencies, value, pausesKeep: options.pauses === 'contraction' } }
}

const spansByCustomer = (spans: ReadonlyArray<RevenueSpan>): ReadonlyMap<string, ReadonlyArray<RevenueSpan>> => {
  const byCustomer = new Map<string, Array<RevenueSpan>>()
  for (const span of spans) {
    const own = byCustomer.get(span.customer)
    if (own === undefined) byCustomer.set(span.customer, [span])
    else own.push(span)
  }
  return byCustomer
}

interface ReportDraft {
  readonly accounts: Array<RevenueAccount>
  readonly movements: Array<CustomerMovements>
}

const walkCustomer = (
  draft: ReportDraft,
  rows: CustomerRevenue,
  { closings, value }: Walk,
  customer: string,
  firstDay: number,
): void => {
  for (let closing = 1; closing < closings.length; closing += 1) {
    const returns = firstDay <= (closings[closing - 1] as number)
    const standing = standingAt(rows, closing, returns)
    if (!(standing.was || standing.is)) continue
    const movements = movementsAt(rows, closing, standing, value)
    const period = closing - 1
    draft.movements.push({ customer, period, ...movements })
    const own = { ...movements, ...movesOf(standing) }
    draft.accounts[period] = revenueAccountMonoid.concat(draft.accounts[period] as RevenueAccount, own)
  }
}

const isInexact = (account: RevenueAccount): boolean =>
  movementNames.some((name) => !Number.isSafeInteger(account[name]))

const walk = (spans: ReadonlyArray<RevenueSpan>, plan: Walk): Either<RevenueFaults, ReportDraft> => {
  const { closings, currencies, pausesKeep } = plan
  const currencyIndex = new Map(currencies.map((currency, index) => [currency as string, index]))
  const rows = newCustomerRevenue(closings.length, Math.max(1, currencies.length))
  const draft: ReportDraft = {
    accounts: closings.slice(1).map(() => revenueAccountMonoid.empty),
    movements: [],
  }
  for (const [customer, own] of spansByCustomer(spans)) {
    fillCustomer(rows, own, closings, currencyIndex, pausesKeep)
    walkCustomer(draft, rows, plan, customer, firstDayOf(own, pausesKeep))
  }
  const inexact = draft.accounts.findIndex(isInexact)
  return inexact < 0
    ? { _tag: 'Right', right: draft }
    : { _tag: 'Left', left: [outOfRange(['periods', inexact], 'a sum', 'revenue that is exact in minor units')] }
}

const periodsOf = (periods: RevenuePeriods, asOf: CivilDate): ReadonlyArray<CivilPeriod> => {
  const found: Array<CivilPeriod> = []
  let period = periodOf(periods, periods.from)
  while (found.length < periods.count && period.from <= asOf) {
    found.push(period)
    period = nextPeriod(periods, period)
  }
  return found
}

const definitionFaults = ({ from, count }: RevenuePeriods, asOf: CivilDate): ReadonlyArray<InvalidValue> => [
  ...(Number.isInteger(count) && count >= 1 && count <= 1000
    ? []
    : [invalidValue(['periods', 'count'], count, 'a whole number from 1 to 1000')]),
  ...(isDay(from) ? [] : [invalidValue(['periods', 'from'], from, aDate)]),
  ...(isDay(asOf) ? [] : [invalidValue(['asOf'], asOf, aDate)]),
]

/**
 * Recurring revenue by periods, with each customer's movements: new, expansion, contraction, churn, reactivation and the
 * effect of exchange rates. Start and movements make the end, of each customer and of all.
 *
 * Revenue is taken at the end of each period's last day; what comes and goes in between doesn't show.
 *
 * @param spans all spans of each customer, such as from {@link subscriptionSpans}, in any order
 * @param periods see {@link RevenuePeriods}
 * @param options see {@link RevenueOptions}
 * @returns `InvalidValue` for everything that is wrong with spans or periods, with its path; `UnknownExchangeRate` where
 * a currency has no rate at a closing; `OutOfRange` for sums that aren't exact.
 * @example
 * ```ts
 * import { type Currency, money, parseCivilDate, revenueReport, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const span = (customer: string, from: string, until: string | null, monthly: string) => ({
 *   customer,
 *   from: date(from),
 *   until: until === null ? null : date(until),
 *   monthly: unwrap(money(monthly, 'EUR')),
 * })
 * const spans = [span('ann', '2026-01-05', '2026-02-10', '10'), span('ann', '2026-02-10', null, '25'), span('bob', '2026-01-01', '2026-02-01', '5')]
 * const report = revenueReport(spans, { unit: 'month', from: date('2026-01-01'), count: 2 }, { currency: 'EUR' as Currency, asOf: date('2026-02-28') })
 * const { start, expansion, churn, end } = unwrap(report).periods[1]?.account ?? {}
 * ;[start, expansion, churn, end] // => [1500, 1500, 500, 2500]
 * ```
 */
export const revenueReport = (
  spans: ReadonlyArray<RevenueSpan>,
  periods: RevenuePeriods,
  options: RevenueOptions,
): Either<RevenueFaults, RevenueReport> => {
  const { currency, asOf } = options
  const faults = definitionFaults(periods, asOf)
  if (faults.length > 0) return { _tag: 'Left', left: faults }
  const begun = periodsOf(periods, asOf)
  const lastDays = begun.map(({ until }) => addDays(until, -1))
  const closings = [addDays(begun[0]?.from ?? asOf, -1), ...lastDays.map((day) => (day < asOf ? day : asOf))]
  const plan = prepare(spans, closings, options)
  if (plan._tag === 'Left') return plan
  const draft = walk(spans, plan.right)
  if (draft._tag === 'Left') return draft
  const rows = begun.map(
    ({ from, until }, index): RevenuePeriod => ({
      from,
      until,
      status: (lastDays[index] as CivilDate) <= asOf ? 'complete' : 'inProgress',
      account: draft.right.accounts[index] as RevenueAccount,
    }),
  )
  return { _tag: 'Right', right: { currency, periods: rows, movements: draft.right.movements } }
}

/** A period that isn't over: what has gone is known only in part. */
export interface OpenPeriod extends Fault<'OpenPeriod'> {
  readonly until: CivilDate
}

/**
 * Gross and net revenue retention of a period that is over. The last period of data often looks like the end of everybody,
 * since nobody has paid for what comes next: an open one has no rate.
 *
 * @param period from {@link revenueReport}
 * @returns `OpenPeriod` while it is in progress, `ZeroDenominator` without revenue at the opening.
 * @example
 * ```ts
 * import { parseCivilDate, periodRevenueRetention, revenueAccountMonoid, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const account = { ...revenueAccountMonoid.empty, start: 100, churn: 100 }
 * const period = { from: date('2026-01-01'), until: date('2026-02-01'), account }
 * unwrap(periodRevenueRetention({ ...period, status: 'complete' })).gross // => 0
 * periodRevenueRetention({ ...period, status: 'inProgress' })._tag // => 'Left'
 * ```
 */
export const periodRevenueRetention = (
  period: RevenuePeriod,
): Either<OpenPeriod | ZeroDenominator, RevenueRetention> => {
  const { status, account, until } = period
  return status === 'complete'
    ? revenueRetention(account)
    : { _tag: 'Left', left: { _tag: 'OpenPeriod', path: ['status'], expected: 'a period that is over', until } }
}

/**
 * The account of a fixed cohort: those who pay on one day, and what they pay on a later one. Who went and came back in
 * between is still in it. Its `new` and `reactivation` are of customers outside of the cohort.
 *
 * @param spans all spans of each customer, in any order
 * @param days both ends: the opening is taken at the end of `from`, the closing at the end of `to`
 * @param options see {@link RevenueOptions}; `asOf` must not be before `to`
 * @returns as {@link revenueReport}
 * @example
 * ```ts
 * import { type Currency, fixedCohortRevenue, money, parseCivilDate, revenueRetention, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const [from, to] = [date('2025-03-31'), date('2026-03-31')]
 * const spans = [{ customer: 'ann', from, until: null, monthly: unwrap(money('10', 'EUR')) }]
 * const account = unwrap(fixedCohortRevenue(spans, { from, to }, { currency: 'EUR' as Currency, asOf: to }))
 * unwrap(revenueRetention(account)).net // => 1
 * ```
 */
export const fixedCohortRevenue = (
  spans: ReadonlyArray<RevenueSpan>,
  days: { readonly from: CivilDate; readonly to: CivilDate },
  options: RevenueOptions,
): Either<RevenueFaults, RevenueAccount> => {
  const { from, to } = days
  if (!(isDay(from) && isDay(to) && from < to)) {
    return { _tag: 'Left', left: [invalidValue(['days'], days, 'a date and a later one')] }
  }
  if (!(isDay(options.asOf) && options.asOf >= to)) {
    return { _tag: 'Left', left: [invalidValue(['asOf'], options.asOf, 'a date from the closing on')] }
  }
  const plan = prepare(spans, [from, to], options)
  if (plan._tag === 'Left') return plan
  const draft = walk(spans, plan.right)
  return draft._tag === 'Left' ? draft : { _tag: 'Right', right: draft.right.accounts[0] as RevenueAccount }
}
