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

/** Slow, obvious: for every cohort and every later period, goes through every customer and all of their purchases. */
export const cohortModel = (rows: ReadonlyArray<Row>, definition: CohortDefinition): CohortSummary => {
  const { asOf, zone = utc, membership = 'firstTime', criterion = 'on' } = definition
  const periods = periodsOf(definition)
  const lastDay: CivilDate = localDateOf(zone, asOf)
  const known = rows.filter((row) => ('day' in row ? row.day <= lastDay : row.at <= asOf))
  const customers = Array.from(new Set(known.map(({ customer }) => customer)))
  const indexes = customers.map((customer) =>
    known.filter((row) => row.customer === customer).map((row) => periodIndex(row, periods)),
  )
  const isMember = (own: ReadonlyArray<number>, cohort: number): boolean =>
    membership === 'firstTime' ? Math.min(...own) === cohort : own.includes(cohort)
  const isRetained = (own: ReadonlyArray<number>, period: number): boolean =>
    criterion === 'on' ? own.includes(period) : own.some((index) => index >= period)
  const retained = periods.map((_, cohort) => {
    const members = indexes.filter((own) => isMember(own, cohort))
    return periods.slice(cohort).map((__, offset) => members.filter((own) => isRetained(own, cohort + offset)).length)
  })
  return { sizes: periods.map((_, cohort) => indexes.filter((own) => isMember(own, cohort)).length), retained }
}
