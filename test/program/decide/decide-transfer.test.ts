import { describe, expect, test } from 'vitest'
import { formatPath } from '../../../src/foundation/index.ts'
import { unaccountedPoints } from '../../../src/ledger/index.ts'
import { activity, following, joins, points, rejected, shop } from '../shop.ts'

const at = '2026-01-02T00:00:00Z'
const most = Number.MAX_SAFE_INTEGER
const { state } = following(shop(), [joins('2026-01-01T00:00:00Z')])
const lot = (id: string, changes: object = {}) => ({
  id,
  points: 100,
  earnedAt: at,
  active: true,
  activeFrom: at,
  expiresAt: null,
  source: 'x',
  kind: 'regular',
  funder: null,
  awaits: null,
  ...changes,
})
const gift = (...lots: ReadonlyArray<object>) =>
  activity({ type: 'transferIn', id: 't', at, wallet: 'points', from: 'bob', lots })
const merge = (...wallets: ReadonlyArray<object>) => activity({ type: 'mergeIn', id: 'm', at, from: 'bob', wallets })
const paths = (...args: Parameters<typeof rejected>) =>
  rejected(...args).map((fault) => [fault._tag, formatPath(fault.path)])

describe('points that come from another member', () => {
  test('in two lots of one id, or in none, are refused, each with its path', () => {
    const faults = paths(
      shop(),
      state,
      gift(lot('a'), lot('a', { expiresAt: '2027-01-01T00:00:00Z' }), lot('b', { points: 0 })),
    )
    expect(faults).toEqual([
      ['InvalidValue', 'lots[1].id'],
      ['InvalidValue', 'lots[2].points'],
    ])
    const merged = { wallet: 'points', lots: [lot('a')], debt: 0 }
    expect(paths(shop(), state, merge(merged, merged))).toEqual([['InvalidValue', 'wallets[1].lots[0].id']])
  })

  test('beyond the range of exact integers are refused, and so is debt', () => {
    expect(paths(shop(), state, gift(lot('a', { points: most }), lot('b')))).toEqual([['OutOfRange', 'lots']])
    const full = following(shop(), [gift(lot('a', { points: most }))], state).state
    expect(points(full).active).toBe(most)
    expect(full.wallets.map(unaccountedPoints)).toEqual([0])
    const empty = { wallet: 'points', lots: [], debt: 1 }
    expect(paths(shop(), full, merge(empty))).toEqual([['OutOfRange', 'wallets[0].debt']])
    expect(paths(shop(), state, merge({ ...empty, lots: [lot('a')], debt: most }))).toEqual([
      ['OutOfRange', 'wallets[0].debt'],
    ])
    expect(paths(shop(), state, merge({ ...empty, debt: most }, { ...empty, wallet: 'points' }))).toEqual([
      ['OutOfRange', 'wallets[1].debt'],
    ])
  })
})
