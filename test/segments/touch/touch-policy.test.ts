import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, formatError } from '../../../src/foundation/index.ts'
import { type TouchPolicy, touchPolicyCodec } from '../../../src/segments/index.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { policy, vocabulary } from './shop-policy.ts'

const codec = touchPolicyCodec(vocabulary)

const policyArbitrary: fc.Arbitrary<TouchPolicy> = fc
  .tuple(fc.subarray([...policy.rules], { maxLength: 2 }), fc.subarray([...policy.caps]), fc.boolean())
  .map(([rules, caps, held]) => ({
    ...policy,
    rules,
    caps,
    holdout: held ? { salt: 'x', share: 0.1 } : null,
  }))

codecLaws('TouchPolicy', codec, policyArbitrary)

describe('a policy of touches', () => {
  const faults = (input: object) => {
    const found = decode(codec, { ...policy, ...input })
    return found._tag === 'Left' ? formatError(found.left) : 'fine'
  }
  const [first] = policy.rules

  test('is refused with repeated ids, windows that end before they begin, and conditions on unknown fields', () => {
    expect(faults({})).toBe('fine')
    expect(faults({ rules: [first, first] })).toContain('rules[1].id')
    expect(faults({ suppressions: [...policy.suppressions, ...policy.suppressions] })).toContain('suppressions[1].id')
    expect(faults({ rules: [{ ...first, fromHours: 5, untilHours: 5 }] })).toContain('rules[0].untilHours')
    expect(faults({ rules: [{ ...first, when: { field: 'mood', is: true } }] })).toContain('rules[0].when.field')
  })
})
