import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CapRoom, EarningContext, EarningFacts, MilestoneProgress } from '../../src/earning/index.ts'
import { CapId, decode, RuleId } from '../../src/foundation/index.ts'
import { idArbitrary, textArbitrary } from '../arbitraries/foundation.ts'
import { contextArbitrary } from '../arbitraries/staged-earning.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const fact = fc.oneof(textArbitrary, fc.boolean(), fc.maxSafeInteger(), fc.array(textArbitrary, { maxLength: 3 }))

codecLaws('EarningContext', EarningContext, contextArbitrary)
codecLaws('EarningFacts', EarningFacts, fc.dictionary(textArbitrary, fact, { maxKeys: 4, noNullPrototype: true }))
codecLaws('CapRoom', CapRoom, fc.record({ cap: idArbitrary(CapId), room: fc.maxSafeNat() }))
codecLaws(
  'MilestoneProgress',
  MilestoneProgress,
  fc.record({ rule: idArbitrary(RuleId), counted: fc.maxSafeNat(), paid: fc.maxSafeNat() }),
)

test('a fact is an integer, a text, true or false, or texts', () => {
  for (const wrong of [0.5, Number.NaN, null, {}, [1], [['a']], 2 ** 53]) {
    expect(decode(EarningFacts, { wrong })).toMatchObject({ left: [{ path: ['wrong'] }] })
  }
})
