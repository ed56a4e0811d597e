import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type LifetimeDistribution,
  lifetimeQuantile,
  lifetimeRegression,
  lifetimeSurvival,
  type RegressionData,
} from '../../../src/churn/index.ts'
import { logTimeOf } from '../../../src/churn/survival/lifetime-distribution.ts'
import { lifetimeLikelihood, logTimeRows } from '../../../src/churn/survival/lifetime-likelihood.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { normalQuantile, normalUpperTail } from '../../../src/statistics/index.ts'
import { coxDataArbitrary, uniforms } from '../../arbitraries/survival.ts'

const distributions: ReadonlyArray<LifetimeDistribution> = ['exponential', 'weibull', 'logNormal', 'logLogistic']

describe('distributions', () => {
  test('have the derivatives that finite differences give, and tails that the densities add up to', () => {
    fc.assert(
      fc.property(fc.constantFrom(...distributions), fc.double({ min: -6, max: 3, noNaN: true }), (name, z) => {
        const { logDensity, logTail } = logTimeOf(name)
        const width = 1e-5
        for (const jet of [logDensity, logTail]) {
          const [, slope, bend] = jet(z)
          expect((jet(z + width)[0] - jet(z - width)[0]) / (2 * width)).toBeCloseTo(slope, 5)
          expect((jet(z + width)[1] - jet(z - width)[1]) / (2 * width)).toBeCloseTo(bend, 5)
        }
        const [tail, slope] = logTail(z)
        expect(-slope * Math.exp(tail)).toBeCloseTo(Math.exp(logDensity(z)[0]), 10)
      }),
    )
  })

  test('quantiles are where the tail is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...distributions),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (name, left) => {
          const { quantile, logTail } = logTimeOf(name)
          expect(1 - Math.exp(logTail(quantile(left))[0])).toBeCloseTo(left, 10)
        },
      ),
    )
  })

  test('the tail of the normal one is exact where its series begins and goes on where no number can hold it', () => {
    const { logTail } = logTimeOf('logNormal')
    expect(logTail(20)[0]).toBeCloseTo(Math.log(unwrap(normalUpperTail(20))), 10)
    expect(logTail(30)[0]).toBeCloseTo(Math.log(unwrap(normalUpperTail(30))), 10)
    expect(logTail(100)[0]).toBeCloseTo(-5005.524208694205, 9)
    expect(logTail(100)[1]).toBeCloseTo(-100.00999800099926, 9)
    expect(logTail(-12)[0]).toBeCloseTo(0, 15)
  })
})

const someData: fc.Arbitrary<RegressionData> = coxDataArbitrary.map(
  ({ times, ended, entries, weights, covariates }) => ({
    times,
    ended,
    entries,
    weights,
    covariates,
  }),
)

test('the likelihood has the gradient and the curvature that finite differences give', () => {
  const near = fc.double({ min: -0.5, max: 0.5, noNaN: true })
  fc.assert(
    fc.property(fc.constantFrom(...distributions), someData, fc.tuple(near, near, near), (name, data, offsets) => {
      const likelihood = lifetimeLikelihood(logTimeOf(name), logTimeRows(data))
      const point = name === 'exponential' ? [...offsets] : [...offsets, 1.3]
      const here = likelihood(Float64Array.from(point))
      const width = 1e-5
      point.forEach((_, at) => {
        const moved = (by: number) =>
          likelihood(Float64Array.from(point, (value, index) => (index === at ? value + by : value)))
        const [above, below] = [moved(width), moved(-width)]
        const scale = 1 + Math.abs(here.value)
        expect((above.value - below.value) / (2 * width) / scale).toBeCloseTo((here.gradient[at] ?? 0) / scale, 5)
        above.gradient.forEach((slope, other) => {
          const bend = ((below.gradient[other] ?? 0) - slope) / (2 * width)
          expect(bend / scale).toBeCloseTo((here.curvature[at * point.length + other] ?? 0) / scale, 5)
        })
      })
    }),
  )
})

