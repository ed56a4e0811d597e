import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currency, decode, formatError, unwrap } from '../../src/foundation/index.ts'
import {
  type Condition,
  conditionCodec,
  decodeCondition,
  encodeCondition,
  openConditionCodec,
} from '../../src/rules/index.ts'
import { conditionsOn, mixedVocabulary } from '../arbitraries/rules.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('Condition', conditionCodec(mixedVocabulary), conditionsOn(mixedVocabulary))

/** Only amounts are known: all else is read by its form. */
const amountsOnly = { fields: mixedVocabulary.fields.filter(({ type }) => type === 'money') }
test('OpenCondition: decode(encode(x)) = x, and is(x)', () => {
  const codec = openConditionCodec(amountsOnly)
  fc.assert(
    fc.property(conditionsOn(mixedVocabulary), (condition) => {
      expect(codec.is(condition)).toBe(true)
      expect(decode(codec, JSON.parse(JSON.stringify(codec.encode(condition))))).toEqual({
        _tag: 'Right',
        right: condition,
      })
    }),
  )
})

describe('tests of fields of which nothing is known', () => {
  const isRead = (json: unknown): boolean => decode(openConditionCodec({ fields: [] }), json)._tag === 'Right'

  test.each([
    { present: true },
    { equals: 3 },
    { atLeast: 1, lessThan: 4 },
    { is: true },
    { is: 'web' },
    { isNot: 'web' },
    { in: ['web'] },
    { notIn: ['web'] },
    { hasAny: ['a'] },
    { hasAll: ['a'] },
    { hasNone: ['a'] },
  ])('have the form of some type of field: %j', (operators) => {
    expect(isRead({ field: 'any', ...operators })).toBe(true)
  })

  test.each([{}, { is: 3 }, { equals: 'web' }, { hasAny: [] }, { hasAny: ['a'], is: 'a' }, { atLeast: 1, is: true }])(
    'have no other form: %j',
    (operators) => {
      expect(isRead({ field: 'any', ...operators })).toBe(false)
    },
  )

  test.each([null, 3, ['any']])('have the name of a field: %j', (field) => {
    expect(isRead({ field, is: true })).toBe(false)
  })
})

const faultsOf = (json: unknown): ReadonlyArray<string> => {
  const result = decodeCondition(mixedVocabulary, json)
  return result._tag === 'Left' ? result.left.map((fault) => formatError(fault)) : []
}

const nested = (depth: number): unknown => {
  let condition: unknown = { field: 'newsletter', is: true }
  for (let level = 1; level < depth; level += 1) condition = { not: condition }
  return condition
}

describe('amounts', () => {
  test('are decimal texts in JSON and minor units when decoded', () => {
    const json = { field: 'amount', atLeast: '50', lessThan: '99.90' }
    const condition = unwrap(decodeCondition(mixedVocabulary, json))
    expect(condition).toEqual({ field: 'amount', atLeast: 5000, lessThan: 9990 })
    expect(encodeCondition(mixedVocabulary, condition)).toEqual({ ...json, atLeast: '50.00' })
  })

  test('have the digits of their currency', () => {
    const yen = { fields: [{ name: 'amount', type: 'money', currency: unwrap(currency('JPY')) }] } as const
    expect(decodeCondition(yen, { field: 'amount', atLeast: '500' })).toMatchObject({ right: { atLeast: 500 } })
    const wrong = decodeCondition(yen, { field: 'amount', atLeast: '500.5' })
    expect(wrong._tag === 'Left' && formatError(wrong.left)).toBe(
      'Invalid value at atLeast: got "500.5", expected an amount in JPY such as "1999".',
    )
  })

  test.each([['1,50'], [50], ['1.005'], ['90071992547409.92'], ['1e3'], [null]])('refuse %j', (atLeast) => {
    expect(faultsOf({ field: 'amount', atLeast })).toHaveLength(1)
  })
})

