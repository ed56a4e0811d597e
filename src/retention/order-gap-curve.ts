// How long it takes until the next order, with customers who haven't ordered again yet counted as still waiting.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type CivilDate,
  type Codec,
  type EmptySample,
  type InvalidValue,
  integerCodec,
  type OutOfRange,
  structCodec,
} from '../foundation/index.ts'
import { medianSurvival, type SurvivalRow, survivalTable } from '../statistics/index.ts'
import { addCounts } from './add-counts.ts'
import { type HistoryOptions, type PurchaseHistories, purchaseHistories } from './purchase-history.ts'
import type { PurchaseLog } from './purchase-log.ts'

/** Gaps between orders by their length in days from 0 on, counted. */
export interface OrderGapSummary {
  /** Gaps that an order has closed. */
  readonly closed: ReadonlyArray<number>
  /** Gaps that are open: from a customer's last order to the last known day. */
  readonly open: ReadonlyArray<number>
}

/** Which gaps count. */
export interface OrderGapOptions extends Omit<HistoryOptions, 'asOf'> {
  /** The last day that is known. */
  readonly asOf: CivilDate
  /** `'second'` when absent: from the first order to the second, one for each customer; `'all'`: from each to the next. */
  readonly gaps?: 'second' | 'all'
}

const counts: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 0 }))

/**
 * Reads an {@link OrderGapSummary}.
 *
 * @example
 * ```ts
 * import { decode, OrderGapSummary } from 'treue'
 *
 * decode(OrderGapSummary, { closed: [0, 2], open: [0, 0, 1] })._tag // => 'Right'
 * ```
 */
export const OrderGapSummary: Codec<OrderGapSummary> = /* @__PURE__ */ structCodec('OrderGapSummary', {
  closed: counts,
  open: counts,
})

/**
 * Merges gaps of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { orderGapMonoid } from 'treue'
 *
 * orderGapMonoid.concat({ closed: [0, 2], open: [1] }, { closed: [1], open: [] }) // => { closed: [1, 2], open: [1] }
 * ```
 */
export const orderGapMonoid: Monoid<OrderGapSummary> = {
  empty: { closed: [], open: [] },
  concat: (first, second) => ({
    closed: addCounts(first.closed, second.closed),
    open: addCounts(first.open, second.open),
  }),
}

interface GapTally {
  readonly closed: Array<number>
  readonly open: Array<number>
}

const addGap = (tally: Array<number>, days: number): void => {
  for (let length = tally.length; length <= days; length += 1) tally.push(0)
  tally[days] = (tally[days] as number) + 1
}

const addCustomer = (
  tally: GapTally,
  { days }: PurchaseHistories,
  from: number,
  until: number,
  options: OrderGapOptions,
): void => {
  const { asOf, gaps = 'second' } = options
  const last = gaps === 'second' ? Math.min(from + 2, until) : until
  for (let index = from + 1; index < last; index += 1) {
    addGap(tally.closed, (days[index] as number) - (days[index - 1] as number))
  }
  if (gaps === 'all' || until - from === 1) addGap(tally.open, asOf - (days[until - 1] as number))
}

/**
 * Counts the gaps between orders, open ones included.
 *
 * @param log purchases in any order, or a part that has all purchases of its customers
 * @param options see {@link OrderGapOptions}
 * @returns `InvalidValue` when `asOf` is no date.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, summariseOrderGaps, unwrap } from 'treue'
 *
 * const date = (text: string) => unwrap(parseCivilDate(text))
 * const buy = (customer: string, day: string) => ({ customer, day: date(day) })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-01'), buy('ann', '2026-01-03'), buy('bob', '2026-01-02')]))
 * unwrap(summariseOrderGaps(log, { asOf: date('2026-01-05') })) // => { closed: [0, 0, 1], open: [0, 0, 0, 1] }
 * ```
 */
export const summariseOrderGaps = (
  log: PurchaseLog,
  options: OrderGapOptions,
): Either<InvalidValue, OrderGapSummary> => {
  const histories = purchaseHistories(log, options)
  if (histories._tag === 'Left') return histories
  const { starts } = histories.right
  const tally: GapTally = { closed: [], open: [] }
  for (let customer = 0; customer + 1 < starts.length; customer += 1) {
    const [from, until] = [starts[customer] as number, starts[customer + 1] as number]
    if (until > from) addCustomer(tally, histories.right, from, until, options)
  }
  return { _tag: 'Right', right: tally }
}

/** How long it takes until the next order. */
export interface OrderGapCurve {
  /** By days: `survival` is the share who are still waiting after them. */
  readonly rows: ReadonlyArray<SurvivalRow>
  /** By when half have ordered again; `null` where more than half haven't for as long as anybody was watched. */
  readonly medianDays: number | null
}

/**
 * The share who have ordered again after so many days: the second-purchase curve, or that of all orders.
 *
 * A mean or median of closed gaps alone is too short, since long gaps are those that are still open.
 *
 * @param summary from {@link summariseOrderGaps} or merged by {@link orderGapMonoid}
 * @param confidence of the interval, 0.95 when absent
 * @returns `EmptySample` without orders, `OutOfRange` for a confidence outside (0, 1), `InvalidValue` for what is no count.
 * @example
 * ```ts
 * import { finishOrderGaps, unwrap } from 'treue'
 *
 * const { rows, medianDays } = unwrap(finishOrderGaps({ closed: [0, 0, 1], open: [0, 0, 0, 1] }))
 * rows[0]?.survival // => 0.5
 * medianDays // => 2
 * ```
 */
export const finishOrderGaps = (
  summary: OrderGapSummary,
  confidence: number = 0.95,
): Either<EmptySample | InvalidValue | OutOfRange, OrderGapCurve> => {
  const rows = survivalTable(summary.closed, summary.open, confidence)
  if (rows._tag === 'Left') return rows
  const median = medianSurvival(rows.right)
  return { _tag: 'Right', right: { rows: rows.right, medianDays: median._tag === 'Right' ? median.right : null } }
}
