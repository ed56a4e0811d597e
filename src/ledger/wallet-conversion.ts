/** Points that leave a wallet as those of another, and come into it as such (S63). */
import * as E from 'fp-ts/Either'
import {
  type ActivityId,
  allocate,
  type Instant,
  type InvalidValue,
  invalidValue,
  type LotId,
  type OutOfRange,
  type Points,
  type Zone,
} from '../foundation/index.ts'
import { applyEntry } from './apply-entry.ts'
import { drawActive, type InsufficientPoints, insufficientPoints, spendablePoints } from './burn.ts'
import { inBurnOrder } from './burn-policy.ts'
import {
  type ConversionRate,
  type Converted,
  type ConvertedExpiry,
  convertPoints,
  type UnknownConversion,
} from './conversion.ts'
import { settleDebt } from './debt.ts'
import type { ConvertedIn, ConvertedOut } from './entry.ts'
import type { LedgerEntry } from './ledger-entry.ts'
import { beyondRange } from './lifetime-total.ts'
import type { Lot } from './lot.ts'
import { drawLots } from './lot-list.ts'
import { lotTerm } from './lot-term.ts'
import { arrivedLotId } from './transfer.ts'
import type { Wallet } from './wallet.ts'
import type { WalletDefinition } from './wallet-definition.ts'

/** Points to convert. */
export interface ConversionClaim {
  /** The table of rates. */
  readonly rates: ReadonlyArray<ConversionRate>
  /** A wallet or a partner. */
  readonly to: string
  /** In the wallet's smallest unit; what the rate does not convert stays there. */
  readonly points: Points
  readonly at: Instant
  readonly source: ActivityId
}

/** What leaves a wallet by a conversion. */
export interface ConversionOut {
  /** One entry, or none where the rate converts nothing of it. */
  readonly entries: ReadonlyArray<ConvertedOut>
  /** The pieces of lots that leave. */
  readonly pieces: ReadonlyArray<Lot>
  readonly converted: Converted
}

/**
 * The entry by which active points leave a wallet for another or for a partner, at the rate of the instant, in the order
 * in which the wallet spends them (S63).
 *
 * `UnknownConversion`: no rate between the two is valid yet. `OutOfRange`: the result would leave the exact range.
 * `InsufficientPoints`: fewer points are active. Nothing leaves then.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param claim - how many points, to where, and the rates
 *
 * @example
 * ```ts
 * import { type ActivityId, convertOut, emptyWallet, parseInstant, type Points, unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('miles' as WalletId)
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const rates = [{ from: 'miles', to: 'points', rate: { from: 3, to: 1 }, validFrom: at }]
 * const claim = { rates, to: 'points', points: 0 as Points, at, source: 'conversion-1' as ActivityId }
 * unwrap(convertOut({}, utc, wallet, claim)).entries // => []
 * convertOut({}, utc, wallet, { ...claim, points: 10 as Points })._tag // => 'Left'
 * ```
 */
export const convertOut = (
  { burn }: Pick<WalletDefinition, 'burn'>,
  zone: Zone,
  wallet: Wallet,
  { rates, to, points: units, at, source }: ConversionClaim,
): E.Either<UnknownConversion | OutOfRange | InsufficientPoints, ConversionOut> => {
  const converted = convertPoints(rates, wallet.id, to, units, at)
  if (E.isLeft(converted)) return converted
  const available = spendablePoints(wallet)
  if (units > available) return E.left(insufficientPoints(wallet.id, units, available))
  const { taken: points } = converted.right
  if (points === 0) return E.right({ entries: [], pieces: [], converted: converted.right })
  const draws = drawActive(inBurnOrder(burn, zone, at, wallet.lots), points)
  const { pieces } = drawLots(wallet.lots, draws)
  const entry: ConvertedOut = { type: 'convertedOut', wallet: wallet.id, at, source, points, draws, to }
  return E.right({ entries: [entry], pieces, converted: converted.right })
}

/** What comes into a wallet by a conversion. */
export interface ConversionArrival {
  /** The pieces of lots that left the other wallet. */
  readonly pieces: ReadonlyArray<Lot>
  /** What they come to, in the smallest unit of the wallet that they come into. */
  readonly points: Points
  readonly from: string
  readonly at: Instant
  readonly source: ActivityId
  /** Default `keep`. */
  readonly expiry?: ConvertedExpiry
}

/** The id of a lot that another wallet's became: by it nobody takes it for one that was granted in this wallet. */
const convertedLotId = (source: ActivityId, lot: LotId): LotId => `converted/${arrivedLotId(source, lot)}` as LotId

