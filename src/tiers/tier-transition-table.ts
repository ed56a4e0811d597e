// Transition probabilities of tiers, with what their counts leave uncertain.

import { type Either, isLeft } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, emptySample, type InvalidValue, type OutOfRange } from '../foundation/index.ts'
import { type ProportionInterval, twoSidedQuantile, wilsonInterval } from '../statistics/index.ts'
import { isNonEmpty, type TierTransitions, transitionFaults } from './tier-transitions.ts'

/** The share of a tier's members who went one way. */
export interface TierTransitionCell {
  readonly members: number
  /** Between 0 and 1. */
  readonly probability: number
  /** Wilson's. */
  readonly interval: ProportionInterval
}

/** Where the members of one tier went. */
export interface TierTransitionRow {
  /** Members of the tier before, those who left included. */
  readonly members: number
  /** To each tier. */
  readonly to: ReadonlyArray<TierTransitionCell>
  readonly left: TierTransitionCell
}

/** Where the members of each tier went between two dates. */
export interface TierTransitionTable {
  /** Between 0 and 1. */
  readonly confidence: number
  /** By the tier before; `EmptySample` for a tier without members, the others where its members are too many to count. */
  readonly rows: ReadonlyArray<Either<TierTransitionRowFault, TierTransitionRow>>
}

/** How a table of transitions is finished. */
export interface TierTransitionTableOptions {
  /** Of each interval by itself, between 0 and 1; 0.95 when absent. */
  readonly confidence?: number
}

/** Why there is no table. */
export type TierTransitionTableFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange>

export const membersBefore = ({ counts, left }: TierTransitions, from: number): number =>
  (counts[from] ?? []).reduce((sum, members) => sum + members, left[from] ?? 0)

/** Why a tier has no row. */
export type TierTransitionRowFault = EmptySample | InvalidValue | OutOfRange

const cellOf = (
  members: number,
  total: number,
  confidence: number,
): Either<TierTransitionRowFault, TierTransitionCell> => {
  const interval = wilsonInterval(members, total, confidence)
  return isLeft(interval)
    ? interval
    : { _tag: 'Right', right: { members, probability: members / total, interval: interval.right } }
}

const rowOf = (
  transitions: TierTransitions,
  from: number,
  confidence: number,
): Either<TierTransitionRowFault, TierTransitionRow> => {
  const members = membersBefore(transitions, from)
  if (members === 0) return { _tag: 'Left', left: emptySample(['counts', from], 'at least one member in the tier') }
  const to: Array<TierTransitionCell> = []
  for (const moved of transitions.counts[from] ?? []) {
    const cell = cellOf(moved, members, confidence)
    if (isLeft(cell)) return cell
    to.push(cell.right)
  }
  const left = cellOf(transitions.left[from] ?? 0, members, confidence)
  return isLeft(left) ? left : { _tag: 'Right', right: { members, to, left: left.right } }
}

/**
 * The transition probabilities of counted moves, each with its Wilson interval.
 *
 * Source: the maximum likelihood estimate of T. W. Anderson and L. A. Goodman, Annals of Mathematical Statistics 28
 * (1957).
 *
 * @param transitions counted, or merged
 * @param options see {@link TierTransitionTableOptions}
 * @returns `InvalidValue` for rows of different length, `OutOfRange` for a confidence outside (0, 1). A tier without
 * members has no probabilities: its row is `EmptySample`.
 * @example
 * ```ts
 * import { tierTransitionTable, unwrap } from 'treue'
 *
 * const table = unwrap(tierTransitionTable({ counts: [[80, 15], [20, 80]], joined: [9, 0], left: [5, 0] }))
 * const [base] = table.rows.map(unwrap)
 * base?.to[1]?.probability // => 0.15
 * base?.to[1]?.interval.lower.toFixed(3) // => '0.093'
 * base?.left.probability // => 0.05
 * ```
 */
export const tierTransitionTable = (
  transitions: TierTransitions,
  options: TierTransitionTableOptions = {},
): Either<TierTransitionTableFaults, TierTransitionTable> => {
  const { confidence = 0.95 } = options
  const z = twoSidedQuantile(confidence)
  const faults = [...transitionFaults(transitions), ...(isLeft(z) ? [z.left] : [])]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const rows = transitions.counts.map((_, from) => rowOf(transitions, from, confidence))
  return { _tag: 'Right', right: { confidence, rows } }
}
