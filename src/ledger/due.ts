/** What time does to a wallet: pending points become active, points die. */
import type { Instant } from '../foundation/index.ts'
import { settleDebt } from './debt.ts'
import type { Activated, Expired, LedgerEntry } from './entry.ts'
import { applyEntry, type Wallet } from './wallet.ts'

/**
 * The next instant at which a lot of the wallet activates or expires, or `null` where none ever will.
 *
 * @param wallet - the wallet as it is now; an instant that is already past means that something is overdue
 *
 * @example
 * ```ts
 * import { emptyWallet, nextDueInWallet, type WalletId } from 'treue'
 *
 * nextDueInWallet(emptyWallet('points' as WalletId)) // => null
 * ```
 */
export const nextDueInWallet = (wallet: Wallet): Instant | null => {
  let next: Instant | null = null
  for (const lot of wallet.lots) {
    const due = lot.active ? lot.expiresAt : lot.activeFrom
    if (due !== null && (next === null || due < next)) next = due
  }
  return next
}

/**
 * The entries of the activations due at an instant, with the debt that they pay.
 *
 * @param wallet - the wallet as it is now
 * @param at - the instant: lots whose `activeFrom` is not after it are activated
 *
 * @example
 * ```ts
 * import { activationsDue, emptyWallet, parseInstant, unwrap, type WalletId } from 'treue'
 *
 * activationsDue(emptyWallet('points' as WalletId), unwrap(parseInstant('2026-01-01T00:00:00Z'))) // => []
 * ```
 */
export const activationsDue = (wallet: Wallet, at: Instant): ReadonlyArray<LedgerEntry> => {
  const activated = wallet.lots
    .filter((lot) => !lot.active && lot.activeFrom <= at)
    .map((lot): Activated => ({ type: 'activated', wallet: wallet.id, at, lot: lot.id, points: lot.points }))
  if (activated.length === 0 || wallet.debt === 0) return activated
  return [...activated, ...settleDebt(activated.reduce<Wallet>(applyEntry, wallet), at)]
}

/**
 * The entries of the expiries due at an instant: active lots whose first invalid instant is not after it (S19).
 *
 * @param wallet - the wallet as it is now
 * @param at - the instant
 *
 * @example
 * ```ts
 * import { emptyWallet, expiriesDue, parseInstant, unwrap, type WalletId } from 'treue'
 *
 * expiriesDue(emptyWallet('points' as WalletId), unwrap(parseInstant('2026-01-01T00:00:00Z'))) // => []
 * ```
 */
export const expiriesDue = (wallet: Wallet, at: Instant): ReadonlyArray<Expired> =>
  wallet.lots
    .filter((lot) => lot.active && lot.expiresAt !== null && lot.expiresAt <= at)
    .map((lot) => ({ type: 'expired', wallet: wallet.id, at, lot: lot.id, points: lot.points }))
