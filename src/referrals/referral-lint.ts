/** What terms of a referral cost more than they can bring, or pay too early: found before anybody makes use of it. */
import { addDuration, type CapId, type Duration, type Instant, utc } from '../foundation/index.ts'
import type { MultiLevelPolicy } from './multi-level.ts'
import type { ReferralAmount, ReferralReward, ReferralRewardKind } from './referral-reward.ts'
import type { ReferralTerms } from './referral-terms.ts'

/** So many minor units for so many units, or a share. */
export interface ReferralProportion {
  readonly numerator: number
  /** Above 0. */
  readonly denominator: number
}

/** What terms are held against. */
export interface ReferralEconomics {
  /** The share of a spend that is left when goods and their handling are paid. */
  readonly margin: ReferralProportion
  /** What units of a reward cost the shop: minor units (numerator) for units (denominator). */
  readonly cost: (kind: ReferralRewardKind) => ReferralProportion
  /** How long goods can be returned. */
  readonly returnWindow: Duration
  /** Where those above the referrer are rewarded too. */
  readonly levels?: MultiLevelPolicy
}

/** Both sides together cost more than the margin of the least spend that qualifies: each such referral is a loss. */
export interface RewardExceedsMargin {
  readonly type: 'rewardExceedsMargin'
  readonly spendMinor: number
  /** Rounded up. */
  readonly rewardMinor: number
  /** Rounded down. */
  readonly marginMinor: number
}

/** Whoever brings just so many, with the least spend each, costs more than all of them bring. */
export interface MilestoneExceedsMargin {
  readonly type: 'milestoneExceedsMargin'
  readonly referrals: number
  /** Rounded up. */
  readonly rewardMinor: number
  /** Rounded down. */
  readonly marginMinor: number
}

/** Rewards are paid while goods can still be returned (S51). */
export interface ReviewShorterThanReturns {
  readonly type: 'reviewShorterThanReturns'
  readonly review: Duration
  readonly returnWindow: Duration
}

/** Any purchase qualifies, of the smallest amount too (S53). */
export interface NoMinimumSpend {
  readonly type: 'noMinimumSpend'
}

/** Not even one whole reward fits a cap. */
export interface CapBelowReward {
  readonly type: 'capBelowReward'
  readonly cap: CapId
  readonly limit: number
  readonly units: number
}

/** What is doubtful about terms. */
export type ReferralFinding =
  | RewardExceedsMargin
  | MilestoneExceedsMargin
  | ReviewShorterThanReturns
  | NoMinimumSpend
  | CapBelowReward

/** An exact fraction. */
interface Ratio {
  readonly over: bigint
  readonly under: bigint
}

const ratio = (over: number | bigint, under: number | bigint): Ratio => ({ over: BigInt(over), under: BigInt(under) })
const times = (a: Ratio, b: Ratio): Ratio => ratio(a.over * b.over, a.under * b.under)
const plus = (a: Ratio, b: Ratio): Ratio => ratio(a.over * b.under + b.over * a.under, a.under * b.under)
const exceeds = (a: Ratio, b: Ratio): boolean => a.over * b.under > b.over * a.under
const floor = ({ over, under }: Ratio): number => Number(over / under)
const ceil = ({ over, under }: Ratio): number => Number((over + under - 1n) / under)
const of = ({ numerator, denominator }: ReferralProportion): Ratio => ratio(numerator, denominator)
const nothing: Ratio = /* @__PURE__ */ ratio(0, 1)

/** The most units that an amount gives for a spend, before rounding. */
const unitsFor = (amount: ReferralAmount, spendMinor: number): Ratio => {
  switch (amount.type) {
    case 'fixed':
      return ratio(amount.units, 1)
    case 'byCount':
      return ratio(
        amount.steps.reduce((most, { units }) => Math.max(most, units), 0),
        1,
      )
    case 'share': {
      const share = times(ratio(spendMinor, 1), ratio(amount.units, amount.perMinor))
      return amount.most !== null && exceeds(share, ratio(amount.most, 1)) ? ratio(amount.most, 1) : share
    }
  }
}

const costOf = ({ cost }: ReferralEconomics, { kind, amount }: ReferralReward, spendMinor: number): Ratio =>
  times(unitsFor(amount, spendMinor), of(cost(kind)))

/** What all levels have together, as a multiple of what the referrer has. */
const levelFactor = (levels: MultiLevelPolicy | undefined): Ratio => {
  if (levels === undefined) return ratio(1, 1)
  const decay = of(levels.decay)
  let sum = nothing
  for (let level = 0; level < levels.depth; level += 1) sum = plus(ratio(1, 1), times(decay, sum))
  return sum
}

