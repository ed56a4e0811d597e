// The hours in which somebody is there to answer: time that counts, and time that doesn't.

import type { Either } from 'fp-ts/Either'
import {
  addDays,
  arrayCodec,
  CivilDate,
  type Codec,
  constrainCodec,
  formatInstant,
  type Instant,
  type InvalidValue,
  instantAt,
  integerCodec,
  invalidValue,
  localDateOf,
  type OutOfRange,
  outOfRange,
  startOfDay,
  structCodec,
  Weekday,
  weekdayOf,
  Zone,
  type ZoneJson,
} from '../foundation/index.ts'

/** A time of service on one day of the week. */
export interface ServiceTime {
  readonly weekday: Weekday
  /** Minutes since midnight on the clock, 0 to 1439. */
  readonly fromMinute: number
  /** Minutes since midnight, above `fromMinute`, to 1440. */
  readonly untilMinute: number
}

/** When there is service. */
export interface ServiceHours {
  readonly zone: Zone
  /** At least one; two of one day must not overlap, and stand in their order. */
  readonly weekly: ReadonlyArray<ServiceTime>
  /** Days without any service. */
  readonly holidays: ReadonlyArray<CivilDate>
}

/** The JSON of service hours. */
export interface ServiceHoursJson {
  readonly zone: ZoneJson
  readonly weekly: ReadonlyArray<ServiceTime>
  readonly holidays: ReadonlyArray<string>
}

const weeklyFaults = ({ weekly }: Pick<ServiceHours, 'weekly'>): ReadonlyArray<InvalidValue> => {
  const busyUntil = new Map<Weekday, number>()
  return weekly.flatMap(({ weekday, fromMinute, untilMinute }, at) => {
    const least = busyUntil.get(weekday) ?? 0
    busyUntil.set(weekday, Math.max(least, untilMinute))
    const order =
      fromMinute < untilMinute
        ? []
        : [invalidValue(['weekly', at, 'untilMinute'], untilMinute, `a minute after ${fromMinute}`)]
    const overlap =
      fromMinute >= least ? [] : [invalidValue(['weekly', at, 'fromMinute'], fromMinute, `a minute from ${least} on`)]
    return [...order, ...overlap]
  })
}

/**
 * Reads {@link ServiceHours}.
 *
 * @example
 * ```ts
 * import { decode, ServiceHours } from 'treue'
 *
 * const json = {
 *   zone: { id: 'UTC', offsetSeconds: 0, transitions: [] },
 *   weekly: [{ weekday: 1, fromMinute: 540, untilMinute: 1020 }],
 *   holidays: ['2026-04-06'],
 * }
 * decode(ServiceHours, json)._tag // => 'Right'
 * decode(ServiceHours, { ...json, weekly: [] })._tag // => 'Left'
 * ```
 */
export const ServiceHours: Codec<ServiceHours, ServiceHoursJson> = /* @__PURE__ */ constrainCodec<
  ServiceHours,
  ServiceHoursJson
>(
  /* @__PURE__ */ structCodec('ServiceHours', {
    zone: Zone,
    weekly: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('ServiceTime', {
        weekday: Weekday,
        fromMinute: /* @__PURE__ */ integerCodec({ min: 0, max: 1439 }),
        untilMinute: /* @__PURE__ */ integerCodec({ min: 1, max: 1440 }),
      }),
      { minLength: 1, maxLength: 100 },
    ),
    holidays: /* @__PURE__ */ arrayCodec(CivilDate, { maxLength: 10_000 }),
  }),
  weeklyFaults,
)

const msPerMinute = 60_000
const mostDays = 40_000

type Opening = { readonly from: number; readonly until: number }

const instantOfMinute = (zone: Zone, date: CivilDate, minute: number): Instant =>
  minute === 1440 ? startOfDay(zone, addDays(date, 1)) : instantAt(zone, date, minute * msPerMinute)

/** The openings of one day in their order; none on a holiday. */
const openingsOn = (
  { zone, weekly }: ServiceHours,
  holidays: ReadonlySet<CivilDate>,
  date: CivilDate,
): ReadonlyArray<Opening> => {
  if (holidays.has(date)) return []
  const weekday = weekdayOf(date)
  return weekly
    .filter((time) => time.weekday === weekday)
    .map(({ fromMinute, untilMinute }) => ({
      from: instantOfMinute(zone, date, fromMinute),
      until: instantOfMinute(zone, date, untilMinute),
    }))
}

