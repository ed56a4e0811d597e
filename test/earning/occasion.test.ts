import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Occasion, OccasionPolicy, type OccasionProfile, occasionsOn, tenure } from '../../src/earning/index.ts'
import {
  addDuration,
  addMonths,
  type CivilDate,
  formatCivilDate,
  type Instant,
  localDateOf,
  parseInstant,
  periodOf,
  startOfDay,
  unwrap,
  utc,
  type Weekday,
  type YearlyDate,
  yearMonthDay,
} from '../../src/foundation/index.ts'
import { durationUpTo, realZone, recentDateArbitrary, zonedInstantArbitrary } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const at = (text: string): Instant => unwrap(parseInstant(text))
const noon = (date: string): Instant => at(`${date}T12:00:00Z`)

const birthDateArbitrary: fc.Arbitrary<YearlyDate> = fc.oneof(
  recentDateArbitrary.map((date) => {
    const { month, day } = yearMonthDay(date)
    return { month, day }
  }),
  fc.constant({ month: 2, day: 29 }),
)

const policyArbitrary: fc.Arbitrary<OccasionPolicy> = fc
  .record(
    {
      leapDay: fc.constantFrom('28 February', '1 March'),
      changeGuard: durationUpTo(800),
      weekStartsOn: fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7),
    },
    { requiredKeys: [] },
  )
  .map((policy) => ({ ...policy }))

codecLaws('OccasionPolicy', OccasionPolicy, policyArbitrary)

const born = (month: number, day: number, more: Partial<OccasionProfile> = {}): OccasionProfile => ({
  birthDate: { month, day },
  birthDateChangedAt: null,
  enrolledAt: null,
  ...more,
})

/** The dates of a year on which an occasion is. */
const datesOf = (occasion: Occasion, profile: OccasionProfile, year: number, policy: OccasionPolicy = {}) => {
  const from = localDateOf(utc, noon(`${year}-01-01`))
  return Array.from({ length: 366 }, (_, index) => (from + index) as CivilDate)
    .filter((date) => yearMonthDay(date).year === year)
    .filter((date) => occasionsOn(profile, utc, startOfDay(utc, date), policy).includes(occasion))
    .map(formatCivilDate)
}

