/** What a return does to a referral that has counted. */
import * as E from 'fp-ts/Either'
import { type Instant, multiplyDivide } from '../foundation/index.ts'
import type { ReferralConversion } from './referral.ts'
import type { ReferralPolicy } from './referral-policy.ts'

/**
 * What becomes of the referral: it `stands`; it is `cancelled`, both rewards taken back; or, where the referrer's reward
 * is released already, it goes `inReview` for a person to decide, and nothing is taken back by itself (S51).
 */
export type ReferralOutcome = 'stands' | 'cancelled' | 'inReview'

/** The result of a reassessment. */
export interface ReferralReassessment {
  readonly outcome: ReferralOutcome
  /** How much of the referee's discount this return takes back, in minor units. */
  readonly discountClawMinor: number
}

/** The discount that belongs to what is left, in proportion, rounded half up to a minor unit. */
const discountOnRest = ({ discountMinor, spendMinor }: ReferralConversion, remainingMinor: number): number => {
  const share = multiplyDivide(discountMinor, remainingMinor, spendMinor, 'halfUp')
  return E.isRight(share) ? share.right : 0
}

/**
 * Looks at a referral again after some of the purchase was returned. As long as it stands, or is in review, the discount
 * goes back in proportion to the goods, counted on the total returned so far, so that no split into parts changes the
 * sum. Below the minimum spend the referral does not count any more: what is left would not have had a discount, so all
 * that is left of the discount goes back, and nothing remains to be taken by later returns (S51).
 *
 * @param policy - the terms
 * @param conversion - the purchase that made the referral count
 * @param remainingMinor - what is left of it, in minor units
 * @param at - when the goods were returned
 *
 * @example
 * ```ts
 * import { decode, parseInstant, reassessReferral, type ReferralConversion, ReferralPolicy, unwrap } from 'treue'
 *
 * const policy = unwrap(decode(ReferralPolicy, {
 *   minimumSpend: { amount: '50.00', currency: 'EUR' },
 *   within: null,
 *   review: { amount: 31, unit: 'day' },
 *   referrer: { type: 'points', wallet: 'points', points: 500 },
 *   referee: { type: 'discount', amount: { amount: '10.00', currency: 'EUR' } },
 * }))
 * const conversion = {
 *   spendMinor: 10000,
 *   discountMinor: 1000,
 *   discountClawedMinor: 0,
 *   releasedAt: unwrap(parseInstant('2026-04-01T12:00:00Z')),
 * } as ReferralConversion
 * reassessReferral(policy, conversion, 4000, unwrap(parseInstant('2026-03-20T12:00:00Z')))
 * // => { outcome: 'cancelled', discountClawMinor: 1000 }
 * reassessReferral(policy, conversion, 6000, unwrap(parseInstant('2026-03-20T12:00:00Z')))
 * // => { outcome: 'stands', discountClawMinor: 400 }
 * ```
 */
export const reassessReferral = (
  policy: ReferralPolicy,
  conversion: ReferralConversion,
  remainingMinor: number,
  at: Instant,
): ReferralReassessment => {
  const { discountMinor, discountClawedMinor, releasedAt } = conversion
  const stands = remainingMinor >= Math.max(1, policy.minimumSpend.minor)
  const released = at >= releasedAt
  const outcome = stands ? 'stands' : released ? 'inReview' : 'cancelled'
  const kept = outcome === 'cancelled' ? 0 : discountOnRest(conversion, remainingMinor)
  return { outcome, discountClawMinor: Math.max(0, discountMinor - kept - discountClawedMinor) }
}
