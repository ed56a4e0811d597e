import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  addDuration,
  addDurationToDate,
  type CivilDate,
  Duration,
  decode,
  formatCivilDate,
  formatInstant,
  type Instant,
  localDateOf,
  offsetSecondsAt,
  parseCivilDate,
  parseInstant,
  startOfDay,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  civilDateArbitrary,
  durationArbitrary,
  durationUnits,
  durationUpTo,
  instantArbitrary,
  realZone,
  zonedInstantArbitrary,
} from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const at = (text: string): Instant => unwrap(parseInstant(text))
const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const newYork = realZone('America/New_York')

const temporalDuration = ({ amount, unit }: Duration, times: number): Temporal.DurationLike => {
  const count = amount * times
  return unit === 'quarter' ? { months: count * 3 } : { [`${unit}s`]: count }
}

describe('worked numbers', () => {
  test('S18 31 Jan + 1 month = 28 Feb; +1 month twice = 28 Mar, +2 months once = 31 Mar', () => {
    const month: Duration = { amount: 1, unit: 'month' }
    const january = at('2026-01-31T12:00:00-05:00')
    const once = addDuration(newYork, january, month)
    expect(formatInstant(once)).toBe('2026-02-28T17:00:00Z')
    expect(formatCivilDate(localDateOf(newYork, addDuration(newYork, once, month)))).toBe('2026-03-28')
    expect(formatCivilDate(localDateOf(newYork, addDuration(newYork, january, month, 2)))).toBe('2026-03-31')
    expect(addDuration(newYork, january, { amount: 2, unit: 'month' })).toBe(addDuration(newYork, january, month, 2))
  })

  test('S18 29 Feb 2024 + 12 m = 28 Feb 2025, + 48 m = 29 Feb 2028', () => {
    const leapDay = date('2024-02-29')
    expect(formatCivilDate(addDurationToDate(leapDay, { amount: 12, unit: 'month' }))).toBe('2025-02-28')
    expect(formatCivilDate(addDurationToDate(leapDay, { amount: 1, unit: 'year' }))).toBe('2025-02-28')
    expect(formatCivilDate(addDurationToDate(leapDay, { amount: 48, unit: 'month' }))).toBe('2028-02-29')
    expect(formatCivilDate(addDurationToDate(leapDay, { amount: 1, unit: 'year' }, 4))).toBe('2028-02-29')
  })

  test('S22 New York, 2026-03-07 12:00 + 1 calendar day = 03-08 12:00 (−04:00), + 24 h = 13:00', () => {
    const noon = at('2026-03-07T12:00:00-05:00')
    const nextNoon = addDuration(newYork, noon, { amount: 1, unit: 'day' })
    expect(nextNoon).toBe(at('2026-03-08T12:00:00-04:00'))
    expect(offsetSecondsAt(newYork, nextNoon)).toBe(-4 * 3600)
    expect(addDuration(newYork, noon, { amount: 24, unit: 'hour' })).toBe(at('2026-03-08T13:00:00-04:00'))
  })

  test('time.dstWeek: weeks from Monday 2019-10-28 start on Mondays, though the clocks go back in between', () => {
    const week: Duration = { amount: 1, unit: 'week' }
    const start = date('2019-10-28')
    const monday = startOfDay(newYork, start)
    const starts = [0, 1, 2].map((n) => formatCivilDate(localDateOf(newYork, addDuration(newYork, monday, week, n))))
    expect(starts).toEqual(['2019-10-28', '2019-11-04', '2019-11-11'])
    expect([0, 1, 2].map((n) => formatCivilDate(addDurationToDate(start, week, n)))).toEqual(starts)
    // 604,800 s later it is still Sunday, 23:00.
    const weekOfSeconds = addDuration(newYork, monday, { amount: 168, unit: 'hour' })
    expect(formatCivilDate(localDateOf(newYork, weekOfSeconds))).toBe('2019-11-03')
  })

  test('a time that the clock skips moves forward, one that it repeats is the earlier', () => {
    const day: Duration = { amount: 1, unit: 'day' }
    expect(addDuration(newYork, at('2026-03-07T02:30:00-05:00'), day)).toBe(at('2026-03-08T03:30:00-04:00'))
    expect(addDuration(newYork, at('2026-10-31T01:30:00-04:00'), day)).toBe(at('2026-11-01T01:30:00-04:00'))
  })

  test('nothing added leaves the second of two equal clock times as it is', () => {
    const second = at('2026-11-01T01:30:00-05:00')
    for (const unit of durationUnits) {
      expect(addDuration(newYork, second, { amount: 0, unit })).toBe(second)
      expect(addDuration(newYork, second, { amount: 3, unit }, 0)).toBe(second)
    }
  })
})

