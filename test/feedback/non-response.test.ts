import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { netPromoterScoreOfCounts, nonResponseBounds } from '../../src/feedback/index.ts'
import { unwrap } from '../../src/foundation/index.ts'
import { fewNpsCountsArbitrary } from '../arbitraries/feedback.ts'

describe('nonResponseBounds', () => {
  test('contain whatever the silent ones would have answered, and are met', () => {
    const share = fc.nat({ max: 9 })
    fc.assert(
      fc.property(fewNpsCountsArbitrary, share, share, share, (counts, detractors, passives, promoters) => {
        const scoreWith = (d: number, n: number, p: number): number =>
          unwrap(
            netPromoterScoreOfCounts({
              detractors: counts.detractors + d,
              passives: counts.passives + n,
              promoters: counts.promoters + p,
            }),
          ).score
        const silent = detractors + passives + promoters
        const bounds = unwrap(nonResponseBounds(counts, silent))
        const truth = scoreWith(detractors, passives, promoters)
        expect(bounds.lower).toBeLessThanOrEqual(truth + 1e-9)
        expect(bounds.upper).toBeGreaterThanOrEqual(truth - 1e-9)
        expect(bounds.lower).toBeCloseTo(scoreWith(silent, 0, 0), 9)
        expect(bounds.ifPassive).toBeCloseTo(scoreWith(0, silent, 0), 9)
        expect(bounds.upper).toBeCloseTo(scoreWith(0, 0, silent), 9)
      }),
    )
  })

  test('reports all faults', () => {
    const none = { detractors: 0, passives: 0, promoters: 0 }
    expect(nonResponseBounds(none, -1)).toMatchObject({
      left: [
        { _tag: 'EmptySample', path: ['counts'] },
        { _tag: 'InvalidValue', path: ['silent'] },
      ],
    })
  })
})
