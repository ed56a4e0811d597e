/** Points that had expired and are valid again. */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  addDuration,
  type Fault,
  formatInstant,
  type Instant,
  type LotId,
  type OutOfRange,
  outOfRange,
  type Points,
  type Zone,
} from '../foundation/index.ts'
import { applyEntry } from './apply-entry.ts'
import { settleDebt } from './debt.ts'
import type { Expired, Reinstated } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import { type Lot, lotOf } from './lot.ts'
import { lotTerm } from './lot-term.ts'
import { arrivedLotId } from './transfer.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/** Points that expired: what an app must keep of them so that they can become valid again. */
export interface ExpiredLot {
  /** The lot as it was when it died, with the points that were left in it. */
  readonly lot: Lot
  /** The instant of its `expired` entry. */
  readonly expiredAt: Instant
}

/** The window in which the points could become valid again is over, or the wallet has none. */
export interface ReinstatementClosed extends Fault<'ReinstatementClosed'> {
  readonly lot: LotId
  /** The first instant at which it was too late; `null`: the wallet makes nothing valid again. */
  readonly until: Instant | null
}

/** The points of the lot are in the wallet again already. */
export interface AlreadyReinstated extends Fault<'AlreadyReinstated'> {
  readonly lot: LotId
}

/** Why points do not become valid again. */
export type ReinstatementFault = ReinstatementClosed | AlreadyReinstated | OutOfRange

/** Points to make valid again. */
export interface ReinstatementRequest {
  readonly expired: ReadonlyArray<ExpiredLot>
  /** When they die now; `null`: never. Default: as points that are earned now. */
  readonly expiresAt?: Instant | null
  readonly at: Instant
  readonly source: ActivityId
}

/**
 * The id of a lot whose points are valid again: it follows from the lot and the instant at which it died, so that one and
 * the same death is undone once, whatever activity asks for it, and an app can look for it in what it stored.
 *
 * @param lot - the id of the lot that died
 * @param expiredAt - when
 *
 * @example
 * ```ts
 * import { type LotId, parseInstant, reinstatedLotId, unwrap } from 'treue'
 *
 * reinstatedLotId('order-1' as LotId, unwrap(parseInstant('2026-01-01T00:00:00Z')))
 * // => '31/reinstated/2026-01-01T00:00:00Z/order-1'
 * ```
 */
export const reinstatedLotId = (lot: LotId, expiredAt: Instant): LotId =>
  arrivedLotId(`reinstated/${formatInstant(expiredAt)}` as ActivityId, lot)

/** The lots that died, from the front, where those are that die. */
const lotsNamed = (lots: ReadonlyArray<Lot>, entries: ReadonlyArray<Expired>): ReadonlyMap<LotId, Lot> => {
  const wanted = new Set(entries.filter(({ hold }) => hold === null).map(({ lot }) => lot))
  const found = new Map<LotId, Lot>()
  for (const lot of lots) {
    if (found.size === wanted.size) break
    if (wanted.has(lot.id)) found.set(lot.id, lot)
  }
  return found
}

/**
 * The lots that entries let die, as they were: what must be kept so that they can become valid again. What died of one lot
 * at one instant, in the wallet and in holds, is one.
 *
 * @param wallet - the wallet before the entries
 * @param entries - entries by which points of it expire, all those of an instant together
 *
 * @example
 * ```ts
 * import { emptyWallet, expiredLots, type WalletId } from 'treue'
 *
 * expiredLots(emptyWallet('points' as WalletId), []) // => []
 * ```
 */
export const expiredLots = (wallet: Wallet, entries: ReadonlyArray<Expired>): ReadonlyArray<ExpiredLot> => {
  const open = lotsNamed(wallet.lots, entries)
  const held = new Map(wallet.holds.map(({ id, lots }) => [id, new Map(lots.map((lot) => [lot.id, lot]))]))
  const dead = new Map<LotId, ExpiredLot>()
  for (const { lot: id, points, at: expiredAt, hold } of entries) {
    const lot = hold === null ? open.get(id) : held.get(hold)?.get(id)
    if (lot === undefined) continue
    const key = reinstatedLotId(id, expiredAt)
    const before = dead.get(key)?.lot.points ?? 0
    dead.set(key, { lot: lotOf(lot, (before + points) as Points), expiredAt })
  }
  return [...dead.values()]
}

