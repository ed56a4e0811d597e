/** A wallet: the open lots, the debt, and the totals of all that is closed. */
import { arrayCodec, type Codec, type Instant, type LotId, Points, structCodec, WalletId } from '../foundation/index.ts'
import type { LedgerEntry, LotDraw } from './entry.ts'
import { compareBurnOrder, Lot } from './lot.ts'

/** A member's wallet. All figures are in the wallet's smallest unit. */
export interface Wallet {
  readonly id: WalletId
  /** The lots with something left, in burn order. */
  readonly lots: ReadonlyArray<Lot>
  /** What can be spent. */
  readonly active: Points
  /** What is earned but cannot be spent yet. */
  readonly pending: Points
  /** What was taken back and was not there any more. Only a wallet with nothing active has debt. */
  readonly debt: Points
  readonly accrued: Points
  readonly redeemed: Points
  readonly expired: Points
  readonly reversed: Points
}

/** Reads a {@link Wallet}. */
export const Wallet: Codec<Wallet, unknown> = /* @__PURE__ */ structCodec('Wallet', {
  id: WalletId,
  lots: /* @__PURE__ */ arrayCodec(Lot),
  active: Points,
  pending: Points,
  debt: Points,
  accrued: Points,
  redeemed: Points,
  expired: Points,
  reversed: Points,
})

const none = 0 as Points

/**
 * A wallet in which nothing has happened yet.
 *
 * @param id - the id of the wallet in the program
 *
 * @example
 * ```ts
 * import { emptyWallet, type WalletId } from 'treue'
 *
 * emptyWallet('points' as WalletId).active // => 0
 * ```
 */
export const emptyWallet = (id: WalletId): Wallet => ({
  id,
  lots: [],
  active: none,
  pending: none,
  debt: none,
  accrued: none,
  redeemed: none,
  expired: none,
  reversed: none,
})

const plus = (a: Points, b: number): Points => (a + b) as Points

