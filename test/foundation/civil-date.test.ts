import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  CivilDate,
  civilDate,
  daysBetween,
  decode,
  formatCivilDate,
  isoWeekOf,
  parseCivilDate,
  unwrap,
  Weekday,
  weekdayOf,
  yearMonthDay,
} from '../../src/foundation/index.ts'
import { civilDateArbitrary } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))

const epoch = Temporal.PlainDate.from('1970-01-01')

const plainDateOf = (day: CivilDate): Temporal.PlainDate => epoch.add({ days: day })

describe('worked numbers', () => {
  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2000-03-01', 11_017],
    ['0000-03-01', -719_468],
    ['9999-12-31', 2_932_896],
  ])('%s is day %d', (text, day) => {
    expect(date(text)).toBe(day)
    expect(formatCivilDate(day as CivilDate)).toBe(text)
  })

  test('S18 31 Jan + 1 month = 28 Feb', () => {
    expect(formatCivilDate(addMonths(date('2026-01-31'), 1))).toBe('2026-02-28')
  })

  test('S18 +1 month twice = 28 Mar, +2 months once = 31 Mar', () => {
    const anchor = date('2026-01-31')
    expect(formatCivilDate(addMonths(addMonths(anchor, 1), 1))).toBe('2026-03-28')
    expect(formatCivilDate(addMonths(anchor, 2))).toBe('2026-03-31')
  })

  test('S18 29 Feb 2024 + 12 m = 28 Feb 2025, + 48 m = 29 Feb 2028', () => {
    expect(formatCivilDate(addMonths(date('2024-02-29'), 12))).toBe('2025-02-28')
    expect(formatCivilDate(addMonths(date('2024-02-29'), 48))).toBe('2028-02-29')
  })

  test.each([
    ['2024-12-30', 2025, 1],
    ['2027-01-01', 2026, 53],
    ['2026-01-01', 2026, 1],
    ['2023-01-01', 2022, 52],
  ])('%s lies in ISO week %d-W%d', (text, year, week) => {
    expect(isoWeekOf(date(text))).toEqual({ year, week })
  })
})

describe('against a calendar that walks day by day', () => {
  const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const lengths = (year: number): ReadonlyArray<number> => [
    31,
    isLeap(year) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ]
  const datesOf = (year: number): ReadonlyArray<readonly [number, number, number]> =>
    lengths(year).flatMap((length, index) =>
      Array.from({ length }, (_, ofMonth) => [year, index + 1, ofMonth + 1] as const),
    )

  test('every day of 400 years', () => {
    const dates = Array.from({ length: 400 }, (_, index) => datesOf(1800 + index)).flat()
    const first = date('1800-01-01')
    const wrong = dates.filter(([year, month, day], index) => {
      const found = yearMonthDay(addDays(first, index))
      const same = found.year === year && found.month === month && found.day === day
      return !same || unwrap(civilDate(year, month, day)) !== first + index
    })
    expect(wrong).toEqual([])
    expect(dates.length).toBe(146_097)
  })
})

describe('against Temporal', () => {
  test('fields, weekday and ISO week', () => {
    fc.assert(
      fc.property(civilDateArbitrary, (day) => {
        const { year, month, day: ofMonth, dayOfWeek, weekOfYear, yearOfWeek } = plainDateOf(day)
        expect(yearMonthDay(day)).toEqual({ year, month, day: ofMonth })
        expect(unwrap(civilDate(year, month, ofMonth))).toBe(day)
        expect(weekdayOf(day)).toBe(dayOfWeek)
        expect(isoWeekOf(day)).toEqual({ year: yearOfWeek, week: weekOfYear })
      }),
    )
  })

  test('text, both ways', () => {
    fc.assert(
      fc.property(civilDateArbitrary, (day) => {
        const text = plainDateOf(day).toString()
        expect(formatCivilDate(day)).toBe(text)
        expect(parseCivilDate(text)).toEqual({ _tag: 'Right', right: day })
      }),
    )
  })

  test('adding months and days, days between', () => {
    fc.assert(
      fc.property(civilDateArbitrary, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
        const plain = plainDateOf(day)
        const monthsOn = addMonths(day, count)
        expect(formatCivilDate(monthsOn)).toBe(plain.add({ months: count }).toString())
        expect(formatCivilDate(addDays(day, count))).toBe(plain.add({ days: count }).toString())
        expect(daysBetween(day, monthsOn)).toBe(plain.until(plain.add({ months: count })).days)
      }),
    )
  })
})

