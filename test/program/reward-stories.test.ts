// The catalogue of a program: what a member takes, holds, uses and gives back.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  type CampaignId,
  decode,
  formatPath,
  type Instant,
  type MemberId,
  unwrap,
} from '../../src/foundation/index.ts'
import {
  type Activity,
  advance,
  type CompiledProgram,
  countShared,
  decide,
  decodeProgram,
  explainTrace,
  germanTexts,
  lintProgram,
  MemberRewards,
  type MemberState,
  noSharedUsage,
  playOutcome,
  RewardChanged,
  replay,
  SharedUsage,
  simulate,
} from '../../src/program/index.ts'
import type { DonationGoalId, Reward, RewardId, VoucherId } from '../../src/rewards/index.ts'
import { compiledOf, play } from '../arbitraries/program.ts'
import { memberRewards, rewardChanged } from '../arbitraries/program-rewards.ts'
import { wideHistory } from '../arbitraries/wide-program.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { fewerRuns } from '../laws/fewer-runs.ts'
import { at } from '../ledger/book.ts'
import { sampleBox } from '../rewards/reward-terms.ts'
import {
  activity,
  buys,
  eur,
  following,
  joins,
  member,
  points,
  rejected,
  shop,
  shopJson,
  statusLadder,
  wallet,
} from './shop.ts'
import { world } from './world.ts'

fewerRuns()

const price = (of: number, more: object = {}) => ({ wallet: 'points', points: of, money: null, tier: null, ...more })
const rewards = (...changes: ReadonlyArray<object>) => ({ rewards: changes.map((one) => ({ ...sampleBox, ...one })) })
const day = (n: number, hour = 8) => `2026-01-${String(n).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`
const takes = (id: string, when: string, reward = 'sample-box', more: object = {}): Activity =>
  activity({ type: 'rewardRedeemed', id, at: when, reward, ...more })
const step = (id: string, when: string, redemption: string, of: string): Activity =>
  activity({ type: 'rewardStep', id, at: when, redemption, step: of })
const joined = joins(day(1, 0))
const statuses = ({ rewards: { redemptions } }: MemberState) =>
  redemptions.map(({ redemption: { id, status, fulfilment } }) => [id, status, fulfilment])
const held = ({ wallets }: MemberState) => wallets[0]?.held

describe('points for a catalogue of samples and exclusive goods', () => {
  const program = shop({
    ladders: [statusLadder],
    ...rewards(
      { prices: [price(500), price(400, { tier: 'status/gold' })], limits: [{ times: 1, per: { unit: 'month' } }] },
      { id: 'gala', prices: [price(700)], tiers: ['status/gold'], shipped: false },
    ),
  })
  const rich = following(program, [joined, buys('o', day(2), '950.00')]).state

  test('the member pays the price of the tier, and gets what is in the way told with what is missing', () => {
    const poor = following(program, [joined, buys('o', day(2), '350.00')]).state
    const reasons = rejected(program, poor, takes('t', day(3), 'gala'))
    expect(reasons).toMatchObject([
      {
        _tag: 'RewardUnavailable',
        reward: 'gala',
        obstacles: [
          { reason: 'notInTier', tiers: ['status/gold'] },
          { reason: 'notEnoughPoints', wallet: 'points', missing: 350 },
        ],
      },
    ])
    expect(points(following(program, [takes('t', day(3))], rich).state).active).toBe(450)
    const gold = following(program, [buys('more', day(3), '60.00'), takes('t', day(3))], rich).state
    expect(points(gold).active).toBe(610)
  })

  test('a limit of one a month is open again when the reward is cancelled, and in the next month', () => {
    const { state } = following(program, [takes('t', day(3), 'sample-box', { issue: true })], rich)
    expect(rejected(program, state, takes('u', day(4)))).toMatchObject([
      { obstacles: [{ reason: 'limitReached', times: 1, again: at('2026-02-01T00:00:00Z') }, {}] },
    ])
    const back = following(program, [step('c', day(4), 't', 'cancel')], state).state
    expect(points(back).active).toBe(950)
    expect(back.rewards).toEqual({ redemptions: [], taken: [] })
    const more = following(program, [buys('p', day(5), '100.00'), takes('u', '2026-02-01T00:00:00Z')], state).state
    expect(more.rewards.taken).toEqual([{ reward: 'sample-box', at: [at('2026-02-01T00:00:00Z')] }])
  })

  test('access to events is for the top tier', () => {
    const { state, trace } = following(
      program,
      [buys('more', day(3), '60.00'), takes('seat', day(3), 'gala', { issue: true })],
      rich,
    )
    expect(statuses(state)).toEqual([['seat', 'issued', null]])
    expect(explainTrace(program, trace)).toContain('Reward gala (seat): issued for 700 points.')
    expect(explainTrace(program, trace, { texts: germanTexts })).toContain(
      'Prämie gala (seat): ausgegeben für 700 points.',
    )
    const used = following(program, [step('in', day(20, 19), 'seat', 'use')], state).state
    expect(rejected(program, used, step('c', day(21), 'seat', 'cancel'))).toMatchObject([
      { _tag: 'RedemptionNotRefundable', refundable: 'untilUsed' },
    ])
    // What is used is kept as long as something could be returned of it, and no longer.
    const later = following(program, [buys('last', '2026-06-01T00:00:00Z', '1.00')], used).state
    expect(statuses(later)).toEqual([])
  })
})

