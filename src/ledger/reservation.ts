/** Setting points aside, giving them back, and spending them: two open sessions cannot spend the same points (S35). */
import * as E from 'fp-ts/Either'
import { type ActivityId, addDuration, type Fault, type Instant, type Points, type Zone } from '../foundation/index.ts'
import { drawActive, type InsufficientPoints, insufficientPoints, spendablePoints } from './burn.ts'
import { inBurnOrder } from './burn-policy.ts'
import type { Held, HoldReleased, Redeemed } from './entry.ts'
import type { Hold } from './hold.ts'
import { pointsOf } from './lot-list.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/** The wallet has no such hold: it was released or spent, or never was. */
export interface UnknownHold extends Fault<'UnknownHold'> {
  readonly hold: ActivityId
}

/**
 * The entry by which active points are set aside, in the order in which the wallet spends them.
 *
 * `InsufficientPoints`: fewer points are active. Nothing is set aside then.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param points - how much, in the wallet's smallest unit
 * @param at - when it happens
 * @param source - the activity, whose id is the hold's: no other open hold of the wallet has it
 * @param until - when they are free again by themselves; by default as the wallet says
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, hold, parseInstant, type Points, unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * hold(definition, utc, wallet, 5 as Points, at, 'cart-1' as ActivityId)._tag // => 'Left'
 * ```
 */
export const hold = (
  definition: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  points: Points,
  at: Instant,
  source: ActivityId,
  until?: Instant,
): E.Either<InsufficientPoints, Held> => {
  const available = spendablePoints(wallet)
  if (points > available) return E.left(insufficientPoints(wallet.id, points, available))
  const validity = definition.holds?.validity ?? null
  const end = until ?? (validity === null ? null : addDuration(zone, at, validity))
  const draws = drawActive(inBurnOrder(definition.burn, zone, at, wallet.lots), points)
  return E.right({ type: 'held', wallet: wallet.id, at, source, points, draws, until: end })
}

const holdOf = ({ holds }: Wallet, id: ActivityId): E.Either<UnknownHold, Hold> => {
  const found = holds.find((one) => one.id === id)
  if (found !== undefined) return E.right(found)
  return E.left({ _tag: 'UnknownHold', path: ['hold'], expected: 'a hold of the wallet that is still open', hold: id })
}

/**
 * The entry by which all that is left of a hold is free again.
 *
 * `UnknownHold`: the wallet has no such hold, or no longer.
 *
 * @param wallet - the wallet as it is now
 * @param id - the hold
 * @param at - when it happens
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, parseInstant, releaseHold, unwrap, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const released = releaseHold(emptyWallet('points' as WalletId), 'cart-1' as ActivityId, at)
 * released._tag === 'Left' ? released.left._tag : '' // => 'UnknownHold'
 * ```
 */
export const releaseHold = (wallet: Wallet, id: ActivityId, at: Instant): E.Either<UnknownHold, HoldReleased> => {
  const found = holdOf(wallet, id)
  if (E.isLeft(found)) return found
  return E.right({ type: 'holdReleased', wallet: wallet.id, at, hold: id, points: pointsOf(found.right.lots) })
}

/**
 * The entry by which points of a hold are spent, in the order in which the wallet spends; what is left of it stays held
 * until {@link releaseHold} frees it.
 *
 * `UnknownHold`: the wallet has no such hold. `InsufficientPoints`: it holds fewer points.
 *
 * @param wallet - the wallet as it is now
 * @param id - the hold
 * @param points - how much, in the wallet's smallest unit
 * @param at - when it happens
 * @param source - the activity that spends
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, parseInstant, type Points, redeemHold, unwrap, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const wallet = emptyWallet('points' as WalletId)
 * redeemHold(wallet, 'cart-1' as ActivityId, 5 as Points, at, 'order-1' as ActivityId)._tag // => 'Left'
 * ```
 */
export const redeemHold = (
  wallet: Wallet,
  id: ActivityId,
  points: Points,
  at: Instant,
  source: ActivityId,
): E.Either<UnknownHold | InsufficientPoints, Redeemed> => {
  const found = holdOf(wallet, id)
  if (E.isLeft(found)) return found
  const { lots } = found.right
  const available = pointsOf(lots)
  if (points > available) return E.left(insufficientPoints(wallet.id, points, available, 'points of the hold'))
  const draws = drawActive(lots, points)
  return E.right({ type: 'redeemed', wallet: wallet.id, at, source, points, draws, hold: id })
}
