/** Why an activity cannot be taken in. The state is left as it was. */

import type { ReturnFault } from '../earning/index.ts'
import type {
  ActivityId,
  CurrencyMismatch,
  Fault,
  Instant,
  MemberId,
  OutOfRange,
  WalletId,
} from '../foundation/index.ts'
import type { InsufficientPoints } from '../ledger/index.ts'

/** The activity is another member's. */
export interface WrongMember extends Fault<'WrongMember'> {
  readonly member: MemberId
}

/** The id was used before, for something else (S36). */
export interface ActivityConflict extends Fault<'ActivityConflict'> {
  readonly activity: ActivityId
}

/** Something that happened later has been taken in already. */
export interface ActivityOutOfOrder extends Fault<'ActivityOutOfOrder'> {
  readonly at: Instant
  readonly asOf: Instant
}

/** The member has not joined yet. */
export interface NotEnrolled extends Fault<'NotEnrolled'> {
  readonly member: MemberId
}

/** The member has joined before. */
export interface AlreadyEnrolled extends Fault<'AlreadyEnrolled'> {
  readonly member: MemberId
}

/** The program has no such wallet. */
export interface UnknownWallet extends Fault<'UnknownWallet'> {
  readonly wallet: WalletId
}

/** A purchase has two lines of one id. */
export interface RepeatedLine extends Fault<'RepeatedLine'> {
  readonly line: string
}

/** There is no such purchase, or its return window is over. */
export interface PurchaseNotReturnable extends Fault<'PurchaseNotReturnable'> {
  readonly purchase: ActivityId
}

/** The purchase was granted by a version of the program that was not compiled in. */
export interface UnknownProgramVersion extends Fault<'UnknownProgramVersion'> {
  readonly version: number
}

/** One reason why an activity cannot be taken in. */
export type RejectionReason =
  | WrongMember
  | ActivityConflict
  | ActivityOutOfOrder
  | NotEnrolled
  | AlreadyEnrolled
  | UnknownWallet
  | RepeatedLine
  | PurchaseNotReturnable
  | UnknownProgramVersion
  | InsufficientPoints
  | CurrencyMismatch
  | OutOfRange
  | ReturnFault

/** Every reason why an activity cannot be taken in. */
export type Rejection = ReadonlyArray<RejectionReason>
