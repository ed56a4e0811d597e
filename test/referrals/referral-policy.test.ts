import { expect, test } from 'vitest'
import { decode } from '../../src/foundation/index.ts'
import { ReferralPolicy } from '../../src/referrals/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { policy, policyArbitrary } from './terms.ts'

codecLaws('ReferralPolicy', ReferralPolicy, policyArbitrary)

const json = ReferralPolicy.encode(policy) as object
const paths = (input: unknown) => {
  const decoded = decode(ReferralPolicy, input)
  return decoded._tag === 'Left' ? decoded.left.map(({ path }) => path.join('.')) : []
}

test('terms in JSON', () => {
  expect(json).toEqual({
    minimumSpend: { amount: '50.00', currency: 'EUR' },
    within: null,
    review: { amount: 31, unit: 'day' },
    referrer: { type: 'points', wallet: 'points', points: 500 },
    referee: { type: 'discount', amount: { amount: '10.00', currency: 'EUR' } },
  })
})

test('amounts below zero would turn a discount into a surcharge: they are refused', () => {
  const negative = { amount: '-10.00', currency: 'EUR' }
  expect(paths({ ...json, minimumSpend: negative, referee: { type: 'discount', amount: negative } })).toEqual([
    'minimumSpend',
    'referee.amount',
  ])
})

test('the referrer gets points, the referee points or a discount, and nothing else', () => {
  const discount = { type: 'discount', amount: { amount: '10.00', currency: 'EUR' } }
  const points = { type: 'points', wallet: 'points', points: 5 }
  expect(paths({ ...json, referee: points })).toEqual([])
  expect(paths({ ...json, referrer: discount })).not.toEqual([])
  expect(paths({ ...json, referee: { ...points, type: 'cash' } })).toEqual(['referee.type'])
})
