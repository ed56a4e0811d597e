/** The referrals that a member brought, in the member's own state, and what is counted of them. */
import { CapUsage } from '../../earning/index.ts'
import {
  ActivityId,
  arrayCodec,
  booleanCodec,
  CapId,
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
import {
  FraudAssessment,
  noReferralProgress,
  ReferralCapUse,
  ReferralProgress,
  ReferralRewardKind,
} from '../../referrals/index.ts'

/** A share of what the referee pays, as far as it is paid. */
export interface BroughtShare {
  /** What the referee paid so far, less what was returned, in minor units. */
  readonly revenueMinor: number
  /** What is given of it, in units. */
  readonly units: number
  readonly parts: ReadonlyArray<{ readonly lot: LotId; readonly at: Instant; readonly units: number }>
}

/** A referral that a member brought, as long as something may still become of it. */
export interface BroughtReferral {
  /** The activity that told of it. */
  readonly conversion: ActivityId
  readonly referee: MemberId
  /** 1 where the member brought the referee, 2 where somebody did whom the member had brought, and so on. */
  readonly level: number
  /** The version of the program whose terms hold. */
  readonly version: number
  readonly at: Instant
  readonly spendMinor: number
  /** The member's how many-th referral it is, from 1. */
  readonly number: number
  /** `pending`: a person has to approve it; `approved`: it waits for the end of the review; `inManualReview`: paid, and in doubt. */
  readonly status: 'pending' | 'approved' | 'rewarded' | 'inManualReview'
  readonly fraud: FraudAssessment
  readonly kind: ReferralRewardKind
  /** What the terms give, and what caps left of it (S54). */
  readonly desired: number
  readonly units: number
  readonly capLimited: boolean
  readonly limitedBy: ReadonlyArray<CapId>
  /** What of it was taken back. */
  readonly takenUnits: number
  readonly lot: LotId
  readonly releasedAt: Instant
  /** When it was given; `null`: not yet. */
  readonly rewardedAt: Instant | null
  /** From when on nothing can become of it any more. */
  readonly keptUntil: Instant
  /** What it counts against caps. */
  readonly uses: ReadonlyArray<ReferralCapUse>
  /** Whether it counts as a referral: one that caps left nothing of does not. */
  readonly counts: boolean
  /** Who is rewarded on the next level; `null`: nobody. */
  readonly upward: MemberId | null
  readonly share: BroughtShare | null
}

/** What became of a referral that the member brought; `denied`, `cancelled` and `reversed` are its end. */
export type BroughtChange =
  | 'opened'
  | 'approved'
  | 'denied'
  | 'reduced'
  | 'cancelled'
  | 'rewarded'
  | 'shared'
  | 'questioned'
  | 'upheld'
  | 'reversed'

/** What is counted of the referrals that a member brought. */
export interface ReferrerCounts {
  /** Released referrals, and the most there ever were: for milestones (S52). */
  readonly progress: ReferralProgress
  /** Referrals that count, those in review too. */
  readonly counted: number
  readonly caps: ReadonlyArray<CapUsage>
  /** As far back as a velocity limit looks. */
  readonly invitations: ReadonlyArray<Instant>
  readonly conversions: ReadonlyArray<Instant>
}

const integer = /* @__PURE__ */ integerCodec({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })

const broughtShare: Codec<BroughtShare, unknown> = /* @__PURE__ */ structCodec('BroughtShare', {
  revenueMinor: integer,
  units: naturalCodec,
  parts: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('BroughtSharePart', { lot: LotId, at: Instant, units: naturalCodec }),
  ),
})

/** Reads a {@link BroughtReferral}. */
export const BroughtReferral: Codec<BroughtReferral, unknown> = /* @__PURE__ */ structCodec('BroughtReferral', {
  conversion: ActivityId,
  referee: MemberId,
  level: naturalCodec,
  version: naturalCodec,
  at: Instant,
  spendMinor: naturalCodec,
  number: naturalCodec,
  status: /* @__PURE__ */ literalCodec('pending', 'approved', 'rewarded', 'inManualReview'),
  fraud: FraudAssessment,
  kind: ReferralRewardKind,
  desired: naturalCodec,
  units: naturalCodec,
  capLimited: booleanCodec,
  limitedBy: /* @__PURE__ */ arrayCodec(CapId),
  takenUnits: naturalCodec,
  lot: LotId,
  releasedAt: Instant,
  rewardedAt: /* @__PURE__ */ nullableCodec(Instant),
  keptUntil: Instant,
  uses: /* @__PURE__ */ arrayCodec(ReferralCapUse),
  counts: booleanCodec,
  upward: /* @__PURE__ */ nullableCodec(MemberId),
  share: /* @__PURE__ */ nullableCodec(broughtShare),
})

/** Reads {@link ReferrerCounts}. */
export const ReferrerCounts: Codec<ReferrerCounts, unknown> = /* @__PURE__ */ structCodec('ReferrerCounts', {
  progress: ReferralProgress,
  counted: naturalCodec,
  caps: /* @__PURE__ */ arrayCodec(CapUsage),
  invitations: /* @__PURE__ */ arrayCodec(Instant),
  conversions: /* @__PURE__ */ arrayCodec(Instant),
})

export const noReferrerCounts: ReferrerCounts = {
  progress: noReferralProgress,
  counted: 0,
  caps: [],
  invitations: [],
  conversions: [],
}
