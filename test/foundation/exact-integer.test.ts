import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ExactInteger,
  exactProduct,
  exactQuotient,
  exactSum,
  greatestCommonDivisor,
} from '../../src/foundation/index.ts'
import { safeIntegerArbitrary } from '../arbitraries/foundation.ts'

const integers: fc.Arbitrary<ExactInteger> = fc.oneof(
  safeIntegerArbitrary,
  fc.bigInt({ min: -(2n ** 100n), max: 2n ** 100n }),
)
const positive = fc.oneof(
  fc.integer({ min: 1, max: 1000 }),
  fc.maxSafeNat().map((n) => n || 1),
  fc.bigInt({ min: 1n, max: 2n ** 100n }),
)

/** A number where that is exact, unless an operand is a bigint already. */
const expectExact = (result: ExactInteger, wanted: bigint): void => {
  expect(BigInt(result)).toBe(wanted)
  if (typeof result === 'number') expect(Number.isSafeInteger(result)).toBe(true)
}

describe('integers of any size', () => {
  test('sums and products are exact', () => {
    fc.assert(
      fc.property(integers, integers, (a, b) => {
        expectExact(exactSum(a, b), BigInt(a) + BigInt(b))
        expectExact(exactProduct(a, b), BigInt(a) * BigInt(b))
      }),
    )
  })

  test('products divide exactly', () => {
    fc.assert(
      fc.property(integers, positive, (a, b) => {
        expectExact(exactQuotient(exactProduct(a, b), b), BigInt(a))
      }),
    )
  })

  test('the greatest common divisor divides both, and what is left has none', () => {
    fc.assert(
      fc.property(positive, positive, positive, (a, b, factor) => {
        const [x, y] = [exactProduct(a, factor), exactProduct(b, factor)]
        const divisor = greatestCommonDivisor(x, y)
        expect(BigInt(divisor) % BigInt(factor)).toBe(0n)
        expect(BigInt(x) % BigInt(divisor)).toBe(0n)
        expect(BigInt(y) % BigInt(divisor)).toBe(0n)
        expect(BigInt(greatestCommonDivisor(exactQuotient(x, divisor), exactQuotient(y, divisor)))).toBe(1n)
      }),
    )
  })

  test('numbers stay numbers as long as they are exact', () => {
    expect([exactProduct(6, 7), exactSum(1, 2), exactQuotient(42, 7), greatestCommonDivisor(12, 18)]).toEqual([
      42, 3, 6, 6,
    ])
    expect(exactProduct(2 ** 52, 4)).toBe(2n ** 54n)
    expect(exactSum(Number.MAX_SAFE_INTEGER, 1)).toBe(2n ** 53n)
  })
})
