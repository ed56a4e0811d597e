// How well a score ranks: the area under the ROC curve, with DeLong's errors.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, emptySample, type InvalidValue, type OutOfRange } from '../../foundation/index.ts'
import { normalUpperTail, twoSidedQuantile } from '../../statistics/index.ts'
import {
  bothOutcomes,
  isEvent,
  type OutcomeCounts,
  type ScoreGroups,
  scoreFaults,
  sortedScores,
} from './score-groups.ts'

/** How well a score ranks. */
export interface AreaUnderCurve {
  /** How probable it is that of two customers the one to whom it happened has the higher score; a tie counts half. */
  readonly area: number
  readonly events: number
  readonly others: number
  /** DeLong's; `null` with fewer than two customers of either kind. */
  readonly standardError: number | null
  /** By the log odds of the area, so that no end leaves 0 to 1; `null` where the error is 0 or not known. */
  readonly interval: { readonly lower: number; readonly upper: number } | null
}

/** 2 × the pairs in which the event has the higher score, a tie counting half. */
const winsOf = ({ events, others }: ScoreGroups): number => {
  let [wins, othersBelow] = [0, 0]
  events.forEach((event, index) => {
    const other = others[index] as number
    wins += event * (2 * othersBelow + other)
    othersBelow += other
  })
  return wins
}

/** The variance of the area: of the shares of others below each event, and of events above each other. */
const varianceOf = (
  { events, others }: ScoreGroups,
  { events: all, others: rest }: OutcomeCounts,
  area: number,
): number => {
  let [eventSquares, otherSquares, othersBelow, eventsBelow] = [0, 0, 0, 0]
  events.forEach((event, index) => {
    const other = others[index] as number
    eventSquares += event * ((othersBelow + other / 2) / rest - area) ** 2
    otherSquares += other * ((all - eventsBelow - event / 2) / all - area) ** 2
    othersBelow += other
    eventsBelow += event
  })
  return eventSquares / (all - 1) / all + otherSquares / (rest - 1) / rest
}

const intervalOf = (area: number, error: number, z: number): AreaUnderCurve['interval'] => {
  if (error === 0) return null
  const [odds, reach] = [Math.log(area / (1 - area)), (z * error) / (area * (1 - area))]
  return { lower: 1 / (1 + Math.exp(reach - odds)), upper: 1 / (1 + Math.exp(-reach - odds)) }
}

/** An error as small as rounding is none. */
const errorOf = (variance: number): number => (variance < 1e-28 ? 0 : Math.sqrt(variance))

/**
 * The area under the ROC curve, with DeLong's standard error: how probable it is that somebody to whom it happened has a
 * higher score than somebody to whom it did not.
 *
 * Sources: E. R. DeLong, D. M. DeLong & D. L. Clarke-Pearson, Biometrics 44 (1988); X. Sun & W. Xu, IEEE Signal Processing
 * Letters 21 (2014), in n log n.
 *
 * @param groups from `scoreGroups`, of one set of customers or merged
 * @param confidence of the interval, 0.95 when absent
 * @returns `EmptySample` where it happened to all or to none, `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { areaUnderCurve, scoreGroups, unwrap } from 'treue'
 *
 * const groups = unwrap(scoreGroups({ scores: [0.1, 0.9, 0.8, 0.3, 0.2], outcomes: [0, 1, 1, 0, 1] }))
 * unwrap(areaUnderCurve(groups)).area.toFixed(4) // => '0.8333'
 * ```
 */
export const areaUnderCurve = (
  groups: ScoreGroups,
  confidence: number = 0.95,
): Either<EmptySample | OutOfRange, AreaUnderCurve> => {
  const z = twoSidedQuantile(confidence)
  if (z._tag === 'Left') return z
  const totals = bothOutcomes(groups)
  if (totals._tag === 'Left') return totals
  const { events, others } = totals.right
  const area = winsOf(groups) / (2 * events * others)
  if (events < 2 || others < 2) {
    return { _tag: 'Right', right: { area, events, others, standardError: null, interval: null } }
  }
  const standardError = errorOf(varianceOf(groups, totals.right, area))
  return {
    _tag: 'Right',
    right: { area, events, others, standardError, interval: intervalOf(area, standardError, z.right) },
  }
}

/** Two scores of the same customers. */
export interface PairedScores {
  readonly first: ArrayLike<number>
  readonly second: ArrayLike<number>
  /** `true` or 1 where it happened, `false` or 0 where it did not. */
  readonly outcomes: ArrayLike<boolean | number>
}

/** Whether one of two scores ranks better. */
export interface AreaComparison {
  /** The area of the first. */
  readonly first: number
  readonly second: number
  /** `first − second` */
  readonly difference: number
  readonly standardError: number
  readonly interval: { readonly lower: number; readonly upper: number }
  /** `null` where the error is 0, as of scores that rank all customers alike. */
  readonly z: number | null
  readonly p: number | null
}

