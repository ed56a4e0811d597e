import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betaGeometricKernel } from '../../src/churn/beta-geometric.ts'
import type { BuyingKernel } from '../../src/churn/buying-kernel.ts'
import {
  type BuyingModel,
  bgNbd,
  mbgNbd,
  paretoNbd,
  type RepeatBuyer,
  repeatBuying,
  repeatBuyingMonoid,
} from '../../src/churn/index.ts'
import { paretoNbdKernel } from '../../src/churn/pareto-nbd.ts'
import { unwrap } from '../../src/foundation/index.ts'
import { dataColumns } from './public-data.ts'

const cdnow = () => {
  const columns = dataColumns('cdnow/cdnow_summary_btyd.csv')
  return columns && { repeats: columns('x'), recencies: columns('t.x'), ages: columns('T.cal') }
}

const near = (got: number, expected: number, share: number) => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(share * Math.abs(expected))
}

const betaGeometric = { r: 0.5248431591, alpha: 6.18308528, a: 0.8913593907, b: 1.61400224 }
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

const someBuyer: fc.Arbitrary<RepeatBuyer> = fc
  .record({
    repeats: fc.integer({ min: 0, max: 300 }),
    recency: fc.double({ min: 0.001, max: 1, noNaN: true }),
    age: fc.double({ min: 0.5, max: 200, noNaN: true }),
  })
  .map(({ repeats, recency, age }) => ({ repeats, recency: repeats === 0 ? 0 : recency * age, age }))

const parameter = fc.double({ min: -2.5, max: 2.5, noNaN: true }).map(Math.exp)
const somePareto = fc.record({ r: parameter, alpha: parameter, s: parameter, beta: parameter })
const someBetaGeometric = fc.record({ r: parameter, alpha: parameter, a: parameter, b: parameter })

const laws = <Name extends string>(
  model: BuyingModel<Name>,
  kernel: BuyingKernel<Name>,
  parameters: fc.Arbitrary<{ readonly [name in Name]: number }>,
) => {
  describe(`laws of ${model.name}`, () => {
    test('P(alive) is a probability and falls with silence', () => {
      fc.assert(
        fc.property(parameters, someBuyer, fc.double({ min: 0, max: 500, noNaN: true }), (p, buyer, longer) => {
          const now = unwrap(model.probabilityAlive(p, buyer))
          const later = unwrap(model.probabilityAlive(p, { ...buyer, age: buyer.age + longer }))
          expect(now).toBeGreaterThanOrEqual(0)
          expect(now).toBeLessThanOrEqual(1)
          expect(later).toBeLessThanOrEqual(now * (1 + 1e-12))
        }),
      )
    })

    test('the expectation rises with the horizon, from 0', () => {
      fc.assert(
        fc.property(parameters, someBuyer, fc.double({ min: 0.01, max: 100, noNaN: true }), (p, buyer, horizon) => {
          const short = unwrap(model.expectedPurchases(p, buyer, horizon))
          const long = unwrap(model.expectedPurchases(p, buyer, 2 * horizon))
          expect(unwrap(model.expectedPurchases(p, buyer, 0))).toBe(0)
          expect(long).toBeGreaterThanOrEqual(short * (1 - 1e-11))
          expect(long).toBeLessThanOrEqual(2 * short * (1 + 1e-11))
        }),
      )
    })

    test('the numbers of purchases have probabilities that sum to 1 and the mean of newCustomerPurchases', () => {
      fc.assert(
        fc.property(parameters, (p) => {
          const horizon = 1.5
          const counts = Array.from({ length: 400 }, (_, count) => unwrap(model.probabilityOf(p, horizon, count)))
          const total = counts.reduce((sum, probability) => sum + probability, 0)
          const mean = counts.reduce((sum, probability, count) => sum + probability * count, 0)
          fc.pre((counts[399] ?? 1) < 1e-16)
          expect(Math.abs(total - 1)).toBeLessThan(1e-11)
          near(mean, unwrap(model.newCustomerPurchases(p, horizon)), 1e-10)
        }),
        { numRuns: 15 },
      )
    })

    test('the gradient that a fit follows is that of the likelihoods of all customers, by finite differences', () => {
      fc.assert(
        fc.property(parameters, fc.array(someBuyer, { minLength: 1, maxLength: 20 }), (p, buyers) => {
          const rows = unwrap(
            repeatBuying({
              repeats: buyers.map(({ repeats }) => repeats),
              recencies: buyers.map(({ recency }) => recency),
              ages: buyers.map(({ age }) => age),
            }),
          )
          const values = Float64Array.from(kernel.names, (name) => p[name])
          const { value, gradient } = kernel.evaluate(values, rows)
          const sum = buyers.reduce((total, buyer) => total + unwrap(model.logLikelihood(p, buyer)), 0)
          expect(Math.abs(value - sum)).toBeLessThan(1e-11 * Math.max(1, Math.abs(sum)) * buyers.length)
          kernel.names.forEach((_, index) => {
            const width = 1e-4 * (values[index] ?? 0)
            const at = (shift: number) => {
              const moved = values.map((old, place) => old + (place === index ? shift * width : 0))
              return kernel.evaluate(moved, rows).value
            }
            const slope = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * width)
            const scale = Math.max(1, Math.abs(value)) / (values[index] ?? 1)
            expect(Math.abs((gradient[index] ?? Number.NaN) - slope)).toBeLessThan(1e-8 * scale)
          })
        }),
      )
    })

    test('every fault is reported, each at its place', () => {
      const broken = { ...fc.sample(parameters, 1)[0], r: -1, alpha: Number.NaN } as { readonly [name in Name]: number }
      const result = model.expectedPurchases(broken, { repeats: 1.5, recency: 9, age: 3 }, -1)
      const paths = result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []
      expect(paths).toEqual(['parameters.r', 'parameters.alpha', 'repeats', 'recency', 'horizon'])
    })
  })
}

