// Several groups at once: whether their scores differ at all, and which do, with the number of questions paid for.

import { type Either, isLeft } from 'fp-ts/Either'
import { emptySample, type OutOfRange, outOfRange, repeatedIds } from '../foundation/index.ts'
import { chiSquareUpperTail, type MultiplicityControl, twoSidedQuantile } from '../statistics/index.ts'
import { adjustedComparisons } from './adjusted-comparisons.ts'
import {
  comparisonOf,
  faultList,
  momentsFor,
  type NpsComparison,
  type NpsComparisonMethod,
  type NpsComparisonOptions,
} from './nps-comparison.ts'
import { type NpsCounts, type NpsFaults, sampleFaults } from './nps-counts.ts'
import { isNonEmpty } from './nps-summary.ts'

/** A group of respondents: its id, and its counts per category. */
export interface NpsGroup {
  readonly id: string
  readonly counts: NpsCounts
}

/** Which groups are compared: each with all the others taken together, or each with each. */
export type NpsGroupPairing = 'rest' | 'pairs'

/** How groups are compared. */
export interface NpsGroupOptions extends NpsComparisonOptions {
  /** `'rest'` when absent: as many comparisons as groups. `'pairs'` takes at most 100 groups. */
  readonly pairing?: NpsGroupPairing
  /** `'holm'` when absent. */
  readonly control?: MultiplicityControl
}

/** The comparison of two groups; the difference is above 0 where `second` is higher. */
export interface NpsGroupComparison extends NpsComparison {
  /** The id of a group; `null` for all groups other than `second`. */
  readonly first: string | null
  readonly second: string
  /** `p`, adjusted for the number of comparisons; `null` as `p` is. */
  readonly adjustedP: number | null
}

/** What a comparison of several groups gives. */
export interface NpsGroupsComparison {
  readonly pairing: NpsGroupPairing
  readonly control: MultiplicityControl
  /** Whether scores differ at all: a χ² statistic, and how probable one as large is if all are the same. */
  readonly homogeneity: { readonly statistic: number; readonly degrees: number; readonly p: number } | null
  readonly comparisons: ReadonlyArray<NpsGroupComparison>
}

const mostGroupsInPairs = 100

const groupFaults = (groups: ReadonlyArray<NpsGroup>, pairing: NpsGroupPairing) => {
  const few = groups.length < 2 ? [emptySample(['groups'], 'at least two groups')] : []
  const many: ReadonlyArray<OutOfRange> =
    pairing === 'pairs' && groups.length > mostGroupsInPairs
      ? [outOfRange(['groups'], groups.length, `at most ${mostGroupsInPairs} groups to be compared each with each`)]
      : []
  const each = groups.flatMap(({ counts }, at) => sampleFaults(counts, ['groups', at, 'counts']))
  const again = repeatedIds(
    groups.map(({ id }) => id),
    (at) => ['groups', at, 'id'],
    'an id that no other group has',
  )
  return [...few, ...many, ...again, ...each]
}

const plus = (a: NpsCounts, b: NpsCounts, sign: 1 | -1 = 1): NpsCounts => ({
  detractors: a.detractors + sign * b.detractors,
  passives: a.passives + sign * b.passives,
  promoters: a.promoters + sign * b.promoters,
})

interface Pair {
  readonly first: NpsGroup | { readonly id: null; readonly counts: NpsCounts }
  readonly second: NpsGroup
}

const pairsOf = (groups: ReadonlyArray<NpsGroup>, pairing: NpsGroupPairing): ReadonlyArray<Pair> => {
  if (pairing === 'pairs') {
    return groups.flatMap((first, at) => groups.slice(at + 1).map((second) => ({ first, second })))
  }
  const zero: NpsCounts = { detractors: 0, passives: 0, promoters: 0 }
  const all = groups.reduce((total, { counts }) => plus(total, counts), zero)
  return groups.map((second) => ({ first: { id: null, counts: plus(all, second.counts, -1) }, second }))
}

/** Squared distances from the mean that weighs each group by how well it is known; `null` where one's error is 0. */
const homogeneityOf = (groups: ReadonlyArray<NpsGroup>, method: NpsComparisonMethod) => {
  const known = groups.map(({ counts }) => momentsFor(counts, method))
  const weights = known.map(({ answers, variance }) => answers / variance)
  if (!weights.every(Number.isFinite)) return null
  const weightOf = (at: number): number => weights[at] ?? 0
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const centre = known.reduce((sum, { score }, at) => sum + weightOf(at) * score, 0) / total
  const statistic = known.reduce((sum, { score }, at) => sum + weightOf(at) * (score - centre) ** 2, 0)
  const p = chiSquareUpperTail(statistic, groups.length - 1)
  return isLeft(p) ? null : { statistic, degrees: groups.length - 1, p: p.right }
}

const adjusted = (
  comparisons: ReadonlyArray<Omit<NpsGroupComparison, 'adjustedP'>>,
  control: MultiplicityControl,
): ReadonlyArray<NpsGroupComparison> => {
  const values = adjustedComparisons(
    comparisons.map(({ p }) => p),
    control,
  )
  return comparisons.map((comparison, at) => ({ ...comparison, adjustedP: values[at] ?? null }))
}

/**
 * Compares the scores of several groups of respondents, with the p-values adjusted for how many comparisons there are.
 *
 * @param groups at least two, each with answers and an id of its own
 * @param options see {@link NpsGroupOptions}; the intervals are each at the confidence, only `adjustedP` is adjusted
 * @returns `EmptySample` for fewer than two groups and for a group without answers, `InvalidValue` for a count that is none
 * and a repeated id, `OutOfRange` for a confidence that isn't between 0 and 1 and for too many groups; all that applies.
 * @example
 * ```ts
 * import { compareNpsGroups, unwrap } from 'treue'
 *
 * const { homogeneity, comparisons } = unwrap(
 *   compareNpsGroups([
 *     { id: 'shop', counts: { detractors: 20, passives: 30, promoters: 50 } },
 *     { id: 'web', counts: { detractors: 25, passives: 30, promoters: 45 } },
 *     { id: 'phone', counts: { detractors: 50, passives: 30, promoters: 20 } },
 *   ]),
 * )
 * homogeneity !== null && homogeneity.p < 0.001 // => true
 * comparisons.filter(({ adjustedP }) => adjustedP !== null && adjustedP < 0.01).map(({ second }) => second)
 * // => ['shop', 'phone']
 * ```
 */
export const compareNpsGroups = (
  groups: ReadonlyArray<NpsGroup>,
  options: NpsGroupOptions = {},
): Either<NpsFaults, NpsGroupsComparison> => {
  const { confidence = 0.95, method = 'adjustedWald', pairing = 'rest', control = 'holm' } = options
  const z = twoSidedQuantile(confidence)
  const faults = [...groupFaults(groups, pairing), ...faultList(z)]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const known = { confidence, method, z: isLeft(z) ? 0 : z.right }
  const comparisons = pairsOf(groups, pairing).map(({ first, second }) => ({
    first: first.id,
    second: second.id,
    ...comparisonOf(first.counts, second.counts, known),
  }))
  const homogeneity = homogeneityOf(groups, method)
  return { _tag: 'Right', right: { pairing, control, homogeneity, comparisons: adjusted(comparisons, control) } }
}
