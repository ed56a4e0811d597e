// One choice per group under a budget, greedily: the choices worth having, and climbing from each to the next dearer one in the
// order of what a further unit of cost brings.

import { exactProduct } from '../foundation/index.ts'

/** Something that may be chosen; whole numbers, the cost at least 0. */
export interface KnapsackChoice {
  readonly cost: number
  readonly value: number
}

/**
 * The choices that bring something and for which no other brings as much at no higher cost; costs and values rise. Of equal
 * ones the first stays.
 *
 * @param choices of one group
 * @example
 * ```ts
 * import { undominatedChoices } from 'treue'
 *
 * undominatedChoices([{ cost: 5, value: 7 }, { cost: 6, value: 7 }, { cost: 2, value: 4 }, { cost: 1, value: -1 }])
 * // => [{ cost: 2, value: 4 }, { cost: 5, value: 7 }]
 * ```
 */
export const undominatedChoices = <C extends KnapsackChoice>(choices: ReadonlyArray<C>): ReadonlyArray<C> => {
  const ordered = [...choices].sort((a, b) => a.cost - b.cost || b.value - a.value)
  let most = 0
  return ordered.filter(({ value }) => {
    if (value <= most) return false
    most = value
    return true
  })
}

const nothing: KnapsackChoice = { cost: 0, value: 0 }

/** Below 0 where the first brings more for its cost. */
const compareReturns = (first: KnapsackChoice, second: KnapsackChoice): number => {
  const [a, b] = [exactProduct(first.value, second.cost), exactProduct(second.value, first.cost)]
  if (a === b) return 0
  return a > b ? -1 : 1
}

const stepBetween = (from: KnapsackChoice, to: KnapsackChoice): KnapsackChoice => ({
  cost: to.cost - from.cost,
  value: to.value - from.value,
})

/** Whether the step up from the middle of three choices brings as much for its cost as the step to it: then it is left out. */
const isBelowLine = (low: KnapsackChoice, middle: KnapsackChoice, high: KnapsackChoice): boolean =>
  compareReturns(stepBetween(middle, high), stepBetween(low, middle)) <= 0

/**
 * The choices on the concave hull: by rising cost, each brings less for its further cost than the one before.
 *
 * @param choices of one group
 * @example
 * ```ts
 * import { concaveChoices } from 'treue'
 *
 * concaveChoices([{ cost: 2, value: 1 }, { cost: 4, value: 8 }, { cost: 8, value: 10 }])
 * // => [{ cost: 4, value: 8 }, { cost: 8, value: 10 }]
 * ```
 */
export const concaveChoices = <C extends KnapsackChoice>(choices: ReadonlyArray<C>): ReadonlyArray<C> => {
  const hull: Array<C> = []
  for (const choice of undominatedChoices(choices)) {
    for (let last = hull[hull.length - 1]; last !== undefined; last = hull[hull.length - 1]) {
      if (!isBelowLine(hull[hull.length - 2] ?? nothing, last, choice)) break
      hull.pop()
    }
    hull.push(choice)
  }
  return hull
}

interface KnapsackStep extends KnapsackChoice {
  readonly group: number
  readonly rung: number
}

/** The steps of all groups, those that bring most for their cost first; those of one group stay in their order. */
const steepestFirst = (hulls: ReadonlyArray<ReadonlyArray<KnapsackChoice>>): ReadonlyArray<KnapsackStep> =>
  hulls
    .flatMap((hull, group) =>
      hull.map((choice, rung): KnapsackStep => {
        const before = hull[rung - 1] ?? nothing
        return { group, rung, cost: choice.cost - before.cost, value: choice.value - before.value }
      }),
    )
    .sort((a, b) => compareReturns(a, b) || a.group - b.group || a.rung - b.rung)

/** What a step that doesn't fit would bring with what is left: the whole part of `value · left / cost`. */
const partOf = (value: number, left: number, cost: number): number => {
  const product = exactProduct(value, left)
  return typeof product === 'number' ? Math.floor(product / cost) : Number(product / BigInt(cost))
}

/** How far each group is climbed, and what can't be exceeded. */
export interface KnapsackClimb {
  /** Of each group, how many choices of its hull were climbed; the last of them is taken, none with 0. */
  readonly reached: Int32Array
  /** No choice from the hulls within the budget has more value. */
  readonly bound: number
}

/**
 * Climbs the hulls of all groups by the steps that bring most for their cost, as long as they fit; one that doesn't fit ends
 * its group's climb. The part of the first one that would fit proves the bound.
 *
 * Source: P. Sinha & A. A. Zoltners, The multiple-choice knapsack problem, Operations Research 27 (1979).
 *
 * @param hulls from {@link concaveChoices}, one per group
 * @param budget what all choices may cost, a whole number of at least 0
 * @returns a bound that is exact where the values add up to a safe integer.
 * @example
 * ```ts
 * import { climbedChoices, concaveChoices } from 'treue'
 *
 * const groups = [[{ cost: 2, value: 8 }, { cost: 6, value: 12 }], [{ cost: 3, value: 6 }]]
 * const { reached, bound } = climbedChoices(groups.map(concaveChoices), 7)
 * Array.from(reached) // => [1, 1]
 * bound // => 16
 * ```
 */
export const climbedChoices = (hulls: ReadonlyArray<ReadonlyArray<KnapsackChoice>>, budget: number): KnapsackClimb => {
  const reached = new Int32Array(hulls.length)
  let [left, climbed] = [budget, 0]
  let bound: number | undefined
  for (const { group, rung, cost, value } of steepestFirst(hulls)) {
    if (reached[group] !== rung) continue
    if (cost <= left) {
      reached[group] = rung + 1
      left -= cost
      climbed += value
    } else bound ??= climbed + partOf(value, left, cost)
  }
  return { reached, bound: bound ?? climbed }
}
