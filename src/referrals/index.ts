/**
 * Referrals: who brought whom, when it counts, what both sides get, and what a return does to it.
 *
 * @packageDocumentation
 */

export * from './attribution.ts'
export * from './attribution-policy.ts'
export * from './eligibility.ts'
export * from './eligibility-policy.ts'
export * from './fraud-policy.ts'
export * from './fraud-signals.ts'
export * from './multi-level.ts'
export * from './normalise-email.ts'
export * from './qualification.ts'
export * from './reassessment.ts'
export * from './referral.ts'
export * from './referral-cap.ts'
export * from './referral-cap-claim.ts'
export * from './referral-case.ts'
export * from './referral-edges.ts'
export * from './referral-event.ts'
export * from './referral-forest.ts'
export * from './referral-milestone.ts'
export * from './referral-phase.ts'
export * from './referral-policy.ts'
export * from './referral-reward.ts'
export * from './referral-settlement.ts'
export * from './referral-terms.ts'
export * from './revenue-share.ts'
export * from './settlement-change.ts'
export * from './signal-clusters.ts'
export * from './touch.ts'
export * from './velocity.ts'
