import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { type CumulativeTriangle, chainLadder, type MackOptions, mackChainLadder } from '../../src/ledger/index.ts'
import { triangleArbitrary } from '../arbitraries/triangles.ts'
import { britishMotor, reinsuranceAssociation, taylorAshe } from './published-triangles.ts'

/** Mack's formulas as the paper has them, summed for every cohort and every pair of cohorts. */
const squaredErrors = (rows: CumulativeTriangle, variances: ReadonlyArray<number>) => {
  const { factors, cohorts } = unwrap(chainLadder(rows))
  const ages = factors.length + 1
  const weights = factors.map((_, age) =>
    rows.filter((row) => row.length > age + 1).reduce((sum, row) => sum + (row[age] as number), 0),
  )
  const step = (age: number) => (variances[age] as number) / (factors[age] as number) ** 2
  const each = rows.map((row, index) => {
    let amount = row.at(-1) as number
    let sum = 0
    for (let age = row.length - 1; age < ages - 1; age += 1) {
      sum += step(age) * (1 / amount + 1 / (weights[age] as number))
      amount *= factors[age] as number
    }
    return (cohorts[index]?.ultimate as number) ** 2 * sum
  })
  const pairs = rows.flatMap((row, older) =>
    rows.slice(older + 1).map((_, after) => {
      let sum = 0
      for (let age = row.length - 1; age < ages - 1; age += 1) sum += (2 * step(age)) / (weights[age] as number)
      return (cohorts[older]?.ultimate as number) * (cohorts[older + 1 + after]?.ultimate as number) * sum
    }),
  )
  return { each, total: [...each, ...pairs].reduce((sum, square) => sum + square, 0) }
}

describe('mackChainLadder', () => {
  test('S64: Taylor and Ashe have the standard errors that are published', () => {
    const { cohorts, lastVariance, total } = unwrap(mackChainLadder(taylorAshe))
    expect(Math.round(total.standardError)).toBe(2_447_095)
    expect(cohorts.map(({ standardError }) => Math.round(standardError))).toEqual([
      0, 75_535, 121_699, 133_549, 261_406, 411_010, 558_317, 875_328, 971_258, 1_363_155,
    ])
    expect(Math.round(total.outstanding)).toBe(18_680_856)
    expect(lastVariance).toBe('minimum')
  })

  test('the Reinsurance Association has 52,135 outstanding with a standard error of 26,909', () => {
    const { total } = unwrap(mackChainLadder(reinsuranceAssociation))
    expect([total.outstanding, total.standardError].map(Math.round)).toEqual([52_135, 26_909])
  })

  test('S64: British motor claims, to the ninth digit of a computation with 50 by the recursion of the paper of 1999', () => {
    const { cohorts, total } = unwrap(mackChainLadder(britishMotor))
    expect(cohorts.at(-1)?.standardError).toBeCloseTo(900.5814563326956, 9)
    expect(cohorts[3]?.standardError).toBeCloseTo(141.97695123913587, 9)
    expect(total.standardError).toBeCloseTo(1417.267181154332, 9)
    expect(total.outstanding).toBeCloseTo(28_655.7729324564, 9)
  })

  test('the last variance on the line of logarithms: 2,441,364 and 26,880.74', () => {
    const options: MackOptions = { lastVariance: 'logLinear' }
    const genuine = unwrap(mackChainLadder(taylorAshe, options))
    expect(Math.round(genuine.total.standardError)).toBe(2_441_364)
    expect(genuine.variances.at(-1)).toBeCloseTo(403.93578782177366, 9)
    expect(genuine.lastVariance).toBe('logLinear')
    expect(unwrap(mackChainLadder(reinsuranceAssociation, options)).total.standardError).toBeCloseTo(26_880.74, 2)
  })

  test('the projections are those of the chain ladder, the errors those of the formulas of the paper', () => {
    fc.assert(
      fc.property(triangleArbitrary, (rows) => {
        const { factors, cohorts, total, variances } = unwrap(mackChainLadder(rows))
        const plain = unwrap(chainLadder(rows))
        expect(factors).toEqual(plain.factors)
        expect(total).toMatchObject(plain.total)
        const model = squaredErrors(rows, variances)
        cohorts.forEach(({ standardError }, index) => {
          const expected = Math.sqrt(model.each[index] as number)
          expect(Math.abs(standardError - expected)).toBeLessThanOrEqual(expected * 1e-11)
        })
        const expected = Math.sqrt(model.total)
        expect(Math.abs(total.standardError - expected)).toBeLessThanOrEqual(expected * 1e-11)
      }),
    )
  })

  test('a last step that two cohorts have seen is measured like the others', () => {
    const { lastVariance, variances } = unwrap(mackChainLadder([[10, 20, 30], [10, 22, 31], [10, 19], [12]]))
    expect(lastVariance).toBe(null)
    expect(variances).toHaveLength(2)
    expect(
      unwrap(
        mackChainLadder([
          [10, 20],
          [20, 44],
        ]),
      ).variances,
    ).toHaveLength(1)
  })

  test('cohorts that grow alike have no error', () => {
    const same = [[10, 20, 30, 40], [20, 40, 60], [30, 60], [7]]
    expect(unwrap(mackChainLadder(same)).total.standardError).toBe(0)
    expect(mackChainLadder(same, { lastVariance: 'logLinear' })).toMatchObject({
      left: [{ _tag: 'InvalidValue', path: ['variances', 0] }],
    })
  })

  test('triangles that are too short, or too thin before the last step, have no variance', () => {
    const short = [[10, 20, 30], [10, 21], [10]]
    for (const lastVariance of ['minimum', 'logLinear'] as const) {
      expect(mackChainLadder(short, { lastVariance })).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
    }
    expect(mackChainLadder([[10, 20, 30, 40, 50], [10, 21], [10]])).toMatchObject({
      left: [{ _tag: 'EmptySample', path: [0, 1] }],
    })
    expect(mackChainLadder([[1]])).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  })

  test('an amount of 0 that is not the last of its cohort has no growth; as the last it stays 0', () => {
    expect(mackChainLadder([[10, 20, 30, 35], [0, 5, 6], [10, 12], [8]])).toMatchObject({
      left: [{ _tag: 'ZeroDenominator', path: [1, 0] }],
    })
    const zero = unwrap(mackChainLadder([[10, 20, 30, 35], [9, 15, 26], [10, 12], [0]])).cohorts[3]
    expect(zero).toEqual({ age: 1, latest: 0, ultimate: 0, outstanding: 0, standardError: 0 })
  })

  test('errors beyond a number are out of range', () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      Array.from({ length: 30 - index }, (_, age) => (age === 29 - index ? 2 ** 52 : 1e-3 * (1 + index))),
    )
    expect(mackChainLadder(rows)._tag).toBe('Left')
  })
})
