/** Expiry that is suspended, as in some tiers. */
import { addDuration, type Instant, type Points, type Zone } from '../foundation/index.ts'
import type { ExpiryResumed, ExpirySuspended, LotExpiry } from './entry.ts'
import type { Lot } from './lot.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/**
 * The entry from which on nothing of a wallet expires (S25); none where that is so already.
 *
 * @param wallet - the wallet as it is now
 * @param at - when it happens
 *
 * @example
 * ```ts
 * import { emptyWallet, parseInstant, suspendExpiry, unwrap, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * suspendExpiry(emptyWallet('points' as WalletId), at).map(({ type }) => type) // => ['expirySuspended']
 * ```
 */
export const suspendExpiry = (wallet: Wallet, at: Instant): ReadonlyArray<ExpirySuspended> =>
  wallet.suspended ? [] : [{ type: 'expirySuspended', wallet: wallet.id, at, points: 0 as Points }]

/**
 * The entry from which on points expire again: those whose date has passed meanwhile, or comes within the notice that the
 * wallet promises, at the end of the notice (S25). None where nothing was suspended.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param at - when it happens
 *
 * @example
 * ```ts
 * import { emptyWallet, parseInstant, resumeExpiry, unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * resumeExpiry(definition, utc, wallet, unwrap(parseInstant('2026-01-01T00:00:00Z'))) // => []
 * ```
 */
export const resumeExpiry = (
  { suspension }: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  at: Instant,
): ReadonlyArray<ExpiryResumed> => {
  if (!wallet.suspended) return []
  const end = suspension === undefined ? at : addDuration(zone, at, suspension.minimumNotice)
  const dying: Array<LotExpiry> = []
  let points = 0
  const redate = ({ id: lot, expiresAt, points: of }: Lot): void => {
    if (expiresAt === null || expiresAt >= end) return
    dying.push({ lot, expiresAt: end })
    points += of
  }
  wallet.lots.forEach(redate)
  for (const hold of wallet.holds) hold.lots.forEach(redate)
  return [{ type: 'expiryResumed', wallet: wallet.id, at, points: points as Points, lots: dying }]
}
