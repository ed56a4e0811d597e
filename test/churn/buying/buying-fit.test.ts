import { describe, expect, test } from 'vitest'
import { type BuyingModel, bgNbd, gompertzNbd, mbgNbd, paretoNbd, repeatBuying } from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { dataColumns } from '../public-data.ts'

const cdnow = () => {
  const columns = dataColumns('cdnow/cdnow_summary_btyd.csv')
  return columns && { repeats: columns('x'), recencies: columns('t.x'), ages: columns('T.cal') }
}

const near = (got: number, expected: number, share: number) => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(share * Math.abs(expected))
}

const pareto = { r: 0.5532770469, alpha: 10.57768346, s: 0.6062399891, beta: 11.66873529 }

interface Known<Name extends string> {
  readonly model: BuyingModel<Name>
  readonly parameters: { readonly [name in Name]: number }
  readonly standardErrors: { readonly [name in Name]: number }
  readonly logLikelihood: number
  readonly sumAlive: number
  readonly sumPurchases: number
}

const checkFit = <Name extends string>(known: Known<Name>, skip: () => void) => {
  const columns = cdnow()
  if (columns === undefined) return skip()
  const rows = unwrap(repeatBuying(columns))
  expect(rows.counts.length).toBe(1016)
  const fit = unwrap(known.model.fit(rows))
  const names = Object.keys(known.parameters) as Array<string> as Array<Name>
  for (const name of names) {
    near(fit.parameters[name], known.parameters[name], 1e-8)
    near(fit.standardErrors[name], known.standardErrors[name], 1e-6)
    expect(fit.intervals[name][0]).toBeLessThan(fit.parameters[name])
  }
  expect(Math.abs(fit.logLikelihood - known.logLikelihood)).toBeLessThan(1e-6)
  const scores = unwrap(known.model.score(fit.parameters, rows, 39))
  const total = (values: Float64Array) => values.reduce((sum, value, row) => sum + value * (rows.counts[row] ?? 0), 0)
  near(total(scores.probabilityAlive), known.sumAlive, 1e-8)
  near(total(scores.expectedPurchases), known.sumPurchases, 1e-8)
}

describe('CDNOW, as true maxima at 25 digits have it, and as the papers print it', () => {
  test('BG/NBD: .243 4.414 .793 2.426, −9582.4', ({ skip }) => {
    checkFit(
      {
        model: bgNbd,
        parameters: {
          r: 0.2425945224301571,
          alpha: 4.413602019013508,
          a: 0.7929220172256469,
          b: 2.425906776826535,
        },
        standardErrors: {
          r: 0.012557378067952027,
          alpha: 0.3782240598584495,
          a: 0.18573382157323834,
          b: 0.7054142606477966,
        },
        logLikelihood: -9582.42920667393,
        sumAlive: 1917.2776710397186,
        sumPurchases: 1653.4086979425267,
      },
      skip,
    )
  })

  test('MBG/NBD', ({ skip }) => {
    checkFit(
      {
        model: mbgNbd,
        parameters: {
          r: 0.5248431591062733,
          alpha: 6.183085279575848,
          a: 0.8913593907322677,
          b: 1.6140022401705378,
        },
        standardErrors: {
          r: 0.08326820692195602,
          alpha: 0.6956206440725516,
          a: 0.15478992825077093,
          b: 0.5374948009063413,
        },
        logLikelihood: -9582.135715553752,
        sumAlive: 1057.636370508106,
        sumPurchases: 1576.7283018961427,
      },
      skip,
    )
  })

  test('Pareto/NBD: .553 10.578 .606 11.669, −9595.0', ({ skip }) => {
    checkFit(
      {
        model: paretoNbd,
        parameters: {
          r: 0.5532770468531814,
          alpha: 10.577683463302325,
          s: 0.606239989127804,
          beta: 11.668735288854268,
        },
        standardErrors: {
          r: 0.04762792598446714,
          alpha: 0.8427225339716691,
          s: 0.18728134198838603,
          beta: 6.211113580469744,
        },
        logLikelihood: -9594.976178939545,
        sumAlive: 1051.8752471811943,
        sumPurchases: 1665.513107210197,
      },
      skip,
    )
  })

  test('in seconds and in years the same customers', ({ skip }) => {
    const columns = cdnow()
    if (columns === undefined) return skip()
    for (const model of [mbgNbd, bgNbd]) {
      const weeks = unwrap(model.fit(unwrap(repeatBuying(columns))))
      for (const factor of [604_800, 0.019164430816404752]) {
        const scaled = (times: ReadonlyArray<number>) => times.map((time) => time * factor)
        const rows = { repeats: columns.repeats, recencies: scaled(columns.recencies), ages: scaled(columns.ages) }
        const fit = unwrap(model.fit(unwrap(repeatBuying(rows))))
        near(fit.parameters.r, weeks.parameters.r, 1e-8)
        near(fit.parameters.a, weeks.parameters.a, 1e-8)
        near(fit.parameters.alpha, weeks.parameters.alpha * factor, 1e-8)
      }
    }
  })
})

