/** What a trace says of rewards. */
import type { ActivityId, Instant } from '../foundation/index.ts'
import type { StampCardId, StampReward, StampsGiven } from '../rewards/index.ts'

/** Stamps that a purchase gave on the cards of a kind. */
export interface StampsStep {
  readonly step: 'stamps'
  readonly card: StampCardId
  readonly slots: number
  /** By the lines alone. */
  readonly desired: number
  /** Given, those that paid a debt included. */
  readonly granted: number
  readonly cutBy: StampsGiven['cutBy']
  /** The rewards that they reached. */
  readonly rewards: ReadonlyArray<StampReward>
  /** On the card that is being filled, afterwards. */
  readonly stamps: number
}

/** Stamps that a return took back. */
export interface StampsTakenStep {
  readonly step: 'stampsTaken'
  readonly card: StampCardId
  readonly purchase: ActivityId
  readonly taken: number
  /** On the card that is being filled, afterwards. */
  readonly stamps: number
  /** Owed, afterwards. */
  readonly debt: number
}

/** A card that ran out, with its stamps. */
export interface StampsExpiredStep {
  readonly step: 'stampsExpired'
  readonly card: StampCardId
  readonly stamps: number
  readonly at: Instant
}

/** A reward of a card that was used, or is open again. */
export interface StampRewardStep {
  readonly step: 'stampReward'
  readonly card: StampCardId
  /** Which card of the kind. */
  readonly number: number
  readonly position: number
  readonly used: boolean
}

/** What a trace says of rewards. */
export type RewardTraceStep = StampsStep | StampsTakenStep | StampsExpiredStep | StampRewardStep
