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
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { buys, following, joins, pointsOf, shop, shopJson, statusLadder } from '../shop.ts'
import { daysAfter, question } from './tiered-shop.ts'

fewerRuns()

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

const gold = { type: 'tier', ladder: 'status', tier: 'gold' } as Goal
const spendTiers = [{ id: 'basic' }, { id: 'gold', reach: pointsOf(150), keep: pointsOf(150) }]
const farther = ({ id, reach }: (typeof spendTiers)[number]) =>
  reach === undefined ? { id } : { id, reach: pointsOf(100_000), keep: pointsOf(100_000) }

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

const slowCheapest = (
  { catalogue, mostItems, purchase }: BasketPlan,
  wanted: Goal,
  of = program,
  before = state,
  by = at,
): number | undefined => {
  const totals = allCounts(catalogue.length, mostItems).flatMap((counts) => {
    const lines = catalogue.flatMap(({ id, price, categories = [] }, index) => {
      const quantity = counts[index] ?? 0
      return quantity === 0 ? [] : [{ id, quantity, categories, amount: { ...price, minor: price.minor * quantity } }]
    })
    if (lines.length === 0) return []
    const decided = decide(of, before, { ...purchase, type: 'purchase', lines }, { trace: false })
    const isEnough = decided._tag === 'Right' && hasReached(of, decided.right.state, wanted, by)
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

  const priced = (prices: ReadonlyArray<readonly [number, ReadonlyArray<string>]>) =>
    prices.map(([minor, categories], index) => ({
      ...item(String(index), '1.00', { categories }),
      price: { minor, currency: 'EUR' as CatalogueItem['price']['currency'] },
    }))

  test('is the cheapest of all baskets of items of one kind, also with gifts, redemptions and caps', () => {
    fc.assert(
      fc.property(
        question,
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 6 }),
        ({ program: of, before, goal: wanted, days }, prices, most) => {
          const start = following(of, before).state
          const by = daysAfter(at, days)
          const one = plan(priced(prices.map((price) => [price, []] as const)), most)
          if (hasReached(of, start, wanted, by)) return
          const found = cheapestBasket(of, start, one, wanted, { by })
          expect(found._tag === 'Left' ? undefined : found.right?.amount.minor).toBe(
            slowCheapest(one, wanted, of, start, by),
          )
        },
      ),
    )
  })

  const ruleOf = fc.oneof(
    fc
      .record({ points: fc.constantFrom('1', '3'), cents: fc.integer({ min: 3, max: 60 }) })
      .map(({ points, cents }) => ({
        award: { mode: 'linear', points, per: { amount: (cents / 100).toFixed(2), currency: 'EUR' }, on: 'order' },
      })),
    fc.integer({ min: 20, max: 200 }).map((cents) => ({
      award: { mode: 'step', points: '4', per: { amount: (cents / 100).toFixed(2), currency: 'EUR' }, on: 'order' },
    })),
    fc.constant({ award: { mode: 'multiplier', factor: '2' } }),
    fc.integer({ min: 10, max: 300 }).map((cents) => ({
      when: { field: 'amount', atLeast: (cents / 100).toFixed(2) },
      award: { mode: 'bonus', points: '3' },
    })),
    fc.constantFrom('hasAny', 'hasNone').map((test) => ({
      when: { field: 'categories', [test]: ['tea', 'milk'] },
      award: { mode: 'bonus', points: '5' },
    })),
    fc.constant({ award: { mode: 'perItem', points: '2', every: 2 } }),
  )
  const linesOf = fc.constantFrom(
    {},
    {},
    { field: 'categories', hasAny: ['tea'] },
    { field: 'categories', hasNone: ['tea'] },
  )
  const mixed = fc.array(fc.tuple(ruleOf, linesOf), { minLength: 1, maxLength: 4 }).map((rules) =>
    shop({
      ladders: [{ ...statusLadder, metrics: [{ id: 'points', of: 'spend' }], tiers: spendTiers }],
      earning: {
        ...shopJson.earning,
        rules: rules.map(([rule, lines], index) => ({
          id: `rule ${index}`,
          wallet: 'points',
          ...rule,
          ...('field' in lines ? { lines } : {}),
        })),
      },
    }),
  )

  test('is the cheapest of all baskets of items of several kinds', () => {
    const kinds = fc.constantFrom(['tea'], ['milk'], ['cake'], [], ['tea', 'milk'])
    fc.assert(
      fc.property(
        mixed,
        fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), kinds), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.oneof(fc.integer({ min: 1, max: 40 }).map(goal), fc.constant(gold)),
        (of, prices, most, wanted) => {
          const start = following(of, [joins('2026-01-01T00:00:00Z')]).state
          const one = plan(priced(prices), most)
          const found = cheapestBasket(of, start, one, wanted)
          expect(found._tag === 'Left' ? undefined : found.right?.amount.minor).toBe(
            slowCheapest(one, wanted, of, start),
          )
        },
      ),
    )
  })

  test.each([
    ['of one kind', [[]]],
    ['of several kinds', [['tea'], ['milk'], []]],
  ] as const)('a thousand items %s, and a tier at 1,000 euros', (_name, kinds) => {
    const catalogue = priced(
      Array.from({ length: 1000 }, (_, index) => [199 + 37 * index, kinds[index % kinds.length] ?? []] as const),
    )
    const tea = {
      id: 'tea',
      wallet: 'points',
      lines: { field: 'categories', hasAny: ['tea'] },
      award: { mode: 'multiplier', factor: '3' },
    }
    const milk = {
      ...tea,
      id: 'milk',
      lines: { field: 'categories', hasAny: ['milk'] },
      award: { mode: 'bonus', points: '20' },
    }
    const many = shop({
      ladders: [{ ...statusLadder, metrics: [{ id: 'points', of: 'spend' }], tiers: spendTiers.map(farther) }],
      earning: { ...shopJson.earning, rules: [...shopJson.earning.rules, tea, milk] },
    })
    const start = following(many, [joins('2026-01-01T00:00:00Z')]).state
    const cost = (wanted: Goal) => {
      const found = unwrap(cheapestBasket(many, start, plan(catalogue, 60), wanted, { mostTries: 3000 }))
      return found === null ? '' : formatAmount(found.amount)
    }
    expect(cost(gold)).toBe('1000.00')
    // Three points for a euro of tea, and 20 for a milk of 2.36.
    expect(cost(goal(1000))).toBe(kinds.length === 1 ? '1000.00' : '328.24')
  })

  const found = (of: ReturnType<typeof shop>, one: BasketPlan, wanted: Goal, options = {}) => {
    const start = following(of, [joins('2026-01-01T00:00:00Z')]).state
    const basket = cheapestBasket(of, start, one, wanted, options)
    if (basket._tag === 'Left') return basket.left._tag
    return basket.right?.purchase.lines.map(({ id, quantity }) => [id, quantity])
  }
  const bonusFor = (when: object) =>
    shop({
      earning: {
        ...shopJson.earning,
        rules: [{ id: 'both', wallet: 'points', when, award: { mode: 'bonus', points: '5' } }],
      },
    })
  const kinds = [
    item('tea', '2.00', { categories: ['tea'] }),
    item('milk', '1.00', { categories: ['milk'], brand: 'Cow' }),
    item('cream', '0.50', { categories: ['milk'], brand: 'Cow', sku: 'C1' }),
  ]

  test('several kinds, of which none alone is enough', () => {
    const both = bonusFor({ field: 'categories', hasAll: ['tea', 'milk'] })
    expect(found(both, plan(kinds, 4), goal(5))).toEqual([
      ['tea', 1],
      ['cream', 1],
    ])
    expect(found(both, plan(kinds, 1), goal(5))).toBe('GoalOutOfReach')
    expect(found(both, plan(kinds, 4), goal(6))).toBe('GoalOutOfReach')
    // More of something may be less: one after the other.
    const notTea = bonusFor({
      not: {
        any: [
          { field: 'categories', hasAny: ['tea'] },
          { field: 'amount', lessThan: '0.75' },
        ],
      },
    })
    expect(found(notTea, plan(kinds, 4), goal(5))).toEqual([['milk', 1]])
    const notDear = bonusFor({
      not: {
        any: [
          { field: 'amount', lessThan: '1.75' },
          { field: 'categories', hasNone: ['tea'] },
        ],
      },
    })
    expect(found(notDear, plan(kinds, 4), goal(5))).toEqual([['tea', 1]])
    const unmarked = [item('tea', '2.00', { categories: ['tea'] }), item('milk', '1.00', { categories: ['milk'] })]
    expect(found(notTea, plan(unmarked, 4), goal(5))).toEqual([['milk', 1]])
    const unlikeTea = { id: 'no tea', wallet: 'points', when: { field: 'categories', hasNone: ['tea'] } }
    const withoutTea = shop({
      earning: {
        ...shopJson.earning,
        rules: [shopJson.earning.rules[0], { ...unlikeTea, award: { mode: 'bonus', points: '4' } }],
      },
    })
    const two = [item('tea', '1.00', { categories: ['tea'] }), item('cake', '1.01')]
    expect(found(withoutTea, plan(two, 6), goal(5))).toEqual([['cake', 1]])
    expect(found(bonusFor({ field: 'skus', hasAny: ['C1'] }), plan(kinds, 4), goal(5))).toEqual([['cream', 1]])
  })

  test('too much to be looked at is told', () => {
    const dear = [item('yacht', '9000000.00'), item('boat', '8999999.99')]
    const farAway = shop()
    expect(found(farAway, plan(dear, 100), goal(800_000_000))).toBe('OutOfRange')
    const tea = shop({
      earning: {
        ...shopJson.earning,
        rules: [
          shopJson.earning.rules[0],
          {
            id: 'tea',
            wallet: 'points',
            lines: { field: 'categories', hasAny: ['tea'] },
            award: { mode: 'multiplier', factor: '2' },
          },
        ],
      },
    })
    const [yacht, boat] = dear
    const mixedDear = [{ ...yacht, categories: ['tea'] }, boat] as ReadonlyArray<CatalogueItem>
    expect(found(tea, plan(mixedDear, 100), goal(1_000_000_000))).toBe('OutOfRange')
    expect(found(tea, plan(kinds, 10), goal(12), { mostTries: 1 })).toBe('OutOfRange')
    expect(found(tea, plan(kinds, 10), goal(12))).toEqual([['tea', 3]])
    // Items that are counted, of which there cannot be enough, or only in too many ways.
    const plain = [item('cake', '1.00'), item('tea', '2.00', { categories: ['tea'] })]
    const counted = shop({
      earning: {
        ...shopJson.earning,
        rules: [{ id: 'item', wallet: 'points', award: { mode: 'perItem', points: '1', every: 100 } }],
      },
    })
    expect(found(counted, plan(plain, 99), goal(1), { mostTries: 50 })).toBe('GoalOutOfReach')
    expect(found(counted, plan(plain, 100), goal(1), { mostTries: 50 })).toBe('OutOfRange')
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
    expect(basketFor({ type: 'challenge', challenge: 'tasting', level: 'master' })).toBe('InvalidValue')
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
    expect(faultOf(plan([...catalogue, ...catalogue], 3))).toEqual(['InvalidValue', 'plan', 'catalogue', 1, 'id'])
    expect(faultOf(plan([], 3))).toEqual(['GoalOutOfReach', 'goal'])
    expect(faultOf(plan(catalogue, 0))).toEqual(['InvalidValue', 'plan', 'mostItems'])
    expect(faultOf(plan(catalogue, 3), goal(1000), { mostTries: 2 })).toEqual(['OutOfRange', 'options', 'mostTries'])
    expect(faultOf(plan(catalogue, 3), goal(1000), { by: at - 1 })).toEqual(['InvalidValue', 'options', 'by'])
  })
})
