/** What members use together beside budgets, such as the stock of a reward: no member's state can hold it. */
import {
  arrayCodec,
  CampaignId,
  type Codec,
  constrainCodec,
  naturalCodec,
  repeatedIds,
  structCodec,
} from '../../foundation/index.ts'
import { DonationGoalId, RewardId, VoucherId } from '../../rewards/index.ts'
import { withItem } from './with-item.ts'

/** How many of a reward were taken of its stock, those that are held included. */
export interface StockUsage {
  readonly reward: RewardId
  readonly taken: number
}

/** How often all members together used a voucher. */
export interface VoucherUsageCount {
  readonly voucher: VoucherId
  readonly uses: number
}

/** What a goal that a member shared has raised, in minor units. */
export interface GoalUsage {
  readonly goal: DonationGoalId
  readonly givenMinor: number
}

/** What a campaign has raised, in minor units. */
export interface CampaignUsage {
  readonly campaign: CampaignId
  readonly givenMinor: number
  readonly matchedMinor: number
  /** Of it, what counted towards goals that members shared. */
  readonly goals: ReadonlyArray<GoalUsage>
}

/** What members have used together, beside budgets. */
export interface SharedUsage {
  readonly stock: ReadonlyArray<StockUsage>
  readonly vouchers: ReadonlyArray<VoucherUsageCount>
  readonly campaigns: ReadonlyArray<CampaignUsage>
}

/** What a decision about one member uses of it, or gives back. */
export interface StockClaim {
  readonly type: 'stock'
  readonly reward: RewardId
  /** Below 0: put back. */
  readonly pieces: number
}

/** How often a decision about one member uses a voucher. */
export interface VoucherUsageClaim {
  readonly type: 'voucher'
  readonly voucher: VoucherId
  /** Below 0: a use came back. */
  readonly uses: number
}

/** What a decision about one member adds to a campaign, in minor units. */
export interface DonationClaim {
  readonly type: 'donation'
  readonly campaign: CampaignId
  readonly givenMinor: number
  readonly matchedMinor: number
  readonly goal: DonationGoalId | null
}

/** What a decision about one member uses of what members share, or gives back. */
export type SharedClaim = StockClaim | VoucherUsageClaim | DonationClaim

/** Nothing has been used. */
export const noSharedUsage: SharedUsage = { stock: [], vouchers: [], campaigns: [] }

/**
 * Reads a {@link SharedUsage}, as an app stores it between decisions.
 *
 * @example
 * ```ts
 * import { decode, SharedUsage } from 'treue'
 *
 * decode(SharedUsage, { stock: [{ reward: 'sample-box', taken: 3 }], vouchers: [], campaigns: [] })._tag // => 'Right'
 * ```
 */
export const SharedUsage: Codec<SharedUsage, unknown> = /* @__PURE__ */ constrainCodec<SharedUsage, unknown>(
  /* @__PURE__ */ structCodec('SharedUsage', {
    stock: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('StockUsage', { reward: RewardId, taken: naturalCodec }),
    ),
    vouchers: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('VoucherUsageCount', { voucher: VoucherId, uses: naturalCodec }),
    ),
    campaigns: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('CampaignUsage', {
        campaign: CampaignId,
        givenMinor: naturalCodec,
        matchedMinor: naturalCodec,
        goals: /* @__PURE__ */ arrayCodec(
          /* @__PURE__ */ structCodec('GoalUsage', { goal: DonationGoalId, givenMinor: naturalCodec }),
        ),
      }),
    ),
  }),
  ({ stock, vouchers, campaigns }) => [
    ...repeatedIds(
      stock.map(({ reward }) => reward),
      (index) => ['stock', index, 'reward'],
    ),
    ...repeatedIds(
      vouchers.map(({ voucher }) => voucher),
      (index) => ['vouchers', index, 'voucher'],
    ),
    ...repeatedIds(
      campaigns.map(({ campaign }) => campaign),
      (index) => ['campaigns', index, 'campaign'],
    ),
    ...campaigns.flatMap(({ goals }, index) =>
      repeatedIds(
        goals.map(({ goal }) => goal),
        (place) => ['campaigns', index, 'goals', place, 'goal'],
      ),
    ),
  ],
)

/** How many were taken of a reward. */
export const stockTaken = ({ stock }: SharedUsage, reward: RewardId): number =>
  stock.find((one) => one.reward === reward)?.taken ?? 0

/** How often a voucher was used. */
export const voucherUses = ({ vouchers }: SharedUsage, voucher: VoucherId): number =>
  vouchers.find((one) => one.voucher === voucher)?.uses ?? 0

/** What a campaign has raised. */
export const campaignUsage = ({ campaigns }: SharedUsage, campaign: CampaignId): CampaignUsage =>
  campaigns.find((one) => one.campaign === campaign) ?? { campaign, givenMinor: 0, matchedMinor: 0, goals: [] }

const goalsAfter = ({ goals }: CampaignUsage, { goal, givenMinor }: DonationClaim): CampaignUsage['goals'] => {
  if (goal === null) return goals
  const before = goals.find((one) => one.goal === goal)?.givenMinor ?? 0
  return withItem(goals, { goal, givenMinor: before + givenMinor }, (one) => one.goal === goal)
}

const campaignsAfter = (usage: SharedUsage, claim: DonationClaim): SharedUsage['campaigns'] => {
  const { campaign } = claim
  const before = campaignUsage(usage, campaign)
  const givenMinor = before.givenMinor + claim.givenMinor
  const matchedMinor = before.matchedMinor + claim.matchedMinor
  const after = { campaign, givenMinor, matchedMinor, goals: goalsAfter(before, claim) }
  return withItem(usage.campaigns, after, (one) => one.campaign === campaign)
}

// What was taken before the app counted can come back all the same.
const afterClaim = (usage: SharedUsage, claim: SharedClaim): SharedUsage => {
  const { stock, vouchers, campaigns } = usage
  switch (claim.type) {
    case 'stock': {
      const { reward, pieces } = claim
      const taken = Math.max(0, stockTaken(usage, reward) + pieces)
      return { stock: withItem(stock, { reward, taken }, (one) => one.reward === reward), vouchers, campaigns }
    }
    case 'voucher': {
      const { voucher } = claim
      const uses = Math.max(0, voucherUses(usage, voucher) + claim.uses)
      return { stock, vouchers: withItem(vouchers, { voucher, uses }, (one) => one.voucher === voucher), campaigns }
    }
    case 'donation':
      return { stock, vouchers, campaigns: campaignsAfter(usage, claim) }
  }
}

/**
 * What members have used together after a decision: give it to the next decision.
 *
 * @param usage - what had been used before
 * @param claims - the `sharedClaims` of the decision; negative ones give back
 *
 * @example
 * ```ts
 * import { countShared, noSharedUsage, type RewardId } from 'treue'
 *
 * const claim = { type: 'stock', reward: 'sample-box' as RewardId, pieces: 1 } as const
 * countShared(noSharedUsage, [claim, claim]).stock // => [{ reward: 'sample-box', taken: 2 }]
 * ```
 */
export const countShared = (usage: SharedUsage, claims: ReadonlyArray<SharedClaim>): SharedUsage =>
  claims.reduce(afterClaim, usage)
