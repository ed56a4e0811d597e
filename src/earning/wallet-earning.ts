/** What an activity earns in a wallet: by rule, by cap, by line and by lot. */
import type { CapId, LineId, Points, RuleId, WalletId } from '../foundation/index.ts'
import type { Award, MultiplierAward } from './award.ts'
import type { CapStep } from './cap-cut.ts'
import type { EarnedPart } from './settlement.ts'

/** What one rule adds, before rounding. */
export interface RuleEarning {
  readonly rule: RuleId
  /** `base` points are multiplied, `flat` ones are not. */
  readonly stage: 'base' | 'flat'
  /** The place of the case that decided; `null`: no case did. */
  readonly case: number | null
  /** What is given by that case, or else by the rule. */
  readonly award: Award
  /** The lines that counted. */
  readonly lines: ReadonlyArray<LineId>
  /** What of them counted, in minor units. */
  readonly basisMinor: number
  /** The raw points are `numerator ÷ denominator` of the wallet's earning; a decimal integer of any length. */
  readonly numerator: string
  /** The same before multipliers. */
  readonly before: string
  /** The same after caps. */
  readonly granted: string
}

/** A multiplier that matched. */
export interface RuleMultiplier {
  readonly rule: RuleId
  /** The place of the case that decided; `null`: no case did. */
  readonly case: number | null
  /** What is given by that case, or else by the rule. */
  readonly award: MultiplierAward
  /** A decimal number. */
  readonly factor: string
  /** The lines whose points it multiplies. */
  readonly lines: ReadonlyArray<LineId>
}

/** How far an activity takes the milestone of a rule. */
export interface MilestoneEarning {
  readonly rule: RuleId
  /** What it adds to the member's running count. */
  readonly counted: number
  /** The levels above those that were paid before; each earns the points of the award. */
  readonly levels: number
}

/** Points that wait for the next window of a cap. */
export interface DeferredEarning {
  readonly cap: CapId
  readonly points: Points
  /** The points of each lot; they sum to `points`. */
  readonly parts: ReadonlyArray<EarnedPart>
}

/** What an activity earns in one wallet, with all that is needed to compute it again. */
export interface WalletEarning {
  readonly wallet: WalletId
  /** After caps and rounding, in the wallet's smallest unit; below 0 where an action takes points away. */
  readonly points: Points
  /** What it would be without caps. */
  readonly desired: Points
  /** A decimal integer of any length. */
  readonly denominator: string
  /** The rules that earned. */
  readonly rules: ReadonlyArray<RuleEarning>
  /** What each cap that counted something let through, in the order of the program. */
  readonly capSteps: ReadonlyArray<CapStep>
  /** What waits for the next window of a cap. */
  readonly deferred: ReadonlyArray<DeferredEarning>
  /** The multipliers that matched. */
  readonly multipliers: ReadonlyArray<RuleMultiplier>
  /** The milestones that counted. */
  readonly levels: ReadonlyArray<MilestoneEarning>
  /** The points of each line, in the order of the purchase; they sum to `points`. None for an action. */
  readonly byLine: ReadonlyArray<number>
  /** The points of each lot; they sum to `points`. */
  readonly parts: ReadonlyArray<EarnedPart>
}
