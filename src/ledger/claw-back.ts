/** Taking earned points back. */
import type { ActivityId, Instant, LotId, Points } from '../foundation/index.ts'
import { applyEntry } from './apply-entry.ts'
import { drawActive } from './burn.ts'
import { settleDebt } from './debt.ts'
import type { LotDraw, Reversed } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import type { Lot } from './lot.ts'
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

const unlimited: ClawBackPolicy = { limit: 'unlimited', from: 'soonestExpiring' }

/** How much of the lot itself goes back. */
const ownPart = (own: Lot | undefined, points: number, { limit }: ClawBackPolicy): number =>
  own === undefined || (limit === 'pendingOnly' && own.active) ? 0 : Math.min(points, own.points)

/** What other active lots pay, latest or soonest to expire first. */
const othersPart = (
  lots: ReadonlyArray<Lot>,
  own: LotId,
  points: number,
  { limit, from }: ClawBackPolicy,
): ReadonlyArray<LotDraw> => {
  if (points === 0 || from === 'ownLotOnly' || limit === 'pendingOnly') return []
  const others = lots.filter(({ id, active }) => active && id !== own)
  if (from === 'latestExpiring') others.reverse()
  return drawActive(others, points as Points)
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
  const own = wallet.lots.find(({ id }) => id === claw.lot)
  const taken = ownPart(own, claw.points, policy)
  const others = othersPart(wallet.lots, claw.lot, claw.points - taken, policy)
  const left = claw.points - taken - others.reduce((sum, { points }) => sum + points, 0)
  const debt = policy.limit === 'unlimited' ? left : 0
  const reversed: Reversed = {
    type: 'reversed',
    wallet: wallet.id,
    at,
    source,
    points: (claw.points - left + debt) as Points,
    draws: taken === 0 ? others : [{ lot: claw.lot, points: taken as Points }, ...others],
    debt: debt as Points,
    forgiven: (left - debt) as Points,
  }
  return policy.from === 'ownLotOnly' ? [reversed] : [reversed, ...settleDebt(applyEntry(wallet, reversed), at)]
}
