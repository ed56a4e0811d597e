import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNetPromoterScores, type NpsWave, netPromoterScoreOfCounts, npsTrend } from '../../src/feedback/index.ts'
import { unwrap } from '../../src/foundation/index.ts'
import { normalQuantile } from '../../src/statistics/index.ts'
import { fewNpsCountsArbitrary } from '../arbitraries/feedback.ts'

const wavesArbitrary: fc.Arbitrary<ReadonlyArray<NpsWave>> = fc
  .array(fewNpsCountsArbitrary, { minLength: 1, maxLength: 8 })
  .map((list) => list.map((counts, at) => ({ label: `wave ${at}`, counts })))

describe('npsTrend', () => {
  test('has each wave as it is alone, and compares it with the one before', () => {
    fc.assert(
      fc.property(wavesArbitrary, (waves) => {
        const { points } = unwrap(npsTrend(waves))
        expect(points.map(({ label }) => label)).toEqual(waves.map(({ label }) => label))
        points.forEach((point, at) => {
          const [before, wave] = [waves[at - 1], waves[at]]
          if (wave === undefined) throw new Error('no wave')
          const alone = unwrap(netPromoterScoreOfCounts(wave.counts))
          expect(point.score).toBe(alone.score)
          expect(point.interval).toEqual(alone.interval)
          const change = before === undefined ? null : unwrap(compareNetPromoterScores(before.counts, wave.counts))
          expect(point.change).toEqual(change)
        })
      }),
    )
  })

  test('a change as large as the detectable one is found with the power asked for', () => {
    const counts = { detractors: 100, passives: 100, promoters: 200 }
    const waves = [
      { label: 'a', counts },
      { label: 'b', counts },
    ]
    for (const power of [0.5, 0.8, 0.95]) {
      const point = unwrap(npsTrend(waves, { power, method: 'wald' })).points[1]
      const error = point?.change?.standardError ?? Number.NaN
      // Above 1.96 standard errors is found; how often is that, if the truth is as far off as the detectable change?
      const beyond = Number(point?.detectableChange) / error - unwrap(normalQuantile(0.975))
      expect(beyond).toBeCloseTo(unwrap(normalQuantile(power)), 9)
    }
  })

  test('finds a slope where scores rise by the same step, and none in one wave', () => {
    const waves = [40, 50, 60, 70].map((promoters, at) => ({
      label: `${at}`,
      counts: { detractors: 100 - promoters, passives: 0, promoters },
    }))
    const { slope } = unwrap(npsTrend(waves, { method: 'wald' }))
    expect(slope?.pointsPerWave).toBeCloseTo(20, 0)
    expect(slope?.p).toBeLessThan(1e-4)
    expect(unwrap(npsTrend(waves.slice(0, 1))).slope).toBeNull()
    const alike = [1, 2].map((at) => ({ label: `${at}`, counts: { detractors: 0, passives: 3, promoters: 0 } }))
    expect(unwrap(npsTrend(alike, { method: 'wald' })).slope).toBeNull()
  })

  test('of two waves the slope is their difference, with its p', () => {
    fc.assert(
      fc.property(fewNpsCountsArbitrary, fewNpsCountsArbitrary, (first, second) => {
        const waves = [
          { label: 'a', counts: first },
          { label: 'b', counts: second },
        ]
        const { slope } = unwrap(npsTrend(waves))
        const change = unwrap(compareNetPromoterScores(first, second))
        expect(slope?.pointsPerWave).toBeCloseTo(change.centre, 8)
        expect(slope?.standardError).toBeCloseTo(change.standardError, 8)
      }),
    )
  })

  test('reports all faults', () => {
    const none = { detractors: 0, passives: 0, promoters: 0 }
    expect(npsTrend([], { power: 1, confidence: 0 })).toMatchObject({
      left: [{ path: ['waves'] }, { path: ['confidence'] }, { path: ['power'] }],
    })
    expect(npsTrend([{ label: 'a', counts: none }])).toMatchObject({ left: [{ path: ['waves', 0, 'counts'] }] })
  })
})
