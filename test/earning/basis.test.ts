import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Basis, countedLines, linesTotal, type Payment, type PurchaseLine } from '../../src/earning/index.ts'
import type { LineId } from '../../src/foundation/index.ts'
import { basisArbitrary, eur, purchaseLinesArbitrary } from '../arbitraries/earning.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { earnedBy, perEuro, purchase } from './counter.ts'

codecLaws('Basis', Basis, basisArbitrary)

const money = (minor: number) => ({ minor, currency: eur })
const line = (id: string, minor: number, more: Partial<PurchaseLine> = {}): PurchaseLine => ({
  id: id as LineId,
  amount: money(minor),
  ...more,
})
const points = (minor: number): Payment => ({ type: 'points', amount: money(minor) })

describe('S7 an order of 100 with 20 of discount, 8 of shipping and 30 paid with points, at 1 point per euro', () => {
  const order = [line('1', 8000, { discount: money(2000) }), line('2', 800, { kind: 'shipping' })]
  const earned = (basis: Basis) =>
    earnedBy({ rules: [perEuro()] }, purchase(countedLines(basis, order, [points(3000)]))).points

  test.each<[string, Basis, number]>([
    ['before discounts', { amounts: 'gross', shipping: 'excluded' }, 100],
    ['after discounts', { shipping: 'excluded' }, 80],
    ['with shipping, which is the default', {}, 88],
    ['less what points paid', { shipping: 'excluded', paidWithPoints: 'excluded' }, 50],
  ])('S7 %s', (_, basis, expected) => {
    expect(earned(basis)).toBe(expected)
  })

  test('S7 without the tax that amounts contain', () => {
    const taxed = [line('1', 12_300, { tax: money(2300) })]
    const of = (tax: 'included' | 'excluded') => countedLines({ tax }, taxed)[0]?.basisMinor
    expect([of('included'), of('excluded')]).toEqual([12_300, 10_000])
  })
})

describe('countedLines', () => {
  test('of a line that says nothing more, everything counts, once', () => {
    expect(countedLines({}, [line('1', 100)])).toEqual([
      {
        id: '1',
        minor: 100,
        categories: [],
        quantity: 1,
        sku: null,
        brand: null,
        counts: true,
        basisMinor: 100,
        original: { minor: 100, basisMinor: 100, quantity: 1 },
      },
    ])
  })

  test('gift cards that are sold, and gift cards that pay', () => {
    const bought = [line('1', 5000, { kind: 'giftCard' }), line('2', 1000)]
    const of = (basis: Basis) =>
      countedLines(basis, bought, [{ type: 'giftCard', amount: money(300) }]).map((one) => [one.basisMinor, one.counts])
    expect(of({ giftCards: 'excluded' })).toEqual([
      [0, false],
      [1000, true],
    ])
    expect(of({ paidWithGiftCards: 'excluded' })).toEqual([
      [4750, true],
      [950, true],
    ])
    expect(of({ giftCards: 'excluded', paidWithGiftCards: 'excluded', paidWithPoints: 'excluded' })).toEqual([
      [0, false],
      [700, true],
    ])
  })

  test('only some goods, and not the others; an item in two selected categories counts once (S8)', () => {
    const bought = [
      line('1', 100, { categories: ['A', 'B'], sku: 'x' }),
      line('2', 200, { categories: ['B'], brand: 'y' }),
      line('3', 400),
    ]
    const of = (basis: Basis) => countedLines(basis, bought).map(({ basisMinor }) => basisMinor)
    expect(of({ only: { categories: ['A', 'B'] } })).toEqual([100, 200, 0])
    expect(of({ only: { categories: ['A'], brands: ['y'] } })).toEqual([100, 200, 0])
    expect(of({ except: { skus: ['x'] } })).toEqual([0, 200, 400])
    expect(of({ only: { categories: ['B'] }, except: { brands: ['y'] } })).toEqual([100, 0, 0])
    expect(of({ only: {} })).toEqual([0, 0, 0])
  })

  test('more paid with points than counts leaves nothing', () => {
    const bought = [line('1', 100), line('2', 0)]
    const left = (paid: number) =>
      countedLines({ paidWithPoints: 'excluded' }, bought, [points(paid)]).map((one) => one.basisMinor)
    expect([500, 101, 100, 99].map(left)).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 0],
    ])
  })

  test('what was paid otherwise is taken off once, and never more than a line has', () => {
    fc.assert(
      fc.property(basisArbitrary, purchaseLinesArbitrary, fc.nat({ max: 30_000 }), (basis, bought, paid) => {
        const without = countedLines({ ...basis, paidWithPoints: 'included' }, bought, [points(paid)])
        const less = countedLines({ ...basis, paidWithPoints: 'excluded' }, bought, [points(paid)])
        const total = (lines: typeof less) => lines.reduce((sum, one) => sum + one.basisMinor, 0)
        expect(total(less)).toBe(Math.max(0, total(without) - paid))
        for (const [index, one] of less.entries()) {
          expect(one.basisMinor).toBeGreaterThanOrEqual(0)
          expect(one.basisMinor).toBeLessThanOrEqual(without[index]?.basisMinor ?? -1)
          if (!one.counts) expect(one.basisMinor).toBe(0)
        }
        expect(linesTotal(less)).toBe(linesTotal(without))
      }),
    )
  })
})
