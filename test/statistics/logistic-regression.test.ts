import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { type LogisticFit, type LogisticSample, logisticRegression } from '../../src/statistics/index.ts'
import { logisticDesign } from '../../src/statistics/logistic-design.ts'
import { evaluateLogistic } from '../../src/statistics/logistic-newton.ts'
import { logisticSampleArbitrary } from '../arbitraries/logistic.ts'
import { dataColumns } from '../churn/public-data.ts'

const near = (got: number, expected: number, share: number) => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(share * Math.max(1e-3, Math.abs(expected)))
}

const coefficients = (fit: LogisticFit) => [fit.model.intercept, ...fit.model.coefficients.map(({ value }) => value)]

const tagsOf = (result: ReturnType<typeof logisticRegression>) =>
  result._tag === 'Left' ? result.left.map(({ _tag }) => _tag) : []

const firstFault = (result: ReturnType<typeof logisticRegression>) =>
  result._tag === 'Left' ? result.left[0] : undefined

/** Values by row, the intercept's 1 first. */
const rowsOf = ({ columns, outcomes, weights }: LogisticSample) =>
  Array.from(outcomes, (outcome, row) => ({
    x: [1, ...columns.map(({ values }) => values[row] ?? 0)],
    y: outcome === true || outcome === 1 ? 1 : 0,
    weight: weights?.[row] ?? 1,
  })).filter(({ weight }) => weight > 0)

const dot = (first: ReadonlyArray<number>, second: ReadonlyArray<number>) =>
  first.reduce((sum, value, index) => sum + value * (second[index] ?? 0), 0)

/** Σ weight (y − p) x, by row: 0 at the greatest likelihood. */
const scoreEquations = (sample: LogisticSample, point: ReadonlyArray<number>) =>
  rowsOf(sample).reduce(
    (sums, { x, y, weight }) => {
      const residual = weight * (y - 1 / (1 + Math.exp(-dot(x, point))))
      return sums.map((sum, index) => sum + residual * (x[index] ?? 0))
    },
    point.map(() => 0),
  )

describe('CDNOW customers who bought nothing in 39 weeks, against 50 digits of mpmath', () => {
  const columns = dataColumns('models/cdnow_churn_features.csv')

  test('coefficients, standard errors, log-likelihood', ({ skip }) => {
    if (columns === undefined) return skip()
    const named = ['log1p_x', 'gap', 'T'].map((name) => ({ name, values: columns(name) }))
    const fit = unwrap(logisticRegression({ columns: named, outcomes: columns('churned') }))
    const expected = [-0.3138752891663942, -0.9043582992386412, 0.0568809926008185, 0.00977281043979927]
    coefficients(fit).forEach((value, index) => {
      near(value, expected[index] ?? Number.NaN, 1e-10)
    })
    near(fit.estimates[0]?.standardError ?? 0, 0.51984934140618, 1e-8)
    near(fit.estimates[1]?.standardError ?? 0, 0.13268530532363965, 1e-8)
    expect(Math.abs(fit.logLikelihood + 1132.2011305480794)).toBeLessThan(1e-9)
    expect([fit.rows, fit.events]).toEqual([2357, 1673])
    expect(fit.estimates[1]?.pValue).toBeLessThan(1e-10)
    expect(fit.deviance).toBeLessThan(fit.nullDeviance)
  })
})

test('two groups: the log odds ratio and the errors are those of the fourfold table', () => {
  const sample = {
    columns: [{ name: 'offer', values: [0, 0, 1, 1] }],
    outcomes: [0, 1, 0, 1],
    weights: [90, 10, 60, 40],
  }
  const { estimates, covariance, steps, nullDeviance } = unwrap(logisticRegression(sample))
  const [intercept, offer] = estimates
  near(intercept?.value ?? 0, Math.log(10 / 90), 1e-12)
  near(offer?.value ?? 0, Math.log((40 / 60) * (90 / 10)), 1e-12)
  near(offer?.standardError ?? 0, Math.sqrt(1 / 90 + 1 / 10 + 1 / 60 + 1 / 40), 1e-9)
  near(covariance[0]?.[1] ?? 0, -(1 / 90 + 1 / 10), 1e-9)
  near(nullDeviance, -2 * (50 * Math.log(0.25) + 150 * Math.log(0.75)), 1e-12)
  expect(offer?.low).toBeLessThan(offer?.value ?? 0)
  expect(steps).toBeLessThan(10)
})