/** How many of sorted scores are below one, a tie counting half. */
const placeOf = (sorted: Float64Array, score: number): number => {
  const lowest = (isBefore: (value: number) => boolean): number => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (isBefore(sorted[middle] as number)) low = middle + 1
      else high = middle
    }
    return low
  }
  return (lowest((value) => value < score) + lowest((value) => value <= score)) / 2
}

/** Of each customer, the share of those with the other outcome whom the score ranks rightly against them. */
const rankedRightly = (scores: ArrayLike<number>, outcomes: PairedScores['outcomes']): Float64Array => {
  const [events, others] = [sortedScores({ scores, outcomes }, true), sortedScores({ scores, outcomes }, false)]
  return Float64Array.from({ length: scores.length }, (_, row) => {
    const score = scores[row] as number
    return isEvent(outcomes[row]) ? placeOf(others, score) / others.length : 1 - placeOf(events, score) / events.length
  })
}

/** What the customers of one outcome say of two scores. */
interface KindMeans {
  readonly count: number
  readonly first: number
  readonly second: number
  /** Of the mean difference. */
  readonly variance: number
}

const kindMeans = (first: Float64Array, second: Float64Array, isKind: (row: number) => boolean): KindMeans => {
  const rows = first.reduce((count, _, row) => count + (isKind(row) ? 1 : 0), 0)
  const meanOf = (of: (row: number) => number): number =>
    first.reduce((sum, _, row) => sum + (isKind(row) ? of(row) : 0), 0) / rows
  const difference = (row: number): number => (first[row] as number) - (second[row] as number)
  const mean = meanOf(difference)
  return {
    count: rows,
    first: meanOf((row) => first[row] as number),
    second: meanOf((row) => second[row] as number),
    variance: meanOf((row) => (difference(row) - mean) ** 2) / (rows - 1),
  }
}

/** Why two scores cannot be compared. */
export type AreaComparisonFaults = ReadonlyNonEmptyArray<InvalidValue | EmptySample | OutOfRange>

const compared = (events: KindMeans, others: KindMeans, reach: number): AreaComparison => {
  const difference = events.first - events.second
  const standardError = errorOf(events.variance + others.variance)
  const z = standardError === 0 ? null : difference / standardError
  const tail = z === null ? null : normalUpperTail(Math.abs(z))
  return {
    first: events.first,
    second: events.second,
    difference,
    standardError,
    interval: { lower: difference - reach * standardError, upper: difference + reach * standardError },
    z,
    p: tail?._tag === 'Right' ? Math.min(1, 2 * tail.right) : null,
  }
}

/**
 * Whether one of two scores of the same customers ranks better: DeLong's test of two areas under the curve, which counts that
 * both scores err on the same customers.
 *
 * Source: E. R. DeLong, D. M. DeLong & D. L. Clarke-Pearson, Biometrics 44 (1988).
 *
 * @param scores see {@link PairedScores}
 * @param confidence of the interval, 0.95 when absent
 * @returns `InvalidValue` for each score or outcome that is wrong, `EmptySample` with fewer than two customers of either kind,
 * `OutOfRange` for a confidence outside (0, 1).
 * @example
 * ```ts
 * import { compareAreas, unwrap } from 'treue'
 *
 * const outcomes = [1, 1, 1, 0, 0, 0]
 * const { difference, p } = unwrap(
 *   compareAreas({ first: [0.9, 0.8, 0.4, 0.5, 0.3, 0.1], second: [0.6, 0.2, 0.7, 0.8, 0.4, 0.3], outcomes }),
 * )
 * difference.toFixed(3) // => '0.444'
 * p?.toFixed(2) // => '0.16'
 * ```
 */
export const compareAreas = (
  { first, second, outcomes }: PairedScores,
  confidence: number = 0.95,
): Either<AreaComparisonFaults, AreaComparison> => {
  const z = twoSidedQuantile(confidence)
  const named = (name: string, scores: ArrayLike<number>): ReadonlyArray<InvalidValue> =>
    scoreFaults({ scores, outcomes }).map((fault) =>
      fault.path[0] === 'scores' ? { ...fault, path: [name, ...fault.path.slice(1)] } : fault,
    )
  const own = named('first', first)
  const other = named('second', second).filter(({ path }) => path[0] === 'second' || own.length === 0)
  const [fault, ...rest] = [...own, ...other, ...(z._tag === 'Left' ? [z.left] : [])]
  if (fault !== undefined) return { _tag: 'Left', left: [fault, ...rest] }
  const [a, b] = [rankedRightly(first, outcomes), rankedRightly(second, outcomes)]
  const events = kindMeans(a, b, (row) => isEvent(outcomes[row]))
  const others = kindMeans(a, b, (row) => !isEvent(outcomes[row]))
  return events.count < 2 || others.count < 2
    ? {
        _tag: 'Left',
        left: [emptySample(['outcomes'], 'at least two to whom it happened, and two to whom it did not')],
      }
    : { _tag: 'Right', right: compared(events, others, z._tag === 'Right' ? z.right : 0) }
}
