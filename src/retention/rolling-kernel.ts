/* eslint-disable no-param-reassign -- adds to the counts that it made itself, row by row */
// Counts cohorts by windows from each member's own start. It fills arrays that it made itself.

import { type Instant, localDateOf, type Zone } from '../foundation/index.ts'
import type { CohortCriterion } from './cohort-kernel.ts'
import type { PurchaseLog } from './purchase-log.ts'

const msPerDay = 86_400_000

/** Each customer's events in order of time. */
export interface EventTimes {
  /** Where each customer's times begin; one entry more than there are customers. */
  readonly starts: Int32Array
  /** Milliseconds; of events by date those of the date's midnight, as if in UTC. */
  readonly times: Float64Array
}

/** Milliseconds of every event; what isn't known yet is infinite. */
const timesOf = (log: PurchaseLog, zone: Zone, asOf: Instant): Float64Array => {
  const last = log.kind === 'daily' ? localDateOf(zone, asOf) : asOf
  const column = log.kind === 'daily' ? log.day : log.at
  const scale = log.kind === 'daily' ? msPerDay : 1
  const times = new Float64Array(column.length)
  for (let row = 0; row < times.length; row += 1) {
    const time = column[row] as number
    times[row] = time > last ? Number.POSITIVE_INFINITY : time * scale
  }
  return times
}

/** Puts each customer's known events in order of time. */
export const timesByCustomer = (log: PurchaseLog, zone: Zone, asOf: Instant): EventTimes => {
  const { customer, customers } = log
  const all = timesOf(log, zone, asOf)
  const starts = new Int32Array(customers.length + 1)
  for (let row = 0; row < all.length; row += 1) {
    const slot = (customer[row] as number) + 1
    if ((all[row] as number) < Number.POSITIVE_INFINITY) starts[slot] = (starts[slot] as number) + 1
  }
  for (let index = 1; index < starts.length; index += 1) {
    starts[index] = (starts[index] as number) + (starts[index - 1] as number)
  }
  const next = starts.slice()
  const times = new Float64Array(starts[customers.length] as number)
  for (let row = 0; row < all.length; row += 1) {
    if (all[row] === Number.POSITIVE_INFINITY) continue
    const slot = next[customer[row] as number] as number
    times[slot] = all[row] as number
    next[customer[row] as number] = slot + 1
  }
  for (let index = 0; index + 1 < starts.length; index += 1) times.subarray(starts[index], starts[index + 1]).sort()
  return { starts, times }
}

/** How rolling windows are counted. Times are in milliseconds. */
export interface RollingPlan {
  /** Where each period begins, and where the last one ends. */
  readonly starts: Float64Array
  /** The length of a window. */
  readonly step: number
  /** What times are taken down to a multiple of. */
  readonly grain: number
  /** The column of each window, or −1. */
  readonly lookup: Int32Array
  /** Of each column, the first window after it; rising. */
  readonly ends: Int32Array
  /** Until when everything is known. */
  readonly asOf: number
  readonly recurring: boolean
  readonly criterion: CohortCriterion
}

/** Counts by cohort and column, row by row. */
export interface RollingCounts {
  readonly columns: number
  readonly sizes: Float64Array
  readonly matured: Float64Array
  readonly retained: Float64Array
}

/** A member's columns with a return, and the last window of any. */
interface Seen {
  readonly columns: Uint8Array
  /** −1 where there is none. */
  readonly last: number
}

/** Marks the columns with a return in an array that serves all members in turn. */
const see = (columns: Uint8Array, times: Float64Array, start: number, { step, grain, lookup }: RollingPlan): Seen => {
  const base = Math.floor(start / grain)
  const perStep = step / grain
  let last = -1
  columns.fill(0)
  for (let index = 0; index < times.length; index += 1) {
    const time = times[index] as number
    if (time < start) continue
    last = Math.floor((Math.floor(time / grain) - base) / perStep)
    const column = lookup[last] ?? -1
    if (column >= 0) columns[column] = 1
  }
  return { columns, last }
}

/** Says of one column after the other whether it retains a member; by all criteria but `'on'` columns are windows. */
const retainer = (
  criterion: CohortCriterion,
  { columns, last }: Seen,
  apart: boolean,
): ((column: number) => boolean) => {
  let ever = false
  let unbroken = true
  switch (criterion) {
    case 'on':
      return (column) => columns[column] === 1
    case 'onOrAfter':
      return (window) => last >= window
    case 'onOrBefore':
      return (window) => {
        if (window === 0 && !apart) return true
        ever ||= columns[window] === 1
        return ever
      }
    case 'streak':
      return (window) => {
        if (window === 0) return columns[0] === 1
        unbroken &&= columns[window] === 1
        return unbroken
      }
  }
}

const addMember = (
  counts: RollingCounts,
  plan: RollingPlan,
  cohort: number,
  start: number,
  seen: Seen,
  apart: boolean,
): void => {
  const { columns, sizes, matured, retained } = counts
  const base = Math.floor(start / plan.grain) * plan.grain
  const over = Math.floor((plan.asOf - base) / plan.step)
  const isRetained = retainer(plan.criterion, seen, apart)
  sizes[cohort] = (sizes[cohort] as number) + 1
  for (let column = 0; column < columns && (plan.ends[column] as number) <= over; column += 1) {
    const cell = cohort * columns + column
    matured[cell] = (matured[cell] as number) + 1
    if (isRetained(column)) retained[cell] = (retained[cell] as number) + 1
  }
}

/** The period that a time lies in; −1 before the first, and as many as there are after the last. */
const periodAt = (starts: Float64Array, time: number): number => {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] as number) <= time) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Adds a customer to the cohort of their first event, or to that of each period's first. */
const addCustomer = (
  counts: RollingCounts,
  plan: RollingPlan,
  own: Float64Array,
  visit: (cohort: number, start: number) => void,
): void => {
  const cohorts = counts.sizes.length
  const starts = plan.recurring ? own.length : Math.min(1, own.length)
  let last = -1
  for (let index = 0; index < starts; index += 1) {
    const start = own[index] as number
    const cohort = periodAt(plan.starts, start)
    if (cohort <= last || cohort >= cohorts) continue
    last = cohort
    visit(cohort, start)
  }
}

const ownTimes = ({ starts, times }: EventTimes, customer: number): Float64Array =>
  times.subarray(starts[customer], starts[customer + 1])

/** Counts the cohorts of all customers; returns are the same events where they are `null`. */
export const countRolling = (events: EventTimes, returns: EventTimes | null, plan: RollingPlan): RollingCounts => {
  const columns = plan.ends.length
  const cohorts = plan.starts.length - 1
  const counts: RollingCounts = {
    columns,
    sizes: new Float64Array(cohorts),
    matured: new Float64Array(cohorts * columns),
    retained: new Float64Array(cohorts * columns),
  }
  const seen = new Uint8Array(columns)
  for (let customer = 0; customer + 1 < events.starts.length; customer += 1) {
    const back = ownTimes(returns ?? events, customer)
    addCustomer(counts, plan, ownTimes(events, customer), (cohort, start) => {
      addMember(counts, plan, cohort, start, see(seen, back, start, plan), returns !== null)
    })
  }
  return counts
}
