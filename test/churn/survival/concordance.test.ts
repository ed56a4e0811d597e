import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concordanceOf } from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { coxDataArbitrary } from '../../arbitraries/survival.ts'

const rowsOf = (data: Parameters<typeof concordanceOf>[0], scores: ArrayLike<number>) =>
  Array.from({ length: data.times.length }, (_, row) => ({
    time: data.times[row] ?? 0,
    entry: data.entries?.[row] ?? 0,
    ended: data.ended[row] === true,
    weight: data.weights?.[row] ?? 1,
    stratum: data.strata?.[row] ?? '',
    score: scores[row] ?? 0,
  }))

type Row = ReturnType<typeof rowsOf>[number]

const stayedLonger = (first: Row, second: Row): boolean => {
  const isWatched = second.entry < first.time || second.entry === 0
  return isWatched && (second.time > first.time || (second.time === first.time && !second.ended))
}

/** Each pair of which it is known who left first, one by one. */
const slowPairs = (data: ReturnType<typeof rowsOf>) =>
  data.flatMap((first, at) =>
    data.flatMap((second, other) => {
      const isPair = at !== other && first.ended && first.stratum === second.stratum && stayedLonger(first, second)
      const pair = { at, other, weight: first.weight * second.weight, sign: Math.sign(first.score - second.score) }
      return isPair ? [pair] : []
    }),
  )

test('pairs, their share and its error are those counted one by one', () => {
  fc.assert(
    fc.property(coxDataArbitrary, (data) => {
      const scores = data.covariates[0]?.values ?? []
      const pairs = slowPairs(rowsOf(data, scores))
      const result = concordanceOf(data, scores)
      const total = pairs.reduce((sum, { weight }) => sum + weight, 0)
      if (total === 0) {
        expect(result._tag).toBe('Left')
        return
      }
      const { concordance, standardError, concordant, discordant, tiedScores } = unwrap(result)
      const of = (sign: number) =>
        pairs.filter((pair) => pair.sign === sign).reduce((sum, { weight }) => sum + weight, 0)
      expect([concordant, discordant, tiedScores]).toEqual([of(1), of(-1), of(0)])
      const share = (of(1) + of(0) / 2) / total
      expect(concordance).toBeCloseTo(share, 12)
      const influence = new Float64Array(data.times.length)
      for (const { at, other, weight, sign } of pairs) {
        const part = (weight * ((sign + 1) / 2 - share)) / total
        influence[at] = (influence[at] ?? 0) + part
        influence[other] = (influence[other] ?? 0) + part
      }
      expect(standardError).toBeCloseTo(Math.hypot(...influence), 12)
    }),
  )
})

test('scores the other way round have the share from the other end; only their order matters', () => {
  fc.assert(
    fc.property(coxDataArbitrary, (data) => {
      const scores = Array.from(data.covariates[1]?.values ?? [])
      const [there, back] = [
        concordanceOf(data, scores),
        concordanceOf(
          data,
          scores.map((score) => -score),
        ),
      ]
      if (there._tag === 'Left' || back._tag === 'Left') return
      expect(there.right.concordance).toBeCloseTo(1 - back.right.concordance, 12)
      const order = scores.map((score) => scores.filter((other) => other < score).length)
      expect(unwrap(concordanceOf(data, order))).toEqual(there.right)
    }),
  )
})

test('faults', () => {
  const paths = (result: ReturnType<typeof concordanceOf>) =>
    result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`) : []
  expect(paths(concordanceOf({ times: [1, 2], ended: [1, 0], weights: [1, -1] }, [1, Number.NaN]))).toEqual([
    'InvalidValue weights.1',
    'InvalidValue scores.1',
  ])
  expect(paths(concordanceOf({ times: [1, 2], ended: [1, 0] }, [1]))).toEqual(['InvalidValue scores.length'])
  expect(paths(concordanceOf({ times: [1, 2], ended: [0, 0] }, [1, 2]))).toEqual(['EmptySample ended'])
  expect(paths(concordanceOf({ times: [1, 2], ended: [0, 1] }, [1, 2]))).toEqual(['ZeroDenominator '])
})
