import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  businessDateOf,
  type CivilDate,
  decode,
  formatCivilDate,
  formatInstant,
  type Instant,
  instantAt,
  localDateOf,
  localTimeOf,
  offsetSecondsAt,
  parseCivilDate,
  parseInstant,
  startOfDay,
  unwrap,
  utc,
  Zone,
  zoneFromIntl,
} from '../../src/foundation/index.ts'
import {
  dateIn,
  instantIn,
  millisecondOfDayArbitrary,
  realZone,
  wildZoneArbitrary,
  zoneArbitrary,
  zonedInstantArbitrary,
} from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const msPerDay = 86_400_000
const hour = 3_600_000

const at = (text: string): Instant => unwrap(parseInstant(text))
const date = (text: string): CivilDate => unwrap(parseCivilDate(text))

// The slow model: every regime with its offset, looked at one by one.
interface Regime {
  readonly from: number
  readonly until: number
  readonly offsetMs: number
}

const regimesOf = (zone: Zone): ReadonlyArray<Regime> =>
  [{ at: Number.NEGATIVE_INFINITY, offsetSeconds: zone.offsetSeconds }, ...zone.transitions].map(
    (start, index, all) => ({
      from: start.at,
      until: all[index + 1]?.at ?? Number.POSITIVE_INFINITY,
      offsetMs: start.offsetSeconds * 1000,
    }),
  )

const slowOffset = (zone: Zone, instant: number): number =>
  (regimesOf(zone).find(({ from, until }) => from <= instant && instant < until)?.offsetMs ?? Number.NaN) / 1000

/** The first instant at which the clock shows `reading` or more. */
const slowFirstAtOrAfter = (zone: Zone, reading: number): number =>
  Math.min(
    ...regimesOf(zone)
      .map(({ from, until, offsetMs }) => ({ first: Math.max(from, reading - offsetMs), until }))
      .filter(({ first, until }) => first < until)
      .map(({ first }) => first),
  )

const slowInstantAt = (zone: Zone, reading: number): number => {
  const first = slowFirstAtOrAfter(zone, reading)
  const shown = first + slowOffset(zone, first) * 1000
  // Skipped: as far after the gap's start as the reading is after the last time shown before the gap.
  return shown === reading ? first : reading - slowOffset(zone, first - 1) * 1000
}

const instantNear = fc.integer({ min: -8 * msPerDay, max: 30 * msPerDay }).map((ms) => ms as Instant)

describe('against a model that looks at every regime', () => {
  test('offset and local time', () => {
    fc.assert(
      fc.property(wildZoneArbitrary, instantNear, (zone, instant) => {
        const offset = slowOffset(zone, instant)
        expect(offsetSecondsAt(zone, instant)).toBe(offset)
        const day = Math.floor((instant + offset * 1000) / msPerDay)
        expect(localDateOf(zone, instant)).toBe(day)
        const millisecondOfDay = instant + offset * 1000 - day * msPerDay
        expect(localTimeOf(zone, instant)).toEqual({ date: day, millisecondOfDay })
      }),
    )
  })

  test('every transition and its neighbours', () => {
    fc.assert(
      fc.property(wildZoneArbitrary, (zone) => {
        for (const transition of zone.transitions) {
          for (const distance of [-1, 0, 1]) {
            const instant = (transition.at + distance) as Instant
            expect(offsetSecondsAt(zone, instant)).toBe(slowOffset(zone, instant))
          }
        }
      }),
    )
  })

  test('many transitions, evenly and unevenly spread', () => {
    const gaps = fc.array(fc.oneof(fc.constant(hour), fc.integer({ min: 1, max: 1e6 }), fc.nat({ max: 1e12 })), {
      minLength: 20,
      maxLength: 200,
    })
    fc.assert(
      fc.property(gaps, fc.nat(), (steps, pick) => {
        let time = 0
        const transitions = steps.map((step, index) => {
          time += step + 1
          return { at: time as Instant, offsetSeconds: index + 1 }
        })
        const zone: Zone = { id: 'many', offsetSeconds: 0, transitions }
        const index = pick % transitions.length
        const start = transitions[index]?.at ?? 0
        expect(offsetSecondsAt(zone, start as Instant)).toBe(index + 1)
        expect(offsetSecondsAt(zone, (start - 1) as Instant)).toBe(index)
        const anywhere = ((pick * 7919) % time) as Instant
        expect(offsetSecondsAt(zone, anywhere)).toBe(slowOffset(zone, anywhere))
      }),
    )
  })

  test('instantAt and startOfDay', () => {
    const days = fc.integer({ min: -6, max: 20 }).map((day) => day as CivilDate)
    const time = fc.integer({ min: 0, max: msPerDay - 1 })
    fc.assert(
      fc.property(wildZoneArbitrary, days, time, (zone, day, millisecond) => {
        expect(instantAt(zone, day, millisecond)).toBe(slowInstantAt(zone, day * msPerDay + millisecond))
        expect(startOfDay(zone, day)).toBe(slowFirstAtOrAfter(zone, day * msPerDay))
      }),
    )
  })
})

