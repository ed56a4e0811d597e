/** Activities about what stamp cards have given. */
import { type Codec, integerCodec, structCodec } from '../../foundation/index.ts'
import { StampCardId } from '../../rewards/index.ts'
import { type ActivityBase, activityBase } from './activity-base.ts'

interface StampRewardActivity<Type extends string> extends ActivityBase<Type> {
  /** The kind of card. */
  readonly card: StampCardId
  /** Which card of the kind; the first is 1. */
  readonly number: number
  /** The position of the card that gave the reward. */
  readonly position: number
}

/** A member uses a reward of a stamp card. */
export interface StampRewardUse extends StampRewardActivity<'stampRewardUse'> {}

/** The use of a reward of a stamp card is taken back: it is open again. */
export interface StampRewardUseCancellation extends StampRewardActivity<'stampRewardUseCancellation'> {}

/** What happens to rewards of stamp cards. */
export type StampActivity = StampRewardUse | StampRewardUseCancellation

const rewardActivity = <const Type extends StampActivity['type']>(
  name: string,
  type: Type,
): Codec<StampRewardActivity<Type>, unknown> =>
  structCodec(name, {
    ...activityBase(type),
    card: StampCardId,
    number: integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    position: integerCodec({ min: 1, max: 1000 }),
  })

/** The codec of each kind of activity. */
export type StampActivityCodecs = {
  readonly [Type in StampActivity['type']]: Codec<Extract<StampActivity, { readonly type: Type }>, unknown>
}

/** The codecs of these activities by their `type`, so that a union of more can take them in. */
export const stampActivityCodecs: StampActivityCodecs = {
  stampRewardUse: /* @__PURE__ */ rewardActivity('StampRewardUse', 'stampRewardUse'),
  stampRewardUseCancellation: /* @__PURE__ */ rewardActivity(
    'StampRewardUseCancellation',
    'stampRewardUseCancellation',
  ),
}
