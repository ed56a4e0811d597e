import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWithinSchedule, nextWithinSchedule } from '../../src/earning/index.ts'
import { type Instant, parseInstant, unwrap, utc } from '../../src/foundation/index.ts'
import { scheduleArbitrary } from '../arbitraries/caps.ts'
import { realZone, zonedInstantArbitrary } from '../arbitraries/time.ts'

const minute = 60_000
const at = (text: string): Instant => unwrap(parseInstant(text))

/** The first instant of three days that lies in a schedule: the beginning itself, or a whole minute. */
const slowNext = (isWithin: (at: Instant) => boolean, from: Instant): Instant | undefined => {
  if (isWithin(from)) return from
  const end = from + 3 * 1440 * minute
  for (let next = Math.ceil(from / minute) * minute + 0; next < end; next += minute) {
    if (isWithin(next as Instant)) return next as Instant
  }
  return undefined
}

test('the next time of a schedule is the first minute that lies in it', () => {
  fc.assert(
    fc.property(scheduleArbitrary, zonedInstantArbitrary, (drawn, { zone, instant }) => {
      // Instants that are no whole minutes are looked at one by one below.
      const { instants: _, ...schedule } = drawn
      const found = nextWithinSchedule(schedule, zone, instant)
      const slow = slowNext((one) => isWithinSchedule(schedule, zone, one), instant)
      if (slow !== undefined) expect(found).toBe(slow)
      else if (found !== null) {
        expect(found).toBeGreaterThan(instant)
        expect(isWithinSchedule(schedule, zone, found)).toBe(true)
        expect(isWithinSchedule(schedule, zone, (found - 1) as Instant)).toBe(false)
      }
    }),
  )
})

test('a night that begins on the last day, an hour that comes twice, a campaign that starts at an instant', () => {
  const berlin = realZone('Europe/Berlin')
  const twice = { hours: { from: 150, until: 165 } }
  expect(nextWithinSchedule(twice, berlin, at('2026-10-25T00:50:00Z'))).toBe(at('2026-10-25T01:30:00Z'))
  const campaign = { instants: { from: at('2026-05-01T12:00:00.001Z') } }
  expect(nextWithinSchedule(campaign, utc, at('2026-03-01T00:00:00Z'))).toBe(campaign.instants.from)
  expect(nextWithinSchedule({ months: [2], daysOfMonth: [30] }, utc, at('2026-03-01T00:00:00Z'))).toBe(null)
})

test('a clock that is set back a minute after midnight shows the evening before once more', () => {
  const stJohns = realZone('America/St_Johns')
  // On 25 October 1987, at 00:01, it was 23:01 of the 24th again.
  const late = { hours: { from: 23 * 60 + 2, until: 1 } }
  expect(nextWithinSchedule(late, stJohns, at('1987-10-25T02:31:00Z'))).toBe(at('1987-10-25T02:32:00Z'))
})
