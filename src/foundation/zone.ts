// A time zone as data: the offset from UTC and every instant at which it changes. No lookup touches the engine's
// own zone tables, so the same history replays the same everywhere.

import type { CivilDate } from './civil-date.ts'
import type { Codec } from './codec.ts'
import { arrayCodec } from './codec-collection.ts'
import { integerCodec, stringCodec } from './codec-primitive.ts'
import { constrainCodec } from './codec-refine.ts'
import { structCodec } from './codec-struct.ts'
import { type InvalidValue, invalidValue } from './fault.ts'
import { formatInstant, Instant } from './instant.ts'

/** A change of a zone's offset. */
export interface ZoneTransition {
  /** The first instant with the new offset. */
  readonly at: Instant
  /** Seconds east of UTC from then on. */
  readonly offsetSeconds: number
}

/** A time zone: its name, its first offset and its changes in order of time; the last offset holds for ever. */
export interface Zone {
  readonly id: string
  /** Seconds east of UTC before the first transition. */
  readonly offsetSeconds: number
  readonly transitions: ReadonlyArray<ZoneTransition>
}

/** The JSON of a zone. */
export interface ZoneJson {
  readonly id: string
  readonly offsetSeconds: number
  readonly transitions: ReadonlyArray<{ readonly at: string; readonly offsetSeconds: number }>
}

const msPerDay = 86_400_000

/** The largest offset either way, in seconds: no place has ever been 26 hours from Greenwich. */
const maxOffsetSeconds = 93_600

/** UTC: offset 0, no transition. */
export const utc: Zone = { id: 'UTC', offsetSeconds: 0, transitions: [] }

const orderFaults = ({ transitions }: Zone): ReadonlyArray<InvalidValue> =>
  transitions.flatMap(({ at }, index) => {
    const previous = transitions[index - 1]
    if (previous === undefined || previous.at < at) return []
    const expected = `an instant after ${formatInstant(previous.at)}, the transition before`
    return [invalidValue(['transitions', index, 'at'], formatInstant(at), expected)]
  })

const offsetCodec: Codec<number> = /* @__PURE__ */ integerCodec({ min: -maxOffsetSeconds, max: maxOffsetSeconds })

/**
 * Reads a zone: offsets in whole seconds within 26 hours of UTC, transitions in strict order of time.
 *
 * @example
 * ```ts
 * import { decode, Zone } from 'treue'
 * decode(Zone, { id: 'plus two', offsetSeconds: 7200, transitions: [] })._tag // => 'Right'
 * ```
 */
export const Zone: Codec<Zone, ZoneJson> = /* @__PURE__ */ constrainCodec<Zone, ZoneJson>(
  /* @__PURE__ */ structCodec('Zone', {
    id: stringCodec,
    offsetSeconds: offsetCodec,
    transitions: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('ZoneTransition', { at: Instant, offsetSeconds: offsetCodec }),
    ),
  }),
  orderFaults,
)

type Transitions = ReadonlyArray<ZoneTransition>

const timeOf = (transitions: Transitions, index: number): number => transitions[index]?.at ?? Number.POSITIVE_INFINITY

/** How many transitions lie at or before `milliseconds`, known to be from `least` to `most`. */
const countBetween = (transitions: Transitions, milliseconds: number, least: number, most: number): number => {
  let low = least
  let high = most
  while (low < high) {
    const middle = (low + high) >>> 1
    if (timeOf(transitions, middle) <= milliseconds) low = middle + 1
    else high = middle
  }
  return low
}

/** The count when the transition at `guess` has passed and the last has not: looks ahead in growing steps. */
const countAhead = (transitions: Transitions, milliseconds: number, guess: number): number => {
  let low = guess
  let high = guess + 1
  for (let step = 1; timeOf(transitions, high) <= milliseconds; step *= 2) {
    low = high
    high = Math.min(high + step, transitions.length - 1)
  }
  return countBetween(transitions, milliseconds, low + 1, high)
}

