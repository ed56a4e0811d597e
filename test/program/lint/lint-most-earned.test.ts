import { describe, expect, test } from 'vitest'
import { pointsOf, shop, statusLadder, wallet } from '../shop.ts'
import { base, days, earning, fixed, found, pair } from './lint-pair.ts'

const actions = [{ name: 'visit', fields: [] }]
const visits = (more: object = {}, points = '10') =>
  fixed('visits', undefined, { on: 'visit', award: { mode: 'fixed', points }, ...more })
const cap = (limit: number, more: object = {}) => ({
  id: `cap of ${limit}`,
  wallet: 'points',
  limit,
  counts: 'times',
  window: { type: 'lifetime' },
  onExceed: 'truncate',
  ...more,
})
const gold = (atLeast: number, more: object = {}) => ({
  ladders: [{ ...statusLadder, ...more, tiers: [{ id: 'basic' }, { id: 'gold', reach: pointsOf(atLeast) }] }],
})
const program = (rules: ReadonlyArray<object>, caps: ReadonlyArray<object>, atLeast: number, more: object = {}) => ({
  ...earning(rules, { actions, caps, ...more }),
  ...gold(atLeast),
})
const bound = (finding: ReturnType<typeof found>) =>
  finding?.witness.type === 'bound' ? [finding.witness.needed, finding.witness.most] : undefined
const boundIn = (having: object) => bound(found(shop(having), 'unreachableTier'))

describe('tiers that caps of times and cooldowns keep away', () => {
  test('a cap of times, and the most points of one time', () => {
    const { finding } = pair('unreachableTier', program([visits()], [cap(3)], 31), program([visits()], [cap(3)], 30))
    expect(bound(finding)).toEqual([31, 30])
    expect(finding.path).toEqual(['ladders', 0, 'tiers', 1, 'reach'])
  })

  test('a cooldown: as often as it is over in a year', () => {
    const slow = visits({ cooldown: days(30) })
    const { finding } = pair('unreachableTier', program([slow], [], 131), program([slow], [], 130))
    expect(bound(finding)).toEqual([131, 130])
    expect(boundIn(program([visits({ cooldown: days(0) })], [], 500))).toBeUndefined()
  })

  test('rules together: what each earns by its own limits', () => {
    const more = fixed('second', undefined, { on: 'visit', cooldown: days(100) })
    const caps = [cap(3, { of: { rules: ['visits'] } })]
    // 3 times 10 by one, every 100 days 10 by the other: at most on 4 days of 366
    expect(boundIn(program([visits(), more], caps, 100))).toEqual([100, 70])
    expect(boundIn(program([visits(), more], [cap(5, { counts: 'points' })], 100))).toEqual([100, 5])
    const scoped = cap(20, { counts: 'points', of: { rules: ['visits'] } })
    expect(boundIn(program([visits(), more], [scoped], 100))).toEqual([100, 60])
  })

  test('multipliers raise base points, not what is flat; the higher of cases counts', () => {
    const twice = { id: 'twice', wallet: 'points', on: 'visit', award: { mode: 'multiplier', factor: '2.5' } }
    const half = { ...twice, id: 'half', award: { mode: 'multiplier', factor: '0.5', of: ['base'] } }
    const bonus = visits({ award: { mode: 'bonus', points: '7' } })
    const milestone = visits({ award: { mode: 'milestone', of: 'times', every: 2, points: '9' } })
    const least = (rule: object) =>
      boundIn(program([rule, twice, half, visits({ id: 'base', wallet: 'points' }, '0')], [cap(2)], 1000))
    expect(least(visits())).toEqual([1000, 50])
    expect(least(bonus)).toEqual([1000, 14])
    expect(least(milestone)).toEqual([1000, 18])
    const when = { field: 'hour', atLeast: 12 }
    const cased = visits({
      award: null,
      cases: [
        { when, award: { mode: 'fixed', points: '4' } },
        { when: { not: when }, award: { mode: 'fixed', points: '6' } },
      ],
    })
    expect(least(cased)).toEqual([1000, 30])
    expect(least(visits({}, '-5'))).toEqual([1000, 0])
  })

  test('among very many multipliers nothing is said', () => {
    const once = { wallet: 'points', on: 'visit', award: { mode: 'multiplier', factor: '1' } }
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...once, id: `times ${index}` }))
    const cased = visits({ cases: [{ when: { field: 'hour', atLeast: 12 }, award: { mode: 'fixed', points: '0' } }] })
    expect(boundIn(program([cased, ...many(100)], [cap(2)], 1000))).toEqual([1000, 20])
    expect(boundIn(program([cased, ...many(101)], [cap(2)], 1000))).toBeUndefined()
  })

  test('what depends on how much is bought, on lines that are rounded, or on the value of an attribute, has no bound', () => {
    const ofPurchases = (rule: object, more: object = {}) => boundIn(program([rule], [cap(2)], 1000, more))
    expect(ofPurchases(base)).toBeUndefined()
    expect(ofPurchases(fixed('each', undefined))).toEqual([1000, 20])
    const lines = { rounding: { mode: 'ceil', on: 'line' } }
    expect(ofPurchases(fixed('each', undefined), lines)).toBeUndefined()
    expect(ofPurchases(fixed('each', undefined), { rounding: { mode: 'floor', on: 'line' } })).toEqual([1000, 20])
    const spend = { mode: 'milestone', of: 'spend', every: { amount: '10', currency: 'EUR' }, points: '5' }
    expect(ofPurchases(fixed('spend', undefined, { award: spend }))).toBeUndefined()
    expect(ofPurchases(fixed('none', undefined, { award: { mode: 'perItem', every: 1, points: '-5' } }))).toEqual([
      1000, 0,
    ])
  })

  test('what is taken into the next period, or counts when it is active, has no bound of a period', () => {
    const caps = [cap(3, { window: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } } })]
    const of = (more: object) => boundIn({ ...earning([visits()], { actions, caps }), ...gold(100, more) })
    expect(of({})).toEqual([100, 30])
    expect(of({ metrics: [{ ...statusLadder.metrics[0], countedAt: 'activation' }] })).toBeUndefined()
    expect(of({ policy: { rollover: { cap: null, periods: 1 } } })).toBeUndefined()
  })
})

