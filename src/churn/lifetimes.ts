// How long customers stayed, and of whom it is known: what survival analysis begins with.

import { type InvalidValue, invalidValue } from '../foundation/index.ts'

/** Customers' times, one entry per customer. */
export interface Lifetimes {
  /** How long each has been watched, in any unit; at least 0. */
  readonly times: ArrayLike<number>
  /** Whether they left then (`true` or 1), or were still there when last seen (`false` or 0). */
  readonly ended: ArrayLike<boolean | number>
}

const isTime = (time: number): boolean => time >= 0 && time <= 1e15

const isFlag = (flag: boolean | number | undefined): boolean =>
  flag === true || flag === false || flag === 0 || flag === 1

/** What is wrong with times, each at its row. */
export const lifetimeFaults = ({ times, ended }: Lifetimes): ReadonlyArray<InvalidValue> => {
  if (ended.length !== times.length) {
    return [invalidValue(['ended', 'length'], ended.length, `${times.length}, one per time`)]
  }
  const faults: Array<InvalidValue> = []
  for (let row = 0; row < times.length; row += 1) {
    if (!isTime(times[row] as number)) faults.push(invalidValue(['times', row], times[row], 'a time from 0 to 1e15'))
    if (!isFlag(ended[row])) faults.push(invalidValue(['ended', row], ended[row], 'true or false, or 1 or 0'))
  }
  return faults
}

/** Times in rising order: of all, and of those who left. */
export interface SortedTimes {
  readonly all: Float64Array
  readonly ends: Float64Array
}

/** Two sorts of bare numbers are much faster than one of rows. */
export const sortedTimes = ({ times, ended }: Lifetimes): SortedTimes => {
  const ends = new Float64Array(times.length)
  let count = 0
  for (let row = 0; row < times.length; row += 1) {
    if (ended[row] === true || ended[row] === 1) {
      ends[count] = times[row] as number
      count += 1
    }
  }
  return { all: Float64Array.from(times).sort(), ends: ends.slice(0, count).sort() }
}
