/** Points that somebody gives or takes by hand (S66). */
import * as E from 'fp-ts/Either'
import type { ActivityId, Fault, Instant, LotId, OutOfRange, Points, Zone } from '../foundation/index.ts'
import { drawActive, type InsufficientPoints, insufficientPoints } from './burn.ts'
import { inBurnOrder } from './burn-policy.ts'
import type { AdjustedIn, AdjustedOut } from './entry.ts'
import { beyondRange } from './lifetime-total.ts'
import type { Lot } from './lot.ts'
import { lotTerm } from './lot-term.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/** Who adjusts, and why. */
export interface AdjustmentNote {
  readonly reason: string
  readonly actor: string
}

/** An adjustment that does not say why, or by whom. */
export interface MissingAdjustmentNote extends Fault<'MissingAdjustmentNote'> {
  readonly field: 'reason' | 'actor'
}

/**
 * Who adjusts and why, from texts that somebody typed: white space around them is no part of them (S66).
 *
 * `MissingAdjustmentNote`: the reason or the actor is empty; both are reported.
 *
 * @param reason - why
 * @param actor - who
 *
 * @example
 * ```ts
 * import { adjustmentNote } from 'treue'
 *
 * adjustmentNote('goodwill', 'service')._tag // => 'Right'
 * const missing = adjustmentNote('', ' ')
 * missing._tag === 'Left' ? missing.left.map(({ field }) => field) : [] // => ['reason', 'actor']
 * ```
 */
export const adjustmentNote = (
  reason: string,
  actor: string,
): E.Either<ReadonlyArray<MissingAdjustmentNote>, AdjustmentNote> => {
  const note: AdjustmentNote = { reason: reason.trim(), actor: actor.trim() }
  const faults = (['reason', 'actor'] as const).flatMap((field): ReadonlyArray<MissingAdjustmentNote> => {
    if (note[field] !== '') return []
    return [{ _tag: 'MissingAdjustmentNote', path: [field], expected: 'a text that is not empty', field }]
  })
  return faults.length === 0 ? E.right(note) : E.left(faults)
}

/** Points to give. */
export interface AdjustmentGrant extends AdjustmentNote {
  /** The id of the new lot. */
  readonly lot: LotId
  readonly points: Points
  readonly at: Instant
  readonly source: ActivityId
  /** When they die, at the earliest at once; `null`: never. Default: as points that are earned now. */
  readonly expiresAt?: Instant | null
}

const notBefore = (date: Instant | null, at: Instant): Instant | null => (date !== null && date < at ? at : date)

/**
 * The entry by which points are given by hand: active at once, with the expiry that the wallet gives to points earned now,
 * or with one of their own. They are not earned: whether they count to a tier is for the program to say (S66).
 *
 * `OutOfRange`: the wallet's lifetime total would leave the range of exact integers.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param grant - how many, by whom and why
 *
 * @example
 * ```ts
 * import { type ActivityId, adjustIn, emptyWallet, type LotId, parseInstant, type Points, unwrap, utc } from 'treue'
 * import type { WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const ids = { lot: 'a/points' as LotId, source: 'a' as ActivityId }
 * const grant = { ...ids, points: 50 as Points, at, reason: 'goodwill', actor: 'service' }
 * unwrap(adjustIn(definition, utc, wallet, grant)).points // => 50
 * ```
 */
export const adjustIn = (
  definition: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  { lot, points, at, source, reason, actor, expiresAt: dies }: AdjustmentGrant,
): E.Either<OutOfRange, AdjustedIn> => {
  const beyond = beyondRange(wallet, points)
  if (beyond !== undefined) return E.left(beyond)
  const expiresAt =
    dies === undefined ? lotTerm(definition, zone, at, { activeFrom: at }).expiresAt : notBefore(dies, at)
  const own = { id: lot, points, earnedAt: at, active: true, activeFrom: at, expiresAt, source }
  const lots: ReadonlyArray<Lot> = points === 0 ? [] : [{ ...own, kind: 'regular', funder: null, awaits: null }]
  return E.right({ type: 'adjustedIn', wallet: definition.id, at, source, points, lots, reason, actor })
}

/** Points to take. */
export interface AdjustmentClaim extends AdjustmentNote {
  readonly points: Points
  readonly at: Instant
  readonly source: ActivityId
  /** What becomes of points that are not there: nothing is taken at all, or they become debt. */
  readonly missing: 'refuse' | 'debt'
}

/**
 * The entry by which points are taken by hand, in the order in which the wallet spends them.
 *
 * `InsufficientPoints`: fewer are active, and what is missing is not to become debt. `OutOfRange`: debt would leave the
 * range of exact integers.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param claim - how many, by whom and why
 *
 * @example
 * ```ts
 * import { type ActivityId, adjustOut, emptyWallet, parseInstant, type Points, unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const claim = { points: 50 as Points, at, source: 'a' as ActivityId, reason: 'mistake', actor: 'service' }
 * unwrap(adjustOut(definition, utc, wallet, { ...claim, missing: 'debt' })).debt // => 50
 * ```
 */
export const adjustOut = (
  { burn }: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  { points, at, source, missing, reason, actor }: AdjustmentClaim,
): E.Either<InsufficientPoints | OutOfRange, AdjustedOut> => {
  const taken = Math.min(points, wallet.active) as Points
  if (taken < points && missing === 'refuse') {
    return E.left(insufficientPoints(wallet.id, points, wallet.active))
  }
  const draws = drawActive(inBurnOrder(burn, zone, at, wallet.lots), taken)
  const debt = (points - taken) as Points
  const beyond = debt === 0 ? undefined : beyondRange(wallet, points)
  if (beyond !== undefined) return E.left(beyond)
  return E.right({ type: 'adjustedOut', wallet: wallet.id, at, source, points, draws, debt, reason, actor })
}
