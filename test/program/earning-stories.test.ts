// What a program's JSON can say about earning, from one activity to the next.
import { describe, expect, test } from 'vitest'
import type { Activity, MemberState } from '../../src/program/index.ts'
import { activity, eur, following, joins, points, rejected, returns, shop, shopJson } from './shop.ts'

const day1 = '2026-01-01T00:00:00Z'
const active = (state: MemberState): number => points(state).active
const perEuro = { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' }
const base = { id: 'base', wallet: 'points', award: perEuro }
const earning = (more: object) => ({ earning: { ...shopJson.earning, ...more } })
const fixed = (id: string, value: string, more: object = {}) => ({
  id,
  wallet: 'points',
  award: { mode: 'fixed', points: value },
  ...more,
})
const order = (id: string, at: string, lines: ReadonlyArray<object>, more: object = {}): Activity =>
  activity({
    type: 'purchase',
    id,
    at,
    lines: lines.map((line, index) => ({ id: String(index + 1), amount: eur('10.00'), ...line })),
    ...more,
  })
const acts = (id: string, at: string, name: string, more: object = {}): Activity =>
  activity({ type: 'action', id, at, name, ...more })
/** The points of a member who joins on the first day and does some things. */
const earned = (program: object, ...activities: ReadonlyArray<Activity>): number =>
  active(following(shop(program), [joins(day1), ...activities]).state)

describe('what of an order counts', () => {
  const lines = [
    { amount: eur('80.00'), discount: eur('20.00'), tax: eur('14.96'), sku: 'A', brand: 'X', categories: ['shoes'] },
    { amount: eur('8.00'), kind: 'shipping' },
    { amount: eur('25.00'), kind: 'giftCard' },
  ]
  const payments = [
    { type: 'points', amount: eur('30.00') },
    { type: 'giftCard', amount: eur('10.00') },
    { type: 'money', amount: eur('73.00') },
  ]
  const of = (basis: object): number => earned(earning({ basis }), order('o', day1, lines, { payments }))

  test.each<[string, object, number]>([
    ['everything', {}, 113],
    ['gross', { amounts: 'gross' }, 133],
    ['net', { amounts: 'net' }, 113],
    ['without tax', { tax: 'excluded' }, 98],
    ['without shipping', { shipping: 'excluded' }, 105],
    ['without gift cards that are sold', { giftCards: 'excluded' }, 88],
    ['without what points paid', { paidWithPoints: 'excluded' }, 83],
    ['without what gift cards paid', { paidWithGiftCards: 'excluded' }, 103],
    ['only a SKU', { only: { skus: ['A'] } }, 80],
    ['only a brand', { only: { brands: ['X'] } }, 80],
    ['only a category', { only: { categories: ['shoes'] } }, 80],
    ['without a SKU', { except: { skus: ['A'] } }, 33],
    ['without a brand', { except: { brands: ['X'] } }, 33],
    ['without a category', { except: { categories: ['shoes'] } }, 33],
    ['goods alone, less points', { shipping: 'excluded', giftCards: 'excluded', paidWithPoints: 'excluded' }, 50],
  ])('S7 %s', (_, basis, expected) => {
    expect(of(basis)).toBe(expected)
  })
})

describe('cooldowns', () => {
  const books = fixed('books', '50', {
    lines: { field: 'categories', hasAny: ['books'] },
    cooldown: { amount: 1, unit: 'day' },
  })
  const program = earning({ rules: [base, books] })
  const later = (hour: string) => `2026-01-01T${hour}:00:00Z`

  test('an order in which no line counts for a rule does not use its cooldown up', () => {
    const food = order('food', later('01'), [{ categories: ['food'] }])
    const read = order('read', later('02'), [{ categories: ['books'] }])
    expect(earned(program, food, read)).toBe(70)
    const again = order('again', later('03'), [{ categories: ['books'] }])
    expect(earned(program, read, again)).toBe(70)
  })

  test('the return of the line that a rule earned for frees its cooldown, also where the rest of the order stays', () => {
    const both = order('both', later('01'), [{ categories: ['food'] }, { categories: ['books'] }])
    const back = returns('back', later('02'), 'both', { line: '2' })
    const again = order('again', later('03'), [{ categories: ['books'] }])
    expect(earned(program, both, back, again)).toBe(70)
    const other = returns('back', later('02'), 'both', { line: '1' })
    expect(earned(program, both, other, again)).toBe(70)
  })
})

describe('attributes', () => {
  const attributes = [
    { name: 'table', type: 'integer', required: true },
    { name: 'gift', type: 'flag' },
  ]
  const actions = [{ name: 'review', fields: [{ name: 'stars', type: 'integer', required: true }] }]
  const rules = [
    fixed('table bonus', '5', { when: { field: 'table', atLeast: 3 } }),
    {
      id: 'stars',
      wallet: 'points',
      on: 'review',
      award: { mode: 'perValue', field: 'stars', points: '2', per: 1, steps: 'step' },
    },
  ]
  const program = shop(earning({ attributes, actions, rules }))
  const anna = following(program, [joins(day1)]).state
  const paths = (one: Activity) => rejected(program, anna, one).map(({ path }) => path.join('.'))

  test('what rules need and the program calls required is asked for: without it no rule could say what to do', () => {
    expect(paths(order('o', day1, [{}]))).toEqual(['attributes.table'])
    expect(paths(order('o', day1, [{}], { attributes: { table: 'four', gift: 'yes' } }))).toEqual([
      'attributes.table',
      'attributes.gift',
    ])
    expect(paths(acts('a', day1, 'review'))).toEqual(['attributes.stars'])
    const table = order('o', day1, [{}], { attributes: { table: 4, unheardOf: 1 } })
    expect(
      active(following(program, [table, acts('a', day1, 'review', { attributes: { stars: 5 } })], anna).state),
    ).toBe(15)
  })

  test('it is named together with what is wrong with lines and payments', () => {
    const usd = { amount: '1.00', currency: 'USD' }
    const one = order('o', day1, [{ amount: usd }], { payments: [{ type: 'points', amount: usd }] })
    expect(paths(one)).toEqual(['lines.0.amount.currency', 'payments.0.amount.currency', 'attributes.table'])
  })
})
