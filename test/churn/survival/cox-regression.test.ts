import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CoxData, coxRegression, type TieMethod } from '../../../src/churn/index.ts'
import { coxLikelihood } from '../../../src/churn/survival/cox-likelihood.ts'
import { riskRows } from '../../../src/churn/survival/risk-rows.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { coxDataArbitrary, uniforms } from '../../arbitraries/survival.ts'

const tieMethods: ReadonlyArray<TieMethod> = ['efron', 'breslow']

interface PlainRow {
  readonly time: number
  readonly entry: number
  readonly ended: boolean
  readonly weight: number
  readonly stratum: string | number
  readonly x: ReadonlyArray<number>
}

const plainRows = (data: CoxData): ReadonlyArray<PlainRow> =>
  Array.from({ length: data.times.length }, (_, row) => ({
    time: data.times[row] ?? 0,
    entry: data.entries?.[row] ?? 0,
    ended: data.ended[row] === true || data.ended[row] === 1,
    weight: data.weights?.[row] ?? 1,
    stratum: data.strata?.[row] ?? '',
    x: data.covariates.map(({ values }) => values[row] ?? 0),
  }))

/** The log-likelihood as the papers write it, by one pass over all rows for each end. */
const slowLikelihood = (data: CoxData, ties: TieMethod, beta: ReadonlyArray<number>): number => {
  const rows = plainRows(data)
  const eta = ({ x }: PlainRow) => x.reduce((sum, value, at) => sum + value * (beta[at] ?? 0), 0)
  const risk = (row: PlainRow) => row.weight * Math.exp(eta(row))
  const sum = (list: ReadonlyArray<PlainRow>, of: (row: PlainRow) => number) =>
    list.reduce((total, row) => total + of(row), 0)
  let value = 0
  for (const stratum of new Set(rows.map((row) => row.stratum))) {
    const within = rows.filter((row) => row.stratum === stratum)
    for (const time of new Set(within.filter((row) => row.ended).map((row) => row.time))) {
      const atRisk = within.filter((row) => row.time >= time && (row.entry < time || row.entry === 0))
      const ends = within.filter((row) => row.time === time && row.ended)
      const mean = sum(ends, (row) => row.weight) / ends.length
      value += sum(ends, (row) => row.weight * eta(row))
      ends.forEach((_, rank) => {
        const gone = ties === 'efron' ? (rank / ends.length) * sum(ends, risk) : 0
        value -= mean * Math.log(sum(atRisk, risk) - gone)
      })
    }
  }
  return value
}

/** The likelihood in the covariates' own units. */
const likelihoodOf = (data: CoxData, ties: TieMethod) => {
  const rows = riskRows(data, data.strata)
  const likelihood = coxLikelihood(rows, ties)
  return {
    at: (beta: ReadonlyArray<number>) =>
      likelihood(Float64Array.from(rows.scales, ({ spread }, at) => spread * (beta[at] ?? 0))),
    spreads: rows.scales.map(({ spread }) => spread),
    scaled: (point: ReadonlyArray<number>) => likelihood(Float64Array.from(point)),
  }
}

const someBeta = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))

describe('the likelihood', () => {
  test('is that of the papers, with ties, entries, weights and strata', () => {
    fc.assert(
      fc.property(coxDataArbitrary, someBeta, (data, beta) => {
        for (const ties of tieMethods) {
          expect(likelihoodOf(data, ties).at(beta).value).toBeCloseTo(slowLikelihood(data, ties, beta), 8)
        }
      }),
    )
  })

  test('has the gradient and the curvature that finite differences give', () => {
    fc.assert(
      fc.property(coxDataArbitrary, someBeta, fc.constantFrom(...tieMethods), (data, point, ties) => {
        const { scaled } = likelihoodOf(data, ties)
        const here = scaled(point)
        const width = 1e-5
        for (const at of [0, 1]) {
          const moved = (by: number) => scaled(point.map((value, index) => (index === at ? value + by : value)))
          const [above, below] = [moved(width), moved(-width)]
          expect((above.value - below.value) / (2 * width)).toBeCloseTo(here.gradient[at] ?? 0, 4)
          const slopes = below.gradient.map((slope, other) => (slope - (above.gradient[other] ?? 0)) / (2 * width))
          slopes.forEach((slope, other) => {
            expect(slope).toBeCloseTo(here.curvature[at * 2 + other] ?? 0, 4)
          })
        }
      }),
    )
  })
})

