// The worked examples of loyalty programs that need a whole program: what a member sees from one activity to the next.
import { describe, expect, test } from 'vitest'
import { Cap, type CapUsage, claimCap } from '../../src/earning/index.ts'
import { decode, formatPath, type MemberId, unwrap, utc, zoneFromIntl } from '../../src/foundation/index.ts'
import { advance, compileProgram, decide, decodeProgram, type MemberState } from '../../src/program/index.ts'
import { at } from '../ledger/book.ts'
import {
  activity,
  buys,
  eur,
  following,
  joins,
  member,
  points,
  programOf,
  rejected,
  returns,
  shop,
  shopJson,
  spends,
  statusLadder,
  wallet,
} from './shop.ts'

const day1 = '2026-01-01T00:00:00Z'
const active = (state: MemberState): number => points(state).active
const perEuro = { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' }
const base = { id: 'base', wallet: 'points', award: perEuro }
const earning = (more: object) => ({ earning: { ...shopJson.earning, ...more } })
const cap = (more: object) => ({
  id: 'cap',
  wallet: 'points',
  counts: 'points',
  onExceed: 'truncate',
  window: { type: 'activity' },
  ...more,
})

describe('caps', () => {
  test('S10 a cap of 500 on 700 points: 500 truncated, 0 rejected, the rest tomorrow when deferred', () => {
    const earned = (more: object) =>
      points(
        following(shop(earning({ caps: [cap({ limit: 500, ...more })] })), [joins(day1), buys('o', day1, '700.00')])
          .state,
      )
    expect(earned({})).toMatchObject({ active: 500, pending: 0 })
    expect(earned({ onExceed: 'reject' })).toMatchObject({ active: 0, pending: 0 })
    const perDay = { window: { type: 'calendar', calendar: { unit: 'day' } } }
    expect(earned({ onExceed: 'defer', ...perDay })).toMatchObject({ active: 500, pending: 200 })
  })

  test('S10 a period cap of 1,000 with 900 used lets 100 of 150 through', () => {
    const monthly = cap({ limit: 1000, window: { type: 'calendar', calendar: { unit: 'month' } } })
    const program = shop(earning({ caps: [monthly] }))
    const { state } = following(program, [
      joins(day1),
      buys('a', day1, '900.00'),
      buys('b', '2026-01-02T00:00:00Z', '150.00'),
    ])
    expect(active(state)).toBe(1000)
    const february = following(program, [buys('c', '2026-02-01T00:00:00Z', '150.00')], state)
    expect(active(february.state)).toBe(1150)
  })

  test('S12 80 at 23:50 and 80 at 00:10 under 100 a day: 160 by the calendar, 100 rolling', () => {
    const twice = (window: object) =>
      active(
        following(shop(earning({ caps: [cap({ limit: 100, window })] })), [
          joins(day1),
          buys('a', '2026-03-01T23:50:00Z', '80.00'),
          buys('b', '2026-03-02T00:10:00Z', '80.00'),
        ]).state,
      )
    expect(twice({ type: 'calendar', calendar: { unit: 'day' } })).toBe(160)
    expect(twice({ type: 'rolling', duration: { amount: 24, unit: 'hour' } })).toBe(100)
  })

  test('S12 at 02:00Z on New Year it is still last year in New York', () => {
    const newYork = unwrap(zoneFromIntl('America/New_York'))
    const yearly = cap({
      limit: 100,
      window: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
    })
    const program = shop({ zone: 'America/New_York', ...earning({ caps: [yearly] }) }, [newYork])
    const { state } = following(program, [
      joins('2025-12-01T00:00:00Z'),
      buys('a', '2025-12-01T12:00:00Z', '80.00'),
      buys('b', '2026-01-01T02:00:00Z', '80.00'),
    ])
    expect(active(state)).toBe(100)
    expect(active(following(program, [buys('c', '2026-01-01T05:00:00Z', '80.00')], state).state)).toBe(180)
  })

  test('S13 cap 250 on lines of 100, 150 and 200: returning the last takes nothing back', () => {
    const program = shop(earning({ caps: [cap({ limit: 250 })] }))
    const bought = following(program, [joins(day1), buys('o', day1, '100.00', '150.00', '200.00')]).state
    expect(active(bought)).toBe(250)
    const rest = following(program, [returns('r', '2026-01-02T00:00:00Z', 'o', { line: '3' })], bought).state
    expect(active(rest)).toBe(250)
    expect(active(following(program, [returns('r2', '2026-01-02T00:00:00Z', 'o', { line: '2' })], rest).state)).toBe(
      100,
    )
  })

  test('S13 a return gives the room of a period cap back to later orders, and earlier ones get nothing more', () => {
    const monthly = cap({ limit: 250, window: { type: 'calendar', calendar: { unit: 'month' } } })
    const program = shop(earning({ caps: [monthly] }))
    const full = following(program, [
      joins(day1),
      buys('a', day1, '250.00'),
      buys('b', '2026-01-02T00:00:00Z', '100.00'),
    ])
    expect(active(full.state)).toBe(250)
    const returned = following(program, [returns('r', '2026-01-03T00:00:00Z', 'a', { line: '1' })], full.state).state
    expect(active(returned)).toBe(0)
    expect(active(following(program, [buys('c', '2026-01-04T00:00:00Z', '300.00')], returned).state)).toBe(250)
  })

  test('S16 a cap on the balance counts pending points', () => {
    const pending = { type: 'duration', duration: { amount: 30, unit: 'day' } }
    const earned = (counted: string) => {
      const caps = [cap({ limit: 100, window: { type: 'balance', pending: counted } })]
      const program = shop({ ...wallet({ pending }), ...earning({ caps }) })
      const { state } = following(program, [joins(day1), buys('a', day1, '80.00'), buys('b', day1, '80.00')])
      return points(state).pending
    }
    expect(earned('counted')).toBe(100)
    expect(earned('ignored')).toBe(160)
  })

  test('a budget for the whole program comes in from outside, and what is used of it goes out', () => {
    const budget = cap({ id: 'budget', limit: 100, window: { type: 'lifetime' }, per: { scope: 'everyone' } })
    const program = shop(earning({ caps: [budget] }))
    const { state } = following(program, [joins(day1)])
    const order = buys('o', day1, '80.00')
    const missing = decide(program, state, order)
    expect(missing).toMatchObject({ _tag: 'Left', left: [{ _tag: 'MissingBudget', cap: 'budget' }] })
    const first = unwrap(decide(program, state, order, { budgets: [] }))
    expect(first.claims).toMatchObject([{ cap: 'budget', points: 80 }])
    const kept = unwrap(decode(Cap, budget))
    const used = first.claims.reduce<ReadonlyArray<CapUsage>>(
      (usages, claim) => claimCap(kept, utc, usages, claim.at, claim.key, claim.points),
      [],
    )
    const second = unwrap(decide(program, first.state, buys('p', day1, '80.00'), { budgets: used }))
    expect(active(second.state)).toBe(100)
  })
})

describe('returns', () => {
  test('S3 ten refunds of 1 € on 10 € at a point for 10 €: the first takes the point, the others nothing', () => {
    const step = { ...base, award: { mode: 'step', points: '1', per: eur('10.00'), on: 'order' } }
    const program = shop(earning({ rules: [step] }))
    let { state } = following(program, [joins(day1), buys('o', day1, '10.00')])
    expect(active(state)).toBe(1)
    for (let refund = 1; refund <= 10; refund += 1) {
      const one = returns(`r${refund}`, '2026-01-02T00:00:00Z', 'o', { line: '1', amount: eur('1.00') })
      state = following(program, [one], state).state
      expect(active(state)).toBe(0)
    }
    expect(points(state).debt).toBe(0)
  })

  test('S30 returns are counted by the version that granted: 50, whatever the rule says now', () => {
    const old = programOf()
    const doubled = { ...base, award: { ...perEuro, points: '2' } }
    for (const rules of [[doubled], []]) {
      const before = following(shop(), [joins(day1), buys('o', day1, '50.00')]).state
      const now = programOf({ version: 2, ...earning({ rules }) })
      const program = unwrap(compileProgram(now, { earlier: [old] }))
      const back = following(program, [returns('r', '2026-01-02T00:00:00Z', 'o', { line: '1' })], before).state
      expect(points(back)).toEqual({ active: 0, pending: 0, debt: 0 })
    }
  })

  test('a return without lines gives back all that is left', () => {
    const program = shop()
    const { state } = following(program, [
      joins(day1),
      buys('o', day1, '10.00', '20.00'),
      returns('r', day1, 'o', { line: '1', amount: eur('5.00') }),
      activity({ type: 'return', id: 'all', at: day1, purchase: 'o' }),
    ])
    expect(points(state)).toEqual({ active: 0, pending: 0, debt: 0 })
    expect(state.orders).toBe(0)
  })

  test('by quantity: one of three items', () => {
    const lines = [{ id: '1', amount: eur('30.00'), quantity: 3 }]
    const { state } = following(shop(), [
      joins(day1),
      activity({ type: 'purchase', id: 'o', at: day1, lines }),
      returns('r', day1, 'o', { line: '1', quantity: 1 }),
    ])
    expect(active(state)).toBe(20)
  })

  test('S27 earn 100, spend 100, return: by policy nothing, nothing, or a debt of 100 that the next points pay first', () => {
    const outcome = (limit: string) => {
      const program = shop(wallet({ clawBack: { limit, from: 'soonestExpiring' } }))
      const gone = following(program, [joins(day1), buys('o', day1, '100.00'), spends('s', day1, 100)]).state
      const back = following(program, [returns('r', day1, 'o', { line: '1' })], gone).state
      return { back: points(back), next: points(following(program, [buys('n', day1, '150.00')], back).state) }
    }
    expect(outcome('pendingOnly').back).toMatchObject({ active: 0, debt: 0 })
    expect(outcome('withinBalance').back).toMatchObject({ active: 0, debt: 0 })
    expect(outcome('unlimited').back).toMatchObject({ active: 0, debt: 100 })
    expect(outcome('unlimited').next).toMatchObject({ active: 50, debt: 0 })
  })
})

describe('spending', () => {
  test('S29 a cancelled redemption gives back points that died meanwhile, with some days more, as they were, or anew', () => {
    const outcome = (restoration: object) => {
      const expiry = { type: 'rolling', after: { amount: 10, unit: 'day' }, from: 'earning' }
      const program = shop(wallet({ expiry, restoration }))
      const spent = following(program, [
        joins(day1),
        buys('o', day1, '200.00'),
        spends('s', '2026-01-05T00:00:00Z', 200),
      ])
      const cancels = activity({ type: 'redemptionCancellation', id: 'c', at: '2026-01-20T00:00:00Z', redemption: 's' })
      return following(program, [cancels], spent.state).state
    }
    const expires = (state: MemberState) => state.wallets[0]?.lots[0]?.expiresAt
    expect(active(outcome({ type: 'originalExpiry' }))).toBe(0)
    expect(outcome({ type: 'originalExpiry' }).wallets[0]?.expired).toBe(200)
    expect(expires(outcome({ type: 'grace', atLeast: { amount: 30, unit: 'day' } }))).toBe(at('2026-02-19T00:00:00Z'))
    expect(expires(outcome({ type: 'reissue' }))).toBe(at('2026-01-30T00:00:00Z'))
  })

  test('a redemption can be cancelled in parts, and never for more than it took', () => {
    const program = shop()
    const cancels = (id: string, of: number) =>
      activity({ type: 'redemptionCancellation', id, at: day1, redemption: 's', points: of })
    const spent = following(program, [
      joins(day1),
      buys('o', day1, '100.00'),
      spends('s', day1, 60),
      cancels('c', 20),
    ]).state
    expect(points(spent).active).toBe(60)
    expect(rejected(program, spent, cancels('d', 41))).toMatchObject([{ _tag: 'RestorationExceedsRedemption' }])
    expect(points(following(program, [cancels('d', 40)], spent).state).active).toBe(100)
  })

  test('S35 points that one session holds, another cannot spend', () => {
    const program = shop()
    const holds = (id: string, of: number) => activity({ type: 'hold', id, at: day1, wallet: 'points', points: of })
    const held = following(program, [joins(day1), buys('o', day1, '100.00'), holds('session 1', 100)]).state
    expect(rejected(program, held, holds('session 2', 100))).toMatchObject([
      { _tag: 'InsufficientPoints', available: 0 },
    ])
    expect(rejected(program, held, spends('s', day1, 1))).toMatchObject([{ _tag: 'InsufficientPoints' }])
    const redeems = activity({ type: 'redemption', id: 's', at: day1, wallet: 'points', points: 80, hold: 'session 1' })
    const spent = following(program, [redeems], held).state
    expect(spent.wallets[0]).toMatchObject({ active: 20, held: 0, redeemed: 80, holds: [] })
  })

  test('S27 what is left of a spent hold pays the debt that came meanwhile, as what is released does', () => {
    const program = shop()
    const holds = activity({ type: 'hold', id: 'h', at: day1, wallet: 'points', points: 60 })
    const owing = following(program, [
      joins(day1),
      buys('o', day1, '100.00'),
      holds,
      returns('r', day1, 'o', { line: '1' }),
    ])
    expect(points(owing.state)).toEqual({ active: 0, pending: 0, debt: 60 })
    const spent = activity({ type: 'redemption', id: 's', at: day1, wallet: 'points', points: 20, hold: 'h' })
    expect(points(following(program, [spent], owing.state).state)).toEqual({ active: 0, pending: 0, debt: 20 })
    const freed = activity({ type: 'holdRelease', id: 'f', at: day1, hold: 'h' })
    expect(points(following(program, [freed], owing.state).state)).toEqual({ active: 0, pending: 0, debt: 0 })
  })

  test('S35 a hold ends by itself, and can be given back', () => {
    const program = shop(wallet({ holds: { validity: { amount: 7, unit: 'day' }, protectsExpiry: true } }))
    const holds = activity({ type: 'hold', id: 'h', at: day1, wallet: 'points', points: 60 })
    const held = following(program, [joins(day1), buys('o', day1, '100.00'), holds]).state
    expect(held.wallets[0]).toMatchObject({ active: 40, held: 60 })
    expect(advance(program, held, at('2026-01-07T23:59:59Z')).state.wallets[0]).toMatchObject({ active: 40 })
    expect(advance(program, held, at('2026-01-08T00:00:00Z')).state.wallets[0]).toMatchObject({ active: 100, held: 0 })
    const freed = following(program, [activity({ type: 'holdRelease', id: 'f', at: day1, hold: 'h' })], held).state
    expect(freed.wallets[0]).toMatchObject({ active: 100, held: 0 })
    const again = activity({ type: 'holdRelease', id: 'g', at: day1, hold: 'h' })
    expect(rejected(program, freed, again)).toMatchObject([{ _tag: 'UnknownHold' }])
  })
})

describe('time', () => {
  test('S23 a purchase that earns nothing keeps points alive where the program says so; a return never does', () => {
    const lives = (resetBy: ReadonlyArray<string>) => {
      const expiry = { type: 'inactivity', after: { amount: 12, unit: 'month' }, resetBy }
      const lines = { field: 'categories', hasNone: ['excluded'] }
      const program = shop({ ...wallet({ expiry }), ...earning({ rules: [{ ...base, lines }] }) })
      const buysNothing = activity({
        type: 'purchase',
        id: 'zero',
        at: '2026-12-15T00:00:00Z',
        lines: [{ id: '1', amount: eur('10.00'), categories: ['excluded'] }],
      })
      const { state } = following(program, [joins(day1), buys('o', day1, '100.00'), buysNothing])
      return active(advance(program, state, at('2027-06-01T00:00:00Z')).state)
    }
    expect(lives(['accrual'])).toBe(0)
    expect(lives(['accrual', 'purchase'])).toBe(100)
  })

  test('S23 a return within the last month does not keep points alive', () => {
    const expiry = { type: 'inactivity', after: { amount: 1, unit: 'month' }, resetBy: ['accrual', 'purchase'] }
    const program = shop(wallet({ expiry }))
    const { state } = following(program, [
      joins(day1),
      buys('o', day1, '100.00', '50.00'),
      returns('r', '2026-01-30T00:00:00Z', 'o', { line: '2' }),
    ])
    expect(active(state)).toBe(100)
    expect(active(advance(program, state, at('2026-02-01T00:00:00Z')).state)).toBe(0)
  })

  test('S25 a tier in which nothing expires: on leaving it what is past its date dies, after the notice', () => {
    const outcome = (amount: number) => {
      const suspension = { ladder: 'status', tiers: ['gold'], minimumNotice: { amount, unit: 'day' } }
      const expiry = { type: 'rolling', after: { amount: 6, unit: 'month' }, from: 'earning' }
      const ladder = { ...statusLadder, validity: { type: 'endOfPeriod' } }
      const program = shop({ ...wallet({ expiry, suspension }), ladders: [ladder] })
      return { program, state: following(program, [joins(day1), buys('o', day1, '1000.00')]).state }
    }
    const { program, state } = outcome(0)
    expect(active(advance(program, state, at('2026-12-31T23:59:59Z')).state)).toBe(1000)
    expect(active(advance(program, state, at('2027-01-01T00:00:00Z')).state)).toBe(0)
    const noticed = outcome(30)
    expect(active(advance(noticed.program, noticed.state, at('2027-01-30T23:59:59Z')).state)).toBe(1000)
    expect(active(advance(noticed.program, noticed.state, at('2027-01-31T00:00:00Z')).state)).toBe(0)
  })

  test('S37 28 December, posted 3 January: to the old year by activity date, to the new one by posting date', () => {
    const late = buys('late', '2027-01-03T00:00:00Z', '600.00')
    const occurred = { ...late, occurredAt: at('2026-12-28T00:00:00Z') } as typeof late
    const yearly = cap({
      limit: 700,
      window: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
    })
    const earned = (countedBy: string) => {
      const program = shop({ late: { within: { amount: 10, unit: 'day' }, countedBy }, ...earning({ caps: [yearly] }) })
      return active(following(program, [joins(day1), buys('o', day1, '600.00'), occurred]).state)
    }
    expect(earned('activityDate')).toBe(700)
    expect(earned('postingDate')).toBe(1200)
    const expiry = { type: 'rolling', after: { amount: 1, unit: 'year' }, from: 'earning' }
    const dies = (countedBy: string) => {
      const program = shop({ late: { within: { amount: 10, unit: 'day' }, countedBy }, ...wallet({ expiry }) })
      return following(program, [joins(day1), occurred]).state.wallets[0]?.lots[0]?.expiresAt
    }
    expect(dies('activityDate')).toBe(at('2027-12-28T00:00:00Z'))
    expect(dies('postingDate')).toBe(at('2028-01-03T00:00:00Z'))
    const early = {
      ...late,
      id: 'early',
      occurredAt: at('2025-12-31T00:00:00Z'),
      at: at(day1),
    } as unknown as typeof late
    const retroactive = (more: object) =>
      shop({ late: { within: { amount: 10, unit: 'day' }, countedBy: 'postingDate', ...more } })
    const joined = following(retroactive({}), [joins(day1)]).state
    expect(rejected(retroactive({}), joined, early)).toMatchObject([{ _tag: 'ActivityTooLate', path: ['occurredAt'] }])
    expect(active(following(retroactive({ beforeEnrolment: 'accept' }), [early], joined).state)).toBe(600)
    const strict = shop()
    const { state } = following(strict, [joins(day1)])
    expect(rejected(strict, state, occurred)).toMatchObject([{ _tag: 'ActivityTooLate' }])
  })

  test('points that wait for an action become active with it, and are cancelled without', () => {
    const pending = { type: 'action', action: 'delivery', cancelAfter: { amount: 14, unit: 'day' } }
    const program = shop({ ...wallet({ pending }), ...earning({ actions: [{ name: 'delivery', fields: [] }] }) })
    const { state } = following(program, [joins(day1), buys('o', day1, '100.00')])
    expect(points(state)).toMatchObject({ active: 0, pending: 100 })
    const delivery = activity({ type: 'action', id: 'd', at: '2026-01-03T00:00:00Z', name: 'delivery' })
    expect(points(following(program, [delivery], state).state)).toMatchObject({ active: 100, pending: 0 })
    const cancelled = advance(program, state, at('2026-01-15T00:00:00Z')).state
    expect(cancelled.wallets[0]).toMatchObject({ active: 0, pending: 0, reversed: 100 })
  })
})

describe('members', () => {
  const birthdays = earning({
    rules: [
      base,
      {
        id: 'birthday',
        wallet: 'points',
        award: { mode: 'multiplier', factor: '2' },
        when: { field: 'occasions', hasAny: ['birthday'] },
      },
    ],
  })

  test('S60 29 February is the 28th in common years, or 1 March; a birthday that was just changed does not count', () => {
    const earned = (day: string, more: object = {}, changes: ReadonlyArray<object> = []) => {
      const program = shop({ ...birthdays, ...more })
      const enrols = joins('2025-01-01T00:00:00Z', { birthDate: { month: 2, day: 29 } })
      return active(
        following(program, [enrols, ...changes.map(activity), buys('o', `${day}T12:00:00Z`, '10.00')]).state,
      )
    }
    expect(earned('2026-02-28')).toBe(20)
    expect(earned('2026-03-01')).toBe(10)
    const change = { type: 'birthDateChange', id: 'c', at: '2026-02-01T00:00:00Z', birthDate: { month: 2, day: 10 } }
    expect(earned('2026-02-10', {}, [change])).toBe(10)
  })

  test('S66 an adjustment has a reason and an actor, and does not count towards tiers', () => {
    const program = shop({ ladders: [statusLadder] })
    const adjusts = (id: string, more: object) =>
      activity({ type: 'adjustment', id, at: day1, wallet: 'points', reason: 'goodwill', actor: 'service', ...more })
    const { state } = following(program, [joins(day1), adjusts('a', { direction: 'in', points: 2000 })])
    expect(active(state)).toBe(2000)
    expect(state.standings).toMatchObject([{ tier: 'basic', counts: [] }])
    const less = following(program, [adjusts('b', { direction: 'out', points: 500 })], state).state
    expect(active(less)).toBe(1500)
    expect(state.wallets[0]?.accrued).toBe(0)
  })

  test('S67 members join explicitly, with their first points, or with the first they can spend', () => {
    const pending = { type: 'duration', duration: { amount: 30, unit: 'day' } }
    const joinedAt = (enrolment: string) => {
      const program = shop({ enrolment, ladders: [statusLadder], ...wallet({ pending }) })
      const { state } = following(program, [buys('o', day1, '10.00')])
      return [state.enrolledAt, advance(program, state, at('2026-02-01T00:00:00Z')).state.enrolledAt]
    }
    expect(rejected(shop(), member(), buys('o', day1, '10.00'))).toMatchObject([{ _tag: 'NotEnrolled' }])
    expect(joinedAt('firstEarned')).toEqual([at(day1), at(day1)])
    expect(joinedAt('firstActivated')).toEqual([null, at('2026-01-31T00:00:00Z')])
  })

  test('S68 a bonus for reaching a tier: not for the tier that everybody starts on, and not for those already there', () => {
    const actions = [
      {
        name: 'tierUpgraded',
        fields: [
          { name: 'ladder', type: 'text', required: true },
          { name: 'tier', type: 'text', required: true },
        ],
      },
    ]
    const gift = { id: 'gift', wallet: 'points', on: 'tierUpgraded', award: { mode: 'fixed', points: '50' } }
    const launched = shop({ version: 2, ladders: [statusLadder], ...earning({ actions, rules: [base, gift] }) })
    const before = following(shop(), [joins(day1), buys('o', day1, '100.00')]).state
    const after = following(launched, [buys('p', day1, '10.00')], before).state
    expect(after.standings).toMatchObject([{ tier: 'basic' }])
    expect(active(after)).toBe(110)
    const upgraded = following(launched, [buys('q', day1, '1000.00')], after).state
    expect(upgraded.standings).toMatchObject([{ tier: 'gold' }])
    expect(active(upgraded)).toBe(1160)
    expect(active(following(launched, [buys('r', day1, '10.00')], upgraded).state)).toBe(1170)
  })

  test('S32 points given to a friend and back keep their date, and do not count as earned', () => {
    const expiry = { type: 'rolling', after: { amount: 10, unit: 'day' }, from: 'earning' }
    const program = shop(wallet({ expiry }))
    const gives = (id: string, from: string, to: string, when: string) =>
      activity({ type: 'transferOut', id, member: from, at: when, wallet: 'points', points: 100, to })
    const anna = following(program, [joins(day1), buys('o', day1, '100.00')]).state
    const bob = following(
      program,
      [activity({ type: 'enrolment', id: 'e', member: 'bob', at: day1 })],
      member('bob'),
    ).state
    const given = following(program, [gives('t1', 'anna', 'bob', '2026-01-05T00:00:00Z')], anna)
    const taken = following(program, given.followUps, bob)
    expect(active(taken.state)).toBe(100)
    const back = following(program, [gives('t2', 'bob', 'anna', '2026-01-09T00:00:00Z')], taken.state)
    const home = following(program, back.followUps, given.state).state
    expect(home.wallets[0]?.lots[0]?.expiresAt).toBe(at('2026-01-11T00:00:00Z'))
    expect(home.wallets[0]).toMatchObject({ accrued: 100, transferredOut: 100, transferredIn: 100 })
  })

  test('two members become one, and merging again changes nothing', () => {
    const program = shop()
    const [anna, bob] = ['anna', 'bob'].map(
      (name) =>
        following(
          program,
          [
            activity({ type: 'enrolment', id: `e ${name}`, member: name, at: day1 }),
            { ...buys(`o ${name}`, day1, '100.00'), member: name as MemberId },
          ],
          member(name),
        ).state,
    ) as [MemberState, MemberState]
    const merged = following(
      program,
      [activity({ type: 'merge', id: 'm', member: 'bob', at: day1, into: 'anna' })],
      bob,
    )
    const both = following(program, merged.followUps, anna).state
    expect(active(merged.state)).toBe(0)
    expect(active(both)).toBe(200)
    expect(following(program, merged.followUps, both).state).toBe(both)
  })

  test('expired points are valid again within the window, and once', () => {
    const expiry = { type: 'rolling', after: { amount: 10, unit: 'day' }, from: 'earning' }
    const program = shop(wallet({ expiry, reinstatement: { amount: 30, unit: 'day' } }))
    const { state } = following(program, [joins(day1), buys('o', day1, '100.00')])
    const again = (id: string, when: string) => activity({ type: 'reinstatement', id, at: when, wallet: 'points' })
    expect(active(advance(program, state, at('2026-01-11T00:00:00Z')).state)).toBe(0)
    const back = following(program, [again('r', '2026-02-09T23:59:59Z')], state).state
    expect(active(back)).toBe(100)
    expect(active(following(program, [again('s', '2026-02-09T23:59:59Z')], back).state)).toBe(100)
    expect(active(following(program, [again('t', '2026-02-10T00:00:00Z')], state).state)).toBe(0)
    const other = activity({ type: 'reinstatement', id: 'x', at: day1, wallet: 'points', lots: ['gone'] })
    expect(rejected(program, state, other)).toMatchObject([{ _tag: 'ReinstatementClosed', path: ['lots', 0] }])
  })

  test("a household's second wallet: points move there instead of expiring, and not in a circle", () => {
    const expiry = { type: 'rolling', after: { amount: 10, unit: 'day' }, from: 'earning' }
    const to = (id: string) => ({ type: 'move', wallet: id })
    const wallets = [
      { id: 'points', decimals: 0, pending: null, expiry, onExpiry: to('charity') },
      { id: 'charity', decimals: 0, pending: null, expiry: null },
    ]
    const program = shop({ wallets })
    const { state } = following(program, [joins(day1), buys('o', day1, '100.00')])
    const later = advance(program, state, at('2026-01-11T00:00:00Z')).state
    expect(later.wallets.map(({ id, active: of, expired }) => [id, of, expired])).toEqual([
      ['points', 0, 0],
      ['charity', 100, 0],
    ])
    const circle = [wallets[0], { ...wallets[1], expiry, onExpiry: to('points') }]
    const wrong = decodeProgram({ ...shopJson, wallets: circle })
    expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => formatPath(path))).toEqual([
      'wallets[0].onExpiry.wallet',
      'wallets[1].onExpiry.wallet',
    ])
  })

  test('S63 three of the partner for one point: 10,001 give 3,333, and 2 stay there', () => {
    const conversions = [{ from: 'partner', to: 'points', rate: { from: 3, to: 1 }, validFrom: '2025-01-01T00:00:00Z' }]
    const program = shop({ conversions })
    const converts = activity({
      type: 'partnerConversion',
      id: 'c',
      at: day1,
      partner: 'partner',
      to: 'points',
      units: 10001,
    })
    const decision = following(program, [joins(day1), converts])
    expect(active(decision.state)).toBe(3333)
    expect(decision.state.wallets[0]).toMatchObject({ accrued: 0, convertedIn: 3333 })
  })
})
