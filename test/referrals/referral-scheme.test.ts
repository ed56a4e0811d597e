import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, unwrap } from '../../src/foundation/index.ts'
import { ReferralScheme } from '../../src/referrals/index.ts'
import { referralSchemeJson } from '../arbitraries/referral-activities.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const json = referralSchemeJson({ wallets: ['points'], currency: 'EUR', ladders: 1 })

codecLaws(
  'ReferralScheme',
  ReferralScheme,
  json.map((one) => unwrap(decode(ReferralScheme, one))),
)

test('the terms, the attribution and the limits have to be said; levels and shares of revenue need not', () => {
  fc.assert(
    fc.property(json, fc.constantFrom('terms', 'attribution', 'velocity'), (one, without) => {
      expect(decode(ReferralScheme, { ...one, [without]: undefined })._tag).toBe('Left')
    }),
    { numRuns: 10 },
  )
})
