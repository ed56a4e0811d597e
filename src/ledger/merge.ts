/** The wallets of two members become one. */
import type { ActivityId, Instant, MemberId, Points } from '../foundation/index.ts'
import { applyEntry } from './apply-entry.ts'
import { settleDebt } from './debt.ts'
import type { AdjustedOut, HoldReleased, TransferredOut } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
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
 * joinWallet(emptyWallet('points' as WalletId), leaving, at, 'merge-1' as ActivityId, 'bob' as MemberId) // => []
 * ```
 */
export const joinWallet = (
  wallet: Wallet,
  { lots, debt }: Pick<Leaving, 'lots' | 'debt'>,
  at: Instant,
  source: ActivityId,
  from: MemberId,
): ReadonlyArray<LedgerEntry> => {
  const came = transferIn(wallet, lots, at, source, from)
  if (debt === 0) return came
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
  const entries: ReadonlyArray<LedgerEntry> = [...came, owed]
  return [...entries, ...settleDebt(entries.reduce(applyEntry, wallet), at)]
}
