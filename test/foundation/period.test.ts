import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addDuration,
  addMonths,
  Calendar,
  type CivilDate,
  type CivilPeriod,
  containsInstant,
  daysBetween,
  decode,
  formatCivilDate,
  formatInstant,
  type Instant,
  type Interval,
  lastDayOf,
  localDateOf,
  nextPeriod,
  parseCivilDate,
  parseInstant,
  periodInterval,
  periodIntervalAt,
  periodOf,
  previousPeriod,
  rollingWindow,
  startOfDay,
  unwrap,
  utc,
  weekdayOf,
  yearMonthDay,
} from '../../src/foundation/index.ts'
import {
  calendarArbitrary,
  civilDateArbitrary,
  durationUpTo,
  realZone,
  recentDateArbitrary,
  wildZoneArbitrary,
  zonedInstantArbitrary,
} from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const at = (text: string): Instant => unwrap(parseInstant(text))
const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const texts = ({ from, until }: CivilPeriod): readonly [string, string] => [
  formatCivilDate(from),
  formatCivilDate(until),
]
const instants = ({ from, until }: Interval): readonly [string, string] => [formatInstant(from), formatInstant(until)]

const newYork = realZone('America/New_York')
const london = realZone('Europe/London')
const calendarYear: Calendar = { unit: 'year', startMonth: 1, startDay: 1 }

describe('periodOf', () => {
  test.each<[Calendar, string, string, string]>([
    [{ unit: 'day' }, '2026-03-01', '2026-03-01', '2026-03-02'],
    [{ unit: 'week', startsOn: 1 }, '2026-03-01', '2026-02-23', '2026-03-02'],
    [{ unit: 'week', startsOn: 7 }, '2026-03-01', '2026-03-01', '2026-03-08'],
    [{ unit: 'week', startsOn: 6 }, '2026-03-01', '2026-02-28', '2026-03-07'],
    [{ unit: 'month' }, '2024-02-29', '2024-02-01', '2024-03-01'],
    [{ unit: 'month' }, '2026-12-31', '2026-12-01', '2027-01-01'],
    [{ unit: 'quarter' }, '2026-03-31', '2026-01-01', '2026-04-01'],
    [{ unit: 'quarter', startMonth: 2 }, '2026-01-31', '2025-11-01', '2026-02-01'],
    [{ unit: 'quarter', startMonth: 12 }, '2026-01-31', '2025-12-01', '2026-03-01'],
    [calendarYear, '2026-12-31', '2026-01-01', '2027-01-01'],
    [{ unit: 'year', startMonth: 4, startDay: 6 }, '2026-04-05', '2025-04-06', '2026-04-06'],
    [{ unit: 'year', startMonth: 4, startDay: 6 }, '2026-04-06', '2026-04-06', '2027-04-06'],
    [{ unit: 'year', startMonth: 2, startDay: 29 }, '2025-02-27', '2024-02-29', '2025-02-28'],
    [{ unit: 'year', startMonth: 2, startDay: 29 }, '2025-02-28', '2025-02-28', '2026-02-28'],
    [{ unit: 'year', startMonth: 2, startDay: 29 }, '2028-02-28', '2027-02-28', '2028-02-29'],
    [{ unit: 'anniversary', anchor: date('2026-01-31'), months: 1 }, '2026-02-27', '2026-01-31', '2026-02-28'],
    [{ unit: 'anniversary', anchor: date('2026-01-31'), months: 1 }, '2026-02-28', '2026-02-28', '2026-03-31'],
    [{ unit: 'anniversary', anchor: date('2026-01-31'), months: 1 }, '2026-01-30', '2025-12-31', '2026-01-31'],
    [{ unit: 'anniversary', anchor: date('2026-05-15'), months: 12 }, '2027-05-14', '2026-05-15', '2027-05-15'],
    [{ unit: 'anniversary', anchor: date('2026-05-15'), months: 12 }, '2026-05-14', '2025-05-15', '2026-05-15'],
  ])('%j of %s', (calendar, day, from, until) => {
    expect(texts(periodOf(calendar, date(day)))).toEqual([from, until])
  })

  /** Walks day by day until a date on which a period starts. */
  const walk = (day: CivilDate, step: number, isStart: (day: CivilDate) => boolean): CivilDate => {
    let found = day
    while (!isStart(found)) found = addDays(found, step)
    return found
  }

  const starts = (calendar: Calendar): ((day: CivilDate) => boolean) => {
    const isLastOfFebruary = (day: CivilDate): boolean =>
      yearMonthDay(day).month === 2 && yearMonthDay(addDays(day, 1)).month === 3
    switch (calendar.unit) {
      case 'day':
        return () => true
      case 'week':
        return (day) => weekdayOf(day) === calendar.startsOn
      case 'month':
        return (day) => yearMonthDay(day).day === 1
      case 'quarter':
        return (day) =>
          yearMonthDay(day).day === 1 && Math.abs(yearMonthDay(day).month - (calendar.startMonth ?? 1)) % 3 === 0
      case 'year':
        return (day) => {
          if (calendar.startMonth === 2 && calendar.startDay === 29) return isLastOfFebruary(day)
          const { month, day: ofMonth } = yearMonthDay(day)
          return month === calendar.startMonth && ofMonth === calendar.startDay
        }
      case 'anniversary': {
        const near = Array.from({ length: 401 }, (_, index) =>
          addMonths(calendar.anchor, (index - 200) * calendar.months),
        )
        const all = new Set<number>(near)
        return (day) => all.has(day)
      }
    }
  }

  const modelledArbitrary = fc.oneof(
    calendarArbitrary.filter(({ unit }) => unit !== 'anniversary').map((calendar) => ({ calendar, days: 0 })),
    fc
      .record({
        anchor: recentDateArbitrary,
        months: fc.integer({ min: 1, max: 24 }),
        days: fc.integer({ min: -4000, max: 4000 }),
      })
      .map(({ anchor, months, days }) => ({ calendar: { unit: 'anniversary', anchor, months } as const, days })),
  )

  test('is what a walk from day to day finds', () => {
    fc.assert(
      fc.property(modelledArbitrary, civilDateArbitrary, ({ calendar, days }, anywhere) => {
        const day = calendar.unit === 'anniversary' ? addDays(calendar.anchor, days) : anywhere
        const isStart = starts(calendar)
        const expected = { from: walk(day, -1, isStart), until: walk(addDays(day, 1), 1, isStart) }
        expect(periodOf(calendar, day)).toEqual(expected)
      }),
    )
  })

  test('periods hold their dates and follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(calendarArbitrary, civilDateArbitrary, (calendar, day) => {
        const period = periodOf(calendar, day)
        expect(period.from <= day && day < period.until).toBe(true)
        expect(periodOf(calendar, period.from)).toEqual(period)
        expect(periodOf(calendar, addDays(period.until, -1))).toEqual(period)
        const next = nextPeriod(calendar, period)
        expect(next.from).toBe(period.until)
        expect(previousPeriod(calendar, next)).toEqual(period)
        expect(previousPeriod(calendar, period).until).toBe(period.from)
      }),
    )
  })
})