/** The count when the transition at `guess` has not passed and the first has: looks back in growing steps. */
const countBack = (transitions: Transitions, milliseconds: number, guess: number): number => {
  let high = guess
  let low = guess - 1
  for (let step = 1; timeOf(transitions, low) > milliseconds; step *= 2) {
    high = low
    low = Math.max(low - step, 0)
  }
  return countBetween(transitions, milliseconds, low + 1, high)
}

/**
 * How many transitions lie at or before `milliseconds`.
 *
 * Most zones change their clocks evenly, twice a year, so that a guess by proportion lands a step or two away; where
 * they don't, the search stays logarithmic.
 */
const transitionsUntil = (zone: Zone, milliseconds: number): number => {
  const transitions = zone.transitions
  const last = transitions.length - 1
  const first = timeOf(transitions, 0)
  if (milliseconds < first) return 0
  const end = timeOf(transitions, last)
  if (milliseconds >= end) return last + 1
  const guess = Math.floor(((milliseconds - first) / (end - first)) * last)
  return timeOf(transitions, guess) <= milliseconds
    ? countAhead(transitions, milliseconds, guess)
    : countBack(transitions, milliseconds, guess)
}

/** The offset after that many transitions. */
const offsetAfter = (zone: Zone, count: number): number =>
  count === 0 ? zone.offsetSeconds : (zone.transitions[count - 1] ?? zone).offsetSeconds

/**
 * The zone's offset from UTC at an instant, in seconds east.
 *
 * @example
 * ```ts
 * import { offsetSecondsAt, parseInstant, unwrap, zoneFromIntl } from 'treue'
 * offsetSecondsAt(unwrap(zoneFromIntl('Asia/Kathmandu')), unwrap(parseInstant('2026-03-01T12:00:00Z'))) // => 20700
 * ```
 */
export const offsetSecondsAt = (zone: Zone, instant: Instant): number =>
  offsetAfter(zone, transitionsUntil(zone, instant))

/** What a clock in the zone shows, as milliseconds since 1970-01-01T00:00 on that clock. */
const clockReading = (zone: Zone, instant: Instant): number => instant + offsetSecondsAt(zone, instant) * 1000

/**
 * The date that a calendar on the zone's wall shows at an instant.
 *
 * @example
 * ```ts
 * import { formatCivilDate, localDateOf, parseInstant, unwrap, zoneFromIntl } from 'treue'
 * const newYork = unwrap(zoneFromIntl('America/New_York'))
 * formatCivilDate(localDateOf(newYork, unwrap(parseInstant('2026-01-01T02:00:00Z')))) // => '2025-12-31'
 * ```
 */
export const localDateOf = (zone: Zone, instant: Instant): CivilDate =>
  Math.floor(clockReading(zone, instant) / msPerDay) as CivilDate

/**
 * The date and the time of day (milliseconds since midnight) that a clock in the zone shows at an instant.
 *
 * @example
 * ```ts
 * import { localTimeOf, parseInstant, unwrap, utc } from 'treue'
 * localTimeOf(utc, unwrap(parseInstant('1970-01-02T00:00:01Z'))) // => { date: 1, millisecondOfDay: 1000 }
 * ```
 */
export const localTimeOf = (
  zone: Zone,
  instant: Instant,
): { readonly date: CivilDate; readonly millisecondOfDay: number } => {
  const reading = clockReading(zone, instant)
  const date = Math.floor(reading / msPerDay)
  return { date: date as CivilDate, millisecondOfDay: reading - date * msPerDay }
}

/**
 * How many transitions have passed when the zone's clock first shows `reading` or a later time.
 *
 * Only transitions within the largest offset of the reading can matter, so the walk takes a step or two.
 */
const transitionsUntilReading = (zone: Zone, reading: number): number => {
  let count = transitionsUntil(zone, reading - maxOffsetSeconds * 1000)
  for (let next = zone.transitions[count]; next !== undefined; next = zone.transitions[count]) {
    if (reading - offsetAfter(zone, count) * 1000 < next.at) return count
    count += 1
  }
  return count
}

