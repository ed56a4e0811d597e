/**
 * The whole program: read it, make it ready, decide what follows from activities and from time, and why.
 *
 * @packageDocumentation
 */
export * from './activity/activity.ts'
export type { ActivityBase } from './activity/activity-base.ts'
export type {
  BadgeGrant,
  BadgeWithdrawal,
  ChallengeActivity,
  ChallengeActivityCodecs,
  FreezeTokenGrant,
  ZoneChange,
} from './activity/challenge-activity.ts'
export type { DonationActivity } from './activity/donation-activity.ts'
export * from './activity/fingerprint.ts'
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
} from './activity/referral-activity.ts'
export type { Restatement } from './activity/restatement.ts'
export type { RewardActivity, RewardActivityCodecs, RewardRedeemed, RewardStep } from './activity/reward-activity.ts'
export type {
  StampActivity,
  StampActivityCodecs,
  StampRewardUse,
  StampRewardUseCancellation,
} from './activity/stamp-activity.ts'
export * from './activity/tier-activity.ts'
export type {
  EnteredVoucher,
  VoucherActivity,
  VoucherActivityCodecs,
  VoucherGranted,
  VoucherRevoked,
} from './activity/voucher-activity.ts'
export * from './activity/wallet-activity.ts'
export { advance } from './decide/advance.ts'
export * from './decide/challenge-step.ts'
export { decide } from './decide/decide.ts'
export * from './decide/decision.ts'
export * from './decide/rejection.ts'
export * from './decide/reward-step.ts'
export type { AutomaticRedemption } from './definition/automatic-redemption.ts'
export * from './definition/compile.ts'
export type {
  CompiledChallenges,
  CompiledDrawEntry,
  CompiledGoal,
  CompiledProgramStreak,
} from './definition/compile-challenges.ts'
export * from './definition/program.ts'
export { ProgramCampaign } from './definition/program-campaign.ts'
export {
  type ChallengeReward,
  type LevelStamps,
  type ProgramChallenges,
  type ProgramGoal,
  type ProgramStreak,
  type ProgramTenure,
  programChallengesCodec,
} from './definition/program-challenges.ts'
export type { ProgramDraw, ProgramDrawEntry } from './definition/program-draw.ts'
export { rewardVocabulary } from './definition/program-reward.ts'
export { ProgramStampCard } from './definition/program-stamp-card.ts'
export {
  type CompiledVouchers,
  type ProgramVoucher,
  type VoucherScheme,
  voucherSchemeCodec,
} from './definition/program-voucher.ts'
export { decodeTexts } from './explain/decode-texts.ts'
export { englishTexts } from './explain/english-texts.ts'
export * from './explain/explain.ts'
export { explainStep } from './explain/explain-step.ts'
export { whyNotPhrase } from './explain/explain-why-not.ts'
export { germanTexts } from './explain/german-texts.ts'
export type {
  CountValue,
  DateValue,
  DecimalValue,
  FractionValue,
  IdValue,
  ListJoin,
  ListValue,
  MoneyValue,
  Phrase,
  PhraseKey,
  PhraseValue,
  PhraseValues,
  PointsValue,
  TextValue,
  WordValue,
} from './explain/phrase.ts'
export { type PluralForm, renderPhrase, type Texts } from './explain/render-phrase.ts'
export type { Shortfall, Unpaid } from './explain/unpaid-rule.ts'
export { type WhyNot, type WhyNotReason, whyNot } from './explain/why-not.ts'
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
  WitnessHistory,
} from './lint/lint-finding.ts'
export type { AcceptedFinding, LegalProfile, LintOptions, ProgramEconomics } from './lint/lint-options.ts'
export { lintProgram } from './lint/lint-program.ts'
export * from './replay/correct-history.ts'
export { replay, stateAt } from './replay/replay.ts'
export type {
  ProgramVersion,
  ProgramVersions,
  RefusedActivity,
  Replay,
  ReplayFault,
  ReplayOptions,
} from './replay/replay-history.ts'
export type { Unaffordable } from './replay/take-anyway.ts'
export * from './simulate/compare-programs.ts'
export type { GivenLevels } from './simulate/level-counts.ts'
export type {
  DonationCounts,
  HeldStamps,
  ReferralRewardCounts,
  RewardCounts,
  RewardsOutcome,
  StampCounts,
  VoucherChange,
  VoucherCounts,
} from './simulate/outcome-rewards.ts'
export * from './simulate/play-outcome.ts'
export { type PointsFlow, pointsFlows } from './simulate/points-flow.ts'
export {
  comparisonMonoid,
  type LadderMovers,
  type MoverLists,
  ProgramComparison,
  type TierMovers,
  type WalletMovers,
} from './simulate/program-comparison.ts'
export {
  type BudgetUse,
  type HeldPoints,
  type MovedPoints,
  outcomeMonoid,
  ProgramOutcome,
  type SegmentMembers,
  type TierMembers,
} from './simulate/program-outcome.ts'
export * from './simulate/simulate.ts'
export {
  type BroughtChange,
  BroughtReferral,
  type BroughtShare,
  ReferrerCounts,
} from './state/brought-referral.ts'
export * from './state/budget.ts'
export type {
  BadgeAwarded,
  BadgeExpired,
  BadgeRevoked,
  ChallengeClosed,
  ChallengeEvent,
  ChallengeEventCodecs,
  ChallengeProgressed,
  ChallengesRevised,
  DrawEntered,
  DrawWithdrawn,
  GivenLevel,
  LevelsRewarded,
  StreakClosed,
  StreakProgressed,
  TenureLevelReached,
  ZoneChanged,
} from './state/challenge-events.ts'
export { Donated } from './state/donated.ts'
export { EarningProgress } from './state/earning-progress.ts'
export { evolve } from './state/evolve.ts'
export { type GivenTenure, MemberChallenges, noChallenges, type ReachedLevel } from './state/member-challenges.ts'
export * from './state/member-event.ts'
export {
  MemberReferral,
  type RefereeReward,
  type ReferralConversion,
  type ReferrerTouch,
} from './state/member-referral.ts'
export {
  type MemberRedemption,
  MemberRewards,
  RewardChanged,
  type RewardTaken,
} from './state/member-rewards.ts'
export {
  Birthday,
  LapsedLot,
  type MemberParts,
  MemberState,
  newMember,
  OpenRedemption,
  ReachedTier,
} from './state/member-state.ts'
export {
  type MemberVoucher,
  MemberVouchers,
  type VoucherCount,
  type VoucherCredit,
  VoucherHeldChanged,
  type VoucherUse,
  VoucherUseChanged,
} from './state/member-vouchers.ts'
export * from './state/open-earning.ts'
export { type HoldDate, Restated, type RestatedParts, type WalletDates } from './state/restated.ts'
export { SeenActivities, type SeenActivity, seenContent, withSeen } from './state/seen-activities.ts'
export {
  type CampaignUsage,
  countShared,
  type DonationClaim,
  type GoalUsage,
  noSharedUsage,
  type SharedClaim,
  SharedUsage,
  type StockClaim,
  type StockUsage,
  type VoucherUsageClaim,
  type VoucherUsageCount,
} from './state/shared-usage.ts'
export * from './state/stamp-card-changed.ts'
export {
  type Changed,
  type DifferencePart,
  differentParts,
  type StateDifference,
  stateDifference,
  type WalletDifference,
  type WalletTerms,
} from './state/state-difference.ts'
export type { BasketPlan, CatalogueItem } from './what-if/basket-plan.ts'
export { cheapestBasket } from './what-if/cheapest-basket.ts'
export { expiringPoints, type PointsExpiry } from './what-if/expiring-points.ts'
export {
  type ChallengeGoal,
  type Goal,
  hasReached,
  type PointsGoal,
  type RewardGoal,
  type TierGoal,
} from './what-if/goal.ts'
export {
  type GoalOutOfReach,
  type SmallestSpend,
  smallestSpend,
  type WhatIfFault,
} from './what-if/smallest-spend.ts'
export type { SpendPlan } from './what-if/spend-breakpoints.ts'
export { type SpendPerVisit, smallestSpendPerVisit, type VisitPlan } from './what-if/spend-per-visit.ts'
export type { WhatIfOptions } from './what-if/try-purchase.ts'
