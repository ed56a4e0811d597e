// Builds a zone's table from the engine's time-zone data: the only file of the library that touches Intl.

import * as E from 'fp-ts/Either'
import { epochDayOf } from './epoch-day.ts'
import { type InvalidValue, invalidValue } from './fault.ts'
import type { Instant } from './instant.ts'
import type { Zone, ZoneTransition } from './zone.ts'

const msPerDay = 86_400_000
const msPerQuarterHour = 900_000
/**
 * How far apart the offsets are read, 2 days: in the IANA data up to 2100 no two changes of a zone are nearer than
 * 3.98 days (Africa/Freetown, 1939), since 1970 than 6.9 days (America/Noronha, 2000; Asia/Gaza), so that a change
 * and its taking back can't hide between two readings.
 */
const scanStep = 2 * msPerDay
const firstYear = 1800
const lastYear = 2400

type OffsetAt = (milliseconds: number) => number

/** The fields of "07/01/1970, 00:00:00" as UTC seconds, whatever stands between the numbers. */
const clockSeconds = (text: string): number => {
  const [month, day, year, hour, minute, second] = text.split(/\D+/)
  return (
    epochDayOf(Number(year), Number(month), Number(day)) * 86_400 +
    Number(hour) * 3600 +
    Number(minute) * 60 +
    Number(second)
  )
}

/** The engine's offset in seconds as a function of epoch milliseconds. */
const offsetReader = (id: string): E.Either<string, OffsetAt> => {
  const intl = typeof Intl === 'undefined' ? undefined : Intl
  if (intl === undefined) return E.left('an engine with Intl, or a zone table from elsewhere')
  try {
    const format = new intl.DateTimeFormat('en-US', {
      timeZone: id,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    return E.right((milliseconds) => clockSeconds(format.format(milliseconds)) - Math.floor(milliseconds / 1000))
  } catch {
    return E.left('an IANA time zone id that the engine knows, such as Europe/Berlin')
  }
}

/** The last multiple of `step` from `before` on that still has the offset, given that `after` hasn't. */
const lastWithOffset = (
  offsetAt: OffsetAt,
  offset: number,
  step: number,
  [before, after]: readonly [number, number],
): number => {
  let low = 0
  let high = Math.ceil((after - before) / step)
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (offsetAt(before + middle * step) === offset) low = middle
    else high = middle
  }
  return before + low * step
}

/** The first millisecond between `before` and `after` with another offset than `offset`. */
const findChange = (offsetAt: OffsetAt, offset: number, before: number, after: number): number => {
  // Nearly all changes fall on a quarter of an hour; to look there first saves two thirds of the readings.
  const quarter = lastWithOffset(offsetAt, offset, msPerQuarterHour, [before, after])
  const next = Math.min(quarter + msPerQuarterHour, after)
  if (offsetAt(next - 1) === offset) return next
  return lastWithOffset(offsetAt, offset, 1, [quarter, next]) + 1
}

/** Every change of offset after `from` and up to `until`, in order. */
function* scanTransitions(offsetAt: OffsetAt, from: number, until: number): Generator<ZoneTransition> {
  let offset = offsetAt(from)
  let seen = from
  while (seen < until) {
    const next = Math.min(seen + scanStep, until)
    const offsetThen = offsetAt(next)
    while (offset !== offsetThen) {
      seen = findChange(offsetAt, offset, seen, next)
      offset = offsetAt(seen)
      yield { at: seen as Instant, offsetSeconds: offset }
    }
    seen = next
  }
}

const invalidYear = (year: number): boolean => !Number.isInteger(year) || year < firstYear || year > lastYear

/**
 * The table of an IANA time zone, with every transition from the start of `fromYear` to the start of `untilYear` (UTC).
 *
 * Before the range the zone keeps its first offset, after it the last one: choose a range that covers the history and
 * the plans of the program, and store the table with them, since engines update their zone data.
 *
 * @param id an IANA id such as `Europe/Berlin`; it becomes the zone's id as it is
 * @param range whole years from 1800 to 2400; `fromYear` is 1970 and `untilYear` 2100 by default
 * @returns `InvalidValue` at `id` when the engine doesn't know the id or has no `Intl`, and at `fromYear` or
 * `untilYear` when they are out of range or out of order.
 * @example
 * ```ts
 * import { unwrap, zoneFromIntl } from 'treue'
 * const zone = unwrap(zoneFromIntl('Europe/Berlin', { fromYear: 2026, untilYear: 2027 }))
 * zone.transitions.map((transition) => transition.offsetSeconds) // => [7200, 3600]
 * zoneFromIntl('Mars/Olympus')._tag // => 'Left'
 * ```
 */
export const zoneFromIntl = (
  id: string,
  { fromYear = 1970, untilYear = 2100 }: { readonly fromYear?: number; readonly untilYear?: number } = {},
): E.Either<InvalidValue, Zone> => {
  const years = `a whole year from ${firstYear} to ${lastYear}`
  if (invalidYear(fromYear)) return E.left(invalidValue(['fromYear'], fromYear, years))
  if (invalidYear(untilYear)) return E.left(invalidValue(['untilYear'], untilYear, years))
  if (untilYear < fromYear) return E.left(invalidValue(['untilYear'], untilYear, `a year not before ${fromYear}`))
  // Intl takes the host's own zone for undefined.
  if (typeof id !== 'string') return E.left(invalidValue(['id'], id, 'an IANA time zone id as text'))
  const reader = offsetReader(id)
  if (E.isLeft(reader)) return E.left(invalidValue(['id'], id, reader.left))
  const from = epochDayOf(fromYear, 1, 1) * msPerDay
  const until = epochDayOf(untilYear, 1, 1) * msPerDay
  const offsetSeconds = reader.right(from)
  return E.right({ id, offsetSeconds, transitions: [...scanTransitions(reader.right, from, until)] })
}
