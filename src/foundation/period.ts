// Calendar periods: which day, week, month, quarter, year or anniversary a date lies in, and rolling windows.

import { addDays, addMonths, CivilDate, Weekday, weekdayOf } from './civil-date.ts'
import type { Codec } from './codec.ts'
import { integerCodec, literalCodec } from './codec-primitive.ts'
import { constrainCodec } from './codec-refine.ts'
import { structCodec } from './codec-struct.ts'
import { unionCodec } from './codec-union.ts'
import { addDuration, type Duration } from './duration.ts'
import { daysInMonth, epochDayInMonth, monthIndexOfPacked, packedFieldsOf, yearOfPacked } from './epoch-day.ts'
import { type InvalidValue, invalidValue } from './fault.ts'
import type { Instant } from './instant.ts'
import type { Interval } from './interval.ts'
import { localDateOf, startOfDay, type Zone } from './zone.ts'

/** Days, each a period. */
export interface DayCalendar {
  readonly unit: 'day'
}

/** Weeks from a chosen weekday. */
export interface WeekCalendar {
  readonly unit: 'week'
  /** 1 is Monday (ISO 8601), 7 is Sunday. */
  readonly startsOn: Weekday
}

/** Calendar months. */
export interface MonthCalendar {
  readonly unit: 'month'
}

/** Three months each, from a chosen month and every third after it. */
export interface QuarterCalendar {
  readonly unit: 'quarter'
  /** 1–12; 1 when absent. */
  readonly startMonth?: number
}

/** Years from a chosen day; one that starts on 29 February starts on the 28th in common years. */
export interface YearCalendar {
  readonly unit: 'year'
  /** 1–12. */
  readonly startMonth: number
  /** 1–31, a day that the month has in a leap year. */
  readonly startDay: number
}

/** Spans of some months counted from an anchor, forwards and back, each clamped to the month's end from the anchor. */
export interface AnniversaryCalendar {
  readonly unit: 'anniversary'
  readonly anchor: CivilDate
  /** Length of a span, 1–10,000. */
  readonly months: number
}

/** A way to divide time into periods without gap or overlap. */
export type Calendar = DayCalendar | WeekCalendar | MonthCalendar | QuarterCalendar | YearCalendar | AnniversaryCalendar

/** The JSON of a calendar: an anniversary's anchor is a text, everything else is as it is. */
export type CalendarJson =
  | Exclude<Calendar, AnniversaryCalendar>
  | { readonly unit: 'anniversary'; readonly anchor: string; readonly months: number }

/** Every day that the month has in some year can start one. */
const startDayFaults = ({ startMonth, startDay }: YearCalendar): ReadonlyArray<InvalidValue> => {
  const last = daysInMonth(2000, startMonth)
  return startDay <= last
    ? []
    : [invalidValue(['startDay'], startDay, `a day from 1 to ${last} in month ${startMonth}`)]
}

/**
 * Reads a calendar.
 *
 * @example
 * ```ts
 * import { Calendar, decode } from 'treue'
 * decode(Calendar, { unit: 'week', startsOn: 1 }) // => { _tag: 'Right', right: { unit: 'week', startsOn: 1 } }
 * decode(Calendar, { unit: 'year', startMonth: 2, startDay: 30 })._tag // => 'Left'
 * ```
 */
export const Calendar: Codec<Calendar, CalendarJson> = /* @__PURE__ */ unionCodec('Calendar', 'unit', {
  day: /* @__PURE__ */ structCodec('DayCalendar', { unit: /* @__PURE__ */ literalCodec('day') }),
  week: /* @__PURE__ */ structCodec('WeekCalendar', {
    unit: /* @__PURE__ */ literalCodec('week'),
    startsOn: Weekday,
  }),
  month: /* @__PURE__ */ structCodec('MonthCalendar', { unit: /* @__PURE__ */ literalCodec('month') }),
  quarter: /* @__PURE__ */ structCodec(
    'QuarterCalendar',
    { unit: /* @__PURE__ */ literalCodec('quarter') },
    { startMonth: /* @__PURE__ */ integerCodec({ min: 1, max: 12 }) },
  ),
  year: /* @__PURE__ */ constrainCodec<YearCalendar, YearCalendar>(
    /* @__PURE__ */ structCodec('YearCalendar', {
      unit: /* @__PURE__ */ literalCodec('year'),
      startMonth: /* @__PURE__ */ integerCodec({ min: 1, max: 12 }),
      startDay: /* @__PURE__ */ integerCodec({ min: 1, max: 31 }),
    }),
    startDayFaults,
  ),
  anniversary: /* @__PURE__ */ structCodec('AnniversaryCalendar', {
    unit: /* @__PURE__ */ literalCodec('anniversary'),
    anchor: CivilDate,
    months: /* @__PURE__ */ integerCodec({ min: 1, max: 10_000 }),
  }),
})

