import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNetPromoterScores, netPromoterScoreOfCounts } from '../../src/feedback/index.ts'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import { confidenceArbitrary, fewNpsCountsArbitrary, npsCountsArbitrary } from '../arbitraries/feedback.ts'

const methodArbitrary = fc.constantFrom('adjustedWald' as const, 'wald' as const)

describe('compareNetPromoterScores', () => {
  test('is the second score less the first, and keeps its sign', () => {
    fc.assert(
      fc.property(npsCountsArbitrary, npsCountsArbitrary, methodArbitrary, (first, second, method) => {
        const forth = unwrap(compareNetPromoterScores(first, second, { method }))
        const back = unwrap(compareNetPromoterScores(second, first, { method }))
        const scoreOf = (counts: typeof first): number => unwrap(netPromoterScoreOfCounts(counts)).score
        expect(forth.difference).toBeCloseTo(scoreOf(second) - scoreOf(first), 9)
        expect(back.difference).toBeCloseTo(-forth.difference, 9)
        expect(back.centre).toBeCloseTo(-forth.centre, 9)
        expect(back.lower).toBeCloseTo(-forth.upper, 9)
        expect(back.p ?? -1).toBeCloseTo(forth.p ?? -1, 12)
      }),
    )
  })

  test('excludes 0 from the interval where p is below what the confidence leaves, and only there', () => {
    fc.assert(
      fc.property(fewNpsCountsArbitrary, fewNpsCountsArbitrary, confidenceArbitrary, (first, second, confidence) => {
        const { p, lower, upper } = unwrap(compareNetPromoterScores(first, second, { confidence }))
        fc.pre(p !== null && Math.abs(p - (1 - confidence)) > 1e-9)
        expect(lower > 0 || upper < 0).toBe(Number(p) < 1 - confidence)
      }),
    )
  })

  test('nps.two.zeroVar: no p where nothing varies', () => {
    const passives = { detractors: 0, passives: 5, promoters: 0 }
    const promoters = { detractors: 0, passives: 0, promoters: 5 }
    expect(unwrap(compareNetPromoterScores(passives, promoters, { method: 'wald' }))).toMatchObject({
      difference: 100,
      z: null,
      p: null,
      degenerate: true,
    })
    expect(unwrap(compareNetPromoterScores(passives, promoters)).degenerate).toBe(false)
  })

  test('reports all faults', () => {
    const none = { detractors: 0, passives: 0, promoters: 0 }
    const wrong = { detractors: -1, passives: 0.5, promoters: 1 }
    const result = compareNetPromoterScores(none, wrong, { confidence: 1 })
    expect(result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${formatPath(path)}`) : []).toEqual([
      'EmptySample first',
      'InvalidValue second.detractors',
      'InvalidValue second.passives',
      'OutOfRange confidence',
    ])
  })
})
