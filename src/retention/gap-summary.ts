// The days between a customer's consecutive purchases, folded into whole numbers that merge exactly: how many gaps there
// are of each length, and how many days each number of gaps took in all. The loops fill arrays that they made themselves.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  structCodec,
} from '../foundation/index.ts'
import { type HistoryOptions, type PurchaseHistories, purchaseHistories } from './purchase-history.ts'
import type { PurchaseLog } from './purchase-log.ts'

/** Gaps between purchases, counted. Rising numbers and what belongs to each stand at one position of two lists. */
export interface GapSummary {
  /** The lengths that occur, in days, rising. */
  readonly days: ReadonlyArray<number>
  /** How many gaps have that length. */
  readonly counts: ReadonlyArray<number>
  /** The numbers of gaps that a customer has, rising. */
  readonly gaps: ReadonlyArray<number>
  /** How many customers have that number of gaps. */
  readonly customers: ReadonlyArray<number>
  /** The days from first to last purchase of those customers, added up. */
  readonly spans: ReadonlyArray<number>
}

const count: Codec<number> = /* @__PURE__ */ integerCodec({ min: 0 })
const counts: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(count)
const numbers: Codec<ReadonlyArray<number>> = /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 1 }))

const listFaults = (name: string, list: ReadonlyArray<number>, length: number): ReadonlyArray<InvalidValue> =>
  list.length === length ? [] : [invalidValue([name], list, `${length} entries`)]

const risingFaults = (name: string, list: ReadonlyArray<number>): ReadonlyArray<InvalidValue> =>
  list.flatMap((value, at) => {
    const previous = list[at - 1] ?? -1
    return value > previous ? [] : [invalidValue([name, at], value, `more than ${previous}`)]
  })

/**
 * Reads a {@link GapSummary}.
 *
 * @example
 * ```ts
 * import { decode, GapSummary } from 'treue'
 *
 * decode(GapSummary, { days: [7, 30], counts: [2, 1], gaps: [1, 2], customers: [1, 1], spans: [30, 14] })._tag // => 'Right'
 * ```
 */
export const GapSummary: Codec<GapSummary> = /* @__PURE__ */ constrainCodec(
  /* @__PURE__ */ structCodec('GapSummary', {
    days: counts,
    counts: numbers,
    gaps: numbers,
    customers: numbers,
    spans: counts,
  }),
  (summary: GapSummary) => [
    ...risingFaults('days', summary.days),
    ...listFaults('counts', summary.counts, summary.days.length),
    ...risingFaults('gaps', summary.gaps),
    ...listFaults('customers', summary.customers, summary.gaps.length),
    ...listFaults('spans', summary.spans, summary.gaps.length),
  ],
)

interface Tally {
  readonly lengths: Float64Array
  readonly customers: Float64Array
  readonly spans: Float64Array
}

/** The largest gap and the largest number of gaps of a customer. */
const extremes = ({ starts, days }: PurchaseHistories): { readonly gap: number; readonly gaps: number } => {
  let gap = 0
  let gaps = 0
  for (let customer = 0; customer + 1 < starts.length; customer += 1) {
    const from = starts[customer] as number
    const last = (starts[customer + 1] as number) - 1
    if (last - from > gaps) gaps = last - from
    for (let index = from + 1; index <= last; index += 1) {
      gap = Math.max(gap, (days[index] as number) - (days[index - 1] as number))
    }
  }
  return { gap, gaps }
}

const tallyCustomer = (tally: Tally, days: Int32Array, from: number, last: number): void => {
  for (let index = from + 1; index <= last; index += 1) {
    ;(tally.lengths[(days[index] as number) - (days[index - 1] as number)] as number) += 1
  }
  ;(tally.customers[last - from] as number) += 1
  ;(tally.spans[last - from] as number) += (days[last] as number) - (days[from] as number)
}

const positions = (tallies: Float64Array): ReadonlyArray<number> => {
  const found: Array<number> = []
  tallies.forEach((tally, position) => {
    if (tally > 0) found.push(position)
  })
  return found
}

