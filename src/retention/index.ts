/**
 * Who stays: retention of customers, cohorts, repeat purchases and their rhythm.
 *
 * @packageDocumentation
 */
export * from './cohort-average.ts'
export type { CohortCriterion, CohortMembership } from './cohort-kernel.ts'
export type { CalendarPeriods, CohortPeriods, HourPeriods } from './cohort-periods.ts'
export * from './cohort-summary.ts'
export * from './cohort-table.ts'
export * from './commerce-summary.ts'
export * from './customer-retention.ts'
export * from './gap-summary.ts'
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
export * from './repeat-rate.ts'
export * from './time-between-orders.ts'