test('the gift card of a partner as the reward of a pharmacy: points and money, sent, lost, and cancelled', () => {
  const card = { prices: [price(300, { money: eur('5.00') })], shipped: true, partner: 'bookshop', holdFor: null }
  const pharmacy = shop(rewards({ ...card, id: 'book-card' }))
  const { state } = following(pharmacy, [joined, buys('o', day(2), '400.00'), takes('card', day(3), 'book-card')])
  expect([points(state).active, held(state)]).toEqual([100, 300])
  const issued = following(pharmacy, [step('i', day(4), 'card', 'issue')], state)
  expect(issued.events.filter(({ type }) => type === 'rewardChanged')).toMatchObject([
    { change: 'issue', effects: ['burnHeldPoints', 'chargeMoney'] },
  ])
  expect(explainTrace(pharmacy, issued.trace)).toContain('Reward book-card (card): issued for 300 points and 5.00 EUR.')
  const sent = following(pharmacy, [step('s', day(5), 'card', 'ship')], issued.state).state
  expect(rejected(pharmacy, sent, step('c', day(6), 'card', 'cancel'))).toMatchObject([
    { _tag: 'IllegalRedemptionStep', status: 'issued', fulfilment: 'shipped' },
  ])
  const lost = following(pharmacy, [step('f', day(6), 'card', 'fail'), step('c', day(7), 'card', 'cancel')], sent)
  expect(points(lost.state)).toEqual({ active: 400, pending: 0, debt: 0 })
  expect(lost.events).toContainEqual(
    expect.objectContaining({ change: 'cancel', effects: ['returnPoints', 'refundMoney', 'putBackStock'] }),
  )
  expect(explainTrace(pharmacy, lost.trace)).toContain(
    'Reward book-card (card): cancelled, 300 points and 5.00 EUR go back.',
  )
  const delivered = ['ship', 'deliver', 'comeBack', 'use'].map((of, n) => step(of, day(8, n + 1), 'card', of))
  const trace = [1, 2, 3, 4].map((n) =>
    explainTrace(pharmacy, following(pharmacy, delivered.slice(0, n), issued.state).trace).at(-1),
  )
  expect(trace).toEqual(['sent', 'delivered', 'came back', 'used'].map((what) => `Reward book-card (card): ${what}.`))
})

