import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  comparePairedAnswers,
  NpsMoves,
  netPromoterScoreOfCounts,
  npsMovesMonoid,
  summariseAnswerPairs,
} from '../../src/feedback/index.ts'
import { formatPath, unwrap } from '../../src/foundation/index.ts'
import { mean, standardDeviation, studentUpperTail } from '../../src/statistics/index.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const answer = fc.integer({ min: 0, max: 10 })
const pairsArbitrary = fc.array(fc.tuple(answer, answer), { minLength: 2, maxLength: 30 })
const movesArbitrary: fc.Arbitrary<NpsMoves> = fc
  .array(fc.nat({ max: 20 }), { minLength: 9, maxLength: 9 })
  .map((moves) => ({ moves }))
const signOf = (value: number): number => {
  if (value <= 6) return -1
  return value <= 8 ? 0 : 1
}
const summarise = (pairs: ReadonlyArray<readonly [number, number]>) =>
  unwrap(
    summariseAnswerPairs(
      pairs.map(([before]) => before),
      pairs.map(([, after]) => after),
    ),
  )

describe('comparePairedAnswers', () => {
  test('is the t test of each respondent’s difference', () => {
    fc.assert(
      fc.property(pairsArbitrary, (pairs) => {
        const differences = pairs.map(([before, after]) => signOf(after) - signOf(before))
        const found = unwrap(comparePairedAnswers(summarise(pairs)))
        const error = unwrap(standardDeviation(differences)) / Math.sqrt(pairs.length)
        expect(found.difference).toBeCloseTo(100 * unwrap(mean(differences)), 9)
        expect(found.standardError).toBeCloseTo(100 * error, 9)
        expect(found.improved).toBe(differences.filter((by) => by > 0).length)
        expect(found.worsened).toBe(differences.filter((by) => by < 0).length)
        expect(found.degenerate).toBe(found.t === null)
        if (found.t === null) return
        const tail = unwrap(studentUpperTail(Math.abs(unwrap(mean(differences)) / error), pairs.length - 1))
        expect(found.p).toBeCloseTo(2 * tail, 9)
        expect(found.lower).toBeLessThanOrEqual(found.difference)
        expect(found.upper).toBeGreaterThanOrEqual(found.difference)
      }),
    )
  })

  test('has the counts of both waves', () => {
    fc.assert(
      fc.property(pairsArbitrary, (pairs) => {
        const { before, after, difference } = unwrap(comparePairedAnswers(summarise(pairs)))
        const scoreOf = (counts: typeof before): number => unwrap(netPromoterScoreOfCounts(counts)).score
        expect(before.promoters).toBe(pairs.filter(([value]) => value >= 9).length)
        expect(after.detractors).toBe(pairs.filter(([, value]) => value <= 6).length)
        expect(scoreOf(after) - scoreOf(before)).toBeCloseTo(difference, 9)
      }),
    )
  })

  test('is surer than separate samples where people repeat themselves', () => {
    const steady = summarise([...Array<readonly [number, number]>(40).fill([9, 9]), [3, 3], [3, 9], [2, 2], [7, 8]])
    const { standardError, unpairedStandardError } = unwrap(comparePairedAnswers(steady))
    expect(standardError).toBeLessThan(unpairedStandardError / 2)
  })

  test('has a typed fault for what makes no sense', () => {
    const pathsOf = (result: { _tag: string; left?: ReadonlyArray<{ path: ReadonlyArray<string | number> }> }) =>
      (result.left ?? []).map(({ path }) => formatPath(path))
    expect(pathsOf(summariseAnswerPairs([1, 11, 3], [1, 2, 7.5]))).toEqual(['before[1]', 'after[2]'])
    expect(pathsOf(summariseAnswerPairs([1], [1, 2]))).toEqual(['after'])
    expect(comparePairedAnswers(npsMovesMonoid.empty, { confidence: 0 })).toMatchObject({
      left: [{ _tag: 'EmptySample' }, { _tag: 'OutOfRange', path: ['confidence'] }],
    })
    expect(pathsOf(comparePairedAnswers({ moves: [1, -1] }))).toEqual(['moves[1]', 'moves'])
  })
})

describe('npsMovesMonoid', () => {
  monoidLaws('npsMovesMonoid', npsMovesMonoid, movesArbitrary)

  test('a summarised split is the summary of the whole', () => {
    fc.assert(
      fc.property(pairsArbitrary, fc.nat({ max: 30 }), (pairs, cut) => {
        expect(npsMovesMonoid.concat(summarise(pairs.slice(0, cut)), summarise(pairs.slice(cut)))).toEqual(
          summarise(pairs),
        )
      }),
    )
  })
})

codecLaws('NpsMoves', NpsMoves, movesArbitrary)
