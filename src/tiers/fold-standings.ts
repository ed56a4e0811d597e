/* eslint-disable no-param-reassign -- writes into columns that were made for it */
// The batch path: where many members stand at one instant or several, from columns of all their rows. It fills columns that
// it made itself.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type Instant, invalidValue, type Zone } from '../foundation/index.ts'
import { groupByMember, type RowsByMember } from '../ledger/index.ts'
import { checkAsOf, checkQualifyingColumns } from './check-qualifying-columns.ts'
import { dayTable } from './day-table.ts'
import { isForKernel, kernelLadder } from './kernel-ladder.ts'
import { foldUntil, writeSeat } from './kernel-rows.ts'
import { type Kernel, newKernel, seatMember } from './kernel-seat.ts'
import type { Ladder } from './ladder.ts'
import type { QualifyingColumns, QualifyingColumnsFault, StandingColumns } from './qualifying-columns.ts'
import { replayMember, writeStanding } from './replay-standing.ts'
import type { Standing } from './standing.ts'

/** What is asked of members' standings. */
export interface StandingsFoldOptions {
  /** The instants at which standings are wanted, such as the ends of twelve months; time does not go backwards. */
  readonly asOf: ReadonlyArray<Instant>
  /** Whether what counts is listed; without it, it is not. */
  readonly counts?: boolean
}

/** Where members stand, at each instant that was asked for. */
export type StandingsFold = ReadonlyArray<StandingColumns>

const isNonEmpty = <A>(values: ReadonlyArray<A>): values is ReadonlyNonEmptyArray<A> => values.length > 0

const newStandings = (ladder: Ladder, members: number, asOf: Instant, hasCounts: boolean): StandingColumns => ({
  asOf,
  rank: new Int32Array(members),
  since: new Float64Array(members),
  validUntil: new Float64Array(members),
  counts: hasCounts ? ladder.metrics.map(() => new Float64Array(members)) : null,
  membersByRank: new Int32Array(ladder.tiers.length),
})

const sumOfSizes = (counts: Float64Array): number => {
  let sum = 0
  for (let row = 0; row < counts.length; row += 1) sum += Math.abs(counts[row] as number)
  return sum
}

const hasReturns = (counts: Float64Array): boolean => {
  for (let row = 0; row < counts.length; row += 1) if ((counts[row] as number) < 0) return true
  return false
}

const isRowApart = (undoes: boolean, isOfMonths: boolean, count: number, lag: number, tenure: number): boolean =>
  count < 0 ? undoes || isOfMonths || lag < 0 || tenure < 0 : lag !== 0

/**
 * The members whose rows the kernel cannot do, 1 each: on a ladder that takes upgrades back, those who return anything;
 * those who return an active month, and those with something that came in at another time than it counts for.
 */
const membersApart = (ladder: Ladder, columns: QualifyingColumns): Uint8Array => {
  const { joinedAt, member, at, metric, count, countedAt } = columns
  const apart = new Uint8Array(joinedAt.length)
  if (countedAt === undefined && !hasReturns(count)) return apart
  const undoes = (ladder.policy?.returns ?? 'untilExpiry') !== 'untilExpiry'
  const ofMonths = ladder.metrics.map(({ of }) => of === 'activeMonths')
  for (let row = 0; row < member.length; row += 1) {
    const index = member[row] as number
    const now = at[row] as number
    const then = countedAt?.[row] ?? now
    const isOfMonths = ofMonths[metric[row] as number] ?? false
    if (isRowApart(undoes, isOfMonths, count[row] as number, now - then, then - (joinedAt[index] as number))) {
      apart[index] = 1
    }
  }
  return apart
}

interface Folding {
  readonly ladder: Ladder
  readonly zone: Zone
  readonly columns: QualifyingColumns
  readonly rows: RowsByMember
  readonly standings: StandingsFold
}

const countMember = ({ rank, membersByRank }: StandingColumns, member: number): void => {
  const on = rank[member] as number
  if (on >= 0) membersByRank[on] = (membersByRank[on] as number) + 1
}

