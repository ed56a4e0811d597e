// The table of rolling windows: cells that say of how many members they speak.

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
import { averageRetention, type CellStatus, type CohortCell, type RetentionAverage } from './cohort-average.ts'
import type { CohortCriterion, CohortMembership } from './cohort-kernel.ts'
import { type PeriodStarts, periodStarts } from './cohort-periods.ts'
import type { CohortRow, CohortTableOptions } from './cohort-table.ts'
import type { PurchaseLog } from './purchase-log.ts'
import {
  type RollingDefinition,
  type RollingSummary,
  type RollingWindows,
  summariseRolling,
  windowMilliseconds,
} from './rolling-cohort.ts'

/** Cohorts by rows, windows since each member's start by columns. */
export interface RollingTable {
  readonly membership: CohortMembership
  readonly criterion: CohortCriterion
  readonly windows: RollingWindows
  readonly rows: ReadonlyArray<CohortRow>
  /** Of each column, the average over matured members of all cohorts; `null` where there are none. */
  readonly average: ReadonlyArray<RetentionAverage | null>
}

/** Whether a cohort's period is over, and a window of it can have begun. */
interface Age {
  readonly closed: boolean
  readonly begun: boolean
}

/** A cell is complete when its window is over for all of a cohort whose period is over. */
const statusOf = ({ closed, begun }: Age, size: number, matured: number): CellStatus => {
  if (closed && matured === size) return 'complete'
  return begun ? 'inProgress' : 'notStarted'
}

const cellOf = (age: Age, size: number, matured: number, retained: number, confidence: number): CohortCell => {
  const interval = matured > 0 ? wilsonInterval(retained, matured, confidence) : null
  return {
    status: statusOf(age, size, matured),
    size,
    matured,
    excluded: size - matured,
    retained,
    rate: matured > 0 ? retained / matured : null,
    interval: interval?._tag === 'Right' ? interval.right : null,
  }
}

const rowOf = (
  { sizes, matured, retained }: RollingSummary,
  { asOf, windows }: RollingDefinition,
  starts: PeriodStarts,
  cohort: number,
  confidence: number,
): CohortRow => {
  const size = sizes[cohort] ?? 0
  const startsAt = starts.at[cohort] as Instant
  const closed = asOf >= (starts.at[cohort + 1] as Instant)
  const begun = (window: number): boolean => asOf >= startsAt + window * windowMilliseconds(windows)
  return {
    startsOn: starts.on[cohort] as CivilDate,
    startsAt,
    size,
    cells: (matured[cohort] ?? []).map((count, window) =>
      cellOf({ closed, begun: begun(window) }, size, count, retained[cohort]?.[window] ?? 0, confidence),
    ),
  }
}

const averageOf = (
  rows: ReadonlyArray<CohortRow>,
  window: number,
  method: CohortTableOptions['average'] = 'pooled',
): RetentionAverage | null => {
  const cells = rows
    .flatMap((row) => row.cells.slice(window, window + 1))
    .map(({ matured, retained }) => ({ status: 'complete' as const, size: matured, retained }))
  const average = averageRetention(cells, { method })
  return average._tag === 'Right' ? average.right : null
}

/**
 * The table of a summary of rolling windows. A cell's rate is of its matured members; those whose window isn't over yet are
 * excluded from both sides.
 *
 * @param summary counted, or merged, by that definition
 * @param definition see {@link RollingDefinition}
 * @param options see {@link CohortTableOptions}
 * @returns `InvalidValue` when the periods make no sense or aren't as many as the summary has, `OutOfRange` for a confidence
 * outside (0, 1).
 * @example
 * ```ts
 * import { finishRolling, parseCivilDate, parseInstant, unwrap } from 'treue'
 *
 * const table = finishRolling({ sizes: [3], matured: [[3, 2]], retained: [[3, 1]] }, {
 *   periods: { unit: 'month', from: unwrap(parseCivilDate('2026-01-01')), count: 1 },
 *   windows: { unit: 'week', count: 2 },
 *   asOf: unwrap(parseInstant('2026-02-08T00:00:00Z')),
 * })
 * unwrap(table).rows[0]?.cells.map(({ rate, excluded }) => `${rate} of all but ${excluded}`)
 * // => ['1 of all but 0', '0.5 of all but 1']
 * ```
 */
export const finishRolling = (
  summary: RollingSummary,
  definition: RollingDefinition,
  options: CohortTableOptions = {},
): Either<InvalidValue | OutOfRange, RollingTable> => {
  const { periods, windows, zone = utc, membership = 'firstTime', criterion = 'on' } = definition
  const { average = 'pooled', confidence = 0.95 } = options
  const starts = periodStarts(periods, zone)
  if (starts._tag === 'Left') return starts
  const quantile = twoSidedQuantile(confidence)
  if (quantile._tag === 'Left') return quantile
  if (summary.sizes.length !== periods.count) {
    return { _tag: 'Left', left: invalidValue(['sizes'], summary.sizes, `${periods.count} cohorts`) }
  }
  const rows = summary.sizes.map((_, cohort) => rowOf(summary, definition, starts.right, cohort, confidence))
  const columns = Array.from({ length: windows.count }, (_, window) => averageOf(rows, window, average))
  return { _tag: 'Right', right: { membership, criterion, windows, rows, average: columns } }
}

/**
 * Who came back how long after their own start, to the hour: {@link summariseRolling} and {@link finishRolling} in one.
 *
 * @param log events in any order
 * @param definition see {@link RollingDefinition}
 * @param options see {@link CohortTableOptions}
 * @returns `InvalidValue` for every part of the definition that makes no sense, `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, parseInstant, rollingTable, unwrap } from 'treue'
 *
 * // 23 hours and a minute later: the same day by exact windows, the next one by those of full hours.
 * const visit = (at: string) => ({ customer: 'ann', at: unwrap(parseInstant(at)) })
 * const log = unwrap(encodePurchases([visit('2026-12-01T17:59:00Z'), visit('2026-12-02T17:00:00Z')]))
 * const definition = {
 *   periods: { unit: 'day', from: unwrap(parseCivilDate('2026-12-01')), count: 1 },
 *   asOf: unwrap(parseInstant('2026-12-31T00:00:00Z')),
 * } as const
 * const retained = (alignment: 'exact' | 'hourTruncated') =>
 *   unwrap(rollingTable(log, { ...definition, windows: { unit: 'day', count: 2, alignment } })).rows[0]?.cells[1]?.retained
 * retained('exact') // => 0
 * retained('hourTruncated') // => 1
 * ```
 */
export const rollingTable = (
  log: PurchaseLog,
  definition: RollingDefinition,
  options: CohortTableOptions = {},
): Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, RollingTable> => {
  const summary = summariseRolling(log, definition)
  if (summary._tag === 'Left') return summary
  const table = finishRolling(summary.right, definition, options)
  return table._tag === 'Left' ? { _tag: 'Left', left: [table.left] } : table
}
