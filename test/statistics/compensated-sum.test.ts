import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compensatedSum } from '../../src/statistics/index.ts'

/** Numbers with few bits at scales far apart: their sum is exact in integers of a common unit. */
const gridArbitrary = fc.array(
  fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 80 })).map(([n, shift]) => n * 2 ** shift),
  { maxLength: 50 },
)

describe('compensatedSum', () => {
  test('is as good as one rounding of the exact sum of numbers that mostly cancel', () => {
    fc.assert(
      fc.property(gridArbitrary, (values) => {
        const cancelling = [...values, ...values.map((value) => -value), 1]
        const exact = Number(cancelling.reduce((sum, value) => sum + BigInt(value), 0n))
        expect(compensatedSum(cancelling)).toBe(exact)
      }),
    )
  })

  test('of none is 0, of typed arrays too', () => {
    expect(compensatedSum([])).toBe(0)
    expect(compensatedSum(Float64Array.of(0.1, 0.2, 0.3))).toBe(0.6)
  })

  test('says which way it overflowed', () => {
    expect(compensatedSum([1e308, 1e308, -1])).toBe(Number.POSITIVE_INFINITY)
    expect(compensatedSum([-1e308, -1e308, 1])).toBe(Number.NEGATIVE_INFINITY)
  })
})
