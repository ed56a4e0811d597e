/**
 * Who is leaving: customers' silence against their own rhythm.
 *
 * @packageDocumentation
 */

export * from './beta-binomial.ts'
export * from './buying-choice.ts'
export type { BuyingFit, BuyingFitFault } from './buying-fit.ts'
export * from './buying-model.ts'
export * from './discounted-purchases.ts'
export * from './gamma-gamma.ts'
export * from './inactivity.ts'
export * from './inactivity-rule.ts'
export * from './inactivity-summary.ts'
export type { InactivityState, InactivityThreshold } from './inactivity-threshold.ts'
export * from './kaplan-meier.ts'
export type { Lifetimes } from './lifetimes.ts'
export * from './log-rank.ts'
export { type OwnRhythm, ownRhythm } from './own-rhythm.ts'
export type { ParameterEstimates } from './parameter-estimates.ts'
export * from './repeat-buyers.ts'
export {
  type RepeatBuyer,
  type RepeatBuyerColumns,
  type RepeatBuying,
  repeatBuying,
  repeatBuyingMonoid,
} from './repeat-buying.ts'
export * from './shifted-beta-geometric.ts'
