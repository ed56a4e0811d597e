/** How far a campaign is, and the goals that members share; and what the shop owes the charity. */
import * as E from 'fp-ts/Either'
import {
  type Codec,
  type CurrencyMismatch,
  type InvalidValue,
  integerCodec,
  MemberId,
  type Money,
  structCodec,
} from '../foundation/index.ts'
import { DonationGoalId, type DonationMade, type DonationSource, type DonationState } from './donation.ts'
import type { DonationCampaign } from './donation-campaign.ts'
import { type HandoverPosting, handOverLiability } from './liability-handover.ts'

/** How far a campaign is, in minor units. */
export interface DonationProgress {
  readonly givenMinor: number
  readonly matchedMinor: number
  /** The sum of both. */
  readonly raisedMinor: number
  /** What is missing to the target; `null` where there is none. */
  readonly missingMinor: number | null
  /** How many members gave; guests are not known apart and not counted. */
  readonly members: number
}

const membersOf = (donations: DonationState['donations']): number =>
  new Set(donations.flatMap(({ member }) => member ?? [])).size

/**
 * How far a campaign is.
 *
 * @param campaign - the campaign
 * @param state - what it has raised
 *
 * @example
 * ```ts
 * import { type DonationCampaign, donationProgress, noDonations } from 'treue'
 *
 * const campaign = { id: 'trees', targetMinor: 2000 } as unknown as DonationCampaign
 * donationProgress(campaign, noDonations(campaign)).missingMinor // => 2000
 * ```
 */
export const donationProgress = ({ targetMinor }: DonationCampaign, state: DonationState): DonationProgress => {
  const { givenMinor, matchedMinor, donations } = state
  const raisedMinor = givenMinor + matchedMinor
  return {
    givenMinor,
    matchedMinor,
    raisedMinor,
    missingMinor: targetMinor === null ? null : Math.max(0, targetMinor - raisedMinor),
    members: membersOf(donations),
  }
}

/** What a member wants to raise for a campaign, together with others who give under its id. */
export interface DonationGoal {
  readonly id: DonationGoalId
  readonly owner: MemberId
  /** What members are to give, in minor units; what the shop adds does not count. */
  readonly targetMinor: number
}

/** Reads a {@link DonationGoal}. */
export const DonationGoal: Codec<DonationGoal, unknown> = /* @__PURE__ */ structCodec('DonationGoal', {
  id: DonationGoalId,
  owner: MemberId,
  targetMinor: /* @__PURE__ */ integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
})

/** How far a member's goal is: what can be shared with others, without a name of anybody. */
export interface DonationGoalProgress {
  readonly goal: DonationGoalId
  /** What the owner gave for it. */
  readonly ownMinor: number
  /** What all gave for it. */
  readonly givenMinor: number
  readonly missingMinor: number
  readonly isReached: boolean
  /** How many members gave for it. */
  readonly members: number
}

/**
 * How far a member's goal is, by what was given under its id.
 *
 * @param goal - the goal
 * @param state - what the campaign has raised
 *
 * @example
 * ```ts
 * import { type DonationGoal, donationGoalProgress, type DonationState } from 'treue'
 *
 * const goal = { id: 'anna-runs', owner: 'anna', targetMinor: 5000 } as unknown as DonationGoal
 * donationGoalProgress(goal, { donations: [] } as unknown as DonationState).missingMinor // => 5000
 * ```
 */
export const donationGoalProgress = (
  { id, owner, targetMinor }: DonationGoal,
  { donations }: DonationState,
): DonationGoalProgress => {
  const its = donations.filter(({ goal }) => goal === id)
  const sum = (list: DonationState['donations']): number => list.reduce((total, { minor }) => total + minor, 0)
  const givenMinor = sum(its)
  return {
    goal: id,
    ownMinor: sum(its.filter(({ member }) => member === owner)),
    givenMinor,
    missingMinor: Math.max(0, targetMinor - givenMinor),
    isReached: givenMinor >= targetMinor,
    members: membersOf(its),
  }
}

const both = (
  from: 'moneyReceived' | 'rewardCost',
  amount: Money,
  { beneficiary }: DonationCampaign,
): ReadonlyArray<HandoverPosting> =>
  amount.minor === 0
    ? []
    : [
        { account: from, side: 'debit', amount, beneficiary: null },
        { account: 'payable', side: 'credit', amount, beneficiary },
      ]

/**
 * The entries in the books for a donation: all of it is owed to the charity. The liability for points goes over to it,
 * money that was received is passed on, and what the shop adds is its cost. Debits and credits are equal (S62).
 *
 * The faults are those of `handOverLiability`.
 *
 * @param campaign - the campaign
 * @param source - what the donation was made with
 * @param made - the donation
 * @param booked - the liability for the points that were spent; it does not matter where money was given
 *
 * @example
 * ```ts
 * import { type DonationCampaign, type DonationMade, donationPostings, money, type Points, unwrap } from 'treue'
 *
 * const ten = unwrap(money('10.00', 'EUR'))
 * const campaign = { beneficiary: 'forest-fund' } as unknown as DonationCampaign
 * const made = { given: ten, matched: ten } as unknown as DonationMade
 * unwrap(donationPostings(campaign, { type: 'points', points: 2000 as Points }, made, ten)).map(({ account }) => account)
 * // => ['pointsLiability', 'payable', 'rewardCost', 'payable']
 * ```
 */
export const donationPostings = (
  campaign: DonationCampaign,
  source: DonationSource,
  { given, matched }: Pick<DonationMade, 'given' | 'matched'>,
  booked: Money,
): E.Either<CurrencyMismatch | InvalidValue, ReadonlyArray<HandoverPosting>> => {
  const added = both('rewardCost', matched, campaign)
  if (source.type !== 'points') return E.right([...both('moneyReceived', given, campaign), ...added])
  const own = handOverLiability(booked, given, campaign.beneficiary)
  return E.isLeft(own) ? own : E.right([...own.right, ...added])
}
