/** Points that go from one member to another. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  type Instant,
  type InvalidValue,
  invalidValue,
  type LotId,
  type MemberId,
  type OutOfRange,
  type Points,
  type Zone,
} from '../foundation/index.ts'
import { drawActive, type InsufficientPoints, insufficientPoints, spendablePoints } from './burn.ts'
import { inBurnOrder } from './burn-policy.ts'
import { withDebtPaid } from './debt.ts'
import type { TransferredIn, TransferredOut } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import { beyondRange } from './lifetime-total.ts'
import type { Lot } from './lot.ts'
import { drawLots, pointsOf } from './lot-list.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/** What leaves, and the pieces of lots that the other member gets. */
export interface Transfer {
  readonly entry: TransferredOut
  readonly lots: ReadonlyArray<Lot>
}

/**
 * The entry by which active points leave for another member, in the order in which the wallet spends them, and the lots
 * as they go: with the dates that they had, so that handing points to and fro renews nothing (S32).
 *
 * `InsufficientPoints`: fewer points are active. Nothing leaves then.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param points - how much, in the wallet's smallest unit
 * @param at - when it happens
 * @param source - the activity
 * @param to - who gets them
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, type MemberId, parseInstant, type Points, transferOut, unwrap, utc } from 'treue'
 * import type { WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * transferOut(definition, utc, wallet, 5 as Points, at, 'gift-1' as ActivityId, 'bob' as MemberId)._tag // => 'Left'
 * ```
 */
export const transferOut = (
  { burn }: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  points: Points,
  at: Instant,
  source: ActivityId,
  to: MemberId,
): E.Either<InsufficientPoints, Transfer> => {
  const available = spendablePoints(wallet)
  if (points > available) return E.left(insufficientPoints(wallet.id, points, available))
  const draws = drawActive(inBurnOrder(burn, zone, at, wallet.lots), points)
  const { pieces } = drawLots(wallet.lots, draws)
  return E.right({ entry: { type: 'transferredOut', wallet: wallet.id, at, source, points, draws, to }, lots: pieces })
}

/** The id of a lot in another wallet: no two that come in are the same, and one that comes again is. */
export const arrivedLotId = (source: ActivityId, lot: LotId): LotId => `${source.length}/${source}/${lot}` as LotId

/** What is wrong with lots that come in: with two of one id nobody could say which of them points are taken from. */
const arrivalFaults = (
  wallet: Wallet,
  lots: ReadonlyArray<Lot>,
  arrived: ReadonlyArray<Lot>,
): ReadonlyArray<InvalidValue | OutOfRange> => {
  const seen = new Set<LotId>([...wallet.lots, ...wallet.holds.flatMap((hold) => hold.lots)].map(({ id }) => id))
  const faults: Array<InvalidValue | OutOfRange> = []
  arrived.forEach(({ id, points }, index) => {
    if (seen.has(id)) faults.push(invalidValue(['lots', index, 'id'], lots[index]?.id, 'an id that no other lot has'))
    if (points === 0) faults.push(invalidValue(['lots', index, 'points'], points, 'at least one point'))
    seen.add(id)
  })
  const beyond = beyondRange(wallet, pointsOf(arrived), ['lots'])
  return beyond === undefined ? faults : [...faults, beyond]
}

/**
 * The entries by which points come from another member: lots with the dates that they had, and the debt that they pay.
 *
 * `InvalidValue`: a lot comes twice, or has no points. `OutOfRange`: the wallet's lifetime total would leave the range of
 * exact integers. All faults are reported.
 *
 * @param wallet - the wallet as it is now
 * @param lots - the lots as they left
 * @param at - when it happens
 * @param source - the activity
 * @param from - who gives them
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, type MemberId, parseInstant, transferIn, unwrap, type WalletId } from 'treue'
 *
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * unwrap(transferIn(emptyWallet('points' as WalletId), [], at, 'gift-1' as ActivityId, 'anna' as MemberId)) // => []
 * ```
 */
export const transferIn = (
  wallet: Wallet,
  lots: ReadonlyArray<Lot>,
  at: Instant,
  source: ActivityId,
  from: MemberId,
): E.Either<ReadonlyArray<InvalidValue | OutOfRange>, ReadonlyArray<LedgerEntry>> => {
  if (lots.length === 0) return E.right([])
  const arrived = lots.map((lot) => ({ ...lot, id: arrivedLotId(source, lot.id) }))
  const faults = arrivalFaults(wallet, lots, arrived)
  if (faults.length > 0) return E.left(faults)
  const points = pointsOf(arrived)
  const entry: TransferredIn = { type: 'transferredIn', wallet: wallet.id, at, source, points, lots: arrived, from }
  return E.right(withDebtPaid(wallet, [entry], at))
}
