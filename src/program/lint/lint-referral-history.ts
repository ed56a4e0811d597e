/** Histories of a referrer and friends, who buy the least that makes a referral count. */
import { addDuration, type Instant, type MemberId } from '../../foundation/index.ts'
import {
  type EligibilityPolicy,
  leastReferralSpend,
  type ReferralFinding,
  type ReferralProportion,
  type ReferralRewardKind,
  type ReferralScheme,
  type ReferralTerms,
} from '../../referrals/index.ts'
import type { Activity, Purchase } from '../activity/activity.ts'
import type { BroughtStep } from '../decide/decision.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { Simulation } from '../simulate/simulate.ts'
import type { BroughtReferral } from '../state/brought-referral.ts'
import { type Cost, isDearer, noCost, plusCost } from './lint-cost.ts'
import type { WitnessHistory } from './lint-finding.ts'
import { DAY, enrols, plainPurchase, played, requiredAttributes, somebodyElse, stepsIn } from './lint-history.ts'
import { anchors } from './lint-terms.ts'

/** Beyond so many friends no history is told. */
const MOST_FRIENDS = 30

/** So many friends show that there is no end. */
const ENDLESS_FRIENDS = 5

/** Somebody who was sent, and by whom. */
interface Sent {
  readonly member: MemberId
  readonly by: MemberId
  readonly byEnrolledAt: Instant
  readonly at: Instant
}

/** Orders of somebody who was sent, of which the last one counts. */
const ordersOf = (
  compiled: CompiledProgram,
  policy: EligibilityPolicy,
  { member, at }: Sent,
): ReadonlyArray<Purchase> => {
  const { channels, categories, exceptCategories } = policy
  const category = categories?.find((one) => !exceptCategories.includes(one))
  const later = (at + 60_000) as Instant
  const order = plainPurchase(compiled.program.currency, leastReferralSpend(policy), later, member)
  const counting = Math.min(policy.purchaseNumber ?? 1, MOST_FRIENDS)
  return Array.from({ length: counting }, (_, index) => ({
    ...order,
    id: `order ${index + 1} of ${member}` as Activity['id'],
    lines: order.lines.map((line) => (category === undefined ? line : { ...line, categories: [category] })),
    attributes: { ...requiredAttributes(compiled), ...(channels?.[0] === undefined ? {} : { channel: channels[0] }) },
  }))
}

const comes = (compiled: CompiledProgram, policy: EligibilityPolicy, sent: Sent): ReadonlyArray<Activity> => [
  { ...enrols(sent.at, sent.member), referrer: { member: sent.by, enrolledAt: sent.byEnrolledAt } },
  ...ordersOf(compiled, policy, sent),
]

/** What is told of a referrer: how many levels there are above, and how many friends come. */
interface Told {
  readonly above: number
  readonly friends: number
}

const start = (): Instant => anchors[0] ?? (0 as Instant)
const dayOf = (index: number): Instant => (start() + index * DAY) as Instant

/** The referrer, whom others may have sent, and the friends, one a day. */
const friendsHistory = (
  compiled: CompiledProgram,
  { eligibility }: ReferralTerms,
  { above, friends }: Told,
): ReadonlyArray<Activity> => {
  const chain = [...Array.from({ length: above }, (_, level) => `level ${above + 1 - level}` as MemberId), somebodyElse]
  const ofChain = chain.flatMap((member, index) => {
    const by = chain[index - 1]
    if (by === undefined) return [enrols(start(), member)]
    return comes(compiled, eligibility, { member, by, byEnrolledAt: dayOf(index - 1), at: dayOf(index) })
  })
  const sent = Array.from(
    { length: friends },
    (_, index): Sent => ({
      member: `friend ${index + 1}` as MemberId,
      by: somebodyElse,
      byEnrolledAt: dayOf(above),
      at: dayOf(above + 1 + index),
    }),
  )
  return [...ofChain, ...sent.flatMap((one) => comes(compiled, eligibility, one))]
}

