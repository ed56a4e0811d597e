/** Spent points that come back. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  addDuration,
  type Instant,
  type LotId,
  type OutOfRange,
  outOfRange,
  type Points,
  type Zone,
} from '../foundation/index.ts'
import { withDebtPaid } from './debt.ts'
import type { LotDraw, Restored } from './entry.ts'
import { expiryOf } from './expiry-policy.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import { type Lot, lotOf } from './lot.ts'
import { drawLots, type Lots, pointsOf } from './lot-list.ts'
import { restoredShares } from './restored-shares.ts'
import { arrivedLotId } from './transfer.ts'
import type { Wallet } from './wallet.ts'
import type { RestorationPolicy, WalletDefinition } from './wallet-definition.ts'

/** Nobody loses points by a shop's cancellation. */
const defaultRestoration: RestorationPolicy = { type: 'grace', atLeast: { amount: 30, unit: 'day' } }

/**
 * The pieces of lots that draws take, as they are before: what a redemption must keep so that it can be undone.
 *
 * @param lots - the lots before the draws
 * @param draws - points taken from its lots
 *
 * @example
 * ```ts
 * import { piecesOf } from 'treue'
 *
 * piecesOf([], []) // => []
 * ```
 */
export const piecesOf = (lots: Lots, draws: ReadonlyArray<LotDraw>): Lots => drawLots(lots, draws).pieces

const restoredExpiry = (
  { restoration = defaultRestoration, expiry }: WalletDefinition,
  zone: Zone,
  at: Instant,
  before: Instant | null,
): Instant | null => {
  if (restoration.type === 'reissue') return expiryOf(expiry, zone, at, at)
  if (restoration.type === 'originalExpiry' || before === null) return before
  const least = addDuration(zone, at, restoration.atLeast)
  return before < least ? least : before
}

type Dates = ReadonlyMap<LotId, ReadonlySet<Instant | null>>

/** When each lot dies that is there, in the wallet or in its holds. */
const datesOf = ({ lots, holds }: Wallet): Dates => {
  const dates = new Map<LotId, Set<Instant | null>>()
  const note = ({ id, expiresAt }: Lot): void => {
    const known = dates.get(id)
    if (known === undefined) dates.set(id, new Set([expiresAt]))
    else known.add(expiresAt)
  }
  lots.forEach(note)
  for (const hold of holds) hold.lots.forEach(note)
  return dates
}

/** The lot that a piece becomes: the one it came from, unless one of them dies at another time: then a lot of its own. */
const restoredId = (dates: Dates, piece: Lot, source: ActivityId, expiresAt: Instant | null): LotId => {
  const there = dates.get(piece.id)
  const isSame = piece.expiresAt === expiresAt && (there === undefined || (there.size === 1 && there.has(expiresAt)))
  return isSame ? piece.id : arrivedLotId(source, piece.id)
}

/** What is given back, and how much of the redemption was before. */
export interface Restoration {
  /** The pieces of lots that were spent. */
  readonly pieces: ReadonlyArray<Lot>
  /** How much of them was given back before, in the wallet's smallest unit. */
  readonly restored: Points
  /** How much is given back now; of more than is left, what is left. */
  readonly points: Points
  readonly at: Instant
  readonly source: ActivityId
  readonly redemption: ActivityId
}

/**
 * The entries by which spent points come back, in proportion to the lots that they came from: with the dates that they
 * had, with some days at least, or anew (S29). The points come back in one fixed order, by turns, so how a cancellation is
 * split makes no difference to how much each lot gets back. Debt is paid first;
 * points whose date has passed die in the same instant, by `lossesDue`.
 *
 * `OutOfRange`: more than the wallet spent was to come back.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param restoration - what is given back
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, parseInstant, type Points, restore, unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const none = { pieces: [], restored: 0 as Points, points: 0 as Points, at }
 * unwrap(restore(definition, utc, wallet, { ...none, source: 'c' as ActivityId, redemption: 'r' as ActivityId })) // => []
 * ```
 */
export const restore = (
  definition: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  { pieces, restored, points: asked, at, source, redemption }: Restoration,
): E.Either<OutOfRange, ReadonlyArray<LedgerEntry>> => {
  const points = Math.min(asked, pointsOf(pieces) - restored) as Points
  if (points <= 0) return E.right([])
  if (points > wallet.redeemed) {
    return E.left(outOfRange(['points'], points, `at most the ${wallet.redeemed} points of the wallet that are spent`))
  }
  const dates = datesOf(wallet)
  const sizes = pieces.map((piece) => piece.points)
  const before = restoredShares(sizes, restored)
  const after = restoredShares(sizes, restored + points)
  const lots = pieces.flatMap((piece, index): ReadonlyArray<Lot> => {
    const share = (after[index] ?? 0) - (before[index] ?? 0)
    if (share === 0) return []
    const date = restoredExpiry(definition, zone, at, piece.expiresAt)
    const expiresAt = date !== null && date < at && !wallet.suspended ? at : date
    const id = restoredId(dates, piece, source, expiresAt)
    return [{ ...lotOf(piece, share as Points), id, active: true, expiresAt, awaits: null }]
  })
  const entry: Restored = { type: 'restored', wallet: wallet.id, at, source, points, lots, redemption }
  return E.right(withDebtPaid(wallet, [entry], at))
}
