/** What became of rewards, vouchers, stamp cards, referral rewards and donations over a population. */
import { CampaignId, type ExactInteger, literalCodec, stringCodec } from '../../foundation/index.ts'
import { ReferralRewardKind, ReferralSide } from '../../referrals/index.ts'
import { RewardId, StampCardId, VoucherId } from '../../rewards/index.ts'
import type { MemberEvent, ReferralRewardDue } from '../state/member-event.ts'
import { RewardChange, type RewardChanged } from '../state/member-rewards.ts'
import type { MemberState } from '../state/member-state.ts'
import type { VoucherHeldChanged, VoucherUseChanged } from '../state/member-vouchers.ts'
import type { StampCardChange } from '../state/stamp-card-changed.ts'
import { exactCount, naturalCount, type RowKinds, type RowSums, rowKind } from './row-sums.ts'

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

/** How often something became of a stamp card, and how many stamps came or went by it. */
export interface StampCounts {
  readonly segment: string
  readonly card: StampCardId
  readonly change: StampCardChange
  readonly times: number
  readonly stamps: ExactInteger
}

/** What members of a segment have on stamp cards of a kind at the end. */
export interface HeldStamps {
  readonly segment: string
  readonly card: StampCardId
  /** Cards before the one that is being filled: full ones, and ones that ran out. */
  readonly finished: number
  /** Stamps on the card that is being filled. */
  readonly stamps: ExactInteger
  /** Rewards that are given and not used. */
  readonly openRewards: number
}

/** Units of rewards of referrals that the app was to give, and to take back: vouchers, money, donations. */
export interface ReferralRewardCounts {
  readonly segment: string
  readonly side: ReferralSide
  readonly cause: ReferralRewardDue['cause']
  readonly kind: ReferralRewardKind
  readonly due: ExactInteger
  readonly taken: ExactInteger
}

/** What members of a segment gave to a campaign, and what the shop added, in minor units. */
export interface DonationCounts {
  readonly segment: string
  readonly campaign: CampaignId
  readonly givenMinor: ExactInteger
  readonly matchedMinor: ExactInteger
}

/** What became of rewards, vouchers, stamp cards and donations, each list in the order of its keys. */
export interface RewardsOutcome {
  readonly rewards: ReadonlyArray<RewardCounts>
  readonly vouchers: ReadonlyArray<VoucherCounts>
  readonly stamps: ReadonlyArray<StampCounts>
  readonly stampCards: ReadonlyArray<HeldStamps>
  readonly referralRewards: ReadonlyArray<ReferralRewardCounts>
  readonly donations: ReadonlyArray<DonationCounts>
}

/** How the rows of a {@link RewardsOutcome} add up. */
export const rewardsOutcomeKinds: RowKinds<RewardsOutcome> = {
  rewards: /* @__PURE__ */ rowKind<RewardCounts, 'times'>(
    'RewardCounts',
    { segment: stringCodec, reward: RewardId, change: RewardChange },
    { times: naturalCount },
  ),
  vouchers: /* @__PURE__ */ rowKind<VoucherCounts, 'times' | 'minor'>(
    'VoucherCounts',
    {
      segment: stringCodec,
      voucher: VoucherId,
      change: /* @__PURE__ */ literalCodec('granted', 'expired', 'revoked', 'used', 'restored'),
    },
    { times: naturalCount, minor: exactCount },
  ),
  stamps: /* @__PURE__ */ rowKind<StampCounts, 'times' | 'stamps'>(
    'StampCounts',
    {
      segment: stringCodec,
      card: StampCardId,
      change: /* @__PURE__ */ literalCodec('stamped', 'takenBack', 'expired', 'rewardUsed', 'useCancelled'),
    },
    { times: naturalCount, stamps: exactCount },
  ),
  stampCards: /* @__PURE__ */ rowKind<HeldStamps, 'finished' | 'stamps' | 'openRewards'>(
    'HeldStamps',
    { segment: stringCodec, card: StampCardId },
    { finished: naturalCount, stamps: exactCount, openRewards: naturalCount },
  ),
  referralRewards: /* @__PURE__ */ rowKind<ReferralRewardCounts, 'due' | 'taken'>(
    'ReferralRewardCounts',
    {
      segment: stringCodec,
      side: ReferralSide,
      cause: /* @__PURE__ */ literalCodec('referral', 'milestone', 'revenueShare'),
      kind: ReferralRewardKind,
    },
    { due: exactCount, taken: exactCount },
  ),
  donations: /* @__PURE__ */ rowKind<DonationCounts, 'givenMinor' | 'matchedMinor'>(
    'DonationCounts',
    { segment: stringCodec, campaign: CampaignId },
    { givenMinor: exactCount, matchedMinor: exactCount },
  ),
}

/** Counts an event, if it is about any of this. */
export const countRewardEvent = (sums: RowSums<RewardsOutcome>, segment: string, event: MemberEvent): void => {
  const { type } = event
  switch (type) {
    case 'rewardChanged':
      sums.add('rewards', { segment, reward: event.reward.redemption.reward, change: event.change, times: 1 })
      return
    case 'voucherHeldChanged':
      sums.add('vouchers', { segment, voucher: event.grant.voucher, change: event.change, times: 1, minor: 0 })
      return
    case 'voucherUseChanged': {
      const { change, use } = event
      sums.add('vouchers', { segment, voucher: use.voucher, change, times: 1, minor: use.minor })
      return
    }
    case 'stampCardChanged': {
      const { change, stamps, card } = event
      sums.add('stamps', { segment, card: card.id, change, times: 1, stamps })
      return
    }
    case 'referralRewardDue':
    case 'referralRewardTaken': {
      const { side, cause, reward } = event
      const [due, taken] = type === 'referralRewardDue' ? [reward.units, 0] : [0, reward.units]
      sums.add('referralRewards', { segment, side, cause, kind: reward.kind, due, taken })
      return
    }
    case 'donated': {
      const { campaign, given, matched } = event
      sums.add('donations', { segment, campaign, givenMinor: given.minor, matchedMinor: matched.minor })
      return
    }
    default:
  }
}

/** Counts what a member has on stamp cards at the end. */
export const countStampCards = (sums: RowSums<RewardsOutcome>, segment: string, { stampCards }: MemberState): void => {
  for (const { id, card, stamps, rewards } of stampCards) {
    const openRewards = rewards.filter(({ status }) => status === 'open').length
    sums.add('stampCards', { segment, card: id, finished: card - 1, stamps, openRewards })
  }
}
