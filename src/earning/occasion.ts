/** What a day is for a member: a birthday, an anniversary; and how long they have been one. */
import * as E from 'fp-ts/Either'
import {
  addDays,
  addDuration,
  addMonths,
  type CivilDate,
  type Codec,
  civilDate,
  Duration,
  daysBetween,
  type Instant,
  literalCodec,
  localDateOf,
  periodOf,
  structCodec,
  Weekday,
  type YearlyDate,
  yearMonthDay,
  type Zone,
} from '../foundation/index.ts'

/** What a day can be for a member. */
export type Occasion = 'birthday' | 'birthdayWeek' | 'birthdayMonth' | 'enrolmentAnniversary'

/** Every {@link Occasion}. */
export const OCCASIONS: ReadonlyArray<Occasion> = ['birthday', 'birthdayWeek', 'birthdayMonth', 'enrolmentAnniversary']

/** How occasions are counted (S60). */
export interface OccasionPolicy {
  /** When those born on 29 February have their birthday in common years. Default `28 February`. */
  readonly leapDay?: '28 February' | '1 March'
  /** How long after a change a birthday does not count, so that nobody has several a year. Default: one year. */
  readonly changeGuard?: Duration
  /** With which day weeks begin; 1 is Monday. Default 1. */
  readonly weekStartsOn?: Weekday
}

/**
 * Reads an {@link OccasionPolicy}.
 *
 * @example
 * ```ts
 * import { decode, OccasionPolicy } from 'treue'
 *
 * decode(OccasionPolicy, { leapDay: '1 March', changeGuard: { amount: 365, unit: 'day' } })._tag // => 'Right'
 * ```
 */
export const OccasionPolicy: Codec<OccasionPolicy, unknown> = /* @__PURE__ */ structCodec(
  'OccasionPolicy',
  {},
  {
    leapDay: /* @__PURE__ */ literalCodec('28 February', '1 March'),
    changeGuard: Duration,
    weekStartsOn: Weekday,
  },
)

/** The year that day and month are taken to be in where there is none: a leap year. */
const LEAP_YEAR = 2000

/** What is known of a member. */
export interface OccasionProfile {
  /** The day and month on which they were born; the year is nobody's business. */
  readonly birthDate: YearlyDate | null
  /** When the birthday was last changed; `null`: never. */
  readonly birthDateChangedAt: Instant | null
  /** `null`: no member yet. */
  readonly enrolledAt: Instant | null
}

const oneYear: Duration = { amount: 1, unit: 'year' }

type LeapDay = NonNullable<OccasionPolicy['leapDay']>

/** The date in a year that a day of the year falls on; `null` for a day that no year has. */
const dateInYear = ({ month, day }: YearlyDate, year: number, leapDay: LeapDay): CivilDate | null => {
  const inLeapYear = civilDate(LEAP_YEAR, month, day)
  if (E.isLeft(inLeapYear)) return null
  const clamped = addMonths(inLeapYear.right, (year - LEAP_YEAR) * 12)
  return leapDay === '1 March' && yearMonthDay(clamped).day < day ? addDays(clamped, 1) : clamped
}

/** Whether a week holds a day of the year; it may begin in one year and end in the next. */
const isInWeek = (of: YearlyDate, date: CivilDate, startsOn: Weekday, leapDay: LeapDay): boolean => {
  const { from, until } = periodOf({ unit: 'week', startsOn }, date)
  return [from, addDays(until, -1)].some((one) => {
    const found = dateInYear(of, yearMonthDay(one).year, leapDay)
    return found !== null && found >= from && found < until
  })
}

const birthdayOccasions = (
  birthDate: YearlyDate,
  date: CivilDate,
  { leapDay = '28 February', weekStartsOn = 1 }: OccasionPolicy,
): ReadonlyArray<Occasion> => {
  const { year, month } = yearMonthDay(date)
  const birthday = dateInYear(birthDate, year, leapDay)
  if (birthday === null) return []
  return [
    ...(date === birthday ? (['birthday'] as const) : []),
    ...(isInWeek(birthDate, date, weekStartsOn, leapDay) ? (['birthdayWeek'] as const) : []),
    ...(month === yearMonthDay(birthday).month ? (['birthdayMonth'] as const) : []),
  ]
}

