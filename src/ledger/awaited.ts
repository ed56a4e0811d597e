/** Pending points that wait for an action, such as a delivery. */
import type { Instant, Zone } from '../foundation/index.ts'
import { withDebtPaid } from './debt.ts'
import type { Activated } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import type { Lot } from './lot.ts'
import { lotTerm } from './lot-term.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/** A date that is not the wallet's own, but was granted or moved, is kept: what the member was promised is not shortened. */
const expiryFrom = (
  definition: WalletDefinition,
  zone: Zone,
  { earnedAt, expiresAt }: Lot,
  at: Instant,
): Instant | null =>
  expiresAt === lotTerm(definition, zone, earnedAt).expiresAt
    ? lotTerm(definition, zone, earnedAt, { activeFrom: at }).expiresAt
    : expiresAt

/**
 * The entries by which points become active that waited for an action, with the debt that they pay. Where the wallet
 * counts validity from the activation, it is counted from now, unless the points had been given another date.
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
  definition: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  action: string,
  at: Instant,
): ReadonlyArray<LedgerEntry> => {
  const entries = wallet.lots
    .filter(({ active, awaits }) => !active && awaits === action)
    .map((lot): Activated => {
      const expiresAt = expiryFrom(definition, zone, lot, at)
      return { type: 'activated', wallet: wallet.id, at, lot: lot.id, points: lot.points, expiresAt }
    })
  return withDebtPaid(wallet, entries, at)
}