describe('fits', () => {
  test('of exponential lifetimes without covariates have the rate of ends by time watched', () => {
    fc.assert(
      fc.property(someData, (data) => {
        const result = lifetimeRegression({ ...data, covariates: [] }, 'exponential')
        if (result._tag === 'Left') return
        const weight = (row: number) => data.weights?.[row] ?? 0
        const rows = Array.from({ length: data.times.length }, (_, row) => row)
        const ends = rows.reduce((sum, row) => sum + (data.ended[row] === true ? weight(row) : 0), 0)
        const watched = rows.reduce(
          (sum, row) => sum + weight(row) * ((data.times[row] ?? 0) - (data.entries?.[row] ?? 0)),
          0,
        )
        expect(result.right.intercept.ratio / (watched / ends)).toBeCloseTo(1, 8)
        expect(result.right.intercept.standardError).toBeCloseTo(1 / Math.sqrt(ends), 8)
        expect(result.right.likelihoodRatio).toEqual({ statistic: 0, degreesOfFreedom: 0, pValue: 1 })
      }),
    )
  })

  test('of log-normal lifetimes all of which ended are a least-squares line', () => {
    fc.assert(
      fc.property(someData, ({ times, covariates }) => {
        const [first] = covariates
        if (first === undefined) return
        const data = { times, ended: Array.from(times, () => true), covariates: [first] }
        const result = lifetimeRegression(data, 'logNormal')
        if (result._tag === 'Left') return
        const logs = Array.from(times, Math.log)
        const x = Array.from(first.values)
        const mean = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + value, 0) / values.length
        const [mx, my] = [mean(x), mean(logs)]
        const slope =
          mean(x.map((value, row) => (value - mx) * ((logs[row] ?? 0) - my))) /
          mean(x.map((value) => (value - mx) ** 2))
        const residual = Math.sqrt(mean(x.map((value, row) => ((logs[row] ?? 0) - my - slope * (value - mx)) ** 2)))
        expect(result.right.coefficients[0]?.coefficient).toBeCloseTo(slope, 8)
        expect(result.right.scale).toBeCloseTo(residual, 8)
      }),
    )
  })

  test('time in another unit moves the intercept alone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...distributions), someData, (name, data) => {
        const days = {
          ...data,
          times: Array.from(data.times, (time) => 7 * time),
          entries: Array.from(data.entries ?? [], (time) => 7 * time),
        }
        const [weeks, other] = [lifetimeRegression(data, name), lifetimeRegression(days, name)]
        expect(weeks._tag).toBe(other._tag)
        if (weeks._tag === 'Left' || other._tag === 'Left') return
        expect(other.right.intercept.coefficient).toBeCloseTo(weeks.right.intercept.coefficient + Math.log(7), 6)
        expect(other.right.scale).toBeCloseTo(weeks.right.scale, 6)
        weeks.right.coefficients.forEach(({ coefficient }, at) => {
          expect(other.right.coefficients[at]?.coefficient).toBeCloseTo(coefficient, 6)
        })
      }),
    )
  })

  test('Weibull’s has the exponential one within it: its likelihood is never less', () => {
    fc.assert(
      fc.property(someData, (data) => {
        const [plain, shaped] = [lifetimeRegression(data, 'exponential'), lifetimeRegression(data, 'weibull')]
        if (plain._tag === 'Left' || shaped._tag === 'Left') return
        expect(shaped.right.logLikelihood).toBeGreaterThanOrEqual(plain.right.logLikelihood - 1e-8)
      }),
    )
  })
})

/** An error of the distribution, from a number in (0, 1). */
const errorOf = (name: LifetimeDistribution, share: number): number =>
  name === 'logNormal'
    ? unwrap(normalQuantile(share))
    : name === 'logLogistic'
      ? Math.log(share / (1 - share))
      : Math.log(-Math.log(1 - share))

test('simulated customers, half of whom came under watch late: intervals hold the truth about as often as they say', () => {
  const runs = 120
  for (const name of distributions) {
    const scale = name === 'exponential' ? 1 : 0.6
    const held = { ratio: 0, median: 0 }
    for (let run = 1; run <= runs; run += 1) {
      const next = uniforms(run * 15_485_863)
      const rows = Array.from({ length: 400 }, () => {
        const x = next() < 0.5 ? 1 : 0
        const [stay, entry, watched] = [
          Math.exp(2 + 0.5 * x + scale * errorOf(name, next())),
          next() < 0.5 ? 0 : 3 * next(),
          5 + 20 * next(),
        ]
        return { x, entry, time: Math.min(stay, watched), ended: stay <= watched }
      }).filter(({ entry, time }) => entry < time)
      const fit = unwrap(
        lifetimeRegression(
          {
            times: rows.map(({ time }) => time),
            ended: rows.map(({ ended }) => ended),
            entries: rows.map(({ entry }) => entry),
            covariates: [{ name: 'x', values: rows.map(({ x }) => x) }],
          },
          name,
        ),
      )
      const [ratio] = fit.coefficients
      const median = unwrap(lifetimeQuantile(fit, [1], 0.5))
      const truth = Math.exp(2.5 + scale * errorOf(name, 0.5))
      held.ratio += Number((ratio?.low ?? 9) <= Math.exp(0.5) && Math.exp(0.5) <= (ratio?.high ?? 0))
      held.median += Number(median.low <= truth && truth <= median.high)
    }
    const share = (count: number) => `${((100 * count) / runs).toFixed(1)} %`
    console.log(`${name}, 95 % intervals, ${runs} runs: ratio ${share(held.ratio)}, median ${share(held.median)}`)
    expect(Math.min(held.ratio, held.median) / runs).toBeGreaterThan(0.88)
  }
})

