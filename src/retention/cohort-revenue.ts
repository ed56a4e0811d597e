// What cohorts bring: orders and revenue by periods since their customers' first order.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type CivilDate,
  type Codec,
  Currency,
  constrainCodec,
  type EmptySample,
  emptySample,
  type Instant,
  type InvalidValue,
  integerCodec,
  invalidValue,
  nullableCodec,
  type OutOfRange,
  outOfRange,
  structCodec,
  utc,
} from '../foundation/index.ts'
import { addCounts, addRows } from './add-counts.ts'
import type { CellStatus, CohortCount } from './cohort-average.ts'
import { startsFor, statusAt } from './cohort-finish.ts'
import { customersFirst, periodBits, periodFaults } from './cohort-marks.ts'
import { periodStarts } from './cohort-periods.ts'
import type { CohortDefinition } from './cohort-summary.ts'
import { isNonEmpty, keptMinor, type PurchaseFaults, type PurchaseLog } from './purchase-log.ts'

/** What a table of cohorts' revenue counts: customers by the period of their first order. */
export type CohortRevenueDefinition = Pick<CohortDefinition, 'periods' | 'asOf' | 'zone'>

/** Orders and revenue by cohort, counted. */
export interface CohortRevenueSummary {
  /** Of each period, how many customers ordered first in it. */
  readonly sizes: ReadonlyArray<number>
  /** Of each cohort, their orders 0, 1, 2 … periods later, up to the last period. */
  readonly orders: ReadonlyArray<ReadonlyArray<number>>
  /** The amounts of those, refunds taken off, in minor units. */
  readonly minor: ReadonlyArray<ReadonlyArray<number>>
  /** `null` where there are no amounts. */
  readonly currency: Currency | null
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })
const counts: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(count)
const matrix: Codec<ReadonlyArray<ReadonlyArray<number>>> = /* @__PURE__ */ arrayCodec(counts)

/** Each cohort has a cell for each period from its own to the last. */
const shapeFaults = (summary: CohortRevenueSummary): ReadonlyArray<InvalidValue> => {
  const periods = summary.sizes.length
  return (['orders', 'minor'] as const).flatMap((name) => {
    const rows = summary[name]
    return rows.length === periods && rows.every((row, cohort) => row.length === periods - cohort)
      ? []
      : [invalidValue([name], rows, `${periods} rows, each one shorter, from ${periods} to 1`)]
  })
}

/**
 * Reads a {@link CohortRevenueSummary}.
 *
 * @example
 * ```ts
 * import { CohortRevenueSummary, decode } from 'treue'
 *
 * decode(CohortRevenueSummary, { sizes: [1], orders: [[2]], minor: [[3000]], currency: 'EUR' })._tag // => 'Right'
 * decode(CohortRevenueSummary, { sizes: [1], orders: [[2, 1]], minor: [[3000]], currency: 'EUR' })._tag // => 'Left'
 * ```
 */
export const CohortRevenueSummary: Codec<CohortRevenueSummary, unknown> = /* @__PURE__ */ constrainCodec<
  CohortRevenueSummary,
  unknown
>(
  /* @__PURE__ */ structCodec('CohortRevenueSummary', {
    sizes: counts,
    orders: matrix,
    minor: matrix,
    currency: /* @__PURE__ */ nullableCodec(Currency),
  }),
  shapeFaults,
)

/**
 * Merges the revenue of cohorts of disjoint sets of customers, in one currency, counted by the same definition.
 *
 * @param periods how many periods the definition has
 * @example
 * ```ts
 * import { cohortRevenueMonoid } from 'treue'
 *
 * const shard = { sizes: [1], orders: [[2]], minor: [[3000]], currency: null }
 * cohortRevenueMonoid(1).concat(shard, shard).minor // => [[6000]]
 * ```
 */
