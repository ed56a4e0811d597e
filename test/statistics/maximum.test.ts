import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import {
  digamma,
  digammaRise,
  gaussLegendre,
  logGamma,
  logGammaRise,
  maximumOf,
  solvePositiveDefinite,
  trigammaRise,
} from '../../src/statistics/index.ts'

const coefficient = fc.double({ min: -3, max: 3, noNaN: true })

describe('the maximum', () => {
  test('of a hill with any axes is found with its curvature', () => {
    fc.assert(
      fc.property(fc.tuple(coefficient, coefficient), coefficient, ([x, y], lean) => {
        const hill = ([u = 0, v = 0]: Float64Array) => {
          const [first, second] = [u - x, v - y + lean * (u - x)]
          return {
            value: -50 * first ** 2 - 20 * second ** 2,
            gradient: Float64Array.of(-100 * first - 40 * lean * second, -40 * second),
          }
        }
        const { point, curvature, decrement } = unwrap(maximumOf(hill, [0, 0]))
        expect(point[0]).toBeCloseTo(x, 8)
        expect(point[1]).toBeCloseTo(y, 8)
        expect(curvature[0]).toBeCloseTo(100 + 40 * lean * lean, 4)
        expect(curvature[3]).toBeCloseTo(40, 4)
        expect(decrement).toBeLessThan(1e-8)
      }),
    )
  })

  test('of Rosenbrock’s curved ridge is found', () => {
    const ridge = ([x = 0, y = 0]: Float64Array) => ({
      value: -((1 - x) ** 2) - 100 * (y - x * x) ** 2,
      gradient: Float64Array.of(2 * (1 - x) + 400 * x * (y - x * x), -200 * (y - x * x)),
    })
    const { point } = unwrap(maximumOf(ridge, [-1.2, 1]))
    expect(point[0]).toBeCloseTo(1, 8)
    expect(point[1]).toBeCloseTo(1, 8)
  })

  test('that lies at the boundary, along a flat line, or nowhere is a fault that says so', () => {
    const rising = ([x = 0]: Float64Array) => ({ value: x, gradient: Float64Array.of(1) })
    expect(maximumOf(rising, [0])).toMatchObject({ left: { _tag: 'NoMaximum', seen: 'boundary', variable: 0 } })
    const flat = ([x = 0]: Float64Array) => ({ value: -(x * x), gradient: Float64Array.of(-2 * x, 0) })
    expect(maximumOf(flat, [1, 1])).toMatchObject({ left: { seen: 'flat' } })
    const weak = ([x = 0, y = 0]: Float64Array) => ({
      value: -(x * x) - 1e-5 * y * y,
      gradient: Float64Array.of(-2 * x, -2e-5 * y),
    })
    expect(maximumOf(weak, [1, 1])).toMatchObject({ left: { seen: 'flat', variable: 1 } })
    const nowhere = () => ({ value: Number.NaN, gradient: Float64Array.of(0) })
    expect(maximumOf(nowhere, [0])).toMatchObject({ left: { seen: 'notFinite' } })
  })
})

describe('the maximum of a function with its curvature', () => {
  test('of a hill takes a step or two', () => {
    fc.assert(
      fc.property(fc.tuple(coefficient, coefficient), coefficient, ([x, y], lean) => {
        const hill = ([u = 0, v = 0]: Float64Array) => {
          const [first, second] = [u - x, v - y + lean * (u - x)]
          return {
            value: -50 * first ** 2 - 20 * second ** 2,
            gradient: Float64Array.of(-100 * first - 40 * lean * second, -40 * second),
            curvature: Float64Array.of(100 + 40 * lean * lean, 40 * lean, 40 * lean, 40),
          }
        }
        const { point, curvature, evaluations } = unwrap(maximumOf(hill, [x + 0.5, y + 0.5]))
        expect(point[0]).toBeCloseTo(x, 9)
        expect(point[1]).toBeCloseTo(y, 9)
        expect(curvature[0]).toBe(100 + 40 * lean * lean)
        expect(evaluations).toBeLessThanOrEqual(5)
      }),
    )
  })

  test('of Rosenbrock’s curved ridge, also from where it bends up', () => {
    const ridge = ([x = 0, y = 0]: Float64Array) => ({
      value: -((1 - x) ** 2) - 100 * (y - x * x) ** 2,
      gradient: Float64Array.of(2 * (1 - x) + 400 * x * (y - x * x), -200 * (y - x * x)),
      curvature: Float64Array.of(2 + 1200 * x * x - 400 * y, -400 * x, -400 * x, 200),
    })
    for (const start of [
      [-1.2, 1],
      [0, 3],
    ]) {
      const { point, evaluations } = unwrap(maximumOf(ridge, start))
      expect(point[0]).toBeCloseTo(1, 8)
      expect(point[1]).toBeCloseTo(1, 8)
      expect(evaluations).toBeLessThan(60)
    }
  })

  test('that lies at the boundary, along a flat line, or nowhere is a fault that says so', () => {
    const rising = ([x = 0]: Float64Array) => ({
      value: -Math.exp(-0.01 * x),
      gradient: Float64Array.of(0.01 * Math.exp(-0.01 * x)),
      curvature: Float64Array.of(1e-4 * Math.exp(-0.01 * x)),
    })
    expect(maximumOf(rising, [0])).toMatchObject({ left: { _tag: 'NoMaximum', seen: 'boundary', variable: 0 } })
    const weak = ([x = 0, y = 0]: Float64Array) => ({
      value: -(x * x) - 1e-5 * y * y,
      gradient: Float64Array.of(-2 * x, -2e-5 * y),
      curvature: Float64Array.of(2, 0, 0, 2e-5),
    })
    expect(maximumOf(weak, [1, 1])).toMatchObject({ left: { seen: 'flat', variable: 1 } })
    const level = () => ({ value: 0, gradient: Float64Array.of(0), curvature: Float64Array.of(0) })
    expect(maximumOf(level, [1])).toMatchObject({ left: { seen: 'flat', variable: -1 } })
    const wrongWay = ([x = 0]: Float64Array) => ({
      value: -x * x,
      gradient: Float64Array.of(2 * x),
      curvature: Float64Array.of(2),
    })
    expect(maximumOf(wrongWay, [1])).toMatchObject({ left: { seen: 'steps' } })
  })
})