type NewTerm = Pick<Lot, 'earnedAt' | 'active' | 'activeFrom' | 'expiresAt' | 'awaits'>

/** The term of points that are earned now. */
const newTerm = (definition: WalletDefinition, zone: Zone, at: Instant): NewTerm => {
  const { activeFrom, expiresAt, awaits } = lotTerm(definition, zone, at)
  return { earnedAt: at, active: awaits === null && activeFrom <= at, activeFrom, expiresAt, awaits }
}

const entered = (
  wallet: Wallet,
  lots: ReadonlyArray<Lot>,
  { points, from, at, source }: Pick<ConversionArrival, 'points' | 'from' | 'at' | 'source'>,
): E.Either<OutOfRange, ReadonlyArray<LedgerEntry>> => {
  const beyond = beyondRange(wallet, points)
  if (beyond !== undefined) return E.left(beyond)
  const entry: ConvertedIn = { type: 'convertedIn', wallet: wallet.id, at, source, points, lots, from }
  return E.right([entry, ...settleDebt(applyEntry(wallet, entry), at)])
}

/**
 * The entries by which converted points come into a wallet, shared over the pieces that they were, by largest remainder:
 * each keeps its kind and who pays for it, and its date unless it gets a new one; and the debt that they pay (S63).
 *
 * `InvalidValue`: there are points, but no pieces that they were. `OutOfRange`: a total would leave the exact range.
 *
 * @param definition - what the program says of the wallet that they come into
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet that they come into, as it is now
 * @param arrival - the pieces that left, and what they come to
 *
 * @example
 * ```ts
 * import { type ActivityId, convertIn, emptyWallet, parseInstant, type Points, unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const arrival = { pieces: [], points: 0 as Points, from: 'miles', at, source: 'conversion-1' as ActivityId }
 * unwrap(convertIn(definition, utc, wallet, arrival)) // => []
 * ```
 */
export const convertIn = (
  definition: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  arrival: ConversionArrival,
): E.Either<InvalidValue | OutOfRange, ReadonlyArray<LedgerEntry>> => {
  const { pieces, points, at, source } = arrival
  if (points === 0) return E.right([])
  const weights = pieces.map((piece) => piece.points)
  const shares = allocate(points, weights)
  if (E.isLeft(shares)) return E.left(invalidValue(['pieces'], pieces, 'the pieces of lots that were converted'))
  const term = arrival.expiry === 'renew' ? newTerm(definition, zone, at) : undefined
  const lots = pieces.flatMap((piece, index): ReadonlyArray<Lot> => {
    const share = shares.right[index] ?? 0
    if (share === 0) return []
    return [{ ...piece, ...term, id: convertedLotId(source, piece.id), points: share as Points }]
  })
  return entered(wallet, lots, arrival)
}

/** Units of a partner that come in as points. */
export interface PartnerArrival extends Pick<ConversionArrival, 'points' | 'from' | 'at' | 'source'> {
  /** The id of the new lot. */
  readonly lot: LotId
}

/**
 * The entries by which units of a partner come into a wallet: one lot with the term of points that are earned now, and
 * the debt that they pay (S63). The partner keeps what the rate leaves.
 *
 * `OutOfRange`: a total would leave the range of exact integers.
 *
 * @param definition - what the program says of the wallet
 * @param zone - the zone of the program's calendar
 * @param wallet - the wallet as it is now
 * @param arrival - what the units come to; with 0 points nothing is entered
 *
 * @example
 * ```ts
 * import { type ActivityId, applyEntry, convertPartnerIn, emptyWallet, type LotId, parseInstant, type Points } from 'treue'
 * import { unwrap, utc, type WalletId } from 'treue'
 *
 * const wallet = emptyWallet('points' as WalletId)
 * const definition = { id: wallet.id, decimals: 0, pending: null, expiry: null }
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const ids = { lot: 'miles-1' as LotId, source: 'miles-1' as ActivityId }
 * const arrival = { ...ids, points: 3333 as Points, from: 'airline', at }
 * unwrap(convertPartnerIn(definition, utc, wallet, arrival)).reduce(applyEntry, wallet).active // => 3333
 * ```
 */
export const convertPartnerIn = (
  definition: WalletDefinition,
  zone: Zone,
  wallet: Wallet,
  arrival: PartnerArrival,
): E.Either<OutOfRange, ReadonlyArray<LedgerEntry>> => {
  const { lot: id, points, at, source } = arrival
  if (points === 0) return E.right([])
  const lot: Lot = { id, points, source, kind: 'regular', funder: null, ...newTerm(definition, zone, at) }
  return entered(wallet, [lot], arrival)
}
