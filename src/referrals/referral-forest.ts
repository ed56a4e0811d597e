/** The graph of referrals: a forest, or the circles that keep it from being one. */
import * as E from 'fp-ts/Either'
import { type Fault, type InvalidValue, invalidValue, type OutOfRange, outOfRange } from '../foundation/index.ts'
import { depthsOf, orderByDepth, sumBelow, sumOfReferees } from './forest-kernel.ts'

/** Who brought whom, without circles. */
export interface ReferralForest {
  /** Of each member the index of the referrer; −1 for who came alone. */
  readonly referrer: Int32Array
  /** 1 for who came alone, 2 for whom they brought, and so on. */
  readonly depth: Int32Array
  /** The greatest depth; 0 where nobody is. */
  readonly deepest: number
}

/** Members who brought each other in a circle (S50). */
export interface ReferralCycle extends Fault<'ReferralCycle'> {
  /** Indexes of members, each brought by the next and the last by the first; from the smallest on. */
  readonly cycle: ReadonlyArray<number>
}

/** A member enrolled before the one who is said to have brought them, or at the same instant (S50). */
export interface ReferralAgainstTime extends Fault<'ReferralAgainstTime'> {
  readonly referee: number
  readonly referrer: number
}

const indexFaults = (referrer: Int32Array): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  for (let member = 0; member < referrer.length; member += 1) {
    const from = referrer[member] as number
    if (from >= -1 && from < referrer.length) continue
    faults.push(invalidValue(['referrer', member], from, `a member’s index below ${referrer.length}, or -1`))
  }
  return faults
}

const greatest = (values: Int32Array): number => {
  let most = 0
  for (let index = 0; index < values.length; index += 1) most = Math.max(most, values[index] as number)
  return most
}

/**
 * The forest of a column of referrers, with every member's depth.
 *
 * `ReferralCycle`: members brought each other in a circle; each circle is reported with all its members. `InvalidValue`: an
 * index that is no member's.
 *
 * @param referrer - of each member the index of the referrer, or −1
 *
 * @example
 * ```ts
 * import { referralForest, unwrap } from 'treue'
 *
 * Array.from(unwrap(referralForest(Int32Array.of(-1, 0, 1, 0))).depth) // => [1, 2, 3, 2]
 * const circle = referralForest(Int32Array.of(1, 2, 0, 0))
 * circle._tag === 'Left' && circle.left.map((fault) => fault._tag === 'ReferralCycle' && fault.cycle) // => [[0, 1, 2]]
 * ```
 */
export const referralForest = (
  referrer: Int32Array,
): E.Either<ReadonlyArray<ReferralCycle | InvalidValue>, ReferralForest> => {
  const wrong = indexFaults(referrer)
  if (wrong.length > 0) return E.left(wrong)
  const { depth, cycles } = depthsOf(referrer)
  if (cycles.length === 0) return E.right({ referrer, depth, deepest: greatest(depth) })
  return E.left(
    cycles.map((cycle) => ({
      _tag: 'ReferralCycle',
      path: ['referrer', cycle[0] as number],
      expected: 'a referrer who was not brought, at any remove, by the referee',
      cycle,
    })),
  )
}

/**
 * Every referral that does not point back in time. Where there is none there is no circle either (S50).
 *
 * @param referrer - of each member the index of the referrer, or −1; others count as none
 * @param enrolledAt - of each member when they enrolled
 *
 * @example
 * ```ts
 * import { referralsAgainstTime } from 'treue'
 *
 * referralsAgainstTime(Int32Array.of(-1, 0, 1), Float64Array.of(10, 20, 20)).map(({ referee }) => referee) // => [2]
 * ```
 */
export const referralsAgainstTime = (
  referrer: Int32Array,
  enrolledAt: Float64Array,
): ReadonlyArray<ReferralAgainstTime> => {
  const faults: Array<ReferralAgainstTime> = []
  for (let referee = 0; referee < referrer.length; referee += 1) {
    const from = referrer[referee] as number
    if (from < 0 || Number(enrolledAt[from]) < Number(enrolledAt[referee])) continue
    const expected = 'a referrer who enrolled before the referee'
    faults.push({ _tag: 'ReferralAgainstTime', path: ['referrer', referee], expected, referee, referrer: from })
  }
  return faults
}

/**
 * Who brought a member, who brought them, and so on to who came alone.
 *
 * @param forest - the forest
 * @param member - the member's index; of one that is none there is nobody
 * @param most - at most so many; all by default
 *
 * @example
 * ```ts
 * import { referralAncestors, referralForest, unwrap } from 'treue'
 *
 * const forest = unwrap(referralForest(Int32Array.of(-1, 0, 1)))
 * referralAncestors(forest, 2) // => [1, 0]
 * referralAncestors(forest, 2, 1) // => [1]
 * ```
 */
export const referralAncestors = (
  { referrer }: ReferralForest,
  member: number,
  most: number = Number.POSITIVE_INFINITY,
): ReadonlyArray<number> => {
  const above: Array<number> = []
  let at = referrer[member] ?? -1
  while (at >= 0 && above.length < most) {
    above.push(at)
    at = referrer[at] as number
  }
  return above
}

/**
 * How many each member brought directly.
 *
 * @param forest - the forest
 *
 * @example
 * ```ts
 * import { referralFanOut, referralForest, unwrap } from 'treue'
 *
 * Array.from(referralFanOut(unwrap(referralForest(Int32Array.of(-1, 0, 0, 2))))) // => [2, 0, 1, 0]
 * ```
 */
