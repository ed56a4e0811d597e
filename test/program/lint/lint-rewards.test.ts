// Rewards that nobody can pay, and those that cost more than it takes to have them.
import { describe, expect, test } from 'vitest'
import type { Activity, ProgramEconomics } from '../../../src/program/index.ts'
import { sampleBox } from '../../rewards/reward-terms.ts'
import { activity, buys, eur, following, joins, points, referralOf, rejected, shop, shopJson } from '../shop.ts'
import { base, codes, days, earning, fixed, found, pair, shown } from './lint-pair.ts'

const price = (of: number, more: object = {}) => ({ wallet: 'points', points: of, money: null, tier: null, ...more })
const open = { stock: null, limits: [], validFrom: null, validUntil: null, tiers: null, when: null }
const reward = (of: number, more: object = {}) => ({ ...sampleBox, ...open, prices: [price(of)], ...more })
const having = (of: number, more: object = {}) => ({ rewards: [reward(of, more)] })
const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}T08:00:00Z`
const takes = (when: string, more: object = {}): Activity =>
  activity({ type: 'rewardRedeemed', id: 'takes', at: when, reward: sampleBox.id, ...more })
const reasons = (program: ReturnType<typeof shop>, at: string, before: ReadonlyArray<Activity>, more: object = {}) =>
  rejected(program, following(program, before).state, takes(at, more)).flatMap((one) =>
    one._tag === 'RewardUnavailable' ? one.obstacles.map((obstacle) => obstacle.reason) : [one._tag],
  )
const other = { ...shopJson.wallets[0], id: 'miles' }

describe('a reward that nobody can pay', () => {
  const cap = (limit: number, more: object = {}) => ({
    id: 'most',
    wallet: 'points',
    limit,
    counts: 'points',
    window: { type: 'balance', pending: 'counted' },
    onExceed: 'truncate',
    ...more,
  })
  const capped = (limit: number, more: object = {}) => earning([base], { caps: [cap(limit, more)] })

  test('a cap on the balance is below its price', () => {
    const { program, finding } = pair(
      'unreachableReward',
      { ...capped(499), ...having(500) },
      { ...capped(500), ...having(500) },
    )
    expect(finding).toMatchObject({
      severity: 'warning',
      path: ['rewards', 0, 'prices'],
      witness: { type: 'bound', needed: 500, most: 499 },
    })
    const bought = [joins(day(1)), buys('o-1', day(2), '5000.00'), buys('o-2', day(3), '5000.00')]
    expect(points(following(program, bought).state).active).toBe(499)
    expect(reasons(program, day(4), bought)).toEqual(['notEnoughPoints'])
  })

  test.each([
    ['a cap of some rules', capped(100, { of: { rules: ['base'] } })],
    ['a cap of another window', capped(100, { window: { type: 'activity' } })],
    ['referrals, which caps do not count', { ...capped(100), ...referralOf() }],
    [
      'what waits and is not counted',
      {
        ...capped(100, { window: { type: 'balance', pending: 'ignored' } }),
        wallets: [{ ...shopJson.wallets[0], pending: { type: 'duration', duration: days(90) } }],
      },
    ],
    [
      'what waits by the rule and is not counted',
      earning([{ ...base, lot: { pending: days(90) } }], {
        caps: [cap(100, { window: { type: 'balance', pending: 'ignored' } })],
      }),
    ],
    ['a price of nothing', { ...capped(100), ...having(0) }],
    ['a second price', { ...capped(100), ...having(0, { prices: [price(500), price(50)] }) }],
  ])('but not with %s', (_name, more) => {
    expect(codes(shop({ ...having(500), ...more }))).not.toContain('unreachableReward')
  })

  test('a cap that counts what is active, where nothing waits', () => {
    const window = { type: 'balance', pending: 'ignored' }
    expect(codes(shop({ ...capped(100, { window }), ...having(500) }))).toContain('unreachableReward')
  })

  test('its points are redeemed for a cheaper one before (S21)', () => {
    const cup = reward(100, { id: 'cup' })
    const redeems = (...ids: ReadonlyArray<string>) => ({
      automaticRedemptions: ids.map((id) => ({ wallet: 'points', reward: id, onReturn: 'debt' })),
    })
    const { program, finding } = pair(
      'unreachableReward',
      { rewards: [reward(100), cup], ...redeems('cup') },
      { rewards: [reward(99), cup], ...redeems('cup') },
    )
    expect(finding.witness).toMatchObject({ type: 'bound', needed: 100, most: 99 })
    const bought = [joins(day(1)), buys('o', day(2), '950.00')]
    expect(points(following(program, bought).state).active).toBe(50)
    expect(reasons(program, day(2), bought)).toEqual(['notEnoughPoints'])
    // What has its turn before takes the points of what comes after it.
    const both = (...ids: ReadonlyArray<string>) => shop({ rewards: [reward(250), cup], ...redeems(...ids) })
    expect(found(both('cup', sampleBox.id), 'unreachableReward')?.path).toEqual(['rewards', 0, 'prices'])
    expect(codes(both(sampleBox.id, 'cup'))).not.toContain('unreachableReward')
    const { state } = following(both(sampleBox.id, 'cup'), bought)
    expect(state.rewards.redemptions.filter((one) => one.redemption.reward === sampleBox.id).length).toBe(3)
    const later = following(both('cup', sampleBox.id), bought).state
    expect(later.rewards.redemptions.filter((one) => one.redemption.reward === sampleBox.id)).toEqual([])
  })

  test('nothing brings points into its wallet', () => {
    const prices = [price(10, { wallet: 'miles' })]
    const wallets = [shopJson.wallets[0], other]
    const { program, finding } = pair(
      'unreachableReward',
      { wallets, ...having(0, { prices }) },
      { wallets, ...having(0, { prices }), ...earning([base, fixed('miles', undefined, { wallet: 'miles' })]) },
    )
    expect(finding.witness).toMatchObject({ type: 'name', name: 'miles', known: ['points'] })
    expect(reasons(program, day(4), [joins(day(1)), buys('o', day(2), '950.00')])).toEqual(['notEnoughPoints'])
  })

  test.each([
    ['conversions', { conversions: [{ from: 'points', to: 'miles', rate: { from: 1, to: 1 }, validFrom: day(1) }] }],
    [
      'expiry in another wallet',
      {
        wallets: [
          {
            ...shopJson.wallets[0],
            expiry: { type: 'rolling', after: { amount: 1, unit: 'year' }, from: 'earning' },
            onExpiry: { type: 'move', wallet: 'miles' },
          },
          other,
        ],
      },
    ],
    [
      'referrals',
      referralOf({ referrer: { kind: { type: 'points', wallet: 'miles' }, amount: { type: 'fixed', units: 5 } } }),
    ],
  ])('points come into a wallet by %s', (_name, more) => {
    const prices = [price(10, { wallet: 'miles' })]
    expect(codes(shop({ wallets: [shopJson.wallets[0], other], ...having(0, { prices }), ...more }))).not.toContain(
      'unreachableReward',
    )
  })
})

describe('a reward that costs more than it takes to have it', () => {
  const economics = (rewardMinor: number, numerator = 30): { readonly economics: ProgramEconomics } => ({
    economics: {
      margin: { numerator, denominator: 100 },
      pointCost: () => ({ numerator: 0, denominator: 1 }),
      rewardMinor: () => rewardMinor,
    },
  })
  const spent = (activities: ReadonlyArray<Activity>): number =>
    activities.reduce(
      (sum, one) =>
        one.type === 'purchase' ? sum + one.lines.reduce((all, { amount }) => all + amount.minor, 0) : sum,
      0,
    )
  const historyOf = (more: object, rewardMinor: number, numerator = 30) => {
    const program = shop(more)
    const finding = found(program, 'rewardExceedsSpend', economics(rewardMinor, numerator))
    const simulation = shown(program, finding)
    const [member] = [...simulation.members.values()]
    expect(member?.rewards.redemptions.map(({ redemption }) => redemption.status)).toEqual(['issued'])
    return finding?.witness.type === 'history' ? spent(finding.witness.activities) : -1
  }

  test('100 points from 100 euros leave 30 euros', () => {
    const { program, finding } = pair('rewardExceedsSpend', having(100), having(100), economics(3001), economics(3000))
    expect(finding.path).toEqual(['rewards', 0, 'prices'])
    const [member] = [...shown(program, finding).members.values()]
    expect(member?.rewards.redemptions.length).toBe(1)
    expect(historyOf(having(100), 3001)).toBe(10_000)
    // Without a margin any purchase loses.
    expect(historyOf(having(100), 1, 0)).toBe(10_000)
    expect(codes(program, economics(0))).not.toContain('rewardExceedsSpend')
    expect(codes(program)).not.toContain('rewardExceedsSpend')
    expect(
      codes(program, { economics: { ...economics(1).economics, rewardMinor: () => Number.MAX_SAFE_INTEGER } }),
    ).toContain('rewardExceedsSpend')
  })

  test('under the best stacking of what can hold together', () => {
    const rules = [
      base,
      {
        id: 'x5',
        wallet: 'points',
        when: { field: 'categories', hasAny: ['tea'] },
        award: { mode: 'multiplier', factor: '5' },
      },
      {
        id: 'x8',
        wallet: 'points',
        when: { field: 'weekday', is: 'sunday' },
        award: { mode: 'multiplier', factor: '8' },
      },
    ]
    const stacked = earning(rules, { multipliers: 'product' })
    // 40 points for a euro: 100 points from 2.50 euros, which leave 75 cents.
    expect(historyOf({ ...stacked, ...having(100) }, 76)).toBe(250)
    expect(codes(shop({ ...stacked, ...having(100) }), economics(75))).not.toContain('rewardExceedsSpend')
  })

  test('points that wait are spent when they are active', () => {
    const pending = { type: 'duration', duration: days(90) }
    const wallets = [{ ...shopJson.wallets[0], pending }]
    expect(historyOf({ wallets, ...having(100) }, 3001)).toBe(10_000)
    const lot = earning([{ ...base, lot: { pending: days(30) } }])
    expect(historyOf({ ...lot, ...having(100) }, 3001)).toBe(10_000)
  })

  test('what is paid on top counts', () => {
    const paid = having(100, { prices: [price(100, { money: eur('5.00') })] })
    pair('rewardExceedsSpend', paid, paid, economics(3501), economics(3500))
  })

  test('a welcome gift is enough for it (S53)', () => {
    const actions = [{ name: 'enrolment', fields: [] }]
    const welcome = { id: 'welcome', wallet: 'points', on: 'enrolment', award: { mode: 'fixed', points: '100' } }
    const more = { ...earning([base, welcome], { actions }), ...having(100) }
    expect(historyOf(more, 1)).toBe(0)
    expect(found(shop(more), 'rewardExceedsSpend', economics(1))?.reason).toContain('without spending')
    expect(codes(shop({ ...more, ...having(101) }), economics(1))).not.toContain('rewardExceedsSpend')
    expect(codes(shop({ ...more, ...having(0) }), economics(1))).not.toContain('rewardExceedsSpend')
  })

  test('where more may be less, the smallest purchase that is enough', () => {
    const caps = [
      { id: 'day', wallet: 'points', limit: 1000, counts: 'points', window: { type: 'activity' }, onExceed: 'reject' },
    ]
    expect(historyOf({ ...earning([base], { caps }), ...having(100) }, 3001)).toBe(10_000)
    expect(codes(shop({ ...earning([base], { caps }), ...having(100) }), economics(3000))).not.toContain(
      'rewardExceedsSpend',
    )
  })

  test('what is not a matter of one purchase is not looked for', () => {
    const never = {
      ...base,
      when: {
        all: [
          { field: 'hour', atLeast: 22 },
          { field: 'hour', lessThan: 6 },
        ],
      },
    }
    expect(codes(shop({ ...earning([never]), ...having(100) }), economics(9999))).not.toContain('rewardExceedsSpend')
    const both = { ...base, when: { field: 'skus', hasAll: ['a', 'b'] } }
    expect(codes(shop({ ...earning([both]), ...having(100) }), economics(9999))).not.toContain('rewardExceedsSpend')
    const pending = { type: 'action', action: 'review', cancelAfter: days(90) }
    const awaiting = {
      ...earning([base], { actions: [{ name: 'review', fields: [] }] }),
      wallets: [{ ...shopJson.wallets[0], pending }],
    }
    expect(codes(shop({ ...awaiting, ...having(100) }), economics(9999))).not.toContain('rewardExceedsSpend')
  })
})
