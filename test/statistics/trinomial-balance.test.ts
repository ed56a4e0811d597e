import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { type StepProbabilities, trinomialBalanceProbabilities } from '../../src/statistics/index.ts'

const stepArbitrary: fc.Arbitrary<StepProbabilities> = fc
  .tuple(fc.nat({ max: 20 }), fc.nat({ max: 20 }), fc.nat({ max: 20 }))
  .filter(([down, stay, up]) => down + stay + up > 0)
  .map(([down, stay, up]) => {
    const all = down + stay + up
    return { down: down / all, stay: stay / all, up: up / all }
  })

/** One step after the other. */
const byConvolution = (steps: number, { down, stay, up }: StepProbabilities): ReadonlyArray<number> => {
  let current = [1]
  for (let step = 0; step < steps; step += 1) {
    const before = current
    const at = (index: number): number => before[index] ?? 0
    current = Array.from(
      { length: before.length + 2 },
      (_, index) => at(index) * down + at(index - 1) * stay + at(index - 2) * up,
    )
  }
  return current
}

describe('trinomialBalanceProbabilities', () => {
  test('equals adding one step after the other', () => {
    fc.assert(
      fc.property(stepArbitrary, fc.nat({ max: 60 }), (step, steps) => {
        const fast = unwrap(trinomialBalanceProbabilities(steps, step))
        const slow = byConvolution(steps, step)
        expect(fast).toHaveLength(2 * steps + 1)
        slow.forEach((probability, index) => {
          expect(Math.abs((fast[index] ?? 0) - probability)).toBeLessThanOrEqual(1e-12 * probability)
        })
      }),
    )
  })

  test('sums to 1 and has the mean and variance of so many steps, also of a million', () => {
    for (const [steps, step] of [
      [100_000, { down: 0.2, stay: 0.3, up: 0.5 }],
      [1_000_000, { down: 0.5, stay: 0, up: 0.5 }],
      [200_000, { down: 0, stay: 0.9, up: 0.1 }],
    ] as const) {
      const probabilities = unwrap(trinomialBalanceProbabilities(steps, step))
      const sum = probabilities.reduce((total, probability) => total + probability, 0)
      const mean = probabilities.reduce((total, p, index) => total + p * (index - steps), 0)
      const variance = probabilities.reduce((total, p, index) => total + p * (index - steps - mean) ** 2, 0)
      const drift = step.up - step.down
      expect(sum).toBeCloseTo(1, 8)
      expect(mean / steps).toBeCloseTo(drift, 8)
      expect(variance / steps).toBeCloseTo(step.up + step.down - drift * drift, 6)
    }
  })

  test('is mirrored when up and down are swapped', () => {
    fc.assert(
      fc.property(stepArbitrary, fc.nat({ max: 60 }), ({ down, stay, up }, steps) => {
        const one = Array.from(unwrap(trinomialBalanceProbabilities(steps, { down, stay, up })))
        const other = Array.from(unwrap(trinomialBalanceProbabilities(steps, { down: up, stay, up: down }))).reverse()
        one.forEach((probability, index) => {
          expect(other[index]).toBeCloseTo(probability, 13)
        })
      }),
    )
  })

  test('refuses what is no number of steps and no probabilities', () => {
    const even = { down: 0.25, stay: 0.5, up: 0.25 }
    for (const steps of [-1, 0.5, Number.NaN, 1_000_001]) {
      expect(trinomialBalanceProbabilities(steps, even)).toMatchObject({ left: { path: ['steps'] } })
    }
    for (const wrong of [
      { down: 0.5, stay: 0.5, up: 0.5 },
      { down: -0.5, stay: 1, up: 0.5 },
      { down: Number.NaN, stay: 0, up: 0 },
    ]) {
      expect(trinomialBalanceProbabilities(3, wrong)).toMatchObject({ left: { path: ['probabilities'] } })
    }
  })
})