export const referralFanOut = ({ referrer }: ReferralForest): Int32Array =>
  Int32Array.from(sumOfReferees(referrer, new Float64Array(referrer.length).fill(1)))

/** Why values are none to sum over a forest. */
export type ForestValueFault = InvalidValue | OutOfRange

const valueFaults = ({ referrer }: ReferralForest, values: Float64Array): ReadonlyArray<ForestValueFault> => {
  if (values.length !== referrer.length) {
    return [invalidValue(['values', 'length'], values.length, `${referrer.length}, one per member`)]
  }
  const faults: Array<ForestValueFault> = []
  let sum = 0
  for (let member = 0; member < values.length; member += 1) {
    const value = values[member] as number
    if (Number.isSafeInteger(value)) sum += Math.abs(value)
    else faults.push(invalidValue(['values', member], value, 'a safe integer'))
  }
  // Below that no sum over any members leaves the exact range.
  if (sum > Number.MAX_SAFE_INTEGER) faults.push(outOfRange(['values'], sum, 'a sum of at most 9007199254740991'))
  return faults
}

/**
 * Of each member the sum of a value over those they brought directly, over those whom these brought, and so on for some
 * levels: exact sums, one array for each level.
 *
 * `InvalidValue`: a value that is no safe integer, or not one for each member. `OutOfRange`: together they are none.
 *
 * @param forest - the forest
 * @param values - of each member a safe integer: 1 to count customers, revenue in minor units
 * @param levels - how many levels, 0 or more; deeper than the forest there is nothing
 *
 * @example
 * ```ts
 * import { downstreamByLevel, referralForest, unwrap } from 'treue'
 *
 * const forest = unwrap(referralForest(Int32Array.of(-1, 0, 1)))
 * unwrap(downstreamByLevel(forest, Float64Array.of(100, 20, 3), 2)).map((sums) => Array.from(sums))
 * // => [[20, 3, 0], [3, 0, 0]]
 * ```
 */
export const downstreamByLevel = (
  forest: ReferralForest,
  values: Float64Array,
  levels: number,
): E.Either<ReadonlyArray<ForestValueFault>, ReadonlyArray<Float64Array>> => {
  const faults = valueFaults(forest, values)
  if (faults.length > 0) return E.left(faults)
  const sums: Array<Float64Array> = []
  let last = values
  for (let level = 0; level < Math.min(levels, forest.deepest); level += 1) {
    last = sumOfReferees(forest.referrer, last)
    sums.push(last)
  }
  return E.right(sums)
}

/**
 * Of each member the sum of a value over some levels below, each level with a weight of its own: who is credited with what.
 *
 * The faults are those of {@link downstreamByLevel}, and `InvalidValue` for a weight that is not finite.
 *
 * @param forest - the forest
 * @param values - of each member a safe integer
 * @param weights - the weight of the first level below, the second, and so on
 *
 * @example
 * ```ts
 * import { attributeLevels, referralForest, unwrap } from 'treue'
 *
 * const forest = unwrap(referralForest(Int32Array.of(-1, 0, 1)))
 * Array.from(unwrap(attributeLevels(forest, Float64Array.of(100, 20, 4), [1, 0.5]))) // => [22, 4, 0]
 * ```
 */
export const attributeLevels = (
  forest: ReferralForest,
  values: Float64Array,
  weights: ReadonlyArray<number>,
): E.Either<ReadonlyArray<ForestValueFault>, Float64Array> => {
  const wrong = weights.flatMap((weight, level) =>
    Number.isFinite(weight) ? [] : [invalidValue(['weights', level], weight, 'a finite number')],
  )
  if (wrong.length > 0) return E.left(wrong)
  const levels = downstreamByLevel(forest, values, weights.length)
  if (E.isLeft(levels)) return levels
  const credit = new Float64Array(forest.referrer.length)
  for (const [level, sums] of levels.right.entries()) {
    const weight = weights[level] as number
    for (let member = 0; member < credit.length; member += 1) {
      credit[member] = (credit[member] as number) + weight * (sums[member] as number)
    }
  }
  return E.right(credit)
}

/**
 * Of each member the sum of a value over all below, however deep.
 *
 * The faults are those of {@link downstreamByLevel}, and `InvalidValue` for a decay outside 0–1.
 *
 * @param forest - the forest
 * @param values - of each member a safe integer: 1 to count customers, revenue in minor units
 * @param decay - what a level counts for, as a share of the one above it; 1 by default: all the same, and sums are exact
 *
 * @example
 * ```ts
 * import { downstreamTotals, referralForest, unwrap } from 'treue'
 *
 * const forest = unwrap(referralForest(Int32Array.of(-1, 0, 1)))
 * Array.from(unwrap(downstreamTotals(forest, Float64Array.of(100, 20, 4)))) // => [24, 4, 0]
 * Array.from(unwrap(downstreamTotals(forest, Float64Array.of(100, 20, 4), 0.5))) // => [22, 4, 0]
 * ```
 */
export const downstreamTotals = (
  forest: ReferralForest,
  values: Float64Array,
  decay: number = 1,
): E.Either<ReadonlyArray<ForestValueFault>, Float64Array> => {
  const faults = valueFaults(forest, values)
  const wrong = decay >= 0 && decay <= 1 ? [] : [invalidValue(['decay'], decay, 'a number from 0 to 1')]
  if (faults.length + wrong.length > 0) return E.left([...faults, ...wrong])
  const order = orderByDepth(forest.depth, forest.deepest)
  return E.right(sumBelow(forest.referrer, order, values, decay))
}
