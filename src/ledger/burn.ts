/** Spending points: which lots they come from. */
import * as E from 'fp-ts/Either'
import type { ActivityId, Fault, Instant, Points, WalletId, Zone } from '../foundation/index.ts'
import { inBurnOrder } from './burn-policy.ts'
import type { LotDraw, Redeemed } from './entry.ts'
import type { Lot } from './lot.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/** The wallet does not hold what was to be spent. */
export interface InsufficientPoints extends Fault<'InsufficientPoints'> {
  readonly wallet: WalletId
  readonly requested: Points
  readonly available: Points
}

/**
 * What can be spent of a wallet now: its active points, and where there is debt that only points to come pay, only as many
 * of them as are more than it (S27).
 *
 * @param wallet - the wallet as it is now
 *
 * @example
 * ```ts
 * import { emptyWallet, type Points, spendablePoints, type WalletId } from 'treue'
 *
 * const wallet = { ...emptyWallet('points' as WalletId), active: 50 as Points }
 * spendablePoints(wallet) // => 50
 * spendablePoints({ ...wallet, debt: 20 as Points }) // => 30
 * ```
 */
export const spendablePoints = ({ active, debt }: Pick<Wallet, 'active' | 'debt'>): Points =>
  Math.max(0, active - debt) as Points

/** The fault that a wallet, or a hold of it, has fewer points than are asked for; `what` these are, after their number. */
export const insufficientPoints = (
  wallet: WalletId,
  requested: Points,
  available: Points,
  what = 'active points of the wallet',
): InsufficientPoints => ({
  _tag: 'InsufficientPoints',
  path: ['points'],
  expected: `at most the ${available} ${what}`,
  wallet,
  requested,
  available,
})

/**
 * The draws that take points from active lots in burn order (S15). The lots must hold as much.
 *
 * @param lots - lots in burn order; pending ones are passed over
 * @param points - how much to take, at most the sum of the active lots
 *
 * @example
 * ```ts
 * import { drawActive, type Lot, type Points } from 'treue'
 *
 * const lots = [{ id: 'a', points: 30, active: true }, { id: 'b', points: 50, active: true }] as unknown as Lot[]
 * drawActive(lots, 40 as Points) // => [{ lot: 'a', points: 30 }, { lot: 'b', points: 10 }]
 * ```
 */
export const drawActive = (lots: ReadonlyArray<Lot>, points: Points): ReadonlyArray<LotDraw> => {
  const draws: Array<LotDraw> = []
  let left: number = points
  for (const lot of lots) {
    if (left === 0) break
    if (!lot.active) continue
    const taken = Math.min(left, lot.points) as Points
    draws.push({ lot: lot.id, points: taken })
    left -= taken
  }
  return draws
}

/**
 * The entry by which points are spent, in the order of the wallet, each draw linked to its lot (S14, S15).
 *
 * `InsufficientPoints`: fewer points are active than requested, or fewer than that are more than the debt; pending points
 * cannot be spent. Nothing is taken then.
 *
 * @param definition - what the program says of the wallet: which points are spent first
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now: points due to activate or expire must have done so
 * @param points - how much to spend, in the wallet's smallest unit
 * @param at - when it happens
 * @param source - the activity that spends
 *
 * @example
 * ```ts
 * import { type ActivityId, burn, emptyWallet, parseInstant, type Points, unwrap, utc, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const burnt = burn({}, utc, emptyWallet('points' as WalletId), 5 as Points, at, 'reward-1' as ActivityId)
 * burnt._tag === 'Left' ? burnt.left.available : undefined // => 0
 * ```
 */
export const burn = (
  { burn: policy }: Pick<WalletDefinition, 'burn'>,
  zone: Zone,
  wallet: Wallet,
  points: Points,
  at: Instant,
  source: ActivityId,
): E.Either<InsufficientPoints, Redeemed> => {
  const available = spendablePoints(wallet)
  return points > available
    ? E.left(insufficientPoints(wallet.id, points, available))
    : E.right({
        type: 'redeemed',
        wallet: wallet.id,
        at,
        source,
        points,
        draws: drawActive(inBurnOrder(policy, zone, at, wallet.lots), points),
        hold: null,
      })
}
