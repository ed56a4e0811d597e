/** Activities of referrals: what an app reports, and what a decision about one member asks of another. */
import {
  ActivityId,
  arrayCodec,
  booleanCodec,
  type Codec,
  Instant,
  integerCodec,
  literalCodec,
  MemberId,
  naturalCodec,
  nullableCodec,
  stringCodec,
  structCodec,
} from '../../foundation/index.ts'
import { FraudSignal } from '../../referrals/index.ts'
import { type ActivityBase, activityBase } from './activity-base.ts'

/** Who brought a member, as the app knows it. */
export interface Recommendation {
  readonly member: MemberId
  readonly enrolledAt: Instant
  /** Default `named`. */
  readonly by?: 'link' | 'code' | 'named'
  /** Default `good`. */
  readonly standing?: 'good' | 'suspended' | 'left'
  /** What the two have in common. Default: nothing. */
  readonly signals?: ReadonlyArray<FraudSignal>
}

/** What an app knows of a purchase that may make a referral count. */
export interface PurchaseReferral {
  /** Default `customer`. */
  readonly origin?: 'customer' | 'comped' | 'administrator'
  /** What the buyer and who referred them have in common. Default: nothing more than at the touch. */
  readonly signals?: ReadonlyArray<FraudSignal>
}

/** A member invites somebody. */
export interface ReferralInvitation extends ActivityBase<'referralInvitation'> {
  /** Whoever is invited, in the app's words. */
  readonly invitee: string
}

/** Somebody who is not a member yet, or a member who has not bought, follows a link, enters a code, names who sent them. */
export interface ReferralTouched extends ActivityBase<'referralTouched'> {
  readonly referrer: Recommendation
  /** Default 0. */
  readonly priority?: number
}

/** A person decides on one side of a referral. */
export interface ReferralReview extends ActivityBase<'referralReview'> {
  /** The {@link ReferralConverted} of a referral that the member brought; `null`: the one by which the member came. */
  readonly conversion: ActivityId | null
  readonly verdict: 'approve' | 'deny'
  readonly reason: string
}

/** A member whom this one brought has made a purchase that counts: a decision about that member asked for this. */
export interface ReferralConverted extends ActivityBase<'referralConverted'> {
  readonly referee: MemberId
  /** 1 for who brought them, 2 for who brought that one, and so on. */
  readonly level: number
  readonly spendMinor: number
  /** What the referrer on level 1 has, in units; 0 on that level itself. */
  readonly levelUnits: number
  readonly signals: ReadonlyArray<FraudSignal>
  readonly convertedAt: Instant
  /** When the review is over. */
  readonly releasedAt: Instant
  /** The first instant at which nothing can be returned any more. */
  readonly returnableUntil: Instant
}

/** Something of that purchase was returned, or a person decided on it. */
export interface ReferralReassessed extends ActivityBase<'referralReassessed'> {
  /** The {@link ReferralConverted} that is looked at again. */
  readonly conversion: ActivityId
  readonly remainingMinor: number
  /** Whether what is left still counts. */
  readonly stands: boolean
  readonly levelUnits: number
}

/** A member whom this one brought pays, or, below 0, is paid back. */
export interface ReferralRevenue extends ActivityBase<'referralRevenue'> {
  readonly conversion: ActivityId
  readonly minor: number
}

/** What happens to referrals. */
export type ReferralActivity =
  | ReferralInvitation
  | ReferralTouched
  | ReferralReview
  | ReferralConverted
  | ReferralReassessed
  | ReferralRevenue

/** The codec of each kind of activity. */
export type ReferralActivityCodecs = {
  readonly [Type in ReferralActivity['type']]: Codec<Extract<ReferralActivity, { readonly type: Type }>, unknown>
}

const integer = /* @__PURE__ */ integerCodec({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
const signals = /* @__PURE__ */ arrayCodec(FraudSignal, { maxLength: 100 })

/** Reads a {@link Recommendation}. */
export const Recommendation: Codec<Recommendation, unknown> = /* @__PURE__ */ structCodec(
  'Recommendation',
  { member: MemberId, enrolledAt: Instant },
  {
    by: /* @__PURE__ */ literalCodec('link', 'code', 'named'),
    standing: /* @__PURE__ */ literalCodec('good', 'suspended', 'left'),
    signals,
  },
)

/** Reads a {@link PurchaseReferral}. */
export const PurchaseReferral: Codec<PurchaseReferral, unknown> = /* @__PURE__ */ structCodec(
  'PurchaseReferral',
  {},
  { origin: /* @__PURE__ */ literalCodec('customer', 'comped', 'administrator'), signals },
)

/** The codecs of these activities by their `type`, so that a union of more can take them in. */
export const referralActivityCodecs: ReferralActivityCodecs = {
  referralInvitation: /* @__PURE__ */ structCodec('ReferralInvitation', {
    .../* @__PURE__ */ activityBase('referralInvitation'),
    invitee: stringCodec,
  }),
  referralTouched: /* @__PURE__ */ structCodec(
    'ReferralTouched',
    { .../* @__PURE__ */ activityBase('referralTouched'), referrer: Recommendation },
    { priority: integer },
  ),
  referralReview: /* @__PURE__ */ structCodec('ReferralReview', {
    .../* @__PURE__ */ activityBase('referralReview'),
    conversion: /* @__PURE__ */ nullableCodec(ActivityId),
    verdict: /* @__PURE__ */ literalCodec('approve', 'deny'),
    reason: stringCodec,
  }),
  referralConverted: /* @__PURE__ */ structCodec('ReferralConverted', {
    .../* @__PURE__ */ activityBase('referralConverted'),
    referee: MemberId,
    level: /* @__PURE__ */ integerCodec({ min: 1, max: 100 }),
    spendMinor: naturalCodec,
    levelUnits: naturalCodec,
    signals,
    convertedAt: Instant,
    releasedAt: Instant,
    returnableUntil: Instant,
  }),
  referralReassessed: /* @__PURE__ */ structCodec('ReferralReassessed', {
    .../* @__PURE__ */ activityBase('referralReassessed'),
    conversion: ActivityId,
    remainingMinor: naturalCodec,
    stands: booleanCodec,
    levelUnits: naturalCodec,
  }),
  referralRevenue: /* @__PURE__ */ structCodec('ReferralRevenue', {
    .../* @__PURE__ */ activityBase('referralRevenue'),
    conversion: ActivityId,
    minor: integer,
  }),
}