describe('S34 a reward that is paid with as many points as the member likes', () => {
  const split = { price: { points: 1, price: eur('0.10') }, maximum: 400, multipleOf: 50 }
  const divided = price(100, { money: eur('40.00'), split })
  const program = shop(rewards({ prices: [divided], holdFor: null }, { id: 'mug', prices: [price(80)] }))
  const { state } = following(program, [joined, buys('o', day(2), '350.00')])

  test('points and money come to the price, and both come back', () => {
    const few = following(program, [takes('few', day(3))], state).state
    expect(few.rewards.redemptions[0]?.redemption).toMatchObject({ points: 100, money: { minor: 4000 } })
    const issued = following(program, [takes('t', day(3), 'sample-box', { points: 300, issue: true })], state)
    expect(points(issued.state).active).toBe(50)
    expect(explainTrace(program, issued.trace)).toContain('Reward sample-box (t): issued for 300 points and 20.00 EUR.')
    const back = following(program, [step('c', day(4), 't', 'cancel')], issued.state)
    expect(points(back.state).active).toBe(350)
    expect(explainTrace(program, back.trace)).toContain(
      'Reward sample-box (t): cancelled, 300 points and 20.00 EUR go back.',
    )
    expect(back.events).toContainEqual(
      expect.objectContaining({ change: 'cancel', effects: ['returnPoints', 'refundMoney', 'putBackStock'] }),
    )
  })

  test('with points for all of it no money is asked for', () => {
    const whole = { price: { points: 1, price: eur('0.20') }, maximum: null, multipleOf: 50 }
    const shared = shop(rewards({ prices: [price(100, { money: eur('40.00'), split: whole })] }))
    const all = following(shared, [takes('t', day(3), 'sample-box', { points: 300, issue: true })], state)
    expect(all.state.rewards.redemptions[0]?.redemption).toMatchObject({ points: 300, money: null })
    expect(all.events).toContainEqual(expect.objectContaining({ change: 'issue', effects: ['burnHeldPoints'] }))
  })

  test('a number of points that the price cannot take is refused with the next lower one', () => {
    const told = (of: number, reward?: string) => rejected(program, state, takes('t', day(3), reward, { points: of }))
    expect(told(310)).toMatchObject([{ _tag: 'PointsNotPayable', path: ['points'], below: 300 }])
    expect(told(50)).toMatchObject([{ _tag: 'PointsNotPayable', path: ['points'], below: null }])
    expect(told(450)).toMatchObject([{ _tag: 'PointsNotPayable', below: 400 }])
    expect(told(400)).toMatchObject([{ _tag: 'InsufficientPoints' }])
    expect(told(90, 'mug')).toMatchObject([{ _tag: 'PointsNotPayable', below: 80 }])
    expect(told(70, 'mug')).toMatchObject([{ _tag: 'PointsNotPayable', below: null }])
    expect(told(80, 'mug')).toEqual([])
  })
})

