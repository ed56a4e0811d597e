import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  booleanCodec,
  type Decodable,
  decode,
  formatError,
  integerCodec,
  literalCodec,
  naturalCodec,
  numberCodec,
  stringCodec,
} from '../../src/foundation/index.ts'
import { safeIntegerArbitrary, textArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('stringCodec', stringCodec, textArbitrary)
codecLaws('booleanCodec', booleanCodec, fc.boolean())
codecLaws('integerCodec', integerCodec(), safeIntegerArbitrary)
codecLaws('naturalCodec', naturalCodec, fc.maxSafeNat())
codecLaws('integerCodec from 1 to 12', integerCodec({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
codecLaws(
  'numberCodec',
  numberCodec(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
)
codecLaws(
  'literalCodec',
  literalCodec('a', '__proto__', 1, 0, false),
  fc.constantFrom<'a' | '__proto__' | 1 | 0 | false>('a', '__proto__', 1, 0, false),
)

const sentenceOf = (codec: Decodable<unknown>, input: unknown): string => {
  const result = decode(codec, input)
  return result._tag === 'Left' ? formatError(result.left) : 'decoded'
}

describe('numbers', () => {
  test.each([
    [naturalCodec, -1, 'Invalid value: got -1, expected an integer from 0 to 9007199254740991.'],
    [integerCodec(), 1.5, 'Invalid value: got 1.5, expected an integer.'],
    [integerCodec(), 2 ** 53, 'Invalid value: got 9007199254740992, expected an integer.'],
    [integerCodec({ min: 0 }), -1, 'Invalid value: got -1, expected an integer of at least 0.'],
    [integerCodec({ max: 9 }), 10, 'Invalid value: got 10, expected an integer of at most 9.'],
    [integerCodec({ min: 1, max: 12 }), '1', 'Invalid value: got "1", expected an integer from 1 to 12.'],
    [numberCodec(), Number.NaN, 'Invalid value: got NaN, expected a number.'],
    [numberCodec(), Number.POSITIVE_INFINITY, 'Invalid value: got Infinity, expected a number.'],
    [numberCodec({ min: 0, max: 1 }), 1.5, 'Invalid value: got 1.5, expected a number from 0 to 1.'],
    [numberCodec(), new Number(1), 'Invalid value: got an object, expected a number.'],
  ])('%# are refused with a reason', (codec, input, sentence) => {
    expect(sentenceOf(codec, input)).toBe(sentence)
    expect(codec.is(input)).toBe(false)
  })

  test('-0 is read as 0', () => {
    for (const codec of [integerCodec(), numberCodec(), literalCodec(0)]) {
      const zero = decode(codec, -0)
      expect(zero._tag === 'Right' && Object.is(zero.right, 0)).toBe(true)
    }
    expect(integerCodec().is(-0)).toBe(false)
  })

  test('bounds are in the schema', () => {
    expect(integerCodec({ min: 1, max: 12 }).jsonSchema).toMatchObject({ type: 'integer', minimum: 1, maximum: 12 })
    expect(numberCodec({ min: 0 }).jsonSchema).toMatchObject({ type: 'number', minimum: 0 })
    expect(numberCodec({ max: 0 }).jsonSchema).not.toHaveProperty('minimum')
  })
})

describe('literals', () => {
  test('name what is known', () => {
    expect(sentenceOf(literalCodec('step', 'linear'), 'staep')).toBe(
      'Invalid value: got "staep", expected one of "step", "linear".',
    )
    expect(sentenceOf(literalCodec('step'), undefined)).toBe('Invalid value: got undefined, expected "step".')
    expect(literalCodec('step').jsonSchema).toMatchObject({ const: 'step' })
    expect(literalCodec('step', 1).jsonSchema).toMatchObject({ enum: ['step', 1] })
    expect(literalCodec('step', 1).name).toBe('"step" | 1')
  })
})
