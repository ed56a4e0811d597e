/** Debt: points that were taken back after they had been spent. The next active points pay it first. */
import type { Instant, Points } from '../foundation/index.ts'
import { applyEntries } from './apply-entries.ts'
import { drawActive } from './burn.ts'
import type { DebtSettled } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import type { Wallet } from './wallet.ts'

/**
 * The entry by which active points pay a wallet's debt, or none where there is no debt or nothing active (S27).
 *
 * @param wallet - the wallet as it is now
 * @param at - when it happens
 *
 * @example
 * ```ts
 * import { emptyWallet, parseInstant, settleDebt, unwrap, type WalletId } from 'treue'
 *
 * settleDebt(emptyWallet('points' as WalletId), unwrap(parseInstant('2026-01-01T00:00:00Z'))) // => []
 * ```
 */
export const settleDebt = (wallet: Wallet, at: Instant): ReadonlyArray<DebtSettled> => {
  const points = Math.min(wallet.debt, wallet.active) as Points
  if (points === 0) return []
  return [{ type: 'debtSettled', wallet: wallet.id, at, points, draws: drawActive(wallet.lots, points) }]
}

/** Entries, and the debt that is paid where they make points active; what was active before waits for such points. */
export const withDebtPaid = (
  wallet: Wallet,
  entries: ReadonlyArray<LedgerEntry>,
  at: Instant,
): ReadonlyArray<LedgerEntry> => {
  if (wallet.debt === 0 || entries.length === 0) return entries
  const after = applyEntries(wallet, entries)
  return after.active > wallet.active ? [...entries, ...settleDebt(after, at)] : entries
}
