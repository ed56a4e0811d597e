import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Basis, countedLines, type PurchaseLine } from '../../src/earning/index.ts'
import {
  type ActivityId,
  decode,
  type LineId,
  type MemberId,
  money,
  type Points,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import { payWithPoints } from '../../src/ledger/index.ts'
import {
  chosenPointsPayment,
  mostPointsPayment,
  newStampCard,
  newVoucherUsage,
  PointsAndMoney,
  stampPurchase,
  stepVoucher,
  VoucherUsePolicy,
} from '../../src/rewards/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, buy, coffeeCard } from './stamp-terms.ts'
import { basket, credit, fixed, line, percent, stacked } from './voucher-terms.ts'

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

describe('S7 100, 20 off, 8 shipping, 30 paid with points', () => {
  const priced = stacked([fixed('off', 2000)], basket([line('1', 6000), line('2', 4000)], 800))
  const minor = (amount: number) => ({ ...eur('0.00'), minor: amount })
  const purchase: ReadonlyArray<PurchaseLine> = [
    ...priced.lines.map(({ id, netMinor, discountMinor }) => ({
      id,
      amount: minor(netMinor),
      discount: minor(discountMinor),
    })),
    { id: 'shipping' as LineId, amount: minor(priced.shippingMinor), kind: 'shipping' },
  ]
  const price = { points: 100 as Points, price: eur('1.00') }
  const paid = unwrap(payWithPoints(price, minor(priced.payMinor), 3000 as Points))
  const baseOf = (basis: Basis) =>
    countedLines(basis, purchase, [{ type: 'points', amount: paid.worth }]).reduce(
      (sum, one) => sum + one.basisMinor,
      0,
    )

  test('S7 what the voucher and the points took off counts or not, as the program says: 100 / 80 / 88 / 50', () => {
    const without = { shipping: 'excluded' } as const
    expect(baseOf({ ...without, amounts: 'gross' })).toBe(10_000)
    expect(baseOf(without)).toBe(8000)
    expect(baseOf({})).toBe(8800)
    expect(baseOf({ ...without, paidWithPoints: 'excluded' })).toBe(5000)
  })

  test('S7 the voucher is on the lines that carry it, so that what is left of each counts', () => {
    const bases = countedLines({ shipping: 'excluded' }, purchase).map(({ basisMinor }) => basisMinor)
    expect(bases).toEqual([4800, 3200, 0])
  })

  test('S7 a gift card pays and takes nothing off: it counts unless the program says otherwise', () => {
    const bought = stacked([credit('card', 3000)], basket([line('1', 10_000)]))
    expect([bought.totalMinor, bought.creditMinor, bought.payMinor]).toEqual([10_000, 3000, 7000])
    const lines = bought.lines.map(({ id, netMinor }) => ({ id, amount: minor(netMinor) }))
    const card = { type: 'giftCard', amount: minor(bought.creditMinor) } as const
    expect(countedLines({}, lines, [card])[0]?.basisMinor).toBe(10_000)
    expect(countedLines({ paidWithGiftCards: 'excluded' }, lines, [card])[0]?.basisMinor).toBe(7000)
  })
})

describe('S10 a cap of 500, and 700 that are computed', () => {
  test('S10 a voucher’s own maximum truncates, and both are told', () => {
    const [applied] = stacked([percent('x', 1000, 'running', {}, 500)], basket([line('1', 7000)])).applied
    expect([applied?.desiredMinor, applied?.minor, applied?.cappedBy]).toEqual([700, 500, 'voucher'])
  })

  test('S10 a cap on all discounts truncates the last ones, and says of each what it would have been', () => {
    const offers = [fixed('a', 400), fixed('b', 300), fixed('c', 100)]
    const result = stacked(offers, basket([line('1', 10_000)]), { maximumBasisPoints: 500 })
    expect(result.applied.map(({ desiredMinor, minor, cappedBy }) => [desiredMinor, minor, cappedBy])).toEqual([
      [400, 400, null],
      [300, 100, 'total'],
    ])
    expect(result.declined).toEqual([{ voucher: 'c', because: { reason: 'totalCapReached' } }])
  })

  test('S10 a day’s limit truncates stamps; what is wanted and what is given are told', () => {
    const policy = { ...coffeeCard, perDay: 5 }
    const given = unwrap(stampPurchase(policy, utc, newStampCard(policy.id), buy('p', 7)))
    expect([given.desired, given.granted, given.cutBy]).toEqual([7, 5, 'perDay'])
  })

  test('S10 a limit on uses rejects in full: there is no half of a use', () => {
    const policy = unwrap(
      decode(VoucherUsePolicy, {
        voucher: 'x',
        limits: [{ times: 1, of: 'member', per: { unit: 'day' } }],
        holdFor: { amount: 1, unit: 'hour' },
      }),
    )
    const reserve = (id: string, time: string) => {
      const user = { at: at(time), member: 'anna' as MemberId, code: null }
      return { type: 'reserve', id: id as ActivityId, ...user } as const
    }
    const { usage } = unwrap(stepVoucher(policy, utc, newVoucherUsage(policy), reserve('b1', '2026-03-01T23:50:00Z')))
    expect(stepVoucher(policy, utc, usage, reserve('b2', '2026-03-01T23:59:59Z'))).toMatchObject({
      left: [{ _tag: 'VoucherLimitReached', again: at('2026-03-02T00:00:00Z') }],
    })
    expect(stepVoucher(policy, utc, usage, reserve('b2', '2026-03-02T00:00:00Z'))._tag).toBe('Right')
  })
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
