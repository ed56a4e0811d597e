import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ScoreGroups, scoreGroups, scoreGroupsMonoid } from '../../../src/churn/index.ts'
import { decode, unwrap } from '../../../src/foundation/index.ts'
import { scoredArbitrary } from '../../arbitraries/scores.ts'
import { codecLaws } from '../../laws/codec-laws.ts'
import { monoidLaws } from '../../laws/monoid-laws.ts'

const groupsArbitrary = scoredArbitrary().map((scored) => unwrap(scoreGroups(scored)))

codecLaws('ScoreGroups', ScoreGroups, groupsArbitrary)
monoidLaws('scoreGroupsMonoid', scoreGroupsMonoid, groupsArbitrary)

test('every customer is counted once, in rising order of scores', () => {
  fc.assert(
    fc.property(scoredArbitrary(), ({ scores, outcomes }) => {
      const groups = unwrap(scoreGroups({ scores, outcomes }))
      const distinct = Array.from(new Set(scores)).sort((first, second) => first - second)
      expect(groups).toEqual({
        scores: distinct,
        events: distinct.map((score) => scores.filter((one, row) => one === score && outcomes[row] === true).length),
        others: distinct.map((score) => scores.filter((one, row) => one === score && outcomes[row] === false).length),
      })
    }),
  )
})

test('shards merged are the whole', () => {
  fc.assert(
    fc.property(scoredArbitrary(), fc.nat(), ({ scores, outcomes }, cut) => {
      const at = cut % (scores.length + 1)
      const part = (from: number, until?: number) =>
        unwrap(scoreGroups({ scores: scores.slice(from, until), outcomes: outcomes.slice(from, until) }))
      expect(scoreGroupsMonoid.concat(part(0, at), part(at))).toEqual(unwrap(scoreGroups({ scores, outcomes })))
    }),
  )
})

describe('what cannot be counted', () => {
  const pathsOf = (scores: ReadonlyArray<number>, outcomes: ReadonlyArray<number>) => {
    const result = scoreGroups({ scores, outcomes })
    return result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []
  }

  test('is said row by row', () => {
    expect(pathsOf([Number.NaN, 1, Infinity], [0, 2, 1])).toEqual(['scores.0', 'outcomes.1', 'scores.2'])
    expect(pathsOf([1], [])).toEqual(['outcomes.length'])
  })

  test('−0 and 0 are one score', () => {
    expect(unwrap(scoreGroups({ scores: [-0, 0], outcomes: [1, 0] }))).toEqual({
      scores: [0],
      events: [1],
      others: [1],
    })
  })

  test('groups that don’t rise, are empty or have no counts are not read', () => {
    const pathOf = (value: object) => {
      const result = decode(ScoreGroups, value)
      return result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []
    }
    expect(pathOf({ scores: [1, 1], events: [1, 0], others: [0, 0] })).toEqual(['scores.1', 'others.1'])
    expect(pathOf({ scores: [1], events: [], others: [1, 2] })).toEqual(['events', 'others'])
  })
})
