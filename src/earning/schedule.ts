/** When a rule earns: the time of a campaign, days and hours. */
import {
  addDays,
  arrayCodec,
  CivilDate,
  type Codec,
  constrainCodec,
  formatCivilDate,
  formatInstant,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  localTimeOf,
  structCodec,
  Weekday,
  weekdayOf,
  yearMonthDay,
  type Zone,
} from '../foundation/index.ts'

/** Minutes of the local day, from 0:00; a window that ends before it begins runs over midnight. */
export interface HourWindow {
  /** 0–1439. */
  readonly from: number
  /** 1–1440: the first minute that is no longer in it. */
  readonly until: number
}

/** A span of time with one end or two. */
export interface InstantWindow {
  /** Default: always. */
  readonly from?: Instant
  /** The first instant that is no longer in it. Default: never. */
  readonly until?: Instant
}

/**
 * When something counts, on the local calendar; every part that is given must hold. It is no RFC 5545 recurrence: days
 * and hours as plain data can be compared and explained, and need no library beside the three.
 */
export interface Schedule {
  /** The first day. Default: always. */
  readonly from?: CivilDate
  /** The first day that is no longer in it: for a campaign up to and including 30 April, 1 May. Default: never. */
  readonly until?: CivilDate
  /** 1 is Monday, 7 is Sunday. Default: every day. */
  readonly weekdays?: ReadonlyArray<Weekday>
  /** 1–12. Default: every month. */
  readonly months?: ReadonlyArray<number>
  /** 1–31; a day that a month does not have is not in it. Default: every day. */
  readonly daysOfMonth?: ReadonlyArray<number>
  /** Hours over midnight belong to the day on which they begin. Default: the whole day. */
  readonly hours?: HourWindow
  /** Where a campaign starts or ends at one instant everywhere. Default: always. */
  readonly instants?: InstantWindow
}

const MINUTE = 60_000
const DAY_MINUTES = 1440

const months = /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 1, max: 12 }), {
  minLength: 1,
  maxLength: 12,
})
const days = /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 1, max: 31 }), {
  minLength: 1,
  maxLength: 31,
})

const instantFaults = ({ from, until }: InstantWindow): ReadonlyArray<InvalidValue> =>
  from === undefined || until === undefined || from < until
    ? []
    : [invalidValue(['instants', 'until'], formatInstant(until), `an instant after ${formatInstant(from)}`)]

const scheduleFaults = ({ from, until, hours, instants = {} }: Schedule): ReadonlyArray<InvalidValue> => [
  ...(from !== undefined && until !== undefined && until <= from
    ? [invalidValue(['until'], formatCivilDate(until), `a day after ${formatCivilDate(from)}`)]
    : []),
  ...instantFaults(instants),
  ...(hours !== undefined && hours.from === hours.until
    ? [invalidValue(['hours', 'until'], hours.until, 'another minute than "from"')]
    : []),
]

/**
 * Reads a {@link Schedule}.
 *
 * @example
 * ```ts
 * import { decode, Schedule } from 'treue'
 *
 * decode(Schedule, { weekdays: [6, 7], hours: { from: 960, until: 1080 } })._tag // => 'Right'
 * ```
 */
export const Schedule: Codec<Schedule, unknown> = /* @__PURE__ */ constrainCodec<Schedule, unknown>(
  /* @__PURE__ */ structCodec(
    'Schedule',
    {},
    {
      from: CivilDate,
      until: CivilDate,
      weekdays: /* @__PURE__ */ arrayCodec(Weekday, { minLength: 1, maxLength: 7 }),
      months,
      daysOfMonth: days,
      hours: /* @__PURE__ */ structCodec('HourWindow', {
        from: /* @__PURE__ */ integerCodec({ min: 0, max: DAY_MINUTES - 1 }),
        until: /* @__PURE__ */ integerCodec({ min: 1, max: DAY_MINUTES }),
      }),
      instants: /* @__PURE__ */ structCodec('InstantWindow', {}, { from: Instant, until: Instant }),
    },
  ),
  scheduleFaults,
)

const isBetween = <A extends number>(from: A | undefined, until: A | undefined, value: A): boolean =>
  (from === undefined || value >= from) && (until === undefined || value < until)

const isOnDay = ({ from, until, weekdays, months: of, daysOfMonth }: Schedule, date: CivilDate): boolean => {
  if (!isBetween(from, until, date)) return false
  if (weekdays !== undefined && !weekdays.includes(weekdayOf(date))) return false
  if (of === undefined && daysOfMonth === undefined) return true
  const { month, day } = yearMonthDay(date)
  return (of ?? [month]).includes(month) && (daysOfMonth ?? [day]).includes(day)
}

/**
 * Whether an instant lies in a schedule: by the clock on the wall, so that an hour that a day does not have is not in it
 * and one that comes twice is in it twice.
 *
 * @param schedule - days and hours
 * @param zone - the zone of the calendar
 * @param at - the instant
 *
 * @example
 * ```ts
 * import { isWithinSchedule, parseInstant, unwrap, utc } from 'treue'
 *
 * const happyHour = { weekdays: [6, 7], hours: { from: 16 * 60, until: 18 * 60 } } as const
 * isWithinSchedule(happyHour, utc, unwrap(parseInstant('2026-03-07T17:59:59Z'))) // => true
 * isWithinSchedule(happyHour, utc, unwrap(parseInstant('2026-03-07T18:00:00Z'))) // => false
 * ```
 */
export const isWithinSchedule = (schedule: Schedule, zone: Zone, at: Instant): boolean => {
  const { hours, instants } = schedule
  if (instants !== undefined && !isBetween(instants.from, instants.until, at)) return false
  const { date, millisecondOfDay } = localTimeOf(zone, at)
  if (hours === undefined) return isOnDay(schedule, date)
  const minute = millisecondOfDay / MINUTE
  if (hours.from < hours.until) return isBetween(hours.from, hours.until, minute) && isOnDay(schedule, date)
  if (minute >= hours.from) return isOnDay(schedule, date)
  return minute < hours.until && isOnDay(schedule, addDays(date, -1))
}
