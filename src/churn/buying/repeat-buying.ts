// What the buy-till-you-die models need to know of customers: distinct rows, each with how many customers share it.

import type { Either } from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type InvalidValue, invalidValue } from '../../foundation/index.ts'
import { distinctValues } from './distinct-values.ts'

/** What is known of a customer; times from their first purchase on, in any unit, the same for all. */
export interface RepeatBuyer {
  /** Purchases after the first. */
  readonly repeats: number
  /** When the last of them was; 0 when there is none. */
  readonly recency: number
  /** How long the customer has been watched. */
  readonly age: number
}

/** Customers as columns. */
export interface RepeatBuyerColumns {
  readonly repeats: ArrayLike<number>
  readonly recencies: ArrayLike<number>
  readonly ages: ArrayLike<number>
  /** How many customers each row stands for; one when absent. */
  readonly counts?: ArrayLike<number>
}

/** Distinct customers in rising order of purchases, recency and age, with how often each is found. */
export interface RepeatBuying {
  readonly repeats: Float64Array
  readonly recencies: Float64Array
  readonly ages: Float64Array
  readonly counts: Float64Array
}

const largestCount = 1e7

/** Whether a number can be a time from a first purchase on. */
export const isTime = (value: number): boolean => value >= 0 && value <= 1e15

const isRepeats = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= largestCount

/** What is wrong with a customer, each at its field. */
export const buyerFaults = ({ repeats, recency, age }: RepeatBuyer): ReadonlyArray<InvalidValue> => {
  const latest = repeats === 0 ? 0 : age
  return [
    ...(isRepeats(repeats) ? [] : [invalidValue(['repeats'], repeats, `an integer from 0 to ${largestCount}`)]),
    ...(isTime(age) ? [] : [invalidValue(['age'], age, 'a time from 0 to 1e15')]),
    ...(recency >= 0 && recency <= latest
      ? []
      : [
          invalidValue(
            ['recency'],
            recency,
            repeats === 0 ? '0, as nothing was bought again' : 'a time from 0 to the age',
          ),
        ]),
  ]
}

const lengthFaults = (columns: RepeatBuyerColumns): ReadonlyArray<InvalidValue> => {
  const { repeats, recencies, ages, counts = repeats } = columns
  return Object.entries({ recencies, ages, counts }).flatMap(([name, column]) =>
    column.length === repeats.length
      ? []
      : [invalidValue([name, 'length'], column.length, `${repeats.length}, one per row`)],
  )
}

const rowIsRight = (repeats: number, recency: number, age: number, count: number): boolean =>
  isRepeats(repeats) &&
  isTime(age) &&
  recency >= 0 &&
  recency <= (repeats === 0 ? 0 : age) &&
  count > 0 &&
  count <= 1e15

const rowFaults = (columns: RepeatBuyerColumns): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  const { repeats, recencies, ages, counts } = columns
  for (let row = 0; row < repeats.length; row += 1) {
    const buyer = { repeats: repeats[row] as number, recency: recencies[row] as number, age: ages[row] as number }
    const count = counts === undefined ? 1 : (counts[row] as number)
    if (rowIsRight(buyer.repeats, buyer.recency, buyer.age, count)) continue
    faults.push(...buyerFaults(buyer).map((fault) => ({ ...fault, path: [row, ...fault.path] })))
    if (!(count > 0 && count <= 1e15))
      faults.push(invalidValue([row, 'count'], count, 'a number above 0, at most 1e15'))
  }
  return faults
}

interface RowTally {
  readonly repeats: Float64Array
  readonly recencies: Float64Array
  readonly ages: Float64Array
  readonly counts: Float64Array
  readonly slots: Int32Array
  readonly words: Int32Array
  readonly number: Float64Array
  size: number
}

const mixed = (hash: number, word: number): number => {
  const product = Math.imul(hash ^ word, 0x9e3779b1)
  return product ^ (product >>> 15)
}

const hashOf = (tally: RowTally, repeats: number, recency: number, age: number): number => {
  const { number, words } = tally
  number[0] = recency
  let hash = mixed(mixed(repeats, words[0] as number), words[1] as number)
  number[0] = age
  hash = mixed(mixed(hash, words[0] as number), words[1] as number)
  return hash >>> 0
}

const isRow = (tally: RowTally, row: number, repeats: number, recency: number, age: number): boolean =>
  tally.repeats[row] === repeats && tally.recencies[row] === recency && tally.ages[row] === age

const tallyRow = (tally: RowTally, repeats: number, recency: number, age: number, count: number): void => {
  const mask = tally.slots.length - 1
  let slot = hashOf(tally, repeats, recency, age) & mask
  while ((tally.slots[slot] as number) > 0) {
    const row = (tally.slots[slot] as number) - 1
    if (isRow(tally, row, repeats, recency, age)) {
      ;(tally.counts[row] as number) += count
      return
    }
    slot = (slot + 1) & mask
  }
  const row = tally.size
  tally.size += 1
  tally.slots[slot] = row + 1
  tally.repeats[row] = repeats
  tally.recencies[row] = recency
  tally.ages[row] = age
  tally.counts[row] = count
}

