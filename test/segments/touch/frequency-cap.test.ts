import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatInstant,
  type Instant,
  type Interval,
  localDateOf,
  parseInstant,
  unwrap,
  type Zone,
  zoneFromIntl,
} from '../../../src/foundation/index.ts'
import { FrequencyCap } from '../../../src/segments/index.ts'
import { forbiddenAroundDays, forbiddenByCaps } from '../../../src/segments/touch/frequency-cap.ts'
import { channelArbitrary, kindArbitrary } from '../../arbitraries/customer-moment.ts'
import { instantIn, realZone, realZoneIds, wildZoneArbitrary } from '../../arbitraries/time.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

const hours = fc.integer({ min: 1, max: 200 })
const days = fc.integer({ min: 1, max: 30 })
const capArbitrary: fc.Arbitrary<FrequencyCap> = fc
  .tuple(
    fc.record({
      channels: fc.option(fc.array(channelArbitrary, { minLength: 1, maxLength: 3 })),
      kinds: fc.array(kindArbitrary, { minLength: 1, maxLength: 2 }),
      most: fc.integer({ min: 0, max: 9 }),
    }),
    fc.oneof(fc.record({ hours }), fc.record({ days }), fc.record({ hours, days })),
  )
  .map(([counted, window]) => ({ ...counted, ...window }))

codecLaws('FrequencyCap', FrequencyCap, capArbitrary)

const at = (text: string): Instant => unwrap(parseInstant(text))
const berlin = unwrap(zoneFromIntl('Europe/Berlin'))
const contains = (stretches: ReadonlyArray<Interval>, time: number) =>
  stretches.some(({ from, until }) => from <= time && time < until)
const text = ({ from, until }: Interval) => [formatInstant(from), formatInstant(until)]

/** Whether, with one more, some days that follow each other would hold more than so many. */
const isOneTooMany = (times: ReadonlyArray<Instant>, more: Instant, most: number, length: number, zone: Zone) => {
  const dates = [...times, more].map((time) => localDateOf(zone, time))
  const own = localDateOf(zone, more)
  return Array.from({ length }, (_, index) => own - index).some(
    (first) => dates.filter((date) => date >= first && date < first + length).length > most,
  )
}

describe('a cap on days of the calendar', () => {
  const halfHours = fc.integer({ min: -200, max: 200 })
  const worldIn = (zone: Zone) =>
    fc.record({
      zone: fc.constant(zone),
      base: instantIn(zone),
      shifts: fc.array(halfHours, { maxLength: 6 }),
      more: halfHours,
      most: fc.integer({ min: 0, max: 3 }),
      length: fc.integer({ min: 1, max: 4 }),
    })
  const realZones = fc.constantFrom(...realZoneIds).map(realZone)
  const monotoneZones = realZones.filter(({ id }) => id !== 'America/St_Johns')

  test('forbids every touch that would be one too many on the dates that the calendar shows', () => {
    fc.assert(
      fc.property(
        fc.oneof(realZones, wildZoneArbitrary).chain(worldIn),
        ({ zone, base, shifts, more, most, length }) => {
          const time = (halves: number) => (base + halves * 1_800_000) as Instant
          const times = shifts.map(time)
          if (isOneTooMany(times, time(more), most, length, zone))
            expect(contains(forbiddenAroundDays(times, most, length, zone), time(more))).toBe(true)
        },
      ),
    )
  })

  test('forbids nothing else, except between the midnights of a day that begins twice', () => {
    fc.assert(
      fc.property(monotoneZones.chain(worldIn), ({ zone, base, shifts, more, most, length }) => {
        const time = (halves: number) => (base + halves * 1_800_000) as Instant
        const times = shifts.map(time)
        if (!isOneTooMany(times, time(more), most, length, zone))
          expect(contains(forbiddenAroundDays(times, most, length, zone), time(more))).toBe(false)
      }),
    )
  })

  test('counts dates, not 24 hours', () => {
    const evening = forbiddenAroundDays([at('2026-01-10T22:30:00Z')], 1, 1, berlin)
    expect(evening.map(text)).toEqual([['2026-01-09T23:00:00Z', '2026-01-10T23:00:00Z']])
    expect(forbiddenAroundDays([at('2026-01-10T22:30:00Z')], 2, 1, berlin)).toEqual([])
  })

  test('is 23 and 25 hours long where clocks are set', () => {
    expect(forbiddenAroundDays([at('2026-03-29T12:00:00Z')], 1, 1, berlin).map(text)).toEqual([
      ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ])
    expect(forbiddenAroundDays([at('2026-10-25T12:00:00Z')], 1, 1, berlin).map(text)).toEqual([
      ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ])
  })

  test('lasts until the second midnight where clocks are set back over the first', () => {
    const stJohns = realZone('America/St_Johns')
    const [stretch] = forbiddenAroundDays([at('2010-11-06T15:00:00Z')], 1, 1, stJohns)
    expect(stretch && text(stretch)).toEqual(['2010-11-06T02:30:00Z', '2010-11-07T03:30:00Z'])
  })

  test('and on hours forbids what either does', () => {
    const touch = { rule: 'any', channel: 'email', kind: 'marketing' as const, at: at('2026-01-10T22:30:00Z') }
    const cap: FrequencyCap = { channels: null, kinds: ['marketing'], most: 1, hours: 2, days: 1 }
    const forbidden = forbiddenByCaps([cap], touch, [touch], berlin)
    expect(contains(forbidden, at('2026-01-11T00:29:00Z'))).toBe(true)
    expect(contains(forbidden, at('2026-01-11T00:30:00Z'))).toBe(false)
    expect(contains(forbidden, at('2026-01-10T08:00:00Z'))).toBe(true)
    const none = forbiddenByCaps([{ channels: null, kinds: ['marketing'], most: 0, days: 1 }], touch, [], berlin)
    expect(contains(none, touch.at)).toBe(true)
    expect(forbiddenByCaps([{ ...cap, channels: ['push'] }], touch, [touch], berlin)).toEqual([])
    expect(forbiddenByCaps([{ ...cap, kinds: ['service'] }], touch, [touch], berlin)).toEqual([])
  })
})
