import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BuyingModel,
  bgNbd,
  type CovariateFit,
  gompertzNbd,
  mbgNbd,
  paretoNbd,
  type RepeatBuyerColumns,
  repeatBuying,
} from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { uniforms } from '../../../src/statistics/index.ts'
import { dataColumns } from '../public-data.ts'

const near = (got: number | undefined, expected: number, share: number) => {
  expect(Math.abs((got ?? Number.NaN) - expected)).toBeLessThanOrEqual(share * Math.abs(expected))
}

/** Customers of whom some were won by a friend and some live near: what the first changes is known. */
const simulated = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: { readonly [name in Name]: number },
  customers: number,
  effects: readonly [number, number],
) => {
  const next = uniforms({ seed: 5, stream: 0 })
  const friend = Array.from({ length: customers }, () => (next() < 0.4 ? 1 : 0))
  const distance = Array.from({ length: customers }, () => Math.floor(next() * 5) / 2)
  const known = {
    parameters,
    purchaseEffects: [{ name: 'friend', effect: effects[0], standardError: 0, interval: [0, 0] }],
    leavingEffects: [{ name: 'friend', effect: effects[1], standardError: 0, interval: [0, 0] }],
  } as unknown as CovariateFit<Name>
  const [repeats, recencies, ages] = [0, 1, 2].map(() => new Float64Array(customers)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  friend.forEach((fact, row) => {
    const own = unwrap(model.parametersOf(known, { purchases: [fact], leaving: [fact] }))
    const one = unwrap(model.simulate(own, [50 + (row % 40)], row))
    repeats[row] = one.repeats[0] ?? 0
    recencies[row] = one.recencies[0] ?? 0
    ages[row] = one.ages[0] ?? 0
  })
  const columns: RepeatBuyerColumns = { repeats, recencies, ages }
  const covariates = {
    purchases: [
      { name: 'friend', values: friend },
      { name: 'distance', values: distance },
    ],
    leaving: [{ name: 'friend', values: friend }],
  }
  return { columns, covariates, friend, distance }
}

const pareto = { r: 0.9, alpha: 8, s: 0.8, beta: 12 }
const betaGeometric = { r: 0.9, alpha: 6, a: 0.9, b: 1.8 }

describe('effects that customers were simulated with', () => {
  const check = <Name extends string>(model: BuyingModel<Name>, parameters: { readonly [name in Name]: number }) => {
    const { columns, covariates } = simulated(model, parameters, 6000, [0.5, -0.6])
    const fit = unwrap(model.fitWithCovariates(columns, covariates))
    const [friend, distance] = fit.purchaseEffects
    const [leaving] = fit.leavingEffects
    expect([friend?.name, distance?.name, leaving?.name]).toEqual(['friend', 'distance', 'friend'])
    const within = (effect: typeof friend, truth: number) => {
      const off = ((effect?.effect ?? Number.NaN) - truth) / (effect?.standardError ?? 1)
      expect(Math.abs(off)).toBeLessThan(3.5)
      expect(effect?.standardError).toBeLessThan(0.25)
      near((effect?.interval[1] ?? 0) - (effect?.interval[0] ?? 0), 2 * 1.96 * (effect?.standardError ?? 0), 1e-3)
    }
    within(friend, 0.5)
    within(distance, 0)
    within(leaving, -0.6)
    for (const name of Object.keys(parameters) as Array<string> as Array<Name>) {
      const [low, high] = fit.intervals[name]
      expect(parameters[name]).toBeGreaterThan(low / (high / low) ** 0.5)
      expect(parameters[name]).toBeLessThan(high * (high / low) ** 0.5)
    }
    const plain = unwrap(model.fit(unwrap(repeatBuying(columns))))
    expect(fit.logLikelihood).toBeGreaterThan(plain.logLikelihood)
  }

  test('BG/NBD', () => {
    check(bgNbd, betaGeometric)
  })

  test('Pareto/NBD', () => {
    check(paretoNbd, pareto)
  })
})

test('the likelihood is that of each customer with parameters of their own', () => {
  const { columns, covariates, friend, distance } = simulated(paretoNbd, pareto, 1500, [0.5, -0.6])
  const fit = unwrap(paretoNbd.fitWithCovariates(columns, covariates))
  const sum = friend.reduce<number>((total, fact, row) => {
    const own = unwrap(paretoNbd.parametersOf(fit, { purchases: [fact, distance[row] ?? 0], leaving: [fact] }))
    const buyer = {
      repeats: columns.repeats[row] ?? 0,
      recency: columns.recencies[row] ?? 0,
      age: columns.ages[row] ?? 0,
    }
    return total + unwrap(paretoNbd.logLikelihood(own, buyer))
  }, 0)
  near(fit.logLikelihood, sum, 1e-12)
})

test('a fact in another unit has its effect in that unit, and without facts the fit is the plain one', () => {
  const { columns, covariates } = simulated(mbgNbd, betaGeometric, 1500, [0.5, -0.6])
  const fit = unwrap(mbgNbd.fitWithCovariates(columns, covariates))
  const inCents = {
    ...covariates,
    purchases: covariates.purchases.map(({ name, values }) => ({ name, values: values.map((value) => value * 1e5) })),
  }
  const cents = unwrap(
    mbgNbd.fitWithCovariates({ ...columns, counts: columns.repeats.length ? Array(1500).fill(1) : [] }, inCents),
  )
  near(cents.purchaseEffects[0]?.effect, (fit.purchaseEffects[0]?.effect ?? 0) / 1e5, 1e-7)
  const none = unwrap(mbgNbd.fitWithCovariates(columns, { purchases: [], leaving: [] }))
  near(none.parameters.a, unwrap(mbgNbd.fit(unwrap(repeatBuying(columns)))).parameters.a, 1e-9)
  expect(none.leavingEffects).toEqual([])
})

test('the Gamma-Gompertz/NBD takes facts too, by a search without second derivatives', () => {
  const parameters = { r: 1, alpha: 8, b: 0.06, s: 0.35, beta: 0.3 }
  const { columns, covariates } = simulated(gompertzNbd, parameters, 1200, [0.5, 0])
  const fit = unwrap(
    gompertzNbd.fitWithCovariates(columns, { purchases: covariates.purchases.slice(0, 1), leaving: [] }),
  )
  expect(Math.abs((fit.purchaseEffects[0]?.effect ?? 0) - 0.5)).toBeLessThan(
    4 * (fit.purchaseEffects[0]?.standardError ?? 0),
  )
})

test('customers who differ in nothing but by chance, two facts that are one, and facts that are none', () => {
  // Everybody leaves after each purchase with the same chance: a and b run off, as on the apparel data of CLVTools.
  const alike = simulated(bgNbd, { r: 0.9, alpha: 6, a: 3e6, b: 9e6 }, 3000, [0.3, 0])
  const atBoundary = bgNbd.fitWithCovariates(alike.columns, { ...alike.covariates, leaving: [] })
  expect(atBoundary).toMatchObject({ _tag: 'Left', left: [{ _tag: 'NoMaximum' }] })

  const { columns, friend } = simulated(bgNbd, betaGeometric, 800, [0.3, 0])
  const twice = bgNbd.fitWithCovariates(columns, {
    purchases: [
      { name: 'friend', values: friend },
      { name: 'stranger', values: friend.map((fact) => 1 - fact) },
      { name: 'double', values: friend.map((fact) => 2 * fact) },
    ],
    leaving: [],
  })
  expect(twice).toMatchObject({ _tag: 'Left', left: [{ _tag: 'NoMaximum', seen: 'flat' }] })

  const wrong = bgNbd.fitWithCovariates(columns, {
    purchases: [{ name: 'same', values: friend.map(() => 1) }],
    leaving: [
      { name: 'short', values: [1] },
      { name: 'none', values: friend.map((_, row) => (row === 7 ? Number.NaN : row)) },
    ],
  })
  expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual([
    'purchases.same',
    'leaving.short.length',
    'leaving.none.7',
  ])
  const few = { repeats: [1, 0], recencies: [2, 0], ages: [9, 9] }
  const facts = { purchases: [{ name: 'friend', values: [0, 1] }], leaving: [] }
  expect(bgNbd.fitWithCovariates(few, facts)).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  expect(bgNbd.fitWithCovariates({ ...few, ages: [1, 9] }, facts)).toMatchObject({ left: [{ path: [0, 'recency'] }] })
  const fit = unwrap(bgNbd.fitWithCovariates(columns, { purchases: [{ name: 'friend', values: friend }], leaving: [] }))
  expect(bgNbd.parametersOf(fit, { purchases: [], leaving: [Number.NaN] })).toMatchObject({
    left: [{ path: ['purchases'] }, { path: ['leaving'] }],
  })
})

describe('a prior', () => {
  const rows = () => {
    const ages = Array.from({ length: 400 }, (_, row) => 30 + (row % 30))
    return unwrap(repeatBuying(unwrap(paretoNbd.simulate(pareto, ages, 3))))
  }

  test('that says next to nothing changes nothing, one that is sure has its way', () => {
    const plain = unwrap(paretoNbd.fit(rows()))
    const wide = { r: { median: 1, logDeviation: 1000 }, beta: { median: 3, logDeviation: 1000 } }
    const weak = unwrap(paretoNbd.fitWithPrior(rows(), wide))
    near(weak.parameters.beta, plain.parameters.beta, 1e-4)
    near(weak.logLikelihood, plain.logLikelihood, 1e-9)
    const sure = unwrap(paretoNbd.fitWithPrior(rows(), { beta: { median: 20, logDeviation: 0.001 } }))
    near(sure.parameters.beta, 20, 1e-3)
    near(sure.standardErrors.beta, 0.02, 1e-2)
    expect(sure.logLikelihood).toBeLessThan(plain.logLikelihood)
    const sum = Array.from(rows().repeats).reduce((total, repeats, row) => {
      const buyer = { repeats, recency: rows().recencies[row] ?? 0, age: rows().ages[row] ?? 0 }
      return total + (rows().counts[row] ?? 0) * unwrap(paretoNbd.logLikelihood(sure.parameters, buyer))
    }, 0)
    near(sure.logLikelihood, sum, 1e-12)
  })

  test('lies between the data and the belief', () => {
    const plain = unwrap(paretoNbd.fit(rows()))
    fc.assert(
      fc.property(fc.double({ min: 2, max: 200, noNaN: true }), (median) => {
        const fit = unwrap(paretoNbd.fitWithPrior(rows(), { beta: { median, logDeviation: 0.3 } }))
        const [low, high] = [Math.min(median, plain.parameters.beta), Math.max(median, plain.parameters.beta)]
        expect(fit.parameters.beta).toBeGreaterThanOrEqual(low * 0.999)
        expect(fit.parameters.beta).toBeLessThanOrEqual(high * 1.001)
        expect(fit.standardErrors.beta / fit.parameters.beta).toBeLessThan(0.35)
      }),
      { numRuns: 8 },
    )
  })

  test('gives CDNOW an interior Gamma-Gompertz/NBD, and customers who never leave an answer', ({ skip }) => {
    const [cdnow, loyal] = [dataColumns('cdnow/cdnow_summary_btyd.csv'), dataColumns('models/stress_no_churn.csv')]
    if (cdnow === undefined || loyal === undefined) return skip()
    const buyers = unwrap(repeatBuying({ repeats: cdnow('x'), recencies: cdnow('t.x'), ages: cdnow('T.cal') }))
    const fit = unwrap(gompertzNbd.fitWithPrior(buyers, { b: { median: 0.01, logDeviation: 0.5 } }))
    near(fit.parameters.b, 0.01, 0.6)
    const stay = unwrap(repeatBuying({ repeats: loyal('x'), recencies: loyal('t_x'), ages: loyal('T') }))
    const believed = unwrap(
      paretoNbd.fitWithPrior(stay, { s: { median: 0.5, logDeviation: 0.5 }, beta: { median: 50, logDeviation: 1 } }),
    )
    expect(believed.parameters.s).toBeLessThan(0.5)
  })

  test('that is none is refused, at its place', () => {
    const broken = { r: { median: 0, logDeviation: 1 }, s: { median: 1, logDeviation: 0 } }
    const paths = ['prior.r.median', 'prior.s.logDeviation']
    const plain = paretoNbd.fitWithPrior(rows(), broken)
    expect(plain._tag === 'Left' && plain.left.map(({ path }) => path.join('.'))).toEqual(paths)
    const few = paretoNbd.fitWithCovariates(
      { repeats: [], recencies: [], ages: [] },
      { purchases: [], leaving: [] },
      broken,
    )
    expect(few._tag === 'Left' && few.left.map(({ path }) => path.join('.'))).toEqual(paths)
    const none = unwrap(repeatBuying({ repeats: [0], recencies: [0], ages: [0] }))
    expect(paretoNbd.fitWithPrior(none, {})).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
    const atOnce = {
      repeats: Array<number>(12).fill(1),
      recencies: Array<number>(12).fill(0),
      ages: Array<number>(12).fill(0),
    }
    expect(paretoNbd.fit(unwrap(repeatBuying(atOnce)))).toMatchObject({ left: { path: ['ages'] } })
  })
})
