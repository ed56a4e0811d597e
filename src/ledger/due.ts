/** What time does to a wallet: pending points become active, points die. */
import type { Instant } from '../foundation/index.ts'
import { settleDebt } from './debt.ts'
import type { Activated, Expired, LedgerEntry } from './entry.ts'
import { applyEntry, type Wallet } from './wallet.ts'

/** Pending lots are in no order of activation: they are all looked at, and none that comes after the last of them. */
const nextActivation = ({ lots, pending }: Wallet): Instant | null => {
  let next: Instant | null = null
  let left: number = pending
  for (const { active, activeFrom, points } of lots) {
    if (left === 0) break
    if (active) continue
    if (next === null || activeFrom < next) next = activeFrom
    left -= points
  }
  return next
}

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
  const activation = wallet.pending === 0 ? null : nextActivation(wallet)
  const expiry = wallet.active === 0 ? null : (wallet.lots.find(({ active }) => active)?.expiresAt ?? null)
  if (activation === null || expiry === null) return activation ?? expiry
  return activation < expiry ? activation : expiry
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
  if (wallet.pending === 0) return []
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
export const expiriesDue = (wallet: Wallet, at: Instant): ReadonlyArray<Expired> => {
  const due: Array<Expired> = []
  for (const { id: lot, active, expiresAt, points } of wallet.lots) {
    if (expiresAt === null || expiresAt > at) break
    if (active) due.push({ type: 'expired', wallet: wallet.id, at, lot, points })
  }
  return due
}
