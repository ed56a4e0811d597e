// Whether customers today are other customers than those a score was made for: the population stability index.

import type { Either } from 'fp-ts/Either'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../../foundation/index.ts'
import { chiSquareUpperTail } from '../../statistics/index.ts'
import type { ScoreGroups } from './score-groups.ts'

/** How far counts have moved between bins. */
export interface PopulationStability {
  /** Σ (earlier share − later share) · log(earlier share / later share); 0 where nothing moved. */
  readonly index: number
  /** Each bin's part of the index. */
  readonly parts: ReadonlyArray<number>
  /** By the custom: `stable` below 0.1, `moderate` below 0.25, else `large`. It takes no account of how many there are. */
  readonly level: 'stable' | 'moderate' | 'large'
  /** The index to be expected from chance alone: (bins − 1) · (1 / earlier customers + 1 / later customers). */
  readonly expectedByChance: number
  /** How probable so large an index is from chance alone. */
  readonly pValue: number
}

/** Why there is no index. */
export type StabilityFault = EmptySample | InvalidValue | OutOfRange | ZeroDenominator

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const countFault = (name: string, counts: ReadonlyArray<number>): InvalidValue | EmptySample | null => {
  const wrong = counts.findIndex((count) => !isCount(count))
  if (wrong >= 0) return invalidValue([name, wrong], counts[wrong], 'a whole number from 0')
  return counts.some((count) => count > 0) ? null : emptySample([name], 'at least one customer')
}

const total = (counts: ReadonlyArray<number>): number => counts.reduce((sum, count) => sum + count, 0)

const levelOf = (index: number): PopulationStability['level'] => {
  if (index < 0.1) return 'stable'
  return index < 0.25 ? 'moderate' : 'large'
}

const faultOf = (
  earlier: ReadonlyArray<number>,
  later: ReadonlyArray<number>,
  added: number,
): StabilityFault | null => {
  if (earlier.length < 2) return emptySample(['earlier'], 'at least two bins')
  if (later.length !== earlier.length)
    return invalidValue(['later', 'length'], later.length, `${earlier.length}, one per bin`)
  if (!(added >= 0 && added <= 1e6)) return outOfRange(['added'], added, 'a number from 0 to 1000000')
  const fault = countFault('earlier', earlier) ?? countFault('later', later)
  if (fault !== null || added > 0) return fault
  const oneSided = earlier.findIndex((count, bin) => (count === 0) !== (later[bin] === 0))
  return oneSided < 0 ? null : zeroDenominator([oneSided], 'a bin that is used at both times, or added above 0')
}

/**
 * The population stability index of counts by bin: how far customers have moved since.
 *
 * Its distribution where nothing has moved is that of a chi-square statistic over the counts, which tells a drift from chance.
 *
 * Source: B. Yurdakul & J. Naranjo, Journal of Risk Model Validation 14 (2020), of its distribution.
 *
 * @param earlier customers in each bin at the time that is compared with
 * @param later customers in each of the same bins
 * @param added to each count, so that an empty bin has an index; 0 when absent
 * @returns `EmptySample` with fewer than two bins or without a customer, `InvalidValue` for what is no count, `OutOfRange` for an
 * addition that is none, `ZeroDenominator` for a bin that is empty at one time only.
 * @example
 * ```ts
 * import { populationStability, unwrap } from 'treue'
 *
 * const { index, level } = unwrap(populationStability([250, 250, 250, 250], [150, 200, 300, 350]))
 * index.toFixed(4) // => '0.1050'
 * level // => 'moderate'
 * ```
 */
