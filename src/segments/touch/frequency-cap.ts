// How often a customer may be touched, over all channels or on some. A cap forbids stretches of time around what was sent: in
// none of its windows, wherever it begins, more may be sent.

import {
  arrayCodec,
  type CivilDate,
  type Codec,
  constrainCodec,
  type Instant,
  type Interval,
  integerCodec,
  invalidValue,
  localDateOf,
  localTimeOf,
  nullableCodec,
  sortedPlace,
  startOfDay,
  structCodec,
  type Zone,
} from '../../foundation/index.ts'
import { type TouchKind, type TouchRecord, touchKind, touchText } from './touch-record.ts'

/**
 * At most so many touches in any window of so many hours, or of so many days of the calendar, or of both: one of the two at
 * least.
 */
export interface FrequencyCap {
  /** The channels whose touches count together and are limited; all with `null`. */
  readonly channels: ReadonlyArray<string> | null
  /** The kinds of touches that count and are limited. */
  readonly kinds: ReadonlyArray<TouchKind>
  /** 0–1,000. */
  readonly most: number
  /** Absolute hours, 1–8,784: a window that rolls has no calendar. */
  readonly hours?: number
  /** Days that follow each other on the customer's own calendar, 1–366, however many hours they have. */
  readonly days?: number
}

export const capHours: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: 8784 })

/**
 * Reads a {@link FrequencyCap}.
 *
 * @example
 * ```ts
 * import { decode, FrequencyCap } from 'treue'
 *
 * decode(FrequencyCap, { channels: null, kinds: ['marketing'], most: 2, hours: 7 * 24 })._tag // => 'Right'
 * decode(FrequencyCap, { channels: ['push'], kinds: ['marketing'], most: 1, days: 1 })._tag // => 'Right'
 * decode(FrequencyCap, { channels: null, kinds: ['marketing'], most: 2 })._tag // => 'Left'
 * ```
 */
export const FrequencyCap: Codec<FrequencyCap> = /* @__PURE__ */ constrainCodec<FrequencyCap, FrequencyCap>(
  /* @__PURE__ */ structCodec(
    'FrequencyCap',
    {
      channels: /* @__PURE__ */ nullableCodec(/* @__PURE__ */ arrayCodec(touchText, { minLength: 1, maxLength: 50 })),
      kinds: /* @__PURE__ */ arrayCodec(touchKind, { minLength: 1, maxLength: 2 }),
      most: /* @__PURE__ */ integerCodec({ min: 0, max: 1000 }),
    },
    { hours: capHours, days: /* @__PURE__ */ integerCodec({ min: 1, max: 366 }) },
  ),
  (cap) =>
    cap.hours === undefined && cap.days === undefined ? [invalidValue([], cap, 'a cap with hours or days')] : [],
)

const msPerHour = 3_600_000
const msPerDay = 86_400_000

const always: Interval = { from: Number.MIN_SAFE_INTEGER as Instant, until: Number.MAX_SAFE_INTEGER as Instant }

interface Run {
  readonly first: number
  readonly last: number
}

/** The first and the last of any `most` that lie less than a window apart. */
const fullRuns = (rising: ReadonlyArray<number>, most: number, window: number): ReadonlyArray<Run> =>
  rising.flatMap((first, index) => {
    const last = rising[index + most - 1]
    return last === undefined || last - first >= window ? [] : [{ first, last }]
  })

/**
 * The stretches in which one more touch would be too many: with any `most` touches that lie less than a window apart, all
 * instants from which both the first and the last of them are less than a window away.
 *
 * @param times of the touches that count, rising
 */
export const forbiddenAround = (times: ReadonlyArray<number>, most: number, hours: number): ReadonlyArray<Interval> => {
  const window = hours * msPerHour
  return most === 0
    ? [always]
    : fullRuns(times, most, window).map(({ first, last }) => ({
        from: (last - window + 1) as Instant,
        until: (first + window) as Instant,
      }))
}

/** The instant from which on the calendar shows later dates only: a midnight over which clocks are set back comes twice. */
const endOfDay = (zone: Zone, date: number): Instant => {
  let end = startOfDay(zone, (date + 1) as CivilDate)
  const later = sortedPlace(zone.transitions, ({ at }) => at <= end)
  for (let place = later; place < zone.transitions.length; place += 1) {
    const { at } = zone.transitions[place] as Zone['transitions'][number]
    if (at >= end + 3 * msPerDay) break
    const shown = localTimeOf(zone, at)
    if (shown.date <= date) end = (at + (date + 1 - shown.date) * msPerDay - shown.millisecondOfDay) as Instant
  }
  return end
}

/**
 * The same for days of the calendar: with any `most` touches on dates less than a window apart, all of the days from which both
 * the first and the last of them are less than a window away.
 */
export const forbiddenAroundDays = (
  times: ReadonlyArray<Instant>,
  most: number,
  days: number,
  zone: Zone,
): ReadonlyArray<Interval> => {
  const dates = times.map((at): number => localDateOf(zone, at)).sort((a, b) => a - b)
  return most === 0
    ? [always]
    : fullRuns(dates, most, days).map(({ first, last }) => ({
        from: startOfDay(zone, (last - days + 1) as CivilDate),
        until: endOfDay(zone, first + days - 1),
      }))
}

const counts = ({ channels, kinds }: FrequencyCap, channel: string, kind: TouchKind): boolean =>
  (channels === null || channels.includes(channel)) && kinds.includes(kind)

const forbiddenByCap = (
  cap: FrequencyCap,
  history: ReadonlyArray<TouchRecord>,
  zone: Zone,
): ReadonlyArray<Interval> => {
  const times = history
    .filter((touch) => counts(cap, touch.channel, touch.kind))
    .map(({ at }) => at)
    .sort((a, b) => a - b)
  return [
    ...(cap.hours === undefined ? [] : forbiddenAround(times, cap.most, cap.hours)),
    ...(cap.days === undefined ? [] : forbiddenAroundDays(times, cap.most, cap.days, zone)),
  ]
}

/** The stretches in which caps forbid a touch on a channel. */
export const forbiddenByCaps = (
  caps: ReadonlyArray<FrequencyCap>,
  { channel, kind }: Pick<TouchRecord, 'channel' | 'kind'>,
  history: ReadonlyArray<TouchRecord>,
  zone: Zone,
): ReadonlyArray<Interval> =>
  caps.filter((cap) => counts(cap, channel, kind)).flatMap((cap) => forbiddenByCap(cap, history, zone))