/**
 * Counts the gaps between each customer's consecutive purchases.
 *
 * @param log purchases in any order, or a part that has all purchases of its customers
 * @param options see {@link HistoryOptions}
 * @returns `InvalidValue` when `asOf` is no date.
 * @example
 * ```ts
 * import { encodePurchases, parseCivilDate, summariseGaps, unwrap } from 'treue'
 *
 * const buy = (customer: string, date: string) => ({ customer, day: unwrap(parseCivilDate(date)) })
 * const log = unwrap(encodePurchases([buy('ann', '2026-01-01'), buy('ann', '2026-01-08'), buy('ann', '2026-02-07')]))
 * unwrap(summariseGaps(log)) // => { days: [7, 30], counts: [1, 1], gaps: [2], customers: [1], spans: [37] }
 * ```
 */
export const summariseGaps = (log: PurchaseLog, options: HistoryOptions = {}): Either<InvalidValue, GapSummary> => {
  const histories = purchaseHistories(log, options)
  return histories._tag === 'Left' ? histories : { _tag: 'Right', right: gapsOf(histories.right) }
}

const gapsOf = (histories: PurchaseHistories): GapSummary => {
  const { starts, days } = histories
  const { gap, gaps } = extremes(histories)
  const tally: Tally = {
    lengths: new Float64Array(gap + 1),
    customers: new Float64Array(gaps + 1),
    spans: new Float64Array(gaps + 1),
  }
  for (let customer = 0; customer + 1 < starts.length; customer += 1) {
    const from = starts[customer] as number
    const last = (starts[customer + 1] as number) - 1
    if (last > from) tallyCustomer(tally, days, from, last)
  }
  const lengths = positions(tally.lengths)
  const numbers = positions(tally.customers)
  return {
    days: lengths,
    counts: lengths.map((length) => tally.lengths[length] as number),
    gaps: numbers,
    customers: numbers.map((number) => tally.customers[number] as number),
    spans: numbers.map((number) => tally.spans[number] as number),
  }
}

const mergeKeys = (first: ReadonlyArray<number>, second: ReadonlyArray<number>): ReadonlyArray<number> =>
  Array.from(new Set([...first, ...second])).sort((a, b) => a - b)

/** What belongs to each key in two lists, added. */
const mergeValues = (
  keys: ReadonlyArray<number>,
  ...lists: ReadonlyArray<readonly [ReadonlyArray<number>, ReadonlyArray<number>]>
): ReadonlyArray<number> => {
  const sums = new Map<number, number>()
  for (const [of, values] of lists) {
    of.forEach((key, at) => {
      sums.set(key, (sums.get(key) ?? 0) + (values[at] as number))
    })
  }
  return keys.map((key) => sums.get(key) as number)
}

/**
 * Merges gap summaries of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { gapMonoid } from 'treue'
 *
 * const ann = { days: [7], counts: [1], gaps: [1], customers: [1], spans: [7] }
 * const bob = { days: [3, 7], counts: [1, 1], gaps: [2], customers: [1], spans: [10] }
 * gapMonoid.concat(ann, bob) // => { days: [3, 7], counts: [1, 2], gaps: [1, 2], customers: [1, 1], spans: [7, 10] }
 * ```
 */
export const gapMonoid: Monoid<GapSummary> = {
  empty: { days: [], counts: [], gaps: [], customers: [], spans: [] },
  concat: (first, second) => {
    const days = mergeKeys(first.days, second.days)
    const gaps = mergeKeys(first.gaps, second.gaps)
    return {
      days,
      counts: mergeValues(days, [first.days, first.counts], [second.days, second.counts]),
      gaps,
      customers: mergeValues(gaps, [first.gaps, first.customers], [second.gaps, second.customers]),
      spans: mergeValues(gaps, [first.gaps, first.spans], [second.gaps, second.spans]),
    }
  },
}
