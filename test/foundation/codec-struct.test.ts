import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  booleanCodec,
  type Codec,
  decode,
  formatError,
  integerCodec,
  Money,
  stringCodec,
  structCodec,
} from '../../src/foundation/index.ts'
import { moneyArbitrary, textArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const Plain = structCodec('Plain', { id: stringCodec, count: integerCodec() }, { flag: booleanCodec })
const Line = structCodec('Line', { sku: stringCodec, price: Money }, { refund: Money })
const Empty = structCodec('Empty', {})
const Treacherous: Codec<object> = structCodec('Treacherous', JSON.parse('{}'), {
  ...Object.fromEntries(['__proto__', 'constructor', 'toString'].map((key) => [key, integerCodec()] as const)),
}) as unknown as Codec<object>

const optional = <A, B extends string>(key: B, values: fc.Arbitrary<A>) =>
  fc.option(values).map((value) => (value === null ? {} : { [key]: value }) as { readonly [K in B]?: A })

codecLaws(
  'structCodec',
  Plain,
  fc
    .tuple(fc.record({ id: textArbitrary, count: fc.integer() }), optional('flag', fc.boolean()))
    .map(([required, rest]) => ({ ...required, ...rest })),
)
codecLaws(
  'structCodec with a part that is encoded',
  Line,
  fc
    .tuple(fc.record({ sku: textArbitrary, price: moneyArbitrary() }), optional('refund', moneyArbitrary()))
    .map(([required, rest]) => ({ ...required, ...rest })),
)
codecLaws('structCodec without keys', Empty, fc.constant({}))
codecLaws(
  'structCodec with treacherous keys',
  Treacherous,
  fc
    .array(fc.constantFrom('__proto__', 'constructor', 'toString'))
    .map((keys) => Object.fromEntries(keys.map((key) => [key, 1]))),
)

const sentences = (result: ReturnType<typeof decode>): ReadonlyArray<string> =>
  result._tag === 'Left' ? formatError(result.left).split('\n') : ['decoded']

describe('structCodec', () => {
  test('reports every fault', () => {
    expect(sentences(decode(Plain, { count: 1.5, flag: 'yes', colour: 'red', size: 3 }))).toEqual([
      'Invalid value at id: got nothing, expected a text.',
      'Invalid value at count: got 1.5, expected an integer.',
      'Invalid value at flag: got "yes", expected true or false.',
      'Invalid value at colour: got an unknown key, expected only the known keys id, count, flag.',
      'Invalid value at size: got an unknown key, expected only the known keys id, count, flag.',
    ])
    expect(sentences(decode(Plain, [1]))).toEqual(['Invalid value: got an array of 1, expected an object (Plain).'])
    expect(sentences(decode(Empty, { a: 1 }))).toEqual(['Invalid value at a: got an unknown key, expected no keys.'])
  })

  test('gives the keys in declared order, and leaves out what is absent', () => {
    const result = decode(Plain, { flag: undefined, count: 2, id: 'a' })
    expect(result._tag === 'Right' && Object.keys(result.right)).toEqual(['id', 'count'])
    expect(decode(Plain, { id: undefined, count: 2 })._tag).toBe('Left')
    expect(Plain.is({ id: 'a', count: 1, flag: undefined })).toBe(false)
  })

  test('an own __proto__ is an unknown key', () => {
    const json = JSON.parse('{"id": "a", "count": 1, "__proto__": {"flag": true}}')
    expect(sentences(decode(Plain, json))).toEqual([
      'Invalid value at __proto__: got an unknown key, expected only the known keys id, count, flag.',
    ])
    expect(Plain.is(json)).toBe(false)
  })

  test('reads own data properties only', () => {
    const inherited = Object.create({ id: 'a', count: 1 })
    expect(sentences(decode(Plain, inherited))).toEqual([
      'Invalid value at id: got nothing, expected a text.',
      'Invalid value at count: got nothing, expected an integer.',
    ])
    let calls = 0
    const sly = {
      id: 'a',
      get count() {
        calls += 1
        return 1
      },
    }
    expect(sentences(decode(Plain, sly))).toEqual(['Invalid value at count: got an accessor, expected an integer.'])
    expect(Plain.is(sly)).toBe(false)
    const hidden = Object.defineProperty({ id: 'a' }, 'count', { value: 1, enumerable: false })
    expect(sentences(decode(Plain, hidden))).toEqual(['Invalid value at count: got nothing, expected an integer.'])
    expect(calls).toBe(0)
  })

  test('takes instances of classes by their own keys, but no built-in ones', () => {
    class Row {
      readonly id = 'a'
      readonly count = 1
    }
    expect(decode(Plain, new Row())).toEqual({ _tag: 'Right', right: { id: 'a', count: 1 } })
    for (const value of [new Map(), new Date(0), /x/, new Row().constructor]) {
      expect(decode(Empty, value)._tag).toBe('Left')
      expect(Empty.is(value)).toBe(false)
    }
  })

  test('encodes only what is there', () => {
    const price = { minor: 1, currency: 'EUR' } as Money
    expect(Line.encode({ sku: 'a', price })).toEqual({ sku: 'a', price: { amount: '0.01', currency: 'EUR' } })
    const loose = { sku: 'a', price, refund: undefined } as unknown as { readonly sku: string; readonly price: Money }
    expect(Object.keys(Line.encode(loose))).toEqual(['sku', 'price'])
  })

  test('its schema names what is required', () => {
    expect(Plain.jsonSchema).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      title: 'Plain',
      properties: {
        id: { type: 'string' },
        count: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
        flag: { type: 'boolean' },
      },
      required: ['id', 'count'],
      additionalProperties: false,
    })
  })

  test('a hundred thousand unknown keys take time in proportion', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, i]))
    const result = decode(Plain, many)
    expect(result._tag === 'Left' && result.left.length).toBe(100_002)
  })
})
