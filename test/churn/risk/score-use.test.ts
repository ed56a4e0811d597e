import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  breakEvenProbability,
  populationStability,
  profitThreshold,
  scoreDrift,
  scoreGroups,
} from '../../../src/churn/index.ts'
import { money, unwrap } from '../../../src/foundation/index.ts'
import { scoredArbitrary } from '../../arbitraries/scores.ts'

const euros = (amount: string) => unwrap(money(amount, 'EUR'))

const groupsOf = (scores: ReadonlyArray<number>, outcomes: ReadonlyArray<boolean | number> = scores.map(() => 0)) =>
  unwrap(scoreGroups({ scores, outcomes }))

const pathOf = (result: { readonly _tag: string; readonly left?: unknown }) =>
  result._tag === 'Left' ? (result.left as { readonly path: ReadonlyArray<unknown> }).path.join('.') : 'Right'

describe('the population stability index', () => {
  const countsArbitrary = fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 })), {
    minLength: 2,
    maxLength: 12,
  })

  test('is symmetric, at least 0, and 0 where shares are the same', () => {
    fc.assert(
      fc.property(countsArbitrary, (rows) => {
        const [earlier, later] = [rows.map(([count]) => count), rows.map(([, count]) => count)]
        const one = unwrap(populationStability(earlier, later))
        const other = unwrap(populationStability(later, earlier))
        expect(one.index).toBeCloseTo(other.index, 12)
        expect(one.index).toBeGreaterThanOrEqual(0)
        expect(one.parts.every((part) => part >= 0)).toBe(true)
        expect(one.level).toBe(one.index < 0.1 ? 'stable' : one.index < 0.25 ? 'moderate' : 'large')
        const doubled = unwrap(
          populationStability(
            earlier,
            earlier.map((count) => 2 * count),
          ),
        )
        expect(doubled.index).toBeCloseTo(0, 14)
        expect(doubled.pValue).toBeGreaterThan(0.99)
      }),
    )
  })

  test('with bins that are empty: both times nothing, at one time a fault, unless something is added', () => {
    expect(unwrap(populationStability([10, 0, 20], [10, 0, 20])).index).toBe(0)
    expect(pathOf(populationStability([10, 0], [10, 5]))).toBe('1')
    expect(unwrap(populationStability([10, 0], [10, 5], 0.5)).index).toBeGreaterThan(0)
    expect(unwrap(populationStability([10, 0], [20, 0])).pValue).toBe(1)
  })

  test('by chance alone it is as large as expected', () => {
    const draw = (seed: number) => {
      let state = seed
      const counts = [0, 0, 0, 0, 0]
      for (let index = 0; index < 1000; index += 1) {
        state = (state * 48_271) % 2_147_483_647
        const bin = Math.floor((state / 2_147_483_647) * 5)
        counts[bin] = (counts[bin] ?? 0) + 1
      }
      return counts
    }
    const results = Array.from({ length: 300 }, (_, run) =>
      unwrap(populationStability(draw(2 * run + 1_000_003), draw(7919 * run + 17))),
    )
    const mean = results.reduce((sum, { index }) => sum + index, 0) / 300
    expect(mean / (results[0]?.expectedByChance ?? 1)).toBeGreaterThan(0.85)
    expect(mean / (results[0]?.expectedByChance ?? 1)).toBeLessThan(1.15)
    expect(results.filter(({ pValue }) => pValue < 0.05).length / 300).toBeLessThan(0.09)
  })

  test('what is wrong', () => {
    expect(pathOf(populationStability([1], [1]))).toBe('earlier')
    expect(pathOf(populationStability([1, 2], [1]))).toBe('later.length')
    expect(pathOf(populationStability([1, -2], [1, 2]))).toBe('earlier.1')
    expect(pathOf(populationStability([1, 2], [0, 0]))).toBe('later')
    expect(pathOf(populationStability([1, 2], [1, 2], -1))).toBe('added')
    expect(pathOf(populationStability([1e15, 1], [1, 1e15], 0))).toBe('Right')
  })
})

