/** What happened to a member's points in a time, as an account statement shows it. */
import * as E from 'fp-ts/Either'
import {
  type Calendar,
  type Codec,
  type ExactInteger,
  exactSum,
  formatInstant,
  type Instant,
  type Interval,
  type InvalidValue,
  invalidValue,
  literalCodec,
  type OutOfRange,
  outOfRange,
  periodIntervalAt,
  type WalletId,
  type Zone,
} from '../foundation/index.ts'
import type { LedgerEntry } from './ledger-entry.ts'

/** Kinds of entries that change a balance: debt and what becomes of it counts when it arises, not when it is paid. */
export type StatementMovementType =
  | 'opened'
  | 'accrued'
  | 'adjustedIn'
  | 'transferredIn'
  | 'convertedIn'
  | 'restored'
  | 'reinstated'
  | 'debtWrittenOff'
  | 'redeemed'
  | 'expired'
  | 'decayed'
  | 'reversed'
  | 'adjustedOut'
  | 'transferredOut'
  | 'convertedOut'

/** In the order in which statements show them; what comes in is counted up, the rest down. */
const signs: ReadonlyMap<StatementMovementType, 1 | -1> = /* @__PURE__ */ new Map<StatementMovementType, 1 | -1>([
  ['opened', 1],
  ['accrued', 1],
  ['adjustedIn', 1],
  ['transferredIn', 1],
  ['convertedIn', 1],
  ['restored', 1],
  ['reinstated', 1],
  ['debtWrittenOff', 1],
  ['redeemed', -1],
  ['expired', -1],
  ['decayed', -1],
  ['reversed', -1],
  ['adjustedOut', -1],
  ['transferredOut', -1],
  ['convertedOut', -1],
])

/** Reads a {@link StatementMovementType}. */
export const StatementMovementType: Codec<StatementMovementType> = /* @__PURE__ */ literalCodec(
  .../* @__PURE__ */ signs.keys(),
)

const signOf = (type: string): 1 | -1 | undefined => (signs as ReadonlyMap<string, 1 | -1>).get(type)

/**
 * How an entry changes the balance that is owed: 1 where its points come in, −1 where they go, 0 where they only change
 * their place, as when they become active or are held.
 *
 * @param type - the type of an entry
 *
 * @example
 * ```ts
 * import { balanceSign } from 'treue'
 *
 * balanceSign('accrued') // => 1
 * balanceSign('expired') // => -1
 * balanceSign('activated') // => 0
 * ```
 */
export const balanceSign = (type: LedgerEntry['type']): 1 | -1 | 0 => signOf(type) ?? 0

/** All movements of a kind in the time of a statement. */
export interface StatementMovement {
  readonly type: StatementMovementType
  /** How many entries. */
  readonly count: number
  /** In the wallet's smallest unit, below 0 where they went. */
  readonly points: number
}

/**
 * A statement: what was there, what came and went, what is there. A balance is active, pending and held points, less debt.
 * So it adds up: opening + movements = closing.
 */
export interface LedgerStatement {
  readonly wallet: WalletId
  readonly from: Instant
  /** The first instant that is no longer in it. */
  readonly until: Instant
  readonly opening: number
  /** Only kinds that occur. */
  readonly movements: ReadonlyArray<StatementMovement>
  readonly closing: number
}

/** What counts of some entries: by kind, and together. */
interface Movements {
  readonly movements: ReadonlyArray<StatementMovement>
  readonly sum: number
}

const safe = (sum: ExactInteger): sum is number => typeof sum === 'number' && Number.isSafeInteger(sum)

const tooLarge = (type: string): OutOfRange =>
  outOfRange(['entries'], type, 'entries that sum to at most 9007199254740991 points of a kind')

const movementsOf = (entries: ReadonlyArray<LedgerEntry>): E.Either<OutOfRange, Movements> => {
  const counts = new Map<string, number>()
  const sums = new Map<string, ExactInteger>()
  for (const { type, points } of entries) {
    counts.set(type, (counts.get(type) ?? 0) + 1)
    sums.set(type, exactSum(sums.get(type) ?? 0, points))
  }
  const movements: Array<StatementMovement> = []
  let total: ExactInteger = 0
  for (const [type, sign] of signs) {
    const sum = sums.get(type)
    if (sum === undefined) continue
    if (!safe(sum)) return E.left(tooLarge(type))
    movements.push({ type, count: counts.get(type) ?? 0, points: sign * sum })
    total = exactSum(total, sign * sum)
  }
  return safe(total) ? E.right({ movements, sum: total }) : E.left(tooLarge('all'))
}

const misordered = (from: Instant, until: Instant): InvalidValue =>
  invalidValue(['until'], formatInstant(until), `an instant not before ${formatInstant(from)}`)

/** The statement of the entries that lie in an interval. */
const statementOf = (
  wallet: WalletId,
  opening: number,
  { from, until }: Interval,
  entries: ReadonlyArray<LedgerEntry>,
): E.Either<OutOfRange, LedgerStatement> => {
  const counted = movementsOf(entries)
  if (E.isLeft(counted)) return counted
  const { movements, sum } = counted.right
  const closing = opening + sum
  return Number.isSafeInteger(closing)
    ? E.right({ wallet, from, until, opening, movements, closing })
    : E.left(tooLarge('all'))
}

