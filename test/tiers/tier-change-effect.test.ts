import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Money, money, unwrap } from '../../src/foundation/index.ts'
import { summariseTierMoves, tierChangeEffect } from '../../src/tiers/index.ts'

const euros = (amount: string): Money => unwrap(money(amount, 'EUR'))

const populations = fc.integer({ min: 1, max: 5 }).chain((tiers) =>
  fc.record({
    tiers: fc.constant(tiers),
    members: fc.array(fc.tuple(fc.integer({ min: -1, max: tiers - 1 }), fc.integer({ min: -1, max: tiers - 1 })), {
      maxLength: 60,
    }),
    costs: fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: tiers, maxLength: tiers }),
  }),
)

describe('tierChangeEffect', () => {
  test('names who moves, and counts and costs each of them', () => {
    fc.assert(
      fc.property(populations, ({ tiers, members, costs }) => {
        const before = Int32Array.from(members, ([tier]) => tier)
        const after = Int32Array.from(members, ([, tier]) => tier)
        const { currency } = euros('0')
        const money = costs.map((minor) => ({ minor, currency }))
        const effect = unwrap(tierChangeEffect({ before, after }, tiers, { costs: money }))
        const moved = members.flatMap(([from, to], member) => (from === to ? [] : [member]))
        expect(Array.from(effect.movers)).toEqual(moved)
        expect(effect.up).toBe(members.filter(([from, to]) => to > from).length)
        expect(effect.down).toBe(members.filter(([from, to]) => to < from).length)
        expect(effect.transitions).toEqual(unwrap(summariseTierMoves({ before, after }, tiers)))
        effect.net.forEach((net, tier) => {
          expect(net).toBe(after.filter((to) => to === tier).length - before.filter((from) => from === tier).length)
        })
        const costOf = (column: Int32Array): number => column.reduce((sum, tier) => sum + (costs[tier] ?? 0), 0)
        expect(effect.cost?.minor).toBe(costOf(after) - costOf(before))
        expect(unwrap(tierChangeEffect({ before, after }, tiers)).cost).toBeNull()
        // The other way round everybody goes back.
        const back = unwrap(tierChangeEffect({ before: after, after: before }, tiers, { costs: money }))
        expect([back.up, back.down]).toEqual([effect.down, effect.up])
        expect((back.cost?.minor ?? 0) + (effect.cost?.minor ?? 0)).toBe(0)
      }),
    )
  })

  test('S44: gold from 1,500 instead of 1,000 moves the member at 1,200, and no other', () => {
    const points = [999, 1000, 1200, 1500, 3000]
    const under = (threshold: number): Int32Array => Int32Array.from(points, (earned) => (earned >= threshold ? 1 : 0))
    const columns = { before: under(1000), after: under(1500) }
    const { movers, net, cost } = unwrap(tierChangeEffect(columns, 2, { costs: [euros('0'), euros('12.50')] }))
    expect(Array.from(movers)).toEqual([1, 2])
    expect(net).toEqual([2, -2])
    expect(cost).toEqual(euros('-25'))
  })

  test('says what is wrong', () => {
    const columns = { before: Int32Array.of(0, 0), after: Int32Array.of(1, 1) }
    const leftOf = (costs: ReadonlyArray<Money>): unknown => tierChangeEffect(columns, 2, { costs })
    expect(tierChangeEffect({ ...columns, after: Int32Array.of(2, 0) }, 2)).toMatchObject({
      left: [{ path: ['after', 0] }],
    })
    expect(leftOf([])).toMatchObject({ left: [{ path: ['costs'] }] })
    expect(leftOf([euros('1')])).toMatchObject({ left: [{ path: ['costs'] }] })
    expect(leftOf([euros('1'), unwrap(money('1', 'USD'))])).toMatchObject({
      left: [{ _tag: 'CurrencyMismatch', path: ['costs', 1] }],
    })
    const most = { ...euros('0'), minor: Number.MAX_SAFE_INTEGER }
    expect(leftOf([euros('0'), most])).toMatchObject({ left: [{ _tag: 'OutOfRange' }] })
    // The sum is exact although its terms are not.
    expect(leftOf([{ ...most, minor: most.minor - 1 }, most])).toMatchObject({ right: { cost: { minor: 2 } } })
  })
})
