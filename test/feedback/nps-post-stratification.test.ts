import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { netPromoterScoreOfCounts, postStratifiedNetPromoterScore } from '../../src/feedback/index.ts'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import { fewNpsCountsArbitrary } from '../arbitraries/feedback.ts'

const strataArbitrary = fc.array(
  fc.record({ counts: fewNpsCountsArbitrary, size: fc.double({ min: 0.01, max: 1000, noNaN: true }) }),
  { minLength: 1, maxLength: 5 },
)
const named = <A>(list: ReadonlyArray<A>): ReadonlyArray<A & { readonly stratum: string }> =>
  list.map((one, at) => ({ ...one, stratum: `stratum-${at}` }))

describe('postStratifiedNetPromoterScore', () => {
  test('is the mean of the strata by the shares of the population', () => {
    fc.assert(
      fc.property(strataArbitrary, (list) => {
        const strata = named(list)
        const total = strata.reduce((sum, { size }) => sum + size, 0)
        const expected = strata.reduce(
          (sum, { size, counts }) => sum + (size / total) * unwrap(netPromoterScoreOfCounts(counts)).score,
          0,
        )
        const found = unwrap(postStratifiedNetPromoterScore(strata, [...strata].reverse()))
        expect(found.score).toBeCloseTo(expected, 8)
        expect(found.effectiveAnswers).toBeLessThanOrEqual(found.answers * (1 + 1e-9))
        expect(found.strata.reduce((sum, { populationShare }) => sum + populationShare, 0)).toBeCloseTo(1, 12)
      }),
    )
  })

  test('changes nothing where strata answered by their shares', () => {
    fc.assert(
      fc.property(fc.array(fewNpsCountsArbitrary, { minLength: 1, maxLength: 5 }), (list) => {
        const strata = named(
          list.map((counts) => ({ counts, size: counts.detractors + counts.passives + counts.promoters })),
        )
        const found = unwrap(postStratifiedNetPromoterScore(strata, strata))
        expect(found.score).toBeCloseTo(found.unweightedScore, 9)
        expect(found.designEffect).toBeCloseTo(1, 9)
      }),
    )
  })

  test('names strata that are unknown, silent or repeated', () => {
    const counts = { detractors: 1, passives: 1, promoters: 1 }
    const result = postStratifiedNetPromoterScore(
      [
        { stratum: 'a', size: 1 },
        { stratum: 'b', size: 0 },
        { stratum: 'a', size: 1 },
      ],
      [
        { stratum: 'a', counts },
        { stratum: 'c', counts },
        { stratum: 'c', counts: { ...counts, passives: -1 } },
      ],
      { confidence: 1 },
    )
    expect(result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${formatPath(path)}`) : []).toEqual([
      'InvalidValue population[2].stratum',
      'InvalidValue answers[2].stratum',
      'OutOfRange population[1].size',
      'EmptySample population[1]',
      'UnknownStratum answers[1].stratum',
      'UnknownStratum answers[2].stratum',
      'InvalidValue answers[2].counts.passives',
      'OutOfRange confidence',
    ])
    expect(postStratifiedNetPromoterScore([], [])).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  })

  test('says of strata whose answers are all alike that nothing is known of the error', () => {
    const counts = { detractors: 0, passives: 0, promoters: 3 }
    const strata = named([{ counts, size: 1 }])
    expect(unwrap(postStratifiedNetPromoterScore(strata, strata))).toMatchObject({ score: 100, degenerate: true })
  })
})
