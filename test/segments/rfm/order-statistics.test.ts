import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderStatistics } from '../../../src/segments/rfm/order-statistics.ts'

const placesOf = (length: number, shares: ReadonlyArray<number>): ReadonlyArray<number> =>
  [...new Set(shares.map((share) => Math.floor(share * (length - 1))))].sort((a, b) => a - b)

const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })

const sortedAt = (values: ReadonlyArray<number>, places: ReadonlyArray<number>): ReadonlyArray<number> => {
  const sorted = [...values].sort((a, b) => a - b)
  return places.map((place) => sorted[place] as number)
}

/** More values than are sorted at once, made of a few. */
const spread = (values: ReadonlyArray<number>, length: number): ReadonlyArray<number> =>
  Array.from({ length }, (_, index) => (values[index % values.length] as number) + (index % 7))

describe('values at places of a sorted column', () => {
  test('are those that sorting gives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 2 ** 51 })), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.integer({ min: 1, max: 3000 }),
        shares,
        (some, length, at) => {
          const values = spread(some, length)
          const places = placesOf(length, at)
          expect(orderStatistics(Float64Array.from(values), places)).toEqual(sortedAt(values, places))
        },
      ),
    )
  })

  test('of days and counts, which are small whole numbers or not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: -5, max: 900 }), fc.integer({ min: -2e9, max: 2e9 })), {
          minLength: 1,
          maxLength: 9,
        }),
        shares,
        (some, at) => {
          const values = spread(some, 1500)
          const places = placesOf(1500, at)
          expect(orderStatistics(Int32Array.from(values), places)).toEqual(sortedAt(values, places))
        },
      ),
    )
  })

  test('of powers, most of which share a bucket with all smaller ones', () => {
    const values = Array.from({ length: 1000 }, (_, index) => 2 ** (index % 53))
    expect(orderStatistics(Float64Array.from(values), [0, 18, 19, 999])).toEqual([1, 1, 2, 2 ** 52])
  })

  test('of equal values', () => {
    expect(orderStatistics(new Float64Array(1000).fill(3), [0, 5, 999])).toEqual([3, 3, 3])
  })
})