laws(bgNbd, betaGeometricKernel(0), someBetaGeometric)
laws(mbgNbd, betaGeometricKernel(1), someBetaGeometric)
laws(paretoNbd, paretoNbdKernel, somePareto)

test('BG/NBD calls everybody who bought once alive; the other two do not', () => {
  fc.assert(
    fc.property(someBetaGeometric, fc.double({ min: 0.1, max: 1000, noNaN: true }), (p, age) => {
      expect(unwrap(bgNbd.probabilityAlive(p, { repeats: 0, recency: 0, age }))).toBe(1)
      expect(unwrap(mbgNbd.probabilityAlive(p, { repeats: 0, recency: 0, age }))).toBeLessThan(1)
    }),
  )
})

test('what is out of reach of numbers is a fault, not NaN', () => {
  const huge = { r: 1e9, alpha: 1, a: 1, b: 1 }
  expect(bgNbd.probabilityOf(huge, 1, 2)).toMatchObject({ _tag: 'Left', left: [{ path: ['parameters'] }] })
})

describe('slow formulas', () => {
  const midpoints = (steps: number) => Array.from({ length: steps }, (_, index) => (index + 0.5) / steps)

  test('the odds of the Pareto/NBD by two hundred thousand rectangles over the time of leaving', () => {
    const { r, alpha, s, beta } = pareto
    for (const { repeats, recency, age } of [
      { repeats: 0, recency: 0, age: 38.86 },
      { repeats: 7, recency: 29.4, age: 38.86 },
      { repeats: 40, recency: 30, age: 38.86 },
    ]) {
      const steps = 200_000
      const odds = midpoints(steps).reduce((sum, place) => {
        const u = recency + (age - recency) * place
        const since = (r + repeats) * Math.log((alpha + age) / (alpha + u)) + s * Math.log((beta + age) / (beta + u))
        return sum + (s / (beta + u)) * Math.exp(since) * ((age - recency) / steps)
      }, 0)
      near(unwrap(paretoNbd.logOddsGone(pareto, { repeats, recency, age })), Math.log(odds), 1e-7)
    }
  })

  test('the expectation of the MBG/NBD by rectangles over the chance to leave', () => {
    const { r, alpha, a, b } = betaGeometric
    const buyer = { repeats: 3, recency: 28, age: 38.86 }
    const [shape, rate, second] = [r + 3, alpha + buyer.age, b + 4]
    const steps = 400_000
    let [weights, sum] = [0, 0]
    for (const place of midpoints(steps)) {
      const p = place ** 4
      const weight = p ** (a - 1) * (1 - p) ** (second - 1) * 4 * place ** 3
      weights += weight
      sum += (weight * (1 - (1 + (39 * p) / rate) ** -shape)) / p
    }
    const alive = unwrap(mbgNbd.probabilityAlive(betaGeometric, buyer))
    near(unwrap(mbgNbd.expectedPurchases(betaGeometric, buyer, 39)), (alive * sum) / weights, 1e-8)
  })
})

describe('rows', () => {
  const columns = fc
    .array(someBuyer.map((buyer) => ({ ...buyer, age: Math.ceil(buyer.age), recency: Math.floor(buyer.recency) })))
    .map((buyers) => ({
      repeats: buyers.map(({ repeats }) => repeats % 4),
      recencies: buyers.map(({ recency, repeats }) => (repeats % 4 === 0 ? 0 : recency)),
      ages: buyers.map(({ age }) => age),
    }))

  test('of parts, merged, are those of the whole', () => {
    fc.assert(
      fc.property(columns, columns, (first, second) => {
        const whole = {
          repeats: [...first.repeats, ...second.repeats],
          recencies: [...first.recencies, ...second.recencies],
          ages: [...first.ages, ...second.ages],
        }
        const [left, right] = [unwrap(repeatBuying(first)), unwrap(repeatBuying(second))]
        expect(repeatBuyingMonoid.concat(left, right)).toEqual(unwrap(repeatBuying(whole)))
        expect(repeatBuyingMonoid.concat(left, repeatBuyingMonoid.empty)).toEqual(left)
      }),
    )
  })

  test('count every customer once', () => {
    fc.assert(
      fc.property(columns, (many) => {
        const rows = unwrap(repeatBuying(many))
        expect(rows.counts.reduce((sum, count) => sum + count, 0)).toBe(many.repeats.length)
        const keys = Array.from(rows.repeats, (x, row) => [x, rows.recencies[row], rows.ages[row]].join())
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })

  test('with columns of different lengths, and rows that are impossible, are refused', () => {
    const short = repeatBuying({ repeats: [1, 2], recencies: [1], ages: [2, 2] })
    expect(short).toMatchObject({ _tag: 'Left', left: [{ path: ['recencies', 'length'] }] })
    const wrong = repeatBuying({ repeats: [1, 0], recencies: [3, 1], ages: [2, 2], counts: [0, 1] })
    expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual([
      '0.recency',
      '0.count',
      '1.recency',
    ])
  })
})
