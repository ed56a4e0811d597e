// Growth accounting: of those who are active in a period, who is new, who stayed and who came back; and who went.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type CivilDate,
  type Codec,
  constrainCodec,
  type Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  periodOf,
  previousPeriod,
  structCodec,
  underPath,
  utc,
  type ZeroDenominator,
  type Zone,
  zeroDenominator,
} from '../foundation/index.ts'
import { addCounts } from './add-counts.ts'
import { alignCustomers } from './align-customers.ts'
import type { CellStatus } from './cohort-average.ts'
import { startsFor, statusAt } from './cohort-finish.ts'
import { customersFirst, marksOf, periodBits, periodFaults, returnFaults } from './cohort-marks.ts'
import { type CohortPeriods, type PeriodStarts, periodStarts } from './cohort-periods.ts'
import { countGrowth, type PeriodCounts } from './growth-kernel.ts'
import { isNonEmpty, type PurchaseFaults, type PurchaseLog } from './purchase-log.ts'

/** What growth accounting counts. */
export interface GrowthDefinition {
  readonly periods: CohortPeriods
  /** What has happened by then counts, that instant included; events by date: to that instant's date. */
  readonly asOf: Instant
  /** The zone of the calendar; UTC when absent. */
  readonly zone?: Zone
  /**
   * When accounts were made, as events. When absent, first activity makes somebody new; with it, who made their account in an
   * earlier period than that of their first activity is resurrected in it, and who is active before there is an account, or
   * without one, is new by activity all the same.
   */
  readonly createdAt?: PurchaseLog
}

/** Customers by period, counted; all lists have an entry for each period. */
export interface GrowthSummary {
  /** Active for the first time, of all that the log has; with `createdAt` and no account of an earlier period. */
  readonly new: ReadonlyArray<number>
  /** Active, and in the period before too. */
  readonly retained: ReadonlyArray<number>
  /** Active, not in the period before, but some time before that, or with an account of an earlier period. */
  readonly resurrected: ReadonlyArray<number>
  /** Not active, but in the period before. */
  readonly churned: ReadonlyArray<number>
}

const counts: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 0 }))

const activeAt = (summary: GrowthSummary, period: number): number =>
  (summary.new[period] ?? 0) + (summary.retained[period] ?? 0) + (summary.resurrected[period] ?? 0)

const summaryFaults = (summary: GrowthSummary): ReadonlyArray<InvalidValue> => {
  const periods = summary.new.length
  for (const name of ['retained', 'resurrected', 'churned'] as const) {
    if (summary[name].length !== periods) return [invalidValue([name], summary[name], `${periods} counts`)]
  }
  return summary.retained.flatMap((retained, period) => {
    const before = activeAt(summary, period - 1)
    return period === 0 || retained + (summary.churned[period] as number) === before
      ? []
      : [invalidValue(['retained', period], retained, `${before} less those churned`)]
  })
}

/**
 * Reads a {@link GrowthSummary}, whose periods must follow from each other.
 *
 * @example
 * ```ts
 * import { decode, GrowthSummary } from 'treue'
 *
 * decode(GrowthSummary, { new: [2, 1], retained: [0, 1], resurrected: [0, 0], churned: [0, 1] })._tag // => 'Right'
 * decode(GrowthSummary, { new: [2, 1], retained: [0, 2], resurrected: [0, 0], churned: [0, 1] })._tag // => 'Left'
 * ```
 */
export const GrowthSummary: Codec<GrowthSummary> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('GrowthSummary', { new: counts, retained: counts, resurrected: counts, churned: counts }),
  summaryFaults,
)

/**
 * Merges growth summaries of disjoint sets of customers that were counted by the same definition.
 *
 * @param periods how many periods the definition has
 * @example
 * ```ts
 * import { growthMonoid } from 'treue'
 *
 * const { concat, empty } = growthMonoid(2)
 * const shard = { new: [2, 1], retained: [0, 1], resurrected: [0, 0], churned: [0, 1] }
 * concat(shard, empty) // => shard
 * ```
 */
export const growthMonoid = (periods: number): Monoid<GrowthSummary> => {
  const zeros = Array.from({ length: periods }, () => 0)
  return {
    empty: { new: zeros, retained: zeros, resurrected: zeros, churned: zeros },
    concat: (first, second) => ({
      new: addCounts(first.new, second.new),
      retained: addCounts(first.retained, second.retained),
      resurrected: addCounts(first.resurrected, second.resurrected),
      churned: addCounts(first.churned, second.churned),
    }),
  }
}

