import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CoxBaseline,
  type CoxData,
  coxBaseline,
  coxRegression,
  coxScores,
  coxSurvivalCurve,
  kaplanMeier,
  proportionalHazardsTest,
  type TimeTransform,
} from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { coxDataArbitrary, uniforms } from '../../arbitraries/survival.ts'

const next = uniforms(77)
const rows = Array.from({ length: 120 }, () => {
  const [x, y] = [next() < 0.5 ? 1 : 0, next()]
  const stay = -Math.log(next()) / Math.exp(x - y)
  return { time: Math.ceil(20 * Math.min(stay, 1.5)), ended: stay < 1.5, x, y }
})
const data = {
  times: rows.map(({ time }) => time),
  ended: rows.map(({ ended }) => ended),
  covariates: [
    { name: 'x', values: rows.map(({ x }) => x) },
    { name: 'y', values: rows.map(({ y }) => y) },
  ],
}
const fit = unwrap(coxRegression(data))

/** Of a stratum: how many should have left by the hazard, and how many did. */
const countsOf = (some: Required<CoxData>, scores: Float64Array, { stratum, times, cumulativeHazard }: CoxBaseline) => {
  const upTo = (time: number) => cumulativeHazard[times.findLastIndex((other) => other <= time)] ?? 0
  const within = Array.from(some.weights).flatMap((weight, row) =>
    some.strata[row] === stratum ? [{ weight, row }] : [],
  )
  const expected = within.map(({ weight, row }) => {
    const hazard = upTo(some.times[row] ?? 0) - upTo(some.entries[row] ?? 0)
    return weight * Math.exp(scores[row] ?? 0) * hazard
  })
  const ended = within.map(({ weight, row }) => (some.ended[row] === true ? weight : 0))
  const sum = (values: ReadonlyArray<number>) => values.reduce((total, value) => total + value, 0)
  return { expected: sum(expected), ended: sum(ended) }
}

describe('baseline', () => {
  test('martingale residuals of all rows add up to 0, in each stratum', () => {
    fc.assert(
      fc.property(coxDataArbitrary, fc.constantFrom('efron' as const, 'breslow' as const), (some, ties) => {
        const result = coxRegression(some, { ties })
        if (result._tag === 'Left') return
        const scores = unwrap(coxScores(result.right, some.covariates))
        for (const baseline of unwrap(coxBaseline(some, result.right))) {
          const { expected, ended } = countsOf(some, scores, baseline)
          // With Efron's ties those who leave together count less than their whole hazard.
          if (ties === 'breslow') expect(expected).toBeCloseTo(ended, 6)
          expect(expected).toBeGreaterThanOrEqual(ended - 1e-6)
        }
      }),
    )
  })

  test('where no covariate has any influence it is Nelson–Aalen’s hazard', () => {
    const flat = {
      ...fit,
      ties: 'breslow' as const,
      coefficients: fit.coefficients.map((one) => ({ ...one, coefficient: 0 })),
    }
    const [baseline] = unwrap(coxBaseline(data, flat))
    const curve = unwrap(kaplanMeier(data))
    baseline?.times.forEach((time, at) => {
      const row = curve.times.indexOf(time)
      expect(baseline.cumulativeHazard[at]).toBeCloseTo(curve.cumulativeHazard[row] ?? 0, 12)
      expect(Math.sqrt(baseline.hazardVariances[at] ?? 0)).toBeCloseTo(curve.hazardStandardErrors[row] ?? 0, 12)
    })
  })

  test('curves fall, lie within their intervals, and differ by the ratio of hazards', () => {
    const [baseline] = unwrap(coxBaseline(data, fit))
    if (baseline === undefined) throw new Error('no baseline')
    for (const interval of ['logLog', 'log', 'plain'] as const) {
      const curve = unwrap(coxSurvivalCurve(fit, baseline, [1, 0.5], { interval }))
      curve.survival.forEach((share, at) => {
        expect(share).toBeLessThan(at === 0 ? 1 : (curve.survival[at - 1] ?? 0))
        expect(curve.low[at]).toBeLessThan(share)
        expect(curve.high[at]).toBeGreaterThan(share)
      })
    }
    const [with1, with0] = [
      [1, 0.5],
      [0, 0.5],
    ].map((values) => unwrap(coxSurvivalCurve(fit, baseline, values)))
    const ratio = (with1?.cumulativeHazard[3] ?? 0) / (with0?.cumulativeHazard[3] ?? 1)
    expect(ratio).toBeCloseTo(fit.coefficients[0]?.ratio ?? 0, 10)
  })

  test('faults: other covariates, wrong values, wrong data', () => {
    const [x, y] = data.covariates
    if (x === undefined || y === undefined) throw new Error('no covariates')
    const swapped = { ...data, covariates: [y, x] }
    const wanted = { left: [{ _tag: 'InvalidValue', path: ['covariates'] }] }
    expect(coxBaseline(swapped, fit)).toMatchObject(wanted)
    expect(proportionalHazardsTest(swapped, fit)).toMatchObject(wanted)
    expect(coxScores(fit, [x])).toMatchObject(wanted)
    expect(coxScores(fit, [x, { name: 'y', values: [Number.NaN] }])).toMatchObject({
      left: [{ path: ['covariates', 1, 'values', 'length'] }],
    })
    const [baseline] = unwrap(coxBaseline(data, fit))
    if (baseline === undefined) throw new Error('no baseline')
    expect(coxSurvivalCurve(fit, baseline, [1e9, 0])).toMatchObject({
      left: [{ _tag: 'OutOfRange', path: ['values'] }],
    })
    const wrong = coxSurvivalCurve(fit, baseline, [Number.NaN], { confidence: 0 })
    expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual([
      'confidence',
      'values.length',
      'values.0',
    ])
  })
})