/**
 * The instant at which a clock in the zone shows that date and time.
 *
 * A time that the clock skips is moved forward by the length of the gap; of a time that it shows twice, the earlier
 * instant is taken (Temporal's `compatible`).
 *
 * @param millisecondOfDay whole milliseconds since midnight; beyond 0–86,399,999 it counts on into other days
 * @example
 * ```ts
 * import { formatInstant, instantAt, parseCivilDate, unwrap, zoneFromIntl } from 'treue'
 * const berlin = unwrap(zoneFromIntl('Europe/Berlin'))
 * const skipped = instantAt(berlin, unwrap(parseCivilDate('2026-03-29')), 2.5 * 3_600_000)
 * formatInstant(skipped) // => '2026-03-29T01:30:00Z'
 * ```
 */
export const instantAt = (zone: Zone, date: CivilDate, millisecondOfDay: number): Instant => {
  const reading = date * msPerDay + millisecondOfDay
  const count = transitionsUntilReading(zone, reading)
  const instant = reading - offsetAfter(zone, count) * 1000
  const start = zone.transitions[count - 1]
  // Before the transition that it follows: the clock skipped this reading, so the old offset tells the instant.
  return (
    start !== undefined && instant < start.at ? reading - offsetAfter(zone, count - 1) * 1000 : instant
  ) as Instant
}

/**
 * The first instant of a date in the zone: midnight, or the end of the gap where the clock skips it.
 *
 * A date that the zone skipped as a whole (Pacific/Apia, 2011-12-30) starts, and ends, where the next one starts.
 *
 * @example
 * ```ts
 * import { formatInstant, parseCivilDate, startOfDay, unwrap, zoneFromIntl } from 'treue'
 * const saoPaulo = unwrap(zoneFromIntl('America/Sao_Paulo'))
 * formatInstant(startOfDay(saoPaulo, unwrap(parseCivilDate('2018-11-04')))) // => '2018-11-04T03:00:00Z'
 * ```
 */
export const startOfDay = (zone: Zone, date: CivilDate): Instant => {
  const reading = date * msPerDay
  const count = transitionsUntilReading(zone, reading)
  const instant = reading - offsetAfter(zone, count) * 1000
  const start = zone.transitions[count - 1]
  return start !== undefined && instant < start.at ? start.at : (instant as Instant)
}

/** So long after a change of its offset no clock shows a date again that it has shown before the change. */
const settledAfterMs = 2 * maxOffsetSeconds * 1000

/**
 * The date on which an instant is booked: what a calendar on the zone's wall shows, but where a clock is set back across
 * midnight, the evening that it shows a second time belongs to the new date, so that a date that is over never comes back.
 *
 * @param zone - the zone
 * @param instant - the instant
 *
 * @example
 * ```ts
 * import { businessDateOf, formatCivilDate, localDateOf, parseInstant, unwrap } from 'treue'
 *
 * // Half an hour into 2 January the clock is set back by an hour, and shows 23:30 of the day before again.
 * const change = unwrap(parseInstant('2026-01-02T00:30:00Z'))
 * const zone = { id: 'example', offsetSeconds: 0, transitions: [{ at: change, offsetSeconds: -3600 }] }
 * formatCivilDate(localDateOf(zone, change)) // => '2026-01-01'
 * formatCivilDate(businessDateOf(zone, change)) // => '2026-01-02'
 * ```
 */
export const businessDateOf = (zone: Zone, instant: Instant): CivilDate => {
  const count = transitionsUntil(zone, instant)
  let date = Math.floor((instant + offsetAfter(zone, count) * 1000) / msPerDay)
  const change = zone.transitions[count - 1]
  if (change === undefined || instant - change.at > settledAfterMs) return date as CivilDate
  while (startOfDay(zone, (date + 1) as CivilDate) <= instant) date += 1
  return date as CivilDate
}
