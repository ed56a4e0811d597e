// The profiles of a population as counts of each value, which merge exactly: what cuts over several shards are found from.
// The loops fill lists that they made themselves.

import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  type Codec,
  constrainCodec,
  type Dictionary,
  dictionaryCodec,
  type InvalidValue,
  integerCodec,
  invalidValue,
  structCodec,
} from '../../foundation/index.ts'
import type { NumberColumn } from './order-statistics.ts'
import type { RfmColumns } from './rfm-columns.ts'
import type { OrderedPopulation } from './score-bands.ts'

/** How often each value occurs; a value and its count stand at one position. */
export interface ValueCounts {
  /** Rising. */
  readonly values: ReadonlyArray<number>
  /** Each at least 1. */
  readonly counts: ReadonlyArray<number>
}

/** The profiles of a population, each dimension for itself. */
export interface RfmSummary {
  readonly daysSinceLast: ValueCounts
  readonly orders: ValueCounts
  /** Minor units, by currency. */
  readonly minor: Dictionary<ValueCounts>
}

const valueCountFaults = ({ values, counts }: ValueCounts): ReadonlyArray<InvalidValue> => [
  ...(counts.length === values.length ? [] : [invalidValue(['counts'], counts, `${values.length} entries`)]),
  ...values.flatMap((value, at) => {
    const previous = values[at - 1] ?? -1
    return value > previous ? [] : [invalidValue(['values', at], value, `more than ${previous}`)]
  }),
]

const valueCounts: Codec<ValueCounts> = /* @__PURE__ */ constrainCodec<ValueCounts, ValueCounts>(
  /* @__PURE__ */ structCodec('ValueCounts', {
    values: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 0 })),
    counts: /* @__PURE__ */ arrayCodec(/* @__PURE__ */ integerCodec({ min: 1 })),
  }),
  valueCountFaults,
)

/**
 * Reads an {@link RfmSummary}.
 *
 * @example
 * ```ts
 * import { decode, RfmSummary } from 'treue'
 *
 * const twice = (value: number) => ({ values: [value], counts: [2] })
 * decode(RfmSummary, { daysSinceLast: twice(30), orders: twice(1), minor: { EUR: twice(1999) } })._tag // => 'Right'
 * ```
 */
export const RfmSummary: Codec<RfmSummary> = /* @__PURE__ */ structCodec('RfmSummary', {
  daysSinceLast: valueCounts,
  orders: valueCounts,
  minor: /* @__PURE__ */ dictionaryCodec(valueCounts),
})

const countValues = (column: NumberColumn): ValueCounts => {
  const sorted = column.slice().sort()
  const values: Array<number> = []
  const counts: Array<number> = []
  for (let row = 0; row < sorted.length; row += 1) {
    const value = sorted[row] as number
    if (row === 0 || value !== sorted[row - 1]) {
      values.push(value)
      counts.push(0)
    }
    counts[counts.length - 1] = (counts[counts.length - 1] as number) + 1
  }
  return { values, counts }
}

/**
 * Counts the values of each dimension.
 *
 * @param columns from {@link rfmColumns}, or of a part of the customers
 * @example
 * ```ts
 * import { type Currency, encodeRfmRows, summariseRfm, unwrap } from 'treue'
 *
 * const rows = ['ann', 'bob'].map((customer) => ({ customer, daysSinceLast: 30, orders: 1, minor: 1999 }))
 * summariseRfm(unwrap(encodeRfmRows(rows, 'EUR' as Currency))).orders // => { values: [1], counts: [2] }
 * ```
 */
export const summariseRfm = ({ daysSinceLast, orders, minor, currency }: RfmColumns): RfmSummary => ({
  daysSinceLast: countValues(daysSinceLast),
  orders: countValues(orders),
  minor: minor.length === 0 ? {} : { [currency]: countValues(minor) },
})

/** The count of a value at a place of a list; 0 where another value stands there. */
const countAt = ({ values, counts }: ValueCounts, place: number, value: number): number =>
  values[place] === value ? (counts[place] as number) : 0

/** Two rising lists merged in one pass. */
const mergeCounts = (first: ValueCounts, second: ValueCounts): ValueCounts => {
  const values: Array<number> = []
  const counts: Array<number> = []
  let [a, b] = [0, 0]
  while (a < first.values.length || b < second.values.length) {
    const value = Math.min(first.values[a] ?? Number.POSITIVE_INFINITY, second.values[b] ?? Number.POSITIVE_INFINITY)
    const [ofFirst, ofSecond] = [countAt(first, a, value), countAt(second, b, value)]
    values.push(value)
    counts.push(ofFirst + ofSecond)
    a += Math.sign(ofFirst)
    b += Math.sign(ofSecond)
  }
  return { values, counts }
}

const noValues: ValueCounts = { values: [], counts: [] }

const mergeByCurrency = (first: Dictionary<ValueCounts>, second: Dictionary<ValueCounts>): Dictionary<ValueCounts> => {
  const merged = new Map(Object.entries(first))
  for (const [currency, counted] of Object.entries(second)) {
    merged.set(currency, mergeCounts(merged.get(currency) ?? noValues, counted))
  }
  return Object.fromEntries(merged)
}

/**
 * Merges the summaries of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { rfmMonoid } from 'treue'
 *
 * const shard = { daysSinceLast: { values: [30], counts: [1] }, orders: { values: [2], counts: [1] }, minor: {} }
 * rfmMonoid.concat(shard, shard).orders // => { values: [2], counts: [2] }
 * ```
 */
export const rfmMonoid: Monoid<RfmSummary> = {
  empty: { daysSinceLast: noValues, orders: noValues, minor: {} },
  concat: (first, second) => ({
    daysSinceLast: mergeCounts(first.daysSinceLast, second.daysSinceLast),
    orders: mergeCounts(first.orders, second.orders),
    minor: mergeByCurrency(first.minor, second.minor),
  }),
}

/** Counted values as a population in order. */
export const populationOf = ({ values, counts }: ValueCounts): OrderedPopulation => ({
  size: counts.reduce((sum, count) => sum + count, 0),
  at: (places) => {
    let index = 0
    let passed = counts[0] ?? 0
    return places.map((place) => {
      while (place >= passed) {
        index += 1
        passed += counts[index] as number
      }
      return values[index] as number
    })
  },
})