describe('periods in zones', () => {
  test('the period at an instant holds it, whatever the zone does with its clocks', () => {
    const wild = fc.record({
      zone: wildZoneArbitrary,
      instant: fc.integer({ min: -7e8, max: 2.5e9 }).map((ms) => ms as Instant),
    })
    fc.assert(
      fc.property(calendarArbitrary, fc.oneof(zonedInstantArbitrary, wild), (calendar, { zone, instant }) => {
        const found = periodIntervalAt(calendar, zone, instant)
        expect(containsInstant(found, instant)).toBe(true)
        const last = localDateOf(zone, (found.until - 1) as Instant)
        expect(lastDayOf(zone, found)).toBe(last)
        expect(periodInterval(zone, periodOf(calendar, localDateOf(zone, found.from))).until > instant).toBe(true)
      }),
    )
  })

  test("St John's, clocks back at 00:01: the evening that comes twice belongs to the new day", () => {
    const stJohns = realZone('America/St_Johns')
    const again = at('2010-11-07T02:45:00Z')
    expect(formatCivilDate(localDateOf(stJohns, again))).toBe('2010-11-06')
    const day = periodIntervalAt({ unit: 'day' }, stJohns, again)
    expect(instants(day)).toEqual(['2010-11-07T02:30:00Z', '2010-11-08T03:30:00Z'])
    const before = periodIntervalAt({ unit: 'day' }, stJohns, (day.from - 1) as Instant)
    expect(before.until).toBe(day.from)
  })

  test('Apia: the day that never was is empty', () => {
    const apia = realZone('Pacific/Apia')
    const skipped = periodInterval(apia, periodOf({ unit: 'day' }, date('2011-12-30')))
    expect(skipped.from).toBe(skipped.until)
    const week = periodIntervalAt({ unit: 'week', startsOn: 1 }, apia, skipped.from)
    expect((week.until - week.from) / 86_400_000).toBe(6)
  })

  test('time.dstDay: 23 hours in Auckland on 2021-09-26', () => {
    const auckland = realZone('Pacific/Auckland')
    const hours = ['2021-09-25', '2021-09-26', '2021-09-27'].map((text) => {
      const { from, until } = periodInterval(auckland, periodOf({ unit: 'day' }, date(text)))
      return (until - from) / 3_600_000
    })
    expect(hours).toEqual([24, 23, 24])
  })
})

