// What members get for tiers in a whole program: when they get it, and what a return takes back of it.
import { describe, expect, test } from 'vitest'
import { type MemberId, unwrap } from '../../src/foundation/index.ts'
import { type Activity, advance, decide, type MemberState, simulate } from '../../src/program/index.ts'
import { at } from '../ledger/book.ts'
import {
  activity,
  buys,
  eur,
  following,
  joins,
  member,
  points,
  pointsOf,
  rejected,
  returns,
  shop,
  shopJson,
  statusLadder,
} from './shop.ts'

const day1 = '2026-01-01T00:00:00Z'
const active = (state: MemberState): number => points(state).active
const base = shopJson.earning.rules[0]
const earning = (more: object) => ({ earning: { ...shopJson.earning, ...more } })

test('what only follows from a decision cannot be sent, nor cancelled', () => {
  const fields = ['ladder', 'tier', 'challenge', 'level'].map((name) => ({ name, type: 'text' }))
  const actions = ['tierUpgraded', 'challengeReached'].map((name) => ({ name, fields }))
  const gift = { id: 'gift', wallet: 'points', on: 'tierUpgraded', award: { mode: 'fixed', points: '50' } }
  const program = shop({ ladders: [statusLadder], ...earning({ actions, rules: [base, gift] }) })
  const gold = following(program, [joins(day1), buys('o', day1, '1000.00')]).state
  for (const { name } of actions) {
    const attributes = { ladder: 'status', tier: 'gold' }
    const fake = activity({ type: 'action', id: name, at: day1, name, attributes })
    expect(rejected(program, gold, fake)).toMatchObject([{ _tag: 'ReservedAction', path: ['name'], name }])
  }
  const own = gold.earnings.find(({ action }) => action === 'tierUpgraded')?.id
  const undo = activity({ type: 'actionCancellation', id: 'undo', at: day1, action: own })
  const name = 'tierUpgraded'
  expect(rejected(program, gold, undo)).toMatchObject([{ _tag: 'ReservedAction', path: ['action'], name }])
})

test('joining is an activity of its own: nobody is welcomed again by an action of that name', () => {
  const welcome = { id: 'welcome', wallet: 'points', on: 'enrolment', award: { mode: 'fixed', points: '50' } }
  const program = shop(earning({ actions: [{ name: 'enrolment', fields: [] }], rules: [base, welcome] }))
  const joined = following(program, [joins(day1)]).state
  expect(active(joined)).toBe(50)
  const again = activity({ type: 'action', id: 'again', at: day1, name: 'enrolment' })
  const expected = 'an action that the app tells of: enrolment happens by itself, when a member joins'
  expect(rejected(program, joined, again)).toMatchObject([{ _tag: 'ReservedAction', path: ['name'], expected }])
})

describe('an upgrade that comes by time', () => {
  const fields = ['ladder', 'tier'].map((name) => ({ name, type: 'text', required: true }))
  const gift = { id: 'gift', wallet: 'points', on: 'tierUpgraded', award: { mode: 'fixed', points: '50' } }
  const delayed = { ...statusLadder, policy: { upgrade: 'nextDay' } }
  const actions = [{ name: 'tierUpgraded', fields }]
  const rules = (more: object = {}) => earning({ actions, rules: [base, gift], ...more })
  const program = shop({ ladders: [delayed], ...rules() })
  const buysMuch = buys('o', '2026-01-02T12:00:00Z', '1000.00')
  const later = buys('p', '2026-01-06T00:00:00Z', '10.00')

  test('is rewarded at that time, whoever let it pass', () => {
    const bought = following(program, [joins(day1), buysMuch]).state
    const raised = advance(program, bought, at('2026-01-05T00:00:00Z')).state
    expect(raised.standings).toMatchObject([{ tier: 'gold' }])
    expect([active(raised), raised.upgrades]).toEqual([1050, []])
    const own = { action: 'tierUpgraded', at: at('2026-01-03T00:00:00Z') }
    expect(raised.earnings.at(-1)).toMatchObject({ id: 'tierUpgraded/6/status/4/gold/2026-01-03T00:00:00Z', ...own })
    const stepped = following(program, [later], raised).state
    expect([active(stepped), stepped.upgrades]).toEqual([1060, []])
    expect(stepped).toEqual(following(program, [later], bought).state)
    const byDay = ['03', '04', '05'].reduce(
      (state, day) => advance(program, state, at(`2026-01-${day}T00:00:00Z`)).state,
      bought,
    )
    expect(byDay).toEqual(raised)
    const until = at('2026-01-05T00:00:00Z')
    const simulated = unwrap(simulate(program, [joins(day1), buysMuch], { until }))
    expect(simulated.members.get(raised.member)).toEqual(raised)
  })

  test('waits where it cannot be rewarded: a budget of which nothing is known', () => {
    const window = { type: 'lifetime' }
    const of = { rules: ['gift'] }
    const per = { scope: 'everyone' }
    const cap = { id: 'b', wallet: 'points', limit: 80, counts: 'points', window, per, of, onExceed: 'truncate' }
    const limited = shop({ ladders: [delayed], ...rules({ caps: [cap] }) })
    const decided = (state: MemberState, one: Activity) => unwrap(decide(limited, state, one, { budgets: [] })).state
    const bought = [joins(day1), buysMuch].reduce(decided, member())
    const raised = advance(limited, bought, at('2026-01-05T00:00:00Z')).state
    expect([active(raised), raised.upgrades]).toEqual([1000, [{ ladder: 'status', tier: 'gold' }]])
    expect(raised.standings).toMatchObject([{ tier: 'gold' }])
    const then = decided(raised, later)
    expect([active(then), then.upgrades]).toEqual([1060, []])
    const known = advance(limited, bought, at('2026-01-05T00:00:00Z'), { budgets: [] })
    expect([active(known.state), known.claims.map(({ points }) => points)]).toEqual([1050, [50]])
    const two = ['anna', 'bob'].flatMap((name) => [
      activity({ type: 'enrolment', id: `${name} joins`, member: name, at: day1 }),
      { ...buysMuch, member: name as MemberId },
    ])
    const simulated = unwrap(simulate(limited, two, { until: at('2026-01-05T00:00:00Z') }))
    expect([...simulated.members.values()].map(active)).toEqual([1050, 1030])
    expect(simulated.budgets).toMatchObject([{ cap: 'b', used: 80 }])
  })
})

