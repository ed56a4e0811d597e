import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActivityId,
  decode,
  formatInstant,
  type Instant,
  type Points,
  type WalletId,
} from '../../src/foundation/index.ts'
import { spendablePoints, unaccountedPoints } from '../../src/ledger/index.ts'
import {
  compileReward,
  type RewardAvailability,
  type RewardPrice,
  rewardAvailability,
  rewardCodec,
  rewardPrices,
  stepRedemption,
} from '../../src/rewards/index.ts'
import { realZone } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { looks, ready, rewardArbitrary, rewardOf } from './reward-terms.ts'
import { type Member, memberWith, overnight, redeems, sees, steps } from './shop.ts'
import { at } from './stamp-terms.ts'
import { vocabulary } from './voucher-terms.ts'

const obstacles = (result: RewardAvailability) => (result.available ? [] : result.obstacles)
const reasons = (result: RewardAvailability) => obstacles(result).map(({ reason }) => reason)

describe('each obstacle, with what is missing', () => {
  test('points', () => {
    expect(obstacles(rewardAvailability(ready(), looks(350)))).toEqual([
      { reason: 'notEnoughPoints', wallet: 'points', missing: 150 },
    ])
    expect(rewardAvailability(ready(), looks(500))).toEqual({ available: true, prices: rewardOf().prices })
  })

  test('time: from the first instant on, and no longer at the end', () => {
    const reward = ready({ validFrom: '2026-03-01T12:00:00Z', validUntil: '2026-03-01T13:00:00Z' })
    const on = (text: string) => reasons(rewardAvailability(reward, looks(500, { at: at(text) })))
    expect(on('2026-03-01T11:59:59Z')).toEqual(['notYetAvailable'])
    expect(on('2026-03-01T12:00:00Z')).toEqual([])
    expect(on('2026-03-01T13:00:00Z')).toEqual(['ended'])
  })

  test('stock', () => {
    expect(reasons(rewardAvailability(ready({ stock: 3 }), looks(500, { stockTaken: 3 })))).toEqual(['outOfStock'])
    expect(reasons(rewardAvailability(ready({ stock: 3 }), looks(500, { stockTaken: 2 })))).toEqual([])
  })

  test('a limit a month in the member’s calendar says when the reward can be had again', () => {
    const reward = ready({ limits: [{ times: 1, per: { unit: 'month' } }] })
    const zone = realZone('America/New_York')
    const takenAt = [at('2026-03-01T12:00:00Z')]
    // In New York this is still 31 March.
    const context = looks(500, { zone, takenAt, at: at('2026-04-01T03:00:00Z') })
    const [obstacle] = obstacles(rewardAvailability(reward, context))
    expect(obstacle?.reason === 'limitReached' && obstacle.again !== null && formatInstant(obstacle.again)).toBe(
      '2026-04-01T04:00:00Z',
    )
    expect(reasons(rewardAvailability(reward, { ...context, at: at('2026-04-01T04:00:00Z') }))).toEqual([])
    const once = ready({ limits: [{ times: 1, per: null }] })
    expect(obstacles(rewardAvailability(once, context))).toEqual([{ reason: 'limitReached', times: 1, again: null }])
  })

  test('tier, condition, price for others only: all at once', () => {
    const reward = ready({
      tiers: ['status/gold'],
      when: { field: 'orderNumber', atLeast: 10 },
      prices: [{ wallet: 'points', points: 1, money: null, tier: 'status/gold' }],
    })
    const result = rewardAvailability(reward, looks(0, { facts: { orderNumber: 9 } }))
    expect(reasons(result)).toEqual(['notInTier', 'conditionNotMet', 'noPrice'])
    const [, condition] = obstacles(result)
    expect(condition?.reason === 'conditionNotMet' && condition.explanation).toMatchObject({
      field: 'orderNumber',
      found: 9,
    })
    expect(reasons(rewardAvailability(reward, looks(1, { tiers: ['status/gold'] })))).toEqual(['conditionUnknown'])
  })

  test('one of two wallets is enough', () => {
    const prices = [
      { wallet: 'points', points: 500, money: null, tier: null },
      { wallet: 'miles', points: 50, money: null, tier: null },
    ]
    const balances = [{ wallet: 'miles' as WalletId, points: 50 as Points }]
    const result = rewardAvailability(ready({ prices }), looks(0, { balances }))
    expect(result.available && result.prices.map(({ wallet }) => wallet)).toEqual(['miles'])
  })
})

test('of equal points the lower amount of money; of equal prices the first', () => {
  const price = (points: number, amount: string, tier: string | null = null) => ({
    wallet: 'points',
    points,
    money: { amount, currency: 'EUR' },
    tier,
  })
  const reward = rewardOf({ prices: [price(5, '2.00'), price(5, '1.00', 'a/b'), price(5, '1.00'), price(6, '0.50')] })
  expect(rewardPrices(reward, ['a/b'])).toEqual([reward.prices[1]])
})