export const cohortRevenueMonoid = (periods: number): Monoid<CohortRevenueSummary> => {
  const zeros = Array.from({ length: periods }, (_, cohort) => Array.from({ length: periods - cohort }, () => 0))
  return {
    empty: { sizes: Array.from({ length: periods }, () => 0), orders: zeros, minor: zeros, currency: null },
    concat: (first, second) => ({
      sizes: addCounts(first.sizes, second.sizes),
      orders: addRows(first.orders, second.orders),
      minor: addRows(first.minor, second.minor),
      currency: first.currency ?? second.currency,
    }),
  }
}

interface Cells {
  readonly orders: Float64Array
  readonly minor: Float64Array
}

/** Adds each row to the cell of its customer's cohort and its own period. */
const fillCells = (log: PurchaseLog, bits: Int32Array, first: Int32Array, periods: number): Cells => {
  const orders = new Float64Array(periods * periods)
  const minor = new Float64Array(periods * periods)
  for (let row = 0; row < bits.length; row += 1) {
    const bit = bits[row] as number
    const cohort = first[log.customer[row] as number] as number
    if (cohort < 1 || bit < cohort || bit > periods) continue
    const cell = (cohort - 1) * periods + bit - cohort
    orders[cell] = (orders[cell] as number) + 1
    minor[cell] = (minor[cell] as number) + keptMinor(log, row)
  }
  return { orders, minor }
}

/**
 * Counts orders and revenue of cohorts. A refund is taken off the period of its order; the order stays an order.
 *
 * @param log purchases in any order, or a part that has all purchases of its customers
 * @param definition see {@link CohortRevenueDefinition}
 * @returns `InvalidValue` for every part of the definition that makes no sense, `OutOfRange` for revenue that isn't exact.
 * @example
 * ```ts
 * import { encodePurchases, money, parseCivilDate, parseInstant, summariseCohortRevenue, unwrap } from 'treue'
 *
 * const buy = (customer: string, date: string, amount: string) => ({
 *   customer,
 *   day: unwrap(parseCivilDate(date)),
 *   amount: unwrap(money(amount, 'EUR')),
 * })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-05', '10'), buy('bob', '2026-01-20', '5'), buy('ann', '2026-02-03', '7')]))
 * const summary = summariseCohortRevenue(log, {
 *   periods: { unit: 'month', from: unwrap(parseCivilDate('2026-01-01')), count: 2 },
 *   asOf: unwrap(parseInstant('2026-03-01T00:00:00Z')),
 * })
 * unwrap(summary).minor // => [[1500, 700], [0]]
 * ```
 */
export const summariseCohortRevenue = (
  log: PurchaseLog,
  definition: CohortRevenueDefinition,
): Either<PurchaseFaults | readonly [OutOfRange], CohortRevenueSummary> => {
  const { periods, zone = utc } = definition
  const starts = periodStarts(periods, zone)
  if (starts._tag === 'Left') return { _tag: 'Left', left: [starts.left] }
  const faults = periodFaults(definition, log)
  if (isNonEmpty(faults)) return { _tag: 'Left', left: faults }
  const { count } = periods
  const bits = periodBits(log, definition, starts.right)
  const first = customersFirst(log, bits)
  const cells = fillCells(log, bits, first, count)
  if (!cells.minor.every((sum) => Number.isSafeInteger(sum))) {
    return { _tag: 'Left', left: [outOfRange(['minor'], 'a sum', 'revenue that is exact in minor units')] }
  }
  const sizes = Array.from({ length: count }, () => 0)
  for (const bit of first) if (bit >= 1 && bit <= count) sizes[bit - 1] = (sizes[bit - 1] as number) + 1
  const rows = (all: Float64Array) =>
    sizes.map((_, cohort) => Array.from(all.subarray(cohort * count, cohort * count + count - cohort)))
  return {
    _tag: 'Right',
    right: { sizes, orders: rows(cells.orders), minor: rows(cells.minor), currency: log.currency },
  }
}

/** What a cohort brought in a period. */
export interface CohortRevenueCell {
  readonly status: CellStatus
  readonly size: number
  readonly orders: number
  /** Revenue of the period, in minor units. */
  readonly minor: number
  /** Revenue since the first order, this period included. */
  readonly cumulativeMinor: number
  /** `cumulativeMinor / size`: lifetime value so far, not rounded; `null` for an empty cohort or a period to come. */
  readonly perCustomerMinor: number | null
}

