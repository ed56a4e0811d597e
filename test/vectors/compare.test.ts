import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, show } from './compare.ts'

describe('compare', () => {
  test('texts of 30 digits are numbers, and may differ by the tolerance', () => {
    const third = '0.333333333333333333333333333333'
    expect(compare('', third, 1 / 3, '1e-12')).toEqual([])
    expect(compare('', third, '0.3333333333334', '1e-12')).toEqual([])
    expect(compare('', third, 0.3333333333344, '1e-12')).toHaveLength(1)
    expect(compare('', third, 1 / 3, 'exact')).toHaveLength(1)
    expect(compare('', '0.1', 0.1, 'exact')).toEqual([])
    expect(compare('', 112, 113, '1')).toEqual([])
  })

  test('what is no finite number is not near one', () => {
    for (const got of [Number.NaN, Number.POSITIVE_INFINITY, null, undefined, 'NaN', '', {}, [1]]) {
      expect(compare('', '1', got, '1e9')).toHaveLength(1)
    }
  })

  test('other values must be the same', () => {
    expect(compare('', 'undefined:noData', 'undefined:noData', '1')).toEqual([])
    expect(compare('', 'undefined:noData', 'undefined:zeroDenominator', '1')).toHaveLength(1)
    expect(compare('', null, null, '1')).toEqual([])
    expect(compare('', null, 0, '1')).toHaveLength(1)
    expect(compare('', true, false, '1')).toHaveLength(1)
    expect(compare('', '2020-06-07', '2020-06-08', '1')).toHaveLength(1)
  })

  test('objects and lists have the same keys, and each difference is named by its path', () => {
    expect(compare('', { a: ['1', '2'], b: 3 }, { a: [1, 2], b: 3 }, 'exact')).toEqual([])
    expect(compare('', { a: ['1', '2'] }, { a: [1, 5] }, 'exact')).toEqual(['a.1: expected "2", got 5'])
    expect(compare('', { a: 1 }, { a: 1, b: 2 }, 'exact')).toHaveLength(1)
    expect(compare('', { a: 1, b: 2 }, { a: 1 }, 'exact')).toEqual(['b: expected 2, got undefined'])
    expect(compare('', [1, 2], [1], 'exact')).toHaveLength(1)
    expect(compare('', [1], [1, 2], 'exact')).toHaveLength(1)
    expect(compare('', [1], { 0: 1 }, 'exact')).toHaveLength(1)
    expect(compare('', { a: 1 }, null, 'exact')).toHaveLength(1)
  })

  test('every JSON value equals itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(compare('', value, structuredClone(value), 'exact')).toEqual([])
      }),
    )
  })
})

test('show is one line for any value', () => {
  expect([-0, Number.NaN, 'a\nb', undefined, [1]].map(show)).toEqual(['-0', 'NaN', '"a\\nb"', 'undefined', '[1]'])
})
