/** Events: what follows for a member from what happened. A member's state is the fold of their events. */

import {
  ActivityId,
  arrayCodec,
  booleanCodec,
  type Codec,
  Instant,
  integerCodec,
  LotId,
  literalCodec,
  MemberId,
  naturalCodec,
  nullableCodec,
  Points,
  stringCodec,
  structCodec,
  TierId,
  unionCodec,
  WalletId,
} from '../../foundation/index.ts'
import { type LedgerEntry, ledgerEntryCodecs } from '../../ledger/index.ts'
import { ReferralRewardKind, ReferralSide } from '../../referrals/index.ts'
import { AssessmentCause, MetricId, Standing } from '../../tiers/index.ts'
import { type BroughtChange, BroughtReferral, ReferrerCounts } from './brought-referral.ts'
import { type ChallengeEvent, challengeEventCodecs } from './challenge-events.ts'
import { Donated } from './donated.ts'
import { EarningProgress } from './earning-progress.ts'
import { MemberReferral } from './member-referral.ts'
import { RewardChanged } from './member-rewards.ts'
import { Birthday, LapsedLot, OpenRedemption } from './member-state.ts'
import { VoucherHeldChanged, VoucherUseChanged } from './member-vouchers.ts'
import { EarningGrant, OpenEarning } from './open-earning.ts'
import { Restated } from './restated.ts'
import { StampCardChanged } from './stamp-card-changed.ts'

/** An activity was taken in. */
export interface ActivityRecorded {
  readonly type: 'activityRecorded'
  readonly at: Instant
  readonly activity: ActivityId
  /** The fingerprint of what it contained. */
  readonly content: number
}

/** The member joined. */
export interface Enrolled {
  readonly type: 'enrolled'
  readonly at: Instant
}

/** A claim to a tier began, ended or was extended. */
export interface TierClaimed {
  readonly type: 'tierClaimed'
  readonly at: Instant
  readonly standing: Standing
}

/** The member came onto a ladder. */
export interface LadderJoined {
  readonly type: 'ladderJoined'
  readonly at: Instant
  readonly standing: Standing
}

/** Something counted towards a tier, or counts no more. */
export interface QualifyingCounted {
  readonly type: 'qualifyingCounted'
  readonly at: Instant
  readonly metric: MetricId
  /** In the metric's unit; negative where it was taken back. */
  readonly count: number
  readonly standing: Standing
}

/** An assessment raised, renewed or lowered the tier, or changed something else about the standing. */
export interface TierChanged {
  readonly type: 'tierChanged'
  readonly at: Instant
  readonly change: 'held' | 'upgraded' | 'renewed' | 'downgraded'
  readonly cause: AssessmentCause
  readonly from: TierId
  readonly standing: Standing
  /** Whether reaching it is rewarded, with the member's next activity at the latest. */
  readonly isRewarded: boolean
}

/** Rules have seen the upgrades so far. */
export interface UpgradesRewarded {
  readonly type: 'upgradesRewarded'
  readonly at: Instant
}

/** The member's birthday is known, or no longer, or another. */
export interface BirthdayChanged {
  readonly type: 'birthdayChanged'
  readonly at: Instant
  readonly birthday: Birthday
}

/** Something was bought or done; it is kept until it can no longer be undone. */
export interface EarningRecorded {
  readonly type: 'earningRecorded'
  readonly at: Instant
  readonly earning: OpenEarning
  /** Purchases so far that were not returned completely, this one included. */
  readonly orders: number
}

/** Some of a purchase was returned, or an action undone: what is left of it, and of what it was granted. */
export interface EarningReduced {
  readonly type: 'earningReduced'
  readonly at: Instant
  readonly earning: OpenEarning
  readonly orders: number
}

/** Counters of caps, cooldowns or milestones moved. */
export interface ProgressChanged {
  readonly type: 'progressChanged'
  readonly at: Instant
  readonly progress: EarningProgress
}

/** Points were spent; the redemption is kept until it can no longer be cancelled. */
export interface RedemptionRecorded {
  readonly type: 'redemptionRecorded'
  readonly at: Instant
  readonly redemption: OpenRedemption
}

/** So much of a redemption was given back in all. */
export interface RedemptionCancelled {
  readonly type: 'redemptionCancelled'
  readonly at: Instant
  readonly redemption: ActivityId
  readonly restored: Points
}

/** Points expired that can be made valid again for a while. */
export interface LapseRecorded {
  readonly type: 'lapseRecorded'
  readonly at: Instant
  readonly lapse: LapsedLot
}

/** Expired points were made valid again. */
export interface LapsesReinstated {
  readonly type: 'lapsesReinstated'
  readonly at: Instant
  readonly inWallet: WalletId
  readonly lots: ReadonlyArray<LotId>
}

/** What earned points that expired was undone: so many of those of a lot can no longer be made valid again. */
export interface LapsesReturned {
  readonly type: 'lapsesReturned'
  readonly at: Instant
  readonly inWallet: WalletId
  /** The lot that was granted. */
  readonly lot: LotId
  readonly points: Points
}

