import { describe, expect, test } from 'vitest'
import { decode } from '../../src/foundation/index.ts'
import {
  Benefit,
  Ladder,
  Metric,
  QualificationPeriod,
  StatusOffer,
  Threshold,
  TierPolicy,
  TierValidity,
} from '../../src/tiers/index.ts'
import {
  anyLadderArbitrary,
  anyMetricArbitrary,
  anyThresholdArbitrary,
  benefitArbitrary,
  offerArbitrary,
} from '../arbitraries/tiers.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { gold } from './ladders.ts'

codecLaws('Ladder', Ladder, anyLadderArbitrary)
codecLaws('Metric', Metric, anyMetricArbitrary)
codecLaws('Threshold', Threshold, anyThresholdArbitrary)
codecLaws('Benefit', Benefit, benefitArbitrary)
codecLaws('StatusOffer', StatusOffer, offerArbitrary)
codecLaws(
  'TierPolicy',
  TierPolicy,
  anyLadderArbitrary.map(({ policy = {} }) => policy),
)
codecLaws(
  'TierValidity',
  TierValidity,
  anyLadderArbitrary.map(({ validity }) => validity),
)
codecLaws(
  'QualificationPeriod',
  QualificationPeriod,
  anyLadderArbitrary.map(({ period }) => period),
)

describe('Ladder', () => {
  test('a ladder has tiers, and metrics', () => {
    const json = Ladder.encode(gold) as object
    expect(decode(Ladder, json)).toEqual({ _tag: 'Right', right: gold })
    expect(decode(Ladder, { ...json, tiers: [] })._tag).toBe('Left')
    expect(decode(Ladder, { ...json, metrics: [] })._tag).toBe('Left')
  })

  test('thresholds shared into a huge tree are refused, not walked', () => {
    let threshold: unknown = { type: 'count', metric: 'points', atLeast: 1 }
    for (let level = 0; level < 60; level += 1) threshold = { type: 'all', of: [threshold, threshold] }
    expect(decode(Threshold, threshold)._tag).toBe('Left')
  })
})
