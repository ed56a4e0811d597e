/** Balances that another system kept before. */
import * as E from 'fp-ts/Either'
import type { ActivityId, Fault, Instant, Points } from '../foundation/index.ts'
import type { Opened } from './entry.ts'
import type { Lot } from './lot.ts'
import { pointsOf } from './lot-list.ts'
import type { Wallet } from './wallet.ts'

/** A lot of an opening balance that cannot be. */
export interface InvalidOpeningLot extends Fault<'InvalidOpeningLot'> {
  readonly lot: string
}

const lotFault = (lot: Lot, index: number, seen: ReadonlySet<string>, at: Instant): InvalidOpeningLot | undefined => {
  const fault = (key: string, expected: string): InvalidOpeningLot => ({
    _tag: 'InvalidOpeningLot',
    path: ['lots', index, key],
    expected,
    lot: lot.id,
  })
  if (seen.has(lot.id)) return fault('id', 'an id that no other lot has')
  if (lot.points === 0) return fault('points', 'at least one point')
  if (lot.earnedAt > at) return fault('earnedAt', 'an instant that is not after the opening')
  if (lot.active === lot.activeFrom > at) return fault('active', 'whether the lot is active at the opening')
  return lot.expiresAt !== null && lot.expiresAt < lot.activeFrom
    ? fault('expiresAt', 'an instant that is not before the one from which the points are active')
    : undefined
}

/**
 * The entry by which a balance comes in as lots, with the dates that they have; all that is wrong with them is reported.
 *
 * `InvalidOpeningLot`: an id comes twice or is that of a lot of the wallet, a lot has no points, was earned after the
 * opening, is active too early or not at all, or dies before it is active.
 *
 * @param wallet - the wallet as it is now
 * @param lots - what comes in
 * @param at - when it happens
 * @param source - the activity
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, openBalance, parseInstant, unwrap, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * unwrap(openBalance(emptyWallet('points' as WalletId), [], at, 'import-1' as ActivityId)).points // => 0
 * ```
 */
export const openBalance = (
  wallet: Wallet,
  lots: ReadonlyArray<Lot>,
  at: Instant,
  source: ActivityId,
): E.Either<ReadonlyArray<InvalidOpeningLot>, Opened> => {
  const seen = new Set<string>(wallet.lots.map(({ id }) => id))
  const faults = lots.flatMap((lot, index) => {
    const fault = lotFault(lot, index, seen, at)
    seen.add(lot.id)
    return fault ?? []
  })
  if (faults.length > 0) return E.left(faults)
  const points: Points = pointsOf(lots)
  return E.right({ type: 'opened', wallet: wallet.id, at, source, points, lots })
}
