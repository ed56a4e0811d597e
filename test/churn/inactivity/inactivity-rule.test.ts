import { describe, expect, test } from 'vitest'
import { InactivityRule, standardInactivityRule } from '../../../src/churn/index.ts'
import { decode, formatPath } from '../../../src/foundation/index.ts'
import { inactivityRuleArbitrary } from '../../arbitraries/churn.ts'
import { codecLaws } from '../../laws/codec-laws.ts'

codecLaws('InactivityRule', InactivityRule, inactivityRuleArbitrary)

describe('InactivityRule', () => {
  const pathsOf = (rule: unknown): ReadonlyArray<string> => {
    const result = decode(InactivityRule, rule)
    return result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
  }

  test('refuses thresholds of which the later comes first, defaults included', () => {
    expect(pathsOf(standardInactivityRule)).toEqual([])
    expect(pathsOf({ type: 'ownRhythm', atRiskMultiple: 4 })).toEqual(['churnedMultiple'])
    expect(pathsOf({ type: 'ownRhythm', churnedMultiple: 1.5 })).toEqual(['churnedMultiple'])
    expect(pathsOf({ type: 'ownQuantile', churnedMultiple: 0.5 })).toEqual(['churnedMultiple'])
    expect(pathsOf({ type: 'ownQuantile', atRiskMultiple: 3 })).toEqual(['churnedMultiple'])
    expect(pathsOf({ type: 'fixedDays', atRiskDays: 90, churnedDays: 60 })).toEqual(['churnedDays'])
    expect(pathsOf({ type: 'ownRhythm', fallback: { type: 'fixedDays', atRiskDays: 90, churnedDays: 60 } })).toEqual([
      'fallback.churnedDays',
    ])
  })

  test('refuses numbers beyond any use', () => {
    expect(pathsOf({ type: 'ownQuantile', probability: 1.5, minimumGaps: 0 })).toEqual(
      expect.arrayContaining(['probability', 'minimumGaps']),
    )
    expect(pathsOf({ type: 'ownRhythm', churnedMultiple: 51 })).toEqual(['churnedMultiple'])
    expect(pathsOf({ type: 'fixedDays', atRiskDays: 0, churnedDays: 36_526 })).toEqual(['atRiskDays', 'churnedDays'])
    expect(pathsOf({ type: 'never' })).toEqual(['type'])
  })
})
