import { expect, test } from 'vitest'
import { decode } from '../../src/foundation/index.ts'
import { AttributionPolicy } from '../../src/referrals/index.ts'
import { attributionPolicyArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('AttributionPolicy', AttributionPolicy, attributionPolicyArbitrary)

test('a half-life lasts, and somebody has weight where there are two touches', () => {
  const of = (model: object) =>
    decode(AttributionPolicy, { model, window: { amount: 30, unit: 'day' }, cookieLife: null })._tag
  expect(of({ type: 'timeDecay', halfLife: { amount: 0, unit: 'day' } })).toBe('Left')
  expect(of({ type: 'timeDecay', halfLife: { amount: 1, unit: 'day' } })).toBe('Right')
  expect(of({ type: 'positionWeighted', first: 0, middle: 1, last: 0 })).toBe('Left')
  expect(of({ type: 'positionWeighted', first: 0, middle: 1, last: 1 })).toBe('Right')
})
