/** Taking earned points back. */
import type { ActivityId, Instant, LotId, Points } from '../foundation/index.ts'
import { settleDebt } from './debt.ts'
import type { LedgerEntry, Reversed } from './entry.ts'
import { applyEntry, type Wallet } from './wallet.ts'

/** Points to take back. */
export interface Claw {
  /** The lot that the points were granted in. */
  readonly lot: LotId
  /** How much, in the wallet's smallest unit: at most what was granted and not taken back yet. */
  readonly points: Points
  readonly at: Instant
  readonly source: ActivityId
}

/**
 * The entries that take granted points back: from the lot they were granted in as far as it still holds them, pending
 * or active; what was spent or has expired meanwhile becomes debt, which other active points pay at once, soonest to
 * expire first (S27, S28).
 *
 * @param wallet - the wallet as it is now
 * @param claw - what to take back; with 0 points nothing is entered
 *
 * @example
 * ```ts
 * import { type ActivityId, clawBack, emptyWallet, type LotId, parseInstant, type Points, unwrap } from 'treue'
 * import { applyEntry, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const wallet = emptyWallet('points' as WalletId)
 * const claw = { lot: 'gone' as LotId, points: 60 as Points, at, source: 'return-1' as ActivityId }
 * clawBack(wallet, claw).reduce(applyEntry, wallet).debt // => 60
 * ```
 */
export const clawBack = (wallet: Wallet, claw: Claw): ReadonlyArray<LedgerEntry> => {
  const { points, at, source } = claw
  if (points === 0) return []
  const own = wallet.lots.find(({ id }) => id === claw.lot)
  const taken = Math.min(points, own?.points ?? 0) as Points
  const reversed: Reversed = {
    type: 'reversed',
    wallet: wallet.id,
    at,
    source,
    points,
    draws: taken === 0 ? [] : [{ lot: claw.lot, points: taken }],
    debt: (points - taken) as Points,
  }
  return [reversed, ...settleDebt(applyEntry(wallet, reversed), at)]
}