describe('S35 rewards that are held', () => {
  const program = shop(rewards({ prices: [price(100)] }))
  const state = following(program, [joined, buys('o', day(2), '150.00')]).state

  test('two open sessions cannot spend the same points', () => {
    const first = following(program, [takes('a', day(3))], state).state
    expect(held(first)).toBe(100)
    expect(rejected(program, first, takes('b', day(3)))).toMatchObject([
      { obstacles: [{ reason: 'notEnoughPoints', missing: 50 }] },
    ])
  })

  test('a hold that is over frees points and piece by itself, and can no longer be issued', () => {
    const first = following(program, [takes('a', day(3))], state).state
    const over = advance(program, first, at(day(11)))
    expect(over.events.at(-1)).toMatchObject({ type: 'rewardChanged', change: 'release', at: at(day(10)) })
    expect(over.sharedClaims).toEqual([{ type: 'stock', reward: 'sample-box', pieces: -1 }])
    expect([points(over.state).active, held(over.state), statuses(over.state)]).toEqual([150, 0, []])
    expect(explainTrace(program, over.trace)).toContain('Reward sample-box (a): released, 100 points free again.')
    expect(rejected(program, over.state, step('i', day(11), 'a', 'issue'))).toMatchObject([
      { _tag: 'UnknownRedemption', redemption: 'a' },
    ])
    expect(rejected(program, first, step('i', day(11), 'a', 'issue'))).toMatchObject([{ _tag: 'UnknownRedemption' }])
  })

  test('a hold without an own end lasts as long as those of the wallet', () => {
    const holds = { holds: { validity: { amount: 2, unit: 'day' }, protectsExpiry: true } }
    const brief = shop({ ...wallet(holds), ...rewards({ prices: [price(100)], holdFor: null }) })
    const { events } = advance(brief, following(brief, [takes('a', day(3))], state).state, at(day(9)))
    expect(events.at(-1)).toMatchObject({ change: 'release', at: at(day(5)) })
  })

  test('points held for a reward are freed and spent by its steps alone, and by a merge', () => {
    const first = following(program, [takes('a', day(3))], state).state
    const frees = activity({ type: 'holdRelease', id: 'r', at: day(4), hold: 'a' })
    expect(rejected(program, first, frees)).toMatchObject([{ _tag: 'UnknownHold', hold: 'a' }])
    const spends = activity({ type: 'redemption', id: 'r', at: day(4), wallet: 'points', points: 5, hold: 'a' })
    expect(rejected(program, first, spends)).toMatchObject([{ _tag: 'UnknownHold', hold: 'a' }])
    expect(statuses(following(program, [step('r', day(4), 'a', 'release')], first).state)).toEqual([])
    const merged = following(program, [activity({ type: 'merge', id: 'm', at: day(4), into: 'bob' })], first)
    expect(statuses(merged.state)).toEqual([])
    expect(merged.followUps).toMatchObject([{ wallets: [{ lots: [{ points: 150 }] }] }])
  })

  test('points that die under a hold that protects nothing cannot be spent any more', () => {
    const expiry = { type: 'rolling', after: { amount: 3, unit: 'day' }, from: 'earning' }
    const dying = { ...wallet({ expiry, holds: { validity: null, protectsExpiry: false } }) }
    const mortal = shop({ ...dying, ...rewards({ prices: [price(100)] }) })
    const { state: first } = following(mortal, [joined, buys('o', day(2), '150.00'), takes('a', day(3))])
    expect(rejected(mortal, first, step('i', day(6), 'a', 'issue'))).toMatchObject([{ _tag: 'UnknownHold' }])
    expect(statuses(following(mortal, [step('r', day(6), 'a', 'release')], first).state)).toEqual([])
  })
})

