import { expect, test } from 'vitest'
import { LifecycleRule } from '../../../src/churn/index.ts'
import { decode } from '../../../src/foundation/index.ts'
import { lifecycleRuleArbitrary } from '../../arbitraries/churn.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

codecLaws('LifecycleRule', LifecycleRule, lifecycleRuleArbitrary)

test('LifecycleRule: refuses an end before the risk, defaults included', () => {
  expect(decode(LifecycleRule, { type: 'populationQuantile', atRiskMultiple: 3 })).toMatchObject({
    left: [{ path: ['churnedMultiple'] }],
  })
  expect(decode(LifecycleRule, { type: 'populationQuantile', churnedMultiple: 1 })._tag).toBe('Right')
})
