import {
  averageCohortRevenue,
  averageRetention,
  type CalendarPeriods,
  type CohortCount,
  type CohortDefinition,
  type CohortPeriods,
  type CohortTable,
  cohortTable,
  encodePurchases,
  finishCohorts,
  formatCivilDate,
  parseCivilDate,
  parseInstant,
  type RollingWindows,
  relativeRetention,
  retainedShare,
  rollingTable,
  type TimedPurchase,
  unwrap,
  zoneFromIntl,
} from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

const date = (text: string) => unwrap(parseCivilDate(text))
const instant = (text: string) => unwrap(parseInstant(text))
const longAfter = instant('2100-01-01T00:00:00Z')

interface RetentionInput {
  readonly events: ReadonlyArray<{ readonly user: string; readonly at: string }>
  readonly granularity: 'hour' | 'day' | 'week' | 'month' | 'quarter'
  readonly firstPeriod: string
  readonly periods: number
  readonly membership: 'firstTime' | 'recurring'
  readonly criterion: 'on' | 'onOrAfter'
  readonly timeZone: string
  readonly weekStart: 'sunday' | 'monday'
}

const periodsOf = ({ granularity, firstPeriod, periods: count, weekStart }: RetentionInput): CohortPeriods => {
  if (granularity === 'hour') return { unit: 'hour', from: instant(firstPeriod), count }
  if (granularity === 'week') {
    return { unit: 'week', startsOn: weekStart === 'sunday' ? 7 : 1, from: date(firstPeriod), count }
  }
  return { unit: granularity, from: date(firstPeriod), count }
}

const countsOf = ({ rows }: CohortTable) => rows.map(({ cells }) => cells.map(({ retained }) => retained))

const retention = adapter<RetentionInput>((input) => {
  const rows = input.events.map(({ user, at }): TimedPurchase => ({ customer: user, at: instant(at) }))
  const table = cohortTable(unwrap(encodePurchases(rows)), {
    periods: periodsOf(input),
    membership: input.membership,
    criterion: input.criterion,
    zone: unwrap(zoneFromIntl(input.timeZone)),
    asOf: longAfter,
  })
  return {
    counts: figure(table, countsOf),
    cohortDates: figure(table, (found) => found.rows.map(({ startsOn }) => formatCivilDate(startsOn))),
  }
})

const cell = adapter<{ readonly size: number; readonly retained: number }>(({ size, retained }) => ({
  rate: figure(retainedShare(retained, size), (rate) => rate),
}))

const notFunnel = adapter<{ readonly first: number; readonly counts: ReadonlyArray<number> }>(({ first, counts }) => ({
  rates: counts.map((retained) => figure(retainedShare(retained, first), (rate) => rate)),
}))

const relative = adapter<{ readonly counts: ReadonlyArray<number> }>(({ counts }) => ({
  toStart: relativeRetention(counts, 'start').map((rate) => figure(rate, (value) => value)),
  toPrevious: relativeRetention(counts, 'previous').map((rate) => figure(rate, (value) => value)),
}))

interface AverageInput {
  readonly cells: ReadonlyArray<{ readonly size: number; readonly retained: number; readonly complete: boolean }>
}

const cellOf = ({ size, retained, complete }: AverageInput['cells'][number]): CohortCount => ({
  status: complete ? 'complete' : 'inProgress',
  size,
  retained,
})

const average = adapter<AverageInput>((input) => {
  const cells = input.cells.map(cellOf)
  return {
    pooled: figure(averageRetention(cells), ({ rate }) => rate),
    simpleMean: figure(averageRetention(cells, { method: 'simpleMean' }), ({ rate }) => rate),
    ifIncompleteIncluded: figure(averageRetention(cells, { over: 'started' }), ({ rate }) => rate),
    mixpanelSizeSquaredWeighted: figure(averageRetention(cells, { method: 'sizeSquared' }), ({ rate }) => rate),
    mixpanelAbsolute: figure(averageRetention(cells, { method: 'sizeSquared' }), ({ retained }) => retained),
  }
})

interface IncompleteInput {
  readonly cohortDays: ReadonlyArray<string>
  readonly asOf: string
  readonly period: number
  readonly sizes: ReadonlyArray<number>
  readonly retained: ReadonlyArray<number>
}

