import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatError, type TierId } from '../../src/foundation/index.ts'
import { type Ladder, ladderFaults, type MetricId, type OfferId } from '../../src/tiers/index.ts'
import { anyLadderArbitrary, ladderArbitrary, ordersId } from '../arbitraries/tiers.ts'
import { calendarYear, gold, ladder, ofPoints, tier } from './ladders.ts'
import { highestReachedOf, tiersWith } from './tiers-of-counts.ts'

const pathsOf = (of: Ladder) => ladderFaults(of).map(({ path }) => path.join('.'))

describe('ladderFaults', () => {
  test('a sound ladder has none', () => {
    expect(ladderFaults(gold)).toEqual([])
    fc.assert(
      fc.property(ladderArbitrary, (of) => {
        expect(ladderFaults(of)).toEqual([])
      }),
    )
  })

  test('S42 S46 every fault is reported, with its path', () => {
    const tiers = [
      ['silver', 500, 600],
      ['gold', 500, 400],
      ['silver', 900, 700],
      ['top', 1000, 650],
    ] as const
    expect(pathsOf(ladder(tiers))).toEqual([
      'tiers.3.id',
      'tiers.1.keep',
      'tiers.2.reach',
      'tiers.2.keep',
      'tiers.4.keep',
    ])
    expect(formatError(ladderFaults(ladder(tiers)))).toContain('an id that no other of the ladder has')
  })

  test('the first tier is everybody’s', () => {
    expect(pathsOf({ ...gold, tiers: [tier('basic', 1, 1), tier('gold', 1000)] })).toEqual([
      'tiers.0.reach',
      'tiers.0.keep',
    ])
  })

  test('metrics and tiers that are not there, and lifetimes that end', () => {
    const miles = 'miles' as MetricId
    const odd: Ladder = {
      ...gold,
      tiers: [tier('basic'), { id: 'gold' as TierId, reach: ofPoints(5, miles), lifetime: ofPoints(9) }],
      offers: [
        {
          id: 'match' as OfferId,
          tier: 'platinum' as TierId,
          within: { amount: 90, unit: 'day' },
          during: 'tier',
          target: ofPoints(1, miles),
          reward: { amount: 1, unit: 'year' },
          counts: 'offerOnly',
          onceWithin: null,
        },
      ],
    }
    expect(pathsOf(odd)).toEqual([
      'tiers.1.reach.metric',
      'tiers.1.lifetime',
      'offers.0.tier',
      'offers.0.target.metric',
    ])
  })

  test('a tier that can only be given has nothing to keep', () => {
    expect(pathsOf({ ...gold, tiers: [tier('basic'), tier('circle', undefined, 5)] })).toEqual(['tiers.1.keep'])
    expect(pathsOf({ ...gold, tiers: [tier('basic'), tier('circle'), tier('gold', 5)] })).toEqual([])
  })

  test('choices that do not go together', () => {
    const rolling: Ladder = {
      ...gold,
      period: { type: 'rolling', length: { amount: 12, unit: 'month' } },
      policy: { upgrade: 'periodEnd', returns: 'periodEnd', rollover: { cap: null, periods: 1 } },
    }
    expect(pathsOf(rolling)).toEqual(['validity.type', 'policy.upgrade', 'policy.returns', 'policy.rollover'])
    const anew: Ladder = {
      ...gold,
      period: { type: 'tierEntry', months: 12 },
      validity: { type: 'whileQualified' },
      policy: { returns: 'atOnce', consumption: 'deduct', rollover: { cap: null, periods: 1 } },
    }
    expect(pathsOf(anew)).toEqual(['validity.type', 'policy.returns', 'policy.consumption', 'policy.rollover'])
    const ways: Ladder = {
      ...gold,
      metrics: [...gold.metrics, { id: ordersId, of: 'orders' }],
      tiers: [
        tier('basic'),
        { id: 'gold' as TierId, reach: { type: 'any', of: [ofPoints(100), ofPoints(5, ordersId)] } },
      ],
      policy: { consumption: 'deduct' },
    }
    expect(pathsOf(ways)).toEqual(['tiers.1'])
    expect(pathsOf({ ...gold, period: calendarYear })).toEqual([])
  })

  test('S46 a ladder without faults has one tier for all counts, and more never reaches less', () => {
    const counts = fc.record({ points: fc.nat({ max: 600 }), orders: fc.nat({ max: 9 }), months: fc.nat({ max: 5 }) })
    fc.assert(
      fc.property(ladderArbitrary, counts, fc.nat({ max: 100 }), (of, { points, orders, months }, more) => {
        const less = highestReachedOf(of, { points, orders, months })
        expect(highestReachedOf(of, { points: points + more, orders, months })).toBeGreaterThanOrEqual(less)
        // Who reaches a tier reaches all below.
        expect(tiersWith(of, { points, orders, months })).toEqual(of.tiers.map((_, rank) => rank <= less))
      }),
    )
  })

  test('a threshold of points: finds nothing exactly where the tiers rise as they should', () => {
    const tiers = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })), { maxLength: 4 })
    fc.assert(
      fc.property(tiers, (given) => {
        const of = ladder(given.map(([reach, keep], index) => [`tier ${index}`, reach, keep]))
        const rises = given.every(([reach, keep], rank) => {
          const [below = 0, keptBelow = 1] = given[rank - 1] ?? []
          return reach > below && keep <= reach && keep >= keptBelow
        })
        expect(ladderFaults(of).length === 0).toBe(rises)
      }),
    )
  })

  test('any ladder: neither throws nor hangs', () => {
    fc.assert(
      fc.property(anyLadderArbitrary, (of) => {
        expect(Array.isArray(ladderFaults(of))).toBe(true)
      }),
    )
  })
})
