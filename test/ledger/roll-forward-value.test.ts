import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, type FunderId, money, type Points, unwrap } from '../../src/foundation/index.ts'
import {
  type LiabilityMovement,
  type LiabilityPrice,
  liabilityRollForward,
  summariseLiability,
  type ValuedLines,
  valueRollForward,
  worthOfPoints,
} from '../../src/ledger/index.ts'
import { roundingModeArbitrary } from '../arbitraries/foundation.ts'
import { liabilityMovementArbitrary } from '../arbitraries/liability.ts'

const bank = 'bank' as FunderId
const price = (points: number, amount: string, currency = 'EUR') => ({
  points: points as Points,
  price: unwrap(money(amount, currency)),
})
const rollForward = (movements: ReadonlyArray<LiabilityMovement>) =>
  unwrap(liabilityRollForward(unwrap(summariseLiability(movements))))
const move = (period: string, kind: 'accrued' | 'redeemed', points: number, funder: FunderId | null = null) => ({
  period,
  funder,
  kind,
  points,
})

const sumOfLines = ({ closing, ...lines }: ValuedLines) =>
  Object.values(lines).reduce((sum, { minor }) => sum + minor, 0)

describe('valueRollForward', () => {
  test('three points for 0.01 each are 0.01 together, and the lines sum', () => {
    const each = [move('1', 'accrued', 1), move('2', 'accrued', 1), move('3', 'accrued', 1)]
    const { totals } = unwrap(
      valueRollForward(rollForward(each), [{ funder: null, from: '1', price: price(3, '0.01') }], 'floor'),
    )
    expect(totals.map(({ money }) => [money.opening.minor, money.accrued.minor, money.closing.minor])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 1, 1],
    ])
  })

  test('a new price revalues what was owed, also where nothing moves', () => {
    const prices: ReadonlyArray<LiabilityPrice> = [
      { funder: null, from: '2026-03', price: price(100, '0.50') },
      { funder: null, from: '2026-01', price: price(100, '1.00') },
      { funder: bank, from: '2026-01', price: price(1, '0.02') },
    ]
    const moved = rollForward([
      move('2026-01', 'accrued', 1000),
      move('2026-01', 'accrued', 50, bank),
      move('2026-02', 'redeemed', 10, bank),
    ])
    const { rows, totals } = unwrap(valueRollForward(moved, prices, 'halfEven'))
    expect(
      rows.map(({ period, funder, money }) => [period, funder, money.revaluation.minor, money.closing.minor]),
    ).toEqual([
      ['2026-01', null, 0, 1000],
      ['2026-01', bank, 0, 100],
      ['2026-02', bank, 0, 80],
      ['2026-03', null, -500, 500],
    ])
    expect(totals.map(({ period, money }) => [period, money.opening.minor, money.closing.minor])).toEqual([
      ['2026-01', 0, 1100],
      ['2026-02', 1100, 1080],
      ['2026-03', 1080, 580],
    ])
  })

  test('an opening balance has the price of before, where there is one', () => {
    const summary = unwrap(summariseLiability([move('2026-02', 'accrued', 100)]))
    const moved = unwrap(liabilityRollForward(summary, [{ funder: null, points: 1000 }]))
    const now = { funder: null, from: '2026-02', price: price(100, '2.00') }
    const before = { funder: null, from: '2026-01', price: price(100, '1.00') }
    const [first] = unwrap(valueRollForward(moved, [now, before], 'halfEven')).totals
    expect(first?.money).toMatchObject({
      opening: { minor: 1000 },
      revaluation: { minor: 1000 },
      closing: { minor: 2200 },
    })
    const [alone] = unwrap(valueRollForward(moved, [now], 'halfEven')).totals
    expect(alone?.money).toMatchObject({
      opening: { minor: 2000 },
      revaluation: { minor: 0 },
      closing: { minor: 2200 },
    })
  })

  const prices: fc.Arbitrary<ReadonlyArray<LiabilityPrice>> = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.nat(1000)), { minLength: 10, maxLength: 10 })
    .map((rates) =>
      rates.map(([points, minor], index) => ({
        funder: [null, 'bank', '__proto__', 'null', 'constructor'][index % 5] as FunderId | null,
        from: index < 5 ? '0' : '2026-02',
        price: { points: points as Points, price: { minor, currency: 'EUR' as Currency } },
      })),
    )

  const movements = fc.array(liabilityMovementArbitrary(100_000), { maxLength: 40 })

  test('lines sum to the closing, which is the worth of the closing points and the next opening', () => {
    fc.assert(
      fc.property(movements, prices, roundingModeArbitrary, (all, list, mode) => {
        const moved = rollForward(all)
        const owed = new Map<FunderId | null, { readonly points: number; readonly minor: number }>()
        for (const { period, funder, price, money } of unwrap(valueRollForward(moved, list, mode)).rows) {
          const valid = list.filter((each) => each.funder === funder && each.from <= period).at(-1)
          expect(price).toEqual(valid?.price)
          const row = moved.rows.find((each) => each.period === period && each.funder === funder)
          const points = row?.points.closing ?? owed.get(funder)?.points ?? 0
          expect(money.closing).toEqual(unwrap(worthOfPoints(points, price, mode)))
          expect(money.opening.minor).toBe(owed.get(funder)?.minor ?? 0)
          expect(sumOfLines(money)).toBe(money.closing.minor)
          owed.set(funder, { points, minor: money.closing.minor })
        }
        for (const [funder, { points }] of owed) {
          expect(points).toBe(moved.rows.filter((each) => each.funder === funder).at(-1)?.points.closing)
        }
      }),
    )
  })

  test('a total is what all funders owe after its period', () => {
    fc.assert(
      fc.property(movements, prices, roundingModeArbitrary, (all, list, mode) => {
        const { rows, totals } = unwrap(valueRollForward(rollForward(all), list, mode))
        let opening = 0
        for (const { period, money } of totals) {
          const last = new Map(
            rows.filter((row) => row.period <= period).map((row) => [row.funder, row.money.closing.minor]),
          )
          expect(money.opening.minor).toBe(opening)
          opening = Array.from(last.values()).reduce((sum, minor) => sum + minor, 0)
          expect(money.closing.minor).toBe(opening)
          expect(sumOfLines(money)).toBe(opening)
        }
      }),
    )
  })

  test('what has no price, and prices that make no sense, are faults', () => {
    const moved = rollForward([move('2026-01', 'accrued', 5), move('2026-01', 'accrued', 5, bank)])
    const ours = { funder: null, from: '2026-02', price: price(1, '1') }
    expect(valueRollForward(moved, [ours], 'floor')).toMatchObject({
      left: [
        { _tag: 'MissingPrice', period: '2026-01', funder: null },
        { _tag: 'MissingPrice', period: '2026-01', funder: bank },
      ],
    })
    const bad = [ours, ours, { ...ours, funder: bank, price: price(0, '1', 'USD') }]
    const result = valueRollForward(moved, bad, 'floor')
    expect(result._tag === 'Left' && result.left.map(({ _tag, path }) => [_tag, ...path])).toEqual([
      ['InvalidValue', 'prices', 1, 'from'],
      ['ZeroDenominator', 'prices', 2, 'price', 'points'],
      ['CurrencyMismatch', 'prices', 2, 'price'],
    ])
    expect(valueRollForward(moved, [], 'floor')).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  })

  test('amounts beyond a number are out of range, alone and in sum', () => {
    const most = { minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' as Currency }
    const each = (funder: FunderId | null) => ({ funder, from: '0', price: { points: 1 as Points, price: most } })
    const two = rollForward([move('1', 'accrued', 2)])
    expect(valueRollForward(two, [each(null)], 'floor')).toMatchObject({
      left: [{ _tag: 'OutOfRange', path: ['rows', '1'] }],
    })
    const both = rollForward([move('1', 'accrued', 1), move('1', 'accrued', 1, bank)])
    expect(valueRollForward(both, [each(null), each(bank)], 'floor')).toMatchObject({
      left: [{ _tag: 'OutOfRange', path: ['totals', 0] }],
    })
  })
})
