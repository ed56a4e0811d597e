import { expect, test } from 'vitest'
import { EligibilityPolicy } from '../../src/referrals/index.ts'
import { eligibilityPolicyArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { eur } from './terms.ts'

codecLaws('EligibilityPolicy', EligibilityPolicy, eligibilityPolicyArbitrary)

test('a minimum below nothing is none', () => {
  const policy = {
    newCustomersOnly: true,
    minimumSpend: eur(0),
    purchaseNumber: null,
    within: null,
    channels: null,
    categories: null,
    exceptCategories: [],
  }
  expect(EligibilityPolicy.is(policy)).toBe(true)
  expect(EligibilityPolicy.is({ ...policy, minimumSpend: eur(-1) })).toBe(false)
  expect(EligibilityPolicy.is({ ...policy, purchaseNumber: 0 })).toBe(false)
})
