/* eslint-disable functional/prefer-immutable-types, no-param-reassign -- a decision has one state in the making, not a copy for each event */
/** What events change in a state that is being made. This file mutates the state that its caller made for that. */
import type { Instant, Points } from '../../foundation/index.ts'
import { applyEntries, emptyWallet, isOfLot, type LedgerEntry, type Wallet } from '../../ledger/index.ts'
import type { Standing } from '../../tiers/index.ts'
import type { BroughtReferral } from './brought-referral.ts'
import type { ChallengeEvent } from './challenge-events.ts'
import type { Donated } from './donated.ts'
import { withLapses } from './lapsed-grants.ts'
import { challengesAfter } from './member-challenges.ts'
import type {
  ActivityRecorded,
  BroughtChanged,
  EarningRecorded,
  EarningReduced,
  LapseRecorded,
  LapsesReinstated,
  LapsesReturned,
  MemberEvent,
  ProgressChanged,
  RedemptionCancelled,
  RedemptionRecorded,
  ReferralChanged,
  ReferralInvited,
  ReferralRefused,
  ReferralRewardDue,
  ReferralRewardTaken,
  RewardGranted,
} from './member-event.ts'
import { type RewardChanged, rewardsAfter, rewardsAt } from './member-rewards.ts'
import type { LapsedLot, MemberState, OpenRedemption, ReachedTier } from './member-state.ts'
import { type VoucherHeldChanged, type VoucherUseChanged, vouchersAfter, vouchersAt } from './member-vouchers.ts'
import type { OpenEarning } from './open-earning.ts'
import type { Restated, WalletDates } from './restated.ts'
import { withSeen } from './seen-activities.ts'
import type { StampCardChanged } from './stamp-card-changed.ts'
import { withItem } from './with-item.ts'

/** A state that whoever made it may still change; its parts are shared with other states, and are only replaced. */
export type StateInMaking = { -readonly [Key in keyof MemberState]: MemberState[Key] }

/** A copy, written out because spreading an object takes twenty times as long. */
export const stateInMaking = (state: MemberState): StateInMaking => ({
  member: state.member,
  enrolledAt: state.enrolledAt,
  birthday: state.birthday,
  asOf: state.asOf,
  wallets: state.wallets,
  standings: state.standings,
  orders: state.orders,
  progress: state.progress,
  earnings: state.earnings,
  redemptions: state.redemptions,
  lapsed: state.lapsed,
  referral: state.referral,
  brought: state.brought,
  referrerCounts: state.referrerCounts,
  upgrades: state.upgrades,
  stampCards: state.stampCards,
  challenges: state.challenges,
  rewards: state.rewards,
  vouchers: state.vouchers,
  seen: state.seen,
  revision: state.revision,
})

/** What only waited for its own end to pass is dropped. */
const without = <A>(
  items: ReadonlyArray<A>,
  at: Instant,
  isOver: (item: A, at: Instant) => boolean,
): ReadonlyArray<A> => {
  for (const item of items) if (isOver(item, at)) return items.filter((one) => !isOver(one, at))
  return items
}

const isReturnOver = ({ returnableUntil }: OpenEarning, at: Instant): boolean => returnableUntil <= at
const isCancellationOver = ({ cancellableUntil }: OpenRedemption, at: Instant): boolean => cancellableUntil <= at
const isReinstatementOver = ({ until }: LapsedLot, at: Instant): boolean => until <= at
const isRewardFinal = ({ status, keptUntil }: BroughtReferral, at: Instant): boolean =>
  status === 'rewarded' && keptUntil <= at

const withStanding = (standings: ReadonlyArray<Standing>, standing: Standing): ReadonlyArray<Standing> =>
  withItem(standings, standing, ({ ladder }) => ladder === standing.ladder)

const reachedTier = ({ ladder, tier }: Standing): ReachedTier => ({ ladder, tier })

const earningsRewarded = (
  earnings: ReadonlyArray<OpenEarning>,
  { purchase: id, reward }: RewardGranted,
): ReadonlyArray<OpenEarning> =>
  earnings.map((there) => (there.id === id ? { ...there, rewards: [...there.rewards, reward] } : there))

const redemptionsRestored = (
  redemptions: ReadonlyArray<OpenRedemption>,
  { redemption: id, restored }: RedemptionCancelled,
): ReadonlyArray<OpenRedemption> => redemptions.map((there) => (there.id === id ? { ...there, restored } : there))

/** What is over is dropped; what became of it the events tell. */
const ended: ReadonlySet<BroughtChanged['change']> = new Set(['denied', 'cancelled', 'reversed'])