const msPerHour = 3_600_000

/** One period more, before the first: who was active in it is retained or churned in the first. */
const withEve = (periods: CohortPeriods): CohortPeriods =>
  periods.unit === 'hour'
    ? { ...periods, from: (periods.from - msPerHour) as Instant, count: periods.count + 1 }
    : { ...periods, from: eveOf(periods), count: periods.count + 1 }

const eveOf = (periods: Exclude<CohortPeriods, { readonly unit: 'hour' }>): CivilDate =>
  previousPeriod(periods, periodOf(periods, periods.from)).from

const withoutEve = (list: PeriodCounts[keyof PeriodCounts]): ReadonlyArray<number> => Array.from(list.subarray(1))

/** The period in which each customer's account was made; −1 where that isn't known. */
const createdIn = (log: PurchaseLog, definition: GrowthDefinition, starts: PeriodStarts): Int32Array | null => {
  const { createdAt } = definition
  if (createdAt === undefined) return null
  const accounts = alignCustomers(createdAt, log)
  return customersFirst(accounts, periodBits(accounts, definition, starts))
}

/**
 * Counts who is new, retained, resurrected and churned in each period of an event log, or of a part of it that has all
 * events of its customers.
 *
 * @param log events in any order, from {@link encodePurchases} or {@link purchaseColumns}; the first
 * that it has of a customer makes them new, unless the definition says when accounts were made
 * @param definition see {@link GrowthDefinition}; 1 to 999 periods
 * @returns `InvalidValue` for every part of the definition that makes no sense.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, parseInstant, summariseGrowth, unwrap } from 'treue'
 *
 * const buy = (customer: string, date: string) => ({ customer, day: unwrap(parseCivilDate(date)) })
 * const rows = [buy('ann', '2026-01-05'), buy('bob', '2026-01-20'), buy('ann', '2026-02-03'), buy('bob', '2026-03-09')]
 * const summary = summariseGrowth(unwrap(encodePurchases(rows)), {
 *   periods: { unit: 'month', from: unwrap(parseCivilDate('2026-01-01')), count: 3 },
 *   asOf: unwrap(parseInstant('2026-04-01T00:00:00Z')),
 * })
 * unwrap(summary) // => { new: [2, 0, 0], retained: [0, 1, 0], resurrected: [0, 0, 1], churned: [0, 1, 1] }
 * ```
 */
export const summariseGrowth = (
  log: PurchaseLog,
  definition: GrowthDefinition,
): Either<PurchaseFaults, GrowthSummary> => {
  const { periods, zone = utc, createdAt } = definition
  const own = periodStarts(periods, zone)
  if (own._tag === 'Left') return { _tag: 'Left', left: [own.left] }
  const eve = { ...definition, periods: withEve(periods) }
  const starts = periodStarts(eve.periods, zone)
  if (starts._tag === 'Left') return { _tag: 'Left', left: [starts.left] }
  const faults = [
    ...periodFaults(eve, log),
    ...(createdAt === undefined ? [] : underPath(['createdAt'], returnFaults(eve, createdAt))),
  ]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const found = countGrowth(marksOf(log, eve, starts.right), eve.periods.count, createdIn(log, eve, starts.right))
  return {
    _tag: 'Right',
    right: {
      new: withoutEve(found.new),
      retained: withoutEve(found.retained),
      resurrected: withoutEve(found.resurrected),
      churned: withoutEve(found.churned),
    },
  }
}

/** One period of growth accounting: `active = active before + new + resurrected − churned`. */
export interface GrowthRow {
  readonly startsOn: CivilDate
  readonly startsAt: Instant
  /** While a period is in progress, some of those churned may still come. */
  readonly status: CellStatus
  readonly new: number
  readonly retained: number
  readonly resurrected: number
  readonly churned: number
  /** New, retained and resurrected. */
  readonly active: number
}

