/** What a member has of the catalogue: rewards that were taken, as long as something may still become of them. */
import {
  ActivityId,
  arrayCodec,
  booleanCodec,
  type Codec,
  constrainCodec,
  Instant,
  literalCodec,
  nullableCodec,
  repeatedIds,
  structCodec,
} from '../../foundation/index.ts'
import { distinctLotFaults, Lot } from '../../ledger/index.ts'
import { type RedemptionEffect, type RedemptionStep, RewardId, RewardRedemption } from '../../rewards/index.ts'
import { withItem } from './with-item.ts'

/** A reward that a member took, with the points that it cost. */
export interface MemberRedemption {
  readonly redemption: RewardRedemption
  /** The pieces of lots that were spent; none before it is issued. */
  readonly pieces: ReadonlyArray<Lot>
  /** The vouchers that its issue granted. */
  readonly vouchers: ReadonlyArray<ActivityId>
  /** Whether the program redeemed it by itself. */
  readonly automatic: boolean
  /** The first instant at which nothing can become of it any more; `null`: as long as it is open. */
  readonly keptUntil: Instant | null
}

/** When a member took a reward: what limits of the reward still look at. */
export interface RewardTaken {
  readonly reward: RewardId
  readonly at: ReadonlyArray<Instant>
}

/** What a member has of the catalogue. */
export interface MemberRewards {
  readonly redemptions: ReadonlyArray<MemberRedemption>
  readonly taken: ReadonlyArray<RewardTaken>
}

/** Something became of a reward that the member takes. */
export interface RewardChanged {
  readonly type: 'rewardChanged'
  readonly at: Instant
  readonly change: 'hold' | RedemptionStep
  readonly reward: MemberRedemption
  readonly taken: RewardTaken
  /** What app, till and stock are to do; points have moved already. */
  readonly effects: ReadonlyArray<RedemptionEffect>
}

/** Nothing was taken. */
export const noRewards: MemberRewards = { redemptions: [], taken: [] }

const MemberRedemption: Codec<MemberRedemption, unknown> = /* @__PURE__ */ constrainCodec<MemberRedemption, unknown>(
  /* @__PURE__ */ structCodec('MemberRedemption', {
    redemption: RewardRedemption,
    pieces: /* @__PURE__ */ arrayCodec(Lot),
    vouchers: /* @__PURE__ */ arrayCodec(ActivityId),
    automatic: booleanCodec,
    keptUntil: /* @__PURE__ */ nullableCodec(Instant),
  }),
  ({ pieces }) => distinctLotFaults(pieces, ['pieces']),
)

const RewardTaken: Codec<RewardTaken, unknown> = /* @__PURE__ */ structCodec('RewardTaken', {
  reward: RewardId,
  at: /* @__PURE__ */ arrayCodec(Instant),
})

/**
 * Reads a {@link MemberRewards}.
 *
 * @example
 * ```ts
 * import { decode, MemberRewards } from 'treue'
 *
 * decode(MemberRewards, { redemptions: [], taken: [] })._tag // => 'Right'
 * ```
 */
export const MemberRewards: Codec<MemberRewards, unknown> = /* @__PURE__ */ constrainCodec<MemberRewards, unknown>(
  /* @__PURE__ */ structCodec('MemberRewards', {
    redemptions: /* @__PURE__ */ arrayCodec(MemberRedemption),
    taken: /* @__PURE__ */ arrayCodec(RewardTaken),
  }),
  ({ redemptions, taken }) => [
    ...repeatedIds(
      redemptions.map(({ redemption }) => redemption.id),
      (index) => ['redemptions', index, 'redemption', 'id'],
    ),
    ...repeatedIds(
      taken.map(({ reward }) => reward),
      (index) => ['taken', index, 'reward'],
    ),
  ],
)

export const RewardChange: Codec<RewardChanged['change'], unknown> = /* @__PURE__ */ literalCodec(
  'hold',
  'issue',
  'use',
  'release',
  'cancel',
  'ship',
  'deliver',
  'fail',
  'comeBack',
)

/** Reads a {@link RewardChanged}. */
export const RewardChanged: Codec<RewardChanged, unknown> = /* @__PURE__ */ structCodec('RewardChanged', {
  type: /* @__PURE__ */ literalCodec('rewardChanged'),
  at: Instant,
  change: RewardChange,
  reward: MemberRedemption,
  taken: RewardTaken,
  effects: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ literalCodec(
      'holdPoints',
      'burnHeldPoints',
      'releasePoints',
      'returnPoints',
      'chargeMoney',
      'refundMoney',
      'takeStock',
      'putBackStock',
    ),
  ),
})

const isGone = ({ redemption: { status } }: MemberRedemption): boolean =>
  status === 'released' || status === 'cancelled'

/** What a member has after something became of a reward; what was released or cancelled is over. */
export const rewardsAfter = (rewards: MemberRewards, { reward, taken }: RewardChanged): MemberRewards => {
  const isIt = ({ redemption }: MemberRedemption): boolean => redemption.id === reward.redemption.id
  const others = (): ReadonlyArray<RewardTaken> => rewards.taken.filter((one) => one.reward !== taken.reward)
  return {
    redemptions: isGone(reward)
      ? rewards.redemptions.filter((one) => !isIt(one))
      : withItem(rewards.redemptions, reward, isIt),
    taken: taken.at.length === 0 ? others() : withItem(rewards.taken, taken, (one) => one.reward === taken.reward),
  }
}

/** What a member still has at an instant. */
export const rewardsAt = (rewards: MemberRewards, at: Instant): MemberRewards => {
  const isOver = ({ keptUntil }: MemberRedemption): boolean => keptUntil !== null && keptUntil <= at
  return rewards.redemptions.some(isOver)
    ? { redemptions: rewards.redemptions.filter((one) => !isOver(one)), taken: rewards.taken }
    : rewards
}
