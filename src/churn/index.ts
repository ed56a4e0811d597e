/**
 * Who is leaving: customers' silence against their own rhythm.
 *
 * @packageDocumentation
 */
export * from './inactivity.ts'
export * from './inactivity-rule.ts'
export * from './inactivity-summary.ts'
export type { InactivityState, InactivityThreshold } from './inactivity-threshold.ts'
export { type OwnRhythm, ownRhythm } from './own-rhythm.ts'
