/** The wallets of two members become one. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  type Fault,
  type Instant,
  type InvalidValue,
  type MemberId,
  type OutOfRange,
  outOfRange,
  type Points,
  type WalletId,
} from '../foundation/index.ts'
import { applyEntry } from './apply-entry.ts'
import { settleDebt } from './debt.ts'
import type { AdjustedOut, HoldReleased, TransferredOut } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import { beyondRange, isBeyondRange } from './lifetime-total.ts'
import type { Lot } from './lot.ts'
import { pointsOf } from './lot-list.ts'
import { transferIn } from './transfer.ts'
import type { Wallet } from './wallet.ts'

/** What a wallet leaves: its entries, and what the other wallet gets. */
export interface Leaving {
  readonly entries: ReadonlyArray<LedgerEntry>
  readonly lots: ReadonlyArray<Lot>
  readonly debt: Points
}

/**
 * The entries by which all that is in a wallet leaves it for another member's: holds are released first, lots go with
 * their dates, pending ones too, and debt goes along. What was left already does not leave again.
 *
 * @param wallet - the wallet as it is now
 * @param at - when it happens
 * @param source - the activity
 * @param to - the member into whom the other is merged
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, leaveWallet, type MemberId, parseInstant, unwrap, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * leaveWallet(emptyWallet('points' as WalletId), at, 'merge-1' as ActivityId, 'anna' as MemberId).entries // => []
 * ```
 */
export const leaveWallet = (wallet: Wallet, at: Instant, source: ActivityId, to: MemberId): Leaving => {
  const released = wallet.holds.map(
    ({ id: hold, lots }): HoldReleased => ({
      type: 'holdReleased',
      wallet: wallet.id,
      at,
      hold,
      points: pointsOf(lots),
    }),
  )
  const { lots, debt } = released.reduce<Wallet>(applyEntry, wallet)
  const points = pointsOf(lots)
  const draws = lots.map(({ id: lot, points: of }) => ({ lot, points: of }))
  const left: TransferredOut = { type: 'transferredOut', wallet: wallet.id, at, source, points, draws, to }
  const forgiven: LedgerEntry = { type: 'debtWrittenOff', wallet: wallet.id, at, points: debt }
  return {
    entries: [...released, ...(points === 0 ? [] : [left]), ...(debt === 0 ? [] : [forgiven])],
    lots,
    debt,
  }
}

/**
 * The entries by which what another wallet left comes into one: lots with their dates, and debt, which active points pay.
 *
 * `InvalidValue`: a lot comes twice, or has no points. `OutOfRange`: the wallet's lifetime total would leave the range of
 * exact integers. All faults are reported.
 *
 * @param wallet - the wallet as it is now
 * @param leaving - the lots and the debt
 * @param at - when it happens
 * @param source - the activity
 * @param from - the member who was merged into this one
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, joinWallet, type MemberId, parseInstant, type Points, unwrap } from 'treue'
 * import type { WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const leaving = { lots: [], debt: 0 as Points }
 * unwrap(joinWallet(emptyWallet('points' as WalletId), leaving, at, 'merge-1' as ActivityId, 'bob' as MemberId)) // => []
 * ```
 */
export const joinWallet = (
  wallet: Wallet,
  { lots, debt }: Pick<Leaving, 'lots' | 'debt'>,
  at: Instant,
  source: ActivityId,
  from: MemberId,
): E.Either<ReadonlyArray<InvalidValue | OutOfRange>, ReadonlyArray<LedgerEntry>> => {
  const came = transferIn(wallet, lots, at, source, from)
  if (E.isLeft(came) || debt === 0) return came
  const beyond = beyondRange(wallet, pointsOf(lots) + debt, ['debt'])
  if (beyond !== undefined) return E.left([beyond])
  const owed: AdjustedOut = {
    type: 'adjustedOut',
    wallet: wallet.id,
    at,
    source,
    points: debt,
    draws: [],
    debt,
    reason: `debt of ${from}`,
    actor: 'merge',
  }
  const entries: ReadonlyArray<LedgerEntry> = [...came.right, owed]
  return E.right([...entries, ...settleDebt(entries.reduce(applyEntry, wallet), at)])
}

/** A member was to be merged into the same member. */
export interface MergedWithItself extends Fault<'MergedWithItself'> {
  readonly member: MemberId
}

/** The points of the one wallet are not those of the other: they would have to be converted. */
export interface DifferentWallets extends Fault<'DifferentWallets'> {
  readonly from: WalletId
  readonly into: WalletId
}

/** A member and their wallet as it is now. */
export interface MergingMember {
  readonly member: MemberId
  readonly wallet: Wallet
}

/** What a merge enters in the two wallets. */
export interface Merged {
  readonly from: ReadonlyArray<LedgerEntry>
  readonly into: ReadonlyArray<LedgerEntry>
}

const mergeFaults = (
  from: MergingMember,
  into: MergingMember,
): ReadonlyArray<MergedWithItself | DifferentWallets | OutOfRange> => {
  const faults: Array<MergedWithItself | DifferentWallets | OutOfRange> = []
  const { member } = from
  if (member === into.member) {
    faults.push({ _tag: 'MergedWithItself', path: ['into', 'member'], expected: 'another member', member })
  }
  const [leaving, staying] = [from.wallet, into.wallet]
  if (leaving.id !== staying.id) {
    const expected = 'the same wallet of the program'
    faults.push({ _tag: 'DifferentWallets', path: ['into', 'wallet'], expected, from: leaving.id, into: staying.id })
  }
  const came = leaving.active + leaving.pending + leaving.held
  if (isBeyondRange(staying, came + leaving.debt)) {
    faults.push(outOfRange(['into', 'wallet'], came, 'totals of at most 9007199254740991'))
  }
  return faults
}

/**
 * The entries by which all that is in one member's wallet goes to another's: lots with their dates, what was held, and
 * debt, which active points pay. What was earned stays in the totals of who earned it. Merging again enters nothing, since
 * nothing is left.
 *
 * `MergedWithItself`: the two are one member. `DifferentWallets`: the points of the one are not those of the other.
 * `InvalidValue`: the wallet that stays has a lot of that merge already. `OutOfRange`: a total would leave the range of
 * exact integers.
 *
 * @param from - the member who is merged, and their wallet
 * @param into - the member who stays, and their wallet
 * @param at - when it happens
 * @param source - the activity
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, type MemberId, mergeWallets, parseInstant, unwrap, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const [bob, anna] = [{ member: 'bob' as MemberId, wallet }, { member: 'anna' as MemberId, wallet }]
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * unwrap(mergeWallets(bob, anna, at, 'merge-1' as ActivityId)) // => { from: [], into: [] }
 * ```
 */
export const mergeWallets = (
  from: MergingMember,
  into: MergingMember,
  at: Instant,
  source: ActivityId,
): E.Either<ReadonlyArray<MergedWithItself | DifferentWallets | InvalidValue | OutOfRange>, Merged> => {
  const faults = mergeFaults(from, into)
  if (faults.length > 0) return E.left(faults)
  const { entries, lots, debt } = leaveWallet(from.wallet, at, source, into.member)
  const joined = joinWallet(into.wallet, { lots, debt }, at, source, from.member)
  return E.isLeft(joined) ? joined : E.right({ from: entries, into: joined.right })
}
