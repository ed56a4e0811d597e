import { expect, test } from 'vitest'
import { decode } from '../../src/foundation/index.ts'
import { ReferralEvent, ReferralReason } from '../../src/referrals/index.ts'
import { textArbitrary } from '../arbitraries/foundation.ts'
import { referralEventArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('ReferralEvent', ReferralEvent, referralEventArbitrary)
codecLaws(
  'ReferralReason',
  ReferralReason,
  textArbitrary.filter((text) => text !== ''),
)

test('no event without its reason', () => {
  const event = { type: 'lapsed', at: '2026-03-01T12:00:00Z' }
  expect(decode(ReferralEvent, event)._tag).toBe('Left')
  expect(decode(ReferralEvent, { ...event, reason: '' })._tag).toBe('Left')
  expect(decode(ReferralEvent, { ...event, reason: '30 days are over' })._tag).toBe('Right')
})
