import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Cap, type CappedRule, capFaults, type DeclaredField } from '../../src/earning/index.ts'
import type { CampaignId, RuleId, WalletId } from '../../src/foundation/index.ts'
import { decode, formatError } from '../../src/foundation/index.ts'
import { campaignIds, capArbitrary, pointsWallet, ruleIds } from '../arbitraries/caps.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('Cap', Cap, capArbitrary)

const wallets = [{ id: pointsWallet }, { id: 'miles' as WalletId }]

const rules: ReadonlyArray<CappedRule> = ruleIds.map((id, index) => {
  const campaign = campaignIds[index]
  return { id, wallet: pointsWallet, ...(campaign === undefined ? {} : { campaign }) }
})

const order = {
  id: 'order',
  wallet: 'points',
  limit: 500,
  counts: 'points',
  window: { type: 'activity' },
  onExceed: 'truncate',
} as unknown as Cap

const daily = { ...order, id: 'daily', window: { type: 'calendar', calendar: { unit: 'day' } } } as Cap

const declared: ReadonlyArray<DeclaredField> = [
  { name: '__proto__', type: 'integer' },
  { name: 'devices', type: 'texts' },
]

const pathsOf = (...caps: ReadonlyArray<Cap>) =>
  capFaults(wallets, rules, caps, declared).map(({ path }) => path.join('.'))

describe('capFaults', () => {
  test('sound caps have none', () => {
    expect(pathsOf(order, { ...daily, onExceed: 'defer', per: { scope: 'everyone', by: 'store' } })).toEqual([])
    fc.assert(
      fc.property(capArbitrary, (cap) => {
        expect(pathsOf(cap)).toEqual([])
      }),
    )
  })

  test('a wallet, rules and campaigns that are not there', () => {
    const of = { rules: ['base', 'gone'] as RuleId[], campaigns: ['gone', 'summer'] as CampaignId[] }
    const cap = { ...order, of }
    expect(pathsOf(order, { ...cap, id: daily.id })).toEqual(['caps.1.of.rules.1', 'caps.1.of.campaigns.0'])
    expect(pathsOf({ ...order, wallet: 'gone' as WalletId })).toEqual(['caps.0.wallet'])
  })

  test('a rule of another wallet earns nothing that the cap could count; a rule that also earns in it does', () => {
    const miles = 'miles' as WalletId
    const of = { rules: ['base'] as RuleId[] }
    const cap = { ...order, wallet: miles, of }
    expect(pathsOf(cap)).toEqual(['caps.0.of.rules.0'])
    const also = rules.map((rule) => ({ ...rule, also: [miles] }))
    expect(capFaults(wallets, also, [cap])).toEqual([])
  })

  test('a count for each value of an attribute that no activity has, or of which it has several', () => {
    const by = (name: string): Cap => ({ ...daily, per: { scope: 'everyone', by: name } })
    expect([by('store'), by('channel'), by('__proto__')].flatMap((cap) => pathsOf(cap))).toEqual([])
    expect(['stoer', 'devices', 'constructor', 'weekday'].flatMap((name) => pathsOf(by(name)))).toEqual(
      new Array(4).fill('caps.0.per.by'),
    )
    expect(formatError(capFaults(wallets, rules, [by('stoer')], declared))).toBe(
      'Invalid value at caps[0].per.by: got "stoer", expected one of the attributes with one value: channel, store, __proto__.',
    )
  })

  test('an id that comes twice', () => {
    expect(pathsOf(order, { ...daily, id: order.id })).toEqual(['caps.1.id'])
  })

  test('S10 only points of a calendar window can be deferred', () => {
    for (const window of [
      { type: 'activity' },
      { type: 'lifetime' },
      { type: 'balance', pending: 'counted' },
      { type: 'rolling', duration: { amount: 1, unit: 'day' } },
    ] as const) {
      expect(pathsOf({ ...order, window, onExceed: 'defer' })).toEqual(['caps.0.onExceed'])
    }
    expect(pathsOf({ ...daily, counts: 'times', onExceed: 'defer' })).toEqual(['caps.0.onExceed'])
  })

  test('times in a window that has one, a balance or an activity of everybody or by store, a window without length', () => {
    expect(pathsOf({ ...order, counts: 'times' })).toEqual(['caps.0.counts'])
    const balance = { ...order, window: { type: 'balance', pending: 'ignored' } } as const
    expect(pathsOf({ ...balance, counts: 'times' })).toEqual(['caps.0.counts'])
    expect(pathsOf({ ...balance, per: { scope: 'everyone', by: 'store' } })).toEqual([
      'caps.0.per.scope',
      'caps.0.per.by',
    ])
    expect(pathsOf({ ...order, per: { scope: 'member', by: 'store' } })).toEqual(['caps.0.per.by'])
    expect(pathsOf({ ...order, per: { scope: 'member' } })).toEqual([])
    const none = { type: 'rolling', duration: { amount: 0, unit: 'day' } } as const
    expect(pathsOf({ ...order, window: none })).toEqual(['caps.0.window.duration.amount'])
  })

  test('all faults of all caps are reported', () => {
    const wrong = { ...order, wallet: 'gone' as WalletId, onExceed: 'defer', of: { rules: ruleIds.slice(0, 1) } } as Cap
    expect(pathsOf(wrong, wrong)).toEqual([
      'caps.0.wallet',
      'caps.0.of.rules.0',
      'caps.0.onExceed',
      'caps.1.id',
      'caps.1.wallet',
      'caps.1.of.rules.0',
      'caps.1.onExceed',
    ])
  })
})

describe('Cap', () => {
  test('what does not fit together in a cap is refused with its path', () => {
    const read = decode(Cap, { ...order, onExceed: 'defer' })
    expect(read._tag === 'Left' && formatError(read.left)).toContain('onExceed')
  })

  test('a limit is an integer from 0 on, and lists are not empty', () => {
    expect(decode(Cap, { ...order, limit: 0 })._tag).toBe('Right')
    for (const limit of [-1, 0.5, '5', 2 ** 53]) expect(decode(Cap, { ...order, limit })._tag).toBe('Left')
    expect(decode(Cap, { ...order, of: {} })._tag).toBe('Right')
    expect(decode(Cap, { ...order, of: { rules: [] } })._tag).toBe('Left')
    expect(decode(Cap, { ...daily, per: { scope: 'everyone', by: '' } })._tag).toBe('Left')
  })
})
