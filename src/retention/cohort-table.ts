// The cohort table: who came back how long after they began.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { CivilDate, Instant, InvalidValue, OutOfRange } from '../foundation/index.ts'
import type { RetentionAverage } from './cohort-average.ts'
import {
  type CohortRow,
  type CohortTableOptions,
  calendarCell,
  columnAverages,
  statusAt,
  tableBasis,
} from './cohort-finish.ts'
import type { CohortCriterion, CohortMembership } from './cohort-kernel.ts'
import type { PeriodStarts } from './cohort-periods.ts'
import { type CohortDefinition, type CohortSummary, cohortFaults, summariseCohorts } from './cohort-summary.ts'
import type { PurchaseLog } from './purchase-log.ts'

/** Cohorts by rows, periods since by columns. */
export interface CohortTable {
  readonly membership: CohortMembership
  readonly criterion: CohortCriterion
  readonly rows: ReadonlyArray<CohortRow>
  /** Of each column, the average of its complete cells; `null` where none is complete. */
  readonly average: ReadonlyArray<RetentionAverage | null>
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
    cells: (summary.retained[cohort] as ReadonlyArray<number>).map((retained, offset) =>
      calendarCell({ status: statusAt(starts, cohort + offset, asOf), size, retained }, confidence),
    ),
  }
}

/**
 * The cohort table of a summary.
 *
 * @param summary counted, or merged, by that definition
 * @param definition see {@link CohortDefinition}
 * @param options see {@link CohortTableOptions}
 * @returns `InvalidValue` when the periods make no sense or aren't as many as the summary has, or the summary contradicts
 * itself; `OutOfRange` for a confidence outside (0, 1).
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
  const { asOf, membership = 'firstTime', criterion = 'on' } = definition
  const basis = tableBasis(definition, options, summary)
  if (basis._tag === 'Left') return basis
  const [fault] = cohortFaults(summary)
  if (fault !== undefined) return { _tag: 'Left', left: fault }
  const { starts, method, confidence } = basis.right
  const rows = summary.sizes.map((_, cohort) => rowOf(summary, starts, asOf, cohort, confidence))
  return {
    _tag: 'Right',
    right: { membership, criterion, rows, average: columnAverages(rows, rows.length, method) },
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
