import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, formatPath } from '../../../src/foundation/index.ts'
import { MemberEvent, MemberState } from '../../../src/program/index.ts'
import { play, programWithHistory } from '../../arbitraries/program.ts'
import { buys, following, joins, member, shop, spends } from '../shop.ts'

test('states and events of every history are accepted by their codecs', () => {
  fc.assert(
    fc.property(programWithHistory, ({ program, activities }) => {
      const { state, taken } = play(program, activities)
      expect(MemberState.is(state)).toBe(true)
      for (const { decision } of taken) expect(decision.events.every((event) => MemberEvent.is(event))).toBe(true)
    }),
  )
})

test('a damaged state is refused with the place of the damage', () => {
  const { state } = following(shop(), [joins('2026-01-01T00:00:00Z'), buys('o', '2026-01-01T00:00:00Z', '10.00')])
  const json = JSON.parse(JSON.stringify(MemberState.encode(state)))
  json.wallets[0].lots[0].points = -1
  delete json.seen
  const decoded = decode(MemberState, json)
  expect(decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []).toEqual([
    'wallets[0].lots[0].points',
    'seen',
  ])
})

test('a state holds what is open only: closed history leaves nothing but totals and the ids of activities', () => {
  const program = shop()
  /** Buys and spends every 90 days, which is longer than the return window. */
  const sizeAfter = (rounds: number): number => {
    const activities = Array.from({ length: rounds }, (_, round) => {
      const date = new Date(Date.UTC(2020, 0, 1 + round * 90)).toISOString()
      return [buys(`o ${round}`, date, '100.00'), spends(`s ${round}`, date, 100)]
    }).flat()
    const { state } = following(program, [joins('2020-01-01T00:00:00Z'), ...activities])
    const { seen: _, wallets, revision: _revision, ...rest } = MemberState.encode(state) as MemberState
    expect(wallets.map(({ lots, accrued }) => [lots.length, accrued])).toEqual([[0, rounds * 100]])
    return JSON.stringify(rest).replace(/o \d+|s \d+/g, 'id').length
  }
  expect(sizeAfter(99)).toBe(sizeAfter(10))
})

test('nobody has a wallet before anything is earned', () => {
  expect(member()).toEqual({
    member: 'anna',
    enrolledAt: null,
    asOf: null,
    wallets: [],
    standings: [],
    birthday: { date: null, changedAt: null },
    orders: 0,
    progress: { caps: [], uses: [], milestones: [] },
    earnings: [],
    redemptions: [],
    lapsed: [],
    referral: null,
    brought: [],
    stampCards: [],
    challenges: {
      version: 0,
      zone: null,
      goals: [],
      streaks: [],
      tenure: [],
      badges: { awards: [], revocations: [] },
      reached: [],
    },
    rewards: { redemptions: [], taken: [] },
    vouchers: { held: [], uses: [], counts: [] },
    referrerCounts: {
      progress: { count: 0, highWater: 0 },
      counted: 0,
      caps: [],
      invitations: [],
      conversions: [],
    },
    upgrades: [],
    seen: [],
    revision: 0,
  })
})
