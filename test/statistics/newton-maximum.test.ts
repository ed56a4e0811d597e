import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { type CurvedEvaluation, dependentRow, newtonMaximum } from '../../src/statistics/index.ts'

/** −Σ (c x − k)² / 2 with a coupling between neighbours. */
const bowl =
  (centre: ReadonlyArray<number>, coupling: number) =>
  (point: Float64Array): CurvedEvaluation => {
    const off = point.map((value, at) => value - (centre[at] ?? 0))
    const sum = off.reduce((total, value) => total + value, 0)
    const size = point.length
    return {
      value: -off.reduce((total, value) => total + value * value, 0) / 2 - (coupling * sum * sum) / 2,
      gradient: off.map((value) => -value - coupling * sum),
      curvature: Float64Array.from({ length: size * size }, (_, at) => coupling + (at % (size + 1) === 0 ? 1 : 0)),
    }
  }

const seen = (f: (point: Float64Array) => CurvedEvaluation, start: ReadonlyArray<number>) => {
  const result = newtonMaximum(f, start)
  return result._tag === 'Left' ? [result.left.seen, result.left.variable] : []
}

describe('newtonMaximum', () => {
  test('finds the top of a bowl from anywhere, with its curvature’s inverse', () => {
    const numbers = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(numbers, numbers, fc.double({ min: 0, max: 5, noNaN: true }), (centre, start, coupling) => {
        const { point, inverseCurvature, decrement } = unwrap(newtonMaximum(bowl(centre, coupling), start))
        centre.forEach((value, at) => {
          expect(point[at]).toBeCloseTo(value, 8)
        })
        expect(inverseCurvature[1]).toBeCloseTo(-coupling / (1 + 3 * coupling), 10)
        expect(decrement).toBeLessThan(1e-14)
      }),
    )
  })

  test('halves steps that lose, and leaves places where the function does not bend down', () => {
    // log of the density of Cauchy’s distribution bends up beyond ±1.
    const cauchy = ([x = 0]: Float64Array): CurvedEvaluation => ({
      value: -Math.log1p(x * x),
      gradient: Float64Array.of((-2 * x) / (1 + x * x)),
      curvature: Float64Array.of((2 * (1 - x * x)) / (1 + x * x) ** 2),
    })
    for (const start of [0.9, 1.5, -3]) expect(unwrap(newtonMaximum(cauchy, [start])).point[0]).toBeCloseTo(0, 8)
  })

  test('says what it saw where there is no maximum', () => {
    const rising = ([x = 0]: Float64Array): CurvedEvaluation => ({
      value: -Math.exp(-x),
      gradient: Float64Array.of(Math.exp(-x)),
      curvature: Float64Array.of(Math.exp(-x)),
    })
    expect(seen(rising, [0])).toEqual(['boundary', 0])
    const ridge = ([x = 0, y = 0]: Float64Array): CurvedEvaluation => ({
      value: -((x + y) ** 2) / 2,
      gradient: Float64Array.of(-x - y, -x - y),
      curvature: Float64Array.of(1, 1, 1, 1),
    })
    expect(seen(ridge, [1, 1])).toEqual(['flat', 1])
    const plain = ([x = 0]: Float64Array): CurvedEvaluation => ({
      value: x,
      gradient: Float64Array.of(1),
      curvature: Float64Array.of(0),
    })
    expect(seen(plain, [0])).toEqual(['flat', 0])
    expect(seen(() => bowl([0], 0)(Float64Array.of(Number.NaN)), [0])).toEqual(['notFinite', -1])
    // A gradient that is not the function’s own never settles.
    const wrong = ([x = 0]: Float64Array): CurvedEvaluation => ({
      value: -x * x,
      gradient: Float64Array.of(1),
      curvature: Float64Array.of(1),
    })
    expect(seen(wrong, [0])).toEqual(['steps', -1])
    const endless = ([x = 0]: Float64Array): CurvedEvaluation => ({
      value: x,
      gradient: Float64Array.of(1),
      curvature: Float64Array.of(1),
    })
    expect(seen(endless, [0])).toEqual(['steps', -1])
  })
})

test('dependentRow is the first row that the rows before it make up', () => {
  expect(dependentRow(Float64Array.of(1, 0, 1, 0, 1, 1, 1, 1, 2), 3)).toBe(2)
  expect(dependentRow(Float64Array.of(0), 1)).toBe(0)
  expect(dependentRow(Float64Array.of(2, 1, 1, 2), 2)).toBe(-1)
})
