// Days without a gap on which somebody was a customer, out of spans that overlap or follow each other.

import { type CivilDate, type InvalidValue, invalidValue } from '../foundation/index.ts'
import { aDate, isDay } from './purchase-log.ts'

/** Whether somebody went because they wanted to, or because a payment failed. */
export type ChurnReason = 'voluntary' | 'involuntary'

/** Days on which somebody was a customer. Several of one customer may overlap. */
export interface CustomerSpan {
  readonly customer: string
  readonly from: CivilDate
  /** The first day on which they no longer are one: the end of the paid period; `null` while they are. */
  readonly until: CivilDate | null
  /** Why it ended, where that is known. */
  readonly reason?: ChurnReason
}

/** Days without a gap. */
export interface CustomerRun {
  readonly from: CivilDate
  /** Infinite while it goes on. */
  readonly until: number
  readonly reason: ChurnReason | null
}

const merge = (spans: ReadonlyArray<CustomerSpan>): ReadonlyArray<CustomerRun> => {
  const runs: Array<CustomerRun> = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const until = span.until ?? Number.POSITIVE_INFINITY
    const own = { from: span.from, until, reason: span.reason ?? null }
    const last = runs[runs.length - 1]
    if (last === undefined || span.from > last.until) runs.push(own)
    else if (until > last.until) runs[runs.length - 1] = { ...own, from: last.from }
  }
  return runs
}

/** The runs of each customer, in order of time. */
export const runsByCustomer = (spans: ReadonlyArray<CustomerSpan>): ReadonlyArray<ReadonlyArray<CustomerRun>> => {
  const byCustomer = new Map<string, Array<CustomerSpan>>()
  for (const span of spans) {
    const own = byCustomer.get(span.customer)
    if (own === undefined) byCustomer.set(span.customer, [span])
    else own.push(span)
  }
  return Array.from(byCustomer.values(), merge)
}

/** What is wrong with a span at an index. */
export const spanFaults = ({ customer, from, until }: CustomerSpan, row: number): ReadonlyArray<InvalidValue> => {
  const faults: Array<InvalidValue> = []
  if (typeof customer !== 'string' || customer === '') {
    faults.push(invalidValue(['spans', row, 'customer'], customer, 'an id that is not empty'))
  }
  if (!isDay(from)) faults.push(invalidValue(['spans', row, 'from'], from, aDate))
  if (until !== null && !(isDay(until) && until > from)) {
    faults.push(invalidValue(['spans', row, 'until'], until, 'a later date than from, or null'))
  }
  return faults
}