describe('the kernel', () => {
  test('its gradient and curvature are those of finite differences', () => {
    fc.assert(
      fc.property(
        logisticSampleArbitrary(2, 40),
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }),
        fc.constantFrom(0, 1.5),
        (sample, at, ridge) => {
          const design = logisticDesign(sample)
          if ('_tag' in design) return
          const value = (point: Float64Array) => {
            const { logLikelihood, penalty } = evaluateLogistic(design, point, ridge)
            return logLikelihood - penalty
          }
          const point = Float64Array.from(at)
          const { gradient, curvature } = evaluateLogistic(design, point, ridge)
          point.forEach((_, index) => {
            const move = (by: number) =>
              point.map((coordinate, other) => (other === index ? coordinate + by : coordinate))
            const slope = (value(move(1e-5)) - value(move(-1e-5))) / 2e-5
            expect(Math.abs(slope - (gradient[index] ?? 0))).toBeLessThan(1e-4)
            const [above, below] = [1e-5, -1e-5].map((by) => evaluateLogistic(design, move(by), ridge).gradient)
            point.forEach((_unused, other) => {
              const bend = ((below?.[other] ?? 0) - (above?.[other] ?? 0)) / 2e-5
              expect(Math.abs(bend - (curvature[index * 3 + other] ?? 0))).toBeLessThan(1e-4)
            })
          })
        },
      ),
    )
  })

  test('weights that are all 1 change nothing, over more rows than a chunk has', () => {
    const rows = 1200
    const columns = [{ name: 'x', values: Float64Array.from({ length: rows }, (_, row) => Math.sin(row)) }]
    const outcomes = Uint8Array.from({ length: rows }, (_, row) => ((row * 7919) % 13 < 5 ? 1 : 0))
    const plain = unwrap(logisticRegression({ columns, outcomes }))
    const weighted = unwrap(logisticRegression({ columns, outcomes, weights: new Float64Array(rows).fill(1) }))
    coefficients(weighted).forEach((value, index) => {
      near(value, coefficients(plain)[index] ?? 0, 1e-10)
    })
    near(weighted.logLikelihood, plain.logLikelihood, 1e-13)
  })
})

describe('very many rows, of which a part leads the search', () => {
  const rows = 330_000
  const values = Float64Array.from({ length: rows }, (_, row) => row % 3)
  const grouped = (outcomes: Uint8Array, weights?: Float64Array) => {
    const counts = new Float64Array(6)
    outcomes.forEach((outcome, row) => {
      const group = 2 * (row % 3) + outcome
      counts[group] = (counts[group] ?? 0) + (weights?.[row] ?? 1)
    })
    return { columns: [{ name: 'x', values: [0, 0, 1, 1, 2, 2] }], outcomes: [0, 1, 0, 1, 0, 1], weights: counts }
  }
  const expectAsGrouped = (outcomes: Uint8Array, weights?: Float64Array) => {
    const columns = [{ name: 'x', values }]
    const fit = unwrap(
      logisticRegression(weights === undefined ? { columns, outcomes } : { columns, outcomes, weights }),
    )
    const few = unwrap(logisticRegression(grouped(outcomes, weights)))
    coefficients(fit).forEach((value, index) => {
      near(value, coefficients(few)[index] ?? 0, 1e-9)
    })
    near(fit.logLikelihood, few.logLikelihood, 1e-11)
    near(fit.estimates[1]?.standardError ?? 0, few.estimates[1]?.standardError ?? 1, 1e-9)
    return fit
  }
  const noisy = Uint8Array.from({ length: rows }, (_, row) => ((row * 7919) % 101 < 20 + 25 * (row % 3) ? 1 : 0))

  test('they have the coefficients of their groups', () => {
    expect(expectAsGrouped(noisy).steps).toBeLessThan(5)
    expectAsGrouped(
      noisy,
      Float64Array.from(noisy, (_, row) => 1 + (row % 2)),
    )
  })

  test('also where the part has one outcome only, or is separated', () => {
    expectAsGrouped(noisy.map((outcome, row) => (row % 16 === 0 ? 0 : outcome)))
    expectAsGrouped(noisy.map((outcome, row) => (row % 16 === 0 ? (row % 3 === 2 ? 1 : 0) : outcome)))
  })
})

