// A calendar date without a time or a zone: an epoch-day integer in memory, ISO 8601 text in JSON.

import * as E from 'fp-ts/Either'
import type { Brand } from './brand.ts'
import type { Codec } from './codec.ts'
import { literalCodec } from './codec-primitive.ts'
import { textCodec } from './codec-refine.ts'
import {
  dayOfPacked,
  daysInMonth,
  epochDayInMonth,
  epochDayOf,
  monthIndexOfPacked,
  monthOfPacked,
  packedFieldsOf,
  yearOfPacked,
} from './epoch-day.ts'
import { type InvalidValue, invalidValue } from './fault.ts'
import { datePartLength, dateText, readEpochDay } from './iso-text.ts'

/** A date of the proleptic Gregorian calendar, as whole days since 1970-01-01; years −999999 to 999999. */
export type CivilDate = Brand<number, 'CivilDate'>

/** A day of the week by ISO 8601: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const lastYear = 999_999

const asDate = (epochDay: number): CivilDate => epochDay as CivilDate

const firstDate = /* @__PURE__ */ epochDayOf(-999_999, 1, 1)
const lastDate = /* @__PURE__ */ epochDayOf(999_999, 12, 31)
const expectedText = 'an existing date as YYYY-MM-DD, such as 2024-02-29'

const isWithin = (n: number, low: number, high: number): boolean => Number.isInteger(n) && n >= low && n <= high

/**
 * The date with that year, month and day.
 *
 * @param year −999999 to 999999, astronomical: 0 is 1 BC
 * @param month 1–12
 * @param day 1 to the month's last
 * @returns `InvalidValue` at `year`, `month` or `day`, whichever is wrong first.
 * @example
 * ```ts
 * import { civilDate, formatCivilDate, unwrap } from 'treue'
 * formatCivilDate(unwrap(civilDate(2024, 2, 29))) // => '2024-02-29'
 * civilDate(2025, 2, 29)._tag // => 'Left'
 * ```
 */
export const civilDate = (year: number, month: number, day: number): E.Either<InvalidValue, CivilDate> => {
  if (!isWithin(year, -lastYear, lastYear)) {
    return E.left(invalidValue(['year'], year, `a whole year from ${-lastYear} to ${lastYear}`))
  }
  if (!isWithin(month, 1, 12)) return E.left(invalidValue(['month'], month, 'a month from 1 to 12'))
  const last = daysInMonth(year, month)
  if (!isWithin(day, 1, last)) return E.left(invalidValue(['day'], day, `a day from 1 to ${last}`))
  return E.right(asDate(epochDayOf(year, month, day)))
}

/**
 * Reads an ISO 8601 calendar date, `YYYY-MM-DD` or `±YYYYYY-MM-DD`.
 *
 * @returns `InvalidValue` when the text has another form or names a date that doesn't exist.
 * @example
 * ```ts
 * import { parseCivilDate, unwrap } from 'treue'
 * unwrap(parseCivilDate('1970-01-02')) // => 1
 * parseCivilDate('2025-02-29')._tag // => 'Left'
 * ```
 */
export const parseCivilDate = (text: string): E.Either<InvalidValue, CivilDate> => {
  const epochDay = text.length === datePartLength(text) ? readEpochDay(text) : Number.NaN
  return Number.isNaN(epochDay) ? E.left(invalidValue([], text, expectedText)) : E.right(asDate(epochDay))
}

/**
 * Writes a date as ISO 8601; a year outside 0000–9999 gets a sign and six digits.
 *
 * @example
 * ```ts
 * import { addDays, formatCivilDate, parseCivilDate, unwrap } from 'treue'
 * formatCivilDate(addDays(unwrap(parseCivilDate('9999-12-31')), 1)) // => '+010000-01-01'
 * ```
 */
export const formatCivilDate = (date: CivilDate): string => dateText(date)

/**
 * Reads a date from its ISO 8601 text, and writes it.
 *
 * @example
 * ```ts
 * import { CivilDate, decode } from 'treue'
 * decode(CivilDate, '1970-01-31') // => { _tag: 'Right', right: 30 }
 * ```
 */
