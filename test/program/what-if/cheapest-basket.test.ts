// The cheapest basket by search against the cheapest of all baskets.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  formatAmount,
  type LineId,
  money,
  type Points,
  parseInstant,
  unwrap,
} from '../../../src/foundation/index.ts'
import {
  type BasketPlan,
  type CatalogueItem,
  cheapestBasket,
  decide,
  type Goal,
  hasReached,
  noSharedUsage,
} from '../../../src/program/index.ts'
import { buys, following, joins, shop, shopJson, statusLadder } from '../shop.ts'

const at = unwrap(parseInstant('2026-03-01T00:00:00Z'))

const item = (id: string, price: string, more: Partial<CatalogueItem> = {}): CatalogueItem => ({
  id: id as LineId,
  price: unwrap(money(price, 'EUR')),
  ...more,
})

const program = shop({
  ladders: [statusLadder],
  earning: {
    ...shopJson.earning,
    rules: [
      shopJson.earning.rules[0],
      {
        id: 'tea',
        wallet: 'points',
        lines: { field: 'categories', hasAny: ['tea'] },
        award: { mode: 'perItem', points: '7', every: 2 },
      },
      {
        id: 'large',
        wallet: 'points',
        when: { field: 'amount', atLeast: '9.00' },
        award: { mode: 'bonus', points: '-4' },
      },
    ],
  },
})
const { state } = following(program, [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-02T00:00:00Z', '8.00')])

const goal = (points: number): Goal => ({ type: 'points', wallet: 'points', points: points as Points }) as Goal

const plan = (catalogue: ReadonlyArray<CatalogueItem>, mostItems: number): BasketPlan => ({
  purchase: { id: 'what if' as ActivityId, member: state.member, at },
  catalogue,
  mostItems,
})

/** All baskets of at most so many items. */
const allCounts = (kinds: number, most: number): ReadonlyArray<ReadonlyArray<number>> =>
  kinds === 0
    ? [[]]
    : Array.from({ length: most + 1 }, (_, count) =>
        allCounts(kinds - 1, most - count).map((rest) => [count, ...rest]),
      ).flat()

const slowCheapest = ({ catalogue, mostItems, purchase }: BasketPlan, wanted: Goal): number | undefined => {
  const totals = allCounts(catalogue.length, mostItems).flatMap((counts) => {
    const lines = catalogue.flatMap(({ id, price, categories = [] }, index) => {
      const quantity = counts[index] ?? 0
      return quantity === 0 ? [] : [{ id, quantity, categories, amount: { ...price, minor: price.minor * quantity } }]
    })
    if (lines.length === 0) return []
    const decided = decide(program, state, { ...purchase, type: 'purchase', lines })
    const isEnough = decided._tag === 'Right' && hasReached(program, decided.right.state, wanted, at)
    return isEnough ? [lines.reduce((sum, { amount }) => sum + amount.minor, 0)] : []
  })
  return totals.length === 0 ? undefined : Math.min(...totals)
}

describe('cheapestBasket', () => {
  test('is the cheapest of all baskets, also where more can be less', () => {
    const catalogueArbitrary = fc.array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.boolean()), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(
        catalogueArbitrary,
        fc.integer({ min: 9, max: 30 }),
        fc.integer({ min: 1, max: 4 }),
        (kinds, points, most) => {
          const catalogue = kinds.map(([minor, isTea], index) => ({
            ...item(String(index), '1.00', isTea ? { categories: ['tea'] } : {}),
            price: { minor, currency: 'EUR' as CatalogueItem['price']['currency'] },
          }))
          const found = cheapestBasket(program, state, plan(catalogue, most), goal(points))
          expect(found._tag === 'Left' ? undefined : found.right?.amount.minor).toBe(
            slowCheapest(plan(catalogue, most), goal(points)),
          )
        },
      ),
    )
  })

  test('two cheap teas rather than a dear cake', () => {
    const catalogue = [item('cake', '6.00'), item('tea', '1.50', { categories: ['tea'], sku: 'T1', brand: 'Leaf' })]
    const found = unwrap(cheapestBasket(program, state, plan(catalogue, 4), goal(14)))
    expect(found?.purchase.lines).toMatchObject([{ id: 'tea', quantity: 2, sku: 'T1', brand: 'Leaf' }])
    expect(found === null ? '' : formatAmount(found.amount)).toBe('3.00')
    expect(unwrap(cheapestBasket(program, state, plan(catalogue, 4), goal(8)))).toBeNull()
  })

  test('rewards and levels of challenges as goals', () => {
    const fixed = { stock: null, limits: [], validFrom: null, validUntil: null, tiers: null, when: null }
    const mug = {
      id: 'mug',
      prices: [{ wallet: 'points', points: 22, money: null, tier: null }],
      refundable: 'untilUsed',
      holdFor: null,
      shipped: false,
      partner: null,
    }
    const tasting = {
      id: 'tasting',
      measure: { type: 'sum', field: 'quantity' },
      window: { type: 'whole' },
      levels: [{ id: 'taster', target: 3 }],
      when: { field: 'categories', hasAny: ['tea'] },
    }
    const rich = shop({
      rewards: [{ ...mug, ...fixed, stock: 1 }],
      challenges: { goals: [{ challenge: tasting, on: 'purchase' }] },
    })
    const before = following(rich, [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-02T00:00:00Z', '8.00')]).state
    const catalogue = [item('cake', '2.50'), item('tea', '7.00', { categories: ['tea'] })]
    const basketFor = (wanted: object, options = {}) => {
      const found = cheapestBasket(rich, before, plan(catalogue, 6), wanted as Goal, options)
      if (found._tag === 'Left') return found.left._tag
      return found.right?.purchase.lines.map(({ id, quantity }) => [id, quantity])
    }
    const reward = { type: 'reward', reward: 'mug' }
    // 8 points are there: 14.00 and 14.50 are the least that make 22.
    expect(basketFor(reward, { shared: noSharedUsage })).toEqual([['tea', 2]])
    expect(basketFor(reward)).toBe('MissingSharedUsage')
    expect(basketFor({ type: 'challenge', challenge: 'tasting', level: 'taster' })).toEqual([
      ['cake', 2],
      ['tea', 1],
    ])
    expect(basketFor({ type: 'challenge', challenge: 'tasting', level: 'master' })).toBe('GoalOutOfReach')
  })

  test('what cannot be answered is told', () => {
    const faultOf = (one: BasketPlan, wanted = goal(1000), options = {}) => {
      const found = cheapestBasket(program, state, one, wanted, options)
      return found._tag === 'Left' ? [found.left._tag, ...found.left.path] : []
    }
    const catalogue = [item('tea', '1.00')]
    expect(faultOf(plan(catalogue, 3))).toEqual(['GoalOutOfReach', 'goal'])
    expect(faultOf(plan([item('gift', '0.00')], 3))).toEqual(['InvalidValue', 'plan', 'catalogue', 0, 'price', 'minor'])
    expect(faultOf(plan([{ ...item('tea', '1.00'), price: unwrap(money('1.00', 'USD')) }], 3))).toEqual([
      'InvalidValue',
      'plan',
      'catalogue',
      0,
      'price',
      'currency',
    ])
    expect(faultOf(plan(catalogue, 0))).toEqual(['InvalidValue', 'plan', 'mostItems'])
    expect(faultOf(plan(catalogue, 3), goal(1000), { mostTries: 2 })).toEqual(['OutOfRange', 'options', 'mostTries'])
    expect(faultOf(plan(catalogue, 3), goal(1000), { by: at - 1 })).toEqual(['InvalidValue', 'options', 'by'])
  })
})
