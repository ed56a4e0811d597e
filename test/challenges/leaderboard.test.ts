import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type LeaderboardOrder,
  type LeaderboardRow,
  leaderboardRows,
  rankLeaderboard,
  ranksAround,
  type ScoreRecord,
  topRanks,
} from '../../src/challenges/index.ts'
import { type Instant, type Interval, MemberId, unwrap } from '../../src/foundation/index.ts'
import { idArbitrary } from '../arbitraries/foundation.ts'

const orderArbitrary: fc.Arbitrary<LeaderboardOrder> = fc.record({
  columns: fc.tuple(fc.constantFrom('highest', 'lowest'), fc.constantFrom('highest', 'lowest')),
  ties: fc.constantFrom('competition', 'dense', 'ordinal'),
})
const rowsArbitrary: fc.Arbitrary<ReadonlyArray<LeaderboardRow>> = fc
  .uniqueArray(fc.tuple(idArbitrary(MemberId), fc.integer({ min: -1, max: 2 }), fc.constantFrom(0, -0, 1)), {
    maxLength: 12,
    selector: ([id]) => id,
  })
  .map((rows) => rows.map(([member, ...scores]) => ({ member, scores })))

const isBetter = ({ columns }: LeaderboardOrder, a: LeaderboardRow, b: LeaderboardRow): boolean => {
  const signs = columns.map((order) => (order === 'highest' ? 1 : -1))
  const differences = signs.map((sign, index) => sign * ((a.scores[index] ?? 0) - (b.scores[index] ?? 0)))
  return (differences.find((difference) => difference !== 0) ?? 0) > 0
}

/** The slow model: a rank is one more than the number of those who are better. */
const rankModel = (order: LeaderboardOrder, rows: ReadonlyArray<LeaderboardRow>, row: LeaderboardRow): number => {
  const better = rows.filter((one) => isBetter(order, one, row))
  if (order.ties === 'competition') return 1 + better.length
  if (order.ties === 'dense')
    return 1 + new Set(better.map(({ scores }) => scores.map((score) => score + 0).join())).size
  const equal = rows.filter((one) => !isBetter(order, one, row) && !isBetter(order, row, one))
  return 1 + better.length + equal.filter(({ member }) => member < row.member).length
}

test('ranks are those of the slow model, in any order of the rows', () => {
  fc.assert(
    fc.property(orderArbitrary, rowsArbitrary, (order, rows) => {
      const board = unwrap(rankLeaderboard(order, rows))
      expect(unwrap(rankLeaderboard(order, [...rows].reverse()))).toEqual(board)
      expect(board).toHaveLength(rows.length)
      for (const row of board) expect(row.rank).toBe(rankModel(order, rows, row))
      expect(board.map(({ rank }) => rank)).toEqual(board.map(({ rank }) => rank).sort((a, b) => a - b))
    }),
  )
})

test('the top has all who share its last rank, and a neighbourhood is cut at the ends', () => {
  fc.assert(
    fc.property(orderArbitrary, rowsArbitrary, fc.nat({ max: 5 }), fc.nat({ max: 3 }), (order, rows, rank, around) => {
      const board = unwrap(rankLeaderboard(order, rows))
      expect(topRanks(board, rank)).toEqual(board.filter((row) => row.rank <= rank))
      board.forEach(({ member }, index) => {
        const near = board.filter((_, place) => Math.abs(place - index) <= around)
        expect(ranksAround(board, member, around)).toEqual(near)
      })
      expect(ranksAround(board, ' nobody ' as MemberId, around)).toEqual([])
    }),
  )
})

test('every fault of the rows is reported', () => {
  const rows = [
    { member: 'a', scores: [1] },
    { member: 'a', scores: [Number.NaN] },
    { member: 'b', scores: [] },
  ] as unknown as ReadonlyArray<LeaderboardRow>
  expect(rankLeaderboard({ columns: ['highest'], ties: 'dense' }, rows)).toMatchObject({
    left: [{ path: ['rows', 1, 'member'] }, { path: ['rows', 1, 'scores'] }, { path: ['rows', 2, 'scores'] }],
  })
})

const recordsArbitrary: fc.Arbitrary<ReadonlyArray<ScoreRecord>> = fc.array(
  fc.record({
    member: fc.constantFrom('anna', '__proto__', 'ben').map((id) => id as MemberId),
    at: fc.integer({ min: 0, max: 30 }).map((at) => at as Instant),
    amount: fc.integer({ min: -5, max: 9 }),
  }),
)
const window: Interval = { from: 5 as Instant, until: 25 as Instant }

test('rows of a window are sums and last times, in any order of the records', () => {
  fc.assert(
    fc.property(recordsArbitrary, (records) => {
      const rows = unwrap(leaderboardRows(records, window))
      expect(unwrap(leaderboardRows([...records].reverse(), window))).toEqual(rows)
      const inside = records.filter(({ at }) => at >= 5 && at < 25)
      expect(rows.map(({ member }) => member)).toEqual([...new Set(inside.map(({ member }) => member))].sort())
      for (const { member, scores } of rows) {
        const own = inside.filter((record) => record.member === member)
        expect(scores).toEqual([own.reduce((sum, { amount }) => sum + amount, 0), Math.max(...own.map(({ at }) => at))])
      }
    }),
  )
})

test('sums stay exact', () => {
  const record = (amount: number) => ({ member: 'a' as MemberId, at: 10 as Instant, amount })
  const most = record(Number.MAX_SAFE_INTEGER)
  expect(leaderboardRows([most, record(-1), record(0.5)], window)).toMatchObject({
    left: [{ path: ['records', 2, 'amount'] }],
  })
  expect(leaderboardRows([record(-1), most, record(1)], window)).toMatchObject({
    left: [{ path: ['records', 2, 'amount'] }],
  })
})
