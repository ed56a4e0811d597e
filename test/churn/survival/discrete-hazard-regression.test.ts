import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  coxRegression,
  discreteHazardCurve,
  discreteHazardRegression,
  personPeriods,
  type RegressionData,
} from '../../../src/churn/index.ts'
import { groupedLikelihood, groupedPeriods, groupedRows } from '../../../src/churn/survival/grouped-likelihood.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { coxDataArbitrary, uniforms } from '../../arbitraries/survival.ts'

const someData: fc.Arbitrary<Required<RegressionData>> = coxDataArbitrary.map(
  ({ times, ended, entries, weights, covariates }) => ({ times, ended, entries, weights, covariates }),
)

const likelihoodOf = (data: RegressionData) => {
  const periods = groupedPeriods(data)
  const rows = groupedRows(data, periods)
  return { periods, rows, likelihood: groupedLikelihood(rows) }
}

/** The likelihood of a binomial regression of single periods. */
const slowLikelihood = (data: Required<RegressionData>, free: ReadonlyArray<number>, point: ReadonlyArray<number>) => {
  const { rows } = likelihoodOf(data)
  const { customers, periods, ended } = unwrap(personPeriods(data))
  let value = 0
  customers.forEach((customer, at) => {
    const period = free.indexOf(periods[at] ?? 0)
    if (period < 0) return
    const score = [0, 1].reduce(
      (sum, index) => sum + (point[free.length + index] ?? 0) * (rows.values[customer * 2 + index] ?? 0),
      0,
    )
    const rate = Math.exp((point[period] ?? 0) + score)
    value += (data.weights[customer] ?? 0) * (ended[at] === 1 ? Math.log(1 - Math.exp(-rate)) : -rate)
  })
  return value
}

const pointOf = (free: ReadonlyArray<number>, beta: ReadonlyArray<number>) => [
  ...free.map((period) => -1.5 + 0.1 * period),
  ...beta,
]

const someBeta = fc.tuple(
  fc.double({ min: -0.8, max: 0.8, noNaN: true }),
  fc.double({ min: -0.8, max: 0.8, noNaN: true }),
)

describe('the likelihood', () => {
  test('is that of single periods', () => {
    fc.assert(
      fc.property(someData, someBeta, (data, beta) => {
        const { periods, likelihood } = likelihoodOf(data)
        const point = pointOf(periods.free, beta)
        expect(likelihood(Float64Array.from(point)).value).toBeCloseTo(slowLikelihood(data, periods.free, point), 8)
      }),
    )
  })

  test('has the gradient and the curvature that finite differences give', () => {
    fc.assert(
      fc.property(someData, someBeta, (data, beta) => {
        const { periods, likelihood } = likelihoodOf(data)
        const point = pointOf(periods.free, beta)
        const here = likelihood(Float64Array.from(point))
        const width = 1e-5
        point.forEach((_, at) => {
          const moved = (by: number) =>
            likelihood(Float64Array.from(point, (value, index) => (index === at ? value + by : value)))
          const [above, below] = [moved(width), moved(-width)]
          expect((above.value - below.value) / (2 * width)).toBeCloseTo(here.gradient[at] ?? Number.NaN, 4)
          below.gradient.forEach((slope, other) => {
            const bend = (slope - (above.gradient[other] ?? 0)) / (2 * width)
            expect(bend).toBeCloseTo(here.curvature[at * point.length + other] ?? Number.NaN, 4)
          })
        })
      }),
    )
  })
})

