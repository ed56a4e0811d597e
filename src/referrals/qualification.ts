/** Whether a purchase makes a referral count, and what each side gets then. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  addDuration,
  type Fault,
  type Instant,
  type MemberId,
  type Zone,
} from '../foundation/index.ts'
import type { Referral, ReferralConversion } from './referral.ts'
import type { DiscountReward, PointsReward, ReferralPolicy } from './referral-policy.ts'

/** The purchase is smaller than what the policy asks for. */
export interface BelowMinimumSpend extends Fault<'BelowMinimumSpend'> {
  readonly spendMinor: number
  readonly minimumMinor: number
}

/** The referee had less time than it took. */
export interface ReferralWindowClosed extends Fault<'ReferralWindowClosed'> {
  readonly at: Instant
  /** The first instant that was too late. */
  readonly closedAt: Instant
}

/** The referral has counted already. */
export interface ReferralNotOpen extends Fault<'ReferralNotOpen'> {
  readonly referrer: MemberId
}

/** Why a purchase does not make a referral count. */
export type ReferralRefusal = BelowMinimumSpend | ReferralWindowClosed | ReferralNotOpen

/** What one side gets, and from when on. */
export interface ReferralPayment<R> {
  readonly reward: R
  readonly releasedAt: Instant
}

/** Both sides of a referral that counts, decided together. */
export interface ReferralQualification {
  readonly conversion: ReferralConversion
  /** At once: a discount is already used in the purchase itself. */
  readonly referee: ReferralPayment<PointsReward | DiscountReward>
  /** After the review. */
  readonly referrer: ReferralPayment<PointsReward>
}

/** A purchase of the referee. */
export interface ReferredPurchase {
  readonly purchase: ActivityId
  readonly at: Instant
  /** What it costs, in minor units of the policy's currency. */
  readonly spendMinor: number
}

/** The reasons of a refusal, all of them. */
const refusals = (
  policy: ReferralPolicy,
  zone: Zone,
  referral: Referral,
  { at, spendMinor }: ReferredPurchase,
): ReadonlyArray<ReferralRefusal> => {
  const found: Array<ReferralRefusal> = []
  if (referral.status !== 'open') {
    const expected = 'a referral that has not counted yet'
    found.push({ _tag: 'ReferralNotOpen', path: ['status'], expected, referrer: referral.referrer })
  }
  // Without a minimum it still takes a purchase that is paid for (S53).
  const minimumMinor = Math.max(1, policy.minimumSpend.minor)
  if (spendMinor < minimumMinor) {
    const expected = `at least ${minimumMinor} minor units`
    found.push({ _tag: 'BelowMinimumSpend', path: ['spendMinor'], expected, spendMinor, minimumMinor })
  }
  const closedAt = policy.within === null ? null : addDuration(zone, referral.openedAt, policy.within)
  if (closedAt !== null && at >= closedAt) {
    found.push({
      _tag: 'ReferralWindowClosed',
      path: ['at'],
      expected: 'a purchase before the end of the window',
      at,
      closedAt,
    })
  }
  return found
}

/**
 * Decides both sides of a referral on a purchase of the referee: the referee's reward at once, the referrer's when the
 * review is over (S51).
 *
 * `BelowMinimumSpend`: the purchase is too small, or costs nothing. `ReferralWindowClosed`: it came at the end of the window or later.
 * `ReferralNotOpen`: the referral has counted already. All reasons are given.
 *
 * @param policy - the terms
 * @param zone - the zone of the program's calendar
 * @param referral - the open referral
 * @param purchase - the purchase
 *
 * @example
 * ```ts
 * import { type ActivityId, decode, formatInstant, type MemberId, parseInstant, qualifyReferral } from 'treue'
 * import { ReferralPolicy, unwrap, utc } from 'treue'
 *
 * const policy = unwrap(decode(ReferralPolicy, {
 *   minimumSpend: { amount: '50.00', currency: 'EUR' },
 *   within: null,
 *   review: { amount: 31, unit: 'day' },
 *   referrer: { type: 'points', wallet: 'points', points: 500 },
 *   referee: { type: 'discount', amount: { amount: '10.00', currency: 'EUR' } },
 * }))
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const open = { referrer: 'anna' as MemberId, openedAt: at, status: 'open', conversion: null } as const
 * const both = unwrap(qualifyReferral(policy, utc, open, { purchase: 'order-1' as ActivityId, at, spendMinor: 10000 }))
 * formatInstant(both.referrer.releasedAt) // => '2026-04-01T12:00:00Z'
 * ```
 */
export const qualifyReferral = (
  policy: ReferralPolicy,
  zone: Zone,
  referral: Referral,
  purchase: ReferredPurchase,
): E.Either<ReadonlyArray<ReferralRefusal>, ReferralQualification> => {
  const found = refusals(policy, zone, referral, purchase)
  if (found.length > 0) return E.left(found)
  const { at, spendMinor } = purchase
  const releasedAt = addDuration(zone, at, policy.review)
  const discount = policy.referee.type === 'discount' ? policy.referee.amount.minor : 0
  return E.right({
    conversion: {
      purchase: purchase.purchase,
      at,
      spendMinor,
      discountMinor: Math.min(discount, spendMinor),
      discountClawedMinor: 0,
      releasedAt,
    },
    referee: { reward: policy.referee, releasedAt: at },
    referrer: { reward: policy.referrer, releasedAt },
  })
}
