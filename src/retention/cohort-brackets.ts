// Cohorts by brackets of periods: days 1 to 3, 4 to 7, and so on.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  arrayCodec,
  type CivilDate,
  type Codec,
  constrainCodec,
  type Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  type OutOfRange,
  structCodec,
  utc,
} from '../foundation/index.ts'
import { addCounts, addRows } from './add-counts.ts'
import { alignCustomers } from './align-customers.ts'
import { bracketFaults, bracketLookup, type CohortBracket } from './bracket.ts'
import type { CohortCell, RetentionAverage } from './cohort-average.ts'
import {
  type CohortRow,
  type CohortTableOptions,
  calendarCell,
  columnAverages,
  statusAt,
  tableBasis,
} from './cohort-finish.ts'
import { countBrackets } from './cohort-kernel.ts'
import { marksOf, periodFaults, returnFaults } from './cohort-marks.ts'
import { type PeriodStarts, periodStarts } from './cohort-periods.ts'
import type { CohortDefinition } from './cohort-summary.ts'
import { isNonEmpty, type PurchaseFaults, type PurchaseLog } from './purchase-log.ts'

/** What a table of brackets counts: who returns in any of a bracket's periods. */
export interface BracketDefinition extends Omit<CohortDefinition, 'criterion'> {
  /** In order and without overlap; gaps between them are periods that don't count. */
  readonly brackets: ReadonlyArray<CohortBracket>
}

/** Cohorts by brackets, counted. */
export interface BracketSummary {
  readonly sizes: ReadonlyArray<number>
  /** Of each cohort and bracket, how many returned; brackets that end after the last period stay 0. */
  readonly retained: ReadonlyArray<ReadonlyArray<number>>
}

/** Cohorts by rows, brackets by columns. */
export interface BracketTable {
  readonly brackets: ReadonlyArray<CohortBracket>
  /** A cell for each bracket that ends within the table's periods. */
  readonly rows: ReadonlyArray<CohortRow>
  /** Of each bracket, the average of its complete cells; `null` where none is complete. */
  readonly average: ReadonlyArray<RetentionAverage | null>
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })
const counts: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(count)

const shapeFaults = ({ sizes, retained }: BracketSummary): ReadonlyArray<InvalidValue> => {
  const brackets = retained[0]?.length ?? 0
  if (retained.length !== sizes.length || retained.some((row) => row.length !== brackets)) {
    return [invalidValue(['retained'], retained, `${sizes.length} rows of ${brackets}`)]
  }
  return retained.flatMap((row, cohort) => {
    const size = sizes[cohort] as number
    return row.flatMap((members, bracket) =>
      members <= size
        ? []
        : [invalidValue(['retained', cohort, bracket], members, `at most the cohort's size ${size}`)],
    )
  })
}

/**
 * Reads a {@link BracketSummary}.
 *
 * @example
 * ```ts
 * import { BracketSummary, decode } from 'treue'
 *
 * decode(BracketSummary, { sizes: [2], retained: [[1, 2]] })._tag // => 'Right'
 * decode(BracketSummary, { sizes: [2], retained: [[1, 3]] })._tag // => 'Left'
 * ```
 */
export const BracketSummary: Codec<BracketSummary> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('BracketSummary', { sizes: counts, retained: /* @__PURE__ */ arrayCodec(counts) }),
  shapeFaults,
)

/**
 * Merges summaries of brackets of disjoint sets of customers that were counted by the same definition.
 *
 * @param periods how many periods the definition has
 * @param brackets how many brackets
 * @example
 * ```ts
 * import { bracketMonoid } from 'treue'
 *
 * const shard = { sizes: [2], retained: [[1, 2]] }
 * bracketMonoid(1, 2).concat(shard, shard).retained // => [[2, 4]]
 * ```
 */
export const bracketMonoid = (periods: number, brackets: number): Monoid<BracketSummary> => ({
  empty: {
    sizes: Array.from({ length: periods }, () => 0),
    retained: Array.from({ length: periods }, () => Array.from({ length: brackets }, () => 0)),
  },
  concat: (first, second) => ({
    sizes: addCounts(first.sizes, second.sizes),
    retained: addRows(first.retained, second.retained),
  }),
})

const faultsOf = ({ brackets, periods: { count } }: BracketDefinition): ReadonlyArray<InvalidValue> =>
  bracketFaults(brackets, count, ['brackets'])

/**
 * Counts cohorts by brackets of periods.
 *
 * @param log events in any order, or a part that has all events of its customers
 * @param definition see {@link BracketDefinition}
 * @returns `InvalidValue` for every part of the definition that makes no sense.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, parseInstant, summariseBrackets, unwrap } from 'treue'
 *
 * const visit = (customer: string, date: string) => ({ customer, day: unwrap(parseCivilDate(date)) })
 * const log = unwrap(encodePurchases([visit('ann', '2026-01-01'), visit('ann', '2026-01-04'), visit('bob', '2026-01-01')]))
 * const summary = summariseBrackets(log, {
 *   periods: { unit: 'day', from: unwrap(parseCivilDate('2026-01-01')), count: 8 },
 *   asOf: unwrap(parseInstant('2026-02-01T00:00:00Z')),
 *   brackets: [{ from: 1, until: 4 }, { from: 4, until: 8 }],
 * })
 * unwrap(summary).retained[0] // => [1, 0]
 * ```
 */