/** Whether no direction but those that separate nothing has all rows on its right side: every edge of two columns' cone. */
const separatedBySearch = (sample: LogisticSample): 'complete' | 'quasiComplete' | 'none' => {
  const rows = rowsOf(sample).map(({ x, y }) => x.map((value) => (y === 1 ? value : -value)))
  const cross = ([a = 0, b = 0, c = 0]: ReadonlyArray<number>, [d = 0, e = 0, f = 0]: ReadonlyArray<number>) => [
    b * f - c * e,
    c * d - a * f,
    a * e - b * d,
  ]
  const edges = rows.flatMap((first) => rows.flatMap((second) => [cross(first, second), cross(second, first)]))
  const good = edges.filter((edge) => {
    const margins = rows.map((row) => dot(row, edge))
    return margins.every((margin) => margin >= 0) && margins.some((margin) => margin > 0)
  })
  if (good.length === 0) return 'none'
  const inside = good.reduce((sum, edge) => sum.map((value, index) => value + (edge[index] ?? 0)), [0, 0, 0])
  return rows.every((row) => dot(row, inside) > 0) ? 'complete' : 'quasiComplete'
}

const kindsOf = (result: ReturnType<typeof logisticRegression>) =>
  result._tag === 'Left' ? result.left.map((fault) => 'separation' in fault && fault.separation) : []

/** One column alone may have a border where several together have none. */
const expectKind = (result: ReturnType<typeof logisticRegression>, searched: string) => {
  const together = result._tag === 'Left' && result.left[0].path.length === 1
  if (together) expect(kindsOf(result)).toEqual([searched])
  if (kindsOf(result).includes('complete')) expect(searched).toBe('complete')
}

const expectRoot = (sample: LogisticSample, fit: LogisticFit) => {
  for (const sum of scoreEquations(sample, coefficients(fit))) expect(Math.abs(sum)).toBeLessThan(1e-7)
}

