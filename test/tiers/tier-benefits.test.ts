import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LadderId, TierId } from '../../src/foundation/index.ts'
import {
  type Benefit,
  benefitChange,
  dominantStanding,
  type Ladder,
  type MetricId,
  type Standing,
  smallestPurchase,
  tierBenefits,
} from '../../src/tiers/index.ts'
import { benefitArbitrary } from '../arbitraries/tiers.ts'
import { gold, member } from './ladders.ts'

const on = (id: string, benefits: ReadonlyArray<Benefit>, precedence?: number): Ladder => ({
  ...gold,
  id: id as LadderId,
  tiers: [{ id: 'basic' as TierId, benefits, ...(precedence === undefined ? {} : { precedence }) }],
})

const standingOn = (id: string, since = 0): Standing => ({
  ...member(gold, []),
  ladder: id as LadderId,
  since: since as Standing['since'],
})

const times = (value: number): Benefit => ({ type: 'number', id: 'multiplier', value, combine: 'max' })
const vouchers = (value: number): Benefit => ({ type: 'number', id: 'vouchers', value, combine: 'sum' })
const lounge: Benefit = { type: 'flag', id: 'lounge' }

describe('S45 several ladders', () => {
  test('S45 the largest multiplier, all vouchers, each flag once', () => {
    const ladders = [on('a', [times(150), vouchers(2), lounge]), on('b', [times(200), vouchers(1), lounge])]
    expect(tierBenefits(ladders, [standingOn('a'), standingOn('b')])).toEqual([times(200), vouchers(3), lounge])
    expect(tierBenefits(ladders, [standingOn('a')])).toEqual([times(150), vouchers(2), lounge])
    expect(tierBenefits(ladders, [standingOn('c')])).toEqual([])
  })

  test('S45 the dominant one has the lowest precedence; of equal ones the latest', () => {
    const ladders = [on('a', [], 2), on('b', [], 1), on('c', [], 1), on('d', [])]
    const all = [standingOn('a', 9), standingOn('b', 3), standingOn('c', 5), standingOn('d', 99)]
    expect(dominantStanding(ladders, all)?.ladder).toBe('c')
    expect(dominantStanding(ladders, all.slice(0, 2))?.ladder).toBe('b')
    expect(dominantStanding(ladders, [standingOn('d')])?.ladder).toBe('d')
    expect(dominantStanding([], all)).toBeUndefined()
  })

  test('the order of standings does not matter', () => {
    fc.assert(
      fc.property(fc.array(benefitArbitrary), fc.array(benefitArbitrary), (a, b) => {
        const ladders = [on('a', a), on('b', b)]
        const standings = [standingOn('a'), standingOn('b')]
        expect(tierBenefits(ladders, [...standings].reverse())).toEqual(tierBenefits(ladders, standings))
      }),
    )
  })
})

test('every benefit before or after is gained, lost, kept or changed, and only one of these', () => {
  fc.assert(
    fc.property(fc.array(benefitArbitrary), fc.array(benefitArbitrary), (a, b) => {
      const before = tierBenefits([on('a', a)], [standingOn('a')])
      const after = tierBenefits([on('a', b)], [standingOn('a')])
      const { gained, lost, kept, changed } = benefitChange(before, after)
      expect(gained.length + kept.length + changed.length).toBe(after.length)
      expect(lost.length + kept.length + changed.length).toBe(before.length)
      expect(benefitChange(after, before).gained).toEqual(lost)
      expect(benefitChange(after, after)).toEqual({ gained: [], lost: [], kept: after, changed: [] })
    }),
  )
})

describe('smallestPurchase', () => {
  const points = 'points' as MetricId
  const orders = 'orders' as MetricId
  const both = [
    { metric: points, count: 3, perMinor: 200 },
    { metric: orders, count: 1, perMinor: 0 },
  ]

  test('the cheapest way; a way that takes two purchases is none', () => {
    const ways = [[{ metric: points, missing: 100 }], [{ metric: orders, missing: 2 }]]
    expect(smallestPurchase(ways, both)).toEqual({ minor: 6667, way: ways[0] })
    expect(smallestPurchase([[{ metric: orders, missing: 1 }]], both)?.minor).toBe(0)
    expect(smallestPurchase([[{ metric: orders, missing: 2 }]], both)).toBeNull()
    expect(smallestPurchase([[]], both)?.minor).toBe(0)
  })

  test('brings enough, and one minor unit less does not', () => {
    const yieldOf = fc.record({ count: fc.integer({ min: 1, max: 50 }), perMinor: fc.integer({ min: 1, max: 500 }) })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), yieldOf, (missing, { count, perMinor }) => {
        const found = smallestPurchase([[{ metric: points, missing }]], [{ metric: points, count, perMinor }])
        const minor = found?.minor ?? 0
        expect(Math.floor((minor * count) / perMinor)).toBeGreaterThanOrEqual(missing)
        expect(Math.floor(((minor - 1) * count) / perMinor)).toBeLessThan(missing)
      }),
    )
  })
})
