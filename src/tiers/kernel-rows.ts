/* eslint-disable no-param-reassign -- the kernel's own notes on the member whose rows are folded now */
/** Folds one member's rows in numbers: no row allocates. */
import { dayIn } from './day-table.ts'
import { advanceSeat, noteDue } from './kernel-assessment.ts'
import { type Kernel, noteDay, turn } from './kernel-seat.ts'
import type { QualifyingColumns, StandingColumns } from './qualifying-columns.ts'

/** The place of a metric's part of a day in the window; −1: there is none. */
const partOf = ({ seat, parts }: Kernel, metric: number, day: number): number => {
  let low = seat.head
  let high = seat.tail
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((parts.day[middle] as number) <= day) low = middle + 1
    else high = middle
  }
  for (let place = low - 1; place >= seat.head && parts.day[place] === day; place -= 1) {
    if (parts.metric[place] === metric) return place
  }
  return -1
}

const addToWindow = (kernel: Kernel, metric: number): void => {
  const { seat, parts } = kernel
  const there = partOf(kernel, metric, seat.day)
  const place = there < 0 ? seat.tail : there
  if (there < 0) {
    parts.day[place] = seat.day
    parts.metric[place] = metric
    parts.count[place] = 0
    seat.tail += 1
  }
  parts.count[place] = (parts.count[place] as number) + seat.count
  seat.counts[metric] = (seat.counts[metric] as number) + seat.count
}

const takeFromWindow = (kernel: Kernel, metric: number, day: number): void => {
  const { seat, parts } = kernel
  const place = partOf(kernel, metric, day)
  if (place < 0) return
  const taken = Math.min(-seat.count, parts.count[place] as number)
  parts.count[place] = (parts.count[place] as number) - taken
  seat.counts[metric] = (seat.counts[metric] as number) - taken
}

const addMonth = ({ rules, seat }: Kernel, metric: number): void => {
  const month = rules.month[seat.day - rules.days.first] as number
  if (month === seat.months[metric]) return
  seat.months[metric] = month
  seat.counts[metric] = (seat.counts[metric] as number) + 1
}

const addCount = (kernel: Kernel, metric: number): void => {
  const { rules, seat } = kernel
  if (rules.ofMonths[metric] === 1) addMonth(kernel, metric)
  else if (rules.windowEnd.length > 0 && rules.ofPeriod[metric] === 1) addToWindow(kernel, metric)
  else seat.counts[metric] = (seat.counts[metric] as number) + seat.count
  if (rules.hasRolling) seat.lastCountedOn = seat.day
}

/** Takes from what had counted on a day. */
const takeCount = (kernel: Kernel, metric: number, day: number): void => {
  const { rules, seat } = kernel
  const isOfPeriod = rules.ofPeriod[metric] === 1
  if (isOfPeriod && rules.windowEnd.length > 0) {
    takeFromWindow(kernel, metric, day)
    return
  }
  // What counted in the period before has been looked at when that ended.
  if (isOfPeriod && day < seat.periodFrom) return
  seat.counts[metric] = Math.max(0, (seat.counts[metric] as number) + seat.count)
}

/** The row's instant is in the seat already: a number with a fraction's form that is passed on is an object each time. */
const countRow = (kernel: Kernel, columns: QualifyingColumns, row: number): void => {
  const { seat, rules } = kernel
  seat.count = columns.count[row] as number
  if (seat.count === 0) return
  const metric = columns.metric[row] as number
  if (rules.asksForDays || seat.at >= seat.periodEnd) {
    noteDay(kernel)
    turn(kernel, seat.day)
  }
  if (seat.count > 0) addCount(kernel, metric)
  else takeCount(kernel, metric, dayIn(rules.days, columns.countedAt?.[row] ?? seat.at))
  noteDue(kernel)
}

/** Assesses what is due by the instant of the rows that were counted last, then by a later one. */
const advanceTo = (kernel: Kernel, until: number): void => {
  const { seat } = kernel
  // What came in at one instant is counted together.
  if (until === seat.at || seat.next > until) return
  if (seat.next <= seat.at) advanceSeat(kernel, seat.at)
  advanceSeat(kernel, until)
}

/** Folds the rows of the member in the seat until the instant of standings, and assesses what is due by then. */
export const foldUntil = (
  kernel: Kernel,
  columns: QualifyingColumns,
  order: Int32Array | null,
  { asOf }: StandingColumns,
): void => {
  const { seat } = kernel
  const { at } = columns
  for (; seat.place < seat.end; seat.place += 1) {
    const row = order === null ? seat.place : (order[seat.place] as number)
    const now = at[row] as number
    if (now > asOf) break
    advanceTo(kernel, now)
    seat.at = now
    countRow(kernel, columns, row)
  }
  advanceTo(kernel, asOf)
  if (seat.next <= asOf) advanceSeat(kernel, asOf)
}

/** Writes where the member in the seat stands into columns that were made for it. */
export const writeSeat = (kernel: Kernel, standings: StandingColumns, member: number): void => {
  const { rules, seat } = kernel
  const { asOf, rank, since, validUntil, counts } = standings
  rank[member] = seat.rank
  since[member] = seat.since
  validUntil[member] = seat.until
  if (counts === null) return
  turn(kernel, dayIn(rules.days, asOf))
  for (const [metric, column] of counts.entries()) column[member] = seat.counts[metric] as number
}
