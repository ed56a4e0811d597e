import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type NpsCounts,
  type NpsOptions,
  netPromoterScore,
  netPromoterScoreOfCounts,
  summariseAnswers,
  summariseHistogram,
} from '../../src/feedback/index.ts'
import { unwrap } from '../../src/foundation/index.ts'
import { answersArbitrary, npsCountsArbitrary } from '../arbitraries/feedback.ts'

const optionsArbitrary: fc.Arbitrary<NpsOptions> = fc.record({
  confidence: fc.constantFrom(0.5, 0.8, 0.9, 0.95, 0.99),
  interval: fc.constantFrom('adjustedWald', 'wald'),
})
const of = (counts: NpsCounts, options: NpsOptions = {}) => unwrap(netPromoterScoreOfCounts(counts, options))
const signOf = (answer: number | null): ReadonlyArray<number> => {
  if (answer === null) return []
  if (answer <= 6) return [-1]
  return answer <= 8 ? [0] : [1]
}
const zeros = Array<number>(11).fill(0)

describe('netPromoterScore', () => {
  test('is 100 times the mean of −1, 0 and 1', () => {
    fc.assert(
      fc.property(answersArbitrary, (answers) => {
        const signs = answers.flatMap(signOf)
        const result = netPromoterScore(unwrap(summariseAnswers(answers)))
        if (signs.length === 0) {
          expect(result).toMatchObject({ left: { _tag: 'EmptySample' } })
          return
        }
        const centre = signs.reduce((sum, sign) => sum + sign, 0) / signs.length
        const variance = signs.reduce((sum, sign) => sum + (sign - centre) ** 2, 0) / signs.length
        const nps = unwrap(result)
        expect(nps.score).toBeCloseTo(100 * centre, 10)
        expect(nps.variance).toBeCloseTo(variance, 12)
        expect(nps.answers).toBe(signs.length)
        expect(nps.promoterShare + nps.passiveShare + nps.detractorShare).toBeCloseTo(1, 12)
      }),
    )
  })

  test('stays between −100 and 100, and its variance between 0 and 1', () => {
    fc.assert(
      fc.property(npsCountsArbitrary, (counts) => {
        const { score, variance } = of(counts)
        expect(Math.abs(score)).toBeLessThanOrEqual(100)
        expect(variance).toBeGreaterThanOrEqual(0)
        expect(variance).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('changes its sign, and its interval too, when promoters and detractors are swapped', () => {
    fc.assert(
      fc.property(npsCountsArbitrary, optionsArbitrary, (counts, options) => {
        const { detractors, passives, promoters } = counts
        const one = of(counts, options)
        const other = of({ detractors: promoters, passives, promoters: detractors }, options)
        expect(other.score).toBeCloseTo(-one.score, 10)
        expect(other.interval.lower).toBeCloseTo(-one.interval.upper, 10)
        expect(other.interval.upper).toBeCloseTo(-one.interval.lower, 10)
      }),
    )
  })

  test('never falls when one answer moves up', () => {
    const moveUp = (answer: number | null): number | null => (answer === null ? null : Math.min(answer + 1, 10))
    fc.assert(
      fc.property(answersArbitrary, fc.nat({ max: 39 }), (answers, at) => {
        fc.pre(answers.some((answer) => answer !== null))
        const moved = answers.map((answer, index) => (index === at ? moveUp(answer) : answer))
        const scoreOf = (list: typeof answers): number => unwrap(netPromoterScore(unwrap(summariseAnswers(list)))).score
        expect(scoreOf(moved)).toBeGreaterThanOrEqual(scoreOf(answers))
      }),
    )
  })

  test('nps.trap.nullNotPassive: one who left the question out is no passive', () => {
    const nps = unwrap(netPromoterScore(unwrap(summariseAnswers([10, 10, null, 0], { dismissed: 1 }))))
    expect(nps).toMatchObject({ answers: 3, missing: 1, dismissed: 1 })
    expect(nps.score).toBeCloseTo(100 / 3, 12)
  })

  test('has a typed fault for each input that makes no sense', () => {
    const summary = unwrap(summariseHistogram(zeros))
    expect(netPromoterScore(summary)).toMatchObject({ left: { _tag: 'EmptySample' } })
    const one = unwrap(summariseAnswers([7]))
    for (const confidence of [0, 1, -0.5, 1.5, Number.NaN]) {
      expect(netPromoterScore(one, { confidence })).toMatchObject({
        left: { _tag: 'OutOfRange', path: ['confidence'] },
      })
    }
    const breaks = { detractorMaximum: 8, passiveMaximum: 6, scaleMaximum: 10 }
    expect(netPromoterScore(one, { breaks })).toMatchObject({ left: { _tag: 'InvalidValue', path: ['breaks'] } })
    expect(netPromoterScore({ ...one, histogram: [Number.NaN] })).toMatchObject({ left: { path: ['histogram', 0] } })
    const long = unwrap(summariseAnswers([12], { scaleMaximum: 15 }))
    expect(netPromoterScore(long)).toMatchObject({ left: { _tag: 'InvalidValue', path: ['histogram', 12] } })
    expect(netPromoterScoreOfCounts({ detractors: 1, passives: -1, promoters: 0 })).toMatchObject({
      left: { _tag: 'InvalidValue', path: ['passives'] },
    })
  })
})

describe('the interval', () => {
  test('nps.ci.delighted.20: adjusted Wald unless asked otherwise, with the raw score beside it', () => {
    const counts = { detractors: 5, passives: 5, promoters: 10 }
    const { score, interval } = of(counts)
    expect(score).toBe(25)
    expect(interval.method).toBe('adjustedWald')
    expect(interval.confidence).toBe(0.95)
    expect(interval.centre).toBeCloseTo(21.73913043478261, 10)
    expect(interval.lower).toBeCloseTo(-11.716133214559907, 10)
    expect(interval.upper).toBeCloseTo(55.1943940841251, 10)
    expect(of(counts, { interval: 'wald' }).interval.upper).toBeCloseTo(61.33870484226984, 10)
  })

  test('ten promoters: the upper bound is clamped to 100, and given unclamped', () => {
    const { interval } = of({ detractors: 0, passives: 0, promoters: 10 })
    expect(interval.upper).toBe(100)
    expect(interval.unclamped.upper).toBeCloseTo(106.3, 1)
  })

  test('says of Wald intervals of answers that are all alike that they say nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.constantFrom(0, 1, 2), (n, which) => {
        const counts = {
          detractors: which === 0 ? n : 0,
          passives: which === 1 ? n : 0,
          promoters: which === 2 ? n : 0,
        }
        const wald = of(counts, { interval: 'wald' }).interval
        expect(wald.degenerate).toBe(true)
        expect(wald.upper).toBe(wald.lower)
        const adjusted = of(counts).interval
        expect(adjusted.degenerate).toBe(false)
        expect(adjusted.upper).toBeGreaterThan(adjusted.lower)
      }),
    )
  })

  test('contains its centre, widens with confidence, and shrinks when every count grows tenfold', () => {
    fc.assert(
      fc.property(npsCountsArbitrary, optionsArbitrary, (counts, options) => {
        const widthOf = ({ interval: { unclamped } }: ReturnType<typeof of>): number =>
          unclamped.upper - unclamped.lower
        const found = of(counts, options)
        expect(found.interval.lower).toBeLessThanOrEqual(found.interval.centre)
        expect(found.interval.upper).toBeGreaterThanOrEqual(found.interval.centre)
        expect(found.interval.lower).toBeGreaterThanOrEqual(-100)
        expect(found.interval.upper).toBeLessThanOrEqual(100)
        expect(widthOf(of(counts, { ...options, confidence: 0.999 }))).toBeGreaterThanOrEqual(widthOf(found))
        const tenfold = {
          detractors: counts.detractors * 10,
          passives: counts.passives * 10,
          promoters: counts.promoters * 10,
        }
        expect(widthOf(of(tenfold, { ...options, interval: 'wald' }))).toBeLessThanOrEqual(
          widthOf(of(counts, { ...options, interval: 'wald' })),
        )
      }),
    )
  })
})