describe('gamma', () => {
  // mpmath at 30 digits
  test.each([
    [0.001, -1000.5755719318103],
    [0.5, -1.963510026021423],
    [1, -0.5772156649015329],
    [1.461632144968362, 0],
    [9.99, 2.250700372831201],
    [1234.5, 7.118016231827998],
    [1e10, 23.02585092989046],
  ])('digamma of %d', (x, expected) => {
    expect(Math.abs(unwrap(digamma(x)) - expected)).toBeLessThan(4e-15 * Math.max(1, Math.abs(expected)))
  })

  test('a rise is the difference, however large the numbers', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (x, n) => {
          for (const by of [n, Math.floor(n)]) {
            const difference = unwrap(logGamma(x + by)) - unwrap(logGamma(x))
            expect(Math.abs(logGammaRise(x, by) - difference)).toBeLessThan(1e-11)
            const slope = unwrap(digamma(x + by)) - unwrap(digamma(x))
            expect(Math.abs(digammaRise(x, by) - slope)).toBeLessThan(1e-11 / x)
            const width = 1e-4 * x
            const bend = (digammaRise(x + width, by) - digammaRise(x - width, by)) / (2 * width)
            expect(Math.abs(trigammaRise(x, by) - bend)).toBeLessThan(1e-7 * (1 + 1 / (x * x)))
          }
        },
      ),
    )
    // ln(10⁹ · (10⁹ + 1) · (10⁹ + 2)), and 30 factors of 10⁹ and a little
    expect(logGammaRise(1e9, 3)).toBeCloseTo(3 * Math.log(1e9) + 3e-9, 13)
    const factors = Array.from({ length: 30 }, (_, index) => Math.log(1e9 + index)).reduce((sum, log) => sum + log, 0)
    expect(Math.abs(logGammaRise(1e9, 30) - factors)).toBeLessThan(1e-11)
  })

  test('of no number is a fault', () => {
    for (const x of [0, -1, Number.NaN, Infinity]) expect(digamma(x)._tag).toBe('Left')
  })
})

test('the rule of n places integrates powers up to 2n − 1', () => {
  for (const n of [2, 5, 12, 40]) {
    const { nodes, weights } = gaussLegendre(n)
    for (let power = 0; power < 2 * n; power += 1) {
      const integral = nodes.reduce((sum, x, index) => sum + (weights[index] ?? 0) * x ** power, 0)
      expect(Math.abs(integral - (power % 2 === 0 ? 2 / (power + 1) : 0))).toBeLessThan(1e-13)
    }
  }
})

test('equations are solved, and those without one solution refused', () => {
  fc.assert(
    fc.property(
      fc.array(coefficient, { minLength: 9, maxLength: 9 }),
      fc.array(coefficient, { minLength: 3, maxLength: 3 }),
      (m, x) => {
        // M Mᵀ + 1 is positive definite
        const at = (row: number, column: number) =>
          [0, 1, 2].reduce((sum, k) => sum + (m[row * 3 + k] ?? 0) * (m[column * 3 + k] ?? 0), row === column ? 1 : 0)
        const matrix = Float64Array.from({ length: 9 }, (_, index) => at(Math.floor(index / 3), index % 3))
        const right = Float64Array.from([0, 1, 2], (row) =>
          [0, 1, 2].reduce((sum, k) => sum + at(row, k) * (x[k] ?? 0), 0),
        )
        const solution = unwrap(solvePositiveDefinite(matrix, right))
        x.forEach((value, index) => {
          expect(solution[index]).toBeCloseTo(value, 9)
        })
      },
    ),
  )
  expect(solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))._tag).toBe('Left')
  expect(solvePositiveDefinite(Float64Array.of(1), Float64Array.of(1, 1))._tag).toBe('Left')
})
