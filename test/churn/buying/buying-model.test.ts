import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betaGeometricKernel } from '../../../src/churn/buying/beta-geometric.ts'
import type { BuyingKernel } from '../../../src/churn/buying/buying-kernel.ts'
import { gompertzNbdKernel } from '../../../src/churn/buying/gompertz-nbd.ts'
import { indexedRows } from '../../../src/churn/buying/indexed-rows.ts'
import { paretoNbdKernel } from '../../../src/churn/buying/pareto-nbd.ts'
import { regularBetaGeometricKernel } from '../../../src/churn/buying/regular-beta-geometric.ts'
import {
  type BuyingModel,
  bgNbd,
  gompertzNbd,
  mbgCnbd,
  mbgNbd,
  paretoNbd,
  type RepeatBuyer,
  repeatBuying,
} from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { repeatBuyerArbitrary } from '../../arbitraries/buying.ts'

const near = (got: number, expected: number, share: number) => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(share * Math.abs(expected))
}

const betaGeometric = { r: 0.5248431591, alpha: 6.18308528, a: 0.8913593907, b: 1.61400224 }
const pareto = { r: 0.5532770469, alpha: 10.57768346, s: 0.6062399891, beta: 11.66873529 }

const parameter = fc.double({ min: -2.5, max: 2.5, noNaN: true }).map(Math.exp)
const somePareto = fc.record({ r: parameter, alpha: parameter, s: parameter, beta: parameter })
const someGompertz = fc.record({ r: parameter, alpha: parameter, b: parameter, s: parameter, beta: parameter })
const someBetaGeometric = fc.record({ r: parameter, alpha: parameter, a: parameter, b: parameter })

const columnsOf = (buyers: ReadonlyArray<RepeatBuyer>) => ({
  repeats: buyers.map(({ repeats }) => repeats),
  recencies: buyers.map(({ recency }) => recency),
  ages: buyers.map(({ age }) => age),
})

const withCounts = (buyers: ReadonlyArray<RepeatBuyer>) => ({
  repeats: Float64Array.from(buyers, ({ repeats }) => repeats),
  recencies: Float64Array.from(buyers, ({ recency }) => recency),
  ages: Float64Array.from(buyers, ({ age }) => age),
  counts: Float64Array.from(buyers, () => 1),
})

