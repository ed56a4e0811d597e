import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { type TierTransitions, tierTransitionChange } from '../../src/tiers/index.ts'
import { transitionsArbitrary, transitionsOf } from '../arbitraries/tier-population.ts'

const before: TierTransitions = {
  counts: [
    [700, 80, 10],
    [150, 500, 60],
    [30, 100, 300],
  ],
  joined: [9, 9, 9],
  left: [110, 35, 12],
}
const after: TierTransitions = {
  counts: [
    [640, 120, 15],
    [150, 480, 90],
    [20, 80, 350],
  ],
  joined: [1, 1, 1],
  left: [120, 30, 15],
}

const statisticOf = (
  first: TierTransitions,
  second: TierTransitions,
  method: 'likelihoodRatio' | 'pearson',
): number => {
  const ways = ({ counts, left }: TierTransitions, from: number): ReadonlyArray<number> => [
    ...(counts[from] ?? []),
    left[from] as number,
  ]
  const total = (row: ReadonlyArray<number>): number => row.reduce((sum, value) => sum + value, 0)
  const term = (observed: number, expected: number): number => {
    if (method === 'pearson') return (observed - expected) ** 2 / expected
    return observed === 0 ? 0 : 2 * observed * Math.log(observed / expected)
  }
  const terms = first.counts.flatMap((_, from) => {
    const [one, other] = [ways(first, from), ways(second, from)]
    const all = total(one) + total(other)
    return [one, other].flatMap((row) =>
      row.map((observed, to) => term(observed, (total(row) * ((one[to] as number) + (other[to] as number))) / all)),
    )
  })
  return total(terms)
}

describe('tierTransitionChange', () => {
  test('of two years: the sums and tails that mpmath gives', () => {
    const ratio = unwrap(tierTransitionChange(before, after))
    expect(ratio.statistic).toBeCloseTo(26.827600938333198, 11)
    expect(ratio.degrees).toBe(9)
    expect(ratio.probability / 0.0014936055423565566).toBeCloseTo(1, 11)
    const pearson = unwrap(tierTransitionChange(before, after, { statistic: 'pearson' }))
    expect(pearson.statistic).toBeCloseTo(26.707146981404534, 11)
    expect(pearson.probability / 0.0015635470727225584).toBeCloseTo(1, 11)
  })

  test('is the textbook sum over all ways', () => {
    const full = transitionsOf(3, fc.integer({ min: 10, max: 1000 }))
    fc.assert(
      fc.property(full, full, fc.constantFrom('likelihoodRatio', 'pearson'), (first, second, statistic) => {
        const change = unwrap(tierTransitionChange(first, second, { statistic, minimumExpected: 1e-9 }))
        const expected = statisticOf(first, second, statistic)
        expect(Math.abs(change.statistic - expected)).toBeLessThan(1e-9 * (1 + expected))
        expect(change.degrees).toBe(9)
        expect(change.method).toBe(statistic)
      }),
    )
  })

  test('is 0 for equal shares, the same in both directions, and doubles with all members', () => {
    const twice = (all: TierTransitions): TierTransitions => ({
      counts: all.counts.map((row) => row.map((members) => 2 * members)),
      joined: all.joined,
      left: all.left.map((members) => 2 * members),
    })
    const equal = unwrap(tierTransitionChange(before, twice(before)))
    expect(equal.statistic).toBeLessThan(1e-12)
    expect(equal.probability).toBeCloseTo(1, 12)
    const change = unwrap(tierTransitionChange(before, after))
    expect(unwrap(tierTransitionChange(after, before)).statistic).toBeCloseTo(change.statistic, 10)
    expect(unwrap(tierTransitionChange(twice(before), twice(after))).statistic).toBeCloseTo(2 * change.statistic, 9)
  })

  test('reports each way with too few expected members, unless asked for fewer', () => {
    const few: TierTransitions = {
      counts: [
        [90, 4],
        [10, 20],
      ],
      joined: [0, 0],
      left: [0, 3],
    }
    const result = tierTransitionChange(few, few)
    expect(result).toMatchObject({
      left: [
        { _tag: 'SmallExpectedCount', path: ['counts', 0, 1], members: 4 },
        { _tag: 'SmallExpectedCount', path: ['left', 1], members: 3 },
      ],
    })
    expect(unwrap(tierTransitionChange(few, few, { minimumExpected: 3 })).degrees).toBe(3)
  })

  test('leaves out what says nothing: ways nobody goes, tiers that one table has no members of', () => {
    const first: TierTransitions = {
      counts: [
        [50, 50, 0],
        [9, 9, 9],
        [0, 0, 20],
      ],
      joined: [0, 0, 0],
      left: [0, 9, 0],
    }
    const second: TierTransitions = {
      counts: [
        [60, 40, 0],
        [0, 0, 0],
        [0, 0, 30],
      ],
      joined: [0, 0, 0],
      left: [0, 0, 0],
    }
    expect(unwrap(tierTransitionChange(first, second)).degrees).toBe(1)
    const nothing: TierTransitions = { counts: [[5]], joined: [0], left: [0] }
    expect(tierTransitionChange(nothing, nothing)).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  })

  test('refuses tables of different ladders, and counts and a least number that make no sense', () => {
    const one: TierTransitions = { counts: [[5]], joined: [0], left: [-1] }
    expect(tierTransitionChange(before, one, { minimumExpected: 0 })).toMatchObject({
      left: [{ path: ['second', 'left', 0] }, { path: ['second', 'counts'] }, { path: ['minimumExpected'] }],
    })
    fc.assert(
      fc.property(transitionsArbitrary, transitionsArbitrary, (first, second) => {
        const result = tierTransitionChange(first, second, { minimumExpected: 1e-9 })
        if (result._tag === 'Right') {
          expect(result.right.probability).toBeGreaterThanOrEqual(0)
          expect(result.right.probability).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
