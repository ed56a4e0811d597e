import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  arrayCodec,
  type Dictionary,
  decode,
  dictionaryCodec,
  formatError,
  integerCodec,
  Money,
  ownValue,
  Points,
  stringCodec,
  type TypeOf,
  WalletId,
} from '../../src/foundation/index.ts'
import { moneyArbitrary, pointsArbitrary, textArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const dictionaryOf = <A>(values: fc.Arbitrary<A>) =>
  fc.array(fc.tuple(textArbitrary, values), { maxLength: 6 }).map((entries) => Object.fromEntries(entries))

codecLaws('arrayCodec of a text', arrayCodec(stringCodec), fc.array(textArbitrary))
codecLaws('arrayCodec of money', arrayCodec(Money, { maxLength: 5 }), fc.array(moneyArbitrary(), { maxLength: 5 }))
codecLaws('dictionaryCodec of points', dictionaryCodec(Points), dictionaryOf(pointsArbitrary()))
codecLaws('dictionaryCodec of money', dictionaryCodec(Money), dictionaryOf(moneyArbitrary()))
codecLaws(
  'dictionaryCodec with a codec of its keys',
  dictionaryCodec(Points, WalletId),
  dictionaryOf(pointsArbitrary()).map((entries) => {
    const { '': _, ...rest } = entries
    return rest as Dictionary<Points, WalletId>
  }),
)

const sentences = (result: ReturnType<typeof decode>): ReadonlyArray<string> =>
  result._tag === 'Left' ? formatError(result.left).split('\n') : ['decoded']

describe('arrays', () => {
  test('every fault is reported with its index', () => {
    expect(sentences(decode(arrayCodec(integerCodec()), [1, 'x', 2, null]))).toEqual([
      'Invalid value at [1]: got "x", expected an integer.',
      'Invalid value at [3]: got null, expected an integer.',
    ])
  })

  test.each([
    [{}, 'Invalid value: got an array of 0, expected', []],
    [{ minLength: 2 }, 'an array of at least 2, each a text', ['a']],
    [{ maxLength: 1 }, 'an array of at most 1, each a text', ['a', 'b']],
    [{ minLength: 2, maxLength: 3 }, 'an array of 2 to 3 values, each a text', ['a']],
  ])('lengths %j', (bounds, phrase, input) => {
    const codec = arrayCodec(stringCodec, bounds)
    const result = decode(codec, input)
    expect(codec.is(input)).toBe(result._tag === 'Right')
    if (result._tag === 'Left') expect(formatError(result.left)).toContain(phrase)
    else expect(bounds).toEqual({})
  })

  test('lengths are in the schema', () => {
    expect(arrayCodec(stringCodec, { minLength: 2, maxLength: 3 }).jsonSchema).toMatchObject({
      minItems: 2,
      maxItems: 3,
    })
    expect(arrayCodec(stringCodec).jsonSchema).not.toHaveProperty('minItems')
  })

  test('holes and accessors are refused, and no accessor is called', () => {
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    const sparse = ['a', , 'b']
    expect(sentences(decode(arrayCodec(stringCodec), sparse))).toEqual([
      'Invalid value: got no value at 1, expected an array without holes.',
    ])
    expect(arrayCodec(stringCodec).is(sparse)).toBe(false)
    let calls = 0
    const sly = Object.defineProperty(['a'], 0, {
      get: () => {
        calls += 1
        return 'a'
      },
      enumerable: true,
    })
    expect(sentences(decode(arrayCodec(stringCodec), sly))).toEqual([
      'Invalid value at [0]: got an accessor, expected a text.',
    ])
    expect(arrayCodec(stringCodec).is(sly)).toBe(false)
    expect(calls).toBe(0)
  })

  test('the result is a list of its own', () => {
    const input = ['a']
    const result = decode(arrayCodec(stringCodec), input)
    input.push('b')
    expect(result).toEqual({ _tag: 'Right', right: ['a'] })
  })
})

describe('dictionaries', () => {
  test('a String object is no table of its letters', () => {
    expect(decode(dictionaryCodec(stringCodec), new String('ab'))._tag).toBe('Left')
    expect(dictionaryCodec(stringCodec).is(new String('ab'))).toBe(false)
  })

  test('keys of every object are ordinary keys', () => {
    const json = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}')
    const result = decode(dictionaryCodec(integerCodec()), json)
    if (result._tag === 'Left') throw new Error('refused')
    expect(Object.entries(result.right)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['toString', 3],
    ])
    expect(Object.getPrototypeOf(result.right)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(ownValue(result.right, '__proto__')).toBe(1)
  })

  test('and their encoding keeps them', () => {
    const json = JSON.parse('{"__proto__": {"amount": "1.00", "currency": "EUR"}}')
    const codec = dictionaryCodec(Money)
    const result = decode(codec, json)
    expect(result._tag === 'Right' && JSON.stringify(codec.encode(result.right))).toBe(JSON.stringify(json))
  })

  test('every fault is reported with its key', () => {
    const json = { a: 1, b: 'x', '': 3 }
    expect(sentences(decode(dictionaryCodec(integerCodec(), WalletId), json))).toEqual([
      'Invalid value at b: got "x", expected an integer.',
      'Invalid value at [""]: got "", expected a text that is not empty.',
    ])
    expect(dictionaryCodec(integerCodec(), WalletId).is({ '': 3 })).toBe(false)
    expect(sentences(decode(dictionaryCodec(integerCodec()), 3))).toEqual([
      'Invalid value: got 3, expected an object, each value an integer.',
    ])
  })

  test.each([[new Map()], [new Date(0)], [new Set([1])], [[]], [null]])('%o is no empty dictionary', (value) => {
    expect(decode(dictionaryCodec(integerCodec()), value)._tag).toBe('Left')
    expect(dictionaryCodec(integerCodec()).is(value)).toBe(false)
  })

  test('one without a prototype is', () => {
    expect(decode(dictionaryCodec(integerCodec()), Object.create(null))).toEqual({ _tag: 'Right', right: {} })
  })

  test('its type has the keys of the key codec', () => {
    const codec = dictionaryCodec(Points, WalletId)
    expectTypeOf<TypeOf<typeof codec>>().toEqualTypeOf<Dictionary<Points, WalletId>>()
    expect(codec.jsonSchema).toMatchObject({ propertyNames: { minLength: 1 } })
  })
})

test('ownValue never looks at a prototype', () => {
  fc.assert(
    fc.property(textArbitrary, (key) => {
      expect(ownValue({}, key)).toBeUndefined()
      expect(ownValue(Object.fromEntries([[key, 1]]), key)).toBe(1)
    }),
  )
})
