/** What a referral takes and what it pays, as data. */
import {
  type Codec,
  Duration,
  literalCodec,
  Money,
  nullableCodec,
  Points,
  refineCodec,
  structCodec,
  unionCodec,
  WalletId,
} from '../foundation/index.ts'

/** Points, paid into a wallet. */
export interface PointsReward {
  readonly type: 'points'
  readonly wallet: WalletId
  readonly points: Points
}

/** An amount off the purchase that makes the referral count. */
export interface DiscountReward {
  readonly type: 'discount'
  readonly amount: Money
}

/** The terms of a two-sided referral. */
export interface ReferralPolicy {
  /** What the referee has to spend in one purchase; one that costs nothing never counts (S53). */
  readonly minimumSpend: Money
  /** How long after enrolling the referee has for that; `null`: without end. The end itself is too late (S48). */
  readonly within: Duration | null
  /** How long the referrer's reward waits for a return; it should not be shorter than the time to return goods (S51). */
  readonly review: Duration
  readonly referrer: PointsReward
  readonly referee: PointsReward | DiscountReward
}

const PositiveOrZero: Codec<Money, unknown> = /* @__PURE__ */ refineCodec(
  Money,
  'ReferralAmount',
  'an amount of 0 or more',
  ({ minor }) => minor >= 0,
)

const PointsReward: Codec<PointsReward, unknown> = /* @__PURE__ */ structCodec('PointsReward', {
  type: /* @__PURE__ */ literalCodec('points'),
  wallet: WalletId,
  points: Points,
})

const DiscountReward: Codec<DiscountReward, unknown> = /* @__PURE__ */ structCodec('DiscountReward', {
  type: /* @__PURE__ */ literalCodec('discount'),
  amount: PositiveOrZero,
})

/**
 * Reads a {@link ReferralPolicy}.
 *
 * @example
 * ```ts
 * import { decode, ReferralPolicy } from 'treue'
 *
 * const json = {
 *   minimumSpend: { amount: '50.00', currency: 'EUR' },
 *   within: { amount: 90, unit: 'day' },
 *   review: { amount: 31, unit: 'day' },
 *   referrer: { type: 'points', wallet: 'points', points: 500 },
 *   referee: { type: 'discount', amount: { amount: '10.00', currency: 'EUR' } },
 * }
 * decode(ReferralPolicy, json)._tag // => 'Right'
 * ```
 */
export const ReferralPolicy: Codec<ReferralPolicy, unknown> = /* @__PURE__ */ structCodec('ReferralPolicy', {
  minimumSpend: PositiveOrZero,
  within: /* @__PURE__ */ nullableCodec(Duration),
  review: Duration,
  referrer: PointsReward,
  referee: /* @__PURE__ */ unionCodec('RefereeReward', 'type', { points: PointsReward, discount: DiscountReward }),
})
