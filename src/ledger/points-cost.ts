// What the points that are still in members' wallets are expected to cost, by cohort and funder.
import * as E from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  addMoney,
  type CurrencyMismatch,
  exactProduct,
  type FunderId,
  type InvalidValue,
  invalidValue,
  type Money,
  moneyFromMinor,
  type OutOfRange,
  type Points,
  type RoundingMode,
  roundRatio,
  underPath,
  type ZeroDenominator,
} from '../foundation/index.ts'
import type { EstimateBelowRedeemed } from './breakage.ts'
import { type PointsPrice, pointsFaults, pointsPriceFaults } from './points-price.ts'
import { type RedemptionIntervalOptions, redemptionInterval } from './redemption-interval.ts'

/** A cohort of points, and how many of it are expected to be redeemed ever. */
export interface CohortExpectation {
  /** The key of the period in which they were issued. */
  readonly cohort: string
  readonly issued: Points
  /** Redeemed by now. */
  readonly redeemed: Points
  /** Gone without being redeemed: expired, melted away or taken back. */
  readonly forfeited: Points
  /** Expected to be redeemed ever, with those that are already: see {@link wholeRedemptions}. */
  readonly expectedRedemptions: Points
  /** Of that expectation, for an interval; `null`: there is none. */
  readonly standardError: number | null
}

/** Points of a cohort that are in wallets, by who pays when they are redeemed. */
export interface OutstandingPoints {
  readonly cohort: string
  /** Who pays; `null`: the program itself. */
  readonly funder: FunderId | null
  readonly points: Points
  /** What they cost when they are redeemed. */
  readonly cost: PointsPrice
}

/** How the cost is computed. */
export interface PointsCostOptions {
  /** How each cost is rounded to the minor unit. */
  readonly rounding: RoundingMode
  /** What intervals are given; none when absent. */
  readonly interval?: RedemptionIntervalOptions
}

/** Between what bounds a cost lies: the lower one rounded down, the upper one rounded up. */
export interface CostInterval {
  readonly lower: Money
  readonly upper: Money
}

/** What outstanding points are expected to cost. */
export interface PointsCost {
  readonly cohort: string
  readonly funder: FunderId | null
  readonly points: Points
  /** The share of what is left of the cohort that is expected to be redeemed; 0 where nothing is left. */
  readonly redemptionRate: number
  /** Whether more is expected to be redeemed than is left, and was cut to that. */
  readonly capped: boolean
  readonly cost: Money
  /** `null` where none was asked for, or the cohort has no standard error. */
  readonly interval: CostInterval | null
}

/** What a funder's outstanding points are expected to cost. */
export interface FunderCost {
  readonly funder: FunderId | null
  readonly cost: Money
}

/** Expected costs: rows sum to those of the funders, and these to the total. */
export interface PointsCosts {
  readonly rows: ReadonlyArray<PointsCost>
  /** In the order in which the rows have them first. */
  readonly funders: ReadonlyArray<FunderCost>
  readonly total: Money
}

/** Why there is no expected cost. */
export type PointsCostFault = InvalidValue | OutOfRange | ZeroDenominator | CurrencyMismatch | EstimateBelowRedeemed

const belowRedeemed = (index: number, { redeemed, expectedRedemptions }: CohortExpectation): EstimateBelowRedeemed => ({
  _tag: 'EstimateBelowRedeemed',
  path: ['cohorts', index, 'expectedRedemptions'],
  expected: 'an estimate of at least what is redeemed already',
  redeemed,
  expectedRedemptions,
})

/** What of a cohort can still be redeemed. */
const leftOf = ({ issued, redeemed, forfeited }: CohortExpectation): number => issued - redeemed - forfeited

const cohortFaults = (cohort: CohortExpectation, index: number): ReadonlyArray<PointsCostFault> => {
  const { issued, redeemed, forfeited, expectedRedemptions, standardError } = cohort
  const at = (name: string): ReadonlyArray<string | number> => ['cohorts', index, name]
  const faults = [
    ...(standardError === null || (Number.isFinite(standardError) && standardError >= 0)
      ? []
      : [invalidValue(at('standardError'), standardError, 'a finite number of at least 0')]),
    ...pointsFaults(at('issued'), issued),
    ...pointsFaults(at('redeemed'), redeemed),
    ...pointsFaults(at('forfeited'), forfeited),
    ...pointsFaults(at('expectedRedemptions'), expectedRedemptions),
  ]
  if (faults.length > 0) return faults
  if (expectedRedemptions < redeemed) return [belowRedeemed(index, cohort)]
  if (leftOf(cohort) < 0) {
    return [invalidValue(at('forfeited'), forfeited, `no more than is not redeemed of the ${issued} points issued`)]
  }
  return expectedRedemptions <= issued
    ? []
    : [invalidValue(at('expectedRedemptions'), expectedRedemptions, `at most the ${issued} points issued`)]
}