/** The entries of a wallet before an interval, and those in it that are before its end. */
const split = (
  entries: ReadonlyArray<LedgerEntry>,
  wallet: WalletId,
  from: Instant,
  until: Instant,
): { readonly before: ReadonlyArray<LedgerEntry>; readonly within: ReadonlyArray<LedgerEntry> } => {
  const own = entries.filter((entry) => entry.wallet === wallet && entry.at < until && signOf(entry.type) !== undefined)
  return { before: own.filter(({ at }) => at < from), within: own.filter(({ at }) => at >= from) }
}

/** Eight hundred years of months; more are a mistake, and would take long. */
const MOST_PERIODS = 10_000

const intervalsOf = (
  zone: Zone,
  calendar: Calendar,
  from: Instant,
  until: Instant,
): E.Either<OutOfRange, ReadonlyArray<Interval>> => {
  const intervals: Array<Interval> = []
  for (let start = from; start < until; ) {
    if (intervals.length === MOST_PERIODS) {
      return E.left(outOfRange(['until'], formatInstant(until), `at most ${MOST_PERIODS} periods`))
    }
    const end = Math.min(periodIntervalAt(calendar, zone, start).until, until) as Instant
    intervals.push({ from: start, until: end })
    start = end
  }
  return E.right(intervals)
}

/** Each interval with its entries; the intervals follow each other, and every entry lies in one. */
const sortedInto = (
  intervals: ReadonlyArray<Interval>,
  entries: ReadonlyArray<LedgerEntry>,
): ReadonlyArray<readonly [Interval, ReadonlyArray<LedgerEntry>]> => {
  const inOrder = [...entries].sort((a, b) => a.at - b.at)
  let next = 0
  return intervals.map((interval) => {
    const start = next
    while ((inOrder[next]?.at ?? interval.until) < interval.until) next += 1
    return [interval, inOrder.slice(start, next)]
  })
}

/**
 * The statements of a wallet for the periods of a calendar, each opening with what the one before closed with: months, for
 * a summary by month. The first and the last are cut to the time that is asked for; periods without entries are there, too.
 *
 * `InvalidValue`: `until` is before `from`. `OutOfRange`: a sum would leave the range of exact integers, or there are more
 * than 10,000 periods.
 *
 * @param entries - all entries of the wallet from its first, in any order; those of other wallets are passed over
 * @param wallet - the wallet
 * @param zone - the zone of the program's calendar
 * @param calendar - the periods
 * @param from - the first instant of the first statement
 * @param until - the first instant after the last
 *
 * @example
 * ```ts
 * import { formatInstant, ledgerStatements, parseInstant, unwrap, utc, type WalletId } from 'treue'
 *
 * const [from, until] = [unwrap(parseInstant('2026-01-15T00:00:00Z')), unwrap(parseInstant('2026-03-01T00:00:00Z'))]
 * const months = unwrap(ledgerStatements([], 'points' as WalletId, utc, { unit: 'month' }, from, until))
 * months.map((month) => formatInstant(month.until)) // => ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z']
 * ```
 */
export const ledgerStatements = (
  entries: ReadonlyArray<LedgerEntry>,
  wallet: WalletId,
  zone: Zone,
  calendar: Calendar,
  from: Instant,
  until: Instant,
): E.Either<InvalidValue | OutOfRange, ReadonlyArray<LedgerStatement>> => {
  if (until < from) return E.left(misordered(from, until))
  const { before, within } = split(entries, wallet, from, until)
  const opening = movementsOf(before)
  if (E.isLeft(opening)) return opening
  const intervals = intervalsOf(zone, calendar, from, until)
  if (E.isLeft(intervals)) return intervals
  const statements: Array<LedgerStatement> = []
  let balance = opening.right.sum
  for (const [interval, inside] of sortedInto(intervals.right, within)) {
    const statement = statementOf(wallet, balance, interval, inside)
    if (E.isLeft(statement)) return statement
    statements.push(statement.right)
    balance = statement.right.closing
  }
  return E.right(statements)
}

/**
 * What a wallet held at the start of a time, what came and went in it by kind, and what it held at the end, for a member's
 * account statement.
 *
 * `InvalidValue`: `until` is before `from`. `OutOfRange`: a sum would leave the range of exact integers.
 *
 * @param entries - all entries of the wallet from its first, in any order; those of other wallets are passed over
 * @param wallet - the wallet
 * @param from - the first instant that counts
 * @param until - the first instant that no longer counts
 *
 * @example
 * ```ts
 * import { type ActivityId, accrue, emptyWallet, ledgerStatement, type LotId, parseInstant, type Points } from 'treue'
 * import { unwrap, utc, type WalletId } from 'treue'
 *
 * const id = 'points' as WalletId
 * const [at, until] = [unwrap(parseInstant('2026-01-10T00:00:00Z')), unwrap(parseInstant('2026-02-01T00:00:00Z'))]
 * const grant = { lot: 'order-1' as LotId, points: 100 as Points, at, source: 'order-1' as ActivityId }
 * const entries = unwrap(accrue({ id, decimals: 0, pending: null, expiry: null }, utc, emptyWallet(id), grant))
 * const { opening, movements, closing } = unwrap(ledgerStatement(entries, id, at, until))
 * movements // => [{ type: 'accrued', count: 1, points: 100 }]
 * closing - opening // => 100
 * ```
 */
export const ledgerStatement = (
  entries: ReadonlyArray<LedgerEntry>,
  wallet: WalletId,
  from: Instant,
  until: Instant,
): E.Either<InvalidValue | OutOfRange, LedgerStatement> => {
  if (until < from) return E.left(misordered(from, until))
  const { before, within } = split(entries, wallet, from, until)
  const opening = movementsOf(before)
  if (E.isLeft(opening)) return opening
  return statementOf(wallet, opening.right.sum, { from, until }, within)
}
