import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, formatPath } from '../../src/foundation/index.ts'
import { MemberEvent, MemberState } from '../../src/program/index.ts'
import { play, programWithHistory } from '../arbitraries/program.ts'
import { buys, following, joins, member, shop } from './shop.ts'

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
    referral: null,
    rewards: [],
    seen: [],
  })
})