type Cohorts = ReadonlyMap<string, CohortExpectation>

const rowFaults = (
  row: OutstandingPoints,
  index: number,
  cohorts: Cohorts,
  currency: Money['currency'],
): ReadonlyArray<PointsCostFault> => {
  const path = ['outstanding', index]
  return [
    ...(cohorts.has(row.cohort)
      ? []
      : [invalidValue([...path, 'cohort'], row.cohort, 'the key of one of the cohorts')]),
    ...pointsFaults([...path, 'points'], row.points),
    ...pointsPriceFaults([...path, 'cost'], row.cost),
    ...(row.cost.price.currency === currency
      ? []
      : [
          {
            _tag: 'CurrencyMismatch' as const,
            path: [...path, 'cost'],
            expected: 'costs in one currency',
            left: currency,
            right: row.cost.price.currency,
          },
        ]),
  ]
}

/** More points of a cohort can't be outstanding than are left of it. */
const tooMany = (outstanding: ReadonlyArray<OutstandingPoints>, cohorts: Cohorts): ReadonlyArray<InvalidValue> => {
  const left = new Map(Array.from(cohorts, ([key, cohort]) => [key, leftOf(cohort)]))
  return outstanding.flatMap(({ cohort, points }, index) => {
    const rest = (left.get(cohort) ?? 0) - points
    left.set(cohort, rest)
    return rest >= 0
      ? []
      : [invalidValue(['outstanding', index, 'points'], points, 'no more points of a cohort than are left of it')]
  })
}

const inputFaults = (
  outstanding: ReadonlyArray<OutstandingPoints>,
  cohorts: ReadonlyArray<CohortExpectation>,
  byKey: Cohorts,
  { interval = {} }: PointsCostOptions,
): ReadonlyArray<PointsCostFault> => {
  const currency = outstanding[0]?.cost.price.currency
  if (currency === undefined) return [invalidValue(['outstanding'], outstanding, 'at least one row')]
  const asked = redemptionInterval(0, 0, interval)
  const faults = [
    ...(asked._tag === 'Left' ? underPath(['interval'], asked.left) : []),
    ...(byKey.size === cohorts.length ? [] : [invalidValue(['cohorts'], cohorts, 'one expectation for each cohort')]),
    ...cohorts.flatMap(cohortFaults),
    ...outstanding.flatMap((row, index) => rowFaults(row, index, byKey, currency)),
  ]
  return faults.length > 0 ? faults : tooMany(outstanding, byKey)
}

/** What the points cost where so many of those that are left of the cohort are redeemed. */
const costOf = (
  { points, cost }: OutstandingPoints,
  further: number,
  left: number,
  mode: RoundingMode,
): E.Either<ZeroDenominator | OutOfRange, Money> => {
  if (points === 0) return moneyFromMinor(0, cost.price.currency)
  const minor = roundRatio(
    exactProduct(exactProduct(points, further), cost.price.minor),
    exactProduct(left, cost.points),
    mode,
  )
  return minor._tag === 'Left' ? minor : moneyFromMinor(minor.right, cost.price.currency)
}

const intervalOf = (
  row: OutstandingPoints,
  cohort: CohortExpectation,
  options: RedemptionIntervalOptions | undefined,
): E.Either<PointsCostFault, CostInterval | null> => {
  const { redeemed, expectedRedemptions, standardError } = cohort
  if (options === undefined || standardError === null) return E.right(null)
  const bounds = redemptionInterval(expectedRedemptions - redeemed, standardError, options)
  if (bounds._tag === 'Left') return E.left(bounds.left[0])
  const left = leftOf(cohort)
  const lower = costOf(row, Math.floor(Math.min(bounds.right.lower, left)), left, 'floor')
  const upper = costOf(row, Math.ceil(Math.min(bounds.right.upper, left)), left, 'ceil')
  if (lower._tag === 'Left') return lower
  return upper._tag === 'Left' ? upper : E.right({ lower: lower.right, upper: upper.right })
}

