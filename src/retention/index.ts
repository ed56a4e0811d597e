/**
 * Who stays: retention of customers, cohorts, repeat purchases and their rhythm.
 *
 * @packageDocumentation
 */
export * from './account-churn.ts'
export type { CohortBracket } from './bracket.ts'
export * from './cohort-average.ts'
export * from './cohort-brackets.ts'
export type { CohortRow, CohortTableOptions } from './cohort-finish.ts'
export type { CohortCriterion, CohortMembership } from './cohort-kernel.ts'
export type { CalendarPeriods, CohortPeriods, HourPeriods } from './cohort-periods.ts'
export * from './cohort-revenue.ts'
export { type CohortDefinition, CohortSummary, cohortMonoid, summariseCohorts } from './cohort-summary.ts'
export * from './cohort-survival.ts'
export * from './cohort-table.ts'
export * from './commerce-summary.ts'
export * from './customer-account.ts'
export * from './customer-retention.ts'
export type { ChurnReason, CustomerSpan } from './customer-run.ts'
export * from './gap-summary.ts'
export * from './growth-accounting.ts'
export * from './holdout-lift.ts'
export * from './kept-purchases.ts'
export * from './lifetime-value.ts'
export * from './order-gap-curve.ts'
export {
  type HistoryOptions,
  type PurchaseCounting,
  type PurchaseHistories,
  purchaseHistories,
} from './purchase-history.ts'
export {
  type DailyPurchase,
  type DailyPurchases,
  encodePurchases,
  type PurchaseColumns,
  type PurchaseFaults,
  type PurchaseLog,
  purchaseColumns,
  type TimedPurchase,
  type TimedPurchases,
} from './purchase-log.ts'
export * from './purchase-summary.ts'
export * from './purchase-texts.ts'
export * from './recurring-price.ts'
export * from './repeat-rate.ts'
export * from './returning-orders.ts'
export {
  type DailySumChurn,
  dailySumRevenueChurn,
  logoChurn,
  RevenueAccount,
  type RevenueQuickRatio,
  type RevenueRetention,
  revenueAccountMonoid,
  revenueQuickRatio,
  revenueRetention,
} from './revenue-account.ts'
export * from './revenue-between.ts'
export type { CustomerMoves, RevenueMovements } from './revenue-movement.ts'
export * from './revenue-report.ts'
export {
  type RollingDefinition,
  RollingSummary,
  type RollingWindows,
  rollingMonoid,
  summariseRolling,
} from './rolling-cohort.ts'
export * from './rolling-table.ts'
export * from './stickiness.ts'
export * from './subscription.ts'
export * from './time-between-orders.ts'
export type { UnboundedValue } from './unbounded-value.ts'
export * from './unit-economics.ts'
