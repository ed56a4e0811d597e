import { describe, expect, test } from 'vitest'
import type { WalletId } from '../../../src/foundation/index.ts'
import { startDraft } from '../../../src/program/decide/draft.ts'
import { countsActivations, followsWallets } from '../../../src/program/decide/tier-counting.ts'
import { advance } from '../../../src/program/index.ts'
import { at } from '../../tiers/ladders.ts'
import { buys, following, joins, member, shop, statusLadder, wallet } from '../shop.ts'

const status = (...metrics: ReadonlyArray<object>) => ({
  ...statusLadder,
  metrics: [...statusLadder.metrics, ...metrics],
})
const balance = { id: 'balance', of: 'balance', wallet: 'points' }
const active = { id: 'active', of: 'points', wallet: 'points', countedAt: 'activation' }
const orders = { id: 'orders', of: 'orders' }

const of = (...ladders: ReadonlyArray<object>) => {
  const draft = startDraft(shop({ ladders }), member(), {})
  return [countsActivations(draft), followsWallets(draft)]
}

describe('followsWallets', () => {
  test('only where a ladder counts activations, or a balance', () => {
    expect(of()).toEqual([false, false])
    expect(of(status(orders))).toEqual([false, false])
    expect(of(status(active))).toEqual([true, true])
    expect(of(status(balance))).toEqual([false, true])
  })

  test('of any ladder', () => {
    expect(of(status(orders), { ...status(balance), id: 'second' })).toEqual([false, true])
  })

  test('S39 a tier by balance is lost at the instant at which its points expire, one lot after the other', () => {
    const byBalance = {
      ...statusLadder,
      metrics: [balance],
      validity: { type: 'whileQualified' },
      tiers: [{ id: 'basic' }, { id: 'gold', reach: { type: 'count', metric: 'balance', atLeast: 100 } }],
    }
    const program = shop({
      ladders: [byBalance],
      ...wallet({ expiry: { type: 'rolling', after: { amount: 10, unit: 'day' }, from: 'earning' } }),
    })
    const { state } = following(program, [
      joins('2026-01-01T00:00:00Z'),
      buys('o1', '2026-01-02T00:00:00Z', '50.00'),
      buys('o2', '2026-01-05T00:00:00Z', '60.00'),
      buys('o3', '2026-01-06T00:00:00Z', '60.00'),
    ])
    const tierAt = (when: string) => advance(program, state, at(when)).state.standings[0]?.tier
    const left = (when: string) =>
      advance(program, state, at(when)).state.wallets.find(({ id }) => id === ('points' as WalletId))?.active
    expect([tierAt('2026-01-13T00:00:00Z'), left('2026-01-13T00:00:00Z')]).toEqual(['gold', 120])
    expect([tierAt('2026-01-20T00:00:00Z'), left('2026-01-20T00:00:00Z')]).toEqual(['basic', 0])
    const events = advance(program, state, at('2026-01-20T00:00:00Z')).events.filter(
      ({ type }) => type === 'qualifyingCounted',
    )
    expect(events.map((event) => 'count' in event && event.count)).toEqual([-50, -60, -60])
  })
})
