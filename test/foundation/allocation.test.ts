import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate } from '../../src/foundation/index.ts'
import { safeIntegerArbitrary } from '../arbitraries/foundation.ts'

/** Largest remainder as it is defined: the unit goes, one after the other, to the share that is furthest below. */
const slowModel = (total: number, weights: ReadonlyArray<number | bigint>): ReadonlyArray<number> => {
  if (total < 0) return slowModel(-total, weights).map((share) => 0 - share)
  const sum = weights.map(BigInt).reduce((acc, weight) => acc + weight, 0n)
  const shares = weights.map((weight) => (BigInt(total) * BigInt(weight)) / sum)
  const missing = weights.map((weight, i) => BigInt(total) * BigInt(weight) - (shares[i] ?? 0n) * sum)
  let left = BigInt(total) - shares.reduce((acc, share) => acc + share, 0n)
  for (; left > 0n; left -= 1n) {
    const most = missing.indexOf(missing.reduce((a, b) => (b > a ? b : a)))
    shares[most] = (shares[most] ?? 0n) + 1n
    missing[most] = -1n
  }
  return shares.map(Number)
}

const weightArbitrary = fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 10_000 }), fc.maxSafeNat())
const weightsArbitrary = fc.oneof(
  fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 }),
  fc.array(weightArbitrary, { minLength: 1, maxLength: 30 }),
)
const totalArbitrary = fc.oneof(fc.integer({ min: -100, max: 100 }), safeIntegerArbitrary)

const sharesOf = (total: number, weights: ReadonlyArray<number>): ReadonlyArray<number> => {
  const result = allocate(total, weights)
  if (result._tag === 'Left') throw new Error(JSON.stringify(result.left))
  return result.right
}

describe('allocate', () => {
  test('S4: 100 over three equal lines is 34/33/33, and 59 is 20/20/19', () => {
    expect(sharesOf(100, [1, 1, 1])).toEqual([34, 33, 33])
    expect(sharesOf(59, [1999, 1999, 1999])).toEqual([20, 20, 19])
  })

  test('S11: a cap of 500 over base 400 and promo 300 is 286 and 214', () => {
    expect(sharesOf(500, [400, 300])).toEqual([286, 214])
  })

  test.each<[number, ReadonlyArray<number>, ReadonlyArray<number>]>([
    [-100, [1, 1, 1], [-34, -33, -33]],
    [1, [0, 1, 0], [0, 1, 0]],
    [5, [3, 0, 7], [2, 0, 3]],
    [0, [0, 0], [0, 0]],
    [0, [1, 2], [0, 0]],
    [7, [9], [7]],
    [Number.MAX_SAFE_INTEGER, [1, 1], [4503599627370496, 4503599627370495]],
    [Number.MAX_SAFE_INTEGER, [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER], [4503599627370496, 4503599627370495]],
  ])('%i over %j', (total, weights, shares) => {
    expect(sharesOf(total, weights)).toEqual(shares)
  })

  test('equals the model', () => {
    fc.assert(
      fc.property(totalArbitrary, weightsArbitrary, (total, weights) => {
        fc.pre(weights.some((weight) => weight > 0))
        expect(sharesOf(total, weights)).toEqual(slowModel(total, weights))
      }),
      { numRuns: 1000 },
    )
  })

  test('takes bigints as weights, also beside numbers', () => {
    const weights = fc.array(fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 80n }), weightArbitrary), { minLength: 1 })
    fc.assert(
      fc.property(totalArbitrary, weights, (total, mixed) => {
        fc.pre(mixed.some((weight) => weight > 0))
        expect(allocate(total, mixed)).toEqual({ _tag: 'Right', right: slowModel(total, mixed) })
      }),
    )
    expect(allocate(1, [0n, 0])).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(allocate(1, [1n, -1n])).toMatchObject({ left: { _tag: 'InvalidValue', path: ['weights', 1] } })
  })

  test('sums to the total, and each share is less than 1 away from its exact value', () => {
    fc.assert(
      fc.property(totalArbitrary, weightsArbitrary, (total, weights) => {
        fc.pre(weights.some((weight) => weight > 0))
        const shares = sharesOf(total, weights)
        const sum = weights.reduce((acc, weight) => acc + BigInt(weight), 0n)
        expect(shares.reduce((acc, share) => acc + BigInt(share), 0n)).toBe(BigInt(total))
        for (const [i, share] of shares.entries()) {
          const away = BigInt(share) * sum - BigInt(total) * BigInt(weights[i] ?? 0)
          expect(away < sum && away > -sum).toBe(true)
          expect(Object.is(share, -0)).toBe(false)
        }
      }),
    )
  })

  test('gives a negative total the opposite shares', () => {
    fc.assert(
      fc.property(totalArbitrary, weightsArbitrary, (total, weights) => {
        fc.pre(weights.some((weight) => weight > 0))
        expect(sharesOf(0 - total, weights)).toEqual(sharesOf(total, weights).map((share) => 0 - share))
      }),
    )
  })

  test('never changes its input', () => {
    const weights = Object.freeze([3, 1, 2])
    expect(sharesOf(100, weights)).toEqual([50, 17, 33])
  })

  test('names what is wrong', () => {
    expect(allocate(1, [])).toMatchObject({ left: { _tag: 'InvalidValue', path: ['weights'] } })
    expect(allocate(0, [])).toMatchObject({ left: { _tag: 'InvalidValue' } })
    expect(allocate(1, [0, 0])).toMatchObject({ left: { _tag: 'ZeroDenominator', path: ['weights'] } })
    expect(allocate(1, [1, -1])).toMatchObject({ left: { _tag: 'InvalidValue', path: ['weights', 1], actual: '-1' } })
    expect(allocate(0, [0.5])).toMatchObject({ left: { _tag: 'InvalidValue', path: ['weights', 0] } })
    expect(allocate(1, [Number.NaN])).toMatchObject({ left: { _tag: 'InvalidValue' } })
    expect(allocate(0.5, [1])).toMatchObject({ left: { _tag: 'OutOfRange', path: ['total'] } })
    expect(allocate(2 ** 53, [1])).toMatchObject({ left: { _tag: 'OutOfRange' } })
  })

  test('takes a hundred thousand weights', () => {
    const weights = Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 101)
    const shares = sharesOf(1_234_567, weights)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(1_234_567)
  })
})
