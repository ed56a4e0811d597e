/** Why stamps can't be given or taken. */
import type { ActivityId, Fault, Instant, InvalidValue, LineId } from '../foundation/index.ts'

/** The id was used before, for something else (S36). */
export interface StampActivityConflict extends Fault<'StampActivityConflict'> {
  readonly id: ActivityId
}

/** No such purchase is known, or it can no longer be returned. */
export interface UnknownStampedPurchase extends Fault<'UnknownStampedPurchase'> {
  readonly purchase: ActivityId
}

/** More comes back than is left of a line. */
export interface StampReturnExceedsLine extends Fault<'StampReturnExceedsLine'> {
  readonly line: LineId
  readonly requested: number
  readonly remaining: number
}

/** The purchase comes in when its time to return is over already, so it can't be told whether it was counted. */
export interface StampPurchaseTooLate extends Fault<'StampPurchaseTooLate'> {
  readonly at: Instant
  /** The instant that the state has reached. */
  readonly asOf: Instant
}

/** The card has given no such reward, or it is not in the state that was asked for. */
export interface StampRewardUnavailable extends Fault<'StampRewardUnavailable'> {
  readonly card: number
  readonly position: number
}

/** What can be wrong with stamps. */
export type StampFault = StampActivityConflict | UnknownStampedPurchase | StampReturnExceedsLine | InvalidValue

export const activityConflict = (id: ActivityId): StampActivityConflict => ({
  _tag: 'StampActivityConflict',
  path: ['id'],
  expected: 'an id that was not used before, or the same content again',
  id,
})
