/** Leaderboards: members by scores, with stated ties. */
import * as E from 'fp-ts/Either'
import {
  containsInstant,
  type Instant,
  type Interval,
  type InvalidValue,
  invalidValue,
  type MemberId,
  type OutOfRange,
  outOfRange,
} from '../foundation/index.ts'
import { compareTexts } from './record-set.ts'

/** Which scores of a column are better. */
export type ColumnOrder = 'highest' | 'lowest'

/**
 * The ranks of members who are equal in every column: the same, with a gap after them (1, 2, 2, 4); the same, without
 * (1, 2, 2, 3); or different ones, by the members' ids in UTF-16 code units (1, 2, 3, 4).
 */
export type TieRanks = 'competition' | 'dense' | 'ordinal'

/** How a leaderboard is ordered. */
export interface LeaderboardOrder {
  /** The first column decides; where members are equal in it, the next. */
  readonly columns: ReadonlyArray<ColumnOrder>
  readonly ties: TieRanks
}

/** A member's scores, one for each column. */
export interface LeaderboardRow {
  readonly member: MemberId
  readonly scores: ReadonlyArray<number>
}

/** A row with its rank, counted from 1 on. */
export interface RankedRow extends LeaderboardRow {
  readonly rank: number
}

/** The better score first. */
const compareScores =
  (columns: ReadonlyArray<ColumnOrder>) =>
  (a: LeaderboardRow, b: LeaderboardRow): number => {
    for (const [index, order] of columns.entries()) {
      const [left = 0, right = 0] = [a.scores[index], b.scores[index]]
      if (left !== right) return left < right === (order === 'lowest') ? -1 : 1
    }
    return 0
  }

const rowFaults = ({ columns }: LeaderboardOrder, rows: ReadonlyArray<LeaderboardRow>): ReadonlyArray<InvalidValue> => {
  const seen = new Set<MemberId>()
  return rows.flatMap(({ member, scores }, index) => {
    const again = seen.has(member)
    seen.add(member)
    const fits = scores.length === columns.length && scores.every((score) => Number.isFinite(score))
    const expected = `${columns.length} finite numbers, one for each column`
    return [
      ...(again ? [invalidValue(['rows', index, 'member'], member, 'a member who has no other row')] : []),
      ...(fits ? [] : [invalidValue(['rows', index, 'scores'], scores, expected)]),
    ]
  })
}

/**
 * Members in the order of their scores, with ranks. The order of the rows that are given makes no difference.
 *
 * `InvalidValue`: a member has two rows, or a row has not one finite number for each column. All of them are reported.
 *
 * @param order - which scores are better, and how ties are ranked
 * @param rows - a row for each member, in any order
 *
 * @example
 * ```ts
 * import { type LeaderboardRow, rankLeaderboard, unwrap } from 'treue'
 *
 * const rows = [['anna', 10], ['ben', 30], ['cora', 10], ['dan', 5]].map(([member, score]) => ({ member, scores: [score] }))
 * const ranks = (ties: 'competition' | 'dense' | 'ordinal') =>
 *   unwrap(rankLeaderboard({ columns: ['highest'], ties }, rows as unknown as LeaderboardRow[])).map(({ rank }) => rank)
 * ranks('competition') // => [1, 2, 2, 4]
 * ranks('dense') // => [1, 2, 2, 3]
 * ranks('ordinal') // => [1, 2, 3, 4]
 * ```
 */
export const rankLeaderboard = (
  order: LeaderboardOrder,
  rows: ReadonlyArray<LeaderboardRow>,
): E.Either<ReadonlyArray<InvalidValue>, ReadonlyArray<RankedRow>> => {
  const faults = rowFaults(order, rows)
  if (faults.length > 0) return E.left(faults)
  const compare = compareScores(order.columns)
  const sorted = [...rows].sort((a, b) => compare(a, b) || compareTexts(a.member, b.member))
  const ranked: Array<RankedRow> = []
  for (const [index, row] of sorted.entries()) {
    const { member, scores } = row
    const before = ranked[index - 1]
    const isTie = before !== undefined && order.ties !== 'ordinal' && compare(before, row) === 0
    const next = order.ties === 'dense' ? (before?.rank ?? 0) + 1 : index + 1
    ranked.push({ member, scores, rank: isTie ? before.rank : next })
  }
  return E.right(ranked)
}