describe('fits', () => {
  test('without covariates have the share of those at risk that left, in each period', () => {
    fc.assert(
      fc.property(someData, (data) => {
        const result = discreteHazardRegression({ ...data, covariates: [] })
        if (result._tag === 'Left') {
          expect(result.left[0]._tag).toBe('EmptySample')
          return
        }
        const { customers, periods, ended } = unwrap(personPeriods(data))
        const weightOf = (period: number, only: boolean) =>
          Array.from(customers).reduce((sum, customer, at) => {
            const counts = periods[at] === period && (!only || ended[at] === 1)
            return counts ? sum + (data.weights[customer] ?? 0) : sum
          }, 0)
        result.right.periods.forEach((period, at) => {
          expect(result.right.hazard[at]).toBeCloseTo(weightOf(period, true) / weightOf(period, false), 10)
        })
        expect(result.right.logLikelihood).toBeCloseTo(result.right.nullLogLikelihood, 10)
      }),
    )
  })

  test('of short periods are near those of Cox’s regression on exact times', () => {
    const next = uniforms(31)
    const rows = Array.from({ length: 3000 }, () => {
      const x = next() < 0.5 ? 1 : 0
      const [stay, watched] = [-Math.log(next()) / Math.exp(0.8 * x), 0.2 + next()]
      return { x, time: Math.min(stay, watched), ended: stay <= watched }
    })
    const data = (time: (time: number) => number) => ({
      times: rows.map((row) => time(row.time)),
      ended: rows.map(({ ended }) => ended),
      covariates: [{ name: 'x', values: rows.map(({ x }) => x) }],
    })
    const [exact] = unwrap(coxRegression(data((time) => time))).coefficients
    const fit = unwrap(discreteHazardRegression(data((time) => Math.ceil(time * 60))))
    expect(fit.coefficients[0]?.coefficient).toBeCloseTo(exact?.coefficient ?? 0, 1)
    expect(Math.abs((fit.coefficients[0]?.standardError ?? 0) / (exact?.standardError ?? 1) - 1)).toBeLessThan(0.05)
    const [mean, more] = [0, 1].map((x) => unwrap(discreteHazardCurve(fit, [x])))
    const ratio = Math.log(more?.survival.at(-1) ?? 1) / Math.log(mean?.survival.at(-1) ?? 1)
    expect(ratio).toBeCloseTo(fit.coefficients[0]?.ratio ?? 0, 10)
    expect(fit.likelihoodRatio.pValue).toBeLessThan(1e-6)
  })

  test('a period in which everybody left has a chance of 1, whatever the covariates', () => {
    const years = {
      times: [1, 1, 1, 2, 2, 3, 3],
      ended: [1, 0, 1, 1, 0, 1, 1],
      covariates: [{ name: 'x', values: [1, 0, 0, 1, 0, 1, 0] }],
    }
    const fit = unwrap(discreteHazardRegression(years))
    expect(fit.periods).toEqual([1, 2, 3])
    expect(unwrap(discreteHazardCurve(fit, [0])).hazard[2]).toBe(1)
    expect(unwrap(discreteHazardCurve(fit, [1])).survival[2]).toBe(0)
  })
})

test('faults', () => {
  const years = { times: [1, 1, 2, 2, 3, 3], ended: [1, 0, 1, 0, 1, 0] }
  const x = { name: 'x', values: [1, 0, 0, 1, 0, 1] }
  const faults = (data: RegressionData, confidence = 0.95) => {
    const result = discreteHazardRegression(data, confidence)
    return result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`) : []
  }
  expect(faults({ times: [1.5, 0], ended: [1, 0], covariates: [] }, 1)).toEqual([
    'OutOfRange confidence',
    'InvalidValue times.0',
    'InvalidValue times.1',
  ])
  expect(faults({ ...years, weights: [0, 1, 1, 1, 1, 1], covariates: [x] })).toEqual(['InvalidValue weights.0'])
  expect(faults({ times: [1, 1], ended: [1, 1], covariates: [] })).toEqual(['EmptySample ended'])
  expect(faults({ ...years, covariates: [{ name: 'constant', values: [1, 1, 1, 1, 1, 1] }] })).toEqual([
    'DependentCovariate covariates.0',
  ])
  expect(faults({ ...years, covariates: [{ name: 'left', values: years.ended }] })).toEqual([
    'MonotoneLikelihood covariates.0',
  ])
  const long = Array.from({ length: 802 }, (_, row) => row)
  expect(
    faults({
      times: long.map((row) => 1 + (row % 401)),
      ended: long.map((row) => (row < 401 ? 1 : 0)),
      covariates: [],
    }),
  ).toEqual(['OutOfRange times'])
  const fit = unwrap(discreteHazardRegression({ ...years, covariates: [x] }))
  const wrong = discreteHazardCurve(fit, [Number.NaN, 1])
  expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual(['values.length', 'values.0'])
})
