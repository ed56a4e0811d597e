import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { type CumulativeTriangle, chainLadder } from '../../src/ledger/index.ts'
import { triangleArbitrary } from '../arbitraries/triangles.ts'
import { reinsuranceAssociation, taylorAshe } from './published-triangles.ts'

/** Every cell that is not seen, filled one by one. */
const filled = (rows: CumulativeTriangle): ReadonlyArray<number> => {
  const ages = rows[0]?.length ?? 0
  const grid = rows.map((row) => [...row])
  for (let age = 1; age < ages; age += 1) {
    const seen = rows.filter((row) => row.length > age)
    const sum = (at: number) => seen.reduce((total, row) => total + (row[at] as number), 0)
    const factor = sum(age) / sum(age - 1)
    for (const row of grid) if (row.length === age) row.push((row[age - 1] as number) * factor)
  }
  return grid.map((row) => row[ages - 1] as number)
}

describe('chainLadder', () => {
  test('S64: Taylor and Ashe have 18,680,856 outstanding', () => {
    const { cohorts, factors, total } = unwrap(chainLadder(taylorAshe))
    expect(Math.round(total.outstanding)).toBe(18_680_856)
    expect(cohorts.map(({ outstanding }) => Math.round(outstanding))).toEqual([
      0, 94_634, 469_511, 709_638, 984_889, 1_419_459, 2_177_641, 3_920_301, 4_278_972, 4_625_811,
    ])
    expect(factors.map((factor) => factor.toFixed(3))).toEqual([
      '3.491',
      '1.747',
      '1.457',
      '1.174',
      '1.104',
      '1.086',
      '1.054',
      '1.077',
      '1.018',
    ])
  })

  test('the Reinsurance Association has 52,135 outstanding, with an amount that falls', () => {
    expect(Math.round(unwrap(chainLadder(reinsuranceAssociation)).total.outstanding)).toBe(52_135)
  })

  test('fills what is not seen like filling every cell by hand', () => {
    fc.assert(
      fc.property(triangleArbitrary, (rows) => {
        const { cohorts, total } = unwrap(chainLadder(rows))
        const expected = filled(rows)
        cohorts.forEach(({ age, latest, ultimate, outstanding }, index) => {
          expect(age).toBe(rows[index]?.length)
          expect(latest).toBe(rows[index]?.at(-1))
          expect(Math.abs(ultimate / (expected[index] as number) - 1)).toBeLessThan(1e-12)
          expect(outstanding).toBe(ultimate - latest)
        })
        expect(Math.abs(total.ultimate / expected.reduce((sum, each) => sum + each, 0) - 1)).toBeLessThan(1e-12)
      }),
    )
  })

  test('another unit changes the unit only', () => {
    fc.assert(
      fc.property(triangleArbitrary, (rows) => {
        const times = unwrap(chainLadder(rows.map((row) => row.map((amount) => amount * 64))))
        expect(times.total.ultimate).toBe(unwrap(chainLadder(rows)).total.ultimate * 64)
      }),
    )
  })

  const faultsOf = (rows: CumulativeTriangle) => {
    const result = chainLadder(rows)
    return result._tag === 'Left' ? result.left.map(({ _tag, path }) => [_tag, ...path]) : result.right
  }

  test('a triangle too short is an empty sample', () => {
    expect(faultsOf([])).toEqual([['EmptySample']])
    expect(faultsOf([[5], [6]])).toEqual([['EmptySample']])
  })

  test('cohorts that get longer, empty ones and amounts that are none are all reported', () => {
    expect(faultsOf([[1, 2], [1, 2, 3], [], [-1], [Number.NaN], [2 ** 53]])).toEqual([
      ['InvalidValue', 1],
      ['InvalidValue', 2],
      ['InvalidValue', 3],
      ['InvalidValue', 3, 0],
      ['InvalidValue', 4, 0],
      ['InvalidValue', 5, 0],
    ])
  })

  test('an age at which nothing is seen has no factor', () => {
    expect(faultsOf([[0, 5, 6], [0, 5], [0]])).toEqual([['ZeroDenominator', 0, 0]])
    expect(faultsOf([[1, 0, 6], [1, 0], [1]])).toEqual([['ZeroDenominator', 0, 1]])
  })

  test('amounts that grow beyond a number are out of range', () => {
    const rows = Array.from({ length: 60 }, (_, index) => {
      const last = 59 - index
      return Array.from({ length: 60 - index }, (_, age) => (age === last ? 2 ** 52 : 1e-9))
    })
    expect(faultsOf(rows)).toEqual([['OutOfRange']])
  })

  test('many cohorts and ages take one look at each amount', () => {
    const ages = 3000
    const rows = [...Array.from({ length: 2 }, () => Array.from({ length: ages }, (_, age) => 1000 + age))]
    const young = Array.from({ length: 200_000 }, () => [1000])
    const { total } = unwrap(chainLadder([...rows, ...young]))
    expect(total.ultimate).toBeCloseTo(200_002 * (1000 + ages - 1), -2)
  })
})