describe('predictions', () => {
  const months = {
    times: [2, 3, 4, 5, 6, 8, 9, 12],
    ended: [1, 1, 1, 1, 0, 1, 0, 0],
    covariates: [{ name: 'x', values: [1, 1, 0, 1, 0, 0, 1, 0] }],
  }

  test('curves fall from 1, within their intervals, and pass the quantiles', () => {
    for (const name of distributions) {
      const fit = unwrap(lifetimeRegression(months, name))
      const quantile = unwrap(lifetimeQuantile(fit, [1], 0.3))
      const { survival, low, high } = unwrap(lifetimeSurvival(fit, [1], [0, 1, 2, quantile.time, 100]))
      expect(survival[0]).toBe(1)
      expect(survival[3]).toBeCloseTo(0.7, 10)
      survival.forEach((share, at) => {
        expect(share).toBeLessThanOrEqual(survival[at - 1] ?? 1)
        expect(low[at]).toBeLessThanOrEqual(share)
        expect(high[at]).toBeGreaterThanOrEqual(share)
      })
      expect(quantile.low).toBeLessThan(quantile.time)
      expect(quantile.high).toBeGreaterThan(quantile.time)
      expect(unwrap(lifetimeQuantile(fit, [1], 0.3, 0.5)).high).toBeLessThan(quantile.high)
    }
  })

  test('faults', () => {
    const fit = unwrap(lifetimeRegression(months, 'weibull'))
    const paths = (result: ReturnType<typeof lifetimeQuantile> | ReturnType<typeof lifetimeSurvival>) =>
      result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []
    expect(paths(lifetimeQuantile(fit, [Number.NaN, 1], 1, 0))).toEqual([
      'values.length',
      'values.0',
      'left',
      'confidence',
    ])
    expect(paths(lifetimeQuantile(fit, [-1e9], 0.5))).toEqual(['values'])
    expect(paths(lifetimeSurvival(fit, [], [-1], 1))).toEqual(['values.length', 'times.0', 'confidence'])
  })
})

describe('faults of regressions', () => {
  const times = [1, 2, 3, 4, 5, 6]
  const ended = [1, 1, 0, 1, 1, 0]
  const faults = (data: RegressionData, name: string = 'weibull', options = {}) => {
    const result = lifetimeRegression(data, name as LifetimeDistribution, options)
    return result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`) : []
  }

  test('all entries that are wrong are told', () => {
    expect(faults({ times: [0, 1], ended: [1, 3], covariates: [] }, 'gamma', { confidence: -1 })).toEqual([
      'OutOfRange confidence',
      'InvalidValue distribution',
      'InvalidValue ended.1',
      'InvalidValue times.0',
    ])
    expect(faults({ times, ended: times.map(() => 0), covariates: [] })).toEqual(['EmptySample ended'])
  })

  test('covariates that say nothing of their own, coefficients that run away, times that are all the same', () => {
    const constant = { name: 'constant', values: times.map(() => 4) }
    expect(faults({ times, ended, covariates: [constant] })).toEqual(['DependentCovariate covariates.0'])
    const stays = { name: 'stays', values: [0, 0, 1, 0, 0, 1] }
    for (const name of distributions) {
      expect(faults({ times, ended, covariates: [stays] }, name)).toEqual(['MonotoneLikelihood covariates.0'])
    }
    const same = { times: times.map(() => 3), ended: times.map(() => 1), covariates: [] }
    expect(faults(same)).toEqual(['NonConvergence times'])
    const odd = { name: 'odd', values: [0, 1, 0, 1, 0, 1] }
    const exact = { times: [2, 3, 2, 3, 2, 3], ended: times.map(() => 1), covariates: [odd] }
    expect(faults(exact, 'logNormal')).toEqual(['NonConvergence times'])
  })
})
