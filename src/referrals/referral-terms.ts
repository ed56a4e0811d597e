/** All terms of a two-sided referral, as data. */
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  Duration,
  type InvalidValue,
  invalidValue,
  literalCodec,
  nullableCodec,
  structCodec,
} from '../foundation/index.ts'
import { EligibilityPolicy } from './eligibility-policy.ts'
import { FraudPolicy } from './fraud-policy.ts'
import { ReferralCap } from './referral-cap.ts'
import { ReferralMilestones } from './referral-milestone.ts'
import { ReferralReward } from './referral-reward.ts'

/** What the referee gets, when, and what a return in part does to it. */
export interface RefereeTerms {
  readonly reward: ReferralReward
  /** With the purchase itself, as a discount is, or when the review is over. */
  readonly release: 'atOnce' | 'afterReview'
  /** `proportional`: what is kept is in proportion to the goods that are; `recomputed`: counted anew on the spend that is left. */
  readonly onReturn: 'proportional' | 'recomputed'
}

/** The terms of a two-sided referral. */
export interface ReferralTerms {
  readonly eligibility: EligibilityPolicy
  readonly fraud: FraudPolicy
  /** How long rewards wait for returns; it should not be shorter than the time to return goods (S51). */
  readonly review: Duration
  readonly referrer: ReferralReward
  /** `null` for a one-sided referral. */
  readonly referee: RefereeTerms | null
  /** Of what referrers get. */
  readonly caps: ReadonlyArray<ReferralCap>
  readonly milestones: ReferralMilestones
}

const repeatedCaps = ({ caps }: ReferralTerms): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return caps.flatMap(({ id }, index) => {
    const again = seen.has(id)
    seen.add(id)
    return again ? [invalidValue(['caps', index, 'id'], id, 'an id that no other cap has')] : []
  })
}

/**
 * Reads {@link ReferralTerms}.
 *
 * @example
 * ```ts
 * import { decode, defaultFraudPolicy, ReferralTerms } from 'treue'
 *
 * const json = {
 *   eligibility: {
 *     newCustomersOnly: true,
 *     minimumSpend: { amount: '50.00', currency: 'EUR' },
 *     purchaseNumber: 1,
 *     within: null,
 *     channels: null,
 *     categories: null,
 *     exceptCategories: [],
 *   },
 *   fraud: defaultFraudPolicy,
 *   review: { amount: 31, unit: 'day' },
 *   referrer: { kind: { type: 'points', wallet: 'points' }, amount: { type: 'fixed', units: 500 } },
 *   referee: null,
 *   caps: [],
 *   milestones: [],
 * }
 * decode(ReferralTerms, json)._tag // => 'Right'
 * ```
 */
export const ReferralTerms: Codec<ReferralTerms, unknown> = /* @__PURE__ */ constrainCodec<ReferralTerms, unknown>(
  /* @__PURE__ */ structCodec('ReferralTerms', {
    eligibility: EligibilityPolicy,
    fraud: FraudPolicy,
    review: Duration,
    referrer: ReferralReward,
    referee: /* @__PURE__ */ nullableCodec(
      /* @__PURE__ */ structCodec('RefereeTerms', {
        reward: ReferralReward,
        release: /* @__PURE__ */ literalCodec('atOnce', 'afterReview'),
        onReturn: /* @__PURE__ */ literalCodec('proportional', 'recomputed'),
      }),
    ),
    caps: /* @__PURE__ */ arrayCodec(ReferralCap, { maxLength: 1000 }),
    milestones: ReferralMilestones,
  }),
  repeatedCaps,
)
