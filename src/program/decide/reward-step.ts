/** What a trace says of rewards. */
import type { ActivityId, CampaignId, Currency, Instant, Money, Points, WalletId } from '../../foundation/index.ts'
import type {
  BeneficiaryId,
  PricedBasket,
  RedemptionStep,
  RewardId,
  StampCardId,
  StampReward,
  StampsGiven,
  VoucherId,
} from '../../rewards/index.ts'

/** Stamps that a purchase gave on the cards of a kind. */
export interface StampsStep {
  readonly step: 'stamps'
  readonly card: StampCardId
  readonly slots: number
  /** By the lines alone. */
  readonly desired: number
  /** Given, those that paid a debt included. */
  readonly granted: number
  readonly cutBy: StampsGiven['cutBy']
  /** The rewards that they reached. */
  readonly rewards: ReadonlyArray<StampReward>
  /** On the card that is being filled, afterwards. */
  readonly stamps: number
}

/** Stamps that a return took back. */
export interface StampsTakenStep {
  readonly step: 'stampsTaken'
  readonly card: StampCardId
  readonly purchase: ActivityId
  readonly taken: number
  /** On the card that is being filled, afterwards. */
  readonly stamps: number
  /** Owed, afterwards. */
  readonly debt: number
}

/** A card that ran out, with its stamps. */
export interface StampsExpiredStep {
  readonly step: 'stampsExpired'
  readonly card: StampCardId
  readonly stamps: number
  readonly at: Instant
}

/** A reward of a card that was used, or is open again. */
export interface StampRewardStep {
  readonly step: 'stampReward'
  readonly card: StampCardId
  /** Which card of the kind. */
  readonly number: number
  readonly position: number
  readonly used: boolean
}

/** A reward of the catalogue that was taken, or what became of it. */
export interface CatalogueStep {
  readonly step: 'reward'
  readonly change: 'hold' | RedemptionStep
  readonly reward: RewardId
  readonly redemption: ActivityId
  readonly wallet: WalletId
  readonly points: Points
  readonly money: Money | null
  /** Whether the program redeemed it by itself. */
  readonly automatic: boolean
}

/** What vouchers that were entered did to a purchase, and why others did nothing. */
export interface VouchersStep {
  readonly step: 'vouchers'
  readonly priced: PricedBasket
  readonly currency: Currency
}

/** A voucher that a member got, that ran out or was taken back. */
export interface VoucherHeldStep {
  readonly step: 'voucher'
  readonly change: 'granted' | 'expired' | 'revoked'
  readonly voucher: VoucherId
  readonly grant: ActivityId
  readonly validUntil: Instant | null
}

/** A voucher that can be used again, since nothing is left of the purchase. */
export interface VoucherRestoredStep {
  readonly step: 'voucherRestored'
  readonly voucher: VoucherId
  readonly purchase: ActivityId
}

/** What a member gave to a campaign, and what the shop added. */
export interface DonationStep {
  readonly step: 'donation'
  readonly campaign: CampaignId
  readonly beneficiary: BeneficiaryId
  readonly wallet: WalletId
  /** 0 where it was made with money. */
  readonly points: Points
  readonly given: Money
  readonly matched: Money
  readonly reachesTarget: boolean
}

/** What a trace says of rewards. */
export type RewardTraceStep =
  | DonationStep
  | VouchersStep
  | VoucherHeldStep
  | VoucherRestoredStep
  | CatalogueStep
  | StampsStep
  | StampsTakenStep
  | StampsExpiredStep
  | StampRewardStep
