import { expect, test } from 'vitest'
import type { ActivityId, Instant, LotId, Points, WalletId } from '../../src/foundation/index.ts'
import { evolve, type MemberEvent, type MemberState, type OpenPurchase } from '../../src/program/index.ts'
import { member } from './shop.ts'

const wallet = 'points' as WalletId
const grant = (lot: string) => ({ wallet, lot: lot as LotId, points: 10 as Points, lapsed: 0 as Points })

const purchase = (id: string, returnableUntil: number): OpenPurchase => ({
  id: id as ActivityId,
  at: 0 as Instant,
  version: 1,
  returnableUntil: returnableUntil as Instant,
  lines: [],
  grants: [grant(`0/${id}`)],
  rewards: [grant(`1/${id}`)],
})

const state: MemberState = {
  ...member(),
  purchases: [purchase('first', 10), purchase('second', 20)],
  rewards: [{ ...grant('x'), conversion: 'c' as ActivityId, releasedAt: 15 as Instant }],
}

const recorded = (at: number): MemberEvent => ({
  type: 'activityRecorded',
  at: at as Instant,
  activity: `at ${at}` as ActivityId,
  content: 1,
})

test('what only waited for its own end is dropped when something later is taken in', () => {
  const ids = (at: number) => {
    const { purchases, rewards } = evolve(state, recorded(at))
    return [...purchases.map(({ id }) => id), ...rewards.map(({ conversion }) => conversion)]
  }
  expect(ids(9)).toEqual(['first', 'second', 'c'])
  expect(ids(10)).toEqual(['second', 'c'])
  expect(ids(15)).toEqual(['second'])
  expect(ids(20)).toEqual([])
})

test('points that die are noted with the purchase that granted or rewarded them', () => {
  const expired = (lot: string): MemberEvent => ({
    type: 'expired',
    wallet,
    at: 5 as Instant,
    lot: lot as LotId,
    points: 4 as Points,
  })
  const lapsed = (lot: string) =>
    evolve(state, expired(lot)).purchases.map(({ grants, rewards }) => [grants[0]?.lapsed, rewards[0]?.lapsed])
  expect(lapsed('0/second')).toEqual([
    [0, 0],
    [4, 0],
  ])
  expect(lapsed('1/first')).toEqual([
    [0, 4],
    [0, 0],
  ])
  expect(evolve(state, expired('other')).purchases).toBe(state.purchases)
})

test('a refused referral changes nothing but the time', () => {
  const refused: MemberEvent = {
    type: 'referralRefused',
    at: 7 as Instant,
    referrer: member().member,
    reason: 'SelfReferral',
  }
  expect(evolve(state, refused)).toEqual({ ...state, asOf: 7 })
})
