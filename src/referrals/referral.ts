/** A referral: opened when the referee enrols, qualified by a purchase, opened again when that purchase is undone. */
import * as E from 'fp-ts/Either'
import {
  ActivityId,
  type Codec,
  type Fault,
  Instant,
  integerCodec,
  literalCodec,
  MemberId,
  nullableCodec,
  structCodec,
} from '../foundation/index.ts'

/** A purchase that made a referral count. */
export interface ReferralConversion {
  readonly purchase: ActivityId
  readonly at: Instant
  /** What was spent, in minor units. */
  readonly spendMinor: number
  /** The discount that the referee had, in minor units; 0 where the reward was points. */
  readonly discountMinor: number
  /** How much of the discount has been taken back with returned goods, in minor units. */
  readonly discountClawedMinor: number
  /** From when on the referrer's reward is no longer under review. */
  readonly releasedAt: Instant
}

/** A referral, as the referee's side knows it. */
export interface Referral {
  readonly referrer: MemberId
  readonly openedAt: Instant
  readonly status: 'open' | 'qualified' | 'inReview'
  readonly conversion: ReferralConversion | null
}

const minor = /* @__PURE__ */ integerCodec({ min: 0, max: Number.MAX_SAFE_INTEGER })

/** Reads a {@link ReferralConversion}. */
export const ReferralConversion: Codec<ReferralConversion, unknown> = /* @__PURE__ */ structCodec(
  'ReferralConversion',
  {
    purchase: ActivityId,
    at: Instant,
    spendMinor: minor,
    discountMinor: minor,
    discountClawedMinor: minor,
    releasedAt: Instant,
  },
)

/** Reads a {@link Referral}. */
export const Referral: Codec<Referral, unknown> = /* @__PURE__ */ structCodec('Referral', {
  referrer: MemberId,
  openedAt: Instant,
  status: /* @__PURE__ */ literalCodec('open', 'qualified', 'inReview'),
  conversion: /* @__PURE__ */ nullableCodec(ReferralConversion),
})

/** Members cannot refer themselves (S49). */
export interface SelfReferral extends Fault<'SelfReferral'> {
  readonly member: MemberId
}

/** The referrer was not a member before the referee, so the referral could be part of a circle (S50). */
export interface ReferrerNotEarlier extends Fault<'ReferrerNotEarlier'> {
  readonly referrer: MemberId
}

/** Who brought whom. */
export interface ReferralTouch {
  readonly referrer: MemberId
  readonly referrerEnrolledAt: Instant
  readonly referee: MemberId
  readonly refereeEnrolledAt: Instant
}

/**
 * Opens the referral of a member who enrols.
 *
 * `SelfReferral`: referrer and referee are one member. `ReferrerNotEarlier`: the referrer enrolled at the same time or
 * later; that every referral points back in time keeps the graph of referrals free of circles.
 *
 * @param touch - who brought whom, and when each enrolled
 *
 * @example
 * ```ts
 * import { type MemberId, openReferral, parseInstant, unwrap } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const anna = 'anna' as MemberId
 * const opened = openReferral({ referrer: anna, referrerEnrolledAt: at, referee: anna, refereeEnrolledAt: at })
 * opened._tag === 'Left' ? opened.left._tag : '' // => 'SelfReferral'
 * ```
 */
export const openReferral = (touch: ReferralTouch): E.Either<SelfReferral | ReferrerNotEarlier, Referral> => {
  const { referrer, referee, referrerEnrolledAt, refereeEnrolledAt } = touch
  if (referrer === referee) {
    return E.left({ _tag: 'SelfReferral', path: ['referrer'], expected: 'another member', member: referee })
  }
  if (referrerEnrolledAt >= refereeEnrolledAt) {
    const expected = 'a referrer who enrolled before the referee'
    return E.left({ _tag: 'ReferrerNotEarlier', path: ['referrer'], expected, referrer })
  }
  return E.right({ referrer, openedAt: refereeEnrolledAt, status: 'open', conversion: null })
}