/** Whether a birthday was changed so short before an instant, or only after it, that it does not count. */
const isGuarded = (changedAt: Instant | null, zone: Zone, at: Instant, guard: Duration): boolean =>
  changedAt !== null && at < addDuration(zone, changedAt, guard)

const isAnniversary = (enrolledAt: Instant, zone: Zone, date: CivilDate, leapDay: LeapDay): boolean => {
  const joined = localDateOf(zone, enrolledAt)
  return date > joined && date === dateInYear(yearMonthDay(joined), yearMonthDay(date).year, leapDay)
}

/**
 * What a day is for a member, on the local calendar: the birthday, a day of the week or of the month that it lies in, the
 * anniversary of the enrolment (S60). A birthday that was changed a short while ago does not count, nor does it for what
 * happened before the change.
 *
 * @param profile - what is known of the member
 * @param zone - the zone of the calendar
 * @param at - an instant of the day
 * @param policy - how occasions are counted
 *
 * @example
 * ```ts
 * import { occasionsOn, parseInstant, unwrap, utc } from 'treue'
 *
 * const profile = { birthDate: { month: 2, day: 29 }, birthDateChangedAt: null, enrolledAt: null }
 * const at = unwrap(parseInstant('2026-02-28T12:00:00Z'))
 * occasionsOn(profile, utc, at) // => ['birthday', 'birthdayWeek', 'birthdayMonth']
 * occasionsOn(profile, utc, at, { leapDay: '1 March' }) // => ['birthdayWeek']
 * ```
 */
export const occasionsOn = (
  { birthDate, birthDateChangedAt, enrolledAt }: OccasionProfile,
  zone: Zone,
  at: Instant,
  policy: OccasionPolicy = {},
): ReadonlyArray<Occasion> => {
  const { leapDay = '28 February', changeGuard = oneYear } = policy
  const date = localDateOf(zone, at)
  const hasBirthday = birthDate !== null && !isGuarded(birthDateChangedAt, zone, at, changeGuard)
  return [
    ...(hasBirthday ? birthdayOccasions(birthDate, date, policy) : []),
    ...(enrolledAt !== null && isAnniversary(enrolledAt, zone, date, leapDay)
      ? (['enrolmentAnniversary'] as const)
      : []),
  ]
}

/** How long somebody has been a member. */
export interface Tenure {
  /** Whole local days. */
  readonly days: number
  /** Whole months from the day of the enrolment on; one that ends with its month is complete on the last day (S18). */
  readonly months: number
}

/**
 * How long somebody has been a member, on the local calendar.
 *
 * @param enrolledAt - when they joined
 * @param zone - the zone of the calendar
 * @param at - the instant; before the enrolment it is as at it
 *
 * @example
 * ```ts
 * import { parseInstant, tenure, unwrap, utc } from 'treue'
 *
 * const at = (text: string) => unwrap(parseInstant(text))
 * tenure(at('2026-01-31T10:00:00Z'), utc, at('2026-02-28T09:00:00Z')) // => { days: 28, months: 1 }
 * ```
 */
export const tenure = (enrolledAt: Instant, zone: Zone, at: Instant): Tenure => {
  const joined = localDateOf(zone, enrolledAt)
  const date = localDateOf(zone, at)
  if (date <= joined) return { days: 0, months: 0 }
  const [from, to] = [yearMonthDay(joined), yearMonthDay(date)]
  const apart = (to.year - from.year) * 12 + to.month - from.month
  const reached = addMonths(joined, apart) <= date
  return { days: daysBetween(joined, date), months: reached ? apart : apart - 1 }
}
