/**
 * Who is leaving, since when, and what they are still worth: rules and their backtest, contracts, early warning, survival and
 * models of buying.
 *
 * @packageDocumentation
 */

export * from './backtest/backtest-figures.ts'
export { BacktestSummary, backtestMonoid } from './backtest/backtest-summary.ts'
export * from './backtest/rule-backtest.ts'
export * from './buying/beta-binomial.ts'
export * from './buying/buying-choice.ts'
export type { BuyingFit, BuyingFitFault } from './buying/buying-fit.ts'
export type {
  BuyingFaults,
  BuyingModel,
  BuyingParameters,
  BuyingScores,
  CustomerFacts,
  SimulatedBuyers,
} from './buying/buying-model.ts'
export * from './buying/buying-models.ts'
export type { BuyingPrior, LogNormalPrior } from './buying/buying-prior.ts'
export type { CovariateEffect, CovariateFit, CustomerCovariates } from './buying/covariate-fit.ts'
export * from './buying/discounted-purchases.ts'
export * from './buying/gamma-gamma.ts'
export * from './buying/holdout-table.ts'
export * from './buying/lifetime-money.ts'
export * from './buying/made-purchase-curve.ts'
export type { ParameterEstimates } from './buying/parameter-estimates.ts'
export * from './buying/probability-alive-chart.ts'
export { type PurchaseCount, purchaseCounts } from './buying/purchase-counts.ts'
export { type KnownCustomers, type PurchaseCurve, purchaseCurve } from './buying/purchase-curve.ts'
export * from './buying/regularity.ts'
export * from './buying/repeat-buyers.ts'
export {
  type RepeatBuyer,
  type RepeatBuyerColumns,
  type RepeatBuying,
  repeatBuying,
  repeatBuyingMonoid,
} from './buying/repeat-buying.ts'
export * from './buying/shifted-beta-geometric.ts'
export * from './buying/spend-histories.ts'
export * from './contract/contract-customers.ts'
export { type ContractGrace, type ContractSpan, contractSpans } from './contract/contract-span.ts'
export * from './contract/contract-transitions.ts'
export type { Covariate } from './covariate.ts'
export * from './inactivity/inactivity.ts'
export {
  type FixedDays,
  InactivityRule,
  type OwnMeasure,
  type OwnQuantileRule,
  type OwnRhythmRule,
  standardInactivityRule,
} from './inactivity/inactivity-rule.ts'
export * from './inactivity/inactivity-summary.ts'
export type { InactivityState, InactivityThreshold } from './inactivity/inactivity-threshold.ts'
export { type OwnRhythm, ownRhythm } from './inactivity/own-rhythm.ts'
export { type Lifecycle, type LifecycleFaults, type LifecycleStep, lifecycleOf } from './lifecycle/lifecycle.ts'
export * from './lifecycle/lifecycle-counts.ts'
export type { LifecycleMeasure } from './lifecycle/lifecycle-options.ts'
export * from './lifecycle/lifecycle-rule.ts'
export type { LifecycleState } from './lifecycle/lifecycle-walk.ts'
export * from './risk/area-under-curve.ts'
export * from './risk/calibration-table.ts'
export {
  type CustomerFeatures,
  type CustomerFeaturesOptions,
  customerFeatures,
} from './risk/customer-features.ts'
export * from './risk/lift-table.ts'
export { type BrierScore, brierScore, logLoss, type ProbabilityFault } from './risk/probability-score.ts'
export * from './risk/profit-threshold.ts'
export * from './risk/risk-sample.ts'
export * from './risk/roc-curve.ts'
export * from './risk/score-calibration.ts'
export * from './risk/score-drift.ts'
export {
  type ScoredOutcomes,
  type ScoreFaults,
  ScoreGroups,
  scoreGroups,
  scoreGroupsMonoid,
} from './risk/score-groups.ts'
export * from './survival/concordance.ts'
export * from './survival/cox-baseline.ts'
export { type CoxData, type CoxFaults, type CoxFit, type CoxOptions, coxRegression } from './survival/cox-regression.ts'
export * from './survival/cox-residuals.ts'
export * from './survival/cox-scores.ts'
export * from './survival/cumulative-incidence.ts'
export {
  type DiscreteHazard,
  type DiscreteHazardFaults,
  discreteHazard,
  type PersonPeriods,
  personPeriods,
} from './survival/discrete-hazard.ts'
export * from './survival/discrete-hazard-regression.ts'
export type { ReasonedLifetimes } from './survival/ends-by-reason.ts'
export * from './survival/kaplan-meier.ts'
export * from './survival/life-table.ts'
export type { LifetimeDistribution } from './survival/lifetime-distribution.ts'
export * from './survival/lifetime-prediction.ts'
export {
  type LifetimeFaults,
  type LifetimeFit,
  type LifetimeOptions,
  lifetimeRegression,
} from './survival/lifetime-regression.ts'
export type { Lifetimes } from './survival/lifetimes.ts'
export * from './survival/log-rank.ts'
export * from './survival/proportional-hazards.ts'
export type {
  DependentCovariate,
  MonotoneLikelihood,
  RegressionCoefficient,
  RegressionData,
  RegressionTest,
} from './survival/regression-data.ts'
export type { Stratum } from './survival/risk-rows.ts'
export type { TieMethod } from './survival/risk-sets.ts'
export type { SurvivalInterval } from './survival/survival-interval.ts'
export type { DatedTransition } from './transition/dated-transition.ts'
export type { CountsByState, StateCounts } from './transition/state-counts.ts'
export * from './transition/transition-changes.ts'
export * from './warning/purchase-alarms.ts'
export * from './warning/rate-drop.ts'
export {
  CampaignGroups,
  campaignGroups,
  campaignGroupsMonoid,
  type ScoredCampaign,
} from './win-back/campaign-groups.ts'
export {
  type ContactCase,
  type ContactFaults,
  type ContactValue,
  contactValue,
} from './win-back/contact-value.ts'
export * from './win-back/offer-ladder.ts'
export * from './win-back/qini.ts'
export {
  type TransformedOutcomeFit,
  type TransformedOutcomeOptions,
  type TransformedOutcomeUplift,
  type TwoModelFit,
  type TwoModelUplift,
  transformedOutcomeUplift,
  twoModelUplift,
  type UpliftFaults,
  UpliftModel,
  type UpliftSample,
  upliftScores,
} from './win-back/uplift-model.ts'
export * from './win-back/uplift-table.ts'
