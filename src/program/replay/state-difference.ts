/** How a member's state differs from what it should be, and the entries that make it right. */

import type { ActivityId, Instant, LadderId, MemberId, Points, TierId, WalletId } from '../../foundation/index.ts'
import type { Wallet } from '../../ledger/index.ts'
import type { Adjustment } from '../activity/wallet-activity.ts'
import { effectId } from '../decide/derived-id.ts'
import type { MemberState } from '../state/member-state.ts'

/** Points that should be there at one date of expiry and are not, or the other way round. */
export interface ExpiryDifference {
  /** `null`: they never expire. */
  readonly expiresAt: Instant | null
  /** In the wallet's smallest unit; below 0 where there are too many. */
  readonly points: number
}

/** How a wallet differs from what it should be. */
export interface WalletDifference {
  readonly wallet: WalletId
  /** What the member should have more, waiting points and holds included, less debt; below 0: less. */
  readonly points: number
  /** By date of expiry, in the order of the dates, points without one last. */
  readonly expiries: ReadonlyArray<ExpiryDifference>
}

/** How a standing differs from what it should be. */
export interface StandingDifference {
  readonly ladder: LadderId
  /** `null`: on no tier of the ladder. */
  readonly tier: TierId | null
  readonly rightTier: TierId | null
  readonly validUntil: Instant | null
  readonly rightValidUntil: Instant | null
}

/** How a member's state differs from what it should be; wallets and ladders that are as they should be are left out. */
export interface StateDifference {
  readonly member: MemberId
  readonly wallets: ReadonlyArray<WalletDifference>
  readonly standings: ReadonlyArray<StandingDifference>
}

const balanceOf = (wallet: Wallet | undefined): number =>
  wallet === undefined ? 0 : wallet.active + wallet.pending + wallet.held - wallet.debt

const byExpiry = (wallet: Wallet | undefined): ReadonlyMap<Instant | null, number> => {
  const sums = new Map<Instant | null, number>()
  const lots = [...(wallet?.lots ?? []), ...(wallet?.holds.flatMap((hold) => hold.lots) ?? [])]
  for (const { expiresAt, points } of lots) sums.set(expiresAt, (sums.get(expiresAt) ?? 0) + points)
  return sums
}

const neverLast = (a: Instant | null, b: Instant | null): number => (a ?? Infinity) - (b ?? Infinity) || 0

const walletDifference = (
  wallet: WalletId,
  actual: Wallet | undefined,
  right: Wallet | undefined,
): ReadonlyArray<WalletDifference> => {
  const [is, should] = [byExpiry(actual), byExpiry(right)]
  const expiries = [...new Set([...is.keys(), ...should.keys()])]
    .sort(neverLast)
    .map((expiresAt) => ({ expiresAt, points: (should.get(expiresAt) ?? 0) - (is.get(expiresAt) ?? 0) }))
    .filter(({ points }) => points !== 0)
  const points = balanceOf(right) - balanceOf(actual)
  return points === 0 && expiries.length === 0 ? [] : [{ wallet, points, expiries }]
}

const standingDifference = (
  ladder: LadderId,
  actual: MemberState,
  right: MemberState,
): ReadonlyArray<StandingDifference> => {
  const is = actual.standings.find((standing) => standing.ladder === ladder)
  const should = right.standings.find((standing) => standing.ladder === ladder)
  const difference = {
    ladder,
    tier: is?.tier ?? null,
    rightTier: should?.tier ?? null,
    validUntil: is?.validUntil ?? null,
    rightValidUntil: should?.validUntil ?? null,
  }
  const isRight = difference.tier === difference.rightTier && difference.validUntil === difference.rightValidUntil
  return isRight ? [] : [difference]
}

/**
 * How a member's state differs from what it should be, such as from that of a {@link replay} by a corrected version. Let
 * time pass for both to one instant first.
 *
 * @param actual - the state as it is
 * @param right - the state as it should be
 *
 * @example
 * ```ts
 * import { type MemberId, newMember, stateDifference } from 'treue'
 *
 * const anna = newMember('anna' as MemberId)
 * stateDifference(anna, anna).wallets // => []
 * ```
 */
export const stateDifference = (actual: MemberState, right: MemberState): StateDifference => {
  const wallets = new Set([...right.wallets, ...actual.wallets].map(({ id }) => id))
  const ladders = new Set([...right.standings, ...actual.standings].map(({ ladder }) => ladder))
  return {
    member: actual.member,
    wallets: [...wallets].flatMap((wallet) =>
      walletDifference(
        wallet,
        actual.wallets.find(({ id }) => id === wallet),
        right.wallets.find(({ id }) => id === wallet),
      ),
    ),
    standings: [...ladders].flatMap((ladder) => standingDifference(ladder, actual, right)),
  }
}

/** What corrections say about themselves. */
export interface CorrectionNote {
  /** The id of the correction: what is done in each wallet has one that follows from it, so sending it twice is safe. */
  readonly id: ActivityId
  readonly at: Instant
  readonly reason: string
  readonly actor: string
}

/** Points to give, by the dates at which they should die: the soonest first, what has no date of its own last. */
const partsOf = (
  { points, expiries }: WalletDifference,
  at: Instant,
): ReadonlyArray<Pick<Adjustment, 'points' | 'expiresAt'>> => {
  const parts: Array<Pick<Adjustment, 'points' | 'expiresAt'>> = []
  let left = points
  for (const { expiresAt, points: missing } of expiries) {
    const part = Math.min(left, missing)
    if (part <= 0) continue
    // What is alive beyond its date since it is held would die at once: it lives as points that are earned now.
    const dies = expiresAt !== null && expiresAt <= at ? {} : { expiresAt }
    parts.push({ points: part as Points, ...dies })
    left -= part
  }
  return left > 0 ? [...parts, { points: left as Points }] : parts
}

/**
 * The adjustments that give a member what they should have: points with the dates that they should have, or points that are
 * taken and become debt where they are not there any more. Nothing that was booked is changed. Tiers are left alone: what a
 * difference says of standings is for `tierGrant` and the like to decide.
 *
 * @param difference - how the state differs from what it should be
 * @param note - what the adjustments say about themselves
 *
 * @example
 * ```ts
 * import { type ActivityId, type CorrectionNote, corrections, type MemberId, parseInstant, unwrap, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-03-01T12:00:00Z'))
 * const note: CorrectionNote = { id: 'fix' as ActivityId, at, reason: 'rate of February', actor: 'care' }
 * const missing = { wallet: 'points' as WalletId, points: 50, expiries: [{ expiresAt: null, points: 50 }] }
 * const difference = { member: 'anna' as MemberId, wallets: [missing], standings: [] }
 * corrections(difference, note).map(({ direction, points }) => [direction, points]) // => [['in', 50]]
 * ```
 */
export const corrections = (
  { member, wallets }: StateDifference,
  { id, at, reason, actor }: CorrectionNote,
): ReadonlyArray<Adjustment> =>
  wallets.flatMap((difference): ReadonlyArray<Adjustment> => {
    const { wallet, points } = difference
    const base = { type: 'adjustment', member, at, wallet, reason, actor } as const
    if (points < 0) {
      const taken = { direction: 'out', points: -points as Points, missing: 'debt' } as const
      return [{ ...base, ...taken, id: effectId('correction', [wallet, 'out'], id) }]
    }
    return partsOf(difference, at).map((part, index) => ({
      ...base,
      ...part,
      direction: 'in' as const,
      id: effectId('correction', [wallet, String(index)], id),
    }))
  })
