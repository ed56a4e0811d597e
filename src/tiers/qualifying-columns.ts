/** What many members did that counts on a ladder, and where they stand, as columns. */
import type { Fault, Instant, InvalidValue } from '../foundation/index.ts'
import type { RowOutOfOrder } from '../ledger/index.ts'

/**
 * What counts on a ladder, one entry per row, and when each member joined. The rows of one member are in the order of
 * time; members may interleave. All instants are in epoch milliseconds.
 */
export interface QualifyingColumns {
  /** When each member joined, one entry per member. */
  readonly joinedAt: Float64Array
  /** The index of the member. */
  readonly member: Int32Array
  /** When it came in. Rows of a member with one instant are counted together. */
  readonly at: Float64Array
  /** The index of the metric in the ladder. */
  readonly metric: Uint8Array
  /** How much, in the metric's unit; below zero where it is taken back. */
  readonly count: Float64Array
  /** The instant for which it counts (S37): for what is taken back, that for which it had counted. Without it, `at`. */
  readonly countedAt?: Float64Array
}

/** Where members stand at one instant: a column has one entry per member. */
export interface StandingColumns {
  readonly asOf: Instant
  /** The rank of the tier, lowest 0; −1: not a member yet, and the other columns have 0. */
  readonly rank: Int32Array
  /** Since when the member is on that tier. */
  readonly since: Float64Array
  /** The first instant at which the tier is no longer valid without an assessment; `Infinity`: it has no such end. */
  readonly validUntil: Float64Array
  /** For each metric of the ladder what counts at the instant, in its unit; `null` where it was not asked for. */
  readonly counts: ReadonlyArray<Float64Array> | null
  /** How many members are on each tier, by its rank. */
  readonly membersByRank: Int32Array
}

/** A row happens before its member joined. */
export interface RowBeforeJoining extends Fault<'RowBeforeJoining'> {
  readonly row: number
  readonly at: Instant
  readonly joinedAt: Instant
}

/** What can be wrong with columns of what counts. */
export type QualifyingColumnsFault = InvalidValue | RowOutOfOrder | RowBeforeJoining
