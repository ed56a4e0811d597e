import { describe, expect, test } from 'vitest'
import { formatPath } from '../../../src/foundation/index.ts'
import { activity, buys, following, joins, points, rejected, shop, wallet } from '../shop.ts'

const day1 = '2026-01-01T00:00:00Z'
const adjusts = (id: string, json: object) =>
  activity({ type: 'adjustment', id, at: day1, wallet: 'points', reason: 'migration', actor: 'import', ...json })
const lot = (id: string, changes: object) => ({
  id,
  points: 50,
  earnedAt: '2025-06-01T00:00:00Z',
  active: true,
  activeFrom: '2025-06-01T00:00:00Z',
  expiresAt: null,
  source: 'elsewhere',
  kind: 'regular',
  funder: null,
  awaits: null,
  ...changes,
})

describe('S66 points by hand', () => {
  const { state } = following(shop(), [joins(day1)])

  test('what is missing is refused, or becomes debt where that is asked for', () => {
    expect(rejected(shop(), state, adjusts('a', { direction: 'out', points: 30 }))).toMatchObject([
      { _tag: 'InsufficientPoints', requested: 30 },
    ])
    const owing = following(shop(), [adjusts('a', { direction: 'out', points: 30, missing: 'debt' })], state).state
    expect(points(owing)).toEqual({ active: 0, pending: 0, debt: 30 })
    expect(points(following(shop(), [buys('o', day1, '100.00')], owing).state)).toEqual({
      active: 70,
      pending: 0,
      debt: 0,
    })
  })

  test('points that are given die when the wallet says, or on a date of their own', () => {
    const yearly = shop(wallet({ expiry: { type: 'rolling', after: { amount: 12, unit: 'month' }, from: 'earning' } }))
    const dies = (json: object) =>
      following(yearly, [adjusts('a', { direction: 'in', points: 30, ...json })], state).state.wallets[0]?.lots[0]
        ?.expiresAt
    expect(dies({})).toBe(Date.UTC(2027, 0, 1))
    expect(dies({ expiresAt: '2026-02-01T00:00:00Z' })).toBe(Date.UTC(2026, 1, 1))
    expect(dies({ expiresAt: null })).toBe(null)
  })

  test('a member who comes with several lots, pending points and debt has them all', () => {
    const opens = activity({
      type: 'openingBalance',
      id: 'opens',
      at: day1,
      wallet: 'points',
      lots: [
        lot('a', { expiresAt: '2026-03-01T00:00:00Z' }),
        lot('b', { active: false, activeFrom: '2026-02-01T00:00:00Z' }),
      ],
    })
    const came = following(
      shop(),
      [opens, adjusts('debt', { direction: 'out', points: 70, missing: 'debt' })],
      state,
    ).state
    expect(points(came)).toEqual({ active: 0, pending: 50, debt: 20 })
    const february = following(shop(), [buys('o', '2026-02-02T00:00:00Z', '1.00')], came).state
    expect(points(february)).toEqual({ active: 31, pending: 0, debt: 0 })
  })

  test('beyond the range of exact integers are refused', () => {
    const full = following(shop(), [adjusts('a', { direction: 'in', points: Number.MAX_SAFE_INTEGER })], state).state
    const faults = [adjusts('b', { direction: 'in', points: 1 }), buys('o', day1, '1.00')].flatMap((one) =>
      rejected(shop(), full, one).map((fault) => [fault._tag, formatPath(fault.path)]),
    )
    expect(faults).toEqual([
      ['OutOfRange', 'points'],
      ['OutOfRange', 'points'],
    ])
  })
})