describe('against Temporal', () => {
  const times = fc.oneof(fc.constantFrom(1, -1, 2), fc.integer({ min: -12, max: 12 }))

  test('instants in zones', () => {
    fc.assert(
      fc.property(zonedInstantArbitrary, durationUpTo(100), times, ({ zone, instant }, duration, n) => {
        const anchor = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone.id)
        const expected = anchor.add(temporalDuration(duration, n)).epochMilliseconds
        const range = { from: Date.UTC(1970, 0, 1), until: Date.UTC(2100, 0, 1) }
        // Outside its range a table repeats its first and last offset.
        fc.pre(expected >= range.from && expected < range.until && instant >= range.from && instant < range.until)
        expect(addDuration(zone, instant, duration, n)).toBe(expected)
      }),
    )
  })

  test('dates', () => {
    fc.assert(
      fc.property(civilDateArbitrary, durationUpTo(1000), times, (day, duration, n) => {
        fc.pre(duration.unit !== 'hour')
        const expected = Temporal.PlainDate.from(formatCivilDate(day)).add(temporalDuration(duration, n))
        expect(formatCivilDate(addDurationToDate(day, duration, n))).toBe(expected.toString())
      }),
    )
  })
})

describe('laws', () => {
  test('n times an amount is the amount n times', () => {
    const amount = fc.integer({ min: 0, max: 50 })
    const unit = fc.constantFrom(...durationUnits)
    fc.assert(
      fc.property(zonedInstantArbitrary, amount, unit, amount, ({ zone, instant }, n, of, times) => {
        const repeated = addDuration(zone, instant, { amount: n, unit: of }, times)
        expect(repeated).toBe(addDuration(zone, instant, { amount: n * times, unit: of }))
      }),
    )
  })

  test('in UTC, dates and instants agree', () => {
    const day = 86_400_000
    fc.assert(
      fc.property(civilDateArbitrary, durationUpTo(1000), (anchor, duration) => {
        const instant = addDuration(utc, (anchor * day) as Instant, duration)
        expect(addDurationToDate(anchor, duration)).toBe(Math.floor(instant / day))
      }),
    )
  })

  test('more is never earlier', () => {
    fc.assert(
      fc.property(civilDateArbitrary, durationArbitrary, (anchor, { amount, unit }) => {
        const [less, more] = [amount, amount + 1].map((n) => addDurationToDate(anchor, { amount: n, unit }))
        expect(Number(less) <= Number(more)).toBe(true)
      }),
    )
  })

  test('the longest durations keep an instant an integer', () => {
    fc.assert(
      fc.property(instantArbitrary, durationArbitrary, (instant, duration) => {
        const far = addDuration(utc, instant, duration)
        expect(Number.isInteger(far)).toBe(true)
        expect(far >= instant).toBe(true)
      }),
    )
  })
})

describe('codec', () => {
  codecLaws('Duration', Duration, durationArbitrary)

  test('every problem is reported', () => {
    expect(decode(Duration, { amount: -1, unit: 'fortnight' })).toMatchObject({
      left: [{ path: ['amount'] }, { path: ['unit'] }],
    })
    expect(decode(Duration, { amount: 10_001, unit: 'day' })).toMatchObject({ left: [{ path: ['amount'] }] })
    expect(decode(Duration, { amount: 0.5, unit: 'day' })).toMatchObject({ left: [{ path: ['amount'] }] })
  })
})
