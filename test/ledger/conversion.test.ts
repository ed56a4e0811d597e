import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, type Points, unwrap } from '../../src/foundation/index.ts'
import { ConversionRate, conversionRateAt, convertPoints } from '../../src/ledger/index.ts'
import { pointsArbitrary } from '../arbitraries/foundation.ts'
import { instantArbitrary } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, start } from './book.ts'

const points = (n: number) => n as Points
const june = at('2026-06-01T00:00:00Z')

const count = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 1_000_000 }))
const names = fc.constantFrom('partner', 'points', '__proto__', 'constructor')

const rateArbitrary: fc.Arbitrary<ConversionRate> = fc
  .record({
    pair: fc.uniqueArray(names, { minLength: 2, maxLength: 2 }),
    rate: fc.record({ from: count, to: count }),
    validFrom: instantArbitrary,
    times: fc.option(fc.integer({ min: 1, max: 100 })),
    minimum: fc.option(count),
  })
  .map(({ pair, rate, validFrom, times, minimum }) => ({
    from: pair[0] ?? '',
    to: pair[1] ?? '',
    rate,
    validFrom,
    ...(times === null ? {} : { multipleOf: times * rate.from }),
    ...(minimum === null ? {} : { minimum }),
  }))

codecLaws('ConversionRate', ConversionRate, rateArbitrary)

const partner: ConversionRate = { from: 'partner', to: 'points', rate: { from: 3, to: 1 }, validFrom: start }

describe('S63 partner conversion', () => {
  test('S63 3 partner : 1: 10,001 come to 3,333, and 2 stay at the partner', () => {
    expect(unwrap(convertPoints([partner], 'partner', 'points', points(10_001), june))).toEqual({
      points: 3333,
      taken: 9999,
      remainder: 2,
      rate: partner,
    })
  })

  test('S63 only a multiple: of 10,001 in thousands of three, 9,000 are converted', () => {
    const result = convertPoints([{ ...partner, multipleOf: 3000 }], 'partner', 'points', points(10_001), june)
    expect(unwrap(result)).toMatchObject({ points: 3000, taken: 9000, remainder: 1001 })
  })

  test('S63 less than the minimum stays as it is, the minimum itself does not', () => {
    const least = [{ ...partner, minimum: 10_001 }]
    expect(unwrap(convertPoints(least, 'partner', 'points', points(10_000), june))).toMatchObject({
      points: 0,
      taken: 0,
      remainder: 10_000,
    })
    expect(unwrap(convertPoints(least, 'partner', 'points', points(10_001), june)).points).toBe(3333)
  })
})

describe('conversionRateAt', () => {
  const later = { ...partner, rate: { from: 4, to: 1 }, validFrom: june }
  const rates = [later, { ...partner, to: 'miles', rate: { from: 1, to: 9 } }, partner]
  const rateOf = (when: number) => conversionRateAt(rates, 'partner', 'points', when as typeof june)

  test('a rate is valid from its own instant on and until before the next one’s, in any order of the table', () => {
    expect(rateOf(start)).toEqual({ _tag: 'Right', right: partner })
    expect(rateOf(june - 1)).toEqual({ _tag: 'Right', right: partner })
    expect(rateOf(june)).toEqual({ _tag: 'Right', right: later })
  })

  test('before the first, or between two that nothing connects, is a fault', () => {
    expect(rateOf(start - 1)).toEqual({
      _tag: 'Left',
      left: {
        _tag: 'UnknownConversion',
        path: ['to'],
        expected: 'two that a rate of the program connects at the time',
        from: 'partner',
        to: 'points',
      },
    })
    expect(conversionRateAt(rates, 'points', 'partner', june)._tag).toBe('Left')
    expect(convertPoints(rates, '__proto__', 'points', points(3), june)._tag).toBe('Left')
  })

  test('of two from the same instant on, the later in the table counts', () => {
    const corrected = { ...partner, rate: { from: 5, to: 1 } }
    expect(conversionRateAt([partner, corrected], 'partner', 'points', june)).toEqual({
      _tag: 'Right',
      right: corrected,
    })
  })

  test('is what a sorted table gives', () => {
    fc.assert(
      fc.property(
        fc.array(rateArbitrary, { maxLength: 12 }),
        names,
        names,
        instantArbitrary,
        (table, from, to, when) => {
          const valid = table
            .filter((rate) => rate.from === from && rate.to === to && rate.validFrom <= when)
            .sort((a, b) => a.validFrom - b.validFrom)
          const found = conversionRateAt(table, from, to, when)
          expect(found._tag === 'Right' ? found.right : undefined).toEqual(valid[valid.length - 1])
        },
      ),
    )
  })
})

describe('ConversionRate', () => {
  const json = { from: 'partner', to: 'points', rate: { from: 3, to: 1 }, validFrom: '2026-01-01T00:00:00Z' }

  test('takes no rate of one thing to itself, no rate of nothing, and no multiple that would leave a rest', () => {
    expect(decode(ConversionRate, json)._tag).toBe('Right')
    for (const wrong of [{ to: 'partner' }, { rate: { from: 0, to: 1 } }, { multipleOf: 1000 }, { minimum: 0 }]) {
      expect(decode(ConversionRate, { ...json, ...wrong })._tag).toBe('Left')
    }
  })
})

test('what is converted is worth exactly what was taken, and with the remainder that is all there was', () => {
  fc.assert(
    fc.property(rateArbitrary, pointsArbitrary(), (rate, units) => {
      const result = convertPoints([rate], rate.from, rate.to, units, rate.validFrom)
      if (result._tag === 'Left') {
        expect(result.left._tag).toBe('OutOfRange')
        expect((BigInt(units) * BigInt(rate.rate.to)) / BigInt(rate.rate.from)).toBeGreaterThan(
          BigInt(Number.MAX_SAFE_INTEGER),
        )
        return
      }
      const { points: got, taken, remainder } = result.right
      expect(BigInt(got) * BigInt(rate.rate.from)).toBe(BigInt(taken) * BigInt(rate.rate.to))
      expect(taken + remainder).toBe(units)
      if (units >= (rate.minimum ?? 0)) expect(remainder).toBeLessThan(rate.multipleOf ?? rate.rate.from)
      else expect(taken).toBe(0)
    }),
  )
})
