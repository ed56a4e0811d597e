// From what was owed at the start of a period to what is owed at its end: the roll-forward of the points liability, by
// period and funder. The loops fill lists and maps that they made themselves.
import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type ExactInteger,
  exactProduct,
  exactSum,
  type FunderId,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
} from '../foundation/index.ts'
import {
  compareKeys,
  type LiabilityMovementKind,
  type LiabilitySummary,
  type LiabilityTotal,
} from './liability-movement.ts'

/** What moves the liability, each with its sign: from the opening to the closing they sum. */
export interface RollForwardMovements<A> {
  /** Balances that another system kept before. */
  readonly opened: A
  readonly accrued: A
  /** Redemptions less those that were cancelled. */
  readonly redeemed: A
  /** Points that expired or melted away, less those that were made valid again. */
  readonly expired: A
  readonly reversed: A
  /** Debt that is asked for no more. */
  readonly writtenOff: A
  /** What was given by hand less what was taken. */
  readonly adjustments: A
  /** What came from other members less what went to them. */
  readonly transfers: A
  /** What came from other wallets and partners less what went to them. */
  readonly conversions: A
}

/** A roll-forward: `opening` and all movements sum to `closing`. */
export interface RollForwardLines<A> extends RollForwardMovements<A> {
  readonly opening: A
  readonly closing: A
}

/** The roll-forward of a funder in a period. */
export interface RollForwardRow {
  readonly period: string
  /** Who pays; `null`: the program itself. */
  readonly funder: FunderId | null
  /** In the wallet's smallest unit; what is owed is net of debt, and so may be below 0. */
  readonly points: RollForwardLines<number>
}

/** The roll-forward of all funders in a period. */
export interface RollForwardTotal {
  readonly period: string
  readonly points: RollForwardLines<number>
}

/** The roll-forward of a liability. */
export interface RollForward {
  /** By period, then by funder, the program itself first; where nothing moved there is no row. */
  readonly rows: ReadonlyArray<RollForwardRow>
  /** Every period, with all funders. */
  readonly totals: ReadonlyArray<RollForwardTotal>
}

/** What was owed before the first period. */
export interface LiabilityOpening {
  readonly funder: FunderId | null
  /** Whole points; below 0 where members owe more than they have. */
  readonly points: number
}

type Line = keyof RollForwardMovements<unknown>

/** In which line a kind stands, and with which sign. */
const places: { readonly [Kind in LiabilityMovementKind]: readonly [Line, -1 | 0 | 1] } = {
  accrued: ['accrued', 1],
  opened: ['opened', 1],
  adjustedIn: ['adjustments', 1],
  transferredIn: ['transfers', 1],
  convertedIn: ['conversions', 1],
  restored: ['redeemed', 1],
  reinstated: ['expired', 1],
  debtWrittenOff: ['writtenOff', 1],
  redeemed: ['redeemed', -1],
  expired: ['expired', -1],
  decayed: ['expired', -1],
  reversed: ['reversed', -1],
  adjustedOut: ['adjustments', -1],
  transferredOut: ['transfers', -1],
  convertedOut: ['conversions', -1],
  debtSettled: ['reversed', 0],
}

/** The movements in the order in which a statement has them. */
export const movementLines: ReadonlyArray<Line> = [
  'opened',
  'accrued',
  'redeemed',
  'expired',
  'reversed',
  'writtenOff',
  'adjustments',
  'transfers',
  'conversions',
]

type Sums = Map<Line, ExactInteger>

const addLine = (tally: Sums, line: Line, points: ExactInteger): void => {
  tally.set(line, exactSum(tally.get(line) ?? 0, points))
}

/** The lines of exact sums as numbers; those that a number can't hold are told apart by the check of the caller. */
const linesOf = (opening: ExactInteger, sums: ReadonlyMap<Line, ExactInteger>): RollForwardLines<number> => {
  const of = (line: Line): number => Number(sums.get(line) ?? 0) + 0
  return {
    opening: Number(opening),
    opened: of('opened'),
    accrued: of('accrued'),
    redeemed: of('redeemed'),
    expired: of('expired'),
    reversed: of('reversed'),
    writtenOff: of('writtenOff'),
    adjustments: of('adjustments'),
    transfers: of('transfers'),
    conversions: of('conversions'),
    closing: Number(closingOf(opening, sums)),
  }
}

const closingOf = (opening: ExactInteger, sums: ReadonlyMap<Line, ExactInteger>): ExactInteger => {
  let closing = opening
  for (const points of sums.values()) closing = exactSum(closing, points)
  return closing
}

const rangeFaults = (rows: ReadonlyArray<RollForwardTotal>, list: string): ReadonlyArray<OutOfRange> =>
  rows.flatMap(({ points }, index) => {
    const wrong = Object.entries(points).find(([, value]) => !Number.isSafeInteger(value))
    return wrong === undefined
      ? []
      : [outOfRange([list, index, wrong[0]], wrong[1], 'points from -9007199254740991 to 9007199254740991')]
  })

