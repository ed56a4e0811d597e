import { expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { isotonicRegression } from '../../src/statistics/index.ts'

// That the blocks are the nearest ones is held against the min–max formula in test/churn/risk/probability.test.ts.

test('a weight of n is n values', () => {
  const weighted = unwrap(isotonicRegression([3, 1, 2], [1, 3, 1]))
  const repeated = unwrap(isotonicRegression([3, 1, 1, 1, 2]))
  expect(weighted.map(({ value, weight }) => [value, weight])).toEqual(
    repeated.map(({ value, weight }) => [value, weight]),
  )
  expect(weighted[0]).toEqual({ from: 0, until: 2, value: 1.5, weight: 4 })
})

test('what falls all the way is one block, what rises stays', () => {
  expect(unwrap(isotonicRegression([5, 4, 3, 2, 1]))).toEqual([{ from: 0, until: 5, value: 3, weight: 5 }])
  expect(unwrap(isotonicRegression([1, 2, 3])).map(({ value }) => value)).toEqual([1, 2, 3])
})

test('a million falling values are pooled in linear time', () => {
  const values = Float64Array.from({ length: 1_000_000 }, (_, index) => -index)
  expect(unwrap(isotonicRegression(values))).toHaveLength(1)
})

test('what is wrong', () => {
  const pathOf = (result: ReturnType<typeof isotonicRegression>) =>
    result._tag === 'Left' ? result.left.path.join('.') : ''
  expect(pathOf(isotonicRegression([]))).toBe('values')
  expect(pathOf(isotonicRegression([1, Number.NaN]))).toBe('values.1')
  expect(pathOf(isotonicRegression([1, 2], [1]))).toBe('weights.length')
  expect(pathOf(isotonicRegression([1, 2], [1, 0]))).toBe('weights.1')
})
