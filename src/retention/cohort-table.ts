// The cohort table: who came back how long after they began.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type CivilDate,
  type Instant,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  utc,
} from '../foundation/index.ts'
import { twoSidedQuantile, wilsonInterval } from '../statistics/index.ts'
import {
  type AverageMethod,
  averageRetention,
  type CellStatus,
  type CohortCell,
  type RetentionAverage,
} from './cohort-average.ts'
import type { CohortCriterion, CohortMembership } from './cohort-kernel.ts'
import { type PeriodStarts, periodStarts } from './cohort-periods.ts'
import { type CohortDefinition, type CohortSummary, summariseCohorts } from './cohort-summary.ts'
import type { PurchaseLog } from './purchase-log.ts'

/** One cohort: the customers who began in one period. */
export interface CohortRow {
  /** The period's first local date. */
  readonly startsOn: CivilDate
  /** The period's first instant. */
  readonly startsAt: Instant
  readonly size: number
  /** The period itself, the next one, and so on up to the table's last. */
  readonly cells: ReadonlyArray<CohortCell>
}

/** Cohorts by rows, periods since by columns. */
export interface CohortTable {
  readonly membership: CohortMembership
  readonly criterion: CohortCriterion
  readonly rows: ReadonlyArray<CohortRow>
  /** Of each column, the average of its complete cells; `null` where none is complete. */
  readonly average: ReadonlyArray<RetentionAverage | null>
}

/** How a cohort table is finished. */
export interface CohortTableOptions {
  /** How the average row is computed; `'pooled'` when absent. */
  readonly average?: AverageMethod
  /** Of the cells' intervals; 0.95 when absent. */
  readonly confidence?: number
}

export const statusAt = (starts: PeriodStarts, period: number, asOf: Instant): CellStatus => {
  if (asOf >= (starts.at[period + 1] as Instant)) return 'complete'
  return asOf >= (starts.at[period] as Instant) ? 'inProgress' : 'notStarted'
}

export const cellOf = (status: CellStatus, size: number, retained: number, confidence: number): CohortCell => {
  const matured = status === 'complete' ? size : 0
  const counted = size > 0 && status !== 'notStarted'
  const interval = counted ? wilsonInterval(retained, size, confidence) : null
  return {
    status,
    size,
    matured,
    excluded: size - matured,
    retained,
    rate: counted ? retained / size : null,
    interval: interval?._tag === 'Right' ? interval.right : null,
  }
}

const rowOf = (
  summary: CohortSummary,
  starts: PeriodStarts,
  asOf: Instant,
  cohort: number,
  confidence: number,
): CohortRow => {
  const size = summary.sizes[cohort] as number
  return {
    startsOn: starts.on[cohort] as CivilDate,
    startsAt: starts.at[cohort] as Instant,
    size,
    cells: (summary.retained[cohort] ?? []).map((retained, offset) =>
      cellOf(statusAt(starts, cohort + offset, asOf), size, retained, confidence),
    ),
  }
}

const averageOf = (rows: ReadonlyArray<CohortRow>, offset: number, method: AverageMethod): RetentionAverage | null => {
  const cells = rows.flatMap((row) => row.cells.slice(offset, offset + 1))
  const average = averageRetention(cells, { method })
  return average._tag === 'Right' ? average.right : null
}

/**
 * The cohort table of a summary.
 *
 * @param summary counted, or merged, by that definition
 * @param definition see {@link CohortDefinition}
 * @param options see {@link CohortTableOptions}
 * @returns `InvalidValue` when the periods make no sense or aren't as many as the summary has, `OutOfRange` for a confidence
 * outside (0, 1).
 * @example
 * ```ts
 * import { finishCohorts, parseCivilDate, parseInstant, unwrap } from 'treue'
 *
 * const definition = {
 *   periods: { unit: 'month', from: unwrap(parseCivilDate('2026-01-01')), count: 2 },
 *   asOf: unwrap(parseInstant('2026-02-15T00:00:00Z')),
 * } as const
 * const table = unwrap(finishCohorts({ sizes: [2, 1], retained: [[2, 1], [1]] }, definition))
 * const { status, retained, rate } = table.rows[0]?.cells[1] ?? {}
 * ;[status, retained, rate] // => ['inProgress', 1, 0.5]
 * table.average[1] // => null
 * ```
 */
export const finishCohorts = (
  summary: CohortSummary,
  definition: CohortDefinition,
  options: CohortTableOptions = {},
): Either<InvalidValue | OutOfRange, CohortTable> => {
  const { periods, asOf, zone = utc, membership = 'firstTime', criterion = 'on' } = definition
  const { average = 'pooled', confidence = 0.95 } = options
  const starts = periodStarts(periods, zone)
  if (starts._tag === 'Left') return starts
  const quantile = twoSidedQuantile(confidence)
  if (quantile._tag === 'Left') return quantile
  if (summary.sizes.length !== periods.count) {
    return { _tag: 'Left', left: invalidValue(['sizes'], summary.sizes, `${periods.count} cohorts`) }
  }
  const rows = summary.sizes.map((_, cohort) => rowOf(summary, starts.right, asOf, cohort, confidence))
  return {
    _tag: 'Right',
    right: { membership, criterion, rows, average: rows.map((_, offset) => averageOf(rows, offset, average)) },
  }
}

/**
 * Who came back how long after they began: customers by the period of their first purchase, and how many of them bought
 * again in each period since.
 *
 * A cell says whether its period is over at `asOf`; one that isn't is in no average.
 *
 * @param log purchases in any order, from {@link encodePurchases} or {@link purchaseColumns}; the first that it has of a
 * customer is taken for the first ever
 * @param definition see {@link CohortDefinition}
 * @param options see {@link CohortTableOptions}
 * @returns `InvalidValue` for every part of the definition that makes no sense, `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { cohortTable, encodePurchases, formatCivilDate, parseCivilDate, parseInstant, unwrap } from 'treue'
 *
 * const buy = (customer: string, date: string) => ({ customer, day: unwrap(parseCivilDate(date)) })
 * const rows = [buy('ann', '2026-01-05'), buy('bob', '2026-01-20'), buy('ann', '2026-02-03'), buy('cem', '2026-02-09')]
 * const table = unwrap(
 *   cohortTable(unwrap(encodePurchases(rows)), {
 *     periods: { unit: 'month', from: unwrap(parseCivilDate('2026-01-01')), count: 3 },
 *     asOf: unwrap(parseInstant('2026-03-10T00:00:00Z')),
 *   }),
 * )
 * table.rows.map(({ startsOn, size }) => `${formatCivilDate(startsOn)}: ${size}`)
 * // => ['2026-01-01: 2', '2026-02-01: 1', '2026-03-01: 0']
 * table.rows[0]?.cells.map(({ rate, status }) => `${rate} ${status}`) // => ['1 complete', '0.5 complete', '0 inProgress']
 * table.average[1]?.rate // => 0.5
 * ```
 */
export const cohortTable = (
  log: PurchaseLog,
  definition: CohortDefinition,
  options: CohortTableOptions = {},
): Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, CohortTable> => {
  const summary = summariseCohorts(log, definition)
  if (summary._tag === 'Left') return summary
  const table = finishCohorts(summary.right, definition, options)
  return table._tag === 'Left' ? { _tag: 'Left', left: [table.left] } : table
}
