// How reasons moved between two waves, and which of it is more than chance.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { EmptySample, InvalidValue, OutOfRange, Path, ReasonId } from '../foundation/index.ts'
import {
  compareProportions,
  type DifferenceInterval,
  type MultiplicityControl,
  type ProportionDifference,
} from '../statistics/index.ts'
import { adjustedComparisons } from './adjusted-comparisons.ts'
import { type ReasonCounts, type TaxonomyMismatch, taxonomyMismatch } from './reason-counts.ts'
import { figuresAt, levelFault, type ReasonFigure, type ReasonLevel, ranksOf } from './reason-pareto.ts'
import type { ReasonTaxonomy } from './reason-taxonomy.ts'

/** How two waves are compared. */
export interface ReasonMovementOptions {
  /** `'widest'` when absent. */
  readonly level?: ReasonLevel
  /** Above 0 and below 1; 0.95 when absent. */
  readonly confidence?: number
  /** Over all reasons of the level; `'holm'` when absent. */
  readonly control?: MultiplicityControl
}

/** How a reason moved. */
export interface ReasonMovement {
  readonly reason: ReasonId
  /** The second share less the first. */
  readonly difference: number
  readonly confidence: number
  /** Of the difference, by Newcombe's method, within −1 and 1. */
  readonly interval: DifferenceInterval
  /** How probable a difference as far from 0 is, either way, if there is none; `null` where no response differs. */
  readonly p: number | null
  /** Its share of the responses of a wave that gave a reason at all. */
  readonly firstShare: number
  readonly secondShare: number
  /** 1 for the most frequent of its wave; equals share one. */
  readonly firstRank: number
  readonly secondRank: number
  /** `p`, adjusted for the number of reasons; `null` as `p` is. */
  readonly adjustedP: number | null
  /** `'unclear'` where chance alone can have moved it as far. */
  readonly direction: 'risen' | 'fallen' | 'unclear'
}

/** What is wrong with two waves that are compared. */
export type ReasonMovementFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange | TaxonomyMismatch>

const statedIn = ({ responses, unstated }: ReasonCounts): number => responses - unstated

interface Waves {
  readonly first: ReasonCounts
  readonly second: ReasonCounts
  readonly firstFigures: ReadonlyArray<ReasonFigure>
  readonly secondFigures: ReadonlyArray<ReasonFigure>
}

const directionOf = (difference: number, confidence: number, adjustedP: number | null) => {
  if (adjustedP === null || adjustedP >= 1 - confidence) return 'unclear'
  return difference > 0 ? 'risen' : 'fallen'
}

const movementsOf = (
  { first, second, firstFigures, secondFigures }: Waves,
  differences: ReadonlyArray<ProportionDifference>,
  { confidence, control }: Required<Omit<ReasonMovementOptions, 'level'>>,
): ReadonlyArray<ReasonMovement> => {
  const [firstRanks, secondRanks] = [ranksOf(firstFigures), ranksOf(secondFigures)]
  const adjusted = adjustedComparisons(
    differences.map(({ p }) => p),
    control,
  )
  return firstFigures.flatMap(({ reason, count }, at) => {
    const compared = differences[at]
    if (compared === undefined) return []
    const { difference, newcombe, p } = compared
    const adjustedP = adjusted[at] ?? null
    return {
      reason,
      difference,
      confidence,
      interval: newcombe,
      p,
      firstShare: count / statedIn(first),
      secondShare: (secondFigures[at]?.count ?? 0) / statedIn(second),
      firstRank: firstRanks.get(reason) ?? 0,
      secondRank: secondRanks.get(reason) ?? 0,
      adjustedP,
      direction: directionOf(difference, confidence, adjustedP),
    }
  })
}

/** Where a fault of a comparison is in two waves: the later one is compared with the earlier one. */
const pathOfWaves = ([side, ...rest]: Path, reason: number): Path => {
  if (side === 'confidence') return ['options', 'confidence']
  const wave = side === 'first' ? 'second' : 'first'
  return rest[0] === 'trials' ? [wave, 'responses'] : [wave, 'counts', reason]
}

/**
 * Compares how often each reason was given in two waves of separate responses, with the p-values adjusted for how many
 * reasons there are.
 *
 * @param taxonomy the reasons that there are
 * @param first counts of the wave before
 * @param second counts of the wave after, by the same taxonomy
 * @param options see {@link ReasonMovementOptions}; the intervals are each at the confidence
 * @returns in the order of the taxonomy. `TaxonomyMismatch` for counts by different taxonomies, `EmptySample` for a wave
 * without any reason, `InvalidValue` for a level under a reason that the taxonomy doesn't have and for counts that can't be,
 * `OutOfRange` for a confidence that isn't between 0 and 1.
 * @example
 * ```ts
 * import { compareReasons, countReasons, leavingReasons, type ReasonId, unwrap } from 'treue'
 *
 * const wave = (price: number, moved: number) =>
 *   unwrap(
 *     countReasons(leavingReasons, [
 *       ...Array.from({ length: price }, () => ['tooExpensive' as ReasonId]),
 *       ...Array.from({ length: moved }, () => ['moved' as ReasonId]),
 *     ]),
 *   )
 * const [price] = unwrap(compareReasons(leavingReasons, wave(30, 70), wave(60, 40)))
 * price?.direction // => 'risen'
 * price?.difference.toFixed(2) // => '0.30'
 * ```
 */
export const compareReasons = (
  taxonomy: ReasonTaxonomy,
  first: ReasonCounts,
  second: ReasonCounts,
  options: ReasonMovementOptions = {},
): Either<ReasonMovementFaults, ReadonlyArray<ReasonMovement>> => {
  const { level = 'widest', confidence = 0.95, control = 'holm' } = options
  const mismatch = taxonomyMismatch(first, second)
  if (mismatch !== undefined) return { _tag: 'Left', left: [mismatch] }
  const firstFigures = figuresAt(taxonomy, first, level)
  const secondFigures = figuresAt(taxonomy, second, level)
  if (firstFigures === undefined || secondFigures === undefined) return { _tag: 'Left', left: [levelFault(level)] }
  const compared = firstFigures.map(({ count }, at) => {
    const after = { successes: secondFigures[at]?.count ?? 0, trials: statedIn(second) }
    return compareProportions(after, { successes: count, trials: statedIn(first) }, confidence)
  })
  // All reasons have the same waves and the same confidence: of what is wrong with these one is enough.
  const faulty = compared.findIndex(isLeft)
  const wrong = compared[faulty]
  if (wrong !== undefined && isLeft(wrong)) {
    const [fault] = wrong.left
    return { _tag: 'Left', left: [{ ...fault, path: pathOfWaves(fault.path, faulty) }] }
  }
  const differences = compared.flatMap((each) => (isLeft(each) ? [] : [each.right]))
  const how = { confidence, control }
  return { _tag: 'Right', right: movementsOf({ first, second, firstFigures, secondFigures }, differences, how) }
}