describe('against Temporal', () => {
  const zoned = (instant: number, zone: Zone): Temporal.ZonedDateTime =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone.id)

  test('offset and local time', () => {
    fc.assert(
      fc.property(zonedInstantArbitrary, ({ zone, instant }) => {
        const expected = zoned(instant, zone)
        expect(offsetSecondsAt(zone, instant)).toBe(expected.offsetNanoseconds / 1e9)
        expect(formatCivilDate(localDateOf(zone, instant))).toBe(expected.toPlainDate().toString())
        const time = localTimeOf(zone, instant)
        expect(formatCivilDate(time.date)).toBe(expected.toPlainDate().toString())
        const midnight = Temporal.PlainTime.from('00:00')
        expect(time.millisecondOfDay).toBe(midnight.until(expected.toPlainTime()).total('milliseconds'))
      }),
    )
  })

  test('instantAt is compatible, startOfDay the first instant of the date', () => {
    const zonedDate = zoneArbitrary.chain((zone) => fc.record({ zone: fc.constant(zone), day: dateIn(zone) }))
    fc.assert(
      fc.property(zonedDate, millisecondOfDayArbitrary, ({ zone, day }, millisecond) => {
        const plainDate = Temporal.PlainDate.from(formatCivilDate(day))
        const plainTime = Temporal.PlainTime.from('00:00').add({ milliseconds: millisecond })
        const expected = plainDate.toPlainDateTime(plainTime).toZonedDateTime(zone.id, { disambiguation: 'compatible' })
        expect(instantAt(zone, day, millisecond)).toBe(expected.epochMilliseconds)
        expect(startOfDay(zone, day)).toBe(plainDate.toZonedDateTime(zone.id).epochMilliseconds)
      }),
    )
  })
})

describe('laws', () => {
  test('a local time that is shown once leads back to its instant', () => {
    const zonedInstant = zoneArbitrary.chain((zone) => fc.record({ zone: fc.constant(zone), instant: instantIn(zone) }))
    fc.assert(
      fc.property(zonedInstant, ({ zone, instant }) => {
        const time = localTimeOf(zone, instant)
        const back = instantAt(zone, time.date, time.millisecondOfDay)
        expect(back <= instant).toBe(true)
        expect(localTimeOf(zone, back)).toEqual(time)
      }),
    )
  })

  test('no earlier instant has the date or a later one', () => {
    fc.assert(
      fc.property(wildZoneArbitrary, fc.integer({ min: -6, max: 20 }), instantNear, (zone, day, instant) => {
        const start = startOfDay(zone, day as CivilDate)
        expect(localDateOf(zone, start) >= day).toBe(true)
        if (instant < start) expect(localDateOf(zone, instant) < day).toBe(true)
      }),
    )
  })

  test('days start in order', () => {
    fc.assert(
      fc.property(wildZoneArbitrary, fc.integer({ min: -6, max: 20 }), (zone, day) => {
        expect(startOfDay(zone, day as CivilDate) <= startOfDay(zone, (day + 1) as CivilDate)).toBe(true)
      }),
    )
  })
})

describe('worked numbers', () => {
  test('S12 at 2026-01-01T02:00Z a New York program is still in 2025', () => {
    const instant = at('2026-01-01T02:00:00Z')
    expect(formatCivilDate(localDateOf(realZone('America/New_York'), instant))).toBe('2025-12-31')
    expect(formatCivilDate(localDateOf(utc, instant))).toBe('2026-01-01')
  })

  test('time.dstDay: the day on which Auckland moves its clocks forward has 23 hours', () => {
    const auckland = realZone('Pacific/Auckland')
    const hours = ['2021-09-25', '2021-09-26', '2021-09-27'].map((text) => {
      const day = date(text)
      return (startOfDay(auckland, (day + 1) as CivilDate) - startOfDay(auckland, day)) / hour
    })
    expect(hours).toEqual([24, 23, 24])
  })

  test('a skipped time moves forward, a repeated one is the earlier', () => {
    const berlin = realZone('Europe/Berlin')
    expect(formatInstant(instantAt(berlin, date('2026-03-29'), 2.5 * hour))).toBe('2026-03-29T01:30:00Z')
    expect(formatInstant(instantAt(berlin, date('2026-10-25'), 2.5 * hour))).toBe('2026-10-25T00:30:00Z')
  })

  test('São Paulo skipped midnight on 2018-11-04', () => {
    const saoPaulo = realZone('America/Sao_Paulo')
    expect(formatInstant(startOfDay(saoPaulo, date('2018-11-04')))).toBe('2018-11-04T03:00:00Z')
    expect(formatInstant(instantAt(saoPaulo, date('2018-11-04'), 1800_000))).toBe('2018-11-04T03:30:00Z')
  })

  test('Apia had no 2011-12-30', () => {
    const apia = realZone('Pacific/Apia')
    expect(formatInstant(startOfDay(apia, date('2011-12-30')))).toBe('2011-12-30T10:00:00Z')
    expect(startOfDay(apia, date('2011-12-31'))).toBe(startOfDay(apia, date('2011-12-30')))
    const lastMillisecond = at('2011-12-30T09:59:59.999Z')
    expect(formatCivilDate(localDateOf(apia, lastMillisecond))).toBe('2011-12-29')
  })

  test('Lord Howe changes by half an hour', () => {
    const lordHowe = realZone('Australia/Lord_Howe')
    expect(offsetSecondsAt(lordHowe, at('2026-01-01T00:00:00Z'))).toBe(11 * 3600)
    expect(offsetSecondsAt(lordHowe, at('2026-07-01T00:00:00Z'))).toBe(10.5 * 3600)
  })

  test('Kathmandu is 5:45 ahead', () => {
    expect(offsetSecondsAt(realZone('Asia/Kathmandu'), at('2026-01-01T00:00:00Z'))).toBe(20_700)
  })
})