describe('S40 what rules gave for a tier goes back where a return takes the tier', () => {
  const fields = ['ladder', 'tier'].map((name) => ({ name, type: 'text', required: true }))
  const gift = { id: 'gift', wallet: 'points', on: 'tierUpgraded', award: { mode: 'fixed', points: '50' } }
  const spend = { ...statusLadder, metrics: [{ id: 'points', of: 'spend' }] }
  const tiers = [{ id: 'basic' }, { id: 'gold', reach: pointsOf(100_000) }]
  const program = (policy: object, more: object = {}) =>
    shop({
      ladders: [{ ...spend, tiers, policy }],
      ...earning({ actions: [{ name: 'tierUpgraded', fields }], rules: [base, gift] }),
      ...more,
    })
  const big = buys('o', day1, '1000.00')
  const all = returns('r', '2026-01-02T00:00:00Z', 'o', { line: '1' })
  const stands = (state: MemberState) => [state.standings[0]?.tier, active(state)]

  test('at once, at the end of the period, or not where the tier is kept', () => {
    const returned = (policy: object) => following(program(policy), [joins(day1), big, all]).state
    expect(stands(returned({}))).toEqual(['gold', 50])
    expect(stands(returned({ returns: 'atOnce' }))).toEqual(['basic', 0])
    const waits = program({ returns: 'periodEnd' })
    const before = returned({ returns: 'periodEnd' })
    expect(stands(before)).toEqual(['gold', 50])
    const kept = advance(waits, before, at('2026-12-31T23:00:00Z')).state
    expect(stands(kept)).toEqual(['gold', 50])
    expect(stands(advance(waits, kept, at('2027-01-01T00:00:00Z')).state)).toEqual(['basic', 0])
  })

  test('and buying again earns it no second time in the period', () => {
    const once = program({ returns: 'atOnce' })
    const again = buys('p', '2026-01-03T00:00:00Z', '1000.00')
    const { state } = following(once, [joins(day1), big, all, again])
    expect(stands(state)).toEqual(['gold', 1000])
  })

  test('with the rewards that came of it by themselves', () => {
    const mug = {
      id: 'mug',
      prices: [{ wallet: 'points', points: 1020, money: null, tier: null }],
      ...{ stock: null, limits: [], validFrom: null, validUntil: null, tiers: null, when: null },
      ...{ refundable: 'untilUsed', holdFor: null, shipped: false, partner: null },
    }
    const automaticRedemptions = [{ reward: 'mug', wallet: 'points', onReturn: 'takeBack' }]
    const automatic = program({ returns: 'atOnce' }, { rewards: [mug], automaticRedemptions })
    const bought = following(automatic, [joins(day1), big]).state
    expect([active(bought), bought.rewards.redemptions.length]).toEqual([30, 1])
    const half = returns('r', '2026-01-02T00:00:00Z', 'o', { line: '1', amount: eur('10.00') })
    const less = following(automatic, [half], bought).state
    expect(points(less)).toMatchObject({ active: 990, debt: 0 })
  })

  test('by the version that gave it: where that is not there, time leaves it and a return is rejected', () => {
    const bought = following(program({ returns: 'periodEnd' }), [joins(day1), big, all]).state
    const later = program({ returns: 'periodEnd' }, { version: 2 })
    expect(stands(advance(later, bought, at('2027-01-01T00:00:00Z')).state)).toEqual(['basic', 50])
    const delayed = { returns: 'atOnce', upgrade: 'nextDay' }
    const before = following(program(delayed), [joins(day1), big]).state
    const raised = advance(program(delayed, { version: 2 }), before, at('2026-01-02T00:00:00Z')).state
    expect(stands(raised)).toEqual(['gold', 1050])
    expect(rejected(program(delayed), raised, all)).toMatchObject([{ _tag: 'UnknownProgramVersion', version: 2 }])
  })
})
