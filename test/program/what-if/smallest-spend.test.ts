// The smallest amount by search against the first of all amounts that is enough.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  formatAmount,
  type Instant,
  type LineId,
  money,
  type Points,
  parseInstant,
  unwrap,
} from '../../../src/foundation/index.ts'
import {
  type CompiledProgram,
  decide,
  type Goal,
  hasReached,
  type MemberState,
  noSharedUsage,
  type SpendPlan,
  smallestSpend,
} from '../../../src/program/index.ts'
import type { VoucherId } from '../../../src/rewards/index.ts'
import { anna, play, programWithHistory } from '../../arbitraries/program.ts'
import { wideHistory } from '../../arbitraries/wide-program.ts'
import { fewerRuns } from '../../laws/fewer-runs.ts'
import { mugFor } from '../../rewards/reward-terms.ts'
import { buys, following, joins, member, pointsOf, shop, shopJson, statusLadder } from '../shop.ts'
import { daysAfter, question, rewardOf, tierUpgraded } from './tiered-shop.ts'

fewerRuns()

const plainZero = unwrap(money('0.00', 'EUR'))

const hasBudgets = ({ program }: CompiledProgram): boolean =>
  program.earning.caps?.some(({ per }) => per?.scope === 'everyone') ?? false

const planOf = (at: Instant, currency: string, minor: number): SpendPlan => ({
  purchase: { id: 'what if' as ActivityId, member: anna, at },
  line: { id: 'line' as LineId },
  largest: { minor, currency: currency as SpendPlan['largest']['currency'] },
})

/** The first of all amounts that is enough. */
const slowSmallest = (
  program: CompiledProgram,
  state: MemberState,
  { purchase, line, largest }: SpendPlan,
  goal: Goal,
  by: Instant,
): number | null | undefined => {
  const shared = noSharedUsage
  if (hasReached(program, state, goal, by, { shared })) return null
  for (let minor = 0; minor <= largest.minor; minor += 1) {
    const lines = [{ ...line, amount: { minor, currency: largest.currency } }]
    const decided = decide(program, state, { ...purchase, type: 'purchase', lines }, { trace: false, shared })
    if (decided._tag === 'Right' && hasReached(program, decided.right.state, goal, by, { shared })) return minor
  }
  return undefined
}

const goalOf = ({ program }: CompiledProgram, state: MemberState, more: number): Goal => {
  const { rewards = [], challenges = {} } = program
  const reward = rewards[more % Math.max(1, rewards.length)]
  if (more % 4 === 1 && reward !== undefined) return { type: 'reward', reward: reward.id }
  const sums = [...(challenges.goals ?? []), ...(challenges.streaks ?? [])].map((one) =>
    'challenge' in one ? one.challenge : one.streak,
  )
  const challenge = sums[more % Math.max(1, sums.length)]
  const level = challenge?.levels[more % challenge.levels.length]
  if (more % 4 === 3 && challenge !== undefined && level !== undefined) {
    return { type: 'challenge', challenge: challenge.id, level: level.id }
  }
  const ladder = program.ladders[0]
  const top = ladder?.tiers[ladder.tiers.length - 1]
  if (more % 2 === 0 && ladder !== undefined && top !== undefined) {
    return { type: 'tier', ladder: ladder.id, tier: top.id }
  }
  const wallet = program.wallets[0]?.id ?? ('' as never)
  const active = state.wallets.find(({ id }) => id === wallet)?.active ?? 0
  return { type: 'points', wallet, points: (active + more) as Points }
}

