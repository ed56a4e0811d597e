// How long customers stayed, and of whom it is known: what survival analysis begins with.

import { type InvalidValue, invalidValue } from '../../foundation/index.ts'

/** Customers' times, one entry per customer. */
export interface Lifetimes {
  /** How long each has been watched, in any unit; at least 0. */
  readonly times: ArrayLike<number>
  /** Whether they left then (`true` or 1), or were still there when last seen (`false` or 0). */
  readonly ended: ArrayLike<boolean | number>
  /**
   * How long each had been there when watching began, below their time: those who had left before are not among the data
   * (left truncation). From the start on when absent.
   */
  readonly entries?: ArrayLike<number>
}

const isTime = (time: number): boolean => time >= 0 && time <= 1e15

const isFlag = (flag: boolean | number | undefined): boolean =>
  flag === true || flag === false || flag === 0 || flag === 1

/** Whether a flag says that the customer left. */
export const isEnd = (flag: boolean | number | undefined): boolean => flag === true || flag === 1

const rowFaults = ({ times, ended }: Lifetimes): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < times.length; row += 1) {
    if (!isTime(times[row] as number)) faults.push(invalidValue(['times', row], times[row], 'a time from 0 to 1e15'))
    if (!isFlag(ended[row])) faults.push(invalidValue(['ended', row], ended[row], 'true or false, or 1 or 0'))
  }
  return faults
}

/** What is wrong with times at which watching began. */
export const entryFaults = (
  times: ArrayLike<number>,
  entries: ArrayLike<number> | undefined,
): ReadonlyArray<InvalidValue> => {
  if (entries === undefined) return []
  if (entries.length !== times.length) {
    return [invalidValue(['entries', 'length'], entries.length, `${times.length}, one per time`)]
  }
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < times.length; row += 1) {
    const entry = entries[row] as number
    const isBefore = entry === 0 || (entry > 0 && (entry < (times[row] as number) || !isTime(times[row] as number)))
    if (!isBefore) faults.push(invalidValue(['entries', row], entry, 'a time from 0, before the end of watching'))
  }
  return faults
}

/** What is wrong with times, each at its row. */
export const lifetimeFaults = (lifetimes: Lifetimes): ReadonlyArray<InvalidValue> => {
  const { times, ended, entries } = lifetimes
  const lengths =
    ended.length === times.length
      ? []
      : [invalidValue(['ended', 'length'], ended.length, `${times.length}, one per time`)]
  return [...(lengths.length === 0 ? rowFaults(lifetimes) : lengths), ...entryFaults(times, entries)]
}

/** Times in rising order: of all, of those who left, and at which watching began where it began late. */
export interface SortedTimes {
  readonly all: Float64Array
  readonly ends: Float64Array
  readonly entries: Float64Array
}

const lateEntries = (entries: ArrayLike<number>): Float64Array =>
  new Float64Array(entries).filter((entry) => entry > 0).sort()

/** Sorts of bare numbers are much faster than one of rows. */
export const sortedTimes = ({ times, ended, entries = [] }: Lifetimes): SortedTimes => {
  const ends = new Float64Array(times.length)
  let count = 0
  for (let row = 0; row < times.length; row += 1) {
    if (isEnd(ended[row])) {
      ends[count] = times[row] as number
      count += 1
    }
  }
  return { all: Float64Array.from(times).sort(), ends: ends.slice(0, count).sort(), entries: lateEntries(entries) }
}

/** How many numbers of a rising list are below a time, counted on from a place before. */
export const countBelow = (sorted: Float64Array, time: number, from: number): number => {
  let index = from
  while (index < sorted.length && (sorted[index] as number) < time) index += 1
  return index
}