describe('stock is everybody’s', () => {
  const program = shop(rewards({ prices: [price(10)], stock: 2, holdFor: null }))
  const told = (who: string): ReadonlyArray<Activity> =>
    [joined, buys('o', day(2), '50.00'), takes('t', day(3), 'sample-box', { issue: true })].map((one) => ({
      ...one,
      member: who as MemberId,
    }))

  test('the last piece goes once, and what is cancelled can be taken again', () => {
    const all = [...told('anna'), ...told('bob')]
    expect(world(program, all).shared).toEqual({
      stock: [{ reward: 'sample-box', taken: 2 }],
      vouchers: [],
      campaigns: [],
    })
    const three = unwrap(simulate(program, [...all, ...told('cleo')]))
    expect(three.steps.at(-1)?.result).toMatchObject({ left: [{ obstacles: [{ reason: 'outOfStock' }] }] })
    const cancelled = step('c', day(4), 't', 'cancel')
    const cleo = { ...takes('t', day(5)), member: 'cleo' as MemberId }
    const after = unwrap(simulate(program, [...all, ...told('cleo'), cancelled, { ...cleo, id: 'again' as never }]))
    expect(after.steps.at(-1)?.result._tag).toBe('Right')
    expect(after.shared).toEqual({ stock: [{ reward: 'sample-box', taken: 2 }], vouchers: [], campaigns: [] })
  })

  test('who does not say how many are gone is refused', () => {
    const { state } = following(program, [joined, buys('o', day(2), '50.00')])
    expect(rejected(program, state, takes('t', day(3)))).toMatchObject([
      { _tag: 'MissingSharedUsage', of: 'sample-box' },
    ])
  })

  test('a replay counts as many as it is told were gone before', () => {
    const versions = [{ program, from: null }] as const
    const history = [joined, buys('o', day(2), '50.00'), takes('t', day(3))]
    const gone = { ...noSharedUsage, stock: [{ reward: 'sample-box' as RewardId, taken: 2 }] }
    expect(replay(versions, history)).toMatchObject({ left: [{ _tag: 'MissingSharedUsage', of: 'sample-box' }] })
    expect(unwrap(replay(versions, history, { shared: () => noSharedUsage })).refused).toEqual([])
    expect(unwrap(replay(versions, history, { shared: () => gone })).refused).toMatchObject([
      { rejection: [{ obstacles: [{ reason: 'outOfStock' }] }] },
    ])
  })

  test('holds that are over at the end of a simulation put their pieces back', () => {
    const holding = shop(rewards({ prices: [price(10)], stock: 2 }))
    const history = [joined, buys('o', day(2), '50.00'), takes('t', day(3))]
    expect(unwrap(simulate(holding, history)).shared.stock).toEqual([{ reward: 'sample-box', taken: 1 }])
    const { shared } = unwrap(simulate(holding, history, { until: at(day(30)) }))
    expect(shared.stock).toEqual([{ reward: 'sample-box', taken: 0 }])
  })

  test('an outcome counts what became of rewards, by segment', () => {
    const { outcome } = unwrap(playOutcome(program, [...told('anna'), ...told('bob')], { segmentOf: (who) => who }))
    expect(outcome.rewards).toEqual(
      ['anna', 'bob'].flatMap((segment) =>
        ['hold', 'issue'].map((change) => ({ segment, reward: 'sample-box', change, times: 1 })),
      ),
    )
  })
})

describe('what does not fit', () => {
  const faults = (json: object) => {
    const decoded = decodeProgram({ ...shopJson, ...json })
    return decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []
  }

  test('ids that come twice, and wallets and currencies that are not the program’s, are reported with their place', () => {
    const foreign = price(5, { money: { amount: '1.00', currency: 'USD' } })
    expect(faults(rewards({}, { prices: [price(5, { wallet: 'miles' }), foreign] }))).toEqual([
      'rewards[1].id',
      'rewards[1].prices[0].wallet',
      'rewards[1].prices[1].money.currency',
    ])
    expect(faults(rewards({ when: { field: 'channel', is: 'web' } }))).toEqual(['rewards[0].when.field'])
  })

  test('unknown rewards and wallets that have no price are refused', () => {
    const program = shop(rewards({ prices: [price(10)] }))
    const { state } = following(program, [joined, buys('o', day(2), '50.00')])
    expect(rejected(program, state, takes('t', day(3), 'boat'))).toMatchObject([{ _tag: 'UnknownReward' }])
    expect(rejected(program, state, takes('t', day(3), 'sample-box', { wallet: 'miles' }))).toMatchObject([
      { obstacles: [{ reason: 'noPrice' }] },
    ])
    expect(statuses(following(program, [takes('t', day(3), 'sample-box', { wallet: 'points' })], state).state)).toEqual(
      [['t', 'held', null]],
    )
  })

  test('conditions look at the member and the calendar', () => {
    const when = {
      all: [
        { field: 'weekday', is: 'saturday' },
        { field: 'tenureDays', atLeast: 2 },
      ],
    }
    const program = shop(rewards({ prices: [price(10)], when }))
    const { state } = following(program, [joined, buys('o', day(2), '50.00')])
    expect(rejected(program, state, takes('t', day(2)))).toMatchObject([{ obstacles: [{ reason: 'conditionNotMet' }] }])
    expect(statuses(following(program, [takes('t', day(3))], state).state)).toHaveLength(1)
  })

  test('lint names tiers of the catalogue that the program does not have', () => {
    const when = { field: 'tiers', hasAny: ['status/iron'] }
    const program = shop({
      ladders: [statusLadder],
      ...rewards({ prices: [price(5, { tier: 'status/tin' }), price(9)], tiers: ['status/gold', 'status/lead'], when }),
    })
    const unknown = lintProgram(program).filter(({ code }) => code === 'unknownReference')
    expect(unknown.map(({ path }) => formatPath(path))).toEqual([
      'rewards[0].when.hasAny[0]',
      'rewards[0].prices[0].tier',
      'rewards[0].tiers[1]',
    ])
  })
})