/** The place of a lot in burn order, by binary search. */
const placeOf = (lots: ReadonlyArray<Lot>, lot: Lot): number => {
  let low = 0
  let high = lots.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const there = lots[middle]
    if (there !== undefined && compareBurnOrder(there, lot) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Copies of whole arrays: engines make them several times faster than a spread, or than appending a single lot. */
const joined = (
  before: ReadonlyArray<Lot>,
  between: ReadonlyArray<Lot>,
  after: ReadonlyArray<Lot>,
): ReadonlyArray<Lot> => before.concat(between, after)

const withLot = (lots: ReadonlyArray<Lot>, lot: Lot): ReadonlyArray<Lot> => {
  const place = placeOf(lots, lot)
  return joined(lots.slice(0, place), [lot], lots.slice(place))
}

const takenByLot = (draws: ReadonlyArray<LotDraw>): ReadonlyMap<LotId, number> =>
  new Map(draws.map(({ lot, points }) => [lot, points]))

/** The lots after draws from some of them; a lot with nothing left is closed. */
const drawn = (lots: ReadonlyArray<Lot>, draws: ReadonlyArray<LotDraw>): ReadonlyArray<Lot> => {
  if (draws.length === 0) return lots
  const taken = takenByLot(draws)
  const left: Array<Lot> = []
  for (const lot of lots) {
    const points = taken.get(lot.id)
    if (points === undefined) left.push(lot)
    else if (lot.points > points) left.push({ ...lot, points: plus(lot.points, -points) })
  }
  return left
}

/** How much of some draws comes from active lots; the rest comes from pending ones. */
const activePart = (lots: ReadonlyArray<Lot>, draws: ReadonlyArray<LotDraw>): number => {
  if (draws.length === 0) return 0
  const taken = takenByLot(draws)
  return lots.reduce((sum, lot) => (lot.active ? sum + (taken.get(lot.id) ?? 0) : sum), 0)
}

/** The lots with some others in the place of one; where it is not there any more, they are as they were. */
const withInPlaceOf = (
  lots: ReadonlyArray<Lot>,
  id: LotId,
  others: (lot: Lot) => ReadonlyArray<Lot>,
): ReadonlyArray<Lot> => {
  const place = lots.findIndex((lot) => lot.id === id)
  const lot = lots[place]
  return lot === undefined ? lots : joined(lots.slice(0, place), others(lot), lots.slice(place + 1))
}

const activeLot = ({ id, points, earnedAt, activeFrom, expiresAt, source }: Lot): Lot => ({
  id,
  points,
  earnedAt,
  active: true,
  activeFrom,
  expiresAt,
  source,
})

/** What an entry adds to the figures of a wallet, or takes from them. */
type Moves = { readonly [Figure in Exclude<keyof Wallet, 'id' | 'lots'>]?: number }

/** Written out because spreading an object takes many times as long. */
const moved = (
  wallet: Wallet,
  lots: ReadonlyArray<Lot>,
  { active = 0, pending = 0, debt = 0, accrued = 0, redeemed = 0, expired = 0, reversed = 0 }: Moves,
): Wallet => ({
  id: wallet.id,
  lots,
  active: plus(wallet.active, active),
  pending: plus(wallet.pending, pending),
  debt: plus(wallet.debt, debt),
  accrued: plus(wallet.accrued, accrued),
  redeemed: plus(wallet.redeemed, redeemed),
  expired: plus(wallet.expired, expired),
  reversed: plus(wallet.reversed, reversed),
})

const afterAccrual = (wallet: Wallet, entry: Extract<LedgerEntry, { type: 'accrued' }>): Wallet => {
  const { points } = entry
  const active = entry.activeFrom <= entry.at
  const lots = withLot(wallet.lots, {
    id: entry.lot,
    points,
    earnedAt: entry.at,
    active,
    activeFrom: entry.activeFrom,
    expiresAt: entry.expiresAt,
    source: entry.source,
  })
  return moved(wallet, lots, active ? { accrued: points, active: points } : { accrued: points, pending: points })
}

const afterReversal = (wallet: Wallet, { draws, points, debt }: Extract<LedgerEntry, { type: 'reversed' }>): Wallet => {
  const fromActive = activePart(wallet.lots, draws)
  const pending = fromActive + debt - points
  return moved(wallet, drawn(wallet.lots, draws), { reversed: points, active: -fromActive, pending, debt })
}

/**
 * The wallet after an entry. Entries are facts: this checks nothing, the functions that make entries do.
 *
 * @param wallet - the wallet before
 * @param entry - an entry made for this wallet in this state
 *
 * @example
 * ```ts
 * import { accrue, applyEntry, emptyWallet, type LotId, parseInstant, unwrap, utc, type WalletDefinition } from 'treue'
 * import { type ActivityId, type Points, type WalletId } from 'treue'
 *
 * const id = 'points' as WalletId
 * const definition: WalletDefinition = { id, decimals: 0, pending: null, validity: null, expiryFrom: 'activation' }
 * const at = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const grant = { lot: 'order-1/points' as LotId, points: 100 as Points, at, source: 'order-1' as ActivityId }
 * const entries = unwrap(accrue(definition, utc, emptyWallet(id), grant))
 * entries.reduce(applyEntry, emptyWallet(id)).active // => 100
 * ```
 */
export const applyEntry = (wallet: Wallet, entry: LedgerEntry): Wallet => {
  switch (entry.type) {
    case 'accrued':
      return afterAccrual(wallet, entry)
    case 'activated': {
      const lots = withInPlaceOf(wallet.lots, entry.lot, (lot) => [activeLot(lot)])
      return moved(wallet, lots, { active: entry.points, pending: -entry.points })
    }
    case 'redeemed':
      return moved(wallet, drawn(wallet.lots, entry.draws), { redeemed: entry.points, active: -entry.points })
    case 'expired': {
      const lots = withInPlaceOf(wallet.lots, entry.lot, () => [])
      return moved(wallet, lots, { expired: entry.points, active: -entry.points })
    }
    case 'reversed':
      return afterReversal(wallet, entry)
    case 'debtSettled':
      return moved(wallet, drawn(wallet.lots, entry.draws), { active: -entry.points, debt: -entry.points })
  }
}

/**
 * What a wallet's totals do not account for: accrued − redeemed − expired − reversed − active − pending + debt. It is 0
 * for every wallet that was folded from entries; anything else means that a stored wallet was tampered with.
 *
 * @param wallet - the wallet, as folded or as stored
 * @returns a number of smallest units
 *
 * @example
 * ```ts
 * import { emptyWallet, unaccountedPoints, type WalletId } from 'treue'
 *
 * unaccountedPoints(emptyWallet('points' as WalletId)) // => 0
 * ```
 */
export const unaccountedPoints = (wallet: Wallet): number =>
  wallet.accrued - wallet.redeemed - wallet.expired - wallet.reversed - wallet.active - wallet.pending + wallet.debt

/** Points that die together. */
export interface ExpiryDue {
  /** `null`: these never expire. */
  readonly at: Instant | null
  readonly points: Points
}

/**
 * When the points of a wallet die, soonest first, pending ones included; it sums to active + pending.
 *
 * @param wallet - the wallet as it is now
 *
 * @example
 * ```ts
 * import { emptyWallet, expirySchedule, type WalletId } from 'treue'
 *
 * expirySchedule(emptyWallet('points' as WalletId)) // => []
 * ```
 */
export const expirySchedule = (wallet: Wallet): ReadonlyArray<ExpiryDue> => {
  const byInstant = new Map<Instant | null, number>()
  for (const lot of wallet.lots) byInstant.set(lot.expiresAt, (byInstant.get(lot.expiresAt) ?? 0) + lot.points)
  return [...byInstant].map(([at, points]) => ({ at, points: points as Points }))
}