const windowFault = (
  { reinstatement = null }: WalletDefinition,
  zone: Zone,
  at: Instant,
  { lot: { id: lot }, expiredAt }: ExpiredLot,
  index: number,
): ReadonlyArray<ReinstatementClosed> => {
  const until = reinstatement === null ? null : addDuration(zone, expiredAt, reinstatement)
  if (until !== null && at < until) return []
  const expected =
    until === null ? 'a wallet that makes points valid again' : `an instant before ${formatInstant(until)}`
  return [{ _tag: 'ReinstatementClosed', path: ['expired', index], expected, lot, until }]
}

/** Which of the lots come twice, or are in the wallet already. */
const repeatedFaults = ({ lots, holds }: Wallet, ids: ReadonlyArray<LotId>): ReadonlyArray<AlreadyReinstated> => {
  const seen = new Set<LotId>([...lots, ...holds.flatMap((hold) => hold.lots)].map(({ id }) => id))
  return ids.flatMap((lot, index): ReadonlyArray<AlreadyReinstated> => {
    const isNew = !seen.has(lot)
    seen.add(lot)
    if (isNew) return []
    return [{ _tag: 'AlreadyReinstated', path: ['expired', index], expected: 'points that are not valid', lot }]
  })
}

const amountFaults = (
  wallet: Wallet,
  points: number,
  expiresAt: Instant | null,
  at: Instant,
): ReadonlyArray<OutOfRange> => {
  const faults: Array<OutOfRange> = []
  if (points > wallet.expired) {
    faults.push(outOfRange(['expired'], points, `at most the ${wallet.expired} points of the wallet that expired`))
  }
  if (expiresAt !== null && expiresAt <= at) {
    faults.push(outOfRange(['expiresAt'], formatInstant(expiresAt), `an instant after ${formatInstant(at)}`))
  }
  return faults
}

/**
 * The entries by which expired points become valid again, within the time that the wallet allows from when they died: with
 * a new date, and the rest as it was; and the debt that they pay.
 *
 * `ReinstatementClosed`: it is too late, or the wallet makes nothing valid again. `AlreadyReinstated`: points of one and
 * the same death are in the wallet again, or come twice; where they are spent by now, {@link reinstatedLotId} tells an app
 * that it happened. `OutOfRange`: more than expired, or a new date that is over. All faults are reported.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param request - which points, until when; with none, nothing is entered
 *
 * @example
 * ```ts
 * import { type ActivityId, emptyWallet, parseInstant, reinstate, unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * unwrap(reinstate(definition, utc, wallet, { expired: [], at, source: 'goodwill' as ActivityId })) // => []
 * ```
 */
export const reinstate = (
  definition: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  { expired, expiresAt, at, source }: ReinstatementRequest,
): E.Either<ReadonlyArray<ReinstatementFault>, ReadonlyArray<LedgerEntry>> => {
  if (expired.length === 0) return E.right([])
  const dies = expiresAt === undefined ? lotTerm(definition, zone, at, { activeFrom: at }).expiresAt : expiresAt
  const points = expired.reduce((sum, { lot }) => sum + lot.points, 0)
  const ids = expired.map(({ lot, expiredAt }) => reinstatedLotId(lot.id, expiredAt))
  const faults: ReadonlyArray<ReinstatementFault> = [
    ...expired.flatMap((one, index) => windowFault(definition, zone, at, one, index)),
    ...repeatedFaults(wallet, ids),
    ...amountFaults(wallet, points, dies, at),
  ]
  if (faults.length > 0) return E.left(faults)
  const lots = expired.map(
    ({ lot }, index): Lot => ({ ...lot, id: ids[index] ?? lot.id, active: true, expiresAt: dies }),
  )
  const entry: Reinstated = { type: 'reinstated', wallet: wallet.id, at, source, points: points as Points, lots }
  return E.right([entry, ...settleDebt(applyEntry(wallet, entry), at)])
}
