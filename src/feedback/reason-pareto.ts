// Which reasons matter most: their shares, in order, and the few that make up most of all mentions.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type ReasonId,
} from '../foundation/index.ts'
import { isNonEmpty } from './nps-summary.ts'
import type { ReasonCounts } from './reason-counts.ts'
import type { ReasonTaxonomy } from './reason-taxonomy.ts'
import { type ShareEstimate, shareOf } from './share-estimate.ts'

/**
 * Which reasons are looked at: the widest (`'widest'`), each by itself (`'named'`), or those that belong directly to one
 * (`{ under }`).
 */
export type ReasonLevel = 'widest' | 'named' | { readonly under: ReasonId }

/** A reason and how many responses gave it. */
export interface ReasonFigure {
  readonly reason: ReasonId
  readonly count: number
}

/** The reasons of a level with their counts, in the order of the taxonomy; `undefined` where there is no such level. */
export const figuresAt = (
  { reasons }: ReasonTaxonomy,
  { counts }: ReasonCounts,
  level: ReasonLevel,
): ReadonlyArray<ReasonFigure> | undefined => {
  if (level === 'named') return counts.map(({ reason, named }) => ({ reason, count: named }))
  const parent = level === 'widest' ? null : level.under
  if (parent !== null && !reasons.some(({ id }) => id === parent)) return undefined
  const wanted = new Set(reasons.filter((reason) => reason.parent === parent).map(({ id }) => id))
  return counts.flatMap(({ reason, total }) => (wanted.has(reason) ? [{ reason, count: total }] : []))
}

export const levelFault = (level: ReasonLevel): InvalidValue =>
  invalidValue(['level', 'under'], typeof level === 'string' ? level : level.under, 'a reason of the taxonomy')

/** How reasons are put in order. */
export interface ReasonParetoOptions {
  /** `'widest'` when absent. */
  readonly level?: ReasonLevel
  /** The share of all mentions that the vital few make up, above 0 and at most 1; 0.8 when absent. */
  readonly vitalShare?: number
  /** Of the intervals, above 0 and below 1; 0.95 when absent. */
  readonly confidence?: number
}

/** A reason in the order of how often it was given. */
export interface RankedReason {
  readonly reason: ReasonId
  /** 1 for the most frequent; reasons that were given equally often share one. */
  readonly rank: number
  /** Of the responses that gave a reason at all: the shares of several reasons can add up to more than 1. */
  readonly ofResponses: ShareEstimate
  /** Of all mentions. */
  readonly ofMentions: number
  /** Of all mentions, with the reasons before it. */
  readonly cumulative: number
  /** Whether it is one of the few that make up the share that was asked for; with it are those that are as frequent. */
  readonly isVital: boolean
}

/** Reasons, the most frequent first. */
export interface ReasonPareto {
  /** How often a reason of the level was given, several in one response each. */
  readonly mentions: number
  readonly reasons: ReadonlyArray<RankedReason>
}

const byCount = (figures: ReadonlyArray<ReasonFigure>): ReadonlyArray<ReasonFigure> =>
  // Sorting is stable: among equals the taxonomy's order stays.
  [...figures].sort((a, b) => b.count - a.count)

/** The rank of every reason: one more than how many are more frequent. */
export const ranksOf = (figures: ReadonlyArray<ReasonFigure>): ReadonlyMap<ReasonId, number> => {
  const ranks = new Map<ReasonId, number>()
  const sorted = byCount(figures)
  let rank = 1
  for (const [at, { reason, count }] of sorted.entries()) {
    if (sorted[at - 1]?.count !== count) rank = at + 1
    ranks.set(reason, rank)
  }
  return ranks
}

/** How few of the most frequent make up a share; those as frequent as the last are with them. */
const leastVitalCount = (sorted: ReadonlyArray<ReasonFigure>, mentions: number, share: number): number => {
  let sum = 0
  for (const { count } of sorted) {
    sum += count
    if (sum >= share * mentions) return count
  }
  return 1
}

/**
 * The reasons of a level, the most frequent first, with their shares and the few that make up most of all mentions.
 *
 * @param taxonomy the reasons that there are
 * @param counts how often each was given
 * @param options see {@link ReasonParetoOptions}
 * @returns `EmptySample` where no reason of the level was given, `InvalidValue` for a level under a reason that the taxonomy
 * doesn't have and for counts that can't be, `OutOfRange` for a share or a confidence out of its range; all that applies.
 * @example
 * ```ts
 * import { countReasons, leavingReasons, type ReasonId, reasonPareto, unwrap } from 'treue'
 *
 * const given = ['tooExpensive', 'tooExpensive', 'priceIncrease', 'moved', 'support'].map((id) => [id as ReasonId])
 * const { reasons } = unwrap(reasonPareto(leavingReasons, unwrap(countReasons(leavingReasons, given))))
 * reasons.filter(({ isVital }) => isVital).map(({ reason, ofMentions }) => [reason, ofMentions])
 * // => [['price', 0.6], ['service', 0.2], ['circumstance', 0.2]]
 * ```
 */
export const reasonPareto = (
  taxonomy: ReasonTaxonomy,
  counts: ReasonCounts,
  options: ReasonParetoOptions = {},
): Either<ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange>, ReasonPareto> => {
  const { level = 'widest', vitalShare = 0.8, confidence = 0.95 } = options
  const figures = figuresAt(taxonomy, counts, level)
  const sorted = byCount(figures ?? [])
  const mentions = sorted.reduce((sum, { count }) => sum + count, 0)
  const stated = counts.responses - counts.unstated
  const shares = sorted.map(({ count }) => shareOf(count, stated, confidence))
  const faults: Array<EmptySample | InvalidValue | OutOfRange> = []
  if (figures === undefined) faults.push(levelFault(level))
  else if (mentions === 0) faults.push(emptySample(['counts'], 'at least one reason of the level that was given'))
  if (!(vitalShare > 0 && vitalShare <= 1)) {
    faults.push(outOfRange(['options', 'vitalShare'], vitalShare, 'a share above 0 and at most 1'))
  }
  const broken = mentions === 0 ? undefined : shares.find(isLeft)
  if (broken !== undefined) faults.push(broken.left)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const least = leastVitalCount(sorted, mentions, vitalShare)
  const ranks = ranksOf(sorted)
  let sum = 0
  const reasons = sorted.flatMap(({ reason, count }, at): ReadonlyArray<RankedReason> => {
    const ofResponses = shares[at]
    if (ofResponses === undefined || isLeft(ofResponses)) return []
    sum += count
    const rank = ranks.get(reason) ?? 0
    const [ofMentions, cumulative, isVital] = [count / mentions, sum / mentions, count >= least]
    return [{ reason, rank, ofResponses: ofResponses.right, ofMentions, cumulative, isVital }]
  })
  return { _tag: 'Right', right: { mentions, reasons } }
}