/** The dates from `from` on and before `until`. */
export interface CivilPeriod {
  readonly from: CivilDate
  /** The first date that is no longer in it. */
  readonly until: CivilDate
}

const monthsFrom = (monthIndex: number, months: number): CivilPeriod => ({
  from: epochDayInMonth(monthIndex, 1) as CivilDate,
  until: epochDayInMonth(monthIndex + months, 1) as CivilDate,
})

const monthIndexOf = (date: CivilDate): number => monthIndexOfPacked(packedFieldsOf(date))

const weekOf = (calendar: WeekCalendar, date: CivilDate): CivilPeriod => {
  const from = addDays(date, -((weekdayOf(date) - calendar.startsOn + 7) % 7))
  return { from, until: addDays(from, 7) }
}

const quarterOf = (calendar: QuarterCalendar, date: CivilDate): CivilPeriod => {
  const startMonth = calendar.startMonth ?? 1
  return monthsFrom(Math.floor((monthIndexOf(date) - startMonth + 1) / 3) * 3 + startMonth - 1, 3)
}

const yearOf = (calendar: YearCalendar, date: CivilDate): CivilPeriod => {
  const start = (year: number): CivilDate =>
    epochDayInMonth(year * 12 + calendar.startMonth - 1, calendar.startDay) as CivilDate
  const year = yearOfPacked(packedFieldsOf(date))
  const thisYear = start(year)
  return thisYear <= date ? { from: thisYear, until: start(year + 1) } : { from: start(year - 1), until: thisYear }
}

const anniversaryOf = (calendar: AnniversaryCalendar, date: CivilDate): CivilPeriod => {
  const { anchor, months } = calendar
  const monthsAhead = monthIndexOf(date) - monthIndexOf(anchor)
  const wholeMonths = addMonths(anchor, monthsAhead) <= date ? monthsAhead : monthsAhead - 1
  const elapsed = Math.floor(wholeMonths / months) * months
  return { from: addMonths(anchor, elapsed), until: addMonths(anchor, elapsed + months) }
}

/**
 * The period of the calendar that a date lies in.
 *
 * @example
 * ```ts
 * import { formatCivilDate, parseCivilDate, periodOf, unwrap } from 'treue'
 * const fiscalYear = periodOf({ unit: 'year', startMonth: 4, startDay: 1 }, unwrap(parseCivilDate('2026-03-31')))
 * formatCivilDate(fiscalYear.from) // => '2025-04-01'
 * formatCivilDate(fiscalYear.until) // => '2026-04-01'
 * ```
 */
export const periodOf = (calendar: Calendar, date: CivilDate): CivilPeriod => {
  switch (calendar.unit) {
    case 'day':
      return { from: date, until: addDays(date, 1) }
    case 'week':
      return weekOf(calendar, date)
    case 'month':
      return monthsFrom(monthIndexOf(date), 1)
    case 'quarter':
      return quarterOf(calendar, date)
    case 'year':
      return yearOf(calendar, date)
    case 'anniversary':
      return anniversaryOf(calendar, date)
  }
}

/**
 * The period after a period of the calendar.
 *
 * @example
 * ```ts
 * import { formatCivilDate, nextPeriod, parseCivilDate, periodOf, unwrap } from 'treue'
 * const january = periodOf({ unit: 'month' }, unwrap(parseCivilDate('2026-01-15')))
 * formatCivilDate(nextPeriod({ unit: 'month' }, january).until) // => '2026-03-01'
 * ```
 */
