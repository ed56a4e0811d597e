import {
  type CivilDate,
  type CivilPeriod,
  type Instant,
  type Interval,
  localDateOf,
  nextPeriod,
  periodInterval,
  periodOf,
  utc,
} from '../../src/foundation/index.ts'
import type { CohortDefinition, CohortSummary, DailyPurchase, TimedPurchase } from '../../src/retention/index.ts'

interface ModelPeriod {
  readonly interval: Interval
  readonly dates: CivilPeriod
}

/** The periods of a definition, one after the other. */
const periodsOf = ({ periods, zone = utc }: CohortDefinition): ReadonlyArray<ModelPeriod> => {
  const found: Array<ModelPeriod> = []
  if (periods.unit === 'hour') {
    for (let index = 0; index < periods.count; index += 1) {
      const from = (periods.from + index * 3_600_000) as Instant
      found.push({
        interval: { from, until: (from + 3_600_000) as Instant },
        dates: { from: NaN, until: NaN } as never,
      })
    }
    return found
  }
  let dates = periodOf(periods, periods.from)
  for (let index = 0; index < periods.count; index += 1) {
    found.push({ interval: periodInterval(zone, dates), dates })
    dates = nextPeriod(periods, dates)
  }
  return found
}

type Row = DailyPurchase | TimedPurchase

const lies = (row: Row, { interval, dates }: ModelPeriod): boolean =>
  'day' in row ? row.day >= dates.from && row.day < dates.until : row.at >= interval.from && row.at < interval.until

const isBefore = (row: Row, { interval, dates }: ModelPeriod): boolean =>
  'day' in row ? row.day < dates.from : row.at < interval.from

/** −1: before the first period; the number of periods: after the last. */
const periodIndex = (row: Row, periods: ReadonlyArray<ModelPeriod>): number => {
  if (isBefore(row, periods[0] as ModelPeriod)) return -1
  const found = periods.findIndex((period) => lies(row, period))
  return found < 0 ? periods.length : found
}

type Own = ReadonlyArray<number>

/** Whether returns in these periods retain somebody of a cohort in a later one, or in the cohort's own. */
const isRetained = (
  criterion: CohortDefinition['criterion'],
  apart: boolean,
  own: Own,
  cohort: number,
  period: number,
): boolean => {
  const since = Array.from({ length: period - cohort }, (_, index) => cohort + 1 + index)
  switch (criterion) {
    case 'onOrAfter':
      return own.some((index) => index >= period)
    case 'onOrBefore':
      if (!apart && period === cohort) return true
      return (apart ? [cohort, ...since] : since).some((index) => own.includes(index))
    case 'streak':
      return period === cohort ? own.includes(cohort) : since.every((index) => own.includes(index))
    default:
      return own.includes(period)
  }
}

/** Slow, obvious: for every cohort and every later period, goes through every customer and all of their purchases. */
export const cohortModel = (
  rows: ReadonlyArray<Row>,
  definition: CohortDefinition,
  others?: ReadonlyArray<Row>,
): CohortSummary => {
  const { asOf, zone = utc, membership = 'firstTime', criterion = 'on' } = definition
  const periods = periodsOf(definition)
  const lastDay: CivilDate = localDateOf(zone, asOf)
  const isKnown = (row: Row): boolean => ('day' in row ? row.day <= lastDay : row.at <= asOf)
  const indexesOf = (all: ReadonlyArray<Row>, customer: string): Own =>
    all.filter((row) => isKnown(row) && row.customer === customer).map((row) => periodIndex(row, periods))
  const people = Array.from(new Set(rows.filter(isKnown).map(({ customer }) => customer))).map((customer) => ({
    begun: indexesOf(rows, customer),
    returns: indexesOf(others ?? rows, customer),
  }))
  const isMember = (begun: Own, cohort: number): boolean =>
    membership === 'firstTime' ? Math.min(...begun) === cohort : begun.includes(cohort)
  const membersOf = (cohort: number) => people.filter(({ begun }) => isMember(begun, cohort))
  return {
    sizes: periods.map((_, cohort) => membersOf(cohort).length),
    retained: periods.map((_, cohort) =>
      periods
        .slice(cohort)
        .map(
          (__, offset) =>
            membersOf(cohort).filter(({ returns }) =>
              isRetained(criterion, others !== undefined, returns, cohort, cohort + offset),
            ).length,
        ),
    ),
  }
}
