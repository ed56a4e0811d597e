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
export type { RewardActivity, RewardActivityCodecs, RewardRedeemed, RewardStep } from './activity/reward-activity.ts'
export * from './activity/seen-activities.ts'
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
export { englishTexts } from './explain/english-texts.ts'
export * from './explain/explain.ts'
export { whyNotPhrase } from './explain/explain-why-not.ts'
export { germanTexts } from './explain/german-texts.ts'
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
} from './explain/phrase.ts'
export { type PluralForm, renderPhrase, type Texts } from './explain/render-phrase.ts'
export { type WhyNot, whyNot } from './explain/why-not.ts'
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
} from './lint/lint-finding.ts'
export type { LegalProfile, LintOptions, ProgramEconomics } from './lint/lint-options.ts'
export { lintProgram } from './lint/lint-program.ts'
export { correctHistory, type HistoryCorrection, insertLate } from './replay/correct-history.ts'
export * from './replay/replay.ts'
export * from './replay/state-difference.ts'
export * from './simulate/compare-programs.ts'
export type { GivenLevels } from './simulate/level-counts.ts'
export type {
  DonationCounts,
  RewardCounts,
  RewardsOutcome,
  VoucherChange,
  VoucherCounts,
} from './simulate/outcome-rewards.ts'
export * from './simulate/program-outcome.ts'
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
export * from './state/member-state.ts'
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
export { type BasketPlan, type CatalogueItem, cheapestBasket } from './what-if/cheapest-basket.ts'
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
  type WhatIfOptions,
} from './what-if/smallest-spend.ts'
export type { SpendPlan } from './what-if/spend-breakpoints.ts'