/** One cohort's revenue. */
export interface CohortRevenueRow {
  readonly startsOn: CivilDate
  readonly startsAt: Instant
  readonly size: number
  readonly cells: ReadonlyArray<CohortRevenueCell>
}

/**
 * The revenue of cohorts, by periods since the first order and summed up.
 *
 * @param summary counted, or merged, by that definition
 * @param definition see {@link CohortRevenueDefinition}
 * @returns `InvalidValue` when the periods make no sense or aren't as many as the summary has, or it lacks cells.
 * @example
 * ```ts
 * import { finishCohortRevenue, parseCivilDate, parseInstant, unwrap } from 'treue'
 *
 * const summary = { sizes: [2, 0], orders: [[2, 1], [0]], minor: [[1500, 700], [0]], currency: null }
 * const rows = finishCohortRevenue(summary, {
 *   periods: { unit: 'month', from: unwrap(parseCivilDate('2026-01-01')), count: 2 },
 *   asOf: unwrap(parseInstant('2026-03-01T00:00:00Z')),
 * })
 * unwrap(rows)[0]?.cells.map(({ perCustomerMinor }) => perCustomerMinor) // => [750, 1100]
 * ```
 */
export const finishCohortRevenue = (
  summary: CohortRevenueSummary,
  definition: CohortRevenueDefinition,
): Either<InvalidValue, ReadonlyArray<CohortRevenueRow>> => {
  const { asOf } = definition
  const starts = startsFor(definition, { sizes: summary.sizes })
  if (starts._tag === 'Left') return starts
  const [fault] = shapeFaults(summary)
  if (fault !== undefined) return { _tag: 'Left', left: fault }
  const cellsOf = (size: number, cohort: number): ReadonlyArray<CohortRevenueCell> => {
    let cumulativeMinor = 0
    const orders = summary.orders[cohort] as ReadonlyArray<number>
    return (summary.minor[cohort] as ReadonlyArray<number>).map((minor, offset) => {
      cumulativeMinor += minor
      const status = statusAt(starts.right, cohort + offset, asOf)
      const perCustomerMinor = size === 0 || status === 'notStarted' ? null : cumulativeMinor / size
      return { status, size, orders: orders[offset] as number, minor, cumulativeMinor, perCustomerMinor }
    })
  }
  const rows = summary.sizes.map((size, cohort) => ({
    startsOn: starts.right.on[cohort] as CivilDate,
    startsAt: starts.right.at[cohort] as Instant,
    size,
    cells: cellsOf(size, cohort),
  }))
  return { _tag: 'Right', right: rows }
}

/**
 * What a customer of complete cohorts has brought on average: their revenue by their customers, all taken together.
 *
 * @param cells such as those of one column of {@link finishCohortRevenue}; those that aren't complete are left out
 * @returns in the unit of the cells; `EmptySample` where no complete cell has customers.
 * @example
 * ```ts
 * import { averageCohortRevenue, unwrap } from 'treue'
 *
 * const cells = [
 *   { status: 'complete', size: 100, cumulativeMinor: 500 },
 *   { status: 'inProgress', size: 900, cumulativeMinor: 100 },
 * ] as const
 * unwrap(averageCohortRevenue(cells)) // => 5
 * ```
 */
export const averageCohortRevenue = (
  cells: ReadonlyArray<Pick<CohortCount, 'status' | 'size'> & { readonly cumulativeMinor: number }>,
): Either<EmptySample, number> => {
  const used = cells.filter(({ status }) => status === 'complete')
  const size = used.reduce((sum, cell) => sum + cell.size, 0)
  return size === 0
    ? { _tag: 'Left', left: emptySample([], 'a complete cell with customers') }
    : { _tag: 'Right', right: used.reduce((sum, cell) => sum + cell.cumulativeMinor, 0) / size }
}
