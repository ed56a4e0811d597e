import fc from 'fast-check'
import { decode, type MemberId, type Points, unwrap, utc, type WalletId } from '../../src/foundation/index.ts'
import {
  type CompiledReward,
  compileReward,
  type Reward,
  type RewardContext,
  rewardCodec,
} from '../../src/rewards/index.ts'
import { at } from './stamp-terms.ts'
import { vocabulary } from './voucher-terms.ts'

/** The JSON of a reward. */
export const sampleBox = {
  id: 'sample-box',
  prices: [{ wallet: 'points', points: 500, money: null, tier: null }],
  stock: null,
  limits: [],
  validFrom: null,
  validUntil: null,
  tiers: null,
  when: null,
  refundable: 'untilUsed',
  holdFor: { amount: 7, unit: 'day' },
  shipped: false,
  partner: null,
}

/** The JSON of a reward for points alone that is taken and used at once. */
export const mugFor = (points: number) => ({
  ...sampleBox,
  id: 'mug',
  prices: [{ wallet: 'points', points, money: null, tier: null }],
  holdFor: null,
})

export const rewardOf = (rest: object = {}): Reward =>
  unwrap(decode(rewardCodec(vocabulary), { ...sampleBox, ...rest }))
export const ready = (rest: object = {}): CompiledReward => compileReward(vocabulary, rewardOf(rest))
const wallet = 'points' as WalletId
export const anna = 'anna' as MemberId

export const looks = (points: number, rest: Partial<RewardContext> = {}): RewardContext => ({
  at: at('2026-03-01T12:00:00Z'),
  zone: utc,
  tiers: [],
  facts: {},
  balances: [{ wallet, points: points as Points }],
  stockTaken: 0,
  takenAt: [],
  ...rest,
})

/** Each point takes the place of a cent. */
const cents = { price: { points: 1, price: { amount: '0.01', currency: 'EUR' } }, maximum: null, multipleOf: 1 }

export const rewardArbitrary: fc.Arbitrary<Reward> = fc
  .record({
    prices: fc.array(
      fc
        .record({
          wallet: fc.constantFrom('points', 'miles'),
          points: fc.nat({ max: 1000 }),
          money: fc.option(fc.integer({ min: 1, max: 9 }).map((euros) => ({ amount: `${euros}.50`, currency: 'EUR' }))),
          tier: fc.constantFrom(null, null, 'status/gold'),
          isDivided: fc.boolean(),
        })
        .map(({ isDivided, ...price }) => (isDivided && price.money !== null ? { ...price, split: cents } : price)),
      { minLength: 1, maxLength: 4 },
    ),
    stock: fc.option(fc.nat({ max: 3 })),
    limits: fc.array(
      fc.record({
        times: fc.integer({ min: 1, max: 3 }),
        per: fc.constantFrom(null, { unit: 'month' }, { unit: 'day' }),
      }),
      { maxLength: 2 },
    ),
    validFrom: fc.constantFrom(null, '2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'),
    validUntil: fc.constantFrom(null, '2026-03-05T00:00:00Z'),
    tiers: fc.constantFrom(null, ['status/gold'], []),
    when: fc.constantFrom(null, { field: 'orderNumber', atLeast: 10 }),
    refundable: fc.constantFrom('untilIssued', 'untilUsed', 'always'),
    holdFor: fc.constantFrom(null, { amount: 7, unit: 'day' }),
    shipped: fc.boolean(),
    partner: fc.constantFrom(null, 'cinema'),
  })
  .map(rewardOf)
