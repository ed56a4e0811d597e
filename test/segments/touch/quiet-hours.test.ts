import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatInstant,
  type Instant,
  localTimeOf,
  parseInstant,
  unwrap,
  zoneFromIntl,
} from '../../../src/foundation/index.ts'
import { isQuiet, QuietHours } from '../../../src/segments/index.ts'
import { loudFrom, loudUntil } from '../../../src/segments/touch/quiet-hours.ts'
import { instantIn, realZone, realZoneIds } from '../../arbitraries/time.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

const minute = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15)
const quietHoursArbitrary: fc.Arbitrary<QuietHours> = fc
  .record({ fromMinute: minute, untilMinute: minute })
  .filter(({ fromMinute, untilMinute }) => fromMinute !== untilMinute)

codecLaws('QuietHours', QuietHours, quietHoursArbitrary)

const at = (text: string): Instant => unwrap(parseInstant(text))
const berlin = unwrap(zoneFromIntl('Europe/Berlin'))
const far = (from: Instant) => (from + 3 * 86_400_000) as Instant

describe('quiet hours', () => {
  test('end and begin where a walk minute by minute finds it, also where clocks are set', () => {
    const times = fc.constantFrom(...realZoneIds).chain((id) =>
      fc.tuple(
        fc.constant(realZone(id)),
        instantIn(realZone(id)).map((one) => (Math.floor(one / 60_000) * 60_000) as Instant),
      ),
    )
    fc.assert(
      fc.property(times, fc.array(quietHoursArbitrary, { minLength: 1, maxLength: 2 }), ([zone, from], hours) => {
        const limit = (from + 26 * 3_600_000) as Instant
        const quietAt = (time: number) => hours.some((one) => isQuiet(one, zone, time as Instant))
        const walk = (start: number, sought: boolean) => {
          let time = start
          while (time < limit && quietAt(time) !== sought) time += 60_000
          return time
        }
        const loud = loudFrom(hours, zone, from, limit)
        // Zones of long ago were seconds apart from whole minutes.
        expect(Math.abs(loud - Math.min(walk(from, false), limit))).toBeLessThan(60_000)
        expect(Math.abs(loudUntil(hours, zone, loud, limit) - Math.min(walk(loud, true), limit))).toBeLessThan(60_000)
      }),
      { numRuns: 60 },
    )
  })

  test('over midnight are those of the clock on the wall', () => {
    const night = { fromMinute: 22 * 60, untilMinute: 7 * 60 + 30 }
    const evening = at('2026-06-01T21:00:00Z')
    expect(localTimeOf(berlin, evening).millisecondOfDay).toBe(23 * 3_600_000)
    expect(formatInstant(loudFrom([night], berlin, evening, far(evening)))).toBe('2026-06-02T05:30:00Z')
    expect(formatInstant(loudUntil([night], berlin, at('2026-06-02T05:30:00Z'), far(evening)))).toBe(
      '2026-06-02T20:00:00Z',
    )
  })

  test('in the night in which clocks go forward end an hour earlier, and back an hour later', () => {
    const night = { fromMinute: 0, untilMinute: 6 * 60 }
    expect(formatInstant(loudFrom([night], berlin, at('2026-03-28T23:00:00Z'), far(at('2026-03-28T23:00:00Z'))))).toBe(
      '2026-03-29T04:00:00Z',
    )
    expect(formatInstant(loudFrom([night], berlin, at('2026-10-24T22:00:00Z'), far(at('2026-10-24T22:00:00Z'))))).toBe(
      '2026-10-25T05:00:00Z',
    )
  })

  test('that end in the hour that comes twice begin again with the second one', () => {
    const hours = { fromMinute: 60, untilMinute: 150 }
    const first = loudFrom([hours], berlin, at('2026-10-24T23:10:00Z'), far(at('2026-10-24T23:10:00Z')))
    expect(formatInstant(first)).toBe('2026-10-25T00:30:00Z')
    expect(formatInstant(loudUntil([hours], berlin, first, far(first)))).toBe('2026-10-25T01:00:00Z')
    expect(formatInstant(loudFrom([hours], berlin, at('2026-10-25T01:00:00Z'), far(first)))).toBe(
      '2026-10-25T01:30:00Z',
    )
  })

  test('that end in the hour that is skipped end with it', () => {
    const hours = { fromMinute: 60, untilMinute: 150 }
    const from = at('2026-03-29T00:30:00Z')
    expect(formatInstant(loudFrom([hours], berlin, from, far(from)))).toBe('2026-03-29T01:00:00Z')
  })

  test('reach no further than the limit', () => {
    const all = [
      { fromMinute: 0, untilMinute: 720 },
      { fromMinute: 720, untilMinute: 0 },
    ]
    const from = at('2026-03-29T00:30:00Z')
    expect(loudFrom(all, berlin, from, far(from))).toBe(far(from))
    expect(loudUntil([], berlin, from, far(from))).toBe(far(from))
  })
})