const referralCost = (terms: ReferralTerms, economics: ReferralEconomics, spendMinor: number): Ratio => {
  const referrer = times(costOf(economics, terms.referrer, spendMinor), levelFactor(economics.levels))
  return terms.referee === null ? referrer : plus(referrer, costOf(economics, terms.referee.reward, spendMinor))
}

const marginFindings = (terms: ReferralTerms, economics: ReferralEconomics): ReadonlyArray<ReferralFinding> => {
  // A reward is fixed or a share with a limit, so of all spends the least has the greatest cost for its margin.
  const spendMinor = Math.max(1, terms.eligibility.minimumSpend.minor)
  const reward = referralCost(terms, economics, spendMinor)
  const margin = times(ratio(spendMinor, 1), of(economics.margin))
  if (exceeds(reward, margin)) {
    return [{ type: 'rewardExceedsMargin', spendMinor, rewardMinor: ceil(reward), marginMinor: floor(margin) }]
  }
  let milestones = nothing
  return terms.milestones.flatMap(({ referrals, kind, units }) => {
    milestones = plus(milestones, times(ratio(units, 1), of(economics.cost(kind))))
    const many = ratio(referrals, 1)
    const cost = plus(milestones, times(reward, many))
    const gain = times(margin, many)
    if (!exceeds(cost, gain)) return []
    return [{ type: 'milestoneExceedsMargin', referrals, rewardMinor: ceil(cost), marginMinor: floor(gain) }]
  })
}

const dayMs = 86_400_000

/** Whether the review can end before the goods' return window does: on any day of four years, a leap year among them. */
const endsEarlier = (review: Duration, returns: Duration): boolean =>
  Array.from({ length: 1461 }, (_, day) => (day * dayMs) as Instant).some(
    (from) => addDuration(utc, from, review) < addDuration(utc, from, returns),
  )

const capFindings = ({ caps, referrer, eligibility }: ReferralTerms): ReadonlyArray<ReferralFinding> => {
  const units = ceil(unitsFor(referrer.amount, Math.max(1, eligibility.minimumSpend.minor)))
  return caps.flatMap(({ id: cap, counts, limit }) =>
    limit < (counts === 'units' ? units : 1) ? [{ type: 'capBelowReward', cap, limit, units }] : [],
  )
}

/**
 * What is doubtful about terms: a reward of both sides, or a milestone, that costs more than the margin of the least spend
 * that qualifies, so that friends who bring each other earn from it; a review that is shorter than the time to return goods
 * (S51); no minimum spend (S53); a cap below one reward. The worst case is taken: the greatest step, shares before rounding.
 * A milestone is looked at where the rewards alone are within the margin.
 *
 * @param terms - the terms
 * @param economics - the margin, what units cost, and the return window
 *
 * @example
 * ```ts
 * import { type Currency, lintReferralTerms, type ReferralTerms } from 'treue'
 *
 * const currency = 'EUR' as Currency
 * const tenEuros = { kind: { type: 'money', currency }, amount: { type: 'fixed', units: 1000 } } as const
 * const terms = {
 *   eligibility: { minimumSpend: { minor: 5000, currency } },
 *   review: { amount: 14, unit: 'day' },
 *   referrer: tenEuros,
 *   referee: { reward: tenEuros },
 *   caps: [],
 *   milestones: [],
 * } as unknown as ReferralTerms
 * const economics = {
 *   margin: { numerator: 30, denominator: 100 },
 *   cost: () => ({ numerator: 1, denominator: 1 }),
 *   returnWindow: { amount: 30, unit: 'day' },
 * } as const
 * lintReferralTerms(terms, economics).map(({ type }) => type)
 * // => ['rewardExceedsMargin', 'reviewShorterThanReturns']
 * ```
 */
export const lintReferralTerms = (
  terms: ReferralTerms,
  economics: ReferralEconomics,
): ReadonlyArray<ReferralFinding> => {
  const { review, eligibility } = terms
  const { returnWindow } = economics
  return [
    ...marginFindings(terms, economics),
    ...(endsEarlier(review, returnWindow) ? [{ type: 'reviewShorterThanReturns' as const, review, returnWindow }] : []),
    ...(eligibility.minimumSpend.minor === 0 ? [{ type: 'noMinimumSpend' as const }] : []),
    ...capFindings(terms),
  ]
}
