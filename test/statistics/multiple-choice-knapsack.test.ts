import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { climbedChoices, concaveChoices, type KnapsackChoice, undominatedChoices } from '../../src/statistics/index.ts'

const choice: fc.Arbitrary<KnapsackChoice> = fc.record({
  cost: fc.integer({ min: 0, max: 12 }),
  value: fc.integer({ min: -3, max: 20 }),
})
const group = fc.array(choice, { maxLength: 6 })

/** What a group can bring at most for at most that cost, by mixing two choices or one with none. */
const mixedValue = (choices: ReadonlyArray<KnapsackChoice>, cost: number): number => {
  const all = [{ cost: 0, value: 0 }, ...choices]
  const lines = all.flatMap((low) =>
    all
      .filter((high) => low.cost <= cost && high.cost > cost)
      .map((high) => low.value + ((high.value - low.value) * (cost - low.cost)) / (high.cost - low.cost)),
  )
  return Math.max(...lines, ...all.filter((one) => one.cost <= cost).map(({ value }) => value))
}

const bestWithin = ([first, ...rest]: ReadonlyArray<ReadonlyArray<KnapsackChoice>>, budget: number): number =>
  first === undefined
    ? 0
    : Math.max(
        bestWithin(rest, budget),
        ...first.filter(({ cost }) => cost <= budget).map(({ cost, value }) => value + bestWithin(rest, budget - cost)),
      )

describe('choices of a group', () => {
  test('are undominated where no other brings as much at no higher cost', () => {
    fc.assert(
      fc.property(group, (choices) => {
        const kept = undominatedChoices(choices)
        const better = (one: KnapsackChoice) =>
          choices.some(
            (other) =>
              other.cost <= one.cost &&
              other.value >= one.value &&
              (other.cost < one.cost || other.value > one.value || choices.indexOf(other) < choices.indexOf(one)),
          )
        expect(new Set(kept)).toEqual(new Set(choices.filter((one) => one.value > 0 && !better(one))))
        expect(kept.every(({ cost }, index) => cost > (kept[index - 1]?.cost ?? -1))).toBe(true)
      }),
    )
  })

  test('on the hull are those that a mixture of others does not beat', () => {
    fc.assert(
      fc.property(group, (choices) => {
        const hull = concaveChoices(choices)
        for (let cost = 0; cost <= 12; cost += 1)
          expect(mixedValue(hull, cost)).toBeCloseTo(mixedValue(choices, cost), 9)
        const returns = hull.map(({ cost, value }, index) => {
          const before = hull[index - 1] ?? { cost: 0, value: 0 }
          return (value - before.value) / (cost - before.cost)
        })
        expect(returns.every((one, index) => index === 0 || one < (returns[index - 1] as number))).toBe(true)
      }),
    )
  })
})

describe('a climb', () => {
  test('keeps the budget, and with its next step reaches the bound, which no choice exceeds', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 4 }), fc.integer({ min: 0, max: 30 }), (groups, budget) => {
        const hulls = groups.map(concaveChoices)
        const { reached, bound } = climbedChoices(hulls, budget)
        const taken = hulls.flatMap((hull, at) => hull[(reached[at] as number) - 1] ?? [])
        const value = taken.reduce((sum, one) => sum + one.value, 0)
        expect(taken.reduce((sum, one) => sum + one.cost, 0)).toBeLessThanOrEqual(budget)
        expect(bound).toBeGreaterThanOrEqual(bestWithin(groups, budget))
        const next = hulls.map((hull, at) => {
          const upto = reached[at] as number
          return (hull[upto]?.value ?? 0) - (hull[upto - 1]?.value ?? 0)
        })
        expect(bound).toBeLessThanOrEqual(value + Math.max(0, ...next))
        expect(climbedChoices(hulls, 1000).reached).toEqual(Int32Array.from(hulls, ({ length }) => length))
      }),
    )
  })

  test('is exact where products leave the safe integers', () => {
    const wide = 2 ** 52
    const hulls = [
      concaveChoices([{ cost: wide, value: wide - 1 }]),
      concaveChoices([{ cost: wide - 1, value: wide - 1 }]),
    ]
    const { reached, bound } = climbedChoices(hulls, wide)
    expect(Array.from(reached)).toEqual([0, 1])
    expect(bound).toBe(wide - 1)
  })
})
