import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { normalQuantile } from '../../src/statistics/index.ts'

// Computed with mpmath at 60 digits; each probability is the double that is written.
const exact: ReadonlyArray<readonly [probability: number, quantile: string]> = [
  [5e-324, '-38.46740561714434625'],
  [1e-300, '-37.0470962993611992'],
  [1e-100, '-21.2734535609653243'],
  [1e-50, '-14.9333375347884889'],
  [1e-20, '-9.26234008979840757'],
  [1e-10, '-6.3613409024040562'],
  [1e-6, '-4.75342430882289895'],
  [0.001, '-3.09023230616781354'],
  [0.0749, '-1.44023826752796366'],
  [0.0751, '-1.43882539275253998'],
  [0.1, '-1.28155156554460044'],
  [0.3, '-0.524400512708040816'],
  [0.49, '-0.025068908258711058'],
  [0.500000001, '2.50662820373871144e-9'],
  [0.9, '1.28155156554460059'],
  [0.95, '1.64485362695147228'],
  [0.975, '1.95996398454005386'],
  [0.995, '2.57582930354890045'],
  [0.9999999999999999, '8.20953615160138686'],
]

/** The distribution function by its Taylor series (Marsaglia 2004), good to about 1e-15 within ±6. */
const distribution = (x: number): number => {
  let term = x
  let sum = x
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (x * x) / k
    sum += term
  }
  return 0.5 + sum * Math.exp((-x * x) / 2 - 0.9189385332046727)
}

describe('normalQuantile', () => {
  test.each(exact)('of %d is %s within 1e-15', (probability, quantile) => {
    expect(Math.abs(unwrap(normalQuantile(probability)) / Number(quantile) - 1)).toBeLessThan(1e-15)
  })

  test('of one half is 0', () => {
    expect(unwrap(normalQuantile(0.5))).toBe(0)
  })

  test.each([0, 1, -0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY])('has none for %d', (probability) => {
    expect(normalQuantile(probability)).toMatchObject({ _tag: 'Left', left: { _tag: 'OutOfRange' } })
  })

  test('inverts the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-8, max: 1 - 1e-8, noNaN: true }), (probability) => {
        const x = unwrap(normalQuantile(probability))
        const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
        expect(Math.abs(distribution(x) - probability)).toBeLessThan(2e-15 + 4e-15 * density)
      }),
    )
  })

  test('rises, and is symmetric', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 - 1 }), fc.integer({ min: 1, max: 1000 }), (share, step) => {
        const probability = share / 2 ** 31
        const x = unwrap(normalQuantile(probability))
        expect(unwrap(normalQuantile(1 - probability))).toBe(0 - x)
        expect(unwrap(normalQuantile(probability + step / 2 ** 32))).toBeGreaterThan(x)
      }),
    )
  })
})