describe('smallestSpend', () => {
  test.each([
    ['programs', programWithHistory],
    ['wide programs', wideHistory],
  ] as const)('is the first of all amounts that is enough, over %s', (_name, arbitrary) => {
    fc.assert(
      fc.property(
        arbitrary,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 400 }),
        fc.nat({ max: 40 }),
        ({ program, activities }, more, largest, days) => {
          fc.pre(!hasBudgets(program))
          const { state } = play(program, activities)
          const at = Math.max(...activities.map((activity) => activity.at)) as Instant
          const by = (at + days * 86_400_000) as Instant
          const plan = planOf(at, program.program.currency, largest)
          const goal = goalOf(program, state, more)
          const found = smallestSpend(program, state, plan, goal, { by, shared: noSharedUsage })
          const slow = slowSmallest(program, state, plan, goal, by)
          if (slow === undefined) expect(found._tag).toBe('Left')
          else expect(unwrap(found)?.amount.minor ?? null).toBe(slow)
        },
      ),
    )
  })

  test('is the first of all amounts also where gifts, redemptions and caps can make more be less', () => {
    fc.assert(
      fc.property(question, ({ program, before, goal, days }) => {
        const { state } = following(program, before)
        const at = unwrap(parseInstant('2026-01-05T00:00:00Z'))
        const by = daysAfter(at, days)
        const plan = planOf(at, 'EUR', 500)
        const found = smallestSpend(program, state, plan, goal, { by })
        const slow = slowSmallest(program, state, plan, goal, by)
        if (slow === undefined) expect(found._tag).toBe('Left')
        else expect(unwrap(found)?.amount.minor ?? null).toBe(slow)
      }),
    )
  })

  const gifts = {
    ladders: [
      {
        ...statusLadder,
        metrics: [{ id: 'points', of: 'spend' }],
        tiers: [
          { id: 'basic' },
          { id: 'silver', reach: pointsOf(50_000), keep: pointsOf(50_000) },
          { id: 'gold', reach: pointsOf(150_000), keep: pointsOf(150_000) },
        ],
      },
    ],
    earning: {
      ...shopJson.earning,
      actions: [tierUpgraded],
      rules: [
        ...shopJson.earning.rules,
        { id: 'gift', on: 'tierUpgraded', wallet: 'points', award: { mode: 'fixed', points: '100' } },
      ],
      caps: [
        {
          id: 'at most',
          wallet: 'points',
          counts: 'points',
          limit: 1800,
          window: { type: 'activity' },
          onExceed: 'reject',
        },
      ],
    },
    rewards: [rewardOf('cup', 250), rewardOf('mug', 249, { tiers: ['status/silver'] })],
    automaticRedemptions: [{ wallet: 'points', reward: 'cup', onReturn: 'debt' }],
  }

  test.each([
    ['a tier at 1,500 euros', { type: 'tier', ladder: 'status', tier: 'gold' }, '1500.00', 300],
    ['a balance between two redemptions', { type: 'points', wallet: 'points', points: 249 }, '249.00', 60],
    ['a reward of the middle tier', { type: 'reward', reward: 'mug' }, '649.00', 200],
    ['a reward that is gone before it can be had', { type: 'reward', reward: 'cup' }, 'GoalOutOfReach', 600],
  ])('with three tiers, gifts, redemptions and a cap that refuses: %s', (_name, goal, amount, mostTries) => {
    const program = shop(gifts)
    const { state } = following(program, [joins('2026-01-01T00:00:00Z')])
    const found = smallestSpend(program, state, planOf(at, 'EUR', 200_000), goal as Goal, { mostTries })
    expect(found._tag === 'Left' ? found.left._tag : formatAmount(found.right?.amount ?? plainZero)).toBe(amount)
  })

  test('named amounts that searching by halves alone would miss', () => {
    const linear = (points: string) => ({
      mode: 'linear',
      points,
      per: { amount: '1.00', currency: 'EUR' },
      on: 'order',
    })
    const step = (points: string, amount: string) => ({
      ...linear(points),
      mode: 'step',
      per: { amount, currency: 'EUR' },
    })
    const fresh = (earning: object, wanted: number, most: number) => {
      const program = shop({ earning: { ...shopJson.earning, ...earning } })
      const { state } = following(program, [joins('2026-01-01T00:00:00Z')])
      const goal = { type: 'points', wallet: 'points', points: wanted as Points } as Goal
      const plan = planOf(at, 'EUR', most)
      const found = smallestSpend(program, state, plan, goal)
      const minor = found._tag === 'Left' ? undefined : found.right?.amount.minor
      expect(minor).toBe(slowSmallest(program, state, plan, goal, at))
      return minor
    }
    // From 9.30 on one of the nine points is of a lot that waits; with 9.40 there are ten.
    const waits = {
      id: 'waits',
      wallet: 'points',
      award: step('0.6', '9.30'),
      lot: { pending: { amount: 1, unit: 'day' } },
    }
    expect(fresh({ rules: [...shopJson.earning.rules, waits] }, 9, 935)).toBe(900)
    // From 3.16 on the rule is best that is capped.
    const group = { wallet: 'points', group: 'one' }
    const best = {
      groups: [{ id: 'one', mode: 'best' }],
      rules: [
        { ...group, id: 'capped', award: linear('1.9') },
        { ...group, id: 'steps', award: step('6', '3.00') },
      ],
      caps: [
        {
          id: 'cap',
          wallet: 'points',
          counts: 'points',
          limit: 5,
          window: { type: 'activity' },
          onExceed: 'truncate',
          of: { rules: ['capped'] },
        },
      ],
    }
    expect(fresh(best, 6, 500)).toBe(300)
  })

  test('points of two terms: every amount of the ranges in which both come', () => {
    const promotional = {
      id: 'promotional',
      wallet: 'points',
      when: { field: 'amount', atLeast: '20.00' },
      award: { mode: 'linear', points: '1', per: { amount: '3.00', currency: 'EUR' }, on: 'order' },
      lot: { pending: { amount: 14, unit: 'day' } },
    }
    const earning = { ...shopJson.earning, rules: [...shopJson.earning.rules, promotional] }
    const goal = { type: 'points', wallet: 'points', points: 30 }
    const [found, slow] = both(shop({ earning }), goal)
    expect(found).toBe(slow)
    expect(found).toBeGreaterThan(1999)
    const many = { type: 'points', wallet: 'points', points: 100_000 as Points } as Goal
    expect(spent(shop({ earning }), many, { mostTries: 500 })).toBe('OutOfRange')
  })

  const start = following(shop(), [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-02T00:00:00Z', '940.00')]).state
  const at = unwrap(parseInstant('2026-03-01T00:00:00Z'))
  const gold = { type: 'tier', ladder: 'status', tier: 'gold' } as Goal
  const largest = unwrap(money('500.00', 'EUR')).minor
  const spent = (program: CompiledProgram, goal: Goal, options = {}): string => {
    const { state } = following(program, [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-02T00:00:00Z', '940.00')])
    const found = smallestSpend(program, state, planOf(at, 'EUR', largest), goal, options)
    if (found._tag === 'Left') return found.left._tag
    return found.right === null ? 'nothing' : formatAmount(found.right.amount)
  }

  test('what all members share is passed on to the decision', () => {
    const benefit = { type: 'fixed', minor: 1000 }
    const terms = { products: null, minimumSpend: null, validFrom: null, validUntil: null, members: null, when: null }
    const ten = { ...terms, id: 'ten', currency: 'EUR', benefit, groups: [], exclusiveWith: [] }
    const vouchers = {
      plan: { root: { mode: 'voucher', voucher: 'ten' }, maximumBasisPoints: null },
      vouchers: [{ voucher: ten, use: 'open', limits: [], total: 5, validity: null, reward: null }],
    }
    const program = shop({ ladders: [statusLadder], vouchers })
    const { state } = following(program, [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-02T00:00:00Z', '990.00')])
    const { purchase, ...rest } = planOf(at, 'EUR', largest)
    const entered = { ...rest, purchase: { ...purchase, vouchers: [{ voucher: 'ten' as VoucherId }] } }
    const found = smallestSpend(program, state, entered, gold, { shared: noSharedUsage })
    expect(unwrap(found)?.amount.minor).toBe(2000)
    expect(smallestSpend(program, state, entered, gold)._tag).toBe('Left')
  })

  test('what is missing to the next tier, at two points for a euro from 20 euros on', () => {
    const double = { ...shopJson.earning.rules[0], id: 'double', when: { field: 'amount', atLeast: '20.00' } }
    const rules = [shopJson.earning.rules[0], double]
    const program = shop({ ladders: [statusLadder], earning: { ...shopJson.earning, rules } })
    // 940 euros gave 1,880 points already: the tier is there.
    expect(spent(program, gold)).toBe('nothing')
    const single = shop({ ladders: [statusLadder] })
    expect(spent(single, gold)).toBe('60.00')
    const wallet = { type: 'points', wallet: 'points', points: 1910 as Points } as Goal
    expect(spent(program, wallet)).toBe('20.00')
    expect(spent(program, { ...wallet, points: 1890 as Points } as Goal)).toBe('10.00')
  })

  test('points that wait are not there before they are active', () => {
    const pending = { type: 'duration', duration: { amount: 14, unit: 'day' } }
    const program = shop({ wallets: [{ ...shopJson.wallets[0], pending }] })
    const goal = { type: 'points', wallet: 'points', points: 950 as Points } as Goal
    expect(spent(program, goal)).toBe('GoalOutOfReach')
    expect(spent(program, goal, { by: (at + 14 * 86_400_000) as Instant })).toBe('10.00')
  })

  test('points that are taken from some amount on', () => {
    const rules = [
      shopJson.earning.rules[0],
      {
        id: 'fee',
        wallet: 'points',
        when: { field: 'amount', atLeast: '30.00' },
        award: { mode: 'bonus', points: '-25' },
      },
    ]
    const program = shop({ earning: { ...shopJson.earning, rules } })
    const goal = { type: 'points', wallet: 'points', points: (970 - 25) as Points } as Goal
    // 915 points are there: 29.99 euros are a point too little, and 30.00 cost 25.
    expect(spent(program, goal)).toBe('55.00')
    expect(spent(program, { ...goal, points: 940 as Points } as Goal)).toBe('25.00')
    expect(spent(program, { ...goal, points: 1100 as Points } as Goal, { mostTries: 60 })).toBe('210.00')
    expect(spent(program, { ...goal, points: 1100 as Points } as Goal, { mostTries: 3 })).toBe('OutOfRange')
  })

  /** The amount that is found, and the first of all amounts. */
  const both = (program: CompiledProgram, goal: object, by = at, most = 3000) => {
    const { state } = following(program, [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-02T00:00:00Z', '10.00')])
    const plan = planOf(at, 'EUR', most)
    const found = smallestSpend(program, state, plan, goal as Goal, { by, shared: noSharedUsage })
    const slow = slowSmallest(program, state, plan, goal as Goal, by)
    return [found._tag === 'Left' ? undefined : (found.right?.amount.minor ?? null), slow]
  }
  const rewardJson = mugFor(25)
  const mug = { type: 'reward', reward: 'mug' }
  const small = { ...statusLadder, tiers: [{ id: 'basic' }, { id: 'silver', reach: pointsOf(12), keep: pointsOf(12) }] }
  const three = { ...small, tiers: [...small.tiers, { id: 'gold', reach: pointsOf(20), keep: pointsOf(20) }] }
  const priceFor = (tier: string | null, points: number) => ({ wallet: 'points', points, money: null, tier })

  test.each([
    ['the points that are missing', {}, {}, 1500],
    ['a stock that is left', { stock: 1 }, {}, 1500],
    ['a stock that is gone', { stock: 0 }, {}, undefined],
    ['what begins later', { validFrom: '2026-03-02T00:00:00Z' }, {}, undefined],
    ['the price of a tier', { prices: [priceFor(null, 25), priceFor('status/silver', 5)] }, { ladders: [small] }, 200],
    // With 20 points the member is on gold, where nobody has it.
    [
      'a reward of a tier in the middle',
      { tiers: ['status/silver'], prices: [priceFor(null, 14)] },
      { ladders: [three] },
      400,
    ],
    ['a price that is gone above', { prices: [priceFor('status/silver', 14)] }, { ladders: [three] }, 400],
    [
      'a reward that higher tiers have as well',
      { tiers: ['status/silver', 'status/gold'] },
      { ladders: [three] },
      1500,
    ],
    [
      'a condition on the tier',
      { when: { field: 'tiers', hasAny: ['status/silver'] }, prices: [priceFor(null, 14)] },
      { ladders: [three] },
      400,
    ],
    [
      'not where points are redeemed before',
      { when: { not: { field: 'tiers', hasAny: ['status/gold'] } } },
      {
        rewards: [
          { ...rewardJson, when: { not: { field: 'tiers', hasAny: ['status/gold'] } } },
          { ...rewardJson, id: 'cup', prices: [priceFor(null, 20)] },
        ],
        automaticRedemptions: [{ wallet: 'points', reward: 'cup', onReturn: 'debt' }],
      },
      undefined,
    ],
  ] as const)('a reward: %s', (_name, reward, more, minor) => {
    const program = shop({ rewards: [{ ...rewardJson, ...reward }], ...more })
    expect(both(program, mug)).toEqual([minor, minor])
  })

  test('a reward without its stock, and one that is not there', () => {
    const program = shop({ rewards: [{ ...rewardJson, stock: 3 }] })
    const { state } = following(program, [joins('2026-01-01T00:00:00Z')])
    const plan = planOf(at, 'EUR', 3000)
    expect(smallestSpend(program, state, plan, mug as Goal)).toMatchObject({ left: { _tag: 'MissingSharedUsage' } })
    expect(hasReached(program, state, mug as Goal, at)).toBe(false)
    expect(hasReached(program, member(), mug as Goal, at, { shared: noSharedUsage })).toBe(false)
    expect(both(program, { type: 'reward', reward: 'plate' })).toEqual([undefined, undefined])
  })

  const spentInAll = {
    challenge: {
      id: 'spent',
      measure: { type: 'sum', field: 'amount' },
      window: { type: 'whole' },
      levels: [
        { id: 'some', target: 1500 },
        { id: 'much', target: 2500 },
      ],
    },
    on: 'purchase',
  }
  const spentOf = (challenge: object) => ({
    challenges: { goals: [{ ...spentInAll, challenge: { ...spentInAll.challenge, ...challenge } }] },
  })
  const level = (id: string, challenge = 'spent') => ({ type: 'challenge', challenge, level: id })
  const monthly = { window: { type: 'calendar', calendar: { unit: 'month' } } }

  test.each([
    ['what is missing to a level', spentOf({}), level('much'), 1500],
    ['a level that is there', spentOf({ levels: [{ id: 'some', target: 900 }] }), level('some'), null],
    ['a level of a month before', spentOf({ levels: [{ id: 'some', target: 900 }], ...monthly }), level('some'), 900],
    [
      'a window that is over',
      spentOf({
        levels: [{ id: 'some', target: 900 }],
        window: { type: 'fromFirst', duration: { amount: 1, unit: 'day' }, repeats: true },
      }),
      level('some'),
      900,
    ],
    [
      'a window that does not come again',
      spentOf({
        levels: [{ id: 'some', target: 900 }],
        window: { type: 'fromFirst', duration: { amount: 1, unit: 'day' }, repeats: false },
      }),
      level('some'),
      null,
    ],
    [
      'purchases between two amounts',
      spentOf({
        measure: { type: 'times' },
        levels: [{ id: 'some', target: 1 }],
        when: { field: 'amount', atLeast: '17.00', lessThan: '17.02' },
      }),
      level('some'),
      1700,
    ],
    [
      'a streak of purchases between two amounts',
      {
        challenges: {
          streaks: [
            {
              streak: {
                id: 'days',
                calendar: { unit: 'day' },
                actionsPerPeriod: 1,
                levels: [{ id: 'one', periods: 1 }],
                when: { field: 'amount', atLeast: '17.00', lessThan: '17.02' },
              },
              on: 'purchase',
            },
          ],
        },
      },
      level('one', 'days'),
      1700,
    ],
    ['a level that is not there', spentOf({}), level('all'), undefined],
    ['a challenge that is not there', spentOf({}), level('some', 'other'), undefined],
  ] as const)('a challenge: %s', (_name, more, goal, minor) => {
    expect(both(shop(more), goal)).toEqual([minor, minor])
  })

  test('levels of membership come with time', () => {
    const tenure = [{ id: 'years', levels: [{ id: 'first', after: { amount: 3, unit: 'month' } }] }]
    const program = shop({ challenges: { tenure } })
    expect(both(program, level('first', 'years'))).toEqual([undefined, undefined])
    expect(both(program, level('first', 'years'), unwrap(parseInstant('2026-04-02T00:00:00Z')))).toEqual([null, null])
  })

  test('points for a level of a challenge: its conditions are conditions of the rule', () => {
    const challengeReached = {
      name: 'challengeReached',
      fields: [
        { name: 'challenge', type: 'text', required: true },
        { name: 'level', type: 'text', required: true },
      ],
    }
    const gift = { id: 'gift', wallet: 'points', on: 'challengeReached', award: { mode: 'fixed', points: '50' } }
    const program = shop({
      ...spentOf({
        measure: { type: 'times' },
        levels: [{ id: 'some', target: 1 }],
        when: { field: 'amount', atLeast: '17.00', lessThan: '17.02' },
      }),
      earning: { ...shopJson.earning, rules: [...shopJson.earning.rules, gift], actions: [challengeReached] },
    })
    expect(both(program, { type: 'points', wallet: 'points', points: 60 })).toEqual([1700, 1700])
  })

  test('who skips a tier has less of what upgrades pay', () => {
    const gift = {
      id: 'gift',
      wallet: 'points',
      on: 'tierUpgraded',
      when: { field: 'tier', is: 'silver' },
      award: { mode: 'fixed', points: '5' },
    }
    const program = shop({
      ladders: [three],
      earning: { ...shopJson.earning, rules: [...shopJson.earning.rules, gift], actions: [tierUpgraded] },
    })
    // Two euros make silver, and its gift makes 17 points; ten make gold at once, without a gift.
    expect(both(program, { type: 'points', wallet: 'points', points: 17 })).toEqual([200, 200])
  })

  test('what cannot be answered is told', () => {
    const goal = { type: 'points', wallet: 'points', points: 10_000 as Points } as Goal
    expect(spent(shop(), goal)).toBe('GoalOutOfReach')
    expect(smallestSpend(shop(), member(), planOf(at, 'EUR', 100), goal)).toMatchObject({
      left: { _tag: 'NotEnrolled' },
    })
    expect(smallestSpend(shop(), start, planOf(at, 'USD', 100), goal)).toMatchObject({
      left: { path: ['plan', 'largest', 'currency'] },
    })
    const by = unwrap(parseInstant('2026-02-01T00:00:00Z'))
    expect(smallestSpend(shop(), start, planOf(at, 'EUR', 100), goal, { by, shared: noSharedUsage })).toMatchObject({
      left: { path: ['options', 'by'] },
    })
  })
})