describe('faults', () => {
  test('of all parts are reported, each with its path', () => {
    expect(
      faultsOf({
        all: [
          { field: 'amuont', atLeast: '1.00' },
          {
            any: [
              { field: 'weekday', is: 'funday' },
              { field: 'categories', hasAny: [] },
            ],
          },
          { not: { field: 'newsletter', is: 'yes' } },
          {},
        ],
      }),
    ).toEqual([
      'Invalid value at all[0].field: got "amuont", expected one of the fields "amount", "weekday", "city", "categories", "newsletter", "segments", "constructor", "__proto__", "toString".',
      'Invalid value at all[1].any[0].is: got "funday", expected one of "friday", "saturday", "sunday".',
      'Invalid value at all[1].any[1].hasAny: got an array of 0, expected an array of 1 to 10000 values, each a text.',
      'Invalid value at all[2].not.is: got "yes", expected true or false.',
      'Invalid value at all[3]: got an object, expected an object with "all", "any", "not" or "field".',
    ])
  })

  test('an operator of another type is named, with the ones that fit', () => {
    expect(faultsOf({ field: 'city', atLeast: 5 })).toEqual([
      'Invalid value at atLeast: got an unknown key, expected only the known keys field, present, is, isNot, in, notIn.',
    ])
  })

  test('a test without an operator, or with several', () => {
    const oneOf = 'Invalid value: got an object, expected exactly one of present, hasAny, hasAll, hasNone.'
    expect(faultsOf({ field: 'categories' })).toEqual([oneOf])
    expect(faultsOf({ field: 'categories', hasAny: ['tea'], hasNone: ['tea'] })).toEqual([oneOf])
  })

  test.each([
    [{}],
    [{ present: true, equals: '1.00' }],
    [{ equals: '1.00', atLeast: '1.00' }],
    [{ atLeast: '1.00', moreThan: '1.00' }],
    [{ atMost: '1.00', lessThan: '1.00' }],
  ])('a test of a number has one lower and one upper bound at most: %j', (operators) => {
    expect(faultsOf({ field: 'amount', ...operators })).toHaveLength(1)
  })

  test('a range that nothing lies in is for a lint, not a fault', () => {
    expect(faultsOf({ field: 'amount', atLeast: '2.00', atMost: '1.00' })).toEqual([])
  })

  test('empty joins, and joins with more keys', () => {
    expect(faultsOf({ all: [] })).toHaveLength(1)
    expect(faultsOf({ any: [] })).toHaveLength(1)
    expect(faultsOf({ not: { field: 'newsletter', is: true }, field: 'newsletter' })).toEqual([
      'Invalid value at field: got an unknown key, expected only the known keys not.',
    ])
  })

  test.each([
    [null],
    [5],
    ['all'],
    [[]],
    [{ field: {} }],
    [{ field: 'all' }],
    [JSON.parse('{"__proto__":{"all":[]}}')],
  ])('what is no condition: %j', (json) => {
    expect(faultsOf(json)).toHaveLength(1)
  })
})

describe('size', () => {
  test('32 conditions deep, and no deeper', () => {
    expect(faultsOf(nested(32))).toEqual([])
    expect(faultsOf(nested(33))).toEqual(['Invalid value: got an object, expected conditions nested at most 32 deep.'])
    expect(faultsOf(nested(5000))).toHaveLength(1)
  })

  test('1,000 conditions in one another, and no more', () => {
    const tests = (count: number) => Array.from({ length: count }, () => ({ field: 'newsletter', is: true }))
    expect(faultsOf({ all: tests(999) })).toEqual([])
    expect(faultsOf({ any: [{ all: tests(499) }, { all: tests(500) }] })).toEqual([
      'Invalid value: got an object, expected at most 1000 conditions in one another.',
    ])
    expect(faultsOf({ all: tests(100_000) })).toHaveLength(1)
  })

  test('a few shared objects are not taken for a small tree', () => {
    let shared: unknown = { field: 'newsletter', is: true }
    for (let level = 0; level < 30; level += 1) shared = { all: [shared, shared] }
    expect(faultsOf(shared)).toHaveLength(1)
  })
})

test('encode leaves alone what another vocabulary knows', () => {
  const foreign: Condition = { field: 'elsewhere', atLeast: 5 }
  expect(encodeCondition(mixedVocabulary, foreign)).toEqual(foreign)
})

test('a field named __proto__ is an ordinary field', () => {
  const condition = unwrap(decodeCondition(mixedVocabulary, { field: '__proto__', is: 'tea' }))
  expect(condition).toEqual({ field: '__proto__', is: 'tea' })
})

test('the codec fits into bigger ones', () => {
  const codec = conditionCodec(mixedVocabulary)
  fc.assert(
    fc.property(conditionsOn(mixedVocabulary), (condition) => {
      expect(decode(codec, encodeCondition(mixedVocabulary, condition))).toEqual({ _tag: 'Right', right: condition })
    }),
  )
})
