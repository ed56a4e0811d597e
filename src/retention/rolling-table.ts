// The table of rolling windows: cells that say of how many members they speak.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type CivilDate, type Instant, type InvalidValue, invalidValue, type OutOfRange } from '../foundation/index.ts'
import type { CellStatus, CohortCell, CohortCount, RetentionAverage } from './cohort-average.ts'
import { type CohortRow, type CohortTableOptions, cohortCell, columnAverages, tableBasis } from './cohort-finish.ts'
import type { CohortCriterion, CohortMembership } from './cohort-kernel.ts'
import type { PeriodStarts } from './cohort-periods.ts'
import type { PurchaseLog } from './purchase-log.ts'
import {
  columnCount,
  columnFaults,
  type RollingDefinition,
  type RollingSummary,
  type RollingWindows,
  rollingFaults,
  summariseRolling,
  windowMilliseconds,
} from './rolling-cohort.ts'

/** Cohorts by rows, windows since each member's start, or brackets of those, by columns. */
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

const rowOf = (
  { sizes, matured, retained }: RollingSummary,
  { asOf, windows }: RollingDefinition,
  starts: PeriodStarts,
  cohort: number,
  confidence: number,
): CohortRow => {
  const size = sizes[cohort] as number
  const back = retained[cohort] as ReadonlyArray<number>
  const startsAt = starts.at[cohort] as Instant
  const closed = asOf >= (starts.at[cohort + 1] as Instant)
  const begun = (column: number): boolean =>
    asOf >= startsAt + (windows.brackets?.[column]?.from ?? column) * windowMilliseconds(windows)
  return {
    startsOn: starts.on[cohort] as CivilDate,
    startsAt,
    size,
    cells: (matured[cohort] as ReadonlyArray<number>).map((count, column) =>
      cohortCell(
        {
          status: statusOf({ closed, begun: begun(column) }, size, count),
          size,
          retained: back[column] as number,
        },
        { matured: count, counted: count },
        confidence,
      ),
    ),
  }
}

/** Members whose window isn't over are left out of an average, those of all others count. */
const maturedOf = ({ matured, retained }: CohortCell): CohortCount => ({ status: 'complete', size: matured, retained })

/**
 * The table of a summary of rolling windows. A cell's rate is of its matured members; those whose window isn't over yet are
 * excluded from both sides.
 *
 * @param summary counted, or merged, by that definition
 * @param definition see {@link RollingDefinition}
 * @param options see {@link CohortTableOptions}
 * @returns `InvalidValue` when periods or windows make no sense or aren't as many as the summary has, `OutOfRange` for a
 * confidence outside (0, 1).
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
  const { windows, membership = 'firstTime', criterion = 'on' } = definition
  const basis = tableBasis(definition, options, summary)
  if (basis._tag === 'Left') return basis
  const [fault] = [...columnFaults(definition), ...rollingFaults(summary)]
  if (fault !== undefined) return { _tag: 'Left', left: fault }
  const { starts, method, confidence } = basis.right
  const columns = columnCount(windows)
  if (summary.matured.some((row) => row.length !== columns)) {
    return { _tag: 'Left', left: invalidValue(['matured'], summary.matured, `rows of ${columns}`) }
  }
  const rows = summary.sizes.map((_, cohort) => rowOf(summary, definition, starts, cohort, confidence))
  const average = columnAverages(rows, columns, method, maturedOf)
  return { _tag: 'Right', right: { membership, criterion, windows, rows, average } }
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
