/** What became of rewards, vouchers and donations over a population. */
import {
  arrayCodec,
  CampaignId,
  type Codec,
  type ExactInteger,
  ExactIntegerText,
  integerCodec,
  literalCodec,
  stringCodec,
  structCodec,
} from '../../foundation/index.ts'
import { RewardId, VoucherId } from '../../rewards/index.ts'
import type { MemberEvent } from '../state/member-event.ts'
import { RewardChange, type RewardChanged } from '../state/member-rewards.ts'
import type { VoucherHeldChanged, VoucherUseChanged } from '../state/member-vouchers.ts'
import { startTally, type Tally } from './tally.ts'

/** How often a reward of the catalogue went each way. */
export interface RewardCounts {
  readonly segment: string
  readonly reward: RewardId
  readonly change: RewardChanged['change']
  readonly times: number
}

/** What can become of a voucher. */
export type VoucherChange = VoucherHeldChanged['change'] | VoucherUseChanged['change']

/** How often a voucher went each way, and what it took off or paid, or what came back of that. */
export interface VoucherCounts {
  readonly segment: string
  readonly voucher: VoucherId
  readonly change: VoucherChange
  readonly times: number
  readonly minor: ExactInteger
}

/** What members of a segment gave to a campaign, and what the shop added, in minor units. */
export interface DonationCounts {
  readonly segment: string
  readonly campaign: CampaignId
  readonly givenMinor: ExactInteger
  readonly matchedMinor: ExactInteger
}

/** What became of rewards, vouchers and donations, each list in the order of its keys. */
export interface RewardsOutcome {
  readonly rewards: ReadonlyArray<RewardCounts>
  readonly vouchers: ReadonlyArray<VoucherCounts>
  readonly donations: ReadonlyArray<DonationCounts>
}

const natural = /* @__PURE__ */ integerCodec({ min: 0, max: Number.MAX_SAFE_INTEGER })

/** The codecs of the lists of a {@link RewardsOutcome}. */
export const rewardsOutcomeCodecs: { readonly [Key in keyof RewardsOutcome]: Codec<RewardsOutcome[Key], unknown> } = {
  rewards: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('RewardCounts', {
      segment: stringCodec,
      reward: RewardId,
      change: RewardChange,
      times: natural,
    }),
  ),
  vouchers: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('VoucherCounts', {
      segment: stringCodec,
      voucher: VoucherId,
      change: /* @__PURE__ */ literalCodec('granted', 'expired', 'revoked', 'used', 'restored'),
      times: natural,
      minor: ExactIntegerText,
    }),
  ),
  donations: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('DonationCounts', {
      segment: stringCodec,
      campaign: CampaignId,
      givenMinor: ExactIntegerText,
      matchedMinor: ExactIntegerText,
    }),
  ),
}

type VoucherKey = readonly [segment: string, voucher: VoucherId, change: VoucherChange]
type CampaignKey = readonly [segment: string, campaign: CampaignId]

/** The counts while they are made. */
export interface RewardsTally {
  readonly rewards: Tally<readonly [segment: string, reward: RewardId, change: RewardChanged['change']]>
  readonly vouchers: Tally<VoucherKey>
  readonly voucherMinor: Tally<VoucherKey>
  readonly given: Tally<CampaignKey>
  readonly matched: Tally<CampaignKey>
}

export const startRewardsTally = (): RewardsTally => ({
  rewards: startTally(),
  vouchers: startTally(),
  voucherMinor: startTally(),
  given: startTally(),
  matched: startTally(),
})

/** Counts an event, if it is about any of this. */
export const tallyRewardEvent = (tally: RewardsTally, segment: string, event: MemberEvent): void => {
  switch (event.type) {
    case 'rewardChanged':
      tally.rewards.add([segment, event.reward.redemption.reward, event.change], 1)
      return
    case 'voucherHeldChanged':
      tally.vouchers.add([segment, event.grant.voucher, event.change], 1)
      return
    case 'voucherUseChanged':
      tally.vouchers.add([segment, event.use.voucher, event.change], 1)
      tally.voucherMinor.add([segment, event.use.voucher, event.change], event.use.minor)
      return
    case 'donated':
      tally.given.add([segment, event.campaign], event.given.minor)
      tally.matched.add([segment, event.campaign], event.matched.minor)
      return
    default:
  }
}

/** Adds what was counted elsewhere. */
export const tallyRewardsOutcome = (tally: RewardsTally, { rewards, vouchers, donations }: RewardsOutcome): void => {
  for (const { segment, reward, change, times } of rewards) tally.rewards.add([segment, reward, change], times)
  for (const { segment, voucher, change, times, minor } of vouchers) {
    tally.vouchers.add([segment, voucher, change], times)
    tally.voucherMinor.add([segment, voucher, change], minor)
  }
  for (const { segment, campaign, givenMinor, matchedMinor } of donations) {
    tally.given.add([segment, campaign], givenMinor)
    tally.matched.add([segment, campaign], matchedMinor)
  }
}

/** The counts by their keys: both tallies of a pair have rows for the same things, but for sums that are nothing. */
const countsBy = <Key extends ReadonlyArray<string>>(tally: Tally<Key>): ReadonlyMap<string, ExactInteger> =>
  new Map(tally.rows().map(({ key, count }) => [JSON.stringify(key), count]))

/** What was counted. */
export const rewardsOutcomeOf = (tally: RewardsTally): RewardsOutcome => {
  const minors = countsBy(tally.voucherMinor)
  const matched = countsBy(tally.matched)
  return {
    rewards: tally.rewards.rows().map(({ key: [segment, reward, change], count }) => ({
      segment,
      reward,
      change,
      times: Number(count),
    })),
    vouchers: tally.vouchers.rows().map(({ key, count }) => {
      const [segment, voucher, change] = key
      return { segment, voucher, change, times: Number(count), minor: minors.get(JSON.stringify(key)) ?? 0 }
    }),
    donations: tally.given.rows().map(({ key, count }) => {
      const [segment, campaign] = key
      return { segment, campaign, givenMinor: count, matchedMinor: matched.get(JSON.stringify(key)) ?? 0 }
    }),
  }
}
