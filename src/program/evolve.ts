/** The state of a member after an event. */
import type { ActivityId, Instant, LotId, Points, WalletId } from '../foundation/index.ts'
import { applyEntry, emptyWallet, type LedgerEntry, type Wallet } from '../ledger/index.ts'
import type { Standing } from '../tiers/index.ts'
import type {
  ActivityRecorded,
  Enrolled,
  MemberEvent,
  PurchaseRecorded,
  ReferralChanged,
  ReferralRefused,
  RewardOpened,
  RewardUndone,
} from './member-event.ts'
import type { MemberState, OpenPurchase, PurchaseGrant } from './member-state.ts'
import { withSeen } from './seen-activities.ts'

/** A state that is being made: only this file, and only while it makes one, changes it. */
type Making = { -readonly [Key in keyof MemberState]: MemberState[Key] }

/** A copy at a later instant, written out because spreading an object takes twenty times as long. */
const later = (state: MemberState, asOf: Instant): Making => ({
  member: state.member,
  enrolledAt: state.enrolledAt,
  asOf,
  wallets: state.wallets,
  standings: state.standings,
  purchases: state.purchases,
  referral: state.referral,
  rewards: state.rewards,
  seen: state.seen,
})

/** A list with an item in the place of the one it replaces, or at the end. */
const withItem = <A>(items: ReadonlyArray<A>, item: A, replaces: (there: A) => boolean): ReadonlyArray<A> => {
  const place = items.findIndex(replaces)
  const copy = items.slice()
  copy[place < 0 ? copy.length : place] = item
  return copy
}

const withStanding = (state: MemberState, at: Instant, standing: Standing): MemberState => {
  const next = later(state, at)
  next.standings = withItem(state.standings, standing, ({ ladder }) => ladder === standing.ladder)
  return next
}

/** Points that die in the lot of a purchase are noted there: a return does not take them a second time. */
const withLapse = (
  purchases: ReadonlyArray<OpenPurchase>,
  wallet: WalletId,
  lot: LotId,
  points: number,
): ReadonlyArray<OpenPurchase> => {
  const isIt = (grant: PurchaseGrant): boolean => grant.lot === lot && grant.wallet === wallet
  const noted = (grant: PurchaseGrant): PurchaseGrant =>
    isIt(grant) ? { ...grant, lapsed: (grant.lapsed + points) as Points } : grant
  const hasIt = ({ grants, rewards }: OpenPurchase): boolean => grants.some(isIt) || rewards.some(isIt)
  const granted = purchases.find(hasIt)
  if (granted === undefined) return purchases
  const changed = { ...granted, grants: granted.grants.map(noted), rewards: granted.rewards.map(noted) }
  return withItem(purchases, changed, ({ id }) => id === granted.id)
}

const withEntry = (state: MemberState, entry: LedgerEntry): MemberState => {
  const next = later(state, entry.at)
  const isIt = ({ id }: Wallet): boolean => id === entry.wallet
  const wallet = state.wallets.find(isIt) ?? emptyWallet(entry.wallet)
  next.wallets = withItem(state.wallets, applyEntry(wallet, entry), isIt)
  if (entry.type === 'expired') {
    next.purchases = withLapse(state.purchases, entry.wallet, entry.lot, entry.points)
  }
  return next
}

const withPurchase = (
  state: MemberState,
  at: Instant,
  id: ActivityId,
  change: (purchase: OpenPurchase) => OpenPurchase,
): MemberState => {
  const next = later(state, at)
  next.purchases = state.purchases.map((purchase) => (purchase.id === id ? change(purchase) : purchase))
  return next
}

/** What only waited for its own end to pass is dropped. */
const without = <A>(items: ReadonlyArray<A>, isOver: (item: A) => boolean): ReadonlyArray<A> =>
  items.some(isOver) ? items.filter((item) => !isOver(item)) : items

const withActivity = (state: MemberState, { at, activity, content }: ActivityRecorded): MemberState => {
  const next = later(state, at)
  next.purchases = without(state.purchases, ({ returnableUntil }) => returnableUntil <= at)
  next.rewards = without(state.rewards, ({ releasedAt }) => releasedAt <= at)
  next.seen = withSeen(state.seen, { id: activity, content })
  return next
}

/** The events that set or extend one part of the state. */
const simplyChanged = (
  state: MemberState,
  event: Enrolled | PurchaseRecorded | ReferralChanged | ReferralRefused | RewardOpened | RewardUndone,
): MemberState => {
  const next = later(state, event.at)
  switch (event.type) {
    case 'enrolled':
      next.enrolledAt = event.at
      return next
    case 'purchaseRecorded':
      next.purchases = [...state.purchases, event.purchase]
      return next
    case 'referralChanged':
      next.referral = event.referral
      return next
    case 'referralRefused':
      return next
    case 'rewardOpened':
      next.rewards = [...state.rewards, event.reward]
      return next
    case 'rewardUndone':
      next.rewards = state.rewards.filter(({ conversion }) => conversion !== event.conversion)
      return next
  }
}

const changed = (state: MemberState, event: Exclude<MemberEvent, LedgerEntry>): MemberState => {
  switch (event.type) {
    case 'activityRecorded':
      return withActivity(state, event)
    case 'ladderJoined':
    case 'qualifyingCounted':
    case 'tierChanged':
      return withStanding(state, event.at, event.standing)
    case 'purchaseReturned':
      return withPurchase(state, event.at, event.purchase, (purchase) => {
        const { lines, grants, rewards } = event
        return { ...purchase, lines, grants, rewards }
      })
    case 'rewardGranted':
      return withPurchase(state, event.at, event.purchase, (purchase) => ({
        ...purchase,
        rewards: [...purchase.rewards, event.reward],
      }))
    default:
      return simplyChanged(state, event)
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
  switch (event.type) {
    case 'accrued':
    case 'activated':
    case 'redeemed':
    case 'expired':
    case 'reversed':
    case 'debtSettled':
      return withEntry(state, event)
    default:
      return changed(state, event)
  }
}
