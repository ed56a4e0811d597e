/**
 * Referrals: who brought whom, when it counts, what both sides get, and what a return does to it.
 *
 * @packageDocumentation
 */
export * from './qualification.ts'
export * from './reassessment.ts'
export * from './referral.ts'
export * from './referral-policy.ts'
