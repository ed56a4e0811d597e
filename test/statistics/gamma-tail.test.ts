import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { gammaTail } from '../../src/statistics/gamma-tail.ts'
import { chiSquareUpperTail } from '../../src/statistics/index.ts'

describe('gammaTail', () => {
  test('of half the degrees it is the chi-square tail', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0.01, max: 600, noNaN: true }), (degrees, x) => {
        const chi = unwrap(chiSquareUpperTail(x, degrees))
        expect(Math.abs(gammaTail(x / 2, degrees / 2) - chi)).toBeLessThan(1e-12)
      }),
    )
  })

  test('of a whole shape it is a sum of Poisson probabilities', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 100, noNaN: true }), (shape, x) => {
        let term = Math.exp(-x)
        let sum = term
        for (let count = 1; count < shape; count += 1) {
          term *= x / count
          sum += term
        }
        expect(Math.abs(gammaTail(x, shape) - sum)).toBeLessThan(1e-12)
      }),
    )
  })

  test('the cube root agrees with the series where it takes over', () => {
    for (const z of [-3, -1, 0, 1, 3]) {
      const below = gammaTail(99_999_999 + z * 1e4, 99_999_999)
      const above = gammaTail(100_000_000 + z * 1e4, 100_000_000)
      expect(Math.abs(below - above)).toBeLessThan(1e-7)
    }
  })

  test('far out it is 1 and 0', () => {
    expect([gammaTail(0, 3), gammaTail(1, 1e6), gammaTail(1e7, 1e6), gammaTail(5000, 0.5)]).toEqual([1, 1, 0, 0])
  })
})
