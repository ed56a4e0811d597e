// Points that become a reward by themselves.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPath, type Instant } from '../../src/foundation/index.ts'
import { type Activity, advance, decodeProgram, explainTrace, type MemberState } from '../../src/program/index.ts'
import { at } from '../ledger/book.ts'
import { sampleBox } from '../rewards/reward-terms.ts'
import { activity, buys, following, joins, points, returns, shop, shopJson, spends, wallet } from './shop.ts'

const price = (of: number, more: object = {}) => ({ wallet: 'points', points: of, money: null, tier: null, ...more })
const coffee = (onReturn: string, reward: object = {}) => ({
  rewards: [{ ...sampleBox, id: 'coffee', prices: [price(100)], ...reward }],
  automaticRedemptions: [{ wallet: 'points', reward: 'coffee', onReturn }],
})
const day = (n: number, hour = 8) => `2026-01-${String(n).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`
const joined = joins(day(1, 0))
const cups = ({ rewards: { redemptions } }: MemberState) => redemptions.map(({ redemption: { status } }) => status)

describe('points become a reward as soon as there are enough', () => {
  const program = shop(coffee('debt'))

  test('250 points are two rewards, in the same decision, and 50 are left', () => {
    const { state, events, trace } = following(program, [joined, buys('o', day(2), '250.00')])
    expect([points(state).active, cups(state)]).toEqual([50, ['issued', 'issued']])
    expect(events.filter(({ type }) => type === 'rewardChanged')).toHaveLength(4)
    const told = explainTrace(program, trace)
    expect(told).toContain('Reward coffee (automatic of o): issued for 100 points.')
    expect(told.filter((sentence) => sentence.includes('set aside'))).toEqual([])
    const more = following(program, [buys('p', day(3), '50.00')], state).state
    expect([points(more).active, cups(more).length]).toEqual([0, 3])
  })

  test('points that were pending do when they are active, at that instant and without an activity', () => {
    const waits = shop({
      ...coffee('debt'),
      ...wallet({ pending: { type: 'duration', duration: { amount: 3, unit: 'day' } } }),
    })
    const { state } = following(waits, [joined, buys('a', day(2), '60.00'), buys('b', day(3), '60.00')])
    const once = advance(waits, state, at(day(9)))
    expect(once.events.at(-1)).toMatchObject({ type: 'rewardChanged', change: 'issue', at: at(day(6)) })
    expect(points(once.state).active).toBe(20)
    const halfWay = advance(waits, state, at(day(5))).state
    expect(advance(waits, halfWay, at(day(9))).state).toEqual(once.state)
  })

  test('their ids follow from what led to them: a history with something more in it gives the same', () => {
    const ids = (...before: ReadonlyArray<Activity>) =>
      following(program, [joined, ...before, buys('o', day(3), '250.00')]).state.rewards.redemptions.map(
        ({ redemption }) => redemption.id,
      )
    expect(ids()).toEqual(['automatic/6/coffee/6/points/1/0/o', 'automatic/6/coffee/6/points/1/1/o'])
    expect(ids(buys('p', day(2), '1.00'))).toEqual(ids())
  })

  test('holds that end as soon as they begin do not stand in the way', () => {
    const none = { amount: 0, unit: 'hour' }
    const brief = shop({
      ...coffee('debt', { holdFor: none }),
      ...wallet({
        pending: { type: 'duration', duration: { amount: 3, unit: 'day' } },
        holds: { validity: none, protectsExpiry: true },
      }),
    })
    const { state } = following(brief, [joined, buys('a', day(2), '250.00')])
    const after = advance(brief, state, at(day(9))).state
    expect([points(after).active, cups(after)]).toEqual([50, ['issued', 'issued']])
  })

  test('nothing is redeemed for who has not joined, or beyond limits', () => {
    const byPoints = shop({ ...coffee('debt'), enrolment: 'firstActivated' })
    expect(cups(following(byPoints, [buys('o', day(2), '150.00')]).state)).toEqual(['issued'])
    const once = shop(coffee('debt', { limits: [{ times: 1, per: null }] }))
    const { state } = following(once, [joined, buys('o', day(2), '500.00')])
    expect([points(state).active, cups(state)]).toEqual([400, ['issued']])
  })

  test('a thousand times at once, the rest right after it and without an activity', () => {
    const rich = following(program, [joined, buys('o', day(2), '120050.00')]).state
    expect([points(rich).active, cups(rich).length]).toEqual([20_050, 1000])
    const instantLater = advance(program, rich, (at(day(2)) + 1) as Instant).state
    expect([points(instantLater).active, cups(instantLater).length]).toEqual([50, 1200])
    expect(advance(program, rich, at(day(9))).state).toEqual(instantLater)
    expect(points(following(program, [buys('p', day(3), '1.00')], rich).state).active).toBe(51)
  })

  test('when a new period of a limit begins, and when the time of the reward does', () => {
    const month = { unit: 'month' }
    const monthly = shop(
      coffee('debt', {
        limits: [
          { times: 2, per: month },
          { times: 5, per: null },
        ],
      }),
    )
    const { state } = following(monthly, [joined, buys('o', day(2), '700.00')])
    expect([points(state).active, cups(state).length]).toEqual([500, 2])
    const atOnce = advance(monthly, state, at('2026-05-01T00:00:00Z'))
    expect(
      atOnce.events.flatMap((one) => (one.type === 'rewardChanged' && one.change === 'hold' ? [one.at] : [])),
    ).toEqual(['2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'].map(at))
    const february = advance(monthly, state, at('2026-02-20T00:00:00Z')).state
    expect(points(february).active).toBe(300)
    expect(advance(monthly, february, at('2026-05-01T00:00:00Z')).state).toEqual(atOnce.state)
    const from = shop(coffee('debt', { validFrom: '2026-02-10T00:00:00Z' }))
    const early = following(from, [joined, buys('o', day(2), '150.00')]).state
    expect([points(early).active, points(advance(from, early, at('2026-02-09T23:59:59Z')).state).active]).toEqual([
      150, 150,
    ])
    expect(points(advance(from, early, at('2026-02-10T00:00:00Z')).state).active).toBe(50)
    const ended = shop(coffee('debt', { limits: [{ times: 1, per: month }], validUntil: '2026-01-20T00:00:00Z' }))
    const last = following(ended, [joined, buys('o', day(2), '250.00')]).state
    expect(points(advance(ended, last, at('2026-05-01T00:00:00Z')).state).active).toBe(150)
  })
})