const net = (program: CompiledProgram, state: MemberState, when: Instant) =>
  advance(program, state, when).state.wallets.map(({ id, active, pending, held: kept, debt }) => [
    id,
    active + pending + kept - debt,
  ])

/** A reward is taken and issued, and cancelled in the same instant. */
const expectRestored = (program: CompiledProgram, state: MemberState, reward: Reward): void => {
  const base = { member: state.member, at: state.asOf ?? (0 as Instant) }
  const id = `take ${reward.id}` as ActivityId
  const shared = noSharedUsage
  const taken = decide(
    program,
    state,
    { type: 'rewardRedeemed', ...base, id, reward: reward.id, issue: true },
    { shared },
  )
  if (taken._tag === 'Left') return
  const cancels = { type: 'rewardStep', ...base, id: 'undo' as ActivityId, redemption: id, step: 'cancel' } as const
  const undone = decide(program, taken.right.state, cancels, { shared })
  expect(undone._tag).toBe(reward.refundable === 'untilIssued' ? 'Left' : 'Right')
  if (undone._tag === 'Left') return
  expect(countShared(countShared(shared, taken.right.sharedClaims), undone.right.sharedClaims).stock[0]?.taken).toBe(0)
  expect(net(program, undone.right.state, base.at)).toEqual(net(program, state, base.at))
  const isIt = ({ redemption }: MemberRewards['redemptions'][number]) => redemption.id === id
  expect(undone.right.state.rewards.redemptions.some(isIt)).toBe(false)
}

test('law 4: a reward that is taken and cancelled leaves points, limits and stock as before', () => {
  fc.assert(
    fc.property(wideHistory, ({ program: wide, activities }) => {
      const { automaticRedemptions: _, ...asked } = wide.program
      const program = compiledOf(asked)
      const { state } = play(program, activities)
      for (const { reward } of program.rewards.values()) expectRestored(program, state, reward)
    }),
  )
})

codecLaws('MemberRewards', MemberRewards, memberRewards)

codecLaws('RewardChanged', RewardChanged, rewardChanged)

codecLaws(
  'SharedUsage',
  SharedUsage,
  fc
    .uniqueArray(fc.tuple(fc.constantFrom('mug', '__proto__', 'event'), fc.nat()), { selector: ([id]) => id })
    .map((all) => ({
      stock: all.map(([reward, taken]) => ({ reward: reward as RewardId, taken })),
      vouchers: all.map(([voucher, uses]) => ({ voucher: voucher as VoucherId, uses })),
      campaigns: all.map(([campaign, givenMinor]) => ({
        campaign: campaign as CampaignId,
        givenMinor,
        matchedMinor: 7,
        goals: all.map(([goal]) => ({ goal: goal as DonationGoalId, givenMinor })),
      })),
    })),
)

test('shared counts refuse what comes twice, and never go below nothing', () => {
  const twice = [1, 2].map((taken) => ({ reward: 'mug', taken }))
  expect(decode(SharedUsage, { stock: twice, vouchers: [], campaigns: [] })._tag).toBe('Left')
  const back = { type: 'stock', reward: 'mug' as RewardId, pieces: -1 } as const
  expect(countShared(noSharedUsage, [back]).stock).toEqual([{ reward: 'mug', taken: 0 }])
  const use = { type: 'voucher', voucher: 'ten' as VoucherId, uses: 1 } as const
  expect(countShared(noSharedUsage, [use, use, { ...use, uses: -1 }]).vouchers).toEqual([{ voucher: 'ten', uses: 1 }])
  expect(member().rewards).toEqual({ redemptions: [], taken: [] })
})
