/**
 * Tiers: ladders, where a member stands, how a standing is assessed, and what is missing to the next tier.
 *
 * @packageDocumentation
 */
export * from './assessment.ts'
export * from './ladder.ts'
export * from './progress.ts'
export * from './standing.ts'