const fitted = (data: CoxData, ties: TieMethod = 'efron') => {
  const fit = coxRegression(data, { ties })
  return fit._tag === 'Right' ? fit.right : undefined
}

const betas = (fit: ReturnType<typeof fitted>) => fit?.coefficients.map(({ coefficient }) => coefficient)

const expectSame = (first: ReturnType<typeof fitted>, second: ReturnType<typeof fitted>, unit = 1) => {
  expect(first === undefined).toBe(second === undefined)
  betas(first)?.forEach((coefficient, at) => {
    expect((betas(second)?.[at] ?? Number.NaN) * unit).toBeCloseTo(coefficient, 6)
  })
}

const mapped = (data: Required<CoxData>, time: (time: number) => number): Required<CoxData> => ({
  ...data,
  times: Array.from(data.times, time),
  entries: Array.from(data.entries, time),
})

describe('laws', () => {
  test('the course of time is of no matter, only its order', () => {
    fc.assert(
      fc.property(coxDataArbitrary, (data) => {
        expectSame(fitted(data), fitted(mapped(data, (time) => time ** 2 / 7)))
      }),
    )
  })

  test('a covariate in another unit and from another origin has the coefficient in that unit', () => {
    fc.assert(
      fc.property(coxDataArbitrary, (data) => {
        const covariates = data.covariates.map(({ name, values }) => ({
          name,
          values: Array.from(values, (value) => 1000 + 100 * value),
        }))
        expectSame(fitted(data), fitted({ ...data, covariates }), 100)
      }),
    )
  })

  test('with Breslow’s ties a weight of 2 is two such rows', () => {
    fc.assert(
      fc.property(coxDataArbitrary, (data) => {
        const copies = Array.from(data.weights).flatMap((weight, row) => Array.from({ length: weight }, () => row))
        const repeated = <A>(column: ArrayLike<A>) => copies.map((row) => column[row] as A)
        const long = {
          times: repeated(data.times),
          ended: repeated(data.ended),
          entries: repeated(data.entries),
          strata: repeated(data.strata),
          covariates: data.covariates.map(({ name, values }) => ({ name, values: repeated(values) })),
        }
        const [short, whole] = [fitted(data, 'breslow'), fitted(long, 'breslow')]
        expectSame(short, whole)
        if (short !== undefined && whole !== undefined)
          expect(short.wald.statistic).toBeCloseTo(whole.wald.statistic, 5)
      }),
    )
  })

  test('a row cut in two at a time is the same customer', () => {
    fc.assert(
      fc.property(coxDataArbitrary, (data) => {
        const rows = Array.from(Array.from(data.times).keys())
        const cut = rows.filter((row) => (data.times[row] ?? 0) - (data.entries[row] ?? 0) > 1)
        const middle = (row: number) => (data.entries[row] ?? 0) + 1
        const added = <A>(column: ArrayLike<A>) => [...Array.from(column), ...cut.map((row) => column[row] as A)]
        const split = {
          times: [
            ...rows.map((row) => (cut.includes(row) ? middle(row) : (data.times[row] ?? 0))),
            ...cut.map((row) => data.times[row] ?? 0),
          ],
          ended: [
            ...rows.map((row) => (cut.includes(row) ? false : (data.ended[row] ?? false))),
            ...cut.map((row) => data.ended[row] ?? false),
          ],
          entries: [...Array.from(data.entries), ...cut.map(middle)],
          weights: added(data.weights),
          strata: added(data.strata),
          covariates: data.covariates.map(({ name, values }) => ({ name, values: added(values) })),
        }
        expectSame(fitted(data), fitted(split))
      }),
    )
  })
})

const simulated = (seed: number, rows: number) => {
  const next = uniforms(seed)
  const [times, ended, first, second]: ReadonlyArray<Array<number>> = [[], [], [], []]
  for (let row = 0; row < rows; row += 1) {
    const [x, y] = [next() < 0.4 ? 1 : 0, next() * 2]
    const [stay, watched] = [-Math.log(next()) / Math.exp(0.7 * x - 0.5 * y), next() * 3]
    times?.push(Math.min(stay, watched))
    ended?.push(stay <= watched ? 1 : 0)
    first?.push(x)
    second?.push(y)
  }
  return {
    times: times ?? [],
    ended: ended ?? [],
    covariates: [
      { name: 'first', values: first ?? [] },
      { name: 'second', values: second ?? [] },
    ],
  }
}