/**
 * The instant at which so much service time has passed: what is not in service hours, or on a holiday, doesn't count.
 *
 * An opening counts as it is on that day's clock: one that a clock change cuts short is shorter.
 *
 * @param hours when there is service
 * @param from where counting starts
 * @param minutes of service, a whole number from 0 to 1,000,000; with 0 the next instant with service
 * @returns `OutOfRange` for other minutes, and where they don't pass within 40,000 days.
 * @example
 * ```ts
 * import { addServiceTime, formatInstant, parseCivilDate, parseInstant, unwrap, utc, type ServiceHours } from 'treue'
 *
 * const hours: ServiceHours = {
 *   zone: utc,
 *   weekly: ([1, 2, 3, 4, 5] as const).map((weekday) => ({ weekday, fromMinute: 540, untilMinute: 1020 })),
 *   holidays: [unwrap(parseCivilDate('2024-04-01'))],
 * }
 * const thursday = unwrap(parseInstant('2024-03-28T16:00:00Z'))
 * formatInstant(unwrap(addServiceTime(hours, thursday, 9 * 60))) // => '2024-03-29T17:00:00Z'
 * formatInstant(unwrap(addServiceTime(hours, thursday, 10 * 60))) // => '2024-04-02T10:00:00Z'
 * ```
 */
export const addServiceTime = (hours: ServiceHours, from: Instant, minutes: number): Either<OutOfRange, Instant> => {
  if (!(Number.isInteger(minutes) && minutes >= 0 && minutes <= 1_000_000)) {
    return { _tag: 'Left', left: outOfRange(['minutes'], minutes, 'a whole number from 0 to 1000000') }
  }
  const holidays = new Set(hours.holidays)
  let left = minutes * msPerMinute
  let date = localDateOf(hours.zone, from)
  for (let day = 0; day < mostDays; day += 1) {
    for (const opening of openingsOn(hours, holidays, date)) {
      const start = Math.max(opening.from, from)
      const length = opening.until - start
      if (length > 0 && length >= left) return { _tag: 'Right', right: (start + left) as Instant }
      left -= Math.max(0, length)
    }
    date = addDays(date, 1)
  }
  return { _tag: 'Left', left: outOfRange(['minutes'], minutes, 'minutes of service within 40000 days') }
}

/**
 * How much service time lies between two instants.
 *
 * @param hours when there is service
 * @param from the earlier instant
 * @param until the later one, at most 40,000 days after; where it is the earlier one there is none between
 * @returns milliseconds; `OutOfRange` for instants that lie further apart.
 * @example
 * ```ts
 * import { parseInstant, serviceTimeBetween, unwrap, utc, type ServiceHours } from 'treue'
 *
 * const hours: ServiceHours = { zone: utc, weekly: [{ weekday: 1, fromMinute: 540, untilMinute: 1020 }], holidays: [] }
 * const [friday, tuesday] = ['2026-03-06T12:00:00Z', '2026-03-10T12:00:00Z'].map((text) => unwrap(parseInstant(text)))
 * friday !== undefined && tuesday !== undefined && unwrap(serviceTimeBetween(hours, friday, tuesday)) // => 28800000
 * ```
 */
export const serviceTimeBetween = (hours: ServiceHours, from: Instant, until: Instant): Either<OutOfRange, number> => {
  const [first, last] = [localDateOf(hours.zone, from), localDateOf(hours.zone, until)]
  if (last - first > mostDays) {
    return { _tag: 'Left', left: outOfRange(['until'], formatInstant(until), `an instant within ${mostDays} days`) }
  }
  const holidays = new Set(hours.holidays)
  let passed = 0
  for (let date = first; date <= last; date = addDays(date, 1)) {
    for (const opening of openingsOn(hours, holidays, date)) {
      passed += Math.max(0, Math.min(opening.until, until) - Math.max(opening.from, from))
    }
  }
  return { _tag: 'Right', right: passed }
}
