// Cohorts by windows that begin with each customer's own start: the first 24 hours, the next, and so on.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  localDateOf,
  structCodec,
  utc,
} from '../foundation/index.ts'
import { addCounts, addRows } from './add-counts.ts'
import { alignCustomers } from './align-customers.ts'
import { bracketFaults, bracketLookup, type CohortBracket } from './bracket.ts'
import { periodFaults } from './cohort-marks.ts'
import { periodStarts } from './cohort-periods.ts'
import type { CohortDefinition } from './cohort-summary.ts'
import { isNonEmpty, type PurchaseFaults, type PurchaseLog } from './purchase-log.ts'
import { countRolling, type RollingCounts, type RollingPlan, timesByCustomer } from './rolling-kernel.ts'

/** Windows of one length that begin with each member's start. */
export interface RollingWindows {
  /** A week is 7 days of 24 hours, a month 30. */
  readonly unit: 'hour' | 'day' | 'week' | 'month'
  /** How many: 1 to 1,000. */
  readonly count: number
  /**
   * `'exact'` when absent. `'hourTruncated'` takes all times down to the full hour first, as Amplitude does: then 23 hours and
   * a minute can be the second day.
   */
  readonly alignment?: 'exact' | 'hourTruncated'
  /**
   * Columns made of several windows, such as days 1 to 3 and 4 to 7: a return in any of them retains. In order, without overlap,
   * up to the last window; a column for each window when absent. The criterion must be `'on'`.
   */
  readonly brackets?: ReadonlyArray<CohortBracket>
}

/** What a table of rolling windows counts: cohorts by calendar periods, windows by each member's own start. */
export interface RollingDefinition extends CohortDefinition {
  readonly windows: RollingWindows
}

/** Cohorts by rolling windows, counted. Each cohort's lists have an entry for each window, or bracket of windows. */
export interface RollingSummary {
  /** Of each period, how many customers are in its cohort. */
  readonly sizes: ReadonlyArray<number>
  /** Of each cohort, of how many members the window is over. */
  readonly matured: ReadonlyArray<ReadonlyArray<number>>
  /** Of those, how many were retained. */
  readonly retained: ReadonlyArray<ReadonlyArray<number>>
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })
const matrix: Codec<ReadonlyArray<ReadonlyArray<number>>> = /* @__PURE__ */ arrayCodec(
  /* @__PURE__ */ arrayCodec(count),
)

const cellFaults = (
  name: 'matured' | 'retained',
  rows: ReadonlyArray<ReadonlyArray<number>>,
  most: (cohort: number, window: number) => number,
): ReadonlyArray<InvalidValue> =>
  rows.flatMap((row, cohort) =>
    row.flatMap((value, window) => {
      const limit = most(cohort, window)
      return value <= limit ? [] : [invalidValue([name, cohort, window], value, `at most ${limit}`)]
    }),
  )

/** What keeps counts from being a summary. */
export const rollingFaults = ({ sizes, matured, retained }: RollingSummary): ReadonlyArray<InvalidValue> => {
  const windows = matured[0]?.length ?? 0
  for (const [name, rows] of Object.entries({ matured, retained })) {
    if (rows.length !== sizes.length || rows.some((row) => row.length !== windows)) {
      return [invalidValue([name], rows, `${sizes.length} rows of ${windows}`)]
    }
  }
  return [
    ...cellFaults('matured', matured, (cohort) => sizes[cohort] as number),
    ...cellFaults('retained', retained, (cohort, window) => matured[cohort]?.[window] as number),
  ]
}

/**
 * Reads a {@link RollingSummary}.
 *
 * @example
 * ```ts
 * import { decode, RollingSummary } from 'treue'
 *
 * decode(RollingSummary, { sizes: [3], matured: [[3, 2]], retained: [[3, 1]] })._tag // => 'Right'
 * decode(RollingSummary, { sizes: [3], matured: [[3, 2]], retained: [[3, 3]] })._tag // => 'Left'
 * ```
 */
export const RollingSummary: Codec<RollingSummary> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('RollingSummary', {
    sizes: /* @__PURE__ */ arrayCodec(count),
    matured: matrix,
    retained: matrix,
  }),
  rollingFaults,
)

const summaryOf = ({ columns, sizes, matured, retained }: RollingCounts): RollingSummary => {
  const rows = (cells: Float64Array) =>
    Array.from(sizes, (_, cohort) => Array.from(cells.subarray(cohort * columns, (cohort + 1) * columns)))
  return { sizes: Array.from(sizes), matured: rows(matured), retained: rows(retained) }
}

/**
 * Merges summaries of rolling windows of disjoint sets of customers that were counted by the same definition.
 *
 * @param periods how many periods the definition has
 * @param columns how many windows, or brackets of windows
 * @example
 * ```ts
 * import { rollingMonoid } from 'treue'
 *
 * const shard = { sizes: [3], matured: [[3, 2]], retained: [[3, 1]] }
 * rollingMonoid(1, 2).concat(shard, shard).retained // => [[6, 2]]
 * ```
 */
