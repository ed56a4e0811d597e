import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areaUnderCurve, compareAreas, scoreGroups } from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { scoredArbitrary } from '../../arbitraries/scores.ts'

interface Scored {
  readonly scores: ReadonlyArray<number>
  readonly outcomes: ReadonlyArray<boolean>
}

const kernel = (event: number, other: number) => (event > other ? 1 : event === other ? 0.5 : 0)

const mean = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + value, 0) / values.length

const variance = (values: ReadonlyArray<number>) =>
  values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1)

/** DeLong's components, pair by pair. */
const components = ({ scores, outcomes }: Scored) => {
  const events = scores.filter((_, row) => outcomes[row] === true)
  const others = scores.filter((_, row) => outcomes[row] === false)
  return {
    events: events.map((event) => mean(others.map((other) => kernel(event, other)))),
    others: others.map((other) => mean(events.map((event) => kernel(event, other)))),
  }
}

const areaOf = (scored: Scored) => areaUnderCurve(unwrap(scoreGroups(scored)))

const expectAround = (interval: { readonly lower: number; readonly upper: number } | null, area: number) => {
  if (interval === null) return
  expect(interval.lower).toBeGreaterThanOrEqual(0)
  expect(interval.lower).toBeLessThan(area)
  expect(interval.upper).toBeGreaterThan(area)
  expect(interval.upper).toBeLessThanOrEqual(1)
}

describe('the area', () => {
  test('is the mean over all pairs, with DeLong’s variance', () => {
    fc.assert(
      fc.property(scoredArbitrary(), (scored) => {
        const { events, others } = components(scored)
        const result = areaOf(scored)
        expect(result._tag).toBe(events.length > 0 && others.length > 0 ? 'Right' : 'Left')
        if (result._tag === 'Left') return
        const { area, standardError, interval } = result.right
        expect(area).toBeCloseTo(mean(events), 12)
        if (standardError === null) {
          expect(interval).toBe(null)
          expect(Math.min(events.length, others.length)).toBe(1)
          return
        }
        const error = Math.sqrt(variance(events) / events.length + variance(others) / others.length)
        expect(standardError).toBeCloseTo(error, 10)
        expect(interval === null).toBe(standardError === 0)
        expectAround(interval, area)
      }),
    )
  })

  test('depends on the order only, and is 1 − area with the order or the outcomes turned', () => {
    fc.assert(
      fc.property(scoredArbitrary(2), ({ scores, outcomes }) => {
        const result = areaOf({ scores, outcomes })
        if (result._tag === 'Left') return
        const ranks = scores.map((score) => scores.filter((other) => other < score).length)
        expect(unwrap(areaOf({ scores: ranks, outcomes }))).toEqual(result.right)
        const turned = unwrap(areaOf({ scores: scores.map((score) => -score), outcomes }))
        expect(turned.area).toBeCloseTo(1 - result.right.area, 12)
        const exchanged = unwrap(areaOf({ scores, outcomes: outcomes.map((outcome) => !outcome) }))
        expect(exchanged.area).toBeCloseTo(1 - result.right.area, 12)
        expect(exchanged.standardError ?? 0).toBeCloseTo(result.right.standardError ?? 0, 12)
      }),
    )
  })

  test('a worked interval: 80 of 100 pairs', () => {
    const scores = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((score) => [score, score + 3.5])
    const scored = { scores, outcomes: scores.map((_, row) => row % 2 === 1) }
    const { area, standardError, interval } = unwrap(areaOf(scored))
    const reach = (1.959963984540054 * (standardError ?? 0)) / (area * (1 - area))
    const odds = Math.log(area / (1 - area))
    expect(interval?.lower).toBeCloseTo(1 / (1 + Math.exp(reach - odds)), 12)
    expect(interval?.upper).toBeCloseTo(1 / (1 + Math.exp(-reach - odds)), 12)
  })

  test('needs a confidence between 0 and 1', () => {
    const groups = unwrap(scoreGroups({ scores: [1, 2], outcomes: [0, 1] }))
    expect(areaUnderCurve(groups, 1)._tag).toBe('Left')
  })
})

describe('two scores of the same customers', () => {
  test('are compared with the covariance of their components', () => {
    fc.assert(
      fc.property(
        scoredArbitrary(4),
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 40, maxLength: 40 }),
        ({ scores, outcomes }, others) => {
          const second = scores.map((_, row) => others[row] ?? 0)
          const result = compareAreas({ first: scores, second, outcomes })
          const [a, b] = [components({ scores, outcomes }), components({ scores: second, outcomes })]
          if (a.events.length < 2 || a.others.length < 2) {
            expect(result._tag === 'Left' && result.left[0]._tag).toBe('EmptySample')
            return
          }
          const comparison = unwrap(result)
          const differences = (kind: 'events' | 'others') => a[kind].map((value, row) => value - (b[kind][row] ?? 0))
          const squared =
            variance(differences('events')) / a.events.length + variance(differences('others')) / a.others.length
          expect(comparison.first).toBeCloseTo(mean(a.events), 12)
          expect(comparison.second).toBeCloseTo(mean(b.events), 12)
          expect(comparison.difference).toBeCloseTo(mean(a.events) - mean(b.events), 12)
          expect(comparison.standardError).toBeCloseTo(Math.sqrt(squared), 9)
          expect(comparison.p === null).toBe(comparison.standardError === 0)
        },
      ),
    )
  })

  test('a score and itself do not differ, exchanged they differ the other way', () => {
    const [first, second] = [
      [0.9, 0.8, 0.4, 0.5, 0.3, 0.1],
      [0.6, 0.2, 0.7, 0.8, 0.4, 0.3],
    ]
    const outcomes = [1, 1, 1, 0, 0, 0]
    const itself = unwrap(compareAreas({ first, second: first, outcomes }))
    expect([itself.difference, itself.standardError, itself.z, itself.p]).toEqual([0, 0, null, null])
    const one = unwrap(compareAreas({ first, second, outcomes }))
    const other = unwrap(compareAreas({ first: second, second: first, outcomes }))
    expect(other.difference).toBe(-one.difference)
    expect(other.p).toBe(one.p)
    expect(one.standardError).toBeCloseTo(0.3142696805273545, 14)
    expect(one.p).toBeCloseTo(0.1572992070502852, 12)
    expect(one.interval.upper - one.interval.lower).toBeCloseTo(2 * 1.959963984540054 * one.standardError, 12)
  })

  test('what is wrong is said at the score that has it', () => {
    const pathsOf = (result: ReturnType<typeof compareAreas>) =>
      result._tag === 'Left' ? result.left.map(({ path }) => path.join('.')) : []
    const outcomes = [1, 2]
    expect(pathsOf(compareAreas({ first: [1, Number.NaN], second: [Number.NaN, 1], outcomes }, 2))).toEqual([
      'first.1',
      'outcomes.1',
      'second.0',
      'confidence',
    ])
    expect(pathsOf(compareAreas({ first: [1, 2], second: [1], outcomes: [0, 1] }))).toEqual(['outcomes.length'])
    expect(pathsOf(compareAreas({ first: [1, 2], second: [2, 1], outcomes: [0, 1] }, 1))).toEqual(['confidence'])
  })
})
