import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { type RedemptionInterval, redemptionInterval } from '../../src/ledger/index.ts'
import { normalQuantile } from '../../src/statistics/index.ts'

const rounded = ({ lower, upper }: RedemptionInterval) => [Math.round(lower), Math.round(upper)]

describe('redemptionInterval', () => {
  test('of the Reinsurance Association: 17,872 to 120,092, with the mean and error of the projection', () => {
    expect(rounded(unwrap(redemptionInterval(52_135, 26_909)))).toEqual([17_872, 120_092])
  })

  test('spread evenly it would begin below 0, and is cut there', () => {
    expect(rounded(unwrap(redemptionInterval(52_135, 26_909, { distribution: 'normal' })))).toEqual([0, 104_876])
  })

  test('the log-normal bounds lie symmetrically on the logarithmic scale, around a median below the mean', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e12, noNaN: true }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (expected, variation, confidence) => {
          const { lower, upper } = unwrap(redemptionInterval(expected, expected * variation, { confidence }))
          const median = expected / Math.sqrt(1 + variation ** 2)
          expect(Math.abs(Math.sqrt(lower * upper) / median - 1)).toBeLessThan(1e-12)
          const z = unwrap(normalQuantile((1 + confidence) / 2))
          const spread = Math.log(upper / lower) / (2 * z)
          expect(Math.abs(spread - Math.sqrt(Math.log(1 + variation ** 2)))).toBeLessThan(1e-9)
        },
      ),
    )
  })

  test('without error it is a point; where nothing is expected it says that it took the normal distribution', () => {
    expect(unwrap(redemptionInterval(10, 0))).toMatchObject({ lower: 10, upper: 10, distribution: 'logNormal' })
    expect(unwrap(redemptionInterval(0, 0))).toMatchObject({ lower: 0, upper: 0 })
    const few = unwrap(redemptionInterval(0, 0.3, { confidence: 0.9 }))
    expect(few).toMatchObject({ lower: 0, confidence: 0.9, distribution: 'normal' })
    expect(few.upper).toBeCloseTo(0.3 * 1.6448536, 6)
  })

  test('numbers that make no sense are all reported', () => {
    const result = redemptionInterval(-1, Number.POSITIVE_INFINITY, { confidence: 1 })
    expect(result._tag === 'Left' && result.left.map(({ path }) => path)).toEqual([
      ['expected'],
      ['standardError'],
      ['confidence'],
    ])
    for (const confidence of [0, -1, 1, 2, Number.NaN, 1 - 2 ** -53]) {
      expect(redemptionInterval(1, 1, { confidence })).toMatchObject({
        left: [{ _tag: 'OutOfRange', path: ['confidence'] }],
      })
    }
    expect(redemptionInterval(1e-200, 1e200)).toMatchObject({ left: [{ _tag: 'OutOfRange', path: ['standardError'] }] })
  })
})
