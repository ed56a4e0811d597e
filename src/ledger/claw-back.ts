/** Taking earned points back. */
import type { ActivityId, Instant, LotId, Points } from '../foundation/index.ts'
import { applyEntry } from './apply-entry.ts'
import { drawActive } from './burn.ts'
import { settleDebt } from './debt.ts'
import type { LotDraw, Reversed } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import type { Lot } from './lot.ts'
import { pointsOf } from './lot-list.ts'
import { isOfLot } from './lot-origin.ts'
import type { Wallet } from './wallet.ts'
import type { ClawBackPolicy } from './wallet-definition.ts'

/** Points to take back. */
export interface Claw {
  /** The lot that the points were granted in. */
  readonly lot: LotId
  /** How much, in the wallet's smallest unit: at most what was granted and not taken back yet. */
  readonly points: Points
  readonly at: Instant
  readonly source: ActivityId
}

const sumOf = (draws: ReadonlyArray<LotDraw>): number => draws.reduce((sum, { points }) => sum + points, 0)

const unlimited: ClawBackPolicy = { limit: 'unlimited', from: 'soonestExpiring' }

/** The lot itself, then what of it came back after it had been spent. */
const ownDraws = (
  lots: ReadonlyArray<Lot>,
  { lot: own, points }: Claw,
  { limit }: ClawBackPolicy,
): ReadonlyArray<LotDraw> => {
  const owned = lots.filter(({ id, active }) => isOfLot(id, own) && !(limit === 'pendingOnly' && active))
  const draws: Array<LotDraw> = []
  let left: number = points
  for (const lot of [...owned.filter(({ id }) => id === own), ...owned.filter(({ id }) => id !== own)]) {
    if (left === 0) break
    const taken = Math.min(left, lot.points) as Points
    draws.push({ lot: lot.id, points: taken })
    left -= taken
  }
  return draws
}

/** What other active lots pay, latest or soonest to expire first. */
const otherDraws = (
  lots: ReadonlyArray<Lot>,
  own: LotId,
  points: number,
  { limit, from }: ClawBackPolicy,
): ReadonlyArray<LotDraw> => {
  if (points === 0 || from === 'ownLotOnly' || limit === 'pendingOnly') return []
  const others = lots.filter(({ id, active }) => active && !isOfLot(id, own))
  if (from === 'latestExpiring') others.reverse()
  return drawActive(others, points as Points)
}

/**
 * What of the missing points becomes debt. Held points are in the balance but promised to somebody: as far as they would
 * pay, they are owed, so that nobody keeps points by setting them aside before a return.
 */
const owed = ({ holds, held, debt }: Wallet, own: LotId, missing: number, { limit, from }: ClawBackPolicy): number => {
  if (limit === 'unlimited') return missing
  if (limit === 'pendingOnly') return 0
  const lots = from === 'ownLotOnly' ? holds.flatMap((hold) => hold.lots.filter(({ id }) => isOfLot(id, own))) : []
  const reach = from === 'ownLotOnly' ? Math.min(held - debt, pointsOf(lots)) : held - debt
  return Math.min(missing, Math.max(0, reach))
}

/**
 * The entries that take granted points back: from the lot they were granted in as far as it still holds them, pending
 * or active; then, by the wallet's policy, from other active lots; what was spent or has expired meanwhile becomes debt,
 * or is left to the member (S27, S28).
 *
 * @param wallet - the wallet as it is now
 * @param claw - what to take back; with 0 points nothing is entered
 * @param policy - how far, and where from; default: unlimited, from the lots that are soonest to expire
 *
 * @example
 * ```ts
 * import { applyEntry, clawBack, emptyWallet, parseInstant, unwrap } from 'treue'
 * import type { ActivityId, LotId, Points, WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const wallet = emptyWallet('points' as WalletId)
 * const claw = { lot: 'gone' as LotId, points: 60 as Points, at, source: 'return-1' as ActivityId }
 * clawBack(wallet, claw).reduce(applyEntry, wallet).debt // => 60
 * ```
 */
export const clawBack = (
  wallet: Wallet,
  claw: Claw,
  policy: ClawBackPolicy = unlimited,
): ReadonlyArray<LedgerEntry> => {
  const { at, source } = claw
  if (claw.points === 0) return []
  const own = ownDraws(wallet.lots, claw, policy)
  const others = otherDraws(wallet.lots, claw.lot, claw.points - sumOf(own), policy)
  const left = claw.points - sumOf(own) - sumOf(others)
  const debt = owed(wallet, claw.lot, left, policy)
  const reversed: Reversed = {
    type: 'reversed',
    wallet: wallet.id,
    at,
    source,
    points: (claw.points - left + debt) as Points,
    draws: [...own, ...others],
    debt: debt as Points,
    forgiven: (left - debt) as Points,
  }
  return policy.from === 'ownLotOnly' ? [reversed] : [reversed, ...settleDebt(applyEntry(wallet, reversed), at)]
}
