// Whether groups of customers stay for different times: the log-rank test and its weighted forms.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../../foundation/index.ts'
import { chiSquareUpperTail, solvePositiveDefinite } from '../../statistics/index.ts'
import { countBelow, type Lifetimes, lifetimeFaults, type SortedTimes, sortedTimes } from './lifetimes.ts'

/** How ends are weighted. */
export interface LogRankOptions {
  /**
   * Fleming and Harrington's: an end weighs the share that was still there, to that power. 0, the log-rank test, when absent;
   * 1 weighs early ends more, after Peto and Peto.
   */
  readonly rho?: number
  /** The same of the share that had left: above 0 it weighs late ends more; 0 when absent. */
  readonly gamma?: number
}

/** What a test found. */
export interface LogRankTest {
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly pValue: number
  /** Weighted ends in each group. */
  readonly observed: ReadonlyArray<number>
  /** Those expected if all groups stayed alike. */
  readonly expected: ReadonlyArray<number>
  /** Of observed less expected, row by row. */
  readonly covariance: ReadonlyArray<ReadonlyArray<number>>
}

/** Why there is no test. */
export type LogRankFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange | EmptySample | ZeroDenominator>

interface RankTally {
  readonly observed: Float64Array
  readonly expected: Float64Array
  readonly covariance: Float64Array
}

/** One time at which somebody left: its part of each sum. */
const addTime = (tally: RankTally, risk: Float64Array, deaths: Float64Array, weight: number): void => {
  const size = risk.length
  const [atRisk, dead] = [risk.reduce((sum, n) => sum + n, 0), deaths.reduce((sum, n) => sum + n, 0)]
  const variance = atRisk > 1 ? (weight * weight * dead * (atRisk - dead)) / (atRisk - 1) : 0
  for (let row = 0; row < size; row += 1) {
    const share = (risk[row] as number) / atRisk
    ;(tally.observed[row] as number) += weight * (deaths[row] as number)
    ;(tally.expected[row] as number) += weight * dead * share
    for (let column = 0; column < size; column += 1) {
      const other = (risk[column] as number) / atRisk
      ;(tally.covariance[row * size + column] as number) +=
        variance * (row === column ? share * (1 - share) : -share * other)
    }
  }
}

const allEnds = (groups: ReadonlyArray<SortedTimes>): Float64Array => {
  const ends = new Float64Array(groups.reduce((sum, group) => sum + group.ends.length, 0))
  let from = 0
  for (const group of groups) {
    ends.set(group.ends, from)
    from += group.ends.length
  }
  return ends.sort()
}

/** Fills in who of each group was at risk at a time and who left then. */
const stepTo = (tally: GroupsTally, time: number): void => {
  tally.groups.forEach(({ all, ends, entries }, group) => {
    tally.gone[group] = countBelow(all, time, tally.gone[group] as number)
    tally.entered[group] = countBelow(entries, time, tally.entered[group] as number)
    const before = tally.left[group] as number
    let until = before
    while (until < ends.length && (ends[until] as number) <= time) until += 1
    tally.risk[group] = all.length - tally.gone[group] - (entries.length - tally.entered[group])
    tally.deaths[group] = until - before
    tally.left[group] = until
  })
}

interface GroupsTally {
  readonly groups: ReadonlyArray<SortedTimes>
  readonly gone: Int32Array
  readonly entered: Int32Array
  readonly left: Int32Array
  readonly risk: Float64Array
  readonly deaths: Float64Array
}

const total = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0)

const addStratum = (tally: RankTally, groups: ReadonlyArray<SortedTimes>, rho: number, gamma: number): void => {
  const counts: GroupsTally = {
    groups,
    gone: new Int32Array(groups.length),
    entered: new Int32Array(groups.length),
    left: new Int32Array(groups.length),
    risk: new Float64Array(groups.length),
    deaths: new Float64Array(groups.length),
  }
  let survival = 1
  let before = -1
  for (const time of allEnds(groups)) {
    if (time === before) continue
    before = time
    stepTo(counts, time)
    const { risk, deaths } = counts
    addTime(tally, risk, deaths, survival ** rho * (1 - survival) ** gamma)
    survival *= (total(risk) - total(deaths)) / total(risk)
  }
}

