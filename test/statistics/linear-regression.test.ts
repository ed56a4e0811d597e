import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { linearPredictions, linearRegression } from '../../src/statistics/index.ts'

const near = (got: number, expected: number, share: number) => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(share * Math.max(1, Math.abs(expected)))
}

const rowsArbitrary = fc.array(
  fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 }), fc.integer({ min: -20, max: 20 })),
  { minLength: 4, maxLength: 20 },
)

const sampleOf = (rows: ReadonlyArray<readonly [number, number, number]>) => ({
  columns: [
    { name: 'a', values: rows.map(([a]) => a) },
    { name: 'b', values: rows.map(([, b]) => b) },
  ],
  values: rows.map(([, , value]) => value),
})

describe('least squares', () => {
  test('residuals are orthogonal to 1 and to each column, errors are White’s', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const result = linearRegression(sampleOf(rows))
        if (result._tag === 'Left') {
          expect(result.left[0]._tag).toBe('CollinearColumn')
          return
        }
        const { model, covariance, residualSquares } = result.right
        const predicted = unwrap(linearPredictions(model, sampleOf(rows).columns))
        const x = rows.map(([a, b]) => [1, a, b])
        const residuals = rows.map(([, , value], row) => value - (predicted[row] ?? 0))
        for (const column of [0, 1, 2]) {
          // As exact as the sum of so many products can be.
          const products = residuals.map((rest, row) => rest * (x[row]?.[column] ?? 0))
          const size = products.reduce((sum, product) => sum + Math.abs(product), 1)
          near(products.reduce((sum, product) => sum + product, 0) / size, 0, 1e-9)
        }
        near(
          residualSquares,
          residuals.reduce((sum, rest) => sum + rest * rest, 0),
          1e-9,
        )
        // XᵀX · covariance · XᵀX = n / (n − k) · Σ e² x xᵀ
        const sums = (weights: ReadonlyArray<number>) =>
          [0, 1, 2].map((i) =>
            [0, 1, 2].map((j) =>
              x.reduce((sum, line, row) => sum + (weights[row] ?? 0) * (line[i] ?? 0) * (line[j] ?? 0), 0),
            ),
          )
        const times = (one: ReadonlyArray<ReadonlyArray<number>>, other: ReadonlyArray<ReadonlyArray<number>>) =>
          one.map((line) =>
            line.map((_, column) => line.reduce((sum, value, index) => sum + value * (other[index]?.[column] ?? 0), 0)),
          )
        const normal = sums(rows.map(() => 1))
        const factor = rows.length / (rows.length - 3)
        const meat = sums(residuals.map((rest) => factor * rest * rest))
        times(times(normal, covariance), normal).forEach((line, i) => {
          line.forEach((value, j) => {
            near(value, meat[i]?.[j] ?? 0, 1e-6)
          })
        })
      }),
    )
  })

  test('the unit and the origin of a column and of the values only change the coefficients’ units', () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.constantFrom(0, 3), (rows, ridge) => {
        const [one, other] = [
          linearRegression(sampleOf(rows), { ridge }),
          linearRegression(sampleOf(rows.map(([a, b, value]) => [1000 + 4 * a, b, 2 * value - 7] as const)), { ridge }),
        ]
        expect(other._tag).toBe(one._tag)
        if (one._tag === 'Left' || other._tag === 'Left') return
        near(
          (other.right.model.coefficients[0]?.value ?? 0) * 4,
          2 * (one.right.model.coefficients[0]?.value ?? 0),
          1e-6,
        )
        near(other.right.determination ?? 0, one.right.determination ?? 0, 1e-8)
      }),
    )
  })

  test('a line that fits: all of the variance', () => {
    const fit = unwrap(linearRegression({ columns: [{ name: 'x', values: [0, 1, 2, 4] }], values: [1, 3, 5, 9] }))
    near(fit.model.intercept, 1, 1e-12)
    near(fit.model.coefficients[0]?.value ?? 0, 2, 1e-12)
    near(fit.determination ?? 0, 1, 1e-12)
    const flat = unwrap(linearRegression({ columns: [{ name: 'x', values: [0, 1, 2] }], values: [4, 4, 4] }))
    expect(flat.determination).toBe(null)
  })

  test('what is wrong', () => {
    const pathsOf = (result: ReturnType<typeof linearRegression>) =>
      result._tag === 'Left' ? result.left.map(({ _tag, path }) => [_tag, path.join('.')].join(' ')) : []
    const columns = [{ name: 'x', values: [1, 2, 3] }]
    expect(
      pathsOf(linearRegression({ columns, values: [1, Number.NaN] }, { ridge: Number.NaN, confidence: 0 })),
    ).toEqual([
      'InvalidValue columns.0.values.length',
      'InvalidValue values.1',
      'OutOfRange ridge',
      'OutOfRange confidence',
    ])
    expect(pathsOf(linearRegression({ columns: [{ name: 'x', values: [1, 2] }], values: [1, 2] }))).toEqual([
      'EmptySample values',
    ])
    const same = [...columns, { name: 'same', values: [1, 1, 1] }, { name: 'double', values: [2, 4, 6] }].map(
      ({ name, values }) => ({ name, values: [...values, values[0] ?? 0, values[0] ?? 0] }),
    )
    expect(pathsOf(linearRegression({ columns: same, values: [1, 2, 3, 4, 5] }))).toEqual([
      'CollinearColumn columns.1',
      'CollinearColumn columns.2',
    ])
    const twice = same.filter(({ name }) => name !== 'same')
    expect(linearRegression({ columns: twice, values: [1, 2, 3, 4, 5] }, { ridge: 1 })._tag).toBe('Right')
    expect(pathsOf(linearRegression({ columns: twice, values: [1, 2, 3, 4, 5] }, { ridge: 1e-30 }))).toEqual([
      'EmptySample values',
    ])
  })
})