describe('S35 a hold locks points', () => {
  const box = rewardOf()
  const [price] = box.prices
  const noon = at('2026-03-01T12:00:00Z')
  const session = (member: Member, name: string) => redeems(box, member, name, price as RewardPrice, noon)
  const obstacles = (member: Member, when = noon) => reasons(sees(box, member, when))

  test('S35 of two open sessions the second one sees that the first one holds the points, and can’t take them', () => {
    const both = memberWith(900)
    expect(obstacles(both)).toEqual([])
    const { member } = session(both, 'first')
    expect(sees(box, member, noon)).toEqual({
      available: false,
      obstacles: [{ reason: 'notEnoughPoints', wallet: 'points', missing: 100 }],
    })
    expect(() => session(member, 'second')).toThrow()
    // The member of before the hold is no longer there: taking it anyway would spend 1,000 of 900.
    expect(member.wallet.holds.map(({ id }) => id)).toEqual(['first'])
  })

  test('S35 given back, the points are there for the other session; redeemed, they are gone', () => {
    const first = session(memberWith(900), 'first')
    expect(obstacles(steps(first, 'release', noon).member)).toEqual([])
    const spent = steps(steps(first, 'issue', noon), 'use', noon)
    expect(obstacles(spent.member)).toEqual(['notEnoughPoints'])
    expect([spendablePoints(spent.member.wallet), spent.member.wallet.redeemed]).toEqual([400, 500])
  })

  test('S35 points that die tonight are kept by the hold and can be redeemed tomorrow; given back, they die', () => {
    // Earned on 1 January with a year to live.
    const [evening, morning] = [at('2026-12-31T20:00:00Z'), at('2027-01-01T08:00:00Z')]
    const held = redeems(box, memberWith(500), 'first', price as RewardPrice, evening)
    const kept = { ...held, member: overnight(held.member, morning) }
    expect(obstacles(steps(kept, 'issue', morning).member)).toEqual(['notEnoughPoints'])
    expect(steps(kept, 'issue', morning).member.wallet.redeemed).toBe(500)
    const given = overnight(steps(kept, 'release', morning).member, morning)
    expect([spendablePoints(given.wallet), given.wallet.expired, unaccountedPoints(given.wallet)]).toEqual([0, 500, 0])
    const unheld = overnight(memberWith(500), morning)
    expect(unheld.wallet.expired).toBe(500)
  })
})

test('whatever steps a redemption goes, a cancellation gives back all points and nothing else does', () => {
  const names = ['issue', 'use', 'release', 'cancel', 'ship', 'deliver', 'fail', 'comeBack'] as const
  fc.assert(
    fc.property(
      rewardArbitrary.filter(({ prices }) => prices[0]?.wallet === 'points'),
      fc.array(fc.constantFrom(...names), { maxLength: 12 }),
      (reward, walk) => {
        const noon = at('2026-03-01T12:00:00Z')
        let now = redeems(reward, memberWith(1000), 'r', reward.prices[0] as RewardPrice, noon)
        for (const [index, step] of walk.entries()) {
          const stepped = stepRedemption(now.redemption, { id: `s${index}` as ActivityId, step, at: noon })
          if (stepped._tag === 'Right') now = steps(now, step, noon, `s${index}`)
        }
        const { wallet } = now.member
        const isBack = now.redemption.status === 'cancelled' || now.redemption.status === 'released'
        expect(spendablePoints(wallet)).toBe(isBack ? 1000 : 1000 - now.redemption.points)
        expect(unaccountedPoints(wallet)).toBe(0)
      },
    ),
  )
})

test('a reward that ends before it begins, and money of nothing, are refused', () => {
  const json = rewardCodec(vocabulary).encode(rewardOf()) as object
  const read = (rest: object) => decode(rewardCodec(vocabulary), { ...json, ...rest })
  const [one, two] = ['2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z']
  expect(read({ validFrom: one, validUntil: two })._tag).toBe('Right')
  expect(read({ validFrom: one, validUntil: one })).toMatchObject({ left: [{ path: ['validUntil'] }] })
  const free = { wallet: 'points', points: 1, money: { amount: '0.00', currency: 'EUR' }, tier: null }
  expect(read({ prices: [free] })).toMatchObject({ left: [{ path: ['prices', 0, 'money'] }] })
})

test('a slow model agrees: available exactly where nothing is in the way', () => {
  fc.assert(
    fc.property(
      rewardArbitrary,
      fc.nat({ max: 1000 }),
      fc.nat({ max: 3 }),
      fc.array(fc.constantFrom('2026-02-28T12:00:00Z', '2026-03-01T10:00:00Z', '2026-03-03T10:00:00Z'), {
        maxLength: 3,
      }),
      fc.constantFrom<ReadonlyArray<string>>([], ['status/gold']),
      fc.constantFrom(undefined, 3, 12),
      fc.constantFrom('2026-03-01T12:00:00Z', '2026-03-03T12:00:00Z', '2026-03-05T00:00:00Z'),
      (reward, balance, stockTaken, taken, tiers, orderNumber, now) => {
        const asOf: Instant = at(now)
        const context = looks(balance, { at: asOf, stockTaken, takenAt: taken.map(at), tiers, facts: { orderNumber } })
        const result = rewardAvailability(compileReward(vocabulary, reward), context)
        const inTime = (reward.validFrom ?? asOf) <= asOf && (reward.validUntil === null || asOf < reward.validUntil)
        const sameUnit = (text: string, per: string | undefined) =>
          per === undefined
            ? true
            : per === 'day'
              ? text.slice(0, 10) === now.slice(0, 10)
              : text.slice(0, 7) === now.slice(0, 7)
        const within = reward.limits.every(
          ({ times, per }) => taken.filter((text) => sameUnit(text, per?.unit)).length < times,
        )
        const payable = reward.prices.some(
          ({ wallet, points, tier }) =>
            wallet === 'points' && points <= balance && (tier === null || tiers.includes(tier)),
        )
        const free = reward.prices.some(
          ({ wallet, points, tier }) => wallet === 'miles' && points === 0 && (tier === null || tiers.includes(tier)),
        )
        const qualifies = reward.when === null || (orderNumber ?? 0) >= 10
        const inTier = reward.tiers === null || reward.tiers.some((tier) => tiers.includes(tier))
        const stocked = reward.stock === null || stockTaken < reward.stock
        expect(result.available).toBe(inTime && within && (payable || free) && qualifies && inTier && stocked)
      },
    ),
  )
})

codecLaws('rewardCodec', rewardCodec(vocabulary), rewardArbitrary)
