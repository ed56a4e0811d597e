/** The periods for which a ladder counts, and the days of a program. */
import {
  addDurationToDate,
  businessDateOf,
  Calendar,
  type CivilDate,
  type CivilPeriod,
  type Codec,
  type Duration,
  type Instant,
  integerCodec,
  literalCodec,
  periodOf,
  startOfDay,
  structCodec,
  unionCodec,
  type Zone,
} from '../foundation/index.ts'

/** A length of time in whole local days. */
export interface DayDuration extends Duration {
  readonly unit: 'day' | 'week' | 'month' | 'quarter' | 'year'
}

/** Reads a {@link DayDuration}: at least one day. */
export const DayDuration: Codec<DayDuration> = /* @__PURE__ */ structCodec('DayDuration', {
  amount: /* @__PURE__ */ integerCodec({ min: 1, max: 10_000 }),
  unit: /* @__PURE__ */ literalCodec('day', 'week', 'month', 'quarter', 'year'),
})

/** Periods of a calendar, the same for everybody. */
export interface CalendarQualification {
  readonly type: 'calendar'
  readonly calendar: Calendar
}

/** Spans of some months from the day on which the member joined, or on which the tier was entered. */
export interface AnniversaryQualification {
  readonly type: 'enrolment' | 'tierEntry'
  /** 1–10,000. */
  readonly months: number
}

/** The last days, weeks, months or years: a day counts until so much later. */
export interface RollingQualification {
  readonly type: 'rolling'
  readonly length: DayDuration
}

/** All time. */
export interface LifetimeQualification {
  readonly type: 'lifetime'
}

/** For which time a ladder counts what is of the period. */
export type QualificationPeriod =
  | CalendarQualification
  | AnniversaryQualification
  | RollingQualification
  | LifetimeQualification

const months: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: 10_000 })

/**
 * Reads a {@link QualificationPeriod}.
 *
 * @example
 * ```ts
 * import { decode, QualificationPeriod } from 'treue'
 *
 * decode(QualificationPeriod, { type: 'rolling', length: { amount: 12, unit: 'month' } })._tag // => 'Right'
 * decode(QualificationPeriod, { type: 'rolling', length: { amount: 24, unit: 'hour' } })._tag // => 'Left'
 * ```
 */
export const QualificationPeriod: Codec<QualificationPeriod, unknown> = /* @__PURE__ */ unionCodec(
  'QualificationPeriod',
  'type',
  {
    calendar: /* @__PURE__ */ structCodec('CalendarQualification', {
      type: /* @__PURE__ */ literalCodec('calendar'),
      calendar: Calendar,
    }),
    enrolment: /* @__PURE__ */ structCodec('EnrolmentQualification', {
      type: /* @__PURE__ */ literalCodec('enrolment'),
      months,
    }),
    tierEntry: /* @__PURE__ */ structCodec('TierEntryQualification', {
      type: /* @__PURE__ */ literalCodec('tierEntry'),
      months,
    }),
    rolling: /* @__PURE__ */ structCodec('RollingQualification', {
      type: /* @__PURE__ */ literalCodec('rolling'),
      length: DayDuration,
    }),
    lifetime: /* @__PURE__ */ structCodec('LifetimeQualification', { type: /* @__PURE__ */ literalCodec('lifetime') }),
  },
)

/**
 * The day of a program that an instant belongs to. Where a clock is set back across midnight, the evening that it shows
 * a second time belongs to the new day, so that a day that is over never comes back.
 *
 * @param zone - the zone of the program's calendar
 * @param at - the instant
 *
 * @example
 * ```ts
 * import { formatCivilDate, parseInstant, programDay, unwrap, zoneFromIntl } from 'treue'
 *
 * const newYork = unwrap(zoneFromIntl('America/New_York'))
 * formatCivilDate(programDay(newYork, unwrap(parseInstant('2027-01-01T02:00:00Z')))) // => '2026-12-31'
 * ```
 */
export const programDay = (zone: Zone, at: Instant): CivilDate => businessDateOf(zone, at)

/** The first instant of the day that comes some time after a day. */
export const startAfter = (zone: Zone, day: CivilDate, length: Duration, times = 1): Instant =>
  startOfDay(zone, addDurationToDate(day, length, times))

/**
 * The qualification period that a day lies in; `undefined` where there are no periods one after another: the last so many
 * days, or all time.
 *
 * @param period - how periods are counted
 * @param day - the day
 * @param anchors - the days on which the member joined, and on which the tier was entered
 *
 * @example
 * ```ts
 * import { formatCivilDate, parseCivilDate, qualificationPeriod, unwrap } from 'treue'
 *
 * const day = (text: string) => unwrap(parseCivilDate(text))
 * const anchors = { joined: day('2026-05-15'), entered: day('2026-08-01') }
 * const until = qualificationPeriod({ type: 'enrolment', months: 12 }, day('2027-05-14'), anchors)?.until
 * until === undefined ? '' : formatCivilDate(until) // => '2027-05-15'
 * ```
 */
export const qualificationPeriod = (
  period: QualificationPeriod,
  day: CivilDate,
  anchors: { readonly joined: CivilDate; readonly entered: CivilDate },
): CivilPeriod | undefined => {
  switch (period.type) {
    case 'calendar':
      return periodOf(period.calendar, day)
    case 'enrolment':
      return periodOf({ unit: 'anniversary', anchor: anchors.joined, months: period.months }, day)
    case 'tierEntry':
      return periodOf({ unit: 'anniversary', anchor: anchors.entered, months: period.months }, day)
    default:
      return undefined
  }
}
