import { expect, test } from 'vitest'
import { emptyEarningContext } from '../../../src/earning/index.ts'
import type { ActivityId, Instant, LotId, MemberId, Points, WalletId } from '../../../src/foundation/index.ts'
import {
  type EarningGrant,
  evolve,
  type MemberEvent,
  type MemberState,
  type OpenEarning,
} from '../../../src/program/index.ts'
import { member } from '../shop.ts'

const wallet = 'points' as WalletId
const grant = (lot: string): EarningGrant => ({
  wallet,
  lot: lot as LotId,
  part: 'regular',
  points: 10 as Points,
  lapsed: 0 as Points,
  deferredTo: null,
  deferredBy: null,
})

const purchase = (id: string, returnableUntil: number): OpenEarning => ({
  id: id as ActivityId,
  action: 'purchase',
  at: 0 as Instant,
  countedAt: 0 as Instant,
  version: 1,
  returnableUntil: returnableUntil as Instant,
  isUndone: false,
  lines: [],
  attributes: {},
  context: emptyEarningContext,
  grants: [grant(`0/${id}`)],
  claims: [],
  milestones: [],
  rewards: [grant(`1/${id}`)],
})

const state: MemberState = {
  ...member(),
  earnings: [purchase('first', 10), purchase('second', 20)],
  brought: [
    {
      conversion: 'c' as ActivityId,
      referee: 'ben' as MemberId,
      level: 1,
      version: 1,
      at: 0 as Instant,
      spendMinor: 5_000,
      number: 1,
      status: 'rewarded',
      fraud: { outcome: 'clear', score: 0, because: [] },
      kind: { type: 'points', wallet },
      desired: 10,
      units: 10,
      capLimited: false,
      limitedBy: [],
      takenUnits: 0,
      lot: 'x' as LotId,
      releasedAt: 15 as Instant,
      rewardedAt: 15 as Instant,
      keptUntil: 15 as Instant,
      uses: [],
      counts: true,
      upward: null,
      share: null,
    },
  ],
}

const recorded = (at: number): MemberEvent => ({
  type: 'activityRecorded',
  at: at as Instant,
  activity: `at ${at}` as ActivityId,
  content: 1,
})

test('what only waited for its own end is dropped when something later is taken in', () => {
  const ids = (at: number) => {
    const { earnings, brought } = evolve(state, recorded(at))
    return [...earnings.map(({ id }) => id), ...brought.map(({ conversion }) => conversion)]
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
    hold: null,
  })
  const lapsed = (lot: string) =>
    evolve(state, expired(lot)).earnings.map(({ grants, rewards }) => [grants[0]?.lapsed, rewards[0]?.lapsed])
  expect(lapsed('0/second')).toEqual([
    [0, 0],
    [4, 0],
  ])
  expect(lapsed('1/first')).toEqual([
    [0, 4],
    [0, 0],
  ])
  expect(evolve(state, expired('other')).earnings).toBe(state.earnings)
})

test('a refused referral changes nothing but the time', () => {
  const refused: MemberEvent = {
    type: 'referralRefused',
    at: 7 as Instant,
    referrer: member().member,
    reason: 'SelfReferral',
  }
  expect(evolve(state, refused)).toEqual({ ...state, asOf: 7, revision: state.revision + 1 })
})
