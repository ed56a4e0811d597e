/**
 * Wallets, lots and entries: what a member holds, since when, until when, and where it went.
 *
 * @packageDocumentation
 */
export * from './accrual.ts'
export * from './adjustment.ts'
export * from './apply-entries.ts'
export * from './apply-entry.ts'
export * from './awaited.ts'
export * from './breakage.ts'
export { burn, drawActive, type InsufficientPoints, spendablePoints } from './burn.ts'
export * from './burn-policy.ts'
export {
  type ChainLadder,
  type CohortProjection,
  type CumulativeTriangle,
  chainLadder,
  type TriangleFault,
} from './chain-ladder.ts'
export * from './claw-back.ts'
export * from './conversion.ts'
export { settleDebt } from './debt.ts'
export { decayOf } from './decay.ts'
export { activationsDue, expiriesDue, gainsDue, lossesDue, nextDueInWallet, releasesDue } from './due.ts'
export { activationsInARow, expiriesInARow } from './due-in-a-row.ts'
export * from './entry.ts'
export * from './expiry-notice.ts'
export {
  type DatesExpiry,
  type ExpiryFrom,
  ExpiryPolicy,
  type InactivityExpiry,
  type ResettingActivity,
  type RollingExpiry,
} from './expiry-policy.ts'
export * from './extension.ts'
export * from './fold-ledger.ts'
export * from './fold-ledger-rows.ts'
export * from './hold.ts'
export * from './inactivity.ts'
export * from './ledger-columns.ts'
export * from './ledger-entry.ts'
export * from './ledger-statement.ts'
export {
  type LiabilityMovement,
  LiabilityMovementKind,
  LiabilitySummary,
  type LiabilitySummaryJson,
  type LiabilityTotal,
  liabilityMonoid,
  summariseLiability,
} from './liability-movement.ts'
export {
  type LiabilityOpening,
  liabilityRollForward,
  type RollForward,
  type RollForwardLines,
  type RollForwardMovements,
  type RollForwardRow,
  type RollForwardTotal,
} from './liability-roll-forward.ts'
export { compareBurnOrder, Lot, LotKind } from './lot.ts'
export { type Lots, pointsOf } from './lot-list.ts'
export { isOfLot, originAmong } from './lot-origin.ts'
export * from './lot-term.ts'
export * from './mack-standard-error.ts'
export * from './merge.ts'
export * from './opening-balance.ts'
export { PendingPolicy } from './pending-policy.ts'
export * from './points-cost.ts'
export * from './points-payment.ts'
export { PointsPrice, type PointsPriceJson, worthOfPoints } from './points-price.ts'
export * from './pool.ts'
export * from './redemption-interval.ts'
export * from './redemption-triangle.ts'
export * from './reinstatement.ts'
export * from './relative-selling-price.ts'
export * from './reservation.ts'
export * from './restoration.ts'
export * from './roll-forward-value.ts'
export { groupByMember, type RowsByMember } from './rows-by-member.ts'
export { distinctLotFaults } from './sound-wallet.ts'
export * from './suspension.ts'
export { type Transfer, transferIn, transferOut } from './transfer.ts'
export * from './ultimate-redemption.ts'
export * from './wallet.ts'
export * from './wallet-conversion.ts'
export * from './wallet-definition.ts'
