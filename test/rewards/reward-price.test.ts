import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money, type Points, unwrap } from '../../src/foundation/index.ts'
import { payWithPoints } from '../../src/ledger/index.ts'
import { chosenPointsPayment, mostPointsPayment, PointsAndMoney } from '../../src/rewards/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { basket, fixed, line, stacked } from './voucher-terms.ts'

const eur = (amount: string) => unwrap(money(amount, 'EUR'))
const split = (total: string, worth: string, rest: Partial<PointsAndMoney> = {}): PointsAndMoney => ({
  total: eur(total),
  price: { points: 1 as Points, price: eur(worth) },
  minimum: 0 as Points,
  maximum: null,
  multipleOf: 1,
  ...rest,
})
const plenty = 1_000_000 as Points

describe('S34 points and money, with no cent left over', () => {
  test('S34 100.60 at 0.10 a point: 1,006 points and nothing in cash', () => {
    const { points, rest } = unwrap(mostPointsPayment(split('100.60', '0.10'), plenty))
    expect([points, rest.minor]).toEqual([1006, 0])
  })

  test('S34 12.34 at 0.05 a point: 246 points, 0.04 in cash, and never more than the total', () => {
    const { points, rest } = unwrap(mostPointsPayment(split('12.34', '0.05'), plenty))
    expect([points, rest.minor]).toEqual([246, 4])
    const over = chosenPointsPayment(split('12.34', '0.05'), 247 as Points)
    expect(over._tag === 'Left' && over.left[0]).toMatchObject({ _tag: 'PointsNotPayable', requested: 247, below: 246 })
  })

  test('S34 minimum, maximum and multiple', () => {
    const bounds = split('12.34', '0.05', { minimum: 100 as Points, maximum: 200 as Points, multipleOf: 30 })
    expect(unwrap(mostPointsPayment(bounds, plenty)).points).toBe(180)
    const few = mostPointsPayment(bounds, 99 as Points)
    expect(few._tag === 'Left' && few.left[0]).toMatchObject({ _tag: 'PointsNotPayable', below: null })
    const odd = chosenPointsPayment(bounds, 125 as Points)
    expect(odd._tag === 'Left' && odd.left[0]).toMatchObject({ below: 120 })
    expect(chosenPointsPayment(bounds, 210 as Points)._tag).toBe('Left')
    expect(unwrap(chosenPointsPayment(bounds, 150 as Points)).rest.minor).toBe(484)
  })

  test('another currency is refused', () => {
    const wrong = { ...split('1.00', '0.05'), total: unwrap(money('1.00', 'USD')) }
    expect(mostPointsPayment(wrong, plenty)._tag).toBe('Left')
  })
})

test('S7 100, 20 off, 8 shipping, 30 paid with points: bases 100 / 80 / 88 / 50', () => {
  const priced = stacked([fixed('off', 2000)], basket([line('1', 10_000)], 800))
  const paid = unwrap(
    payWithPoints(
      { points: 100 as Points, price: eur('1.00') },
      { ...eur('0.00'), minor: priced.payMinor },
      3000 as Points,
    ),
  )
  const goods = priced.totalMinor - priced.shippingMinor
  expect([10_000, goods, priced.totalMinor, goods - paid.worth.minor]).toEqual([10_000, 8000, 8800, 5000])
})

test('S10 a maximum truncates 700 to 500, and both are told', () => {
  const [applied] = stacked(
    [
      {
        ...fixed('x', 1),
        benefit: { type: 'percent', basisPoints: 1000, of: 'running', maximumMinor: 500, rounding: 'floor' },
      },
    ],
    basket([line('1', 7000)]),
  ).applied
  expect([applied?.desiredMinor, applied?.minor, applied?.cappedBy]).toEqual([700, 500, 'voucher'])
})

const splitArbitrary: fc.Arbitrary<PointsAndMoney> = fc
  .record({
    total: fc.nat({ max: 100_000 }),
    per: fc.integer({ min: 1, max: 300 }),
    worth: fc.integer({ min: 1, max: 300 }),
    minimum: fc.nat({ max: 200 }),
    over: fc.option(fc.nat({ max: 1000 })),
    multipleOf: fc.constantFrom(1, 1, 5, 100),
  })
  .map(({ total, per, worth, minimum, over, multipleOf }) => ({
    total: { ...eur('0.00'), minor: total },
    price: { points: per as Points, price: { ...eur('0.00'), minor: worth } },
    minimum: minimum as Points,
    maximum: over === null ? null : ((minimum + over) as Points),
    multipleOf,
  }))

test('points and money are the total; a slow count over all numbers of points finds no more', () => {
  fc.assert(
    fc.property(splitArbitrary, fc.nat({ max: 1500 }), (one, available) => {
      const right: Array<number> = []
      for (let points = one.minimum as number; points <= Math.min(available, one.maximum ?? available); points += 1) {
        const worth = (points * one.price.price.minor) / one.price.points
        if (points % one.multipleOf === 0 && Number.isInteger(worth) && worth <= one.total.minor) right.push(points)
      }
      const paid = mostPointsPayment(one, available as Points)
      const most = right[right.length - 1]
      if (most === undefined) expect(paid._tag).toBe('Left')
      else {
        expect(unwrap(paid).points).toBe(most)
        expect(unwrap(paid).worth.minor + unwrap(paid).rest.minor).toBe(one.total.minor)
        const chosen = right[available % right.length] as Points
        expect(unwrap(chosenPointsPayment(one, chosen)).points).toBe(chosen)
      }
    }),
  )
})

codecLaws('PointsAndMoney', PointsAndMoney, splitArbitrary)