const tested = ({ observed, expected, covariance }: RankTally): Either<LogRankFaults, LogRankTest> => {
  const size = observed.length
  // A group of which nobody was at risk says nothing, and of the others one follows from the rest.
  const used = Array.from(expected.keys()).filter((group) => (expected[group] as number) > 0)
  const free = used.slice(0, -1)
  const difference = Float64Array.from(free, (group) => (observed[group] as number) - (expected[group] as number))
  const matrix = Float64Array.from(
    free.flatMap((row) => free.map((column) => covariance[row * size + column] as number)),
  )
  const solution = solvePositiveDefinite(matrix, difference)
  if (free.length === 0 || solution._tag === 'Left') {
    const expectation = 'ends at which customers of two groups were still there, not all at the same time'
    return { _tag: 'Left', left: [zeroDenominator([], expectation)] }
  }
  const statistic = difference.reduce((sum, value, index) => sum + value * (solution.right[index] as number), 0)
  const tail = chiSquareUpperTail(statistic, free.length)
  if (tail._tag === 'Left') return { _tag: 'Left', left: [tail.left] }
  const rows = Array.from({ length: size }, (_, row) => Array.from(covariance.subarray(row * size, (row + 1) * size)))
  return {
    _tag: 'Right',
    right: {
      statistic,
      degreesOfFreedom: free.length,
      pValue: tail.right,
      observed: Array.from(observed),
      expected: Array.from(expected),
      covariance: rows,
    },
  }
}

const nobody: Lifetimes = { times: [], ended: [] }

/**
 * Whether groups of customers stay for different times, within each stratum: such as two offers, within each channel.
 *
 * Sources: N. Mantel (1966); T. Fleming & D. Harrington (1982); the variance for ties is the hypergeometric one.
 *
 * @param strata for each stratum, the lifetimes of each group in the same order; one stratum where there are none
 * @param options see {@link LogRankOptions}
 * @returns `InvalidValue` at each row that is wrong, `OutOfRange` for a rho or gamma that is not from 0 to 10, `EmptySample`
 * with fewer than two groups, `ZeroDenominator` where nothing can be compared.
 * @example
 * ```ts
 * import { logRankTest, unwrap } from 'treue'
 *
 * const stays = { times: [13, 18, 23, 31, 45, 48, 161], ended: [1, 1, 1, 1, 0, 1, 0] }
 * const leaves = { times: [5, 5, 8, 8, 12, 16, 23], ended: [1, 1, 1, 1, 1, 0, 1] }
 * unwrap(logRankTest([[stays, leaves]])).pValue.toFixed(3) // => '0.013'
 * ```
 */
export const logRankTest = (
  strata: ReadonlyArray<ReadonlyArray<Lifetimes>>,
  options: LogRankOptions = {},
): Either<LogRankFaults, LogRankTest> => {
  const { rho = 0, gamma = 0 } = options
  const size = strata.reduce((most, groups) => Math.max(most, groups.length), 0)
  const [first, ...rest] = [
    ...(rho >= 0 && rho <= 10 ? [] : [outOfRange(['rho'], rho, 'a number from 0 to 10')]),
    ...(gamma >= 0 && gamma <= 10 ? [] : [outOfRange(['gamma'], gamma, 'a number from 0 to 10')]),
    ...(size >= 2 ? [] : [emptySample(['strata'], 'at least two groups')]),
    ...strata.flatMap((groups, stratum) =>
      groups.flatMap((group, index) =>
        lifetimeFaults(group).map((fault) => ({ ...fault, path: [stratum, index, ...fault.path] })),
      ),
    ),
  ]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const tally = {
    observed: new Float64Array(size),
    expected: new Float64Array(size),
    covariance: new Float64Array(size * size),
  }
  for (const groups of strata) {
    const all = Array.from({ length: size }, (_, group) => groups[group] ?? nobody)
    addStratum(tally, all.map(sortedTimes), rho, gamma)
  }
  return tested(tally)
}
