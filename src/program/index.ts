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
export { evolve } from './evolve.ts'
export * from './explain.ts'
export * from './fingerprint.ts'
export * from './goal.ts'
export * from './member-event.ts'
export {
  MemberReferral,
  type RefereeReward,
  type ReferralConversion,
  type ReferrerTouch,
} from './member-referral.ts'
export * from './member-state.ts'
export * from './open-earning.ts'
export * from './program.ts'
export * from './program-outcome.ts'
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
export * from './replay.ts'
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
export * from './state-difference.ts'
export * from './tier-activity.ts'
export * from './wallet-activity.ts'
