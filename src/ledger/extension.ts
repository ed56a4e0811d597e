/** Points that live longer by hand. */
import * as E from 'fp-ts/Either'
import type { ActivityId, Fault, Instant, LotId, Points } from '../foundation/index.ts'
import type { Extended } from './entry.ts'
import type { Wallet } from './wallet.ts'

/** No lot of the wallet would live longer. */
export interface NothingToExtend extends Fault<'NothingToExtend'> {
  readonly to: Instant
}

/**
 * The entry by which lots live until a later date: all that die before it, or of those only some. It never shortens.
 *
 * `NothingToExtend`: no such lot dies before that date.
 *
 * @param wallet - the wallet as it is now
 * @param to - the first instant at which they are no longer valid
 * @param at - when it happens
 * @param source - the activity
 * @param lots - which; by default all
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, extend, parseInstant, unwrap, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const extended = extend(emptyWallet('points' as WalletId), at, at, 'goodwill' as ActivityId)
 * extended._tag === 'Left' ? extended.left._tag : '' // => 'NothingToExtend'
 * ```
 */
export const extend = (
  wallet: Wallet,
  to: Instant,
  at: Instant,
  source: ActivityId,
  lots?: ReadonlyArray<LotId>,
): E.Either<NothingToExtend, Extended> => {
  const wanted = lots === undefined ? undefined : new Set(lots)
  const extended = wallet.lots.filter(
    ({ id, expiresAt }) => expiresAt !== null && expiresAt < to && wanted?.has(id) !== false,
  )
  if (extended.length === 0) {
    return E.left({
      _tag: 'NothingToExtend',
      path: ['to'],
      expected: 'a date after that of some lot of the wallet',
      to,
    })
  }
  const points = extended.reduce((sum, lot) => sum + lot.points, 0) as Points
  const dates = extended.map(({ id: lot }) => ({ lot, expiresAt: to }))
  return E.right({ type: 'extended', wallet: wallet.id, at, source, points, lots: dates })
}