test('simulated customers: intervals of 95 % hold the true ratio about as often', () => {
  const runs = 200
  const truth = [Math.exp(0.7), Math.exp(-0.5)]
  const held = [0, 0]
  for (let run = 1; run <= runs; run += 1) {
    const { coefficients } = unwrap(coxRegression(simulated(run * 7919, 150)))
    coefficients.forEach(({ low, high }, at) => {
      if (low <= (truth[at] ?? 0) && (truth[at] ?? 0) <= high) held[at] = (held[at] ?? 0) + 1
    })
  }
  console.log(
    `Cox, 95 % intervals, ${runs} runs of 150 customers: held ${held.map((n) => `${(100 * n) / runs} %`).join(', ')}`,
  )
  for (const count of held) {
    expect(count / runs).toBeGreaterThan(0.9)
    expect(count / runs).toBeLessThan(0.99)
  }
})

test('many customers are sorted by their bits, as few are by comparison', () => {
  const many = simulated(11, 5000)
  const fit = unwrap(coxRegression(many))
  expect(fit.coefficients[0]?.coefficient).toBeCloseTo(0.7, 0)
  const value = slowLikelihood(
    { ...many, times: Array.from(many.times, (time) => Math.ceil(time * 20)) },
    'efron',
    betas(fit) ?? [],
  )
  const coarse = likelihoodOf({ ...many, times: Array.from(many.times, (time) => Math.ceil(time * 20)) }, 'efron')
  expect(coarse.at(betas(fit) ?? []).value / value).toBeCloseTo(1, 10)
})

describe('faults', () => {
  const times = [1, 2, 3, 4, 5, 6]
  const ended = [1, 1, 0, 1, 1, 0]
  const covariate = (name: string, values: ReadonlyArray<number>) => ({ name, values })
  const faults = (data: CoxData, options = {}) => {
    const result = coxRegression(data, options)
    return result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`) : []
  }

  test('all entries that are wrong are told', () => {
    const data = {
      times: [1, -2],
      ended: [1, 2],
      entries: [1, 0],
      weights: [0, 1],
      strata: ['a', Number.NaN],
      covariates: [
        covariate('a', [1, Number.NaN]),
        covariate('a', [1]),
        { name: 3 as unknown as string, values: [1, 2] },
      ],
    }
    expect(faults(data, { confidence: 1, ties: 'exact' as TieMethod })).toEqual([
      'OutOfRange confidence',
      'InvalidValue ties',
      'InvalidValue times.1',
      'InvalidValue ended.1',
      'InvalidValue entries.0',
      'InvalidValue weights.0',
      'InvalidValue covariates.1.name',
      'InvalidValue covariates.0.values.1',
      'InvalidValue covariates.1.values.length',
      'InvalidValue covariates.2.name',
      'InvalidValue strata.1',
    ])
    expect(faults({ times: [1, 2], ended: [1], entries: [0], weights: [1], strata: ['a'], covariates: [] })).toEqual([
      'EmptySample covariates',
      'InvalidValue ended.length',
      'InvalidValue entries.length',
      'InvalidValue weights.length',
      'InvalidValue strata.length',
    ])
    expect(faults({ times, ended: times.map(() => 0), covariates: [covariate('a', times)] })).toEqual([
      'EmptySample ended',
    ])
  })

  test('covariates that say nothing of their own', () => {
    const odd = covariate('odd', [1, 0, 1, 0, 1, 0])
    expect(faults({ times, ended, covariates: [odd, covariate('constant', [7, 7, 7, 7, 7, 7])] })).toEqual([
      'DependentCovariate covariates.1',
    ])
    expect(faults({ times, ended, covariates: [odd, covariate('even', [0, 1, 0, 1, 0, 1])] })).toEqual([
      'DependentCovariate covariates.1',
    ])
  })

  test('a coefficient that runs away, alone and beside others, to either side', () => {
    const random = covariate('random', [3, 1, 4, 1, 5, 9])
    const stays = covariate('stays', [0, 0, 1, 0, 0, 1])
    const leaves = covariate('leaves', [1, 1, 0, 1, 1, 0])
    expect(faults({ times, ended, covariates: [stays] })).toEqual(['MonotoneLikelihood covariates.0'])
    expect(faults({ times, ended, covariates: [random, stays] })).toEqual(['MonotoneLikelihood covariates.1'])
    const result = coxRegression({ times, ended, covariates: [leaves] })
    expect(result).toMatchObject({ left: [{ name: 'leaves' }] })
    expect(
      result._tag === 'Left' && result.left[0]._tag === 'MonotoneLikelihood' && result.left[0].coefficient > 3,
    ).toBe(true)
  })
})
