// The chance of leaving in each whole period, of those who are still there.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
} from '../../foundation/index.ts'
import { wilsonInterval } from '../../statistics/index.ts'
import { isEnd, type Lifetimes, lifetimeFaults } from './lifetimes.ts'
import { confidenceQuantile } from './regression-data.ts'

/** The chance of leaving by period, as columns, ready for a chart; an entry per period in which somebody was at risk. */
export interface DiscreteHazard {
  readonly periods: Float64Array
  /** How many were still there and watched in the period. */
  readonly atRisk: Float64Array
  readonly ends: Float64Array
  /** Those who left by those at risk; with the ends of E. B. Wilson's interval. */
  readonly hazard: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  /** The share that is still there after the period. */
  readonly survival: Float64Array
}

/** A row for each period in which a customer was watched: what a regression of single periods takes. */
export interface PersonPeriods {
  /** The customer's row in the lifetimes, which has their covariates too. */
  readonly customers: Uint32Array
  readonly periods: Uint32Array
  /** 1 in the period in which they left. */
  readonly ended: Uint8Array
}

/** Why there is none. */
export type DiscreteHazardFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange | EmptySample>

const mostPeriods = 100_000

const mostRows = 100_000_000

const isWhole = (time: number): boolean => Number.isInteger(time) && time >= 0 && time <= mostPeriods

const wholeFaults = ({ times, entries }: Lifetimes): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  const wanted = `whole periods, to ${mostPeriods}`
  for (let row = 0; row < times.length; row += 1) {
    const [time, entry] = [times[row] as number, entries?.[row] ?? 0]
    if (!isWhole(time) || time < 1) faults.push(invalidValue(['times', row], time, `from 1 on ${wanted}`))
    if (!isWhole(entry)) faults.push(invalidValue(['entries', row], entry, wanted))
  }
  return faults
}

/** What is wrong with lifetimes in whole periods. */
export const periodFaults = (lifetimes: Lifetimes): ReadonlyArray<InvalidValue | EmptySample> => {
  const faults = lifetimeFaults(lifetimes)
  if (faults.length > 0) return faults
  return lifetimes.times.length === 0 ? [emptySample(['times'], 'a customer')] : wholeFaults(lifetimes)
}

/** Counts by period: of ends, and of those whose watching begins or has ended. */
const periodCounts = ({ times, ended, entries }: Lifetimes) => {
  const last = Array.from(times).reduce((most, time) => Math.max(most, time), 0)
  const ends = new Float64Array(last + 1)
  const change = new Float64Array(last + 2)
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] as number
    ;(change[(entries?.[row] ?? 0) + 1] as number) += 1
    ;(change[time + 1] as number) -= 1
    if (isEnd(ended[row])) (ends[time] as number) += 1
  }
  return { last, ends, change }
}

interface HazardRow {
  readonly period: number
  readonly atRisk: number
  readonly ends: number
  readonly survival: number
}

/** A row for each period in which somebody was at risk. */
const hazardRows = (lifetimes: Lifetimes): ReadonlyArray<HazardRow> => {
  const { last, ends, change } = periodCounts(lifetimes)
  const rows: Array<HazardRow> = []
  let [atRisk, survival] = [0, 1]
  for (let period = 1; period <= last; period += 1) {
    atRisk += change[period] as number
    if (atRisk === 0) continue
    survival *= 1 - (ends[period] as number) / atRisk
    rows.push({ period, atRisk, ends: ends[period] as number, survival })
  }
  return rows
}

const hazardOf = (lifetimes: Lifetimes, confidence: number): DiscreteHazard => {
  const rows = hazardRows(lifetimes)
  const column = (of: (row: HazardRow) => number): Float64Array => Float64Array.from(rows, of)
  const intervals = rows.map(({ ends, atRisk }) => wilsonInterval(ends, atRisk, confidence))
  return {
    periods: column(({ period }) => period),
    atRisk: column(({ atRisk }) => atRisk),
    ends: column(({ ends }) => ends),
    hazard: column(({ ends, atRisk }) => ends / atRisk),
    low: Float64Array.from(intervals, (interval) => (interval._tag === 'Right' ? interval.right.lower : 0)),
    high: Float64Array.from(intervals, (interval) => (interval._tag === 'Right' ? interval.right.upper : 1)),
    survival: column(({ survival }) => survival),
  }
}

/**
 * The chance of leaving in each whole period, such as each renewal, of those who are still there then.
 *
 * @param lifetimes in whole periods from 1 on: in the how manieth period each left or was last seen
 * @param confidence of the intervals; 0.95 when absent
 * @returns `InvalidValue` at each row that is wrong, `EmptySample` without a customer, `OutOfRange` for a confidence not
 * between 0 and 1.
 * @example
 * ```ts
 * import { discreteHazard, unwrap } from 'treue'
 *
 * const { hazard, survival } = unwrap(discreteHazard({ times: [1, 1, 2, 3, 3], ended: [1, 0, 1, 1, 0] }))
 * Array.from(hazard, (share) => share.toFixed(2)) // => ['0.20', '0.33', '0.50']
 * survival[2]?.toFixed(2) // => '0.27'
 * ```
 */
export const discreteHazard = (
  lifetimes: Lifetimes,
  confidence: number = 0.95,
): Either<DiscreteHazardFaults, DiscreteHazard> => {
  const quantile = confidenceQuantile(confidence)
  const [first, ...rest] = [...(typeof quantile === 'number' ? [] : [quantile]), ...periodFaults(lifetimes)]
  return first === undefined
    ? { _tag: 'Right', right: hazardOf(lifetimes, confidence) }
    : { _tag: 'Left', left: [first, ...rest] }
}

/**
 * A row for each period in which each customer was watched. A logistic regression of `ended` on the period and the customer's
 * covariates is a regression of the chance of leaving.
 *
 * @param lifetimes in whole periods from 1 on
 * @returns `InvalidValue` at each row that is wrong, `EmptySample` without a customer, `OutOfRange` for more than a hundred
 * million rows.
 * @example
 * ```ts
 * import { personPeriods, unwrap } from 'treue'
 *
 * const { customers, periods, ended } = unwrap(personPeriods({ times: [2, 1], ended: [1, 0] }))
 * Array.from(customers) // => [0, 0, 1]
 * Array.from(periods) // => [1, 2, 1]
 * Array.from(ended) // => [0, 1, 0]
 * ```
 */
export const personPeriods = (lifetimes: Lifetimes): Either<DiscreteHazardFaults, PersonPeriods> => {
  const [first, ...rest] = periodFaults(lifetimes)
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const { times, entries, ended } = lifetimes
  const count = Array.from(times).reduce((sum, time, row) => sum + time - (entries?.[row] ?? 0), 0)
  if (count > mostRows) return { _tag: 'Left', left: [outOfRange(['times'], count, `at most ${mostRows} rows`)] }
  const rows = { customers: new Uint32Array(count), periods: new Uint32Array(count), ended: new Uint8Array(count) }
  let at = 0
  for (let row = 0; row < times.length; row += 1) {
    for (let period = (entries?.[row] ?? 0) + 1; period <= (times[row] as number); period += 1, at += 1) {
      rows.customers[at] = row
      rows.periods[at] = period
      rows.ended[at] = period === times[row] && isEnd(ended[row]) ? 1 : 0
    }
  }
  return { _tag: 'Right', right: rows }
}
