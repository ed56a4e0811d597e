// Days that come every year, such as 31 January and 31 July, or a birthday.
import type { CivilDate } from './civil-date.ts'
import type { Codec } from './codec.ts'
import { arrayCodec } from './codec-collection.ts'
import { integerCodec } from './codec-primitive.ts'
import { constrainCodec } from './codec-refine.ts'
import { structCodec } from './codec-struct.ts'
import { invalidValue } from './fault.ts'
import { periodOf } from './period.ts'

/** A day of the year without its year: a date on which points expire, or on which somebody was born. */
export interface YearlyDate {
  /** 1–12. */
  readonly month: number
  /** 1–31, a day that the month has in a leap year. */
  readonly day: number
}

const DAYS: ReadonlyArray<number> = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Reads a {@link YearlyDate}.
 *
 * @example
 * ```ts
 * import { decode, YearlyDate } from 'treue'
 *
 * decode(YearlyDate, { month: 2, day: 29 })._tag // => 'Right'
 * decode(YearlyDate, { month: 2, day: 30 })._tag // => 'Left'
 * ```
 */
export const YearlyDate: Codec<YearlyDate, unknown> = /* @__PURE__ */ constrainCodec<YearlyDate, unknown>(
  /* @__PURE__ */ structCodec('YearlyDate', {
    month: /* @__PURE__ */ integerCodec({ min: 1, max: 12 }),
    day: /* @__PURE__ */ integerCodec({ min: 1, max: 31 }),
  }),
  ({ month, day }) => {
    const last = DAYS[month - 1] ?? 31
    return day <= last ? [] : [invalidValue(['day'], day, `a day from 1 to ${last} in month ${month}`)]
  },
)

/**
 * Reads some days of the year, at least one.
 *
 * @example
 * ```ts
 * import { decode, yearlyDatesCodec } from 'treue'
 *
 * decode(yearlyDatesCodec, [{ month: 1, day: 31 }, { month: 7, day: 31 }])._tag // => 'Right'
 * decode(yearlyDatesCodec, [])._tag // => 'Left'
 * ```
 */
export const yearlyDatesCodec: Codec<ReadonlyArray<YearlyDate>, unknown> = /* @__PURE__ */ arrayCodec(YearlyDate, {
  minLength: 1,
  maxLength: 366,
})

/**
 * The first of some days of the year that is after a date; 29 February is the 28th in common years.
 *
 * @param dates - days of the year, at least one
 * @param date - the date
 *
 * @example
 * ```ts
 * import { formatCivilDate, nextYearlyDate, parseCivilDate, unwrap } from 'treue'
 *
 * const dates = [{ month: 1, day: 31 }, { month: 7, day: 31 }]
 * formatCivilDate(nextYearlyDate(dates, unwrap(parseCivilDate('2026-01-31')))) // => '2026-07-31'
 * ```
 */
export const nextYearlyDate = (dates: ReadonlyArray<YearlyDate>, date: CivilDate): CivilDate =>
  dates.reduce<number>((next, { month, day }) => {
    const { until } = periodOf({ unit: 'year', startMonth: month, startDay: day }, date)
    return Math.min(next, until)
  }, Number.POSITIVE_INFINITY) as CivilDate
