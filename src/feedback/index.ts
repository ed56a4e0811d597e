/**
 * What customers and employees say: the Net Promoter Score and its family, and how sure they are.
 *
 * @packageDocumentation
 */
export * from './answer-column.ts'
export * from './customer-effort.ts'
export * from './customer-satisfaction.ts'
export * from './display-score.ts'
export * from './earned-growth.ts'
export * from './employee-nps.ts'
export * from './feedback-routing.ts'
export * from './net-promoter-score.ts'
export * from './non-response.ts'
export * from './nps-change.ts'
export {
  compareNetPromoterScores,
  type NpsComparison,
  type NpsComparisonMethod,
  type NpsComparisonOptions,
} from './nps-comparison.ts'
export type { NpsCounts, NpsFaults } from './nps-counts.ts'
export * from './nps-groups.ts'
export type { NpsInterval, NpsIntervalMethod } from './nps-interval.ts'
export * from './nps-paired-answers.ts'
export * from './nps-post-stratification.ts'
export * from './nps-sample-size.ts'
export {
  categoriseAnswer,
  type FractionalAnswers,
  type NpsBreaks,
  type NpsCategory,
  standardNpsBreaks,
} from './nps-scale.ts'
export {
  type AnswerFaults,
  type AnswerOptions,
  NpsSummary,
  npsMonoid,
  summariseAnswers,
  summariseHistogram,
} from './nps-summary.ts'
export * from './nps-trend.ts'
export {
  type WeightedAnswer,
  type WeightedNps,
  type WeightedNpsFaults,
  weightedNetPromoterScore,
} from './nps-weighting.ts'
export * from './product-market-fit.ts'
export { type RatingFaults, type RatingMean, ratingMean } from './rating-mean.ts'
export {
  fivePointScale,
  mergeRatings,
  type RatingScale,
  RatingSummary,
  reverseRatings,
  type ScaleMismatch,
  sevenPointScale,
  summariseRatingCounts,
  summariseRatings,
} from './rating-summary.ts'
export {
  countReasons,
  mergeReasonCounts,
  type ReasonCount,
  ReasonCounts,
  type TaxonomyMismatch,
} from './reason-counts.ts'
export * from './reason-movement.ts'
export {
  type RankedReason,
  type ReasonLevel,
  type ReasonPareto,
  type ReasonParetoOptions,
  reasonPareto,
} from './reason-pareto.ts'
export * from './reason-taxonomy.ts'
export * from './response-time.ts'
export * from './service-hours.ts'
export type { ShareEstimate } from './share-estimate.ts'
export * from './star-rating.ts'
export * from './survey-channel.ts'
export * from './survey-eligibility.ts'
export * from './survey-policy.ts'
export * from './survey-sampling.ts'
export * from './top-box.ts'
