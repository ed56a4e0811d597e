import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatInstant, type Instant, type TierId, unwrap, utc } from '../../src/foundation/index.ts'
import {
  assessTier,
  type ClaimId,
  claimTier,
  type Ladder,
  type MetricId,
  nextAssessment,
  type Standing,
} from '../../src/tiers/index.ts'
import { careerArbitrary } from '../arbitraries/tiers.ts'
import { careerOf } from './career.ts'
import { at, earns, gold, member, ofPoints, settled, tier } from './ladders.ts'

const nextOf = (on: Ladder, standing: Standing): string | null => {
  const next = nextAssessment(on, utc, standing)
  return next === null ? null : formatInstant(next)
}

describe('nextAssessment', () => {
  test('the end of the validity; none for the first tier', () => {
    expect(nextOf(gold, member(gold, []))).toBeNull()
    expect(nextOf(gold, member(gold, [['2026-03-10T12:00:00Z', 1000]]))).toBe('2028-01-01T00:00:00Z')
  })

  test('the end of a claim, where it comes first', () => {
    const start = at('2026-06-01T00:00:00Z')
    const claim = {
      id: 'c' as ClaimId,
      kind: 'grant',
      tier: 'gold' as TierId,
      until: at('2026-09-01T00:00:00Z'),
      reason: '',
    } as const
    const given = settled(gold, unwrap(claimTier(gold, utc, member(gold, []), claim, start)), start)
    expect(nextOf(gold, given)).toBe('2026-09-01T00:00:00Z')
  })

  test('the day on which the last so many days no longer keep the tier', () => {
    const on: Ladder = {
      ...gold,
      period: { type: 'rolling', length: { amount: 30, unit: 'day' } },
      validity: { type: 'whileQualified' },
    }
    const some = member(on, [['2026-03-01T12:00:00Z', 500]])
    const more = earns(on, some, at('2026-03-11T12:00:00Z'), 500)
    // 800 are needed: the first 500 count up to 30 March.
    expect(nextOf(on, more)).toBe('2026-03-31T00:00:00Z')
  })

  test('the day on which somebody has been a member for long enough', () => {
    const tenure = 'tenure' as MetricId
    const on: Ladder = {
      ...gold,
      metrics: [{ id: tenure, of: 'tenure', unit: 'month' }],
      tiers: [tier('basic'), { id: 'gold' as TierId, reach: ofPoints(6, tenure) }],
    }
    expect(nextOf(on, member(on, []))).toBe('2026-07-01T00:00:00Z')
  })

  test('nothing changes an instant before it, and something is due at it', () => {
    const never = at('2060-01-01T00:00:00Z')
    fc.assert(
      fc.property(careerArbitrary, (career) => {
        const { ladder: on, zone } = career
        for (const standing of careerOf(career)) {
          const next = nextAssessment(on, zone, standing)
          expect(assessTier(on, zone, standing, ((next ?? never) - 1) as Instant).change).toBe('none')
          expect(assessTier(on, zone, standing, next ?? never).change === 'none').toBe(next === null)
        }
      }),
    )
  })
})
