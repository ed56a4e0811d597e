/**
 * The whole program: read it, make it ready, decide what follows from activities and from time, and why.
 *
 * @packageDocumentation
 */
export * from './activity.ts'
export type { ActivityBase } from './activity-base.ts'
export { advance } from './advance.ts'
export {
  type BroughtChange,
  BroughtReferral,
  type BroughtShare,
  ReferrerCounts,
} from './brought-referral.ts'
export * from './budget.ts'
export { type BasketPlan, type CatalogueItem, cheapestBasket } from './cheapest-basket.ts'
export * from './compare-programs.ts'
export * from './compile.ts'
export { correctHistory, type HistoryCorrection, insertLate } from './correct-history.ts'
export { decide } from './decide.ts'
export * from './decision.ts'
export { EarningProgress } from './earning-progress.ts'
export { englishTexts } from './english-texts.ts'
export { evolve } from './evolve.ts'
export * from './explain.ts'
export * from './fingerprint.ts'
export { germanTexts } from './german-texts.ts'
export * from './goal.ts'
export type {
  BoundWitness,
  ConflictWitness,
  FactsWitness,
  FindingCode,
  HistoryWitness,
  LegalProfileId,
  NameWitness,
  ProgramFinding,
  RoomWitness,
  Witness,
} from './lint-finding.ts'
export type { AutomaticRedemption, LegalProfile, LintOptions, ProgramEconomics } from './lint-options.ts'
export { lintProgram } from './lint-program.ts'
export * from './member-event.ts'
export {
  MemberReferral,
  type RefereeReward,
  type ReferralConversion,
  type ReferrerTouch,
} from './member-referral.ts'
export * from './member-state.ts'
export * from './open-earning.ts'
export type {
  CountValue,
  DateValue,
  DecimalValue,
  FractionValue,
  ListJoin,
  ListValue,
  MoneyValue,
  Phrase,
  PhraseKey,
  PhraseValue,
  PhraseValues,
  PointsValue,
  TextValue,
} from './phrase.ts'
export * from './program.ts'
export * from './program-outcome.ts'

export { ProgramStampCard } from './program-stamp-card.ts'
export {
  PurchaseReferral,
  Recommendation,
  type ReferralActivity,
  type ReferralActivityCodecs,
  type ReferralConverted,
  type ReferralInvitation,
  type ReferralReassessed,
  type ReferralRevenue,
  type ReferralReview,
  type ReferralTouched,
} from './referral-activity.ts'
export * from './rejection.ts'
export { type PluralForm, renderPhrase, type Texts } from './render-phrase.ts'
export * from './replay.ts'
export * from './reward-step.ts'
export * from './seen-activities.ts'
export * from './simulate.ts'
export {
  type GoalOutOfReach,
  type SmallestSpend,
  type SpendPlan,
  smallestSpend,
  type WhatIfFault,
  type WhatIfOptions,
} from './smallest-spend.ts'
export type {
  StampActivity,
  StampActivityCodecs,
  StampRewardUse,
  StampRewardUseCancellation,
} from './stamp-activity.ts'
export * from './stamp-card-changed.ts'
export * from './state-difference.ts'
export * from './tier-activity.ts'
export * from './wallet-activity.ts'
export { type WhyNot, whyNot } from './why-not.ts'
