import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type FunderId, type Points, unwrap, utc } from '../../src/foundation/index.ts'
import { BurnPolicy, burn, expiriesDue, inBurnOrder, type Wallet } from '../../src/ledger/index.ts'
import { lotArbitrary, walletDefinitionArbitrary } from '../arbitraries/ledger.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at, definition, folded, grant, left, start } from './book.ts'

const policyArbitrary = walletDefinitionArbitrary
  .map((of) => of.burn)
  .filter((policy): policy is BurnPolicy => policy !== undefined)

codecLaws('BurnPolicy', BurnPolicy, policyArbitrary)

const february = at('2026-02-01T00:00:00Z')
const march = at('2026-03-01T00:00:00Z')
const december = at('2026-12-01T00:00:00Z')

const spend = (full: Wallet, points: number, policy?: BurnPolicy): Wallet => {
  const of = policy === undefined ? definition : { ...definition, burn: policy }
  return folded([unwrap(burn(of, utc, full, points as Points, february, 'reward' as ActivityId))], full)
}

describe('S15 A earned in January for December, B earned in February for March; 100 are spent in February', () => {
  const full = folded([grant('A', 100, december), grant('B', 100, march, february)])
  const lost = (policy?: BurnPolicy): number => {
    const spent = spend(full, 100, policy)
    return folded(expiriesDue(definition, spent, march), spent).expired
  }

  test('S15 oldest first: A is spent, and B dies: 100 are lost', () => {
    expect(lost({ order: 'oldest' })).toBe(100)
  })

  test('S15 soonest to expire first, by default too, or newest first: nothing is lost', () => {
    expect(lost()).toBe(0)
    expect(lost({ order: 'soonestExpiring' })).toBe(0)
    expect(lost({ order: 'newest' })).toBe(0)
  })

  test('S15 oldest first, but what dies within two months before all: nothing is lost', () => {
    expect(lost({ order: 'oldest', expiringWithin: { amount: 2, unit: 'month' } })).toBe(0)
    expect(lost({ order: 'oldest', expiringWithin: { amount: 28, unit: 'day' } })).toBe(100)
  })
})

describe('S15 what is spent before the date decides', () => {
  const promotional = { kind: 'promotional' as const }
  const shop = 'shop' as FunderId
  const brand = 'brand' as FunderId
  const full = folded([
    { ...grant('regular', 10, march), funder: shop },
    { ...grant('promotion', 10, null), ...promotional },
    { ...grant('promotion of the brand', 10, december), ...promotional, funder: brand },
  ])
  const spentFirst = (policy: BurnPolicy) => left(spend(full, 10, policy)).map(([lot]) => lot)

  test('S15 points of promotions first, though regular ones die sooner', () => {
    expect(spentFirst({ order: 'soonestExpiring', promotionalFirst: true })).toEqual(['regular', 'promotion'])
  })

  test('S15 points of funders first, in their order', () => {
    expect(spentFirst({ order: 'soonestExpiring', funders: [brand, shop] })).toEqual(['regular', 'promotion'])
    expect(spentFirst({ order: 'newest', funders: [shop] })).toEqual(['promotion of the brand', 'promotion'])
  })

  test('S15 of equal ones the sooner to expire, then the lower id', () => {
    const tied = folded([grant('b', 10, null), grant('a', 10, null), grant('c', 10, march)])
    for (const order of ['oldest', 'newest', 'soonestExpiring'] as const) {
      expect(inBurnOrder({ order }, utc, start, tied.lots).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
    }
  })
})

test('S15 every order is total: in whatever order lots come, they are spent in the same', () => {
  const lots = fc.uniqueArray(lotArbitrary, { selector: ({ id }) => id, maxLength: 8 })
  fc.assert(
    fc.property(policyArbitrary, lots, (policy, some) => {
      const order = inBurnOrder(policy, utc, february, some)
      expect(inBurnOrder(policy, utc, february, [...some].reverse())).toEqual(order)
      expect(new Set(order)).toEqual(new Set(some))
    }),
  )
})

test('promotional points come before regular ones of any funder, each kind by its funders', () => {
  const funders = ['brand' as FunderId, 'shop' as FunderId]
  const lot = (id: string, kind: 'regular' | 'promotional', funder: string | null) => ({
    ...grant(id, 10, december),
    kind,
    funder: funder as FunderId | null,
  })
  const full = folded([
    lot('a', 'regular', 'brand'),
    lot('b', 'regular', null),
    lot('c', 'promotional', null),
    lot('d', 'promotional', 'shop'),
  ])
  const policy: BurnPolicy = { order: 'oldest', promotionalFirst: true, funders }
  expect(inBurnOrder(policy, utc, february, full.lots).map(({ id }) => id)).toEqual(['d', 'c', 'a', 'b'])
})
