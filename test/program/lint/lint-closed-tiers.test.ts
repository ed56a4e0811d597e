import { describe, expect, test } from 'vitest'
import type { LintOptions } from '../../../src/program/index.ts'
import { sampleBox } from '../../rewards/reward-terms.ts'
import { pointsOf, shop, statusLadder } from '../shop.ts'
import { base, codes, earning, pair } from './lint-pair.ts'

const price = (tier: string | null) => ({ wallet: 'points', points: 5, money: null, tier })
const open = { stock: null, limits: [], validFrom: null, validUntil: null, tiers: null, when: null }
const reward = (more: object) => ({ rewards: [{ ...sampleBox, ...open, prices: [price(null)], ...more }] })
const ladder = (tiers: ReadonlyArray<object>, more: object = {}) => ({
  ladders: [{ ...statusLadder, tiers: [{ id: 'basic' }, ...tiers], ...more }],
})
const silver = { id: 'silver', reach: pointsOf(100) }
const withVip = ladder([silver, { id: 'vip' }])

const isFound = (having: object, options: LintOptions = {}) =>
  codes(shop(having), options).includes('unreachableReward')

describe('rewards that nobody can have', () => {
  test('there are none of it', () => {
    const { finding } = pair('unreachableReward', reward({ stock: 0 }), reward({ stock: 1 }), {}, {}, true)
    expect(finding).toMatchObject({
      severity: 'warning',
      path: ['rewards', 0, 'stock'],
      witness: { type: 'bound', needed: 1, most: 0 },
    })
  })

  test('it is only for a tier that has no way to it', () => {
    const of = (...tiers: ReadonlyArray<string>) => ({ ...withVip, ...reward({ tiers }) })
    const { finding } = pair('unreachableReward', of('status/vip'), of('status/vip', 'status/silver'))
    expect(finding).toMatchObject({
      path: ['rewards', 0, 'tiers'],
      witness: { type: 'name', name: 'status/vip', known: ['status/basic', 'status/silver'] },
    })
    expect(isFound(of('status/vip'), { given: ['vip' as never] })).toBe(false)
  })

  test('it is only for a tier that caps keep away', () => {
    const cap = {
      id: 'cap',
      wallet: 'points',
      limit: 90,
      counts: 'points',
      window: { type: 'lifetime' },
      onExceed: 'truncate',
    }
    const having = (limit: number) => ({
      ...ladder([silver]),
      ...earning([base], { caps: [{ ...cap, limit }] }),
      ...reward({ tiers: ['status/silver'] }),
    })
    pair('unreachableReward', having(99), having(100))
    const metrics = [...statusLadder.metrics, { id: 'ever', of: 'points', wallet: 'points', over: 'lifetime' }]
    const held = { ...silver, lifetime: { type: 'count', metric: 'ever', atLeast: 50 } }
    expect(isFound({ ...having(99), ...ladder([held], { metrics }) })).toBe(false)
  })

  test('each of its prices is for such a tier', () => {
    const of = (...tiers: ReadonlyArray<string | null>) => ({ ...withVip, ...reward({ prices: tiers.map(price) }) })
    const { finding } = pair('unreachableReward', of('status/vip'), of('status/vip', null))
    expect(finding.path).toEqual(['rewards', 0, 'prices'])
    expect(finding.witness).toMatchObject({ type: 'name', name: 'status/vip' })
  })

  test('a tier on the way up or down from another one is reached', () => {
    const steps = [{ id: 'middle' }, { id: 'gold', reach: pointsOf(100) }]
    const of = (policy: object) => ({ ...ladder(steps, { policy }), ...reward({ tiers: ['status/middle'] }) })
    expect(isFound(of({}))).toBe(true)
    expect(isFound(of({ downgrade: 'oneDown' }))).toBe(false)
    expect(isFound(of({ climb: 'oneADay' }))).toBe(false)
  })
})
