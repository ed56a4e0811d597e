/** Findings: what of a program hardly does what its author means, and what shows it. */
import type { Instant } from '../../foundation/index.ts'
import type { Facts } from '../../rules/index.ts'
import type { Activity } from '../activity/activity.ts'

/** Every kind of finding. */
export type FindingCode =
  /** A rule cannot earn: what it asks for cannot be, or there is nothing to multiply. */
  | 'neverFires'
  /** A rule cannot earn: whenever it could, one before it in its group does, or one before it stops. */
  | 'shadowedRule'
  /** A case cannot decide: whenever it holds, one before it does. */
  | 'shadowedCase'
  /** Two cases hold at once: the first one decides. */
  | 'overlappingCases'
  /** No case holds, and there is no award for that. */
  | 'gapInCases'
  /** Two rules of a group hold at once: the first one earns. */
  | 'overlappingRules'
  /** No rule of a group holds. */
  | 'gapInGroup'
  /** The conditions are too large, or outside of what can be compared: it is not known. */
  | 'undecided'
  /** A rule needs an attribute that activities need not have: without it, it is skipped. */
  | 'optionalAttribute'
  /** Something is named that the program does not have. */
  | 'unknownReference'
  /** An action earns as often as it is done: neither a cap nor a cooldown ends it. */
  | 'unboundedAction'
  /** Referrers are rewarded for any number of friends. */
  | 'unboundedReferral'
  /** Whoever enters a voucher can use it without end. */
  | 'unboundedVoucher'
  /** A reward costs nothing, and nothing ends how often a member has it. */
  | 'unboundedReward'
  /** A member has one more ticket of a draw each time that something is done that costs nothing. */
  | 'unboundedDraw'
  /** A cap is smaller than one grant that it counts. */
  | 'capBelowGrant'
  /** Points die before they can be spent. */
  | 'diesWhilePending'
  /** Points can be spent while what earned them can be returned. */
  | 'spendableBeforeReturn'
  /** A referral is paid while the goods can be returned (S51). */
  | 'reviewShorterThanReturns'
  /** Any purchase makes a referral count (S53). */
  | 'noMinimumSpend'
  /** A referral costs more than its purchase brings. */
  | 'rewardExceedsMargin'
  /** A milestone costs more than its referrals bring. */
  | 'milestoneExceedsMargin'
  /** A purchase earns points that are worth more than it brings. */
  | 'earningExceedsMargin'
  /** A reward that nobody can pay: there are never so many points, or none at all. */
  | 'unreachableReward'
  /** A new member has a reward by a purchase that leaves less than the reward costs (S53). */
  | 'rewardExceedsSpend'
  /** What points pay earns the points back. */
  | 'pointsLoop'
  /** A voucher that never applies. */
  | 'unusableVoucher'
  /** Points grow by being converted in a circle. */
  | 'conversionGain'
  /** Nothing in the program adds to a metric that a tier takes. */
  | 'metricNeverCounted'
  /** There cannot be so much of a metric as a tier takes. */
  | 'unreachableTier'
  /** A tier that cannot be reached and is not offered, sold or given. */
  | 'tierWithoutWay'
  /** A tier always falls at the end of its period (S38). */
  | 'tierNeverKept'
  /** A higher tier is held for life with counts that do not hold a lower one. */
  | 'lifetimeBelow'
  /** Spending points lowers the balance that a tier takes (S39). */
  | 'balanceSpent'
  /** Points are pending for longer than a period of a ladder that counts their activation (S16). */
  | 'pendingOutlastsPeriod'
  /** A grace is longer than the validity of the tier. */
  | 'graceOutlastsValidity'
  /** A grace is over before the validity of the tier is (S20). */
  | 'graceWithoutEffect'
  /** What is left over of one period keeps a tier in the next. */
  | 'rolloverKeeps'
  /** A legal profile: points expire by time alone (S65). */
  | 'expiryByTimeAlone'
  /** A legal profile: points expire after too short a silence (S65). */
  | 'inactivityTooShort'
  /** A finding that is accepted is not there. */
  | 'acceptedNothing'

/** What happens, and how long time then passes: to be simulated. */
export interface WitnessHistory {
  readonly activities: ReadonlyArray<Activity>
  /** Until when time passes after the last activity. */
  readonly until: Instant
}

/** What shows why something never happens may have a history that comes as near to it as there was one found. */
interface Attempted {
  /** Simulated, it comes as near as it can, and it does not happen. Only given where it was run and showed that. */
  readonly attempt?: WitnessHistory
}

/** Facts of an activity, or of a line: under them the finding is to be seen. */
export interface FactsWitness {
  readonly type: 'facts'
  readonly facts: Facts
}

/** A history that, simulated, shows the finding. */
export interface HistoryWitness extends WitnessHistory {
  readonly type: 'history'
}

/** Parts of a rule of which none can be left out: together they exclude each other. */
export interface ConflictWitness extends Attempted {
  readonly type: 'conflict'
  readonly parts: ReadonlyArray<ReadonlyArray<string | number>>
}

/** So much is needed, and there is at most so much. */
export interface BoundWitness extends Attempted {
  readonly type: 'bound'
  readonly needed: number
  readonly most: number
}

/** What is named, and what there is. */
export interface NameWitness extends Attempted {
  readonly type: 'name'
  readonly name: string
  readonly known: ReadonlyArray<string>
}

/** What a room's own lint says of it: the finding of that lint, as it is. */
export interface RoomWitness extends Attempted {
  readonly type: 'room'
  readonly figures: Readonly<Record<string, unknown>>
}

/** What shows a finding. */
export type Witness = FactsWitness | HistoryWitness | ConflictWitness | BoundWitness | NameWitness | RoomWitness

/** The law to which a finding of a legal profile belongs. It is no legal advice. */
export type LegalProfileId = 'quebec' | 'ontario'

/** Something of a program that hardly does what its author means. */
export interface ProgramFinding {
  readonly code: FindingCode
  /** `error`: it cannot work; `warning`: it costs, or members will be surprised; `note`: it may well be meant so. */
  readonly severity: 'error' | 'warning' | 'note'
  /** Where it is in the program. */
  readonly path: ReadonlyArray<string | number>
  /** A phrase in English. */
  readonly reason: string
  readonly witness: Witness
  /** Only of findings of a legal profile. */
  readonly profile?: LegalProfileId
}

/** A finding with a witness that says less, and what builds the one that is run: only the first of each kind are. */
export interface OpenFinding extends ProgramFinding {
  readonly show?: () => Witness
}

export type Findings = ReadonlyArray<OpenFinding>

export const undecided = (path: ProgramFinding['path'], reason: string): ProgramFinding => ({
  code: 'undecided',
  severity: 'note',
  path,
  reason,
  witness: { type: 'conflict', parts: [path] },
})

export const byFacts = (facts: Facts): Witness => ({ type: 'facts', facts })

/** A history as a witness. */
const asWitness = ({ activities, until }: WitnessHistory): HistoryWitness => ({
  type: 'history',
  activities,
  until,
})

/** A finding that a history shows, where one is found. */
export const showing = (finding: ProgramFinding, find: () => WitnessHistory | undefined): OpenFinding => ({
  ...finding,
  show: () => {
    const history = find()
    return history === undefined ? finding.witness : asWitness(history)
  },
})

/** What shows why something never happens, with what comes nearest to it. */
export const attempted = (
  witness: ConflictWitness | BoundWitness | NameWitness | RoomWitness,
  attempt: WitnessHistory | undefined,
): Witness => (attempt === undefined ? witness : { ...witness, attempt })
