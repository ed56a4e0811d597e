import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  decode,
  formatError,
  formatInstant,
  Instant,
  instantFromEpoch,
  parseInstant,
  unwrap,
} from '../../src/foundation/index.ts'
import { instantArbitrary } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const farthest = Number.MAX_SAFE_INTEGER

/** Temporal ends at ±10^8 days. */
const isTemporal = (instant: Instant): boolean => Math.abs(instant) <= 8.64e15

describe('parseInstant', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1969-12-31T23:59:59.999Z', -1],
    ['2026-03-01T12:00:00Z', 1_772_366_400_000],
    ['2026-03-01T12:00:00+00:00', 1_772_366_400_000],
    ['2026-03-01T12:00:00-00:00', 1_772_366_400_000],
    ['2026-03-01T13:30:00+01:30', 1_772_366_400_000],
    ['2026-02-28T12:01:00-23:59', 1_772_366_400_000],
    ['2026-03-01T12:00:00.2Z', 1_772_366_400_200],
    ['2026-03-01T12:00:00.25Z', 1_772_366_400_250],
    ['2026-03-01T12:00:00.250Z', 1_772_366_400_250],
    ['2026-03-01T12:00:00.250000000+00:00', 1_772_366_400_250],
    ['2024-02-29T23:59:59Z', 1_709_251_199_000],
    ['+002026-03-01T12:00:00Z', 1_772_366_400_000],
    ['0000-01-01T00:00:00Z', -62_167_219_200_000],
    ['-000001-12-31T23:59:59.999Z', -62_167_219_200_001],
  ])('%s', (text, milliseconds) => {
    expect(parseInstant(text)).toEqual({ _tag: 'Right', right: milliseconds })
  })

  const form = 'such as 2026-03-01T12:00:00Z'
  test.each([
    ['', form],
    ['2026-03-01', form],
    ['2026-03-01T12:00', form],
    ['2026-03-01T12:00:00', form],
    ['2026-03-01 12:00:00Z', form],
    ['2026-03-01t12:00:00Z', form],
    ['20260301T120000Z', form],
    ['2026-02-29T12:00:00Z', 'on a date that exists'],
    ['2026-13-01T12:00:00Z', 'on a date that exists'],
    ['2026-00-01T12:00:00Z', 'on a date that exists'],
    ['2O26-03-01T12:00:00Z', 'on a date that exists'],
    ['-000000-03-01T12:00:00Z', 'on a date that exists'],
    ['2026-03-01T24:00:00Z', 'a time from 00:00:00 to 23:59:59'],
    ['2026-03-01T12:60:00Z', 'a time from 00:00:00 to 23:59:59'],
    ['2016-12-31T23:59:60Z', 'a time from 00:00:00 to 23:59:59'],
    ['2026-03-01T12-00:00Z', 'a time from 00:00:00 to 23:59:59'],
    ['2026-03-01T12:00-00Z', 'a time from 00:00:00 to 23:59:59'],
    ['2026-03-01T1x:00:00Z', 'a time from 00:00:00 to 23:59:59'],
    ['2026-03-01T12:x0:00Z', 'a time from 00:00:00 to 23:59:59'],
    ['2026-03-01T12:00:0xZ', 'a time from 00:00:00 to 23:59:59'],
    ['2026-03-01T12:00:00z', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00ZZ', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00+24:00', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00+01:60', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00+0100', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00+01', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00+x1:00', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00+01:x0', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00+01:00:00', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00 01:00', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00Z[UTC]', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00.123', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00.123z', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00,123Z', 'ending in Z or ±hh:mm'],
    ['2026-03-01T12:00:00.Z', 'a fraction of 1 to 9 digits, none beyond milliseconds'],
    ['2026-03-01T12:00:00.1230000000Z', 'a fraction of 1 to 9 digits, none beyond milliseconds'],
    ['2026-03-01T12:00:00.1234Z', 'a fraction of 1 to 9 digits, none beyond milliseconds'],
    ['2026-03-01T12:00:00.000000001Z', 'a fraction of 1 to 9 digits, none beyond milliseconds'],
    ['+287397-01-01T00:00:00Z', 'a safe integer of milliseconds'],
    ['-287397-01-01T00:00:00Z', 'a safe integer of milliseconds'],
  ])('refuses %j: %s', (text, expected) => {
    const result = parseInstant(text)
    expect(result).toMatchObject({ _tag: 'Left', left: { _tag: 'InvalidValue', path: [] } })
    if (result._tag === 'Left') expect(formatError(result.left)).toContain(expected)
  })

  test('reads what Temporal reads, whatever the offset and the fraction', () => {
    const offset = fc.integer({ min: -1439, max: 1439 }).map((minutes) => {
      const size = Math.abs(minutes)
      const hhmm = [Math.floor(size / 60), size % 60].map((n) => String(n).padStart(2, '0')).join(':')
      return `${minutes < 0 ? '-' : '+'}${hhmm}`
    })
    const zeros = fc.nat({ max: 6 }).map((n) => '0'.repeat(n))
    fc.assert(
      fc.property(instantArbitrary.filter(isTemporal), fc.oneof(fc.constant('Z'), offset), zeros, (at, suffix, pad) => {
        const utcText = Temporal.Instant.fromEpochMilliseconds(at).toString({ fractionalSecondDigits: 3 })
        const text = utcText.replace('Z', `${pad}${suffix}`)
        let expected: number | undefined
        try {
          expected = Temporal.Instant.from(text).epochMilliseconds
        } catch {
          // the offset leads out of Temporal's range
        }
        if (expected !== undefined) expect(parseInstant(text)).toEqual({ _tag: 'Right', right: expected })
      }),
    )
  })

  test('a text with one character changed never throws and never reads as something else', () => {
    const character = fc.constantFrom(...'0123456789-+:.TZ ,tz٣\u0000')
    fc.assert(
      fc.property(instantArbitrary.filter(isTemporal), fc.nat({ max: 27 }), character, (at, index, other) => {
        const text = formatInstant(at)
        const changed = text.slice(0, index) + other + text.slice(index + 1)
        const result = parseInstant(changed)
        if (result._tag === 'Right') {
          expect(Temporal.Instant.from(changed).epochMilliseconds).toBe(result.right)
        }
      }),
    )
  })
})