export const summariseBrackets = (
  log: PurchaseLog,
  definition: BracketDefinition,
): Either<PurchaseFaults, BracketSummary> => {
  const { periods, zone = utc, membership = 'firstTime', brackets, returns } = definition
  const starts = periodStarts(periods, zone)
  if (starts._tag === 'Left') return { _tag: 'Left', left: [starts.left] }
  const faults = [
    ...periodFaults(definition, log),
    ...faultsOf(definition),
    ...(returns === undefined ? [] : returnFaults(definition, returns)),
  ]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const others = returns === undefined ? null : marksOf(alignCustomers(returns, log), definition, starts.right)
  const lookup = bracketLookup(brackets, periods.count)
  const marks = marksOf(log, definition, starts.right)
  const { sizes, counts } = countBrackets(
    marks,
    others,
    { periods: periods.count, lookup, brackets: brackets.length },
    membership,
  )
  const retained = Array.from(sizes, (_, cohort) =>
    brackets.map(({ until }, bracket) =>
      cohort + until <= periods.count ? (counts[cohort * brackets.length + bracket] as number) : 0,
    ),
  )
  return { _tag: 'Right', right: { sizes: Array.from(sizes), retained } }
}

const rowOf = (
  summary: BracketSummary,
  { brackets, periods, asOf }: BracketDefinition,
  starts: PeriodStarts,
  cohort: number,
  confidence: number,
): CohortRow => {
  const size = summary.sizes[cohort] as number
  const row = summary.retained[cohort] as ReadonlyArray<number>
  const cells = brackets.flatMap(({ from, until }, bracket): ReadonlyArray<CohortCell> => {
    if (cohort + until > periods.count) return []
    const last = statusAt(starts, cohort + until - 1, asOf)
    const begun = statusAt(starts, cohort + from, asOf) === 'notStarted' ? 'notStarted' : 'inProgress'
    const retained = row[bracket] as number
    return [calendarCell({ status: last === 'complete' ? last : begun, size, retained }, confidence)]
  })
  return { startsOn: starts.on[cohort] as CivilDate, startsAt: starts.at[cohort] as Instant, size, cells }
}

/**
 * The table of a summary of brackets. A cell is complete when its bracket's last period is over.
 *
 * @param summary counted, or merged, by that definition
 * @param definition see {@link BracketDefinition}
 * @param options see {@link CohortTableOptions}
 * @returns `InvalidValue` when the definition makes no sense or has another number of periods than the summary,
 * `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { finishBrackets, parseCivilDate, parseInstant, unwrap } from 'treue'
 *
 * const table = finishBrackets({ sizes: [2, 0], retained: [[1], [0]] }, {
 *   periods: { unit: 'day', from: unwrap(parseCivilDate('2026-01-01')), count: 2 },
 *   asOf: unwrap(parseInstant('2026-02-01T00:00:00Z')),
 *   brackets: [{ from: 1, until: 2 }],
 * })
 * unwrap(table).rows[0]?.cells[0]?.rate // => 0.5
 * ```
 */
export const finishBrackets = (
  summary: BracketSummary,
  definition: BracketDefinition,
  options: CohortTableOptions = {},
): Either<InvalidValue | OutOfRange, BracketTable> => {
  const { brackets } = definition
  const [fault] = [...faultsOf(definition), ...shapeFaults(summary)]
  const basis = tableBasis(definition, options, summary)
  if (basis._tag === 'Left') return basis
  if (fault !== undefined) return { _tag: 'Left', left: fault }
  if (summary.retained.some((row) => row.length !== brackets.length)) {
    return { _tag: 'Left', left: invalidValue(['retained'], summary.retained, `rows of ${brackets.length}`) }
  }
  const { starts, method, confidence } = basis.right
  const rows = summary.sizes.map((_, cohort) => rowOf(summary, definition, starts, cohort, confidence))
  return { _tag: 'Right', right: { brackets, rows, average: columnAverages(rows, brackets.length, method) } }
}

/**
 * Who came back within brackets of periods: {@link summariseBrackets} and {@link finishBrackets} in one.
 *
 * @param log events in any order
 * @param definition see {@link BracketDefinition}
 * @param options see {@link CohortTableOptions}
 * @returns `InvalidValue` for every part of the definition that makes no sense, `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { bracketTable, encodePurchases, parseCivilDate, parseInstant, unwrap } from 'treue'
 *
 * const visit = (customer: string, date: string) => ({ customer, day: unwrap(parseCivilDate(date)) })
 * const log = unwrap(encodePurchases([visit('ann', '2026-01-01'), visit('ann', '2026-01-04'), visit('bob', '2026-01-01')]))
 * const table = bracketTable(log, {
 *   periods: { unit: 'day', from: unwrap(parseCivilDate('2026-01-01')), count: 8 },
 *   asOf: unwrap(parseInstant('2026-02-01T00:00:00Z')),
 *   brackets: [{ from: 1, until: 8 }],
 * })
 * unwrap(table).average[0]?.rate // => 0.5
 * ```
 */
export const bracketTable = (
  log: PurchaseLog,
  definition: BracketDefinition,
  options: CohortTableOptions = {},
): Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, BracketTable> => {
  const summary = summariseBrackets(log, definition)
  if (summary._tag === 'Left') return summary
  const table = finishBrackets(summary.right, definition, options)
  return table._tag === 'Left' ? { _tag: 'Left', left: [table.left] } : table
}