/** The member was paid for a purchase that made a referral count. */
export interface RewardGranted {
  readonly type: 'rewardGranted'
  readonly at: Instant
  readonly purchase: ActivityId
  readonly reward: EarningGrant
}

/** The referral by which the member came was touched, counted, was cancelled and is open again, or needs a person. */
export interface ReferralChanged {
  readonly type: 'referralChanged'
  readonly at: Instant
  /** `null`: nothing is left to be known. */
  readonly referral: MemberReferral | null
}

/** The member named a referrer who does not count. */
export interface ReferralRefused {
  readonly type: 'referralRefused'
  readonly at: Instant
  readonly referrer: MemberId
  readonly reason: 'SelfReferral' | 'ReferrerNotEarlier'
}

/** The member invited somebody. */
export interface ReferralInvited {
  readonly type: 'referralInvited'
  readonly at: Instant
  readonly invitee: string
  /** Whether more were invited lately than the program thinks ordinary. */
  readonly isTooMany: boolean
  readonly counts: ReferrerCounts
}

/** Something became of a referral that the member brought. */
export interface BroughtChanged {
  readonly type: 'broughtChanged'
  readonly at: Instant
  readonly change: BroughtChange
  readonly brought: BroughtReferral
  readonly counts: ReferrerCounts
}

/** So many units of what the app gives itself: vouchers, money, donations. */
export interface ReferralRewardUnits {
  readonly kind: ReferralRewardKind
  readonly units: number
}

interface ReferralRewardEvent<Type extends string> {
  readonly type: Type
  readonly at: Instant
  /** The {@link ReferralConverted} of the referral. */
  readonly referral: ActivityId
  readonly side: ReferralSide
  readonly cause: 'referral' | 'milestone' | 'revenueShare'
  readonly reward: ReferralRewardUnits
}

/** The app is to give a reward: a discount on the purchase that counts, a voucher, a payment, a donation. */
export interface ReferralRewardDue extends ReferralRewardEvent<'referralRewardDue'> {}

/** The app is to take back such a reward, or some of it. */
export interface ReferralRewardTaken extends ReferralRewardEvent<'referralRewardTaken'> {}

/** What follows for a member. */
export type MemberEvent =
  | LedgerEntry
  | ActivityRecorded
  | Enrolled
  | LadderJoined
  | QualifyingCounted
  | TierClaimed
  | TierChanged
  | UpgradesRewarded
  | BirthdayChanged
  | EarningRecorded
  | EarningReduced
  | ProgressChanged
  | RedemptionRecorded
  | RedemptionCancelled
  | LapseRecorded
  | LapsesReinstated
  | LapsesReturned
  | RewardGranted
  | ReferralChanged
  | ReferralRefused
  | ReferralInvited
  | BroughtChanged
  | ReferralRewardDue
  | ReferralRewardTaken
  | StampCardChanged
  | ChallengeEvent
  | RewardChanged
  | Donated
  | VoucherHeldChanged
  | VoucherUseChanged
  | Restated

const rewardEvent = <const Type extends string>(type: Type): Codec<ReferralRewardEvent<Type>, unknown> =>
  structCodec('ReferralRewardEvent', {
    type: literalCodec(type),
    at: Instant,
    referral: ActivityId,
    side: ReferralSide,
    cause: literalCodec('referral', 'milestone', 'revenueShare'),
    reward: structCodec('ReferralRewardUnits', { kind: ReferralRewardKind, units: naturalCodec }),
  })

/**
 * Reads a {@link MemberEvent}, as an app stores it.
 *
 * @example
 * ```ts
 * import { decode, MemberEvent } from 'treue'
 *
 * decode(MemberEvent, { type: 'enrolled', at: '2026-03-01T12:00:00Z' })._tag // => 'Right'
 * ```
 */