/**
 * The rows of a growth summary.
 *
 * @param summary counted, or merged, by that definition
 * @param definition see {@link GrowthDefinition}
 * @returns `InvalidValue` when the periods make no sense or aren't as many as the summary has, or don't follow from each other.
 * @example
 * ```ts
 * import { finishGrowth, parseCivilDate, parseInstant, unwrap } from 'treue'
 *
 * const summary = { new: [2, 1], retained: [0, 1], resurrected: [0, 0], churned: [0, 1] }
 * const rows = finishGrowth(summary, {
 *   periods: { unit: 'month', from: unwrap(parseCivilDate('2026-01-01')), count: 2 },
 *   asOf: unwrap(parseInstant('2026-04-01T00:00:00Z')),
 * })
 * unwrap(rows).map(({ active, status }) => `${active} ${status}`) // => ['2 complete', '2 complete']
 * ```
 */
export const finishGrowth = (
  summary: GrowthSummary,
  definition: GrowthDefinition,
): Either<InvalidValue, ReadonlyArray<GrowthRow>> => {
  const { asOf } = definition
  const { retained, resurrected, churned } = summary
  const starts = startsFor(definition, { new: summary.new })
  if (starts._tag === 'Left') return starts
  const [fault] = summaryFaults(summary)
  if (fault !== undefined) return { _tag: 'Left', left: fault }
  const rows = summary.new.map(
    (count, period): GrowthRow => ({
      startsOn: starts.right.on[period] as CivilDate,
      startsAt: starts.right.at[period] as Instant,
      status: statusAt(starts.right, period, asOf),
      new: count,
      retained: retained[period] as number,
      resurrected: resurrected[period] as number,
      churned: churned[period] as number,
      active: activeAt(summary, period),
    }),
  )
  return { _tag: 'Right', right: rows }
}

/**
 * Growth accounting of an event log: {@link summariseGrowth} and {@link finishGrowth} in one.
 *
 * @param log events in any order
 * @param definition see {@link GrowthDefinition}
 * @returns `InvalidValue` for every part of the definition that makes no sense.
 * @example
 * ```ts
 * import { encodePurchases, growthAccounting, parseCivilDate, parseInstant, unwrap } from 'treue'
 *
 * const buy = (customer: string, date: string) => ({ customer, day: unwrap(parseCivilDate(date)) })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-05'), buy('bob', '2026-02-20')]))
 * const rows = growthAccounting(log, {
 *   periods: { unit: 'month', from: unwrap(parseCivilDate('2026-01-01')), count: 2 },
 *   asOf: unwrap(parseInstant('2026-04-01T00:00:00Z')),
 * })
 * unwrap(rows)[1]?.churned // => 1
 * ```
 */
export const growthAccounting = (
  log: PurchaseLog,
  definition: GrowthDefinition,
): Either<PurchaseFaults, ReadonlyArray<GrowthRow>> => {
  const summary = summariseGrowth(log, definition)
  if (summary._tag === 'Left') return summary
  const rows = finishGrowth(summary.right, definition)
  return rows._tag === 'Left' ? { _tag: 'Left', left: [rows.left] } : rows
}

/**
 * Pulse, also called the quick ratio of users: who came by who went, (new + resurrected) / churned.
 *
 * @param row counts of one period, such as from {@link growthAccounting}
 * @returns `ZeroDenominator` where nobody went.
 * @example
 * ```ts
 * import { pulse, unwrap } from 'treue'
 *
 * unwrap(pulse({ new: 60, resurrected: 36, churned: 100 })) // => 0.96
 * ```
 */
export const pulse = (row: Pick<GrowthRow, 'new' | 'resurrected' | 'churned'>): Either<ZeroDenominator, number> =>
  row.churned === 0
    ? { _tag: 'Left', left: zeroDenominator(['churned'], 'customers who went') }
    : { _tag: 'Right', right: (row.new + row.resurrected) / row.churned }

/**
 * Which share of those active in the period before is active again.
 *
 * @param row counts of one period, such as from {@link growthAccounting}
 * @returns `ZeroDenominator` where nobody was active before.
 * @example
 * ```ts
 * import { activeRetention, unwrap } from 'treue'
 *
 * unwrap(activeRetention({ retained: 3, churned: 1 })) // => 0.75
 * ```
 */
export const activeRetention = (row: Pick<GrowthRow, 'retained' | 'churned'>): Either<ZeroDenominator, number> =>
  row.retained + row.churned === 0
    ? { _tag: 'Left', left: zeroDenominator(['retained'], 'customers active in the period before') }
    : { _tag: 'Right', right: row.retained / (row.retained + row.churned) }