const rowOf = (
  row: OutstandingPoints,
  cohort: CohortExpectation,
  { rounding, interval }: PointsCostOptions,
): E.Either<PointsCostFault, PointsCost> => {
  const { funder, points } = row
  const left = leftOf(cohort)
  const expected = cohort.expectedRedemptions - cohort.redeemed
  const further = Math.min(expected, left)
  const cost = costOf(row, further, left, rounding)
  if (cost._tag === 'Left') return cost
  const redemptionRate = left === 0 ? 0 : further / left
  return E.map((bounds: CostInterval | null) => ({
    cohort: cohort.cohort,
    funder,
    points,
    redemptionRate,
    capped: expected > left,
    cost: cost.right,
    interval: bounds,
  }))(intervalOf(row, cohort, interval))
}

const sumsOf = (
  rows: ReadonlyArray<PointsCost>,
  zero: Money,
): E.Either<ReadonlyNonEmptyArray<PointsCostFault>, PointsCosts> => {
  const funders = new Map<FunderId | null, Money>()
  let total = zero
  for (const { funder, cost } of rows) {
    const sum = addMoney(total, cost)
    if (sum._tag === 'Left') return E.left([{ ...sum.left, path: ['total'] }])
    total = sum.right
    // A part of a sum of amounts that aren't below 0.
    const minor = (funders.get(funder)?.minor ?? 0) + cost.minor
    funders.set(funder, { minor, currency: zero.currency })
  }
  return E.right({ rows, funders: Array.from(funders, ([funder, cost]) => ({ funder, cost })), total })
}

/**
 * What the points in members' wallets are expected to cost (S64): points × the share of what is left of their cohort that is
 * expected to be redeemed × the cost of a point. The share is exact: (expected − redeemed) ÷ (issued − redeemed − forfeited),
 * at most all. Each row is rounded once, and rows sum to the total.
 *
 * @param outstanding points by cohort and funder, at costs of one currency
 * @param cohorts the expectation of each cohort that has points outstanding
 * @param options see {@link PointsCostOptions}
 * @returns `InvalidValue` for numbers that make no sense, a cohort twice or unknown, more points outstanding than are left of
 * their cohort, and for no row; `EstimateBelowRedeemed` for a cohort with more redeemed than is expected ever;
 * `ZeroDenominator` for a cost of 0 points; `CurrencyMismatch` for costs of several currencies; `OutOfRange` where an amount
 * leaves the exact range, or the confidence is none.
 * @example
 * ```ts
 * import { expectedPointsCost, formatAmount, money, points, unwrap } from 'treue'
 *
 * const count = (n: number) => unwrap(points(n))
 * const cost = { points: count(100), price: unwrap(money('0.80', 'EUR')) }
 * const outstanding = [{ cohort: '2026', funder: null, points: count(5000), cost }]
 * const cohort = {
 *   cohort: '2026',
 *   issued: count(10_000),
 *   redeemed: count(4000),
 *   forfeited: count(1000),
 *   expectedRedemptions: count(8000),
 *   standardError: 400,
 * }
 * const { rows, total } = unwrap(expectedPointsCost(outstanding, [cohort], { rounding: 'halfEven', interval: {} }))
 * rows[0]?.redemptionRate // => 0.8
 * formatAmount(total) // => '32.00'
 * rows.map(({ interval }) => interval && [interval.lower, interval.upper].map(formatAmount))
 * // => [['26.18', '38.72']]
 * ```
 */
export const expectedPointsCost = (
  outstanding: ReadonlyArray<OutstandingPoints>,
  cohorts: ReadonlyArray<CohortExpectation>,
  options: PointsCostOptions,
): E.Either<ReadonlyNonEmptyArray<PointsCostFault>, PointsCosts> => {
  const byKey = new Map(cohorts.map((cohort) => [cohort.cohort, cohort]))
  const [wrong, ...others] = inputFaults(outstanding, cohorts, byKey, options)
  if (wrong !== undefined) return E.left([wrong, ...others])
  const rows: Array<PointsCost> = []
  const faults: Array<PointsCostFault> = []
  for (const [index, row] of outstanding.entries()) {
    const result = rowOf(row, byKey.get(row.cohort) as CohortExpectation, options)
    if (result._tag === 'Right') rows.push(result.right)
    else faults.push({ ...result.left, path: ['outstanding', index, ...result.left.path] })
  }
  const [fault, ...more] = faults
  if (fault !== undefined) return E.left([fault, ...more])
  const { currency } = (outstanding[0] as OutstandingPoints).cost.price
  return sumsOf(rows, { minor: 0, currency })
}
