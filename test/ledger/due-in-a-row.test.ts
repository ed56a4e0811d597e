import { expect, test } from 'vitest'
import type { Instant, Points } from '../../src/foundation/index.ts'
import { activationsInARow, expiriesInARow } from '../../src/ledger/index.ts'
import { definition, folded, grant, start } from './book.ts'

const on = (n: number): Instant => (start + n * 86_400_000) as Instant
const waits = (lot: string, day: number, more: object = {}) => ({
  ...grant(lot, 10, null),
  activeFrom: on(day),
  ...more,
})
const pending = folded([waits('a', 3), waits('b', 1), waits('c', 2)])
const activated = (wallet: typeof pending, of = definition) =>
  activationsInARow(of, wallet, start, on(9)).map(({ lot, at }) => [lot, (at - start) / 86_400_000])

test('activations come in the order of time, each at its own', () => {
  expect(activated(pending)).toEqual([
    ['b', 1],
    ['c', 2],
    ['a', 3],
  ])
  expect(activationsInARow(definition, pending, start, on(3))).toHaveLength(2)
})

test('none in a row where each pays debt, or starts what melts; and none after one that is cancelled or dies', () => {
  expect(activated({ ...pending, debt: 5 as Points, debtSince: start })).toEqual([])
  const decay = { every: { unit: 'month' }, rate: '0.1', atLeast: 0 as Points, rounding: 'floor' } as const
  expect(activated(pending, { ...definition, decay })).toEqual([])
  expect(activated(folded([waits('a', 1), waits('b', 2, { awaits: 'x' }), waits('c', 3)]))).toEqual([['a', 1]])
  expect(activated(folded([waits('a', 1, { expiresAt: on(2) }), waits('b', 2), waits('c', 3)]))).toEqual([['a', 1]])
})

test('expiries come in the order of time, but not of what is held, moves, or can be valid again', () => {
  const dying = folded([grant('a', 10, on(1)), grant('b', 10, on(2)), grant('c', 10, on(5))])
  expect(expiriesInARow(definition, dying, start, on(5)).map(({ lot }) => lot)).toEqual(['a', 'b'])
  const donated = { ...definition, onExpiry: { type: 'donate', recipient: 'forest' } } as const
  expect(expiriesInARow(donated, dying, start, on(5))).toEqual([])
  expect(expiriesInARow({ ...definition, reinstatement: { amount: 1, unit: 'day' } }, dying, start, on(5))).toEqual([])
  expect(expiriesInARow(definition, { ...dying, suspended: true }, start, on(5))).toEqual([])
})
