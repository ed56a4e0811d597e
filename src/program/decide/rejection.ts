/** Why an activity cannot be taken in. The state is left as it was. */

import type { BadgeId, ChallengeId } from '../../challenges/index.ts'
import type { ReturnFault, UnknownFact } from '../../earning/index.ts'
import type {
  ActivityId,
  CampaignId,
  CapId,
  CurrencyMismatch,
  Fault,
  Instant,
  InvalidValue,
  LadderId,
  MemberId,
  OutOfRange,
  Points,
  UnknownExchangeRate,
  WalletId,
  ZeroDenominator,
} from '../../foundation/index.ts'
import type {
  InsufficientPoints,
  InvalidOpeningLot,
  NothingToExtend,
  ReinstatementFault,
  UnknownConversion,
  UnknownHold,
} from '../../ledger/index.ts'
import type {
  DonationFault,
  RedemptionStepFault,
  RewardId,
  RewardObstacle,
  StampActivityConflict,
  StampCardId,
  StampPurchaseTooLate,
  StampReturnExceedsLine,
  StampRewardUnavailable,
  TooManyCombinations,
  UnknownStampedPurchase,
  VoucherId,
} from '../../rewards/index.ts'
import type { ClaimFault } from '../../tiers/index.ts'

/** What was handed in is no activity: it was not decoded, or of another type. */
export interface InvalidActivity extends Fault<'InvalidActivity'> {}

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

/** The state is not of the revision that was expected: somebody else has decided since, or it is an old copy. */
export interface StaleState extends Fault<'StaleState'> {
  readonly revision: number
  readonly expectedRevision: number
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

/** There is no such action, or it can no longer be undone. */
export interface ActionNotCancellable extends Fault<'ActionNotCancellable'> {
  readonly action: ActivityId
}

/** The program declares no such action. */
export interface UnknownAction extends Fault<'UnknownAction'> {
  readonly name: string
}

/** The action is one that follows from a decision: no app sends it or undoes it. */
export interface ReservedAction extends Fault<'ReservedAction'> {
  readonly name: string
}

/** It happened longer ago than the program takes anything late, or later than it came in. */
export interface ActivityTooLate extends Fault<'ActivityTooLate'> {
  readonly occurredAt: Instant
  readonly at: Instant
}

/** The program has a budget for everybody, and what has been used of it was not given. */
export interface MissingBudget extends Fault<'MissingBudget'> {
  readonly cap: CapId
}

/** There is no such redemption, or it can no longer be cancelled. */
export interface RedemptionNotCancellable extends Fault<'RedemptionNotCancellable'> {
  readonly redemption: ActivityId
}

/** More was to be given back of a redemption than is left of it. */
export interface RestorationExceedsRedemption extends Fault<'RestorationExceedsRedemption'> {
  readonly redemption: ActivityId
  readonly requested: Points
  readonly remaining: Points
}

/** The other member of a transfer or merge is the member. */
export interface SameMember extends Fault<'SameMember'> {
  readonly member: MemberId
}

/** The program has no such ladder, or the member is not on it. */
export interface UnknownLadder extends Fault<'UnknownLadder'> {
  readonly ladder: LadderId
}

/** There is no such referral, or no person has to decide on it. */
export interface ReferralNotReviewable extends Fault<'ReferralNotReviewable'> {
  /** `null`: the one by which the member came. */
  readonly conversion: ActivityId | null
}

/** The program has no such stamp card. */
export interface UnknownStampCard extends Fault<'UnknownStampCard'> {
  readonly card: StampCardId
}

/** The program has no such streak. */
export interface UnknownChallenge extends Fault<'UnknownChallenge'> {
  readonly challenge: ChallengeId
}

/** The program has no such badge. */
export interface UnknownBadge extends Fault<'UnknownBadge'> {
  readonly badge: BadgeId
}

/** What a member earns for: a tier of a ladder, or a level of a challenge. */
export interface EffectName {
  readonly action: 'tierUpgraded' | 'challengeReached'
  /** The ladder, or the challenge. */
  readonly of: string
  /** The tier, or the level. */
  readonly level: string
}

/** Rewards lead to one another for longer than is allowed: nothing of it is done. */
export interface EndlessEffects extends Fault<'EndlessEffects'> {
  /** What was rewarded, each for what the reward before it led to. */
  readonly chain: ReadonlyArray<EffectName>
}

/** The program has no such reward. */
export interface UnknownReward extends Fault<'UnknownReward'> {
  readonly reward: RewardId
}

/** The member cannot have the reward. */
export interface RewardUnavailable extends Fault<'RewardUnavailable'> {
  readonly reward: RewardId
  /** All that is in the way, with what is missing. */
  readonly obstacles: ReadonlyArray<RewardObstacle>
}

/** The member took no such reward, or nothing can become of it any more. */
export interface UnknownRedemption extends Fault<'UnknownRedemption'> {
  readonly redemption: ActivityId
}

/** The program has no such voucher. */
export interface UnknownVoucher extends Fault<'UnknownVoucher'> {
  readonly voucher: VoucherId
}

/** The member does not have the voucher. */
export interface UnknownVoucherGrant extends Fault<'UnknownVoucherGrant'> {
  readonly grant: ActivityId
}

/** The program has no such campaign. */
export interface UnknownCampaign extends Fault<'UnknownCampaign'> {
  readonly campaign: CampaignId
}

/** Something is limited for all members together, and what they have used of it was not given. */
export interface MissingSharedUsage extends Fault<'MissingSharedUsage'> {
  /** The id of what is limited: a reward, a voucher or a campaign. */
  readonly of: string
}

/** The purchase was granted by a version of the program that was not compiled in. */
export interface UnknownProgramVersion extends Fault<'UnknownProgramVersion'> {
  readonly version: number
}

/** One reason why an activity cannot be taken in. */
export type RejectionReason =
  | InvalidActivity
  | WrongMember
  | ActivityConflict
  | ActivityOutOfOrder
  | StaleState
  | NotEnrolled
  | AlreadyEnrolled
  | UnknownWallet
  | RepeatedLine
  | PurchaseNotReturnable
  | UnknownProgramVersion
  | ActionNotCancellable
  | UnknownAction
  | ReservedAction
  | ActivityTooLate
  | MissingBudget
  | RedemptionNotCancellable
  | RestorationExceedsRedemption
  | SameMember
  | UnknownLadder
  | ReferralNotReviewable
  | UnknownStampCard
  | EndlessEffects
  | UnknownReward
  | RewardUnavailable
  | UnknownRedemption
  | MissingSharedUsage
  | UnknownCampaign
  | DonationFault
  | UnknownVoucher
  | UnknownVoucherGrant
  | TooManyCombinations
  | RedemptionStepFault
  | UnknownChallenge
  | UnknownBadge
  | StampRewardUnavailable
  | StampActivityConflict
  | StampPurchaseTooLate
  | UnknownStampedPurchase
  | StampReturnExceedsLine
  | ClaimFault
  | UnknownHold
  | UnknownConversion
  | NothingToExtend
  | InvalidOpeningLot
  | ReinstatementFault
  | InvalidValue
  | InsufficientPoints
  | CurrencyMismatch
  | UnknownExchangeRate
  | OutOfRange
  | ZeroDenominator
  | ReturnFault
  | UnknownFact

/** Every reason why an activity cannot be taken in. */
export type Rejection = ReadonlyArray<RejectionReason>
