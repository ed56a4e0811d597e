/** Activities: what happened outside, as the app reports it. */

import { EarningFacts, Payment, PurchaseLine } from '../../earning/index.ts'
import {
  ActivityId,
  arrayCodec,
  type Codec,
  Instant,
  integerCodec,
  LineId,
  literalCodec,
  Money,
  nullableCodec,
  stringCodec,
  structCodec,
  unionCodec,
  YearlyDate,
} from '../../foundation/index.ts'
import type { Facts } from '../../rules/index.ts'
import { type ActivityBase, activityBase } from './activity-base.ts'
import { type ChallengeActivity, challengeActivityCodecs } from './challenge-activity.ts'
import { type DonationActivity, donationActivityCodecs } from './donation-activity.ts'
import { PurchaseReferral, Recommendation, type ReferralActivity, referralActivityCodecs } from './referral-activity.ts'
import { Restatement } from './restatement.ts'
import { type RewardActivity, rewardActivityCodecs } from './reward-activity.ts'
import { type StampActivity, stampActivityCodecs } from './stamp-activity.ts'
import { type TierActivity, tierActivityCodecs } from './tier-activity.ts'
import { type EnteredVoucher, enteredVoucher, type VoucherActivity, voucherActivityCodecs } from './voucher-activity.ts'
import { type WalletActivity, walletActivityCodecs } from './wallet-activity.ts'

/** A member joins. */
export interface Enrolment extends ActivityBase<'enrolment'> {
  readonly referrer?: Recommendation
  /** Whether the person was a customer before; a deleted account leaves a tombstone that tells. Default `none`. */
  readonly history?: 'none' | 'customer' | 'deletedAccount'
  readonly birthDate?: YearlyDate
}

/** A member says when their birthday is, or takes it back. */
export interface BirthDateChange extends ActivityBase<'birthDateChange'> {
  readonly birthDate: YearlyDate | null
}

/** What can be known of something that earns. */
interface Earning {
  /** When it happened, where the app learns of it later. Default: `at`. */
  readonly occurredAt?: Instant
  /** `channel`, `store`, and what the program declares. Default: nothing is known. */
  readonly attributes?: Facts
}

/** A member buys. */
export interface Purchase extends ActivityBase<'purchase'>, Earning {
  readonly lines: ReadonlyArray<PurchaseLine>
  /** How it was paid. Default: with money. */
  readonly payments?: ReadonlyArray<Payment>
  /** Vouchers of the program that are entered; amounts of lines are those before them. Default: none. */
  readonly vouchers?: ReadonlyArray<EnteredVoucher>
  /** What matters where the member was sent by somebody. Default: bought by the customer, without signals of abuse. */
  readonly referral?: PurchaseReferral
}

/** So much of a line, by amount or by number of items, or by default all that is left of it. */
export interface ReturnLine {
  readonly line: LineId
  readonly amount?: Money
  readonly quantity?: number
}

/** A member gives goods back. */
export interface Return extends ActivityBase<'return'> {
  readonly purchase: ActivityId
  /** Default: all that is left of the purchase. */
  readonly lines?: ReadonlyArray<ReturnLine>
}

/** A member does something that the program declares: writes a review, comes by, has a birthday. */
export interface Action extends ActivityBase<'action'>, Earning {
  readonly name: string
}

/** An action is undone: what it earned is taken back. */
export interface ActionCancellation extends ActivityBase<'actionCancellation'> {
  readonly action: ActivityId
}

/** What happened outside. */
export type Activity =
  | Enrolment
  | BirthDateChange
  | Purchase
  | Return
  | Action
  | ActionCancellation
  | WalletActivity
  | TierActivity
  | ReferralActivity
  | StampActivity
  | RewardActivity
  | ChallengeActivity
  | DonationActivity
  | VoucherActivity
  | Restatement

const earning = { occurredAt: Instant, attributes: EarningFacts }

const returnLine: Codec<ReturnLine, unknown> = /* @__PURE__ */ structCodec(
  'ReturnLine',
  { line: LineId },
  { amount: Money, quantity: /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000_000 }) },
)

/**
 * Reads an {@link Activity}.
 *
 * @example
 * ```ts
 * import { Activity, decode } from 'treue'
 *
 * const json = {
 *   type: 'purchase',
 *   id: 'order-1',
 *   member: 'anna',
 *   at: '2026-03-01T12:00:00+01:00',
 *   lines: [{ id: '1', amount: { amount: '19.99', currency: 'EUR' }, categories: ['books'] }],
 * }
 * decode(Activity, json)._tag // => 'Right'
 * const bad = decode(Activity, { ...json, at: 'yesterday' })
 * bad._tag === 'Left' ? bad.left.map(({ path }) => path) : [] // => [['at']]
 * ```
 */
export const Activity: Codec<Activity, unknown> = /* @__PURE__ */ unionCodec('Activity', 'type', {
  enrolment: /* @__PURE__ */ structCodec('Enrolment', /* @__PURE__ */ activityBase('enrolment'), {
    referrer: Recommendation,
    history: /* @__PURE__ */ literalCodec('none', 'customer', 'deletedAccount'),
    birthDate: YearlyDate,
  }),
  birthDateChange: /* @__PURE__ */ structCodec('BirthDateChange', {
    .../* @__PURE__ */ activityBase('birthDateChange'),
    birthDate: /* @__PURE__ */ nullableCodec(YearlyDate),
  }),
  purchase: /* @__PURE__ */ structCodec(
    'Purchase',
    {
      .../* @__PURE__ */ activityBase('purchase'),
      lines: /* @__PURE__ */ arrayCodec(PurchaseLine, { minLength: 1, maxLength: 10_000 }),
    },
    {
      ...earning,
      payments: /* @__PURE__ */ arrayCodec(Payment, { maxLength: 1000 }),
      vouchers: /* @__PURE__ */ arrayCodec(enteredVoucher, { maxLength: 100 }),
      referral: PurchaseReferral,
    },
  ),
  return: /* @__PURE__ */ structCodec(
    'Return',
    { .../* @__PURE__ */ activityBase('return'), purchase: ActivityId },
    { lines: /* @__PURE__ */ arrayCodec(returnLine, { minLength: 1, maxLength: 10_000 }) },
  ),
  action: /* @__PURE__ */ structCodec(
    'Action',
    { .../* @__PURE__ */ activityBase('action'), name: stringCodec },
    earning,
  ),
  actionCancellation: /* @__PURE__ */ structCodec('ActionCancellation', {
    .../* @__PURE__ */ activityBase('actionCancellation'),
    action: ActivityId,
  }),
  ...walletActivityCodecs,
  ...tierActivityCodecs,
  ...referralActivityCodecs,
  ...stampActivityCodecs,
  ...rewardActivityCodecs,
  ...challengeActivityCodecs,
  ...donationActivityCodecs,
  ...voucherActivityCodecs,
  restatement: Restatement,
})