test('a number that is no instant neither hangs nor throws', () => {
  for (const zone of [utc, realZone('Europe/Berlin')]) {
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(typeof offsetSecondsAt(zone, wrong as Instant)).toBe('number')
      expect(typeof instantAt(zone, wrong as CivilDate, 0)).toBe('number')
      expect(typeof startOfDay(zone, wrong as CivilDate)).toBe('number')
    }
  }
})

describe('codec', () => {
  codecLaws('Zone', Zone, wildZoneArbitrary)

  test('a real zone, by way of JSON', () => {
    const zone = realZone('Africa/Casablanca')
    const json: unknown = JSON.parse(JSON.stringify(Zone.encode(zone)))
    expect(decode(Zone, json)).toEqual({ _tag: 'Right', right: zone })
  })

  test('instants in JSON are texts', () => {
    const berlin = unwrap(zoneFromIntl('Europe/Berlin', { fromYear: 2026, untilYear: 2027 }))
    expect(Zone.encode(berlin)).toEqual({
      id: 'Europe/Berlin',
      offsetSeconds: 3600,
      transitions: [
        { at: '2026-03-29T01:00:00Z', offsetSeconds: 7200 },
        { at: '2026-10-25T01:00:00Z', offsetSeconds: 3600 },
      ],
    })
  })

  test('every wrong offset and every transition out of order is reported', () => {
    const wrong = decode(Zone, {
      id: 'x',
      offsetSeconds: 93_601,
      transitions: [
        { at: '2026-03-29T01:00:00Z', offsetSeconds: -93_601 },
        { at: '2026', offsetSeconds: 0.5 },
      ],
    })
    expect(wrong).toMatchObject({
      left: [
        { path: ['offsetSeconds'] },
        { path: ['transitions', 0, 'offsetSeconds'] },
        { path: ['transitions', 1, 'at'] },
        { path: ['transitions', 1, 'offsetSeconds'] },
      ],
    })
    const transition = (text: string) => ({ at: text, offsetSeconds: 0 })
    const disordered = decode(Zone, {
      id: 'x',
      offsetSeconds: 0,
      transitions: [
        transition('2026-01-02T00:00:00Z'),
        transition('2026-01-02T00:00:00Z'),
        transition('2026-01-03T00:00:00Z'),
        transition('2026-01-01T00:00:00Z'),
      ],
    })
    expect(disordered).toMatchObject({
      left: [
        { path: ['transitions', 1, 'at'], actual: '"2026-01-02T00:00:00Z"' },
        { path: ['transitions', 3, 'at'], expected: expect.stringContaining('after 2026-01-03T00:00:00Z') },
      ],
    })
  })
})

describe('businessDateOf', () => {
  test('where a clock is set back across midnight, the evening that comes again is of the new date', () => {
    const change = at('2026-01-02T00:30:00Z')
    const zone: Zone = { id: 'example', offsetSeconds: 0, transitions: [{ at: change, offsetSeconds: -3600 }] }
    const dates = [change - hour, change - 1, change, change + hour].map((when) =>
      formatCivilDate(businessDateOf(zone, when as Instant)),
    )
    expect(dates).toEqual(['2026-01-01', '2026-01-02', '2026-01-02', '2026-01-02'])
    expect(formatCivilDate(localDateOf(zone, change))).toBe('2026-01-01')
  })

  test('is the latest date that has begun, wherever clocks are set', () => {
    const lastBegun = (zone: Zone, when: Instant): CivilDate => {
      let day = localDateOf(zone, when)
      while (startOfDay(zone, (day + 1) as CivilDate) <= when) day = (day + 1) as CivilDate
      return day
    }
    const moments = wildZoneArbitrary.chain((zone) => fc.tuple(fc.constant(zone), instantIn(zone)))
    fc.assert(
      fc.property(moments, ([zone, when]) => {
        expect(businessDateOf(zone, when)).toBe(lastBegun(zone, when))
      }),
    )
  })
})
