import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, type Money, money, type Points, unwrap } from '../../src/foundation/index.ts'
import { allocateTransactionPrice, type PerformanceObligation, standAloneSellingPrice } from '../../src/ledger/index.ts'

const dollars = (amount: string): Money => unwrap(money(amount, 'USD'))
const count = (n: number): Points => n as Points
const goods = (amount: string): PerformanceObligation => ({ kind: 'goods', sellingPrice: dollars(amount) })
const earned = (points: number, price: string, redeemed: number, issued: number): PerformanceObligation => ({
  kind: 'points',
  points: count(points),
  worth: { points: count(1), price: dollars(price) },
  expectedRedemption: { redeemed: count(redeemed), issued: count(issued) },
})

describe('allocateTransactionPrice', () => {
  test('S64: 100,000 with 10,000 points of which 97 % are expected: 8,842, not the 9,000 of a ratio rounded to 9 %', () => {
    const points = earned(10_000, '1', 97, 100)
    expect(unwrap(standAloneSellingPrice(points, 'halfEven'))).toEqual(dollars('9700'))
    const parts = unwrap(allocateTransactionPrice(dollars('100000'), [goods('100000'), points]))
    expect(parts).toEqual([dollars('91157.70'), dollars('8842.30')])
    expect(Math.round((parts[1]?.minor ?? 0) / 100)).toBe(8842)
    // The handbook rounds 9,700 ÷ 109,700 = 8.84 % to 9 % first, and so has 158 more for the points.
    expect(Math.round((9700 / 109_700) * 100) * 1000).toBe(9000)
  })

  test('S64: 2,000 with 2,000 points at 0.10 of which 85 % are expected: 156.68', () => {
    const parts = unwrap(allocateTransactionPrice(dollars('2000'), [goods('2000'), earned(2000, '0.10', 1700, 2000)]))
    expect(parts).toEqual([dollars('1843.32'), dollars('156.68')])
  })

  test('the same share in other numbers divides the same way', () => {
    const sale = [goods('19.99'), goods('5')]
    const first = allocateTransactionPrice(dollars('22'), [...sale, earned(7, '0.01', 1, 3)])
    expect(allocateTransactionPrice(dollars('22'), [...sale, earned(7, '0.01', 333, 999)])).toEqual(first)
  })

  const amounts = fc.integer({ min: 0, max: 10_000_000 }).map((minor) => ({ minor, currency: 'USD' as Currency }))
  const obligations: fc.Arbitrary<PerformanceObligation> = fc.oneof(
    fc.record({ kind: fc.constant('goods' as const), sellingPrice: amounts }),
    fc
      .tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 1000 }), amounts, fc.nat(1000), fc.nat(1000))
      .map(([points, per, price, redeemed, unredeemed]) => ({
        kind: 'points' as const,
        points: count(points),
        worth: { points: count(per), price },
        expectedRedemption: { redeemed: count(redeemed), issued: count(redeemed + unredeemed + 1) },
      })),
  )

  /** The selling price as a fraction, in the plainest way. */
  const fractionOf = (each: PerformanceObligation): readonly [bigint, bigint] =>
    each.kind === 'goods'
      ? [BigInt(each.sellingPrice.minor), 1n]
      : [
          BigInt(each.points) * BigInt(each.worth.price.minor) * BigInt(each.expectedRedemption.redeemed),
          BigInt(each.worth.points) * BigInt(each.expectedRedemption.issued),
        ]

  test('the parts sum to the price, and each is less than a minor unit from its exact share', () => {
    fc.assert(
      fc.property(amounts, fc.array(obligations, { minLength: 1, maxLength: 8 }), (price, sale) => {
        const result = allocateTransactionPrice(price, sale)
        const fractions = sale.map(fractionOf)
        const common = fractions.reduce((product, [, denominator]) => product * denominator, 1n)
        const weights = fractions.map(([numerator, denominator]) => (numerator * common) / denominator)
        const whole = weights.reduce((sum, weight) => sum + weight, 0n)
        if (result._tag === 'Left') {
          expect(whole).toBe(0n)
          return
        }
        expect(result.right.reduce((sum, { minor }) => sum + minor, 0)).toBe(price.minor)
        result.right.forEach(({ minor }, index) => {
          const off = BigInt(minor) * whole - BigInt(price.minor) * (weights[index] ?? 0n)
          expect(off < whole && -off < whole).toBe(true)
        })
      }),
    )
  })

  test('every fault is reported, at its place', () => {
    const euros: PerformanceObligation = { kind: 'goods', sellingPrice: unwrap(money('1', 'EUR')) }
    const result = allocateTransactionPrice(dollars('10'), [
      goods('-1'),
      earned(-1, '1', 1, 2),
      earned(1, '1', 3, 2),
      earned(1, '1', 0, 0),
      euros,
    ])
    expect(result._tag === 'Left' && result.left.map(({ _tag, path }) => [_tag, ...path])).toEqual([
      ['InvalidValue', 'obligations', 0, 'sellingPrice', 'minor'],
      ['InvalidValue', 'obligations', 1, 'points'],
      ['InvalidValue', 'obligations', 2, 'expectedRedemption', 'redeemed'],
      ['ZeroDenominator', 'obligations', 3, 'expectedRedemption', 'issued'],
      ['CurrencyMismatch', 'obligations', 4],
    ])
  })

  test('a sale of nothing, or of what costs nothing alone, has no shares', () => {
    expect(allocateTransactionPrice(dollars('10'), [])).toMatchObject({ left: [{ path: ['obligations'] }] })
    expect(allocateTransactionPrice(dollars('10'), [goods('0'), earned(5, '1', 0, 9)])).toMatchObject({
      left: [{ _tag: 'ZeroDenominator' }],
    })
    expect(allocateTransactionPrice({ ...dollars('1'), minor: 0.5 }, [goods('1')])._tag).toBe('Left')
  })

  test('a thousand kinds of points, each with another rate, are divided in no time', () => {
    const many = Array.from({ length: 1000 }, (_, n) => earned(n + 1, '1', 2 ** 40 + n, 2 ** 50 + 2 * n + 1))
    const parts = unwrap(allocateTransactionPrice(dollars('1000000'), many))
    expect(parts.reduce((sum, { minor }) => sum + minor, 0)).toBe(100_000_000)
    expect(allocateTransactionPrice(dollars('1'), [...many, ...many])._tag).toBe('Left')
  })
})

describe('standAloneSellingPrice', () => {
  test('of goods is their price; faults name the part', () => {
    expect(unwrap(standAloneSellingPrice(goods('5'), 'floor'))).toEqual(dollars('5'))
    expect(standAloneSellingPrice(earned(1, '1', 0.5, 2), 'floor')).toMatchObject({
      left: [{ path: ['expectedRedemption', 'redeemed'] }],
    })
    expect(standAloneSellingPrice(earned(2 ** 52, '1', 1, 1), 'floor')).toMatchObject({
      left: [{ _tag: 'OutOfRange' }],
    })
  })
})
