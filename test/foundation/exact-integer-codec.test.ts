import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, ExactIntegerText } from '../../src/foundation/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const exactIntegerArbitrary = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 10n ** 39n }).chain((large) => fc.constantFrom(large, -large)),
)

codecLaws(
  'ExactIntegerText',
  ExactIntegerText,
  exactIntegerArbitrary.map((value) => (value === 0 ? 0 : value)),
)

test('what is no integer, or written in another way, is refused', () => {
  for (const text of ['', '+1', '-0', '01', '1e3', '1.0', ' 1', '1'.repeat(41), 1]) {
    expect(decode(ExactIntegerText, text)._tag).toBe('Left')
  }
})
