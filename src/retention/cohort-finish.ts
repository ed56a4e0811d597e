// What tables of cohorts are finished with: periods that fit a summary, the status of each, cells, and averages.

import type { Either } from 'fp-ts/Either'
import {
  type CivilDate,
  type Instant,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  utc,
  type Zone,
} from '../foundation/index.ts'
import { twoSidedQuantile, wilsonInterval } from '../statistics/index.ts'
import {
  type AverageMethod,
  averageRetention,
  type CellStatus,
  type CohortCell,
  type CohortCount,
  type RetentionAverage,
} from './cohort-average.ts'
import { type CohortPeriods, type PeriodStarts, periodStarts } from './cohort-periods.ts'

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

/** How a cohort table is finished. */
export interface CohortTableOptions {
  /** How the average row is computed; `'pooled'` when absent. */
  readonly average?: AverageMethod
  /** Of the cells' intervals; 0.95 when absent. */
  readonly confidence?: number
}

interface Periods {
  readonly periods: CohortPeriods
  readonly zone?: Zone
}

/** Where the periods begin, if a summary's lists have an entry for each. */
export const startsFor = (
  { periods, zone = utc }: Periods,
  lists: Readonly<Record<string, ReadonlyArray<unknown>>>,
): Either<InvalidValue, PeriodStarts> => {
  const starts = periodStarts(periods, zone)
  if (starts._tag === 'Left') return starts
  const [wrong] = Object.entries(lists).filter(([, entries]) => entries.length !== periods.count)
  return wrong === undefined
    ? starts
    : { _tag: 'Left', left: invalidValue([wrong[0]], wrong[1], `${periods.count} entries, one for each period`) }
}

/** What a table is finished by. */
export interface TableBasis {
  readonly starts: PeriodStarts
  readonly method: AverageMethod
  readonly confidence: number
}

/** The options and periods of a table, if they make sense and fit the sizes of a summary. */
export const tableBasis = (
  definition: Periods,
  { average: method = 'pooled', confidence = 0.95 }: CohortTableOptions,
  { sizes }: { readonly sizes: ReadonlyArray<number> },
): Either<InvalidValue | OutOfRange, TableBasis> => {
  const starts = startsFor(definition, { sizes })
  if (starts._tag === 'Left') return starts
  const quantile = twoSidedQuantile(confidence)
  return quantile._tag === 'Left' ? quantile : { _tag: 'Right', right: { starts: starts.right, method, confidence } }
}

/** Whether a period is over, has begun, or is still to come. */
export const statusAt = (starts: PeriodStarts, period: number, asOf: Instant): CellStatus => {
  if (asOf >= (starts.at[period + 1] as Instant)) return 'complete'
  return asOf >= (starts.at[period] as Instant) ? 'inProgress' : 'notStarted'
}

/** Members of a cell whose period is over, and those whom its rate is of. */
interface CellMembers {
  readonly matured: number
  readonly counted: number
}

/** A cell with its rate and interval, which it has where anybody counts. */
export const cohortCell = (
  { status, size, retained }: CohortCount,
  { matured, counted }: CellMembers,
  confidence: number,
): CohortCell => {
  const interval = counted > 0 ? wilsonInterval(retained, counted, confidence) : null
  return {
    status,
    size,
    matured,
    excluded: size - matured,
    retained,
    rate: counted > 0 ? retained / counted : null,
    interval: interval?._tag === 'Right' ? interval.right : null,
  }
}

/** A cell of calendar periods, whose members all mature together. */
export const calendarCell = (count: CohortCount, confidence: number): CohortCell => {
  const { status, size } = count
  return cohortCell(
    count,
    { matured: status === 'complete' ? size : 0, counted: status === 'notStarted' ? 0 : size },
    confidence,
  )
}

const asItIs = (cell: CohortCell): CohortCount => cell

/** Of each column the average of its cells; `null` where none counts. */
export const columnAverages = (
  rows: ReadonlyArray<CohortRow>,
  columns: number,
  method: AverageMethod,
  countOf: (cell: CohortCell) => CohortCount = asItIs,
): ReadonlyArray<RetentionAverage | null> =>
  Array.from({ length: columns }, (_, column) => {
    const cells = rows.flatMap((row) => row.cells.slice(column, column + 1).map(countOf))
    const average = averageRetention(cells, { method })
    return average._tag === 'Right' ? average.right : null
  })
