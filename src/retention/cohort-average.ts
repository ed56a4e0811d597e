// Shares of a cohort, and what several cohorts average to.

import type { Either } from 'fp-ts/Either'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type ZeroDenominator,
  zeroDenominator,
} from '../foundation/index.ts'
import type { ProportionInterval } from '../statistics/index.ts'

/** Whether a period is over, has begun, or is still to come. */
export type CellStatus = 'complete' | 'inProgress' | 'notStarted'

/** What an average takes of a cell. */
export interface CohortCount {
  readonly status: CellStatus
  /** Members of the cohort. */
  readonly size: number
  /** Members of it who were retained, so far. */
  readonly retained: number
}

/** How many of a cohort were retained, so far. */
export interface CohortCell extends CohortCount {
  /** Members whose period is over: all of them or, in a calendar, none. */
  readonly matured: number
  /** Members whose period isn't over: `size − matured`. */
  readonly excluded: number
  /** `retained / size`; `null` where the cohort is empty or the period hasn't begun. */
  readonly rate: number | null
  /** Wilson's interval of the rate; `null` with it. */
  readonly interval: ProportionInterval | null
}

/**
 * How cohorts are averaged: members of all cohorts taken together; each cohort's rate counted once; or each cohort's rate
 * weighted by the square of its size, as Mixpanel has it.
 */
export type AverageMethod = 'pooled' | 'simpleMean' | 'sizeSquared'

/** What cohorts average to. */
export interface RetentionAverage {
  readonly method: AverageMethod
  /** How many cohorts are in it. */
  readonly cohorts: number
  /** Their members; of `'sizeSquared'` the mean size, weighted by size. */
  readonly size: number
  /** Those of them who were retained; of `'sizeSquared'` the mean of retained, weighted by size. */
  readonly retained: number
  readonly rate: number
}

/**
 * The share of a cohort that was retained.
 *
 * @param retained how many were retained, at most `size`
 * @param size how many are in the cohort
 * @returns `ZeroDenominator` for an empty cohort, which has no rate; `InvalidValue` for a count that is none, or for more
 * retained than there are.
 * @example
 * ```ts
 * import { retainedShare, unwrap } from 'treue'
 *
 * unwrap(retainedShare(6, 10)) // => 0.6
 * retainedShare(0, 0)._tag // => 'Left'
 * ```
 */
export const retainedShare = (retained: number, size: number): Either<ZeroDenominator | InvalidValue, number> => {
  if (size === 0 && retained === 0) return { _tag: 'Left', left: zeroDenominator(['size'], 'a cohort with members') }
  if (!Number.isSafeInteger(size) || size < 0) {
    return { _tag: 'Left', left: invalidValue(['size'], size, 'a whole number from 0') }
  }
  return Number.isSafeInteger(retained) && retained >= 0 && retained <= size
    ? { _tag: 'Right', right: retained / size }
    : { _tag: 'Left', left: invalidValue(['retained'], retained, `a whole number from 0 to ${size}`) }
}

/**
 * The rate of a row of counts, relative to its first or to the one before.
 *
 * @param counts members active in consecutive periods
 * @param reference `'start'`: divided by the first count; `'previous'`: by the one before, and the first by itself
 * @returns for each count its rate, or `ZeroDenominator` at its index where the reference is 0.
 * @example
 * ```ts
 * import { relativeRetention, unwrap } from 'treue'
 *
 * relativeRetention([200, 100, 50], 'previous').map(unwrap) // => [1, 0.5, 0.5]
 * relativeRetention([200, 100, 50], 'start').map(unwrap) // => [1, 0.5, 0.25]
 * ```
 */
export const relativeRetention = (
  counts: ReadonlyArray<number>,
  reference: 'start' | 'previous',
): ReadonlyArray<Either<ZeroDenominator, number>> =>
  counts.map((count, index) => {
    const against = counts[reference === 'start' ? 0 : Math.max(index - 1, 0)] as number
    return against === 0
      ? { _tag: 'Left', left: zeroDenominator([index], 'a reference above 0') }
      : { _tag: 'Right', right: count / against }
  })

/** How cells are averaged. */
export interface AverageOptions {
  /** `'pooled'` when absent: a large cohort then weighs more, and the rate is one that could be observed. */
  readonly method?: AverageMethod
  /** `'complete'` when absent, since a period that isn't over counts too few; `'started'` takes those as well. */
  readonly over?: 'complete' | 'started'
}

const sumOf = <A>(values: ReadonlyArray<A>, value: (item: A) => number): number =>
  values.reduce((sum, item) => sum + value(item), 0)

type Averaged = Pick<RetentionAverage, 'size' | 'retained' | 'rate'>

const pooled = (cells: ReadonlyArray<CohortCount>): Averaged => {
  const size = sumOf(cells, (cell) => cell.size)
  const retained = sumOf(cells, (cell) => cell.retained)
  return { size, retained, rate: retained / size }
}

const averages: Readonly<Record<AverageMethod, (cells: ReadonlyArray<CohortCount>) => Averaged>> = {
  pooled,
  simpleMean: (cells) => ({
    ...pooled(cells),
    rate: sumOf(cells, ({ retained, size }) => retained / size) / cells.length,
  }),
  sizeSquared: (cells) => {
    const members = sumOf(cells, ({ size }) => size)
    const size = sumOf(cells, (cell) => cell.size * cell.size)
    const retained = sumOf(cells, (cell) => cell.size * cell.retained)
    return { size: size / members, retained: retained / members, rate: retained / size }
  },
}

/**
 * The average retention of cells of several cohorts, empty cohorts left out.
 *
 * @param cells such as those of one column of a cohort table
 * @param options see {@link AverageOptions}
 * @returns `EmptySample` when no cell counts.
 * @example
 * ```ts
 * import { averageRetention, type CohortCount, unwrap } from 'treue'
 *
 * const cells: ReadonlyArray<CohortCount> = [
 *   { status: 'complete', size: 1000, retained: 500 },
 *   { status: 'complete', size: 500, retained: 400 },
 *   { status: 'inProgress', size: 700, retained: 10 },
 * ]
 * unwrap(averageRetention(cells)).rate // => 0.6
 * unwrap(averageRetention(cells, { method: 'simpleMean' })).rate // => 0.65
 * ```
 */
export const averageRetention = (
  cells: ReadonlyArray<CohortCount>,
  options: AverageOptions = {},
): Either<EmptySample, RetentionAverage> => {
  const { method = 'pooled', over = 'complete' } = options
  const used = cells.filter(
    ({ status, size }) => size > 0 && (status === 'complete' || (over === 'started' && status === 'inProgress')),
  )
  if (used.length === 0) return { _tag: 'Left', left: emptySample([], `${over} cells with members`) }
  return { _tag: 'Right', right: { method, cohorts: used.length, ...averages[method](used) } }
}