describe('a return after it', () => {
  const history = [joined, buys('a', day(2), '60.00'), buys('b', day(3), '70.00')]

  test('is owed, where the program says so', () => {
    const program = shop(coffee('debt'))
    const { state } = following(program, [...history, returns('r', day(4), 'b', { line: '1' })])
    expect([points(state), cups(state)]).toEqual([{ active: 0, pending: 0, debt: 40 }, ['issued']])
  })

  test('takes unused rewards back, where the program says so, and no more of them than it must', () => {
    const program = shop(coffee('takeBack'))
    const { state } = following(program, [...history, returns('r', day(4), 'b', { line: '1' })])
    expect([points(state), cups(state)]).toEqual([{ active: 60, pending: 0, debt: 0 }, []])
    const little = following(program, [
      ...history,
      returns('r', day(4), 'b', { line: '1', amount: { amount: '25.00', currency: 'EUR' } }),
    ])
    expect([points(little.state), cups(little.state)]).toEqual([{ active: 5, pending: 0, debt: 0 }, ['issued']])
  })

  test('leaves rewards that were used, or that came before the purchase', () => {
    const program = shop(coffee('takeBack'))
    const { state } = following(program, history)
    const [first] = state.rewards.redemptions
    const use = activity({ type: 'rewardStep', id: 'u', at: day(4), redemption: first?.redemption.id, step: 'use' })
    const used = following(program, [use, returns('r', day(5), 'b', { line: '1' })], state).state
    expect([points(used), cups(used)]).toEqual([{ active: 0, pending: 0, debt: 40 }, ['used']])
    const later = [buys('c', day(6), '50.00'), spends('s', day(7), 80), returns('r', day(8), 'c', { line: '1' })]
    const before = following(program, later, state).state
    expect([points(before), cups(before)]).toEqual([{ active: 0, pending: 0, debt: 50 }, ['issued']])
  })

  test('an action that is undone does the same', () => {
    const actions = [{ name: 'visit', fields: [] }]
    const rules = [{ id: 'visit', wallet: 'points', on: 'visit', award: { mode: 'fixed', points: '100' } }]
    const earning = { rounding: { mode: 'floor', on: 'order' }, actions, rules }
    const program = shop({ ...coffee('takeBack'), earning })
    const visit = activity({ type: 'action', id: 'v', at: day(2), name: 'visit' })
    const { state } = following(program, [joined, visit])
    expect(cups(state)).toEqual(['issued'])
    const undone = following(
      program,
      [activity({ type: 'actionCancellation', id: 'c', at: day(3), action: 'v' })],
      state,
    )
    expect([points(undone.state), cups(undone.state)]).toEqual([{ active: 0, pending: 0, debt: 0 }, []])
  })

  test('law 4: with unused rewards taken back, a purchase and its return in parts leave what was before', () => {
    const program = shop(coffee('takeBack'))
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 180 }), { minLength: 1, maxLength: 5 }),
        fc.nat({ max: 180 }),
        (all, part) => {
          const bought = all.map((euros, index) => buys(`o${index}`, day(2, index), `${euros}.00`))
          const { state } = following(program, [joined, ...bought.slice(0, -1)])
          const [last] = all.slice(-1)
          const some = { line: '1', amount: { amount: `${Math.min(part, (last ?? 1) - 1)}.00`, currency: 'EUR' } }
          const id = `o${all.length - 1}`
          const back = [returns('r1', day(3), id, some), returns('r2', day(3), id, { line: '1' })]
          const after = following(program, [...bought.slice(-1), ...back], state).state
          expect([points(after), cups(after)]).toEqual([points(state), cups(state)])
        },
      ),
    )
  })
})

test('what cannot be redeemed automatically is reported with its place', () => {
  const faults = (json: object) => {
    const decoded = decodeProgram({ ...shopJson, ...json })
    return decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []
  }
  const at0 = (key: string) => [`automaticRedemptions[0].${key}`]
  expect(faults({ ...coffee('debt'), rewards: [] })).toEqual(at0('reward'))
  expect(faults(coffee('debt', { stock: 5 }))).toEqual(at0('reward'))
  expect(faults(coffee('takeBack', { refundable: 'untilIssued' }))).toEqual(at0('onReturn'))
  expect(faults(coffee('debt', { refundable: 'untilIssued' }))).toEqual([])
  expect(faults(coffee('debt', { prices: [price(0)] }))).toEqual(at0('wallet'))
  expect(faults(coffee('debt', { prices: [price(5, { money: { amount: '1.00', currency: 'EUR' } })] }))).toEqual(
    at0('wallet'),
  )
  const { automaticRedemptions, rewards } = coffee('debt')
  expect(faults({ rewards, automaticRedemptions: [{ ...automaticRedemptions[0], wallet: 'miles' }] })).toEqual(
    at0('wallet'),
  )
  expect(faults({ rewards, automaticRedemptions: [...automaticRedemptions, ...automaticRedemptions] })).toEqual([
    'automaticRedemptions[1].reward',
  ])
})