describe('civilDate', () => {
  test.each([
    [2025, 2, 29, 'day'],
    [1900, 2, 29, 'day'],
    [2025, 4, 31, 'day'],
    [2025, 1, 0, 'day'],
    [2025, 1, 1.5, 'day'],
    [2025, 13, 1, 'month'],
    [2025, 0, 1, 'month'],
    [2025, Number.NaN, 1, 'month'],
    [2025.5, 1, 1, 'year'],
    [1_000_000, 1, 1, 'year'],
    [-1_000_000, 1, 1, 'year'],
  ])('%d-%d-%d is refused at %s', (year, month, day, key) => {
    expect(civilDate(year, month, day)).toMatchObject({ _tag: 'Left', left: { _tag: 'InvalidValue', path: [key] } })
  })

  test('the ends of the range', () => {
    expect(formatCivilDate(unwrap(civilDate(999_999, 12, 31)))).toBe('+999999-12-31')
    expect(formatCivilDate(unwrap(civilDate(-999_999, 1, 1)))).toBe('-999999-01-01')
  })
})

describe('parseCivilDate', () => {
  test.each([
    '',
    '2025',
    '2025-1-01',
    '2025-01-1',
    '2025-00-10',
    '2025-13-10',
    '2025-02-29',
    '2025-01-00',
    '2025-01-32',
    '2025-04-31',
    '2025-01-01T',
    '2025-01-01T00:00:00Z',
    ' 2025-01-01',
    '2025/01/01',
    '2025-01/01',
    '20250101',
    'x025-01-01',
    '20x5-01-01',
    '2025-0x-01',
    '2025-01-x1',
    '2025-01-1x',
    '٢٠٢٥-٠١-٠١',
    '-000000-01-01',
    '+00000-01-01',
    '+0x0000-01-01',
    '+000x00-01-01',
    '+00000x-01-01',
    '+2025-01-01',
  ])('refuses %j', (text) => {
    expect(parseCivilDate(text)).toMatchObject({ _tag: 'Left', left: { _tag: 'InvalidValue', path: [] } })
  })

  test('takes an expanded year where four digits would do', () => {
    expect(formatCivilDate(date('+002025-06-01'))).toBe('2025-06-01')
    expect(formatCivilDate(date('+000000-06-01'))).toBe('0000-06-01')
  })
})

describe('codecs', () => {
  codecLaws('CivilDate', CivilDate, civilDateArbitrary)
  codecLaws('Weekday', Weekday, fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7))

  test('what is no date', () => {
    expect(decode(CivilDate, 5)).toMatchObject({ left: [{ actual: '5' }] })
    expect(decode(CivilDate, '2025-02-30')).toMatchObject({ left: [{ actual: '"2025-02-30"' }] })
    for (const value of [0.5, -0, Number.NaN, 400_000_000, -400_000_000, '2025-01-01', null]) {
      expect(CivilDate.is(value)).toBe(false)
    }
  })

  test('its JSON Schema tells the form', () => {
    const pattern = new RegExp(String(CivilDate.jsonSchema['pattern']), 'u')
    expect(pattern.test('2025-02-28')).toBe(true)
    expect(pattern.test('+012025-02-28')).toBe(true)
    expect(pattern.test('2025-2-28')).toBe(false)
  })

  test('a weekday is a number from 1 to 7', () => {
    expect(decode(Weekday, 1)).toEqual({ _tag: 'Right', right: 1 })
    expect(decode(Weekday, 0)._tag).toBe('Left')
    expect(decode(Weekday, 8)._tag).toBe('Left')
  })
})
