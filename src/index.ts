/**
 * Everything in one place. Each room is also an entry of its own (`treue/tiers`, …) and holds the same values.
 *
 * @packageDocumentation
 */

export * from './challenges/index.ts'
export * from './churn/index.ts'
export * from './earning/index.ts'
export * from './feedback/index.ts'
export * from './foundation/index.ts'
export * from './ledger/index.ts'
export * from './program/index.ts'
export * from './referrals/index.ts'
export * from './retention/index.ts'
export * from './rewards/index.ts'
export * from './rules/index.ts'
export * from './segments/index.ts'
export * from './statistics/index.ts'
export * from './tiers/index.ts'
