/** Activities about rewards of the catalogue. */
import {
  ActivityId,
  booleanCodec,
  type Codec,
  literalCodec,
  Points,
  structCodec,
  WalletId,
} from '../../foundation/index.ts'
import { type RedemptionStep, RewardId } from '../../rewards/index.ts'
import { type ActivityBase, activityBase } from './activity-base.ts'

/** A member takes a reward of the catalogue: its points are held until it is issued. */
export interface RewardRedeemed extends ActivityBase<'rewardRedeemed'> {
  readonly reward: RewardId
  /** Which wallet pays. Default: the first of the reward's prices that can be paid. */
  readonly wallet?: WalletId
  /**
   * How many points pay of a price that can be divided, in the wallet's smallest unit; the rest is paid with money. Default:
   * as few as the price asks for.
   */
  readonly points?: Points
  /** Whether it is issued at once, and its points are spent. Default `false`. */
  readonly issue?: boolean
}

/** A reward that was taken goes on: it is issued, used, sent, released or cancelled. */
export interface RewardStep extends ActivityBase<'rewardStep'> {
  readonly redemption: ActivityId
  readonly step: RedemptionStep
}

/** What happens to rewards of the catalogue. */
export type RewardActivity = RewardRedeemed | RewardStep

/** The codec of each kind of activity. */
export type RewardActivityCodecs = {
  readonly [Type in RewardActivity['type']]: Codec<Extract<RewardActivity, { readonly type: Type }>, unknown>
}

/** The codecs of these activities by their `type`, so that a union of more can take them in. */
export const rewardActivityCodecs: RewardActivityCodecs = {
  rewardRedeemed: /* @__PURE__ */ structCodec(
    'RewardRedeemed',
    { .../* @__PURE__ */ activityBase('rewardRedeemed'), reward: RewardId },
    { wallet: WalletId, points: Points, issue: booleanCodec },
  ),
  rewardStep: /* @__PURE__ */ structCodec('RewardStep', {
    .../* @__PURE__ */ activityBase('rewardStep'),
    redemption: ActivityId,
    step: /* @__PURE__ */ literalCodec('issue', 'use', 'release', 'cancel', 'ship', 'deliver', 'fail', 'comeBack'),
  }),
}