const broughtAfter = (
  all: ReadonlyArray<BroughtReferral>,
  { change, brought }: BroughtChanged,
): ReadonlyArray<BroughtReferral> => {
  const isIt = ({ conversion }: BroughtReferral): boolean => conversion === brought.conversion
  return ended.has(change) ? all.filter((one) => !isIt(one)) : withItem(all, brought, isIt)
}

/** What was only kept until now is dropped, and the activity is known from now on. */
const takeActivity = (state: StateInMaking, { at, activity, content }: ActivityRecorded): void => {
  state.earnings = without(state.earnings, at, isReturnOver)
  state.redemptions = without(state.redemptions, at, isCancellationOver)
  state.lapsed = without(state.lapsed, at, isReinstatementOver)
  state.brought = without(state.brought, at, isRewardFinal)
  state.rewards = rewardsAt(state.rewards, at)
  state.vouchers = vouchersAt(state.vouchers, at)
  state.seen = withSeen(state.seen, { id: activity, content })
}

const withoutLapses = (
  lapsed: ReadonlyArray<LapsedLot>,
  { inWallet, lots }: LapsesReinstated,
): ReadonlyArray<LapsedLot> => {
  const gone = new Set(lots)
  return lapsed.filter(({ wallet, lot }) => wallet !== inWallet || !gone.has(lot.id))
}

/** Those of the lot, the last that died first, without so many points. */
const lessReturned = (
  lapsed: ReadonlyArray<LapsedLot>,
  { inWallet, lot: granted, points }: LapsesReturned,
): ReadonlyArray<LapsedLot> => {
  let left: number = points
  const rest = [...lapsed].reverse().flatMap((one): ReadonlyArray<LapsedLot> => {
    const { wallet, lot, expiredAt, until } = one
    if (left === 0 || wallet !== inWallet || !isOfLot(lot.id, granted)) return [one]
    const taken = Math.min(left, lot.points)
    left -= taken
    const kept = { ...lot, points: (lot.points - taken) as Points }
    return kept.points === 0 ? [] : [{ wallet, lot: kept, expiredAt, until }]
  })
  return rest.reverse()
}

const lapsesAfter = (
  lapsed: ReadonlyArray<LapsedLot>,
  event: LapseRecorded | LapsesReinstated | LapsesReturned,
): ReadonlyArray<LapsedLot> => {
  if (event.type === 'lapseRecorded') return lapsed.concat([event.lapse])
  return event.type === 'lapsesReinstated' ? withoutLapses(lapsed, event) : lessReturned(lapsed, event)
}

/** What a program tells of a member beside the entries of ledgers. */
export type ProgramEvent = Exclude<MemberEvent, LedgerEntry>

type IncentiveEvent = ChallengeEvent | Donated | RewardChanged | VoucherHeldChanged | VoucherUseChanged

type ReferralEvent =
  | BroughtChanged
  | ReferralChanged
  | ReferralInvited
  | ReferralRefused
  | ReferralRewardDue
  | ReferralRewardTaken

/** What challenges, rewards, vouchers and campaigns change. */
const takeIncentive = (state: StateInMaking, event: IncentiveEvent): void => {
  switch (event.type) {
    case 'donated':
      // What was given is the charity's: nothing of it is needed later.
      return
    case 'rewardChanged':
      state.rewards = rewardsAfter(state.rewards, event)
      return
    case 'voucherHeldChanged':
    case 'voucherUseChanged':
      state.vouchers = vouchersAfter(state.vouchers, event)
      return
    default:
      state.challenges = challengesAfter(state.challenges, event)
  }
}

/** What referrals change; else something of challenges, rewards, vouchers and campaigns. */
const takeReferral = (state: StateInMaking, event: ReferralEvent | IncentiveEvent): void => {
  switch (event.type) {
    case 'referralChanged':
      state.referral = event.referral
      return
    case 'referralInvited':
      state.referrerCounts = event.counts
      return
    case 'broughtChanged':
      state.brought = broughtAfter(state.brought, event)
      state.referrerCounts = event.counts
      return
    case 'referralRefused':
    case 'referralRewardDue':
    case 'referralRewardTaken':
      return
    default:
      takeIncentive(state, event)
  }
}

/** What concerns lots and stamps beside their wallets; else something of other members or rewards. */
const takeOther = (
  state: StateInMaking,
  event: LapseRecorded | LapsesReinstated | LapsesReturned | StampCardChanged | ReferralEvent | IncentiveEvent,
): void => {
  switch (event.type) {
    case 'lapseRecorded':
    case 'lapsesReinstated':
    case 'lapsesReturned':
      state.lapsed = lapsesAfter(state.lapsed, event)
      return
    case 'stampCardChanged':
      state.stampCards = withItem(state.stampCards, event.card, ({ id }) => id === event.card.id)
      return
    default:
      takeReferral(state, event)
  }
}