const foldInSeat = (folding: Folding, kernel: Kernel, member: number): void => {
  const { columns, rows, standings } = folding
  const joinedAt = columns.joinedAt[member] as number
  seatMember(kernel, joinedAt, rows.starts[member] as number, rows.starts[member + 1] as number)
  for (let place = 0; place < standings.length; place += 1) {
    const standing = standings[place] as StandingColumns
    if (joinedAt > standing.asOf) standing.rank[member] = -1
    else {
      foldUntil(kernel, columns, rows.order, standing)
      writeSeat(kernel, standing, member)
      countMember(standing, member)
    }
  }
}

const foldOneByOne = (folding: Folding, member: number): void => {
  const { ladder, zone, columns, rows, standings } = folding
  const asOf = standings.map((one) => one.asOf)
  replayMember(ladder, zone, columns, rowsOf(rows, member), member, asOf, (standing, place) => {
    const into = standings[place]
    if (into === undefined) return
    if (standing === null) into.rank[member] = -1
    else {
      writeStanding(ladder, zone, standing, into, member)
      countMember(into, member)
    }
  })
}

const rowsOf = ({ starts, order }: RowsByMember, member: number): Int32Array => {
  const from = starts[member] as number
  const end = starts[member + 1] as number
  if (order !== null) return order.subarray(from, end)
  return Int32Array.from({ length: end - from }, (_, index) => from + index)
}

const earliest = (joinedAt: Float64Array, last: Instant): Instant => {
  let first: number = last
  for (let member = 0; member < joinedAt.length; member += 1) {
    const at = joinedAt[member] as number
    if (at < first) first = at
  }
  return first as Instant
}

/** The kernel for what is asked, where it can do the ladder. */
const kernelFor = ({ ladder, zone, columns, rows, standings }: Folding): Kernel | null => {
  const last = standings[standings.length - 1]?.asOf
  if (last === undefined || !isForKernel(ladder) || sumOfSizes(columns.count) > Number.MAX_SAFE_INTEGER) return null
  const days = dayTable(zone, earliest(columns.joinedAt, last), last)
  return days === null ? null : newKernel(kernelLadder(ladder, days), rows.largest)
}

/**
 * Where many members stand on a ladder at each of some instants, from columns of what they did. It is what
 * `countQualifying` and `advanceStanding` give one by one, with every policy: what is due before a row is assessed before
 * it, and what came in at one instant is counted together.
 *
 * Most are done in numbers, without an object for a row. The others take the time of the single path: ladders with tenure,
 * suspensions, deduction, rollover, or periods from the entry of a tier; with a window of days, those that count active
 * months of it, or raise later while a tier is held only as long as it is kept; members who return something where that
 * takes upgrades back, who return an active month, or of whom something came in at another time than it counts for.
 *
 * Faults, each at its column and row: `InvalidValue` for columns of other lengths and for an entry of the wrong form, also
 * for instants that are asked for in falling order; `RowOutOfOrder` where time goes backwards within a member;
 * `RowBeforeJoining` for a row before its member joined.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param columns - what all members did, counts in each metric's unit; the arrays are read as they are, without a copy
 * @param options - the instants in epoch milliseconds, and whether to list what counts
 *
 * @example
 * ```ts
 * import { decode, foldStandings, Ladder, parseInstant, unwrap, utc } from 'treue'
 *
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'points', of: 'points', wallet: 'points' }],
 *   period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
 *   validity: { type: 'endOfNextPeriod' },
 *   tiers: [{ id: 'basic' }, { id: 'gold', reach: { type: 'count', metric: 'points', atLeast: 1000 } }],
 * }))
 * const at = (text: string) => unwrap(parseInstant(text))
 * const columns = {
 *   joinedAt: Float64Array.of(at('2026-01-05T00:00:00Z'), at('2026-03-01T00:00:00Z')),
 *   member: Int32Array.of(0, 1, 0),
 *   at: Float64Array.of(at('2026-02-01T00:00:00Z'), at('2026-03-02T00:00:00Z'), at('2026-04-01T00:00:00Z')),
 *   metric: Uint8Array.of(0, 0, 0),
 *   count: Float64Array.of(600, 900, 400),
 * }
 * const asOf = [at('2026-02-28T23:59:59Z'), at('2026-04-30T23:59:59Z')]
 * const standings = unwrap(foldStandings(ladder, utc, columns, { asOf }))
 * standings.map(({ rank }) => Array.from(rank)) // => [[0, -1], [1, 0]]
 * standings.map(({ membersByRank }) => Array.from(membersByRank)) // => [[1, 0], [1, 1]]
 *
 * const early = foldStandings(ladder, utc, { ...columns, count: Float64Array.of(600, 0.5, 400) }, { asOf })
 * early._tag === 'Left' && early.left.map(({ _tag, path }) => [_tag, path]) // => [['InvalidValue', ['count', 1]]]
 * ```
 */
