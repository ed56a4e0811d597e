/** The catalogue: what members can have for points, for whom, at which price, and how often. */
import {
  arrayCodec,
  booleanCodec,
  Calendar,
  type Codec,
  constrainCodec,
  Duration,
  formatInstant,
  Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  Money,
  naturalCodec,
  nullableCodec,
  Points,
  stringCodec,
  structCodec,
  WalletId,
} from '../foundation/index.ts'
import {
  type CompiledCondition,
  type Condition,
  type ConditionExplanation,
  compileCondition,
  compileExplanation,
  conditionCodec,
  type Facts,
  type Vocabulary,
} from '../rules/index.ts'
import { BeneficiaryId, RewardId } from './reward-ids.ts'
import { RewardSplit, splitFaults } from './reward-split.ts'

/** What a reward costs in one wallet. */
export interface RewardPrice {
  readonly wallet: WalletId
  /** In the wallet's smallest unit. */
  readonly points: Points
  /** What is paid with money on top; `null`: nothing. */
  readonly money: Money | null
  /** Whose price it is, as `ladder/tier`; `null`: everybody's. */
  readonly tier: string | null
  /** How more points than these take the place of money, as the member likes. Default: they cannot. */
  readonly split?: RewardSplit
}

/** How often one member can have a reward. */
export interface RewardLimit {
  readonly times: number
  /** In each period of this calendar; `null`: ever. */
  readonly per: Calendar | null
}

/** Until when a redemption can be cancelled and its points come back. */
export type RewardRefundable = 'untilIssued' | 'untilUsed' | 'always'

/** A reward of the catalogue. */
export interface Reward {
  readonly id: RewardId
  /** At least one; of those of one wallet that a member can have, the lowest counts. */
  readonly prices: ReadonlyArray<RewardPrice>
  /** How many there are in all; `null`: no limit. */
  readonly stock: number | null
  readonly limits: ReadonlyArray<RewardLimit>
  readonly validFrom: Instant | null
  /** The first instant at which it can no longer be had. */
  readonly validUntil: Instant | null
  /** Whose it is, as `ladder/tier`; `null`: everybody's. */
  readonly tiers: ReadonlyArray<string> | null
  /** Who qualifies, by what is known; `null`: everybody. */
  readonly when: Condition | null
  readonly refundable: RewardRefundable
  /** How long points are held before the hold is over (S35); `null`: without end. */
  readonly holdFor: Duration | null
  /** Whether something has to be sent. */
  readonly shipped: boolean
  /** Who is owed for it, such as a partner whose gift card it is; `null`: nobody. */
  readonly partner: BeneficiaryId | null
}

const RewardPrice: Codec<RewardPrice, unknown> = /* @__PURE__ */ constrainCodec<RewardPrice, unknown>(
  /* @__PURE__ */ structCodec(
    'RewardPrice',
    {
      wallet: WalletId,
      points: Points,
      money: /* @__PURE__ */ nullableCodec(Money),
      tier: /* @__PURE__ */ nullableCodec(stringCodec),
    },
    { split: RewardSplit },
  ),
  (price) =>
    price.money === null || price.money.minor > 0
      ? splitFaults(price)
      : [invalidValue(['money'], price.money.minor, 'an amount above 0, or null')],
)

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 1, max: 1_000_000_000 })

/**
 * Reads a {@link RewardLimit}.
 *
 * @example
 * ```ts
 * import { decode, RewardLimit } from 'treue'
 *
 * decode(RewardLimit, { times: 1, per: { unit: 'month' } })._tag // => 'Right'
 * ```
 */
export const RewardLimit: Codec<RewardLimit, unknown> = /* @__PURE__ */ structCodec('RewardLimit', {
  times: count,
  per: /* @__PURE__ */ nullableCodec(Calendar),
})

const validityFaults = ({ validFrom, validUntil }: Reward): ReadonlyArray<InvalidValue> =>
  validFrom === null || validUntil === null || validFrom < validUntil
    ? []
    : [invalidValue(['validUntil'], formatInstant(validUntil), 'an instant after validFrom')]

/**
 * A codec for rewards whose conditions speak of some fields.
 *
 * @param vocabulary - the fields that `when` may read
 *
 * @example
 * ```ts
 * import { decode, rewardCodec } from 'treue'
 *
 * decode(rewardCodec({ fields: [] }), {
 *   id: 'sample-box',
 *   prices: [
 *     { wallet: 'points', points: 500, money: null, tier: null },
 *     { wallet: 'points', points: 400, money: null, tier: 'status/gold' },
 *   ],
 *   stock: 100,
 *   limits: [{ times: 1, per: { unit: 'month' } }],
 *   validFrom: null,
 *   validUntil: null,
 *   tiers: null,
 *   when: null,
 *   refundable: 'untilUsed',
 *   holdFor: { amount: 7, unit: 'day' },
 *   shipped: true,
 *   partner: null,
 * })._tag // => 'Right'
 * ```
 */
export const rewardCodec = (vocabulary: Vocabulary): Codec<Reward, unknown> =>
  constrainCodec<Reward, unknown>(
    structCodec('Reward', {
      id: RewardId,
      prices: arrayCodec(RewardPrice, { minLength: 1, maxLength: 1000 }),
      stock: nullableCodec(naturalCodec),
      limits: arrayCodec(RewardLimit, { maxLength: 20 }),
      validFrom: nullableCodec(Instant),
      validUntil: nullableCodec(Instant),
      tiers: nullableCodec(arrayCodec(stringCodec, { maxLength: 1000 })),
      when: nullableCodec(conditionCodec(vocabulary)),
      refundable: literalCodec('untilIssued', 'untilUsed', 'always'),
      holdFor: nullableCodec(Duration),
      shipped: booleanCodec,
      partner: nullableCodec(BeneficiaryId),
    }),
    validityFaults,
  )

/** A reward with its condition made ready; it holds functions, so it is no data to store. */
export interface CompiledReward {
  readonly reward: Reward
  readonly condition: CompiledCondition | null
  /** Why the condition holds for some facts, or does not; `null`: there is no condition. */
  readonly explain: ((facts: Facts) => ConditionExplanation) | null
}

/**
 * Makes a reward ready.
 *
 * @param vocabulary - the fields that its condition may read
 * @param reward - the reward
 *
 * @example
 * ```ts
 * import { compileReward, type Reward } from 'treue'
 *
 * compileReward({ fields: [] }, { id: 'sample-box', when: null } as unknown as Reward).condition // => null
 * ```
 */
export const compileReward = (vocabulary: Vocabulary, reward: Reward): CompiledReward => ({
  reward,
  condition: reward.when === null ? null : compileCondition(vocabulary, reward.when),
  explain: reward.when === null ? null : compileExplanation(vocabulary, reward.when),
})