describe('occasionsOn', () => {
  test('S60 who was born on 29 February has the birthday on 28 February or 1 March in common years', () => {
    expect(datesOf('birthday', born(2, 29), 2026)).toEqual(['2026-02-28'])
    expect(datesOf('birthday', born(2, 29), 2026, { leapDay: '1 March' })).toEqual(['2026-03-01'])
    expect(datesOf('birthday', born(2, 29), 2100, { leapDay: '1 March' })).toEqual(['2100-03-01'])
    for (const leapDay of ['28 February', '1 March'] as const) {
      expect(datesOf('birthday', born(2, 29), 2028, { leapDay })).toEqual(['2028-02-29'])
    }
  })

  test('S60 a birthday has one day, one week and one month', () => {
    expect(datesOf('birthday', born(12, 31), 2026)).toEqual(['2026-12-31'])
    expect(datesOf('birthdayWeek', born(3, 4), 2026)).toEqual([2, 3, 4, 5, 6, 7, 8].map((day) => `2026-03-0${day}`))
    expect(datesOf('birthdayWeek', born(3, 4), 2026, { weekStartsOn: 7 })).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-03-0${day}`),
    )
    expect(datesOf('birthdayMonth', born(2, 10), 2026)).toHaveLength(28)
    expect(datesOf('birthdayMonth', born(2, 29), 2026, { leapDay: '1 March' })).toHaveLength(31)
  })

  test('a week that begins in one year and ends in the next holds birthdays of both', () => {
    // 2026-12-28, a Monday, to 2027-01-03.
    for (const [month, day] of [
      [12, 30],
      [1, 2],
    ] as const) {
      expect(occasionsOn(born(month, day), utc, noon('2026-12-28'))).toContain('birthdayWeek')
      expect(occasionsOn(born(month, day), utc, noon('2027-01-03'))).toContain('birthdayWeek')
      expect(occasionsOn(born(month, day), utc, noon('2027-01-04'))).not.toContain('birthdayWeek')
    }
  })

  test('S60 days are those of the local calendar', () => {
    const profile = born(3, 1)
    expect(occasionsOn(profile, realZone('America/New_York'), at('2026-03-01T04:59:59Z'))).not.toContain('birthday')
    expect(occasionsOn(profile, realZone('America/New_York'), at('2026-03-02T04:59:59Z'))).toContain('birthday')
    expect(occasionsOn(profile, utc, at('2026-03-02T04:59:59Z'))).not.toContain('birthday')
  })

  test('S60 a birthday that was changed does not count for a year', () => {
    const changed = born(3, 1, { birthDateChangedAt: at('2025-03-01T12:00:00Z') })
    expect(occasionsOn(changed, utc, at('2025-03-01T13:00:00Z'))).toEqual([])
    expect(occasionsOn(changed, utc, at('2026-03-01T11:59:59.999Z'))).toEqual([])
    expect(occasionsOn(changed, utc, at('2026-03-01T12:00:00Z'))).toContain('birthday')
    expect(occasionsOn(changed, utc, at('2024-03-01T12:00:00Z'))).toEqual([])
    const none = { changeGuard: { amount: 0, unit: 'day' } } as const
    expect(occasionsOn(changed, utc, at('2025-03-01T13:00:00Z'), none)).toContain('birthday')
  })

  test('the anniversary of the enrolment: not on the first day, and whatever became of the birthday', () => {
    const profile = born(3, 1, { enrolledAt: noon('2024-02-29'), birthDateChangedAt: noon('2026-01-01') })
    expect(occasionsOn(profile, utc, noon('2024-02-29'))).toEqual([])
    expect(occasionsOn(profile, utc, noon('2026-02-28'))).toEqual(['enrolmentAnniversary'])
    expect(occasionsOn(profile, utc, noon('2026-03-01'), { leapDay: '1 March' })).toEqual(['enrolmentAnniversary'])
    expect(occasionsOn(profile, utc, noon('2023-02-28'))).toEqual([])
  })

  test('of whom nothing is known, there is nothing; nor for a day that no year has', () => {
    expect(occasionsOn({ ...born(1, 1), birthDate: null }, utc, noon('2026-01-01'))).toEqual([])
    expect(occasionsOn(born(4, 31), utc, noon('2026-04-30'))).toEqual([])
  })

  test('every year has one birthday, and it lies in its week and its month', () => {
    fc.assert(
      fc.property(birthDateArbitrary, policyArbitrary, fc.integer({ min: 1971, max: 2098 }), (of, policy, year) => {
        const profile = born(of.month, of.day)
        const [birthday = '', ...others] = datesOf('birthday', profile, year, policy)
        expect(others).toEqual([])
        const on = occasionsOn(profile, utc, noon(birthday), policy)
        expect(on).toEqual(['birthday', 'birthdayWeek', 'birthdayMonth'])
        const months = new Set(datesOf('birthdayMonth', profile, year, policy).map((date) => date.slice(0, 7)))
        expect([...months]).toEqual([birthday.slice(0, 7)])
      }),
      { numRuns: 40 },
    )
  })

  test('a day is in the birthday week exactly when one of the seven days of its week is the birthday', () => {
    fc.assert(
      fc.property(birthDateArbitrary, policyArbitrary, recentDateArbitrary, (of, policy, date) => {
        const profile = born(of.month, of.day)
        const { from } = periodOf({ unit: 'week', startsOn: policy.weekStartsOn ?? 1 }, date)
        const days = Array.from({ length: 7 }, (_, index) => startOfDay(utc, (from + index) as CivilDate))
        const some = days.some((day) => occasionsOn(profile, utc, day, policy).includes('birthday'))
        expect(occasionsOn(profile, utc, startOfDay(utc, date), policy).includes('birthdayWeek')).toBe(some)
      }),
    )
  })
})

describe('tenure', () => {
  test('S18 months are counted from the day of the enrolment', () => {
    const since = (from: string, to: string) => tenure(noon(from), utc, noon(to))
    expect(since('2026-01-31', '2026-02-27')).toEqual({ days: 27, months: 0 })
    expect(since('2026-01-31', '2026-02-28')).toEqual({ days: 28, months: 1 })
    expect(since('2026-01-31', '2026-03-30')).toEqual({ days: 58, months: 1 })
    expect(since('2026-01-31', '2026-03-31')).toEqual({ days: 59, months: 2 })
    expect(since('2024-02-29', '2026-02-28')).toEqual({ days: 730, months: 24 })
  })

  test('before the enrolment, and on its day, there is none', () => {
    expect(tenure(noon('2026-03-01'), utc, noon('2026-03-01'))).toEqual({ days: 0, months: 0 })
    expect(tenure(noon('2026-03-01'), utc, noon('2025-03-01'))).toEqual({ days: 0, months: 0 })
  })

  test('days are those of the local calendar', () => {
    const [joined, now] = [at('2026-03-01T04:59:59Z'), at('2026-03-01T05:00:00Z')]
    expect(tenure(joined, realZone('America/New_York'), now)).toEqual({ days: 1, months: 0 })
    expect(tenure(joined, utc, now)).toEqual({ days: 0, months: 0 })
  })

  test('so many months have passed, and not one more', () => {
    fc.assert(
      fc.property(zonedInstantArbitrary, fc.nat({ max: 5000 }), ({ zone, instant }, days) => {
        const later = addDuration(zone, instant, { amount: days, unit: 'day' })
        const [joined, date] = [localDateOf(zone, instant), localDateOf(zone, later)]
        const { days: passed, months } = tenure(instant, zone, later)
        expect(joined + passed).toBe(date)
        expect(addMonths(joined, months) <= date).toBe(true)
        expect(addMonths(joined, months + 1) > date).toBe(true)
      }),
    )
  })
})
