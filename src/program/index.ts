/**
 * The whole program: read it, make it ready, decide what follows from activities and from time, and why.
 *
 * @packageDocumentation
 */
export * from './activity.ts'
export type { ActivityBase } from './activity-base.ts'
export { advance } from './advance.ts'
export * from './compile.ts'
export { decide } from './decide.ts'
export * from './decision.ts'
export { EarningProgress } from './earning-progress.ts'
export { evolve } from './evolve.ts'
export * from './explain.ts'
export * from './fingerprint.ts'
export * from './member-event.ts'
export * from './member-state.ts'
export * from './open-earning.ts'
export * from './program.ts'
export * from './rejection.ts'
export * from './seen-activities.ts'
export * from './tier-activity.ts'
export * from './wallet-activity.ts'