export const populationStability = (
  earlier: ReadonlyArray<number>,
  later: ReadonlyArray<number>,
  added: number = 0,
): Either<StabilityFault, PopulationStability> => {
  const fault = faultOf(earlier, later, added)
  if (fault !== null) return { _tag: 'Left', left: fault }
  const sums = { earlier: total(earlier) + added * earlier.length, later: total(later) + added * later.length }
  const parts = earlier.map((count, bin) => {
    const [before, after] = [(count + added) / sums.earlier, ((later[bin] as number) + added) / sums.later]
    return before === after ? 0 : (before - after) * Math.log(before / after)
  })
  const index = total(parts)
  const used = earlier.filter((count, bin) => count > 0 || (later[bin] as number) > 0 || added > 0).length
  const chance = 1 / sums.earlier + 1 / sums.later
  const tail = used < 2 ? null : chiSquareUpperTail(index / chance, used - 1)
  if (tail?._tag === 'Left') return tail
  return {
    _tag: 'Right',
    right: {
      index,
      parts,
      level: levelOf(index),
      expectedByChance: (used - 1) * chance,
      pValue: tail === null ? 1 : tail.right,
    },
  }
}

/** A drift of scores, by bins of the earlier scores. */
export interface ScoreDrift extends PopulationStability {
  /** The bins' upper ends: scores above the last are in a bin of their own. */
  readonly cuts: ReadonlyArray<number>
  readonly earlier: ReadonlyArray<number>
  readonly later: ReadonlyArray<number>
}

const sizeAt = ({ events, others }: ScoreGroups, index: number): number =>
  (events[index] as number) + (others[index] as number)

/** Scores that part customers into bins as equal as ties allow. */
const cutsOf = (groups: ScoreGroups, bins: number): ReadonlyArray<number> => {
  const all = groups.scores.reduce((sum, _, index) => sum + sizeAt(groups, index), 0)
  const cuts: Array<number> = []
  let [below, next] = [0, 1]
  groups.scores.forEach((score, index) => {
    below += sizeAt(groups, index)
    if (below * bins < next * all || index === groups.scores.length - 1) return
    cuts.push(score)
    next = Math.floor((below * bins) / all) + 1
  })
  return cuts
}

const countsBy = (groups: ScoreGroups, cuts: ReadonlyArray<number>): ReadonlyArray<number> => {
  const counts = [...cuts, 0].map(() => 0)
  let bin = 0
  groups.scores.forEach((score, index) => {
    while (bin < cuts.length && score > (cuts[bin] as number)) bin += 1
    counts[bin] = (counts[bin] as number) + sizeAt(groups, index)
  })
  return counts
}

/**
 * How far scores have drifted: the population stability index by bins that had equally many customers before.
 *
 * @param earlier scores that are compared with, from `scoreGroups`, such as those the score was made from
 * @param later scores of today; their outcomes have no influence, and may all be false
 * @param options `bins`: 10 when absent, fewer where scores are tied; `added`: to each count, 0.5 when absent, so that a bin that
 * nobody is in any more has an index
 * @returns `EmptySample` without a customer or with one score only, `OutOfRange` for bins or an addition that are none, and as
 * {@link populationStability}.
 * @example
 * ```ts
 * import { scoreDrift, scoreGroups, unwrap } from 'treue'
 *
 * const groups = (scores: ReadonlyArray<number>) => unwrap(scoreGroups({ scores, outcomes: scores.map(() => false) }))
 * const drift = unwrap(scoreDrift(groups([0.1, 0.2, 0.3, 0.4]), groups([0.3, 0.4, 0.4, 0.5]), { bins: 2 }))
 * drift.cuts // => [0.2]
 * drift.later // => [0, 4]
 * ```
 */
export const scoreDrift = (
  earlier: ScoreGroups,
  later: ScoreGroups,
  options: { readonly bins?: number; readonly added?: number } = {},
): Either<StabilityFault, ScoreDrift> => {
  const { bins = 10, added = 0.5 } = options
  if (!(Number.isInteger(bins) && bins >= 2 && bins <= 1000))
    return { _tag: 'Left', left: outOfRange(['bins'], bins, 'a whole number from 2 to 1000') }
  const cuts = cutsOf(earlier, bins)
  const counts = { earlier: countsBy(earlier, cuts), later: countsBy(later, cuts) }
  const stability = populationStability(counts.earlier, counts.later, added)
  return stability._tag === 'Left' ? stability : { _tag: 'Right', right: { ...stability.right, cuts, ...counts } }
}