const broughtIn = (simulation: Simulation, change: BroughtStep['change']): ReadonlyArray<BroughtReferral> =>
  stepsIn(simulation).flatMap((step) => (step.step === 'brought' && step.change === change ? [step.brought] : []))

/** The referrals for which there was something. */
const rewardedIn = (simulation: Simulation): ReadonlyArray<BroughtReferral> =>
  broughtIn(simulation, 'rewarded').filter(({ units, takenUnits }) => units > takenUnits)

/** A person approves of what signals of abuse have brought before one. */
const approvals = ({ members }: Simulation, at: Instant): ReadonlyArray<Activity> =>
  [...members.values()].flatMap(({ member, brought, referral }) => {
    const waiting = brought.filter(({ status }) => status === 'pending').map(({ conversion }) => conversion)
    const own = referral?.conversion?.side === 'pending' ? [null] : []
    return [...waiting, ...own].map((conversion, index): Activity => {
      const id = `approval ${index + 1} of ${member}` as Activity['id']
      return { type: 'referralReview', id, member, at, conversion, verdict: 'approve', reason: 'no abuse' }
    })
  })

/** A history up to the end of the last review, where it shows something. */
const reviewed = (
  compiled: CompiledProgram,
  { terms }: ReferralScheme,
  told: Told,
  shows: (simulation: Simulation) => boolean,
): WitnessHistory | undefined => {
  if (told.friends > MOST_FRIENDS || told.above > MOST_FRIENDS) return undefined
  const activities = friendsHistory(compiled, terms, told)
  const last = activities[activities.length - 1]
  if (last === undefined) return undefined
  const until = addDuration(compiled.zone, last.at, terms.review)
  const first = played(compiled, activities)
  if (first === undefined) return undefined
  const all = [...activities, ...approvals(first, last.at)]
  const simulation = played(compiled, all, until)
  return simulation !== undefined && shows(simulation) ? { activities: all, until } : undefined
}

/** One friend, and the referrer is rewarded. */
const oneReferral = (compiled: CompiledProgram, scheme: ReferralScheme): WitnessHistory | undefined =>
  reviewed(compiled, scheme, { above: 0, friends: 1 }, (simulation) => rewardedIn(simulation).length > 0)

/** The referral of the referrer for which there is most. */
const dearestNumber = ({ referrer: { amount } }: ReferralTerms): number =>
  amount.type === 'byCount' ? amount.steps.reduce((a, b) => (b.units > a.units ? b : a), { from: 1, units: 0 }).from : 1

/** One friend after the other, and the referrer is rewarded for as many as show that there is no end. */
export const manyReferrals = (compiled: CompiledProgram, scheme: ReferralScheme): WitnessHistory | undefined =>
  reviewed(
    compiled,
    scheme,
    { above: 0, friends: ENDLESS_FRIENDS - 1 + dearestNumber(scheme.terms) },
    (simulation) => rewardedIn(simulation).length >= ENDLESS_FRIENDS,
  )

/** The referrer is rewarded, and then the goods are returned. */
const returnedAfterwards = (compiled: CompiledProgram, scheme: ReferralScheme): WitnessHistory | undefined => {
  const paid = oneReferral(compiled, scheme)
  const bought = paid?.activities.filter(({ type }) => type === 'purchase').pop()
  if (paid === undefined || bought === undefined) return undefined
  const { until, activities } = paid
  const { member, id: purchase } = bought
  const returns: Activity = { type: 'return', id: 'returns' as Activity['id'], member, at: until, purchase }
  const all = [...activities, returns]
  const simulation = played(compiled, all, until)
  return simulation !== undefined && rewardedIn(simulation).length > 0 ? { activities: all, until } : undefined
}

/** What a unit of a kind costs. */
type CostOf = (kind: ReferralRewardKind) => ReferralProportion

