/** How a member's state differs from what it should be, part by part. */

import type { ChallengeProgress, MemberBadges, StreakProgress } from '../../challenges/index.ts'
import type { CapUsage, MilestoneProgress, RuleUse } from '../../earning/index.ts'
import type { ActivityId, Instant, MemberId, Points, WalletId } from '../../foundation/index.ts'
import { emptyWallet, type Hold, type Lot, type Wallet } from '../../ledger/index.ts'
import type { StampCardState } from '../../rewards/index.ts'
import type { Standing } from '../../tiers/index.ts'
import type { BroughtReferral, ReferrerCounts } from './brought-referral.ts'
import type { GivenTenure, ReachedLevel } from './member-challenges.ts'
import type { MemberReferral } from './member-referral.ts'
import type { MemberRedemption, RewardTaken } from './member-rewards.ts'
import type { Birthday, LapsedLot, MemberParts, MemberState, OpenRedemption, ReachedTier } from './member-state.ts'
import type { MemberVoucher, VoucherCount, VoucherUse } from './member-vouchers.ts'
import type { OpenEarning } from './open-earning.ts'
import { sameData } from './same-data.ts'
import { type SeenActivities, seenContent } from './seen-activities.ts'

/** Something that is not as it should be; `null`: it is not there, or should not be. */
export interface Changed<A> {
  readonly actual: A | null
  readonly right: A | null
}

/** What a wallet is beside its lots and holds. */
export interface WalletTerms {
  readonly debt: Points
  readonly debtSince: Instant | null
  readonly suspended: boolean
  readonly decayedAt: Instant | null
}

/** How a wallet differs from what it should be; its lifetime totals are left alone. */
export interface WalletDifference {
  readonly wallet: WalletId
  /** What the member should have more, waiting points and holds included, less debt; below 0: less. */
  readonly points: number
  /** Lots that hold too much or too little, or have another date, kind or funder. */
  readonly lots: ReadonlyArray<Changed<Lot>>
  readonly holds: ReadonlyArray<Changed<Hold>>
  /** `null`: debt, suspension and dates are as they should be. */
  readonly terms: Changed<WalletTerms> | null
}

/** How a member's state differs from what it should be. What is as it should be is left out, or `null`. */
export interface StateDifference {
  readonly member: MemberId
  readonly wallets: ReadonlyArray<WalletDifference>
  readonly standings: ReadonlyArray<Changed<Standing>>
  readonly stampCards: ReadonlyArray<Changed<StampCardState>>
  readonly goals: ReadonlyArray<Changed<ChallengeProgress>>
  readonly streaks: ReadonlyArray<Changed<StreakProgress>>
  readonly tenure: ReadonlyArray<Changed<GivenTenure>>
  readonly badges: Changed<MemberBadges> | null
  readonly levels: ReadonlyArray<Changed<ReachedLevel>>
  /** The zone of the member's days, and the version of the program by which levels were given last. */
  readonly days: Changed<Pick<MemberParts['challenges'], 'zone' | 'version'>> | null
  readonly rewards: ReadonlyArray<Changed<MemberRedemption>>
  readonly rewardsTaken: ReadonlyArray<Changed<RewardTaken>>
  readonly vouchers: ReadonlyArray<Changed<MemberVoucher>>
  readonly voucherUses: ReadonlyArray<Changed<VoucherUse>>
  readonly voucherCounts: ReadonlyArray<Changed<VoucherCount>>
  readonly earnings: ReadonlyArray<Changed<OpenEarning>>
  readonly redemptions: ReadonlyArray<Changed<OpenRedemption>>
  readonly lapsed: ReadonlyArray<Changed<LapsedLot>>
  readonly caps: ReadonlyArray<Changed<CapUsage>>
  readonly cooldowns: ReadonlyArray<Changed<RuleUse>>
  readonly milestones: ReadonlyArray<Changed<MilestoneProgress>>
  readonly brought: ReadonlyArray<Changed<BroughtReferral>>
  readonly upgrades: ReadonlyArray<Changed<ReachedTier>>
  readonly enrolledAt: Changed<Instant> | null
  readonly birthday: Changed<Birthday> | null
  readonly orders: Changed<number> | null
  readonly referral: Changed<MemberReferral> | null
  readonly referrerCounts: Changed<ReferrerCounts> | null
  /** Activities that should be known, and are not, or with another content. */
  readonly activities: ReadonlyArray<ActivityId>
}

