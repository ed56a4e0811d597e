/** The state of a member after an event. */
import type { Instant, Points, WalletId } from '../../foundation/index.ts'
import { applyEntries, applyEntry, emptyWallet, isOfLot, type LedgerEntry, type Wallet } from '../../ledger/index.ts'
import type { Standing } from '../../tiers/index.ts'
import { withSeen } from '../activity/seen-activities.ts'
import type { BroughtReferral } from './brought-referral.ts'
import type { ChallengeEvent } from './challenge-events.ts'
import type { Donated } from './donated.ts'
import { withLapses } from './lapsed-grants.ts'
import { challengesAfter } from './member-challenges.ts'
import type {
  ActivityRecorded,
  BirthdayChanged,
  BroughtChanged,
  EarningRecorded,
  EarningReduced,
  Enrolled,
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
  TierChanged,
  UpgradesRewarded,
} from './member-event.ts'
import { type RewardChanged, rewardsAfter, rewardsAt } from './member-rewards.ts'
import type { LapsedLot, MemberState } from './member-state.ts'
import { type VoucherHeldChanged, type VoucherUseChanged, vouchersAfter, vouchersAt } from './member-vouchers.ts'
import type { StampCardChanged } from './stamp-card-changed.ts'
import { withItem } from './with-item.ts'

/** A state that is being made: only this file, and only while it makes one, changes it. */
type Making = { -readonly [Key in keyof MemberState]: MemberState[Key] }

/** A copy at a later instant, written out because spreading an object takes twenty times as long. */
const later = (state: MemberState, asOf: Instant): Making => ({
  member: state.member,
  enrolledAt: state.enrolledAt,
  birthday: state.birthday,
  asOf,
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
  revision: state.revision + 1,
})

/** What only waited for its own end to pass is dropped. */
const without = <A>(items: ReadonlyArray<A>, isOver: (item: A) => boolean): ReadonlyArray<A> =>
  items.some(isOver) ? items.filter((item) => !isOver(item)) : items

const withStanding = (state: MemberState, at: Instant, standing: Standing): MemberState => {
  const next = later(state, at)
  next.standings = withItem(state.standings, standing, ({ ladder }) => ladder === standing.ladder)
  return next
}

const withTier = (state: MemberState, { at, standing, isRewarded }: TierChanged): MemberState => {
  const next = later(state, at)
  next.standings = withItem(state.standings, standing, ({ ladder }) => ladder === standing.ladder)
  if (isRewarded) next.upgrades = state.upgrades.concat([{ ladder: standing.ladder, tier: standing.tier }])
  return next
}

/** The wallets after entries of one of them. */
const walletsAfter = (
  wallets: ReadonlyArray<Wallet>,
  id: WalletId,
  change: (wallet: Wallet) => Wallet,
): ReadonlyArray<Wallet> => {
  const isIt = (wallet: Wallet): boolean => wallet.id === id
  return withItem(wallets, change(wallets.find(isIt) ?? emptyWallet(id)), isIt)
}

const withEntry = (state: MemberState, entry: LedgerEntry): MemberState => {
  const next = later(state, entry.at)
  next.wallets = walletsAfter(state.wallets, entry.wallet, (wallet) => applyEntry(wallet, entry))
  next.earnings = withLapses(state.earnings, entry.wallet, [entry])
  return next
}

const withChallenges = (state: MemberState, event: ChallengeEvent): MemberState => {
  const next = later(state, event.at)
  next.challenges = challengesAfter(state.challenges, event)
  return next
}

const withReduction = (state: MemberState, { at, earning, orders }: EarningReduced): MemberState => {
  const next = later(state, at)
  next.earnings = state.earnings.map((there) => (there.id === earning.id ? earning : there))
  next.orders = orders
  return next
}

const withReward = (state: MemberState, { at, purchase: id, reward }: RewardGranted): MemberState => {
  const next = later(state, at)
  next.earnings = state.earnings.map((there) =>
    there.id === id ? { ...there, rewards: [...there.rewards, reward] } : there,
  )
  return next
}

/** What is over is dropped; what became of it the events tell. */
const ended: ReadonlySet<BroughtChanged['change']> = new Set(['denied', 'cancelled', 'reversed'])

const withBrought = (state: MemberState, { at, change, brought, counts }: BroughtChanged): MemberState => {
  const next = later(state, at)
  const isIt = ({ conversion }: BroughtReferral): boolean => conversion === brought.conversion
  next.brought = ended.has(change) ? without(state.brought, isIt) : withItem(state.brought, brought, isIt)
  next.referrerCounts = counts
  return next
}

const withRewards = (state: MemberState, event: RewardChanged): MemberState => {
  const next = later(state, event.at)
  next.rewards = rewardsAfter(state.rewards, event)
  return next
}

const withVouchers = (state: MemberState, event: VoucherHeldChanged | VoucherUseChanged): MemberState => {
  const next = later(state, event.at)
  next.vouchers = vouchersAfter(state.vouchers, event)
  return next
}

const withRestoration = (state: MemberState, { at, redemption: id, restored }: RedemptionCancelled): MemberState => {
  const next = later(state, at)
  next.redemptions = state.redemptions.map((there) => (there.id === id ? { ...there, restored } : there))
  return next
}

