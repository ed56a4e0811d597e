/** Activities about donations. */
import { CampaignId, type Codec, literalCodec, Money, Points, structCodec, unionCodec } from '../../foundation/index.ts'
import { DonationGoalId, type DonationSource } from '../../rewards/index.ts'
import { type ActivityBase, activityBase } from './activity-base.ts'

/** A member gives to a campaign, for good: points, the change to a full amount, or an amount of money. */
export interface DonationActivity extends ActivityBase<'donation'> {
  readonly campaign: CampaignId
  readonly source: DonationSource
  /** The goal of a member that it counts towards. Default: none. */
  readonly goal?: DonationGoalId
}

const money = <const Type extends 'roundUp' | 'money'>(
  type: Type,
): Codec<{ readonly type: Type; readonly amount: Money }, unknown> =>
  structCodec('DonatedMoney', { type: literalCodec(type), amount: Money })

const source: Codec<DonationSource, unknown> = /* @__PURE__ */ unionCodec('DonationSource', 'type', {
  points: /* @__PURE__ */ structCodec('DonatedPoints', {
    type: /* @__PURE__ */ literalCodec('points'),
    points: Points,
  }),
  roundUp: /* @__PURE__ */ money('roundUp'),
  money: /* @__PURE__ */ money('money'),
})

/** The codec of this activity by its `type`, so that a union of more can take it in. */
export const donationActivityCodecs: { readonly donation: Codec<DonationActivity, unknown> } = {
  donation: /* @__PURE__ */ structCodec(
    'DonationActivity',
    { .../* @__PURE__ */ activityBase('donation'), campaign: CampaignId, source },
    { goal: DonationGoalId },
  ),
}
