/**
 * Rewards: a catalogue, vouchers and how they stack, stamp cards, donations, points and money together.
 *
 * @packageDocumentation
 */

export { Basket, type BasketLine, ProductSelection } from './basket.ts'
export { buyXGetYDiscount } from './buy-x-get-y.ts'
export { allocateDiscount } from './discount-allocation.ts'
export * from './discount-return.ts'
export * from './donation.ts'
export {
  type DonatablePoints,
  DonationCampaign,
  type DonationMatch,
  mostDonation,
  roundUpDonation,
} from './donation-campaign.ts'
export * from './donation-progress.ts'
export * from './liability-handover.ts'
export * from './redemption-lifecycle.ts'
export {
  type CompiledReward,
  compileReward,
  type Reward,
  RewardLimit,
  type RewardPrice,
  type RewardRefundable,
  rewardCodec,
} from './reward.ts'
export * from './reward-availability.ts'
export * from './reward-ids.ts'
export * from './reward-price.ts'
export { dividedPrice, RewardSplit, type SplitPrice } from './reward-split.ts'
export * from './stamp-card.ts'
export { advanceStampCard, stampCardExpiresAt } from './stamp-expiry.ts'
export type {
  StampActivityConflict,
  StampFault,
  StampPurchaseTooLate,
  StampReturnExceedsLine,
  StampRewardUnavailable,
  UnknownStampedPurchase,
} from './stamp-faults.ts'
export { type StampPurchase, type StampsGiven, stampPurchase } from './stamp-purchase.ts'
export * from './stamp-return.ts'
export * from './stamp-reward.ts'
export {
  type BuyXGetYBenefit,
  type FixedBenefit,
  type GiftCreditBenefit,
  type MinimumSpend,
  type PercentBenefit,
  type ProductBenefit,
  type ShippingBenefit,
  type Voucher,
  VoucherBenefit,
  voucherCodec,
} from './voucher.ts'
export type { VoucherContext } from './voucher-application.ts'
export {
  type InvalidVoucherCode,
  parseVoucherCode,
  VoucherCode,
  VoucherCodeFormat,
  voucherCode,
  voucherCodeNumber,
} from './voucher-code.ts'
export * from './voucher-code-book.ts'
export { forgetVoucherClaims } from './voucher-forgetting.ts'
export {
  type VoucherLimit,
  type VoucherLimitReached,
  VoucherUsePolicy,
  type VoucherUser,
} from './voucher-limit.ts'
export * from './voucher-offer.ts'
export * from './voucher-outcome.ts'
export * from './voucher-plan.ts'
export { priceBasket, type TooManyCombinations } from './voucher-stacking.ts'
export * from './voucher-step.ts'
export {
  applyVoucherEvent,
  newVoucherUsage,
  type VoucherClaim,
  type VoucherClaimStatus,
  VoucherEvent,
  type VoucherHold,
  type VoucherTally,
  VoucherUsage,
} from './voucher-usage.ts'
