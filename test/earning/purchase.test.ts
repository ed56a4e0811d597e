import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CountedLine, linesTotal, Payment, PurchaseLine } from '../../src/earning/index.ts'
import { decode } from '../../src/foundation/index.ts'
import { countedLinesArbitrary, purchaseLineArbitrary } from '../arbitraries/earning.ts'
import { moneyArbitrary } from '../arbitraries/foundation.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { lines } from './counter.ts'

codecLaws('PurchaseLine', PurchaseLine, purchaseLineArbitrary)

codecLaws(
  'Payment',
  Payment,
  fc.record({ type: fc.constantFrom('points', 'giftCard', 'money'), amount: moneyArbitrary({ min: 0 }) }),
)
codecLaws(
  'CountedLine',
  CountedLine,
  countedLinesArbitrary.filter(({ length }) => length > 0).map(([line]) => line as CountedLine),
)

test('discount and tax are in the currency of the line, which contains the tax', () => {
  const money = (amount: string, currency = 'EUR') => ({ amount, currency })
  const faults = (more: object) => {
    const decoded = decode(PurchaseLine, { id: '1', amount: money('10.00'), ...more })
    return decoded._tag === 'Left' ? decoded.left.map(({ path }) => path.join('.')) : []
  }
  expect(faults({ discount: money('90.00'), tax: money('10.00') })).toEqual([])
  expect(faults({ discount: money('1.00', 'USD'), tax: money('1.00', 'USD') })).toEqual([
    'discount.currency',
    'tax.currency',
  ])
  expect(faults({ tax: money('10.01') })).toEqual(['tax'])
  expect(faults({ quantity: 0, sku: '', brand: 'x'.repeat(201), kind: 'service' })).toEqual([
    'quantity',
    'sku',
    'brand',
    'kind',
  ])
})

test('a line costs 0 or more', () => {
  const line = (amount: string) => decode(PurchaseLine, { id: '1', amount: { amount, currency: 'EUR' } })
  expect(line('0.00')._tag).toBe('Right')
  expect(line('-0.01')).toMatchObject({ left: [{ path: ['amount'], expected: 'an amount of 0 or more' }] })
})

test('a line is in at most 100 categories', () => {
  const amount = { amount: '1.00', currency: 'EUR' }
  const categories = Array.from({ length: 100 }, (_, index) => `${index}`)
  expect(decode(PurchaseLine, { id: '1', amount, categories })._tag).toBe('Right')
  expect(decode(PurchaseLine, { id: '1', amount, categories: [...categories, 'more'] })._tag).toBe('Left')
})

test('linesTotal sums the amounts', () => {
  expect(linesTotal(lines(1999, 1, 0))).toBe(2000)
  expect(linesTotal([])).toBe(0)
})
