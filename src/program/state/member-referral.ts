/** The referral by which a member came, in the member's own state: who touched them, and the purchase that counted. */
import {
  ActivityId,
  arrayCodec,
  type Codec,
  Instant,
  integerCodec,
  LotId,
  literalCodec,
  MemberId,
  naturalCodec,
  nullableCodec,
  structCodec,
} from '../../foundation/index.ts'
import { FraudSignal, ReferralRewardKind, ReferralSideStatus, TouchId } from '../../referrals/index.ts'

/** A touch, and what the app knew then of who referred. */
export interface ReferrerTouch {
  readonly id: TouchId
  readonly referrer: MemberId
  readonly at: Instant
  readonly by: 'link' | 'code' | 'named'
  readonly priority: number
  readonly referrerEnrolledAt: Instant
  readonly standing: 'good' | 'suspended' | 'left'
  readonly signals: ReadonlyArray<FraudSignal>
}

/** What the referee has of a referral that counts. */
export interface RefereeReward {
  readonly kind: ReferralRewardKind
  readonly units: number
  /** What of it was taken back. */
  readonly takenUnits: number
  /** Where its points are. */
  readonly lot: LotId
  /** When it was given; `null`: not yet. */
  readonly givenAt: Instant | null
}

/** The purchase that made a referral count. */
export interface ReferralConversion {
  /** The activity that tells the referrer. */
  readonly id: ActivityId
  readonly purchase: ActivityId
  readonly referrer: MemberId
  readonly at: Instant
  /** The version of the program whose terms hold. */
  readonly version: number
  /** What was spent on what counts, in minor units, and what returns left of it. */
  readonly spendMinor: number
  readonly remainingMinor: number
  /** When the review is over. */
  readonly releasedAt: Instant
  /** What became of the referee's side. */
  readonly side: ReferralSideStatus
  /** `null` where the referral is one-sided. */
  readonly reward: RefereeReward | null
}

/** The referral by which a member came. */
export interface MemberReferral {
  readonly history: 'none' | 'customer' | 'deletedAccount'
  /** Those that may still be credited. */
  readonly touches: ReadonlyArray<ReferrerTouch>
  /** The first purchase that would count; a touch after that brought nobody (S50). */
  readonly firstQualified: { readonly purchase: ActivityId; readonly at: Instant } | null
  /** `inReview`: returned after the release, for a person to decide. */
  readonly status: 'open' | 'qualified' | 'inReview'
  readonly conversion: ReferralConversion | null
}

const referrerTouch: Codec<ReferrerTouch, unknown> = /* @__PURE__ */ structCodec('ReferrerTouch', {
  id: TouchId,
  referrer: MemberId,
  at: Instant,
  by: /* @__PURE__ */ literalCodec('link', 'code', 'named'),
  priority: /* @__PURE__ */ integerCodec({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
  referrerEnrolledAt: Instant,
  standing: /* @__PURE__ */ literalCodec('good', 'suspended', 'left'),
  signals: /* @__PURE__ */ arrayCodec(FraudSignal, { maxLength: 1000 }),
})

const refereeReward: Codec<RefereeReward, unknown> = /* @__PURE__ */ structCodec('RefereeReward', {
  kind: ReferralRewardKind,
  units: naturalCodec,
  takenUnits: naturalCodec,
  lot: LotId,
  givenAt: /* @__PURE__ */ nullableCodec(Instant),
})

const referralConversion: Codec<ReferralConversion, unknown> = /* @__PURE__ */ structCodec('ReferralConversion', {
  id: ActivityId,
  purchase: ActivityId,
  referrer: MemberId,
  at: Instant,
  version: naturalCodec,
  spendMinor: naturalCodec,
  remainingMinor: naturalCodec,
  releasedAt: Instant,
  side: ReferralSideStatus,
  reward: /* @__PURE__ */ nullableCodec(refereeReward),
})

/** Reads a {@link MemberReferral}. */
export const MemberReferral: Codec<MemberReferral, unknown> = /* @__PURE__ */ structCodec('MemberReferral', {
  history: /* @__PURE__ */ literalCodec('none', 'customer', 'deletedAccount'),
  touches: /* @__PURE__ */ arrayCodec(referrerTouch),
  firstQualified: /* @__PURE__ */ nullableCodec(
    /* @__PURE__ */ structCodec('FirstQualified', { purchase: ActivityId, at: Instant }),
  ),
  status: /* @__PURE__ */ literalCodec('open', 'qualified', 'inReview'),
  conversion: /* @__PURE__ */ nullableCodec(referralConversion),
})

export const unreferred: MemberReferral = {
  history: 'none',
  touches: [],
  firstQualified: null,
  status: 'open',
  conversion: null,
}

/** What is worth keeping: nothing where nothing is known. */
export const keptReferral = (referral: MemberReferral): MemberReferral | null => {
  const { history, touches, firstQualified, conversion } = referral
  const isEmpty = history === 'none' && touches.length === 0 && firstQualified === null && conversion === null
  return isEmpty ? null : referral
}
