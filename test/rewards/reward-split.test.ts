// Prices of rewards that a member divides between points and money.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Currency, decode, formatPath, type Points, unwrap } from '../../src/foundation/index.ts'
import {
  chosenPointsPayment,
  dividedPrice,
  mostPointsPayment,
  RewardSplit,
  rewardCodec,
} from '../../src/rewards/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { rewardOf, sampleBox } from './reward-terms.ts'
import { vocabulary } from './voucher-terms.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const split = { price: { points: 1, price: eur('0.10') }, maximum: null, multipleOf: 50 }
const price = (rest: object = {}) => ({
  wallet: 'points',
  points: 100,
  money: eur('40.00'),
  tier: null,
  split,
  ...rest,
})
const faults = (rest: object) => {
  const decoded = decode(rewardCodec(vocabulary), { ...sampleBox, prices: [price(rest)] })
  return decoded._tag === 'Left' ? decoded.left.map(({ path }) => formatPath(path)) : []
}

describe('S34 a price that can be divided', () => {
  test('S34 the total is the money and what the fewest points are worth', () => {
    const [divided] = rewardOf({ prices: [price()] }).prices.map(dividedPrice)
    expect(divided).toMatchObject({ total: { minor: 5000 }, minimum: 100, maximum: null, multipleOf: 50 })
    const [plain] = rewardOf({ prices: [price({ split: undefined })] }).prices.map(dividedPrice)
    expect(plain).toBeNull()
  })

  test('what does not fit is reported with its place', () => {
    expect(faults({})).toEqual([])
    expect(faults({ split: { ...split, maximum: 100 } })).toEqual([])
    expect(faults({ money: null })).toEqual(['prices[0].money'])
    expect(faults({ money: eur('0.00') })).toEqual(['prices[0].money'])
    const rate = (of: object) => ({ split: { ...split, price: { points: 1, price: of } } })
    expect(faults(rate(eur('0.00')))).toEqual(['prices[0].split.price.price'])
    expect(faults(rate({ amount: '0.10', currency: 'USD' }))).toEqual(['prices[0].split.price.price.currency'])
    expect(faults({ split: { ...split, maximum: 99 } })).toEqual(['prices[0].split.maximum'])
    expect(faults({ points: 120 })).toEqual(['prices[0].points'])
    expect(faults({ split: { ...split, price: { points: 3, price: eur('0.02') } } })).toEqual(['prices[0].points'])
  })

  test('S34 whatever number of points is right, points and money come to the total', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 40 }),
        fc.nat({ max: 1000 }),
        fc.integer({ min: 1, max: 9_999 }),
        (steps, more, minor) => {
          const divided = dividedPrice({
            points: (steps * 50) as Points,
            money: { minor, currency: 'EUR' as Currency },
            split: unwrap(decode(RewardSplit, split)),
          })
          if (divided === null) throw new Error('a price that can be divided')
          expect(unwrap(chosenPointsPayment(divided, divided.minimum)).rest.minor).toBe(minor)
          const { points, rest } = unwrap(mostPointsPayment(divided, (divided.minimum + more) as Points))
          expect(points * 10 + rest.minor).toBe(divided.total.minor)
        },
      ),
    )
  })
})

codecLaws(
  'RewardSplit',
  RewardSplit,
  fc.constantFrom(null, 150, 0).map((maximum) => unwrap(decode(RewardSplit, { ...split, maximum }))),
)