/** What was earned and what was spent, as long as it can be undone. */
type UndoableEvent =
  | EarningRecorded
  | EarningReduced
  | ProgressChanged
  | RewardGranted
  | RedemptionRecorded
  | RedemptionCancelled

type OtherEvent = Parameters<typeof takeOther>[1]

const takeUndoable = (state: StateInMaking, event: UndoableEvent | OtherEvent): void => {
  switch (event.type) {
    case 'earningRecorded':
      state.earnings = [...state.earnings, event.earning]
      state.orders = event.orders
      return
    case 'earningReduced':
      state.earnings = state.earnings.map((there) => (there.id === event.earning.id ? event.earning : there))
      state.orders = event.orders
      return
    case 'progressChanged':
      state.progress = event.progress
      return
    case 'rewardGranted':
      state.earnings = earningsRewarded(state.earnings, event)
      return
    case 'redemptionRecorded':
      state.redemptions = state.redemptions.concat([event.redemption])
      return
    case 'redemptionCancelled':
      state.redemptions = redemptionsRestored(state.redemptions, event)
      return
    default:
      takeOther(state, event)
  }
}

/** A wallet with the dates that it should have; its points have moved already. */
const withWalletDates = (
  wallets: ReadonlyArray<Wallet>,
  { wallet: id, debtSince, decayedAt, holds }: WalletDates,
): Wallet => {
  const wallet = wallets.find((one) => one.id === id) ?? emptyWallet(id)
  const held = holds.flatMap(({ hold, at }) => {
    const there = wallet.holds.find((one) => one.id === hold)
    return there === undefined ? [] : [{ ...there, at }]
  })
  return { ...wallet, debtSince, decayedAt, holds: held }
}

/** All that is known is replaced. */
const takeRestatement = (state: StateInMaking, { wallets, parts }: Restated): void => {
  state.enrolledAt = parts.enrolledAt
  state.birthday = parts.birthday
  state.standings = parts.standings
  state.orders = parts.orders
  state.progress = parts.progress
  state.earnings = parts.earnings
  state.redemptions = parts.redemptions
  state.lapsed = parts.lapsed
  state.referral = parts.referral
  state.brought = parts.brought
  state.referrerCounts = parts.referrerCounts
  state.upgrades = parts.upgrades
  state.stampCards = parts.stampCards
  state.challenges = parts.challenges
  state.rewards = parts.rewards
  state.vouchers = parts.vouchers
  state.seen = parts.seen
  state.wallets = wallets.map((dates) => withWalletDates(state.wallets, dates))
}

const takeProgramEvent = (state: StateInMaking, event: ProgramEvent): void => {
  switch (event.type) {
    case 'activityRecorded':
      takeActivity(state, event)
      return
    case 'enrolled':
      state.enrolledAt = event.at
      return
    case 'birthdayChanged':
      state.birthday = event.birthday
      return
    case 'ladderJoined':
    case 'qualifyingCounted':
    case 'tierClaimed':
      state.standings = withStanding(state.standings, event.standing)
      return
    case 'tierChanged':
      state.standings = withStanding(state.standings, event.standing)
      if (event.isRewarded) state.upgrades = state.upgrades.concat([reachedTier(event.standing)])
      return
    case 'restated':
      takeRestatement(state, event)
      return
    case 'upgradesRewarded':
      state.upgrades = []
      return
    default:
      takeUndoable(state, event)
  }
}

/** Takes an event into a state that is being made: what `evolve` gives, without a copy for each event. */
export const takeEvent = (state: StateInMaking, event: ProgramEvent): void => {
  state.asOf = event.at
  state.revision += 1
  takeProgramEvent(state, event)
}

/** Takes entries of one wallet into a state that is being made, in one pass over its lots. */
export const takeEntries = (state: StateInMaking, entries: ReadonlyArray<LedgerEntry>): void => {
  const last = entries[entries.length - 1]
  if (last === undefined) return
  state.asOf = last.at
  state.revision += entries.length
  const isIt = ({ id }: Wallet): boolean => id === last.wallet
  const before = state.wallets.find(isIt) ?? emptyWallet(last.wallet)
  state.wallets = withItem(state.wallets, applyEntries(before, entries), isIt)
  state.earnings = withLapses(state.earnings, last.wallet, entries)
}