describe('S12 cap windows', () => {
  const entries = [
    { at: at('2026-05-01T23:50:00-04:00'), points: 80 },
    { at: at('2026-05-02T00:10:00-04:00'), points: 80 },
  ]

  /** Grants up to 100 in each window. */
  const granted = (windowAt: (instant: Instant) => Interval): number => {
    const grants: Array<{ readonly at: Instant; readonly points: number }> = []
    for (const entry of entries) {
      const window = windowAt(entry.at)
      const used = grants
        .filter((grant) => containsInstant(window, grant.at))
        .reduce((sum, { points }) => sum + points, 0)
      grants.push({ at: entry.at, points: Math.min(entry.points, 100 - used) })
    }
    return grants.reduce((sum, { points }) => sum + points, 0)
  }

  test('S12 cap 100/day, 80 at 23:50 and 80 at 00:10: calendar days 160, rolling 24 h 100', () => {
    expect(granted((instant) => periodIntervalAt({ unit: 'day' }, newYork, instant))).toBe(160)
    expect(granted((instant) => rollingWindow(newYork, instant, { amount: 24, unit: 'hour' }))).toBe(100)
    expect(granted((instant) => rollingWindow(newYork, instant, { amount: 1, unit: 'day' }))).toBe(100)
  })

  test('S12 2026-01-01T02:00Z falls under the cap of 2025 in New York', () => {
    const window = periodIntervalAt(calendarYear, newYork, at('2026-01-01T02:00:00Z'))
    expect(instants(window)).toEqual(['2025-01-01T05:00:00Z', '2026-01-01T05:00:00Z'])
  })

  test('S12 a Sunday lies in different weeks from Monday, from Sunday and from Saturday', () => {
    const sunday = date('2026-05-03')
    const weekFrom = (startsOn: 1 | 6 | 7): string => texts(periodOf({ unit: 'week', startsOn }, sunday))[0]
    expect(weekFrom(1)).toBe('2026-04-27')
    expect(weekFrom(7)).toBe('2026-05-03')
    expect(weekFrom(6)).toBe('2026-05-02')
  })
})

describe('rollingWindow', () => {
  test('holds asOf, and not what happened exactly that long before', () => {
    fc.assert(
      fc.property(zonedInstantArbitrary, durationUpTo(400), ({ zone, instant }, duration) => {
        const window = rollingWindow(zone, instant, duration)
        const before = addDuration(zone, instant, duration, -1)
        expect(containsInstant(window, before)).toBe(false)
        expect(containsInstant(window, (instant + 1) as Instant)).toBe(false)
        if (duration.amount > 0) {
          expect(containsInstant(window, instant)).toBe(true)
          expect(containsInstant(window, (before + 1) as Instant)).toBe(true)
        }
      }),
    )
  })

  test('twelve months at the end of February', () => {
    const window = rollingWindow(utc, at('2024-02-29T12:00:00Z'), { amount: 12, unit: 'month' })
    expect(instants(window)).toEqual(['2023-02-28T12:00:00.001Z', '2024-02-29T12:00:00.001Z'])
  })
})