const incomplete = adapter<IncompleteInput>(({ cohortDays, asOf, period, sizes, retained }) => {
  const count = cohortDays.length + period
  const definition: CohortDefinition = {
    periods: { unit: 'day', from: date(cohortDays[0] ?? ''), count },
    asOf: instant(asOf),
  }
  const memberCounts = (cohort: number) =>
    Array.from({ length: count - cohort }, (_, offset) => {
      if (offset === 0) return sizes[cohort] ?? 0
      return offset === period ? (retained[cohort] ?? 0) : 0
    })
  const summary = {
    sizes: Array.from({ length: count }, (_, cohort) => sizes[cohort] ?? 0),
    retained: Array.from({ length: count }, (_, cohort) => memberCounts(cohort)),
  }
  const table = unwrap(finishCohorts(summary, definition))
  const cells = table.rows.slice(0, cohortDays.length).flatMap((row) => row.cells.slice(period, period + 1))
  return {
    complete: cells.map(({ status }) => status === 'complete'),
    status: cells.map(({ status }) => status),
    pooledMature: table.average[period]?.rate,
    pooledNaive: figure(averageRetention(cells, { over: 'started' }), ({ rate }) => rate),
  }
})

interface WindowInput {
  readonly start: string
  readonly return: string
}

/** In which period after the first a customer came back: a table of two periods with one customer says. */
const periodOfReturn = (input: WindowInput, periods: CalendarPeriods): number => {
  const days = [input.start, input.return].map((text) => ({ customer: 'one', day: date(text.slice(0, 10)) }))
  const table = unwrap(cohortTable(unwrap(encodePurchases(days)), { periods, asOf: longAfter }))
  return (table.rows[0]?.cells ?? []).reduce((last, { retained }, offset) => (retained > 0 ? offset : last), 0)
}

const fromStart = ({ start }: WindowInput) => ({ from: date(start.slice(0, 10)), count: 6 })

/** In which window after their own start a customer came back. */
const windowOfReturn = (input: WindowInput, windows: Omit<RollingWindows, 'count'>): number => {
  const timed = input.start.length > 10
  const rows = [input.start, input.return].map((text) =>
    timed ? { customer: 'one', at: instant(text) } : { customer: 'one', day: date(text) },
  )
  const log = encodePurchases(rows as ReadonlyArray<TimedPurchase>)
  const periods = { unit: 'day', ...fromStart(input) } as const
  const table = unwrap(rollingTable(unwrap(log), { periods, windows: { ...windows, count: 6 }, asOf: longAfter }))
  return (table.rows[0]?.cells ?? []).reduce((last, { retained }, offset) => (retained > 0 ? offset : last), 0)
}

const window24h = adapter<WindowInput>((input) => ({
  calendarUTC: periodOfReturn(input, { unit: 'day', ...fromStart(input) }),
  exact24h: windowOfReturn(input, { unit: 'day' }),
  amplitudeHourTruncated: windowOfReturn(input, { unit: 'day', alignment: 'hourTruncated' }),
}))

const windowWeek = adapter<WindowInput>((input) => ({
  calendarWeekMonday: periodOfReturn(input, { unit: 'week', startsOn: 1, ...fromStart(input) }),
  calendarWeekSunday: periodOfReturn(input, { unit: 'week', startsOn: 7, ...fromStart(input) }),
  rolling7d: windowOfReturn(input, { unit: 'week' }),
}))

const windowMonth = adapter<WindowInput>((input) => ({
  calendarMonth: periodOfReturn(input, { unit: 'month', ...fromStart(input) }),
  rolling30d: windowOfReturn(input, { unit: 'month' }),
}))

interface Mature {
  readonly cohorts: ReadonlyArray<{ readonly users: number; readonly revenue: string; readonly mature: boolean }>
}

const revenue = adapter<Mature>(({ cohorts }) => {
  const cells = cohorts.map(({ users, revenue: amount, mature }) => ({
    status: mature ? ('complete' as const) : ('inProgress' as const),
    size: users,
    cumulativeMinor: Number(amount),
  }))
  return {
    perCohort: cells.map((one) => figure(averageCohortRevenue([one]), (mean) => mean)),
    overall: figure(averageCohortRevenue(cells), (mean) => mean),
  }
})

/** Cohort tables. */
export const cohortAdapters: Adapters = {
  'cohort.retention': retention,
  'cohort.cell': cell,
  'cohort.notFunnel': notFunnel,
  'cohort.relative': relative,
  'cohort.average': average,
  'cohort.incomplete': incomplete,
  'cohort.ltvNDay': revenue,
  'cohort.window24h': window24h,
  'cohort.windowWeek': windowWeek,
  'cohort.windowMonth': windowMonth,
}