/** The likelihood's score for influences that drift with transformed time, by a numeric second covariate x · g(t). */
const driftStatistic = (some: CoxData, transformed: (time: number) => number): number => {
  // Rows cut at every end, so that x · g(t) is a covariate that changes with time.
  const ends = Array.from(new Set(Array.from(some.times).filter((_, row) => some.ended[row] === true))).sort(
    (a, b) => a - b,
  )
  const cut = Array.from({ length: some.times.length }, (_, row) => row).flatMap((row) => {
    const time = some.times[row] ?? 0
    const stops = [...ends.filter((end) => end < time), time]
    return stops.map((stop, at) => ({ row, entry: stops[at - 1] ?? 0, stop, isLast: stop === time }))
  })
  const x = some.covariates[0]?.values ?? []
  const drift = cut.map(({ row, stop }) => (x[row] ?? 0) * transformed(stop))
  const plain = cut.map(({ row }) => x[row] ?? 0)
  const long = {
    times: cut.map(({ stop }) => stop),
    entries: cut.map(({ entry }) => entry),
    ended: cut.map(({ row, isLast }) => isLast && some.ended[row] === true),
  }
  const both = unwrap(
    coxRegression({
      ...long,
      covariates: [
        { name: 'x', values: plain },
        { name: 'drift', values: drift },
      ],
    }),
  )
  const alone = unwrap(coxRegression({ ...long, covariates: [{ name: 'x', values: plain }] }))
  return 2 * (both.logLikelihood - alone.logLikelihood)
}

describe('the test of proportional hazards', () => {
  test('is near the likelihood ratio of a covariate that drifts with time', () => {
    const one = { ...data, covariates: data.covariates.slice(0, 1) }
    const test1 = unwrap(proportionalHazardsTest(one, unwrap(coxRegression(one)), 'identity'))
    expect(Math.abs(test1.together.statistic - driftStatistic(one, (time) => time))).toBeLessThan(0.1)
  })

  test('finds an influence that turns with time, and none where there is none', () => {
    const draw = uniforms(5)
    const turned = Array.from({ length: 400 }, () => {
      const x = draw() < 0.5 ? 1 : 0
      const early = -Math.log(draw()) / Math.exp(1.2 * x)
      return { x, time: early < 0.5 ? early : 0.5 - Math.log(draw()) / Math.exp(-1.2 * x) }
    })
    const some = {
      times: turned.map(({ time }) => time),
      ended: turned.map(() => true),
      covariates: [{ name: 'x', values: turned.map(({ x }) => x) }],
    }
    const found = unwrap(proportionalHazardsTest(some, unwrap(coxRegression(some))))
    expect(found.together.pValue).toBeLessThan(1e-6)
    expect(unwrap(proportionalHazardsTest(data, fit)).together.pValue).toBeGreaterThan(0.01)
    // Early residuals lie above the coefficient, late ones below.
    const residuals = found.scaledResiduals[0] ?? new Float64Array(0)
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(residuals.subarray(0, 200))).toBeGreaterThan(mean(residuals.subarray(200)) + 1)
    expect(Array.from(found.times)).toEqual(Array.from(found.times).sort((a, b) => a - b))
    expect(found.transformed[0]).toBe(0)
  })

  test('transforms: unit and origin of time do not matter, logarithms of 0 and other names are faults', () => {
    const stretched = { ...data, times: data.times.map((time) => 1000 * time) }
    for (const transform of ['kaplanMeier', 'rank', 'identity', 'log'] as const) {
      const [short, long] = [data, stretched].map((some) => unwrap(proportionalHazardsTest(some, fit, transform)))
      expect(short?.together.statistic).toBeCloseTo(long?.together.statistic ?? Number.NaN, 9)
    }
    expect(proportionalHazardsTest(data, fit, 'square' as TimeTransform)).toMatchObject({
      left: [{ path: ['transform'] }],
    })
    const atZero = { ...data, times: data.times.map((time) => time - Math.min(...data.times)) }
    expect(proportionalHazardsTest(atZero, fit, 'log')).toMatchObject({ left: [{ path: ['transform'] }] })
    const few = { times: [1, 2, 3], ended: [1, 0, 0], covariates: [{ name: 'x', values: [1, 0, 2] }] }
    const few0 = { ...fit, coefficients: fit.coefficients.slice(0, 1) }
    expect(proportionalHazardsTest(few, few0)).toMatchObject({ left: [{ _tag: 'ZeroDenominator' }] })
  })
})
