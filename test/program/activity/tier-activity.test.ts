import { describe, expect, test } from 'vitest'
import { advance } from '../../../src/program/index.ts'
import { at } from '../../tiers/ladders.ts'
import {
  activity,
  buys,
  eur,
  following,
  joins,
  pointsOf,
  rejected,
  returns,
  shop,
  statusLadder,
  wallet,
} from '../shop.ts'

const day1 = '2026-01-01T00:00:00Z'
const program = shop({
  ladders: [
    {
      ...statusLadder,
      offers: [
        {
          id: 'match',
          tier: 'gold',
          within: { amount: 90, unit: 'day' },
          during: 'tier',
          target: pointsOf(100),
          reward: { amount: 1, unit: 'year' },
          counts: 'offerAndLadder',
          onceWithin: null,
        },
      ],
    },
  ],
})

const gives = (change: object = {}) =>
  activity({
    type: 'tierGrant',
    id: 'given',
    at: '2026-02-01T00:00:00Z',
    ladder: 'status',
    tier: 'gold',
    kind: 'grant',
    until: '2026-05-01T00:00:00Z',
    reason: 'a complaint',
    ...change,
  })

const takes = activity({
  type: 'tierOffer',
  id: 'taken',
  at: '2026-02-01T00:00:00Z',
  ladder: 'status',
  offer: 'match',
  reason: '',
})

describe('tiers that are given', () => {
  test('a grant, with its end; and its revocation', () => {
    const given = following(program, [joins(day1), gives()])
    expect(given.state.standings).toMatchObject([{ tier: 'gold', validUntil: at('2026-05-01T00:00:00Z') }])
    expect(given.events.map(({ type }) => type)).toEqual(['activityRecorded', 'tierClaimed', 'tierChanged'])
    expect(advance(program, given.state, at('2026-05-01T00:00:00Z')).state.standings).toMatchObject([{ tier: 'basic' }])
    const revoked = activity({
      type: 'tierRevocation',
      id: 'r',
      at: '2026-03-01T00:00:00Z',
      ladder: 'status',
      claim: 'given',
    })
    expect(following(program, [revoked], given.state).state.standings).toMatchObject([{ tier: 'basic', claims: [] }])
  })

  test('S47 an offer is taken once, and its target met', () => {
    const tried = following(program, [joins(day1), takes])
    expect(tried.state.standings).toMatchObject([{ tier: 'gold', validUntil: at('2026-05-02T00:00:00Z') }])
    const met = following(program, [buys('o', '2026-03-01T12:00:00Z', '100.00')], tried.state)
    expect(met.state.standings).toMatchObject([{ tier: 'gold', validUntil: at('2027-03-01T00:00:00Z') }])
    expect(
      rejected(program, met.state, { ...takes, id: 'again' as never, at: at('2026-04-01T00:00:00Z') }),
    ).toMatchObject([{ _tag: 'OfferUsed', again: null }])
  })

  test('an extension of what is earned', () => {
    const longer = activity({
      type: 'tierExtension',
      id: 'x',
      at: '2026-03-01T00:00:00Z',
      ladder: 'status',
      until: '2028-06-01T00:00:00Z',
    })
    const { state } = following(program, [joins(day1), buys('o', '2026-02-01T00:00:00Z', '1000.00'), longer])
    expect(state.standings).toMatchObject([{ tier: 'gold', validUntil: at('2028-06-01T00:00:00Z') }])
  })

  test('what is refused', () => {
    const { state } = following(program, [joins(day1)])
    expect(rejected(program, state, gives({ ladder: 'nowhere' }))).toMatchObject([{ _tag: 'UnknownLadder' }])
    expect(rejected(program, state, gives({ tier: 'platinum' }))).toMatchObject([{ _tag: 'UnknownTier' }])
  })
})

describe('S16 900 points, and 200 more on 31 December that are pending for 30 days', () => {
  const waiting = wallet({ pending: { type: 'duration', duration: { amount: 30, unit: 'day' } } })
  const tierOf = (countedAt: 'earning' | 'activation', threshold = 1000) => {
    const metrics = [{ id: 'points', of: 'points', wallet: 'points', countedAt }]
    const tiers = [{ id: 'basic' }, { id: 'gold', reach: pointsOf(threshold) }]
    const by = shop({ ...waiting, ladders: [{ ...statusLadder, metrics, tiers }] })
    const { state } = following(by, [
      joins(day1),
      buys('o1', '2026-05-01T12:00:00Z', '900.00'),
      buys('o2', '2026-12-31T12:00:00Z', '200.00'),
    ])
    return { by, state, at: (text: string) => advance(by, state, at(text)).state.standings[0] }
  }

  test('S16 counted when they are earned: Gold', () => {
    expect(tierOf('earning').at('2026-12-31T13:00:00Z')?.tier).toBe('gold')
  })

  test('S16 counted when they become active: not Gold, and they count in the new year', () => {
    expect(tierOf('activation').at('2027-02-15T00:00:00Z')).toMatchObject({
      tier: 'basic',
      counts: [{ metric: 'points', buckets: [{ count: 200 }] }],
    })
  })

  test('S16 what is returned counts no more, if it did', () => {
    const { by, state } = tierOf('activation')
    const pending = following(by, [returns('r', '2027-01-05T00:00:00Z', 'o2', { line: '1' })], state).state
    expect(advance(by, pending, at('2027-02-15T00:00:00Z')).state.standings[0]?.tier).toBe('basic')
    expect(advance(by, pending, at('2027-02-15T00:00:00Z')).state.standings[0]?.counts).toMatchObject([
      { buckets: [{ count: 900 }] },
    ])
    const active = following(by, [returns('r', '2027-02-05T00:00:00Z', 'o2', { line: '1' })], state).state
    expect(active.standings[0]?.counts).toEqual([])
  })
})

