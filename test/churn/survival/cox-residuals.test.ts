import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CoxData, type CoxFit, coxRegression, coxResiduals, coxRobustErrors } from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { coxDataArbitrary } from '../../arbitraries/survival.ts'

const tieMethod = fc.constantFrom('efron' as const, 'breslow' as const)

const fitsOf = (data: CoxData, ties: 'efron' | 'breslow'): ReadonlyArray<CoxFit> => {
  const fit = coxRegression(data, { ties })
  return fit._tag === 'Right' ? [fit.right] : []
}

const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0)

describe('residuals', () => {
  test('by weight add up to 0 in each stratum, with both ways of ties, and none is above 1', () => {
    fc.assert(
      fc.property(coxDataArbitrary, tieMethod, (data, ties) => {
        for (const fit of fitsOf(data, ties)) {
          const { martingale, deviance } = unwrap(coxResiduals(data, fit))
          for (const stratum of ['web', 'shop']) {
            const within = martingale.map((value, row) =>
              data.strata[row] === stratum ? value * (data.weights[row] ?? 0) : 0,
            )
            expect(total(within)).toBeCloseTo(0, 6)
          }
          martingale.forEach((value, row) => {
            expect(value).toBeLessThanOrEqual(1)
            expect(Math.sign(deviance[row] ?? 0) * Math.sign(value)).toBeGreaterThanOrEqual(0)
          })
        }
      }),
    )
  })

  test('of a row cut in two add up to that of the whole', () => {
    const whole = {
      times: [2, 3, 4, 5, 6, 8, 9, 12],
      ended: [1, 1, 1, 1, 0, 1, 0, 0],
      covariates: [{ name: 'x', values: [1, 1, 0, 1, 0, 0, 1, 0] }],
    }
    const cut = {
      times: [...whole.times, 4],
      ended: [...whole.ended, 0],
      entries: [0, 0, 0, 0, 0, 0, 0, 4, 0],
      covariates: [{ name: 'x', values: [1, 1, 0, 1, 0, 0, 1, 0, 0] }],
    }
    const fit = unwrap(coxRegression(whole))
    const [first, second] = [unwrap(coxResiduals(whole, fit)), unwrap(coxResiduals(cut, fit))]
    expect((second.martingale[7] ?? 0) + (second.martingale[8] ?? 0)).toBeCloseTo(first.martingale[7] ?? 0, 12)
  })
})

/** Each row's score with Breslow's ties, as the paper has it. */
const slowScores = (data: Required<CoxData>, fit: CoxFit): ReadonlyArray<ReadonlyArray<number>> => {
  const rows = Array.from({ length: data.times.length }, (_, row) => row)
  const x = (row: number) => data.covariates.map(({ values }) => values[row] ?? 0)
  const risk = (row: number) =>
    (data.weights[row] ?? 0) *
    Math.exp(total(x(row).map((value, at) => value * (fit.coefficients[at]?.coefficient ?? 0))))
  const atRisk = (time: number, stratum: unknown) =>
    rows.filter((row) => {
      const entry = data.entries[row] ?? 0
      return data.strata[row] === stratum && (data.times[row] ?? 0) >= time && (entry < time || entry === 0)
    })
  const mean = (time: number, stratum: unknown) => {
    const set = atRisk(time, stratum)
    return [0, 1].map((at) => total(set.map((row) => risk(row) * (x(row)[at] ?? 0))) / total(set.map(risk)))
  }
  const ends = rows.filter((row) => data.ended[row] === true)
  return rows.map((row) => {
    const own = data.ended[row] === true ? mean(data.times[row] ?? 0, data.strata[row]) : x(row)
    const through = ends.filter((end) => atRisk(data.times[end] ?? 0, data.strata[end]).includes(row))
    return [0, 1].map((at) => {
      const expected = through.map((end) => {
        const time = data.times[end] ?? 0
        const hazard = (data.weights[end] ?? 0) / total(atRisk(time, data.strata[end]).map(risk))
        const distance = (x(row)[at] ?? 0) - (mean(time, data.strata[end])[at] ?? 0)
        return distance * hazard * (risk(row) / (data.weights[row] ?? 1))
      })
      return (data.weights[row] ?? 0) * ((x(row)[at] ?? 0) - (own[at] ?? 0) - total(expected))
    })
  })
}

