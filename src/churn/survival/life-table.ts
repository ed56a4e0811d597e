// Lifetimes by intervals of time, where only these are known or of interest.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, emptySample, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import { isEnd, type Lifetimes, lifetimeFaults } from './lifetimes.ts'

/** An interval of a life table. */
export interface LifeTableRow {
  /** From this time on. */
  readonly from: number
  /** Before this time; `null` for the last row, which has no end. */
  readonly to: number | null
  /** How many were still there and watched when it began. */
  readonly entering: number
  readonly ends: number
  /** How many were last seen in it. */
  readonly censored: number
  /** Those entering less half of those last seen in it: these are taken to have been watched for half of it. */
  readonly atRisk: number
  /** The share of those at risk that left in it; `null` where nobody was at risk. */
  readonly hazard: number | null
  readonly hazardStandardError: number | null
  /** The share that was still there when it began. */
  readonly survival: number
  /** Of that share, by Greenwood. */
  readonly survivalStandardError: number
}

/** Why there is no table. */
export type LifeTableFaults = ReadonlyNonEmptyArray<InvalidValue | EmptySample>

const edgeFaults = (edges: ReadonlyArray<number>): ReadonlyArray<InvalidValue> =>
  edges.flatMap((edge, at) => {
    const before = at === 0 ? -1 : (edges[at - 1] as number)
    const isRight = edge > before && edge <= 1e15 && (at > 0 || edge === 0)
    const wanted = at === 0 ? '0, where the first interval begins' : 'a time later than the one before, to 1e15'
    return isRight ? [] : [invalidValue(['edges', at], edge, wanted)]
  })

/** The interval of a time: the last edge that is not later. */
const intervalAt = (edges: ReadonlyArray<number>, time: number): number => {
  let [low, high] = [0, edges.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((edges[middle] as number) <= time) low = middle
    else high = middle
  }
  return low
}

interface IntervalCounts {
  readonly ends: Float64Array
  readonly censored: Float64Array
}

const countsOf = ({ times, ended }: Lifetimes, edges: ReadonlyArray<number>): IntervalCounts => {
  const ends = new Float64Array(edges.length)
  const censored = new Float64Array(edges.length)
  for (let row = 0; row < times.length; row += 1) {
    const counts = isEnd(ended[row]) ? ends : censored
    ;(counts[intervalAt(edges, times[row] as number)] as number) += 1
  }
  return { ends, censored }
}

const rowsOf = (total: number, edges: ReadonlyArray<number>, counts: IntervalCounts): ReadonlyArray<LifeTableRow> => {
  let [entering, survival, greenwood] = [total, 1, 0]
  return edges.map((from, at) => {
    const [ends, censored] = [counts.ends[at] as number, counts.censored[at] as number]
    const atRisk = entering - censored / 2
    const hazard = atRisk > 0 ? ends / atRisk : null
    const row: LifeTableRow = {
      from,
      to: edges[at + 1] ?? null,
      entering,
      ends,
      censored,
      atRisk,
      hazard,
      hazardStandardError: hazard === null ? null : Math.sqrt((hazard * (1 - hazard)) / atRisk),
      survival,
      survivalStandardError: survival * Math.sqrt(greenwood),
    }
    entering -= ends + censored
    survival *= 1 - (hazard ?? 0)
    // Where all left, the share is 0 for certain.
    if (hazard !== null && hazard < 1) greenwood += hazard / ((1 - hazard) * atRisk)
    return row
  })
}

/**
 * A life table: how many customers left in each interval of time, such as each year of a contract, and the share that was still
 * there when it began.
 *
 * Source: S. J. Cutler & F. Ederer, Journal of Chronic Diseases 8 (1958), the actuarial method.
 *
 * @param lifetimes how long each customer was watched, and whether they left then; watched from the start
 * @param edges where intervals begin, from 0 on and rising; the last interval has no end
 * @returns `InvalidValue` at each row or edge that is wrong, and for late entries, `EmptySample` without a customer or an edge.
 * @example
 * ```ts
 * import { lifeTable, unwrap } from 'treue'
 *
 * const months = { times: [1, 5, 8, 14, 15, 30], ended: [1, 0, 1, 1, 0, 0] }
 * const rows = unwrap(lifeTable(months, [0, 12, 24]))
 * rows.map(({ atRisk, ends }) => [atRisk, ends]) // => [[5.5, 2], [2.5, 1], [0.5, 0]]
 * rows[2]?.survival.toFixed(3) // => '0.382'
 * ```
 */
export const lifeTable = (
  lifetimes: Lifetimes,
  edges: ReadonlyArray<number>,
): Either<LifeTableFaults, ReadonlyArray<LifeTableRow>> => {
  const { times, entries } = lifetimes
  const [first, ...rest] = [
    ...lifetimeFaults(lifetimes),
    ...(entries === undefined ? [] : [invalidValue(['entries'], entries, 'no late entries')]),
    ...edgeFaults(edges),
    ...(times.length === 0 ? [emptySample(['times'], 'a customer')] : []),
    ...(edges.length === 0 ? [emptySample(['edges'], 'an interval')] : []),
  ]
  return first === undefined
    ? { _tag: 'Right', right: rowsOf(times.length, edges, countsOf(lifetimes, edges)) }
    : { _tag: 'Left', left: [first, ...rest] }
}
