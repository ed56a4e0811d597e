/**
 * Who a customer is: segments by recency, frequency and monetary value; engagement, loyalty, health; and what to do for them next: touches, gifts, offers.
 *
 * @packageDocumentation
 */

export * from './engagement/engagement-model.ts'
export * from './engagement/engagement-retention.ts'
export {
  type EngagementExplanation,
  type EngagementFaults,
  type EngagementPart,
  type EngagementScores,
  encodeUsage,
  engagementPerActive,
  engagementScores,
  explainEngagement,
  type UsageColumns,
  type UsageRow,
} from './engagement/engagement-score.ts'
export * from './engagement/engagement-trend.ts'
export * from './engagement/engagement-weights.ts'
export {
  type ExcludedGift,
  type GiftAnswer,
  type GiftChoice,
  GiftFinder,
  type GiftProduct,
  type GiftQuestion,
  type GiftRanking,
  type GiftReason,
  type RankedGift,
  rankGifts,
} from './gift-finder/gift-finder.ts'
export * from './gift-finder/gift-lint.ts'
export * from './health/health-band.ts'
export * from './health/health-score.ts'
export * from './loyalty/loyalty-matrix.ts'
export * from './loyalty/share-of-wallet.ts'
export * from './offers/expected-offer.ts'
export * from './offers/offer-choice.ts'
export {
  encodeRfmRows,
  type RfmColumns,
  type RfmOptions,
  type RfmProfile,
  type RfmRow,
  rfmColumns,
} from './rfm/rfm-columns.ts'
export * from './rfm/rfm-cuts.ts'
export * from './rfm/rfm-scores.ts'
export * from './rfm/rfm-segments.ts'
export { RfmSummary, rfmMonoid, summariseRfm, type ValueCounts } from './rfm/rfm-summary.ts'
export { type EqualBands, type FixedBands, type QuantileBands, ScoreBands } from './rfm/score-bands.ts'
export {
  classicRfmSegments,
  RfmSegmentMap,
  type RfmSegmentRule,
  rfmSegmentOf,
  type ScoreRange,
  type SegmentMapFindings,
  type SegmentOverlap,
  segmentMapFindings,
} from './rfm/segment-map.ts'
export {
  type ChannelConsent,
  CustomerMoment,
  type ExpiringPoints,
  noMoment,
  type TouchOccasion,
} from './touch/customer-moment.ts'
export { FrequencyCap } from './touch/frequency-cap.ts'
export * from './touch/holdout.ts'
export * from './touch/next-touch.ts'
export { isQuiet, QuietHours } from './touch/quiet-hours.ts'
export type { TouchAnchor } from './touch/touch-anchor.ts'
export * from './touch/touch-explanation.ts'
export * from './touch/touch-facts.ts'
export * from './touch/touch-policy.ts'
export { type TouchKind, TouchRecord } from './touch/touch-record.ts'
export * from './touch/touch-value.ts'