const slowSandwich = (data: Required<CoxData>, fit: CoxFit, clusters: ReadonlyArray<number>) => {
  const scores = slowScores(data, fit)
  const sums = Array.from(new Set(clusters)).map((cluster) =>
    [0, 1].map((at) => total(scores.filter((_, row) => clusters[row] === cluster).map((score) => score[at] ?? 0))),
  )
  const influence = sums.map((sum) =>
    fit.covariance.map((row) => total(row.map((value, at) => value * (sum[at] ?? 0)))),
  )
  return [0, 1].map((row) =>
    [0, 1].map((column) => total(influence.map((one) => (one[row] ?? 0) * (one[column] ?? 0)))),
  )
}

describe('robust errors', () => {
  test('are the sandwich of each row’s score, added up by cluster', () => {
    fc.assert(
      fc.property(coxDataArbitrary, (data) => {
        const clusters = Array.from(data.times, (_, row) => row % 4)
        for (const fit of fitsOf(data, 'breslow')) {
          const slow = slowSandwich(data, fit, clusters).flat()
          const robust = coxRobustErrors(data, fit, clusters)
          const size = 1 + Math.max(...fit.covariance.flat().map(Math.abs)) ** 2
          if (robust._tag === 'Left') {
            // Where the scores of every cluster add up to nothing, there is no error to be told.
            expect(robust.left.map(({ _tag }) => _tag)).toEqual(['ZeroDenominator'])
            expect(
              Math.min(...fit.covariance.map((_, at) => slow[at * (fit.covariance.length + 1)] ?? 1)),
            ).toBeLessThan(1e-12 * size)
            continue
          }
          const { covariance } = robust.right
          covariance.flat().forEach((value, at) => {
            expect(value / size).toBeCloseTo((slow[at] ?? Number.NaN) / size, 7)
          })
        }
      }),
    )
  })

  test('each row twice, as one cluster, has the errors of the rows alone', () => {
    const months = {
      times: [2, 3, 4, 5, 6, 8, 9, 12],
      ended: [1, 1, 1, 1, 0, 1, 0, 0],
      covariates: [{ name: 'x', values: [1, 1, 0, 1, 0, 0, 1, 0] }],
    }
    const rows = [0, 1, 2, 3, 4, 5, 6, 7]
    const twice = {
      times: [...months.times, ...months.times],
      ended: [...months.ended, ...months.ended],
      covariates: months.covariates.map(({ name, values }) => ({ name, values: [...values, ...values] })),
    }
    const alone = unwrap(coxRobustErrors(months, unwrap(coxRegression(months, { ties: 'breslow' }))))
    const fit = unwrap(coxRegression(twice, { ties: 'breslow' }))
    const both = unwrap(coxRobustErrors(twice, fit, [...rows, ...rows]))
    expect(both.coefficients[0]?.standardError).toBeCloseTo(alone.coefficients[0]?.standardError ?? 0, 10)
    expect(unwrap(coxRobustErrors(twice, fit, [...rows, ...rows], 0.5)).coefficients[0]?.high).toBeLessThan(
      both.coefficients[0]?.high ?? 0,
    )
  })

  test('faults', () => {
    const months = { times: [1, 2, 3], ended: [1, 1, 0], covariates: [{ name: 'x', values: [1, 0, 2] }] }
    const fit = unwrap(coxRegression(months))
    const paths = (result: ReturnType<typeof coxRobustErrors> | ReturnType<typeof coxResiduals>) =>
      result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []
    expect(paths(coxRobustErrors({ ...months, covariates: [] }, fit, [1, Number.NaN, 'a'], 0))).toEqual([
      'confidence',
      'covariates',
      'covariates',
      'clusters.1',
    ])
    expect(paths(coxRobustErrors(months, fit, [1]))).toEqual(['clusters.length'])
    expect(coxRobustErrors(months, fit, ['a', 'a', 'a'])).toMatchObject({ left: [{ _tag: 'ZeroDenominator' }] })
    expect(paths(coxResiduals({ ...months, covariates: [] }, fit))).toEqual(['covariates', 'covariates'])
  })
})
