// A length of time in calendar units, and its addition to an anchor.

import { addMonths, type CivilDate } from './civil-date.ts'
import type { Codec } from './codec.ts'
import { integerCodec, literalCodec } from './codec-primitive.ts'
import { structCodec } from './codec-struct.ts'
import type { Instant } from './instant.ts'
import { instantAt, localTimeOf, type Zone } from './zone.ts'

/** A unit of a duration: an hour is 3,600 s, the others are counted on the calendar. */
export type DurationUnit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year'

/** A length of time: a whole number of one unit, 0 to 10,000. */
export interface Duration {
  /** How many units, 0 to 10,000. */
  readonly amount: number
  readonly unit: DurationUnit
}

/**
 * Reads a duration.
 *
 * @example
 * ```ts
 * import { decode, Duration } from 'treue'
 * decode(Duration, { amount: 12, unit: 'month' }) // => { _tag: 'Right', right: { amount: 12, unit: 'month' } }
 * ```
 */
export const Duration: Codec<Duration> = /* @__PURE__ */ structCodec('Duration', {
  amount: /* @__PURE__ */ integerCodec({ min: 0, max: 10_000 }),
  unit: /* @__PURE__ */ literalCodec('hour', 'day', 'week', 'month', 'quarter', 'year'),
})

const msPerHour = 3_600_000

const addToDate = (date: CivilDate, unit: DurationUnit, count: number): CivilDate => {
  switch (unit) {
    case 'hour':
      return (date + Math.trunc(count / 24)) as CivilDate
    case 'day':
      return (date + count) as CivilDate
    case 'week':
      return (date + count * 7) as CivilDate
    case 'month':
      return addMonths(date, count)
    case 'quarter':
      return addMonths(date, count * 3)
    case 'year':
      return addMonths(date, count * 12)
  }
}

/**
 * The date `times` durations after an anchor, counted at once: a month end is clamped from the anchor, never from an
 * earlier step (S18).
 *
 * @param duration hours count as whole days of 24; hours left over don't move a date
 * @param times whole; negative goes back
 * @example
 * ```ts
 * import { addDurationToDate, formatCivilDate, parseCivilDate, unwrap } from 'treue'
 * const leapDay = unwrap(parseCivilDate('2024-02-29'))
 * formatCivilDate(addDurationToDate(leapDay, { amount: 12, unit: 'month' })) // => '2025-02-28'
 * formatCivilDate(addDurationToDate(leapDay, { amount: 12, unit: 'month' }, 4)) // => '2028-02-29'
 * ```
 */
export const addDurationToDate = (date: CivilDate, duration: Duration, times = 1): CivilDate =>
  addToDate(date, duration.unit, duration.amount * times)

/**
 * The instant `times` durations after an anchor, counted at once.
 *
 * Hours are absolute. Days and longer units are added to the local date and keep the time on the clock (S22): a month
 * end is clamped from the anchor (S18), a time that the clock skips on that date is moved forward by the gap, and of
 * one that it shows twice the earlier is taken. Nothing added leaves the instant as it is.
 *
 * @param anchor where counting starts; for the nth repetition pass the anchor again with `times = n`
 * @param times whole; negative goes back
 * @example
 * ```ts
 * import { addDuration, formatInstant, parseInstant, unwrap, zoneFromIntl } from 'treue'
 * const newYork = unwrap(zoneFromIntl('America/New_York'))
 * const noon = unwrap(parseInstant('2026-03-07T12:00:00-05:00'))
 * formatInstant(addDuration(newYork, noon, { amount: 1, unit: 'day' })) // => '2026-03-08T16:00:00Z'
 * formatInstant(addDuration(newYork, noon, { amount: 24, unit: 'hour' })) // => '2026-03-08T17:00:00Z'
 * ```
 */
export const addDuration = (zone: Zone, anchor: Instant, duration: Duration, times = 1): Instant => {
  const count = duration.amount * times
  if (count === 0) return anchor
  if (duration.unit === 'hour') return (anchor + count * msPerHour) as Instant
  const { date, millisecondOfDay } = localTimeOf(zone, anchor)
  return instantAt(zone, addToDate(date, duration.unit, count), millisecondOfDay)
}
