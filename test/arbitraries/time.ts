// Generators of time values. They lean to where calendars break: month ends, 29 February, year boundaries, the hours
// around a change of offset, midnights that a zone skips or repeats.
import fc from 'fast-check'
import {
  type Calendar,
  type CivilDate,
  civilDate,
  type Duration,
  type DurationUnit,
  type Instant,
  type Interval,
  startOfDay,
  unwrap,
  utc,
  type Weekday,
  type Zone,
  zoneFromIntl,
} from '../../src/foundation/index.ts'

const msPerDay = 86_400_000

/** Zones with something special each: see the comments. */
export const realZoneIds = [
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo', // skips midnights
  'America/St_Johns', // set its clocks back across midnight, at 00:01, until 2011
  'Asia/Kathmandu', // +05:45
  'Pacific/Apia', // skipped 2011-12-30
  'Australia/Lord_Howe', // half an hour of summer time
  'Africa/Casablanca', // changes around Ramadan
  'Pacific/Auckland',
] as const

const tables = new Map<string, Zone>()

/** The table of an IANA zone from 1970 to 2100, built once. */
export const realZone = (id: string): Zone => {
  const known = tables.get(id)
  if (known !== undefined) return known
  const zone = unwrap(zoneFromIntl(id))
  tables.set(id, zone)
  return zone
}

const twoDigits = (n: number): string => String(n).padStart(2, '0')

/** A zone without changes, at whole minutes from UTC, with the id that Temporal has for it. */
const fixedZoneArbitrary: fc.Arbitrary<Zone> = fc.integer({ min: -23 * 60, max: 23 * 60 }).map((minutes) => {
  const size = Math.abs(minutes)
  const id = `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`
  return { id, offsetSeconds: minutes * 60, transitions: [] }
})

const realZoneArbitrary: fc.Arbitrary<Zone> = fc.constantFrom(...realZoneIds).map(realZone)

/** A zone that exists, or could: also Temporal knows it by its id. */
export const zoneArbitrary: fc.Arbitrary<Zone> = fc.oneof(
  { arbitrary: realZoneArbitrary, weight: 4 },
  { arbitrary: fixedZoneArbitrary, weight: 1 },
  { arbitrary: fc.constant(utc), weight: 1 },
)

const offsetArbitrary = fc.oneof(
  fc.integer({ min: -14, max: 14 }).map((hours) => hours * 3600),
  fc.integer({ min: -93_600, max: 93_600 }),
)

/** Any table that is valid, with changes as near to each other and as wild as the form allows. */
export const wildZoneArbitrary: fc.Arbitrary<Zone> = fc
  .record({
    id: fc.string({ minLength: 1, maxLength: 8 }),
    offsetSeconds: offsetArbitrary,
    start: fc.integer({ min: -4 * msPerDay, max: 4 * msPerDay }),
    steps: fc.array(
      fc.record({
        after: fc.oneof(fc.integer({ min: 1, max: 3 * msPerDay }), fc.constantFrom(3_600_000, 21_600_000, msPerDay)),
        offsetSeconds: offsetArbitrary,
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ id, offsetSeconds, start, steps }) => {
    let at = start
    const transitions = steps.map((step) => {
      at += step.after
      return { at: at as Instant, offsetSeconds: step.offsetSeconds }
    })
    return { id, offsetSeconds, transitions }
  })

const dateOf = (year: number, month: number, day: number): CivilDate => unwrap(civilDate(year, month, day))

const lastOfMonth = (year: number, month: number): CivilDate =>
  ((month === 12 ? dateOf(year + 1, 1, 1) : dateOf(year, month + 1, 1)) - 1) as CivilDate

const leapYearOf = (year: number): number => {
  const candidate = year - (((year % 4) + 4) % 4)
  return candidate % 100 === 0 && candidate % 400 !== 0 ? candidate - 4 : candidate
}

/** Dates in a range of years, many of them first or last in a month or a year, or 29 February. */
const civilDateBetween = (firstYear: number, lastYear: number): fc.Arbitrary<CivilDate> => {
  const year = fc.integer({ min: firstYear, max: lastYear })
  const month = fc.integer({ min: 1, max: 12 })
  return fc.oneof(
    fc.integer({ min: dateOf(firstYear, 1, 1), max: dateOf(lastYear, 12, 31) }).map((day) => day as CivilDate),
    fc.tuple(year, month).map(([y, m]) => lastOfMonth(y, m)),
    fc.tuple(year, month).map(([y, m]) => dateOf(y, m, 1)),
    year.map((y) => dateOf(y, 12, 31)),
    year.map((y) => dateOf(y, 1, 1)),
    year.map((y) => dateOf(leapYearOf(Math.max(y, firstYear + 8)), 2, 29)),
  )
}

/** Dates as programs meet them. */
export const recentDateArbitrary: fc.Arbitrary<CivilDate> = civilDateBetween(1970, 2099)

/** Any date that has four digits for a year, and beyond. */
export const civilDateArbitrary: fc.Arbitrary<CivilDate> = fc.oneof(
  { arbitrary: recentDateArbitrary, weight: 3 },
  { arbitrary: civilDateBetween(0, 9999), weight: 2 },
  { arbitrary: civilDateBetween(-200_000, 200_000), weight: 1 },
)

const millisecondsArbitrary = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: msPerDay - 1 }), weight: 2 },
  { arbitrary: fc.constantFrom(0, 1, msPerDay - 1, 43_200_000, 7_200_000, 9_000_000), weight: 3 },
)