const reward = (points: number) => ({
  rewards: [
    {
      id: 'mug',
      prices: [{ wallet: 'points', points, money: null, tier: null }],
      stock: null,
      limits: [],
      validFrom: null,
      validUntil: null,
      tiers: null,
      when: null,
      refundable: 'untilUsed',
      holdFor: null,
      shipped: false,
      partner: null,
    },
  ],
})

describe('rewards that caps and cooldowns keep away', () => {
  const lifetime = earning([base], { caps: [cap(50, { counts: 'points' })] })

  test('a cap for life below the price', () => {
    const { finding } = pair('unreachableReward', { ...lifetime, ...reward(51) }, { ...lifetime, ...reward(50) })
    expect(bound(finding)).toEqual([51, 50])
  })

  test('points that die before there are enough of them', () => {
    const monthly = cap(10, { counts: 'points', window: { type: 'calendar', calendar: { unit: 'month' } } })
    const rolling = (more: object = {}) => ({
      type: 'rolling',
      after: { amount: 3, unit: 'month' },
      from: 'earning',
      ...more,
    })
    const of = (expiry: object | null, more: object = {}, rule: object = {}) => ({
      ...earning([{ ...base, ...rule }], { caps: [monthly] }),
      ...wallet({ expiry, ...more }),
      ...reward(100),
    })
    // the months of 93 days, and one begun before and one after them
    const { finding } = pair('unreachableReward', of(rolling()), of(rolling({ after: { amount: 1, unit: 'year' } })))
    expect(bound(finding)).toEqual([100, 50])
    const most = (having: object) => bound(found(shop(having), 'unreachableReward'))
    expect(most(of(rolling({ after: { amount: 240, unit: 'hour' } })))).toEqual([100, 20])
    expect(most(of(rolling({ from: 'activation' })))).toEqual([100, 50])
    const waits = { pending: { type: 'duration', duration: days(5) } }
    expect(most(of(rolling({ from: 'activation' }), waits))).toBeUndefined()
    expect(most(of(rolling({ endOf: { unit: 'year', startMonth: 1, startDay: 1 } })))).toBeUndefined()
    expect(most(of(rolling(), {}, { lot: { validity: days(900) } }))).toBeUndefined()
    expect(most(of(null))).toBeUndefined()
  })
})