describe('what has no finite coefficient', () => {
  const expectAsSearched = (sample: LogisticSample) => {
    const result = logisticRegression(sample)
    const faults = tagsOf(result)
    if (faults.includes('EmptySample') || faults.includes('CollinearColumn')) return
    const searched = separatedBySearch(sample)
    if (searched === 'none') return expectRoot(sample, unwrap(result))
    expect(new Set(faults)).toEqual(new Set(['SeparatedOutcomes']))
    expectKind(result, searched)
  }

  test('is found exactly where a search of all directions finds it; all other data are fitted', () => {
    fc.assert(
      fc.property(logisticSampleArbitrary(2), (sample) => {
        expectAsSearched(sample)
      }),
    )
  })

  test('one column alone: named, with its kind', () => {
    const values = [1, 2, 3, 10, 11, 12]
    const other = { name: 'other', values: [3, 1, 2, 1, 3, 2] }
    const complete = logisticRegression({ columns: [other, { name: 'x', values }], outcomes: [0, 0, 0, 1, 1, 1] })
    expect(firstFault(complete)).toMatchObject({ separation: 'complete', columns: ['x'], path: ['columns', 1] })
    const falling = logisticRegression({ columns: [{ name: 'x', values }], outcomes: [1, 1, 1, 0, 0, 0] })
    expect(firstFault(falling)).toMatchObject({ separation: 'complete' })
    const flag = { name: 'flag', values: [0, 0, 0, 0, 1, 1] }
    const quasi = logisticRegression({ columns: [flag], outcomes: [0, 1, 0, 1, 1, 1] })
    expect(firstFault(quasi)).toMatchObject({ separation: 'quasiComplete', columns: ['flag'] })
  })

  test('two columns together: both named, a third that has no part is not', () => {
    const together = [
      { name: 'a', values: [0, 2, 1, 3, 0, 2, 1, 3] },
      { name: 'b', values: [1, 3, 2, 4, -1, 1, 0, 2] },
      { name: 'c', values: [1, -1, -1, 1, 1, -1, -1, 1] },
    ]
    const fault = firstFault(logisticRegression({ columns: together, outcomes: [1, 1, 1, 1, 0, 0, 0, 0] }))
    expect(fault).toMatchObject({ separation: 'complete', columns: ['a', 'b'], path: ['columns'] })
    const border = { columns: together.slice(0, 2), outcomes: [1, 1, 1, 1, 0, 0, 0, 0, 0, 1] }
    const columns = border.columns.map(({ name, values }) => ({ name, values: [...values, 1, 1] }))
    expect(firstFault(logisticRegression({ columns, outcomes: border.outcomes }))).toMatchObject({
      separation: 'quasiComplete',
      columns: ['a', 'b'],
    })
  })

  test('found: a search that runs off so fast that the curvature is gone', () => {
    const values = [
      [1, 2, 1, 1, 1, 0, 0, 2, 2],
      [2, 3, 1, 0, 0, 3, 2, 2, 0],
      [3, 3, 3, 3, 3, 2, 3, 3, 2],
      [0, 1, 0, 2, 3, 2, 1, 3, 1],
    ]
    const columns = values.map((own, index) => ({ name: `x${index}`, values: own }))
    const outcomes = [0, 0, 1, 1, 0, 0, 0, 1, 1]
    expect(firstFault(logisticRegression({ columns, outcomes }))).toMatchObject({ separation: 'complete' })
    expect(tagsOf(logisticRegression({ columns, outcomes }, { ridge: 1e-300 }))).toEqual(['NonConvergence'])
    expect(logisticRegression({ columns, outcomes }, { ridge: 0.01 })._tag).toBe('Right')
  })

  test('with a ridge it has one', () => {
    const fit = unwrap(
      logisticRegression({ columns: [{ name: 'x', values: [1, 2, 3, 4] }], outcomes: [0, 0, 1, 1] }, { ridge: 1 }),
    )
    expect(fit.model.coefficients[0]?.value).toBeGreaterThan(0)
    expect(fit.ridge).toBe(1)
  })

  test('columns that others imply are named with them; one that never changes is named alone', () => {
    const columns = [
      { name: 'a', values: [1, 2, 3, 4, 5, 7] },
      { name: 'same', values: [4, 4, 4, 4, 4, 4] },
      { name: 'b', values: [2, 1, 2, 5, 3, 4] },
      {
        name: 'sum',
        values: [14, 15, 18, 23, 23, 28],
      },
    ]
    const outcomes = [0, 1, 0, 1, 0, 1]
    const result = logisticRegression({ columns, outcomes })
    const faults = result._tag === 'Left' ? result.left : []
    expect(faults.map((fault) => ('others' in fault ? [fault.column, fault.others] : fault._tag))).toEqual([
      ['same', []],
      ['sum', ['a', 'b']],
    ])
    const varied = columns.filter(({ name }) => name !== 'same')
    expect(logisticRegression({ columns: varied, outcomes }, { ridge: 0.1 })._tag).toBe('Right')
    expect(tagsOf(logisticRegression({ columns, outcomes }, { ridge: 0.1 }))).toEqual(['CollinearColumn'])
  })

  test('no outcome to tell apart', () => {
    const columns = [{ name: 'x', values: [1, 2] }]
    expect(tagsOf(logisticRegression({ columns, outcomes: [0, 0] }))).toEqual(['EmptySample'])
    expect(tagsOf(logisticRegression({ columns, outcomes: [1, 1] }))).toEqual(['EmptySample'])
    expect(tagsOf(logisticRegression({ columns, outcomes: [1, 0], weights: [1, 0] }))).toEqual(['EmptySample'])
    expect(tagsOf(logisticRegression({ columns: [], outcomes: [] }))).toEqual(['EmptySample'])
  })

  test('a rarity of 1 in 1,000,000 and a coefficient near infinity settle', () => {
    const rare = { columns: [{ name: 'x', values: [0, 0, 1, 1] }], outcomes: [0, 1, 0, 1], weights: [1e6, 1, 1e6, 3] }
    near(unwrap(logisticRegression(rare)).model.coefficients[0]?.value ?? 0, Math.log(3), 1e-9)
    const steep = { columns: [{ name: 'x', values: [0, 0, 1, 1] }], outcomes: [0, 1, 0, 1], weights: [1e9, 1, 1, 1e9] }
    near(unwrap(logisticRegression(steep)).model.coefficients[0]?.value ?? 0, 2 * Math.log(1e9), 1e-9)
  })
})

