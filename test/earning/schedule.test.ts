import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWithinSchedule, Schedule } from '../../src/earning/index.ts'
import {
  type CivilDate,
  decode,
  formatCivilDate,
  type Instant,
  localTimeOf,
  parseCivilDate,
  parseInstant,
  startOfDay,
  unwrap,
  utc,
  weekdayOf,
  type Zone,
} from '../../src/foundation/index.ts'
import { hoursArbitrary, scheduleArbitrary } from '../arbitraries/caps.ts'
import { realZone, zonedInstantArbitrary } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('Schedule', Schedule, scheduleArbitrary)

const at = (text: string): Instant => unwrap(parseInstant(text))
const day = (text: string): CivilDate => unwrap(parseCivilDate(text))
const berlin = realZone('Europe/Berlin')
const newYork = realZone('America/New_York')

/** How many minutes of a local day are in a schedule. */
const minutesOn = (schedule: Schedule, date: string): number => {
  const [from, until] = [startOfDay(berlin, day(date)), startOfDay(berlin, (day(date) + 1) as CivilDate)]
  let count = 0
  for (let now: number = from; now < until; now += 60_000) {
    if (isWithinSchedule(schedule, berlin, now as Instant)) count += 1
  }
  return count
}

describe('isWithinSchedule', () => {
  test('nothing given: always', () => {
    fc.assert(
      fc.property(zonedInstantArbitrary, ({ zone, instant }) => {
        expect(isWithinSchedule({}, zone, instant)).toBe(true)
      }),
    )
  })

  test('days are half-open, on the local calendar', () => {
    const march = { from: day('2026-03-01'), until: day('2026-04-01') }
    expect(isWithinSchedule(march, newYork, at('2026-03-01T04:59:59.999Z'))).toBe(false)
    expect(isWithinSchedule(march, newYork, at('2026-03-01T05:00:00Z'))).toBe(true)
    expect(isWithinSchedule(march, newYork, at('2026-04-01T03:59:59.999Z'))).toBe(true)
    expect(isWithinSchedule(march, newYork, at('2026-04-01T04:00:00Z'))).toBe(false)
  })

  test('instants are half-open, wherever the clock is', () => {
    const instants = { from: at('2026-03-01T12:00:00Z'), until: at('2026-03-01T13:00:00Z') }
    for (const zone of [utc, berlin, newYork]) {
      expect(isWithinSchedule({ instants }, zone, (instants.from - 1) as Instant)).toBe(false)
      expect(isWithinSchedule({ instants }, zone, instants.from)).toBe(true)
      expect(isWithinSchedule({ instants }, zone, (instants.until - 1) as Instant)).toBe(true)
      expect(isWithinSchedule({ instants }, zone, instants.until)).toBe(false)
    }
  })

  test('weekdays, months and days of the month must all hold; a day that a month does not have is not in it', () => {
    const friday13 = { weekdays: [5], daysOfMonth: [13] } as const
    expect(isWithinSchedule(friday13, utc, at('2026-02-13T12:00:00Z'))).toBe(true)
    expect(isWithinSchedule(friday13, utc, at('2026-04-13T12:00:00Z'))).toBe(false)
    expect(isWithinSchedule({ ...friday13, months: [3] }, utc, at('2026-02-13T12:00:00Z'))).toBe(false)
    const lastDays = Array.from({ length: 30 }, (_, index) =>
      at(`2026-04-${String(index + 1).padStart(2, '0')}T12:00:00Z`),
    )
    expect(lastDays.some((instant) => isWithinSchedule({ daysOfMonth: [31] }, utc, instant))).toBe(false)
  })

  test('hours are half-open, and those over midnight belong to the day on which they begin', () => {
    const night = { weekdays: [5], hours: { from: 22 * 60, until: 2 * 60 } } as const
    expect(isWithinSchedule(night, utc, at('2026-03-06T21:59:59.999Z'))).toBe(false)
    expect(isWithinSchedule(night, utc, at('2026-03-06T22:00:00Z'))).toBe(true)
    expect(isWithinSchedule(night, utc, at('2026-03-07T01:59:59.999Z'))).toBe(true)
    expect(isWithinSchedule(night, utc, at('2026-03-07T02:00:00Z'))).toBe(false)
    expect(isWithinSchedule(night, utc, at('2026-03-06T01:00:00Z'))).toBe(false)
    expect(isWithinSchedule({ ...night, until: day('2026-03-07') }, utc, at('2026-03-07T01:00:00Z'))).toBe(true)
    const evening = { hours: { from: 22 * 60, until: 1440 } }
    expect(isWithinSchedule(evening, utc, at('2026-03-06T23:59:59.999Z'))).toBe(true)
    expect(isWithinSchedule(evening, utc, at('2026-03-07T00:00:00Z'))).toBe(false)
  })

  test('an hour that a day skips is not in it, and one that it has twice counts twice', () => {
    const second = { hours: { from: 120, until: 180 } }
    expect(minutesOn(second, '2026-03-28')).toBe(60)
    expect(minutesOn(second, '2026-03-29')).toBe(0)
    expect(minutesOn(second, '2026-10-25')).toBe(120)
    const overnight = { hours: { from: 23 * 60, until: 180 } }
    expect(minutesOn(overnight, '2026-03-29')).toBe(180)
    expect(minutesOn(overnight, '2026-10-25')).toBe(300)
    const afternoon = { hours: { from: 13 * 60, until: 14 * 60 } }
    expect(minutesOn(afternoon, '2026-03-29')).toBe(60)
  })

  /** The day to which an instant belongs, and the minutes since that began. */
  const belongsTo = (
    { from, until }: { readonly from: number; readonly until: number },
    zone: Zone,
    instant: Instant,
  ) => {
    const { date, millisecondOfDay } = localTimeOf(zone, instant)
    const isAfterMidnight = from > until && millisecondOfDay < until * 60_000
    return isAfterMidnight
      ? { date: (date - 1) as CivilDate, minutes: millisecondOfDay / 60_000 + 1440 }
      : { date, minutes: millisecondOfDay / 60_000 }
  }

  const isIn = (from: number = Number.NEGATIVE_INFINITY, until: number = Number.POSITIVE_INFINITY, value = 0) =>
    value >= from && value < until

  /** Every part is its own question, asked of that day. */
  const model = (schedule: Schedule, zone: Zone, instant: Instant): boolean => {
    const { hours = { from: 0, until: 1440 }, instants } = schedule
    const { date, minutes } = belongsTo(hours, zone, instant)
    const end = hours.until > hours.from ? hours.until : hours.until + 1440
    const [, month, dayOfMonth] = formatCivilDate(date).match(/(\d\d)-(\d\d)$/) ?? []
    return [
      isIn(hours.from, end, minutes),
      isIn(schedule.from, schedule.until, date),
      isIn(instants?.from, instants?.until, instant),
      schedule.weekdays?.some((one) => one === weekdayOf(date)) !== false,
      schedule.months?.some((one) => one === Number(month)) !== false,
      schedule.daysOfMonth?.some((one) => one === Number(dayOfMonth)) !== false,
    ].every((holds) => holds)
  }

  test('all parts hold for the day to which an instant belongs', () => {
    fc.assert(
      fc.property(scheduleArbitrary, zonedInstantArbitrary, (schedule, { zone, instant }) => {
        expect(isWithinSchedule(schedule, zone, instant)).toBe(model(schedule, zone, instant))
      }),
    )
  })

  test('what hours leave of a day, the hours from their end to their start have', () => {
    fc.assert(
      fc.property(hoursArbitrary, zonedInstantArbitrary, ({ from, until }, { zone, instant }) => {
        if (from === 0 || until === 1440) return
        const others = isWithinSchedule({ hours: { from: until, until: from } }, zone, instant)
        expect(isWithinSchedule({ hours: { from, until } }, zone, instant)).toBe(!others)
      }),
    )
  })
})

describe('Schedule', () => {
  test('spans that end before they begin, or hold nothing, are refused with their paths', () => {
    const read = decode(Schedule, {
      from: '2026-03-01',
      until: '2026-03-01',
      hours: { from: 60, until: 60 },
      instants: { from: '2026-03-01T00:00:00Z', until: '2026-03-01T00:00:00Z' },
    })
    expect(read._tag === 'Left' && read.left.map(({ path }) => path.join('.'))).toEqual([
      'until',
      'instants.until',
      'hours.until',
    ])
  })

  test.each([
    { weekdays: [] },
    { weekdays: [0] },
    { months: [13] },
    { daysOfMonth: [32] },
    { hours: { from: 0, until: 0 } },
  ])('refused: %j', (json) => {
    expect(decode(Schedule, json)._tag).toBe('Left')
  })
})
