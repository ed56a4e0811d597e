import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  arrayCodec,
  decode,
  dictionaryCodec,
  formatError,
  integerCodec,
  MemberId,
  Money,
  nullableCodec,
  structCodec,
} from '../../src/foundation/index.ts'
import { anythingArbitrary } from '../arbitraries/foundation.ts'

const Order = structCodec(
  'Order',
  { member: MemberId, lines: arrayCodec(structCodec('Line', { price: Money, quantity: integerCodec({ min: 1 }) })) },
  { notes: dictionaryCodec(nullableCodec(integerCodec())) },
)

const price = { amount: '19.99', currency: 'EUR' }

describe('decode', () => {
  test('gives plain data', () => {
    const json = JSON.parse('{"member":"__proto__","lines":[{"price":{"amount":"5","currency":"JPY"},"quantity":2}]}')
    const result = decode(Order, json)
    expect(result).toEqual({
      _tag: 'Right',
      right: { member: '__proto__', lines: [{ price: { minor: 5, currency: 'JPY' }, quantity: 2 }] },
    })
    expect(structuredClone(result)).toEqual(result)
  })

  test('reports every fault with its path, and in the order of the declaration', () => {
    const wrong = decode(Order, {
      lines: [
        { price, quantity: 1 },
        { price: { ...price, amount: '1,99' }, quantity: 0 },
      ],
      notes: { a: null, 'b c': 'x' },
      memebr: 'a',
    })
    expect(wrong).toEqual({
      _tag: 'Left',
      left: [
        { _tag: 'InvalidValue', path: ['member'], actual: 'nothing', expected: 'a text that is not empty' },
        {
          _tag: 'InvalidValue',
          path: ['lines', 1, 'price', 'amount'],
          actual: '"1,99"',
          expected: 'an amount in EUR such as "19.99"',
        },
        { _tag: 'InvalidValue', path: ['lines', 1, 'quantity'], actual: '0', expected: 'an integer of at least 1' },
        { _tag: 'InvalidValue', path: ['notes', 'b c'], actual: '"x"', expected: 'an integer, or null' },
        {
          _tag: 'InvalidValue',
          path: ['memebr'],
          actual: 'an unknown key',
          expected: 'only the known keys member, lines, notes',
        },
      ],
    })
    expect(wrong._tag === 'Left' && formatError(wrong.left).split('\n')[3]).toBe(
      'Invalid value at notes["b c"]: got "x", expected an integer, or null.',
    )
  })

  test('takes any value under any key', () => {
    const parts = fc.record({ member: anythingArbitrary, lines: anythingArbitrary, notes: anythingArbitrary })
    fc.assert(
      fc.property(parts, fc.array(anythingArbitrary), (order, lines) => {
        for (const input of [order, { ...order, lines: lines.map((line) => ({ price: line, quantity: line })) }]) {
          const result = decode(Order, input)
          expect(Order.is(input) && result._tag === 'Left').toBe(false)
          expect(result._tag === 'Left' && result.left.length === 0).toBe(false)
        }
      }),
    )
  })

  test('takes time in proportion to the input, right or wrong', () => {
    const line = { price, quantity: 1 }
    const right = { member: 'a', lines: Array.from({ length: 50_000 }, () => line) }
    expect(decode(Order, right)._tag).toBe('Right')
    const wrong = decode(Order, { ...right, lines: right.lines.map(() => ({ price, quantity: 0 })) })
    expect(wrong._tag === 'Left' && wrong.left.length).toBe(50_000)
  })
})
