// Hours of the customer's own day in which nothing is sent. What counts is what the clock on their wall shows, also on the days
// on which it is set.

import {
  type Codec,
  constrainCodec,
  type Instant,
  integerCodec,
  invalidValue,
  localTimeOf,
  sortedPlace,
  structCodec,
  type Zone,
} from '../../foundation/index.ts'

/** Hours of the local day in which nothing is sent; over midnight where they end before they begin. */
export interface QuietHours {
  /** Minutes since midnight, 0–1439. */
  readonly fromMinute: number
  /** Minutes since midnight at which it is loud again, 0–1439. */
  readonly untilMinute: number
}

const minute: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0, max: 1439 })

/**
 * Reads {@link QuietHours}.
 *
 * @example
 * ```ts
 * import { decode, QuietHours } from 'treue'
 *
 * decode(QuietHours, { fromMinute: 21 * 60, untilMinute: 8 * 60 })._tag // => 'Right'
 * decode(QuietHours, { fromMinute: 60, untilMinute: 60 })._tag // => 'Left'
 * ```
 */
export const QuietHours: Codec<QuietHours> = /* @__PURE__ */ constrainCodec<QuietHours, QuietHours>(
  /* @__PURE__ */ structCodec('QuietHours', { fromMinute: minute, untilMinute: minute }),
  ({ fromMinute, untilMinute }) =>
    fromMinute === untilMinute ? [invalidValue(['untilMinute'], untilMinute, `a minute other than ${fromMinute}`)] : [],
)

const msPerMinute = 60_000
const msPerDay = 86_400_000

const includes = ({ fromMinute, untilMinute }: QuietHours, millisecondOfDay: number): boolean => {
  const [from, until] = [fromMinute * msPerMinute, untilMinute * msPerMinute]
  return from < until
    ? millisecondOfDay >= from && millisecondOfDay < until
    : millisecondOfDay >= from || millisecondOfDay < until
}

/**
 * Whether a clock in the zone shows quiet hours at an instant.
 *
 * @param hours quiet hours
 * @param zone the customer's
 * @param at the instant
 * @example
 * ```ts
 * import { isQuiet, parseInstant, unwrap, utc } from 'treue'
 *
 * const night = { fromMinute: 21 * 60, untilMinute: 8 * 60 }
 * isQuiet(night, utc, unwrap(parseInstant('2026-03-01T07:59:59Z'))) // => true
 * isQuiet(night, utc, unwrap(parseInstant('2026-03-01T08:00:00Z'))) // => false
 * ```
 */
export const isQuiet = (hours: QuietHours, zone: Zone, at: Instant): boolean =>
  includes(hours, localTimeOf(zone, at).millisecondOfDay)

/** The next instant at which the clock shows a time, or at which it is set before that. */
const nextReading = (zone: Zone, at: Instant, atMinute: number): Instant => {
  const { millisecondOfDay } = localTimeOf(zone, at)
  const wait = (atMinute * msPerMinute - millisecondOfDay + msPerDay) % msPerDay
  const reading = at + (wait === 0 ? msPerDay : wait)
  const change = zone.transitions[sortedPlace(zone.transitions, (transition) => transition.at <= at)]
  return (change === undefined ? reading : Math.min(reading, change.at)) as Instant
}

/** The first instant from one on at which none of the hours is quiet; no later than a limit. */
export const loudFrom = (hours: ReadonlyArray<QuietHours>, zone: Zone, from: Instant, limit: Instant): Instant => {
  let at = from
  while (at < limit) {
    const instant = at
    const quiet = hours.find((one) => isQuiet(one, zone, instant))
    if (quiet === undefined) return at
    at = nextReading(zone, at, quiet.untilMinute)
  }
  return limit
}

/** The first instant after a loud one at which some of the hours are quiet; no later than a limit. */
export const loudUntil = (hours: ReadonlyArray<QuietHours>, zone: Zone, from: Instant, limit: Instant): Instant => {
  let at = from
  while (at < limit) {
    const instant = at
    if (hours.some((one) => isQuiet(one, zone, instant))) return at
    at = hours.reduce<Instant>((first, { fromMinute }) => {
      const next = nextReading(zone, instant, fromMinute)
      return next < first ? next : first
    }, limit)
  }
  return limit
}
