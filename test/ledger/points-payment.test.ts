import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, formatError, type Money, money, type Points, unwrap } from '../../src/foundation/index.ts'
import { type MixedPayment, payWithPoints, splitRefund } from '../../src/ledger/index.ts'

const eur = (amount: string): Money => unwrap(money(amount, 'EUR'))
const price = (points: number, amount: string) => ({ points: points as Points, price: eur(amount) })
const plenty = 1_000_000 as Points

describe('S34 paying with points', () => {
  test('S34 100.60 at 0.10 a point: 1,006 points, and nothing is left', () => {
    expect(unwrap(payWithPoints(price(1, '0.10'), eur('100.60'), plenty))).toEqual({
      points: 1006,
      worth: eur('100.60'),
      rest: eur('0.00'),
    })
  })

  test('S34 12.34 at 0.05 a point: 246 points are 12.30, and 0.04 are left; never 247, which would be 0.01 over', () => {
    expect(unwrap(payWithPoints(price(1, '0.05'), eur('12.34'), plenty))).toEqual({
      points: 246,
      worth: eur('12.30'),
      rest: eur('0.04'),
    })
  })

  test('a 20.00 order with more points than it costs takes only what it costs', () => {
    expect(unwrap(payWithPoints(price(100, '10.00'), eur('20.00'), 500 as Points)).points).toBe(200)
  })

  test('in steps, and not below a least number', () => {
    const pay = (available: number, limits: object) =>
      unwrap(payWithPoints(price(1, '0.01'), eur('50.00'), available as Points, limits)).points
    expect(pay(2350, { multipleOf: 1000 })).toBe(2000)
    expect(pay(900, { multipleOf: 1000 })).toBe(0)
    expect(pay(400, { atLeast: 500 as Points })).toBe(0)
    expect(pay(500, { atLeast: 500 as Points })).toBe(500)
  })

  test('whatever the price: worth whole minor units, never more than the total, and one step more would not do', () => {
    const cases = fc.record({
      points: fc.integer({ min: 1, max: 50 }),
      minor: fc.integer({ min: 1, max: 50 }),
      total: fc.nat({ max: 5_000 }),
      available: fc.nat({ max: 5_000 }),
      multipleOf: fc.integer({ min: 1, max: 12 }),
    })
    fc.assert(
      fc.property(cases, ({ points, minor, total, available, multipleOf }) => {
        const of = { points: points as Points, price: { minor, currency: 'EUR' as Currency } }
        const all = { minor: total, currency: 'EUR' as Currency }
        const paid = unwrap(payWithPoints(of, all, available as Points, { multipleOf }))
        // The slow way: the largest number that is a multiple, is there, and is worth whole units within the total.
        let best = 0
        for (let n = 0; n <= available; n += multipleOf) {
          if ((n * minor) % points === 0 && (n * minor) / points <= total) best = n
        }
        expect(paid.points).toBe(best)
        expect(paid.worth.minor).toBe((best * minor) / points)
        expect(paid.worth.minor + paid.rest.minor).toBe(total)
      }),
    )
  })

  test('what is no price, no amount or another currency is refused, all at once', () => {
    const wrong = payWithPoints(price(1, '0.00'), { minor: -1, currency: 'USD' as Currency }, plenty, { multipleOf: 0 })
    expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual([
      'price.price.currency',
      'price',
      'total.minor',
      'multipleOf',
    ])
    expect(wrong._tag === 'Left' && formatError(wrong.left)).toContain('USD')
  })
})

describe('S29 giving a mixed payment back', () => {
  const paid: MixedPayment = { money: eur('70.00'), points: 300 as Points, worth: eur('30.00') }
  const back = (amount: string, order: 'proRata' | 'pointsFirst' | 'moneyFirst') => {
    const { money: of, points } = unwrap(splitRefund(paid, eur(amount), order))
    return [of.minor, points]
  }

  test('S29 pro rata, points first or money first', () => {
    expect(back('50.00', 'proRata')).toEqual([3500, 150])
    expect(back('50.00', 'pointsFirst')).toEqual([2000, 300])
    expect(back('50.00', 'moneyFirst')).toEqual([5000, 0])
    expect(back('80.00', 'moneyFirst')).toEqual([7000, 100])
  })

  test('everything goes back in the end, in any split, and nothing is ever taken again', () => {
    const parts = fc.array(fc.nat({ max: 400 }), { maxLength: 10 })
    const payment = fc.record({
      minor: fc.nat({ max: 2_000 }),
      points: fc.nat({ max: 500 }),
      worth: fc.nat({ max: 2_000 }),
    })
    fc.assert(
      fc.property(payment, parts, fc.constantFrom('proRata', 'pointsFirst', 'moneyFirst'), (of, cuts, order) => {
        const eurOf = (minor: number): Money => ({ minor, currency: 'EUR' as Currency })
        const worth = of.points === 0 ? 0 : of.worth
        const points = (worth === 0 ? 0 : of.points) as Points
        const mixed = { money: eurOf(of.minor), points, worth: eurOf(worth) }
        const total = of.minor + worth
        let sum = 0
        let last = { minor: 0, points: 0 }
        for (const cut of [...cuts, total]) {
          sum = Math.min(total, sum + cut)
          const so = unwrap(splitRefund(mixed, eurOf(sum), order as 'proRata'))
          expect(so.money.minor).toBeGreaterThanOrEqual(last.minor)
          expect(so.points).toBeGreaterThanOrEqual(last.points)
          last = { minor: so.money.minor, points: so.points }
        }
        expect(last).toEqual({ minor: of.minor, points })
      }),
    )
  })

  test('more than was paid, or other money, is refused', () => {
    expect(splitRefund(paid, eur('100.01'), 'proRata')).toMatchObject({
      _tag: 'Left',
      left: { path: ['refunded', 'minor'] },
    })
    const usd = { minor: 1, currency: 'USD' as Currency }
    expect(splitRefund(paid, usd, 'proRata')).toMatchObject({ _tag: 'Left', left: { path: ['refunded', 'currency'] } })
  })
})
