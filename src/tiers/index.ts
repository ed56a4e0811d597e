/**
 * Tiers: ladders, where a member stands, how a standing is assessed, and what is missing to the next tier.
 *
 * @packageDocumentation
 */
export { type Assessment, advanceStanding, assessTier } from './assessment.ts'
export * from './benefit.ts'
export * from './claim-tier.ts'
export { countQualifying, levelOf, type QualifyingCount } from './count-qualifying.ts'
export * from './definition-change.ts'
export * from './dominant-standing.ts'
export * from './downgrade-notice.ts'
export * from './explain-standing.ts'
export * from './fold-standings.ts'
export { Ladder, type Tier } from './ladder.ts'
export * from './ladder-faults.ts'
export * from './ladder-lint.ts'
export { AssessmentCause } from './look.ts'
export {
  type ActionMetric,
  type ActiveMonthsMetric,
  type BalanceMetric,
  Metric,
  MetricId,
  type OrdersMetric,
  type PointsMetric,
  type SpendMetric,
  type TenureMetric,
} from './metric.ts'
export { type CountBucket, MetricCount } from './metric-count.ts'
export type { MetricPast, MetricPastFault, PastCount, TooLittlePast } from './metric-past.ts'
export { nextAssessment } from './next-assessment.ts'
export * from './progress.ts'
export type { ProjectionEnd } from './projection-horizon.ts'
export {
  type AnniversaryQualification,
  type CalendarQualification,
  DayDuration,
  type LifetimeQualification,
  programDay,
  QualificationPeriod,
  qualificationPeriod,
  type RollingQualification,
} from './qualification-period.ts'
export * from './qualifying-columns.ts'
export * from './smallest-purchase.ts'
export {
  type ClosedPeriod,
  type EarnedTier,
  firstStanding,
  type OfferUse,
  Standing,
  type TierGift,
  type TierGrace,
  type TierStep,
  type TierUndo,
} from './standing.ts'
export { ClaimId, type ClaimKind, StandingClaim, type Trial } from './standing-claim.ts'
export * from './status-offer.ts'
export {
  type AllThreshold,
  type AnyThreshold,
  type Counts,
  type CountThreshold,
  impliesThreshold,
  leastCounts,
  meetsThreshold,
  type SomeThreshold,
  Threshold,
} from './threshold.ts'
export type { Chance } from './threshold-chance.ts'
export * from './tier-benefits.ts'
export { TierChain, type TierChainFaults, type TierChainJson, type TierLeavers, tierChainOf } from './tier-chain.ts'
export * from './tier-change-effect.ts'
export { type TierClass, tierClasses } from './tier-classes.ts'
export * from './tier-cost.ts'
export * from './tier-forecast.ts'
export {
  type TierDistribution,
  type TierPassage,
  type TierPassageFaults,
  tierPassages,
  tierStays,
  tiersAfter,
} from './tier-passage.ts'
export * from './tier-policy.ts'
export * from './tier-projection.ts'
export * from './tier-steady-state.ts'
export * from './tier-transition-change.ts'
export {
  type TierTransitionCell,
  type TierTransitionRow,
  type TierTransitionRowFault,
  type TierTransitionTable,
  type TierTransitionTableFaults,
  type TierTransitionTableOptions,
  tierTransitionTable,
} from './tier-transition-table.ts'
export {
  encodeTierMoves,
  summariseTierMoveRows,
  summariseTierMoves,
  type TierMove,
  type TierMoveColumns,
  type TierPopulationFaults,
  TierTransitions,
  tierTransitionsMonoid,
} from './tier-transitions.ts'
export {
  type OpenValidity,
  type PeriodValidity,
  type RollingValidity,
  type TermValidity,
  TierValidity,
  type YearlyValidity,
} from './validity.ts'
