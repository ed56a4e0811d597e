import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActivityId, type Instant, unwrap, utc } from '../../src/foundation/index.ts'
import { type RedemptionStep, RewardRedemption, redeemReward, stepRedemption } from '../../src/rewards/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { anna, rewardArbitrary, rewardOf } from './reward-terms.ts'
import { at } from './stamp-terms.ts'

const noon = at('2026-03-01T12:00:00Z')
const redeem = (rest: object = {}) => {
  const reward = rewardOf(rest)
  const [price] = reward.prices
  if (price === undefined) throw new Error('no price')
  return redeemReward(reward, utc, { id: 'r-1' as ActivityId, member: anna, at: noon, price })
}
const walk = (start: RewardRedemption, ...steps: ReadonlyArray<RedemptionStep>) =>
  steps.reduce(
    (redemption, step, index) =>
      unwrap(stepRedemption(redemption, { id: `s${index}` as ActivityId, step, at: noon })).redemption,
    start,
  )
const fault = (redemption: RewardRedemption, step: RedemptionStep, when: Instant = noon) => {
  const result = stepRedemption(redemption, { id: 'new' as ActivityId, step, at: when })
  return result._tag === 'Left' ? result.left._tag : null
}

describe('S35 hold, issue, use, cancel', () => {
  test('S35 a hold locks the points, its release unlocks them', () => {
    const { redemption, effects } = redeem()
    expect([redemption.status, effects]).toEqual(['held', ['holdPoints', 'takeStock']])
    const released = unwrap(stepRedemption(redemption, { id: 's' as ActivityId, step: 'release', at: noon }))
    expect([released.redemption.status, released.effects]).toEqual(['released', ['releasePoints', 'putBackStock']])
  })

  test('S35 a hold of 7 days: at its end it is too late to issue, and it can only be released', () => {
    const { redemption } = redeem()
    const end = at('2026-03-08T12:00:00Z')
    expect(redemption.heldUntil).toBe(end)
    expect(fault(redemption, 'issue', (end - 1) as Instant)).toBeNull()
    expect(fault(redemption, 'issue', end)).toBe('RedemptionHoldOver')
    expect(fault(redemption, 'release', end)).toBeNull()
  })

  test('S35 used is the end where it can’t be refunded', () => {
    const used = walk(redeem().redemption, 'issue', 'use')
    expect(fault(used, 'cancel')).toBe('RedemptionNotRefundable')
    expect(fault(used, 'issue')).toBe('IllegalRedemptionStep')
    expect(fault(walk(redeem({ refundable: 'always' }).redemption, 'issue', 'use'), 'cancel')).toBeNull()
    expect(fault(walk(redeem({ refundable: 'untilIssued' }).redemption, 'issue'), 'cancel')).toBe(
      'RedemptionNotRefundable',
    )
  })

  test('S35 no step goes back in time: not before the hold, not before the last step', () => {
    const { redemption } = redeem()
    const early = (noon - 1) as Instant
    expect(fault(redemption, 'issue', early)).toBe('RedemptionStepTooEarly')
    expect(fault(redemption, 'release', early)).toBe('RedemptionStepTooEarly')
    const later = (noon + 10) as Instant
    const issued = unwrap(stepRedemption(redemption, { id: 's' as ActivityId, step: 'issue', at: later })).redemption
    const back = stepRedemption(issued, { id: 'new' as ActivityId, step: 'cancel', at: (later - 1) as Instant })
    expect(back).toMatchObject({ left: { _tag: 'RedemptionStepTooEarly', path: ['at'], notBefore: later } })
    expect(fault(issued, 'cancel', later)).toBeNull()
  })

  test('money on top is charged with the issue and refunded with the cancellation', () => {
    const prices = [{ wallet: 'points', points: 10, money: { amount: '2.00', currency: 'EUR' }, tier: null }]
    const { redemption } = redeem({ prices })
    const step = (from: RewardRedemption, name: RedemptionStep) =>
      unwrap(stepRedemption(from, { id: name as unknown as ActivityId, step: name, at: noon }))
    const issued = step(redemption, 'issue')
    expect(issued.effects).toEqual(['burnHeldPoints', 'chargeMoney'])
    expect(step(issued.redemption, 'cancel').effects).toEqual(['returnPoints', 'refundMoney', 'putBackStock'])
  })
})

describe('fulfilment', () => {
  test('nothing is sent before it is issued, and goods come back before a cancellation', () => {
    const { redemption } = redeem({ shipped: true })
    expect(fault(redemption, 'ship')).toBe('IllegalRedemptionStep')
    const delivered = walk(redemption, 'issue', 'ship', 'deliver')
    expect(delivered.fulfilment).toBe('delivered')
    expect(fault(delivered, 'cancel')).toBe('IllegalRedemptionStep')
    expect(fault(walk(redemption, 'issue', 'ship', 'comeBack'), 'cancel')).toBeNull()
    expect(walk(redemption, 'issue', 'ship', 'fail', 'ship', 'deliver').fulfilment).toBe('delivered')
  })

  test('what isn’t sent has no fulfilment', () => {
    expect(fault(walk(redeem().redemption, 'issue'), 'ship')).toBe('IllegalRedemptionStep')
  })
})

const steps: ReadonlyArray<RedemptionStep> = [
  'issue',
  'use',
  'release',
  'cancel',
  'ship',
  'deliver',
  'fail',
  'comeBack',
]
const walkArbitrary = fc
  .tuple(rewardArbitrary, fc.array(fc.constantFrom(...steps), { maxLength: 12 }))
  .map(([reward, tries]) => {
    const [price] = reward.prices
    if (price === undefined) throw new Error('no price')
    const first = redeemReward(reward, utc, { id: 'r-1' as ActivityId, member: anna, at: noon, price })
    const effects = [...first.effects]
    let { redemption } = first
    for (const [index, step] of tries.entries()) {
      const next = stepRedemption(redemption, { id: `s${index}` as ActivityId, step, at: noon })
      if (next._tag === 'Right') {
        effects.push(...next.right.effects)
        redemption = next.right.redemption
      }
    }
    return { redemption, effects }
  })

test('points, money and stock: what was taken is back at the end of a release or a cancellation, and only then', () => {
  fc.assert(
    fc.property(walkArbitrary, ({ redemption, effects }) => {
      const count = (...names: ReadonlyArray<string>) => effects.filter((effect) => names.includes(effect)).length
      const isIn = (...statuses: ReadonlyArray<string>) => Number(statuses.includes(redemption.status))
      const paysMoney = Number(redemption.money !== null)
      expect(count('takeStock') - count('putBackStock')).toBe(1 - isIn('released', 'cancelled'))
      expect(count('holdPoints') - count('burnHeldPoints', 'releasePoints')).toBe(isIn('held'))
      expect(count('burnHeldPoints') - count('returnPoints')).toBe(isIn('issued', 'used'))
      expect(count('chargeMoney') - count('refundMoney')).toBe(paysMoney * isIn('issued', 'used'))
    }),
  )
})

test('a step again changes nothing; with other content it is a conflict', () => {
  fc.assert(
    fc.property(walkArbitrary, ({ redemption }) => {
      for (const step of redemption.steps) {
        expect(unwrap(stepRedemption(redemption, step))).toEqual({ redemption, effects: [] })
        const other = stepRedemption(redemption, { ...step, at: (step.at + 1) as Instant })
        expect(other._tag === 'Left' && other.left._tag).toBe('RedemptionStepConflict')
      }
    }),
  )
})

codecLaws(
  'RewardRedemption',
  RewardRedemption,
  walkArbitrary.map(({ redemption }) => redemption),
)
