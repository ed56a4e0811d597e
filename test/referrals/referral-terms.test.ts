import { expect, test } from 'vitest'
import { decode } from '../../src/foundation/index.ts'
import { ReferralTerms } from '../../src/referrals/index.ts'
import { termsArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { terms } from './settlement-terms.ts'

codecLaws('ReferralTerms', ReferralTerms, termsArbitrary)

test('no two caps of one id', () => {
  const json = ReferralTerms.encode(terms) as { readonly caps: ReadonlyArray<object> }
  expect(decode(ReferralTerms, json)._tag).toBe('Right')
  expect(decode(ReferralTerms, { ...json, caps: [...json.caps, ...json.caps] })).toMatchObject({
    left: [{ path: ['caps', 1, 'id'] }],
  })
})