/** What the referrals of some friends cost: all levels and the friends themselves. */
const costOfFriends = (simulation: Simulation, isFriend: (member: MemberId) => boolean, cost: CostOf): Cost => {
  const ofReferrers = rewardedIn(simulation)
    .filter(({ referee }) => isFriend(referee))
    .reduce((sum, { units, kind }) => plusCost(sum, units, cost(kind)), noCost)
  return [...simulation.members.values()].reduce((sum, { member, referral }) => {
    const reward = referral?.conversion?.reward ?? null
    return reward === null || !isFriend(member) ? sum : plusCost(sum, reward.units, cost(reward.kind))
  }, ofReferrers)
}

const spentBy = ({ members }: Simulation, isFriend: (member: MemberId) => boolean): number =>
  [...members.values()].reduce(
    (sum, { member, referral }) => (isFriend(member) ? sum + (referral?.conversion?.spendMinor ?? 0) : sum),
    0,
  )

/** What referrals are held against. */
export interface ReferralCosts {
  readonly margin: ReferralProportion
  readonly cost: CostOf
}

/** The last friend buys, and all who are rewarded for it get more than is left of it. */
const lossByOne = (
  compiled: CompiledProgram,
  scheme: ReferralScheme,
  { margin, cost }: ReferralCosts,
): WitnessHistory | undefined => {
  const friends = dearestNumber(scheme.terms)
  const isLast = (member: MemberId): boolean => member === `friend ${friends}`
  return reviewed(compiled, scheme, { above: (scheme.levels?.depth ?? 1) - 1, friends }, (simulation) =>
    isDearer(costOfFriends(simulation, isLast, cost), plusCost(noCost, spentBy(simulation, isLast), margin)),
  )
}

/** So many friends buy, and their rewards with those for their number are more than is left of it. */
const lossByMany = (
  compiled: CompiledProgram,
  scheme: ReferralScheme,
  friends: number,
  { margin, cost }: ReferralCosts,
): WitnessHistory | undefined => {
  const isFriend = (member: MemberId): boolean => member.startsWith('friend ')
  return reviewed(compiled, scheme, { above: (scheme.levels?.depth ?? 1) - 1, friends }, (simulation) => {
    const counted = simulation.members.get(somebodyElse)?.referrerCounts.progress.highWater ?? 0
    const all = scheme.terms.milestones
      .filter(({ referrals }) => referrals <= counted)
      .reduce((sum, { kind, units }) => plusCost(sum, units, cost(kind)), costOfFriends(simulation, isFriend, cost))
    return isDearer(all, plusCost(noCost, spentBy(simulation, isFriend), margin))
  })
}

/** A friend buys, and a cap leaves less of the reward than there would be. */
const cutBy = (compiled: CompiledProgram, scheme: ReferralScheme, cap: string): WitnessHistory | undefined =>
  reviewed(compiled, scheme, { above: 0, friends: 1 }, (simulation) =>
    broughtIn(simulation, 'opened').some(
      ({ limitedBy, units, desired }) => limitedBy.some((one) => one === cap) && units < desired,
    ),
  )

/** A history that shows what is doubtful about the terms of referrals, where one is found. */
export const referralHistory = (
  compiled: CompiledProgram,
  scheme: ReferralScheme,
  finding: ReferralFinding,
  costs: ReferralCosts,
): WitnessHistory | undefined => {
  switch (finding.type) {
    case 'noMinimumSpend':
      return oneReferral(compiled, scheme)
    case 'reviewShorterThanReturns':
      return returnedAfterwards(compiled, scheme)
    case 'rewardExceedsMargin':
      return lossByOne(compiled, scheme, costs)
    case 'milestoneExceedsMargin':
      return lossByMany(compiled, scheme, finding.referrals, costs)
    case 'capBelowReward':
      return cutBy(compiled, scheme, finding.cap)
  }
}
