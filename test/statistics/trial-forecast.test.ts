import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { forecastTrials } from '../../src/statistics/index.ts'

const past = fc
  .record({ successes: fc.nat({ max: 12 }), failures: fc.nat({ max: 12 }), ahead: fc.nat({ max: 6 }) })
  .map(({ successes, failures, ahead }) => ({ successes, trials: successes + failures + 1, ahead }))

const restArbitrary = fc.double({ min: 0.01, max: 1, noNaN: true })

const choose = (of: number, number: number): number => (number === 0 ? 1 : (choose(of - 1, number - 1) * of) / number)

/** By a sum over the probability of a success, on the scale on which the prior is even: p = sin² of an angle. */
const slowMass = (of: { successes: number; trials: number; ahead: number }, rest: number, wanted: number): number => {
  const steps = 4000
  let [sum, whole] = [0, 0]
  for (let step = 0; step < steps; step += 1) {
    const p = Math.sin(((step + 0.5) / steps) * (Math.PI / 2)) ** 2
    const belief = p ** of.successes * (1 - p) ** (of.trials - of.successes)
    const none = (1 - p) ** rest
    const ofWhole = (count: number): number =>
      count < 0 || count > of.ahead ? 0 : choose(of.ahead, count) * p ** count * (1 - p) ** (of.ahead - count)
    whole += belief
    sum += belief * (ofWhole(wanted) * none + ofWhole(wanted - 1) * (1 - none))
  }
  return sum / whole
}

describe('forecastTrials', () => {
  test('as a slow sum over the unknown probability', () => {
    fc.assert(
      fc.property(past, restArbitrary, (of, rest) => {
        const { atLeast } = unwrap(forecastTrials({ ...of, rest }))
        for (let count = 0; count <= of.ahead + 1; count += 1) {
          expect(Math.abs(atLeast(count) - atLeast(count + 1) - slowMass(of, rest, count))).toBeLessThan(1e-5)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('a whole trial under way is one more', () => {
    fc.assert(
      fc.property(past, fc.nat({ max: 8 }), (of, count) => {
        const rest = unwrap(forecastTrials({ ...of, rest: 1 }))
        const more = unwrap(forecastTrials({ ...of, ahead: of.ahead + 1 }))
        expect(rest.atLeast(count)).toBeCloseTo(more.atLeast(count), 9)
        expect(rest.expected).toBeCloseTo(more.expected, 9)
      }),
    )
  })

  test('a quantile is the least count that is not exceeded so often', () => {
    fc.assert(
      fc.property(past, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (of, probability) => {
        const { atLeast, quantile } = unwrap(forecastTrials(of))
        const count = quantile(probability)
        expect(atLeast(count + 1)).toBeLessThanOrEqual(1 - probability)
        if (count > 0) expect(atLeast(count)).toBeGreaterThan(1 - probability)
      }),
    )
  })

  test('every number outside its range is reported', () => {
    const wrong = forecastTrials({ successes: 3, trials: 0, ahead: -1, rest: 2 })
    expect(wrong._tag === 'Left' ? wrong.left.map(({ path }) => path[0]) : []).toEqual([
      'trials',
      'successes',
      'ahead',
      'rest',
    ])
  })
})
