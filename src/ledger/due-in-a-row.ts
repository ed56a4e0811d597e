/**
 * What happens at many instants one after the other, as long as nothing else does: in one pass over the lots, where a pass
 * for every instant would be quadratic.
 */
import type { Instant, Points } from '../foundation/index.ts'
import { pendingBefore, pendingLotsBefore } from './due.ts'
import type { Activated, Expired } from './entry.ts'
import type { Lot } from './lot.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

const byActivation = (a: Lot, b: Lot): number => a.activeFrom - b.activeFrom

/**
 * The activations from an instant until before another, each at its own instant, up to the first by which something else
 * would happen too: debt that is paid, points that start to melt, a lot that awaits an action, one that dies.
 *
 * @param definition - what the program says of the wallet
 * @param wallet - the wallet as it is now
 * @param from - how far time has passed
 * @param before - when something else happens, at the earliest
 *
 * @example
 * ```ts
 * import { activationsInARow, emptyWallet, type Instant, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * activationsInARow(definition, wallet, 0 as Instant, 1 as Instant) // => []
 * ```
 */
export const activationsInARow = (
  { decay }: WalletDefinition,
  wallet: Wallet,
  from: Instant,
  before: number,
): ReadonlyArray<Activated> => {
  if (wallet.pending === 0 || wallet.debt > 0 || decay !== undefined) return []
  // Mostly there is one at most, and then there is no row.
  if (pendingBefore(wallet, before) < 2) return []
  const due = pendingLotsBefore(wallet, before).slice().sort(byActivation)
  const entries: Array<Activated> = []
  let limit = before
  for (const { id: lot, points, activeFrom: at, expiresAt, awaits } of due) {
    if (at < from || at >= limit || awaits !== null) break
    entries.push({ type: 'activated', wallet: wallet.id, at, lot, points, expiresAt })
    if (expiresAt !== null && expiresAt < limit) limit = expiresAt
  }
  return entries
}

/**
 * The expiries from an instant until before another, each at its own instant; none where more than the points themselves
 * is concerned: points in holds, points that move or melt away, or can be made valid again.
 *
 * @param definition - what the program says of the wallet
 * @param wallet - the wallet as it is now
 * @param from - how far time has passed
 * @param before - when something else happens, at the earliest
 *
 * @example
 * ```ts
 * import { emptyWallet, expiriesInARow, type Instant, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * expiriesInARow(definition, wallet, 0 as Instant, 1 as Instant) // => []
 * ```
 */
export const expiriesInARow = (
  { decay, onExpiry, reinstatement = null }: WalletDefinition,
  { id: wallet, lots, holds, active, suspended }: Wallet,
  from: Instant,
  before: number,
): ReadonlyArray<Expired> => {
  const concernsMore = decay !== undefined || onExpiry !== undefined || reinstatement !== null || holds.length > 0
  if (concernsMore || suspended || active === (0 as Points)) return []
  const entries: Array<Expired> = []
  for (const { id: lot, points, expiresAt: at, active: isActive } of lots) {
    if (at === null || at < from || at >= before) break
    if (isActive) entries.push({ type: 'expired', wallet, at, lot, points, hold: null })
  }
  return entries
}