describe('formatInstant', () => {
  test('writes as Temporal does', () => {
    fc.assert(
      fc.property(instantArbitrary.filter(isTemporal), (at) => {
        const digits = at % 1000 === 0 ? 0 : 3
        const text = Temporal.Instant.fromEpochMilliseconds(at).toString({ fractionalSecondDigits: digits })
        expect(formatInstant(at)).toBe(text)
      }),
    )
  })

  test('orders texts as it orders instants, for four-digit years', () => {
    const fourDigits = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 })
    fc.assert(
      fc.property(fourDigits, fourDigits, (a, b) => {
        const [first, second] = [formatInstant(a as Instant), formatInstant(b as Instant)]
        // Up to the seconds: 'Z' sorts after '.'.
        if (Math.floor(a / 1000) < Math.floor(b / 1000)) expect(first.slice(0, 19) < second.slice(0, 19)).toBe(true)
      }),
    )
  })

  test('the farthest instants', () => {
    expect(formatInstant(farthest as Instant)).toBe('+287396-10-12T08:59:00.991Z')
    expect(formatInstant(-farthest as Instant)).toBe('-283457-03-21T15:00:59.009Z')
  })
})

describe('instantFromEpoch', () => {
  test('takes safe integers only', () => {
    expect(instantFromEpoch(farthest)).toEqual({ _tag: 'Right', right: farthest })
    expect(Object.is(unwrap(instantFromEpoch(-0)), 0)).toBe(true)
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, farthest + 1]) {
      expect(instantFromEpoch(wrong)).toMatchObject({ _tag: 'Left', left: { _tag: 'OutOfRange', path: [] } })
    }
  })
})

describe('codec', () => {
  codecLaws('Instant', Instant, instantArbitrary)

  test('a number is no instant in JSON', () => {
    expect(decode(Instant, 0)).toMatchObject({ _tag: 'Left', left: [{ actual: '0' }] })
    expect(decode(Instant, '2026-03-01')).toMatchObject({ _tag: 'Left', left: [{ actual: '"2026-03-01"' }] })
    for (const value of [0.5, -0, Number.NaN, '2026-03-01T12:00:00Z', null]) expect(Instant.is(value)).toBe(false)
  })

  test('its JSON Schema tells the form', () => {
    const pattern = new RegExp(String(Instant.jsonSchema['pattern']), 'u')
    fc.assert(
      fc.property(instantArbitrary, (at) => {
        expect(pattern.test(formatInstant(at))).toBe(true)
      }),
    )
    expect(pattern.test('2026-03-01')).toBe(false)
  })
})
