import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  arrayCodec,
  type Codec,
  Currency,
  Decimal,
  decode,
  integerCodec,
  itself,
  Money,
  makeCodec,
  type OutputOf,
  refuse,
  stringCodec,
  structCodec,
  TreueError,
  type TypeOf,
} from '../../src/foundation/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const Line = structCodec('Line', { sku: stringCodec, price: Money }, { quantity: integerCodec({ min: 1 }) })
const Order = structCodec('Order', { lines: arrayCodec(Line, { minLength: 1 }) })

const price = { amount: '19.99', currency: 'EUR' }
const wrongOrder = {
  lines: [
    { sku: 'a', price },
    { sku: 1, price: { amount: '1,99', currency: 'EUR' }, colour: 'red' },
  ],
}

describe('a codec is an io-ts type', () => {
  test('by its class, and it composes with plain io-ts', () => {
    expect(Order).toBeInstanceOf(t.Type)
    const mixed = t.type({ order: Order })
    expect(mixed.decode({ order: { lines: [{ sku: 'a', price }] } })).toEqual({
      _tag: 'Right',
      right: { order: { lines: [{ sku: 'a', price: { minor: 1999, currency: 'EUR' } }] } },
    })
  })

  test('its faults have io-ts contexts and messages', () => {
    const wrong = t.type({ order: Order }).decode({ order: wrongOrder })
    if (wrong._tag === 'Right') throw new Error('decoded')
    expect(wrong.left.map(({ context }) => context.map(({ key }) => key).join('/'))).toEqual([
      '/order/lines/1/sku',
      '/order/lines/1/price/amount',
      '/order/lines/1/colour',
    ])
    expect(wrong.left.map(({ message }) => message)).toEqual([
      'Invalid value at lines[1].sku: got 1, expected a text.',
      'Invalid value at lines[1].price.amount: got "1,99", expected an amount in EUR such as "19.99".',
      'Invalid value at lines[1].colour: got an unknown key, expected only the known keys sku, price, quantity.',
    ])
    expect(wrong.left[0]?.context.at(-1)).toMatchObject({ key: 'sku', actual: 1 })
    expect(wrong.left[0]?.value).toBe(1)
    expect(Currency.decode('EURO')).toMatchObject({ left: [{ value: 'EURO' }] })
  })

  test('its name is that of its type', () => {
    expect([Order.name, Money.name, arrayCodec(Money).name, Currency.name]).toEqual([
      'Order',
      'Money',
      'Array<Money>',
      'Currency',
    ])
  })

  test('types', () => {
    expectTypeOf<TypeOf<typeof Line>>().toEqualTypeOf<{
      readonly sku: string
      readonly price: Money
      readonly quantity?: number
    }>()
    expectTypeOf<OutputOf<typeof Line>['price']>().toEqualTypeOf<{
      readonly amount: string
      readonly currency: string
    }>()
    expectTypeOf(Money).toExtend<StandardSchemaV1<OutputOf<typeof Money>, Money>>()
    expectTypeOf(Money).toExtend<StandardJSONSchemaV1<OutputOf<typeof Money>, Money>>()
    expectTypeOf<StandardSchemaV1.InferOutput<typeof Money>>().toEqualTypeOf<Money>()
  })
})

describe('a codec is a Standard Schema', () => {
  const standard = Order['~standard']

  test('of version 1', () => {
    expect([standard.version, standard.vendor]).toEqual([1, 'treue'])
    expect(standard.validate({ lines: [{ sku: 'a', price }] })).toEqual({
      value: { lines: [{ sku: 'a', price: { minor: 1999, currency: 'EUR' } }] },
    })
    expect(standard.validate(wrongOrder)).toEqual({
      issues: [
        { message: 'got 1, expected a text', path: ['lines', 1, 'sku'] },
        { message: 'got "1,99", expected an amount in EUR such as "19.99"', path: ['lines', 1, 'price', 'amount'] },
        {
          message: 'got an unknown key, expected only the known keys sku, price, quantity',
          path: ['lines', 1, 'colour'],
        },
      ],
    })
  })

  test('and of JSON Schema: what it takes, and what it gives', () => {
    const input = standard.jsonSchema.input({ target: 'draft-2020-12' })
    expect(input).toEqual(Order.jsonSchema)
    expect(standard.jsonSchema.input({ target: 'draft-07' })).toEqual({
      ...input,
      $schema: 'http://json-schema.org/draft-07/schema#',
    })
    const output = standard.jsonSchema.output({ target: 'draft-2020-12' })
    expect(JSON.stringify(output)).toContain('"properties":{"minor":{"type":"integer"')
  })

  test('which has no word for a Decimal, nor for another target', () => {
    const Rate = structCodec('Rate', { rate: Decimal })
    expect(() => Rate['~standard'].jsonSchema.output({ target: 'draft-07' })).toThrow(TreueError)
    expect(() => Rate['~standard'].jsonSchema.input({ target: 'openapi-3.0' })).toThrow(
      'Invalid value at target: got "openapi-3.0", expected "draft-2020-12" or "draft-07".',
    )
    expect(Rate['~standard'].jsonSchema.input({ target: 'draft-07' })).toHaveProperty('properties.rate')
  })
})

describe('makeCodec', () => {
  const expected = 'an odd integer'
  const isOdd = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) % 2 !== 0
  const Odd: Codec<number> = makeCodec<number>({
    name: 'Odd',
    expected,
    read: (input, sheet) => (isOdd(input) ? input : refuse(sheet, input, expected)),
    holds: isOdd,
    encode: itself,
    schema: () => ({ type: 'integer', not: { multipleOf: 2 } }),
  })
  codecLaws(
    'Odd',
    Odd,
    fc.integer().map((n) => 2 * n + 1),
  )

  test('a reader that throws refuses', () => {
    const Throwing = makeCodec<number>({
      ...Odd['~parts'],
      read: () => {
        throw new Error('no')
      },
      holds: () => {
        throw new Error('no')
      },
    })
    expect(decode(Throwing, 1)).toEqual({
      _tag: 'Left',
      left: [{ _tag: 'InvalidValue', path: [], actual: 'a value that throws when it is read', expected: 'plain data' }],
    })
    expect(Throwing.is(1)).toBe(false)
  })
})
