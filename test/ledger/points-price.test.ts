import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, money, type Points, unwrap } from '../../src/foundation/index.ts'
import { PointsPrice, worthOfPoints } from '../../src/ledger/index.ts'
import { moneyArbitrary, pointsArbitrary, roundingModeArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const euro = 'EUR' as Currency
const prices: fc.Arbitrary<PointsPrice> = fc.record({
  points: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) as unknown as fc.Arbitrary<Points>,
  price: moneyArbitrary({ min: 0 }),
})

codecLaws('PointsPrice', PointsPrice, prices)

describe('worthOfPoints', () => {
  test('is the exact quotient, cut to whole minor units', () => {
    fc.assert(
      fc.property(pointsArbitrary(), prices, roundingModeArbitrary, (points, { points: per, price }, mode) => {
        const result = worthOfPoints(points, { points: per, price }, mode)
        const exact = BigInt(points) * BigInt(price.minor)
        if (result._tag === 'Left') {
          expect(exact / BigInt(per)).toBeGreaterThanOrEqual(BigInt(Number.MAX_SAFE_INTEGER))
          return
        }
        const off = BigInt(result.right.minor) * BigInt(per) - exact
        expect(off < BigInt(per) && -off < BigInt(per)).toBe(true)
      }),
    )
  })

  test('a price of no points, points that are none and a price below 0 are faults', () => {
    const price = (points: number, minor: number) => ({ points: points as Points, price: { minor, currency: euro } })
    expect(worthOfPoints(5, price(0, 1), 'floor')).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(worthOfPoints(5, price(1, -1), 'floor')).toMatchObject({ left: { path: ['price', 'price', 'minor'] } })
    expect(worthOfPoints(5, price(0.5, 1), 'floor')).toMatchObject({ left: { path: ['price', 'points'] } })
    expect(worthOfPoints(Number.NaN, price(1, 1), 'floor')).toMatchObject({ left: { path: ['points'] } })
    expect(worthOfPoints(2 ** 52, price(1, 4), 'floor')).toMatchObject({ left: { _tag: 'OutOfRange' } })
  })

  test('points that are owed are worth less than nothing', () => {
    const price = { points: 3 as Points, price: unwrap(money('0.02', 'EUR')) }
    expect(unwrap(worthOfPoints(-1000, price, 'floor')).minor).toBe(-667)
  })
})
