import { Temporal } from 'temporal-polyfill'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { formatInstant, type Instant, unwrap, type Zone, zoneFromIntl } from '../../src/foundation/index.ts'
import { realZone, realZoneIds } from '../arbitraries/time.ts'

const start = Date.UTC(1970, 0, 1)
const end = Date.UTC(2100, 0, 1)

/** Temporal's own walk from one transition to the next. */
const temporalTransitions = (id: string): ReadonlyArray<{ readonly at: number; readonly offsetSeconds: number }> => {
  const found: Array<{ at: number; offsetSeconds: number }> = []
  let cursor = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(id)
  for (;;) {
    const next = cursor.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds > end) return found
    found.push({ at: next.epochMilliseconds, offsetSeconds: next.offsetNanoseconds / 1e9 })
    cursor = next
  }
}

const texts = (zone: Zone): ReadonlyArray<string> => zone.transitions.map(({ at }) => formatInstant(at))

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('zoneFromIntl', () => {
  test.each(realZoneIds)('%s has the transitions that Temporal has, to the millisecond', (id) => {
    expect(realZone(id).transitions).toEqual(temporalTransitions(id))
  })

  test('Morocco: changes before and after Ramadan', () => {
    const casablanca = unwrap(zoneFromIntl('Africa/Casablanca', { fromYear: 2012, untilYear: 2013 }))
    expect(casablanca.offsetSeconds).toBe(0)
    expect(casablanca.transitions).toEqual([
      { at: Date.UTC(2012, 3, 29, 2), offsetSeconds: 3600 },
      { at: Date.UTC(2012, 6, 20, 2), offsetSeconds: 0 },
      { at: Date.UTC(2012, 7, 20, 2), offsetSeconds: 3600 },
      { at: Date.UTC(2012, 8, 30, 2), offsetSeconds: 0 },
    ])
  })

  test('Noronha changed twice within a week in October 2000', () => {
    const noronha = unwrap(zoneFromIntl('America/Noronha', { fromYear: 2000, untilYear: 2001 }))
    expect(texts(noronha)).toEqual(['2000-02-27T01:00:00Z', '2000-10-08T02:00:00Z', '2000-10-15T01:00:00Z'])
  })

  test('a change that is on no quarter of an hour, and an offset with seconds', () => {
    const monrovia = unwrap(zoneFromIntl('Africa/Monrovia', { fromYear: 1970, untilYear: 1980 }))
    expect(monrovia).toEqual({
      id: 'Africa/Monrovia',
      offsetSeconds: -2670,
      transitions: [{ at: Date.UTC(1972, 0, 7, 0, 44, 30) as Instant, offsetSeconds: 0 }],
    })
  })

  test('UTC has none', () => {
    expect(zoneFromIntl('UTC')).toEqual({ _tag: 'Right', right: { id: 'UTC', offsetSeconds: 0, transitions: [] } })
  })

  test('a range is a part of a wider one', () => {
    const whole = realZone('Europe/Berlin')
    const part = unwrap(zoneFromIntl('Europe/Berlin', { fromYear: 1990, untilYear: 1995 }))
    const [from, until] = [Date.UTC(1990, 0, 1), Date.UTC(1995, 0, 1)]
    expect(part.transitions).toEqual(whole.transitions.filter(({ at }) => at > from && at <= until))
    expect(unwrap(zoneFromIntl('Europe/Berlin', { fromYear: 1990, untilYear: 1990 })).transitions).toEqual([])
  })

  test.each(['', 'Mars/Olympus', 'Europe/Berlin ', '../etc', '__proto__'])('%j is unknown', (id) => {
    expect(zoneFromIntl(id)).toMatchObject({ _tag: 'Left', left: { _tag: 'InvalidValue', path: ['id'] } })
  })

  test.each([undefined, null, 7, {}])('%j is no id, not the zone of the host', (id) => {
    expect(zoneFromIntl(id as never)).toMatchObject({ _tag: 'Left', left: { _tag: 'InvalidValue', path: ['id'] } })
  })

  test.each([
    [{ fromYear: 1799 }, 'fromYear'],
    [{ fromYear: 2000.5 }, 'fromYear'],
    [{ fromYear: Number.NaN }, 'fromYear'],
    [{ untilYear: 2401 }, 'untilYear'],
    [{ fromYear: 2000, untilYear: 1999 }, 'untilYear'],
  ])('the range %j is refused', (range, key) => {
    expect(zoneFromIntl('UTC', range)).toMatchObject({ _tag: 'Left', left: { _tag: 'InvalidValue', path: [key] } })
  })

  test('an engine without Intl', () => {
    vi.stubGlobal('Intl', undefined)
    expect(zoneFromIntl('Europe/Berlin')).toMatchObject({ _tag: 'Left', left: { path: ['id'] } })
  })

  test('a change that is taken back within hours is found when a reading falls between', () => {
    // A made-up engine: plus one hour from 06:07:08.009 on 1970-01-02, back at 00:00 on the 5th.
    const [first, second] = [86_400_000 + 22_028_009, 4 * 86_400_000]
    const format = (ms: number): string => {
      const shown = new Date(ms + (ms >= first && ms < second ? 3_600_000 : 0)).toISOString()
      return `${shown.slice(5, 7)}/${shown.slice(8, 10)}/${shown.slice(0, 4)}, ${shown.slice(11, 19)}`
    }
    vi.stubGlobal('Intl', {
      DateTimeFormat: class {
        readonly format = format
      },
    })
    expect(unwrap(zoneFromIntl('Made/Up', { fromYear: 1970, untilYear: 1971 })).transitions).toEqual([
      { at: first, offsetSeconds: 3600 },
      { at: second, offsetSeconds: 0 },
    ])
  })
})