describe('S19 ends of periods', () => {
  test('S19 twelve months to the end of the month: 6 Jul 2020 expires on 1 Aug 2021, the first instant not valid', () => {
    const earned = at('2020-07-06T15:30:00-04:00')
    const twelveMonthsOn = addDuration(newYork, earned, { amount: 12, unit: 'month' })
    const { until } = periodIntervalAt({ unit: 'month' }, newYork, twelveMonthsOn)
    expect(until).toBe(startOfDay(newYork, date('2021-08-01')))
    expect(formatCivilDate(lastDayOf(newYork, { from: earned, until }))).toBe('2021-07-31')
  })

  test('S19 "expires 2025-12-31" holds until 2026-01-01T00:00 local', () => {
    const until = startOfDay(newYork, addDays(date('2025-12-31'), 1))
    expect(until).toBe(at('2026-01-01T00:00:00-05:00'))
    expect(formatCivilDate(lastDayOf(newYork, { from: at('2025-01-01T05:00:00Z'), until }))).toBe('2025-12-31')
  })

  test('S19 a stamp of 23:59:59Z on 31 Jul shows as 1 Aug in London; a half-open end does not', () => {
    expect(formatCivilDate(localDateOf(london, at('2026-07-31T23:59:59Z')))).toBe('2026-08-01')
    const july = periodInterval(london, periodOf({ unit: 'month' }, date('2026-07-15')))
    expect(instants(july)).toEqual(['2026-06-30T23:00:00Z', '2026-07-31T23:00:00Z'])
    expect(formatCivilDate(lastDayOf(london, july))).toBe('2026-07-31')
  })

  test('S19 to display 1 Jan, store 2 Jan 00:00', () => {
    const from = startOfDay(newYork, date('2025-06-01'))
    expect(formatCivilDate(lastDayOf(newYork, { from, until: startOfDay(newYork, date('2026-01-02')) }))).toBe(
      '2026-01-01',
    )
  })
})

describe('S20 grace and S38 validity, as dates', () => {
  test('S20 a month of grace from 20 Jul ends with 19 Aug, one from 25 Jul is over on 25 Aug', () => {
    const lastDay = (text: string): string => {
      const from = startOfDay(newYork, date(text))
      return formatCivilDate(lastDayOf(newYork, { from, until: graceEnd(text) }))
    }
    const graceEnd = (text: string): Instant =>
      addDuration(newYork, startOfDay(newYork, date(text)), { amount: 1, unit: 'month' })
    expect(lastDay('2026-07-20')).toBe('2026-08-19')
    expect(graceEnd('2026-07-25')).toBe(startOfDay(newYork, date('2026-08-25')))
  })

  test('S38 Gold on 10 Mar 2026: to 31 Dec 2026, or 31 Dec 2027, with 7 days of grace 7 Jan 2028', () => {
    const reached = at('2026-03-10T18:00:00-04:00')
    const year = periodOf(calendarYear, localDateOf(newYork, reached))
    const next = nextPeriod(calendarYear, year)
    const lastDay = (until: Instant): string => formatCivilDate(lastDayOf(newYork, { from: reached, until }))
    expect(lastDay(periodInterval(newYork, year).until)).toBe('2026-12-31')
    const { until } = periodInterval(newYork, next)
    expect(lastDay(until)).toBe('2027-12-31')
    expect(lastDay(addDuration(newYork, until, { amount: 7, unit: 'day' }))).toBe('2028-01-07')
  })

  test('S38 the tier year from 15 May 2026 ends on 15 May 2027', () => {
    const anchor = date('2026-05-15')
    const period = periodOf({ unit: 'anniversary', anchor, months: 12 }, anchor)
    expect(texts(period)).toEqual(['2026-05-15', '2027-05-15'])
    expect(daysBetween(period.from, period.until)).toBe(365)
  })
})

describe('codec', () => {
  codecLaws('Calendar', Calendar, calendarArbitrary)

  test('JSON of an anniversary', () => {
    const calendar: Calendar = { unit: 'anniversary', anchor: date('2026-01-31'), months: 1 }
    expect(Calendar.encode(calendar)).toEqual({ unit: 'anniversary', anchor: '2026-01-31', months: 1 })
  })

  test.each([
    [{ unit: 'fortnight' }, ['unit']],
    [{ unit: 'week', startsOn: 0 }, ['startsOn']],
    [{ unit: 'quarter', startMonth: 13 }, ['startMonth']],
    [{ unit: 'year', startMonth: 2, startDay: 30 }, ['startDay']],
    [{ unit: 'year', startMonth: 4, startDay: 31 }, ['startDay']],
    [{ unit: 'anniversary', anchor: '2026-01-31', months: 0 }, ['months']],
    [{ unit: 'anniversary', anchor: 5, months: 1 }, ['anchor']],
    [{ unit: 'month', startsOn: 1 }, ['startsOn']],
  ])('%j is refused at %j', (json, path) => {
    expect(decode(Calendar, json)).toMatchObject({ _tag: 'Left', left: [{ path }] })
  })
})
