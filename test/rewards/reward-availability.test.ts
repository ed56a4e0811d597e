import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatInstant, type Instant, type Points, type WalletId } from '../../src/foundation/index.ts'
import {
  compileReward,
  type RewardAvailability,
  rewardAvailability,
  rewardCodec,
  rewardPrices,
} from '../../src/rewards/index.ts'
import { realZone } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { looks, ready, rewardArbitrary, rewardOf } from './reward-terms.ts'
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
  test('S35 of two open sessions the second one sees what the first one holds', () => {
    expect(reasons(rewardAvailability(ready(), looks(500)))).toEqual([])
    expect(reasons(rewardAvailability(ready(), looks(500 - 500)))).toEqual(['notEnoughPoints'])
  })
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
