import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { earnedGrowth, earnedGrowthRatio } from '../../src/feedback/index.ts'
import { type Currency, formatPath, type Money, money, unwrap } from '../../src/foundation/index.ts'

const euros = (minor: number): Money => ({ minor, currency: 'EUR' as Currency })
const minor = fc.oneof(fc.nat({ max: 100_000 }), fc.nat({ max: 2 ** 50 }))
const revenueArbitrary = fc
  .record({ base: minor.filter((amount) => amount > 0), returning: minor, earnedNew: minor, boughtNew: minor })
  .map(({ base, returning, earnedNew, boughtNew }) => ({
    base: euros(base),
    returning: euros(returning),
    earnedNew: euros(earnedNew),
    boughtNew: euros(boughtNew),
  }))

describe('earnedGrowth', () => {
  test('earned and bought growth make the total', () => {
    fc.assert(
      fc.property(revenueArbitrary, (revenue) => {
        const found = unwrap(earnedGrowth(revenue))
        const close = (a: number, b: number): void => {
          expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(a)))
        }
        close(found.totalGrowth, found.earnedGrowthRate + found.boughtNew)
        close(found.earnedGrowthFactor, found.netRevenueRetention + found.earnedNew)
        close(found.earnedGrowthRate, found.earnedGrowthFactor - 1)
        expect(found.current.minor).toBe(revenue.returning.minor + revenue.earnedNew.minor + revenue.boughtNew.minor)
        expect(unwrap(earnedGrowth({ ...revenue, current: found.current }))).toEqual(found)
      }),
    )
  })

  test('the ratio is the earned part of the growth, and has no value without growth', () => {
    fc.assert(
      fc.property(revenueArbitrary, (revenue) => {
        const { earnedGrowthRate, totalGrowth, current } = unwrap(earnedGrowth(revenue))
        const ratio = earnedGrowthRatio(revenue)
        if (current.minor === revenue.base.minor) {
          expect(ratio).toMatchObject({ left: [{ _tag: 'ZeroDenominator' }] })
          return
        }
        const error = unwrap(ratio) * totalGrowth - earnedGrowthRate
        expect(Math.abs(error)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(earnedGrowthRate)))
      }),
    )
  })

  test('can be below 0 while revenue grows', () => {
    const revenue = { base: euros(100), returning: euros(70), earnedNew: euros(10), boughtNew: euros(50) }
    expect(unwrap(earnedGrowth(revenue))).toMatchObject({ earnedGrowthRate: -0.2, totalGrowth: 0.3 })
    expect(unwrap(earnedGrowthRatio(revenue))).toBeCloseTo(-2 / 3, 12)
  })

  test('reports all faults', () => {
    const pathsOf = (result: ReturnType<typeof earnedGrowth>) =>
      result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${formatPath(path)}`) : []
    const wrong = { base: euros(0), returning: unwrap(money('5', 'USD')), earnedNew: euros(-1), boughtNew: euros(1) }
    expect(pathsOf(earnedGrowth(wrong))).toEqual([
      'CurrencyMismatch returning',
      'OutOfRange earnedNew',
      'ZeroDenominator base',
    ])
    const right = { base: euros(10), returning: euros(5), earnedNew: euros(1), boughtNew: euros(1) }
    expect(pathsOf(earnedGrowth({ ...right, current: euros(8) }))).toEqual(['InvalidValue current'])
    const huge = { ...right, returning: euros(Number.MAX_SAFE_INTEGER) }
    expect(pathsOf(earnedGrowth(huge))).toEqual(['OutOfRange '])
    expect(earnedGrowthRatio(wrong)._tag).toBe('Left')
  })
})
