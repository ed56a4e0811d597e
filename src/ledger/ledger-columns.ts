/** Many members' ledgers as columns or as rows, and what can be wrong with them. */
import type { Fault, Instant, InvalidValue, MemberId, OutOfRange, Points } from '../foundation/index.ts'

/**
 * What a row of a ledger does. In columns a type is its index in this list.
 *
 * @example
 * ```ts
 * import { ledgerRowTypes } from 'treue'
 *
 * ledgerRowTypes.indexOf('redemption') // => 1
 * ```
 */
export const ledgerRowTypes = ['accrual', 'redemption', 'clawBack'] as const

/** What a row of a ledger does: it earns points, spends them, or takes earned ones back. */
export type LedgerRowType = (typeof ledgerRowTypes)[number]

/**
 * Ledger rows as columns, one entry per row. The rows of one member are in the order of time; members may interleave.
 * All points are in the wallet's smallest unit, all instants in epoch milliseconds.
 */
export interface LedgerColumns {
  /** The id of each member index. */
  readonly members: ReadonlyArray<MemberId>
  /** The index of the member. */
  readonly member: Int32Array
  /** When it happens. */
  readonly at: Float64Array
  /** The index of what it does in {@link ledgerRowTypes}. */
  readonly type: Uint8Array
  readonly points: Float64Array
  /** Of an accrual, when its points become active; of other rows it is not read. */
  readonly activeFrom: Float64Array
  /** Of an accrual, the first instant at which its points are no longer valid, `Infinity` where they never expire. */
  readonly expiresAt: Float64Array
  /** Of a claw-back, the row of the accrual that it takes from; of other rows it is not read. */
  readonly of: Int32Array
}

/** A row that earns points. */
export interface AccrualRow {
  readonly type: 'accrual'
  readonly member: MemberId
  readonly at: Instant
  readonly points: Points
  /** When the points become active; without it, at once. */
  readonly activeFrom?: Instant
  /** The first instant at which the points are no longer valid; `null`: they never expire. */
  readonly expiresAt: Instant | null
}

/** A row that spends points. */
export interface RedemptionRow {
  readonly type: 'redemption'
  readonly member: MemberId
  readonly at: Instant
  readonly points: Points
}

/** A row that takes earned points back. */
export interface ClawBackRow {
  readonly type: 'clawBack'
  readonly member: MemberId
  readonly at: Instant
  readonly points: Points
  /** The index of the accrual's row. */
  readonly of: number
}

/** A row of a ledger. */
export type LedgerRow = AccrualRow | RedemptionRow | ClawBackRow

/** What members hold and have held: one figure per member, in the wallet's smallest unit. */
export interface LedgerTotals {
  /** What can be spent. */
  readonly active: Float64Array
  /** What is earned but cannot be spent yet. */
  readonly pending: Float64Array
  /** What was taken back and was not there any more. */
  readonly debt: Float64Array
  readonly accrued: Float64Array
  readonly redeemed: Float64Array
  readonly expired: Float64Array
  readonly reversed: Float64Array
}

/** A row happens before an earlier row of the same member. */
export interface RowOutOfOrder extends Fault<'RowOutOfOrder'> {
  readonly row: number
  readonly at: Instant
  /** When the row before it of the same member happens. */
  readonly previous: Instant
}

/** A claw-back names a row that is not an earlier accrual of the same member. */
export interface UnknownAccrual extends Fault<'UnknownAccrual'> {
  readonly row: number
  readonly of: number
}

/** A claw-back takes more than its accrual granted and earlier claw-backs left. */
export interface ExcessClawBack extends Fault<'ExcessClawBack'> {
  readonly row: number
  readonly of: number
  readonly requested: Points
  readonly available: Points
}

/** A redemption spends more than is active. */
export interface InsufficientBalance extends Fault<'InsufficientBalance'> {
  readonly row: number
  readonly member: MemberId
  readonly requested: Points
  readonly available: Points
}

/** What can be wrong with a ledger. */
export type LedgerFault =
  | InvalidValue
  | OutOfRange
  | RowOutOfOrder
  | UnknownAccrual
  | ExcessClawBack
  | InsufficientBalance