const newTally = (length: number): RowTally => {
  const number = new Float64Array(1)
  return {
    repeats: new Float64Array(length),
    recencies: new Float64Array(length),
    ages: new Float64Array(length),
    counts: new Float64Array(length),
    slots: new Int32Array(2 ** Math.ceil(Math.log2(2 * length + 2))),
    words: new Int32Array(number.buffer),
    number,
    size: 0,
  }
}

type Columns = Pick<RowTally, 'repeats' | 'recencies' | 'ages' | 'counts'>

/** Below 0 where one row comes before another. */
const compareRows = ({ repeats, recencies, ages }: Columns, first: number, second: number): number =>
  (repeats[first] as number) - (repeats[second] as number) ||
  (recencies[first] as number) - (recencies[second] as number) ||
  (ages[first] as number) - (ages[second] as number)

/** Rows in order by one number each, which holds the ranks of all columns and the row; `undefined` where it would be too great. */
const orderByKeys = ({ repeats, recencies, ages }: Columns): Float64Array | undefined => {
  const [first, second, third] = [distinctValues(repeats), distinctValues(recencies), distinctValues(ages)]
  const [seconds, thirds] = [second.values.length, third.values.length]
  // A power of two, so that a key is divided by it without rounding.
  const width = 2 ** Math.ceil(Math.log2(repeats.length + 1))
  if (first.values.length * seconds * thirds * width > Number.MAX_SAFE_INTEGER) return undefined
  const keys = repeats.map((_, row) => {
    const times = ((first.placeOf[row] as number) * seconds + (second.placeOf[row] as number)) * thirds
    return (times + (third.placeOf[row] as number)) * width + row
  })
  return keys.sort().map((key) => key - Math.floor(key / width) * width)
}

const orderByComparing = (columns: Columns): Float64Array =>
  Float64Array.from({ length: columns.repeats.length }, (_, row) => row).sort((first, second) =>
    compareRows(columns, first, second),
  )

const inOrder = (columns: Columns): RepeatBuying => {
  const order = orderByKeys(columns) ?? orderByComparing(columns)
  const column = (values: Float64Array): Float64Array => order.map((row) => values[row] as number)
  const { repeats, recencies, ages, counts } = columns
  return { repeats: column(repeats), recencies: column(recencies), ages: column(ages), counts: column(counts) }
}

/** Rows that somebody made without {@link repeatBuying}, in its order. */
export const orderedRows = (rows: RepeatBuying): RepeatBuying => {
  for (let row = 1; row < rows.repeats.length; row += 1) {
    if (compareRows(rows, row - 1, row) > 0) return inOrder(rows)
  }
  return rows
}

const gather = (parts: ReadonlyArray<RepeatBuyerColumns>): RepeatBuying => {
  const tally = newTally(parts.reduce((sum, { repeats }) => sum + repeats.length, 0))
  for (const { repeats, recencies, ages, counts } of parts) {
    for (let row = 0; row < repeats.length; row += 1) {
      const count = counts === undefined ? 1 : (counts[row] as number)
      // −0 and 0 are one time
      tallyRow(tally, (repeats[row] as number) + 0, (recencies[row] as number) + 0, (ages[row] as number) + 0, count)
    }
  }
  const { size } = tally
  return inOrder({
    repeats: tally.repeats.subarray(0, size),
    recencies: tally.recencies.subarray(0, size),
    ages: tally.ages.subarray(0, size),
    counts: tally.counts.subarray(0, size),
  })
}

/**
 * Gathers customers to distinct rows: a million shop customers have some hundred thousand, and a fit reads them many times.
 *
 * @param columns one entry per customer in each; times from each customer's first purchase on, in any unit
 * @returns `InvalidValue` for every entry that is wrong: purchases that are no whole number, a last purchase after the age.
 * @example
 * ```ts
 * import { repeatBuying, unwrap } from 'treue'
 *
 * const rows = unwrap(repeatBuying({ repeats: [2, 0, 0], recencies: [30, 0, 0], ages: [38, 38, 38] }))
 * Array.from(rows.repeats) // => [0, 2]
 * Array.from(rows.counts) // => [2, 1]
 * repeatBuying({ repeats: [0], recencies: [3], ages: [38] })._tag // => 'Left'
 * ```
 */
export const repeatBuying = (
  columns: RepeatBuyerColumns,
): Either<ReadonlyNonEmptyArray<InvalidValue>, RepeatBuying> => {
  const lengths = lengthFaults(columns)
  const [first, ...rest] = lengths.length > 0 ? lengths : rowFaults(columns)
  return first === undefined ? { _tag: 'Right', right: gather([columns]) } : { _tag: 'Left', left: [first, ...rest] }
}

/**
 * Merges rows of disjoint sets of customers.
 *
 * @example
 * ```ts
 * import { repeatBuying, repeatBuyingMonoid, unwrap } from 'treue'
 *
 * const shard = unwrap(repeatBuying({ repeats: [2, 0], recencies: [30, 0], ages: [38, 38] }))
 * Array.from(repeatBuyingMonoid.concat(shard, shard).counts) // => [2, 2]
 * ```
 */
export const repeatBuyingMonoid: Monoid<RepeatBuying> = {
  empty: {
    repeats: /* @__PURE__ */ new Float64Array(0),
    recencies: /* @__PURE__ */ new Float64Array(0),
    ages: /* @__PURE__ */ new Float64Array(0),
    counts: /* @__PURE__ */ new Float64Array(0),
  },
  concat: (first, second) => gather([first, second]),
}