export const foldStandings = (
  ladder: Ladder,
  zone: Zone,
  columns: QualifyingColumns,
  options: StandingsFoldOptions,
): Either<ReadonlyNonEmptyArray<QualifyingColumnsFault>, StandingsFold> => {
  const faults = [...checkAsOf(options.asOf), ...checkQualifyingColumns(columns, ladder.metrics.length)]
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const members = columns.joinedAt.length
  const standings = options.asOf.map((asOf) => newStandings(ladder, members, asOf, options.counts === true))
  const folding = { ladder, zone, columns, rows: groupByMember(columns.member, members), standings }
  const apart = membersApart(ladder, columns)
  const kernel = kernelFor(folding)
  for (let member = 0; member < members; member += 1) {
    if (kernel === null || apart[member] === 1) foldOneByOne(folding, member)
    else foldInSeat(folding, kernel, member)
  }
  return { _tag: 'Right', right: standings }
}

/**
 * The standing of one of many members at an instant, with everything that a standing has: for a look at what
 * {@link foldStandings} gives in columns.
 *
 * Faults are those of {@link foldStandings}; `InvalidValue` also for an index that is no member's, and for an instant before
 * the member joined.
 *
 * @param ladder - a ladder without faults
 * @param zone - the zone of the program's calendar
 * @param columns - what all members did
 * @param of - the member's index, and the instant in epoch milliseconds
 *
 * @example
 * ```ts
 * import { decode, Ladder, parseInstant, standingOfMember, unwrap, utc } from 'treue'
 *
 * const ladder = unwrap(decode(Ladder, {
 *   id: 'status',
 *   metrics: [{ id: 'orders', of: 'orders' }],
 *   period: { type: 'lifetime' },
 *   validity: { type: 'forEver' },
 *   tiers: [{ id: 'basic' }, { id: 'gold', reach: { type: 'count', metric: 'orders', atLeast: 2 } }],
 * }))
 * const at = (text: string) => unwrap(parseInstant(text))
 * const columns = {
 *   joinedAt: Float64Array.of(at('2026-01-05T00:00:00Z')),
 *   member: Int32Array.of(0, 0),
 *   at: Float64Array.of(at('2026-02-01T00:00:00Z'), at('2026-03-02T00:00:00Z')),
 *   metric: Uint8Array.of(0, 0),
 *   count: Float64Array.of(1, 1),
 * }
 * const asOf = at('2026-04-30T23:59:59Z')
 * unwrap(standingOfMember(ladder, utc, columns, { member: 0, asOf })).tier // => 'gold'
 * ```
 */
export const standingOfMember = (
  ladder: Ladder,
  zone: Zone,
  columns: QualifyingColumns,
  { member, asOf }: { readonly member: number; readonly asOf: Instant },
): Either<ReadonlyNonEmptyArray<QualifyingColumnsFault>, Standing> => {
  const faults = [...checkAsOf([asOf]), ...checkQualifyingColumns(columns, ladder.metrics.length)]
  const joinedAt = columns.joinedAt[member]
  if (joinedAt === undefined) {
    faults.push(invalidValue(['member'], member, `a member's index below ${columns.joinedAt.length}`))
  } else if (joinedAt > asOf) {
    faults.push(invalidValue(['asOf'], asOf, `at least ${joinedAt}, when the member joined`))
  }
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const rows: Array<number> = []
  for (let row = 0; row < columns.member.length; row += 1) if (columns.member[row] === member) rows.push(row)
  const found: Array<Standing> = []
  replayMember(ladder, zone, columns, rows, member, [asOf], (standing) => {
    if (standing !== null) found.push(standing)
  })
  return { _tag: 'Right', right: found[0] as Standing }
}