/** A part in which a state can differ. */
export type DifferencePart = Exclude<keyof StateDifference, 'member'>

const changeOf = <A>(actual: A | null, right: A | null): Changed<A> | null =>
  sameData(actual, right) ? null : { actual, right }

/** Items by what tells them apart; where several have one key, by how many of it came before too. */
const byKey = <A>(items: ReadonlyArray<A>, keyOf: (item: A) => ReadonlyArray<unknown>): ReadonlyMap<string, A> => {
  const times = new Map<string, number>()
  const found = new Map<string, A>()
  for (const item of items) {
    const key = JSON.stringify(keyOf(item))
    const time = times.get(key) ?? 0
    times.set(key, time + 1)
    found.set(`${time} ${key}`, item)
  }
  return found
}

const changesOf = <A>(
  actual: ReadonlyArray<A>,
  right: ReadonlyArray<A>,
  keyOf: (item: A) => ReadonlyArray<unknown>,
): ReadonlyArray<Changed<A>> => {
  if (actual === right) return []
  const [is, should] = [byKey(actual, keyOf), byKey(right, keyOf)]
  const keys = new Set([...is.keys(), ...should.keys()])
  return [...keys].flatMap((key) => changeOf(is.get(key) ?? null, should.get(key) ?? null) ?? [])
}

const termsOf = ({ debt, debtSince, suspended, decayedAt }: Wallet): WalletTerms => ({
  debt,
  debtSince,
  suspended,
  decayedAt,
})

const balanceOf = ({ active, pending, held, debt }: Wallet): number => active + pending + held - debt

const walletDifference = (actual: Wallet, right: Wallet): ReadonlyArray<WalletDifference> => {
  const lots = changesOf(actual.lots, right.lots, ({ id }) => [id])
  const holds = changesOf(actual.holds, right.holds, ({ id }) => [id])
  const terms = changeOf(termsOf(actual), termsOf(right))
  if (lots.length === 0 && holds.length === 0 && terms === null) return []
  return [{ wallet: actual.id, points: balanceOf(right) - balanceOf(actual), lots, holds, terms }]
}

const walletDifferences = (
  actual: ReadonlyArray<Wallet>,
  right: ReadonlyArray<Wallet>,
): ReadonlyArray<WalletDifference> => {
  const [is, should] = [actual, right].map((wallets) => new Map(wallets.map((wallet) => [wallet.id, wallet])))
  const ids = new Set([...right, ...actual].map(({ id }) => id))
  return [...ids].flatMap((id) => walletDifference(is?.get(id) ?? emptyWallet(id), should?.get(id) ?? emptyWallet(id)))
}

const unknownActivities = (actual: SeenActivities, right: SeenActivities): ReadonlyArray<ActivityId> =>
  right.flatMap((run) => run.filter(({ id, content }) => seenContent(actual, id) !== content).map(({ id }) => id))

type Parts = MemberParts

const challengeDifference = ({ challenges: actual }: Parts, { challenges: right }: Parts) => ({
  goals: changesOf(actual.goals, right.goals, ({ challenge }) => [challenge]),
  streaks: changesOf(actual.streaks, right.streaks, ({ streak }) => [streak]),
  tenure: changesOf(actual.tenure, right.tenure, ({ tenure, level }) => [tenure, level]),
  badges: changeOf(actual.badges, right.badges),
  levels: changesOf(actual.reached, right.reached, ({ challenge, level, occurrence }) => [
    challenge,
    level,
    occurrence,
  ]),
  days: changeOf({ zone: actual.zone, version: actual.version }, { zone: right.zone, version: right.version }),
})

