/** What became of a basket and of each voucher. */
import type { Instant, LineId } from '../foundation/index.ts'
import type { VoucherId } from './reward-ids.ts'

/** Why a voucher did not apply, with what a person would want to know. */
export type VoucherDecline =
  | { readonly reason: 'notYetValid'; readonly validFrom: Instant }
  | { readonly reason: 'expired'; readonly validUntil: Instant }
  | { readonly reason: 'otherCurrency' }
  | { readonly reason: 'notForMember' }
  | { readonly reason: 'conditionNotMet' }
  /** A fact that the condition asks for is missing. */
  | { readonly reason: 'conditionUnknown' }
  | { readonly reason: 'usedUp' }
  | { readonly reason: 'noMatchingProduct' }
  /** For so many items bought and got. */
  | { readonly reason: 'tooFewItems'; readonly missingItems: number }
  | { readonly reason: 'belowMinimumSpend'; readonly missingMinor: number }
  | { readonly reason: 'belowMinimumAfterDiscount'; readonly missingMinor: number }
  | { readonly reason: 'exclusiveWith'; readonly other: VoucherId }
  /** There is nothing left that it could take off. */
  | { readonly reason: 'nothingLeft' }
  | { readonly reason: 'totalCapReached' }
  /** A voucher before it in the list applied. */
  | { readonly reason: 'notFirst' }
  /** Another choice leaves less to pay; `totalMinor`: what this one would have left. */
  | { readonly reason: 'notBest'; readonly totalMinor: number }
  | { readonly reason: 'notWorst'; readonly totalMinor: number }
  | { readonly reason: 'alreadyApplied' }
  | { readonly reason: 'notInPlan' }

/** A voucher that did not apply. */
export interface DeclinedVoucher {
  readonly voucher: VoucherId
  readonly because: VoucherDecline
}

/** Items to be added for nothing. */
export interface GiftItem {
  readonly sku: string
  readonly quantity: number
}

/** A voucher that applied, in minor units. */
export interface AppliedVoucher {
  readonly voucher: VoucherId
  /** What it took off each line of the basket, in the basket's order; for gift credit what it paid. */
  readonly lines: ReadonlyArray<number>
  readonly shippingMinor: number
  /** The sum of both. */
  readonly minor: number
  /** What it would have been without its maximum and the cap on all (S10). */
  readonly desiredMinor: number
  /** Whether it paid and took nothing off. */
  readonly pays: boolean
  /** What cut it. */
  readonly cappedBy: 'voucher' | 'total' | null
  readonly gifts: ReadonlyArray<GiftItem>
}

/** A line with what vouchers took off. */
export interface PricedLine {
  readonly id: LineId
  readonly quantity: number
  readonly initialMinor: number
  readonly discountMinor: number
  /** What it costs now. */
  readonly netMinor: number
}

/** A basket after vouchers, in minor units. */
export interface PricedBasket {
  readonly lines: ReadonlyArray<PricedLine>
  /** What shipping costs now. */
  readonly shippingMinor: number
  /** All that was taken off, shipping included. */
  readonly discountMinor: number
  /** Lines and shipping as they cost now. */
  readonly totalMinor: number
  /** What gift credit pays of the total. */
  readonly creditMinor: number
  /** What is left to pay. */
  readonly payMinor: number
  readonly applied: ReadonlyArray<AppliedVoucher>
  readonly declined: ReadonlyArray<DeclinedVoucher>
}