/** Milliseconds since midnight, often just around it. */
export const millisecondOfDayArbitrary: fc.Arbitrary<number> = millisecondsArbitrary

const instantOn = (dates: fc.Arbitrary<CivilDate>): fc.Arbitrary<Instant> =>
  fc.tuple(dates, millisecondsArbitrary).map(([date, ms]) => (date * msPerDay + ms) as Instant)

/** Instants as programs meet them, 1970 to 2099. */
const recentInstantArbitrary: fc.Arbitrary<Instant> = instantOn(recentDateArbitrary)

/** Any instant, now and then one that only expanded years can write. */
export const instantArbitrary: fc.Arbitrary<Instant> = fc.oneof(
  { arbitrary: recentInstantArbitrary, weight: 4 },
  { arbitrary: instantOn(civilDateArbitrary), weight: 2 },
  { arbitrary: fc.maxSafeInteger().map((ms) => ms as Instant), weight: 1 },
)

const nearTransition = (zone: Zone, index: number, distance: number): Instant => {
  const transition = zone.transitions[index % Math.max(zone.transitions.length, 1)]
  return ((transition?.at ?? 0) + distance) as Instant
}

/** An instant near a change of the zone's offset, near a local midnight at a special date, or anywhere. */
export const instantIn = (zone: Zone): fc.Arbitrary<Instant> =>
  fc.oneof(
    fc
      .tuple(
        fc.nat({ max: 10_000 }),
        fc.oneof(fc.integer({ min: -90_000_000, max: 90_000_000 }), fc.integer({ min: -2, max: 2 })),
      )
      .map(([index, distance]) => nearTransition(zone, index, distance)),
    fc
      .tuple(recentDateArbitrary, fc.integer({ min: -1000, max: 1000 }))
      .map(([date, distance]) => (startOfDay(zone, date) + distance) as Instant),
    recentInstantArbitrary,
  )

/** A date near a change of the zone's offset, or any special one. */
export const dateIn = (zone: Zone): fc.Arbitrary<CivilDate> =>
  fc.oneof(
    fc
      .tuple(fc.nat({ max: 10_000 }), fc.integer({ min: -2, max: 2 }))
      .map(([index, days]) => (Math.floor(nearTransition(zone, index, 0) / msPerDay) + days) as CivilDate),
    recentDateArbitrary,
  )

interface ZonedInstant {
  readonly zone: Zone
  readonly instant: Instant
}

export const zonedInstantArbitrary: fc.Arbitrary<ZonedInstant> = zoneArbitrary.chain((zone) =>
  instantIn(zone).map((instant) => ({ zone, instant })),
)

/** Half-open intervals, empty ones among them. */
export const intervalArbitrary: fc.Arbitrary<Interval> = fc
  .tuple(instantArbitrary, instantArbitrary, fc.boolean())
  .map(([a, b, empty]) => (empty ? { from: a, until: a } : a <= b ? { from: a, until: b } : { from: b, until: a }))

export const durationUnits: ReadonlyArray<DurationUnit> = ['hour', 'day', 'week', 'month', 'quarter', 'year']

/** Durations of up to some units, most often few. */
export const durationUpTo = (maxAmount: number): fc.Arbitrary<Duration> =>
  fc.record({
    amount: fc.oneof(fc.integer({ min: 0, max: Math.min(maxAmount, 24) }), fc.integer({ min: 0, max: maxAmount })),
    unit: fc.constantFrom(...durationUnits),
  })

export const durationArbitrary: fc.Arbitrary<Duration> = durationUpTo(10_000)

const weekdayArbitrary: fc.Arbitrary<Weekday> = fc.constantFrom(1, 2, 3, 4, 5, 6, 7)
const monthArbitrary = fc.integer({ min: 1, max: 12 })
const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const yearCalendarArbitrary: fc.Arbitrary<Calendar> = fc
  .tuple(monthArbitrary, fc.integer({ min: 1, max: 31 }), fc.boolean())
  .map(([month, day, leapDay]) =>
    leapDay
      ? { unit: 'year', startMonth: 2, startDay: 29 }
      : { unit: 'year', startMonth: month, startDay: Math.min(day, daysIn[month - 1] ?? 28) },
  )

export const calendarArbitrary: fc.Arbitrary<Calendar> = fc.oneof(
  fc.constantFrom<Calendar>({ unit: 'day' }, { unit: 'month' }, { unit: 'quarter' }),
  weekdayArbitrary.map((startsOn): Calendar => ({ unit: 'week', startsOn })),
  monthArbitrary.map((startMonth): Calendar => ({ unit: 'quarter', startMonth })),
  yearCalendarArbitrary,
  fc
    .record({ anchor: civilDateArbitrary, months: fc.oneof(fc.integer({ min: 1, max: 24 }), fc.nat({ max: 9_999 })) })
    .map(({ anchor, months }): Calendar => ({ unit: 'anniversary', anchor, months: Math.max(months, 1) })),
)