export const MemberEvent: Codec<MemberEvent, unknown> = /* @__PURE__ */ unionCodec('MemberEvent', 'type', {
  ...ledgerEntryCodecs,
  activityRecorded: /* @__PURE__ */ structCodec('ActivityRecorded', {
    type: /* @__PURE__ */ literalCodec('activityRecorded'),
    at: Instant,
    activity: ActivityId,
    content: naturalCodec,
  }),
  enrolled: /* @__PURE__ */ structCodec('Enrolled', { type: /* @__PURE__ */ literalCodec('enrolled'), at: Instant }),
  ladderJoined: /* @__PURE__ */ structCodec('LadderJoined', {
    type: /* @__PURE__ */ literalCodec('ladderJoined'),
    at: Instant,
    standing: Standing,
  }),
  qualifyingCounted: /* @__PURE__ */ structCodec('QualifyingCounted', {
    type: /* @__PURE__ */ literalCodec('qualifyingCounted'),
    at: Instant,
    metric: MetricId,
    count: /* @__PURE__ */ integerCodec({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    standing: Standing,
  }),
  tierClaimed: /* @__PURE__ */ structCodec('TierClaimed', {
    type: /* @__PURE__ */ literalCodec('tierClaimed'),
    at: Instant,
    standing: Standing,
  }),
  tierChanged: /* @__PURE__ */ structCodec('TierChanged', {
    type: /* @__PURE__ */ literalCodec('tierChanged'),
    at: Instant,
    change: /* @__PURE__ */ literalCodec('held', 'upgraded', 'renewed', 'downgraded'),
    cause: AssessmentCause,
    from: TierId,
    standing: Standing,
    isRewarded: booleanCodec,
  }),
  upgradesRewarded: /* @__PURE__ */ structCodec('UpgradesRewarded', {
    type: /* @__PURE__ */ literalCodec('upgradesRewarded'),
    at: Instant,
  }),
  birthdayChanged: /* @__PURE__ */ structCodec('BirthdayChanged', {
    type: /* @__PURE__ */ literalCodec('birthdayChanged'),
    at: Instant,
    birthday: Birthday,
  }),
  earningRecorded: /* @__PURE__ */ structCodec('EarningRecorded', {
    type: /* @__PURE__ */ literalCodec('earningRecorded'),
    at: Instant,
    earning: OpenEarning,
    orders: naturalCodec,
  }),
  earningReduced: /* @__PURE__ */ structCodec('EarningReduced', {
    type: /* @__PURE__ */ literalCodec('earningReduced'),
    at: Instant,
    earning: OpenEarning,
    orders: naturalCodec,
  }),
  progressChanged: /* @__PURE__ */ structCodec('ProgressChanged', {
    type: /* @__PURE__ */ literalCodec('progressChanged'),
    at: Instant,
    progress: EarningProgress,
  }),
  redemptionRecorded: /* @__PURE__ */ structCodec('RedemptionRecorded', {
    type: /* @__PURE__ */ literalCodec('redemptionRecorded'),
    at: Instant,
    redemption: OpenRedemption,
  }),
  redemptionCancelled: /* @__PURE__ */ structCodec('RedemptionCancelled', {
    type: /* @__PURE__ */ literalCodec('redemptionCancelled'),
    at: Instant,
    redemption: ActivityId,
    restored: Points,
  }),
  lapseRecorded: /* @__PURE__ */ structCodec('LapseRecorded', {
    type: /* @__PURE__ */ literalCodec('lapseRecorded'),
    at: Instant,
    lapse: LapsedLot,
  }),
  lapsesReinstated: /* @__PURE__ */ structCodec('LapsesReinstated', {
    type: /* @__PURE__ */ literalCodec('lapsesReinstated'),
    at: Instant,
    inWallet: WalletId,
    lots: /* @__PURE__ */ arrayCodec(LotId),
  }),
  lapsesReturned: /* @__PURE__ */ structCodec('LapsesReturned', {
    type: /* @__PURE__ */ literalCodec('lapsesReturned'),
    at: Instant,
    inWallet: WalletId,
    lot: LotId,
    points: Points,
  }),
  rewardGranted: /* @__PURE__ */ structCodec('RewardGranted', {
    type: /* @__PURE__ */ literalCodec('rewardGranted'),
    at: Instant,
    purchase: ActivityId,
    reward: EarningGrant,
  }),
  referralChanged: /* @__PURE__ */ structCodec('ReferralChanged', {
    type: /* @__PURE__ */ literalCodec('referralChanged'),
    at: Instant,
    referral: /* @__PURE__ */ nullableCodec(MemberReferral),
  }),
  referralRefused: /* @__PURE__ */ structCodec('ReferralRefused', {
    type: /* @__PURE__ */ literalCodec('referralRefused'),
    at: Instant,
    referrer: MemberId,
    reason: /* @__PURE__ */ literalCodec('SelfReferral', 'ReferrerNotEarlier'),
  }),
  referralInvited: /* @__PURE__ */ structCodec('ReferralInvited', {
    type: /* @__PURE__ */ literalCodec('referralInvited'),
    at: Instant,
    invitee: stringCodec,
    isTooMany: booleanCodec,
    counts: ReferrerCounts,
  }),
  broughtChanged: /* @__PURE__ */ structCodec('BroughtChanged', {
    type: /* @__PURE__ */ literalCodec('broughtChanged'),
    at: Instant,
    change: /* @__PURE__ */ literalCodec(
      'opened',
      'approved',
      'denied',
      'reduced',
      'cancelled',
      'rewarded',
      'shared',
      'questioned',
      'upheld',
      'reversed',
    ),
    brought: BroughtReferral,
    counts: ReferrerCounts,
  }),
  referralRewardDue: /* @__PURE__ */ rewardEvent('referralRewardDue'),
  referralRewardTaken: /* @__PURE__ */ rewardEvent('referralRewardTaken'),
  stampCardChanged: StampCardChanged,
  ...challengeEventCodecs,
  rewardChanged: RewardChanged,
  donated: Donated,
  voucherHeldChanged: VoucherHeldChanged,
  voucherUseChanged: VoucherUseChanged,
  restated: Restated,
})
