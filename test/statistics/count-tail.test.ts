import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { gammaPoissonLowerTail, gaussLegendre, logGamma, poissonLowerTail } from '../../src/statistics/index.ts'

const logFactorial = (n: number): number => unwrap(logGamma(n + 1))

/** Poisson probabilities added up one by one. */
const poissonModel = (count: number, mean: number): number => {
  let sum = 0
  for (let n = 0; n <= count; n += 1) {
    sum += mean === 0 ? Number(n === 0) : Math.exp(n * Math.log(mean) - mean - logFactorial(n))
  }
  return sum
}

/** The Poisson tail averaged over a gamma pace, by quadrature. */
const mixtureModel = (count: number, shape: number, odds: number): number => {
  const { nodes, weights } = gaussLegendre(200)
  const end = shape + 12 * Math.sqrt(shape) + 40
  return nodes.reduce((sum, node, at) => {
    const pace = (end * (node + 1)) / 2
    const density = Math.exp((shape - 1) * Math.log(pace) - pace - unwrap(logGamma(shape)))
    return sum + ((weights[at] as number) * end * density * poissonModel(count, pace * odds)) / 2
  }, 0)
}

describe('poissonLowerTail', () => {
  test('equals the sum of the probabilities', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.double({ min: 0, max: 80, noNaN: true }), (count, mean) => {
        const model = poissonModel(count, mean)
        expect(Math.abs(unwrap(poissonLowerTail(count, mean)) / model - 1)).toBeLessThan(1e-11)
      }),
    )
  })

  test('keeps its digits far out, and is whole at the end', () => {
    expect(unwrap(poissonLowerTail(0, 600)) / Math.exp(-600)).toBeCloseTo(1, 12)
    expect(unwrap(poissonLowerTail(1_000_000, 100))).toBe(1)
    expect(unwrap(poissonLowerTail(0, 0))).toBe(1)
  })

  test('reports both numbers', () => {
    expect(poissonLowerTail(-1, Number.NaN)).toMatchObject({ left: [{ path: ['count'] }, { path: ['mean'] }] })
    expect(poissonLowerTail(0.5, 2e9)).toMatchObject({ left: [{ path: ['count'] }, { path: ['mean'] }] })
  })
})

describe('gammaPoissonLowerTail', () => {
  test('is the Poisson tail averaged over the gamma pace', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 30 }),
        fc.double({ min: 2, max: 40, noNaN: true }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        (count, shape, odds) => {
          const tail = unwrap(gammaPoissonLowerTail(count, { shape, odds }))
          expect(Math.abs(tail - mixtureModel(count, shape, odds))).toBeLessThan(1e-9)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('rises with the count, by the negative binomial probabilities', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 200 }),
        fc.double({ min: 0.1, max: 300, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (count, shape, odds) => {
          const at = (n: number): number => unwrap(gammaPoissonLowerTail(n, { shape, odds }))
          const mass =
            odds === 0
              ? 0
              : Math.exp(
                  unwrap(logGamma(shape + count + 1)) -
                    unwrap(logGamma(shape)) -
                    logFactorial(count + 1) +
                    (count + 1) * Math.log(odds / (1 + odds)) -
                    shape * Math.log1p(odds),
                )
          expect(Math.abs(at(count + 1) - at(count) - mass)).toBeLessThan(1e-11)
        },
      ),
    )
  })

  test('of a long past is as Poisson, of a short one larger', () => {
    const poisson = unwrap(poissonLowerTail(2, 12))
    expect(unwrap(gammaPoissonLowerTail(2, { shape: 1e7, odds: 1.2e-6 }))).toBeCloseTo(poisson, 8)
    expect(unwrap(gammaPoissonLowerTail(2, { shape: 4, odds: 3 }))).toBeGreaterThan(20 * poisson)
  })

  test('holds where there is nothing ahead, and far beyond the most probable count', () => {
    expect(unwrap(gammaPoissonLowerTail(0, { shape: 3, odds: 0 }))).toBe(1)
    expect(unwrap(gammaPoissonLowerTail(5, { shape: 3, odds: 0 }))).toBe(1)
    expect(unwrap(gammaPoissonLowerTail(10_000_000, { shape: 0.5, odds: 2 }))).toBeCloseTo(1, 14)
    expect(unwrap(gammaPoissonLowerTail(0, { shape: 1e7, odds: 1e7 }))).toBe(0)
  })

  test('reports everything that is wrong', () => {
    expect(gammaPoissonLowerTail(1e8, { shape: 0, odds: -1 })).toMatchObject({
      left: [{ path: ['count'] }, { path: ['shape'] }, { path: ['odds'] }],
    })
  })
})