const laws = <Name extends string>(
  model: BuyingModel<Name>,
  kernel: BuyingKernel<Name>,
  parameters: fc.Arbitrary<{ readonly [name in Name]: number }>,
  steady = true,
) => {
  describe(`laws of ${model.name}`, () => {
    test('P(alive) is a probability and falls with silence', () => {
      fc.assert(
        fc.property(
          parameters,
          repeatBuyerArbitrary,
          fc.double({ min: 0, max: 500, noNaN: true }),
          (p, buyer, longer) => {
            const now = unwrap(model.probabilityAlive(p, buyer))
            const later = unwrap(model.probabilityAlive(p, { ...buyer, age: buyer.age + longer }))
            expect(now).toBeGreaterThanOrEqual(0)
            expect(now).toBeLessThanOrEqual(1)
            expect(later).toBeLessThanOrEqual(now * (1 + 1e-12))
          },
        ),
      )
    })

    test('the expectation rises with the horizon, from 0', () => {
      fc.assert(
        fc.property(
          parameters,
          repeatBuyerArbitrary,
          fc.double({ min: 0.01, max: 100, noNaN: true }),
          (p, buyer, horizon) => {
            const short = unwrap(model.expectedPurchases(p, buyer, horizon))
            const long = unwrap(model.expectedPurchases(p, buyer, 2 * horizon))
            expect(unwrap(model.expectedPurchases(p, buyer, 0))).toBe(0)
            expect(long).toBeGreaterThanOrEqual(short * (1 - 1e-11))
            // Not where the next of regular purchases is still some way off.
            if (steady) expect(long).toBeLessThanOrEqual(2 * short * (1 + 1e-11))
          },
        ),
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
        fc.property(parameters, fc.array(repeatBuyerArbitrary, { minLength: 1, maxLength: 10 }), (p, some) => {
          const buyers = [...some, ...some.map((buyer) => ({ ...buyer, age: buyer.age * 0.9 + buyer.recency * 0.1 }))]
          const rows = indexedRows(unwrap(repeatBuying(columnsOf(buyers))), 1)
          const values = Float64Array.from(kernel.names, (name) => p[name])
          const { value, gradient, curvature } = kernel.evaluate(values, rows)
          const sum = buyers.reduce((total, buyer) => total + unwrap(model.logLikelihood(p, buyer)), 0)
          expect(Math.abs(value - sum)).toBeLessThan(1e-11 * Math.max(1, Math.abs(sum)) * buyers.length)
          const inAnyOrder = kernel.evaluate(values, indexedRows(withCounts(buyers), 1))
          expect(Math.abs(value - inAnyOrder.value)).toBeLessThan(1e-11 * Math.max(1, Math.abs(sum)) * buyers.length)
          kernel.names.forEach((_, index) => {
            const width = 1e-4 * (values[index] ?? 0)
            const at = (shift: number) => {
              const moved = values.map((old, place) => old + (place === index ? shift * width : 0))
              return kernel.evaluate(moved, rows).value
            }
            const slope = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * width)
            const scale = Math.max(1, Math.abs(value)) / (values[index] ?? 1)
            expect(Math.abs((gradient[index] ?? Number.NaN) - slope)).toBeLessThan(1e-8 * scale)
            if (curvature === undefined) return
            kernel.names.forEach((_name, second) => {
              const slopeAt = (shift: number) => {
                const moved = values.map((old, place) => old + (place === index ? shift * width : 0))
                return kernel.evaluate(moved, rows).gradient[second] ?? Number.NaN
              }
              const bend = (8 * (slopeAt(1) - slopeAt(-1)) - (slopeAt(2) - slopeAt(-2))) / (12 * width)
              const reach = scale / (values[second] ?? 1)
              expect(Math.abs((curvature[index * kernel.names.length + second] ?? Number.NaN) + bend)).toBeLessThan(
                1e-8 * reach,
              )
            })
          })
        }),
      )
    })

    test('the scores of many are those of each, also when most figures are those of others', () => {
      fc.assert(
        fc.property(parameters, fc.array(repeatBuyerArbitrary, { minLength: 1, maxLength: 12 }), (p, some) => {
          const buyers = [...some, ...some.slice(0, 3), ...some]
          const { probabilityAlive, expectedPurchases } = unwrap(model.score(p, withCounts(buyers), 20))
          buyers.forEach((buyer, index) => {
            expect(probabilityAlive[index]).toBe(unwrap(model.probabilityAlive(p, buyer)))
            expect(expectedPurchases[index]).toBe(unwrap(model.expectedPurchases(p, buyer, 20)))
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
laws(gompertzNbd, gompertzNbdKernel, someGompertz)
laws(unwrap(mbgCnbd(3)), regularBetaGeometricKernel(3), someBetaGeometric, false)

test('BG/NBD calls everybody who bought once alive; the other two do not', () => {
  fc.assert(
    fc.property(someBetaGeometric, fc.double({ min: 0.1, max: 1000, noNaN: true }), (p, age) => {
      expect(unwrap(bgNbd.probabilityAlive(p, { repeats: 0, recency: 0, age }))).toBe(1)
      expect(unwrap(mbgNbd.probabilityAlive(p, { repeats: 0, recency: 0, age }))).toBeLessThan(1)
    }),
  )
})

test('rates and lifetimes that are all but the same for all customers take no longer than others', () => {
  const steady = { r: 1e9, alpha: 1e9, b: 1e6, s: 1e-6, beta: 1e-6 }
  expect(unwrap(gompertzNbd.expectedPurchases(steady, { repeats: 3, recency: 2, age: 5 }, 1e3))).toBeGreaterThan(0)
  expect(unwrap(gompertzNbd.probabilityOf(steady, 1e3, 2))).toBeGreaterThan(0)
  // Nobody leaves soon, and all buy once a week: a Poisson variable.
  const poisson = { r: 1e8, alpha: 1e8, b: 1e-3, s: 1e-6, beta: 1 }
  near(unwrap(gompertzNbd.probabilityOf(poisson, 5, 4)), (Math.exp(-5) * 5 ** 4) / 24, 1e-5)
  expect(paretoNbd.probabilityOf({ r: 1e9, alpha: 1, s: 1, beta: 1 }, 100, 2)).toMatchObject({
    left: [{ path: ['parameters'] }],
  })
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
