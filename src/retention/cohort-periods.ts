// The columns of a cohort table: consecutive periods of a calendar in a zone, or hours.

import type { Either } from 'fp-ts/Either'
import {
  type Calendar,
  type CivilDate,
  type CivilPeriod,
  type Instant,
  type InvalidValue,
  invalidValue,
  localDateOf,
  nextPeriod,
  periodOf,
  startOfDay,
  type Zone,
} from '../foundation/index.ts'
import { aDate, anInstant, isDay, isMoment } from './purchase-log.ts'

/** Consecutive calendar periods, beginning with the one that `from` lies in. */
export type CalendarPeriods = Calendar & {
  readonly from: CivilDate
  /** How many: 1 to 1,000. */
  readonly count: number
}

/** Consecutive hours from an instant on. */
export interface HourPeriods {
  readonly unit: 'hour'
  readonly from: Instant
  /** How many: 1 to 1,000. */
  readonly count: number
}

/** The periods of a cohort table. */
export type CohortPeriods = CalendarPeriods | HourPeriods

/** Where periods begin: one entry more than there are periods, the last for the end. */
export interface PeriodStarts {
  /** Epoch milliseconds. */
  readonly at: ReadonlyArray<Instant>
  /** Local dates. */
  readonly on: ReadonlyArray<CivilDate>
}

const msPerHour = 3_600_000

const hourStarts = ({ from, count }: HourPeriods, zone: Zone): PeriodStarts => {
  const at = Array.from({ length: count + 1 }, (_, index) => (from + index * msPerHour) as Instant)
  return { at, on: at.map((instant) => localDateOf(zone, instant)) }
}

const calendarStarts = (periods: CalendarPeriods, zone: Zone): PeriodStarts => {
  const on: Array<CivilDate> = []
  let period: CivilPeriod = periodOf(periods, periods.from)
  for (let index = 0; index < periods.count; index += 1) {
    on.push(period.from)
    period = nextPeriod(periods, period)
  }
  on.push(period.from)
  return { at: on.map((date) => startOfDay(zone, date)), on }
}

const isFrom = (periods: CohortPeriods): boolean =>
  periods.unit === 'hour' ? isMoment(periods.from) : isDay(periods.from)

/** Where the periods begin, or why they are none. */
export const periodStarts = (periods: CohortPeriods, zone: Zone): Either<InvalidValue, PeriodStarts> => {
  const { count, from } = periods
  if (!(Number.isInteger(count) && count >= 1 && count <= 1000)) {
    return { _tag: 'Left', left: invalidValue(['periods', 'count'], count, 'a whole number from 1 to 1000') }
  }
  if (!isFrom(periods)) {
    return { _tag: 'Left', left: invalidValue(['periods', 'from'], from, periods.unit === 'hour' ? anInstant : aDate) }
  }
  const starts = periods.unit === 'hour' ? hourStarts(periods, zone) : calendarStarts(periods, zone)
  return starts.on.every(isDay)
    ? { _tag: 'Right', right: starts }
    : { _tag: 'Left', left: invalidValue(['periods', 'count'], count, 'an end before the year 10000') }
}
