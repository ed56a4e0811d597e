import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { mean, sampleVariance, standardDeviation } from '../../src/statistics/index.ts'

const small = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 })

describe('mean', () => {
  test('is the exact sum by the number', () => {
    fc.assert(
      fc.property(small, (values) => {
        expect(unwrap(mean(values))).toBe(values.reduce((sum, value) => sum + value, 0) / values.length)
      }),
    )
  })

  test('needs a value, finite ones, and a sum that a number holds', () => {
    expect(mean([])).toMatchObject({ left: { _tag: 'EmptySample', expected: 'at least 1 value' } })
    expect(mean([1, Number.NaN])).toMatchObject({ left: { _tag: 'InvalidValue', path: [1] } })
    expect(mean([1e308, 1e308])).toMatchObject({ left: { _tag: 'OutOfRange' } })
  })
})

describe('sampleVariance', () => {
  test('is Σ(x − y)² over all pairs by n (n − 1)', () => {
    fc.assert(
      fc.property(small, (values) => {
        const pairs = values.flatMap((x, i) => values.slice(i + 1).map((y) => (x - y) ** 2))
        const exact = pairs.reduce((sum, square) => sum + square, 0) / (values.length * (values.length - 1))
        expect(unwrap(sampleVariance(values))).toBeCloseTo(exact, 6)
        expect(unwrap(standardDeviation(values))).toBeCloseTo(Math.sqrt(exact), 8)
      }),
    )
  })

  test('does not change when all values are moved far away', () => {
    expect(unwrap(sampleVariance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]))).toBe(30)
  })

  test('of alike values is 0', () => {
    expect(unwrap(sampleVariance([0.1, 0.1, 0.1]))).toBe(0)
  })

  test('needs two values, and a result that a number holds', () => {
    expect(sampleVariance([1])).toMatchObject({ left: { _tag: 'EmptySample', expected: 'at least 2 values' } })
    expect(sampleVariance([1e200, -1e200])).toMatchObject({ left: { _tag: 'OutOfRange' } })
    expect(standardDeviation([1])._tag).toBe('Left')
  })
})
