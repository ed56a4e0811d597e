// How many left at each time, and for which reason.

import { countBelow } from './lifetimes.ts'
import { sortedOrder } from './sorted-order.ts'

/** Customers' times with the reason for which each left, one entry per customer. */
export interface ReasonedLifetimes {
  /** How long each has been watched, in any unit; at least 0. */
  readonly times: ArrayLike<number>
  /** Why each left then, such as `'voluntary'` or `'paymentFailed'`; `null` for one who was still there when last seen. */
  readonly reasons: ArrayLike<string | null>
  /** How long each had been there when watching began; from the start on when absent. */
  readonly entries?: ArrayLike<number>
}

/** Counts by distinct time. */
export interface ReasonRows {
  readonly times: Float64Array
  readonly atRisk: Float64Array
  readonly censored: Float64Array
  /** For whatever reason. */
  readonly ends: Float64Array
  readonly reasons: ReadonlyArray<string>
  /** By reason. */
  readonly reasonEnds: ReadonlyArray<Float64Array>
}

const reasonCodes = (reasons: ArrayLike<string | null>): ReadonlyMap<string, number> => {
  const codes = new Map<string, number>()
  for (let row = 0; row < reasons.length; row += 1) {
    const reason = reasons[row] as string | null
    if (reason !== null && !codes.has(reason)) codes.set(reason, codes.size)
  }
  return codes
}

const distinctTimes = (sorted: Float64Array): Float64Array =>
  sorted.filter((time, at) => at === 0 || time !== sorted[at - 1])

/** Counts of checked lifetimes. */
export const endsByReason = ({ times, reasons, entries = [] }: ReasonedLifetimes): ReasonRows => {
  const column = new Float64Array(times)
  const order = sortedOrder(column)
  const sorted = column.map((_, at) => column[order[at] as number] as number)
  const distinct = distinctTimes(sorted)
  const codes = reasonCodes(reasons)
  const empty = () => new Float64Array(distinct.length)
  const [atRisk, censored, ends] = [empty(), empty(), empty()]
  const reasonEnds = Array.from(codes, empty)
  const late = new Float64Array(entries).filter((entry) => entry > 0).sort()
  let [row, entered] = [0, 0]
  distinct.forEach((time, at) => {
    entered = countBelow(late, time, entered)
    atRisk[at] = sorted.length - row - (late.length - entered)
    for (; row < sorted.length && sorted[row] === time; row += 1) {
      const reason = reasons[order[row] as number] as string | null
      const counts = reason === null ? censored : reasonEnds[codes.get(reason) as number]
      ;((counts as Float64Array)[at] as number) += 1
      ;(ends[at] as number) += reason === null ? 0 : 1
    }
  })
  return { times: distinct, atRisk, censored, ends, reasons: Array.from(codes.keys()), reasonEnds }
}
