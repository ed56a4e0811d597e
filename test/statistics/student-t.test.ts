import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { normalUpperTail, studentQuantile, studentUpperTail } from '../../src/statistics/index.ts'

// Computed with mpmath at 50 digits; each number is the double that is written.
const tails: ReadonlyArray<readonly [statistic: number, degrees: number, probability: string]> = [
  [0.1, 1, '0.468274482569446429'],
  [1, 1, '0.25'],
  [12.7, 1, '0.02501216384467208'],
  [1000000.0, 1, '3.18309886183684568e-7'],
  [0.5, 2, '0.333333333333333333'],
  [4.3, 2, '0.0250285770585457961'],
  [1, 3, '0.195501109477885321'],
  [2.5, 9, '0.0169309138414928696'],
  [40, 9, '9.49149922466991324e-12'],
  [0.01, 30, '0.496043746286588848'],
  [2, 30, '0.027312522481491552'],
  [8, 30, '3.13291123785037947e-9'],
  [2.1, 101, '0.0191100852514072922'],
  [3, 1000, '0.00138335452211909623'],
  [4.5, 5001, '3.47473978200060711e-6'],
  [1.2, 6000, '0.115093359857955175'],
  [20, 8000, '3.56603910836321524e-87'],
  [1.5, 4999, '0.0668387762413510316'],
  [0.7, 1000000, '0.241963733643270722'],
  [5, 1000000, '2.86699893544537078e-7'],
  [2, 999999937, '0.0227501320831566321'],
  [-2, 5, '0.949030260585070822'],
]

const quantiles: ReadonlyArray<readonly [probability: number, degrees: number, quantile: string]> = [
  [0.975, 1, '12.7062047361746933'],
  [0.975, 2, '4.30265272974946179'],
  [0.975, 5, '2.57058183563631478'],
  [0.975, 19, '2.09302405440830932'],
  [0.6, 7, '0.263166861352022752'],
  [0.999999, 4, '41.5778541501514988'],
  [1e-10, 12, '-19.3915461790477332'],
  [0.95, 323, '1.64958482043709753'],
  [0.995, 299, '2.59237188411947737'],
  [0.975, 1000000, '1.95996635681410666'],
]

describe('studentUpperTail', () => {
  test.each(tails)('beyond %d of %d degrees lies %s within 2e-14', (statistic, degrees, probability) => {
    expect(Math.abs(unwrap(studentUpperTail(statistic, degrees)) / Number(probability) - 1)).toBeLessThan(2e-14)
  })

  test('of 0 is one half', () => {
    expect(unwrap(studentUpperTail(0, 7))).toBe(0.5)
  })

  test('refuses what is no statistic and no number of degrees', () => {
    for (const statistic of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(studentUpperTail(statistic, 1)).toMatchObject({ left: { path: ['statistic'] } })
    }
    for (const degrees of [0, 1.5, -1, Number.NaN, 1e10]) {
      expect(studentUpperTail(1, degrees)).toMatchObject({ left: { path: ['degrees'] } })
      expect(studentQuantile(0.3, degrees)).toMatchObject({ left: { path: ['degrees'] } })
    }
  })

  test('is heavier than the normal tail, and comes down to it with the degrees', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 6, noNaN: true }), fc.integer({ min: 1, max: 5000 }), (t, degrees) => {
        const tail = unwrap(studentUpperTail(t, degrees))
        expect(tail).toBeGreaterThan(unwrap(normalUpperTail(t)) * (1 - 1e-12))
        expect(unwrap(studentUpperTail(t, degrees + 1))).toBeLessThan(tail * (1 + 1e-12))
      }),
    )
  })
})

describe('studentQuantile', () => {
  test.each(quantiles)('of %d with %d degrees is %s within 1e-13', (probability, degrees, quantile) => {
    expect(Math.abs(unwrap(studentQuantile(probability, degrees)) / Number(quantile) - 1)).toBeLessThan(1e-13)
  })

  test('of one half is 0, and refuses what is no probability', () => {
    expect(unwrap(studentQuantile(0.5, 3))).toBe(0)
    for (const probability of [0, 1, Number.NaN, 2]) {
      expect(studentQuantile(probability, 3)).toMatchObject({ left: { path: ['probability'] } })
    }
  })

  test('inverts the tail', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 0.49, noNaN: true }), fc.integer({ min: 1, max: 1000 }), (p, degrees) => {
        const t = -unwrap(studentQuantile(p, degrees))
        expect(unwrap(studentUpperTail(t, degrees)) / p).toBeCloseTo(1, 11)
      }),
    )
  })
})
