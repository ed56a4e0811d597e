import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  netPromoterScore,
  summariseAnswers,
  type WeightedAnswer,
  weightedNetPromoterScore,
} from '../../src/feedback/index.ts'
import { formatPath, unwrap } from '../../src/foundation/index.ts'

const answersArbitrary: fc.Arbitrary<ReadonlyArray<WeightedAnswer>> = fc.array(
  fc.record({ answer: fc.integer({ min: 0, max: 10 }), weight: fc.integer({ min: 1, max: 50 }) }),
  { minLength: 1, maxLength: 30 },
)

describe('weightedNetPromoterScore', () => {
  test('with equal weights is the score with its Wald interval', () => {
    fc.assert(
      fc.property(answersArbitrary, fc.integer({ min: 1, max: 9 }), (answers, weight) => {
        const found = unwrap(weightedNetPromoterScore(answers.map(({ answer }) => ({ answer, weight }))))
        const summary = unwrap(summariseAnswers(answers.map(({ answer }) => answer)))
        const plain = unwrap(netPromoterScore(summary, { interval: 'wald' }))
        expect(found.score).toBeCloseTo(plain.score, 9)
        expect(found.effectiveAnswers).toBeCloseTo(answers.length, 9)
        expect(found.designEffect).toBeCloseTo(1, 9)
        expect(found.unclamped.lower).toBeCloseTo(plain.interval.unclamped.lower, 5)
      }),
    )
  })

  test('with whole weights has the score of repeated answers, of fewer effective ones', () => {
    fc.assert(
      fc.property(answersArbitrary, (answers) => {
        const found = unwrap(weightedNetPromoterScore(answers))
        const repeated = answers.flatMap(({ answer, weight }) => Array<number>(weight).fill(answer))
        const plain = unwrap(netPromoterScore(unwrap(summariseAnswers(repeated))))
        expect(found.score).toBeCloseTo(plain.score, 9)
        expect(found.variance).toBeCloseTo(plain.variance, 9)
        expect(found.effectiveAnswers).toBeLessThanOrEqual(answers.length + 1e-9)
        expect(found.lower).toBeGreaterThanOrEqual(-100)
        expect(found.upper).toBeLessThanOrEqual(100)
      }),
    )
  })

  test('does not change when all weights do alike', () => {
    fc.assert(
      fc.property(answersArbitrary, fc.constantFrom(0.001, 7, 1e6), (answers, by) => {
        const scaled = answers.map(({ answer, weight }) => ({ answer, weight: weight * by }))
        const [one, other] = [unwrap(weightedNetPromoterScore(answers)), unwrap(weightedNetPromoterScore(scaled))]
        expect(other.score).toBeCloseTo(one.score, 9)
        expect(other.standardError).toBeCloseTo(one.standardError, 6)
      }),
    )
  })

  test('reports all faults', () => {
    const tagsOf = (result: ReturnType<typeof weightedNetPromoterScore>) =>
      result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${formatPath(path)}`) : []
    expect(
      tagsOf(
        weightedNetPromoterScore(
          [
            { answer: 11, weight: 1 },
            { answer: 3, weight: -1 },
            { answer: 3, weight: Number.NaN },
          ],
          { confidence: 0 },
        ),
      ),
    ).toEqual(['InvalidValue [0].answer', 'OutOfRange [1].weight', 'OutOfRange [2].weight', 'OutOfRange confidence'])
    expect(tagsOf(weightedNetPromoterScore([]))).toEqual(['EmptySample '])
    expect(tagsOf(weightedNetPromoterScore([{ answer: 3, weight: 0 }]))).toEqual(['ZeroDenominator weight'])
  })
})
