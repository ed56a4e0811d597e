import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, unwrap } from '../../src/foundation/index.ts'
import { explainLogistic, LinearPredictor, logisticProbabilities } from '../../src/statistics/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const numberArbitrary = fc.double({ min: -50, max: 50, noNaN: true }).map((value) => value + 0)

const modelArbitrary: fc.Arbitrary<LinearPredictor> = fc.record({
  intercept: numberArbitrary,
  coefficients: fc.uniqueArray(
    fc.record({ name: fc.constantFrom('orders', 'silentDays', '__proto__', 'constructor'), value: numberArbitrary }),
    { selector: ({ name }) => name },
  ),
})

codecLaws('LinearPredictor', LinearPredictor, modelArbitrary)

test('a model has each column once, by a name', () => {
  const twice = { intercept: 0, coefficients: ['a', 'a', ''].map((name) => ({ name, value: 1 })) }
  const result = decode(LinearPredictor, twice)
  expect(result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []).toEqual([
    'coefficients.1.name',
    'coefficients.2.name',
  ])
})

describe('probabilities', () => {
  const model = {
    intercept: -1,
    coefficients: [
      { name: 'b', value: 2 },
      { name: 'a', value: 0.5 },
    ],
  }

  test('are the same whatever the order of the columns, and others have no influence', () => {
    const a = { name: 'a', values: [1, 2, 4] }
    const b = { name: 'b', values: [0, 1, 0] }
    const other = { name: 'other', values: [Number.NaN] }
    const expected = [-0.5, 2, 1].map((odds) => 1 / (1 + Math.exp(-odds)))
    for (const columns of [
      [a, b],
      [b, a, other],
    ]) {
      const got = unwrap(logisticProbabilities(model, columns))
      got.forEach((value, row) => {
        expect(value).toBeCloseTo(expected[row] ?? 0, 14)
      })
    }
  })

  test('of a model without a column are all the same, also of no row', () => {
    const plain = { intercept: 0, coefficients: [] }
    expect(Array.from(unwrap(logisticProbabilities(plain, [], 2)))).toEqual([0.5, 0.5])
    expect(unwrap(logisticProbabilities(plain, []))).toHaveLength(0)
  })

  test('far out stay within 0 and 1 and keep their digits', () => {
    const far = { intercept: 0, coefficients: [{ name: 'x', value: 1 }] }
    const [low, high] = unwrap(logisticProbabilities(far, [{ name: 'x', values: [-700, 1e99] }]))
    expect(Math.abs(Math.log(low ?? 0) + 700)).toBeLessThan(1e-9)
    expect(high).toBe(1)
  })

  test('need every column of the model, and numbers', () => {
    const result = logisticProbabilities(model, [{ name: 'a', values: [1, Number.NaN] }])
    expect(result._tag === 'Left' ? result.left.map(({ path, expected }) => [path, expected]) : []).toEqual([
      [['columns'], 'a column b, as the model has'],
      [['columns', 0, 'values', 1], 'a number within ±1e100'],
    ])
  })
})

describe('an explanation', () => {
  test('has parts that sum to the difference of the log odds, the largest first', () => {
    fc.assert(
      fc.property(modelArbitrary, fc.array(numberArbitrary, { minLength: 8, maxLength: 8 }), (model, values) => {
        const size = model.coefficients.length
        const [row, reference] = [values.slice(0, size), values.slice(4, 4 + size)]
        const parts = unwrap(explainLogistic(model, row, reference))
        const oddsOf = (point: ReadonlyArray<number>) =>
          model.coefficients.reduce((sum, { value }, index) => sum + value * (point[index] ?? 0), model.intercept)
        const sum = parts.reduce((total, { logOdds }) => total + logOdds, 0)
        expect(Math.abs(sum - (oddsOf(row) - oddsOf(reference)))).toBeLessThan(1e-9)
        parts.forEach(({ logOdds }, index) => {
          expect(Math.abs(logOdds)).toBeLessThanOrEqual(Math.abs(parts[index - 1]?.logOdds ?? Infinity))
        })
      }),
    )
  })

  test('needs a number for each coefficient', () => {
    const model = { intercept: 0, coefficients: [{ name: 'x', value: 1 }] }
    const result = explainLogistic(model, [], [Number.NaN])
    expect(result._tag === 'Left' ? result.left.map(({ path }) => path.join()) : []).toEqual(['row', 'reference'])
  })
})
