import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addServiceTime,
  type ServiceHours,
  ServiceHours as ServiceHoursCodec,
  serviceTimeBetween,
} from '../../src/feedback/index.ts'
import {
  type CivilDate,
  decode,
  type Instant,
  unwrap,
  utc,
  type Weekday,
  zoneFromIntl,
} from '../../src/foundation/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const zone = unwrap(zoneFromIntl('Europe/Berlin'))
const start = 1_711_000_000_000 // some days before clocks go forward
const hoursArbitrary: fc.Arbitrary<ServiceHours> = fc
  .record({
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    fromMinute: fc.integer({ min: 0, max: 1000 }),
    length: fc.integer({ min: 1, max: 440 }),
    holidays: fc.array(fc.integer({ min: 19_800, max: 19_830 }), { maxLength: 5 }),
  })
  .map(({ weekdays, fromMinute, length, holidays }) => ({
    zone,
    weekly: weekdays.map((weekday) => ({ weekday: weekday as Weekday, fromMinute, untilMinute: fromMinute + length })),
    holidays: holidays.map((day) => day as CivilDate),
  }))

// With a short table, so that damaging every part of it stays quick.
codecLaws(
  'ServiceHours',
  ServiceHoursCodec,
  hoursArbitrary.map(({ weekly, holidays }) => ({ zone: utc, weekly, holidays })),
)

describe('service time', () => {
  test('between an instant and the one that so much service time leads to is that much', () => {
    const from = fc.integer({ min: 0, max: 20 * 1440 }).map((minute) => (start + minute * 60_000) as Instant)
    fc.assert(
      fc.property(hoursArbitrary, from, fc.integer({ min: 1, max: 3000 }), (hours, at, minutes) => {
        const due = unwrap(addServiceTime(hours, at, minutes))
        expect(unwrap(serviceTimeBetween(hours, at, due))).toBe(minutes * 60_000)
        expect(unwrap(serviceTimeBetween(hours, at, (due - 1) as Instant))).toBe(minutes * 60_000 - 1)
      }),
    )
  })

  test('refuses minutes that never pass, and instants too far apart', () => {
    const always: ServiceHours = { zone, weekly: [{ weekday: 1, fromMinute: 0, untilMinute: 1 }], holidays: [] }
    expect(addServiceTime(always, start as Instant, 1_000_000)).toMatchObject({ left: { path: ['minutes'] } })
    expect(addServiceTime(always, start as Instant, -1)).toMatchObject({ left: { path: ['minutes'] } })
    expect(serviceTimeBetween(always, 0 as Instant, 1e14 as Instant)).toMatchObject({ left: { path: ['until'] } })
  })

  test('the codec refuses openings that end before they begin or overlap', () => {
    const json = {
      zone: { id: 'UTC', offsetSeconds: 0, transitions: [] },
      weekly: [
        { weekday: 1, fromMinute: 600, untilMinute: 500 },
        { weekday: 1, fromMinute: 400, untilMinute: 700 },
      ],
      holidays: [],
    }
    expect(decode(ServiceHoursCodec, json)).toMatchObject({
      left: [{ path: ['weekly', 0, 'untilMinute'] }, { path: ['weekly', 1, 'fromMinute'] }],
    })
  })
})
