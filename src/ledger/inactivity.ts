/** Points that live as long as a member does something. */
import { type ActivityId, addDuration, type Instant, type Points, type Zone } from '../foundation/index.ts'
import type { Extended, LotExpiry } from './entry.ts'
import type { Lot } from './lot.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

const later = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || b === null ? null : a > b ? a : b

/** The latest date of some lots; those that never expire have none. */
const latestOf = (lots: ReadonlyArray<Lot>, date: Instant): Instant =>
  lots.reduce((end, { expiresAt }) => (expiresAt !== null && expiresAt > end ? expiresAt : end), date)

const lotsOf = ({ lots, holds }: Wallet): ReadonlyArray<Lot> =>
  holds.length === 0 ? lots : [...lots, ...holds.flatMap((hold) => hold.lots)]

/**
 * The entries by which what a member does gives their points a new date, where points of the wallet die by inactivity:
 * each lot the later of its own and the new one, or all the latest of all, or all the new one (S23, S24). Only `replace`
 * can shorten.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param at - when the member did something; whether it counts is for the caller to say
 * @param source - the activity
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, parseInstant, resetInactivity, unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * resetInactivity(definition, utc, wallet, unwrap(parseInstant('2026-01-01T00:00:00Z')), 'visit-1' as ActivityId) // => []
 * ```
 */
export const resetInactivity = (
  { expiry }: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  at: Instant,
  source: ActivityId,
): ReadonlyArray<Extended> => {
  if (expiry?.type !== 'inactivity') return []
  const lots = lotsOf(wallet)
  const date = addDuration(zone, at, expiry.after)
  const latest = latestOf(lots, date)
  const newDate = ({ expiresAt, active, activeFrom }: Lot): Instant | null => {
    if (expiry.merge === 'replace') return active || activeFrom < date ? date : activeFrom
    return later(expiresAt, expiry.merge === 'latest' ? latest : date)
  }
  const moved = new Map<string, LotExpiry>()
  let points = 0
  for (const lot of lots) {
    const expiresAt = newDate(lot)
    if (expiresAt === lot.expiresAt) continue
    moved.set(lot.id, { lot: lot.id, expiresAt })
    points += lot.points
  }
  if (moved.size === 0) return []
  return [{ type: 'extended', wallet: wallet.id, at, source, points: points as Points, lots: [...moved.values()] }]
}
