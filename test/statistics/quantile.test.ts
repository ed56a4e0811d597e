import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { median, quantile } from '../../src/statistics/index.ts'

const sample = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 })
const probability = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.25, 0.5, 0.75, 0.9, 1))

/** Hyndman and Fan's definition for type 7: x(j) + γ (x(j+1) − x(j)) with np + m = j + γ, m = 1 − p, counted from 1. */
const typeSeven = (values: ReadonlyArray<number>, p: number): number => {
  const ordered = [...values].sort((a, b) => a - b)
  const position = ordered.length * p + 1 - p
  const j = Math.floor(position)
  const at = (index: number): number => ordered[Math.min(Math.max(index, 1), ordered.length) - 1] as number
  return at(j) + (position - j) * (at(j + 1) - at(j))
}

describe('quantile', () => {
  test('is type 7', () => {
    fc.assert(
      fc.property(sample, probability, (values, p) => {
        expect(unwrap(quantile(values, p))).toBeCloseTo(typeSeven(values, p), 9)
        expect(unwrap(quantile(Float64Array.from(values), p))).toBe(unwrap(quantile(values, p)))
      }),
    )
  })

  test('rises with the probability, from the least to the greatest, and leaves the values alone', () => {
    fc.assert(
      fc.property(sample, probability, probability, (values, p, q) => {
        const before = [...values]
        expect(unwrap(quantile(values, Math.min(p, q)))).toBeLessThanOrEqual(unwrap(quantile(values, Math.max(p, q))))
        expect(unwrap(quantile(values, 0))).toBe(Math.min(...values))
        expect(unwrap(quantile(values, 1))).toBe(Math.max(...values))
        expect(values).toEqual(before)
      }),
    )
  })

  test('R: quantile(c(1, 3, 3, 6, 7, 8, 9), 0.9) = 8.4', () => {
    expect(unwrap(quantile([9, 8, 7, 6, 3, 3, 1], 0.9))).toBeCloseTo(8.4, 12)
  })

  test('of numbers at both ends of the range is finite', () => {
    expect(unwrap(quantile([-1.7e308, 1.7e308], 0.5))).toBe(0)
  })

  test('needs values, finite ones, and a probability', () => {
    expect(quantile([], 0.5)).toMatchObject({ left: { _tag: 'EmptySample' } })
    expect(quantile([1, Number.POSITIVE_INFINITY], 0.5)).toMatchObject({ left: { _tag: 'InvalidValue', path: [1] } })
    expect(quantile([1], -0.1)).toMatchObject({ left: { _tag: 'OutOfRange', path: ['probability'] } })
    expect(quantile([1], Number.NaN)).toMatchObject({ left: { _tag: 'OutOfRange' } })
  })
})

describe('median', () => {
  test('is the quantile of one half', () => {
    fc.assert(
      fc.property(sample, (values) => {
        expect(unwrap(median(values))).toBe(unwrap(quantile(values, 0.5)))
      }),
    )
  })

  test('needs values', () => {
    expect(median([])).toMatchObject({ left: { _tag: 'EmptySample' } })
  })
})