const withActivity = (state: MemberState, { at, activity, content }: ActivityRecorded): MemberState => {
  const next = later(state, at)
  next.earnings = without(state.earnings, ({ returnableUntil }) => returnableUntil <= at)
  next.redemptions = without(state.redemptions, ({ cancellableUntil }) => cancellableUntil <= at)
  next.lapsed = without(state.lapsed, ({ until }) => until <= at)
  next.brought = without(state.brought, ({ status, keptUntil }) => status === 'rewarded' && keptUntil <= at)
  next.rewards = rewardsAt(state.rewards, at)
  next.vouchers = vouchersAt(state.vouchers, at)
  next.seen = withSeen(state.seen, { id: activity, content })
  return next
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

/** The events that set or extend one part of the state. */
const simplyChanged = (
  state: MemberState,
  event:
    | Enrolled
    | UpgradesRewarded
    | BirthdayChanged
    | EarningRecorded
    | ProgressChanged
    | RedemptionRecorded
    | LapseRecorded
    | LapsesReinstated
    | LapsesReturned
    | ReferralChanged
    | ReferralRefused
    | ReferralInvited
    | ReferralRewardDue
    | ReferralRewardTaken
    | StampCardChanged,
): MemberState => {
  const next = later(state, event.at)
  switch (event.type) {
    case 'enrolled':
      next.enrolledAt = event.at
      return next
    case 'upgradesRewarded':
      next.upgrades = []
      return next
    case 'birthdayChanged':
      next.birthday = event.birthday
      return next
    case 'earningRecorded':
      next.earnings = state.earnings.concat([event.earning])
      next.orders = event.orders
      return next
    case 'progressChanged':
      next.progress = event.progress
      return next
    case 'lapseRecorded':
    case 'lapsesReinstated':
    case 'lapsesReturned':
      next.lapsed = lapsesAfter(state.lapsed, event)
      return next
    case 'redemptionRecorded':
      next.redemptions = state.redemptions.concat([event.redemption])
      return next
    case 'referralChanged':
      next.referral = event.referral
      return next
    case 'referralInvited':
      next.referrerCounts = event.counts
      return next
    case 'stampCardChanged':
      next.stampCards = withItem(state.stampCards, event.card, ({ id }) => id === event.card.id)
      return next
    case 'referralRefused':
    case 'referralRewardDue':
    case 'referralRewardTaken':
      return next
  }
}

type IncentiveEvent = ChallengeEvent | Donated | RewardChanged | VoucherHeldChanged | VoucherUseChanged

/** What challenges, rewards, vouchers and campaigns change; else something simple. */
const changedByIncentive = (
  state: MemberState,
  event: Parameters<typeof simplyChanged>[1] | IncentiveEvent,
): MemberState => {
  switch (event.type) {
    case 'challengeProgressed':
    case 'challengeClosed':
    case 'challengesRevised':
    case 'levelsRewarded':
    case 'streakProgressed':
    case 'streakClosed':
    case 'tenureReached':
    case 'badgeAwarded':
    case 'badgeRevoked':
    case 'badgeExpired':
    case 'zoneChanged':
    case 'drawEntered':
    case 'drawWithdrawn':
      return withChallenges(state, event)
    case 'donated':
      // What was given is the charity's: nothing of it is needed later.
      return later(state, event.at)
    case 'rewardChanged':
      return withRewards(state, event)
    case 'voucherHeldChanged':
    case 'voucherUseChanged':
      return withVouchers(state, event)
    default:
      return simplyChanged(state, event)
  }
}

const changed = (state: MemberState, event: Exclude<MemberEvent, LedgerEntry>): MemberState => {
  switch (event.type) {
    case 'activityRecorded':
      return withActivity(state, event)
    case 'ladderJoined':
    case 'qualifyingCounted':
    case 'tierClaimed':
      return withStanding(state, event.at, event.standing)
    case 'tierChanged':
      return withTier(state, event)
    case 'earningReduced':
      return withReduction(state, event)
    case 'redemptionCancelled':
      return withRestoration(state, event)
    case 'rewardGranted':
      return withReward(state, event)
    case 'broughtChanged':
      return withBrought(state, event)
    default:
      return changedByIncentive(state, event)
  }
}

/**
 * The state after an event. It needs nothing but the two, so that stored events fold to the same state whatever became
 * of the program since.
 *
 * @param state - the state before
 * @param event - an event that a decision about this state gave
 *
 * @example
 * ```ts
 * import { evolve, type MemberId, newMember, parseInstant, unwrap } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * evolve(newMember('anna' as MemberId), { type: 'enrolled', at }).enrolledAt === at // => true
 * ```
 */
export const evolve = (state: MemberState, event: MemberEvent): MemberState => {
  // Of all events, only entries of a ledger name a wallet.
  return 'wallet' in event ? withEntry(state, event) : changed(state, event)
}

/** The state after entries of one wallet: what `evolve` gives for one after the other, in one pass over its lots. */
export const evolveEntries = (state: MemberState, entries: ReadonlyArray<LedgerEntry>): MemberState => {
  const last = entries[entries.length - 1]
  if (last === undefined) return state
  const next = later(state, last.at)
  next.revision = state.revision + entries.length
  next.wallets = walletsAfter(state.wallets, last.wallet, (wallet) => applyEntries(wallet, entries))
  next.earnings = withLapses(state.earnings, last.wallet, entries)
  return next
}
