/** What a side of a referral gets: of which kind, and how much. */
import * as E from 'fp-ts/Either'
import {
  arrayCodec,
  type Codec,
  Currency,
  constrainCodec,
  integerCodec,
  invalidValue,
  LadderId,
  literalCodec,
  multiplyDivide,
  naturalCodec,
  nullableCodec,
  type OutOfRange,
  RoundingMode,
  refineCodec,
  stringCodec,
  structCodec,
  unionCodec,
  WalletId,
  type ZeroDenominator,
} from '../foundation/index.ts'
import { MetricId } from '../tiers/index.ts'

/** What is given; what one unit of it is. */
export type ReferralRewardKind =
  /** The wallet's smallest unit. */
  | { readonly type: 'points'; readonly wallet: WalletId }
  /** One voucher. */
  | { readonly type: 'voucher'; readonly voucher: string }
  /** A minor unit of the currency: paid out, or taken off the purchase. */
  | { readonly type: 'money'; readonly currency: Currency }
  /** A unit of a metric of the ladder. */
  | { readonly type: 'tierCredit'; readonly ladder: LadderId; readonly metric: MetricId }
  /** A minor unit of the currency, given to somebody else. */
  | { readonly type: 'donation'; readonly charity: string; readonly currency: Currency }

/** How much, whatever was spent. */
export interface FixedReferralAmount {
  readonly type: 'fixed'
  readonly units: number
}

/**
 * A share of the spend: so many units for so many minor units, rounded once. 10 % is 1 for 10; 5 points for each euro are
 * 5 for 100.
 */
export interface ShareReferralAmount {
  readonly type: 'share'
  readonly units: number
  readonly perMinor: number
  readonly rounding: RoundingMode
  /** At most so many units; `null`: without limit. */
  readonly most: number | null
}

/** From which referral of the referrer on there is how much. */
export interface ReferralAmountStep {
  readonly from: number
  readonly units: number
}

/** More, or less, with the number of referrals. */
export interface CountedReferralAmount {
  readonly type: 'byCount'
  /** By rising `from`; before the first there is nothing. */
  readonly steps: ReadonlyArray<ReferralAmountStep>
}

/** How much is given. */
export type ReferralAmount = FixedReferralAmount | ShareReferralAmount | CountedReferralAmount

/** What one side gets. */
export interface ReferralReward {
  readonly kind: ReferralRewardKind
  readonly amount: ReferralAmount
}

/** What an amount depends on. */
export interface ReferralRewardBasis {
  /** What the referee spent on what counts, in minor units. */
  readonly spendMinor: number
  /** The referrer's how many-th referral it is, from 1. */
  readonly number: number
}

const stepUnits = (steps: ReadonlyArray<ReferralAmountStep>, number: number): number => {
  let units = 0
  for (const step of steps) if (step.from <= number) units = step.units
  return units
}

/**
 * How many units a reward has.
 *
 * `OutOfRange`: a share that is no safe integer. `ZeroDenominator`: a share for 0 minor units.
 *
 * @param amount - how much is given
 * @param basis - what was spent, in minor units, and which referral it is
 *
 * @example
 * ```ts
 * import { referralRewardUnits, unwrap } from 'treue'
 *
 * const tenPercent = { type: 'share', units: 1, perMinor: 10, rounding: 'floor', most: 1500 } as const
 * unwrap(referralRewardUnits(tenPercent, { spendMinor: 9999, number: 1 })) // => 999
 * unwrap(referralRewardUnits(tenPercent, { spendMinor: 99_999, number: 1 })) // => 1500
 * const more = { type: 'byCount', steps: [{ from: 1, units: 500 }, { from: 4, units: 800 }] } as const
 * unwrap(referralRewardUnits(more, { spendMinor: 0, number: 4 })) // => 800
 * ```
 */
export const referralRewardUnits = (
  amount: ReferralAmount,
  { spendMinor, number }: ReferralRewardBasis,
): E.Either<ZeroDenominator | OutOfRange, number> => {
  switch (amount.type) {
    case 'fixed':
      return E.right(amount.units)
    case 'byCount':
      return E.right(stepUnits(amount.steps, number))
    case 'share': {
      const share = multiplyDivide(spendMinor, amount.units, amount.perMinor, amount.rounding)
      return E.isLeft(share) || amount.most === null ? share : E.right(Math.min(share.right, amount.most))
    }
  }
}