const openingFaults = (openings: ReadonlyArray<LiabilityOpening>): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string | null>()
  return openings.flatMap(({ funder, points }, index) => {
    const again = seen.has(funder)
    seen.add(funder)
    return [
      ...(again ? [invalidValue(['openings', index, 'funder'], funder, 'one opening balance for each funder')] : []),
      ...(Number.isSafeInteger(points)
        ? []
        : [invalidValue(['openings', index, 'points'], points, 'a whole number of points')]),
    ]
  })
}

type Balances = Map<FunderId | null, ExactInteger>

/** Where the totals of the next period begin. */
const endOf = (totals: ReadonlyArray<LiabilityTotal>, from: number): number => {
  let end = from
  while (end < totals.length && totals[end]?.period === totals[from]?.period) end += 1
  return end
}

const rowsOf = (
  totals: ReadonlyArray<LiabilityTotal>,
  period: string,
  tally: Balances,
  besides: Iterable<FunderId | null>,
): ReadonlyArray<RollForwardRow> => {
  const byFunder = new Map<FunderId | null, Sums>(Array.from(besides, (funder) => [funder, new Map()]))
  for (const { funder, kind, points } of totals) {
    const [line, sign] = places[kind]
    const sums = byFunder.get(funder) ?? new Map<Line, ExactInteger>()
    addLine(sums, line, exactProduct(sign, points))
    byFunder.set(funder, sums)
  }
  const funders = Array.from(byFunder).sort(([a], [b]) => compareKeys(a, b))
  return funders.map(([funder, sums]) => {
    const opening = tally.get(funder) ?? 0
    tally.set(funder, closingOf(opening, sums))
    return { period, funder, points: linesOf(opening, sums) }
  })
}

/** The sum of a period's rows, on top of what all funders owed before. */
const totalOf = (period: string, opening: ExactInteger, rows: ReadonlyArray<RollForwardRow>): RollForwardTotal => {
  const sums: Sums = new Map()
  for (const { points } of rows) for (const line of movementLines) addLine(sums, line, BigInt(points[line]))
  return { period, points: linesOf(opening, sums) }
}

/**
 * The roll-forward of the points that are owed, by period and funder: opening + accrued − redeemed − expired − reversed
 * ± adjustments ± transfers ± conversions = closing (S64). What is owed is net of debt: the points of all open lots less
 * what members owe. The closing of a period is the opening of the next.
 *
 * @param summary of all movements of the periods, from {@link summariseLiability}
 * @param openings what was owed before the first of them; nothing when absent
 * @returns `InvalidValue` for an opening balance that isn't whole or the second of a funder; `OutOfRange` where a figure
 * leaves the exact range of numbers.
 * @example
 * ```ts
 * import { liabilityRollForward, summariseLiability, unwrap } from 'treue'
 *
 * const move = (period: string, kind: 'accrued' | 'redeemed' | 'expired', points: number) => ({
 *   period,
 *   funder: null,
 *   kind,
 *   points,
 * })
 * const movements = [move('2026-01', 'accrued', 1000), move('2026-02', 'redeemed', 300), move('2026-02', 'expired', 50)]
 * const { rows } = unwrap(liabilityRollForward(unwrap(summariseLiability(movements))))
 * rows.map(({ points }) => [points.opening, points.redeemed, points.expired, points.closing])
 * // => [[0, 0, 0, 1000], [1000, -300, -50, 650]]
 * ```
 */
export const liabilityRollForward = (
  { totals }: LiabilitySummary,
  openings: ReadonlyArray<LiabilityOpening> = [],
): E.Either<ReadonlyNonEmptyArray<InvalidValue | OutOfRange>, RollForward> => {
  const [wrong, ...others] = openingFaults(openings)
  if (wrong !== undefined) return E.left([wrong, ...others])
  const balances: Balances = new Map(openings.map(({ funder, points }) => [funder, points]))
  let owed: ExactInteger = openings.reduce((sum: ExactInteger, { points }) => exactSum(sum, points), 0)
  const rows: Array<RollForwardRow> = []
  const sums: Array<RollForwardTotal> = []
  for (let from = 0, end = 0; from < totals.length; from = end) {
    end = endOf(totals, from)
    const { period } = totals[from] as LiabilityTotal
    const ofPeriod = rowsOf(totals.slice(from, end), period, balances, from === 0 ? balances.keys() : [])
    const total = totalOf(period, owed, ofPeriod)
    owed = BigInt(total.points.closing)
    for (const row of ofPeriod) rows.push(row)
    sums.push(total)
  }
  const [fault, ...more] = [...rangeFaults(rows, 'rows'), ...rangeFaults(sums, 'totals')]
  return fault === undefined ? E.right({ rows, totals: sums }) : E.left([fault, ...more])
}
