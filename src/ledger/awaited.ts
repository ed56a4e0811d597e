/** Pending points that wait for an action, such as a delivery. */
import type { Instant, Zone } from '../foundation/index.ts'
import { applyEntry } from './apply-entry.ts'
import { settleDebt } from './debt.ts'
import type { Activated } from './entry.ts'
import { expiryOf } from './expiry-policy.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/**
 * The entries by which points become active that waited for an action, with the debt that they pay. Where the wallet
 * counts validity from the activation, it is counted from now.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param action - what happened
 * @param at - when
 *
 * @example
 * ```ts
 * import { activateAwaited, emptyWallet, parseInstant, unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * activateAwaited(definition, utc, wallet, 'delivery', unwrap(parseInstant('2026-01-01T00:00:00Z'))) // => []
 * ```
 */
export const activateAwaited = (
  { expiry }: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  action: string,
  at: Instant,
): ReadonlyArray<LedgerEntry> => {
  const entries = wallet.lots
    .filter(({ active, awaits }) => !active && awaits === action)
    .map(({ id: lot, points, earnedAt }): Activated => {
      const expiresAt = expiryOf(expiry, zone, earnedAt, at)
      return { type: 'activated', wallet: wallet.id, at, lot, points, expiresAt }
    })
  return entries.length === 0 ? [] : [...entries, ...settleDebt(entries.reduce<Wallet>(applyEntry, wallet), at)]
}
