import { expect, test } from 'vitest'
import { Touch, TouchId } from '../../src/referrals/index.ts'
import { idArbitrary } from '../arbitraries/foundation.ts'
import { touchArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

codecLaws('Touch', Touch, touchArbitrary)
codecLaws('TouchId', TouchId, idArbitrary(TouchId))

test('an id is not empty', () => {
  expect(TouchId.is('')).toBe(false)
})