const name: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'RewardName',
  'a text that is not empty',
  (text) => text.length > 0,
  { minLength: 1 },
)
const positive = /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER })

/**
 * Reads a {@link ReferralRewardKind}.
 *
 * @example
 * ```ts
 * import { decode, ReferralRewardKind } from 'treue'
 *
 * decode(ReferralRewardKind, { type: 'donation', charity: 'forest', currency: 'EUR' })._tag // => 'Right'
 * ```
 */
export const ReferralRewardKind: Codec<ReferralRewardKind, unknown> = /* @__PURE__ */ unionCodec(
  'ReferralRewardKind',
  'type',
  {
    points: /* @__PURE__ */ structCodec('PointsKind', {
      type: /* @__PURE__ */ literalCodec('points'),
      wallet: WalletId,
    }),
    voucher: /* @__PURE__ */ structCodec('VoucherKind', {
      type: /* @__PURE__ */ literalCodec('voucher'),
      voucher: name,
    }),
    money: /* @__PURE__ */ structCodec('MoneyKind', {
      type: /* @__PURE__ */ literalCodec('money'),
      currency: Currency,
    }),
    tierCredit: /* @__PURE__ */ structCodec('TierCreditKind', {
      type: /* @__PURE__ */ literalCodec('tierCredit'),
      ladder: LadderId,
      metric: MetricId,
    }),
    donation: /* @__PURE__ */ structCodec('DonationKind', {
      type: /* @__PURE__ */ literalCodec('donation'),
      charity: name,
      currency: Currency,
    }),
  },
)

const Steps: Codec<ReadonlyArray<ReferralAmountStep>, unknown> = /* @__PURE__ */ constrainCodec<
  ReadonlyArray<ReferralAmountStep>,
  unknown
>(
  /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('ReferralAmountStep', { from: positive, units: naturalCodec }),
    {
      minLength: 1,
      maxLength: 1000,
    },
  ),
  (steps) =>
    steps.flatMap(({ from }, index) => {
      const before = steps[index - 1]?.from ?? 0
      return from > before ? [] : [invalidValue([index, 'from'], from, `more than ${before}, the step’s before`)]
    }),
)

/**
 * Reads a {@link ReferralAmount}.
 *
 * @example
 * ```ts
 * import { decode, ReferralAmount } from 'treue'
 *
 * const steps = [{ from: 4, units: 800 }, { from: 1, units: 500 }]
 * decode(ReferralAmount, { type: 'byCount', steps })._tag // => 'Left'
 * ```
 */
export const ReferralAmount: Codec<ReferralAmount, unknown> = /* @__PURE__ */ unionCodec('ReferralAmount', 'type', {
  fixed: /* @__PURE__ */ structCodec('FixedReferralAmount', {
    type: /* @__PURE__ */ literalCodec('fixed'),
    units: naturalCodec,
  }),
  share: /* @__PURE__ */ structCodec('ShareReferralAmount', {
    type: /* @__PURE__ */ literalCodec('share'),
    units: naturalCodec,
    perMinor: positive,
    rounding: RoundingMode,
    most: /* @__PURE__ */ nullableCodec(naturalCodec),
  }),
  byCount: /* @__PURE__ */ structCodec('CountedReferralAmount', {
    type: /* @__PURE__ */ literalCodec('byCount'),
    steps: Steps,
  }),
})

/**
 * Reads a {@link ReferralReward}.
 *
 * @example
 * ```ts
 * import { decode, ReferralReward } from 'treue'
 *
 * const kind = { type: 'points', wallet: 'points' }
 * decode(ReferralReward, { kind, amount: { type: 'fixed', units: 500 } })._tag // => 'Right'
 * ```
 */
export const ReferralReward: Codec<ReferralReward, unknown> = /* @__PURE__ */ structCodec('ReferralReward', {
  kind: ReferralRewardKind,
  amount: ReferralAmount,
})
