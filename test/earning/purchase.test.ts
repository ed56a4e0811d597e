import { expect, test } from 'vitest'
import { linesTotal, PurchaseLine } from '../../src/earning/index.ts'
import { decode } from '../../src/foundation/index.ts'
import { purchaseLineArbitrary } from '../arbitraries/earning.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { lines } from './counter.ts'

codecLaws('PurchaseLine', PurchaseLine, purchaseLineArbitrary)

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
