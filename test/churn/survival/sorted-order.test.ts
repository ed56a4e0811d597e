import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupedOrder, sortedOrder } from '../../../src/churn/survival/sorted-order.ts'
import { uniforms } from '../../arbitraries/survival.ts'

const slowOrder = (values: ReadonlyArray<number>) =>
  Array.from(values.keys()).sort((first, second) => (values[first] ?? 0) - (values[second] ?? 0) || first - second)

describe('the order of numbers', () => {
  test('is that of a stable sort, for few by comparison and for many by their bits', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, -0, 1, -1, 5e-324, -5e-324, 2 ** 53, 1e15),
      fc.integer({ min: -3, max: 3 }),
    )
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 50 }), (some) => {
        expect(Array.from(sortedOrder(Float64Array.from(some)))).toEqual(slowOrder(some))
        const many = Array.from({ length: 2000 + some.length }, (_, at) => some[at % some.length] ?? 0)
        expect(Array.from(sortedOrder(Float64Array.from(many)))).toEqual(slowOrder(many))
      }),
    )
    const next = uniforms(3)
    const wide = Array.from({ length: 5000 }, () => (next() - 0.5) * 10 ** (20 * next() - 10))
    expect(Array.from(sortedOrder(Float64Array.from(wide)))).toEqual(slowOrder(wide))
  })

  test('is kept within groups', () => {
    const groups = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1 })
    fc.assert(
      fc.property(groups, (group) => {
        const order = Uint32Array.from(group.keys()).reverse()
        const slow = Array.from(order).sort((first, second) => (group[first] ?? 0) - (group[second] ?? 0))
        expect(Array.from(groupedOrder(order, Uint32Array.from(group), 5))).toEqual(slow)
      }),
    )
  })
})