describe('Gamma-Gompertz/NBD', () => {
  test('the simulated customers with a maximum inside', ({ skip }) => {
    const columns = dataColumns('models/ggosim_given.csv')
    if (columns === undefined) return skip()
    const rows = unwrap(repeatBuying({ repeats: columns('x'), recencies: columns('t_x'), ages: columns('T') }))
    const fit = unwrap(gompertzNbd.fit(rows))
    near(fit.parameters.r, 0.854777464759172, 1e-6)
    near(fit.parameters.alpha, 11.212127488770868, 1e-6)
    near(fit.parameters.b, 0.030572542512742953, 1e-6)
    near(fit.parameters.s, 0.6538318579515726, 1e-6)
    near(fit.parameters.beta, 0.47118233246410796, 1e-6)
    near(fit.standardErrors.b, 0.018331808678754148, 1e-4)
    near(fit.standardErrors.alpha, 0.636999768344125, 1e-4)
    expect(Math.abs(fit.logLikelihood + 36487.27783393359)).toBeLessThan(1e-6)
  })

  test('CDNOW has its best parameters at the boundary, and no number is returned', ({ skip }) => {
    const columns = cdnow()
    if (columns === undefined) return skip()
    const rows = unwrap(repeatBuying(columns))
    const fit = gompertzNbd.fit(rows)
    expect(fit).toMatchObject({ _tag: 'Left', left: { _tag: 'NoMaximum', path: ['b'] } })
    // b and β go to 0 together, β / b to the β of the Pareto/NBD, and the likelihood to its greatest.
    const point = fit._tag === 'Left' && fit.left._tag === 'NoMaximum' ? fit.left.point : []
    const [r = 0, alpha = 0, b = 1, s = 0, beta = 1] = point
    expect(b).toBeLessThan(1e-3)
    near(beta / b, pareto.beta, 0.05)
    near(r, pareto.r, 0.01)
    const sum = Array.from(rows.repeats).reduce((total, repeats, row) => {
      const buyer = { repeats, recency: rows.recencies[row] ?? 0, age: rows.ages[row] ?? 0 }
      return total + (rows.counts[row] ?? 0) * unwrap(gompertzNbd.logLikelihood({ r, alpha, b, s, beta }, buyer))
    }, 0)
    expect(Math.abs(sum + 9594.976178939545)).toBeLessThan(1e-3)
  })

  test('where b is small it is the Pareto/NBD of β / b', () => {
    const small = { ...pareto, b: 1e-7, beta: pareto.beta * 1e-7 }
    const buyer = { repeats: 3, recency: 20, age: 38.86 }
    near(unwrap(gompertzNbd.probabilityAlive(small, buyer)), unwrap(paretoNbd.probabilityAlive(pareto, buyer)), 1e-5)
    near(
      unwrap(gompertzNbd.expectedPurchases(small, buyer, 39)),
      unwrap(paretoNbd.expectedPurchases(pareto, buyer, 39)),
      1e-5,
    )
    near(unwrap(gompertzNbd.probabilityOf(small, 39, 4)), unwrap(paretoNbd.probabilityOf(pareto, 39, 4)), 1e-5)
    expect(unwrap(gompertzNbd.probabilityOf(small, 0, 0))).toBe(1)
  })
})

describe('data that best-known packages fail on', () => {
  test('daily users with hundreds of purchases', ({ skip }) => {
    const columns = dataColumns('models/stress_405_like.csv')
    if (columns === undefined) return skip()
    const rows = unwrap(repeatBuying({ repeats: columns('x'), recencies: columns('t_x'), ages: columns('T') }))
    const fit = unwrap(bgNbd.fit(rows))
    near(fit.parameters.r, 1.7797610855, 1e-6)
    near(fit.parameters.b, 31.289078165, 1e-6)
    near(unwrap(mbgNbd.fit(rows)).parameters.b, 27.62176247, 1e-6)
  })

  test('customers who never leave: a fault that says so, and no number', ({ skip }) => {
    const columns = dataColumns('models/stress_no_churn.csv')
    if (columns === undefined) return skip()
    const rows = unwrap(repeatBuying({ repeats: columns('x'), recencies: columns('t_x'), ages: columns('T') }))
    for (const fit of [bgNbd.fit(rows), mbgNbd.fit(rows), paretoNbd.fit(rows)]) {
      expect(fit).toMatchObject({ _tag: 'Left', left: { _tag: 'NoMaximum' } })
    }
  })

  test('nobody who came back', () => {
    const none = Array.from({ length: 500 }, () => 0)
    const rows = unwrap(repeatBuying({ repeats: none, recencies: none, ages: none.map(() => 39) }))
    for (const fit of [bgNbd.fit(rows), mbgNbd.fit(rows), paretoNbd.fit(rows)]) {
      expect(fit).toMatchObject({ _tag: 'Left', left: { _tag: 'EmptySample' } })
    }
  })
})
