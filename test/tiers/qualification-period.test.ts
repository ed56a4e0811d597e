import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  type CivilDate,
  decode,
  formatCivilDate,
  parseCivilDate,
  startOfDay,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import { DayDuration, programDay, QualificationPeriod, qualificationPeriod } from '../../src/tiers/index.ts'
import { anyLadderArbitrary } from '../arbitraries/tiers.ts'
import { instantIn, realZone, wildZoneArbitrary } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at } from './ladders.ts'

codecLaws(
  'QualificationPeriod of a ladder',
  QualificationPeriod,
  anyLadderArbitrary.map(({ period }) => period),
)
codecLaws(
  'DayDuration',
  DayDuration,
  fc.record({
    amount: fc.integer({ min: 1, max: 10_000 }),
    unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'quarter' as const, 'year' as const),
  }),
)

const day = (text: string): CivilDate => unwrap(parseCivilDate(text))
const anchors = { joined: day('2024-02-29'), entered: day('2026-08-01') }

const periodAt = (period: QualificationPeriod, text: string) => {
  const found = qualificationPeriod(period, day(text), anchors)
  return found && [found.from, found.until].map(formatCivilDate)
}

describe('qualificationPeriod', () => {
  test('a calendar year, from any day', () => {
    const from = (startMonth: number, startDay: number): QualificationPeriod => ({
      type: 'calendar',
      calendar: { unit: 'year', startMonth, startDay },
    })
    expect(periodAt(from(1, 1), '2026-12-31')).toEqual(['2026-01-01', '2027-01-01'])
    expect(periodAt(from(4, 1), '2026-03-31')).toEqual(['2025-04-01', '2026-04-01'])
  })

  test('S18 from the day of joining: 29 February in leap years, 28 February else, counted from the anchor', () => {
    const years: QualificationPeriod = { type: 'enrolment', months: 12 }
    expect(periodAt(years, '2025-02-27')).toEqual(['2024-02-29', '2025-02-28'])
    expect(periodAt(years, '2025-02-28')).toEqual(['2025-02-28', '2026-02-28'])
    expect(periodAt(years, '2028-02-29')).toEqual(['2028-02-29', '2029-02-28'])
  })

  test('from the day on which the tier was entered', () => {
    expect(periodAt({ type: 'tierEntry', months: 6 }, '2027-01-31')).toEqual(['2026-08-01', '2027-02-01'])
  })

  test('none for the last so many days and for all time', () => {
    expect(periodAt({ type: 'rolling', length: { amount: 12, unit: 'month' } }, '2026-05-05')).toBeUndefined()
    expect(periodAt({ type: 'lifetime' }, '2026-05-05')).toBeUndefined()
  })

  test('every day lies in one period, and they follow one another', () => {
    const days = fc.integer({ min: 15_000, max: 25_000 }).map((number) => number as CivilDate)
    fc.assert(
      fc.property(anyLadderArbitrary, days, ({ period }, of) => {
        const found = qualificationPeriod(period, of, anchors)
        if (found === undefined) return
        expect(found.from <= of && of < found.until).toBe(true)
        expect(qualificationPeriod(period, found.until, anchors)?.from).toBe(found.until)
        expect(qualificationPeriod(period, addDays(found.from, -1), anchors)?.until).toBe(found.from)
      }),
    )
  })

  test('a length of hours is none of days', () => {
    expect(decode(DayDuration, { amount: 24, unit: 'hour' })._tag).toBe('Left')
    expect(decode(DayDuration, { amount: 0, unit: 'day' })._tag).toBe('Left')
  })
})

describe('programDay', () => {
  test('is the local day', () => {
    expect(formatCivilDate(programDay(realZone('America/New_York'), at('2027-01-01T02:00:00Z')))).toBe('2026-12-31')
    expect(formatCivilDate(programDay(utc, at('2027-01-01T02:00:00Z')))).toBe('2027-01-01')
  })

  test('never goes back, wherever clocks are set', () => {
    const moments = wildZoneArbitrary.chain((zone) =>
      fc.tuple(fc.constant(zone), instantIn(zone), fc.integer({ min: 0, max: 200_000_000 })),
    )
    fc.assert(
      fc.property(moments, ([zone, when, later]) => {
        const of = programDay(zone, when)
        expect(programDay(zone, (when + later) as typeof when)).toBeGreaterThanOrEqual(of)
        expect(startOfDay(zone, addDays(of, 1))).toBeGreaterThan(when)
      }),
    )
  })
})
