/** Decisions: what follows from an activity or from time, and why. */

import type { CapUsage, EarningActivity, EarningContext, EarningRounding, WalletEarning } from '../../earning/index.ts'
import type {
  ActivityId,
  ExchangeRate,
  Instant,
  LadderId,
  MemberId,
  Points,
  RuleId,
  TierId,
  WalletId,
} from '../../foundation/index.ts'
import type { LedgerEntry, LotDraw } from '../../ledger/index.ts'
import type { EligibilityRefusal, ReferralBlocked, TouchOutcome } from '../../referrals/index.ts'
import type { AssessmentCause, MetricId, Threshold } from '../../tiers/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { BroughtChange, BroughtReferral } from '../state/brought-referral.ts'
import type { MemberEvent, ReferralRewardUnits } from '../state/member-event.ts'
import type { MemberState } from '../state/member-state.ts'
import type { CapClaim } from '../state/open-earning.ts'
import type { SharedClaim, SharedUsage } from '../state/shared-usage.ts'
import type { DifferencePart } from '../state/state-difference.ts'
import type { ChallengeTraceStep } from './challenge-step.ts'
import type { RewardTraceStep } from './reward-step.ts'

/** When a rule is free again that is in its cooldown. */
export interface RuleFreedom {
  readonly rule: RuleId
  readonly from: Instant
}

/**
 * What a purchase or an action earned in a wallet: every rule with its award and its raw points, the rounding, the allocation
 * to lines; and all that the rules looked at, from which it can be earned again, and told why each rule earned or did not.
 */
export interface EarningStep {
  readonly step: 'earning'
  readonly version: number
  readonly rounding: EarningRounding
  readonly earning: WalletEarning
  /** What was looked at. */
  readonly activity: EarningActivity
  /** What the member's state said. */
  readonly context: EarningContext
  /** Until when the rules in cooldown do not match. */
  readonly freeFrom: ReadonlyArray<RuleFreedom>
}

/** What a return took back in a wallet: granted less what the rest earns, less what had lapsed already. */
export interface ClawBackStep {
  readonly step: 'clawBack'
  readonly wallet: WalletId
  /** The purchase, or the action that was undone. */
  readonly purchase: ActivityId
  /** `purchase`, or the name of the action. */
  readonly action: string
  readonly version: number
  readonly granted: Points
  readonly earnedOnRest: Points
  readonly clawed: Points
  /** The part of `clawed` that had died in its lot: it is not taken a second time. */
  readonly lapsed: Points
}

/** Which lots a redemption took its points from. */
export interface BurnStep {
  readonly step: 'burn'
  readonly wallet: WalletId
  readonly requested: Points
  readonly available: Points
  readonly draws: ReadonlyArray<LotDraw>
}

/** An entry made in a wallet's ledger. */
export interface EntryStep {
  readonly step: 'entry'
  readonly entry: LedgerEntry
}

/** An assessment that changed a standing. */
export interface AssessmentStep {
  readonly step: 'assessment'
  readonly ladder: LadderId
  readonly at: Instant
  readonly change: 'held' | 'upgraded' | 'renewed' | 'downgraded'
  readonly cause: AssessmentCause
  readonly from: TierId
  readonly to: TierId
  /** What decided, by metric, in the metric's unit. */
  readonly counts: ReadonlyArray<{ readonly metric: MetricId; readonly count: number }>
  /** What was asked for; `null`: nothing. */
  readonly threshold: Threshold | null
  readonly validUntil: Instant | null
}

/** Why a purchase does not make a referral count. */
export type ReferralBar = EligibilityRefusal | ReferralBlocked

/** A purchase of a member who was sent: to whom it is credited, and whether it makes the referral count. */
export interface ReferralStep {
  readonly step: 'referral'
  /** `null`: no touch can be credited. */
  readonly referrer: MemberId | null
  readonly outcome: 'qualified' | 'refused'
  readonly refusals: ReadonlyArray<ReferralBar>
  /** What became of every touch. */
  readonly touches: ReadonlyArray<TouchOutcome>
}

/**
 * What becomes of a referral after a return: it `stands`; it is `cancelled`, both rewards taken back; or, where the review
 * is over, it goes `inReview` for a person to decide, and the referrer keeps the reward until then (S51).
 */
export type ReferralOutcome = 'stands' | 'cancelled' | 'inReview'

/** What a return did to the referral that the purchase had made count. */
export interface ReassessmentStep {
  readonly step: 'reassessment'
  readonly referrer: MemberId
  readonly outcome: ReferralOutcome
  /** What of the referee's reward goes back; `null`: there is none. */
  readonly taken: ReferralRewardUnits | null
}

/** What became of a referral that the member brought: the reward, what caps left of it, signals of abuse. */
export interface BroughtStep {
  readonly step: 'brought'
  readonly change: BroughtChange
  readonly brought: BroughtReferral
}

/** Lines of a purchase in another currency, and what they are in the program's. */
export interface ExchangeStep {
  readonly step: 'exchange'
  readonly rate: ExchangeRate
  /** What they cost together, in minor units of the rate's `from`. */
  readonly minor: number
  /** What that is, in minor units of its `to`. */
  readonly exchangedMinor: number
}

/** The activity had been taken in before. */
export interface DuplicateStep {
  readonly step: 'duplicate'
  readonly activity: ActivityId
}

/** The member is known anew: what was not as it should have been. */
export interface RestatedStep {
  readonly step: 'restated'
  readonly reason: string
  readonly actor: string
  readonly parts: ReadonlyArray<DifferencePart>
}

/** One thing that a decision did, with what it was computed from. */
export type TraceStep =
  | EarningStep
  | ClawBackStep
  | BurnStep
  | EntryStep
  | AssessmentStep
  | ReferralStep
  | ReassessmentStep
  | BroughtStep
  | ExchangeStep
  | DuplicateStep
  | RestatedStep
  | RewardTraceStep
  | ChallengeTraceStep

/** Why a decision came out as it did, as data. Empty where no trace was asked for. */
export type Trace = ReadonlyArray<TraceStep>

/** What follows from an activity or from time. */
export interface Decision {
  /** To be stored; folded over the state before they give `state`. */
  readonly events: ReadonlyArray<MemberEvent>
  readonly state: MemberState
  readonly trace: Trace
  /** Activities for other members that this decision asks for; their ids are derived, so sending them twice is safe. */
  readonly followUps: ReadonlyArray<Activity>
  /** What this decision uses of budgets for everybody, or gives back: to be counted by the app with `claimCap`. */
  readonly claims: ReadonlyArray<CapClaim>
  /** What this decision uses of what members share beside budgets, or gives back: to be counted with `countShared`. */
  readonly sharedClaims: ReadonlyArray<SharedClaim>
  /**
   * The revision of the state that it was decided on. Store what it gives only where the stored state still has it, so that
   * of two writers one wins; the other decides again.
   */
  readonly basedOn: number
}

/** How to decide. */
export interface DecideOptions {
  /** Whether to record the trace. Default `true`; without it decisions are faster and otherwise equal. */
  readonly trace?: boolean
  /** The revision that the state is to have; another one is rejected as `StaleState`. Default: any. */
  readonly expectedRevision?: number
  /**
   * What all members have used of caps whose scope is `everyone`. A program that has such caps needs it for what may earn.
   */
  readonly budgets?: ReadonlyArray<CapUsage>
  /** What all members have used of what they share beside budgets. What is limited for all of them needs it. */
  readonly shared?: SharedUsage
}
