import fc from 'fast-check'
import { left, right } from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'
import {
  booleanCodec,
  constrainCodec,
  type Decodable,
  decode,
  formatError,
  integerCodec,
  invalidValue,
  Money,
  nullableCodec,
  outOfRange,
  refineCodec,
  stringCodec,
  structCodec,
  textCodec,
  transformCodec,
} from '../../src/foundation/index.ts'
import { moneyArbitrary, textArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const Even = refineCodec(integerCodec(), 'Even', 'an even integer', (n) => n % 2 === 0, { multipleOf: 2 })
const Range = constrainCodec(structCodec('Range', { low: integerCodec(), high: integerCodec() }), ({ low, high }) =>
  low <= high ? [] : [invalidValue(['high'], high, `at least ${low}`), invalidValue(['low'], low, `at most ${high}`)],
)
const Percent = textCodec<number>('Percent', {
  expected: 'a share such as "12 %"',
  parse: (text) => {
    const match = /^(0|[1-9]\d?|100) %$/.exec(text)
    return match === null ? left(invalidValue([], text, 'a share such as "12 %"')) : right(Number(match[1]))
  },
  format: (n) => `${n} %`,
  holds: (n) => Number.isInteger(n) && Number(n) >= 0 && Number(n) <= 100 && !Object.is(n, -0),
  schema: { pattern: '^(0|[1-9][0-9]?|100) %$' },
  outputSchema: { type: 'integer' },
})
const Pair = transformCodec<readonly [number, number], { readonly low: number; readonly high: number }, unknown>(
  'Pair',
  structCodec('Pair', { low: integerCodec(), high: integerCodec() }),
  {
    expected: 'a pair',
    parse: ({ low, high }) =>
      low <= high ? right([low, high]) : left([outOfRange(['low'], low, 'less'), outOfRange(['high'], high, 'more')]),
    format: ([low, high]) => ({ low, high }),
    holds: (value) => {
      const [low, high]: ReadonlyArray<unknown> = Array.isArray(value) && value.length === 2 ? value : []
      return integerCodec().is(low) && integerCodec().is(high) && low <= high
    },
  },
)

const pairs = fc.tuple(fc.integer(), fc.integer()).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)

codecLaws(
  'refineCodec',
  Even,
  fc.integer().map((n) => 2 * n),
)
codecLaws(
  'constrainCodec',
  Range,
  pairs.map(([low, high]) => ({ low, high })),
)
codecLaws('nullableCodec', nullableCodec(Money), fc.option(moneyArbitrary()))
codecLaws('nullableCodec of a text', nullableCodec(stringCodec), fc.option(textArbitrary))
codecLaws('textCodec', Percent, fc.integer({ min: 0, max: 100 }))
codecLaws('transformCodec', Pair, pairs)

const sentences = (codec: Decodable<unknown>, input: unknown): ReadonlyArray<string> => {
  const result = decode(codec, input)
  return result._tag === 'Left' ? formatError(result.left).split('\n') : ['decoded']
}

describe('refineCodec', () => {
  test('says what would be right, whatever was wrong with a number', () => {
    for (const input of [3, 'x', 2.5]) expect(sentences(Even, input)[0]).toContain('expected an even integer.')
    expect(Even.is(3)).toBe(false)
  })

  test('but leaves faults of parts where they are', () => {
    const Sorted = refineCodec(
      structCodec('Sorted', { low: integerCodec(), high: integerCodec() }),
      'Sorted',
      'low before high',
      ({ low, high }) => low < high,
    )
    expect(sentences(Sorted, { low: 1, high: 'x' })).toEqual(['Invalid value at high: got "x", expected an integer.'])
    expect(sentences(Sorted, { low: 2, high: 1 })).toEqual(['Invalid value: got an object, expected low before high.'])
  })
})

test('constrainCodec has a path for each fault', () => {
  expect(sentences(Range, { low: 2, high: 1 })).toEqual([
    'Invalid value at high: got 1, expected at least 2.',
    'Invalid value at low: got 2, expected at most 1.',
  ])
  expect(sentences(Range, { low: 2 })).toEqual(['Invalid value at high: got nothing, expected an integer.'])
  expect(Range.is({ low: 2, high: 1 })).toBe(false)
})

describe('transformCodec', () => {
  test('reports the faults of its parser as invalid values', () => {
    expect(sentences(Pair, { low: 2, high: 1 })).toEqual([
      'Invalid value at low: got 2, expected less.',
      'Invalid value at high: got 1, expected more.',
    ])
    expect(sentences(Percent, '101 %')).toEqual(['Invalid value: got "101 %", expected a share such as "12 %".'])
    expect(sentences(Percent, 12)).toEqual(['Invalid value: got 12, expected a share such as "12 %".'])
    expect(sentences(structCodec('S', { share: Percent }), {})).toEqual([
      'Invalid value at share: got nothing, expected a share such as "12 %".',
    ])
    expect(
      sentences(structCodec('S', { name: stringCodec, pair: Pair }), { name: 'a', pair: { low: 2, high: 1 } }),
    ).toEqual(['Invalid value at pair.low: got 2, expected less.', 'Invalid value at pair.high: got 1, expected more.'])
  })

  test('describes both sides', () => {
    const { jsonSchema } = Percent['~standard']
    expect(jsonSchema.input({ target: 'draft-2020-12' })).toMatchObject({ type: 'string', title: 'Percent' })
    expect(jsonSchema.output({ target: 'draft-2020-12' })).toMatchObject({ type: 'integer', title: 'Percent' })
  })
})

test('null is offered where it is taken', () => {
  expect(sentences(nullableCodec(booleanCodec), 1)).toEqual(['Invalid value: got 1, expected true or false, or null.'])
  expect(sentences(nullableCodec(Money), { amount: 1, currency: 'EUR' })).toEqual([
    'Invalid value at amount: got 1, expected an amount as a text such as "19.99".',
  ])
  expect(nullableCodec(booleanCodec).jsonSchema).toMatchObject({ anyOf: [{ type: 'boolean' }, { type: 'null' }] })
})
