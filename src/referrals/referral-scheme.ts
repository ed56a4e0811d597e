/** All that a program says of referrals, as data. */
import { arrayCodec, type Codec, structCodec } from '../foundation/index.ts'
import { AttributionPolicy } from './attribution-policy.ts'
import { MultiLevelPolicy } from './multi-level.ts'
import { ReferralRewardKind } from './referral-reward.ts'
import { ReferralTerms } from './referral-terms.ts'
import { RevenueShare } from './revenue-share.ts'
import { VelocityLimit } from './velocity.ts'

/** A referrer's share of what the referee pays, and in what it is given. */
export interface RevenueShareTerms {
  readonly kind: ReferralRewardKind
  readonly share: RevenueShare
}

/** A whole referral scheme. */
export interface ReferralScheme {
  readonly terms: ReferralTerms
  /** Who of several referrers is credited, asked at the purchase that counts. */
  readonly attribution: AttributionPolicy
  /** Of the referrals that a referrer brings: beyond one, `velocity` is among the signals of abuse. */
  readonly velocity: ReadonlyArray<VelocityLimit>
  /** Of the invitations that a member sends: too many are noted. Default: as many as they like. */
  readonly invitations?: ReadonlyArray<VelocityLimit>
  /** Rewards for those who brought the referrer. Default: there are none. */
  readonly levels?: MultiLevelPolicy
  /** Default: referrers have no share of what referees pay. */
  readonly revenueShare?: RevenueShareTerms
}

/**
 * Reads a {@link ReferralScheme}.
 *
 * @example
 * ```ts
 * import { decode, defaultFraudPolicy, ReferralScheme } from 'treue'
 *
 * const json = {
 *   terms: {
 *     eligibility: {
 *       newCustomersOnly: true,
 *       minimumSpend: { amount: '50.00', currency: 'EUR' },
 *       purchaseNumber: null,
 *       within: { amount: 90, unit: 'day' },
 *       channels: null,
 *       categories: null,
 *       exceptCategories: [],
 *     },
 *     fraud: defaultFraudPolicy,
 *     review: { amount: 31, unit: 'day' },
 *     referrer: { kind: { type: 'points', wallet: 'points' }, amount: { type: 'fixed', units: 500 } },
 *     referee: null,
 *     caps: [],
 *     milestones: [],
 *   },
 *   attribution: { model: { type: 'last' }, window: { amount: 30, unit: 'day' }, cookieLife: null },
 *   velocity: [{ most: 10, within: { amount: 1, unit: 'day' } }],
 * }
 * decode(ReferralScheme, json)._tag // => 'Right'
 * ```
 */
export const ReferralScheme: Codec<ReferralScheme, unknown> = /* @__PURE__ */ structCodec(
  'ReferralScheme',
  {
    terms: ReferralTerms,
    attribution: AttributionPolicy,
    velocity: /* @__PURE__ */ arrayCodec(VelocityLimit, { maxLength: 100 }),
  },
  {
    invitations: /* @__PURE__ */ arrayCodec(VelocityLimit, { maxLength: 100 }),
    levels: MultiLevelPolicy,
    revenueShare: /* @__PURE__ */ structCodec('RevenueShareTerms', { kind: ReferralRewardKind, share: RevenueShare }),
  },
)
