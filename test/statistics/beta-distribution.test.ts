import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { betaDistribution, betaQuantile } from '../../src/statistics/index.ts'

describe('against mpmath with 40 digits', () => {
  test.each([
    [1, 1, 0.3, 0.3],
    [2, 3, 0.25, 0.26171875],
    [0.5, 0.5, 0.9, 0.7951672353008665],
    [0.01, 5, 1e-5, 0.9099486514594585],
    [30, 70, 0.35, 0.8615754758661092],
    [3, 297, 0.02, 0.938933035273223],
    [1200, 8800, 0.125, 0.9367918262865208],
  ])('the distribution of shape %s, %s at %s', (alpha, beta, x, expected) => {
    expect(Math.abs(unwrap(betaDistribution(x, { alpha, beta })) / expected - 1)).toBeLessThan(2e-12)
  })

  test.each([
    [0.025, 1, 1, 0.025],
    [0.975, 4, 8, 0.6097425595724212],
    [0.025, 0.5, 20, 2.486020863130437e-5],
    [0.05, 30, 70, 0.22729905447104012],
    [0.975, 3.5, 297, 0.026487804456259936],
  ])('the quantile %s of shape %s, %s', (probability, alpha, beta, expected) => {
    expect(Math.abs(unwrap(betaQuantile(probability, { alpha, beta })) / expected - 1)).toBeLessThan(1e-12)
  })
})

test('the ends', () => {
  const shape = { alpha: 2, beta: 5 }
  expect([0, 1].map((x) => unwrap(betaDistribution(x, shape)))).toEqual([0, 1])
  expect([0, 1].map((p) => unwrap(betaQuantile(p, shape)))).toEqual([0, 1])
})

test('every fault is told', () => {
  const paths = (result: ReturnType<typeof betaQuantile>) =>
    result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []
  expect(paths(betaQuantile(-0.1, { alpha: 0, beta: Number.NaN }))).toEqual(['probability', 'alpha', 'beta'])
  expect(paths(betaDistribution(1.1, { alpha: 1, beta: 2e7 }))).toEqual(['x', 'beta'])
})

test('the greatest shapes: half is below the middle', () => {
  for (const size of [1e4, 1e6, 1e7]) {
    const value = unwrap(betaDistribution(0.5, { alpha: size, beta: size }))
    expect(Math.abs(value - 0.5)).toBeLessThan(size < 1e5 ? 1e-11 : 1e-7)
  }
})

test('quantiles that are hardly above 0, or below what a number can hold', () => {
  const flat = unwrap(betaQuantile(0.001, { alpha: 0.05, beta: 0.05 }))
  expect(flat).toBeGreaterThan(1e-56)
  expect(flat).toBeLessThan(1e-50)
  expect(unwrap(betaQuantile(0.001, { alpha: 0.001, beta: 1 }))).toBe(0)
})

const shape = fc.record({
  alpha: fc.double({ min: 0.05, max: 500, noNaN: true }),
  beta: fc.double({ min: 0.05, max: 500, noNaN: true }),
})
const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true })

test('a quantile undoes the distribution, and both sides of a shape mirror each other', () => {
  fc.assert(
    fc.property(shape, probability, (of, p) => {
      const x = unwrap(betaQuantile(p, of))
      // Near a pole of the density the neighbours of a number are far away in probability: it lies between those some steps away.
      const below = unwrap(betaDistribution(x * (1 - 3e-15), of))
      const above = unwrap(betaDistribution(Math.min(1, x * (1 + 3e-15)), of))
      if (x > 0) expect(p).toBeGreaterThan(below - 1e-11)
      expect(p).toBeLessThan(Math.max(above, x === 0 ? p : 0) + 1e-11)
      const mirrored = { alpha: of.beta, beta: of.alpha }
      const y = unwrap(betaDistribution(p, of))
      expect(Math.abs(unwrap(betaDistribution(1 - p, mirrored)) - (1 - y))).toBeLessThan(1e-10)
    }),
  )
})

test('the distribution rises', () => {
  fc.assert(
    fc.property(shape, probability, probability, (of, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      expect(unwrap(betaDistribution(low, of))).toBeLessThanOrEqual(unwrap(betaDistribution(high, of)) + 1e-12)
    }),
  )
})
