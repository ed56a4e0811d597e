import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, type LineId, type Points, unwrap } from '../../src/foundation/index.ts'
import { splitRefund } from '../../src/ledger/index.ts'
import {
  allocateDiscount,
  type Basket,
  buyXGetYDiscount,
  compileVoucherPlan,
  repricedRefund,
  unitValueRefund,
  VoucherPlan,
} from '../../src/rewards/index.ts'
import {
  basket,
  basketArbitrary,
  buyTwoGetOne,
  context,
  group,
  leaf,
  line,
  percent,
  stacked,
  vocabulary,
  vouchersArbitrary,
} from './voucher-terms.ts'

const three = basket([line('1', 3000, 3)])
const back = (quantity: number, id = '1') => [{ line: id as LineId, quantity }]
const compiledFor = (vouchers: Parameters<typeof stacked>[0]) =>
  unwrap(
    compileVoucherPlan(
      vocabulary,
      unwrap(
        decode(VoucherPlan, { root: group('stack', ...vouchers.map(({ id }) => leaf(id))), maximumBasisPoints: null }),
      ),
      vouchers,
    ),
  )

describe('S57 buy 2, get 1, 30 € each: one comes back', () => {
  test('S57 by unit value: 20 €', () => {
    expect(unitValueRefund(stacked([buyTwoGetOne('bogo')], three), back(1), 'never')).toEqual({
      _tag: 'Right',
      right: 2000,
    })
  })

  test('S57 priced anew: nothing, as two cost 60 €; then 30 each', () => {
    const refund = (quantity: number) =>
      unwrap(repricedRefund(compiledFor([buyTwoGetOne('bogo')]), three, context, back(quantity), 'never'))
    expect([1, 2, 3].map(refund)).toEqual([0, 3000, 6000])
  })

  test('S57 on lines of their own: the set carries the discount, or the free item alone', () => {
    const bought = basket([line('1', 3000), line('2', 3000), line('3', 3000)])
    const one = (shareOver: string, id: string) =>
      unwrap(unitValueRefund(stacked([buyTwoGetOne('bogo', shareOver)], bought), back(1, id), 'never'))
    expect(['1', '2', '3'].map((id) => one('set', id))).toEqual([2000, 2000, 2000])
    expect(['1', '2', '3'].map((id) => one('free', id))).toEqual([0, 3000, 3000])
  })
})

test('S55 a discount on three equal lines of 10 € adds up when they come back one by one', () => {
  const bought = basket([line('1', 1000), line('2', 1000), line('3', 1000)])
  const priced = stacked([percent('a', 3333)], bought)
  expect(priced.lines.map(({ discountMinor }) => discountMinor)).toEqual([334, 333, 333])
  const each = ['1', '2', '3'].map((id) => unwrap(unitValueRefund(priced, back(1, id), 'never')))
  expect(each.reduce((a, b) => a + b)).toBe(priced.totalMinor)
})

test('a repriced return below the minimum gives back less, and all of it in the end', () => {
  const half = percent('half', 5000, 'running', { minimumSpend: { minor: 9000, on: 'initial' } })
  const refund = (quantity: number) =>
    unwrap(repricedRefund(compiledFor([half]), three, context, back(quantity), 'never'))
  expect([1, 2, 3].map(refund)).toEqual([0, 1500, 4500])
})

test('what gift credit paid goes back in the order that is asked for', () => {
  const eur = (minor: number) => ({ minor, currency: 'EUR' as Basket['currency'] })
  const paid = { money: eur(450), points: 1050 as Points, worth: eur(1050) }
  expect(unwrap(splitRefund(paid, eur(600), 'moneyFirst'))).toEqual({ money: eur(450), points: 150 })
})

test('faults: too many, numbers that are none, unknown lines', () => {
  const priced = stacked([], three)
  const tags = (returned: Parameters<typeof unitValueRefund>[1]) => {
    const result = unitValueRefund(priced, returned, 'never')
    return result._tag === 'Left' ? result.left.map(({ _tag }) => _tag) : []
  }
  expect(tags([...back(2), ...back(2)])).toEqual(['BasketReturnExceedsLine'])
  expect(tags([...back(1, '__proto__'), ...back(0.5)])).toEqual(['BasketReturnExceedsLine', 'InvalidValue'])
  expect(repricedRefund(compiledFor([]), three, context, back(4), 'never')._tag).toBe('Left')
  expect(repricedRefund(compiledFor([]), { ...three, shippingMinor: -1 }, context, back(1), 'never')._tag).toBe('Left')
})

test('returning everything, in any order and split, pays back everything, under both policies', () => {
  fc.assert(
    fc.property(
      basketArbitrary,
      vouchersArbitrary(3),
      fc.array(fc.nat(), { maxLength: 16 }),
      (bought, vouchers, picks) => {
        const priced = stacked(vouchers, bought)
        const compiled = compiledFor(vouchers)
        const items = bought.lines.flatMap(({ id, quantity }) => Array.from({ length: quantity }, () => id))
        const order = items
          .map((id, index) => ({ id, rank: picks[index % Math.max(1, picks.length)] ?? 0 }))
          .sort((a, b) => a.rank - b.rank)
        const refunds = [
          (returned: Parameters<typeof unitValueRefund>[1]) => unwrap(unitValueRefund(priced, returned, 'complete')),
          (returned: Parameters<typeof unitValueRefund>[1]) =>
            unwrap(repricedRefund(compiled, bought, context, returned, 'complete')),
        ]
        for (const refundInAll of refunds) {
          let paidBack = 0
          for (let count = 1; count <= order.length; count += 1) {
            const returned = order.slice(0, count).map(({ id }) => ({ line: id, quantity: 1 }))
            paidBack += Math.max(0, refundInAll(returned) - paidBack)
            expect(paidBack).toBeLessThanOrEqual(priced.totalMinor)
          }
          if (order.length > 0) expect(paidBack).toBe(priced.totalMinor)
        }
      },
    ),
  )
})

test('allocated discounts sum, and none is more than its line', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), fc.nat(), (lines, minor) => {
      const sum = lines.reduce((a, b) => a + b, 0)
      const shares = allocateDiscount(Math.min(minor, sum), lines)
      if (shares._tag === 'Left') expect(sum).toBe(-1)
      else {
        expect(shares.right.reduce((a, b) => a + b, 0)).toBe(Math.min(minor, sum))
        expect(shares.right.every((share, index) => share >= 0 && share <= (lines[index] ?? 0))).toBe(true)
      }
    }),
  )
})

test('a half-price second pair: the cheaper one is half price', () => {
  const benefit = {
    type: 'buyXGetY',
    buy: 1,
    get: 1,
    basisPoints: 5000,
    maximumSets: null,
    shareOver: 'free',
    rounding: 'floor',
  } as const
  expect(buyXGetYDiscount(benefit, [line('1', 8001), line('2', 5001)], [8001, 5001], [0, 1])).toEqual([0, 2500])
})