export const nextPeriod = (calendar: Calendar, period: CivilPeriod): CivilPeriod => periodOf(calendar, period.until)

/**
 * The period before a period of the calendar.
 *
 * @example
 * ```ts
 * import { formatCivilDate, parseCivilDate, periodOf, previousPeriod, unwrap } from 'treue'
 * const january = periodOf({ unit: 'month' }, unwrap(parseCivilDate('2026-01-15')))
 * formatCivilDate(previousPeriod({ unit: 'month' }, january).from) // => '2025-12-01'
 * ```
 */
export const previousPeriod = (calendar: Calendar, period: CivilPeriod): CivilPeriod =>
  periodOf(calendar, addDays(period.from, -1))

/**
 * The instants of a period in a zone: from the first instant of its first date to the first instant after it.
 *
 * It is empty for a date that the zone skipped as a whole.
 *
 * @example
 * ```ts
 * import { parseCivilDate, periodInterval, periodOf, unwrap, zoneFromIntl } from 'treue'
 * const auckland = unwrap(zoneFromIntl('Pacific/Auckland'))
 * const day = periodInterval(auckland, periodOf({ unit: 'day' }, unwrap(parseCivilDate('2021-09-26'))))
 * const hours = (day.until - day.from) / 3_600_000
 * hours // => 23
 * ```
 */
export const periodInterval = (zone: Zone, period: CivilPeriod): Interval => ({
  from: startOfDay(zone, period.from),
  until: startOfDay(zone, period.until),
})

/**
 * The interval of the calendar's period that an instant lies in.
 *
 * Where a clock is set back across midnight, the evening that it shows a second time belongs to the new day, so that
 * periods never overlap.
 *
 * @example
 * ```ts
 * import { formatInstant, parseInstant, periodIntervalAt, unwrap, zoneFromIntl } from 'treue'
 * const newYork = unwrap(zoneFromIntl('America/New_York'))
 * const year = { unit: 'year', startMonth: 1, startDay: 1 } as const
 * const capWindow = periodIntervalAt(year, newYork, unwrap(parseInstant('2026-01-01T02:00:00Z')))
 * formatInstant(capWindow.until) // => '2026-01-01T05:00:00Z'
 * ```
 */
export const periodIntervalAt = (calendar: Calendar, zone: Zone, instant: Instant): Interval => {
  let period = periodOf(calendar, localDateOf(zone, instant))
  let found = periodInterval(zone, period)
  while (instant >= found.until) {
    period = nextPeriod(calendar, period)
    found = periodInterval(zone, period)
  }
  return found
}

/**
 * The window of the given length that ends with `asOf`, which it includes; what happened exactly that long before is
 * out.
 *
 * @param duration counted back from `asOf` on the local calendar (hours: absolute)
 * @example
 * ```ts
 * import { containsInstant, parseInstant, rollingWindow, unwrap, utc } from 'treue'
 * const at = (text: string) => unwrap(parseInstant(text))
 * const lastDay = rollingWindow(utc, at('2026-03-02T00:10:00Z'), { amount: 24, unit: 'hour' })
 * containsInstant(lastDay, at('2026-03-01T23:50:00Z')) // => true
 * containsInstant(lastDay, at('2026-03-01T00:10:00Z')) // => false
 * ```
 */
export const rollingWindow = (zone: Zone, asOf: Instant, duration: Duration): Interval => ({
  from: (addDuration(zone, asOf, duration, -1) + 1) as Instant,
  until: (asOf + 1) as Instant,
})

/**
 * The date to show a person as the interval's last: that of the last instant before `until` (S19).
 *
 * @example
 * ```ts
 * import { formatCivilDate, interval, lastDayOf, parseInstant, unwrap, utc } from 'treue'
 * const at = (text: string) => unwrap(parseInstant(text))
 * const validity = unwrap(interval(at('2025-01-01T00:00:00Z'), at('2026-01-01T00:00:00Z')))
 * formatCivilDate(lastDayOf(utc, validity)) // => '2025-12-31'
 * ```
 */
export const lastDayOf = (zone: Zone, interval: Interval): CivilDate =>
  localDateOf(zone, (interval.until - 1) as Instant)