const rewardDifference = (actual: Parts, right: Parts) => ({
  stampCards: changesOf(actual.stampCards, right.stampCards, ({ id }) => [id]),
  rewards: changesOf(actual.rewards.redemptions, right.rewards.redemptions, ({ redemption }) => [redemption.id]),
  rewardsTaken: changesOf(actual.rewards.taken, right.rewards.taken, ({ reward }) => [reward]),
  vouchers: changesOf(actual.vouchers.held, right.vouchers.held, ({ id }) => [id]),
  voucherUses: changesOf(actual.vouchers.uses, right.vouchers.uses, ({ purchase, voucher }) => [purchase, voucher]),
  voucherCounts: changesOf(actual.vouchers.counts, right.vouchers.counts, ({ voucher }) => [voucher]),
})

const earningDifference = (actual: Parts, right: Parts) => ({
  earnings: changesOf(actual.earnings, right.earnings, ({ id }) => [id]),
  redemptions: changesOf(actual.redemptions, right.redemptions, ({ id }) => [id]),
  lapsed: changesOf(actual.lapsed, right.lapsed, ({ wallet, lot, expiredAt }) => [wallet, lot.id, expiredAt]),
  caps: changesOf(actual.progress.caps, right.progress.caps, ({ cap, key }) => [cap, key]),
  cooldowns: changesOf(actual.progress.uses, right.progress.uses, ({ rule, activity }) => [rule, activity]),
  milestones: changesOf(actual.progress.milestones, right.progress.milestones, ({ rule }) => [rule]),
  orders: changeOf(actual.orders, right.orders),
})

const memberDifference = (actual: Parts, right: Parts) => ({
  standings: changesOf(actual.standings, right.standings, ({ ladder }) => [ladder]),
  upgrades: changesOf(actual.upgrades, right.upgrades, ({ ladder, tier }) => [ladder, tier]),
  brought: changesOf(actual.brought, right.brought, ({ conversion }) => [conversion]),
  enrolledAt: changeOf(actual.enrolledAt, right.enrolledAt),
  birthday: changeOf(actual.birthday, right.birthday),
  referral: changeOf(actual.referral, right.referral),
  referrerCounts: changeOf(actual.referrerCounts, right.referrerCounts),
})

/**
 * How a member's state differs from what it should be, such as from that of a {@link replay} by a corrected version. Let
 * time pass for both to one instant first.
 *
 * @param actual - the state as it is
 * @param right - what it should be
 *
 * @example
 * ```ts
 * import { type MemberId, newMember, stateDifference } from 'treue'
 *
 * const anna = newMember('anna' as MemberId)
 * stateDifference(anna, anna).wallets // => []
 * stateDifference(anna, { ...anna, orders: 1 }).orders // => { actual: 0, right: 1 }
 * ```
 */
export const stateDifference = (actual: MemberState, right: MemberParts): StateDifference => ({
  member: actual.member,
  wallets: walletDifferences(actual.wallets, right.wallets),
  ...memberDifference(actual, right),
  ...earningDifference(actual, right),
  ...rewardDifference(actual, right),
  ...challengeDifference(actual, right),
  activities: unknownActivities(actual.seen, right.seen),
})

/**
 * The parts in which a state differs from what it should be; none where it is right.
 *
 * @param difference - how it differs
 *
 * @example
 * ```ts
 * import { differentParts, type MemberId, newMember, stateDifference } from 'treue'
 *
 * const anna = newMember('anna' as MemberId)
 * differentParts(stateDifference(anna, { ...anna, orders: 1 })) // => ['orders']
 * ```
 */
export const differentParts = ({ member: _, ...parts }: StateDifference): ReadonlyArray<DifferencePart> =>
  (Object.keys(parts) as ReadonlyArray<DifferencePart>).filter((part) => {
    const found = parts[part]
    return found !== null && !(Array.isArray(found) && found.length === 0)
  })