export const rollingMonoid = (periods: number, columns: number): Monoid<RollingSummary> => {
  const cells = Array.from({ length: periods }, () => Array.from({ length: columns }, () => 0))
  return {
    empty: { sizes: Array.from({ length: periods }, () => 0), matured: cells, retained: cells },
    concat: (first, second) => ({
      sizes: addCounts(first.sizes, second.sizes),
      matured: addRows(first.matured, second.matured),
      retained: addRows(first.retained, second.retained),
    }),
  }
}

const msPerHour = 3_600_000
const hoursOf: Readonly<Record<RollingWindows['unit'], number>> = { hour: 1, day: 24, week: 168, month: 720 }

/** The length of a window. */
export const windowMilliseconds = ({ unit }: RollingWindows): number => hoursOf[unit] * msPerHour

/** How many columns a table of windows has. */
export const columnCount = ({ count: many, brackets }: RollingWindows): number => brackets?.length ?? many

/** What is wrong with the columns. */
export const columnFaults = ({ windows, criterion = 'on' }: RollingDefinition): ReadonlyArray<InvalidValue> => {
  const { count: many, brackets } = windows
  if (!(Number.isInteger(many) && many >= 1 && many <= 1000)) {
    return [invalidValue(['windows', 'count'], many, 'a whole number from 1 to 1000')]
  }
  if (brackets === undefined) return []
  return [
    ...bracketFaults(brackets, many, ['windows', 'brackets']),
    ...(criterion === 'on' ? [] : [invalidValue(['criterion'], criterion, "'on', where windows have brackets")]),
  ]
}

/** The column of each window, and the first window after each column. */
const columnsOf = ({ count: many, brackets }: RollingWindows): Pick<RollingPlan, 'lookup' | 'ends'> =>
  brackets === undefined
    ? {
        lookup: Int32Array.from({ length: many }, (_, at) => at),
        ends: Int32Array.from({ length: many }, (_, at) => at + 1),
      }
    : { lookup: bracketLookup(brackets, many), ends: Int32Array.from(brackets, ({ until }) => until) }

const windowFaults = (definition: RollingDefinition, log: PurchaseLog): ReadonlyArray<InvalidValue> => {
  const { windows, returns } = definition
  const { unit, alignment = 'exact' } = windows
  const needsTimes = unit === 'hour' || alignment === 'hourTruncated'
  const lacksTimes = (events: PurchaseLog): boolean => events.kind === 'daily' && events.customer.length > 0
  return [
    ...columnFaults(definition),
    ...(needsTimes && lacksTimes(log)
      ? [invalidValue(['windows'], windows, 'days or longer for events without times')]
      : []),
    ...(returns !== undefined && returns.kind !== log.kind && Math.min(returns.customer.length, log.customer.length) > 0
      ? [invalidValue(['returns', 'kind'], returns.kind, `${log.kind}, as the log is`)]
      : []),
  ]
}

/**
 * Counts cohorts by windows that begin with each member's own start. Cohorts are still of calendar periods; of each window
 * only those members count of whom it is over at `asOf`, so that young members don't make it look worse.
 *
 * @param log events in any order, by instant, or by date where windows are days or longer; a part must have all events of
 * its customers
 * @param definition see {@link RollingDefinition}; of events by date, dates count as they are
 * @returns `InvalidValue` for every part of the definition that makes no sense.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, parseInstant, summariseRolling, unwrap } from 'treue'
 *
 * const visit = (customer: string, at: string) => ({ customer, at: unwrap(parseInstant(at)) })
 * const rows = [visit('ann', '2026-01-05T23:45:00Z'), visit('ann', '2026-01-06T00:01:00Z'), visit('ann', '2026-01-07T01:00:00Z')]
 * const summary = summariseRolling(unwrap(encodePurchases(rows)), {
 *   periods: { unit: 'month', from: unwrap(parseCivilDate('2026-01-01')), count: 1 },
 *   windows: { unit: 'day', count: 3 },
 *   asOf: unwrap(parseInstant('2026-01-08T12:00:00Z')),
 * })
 * unwrap(summary) // => { sizes: [1], matured: [[1, 1, 0]], retained: [[1, 1, 0]] }
 * ```
 */
export const summariseRolling = (
  log: PurchaseLog,
  definition: RollingDefinition,
): Either<PurchaseFaults, RollingSummary> => {
  const { periods, windows, zone = utc, returns } = definition
  const starts = periodStarts(periods, zone)
  if (starts._tag === 'Left') return { _tag: 'Left', left: [starts.left] }
  const faults = [...periodFaults(definition, log), ...windowFaults(definition, log)]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const daily = log.kind === 'daily'
  const truncated = windows.alignment === 'hourTruncated'
  const { membership = 'firstTime', criterion = 'on', asOf } = definition
  const others = returns === undefined ? null : timesByCustomer(alignCustomers(returns, log), zone, asOf)
  const counts = countRolling(timesByCustomer(log, zone, asOf), others, {
    starts: Float64Array.from(daily ? starts.right.on.map((day) => day * 24 * msPerHour) : starts.right.at),
    step: windowMilliseconds(windows),
    grain: truncated ? msPerHour : 1,
    ...columnsOf(windows),
    // Of events by date, everything is known up to the end of the day before.
    asOf: daily ? localDateOf(zone, asOf) * 24 * msPerHour : asOf,
    recurring: membership === 'recurring',
    criterion,
  })
  return { _tag: 'Right', right: summaryOf(counts) }
}
