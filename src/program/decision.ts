/** Decisions: what follows from an activity or from time, and why. */

import type { CapUsage, EarningRounding, UnmatchedRule, WalletEarning } from '../earning/index.ts'
import type {
  ActivityId,
  ExchangeRate,
  Instant,
  LadderId,
  MemberId,
  Points,
  TierId,
  WalletId,
} from '../foundation/index.ts'
import type { LedgerEntry, LotDraw } from '../ledger/index.ts'
import type { ReferralOutcome, ReferralRefusal } from '../referrals/index.ts'
import type { AssessmentCause, MetricId, Threshold } from '../tiers/index.ts'
import type { Activity } from './activity.ts'
import type { MemberEvent } from './member-event.ts'
import type { MemberState } from './member-state.ts'
import type { CapClaim } from './open-earning.ts'

/** What a purchase earned in a wallet: every rule with its raw points, the rounding, the allocation to lines. */
export interface EarningStep {
  readonly step: 'earning'
  readonly version: number
  readonly rounding: EarningRounding
  readonly earning: WalletEarning
  /** The rules of the wallet that did not match, and why. */
  readonly unmatched: ReadonlyArray<UnmatchedRule>
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

/** A purchase that did not make the member's referral count, and why; or one that did. */
export interface ReferralStep {
  readonly step: 'referral'
  readonly referrer: MemberId
  readonly outcome: 'qualified' | 'refused'
  readonly refusals: ReadonlyArray<ReferralRefusal>
}

/** What a return did to the referral that the purchase had made count. */
export interface ReassessmentStep {
  readonly step: 'reassessment'
  readonly referrer: MemberId
  readonly outcome: ReferralOutcome
  /** What of the referee's discount goes back, in minor units. */
  readonly discountClawMinor: number
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

/** One thing that a decision did, with what it was computed from. */
export type TraceStep =
  | EarningStep
  | ClawBackStep
  | BurnStep
  | EntryStep
  | AssessmentStep
  | ReferralStep
  | ReassessmentStep
  | ExchangeStep
  | DuplicateStep

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
}

/** How to decide. */
export interface DecideOptions {
  /** Whether to record the trace. Default `true`; without it decisions are faster and otherwise equal. */
  readonly trace?: boolean
  /**
   * What all members have used of caps whose scope is `everyone`. A program that has such caps needs it for what may earn.
   */
  readonly budgets?: ReadonlyArray<CapUsage>
}
