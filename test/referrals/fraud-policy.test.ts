import { expect, test } from 'vitest'
import { defaultFraudPolicy, FraudPolicy } from '../../src/referrals/index.ts'
import { fraudPolicyArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('FraudPolicy', FraudPolicy, fraudPolicyArbitrary)

test('S49 the network’s address cannot be made to block, and review comes before block', () => {
  expect(FraudPolicy.is(defaultFraudPolicy)).toBe(true)
  expect(
    FraudPolicy.is({ ...defaultFraudPolicy, grades: { ...defaultFraudPolicy.grades, sameIp: { type: 'block' } } }),
  ).toBe(false)
  expect(FraudPolicy.is({ ...defaultFraudPolicy, blockFrom: 29 })).toBe(false)
})
