/**
 * What purchases and actions earn: rules as data, exact arithmetic, multipliers, one rounding, allocation to lines, and
 * what returns take back.
 *
 * @packageDocumentation
 */

export type { AttributeFaults } from './attribute-faults.ts'
export type {
  AmountAward,
  Award,
  AwardStage,
  BonusAward,
  CaseAward,
  CountMilestoneAward,
  EarningScope,
  FixedAward,
  ItemAward,
  MilestoneAward,
  MultiplierAward,
  SpendMilestoneAward,
  ValueAward,
} from './award.ts'
export * from './basis.ts'
export * from './cap.ts'
export * from './cap-claim.ts'
export * from './cap-cut.ts'
export {
  type CalendarUsage,
  CapUsage,
  capRoom,
  claimCap,
  deferredUntil,
  giveBackCap,
  type LifetimeUsage,
  pruneCaps,
  type RollingUsage,
  type RollingUse,
} from './cap-usage.ts'
export type { CompiledAward } from './compile-award.ts'
export * from './compile-earning.ts'
export * from './cooldown.ts'
export type { DeclaredAction, DeclaredField } from './declared-field.ts'
export * from './earn.ts'
export * from './earning-context.ts'
export * from './earning-faults.ts'
export {
  type Declarations,
  type EarningCase,
  type EarningRule,
  earningRuleCodec,
  type LotSettings,
  type WhenUnknown,
} from './earning-rule.ts'
export * from './earning-rules.ts'
export { type FactPlan, lineFacts, orderFacts } from './facts.ts'
export {
  advanceMilestone,
  type MilestoneAdvance,
  milestoneOf,
  takeBackMilestone,
  withMilestone,
} from './milestone.ts'
export { nextWithinSchedule } from './next-within-schedule.ts'
export { type Occasion, OccasionPolicy, type OccasionProfile, occasionsOn, type Tenure, tenure } from './occasion.ts'
export * from './purchase.ts'
export type { Rate } from './rate.ts'
export * from './returns.ts'
export type { UnknownFact } from './rule-basis.ts'
export * from './rule-explanation.ts'
export * from './schedule.ts'
export type { EarnedPart } from './settlement.ts'
export { actionVocabulary, fieldsThatCanBeMissing, lineVocabulary, orderVocabulary } from './vocabulary.ts'
export * from './wallet-earning.ts'