export const CivilDate: Codec<CivilDate, string> = /* @__PURE__ */ textCodec<CivilDate>('CivilDate', {
  expected: expectedText,
  parse: parseCivilDate,
  format: formatCivilDate,
  holds: (value) => typeof value === 'number' && isWithin(value, firstDate, lastDate) && !Object.is(value, -0),
  schema: { pattern: '^(\\d{4}|[+-]\\d{6})-\\d{2}-\\d{2}$' },
  outputSchema: { type: 'integer', minimum: firstDate, maximum: lastDate },
})

/**
 * Reads a weekday, a number from 1 (Monday) to 7 (Sunday).
 *
 * @example
 * ```ts
 * import { decode, Weekday } from 'treue'
 * decode(Weekday, 7) // => { _tag: 'Right', right: 7 }
 * ```
 */
export const Weekday: Codec<Weekday> = /* @__PURE__ */ literalCodec(1, 2, 3, 4, 5, 6, 7)

/**
 * The year, month (1–12) and day (1–31) of a date.
 *
 * @example
 * ```ts
 * import { parseCivilDate, unwrap, yearMonthDay } from 'treue'
 * yearMonthDay(unwrap(parseCivilDate('2026-03-01'))) // => { year: 2026, month: 3, day: 1 }
 * ```
 */
export const yearMonthDay = (
  date: CivilDate,
): { readonly year: number; readonly month: number; readonly day: number } => {
  const packed = packedFieldsOf(date)
  return { year: yearOfPacked(packed), month: monthOfPacked(packed), day: dayOfPacked(packed) }
}

/**
 * The ISO 8601 weekday of a date, Monday 1 to Sunday 7.
 *
 * @example
 * ```ts
 * import { parseCivilDate, unwrap, weekdayOf } from 'treue'
 * weekdayOf(unwrap(parseCivilDate('2026-03-01'))) // => 7
 * ```
 */
export const weekdayOf = (date: CivilDate): Weekday => ((((date % 7) + 10) % 7) + 1) as Weekday

/**
 * The ISO 8601 week of a date, with the year that the week belongs to.
 *
 * @example
 * ```ts
 * import { isoWeekOf, parseCivilDate, unwrap } from 'treue'
 * isoWeekOf(unwrap(parseCivilDate('2027-01-01'))) // => { year: 2026, week: 53 }
 * ```
 */
export const isoWeekOf = (date: CivilDate): { readonly year: number; readonly week: number } => {
  // A week belongs to the year of its Thursday.
  const thursday = date - weekdayOf(date) + 4
  const year = yearOfPacked(packedFieldsOf(thursday))
  return { year, week: Math.floor((thursday - epochDayOf(year, 1, 1)) / 7) + 1 }
}

/**
 * The date `count` days later; negative counts go back.
 *
 * @param count whole days
 * @example
 * ```ts
 * import { addDays, formatCivilDate, parseCivilDate, unwrap } from 'treue'
 * formatCivilDate(addDays(unwrap(parseCivilDate('2024-02-28')), 2)) // => '2024-03-01'
 * ```
 */
export const addDays = (date: CivilDate, count: number): CivilDate => asDate(date + count)

/**
 * The same day of the month `count` months later, or that month's last day where it is shorter (S18).
 *
 * Adding twice isn't adding the sum: always add the whole count to the anchor.
 *
 * @param count whole months; negative counts go back
 * @example
 * ```ts
 * import { addMonths, formatCivilDate, parseCivilDate, unwrap } from 'treue'
 * const anchor = unwrap(parseCivilDate('2026-01-31'))
 * formatCivilDate(addMonths(anchor, 1)) // => '2026-02-28'
 * formatCivilDate(addMonths(anchor, 2)) // => '2026-03-31'
 * ```
 */
export const addMonths = (date: CivilDate, count: number): CivilDate => {
  const packed = packedFieldsOf(date)
  return asDate(epochDayInMonth(monthIndexOfPacked(packed) + count, dayOfPacked(packed)))
}

/**
 * Days from `start` to `end`; negative when `end` is earlier.
 *
 * @example
 * ```ts
 * import { daysBetween, parseCivilDate, unwrap } from 'treue'
 * daysBetween(unwrap(parseCivilDate('2024-02-01')), unwrap(parseCivilDate('2024-03-01'))) // => 29
 * ```
 */
export const daysBetween = (start: CivilDate, end: CivilDate): number => end - start