/**
 * The rows with a rank up to a number: with ties, all of those who share the last one.
 *
 * @param board - ranked rows
 * @param rank - the last rank to list
 *
 * @example
 * ```ts
 * import { type RankedRow, topRanks } from 'treue'
 *
 * const board = [1, 2, 2, 4].map((rank) => ({ member: '', scores: [], rank })) as unknown as RankedRow[]
 * topRanks(board, 2).length // => 3
 * ```
 */
export const topRanks = (board: ReadonlyArray<RankedRow>, rank: number): ReadonlyArray<RankedRow> =>
  board.filter((row) => row.rank <= rank)

/**
 * A member's row with so many rows before and after it; no row where the member has none.
 *
 * @param board - ranked rows
 * @param member - the member
 * @param rows - how many to each side, 0 or more
 *
 * @example
 * ```ts
 * import { type MemberId, type RankedRow, ranksAround } from 'treue'
 *
 * const board = ['anna', 'ben', 'cora'].map((member, index) => ({ member, scores: [], rank: index + 1 }))
 * ranksAround(board as unknown as RankedRow[], 'anna' as MemberId, 1).map(({ member }) => member) // => ['anna', 'ben']
 * ```
 */
export const ranksAround = (
  board: ReadonlyArray<RankedRow>,
  member: MemberId,
  rows: number,
): ReadonlyArray<RankedRow> => {
  const place = board.findIndex((row) => row.member === member)
  return place < 0 ? [] : board.slice(Math.max(0, place - rows), place + rows + 1)
}

/** Something that gives a member a score. */
export interface ScoreRecord {
  readonly member: MemberId
  readonly at: Instant
  /** An integer; negative where something is undone. */
  readonly amount: number
}

/** What a member gained and lost, apart, so that no order of records leaves the exact range earlier than another. */
interface Sum {
  readonly gained: number
  readonly lost: number
  readonly last: Instant
}

const summed = (before: Sum | undefined, { at, amount }: ScoreRecord): Sum => ({
  gained: (before?.gained ?? 0) + Math.max(0, amount),
  lost: (before?.lost ?? 0) + Math.min(0, amount),
  last: before !== undefined && before.last > at ? before.last : at,
})

const isExact = ({ gained, lost }: Sum, amount: number): boolean =>
  Number.isSafeInteger(amount) && Number.isSafeInteger(gained) && Number.isSafeInteger(lost)

/**
 * Rows with two columns from scores in a window: each member's sum, and when the last of them was given, for those who
 * were first to be ahead: order them by `['highest', 'lowest']`. The order of the records makes no difference.
 *
 * `OutOfRange`: an amount is no exact integer, or a sum leaves the range of exact integers.
 *
 * @param records - in any order
 * @param window - those dated in it count
 *
 * @example
 * ```ts
 * import { type Interval, leaderboardRows, type ScoreRecord } from 'treue'
 *
 * const records = [3, 4].map((amount, at) => ({ member: 'anna', at, amount })) as unknown as ScoreRecord[]
 * leaderboardRows(records, { from: 0, until: 10 } as unknown as Interval)
 * // => { _tag: 'Right', right: [{ member: 'anna', scores: [7, 1] }] }
 * ```
 */
export const leaderboardRows = (
  records: ReadonlyArray<ScoreRecord>,
  window: Interval,
): E.Either<ReadonlyArray<OutOfRange>, ReadonlyArray<LeaderboardRow>> => {
  const sums = new Map<MemberId, Sum>()
  const faults: Array<OutOfRange> = []
  for (const [index, record] of records.entries()) {
    const { member, at, amount } = record
    if (!containsInstant(window, at)) continue
    const sum = summed(sums.get(member), record)
    if (isExact(sum, amount)) sums.set(member, sum)
    else faults.push(outOfRange(['records', index, 'amount'], amount, 'an integer that keeps all sums exact'))
  }
  if (faults.length > 0) return E.left(faults)
  const rows = [...sums].map(([member, { gained, lost, last }]) => ({ member, scores: [gained + lost, last] }))
  return E.right(rows.sort((a, b) => compareTexts(a.member, b.member)))
}