describe('a drift of scores', () => {
  test('everybody is in one bin, and the earlier bins are as equal as ties allow', () => {
    fc.assert(
      fc.property(scoredArbitrary(2), scoredArbitrary(1), fc.integer({ min: 2, max: 6 }), (before, after, bins) => {
        const [earlier, later] = [groupsOf(before.scores), groupsOf(after.scores)]
        const result = scoreDrift(earlier, later, { bins })
        if (earlier.scores.length < 2) return
        const drift = unwrap(result)
        const sum = (counts: ReadonlyArray<number>) => counts.reduce((all, count) => all + count, 0)
        expect([sum(drift.earlier), sum(drift.later)]).toEqual([before.scores.length, after.scores.length])
        expect(drift.cuts.length).toBeLessThan(bins)
        expect(drift.earlier.every((count) => count > 0)).toBe(true)
        drift.cuts.forEach((cut, index) => {
          const isInside = (score: number) => score <= cut && score > (drift.cuts[index - 1] ?? -1)
          expect(drift.later[index]).toBe(after.scores.filter(isInside).length)
        })
      }),
    )
  })

  test('deciles of distinct scores', () => {
    const scores = Array.from({ length: 100 }, (_, row) => row / 100)
    const drift = unwrap(scoreDrift(groupsOf(scores), groupsOf(scores)))
    expect(drift.earlier).toEqual(Array.from({ length: 10 }, () => 10))
    expect([drift.index, drift.level]).toEqual([0, 'stable'])
  })

  test('needs two scores then, somebody now, and bins', () => {
    const two = groupsOf([0.1, 0.2])
    expect(pathOf(scoreDrift(groupsOf([0.1, 0.1]), two))).toBe('earlier')
    expect(pathOf(scoreDrift(two, groupsOf([])))).toBe('later')
    expect(pathOf(scoreDrift(two, two, { bins: 1 }))).toBe('bins')
    expect(pathOf(scoreDrift(two, groupsOf([0.1]), { added: 0 }))).toBe('1')
  })
})

describe('the threshold of most profit', () => {
  const centArbitrary = fc.integer({ min: -500, max: 1000 })

  test('no other threshold brings more, and of those that bring as much it is the highest', () => {
    fc.assert(
      fc.property(scoredArbitrary(1), centArbitrary, centArbitrary, ({ scores, outcomes }, found, falseAlarm) => {
        const payoff = { found: { ...euros('0'), minor: found }, falseAlarm: { ...euros('0'), minor: falseAlarm } }
        const best = unwrap(profitThreshold(groupsOf(scores, outcomes), payoff))
        const worth = (row: number) => (outcomes[row] === true ? found : falseAlarm)
        const profitFrom = (threshold: number) =>
          scores.reduce((sum, score, row) => sum + (score < threshold ? 0 : worth(row)), 0)
        const thresholds = Array.from(new Set(scores)).sort((a, b) => b - a)
        expect(best.profits).toEqual(thresholds.map(profitFrom))
        const most = Math.max(0, ...thresholds.map(profitFrom))
        expect(best.profit.minor).toBe(most)
        expect(best.threshold).toBe(most === 0 ? null : (thresholds.find((one) => profitFrom(one) === most) ?? null))
        const from = best.threshold ?? Infinity
        expect(best.selected).toBe(scores.filter((score) => score >= from).length)
        expect(best.found).toBe(scores.filter((score, row) => score >= from && outcomes[row] === true).length)
      }),
    )
  })

  test('no customers, two currencies, more than minor units hold: a fault', () => {
    const payoff = { found: euros('8'), falseAlarm: euros('-2') }
    expect(pathOf(profitThreshold(groupsOf([]), payoff))).toBe('scores')
    const mixed = { ...payoff, falseAlarm: unwrap(money('-2', 'USD')) }
    expect(profitThreshold(groupsOf([1]), mixed)._tag).toBe('Left')
    const half = { minor: 1.5, currency: payoff.found.currency }
    expect(pathOf(profitThreshold(groupsOf([1]), { ...payoff, found: half }))).toBe('found')
    expect(pathOf(profitThreshold(groupsOf([1]), { ...payoff, falseAlarm: half }))).toBe('falseAlarm')
    const large = { ...payoff, found: { ...euros('0'), minor: 9e15 } }
    expect(pathOf(profitThreshold(groupsOf([0.5, 0.9], [1, 1]), large))).toBe('scores.0')
  })

  test('the break-even probability is where the expected profit is 0', () => {
    const [found, falseAlarm] = [euros('7.50'), euros('-2.50')]
    const probability = unwrap(breakEvenProbability({ found, falseAlarm }))
    expect(probability * found.minor + (1 - probability) * falseAlarm.minor).toBeCloseTo(0, 12)
    expect(pathOf(breakEvenProbability({ found: euros('0'), falseAlarm }))).toBe('found')
    expect(pathOf(breakEvenProbability({ found, falseAlarm: euros('0') }))).toBe('falseAlarm')
    expect(breakEvenProbability({ found, falseAlarm: unwrap(money('-2', 'USD')) })._tag).toBe('Left')
  })
})