describe('laws', () => {
  const fitted = (sample: LogisticSample, ridge: number) => logisticRegression(sample, { ridge })

  test('the unit and the origin of a column have no influence on the likelihood, with a ridge neither', () => {
    fc.assert(
      fc.property(
        logisticSampleArbitrary(2),
        fc.constantFrom(0, 2),
        fc.constantFrom(0.001, 7),
        (sample, ridge, unit) => {
          const first = fitted(sample, ridge)
          const moved = sample.columns.map(({ name, values }) => ({
            name,
            values: Array.from(values, (value) => value * unit + 100),
          }))
          const second = fitted({ ...sample, columns: moved }, ridge)
          expect(second._tag).toBe(first._tag)
          if (first._tag === 'Left' || second._tag === 'Left') return
          near(second.right.logLikelihood, first.right.logLikelihood, 1e-9)
          first.right.model.coefficients.forEach(({ value }, index) => {
            near((second.right.model.coefficients[index]?.value ?? 0) * unit, value, 1e-6)
          })
        },
      ),
    )
  })

  test('a weight of n is n rows', () => {
    fc.assert(
      fc.property(logisticSampleArbitrary(1), (sample) => {
        const rows = rowsOf(sample).flatMap((row) => Array.from({ length: row.weight }, () => row))
        const repeated = {
          columns: [{ name: 'x0', values: rows.map(({ x }) => x[1] ?? 0) }],
          outcomes: rows.map(({ y }) => y),
        }
        const [first, second] = [fitted(sample, 0.5), fitted(repeated, 0.5)]
        expect(tagsOf(second)).toEqual(tagsOf(first))
        if (first._tag === 'Left' || second._tag === 'Left') return
        coefficients(first.right).forEach((value, index) => {
          near(coefficients(second.right)[index] ?? 0, value, 1e-8)
        })
        expect(second.right.rows).toBe(first.right.rows)
      }),
    )
  })

  test('a larger ridge holds back more', () => {
    fc.assert(
      fc.property(logisticSampleArbitrary(1), (sample) => {
        const [loose, tight] = [fitted(sample, 0.1), fitted(sample, 10)]
        if (loose._tag === 'Left' || tight._tag === 'Left') return
        const [first, second] = [loose, tight].map(({ right }) => Math.abs(right.model.coefficients[0]?.value ?? 0))
        expect(second ?? 0).toBeLessThanOrEqual((first ?? 0) + 1e-9)
      }),
    )
  })
})

test('everything that is wrong is said at once', () => {
  const result = logisticRegression(
    {
      columns: [
        { name: 'x', values: [1, Number.NaN] },
        { name: 'x', values: [1] },
        { name: '', values: [1, 2] },
      ],
      outcomes: [0, 2],
      weights: [-1],
    },
    { ridge: -1, confidence: 2 },
  )
  expect(result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []).toEqual([
    'columns.0.values.1',
    'columns.1.name',
    'columns.1.values.length',
    'columns.2.name',
    'outcomes.1',
    'weights.length',
    'weights.0',
    'ridge',
    'confidence',
  ])
})