describe('what counts', () => {
  const stay = { name: 'stay', fields: [{ name: 'nights', type: 'integer', required: true }] }
  const nights = { type: 'count', metric: 'nights', atLeast: 5 }
  const spend = { type: 'count', metric: 'spend', atLeast: 50_000 }
  const hotel = shop({
    earning: {
      rounding: { mode: 'floor', on: 'order' },
      actions: [stay],
      rules: [{ id: 'base', wallet: 'points', award: { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' } }],
    },
    ladders: [
      {
        ...statusLadder,
        metrics: [
          { id: 'nights', of: 'action', action: 'stay', attribute: 'nights' },
          { id: 'spend', of: 'spend' },
          { id: 'orders', of: 'orders' },
          { id: 'months', of: 'activeMonths' },
        ],
        tiers: [{ id: 'basic' }, { id: 'gold', reach: { type: 'any', of: [nights, spend] } }],
        policy: { returns: 'atOnce' },
      },
    ],
  })
  const stays = (id: string, when: string, count: number) =>
    activity({ type: 'action', name: 'stay', id, at: when, attributes: { nights: count } })

  test('nights of stays, or what is paid, or both; and all of it is taken back, once', () => {
    const joined = following(hotel, [joins(day1)]).state
    const slept = following(
      hotel,
      [stays('s1', '2026-02-01T00:00:00Z', 2), stays('s2', '2026-03-01T00:00:00Z', 3)],
      joined,
    )
    expect(slept.state.standings).toMatchObject([{ tier: 'gold' }])
    const undone = (id: string, when: string) => activity({ type: 'actionCancellation', id, at: when, action: 's2' })
    const twice = [undone('u1', '2026-03-02T00:00:00Z'), undone('u2', '2026-03-02T00:00:00Z')]
    const awake = following(hotel, twice, slept.state).state
    expect(awake.standings).toMatchObject([{ tier: 'basic', counts: [{ metric: 'nights', buckets: [{ count: 2 }] }] }])
    const paid = following(hotel, [buys('o', '2026-02-01T00:00:00Z', '500.00')], joined).state
    expect(paid.standings).toMatchObject([{ tier: 'gold' }])
    const back = following(
      hotel,
      [returns('r', '2026-02-02T00:00:00Z', 'o', { line: '1', amount: eur('0.01') })],
      paid,
    ).state
    expect(back.standings).toMatchObject([{ tier: 'basic' }])
    const counts = (back.standings[0]?.counts ?? []).map(({ metric, buckets }) => [metric, buckets[0]?.count])
    expect(counts).toEqual([
      ['spend', 49_999],
      ['orders', 1],
      ['months', 1],
    ])
  })
})

describe('a tier by balance', () => {
  const balance = shop({
    ladders: [
      {
        ...statusLadder,
        metrics: [{ id: 'points', of: 'balance', wallet: 'points' }],
        period: { type: 'lifetime' },
        validity: { type: 'whileQualified' },
        tiers: [{ id: 'basic' }, { id: 'silver', reach: pointsOf(100) }],
      },
    ],
  })

  test('S39 is lost by spending', () => {
    const rich = following(balance, [joins(day1), buys('o', day1, '100.00')]).state
    expect(rich.standings).toMatchObject([{ tier: 'silver' }])
    const spent = activity({ type: 'redemption', id: 's', at: '2026-01-01T06:00:00Z', wallet: 'points', points: 50 })
    expect(following(balance, [spent], rich).state.standings).toMatchObject([{ tier: 'basic' }])
  })

  test('S21 90 active, 20 due and 30 that expire in one instant: what expires is gone before the tier is looked at', () => {
    const due = '2026-02-01T00:00:00Z'
    const lot = (id: string, points: number, more: object = {}) => ({
      id,
      points,
      earnedAt: day1,
      active: true,
      activeFrom: day1,
      expiresAt: null,
      source: 'old',
      kind: 'regular',
      funder: null,
      awaits: null,
      ...more,
    })
    const lots = [lot('a', 60), lot('b', 30, { expiresAt: due }), lot('c', 20, { active: false, activeFrom: due })]
    const opened = activity({ type: 'openingBalance', id: 'old', at: day1, wallet: 'points', lots })
    const { state } = following(balance, [joins(day1), opened])
    expect(state.wallets).toMatchObject([{ active: 90, pending: 20 }])
    const { events, state: after } = advance(balance, state, at(due))
    expect(events.filter(({ type }) => type === 'tierChanged')).toEqual([])
    expect(after.standings).toMatchObject([{ tier: 'basic', counts: [{ buckets: [{ count: 80 }] }] }])
  })
})
