/* eslint-disable no-param-reassign -- the kernel's own notes on the member whose rows are folded now */
/** What the kernel knows of the member whose rows it folds, and what of it counts on a day. */
import type { CivilDate, CivilPeriod } from '../foundation/index.ts'
import { dayIn, startIn } from './day-table.ts'
import type { KernelLadder } from './kernel-ladder.ts'
import { qualificationPeriod } from './qualification-period.ts'

/** No end, and not due. */
export const never: number = Number.POSITIVE_INFINITY

/** Before every instant. */
const noInstant: number = Number.NEGATIVE_INFINITY

/** A standing in numbers; what is `null` in a standing is `never` here. */
export interface Seat {
  /** The tier by all that speaks for one. */
  rank: number
  since: number
  until: number
  /** The tier that is earned. */
  earned: number
  earnedSince: number
  earnedUntil: number
  terms: number
  /** Where a grace falls to; −1: there is none. */
  fallsTo: number
  joinedDay: number
  /** The period that is counted, in days, and the first instant after it. */
  periodFrom: number
  periodUntil: number
  periodEnd: number
  /** The first day of the period whose counts are kept as those before; `never`: none is. */
  closedFrom: number
  dueAt: number
  raiseAt: number
  /** When it is to be looked at next. */
  next: number
  lastCountedOn: number
  /** The instant and the day of the row that is counted now, and its count. */
  at: number
  day: number
  count: number
  /** The place of the next row in the order of members, and the place after the member's last. */
  place: number
  end: number
  /** The parts of the window, from the first that counts to the place after the last. */
  head: number
  tail: number
  /** What counts, by metric, and a 0 after the last. */
  readonly counts: Float64Array
  /** What counted in the period before. */
  readonly closed: Float64Array
  /** The month that was counted last, by metric. */
  readonly months: Float64Array
  readonly scratch: Float64Array
}

/** The parts of a window of days: what was counted of a metric on a day. They are in the order of days. */
export interface WindowParts {
  readonly day: Int32Array
  readonly metric: Uint8Array
  readonly count: Float64Array
}

/** What the kernel works on. */
export interface Kernel {
  readonly rules: KernelLadder
  readonly seat: Seat
  readonly parts: WindowParts
}

export const newKernel = (rules: KernelLadder, largest: number): Kernel => {
  const metrics = rules.ladder.metrics.length + 1
  const parts = rules.windowEnd.length === 0 ? 0 : largest
  return {
    rules,
    parts: { day: new Int32Array(parts), metric: new Uint8Array(parts), count: new Float64Array(parts) },
    seat: {
      rank: 0,
      since: 0.5,
      until: 0.5,
      earned: 0,
      earnedSince: 0.5,
      earnedUntil: 0.5,
      terms: 0,
      fallsTo: -1,
      joinedDay: 0,
      periodFrom: 0.5,
      periodUntil: 0.5,
      periodEnd: 0.5,
      closedFrom: 0.5,
      dueAt: 0.5,
      raiseAt: 0.5,
      next: 0.5,
      lastCountedOn: 0.5,
      at: 0.5,
      day: 0,
      count: 0.5,
      place: 0,
      end: 0,
      head: 0,
      tail: 0,
      counts: new Float64Array(metrics),
      closed: new Float64Array(metrics),
      months: new Float64Array(metrics),
      scratch: new Float64Array(metrics),
    },
  }
}

/** The qualification period that a day lies in. */
export const periodOfDay = ({ rules, seat }: Kernel, day: number): CivilPeriod | undefined => {
  const joined = seat.joinedDay as CivilDate
  return qualificationPeriod(rules.ladder.period, day as CivilDate, { joined, entered: joined })
}

/** The first day of the period that a day lies in; `-Infinity` without periods. */
const periodFromOf = (kernel: Kernel, day: number): number => {
  const { periodFrom, days } = kernel.rules
  const index = day - days.first
  if (index >= 0 && index < periodFrom.length) return periodFrom[index] as number
  return periodOfDay(kernel, day)?.from ?? Number.NEGATIVE_INFINITY
}

const enterPeriod = (kernel: Kernel, day: number): void => {
  const { rules, seat } = kernel
  const { periodFrom, periodUntil, days } = rules
  const index = day - days.first
  if (index >= 0 && index < periodFrom.length) {
    seat.periodFrom = periodFrom[index] as number
    seat.periodUntil = periodUntil[index] as number
  } else {
    const period = periodOfDay(kernel, day)
    seat.periodFrom = period?.from ?? Number.NEGATIVE_INFINITY
    seat.periodUntil = period?.until ?? never
  }
  seat.periodEnd = seat.periodUntil === never ? never : startIn(days, seat.periodUntil)
}

/** A new member takes the seat, with the rows from one place in the order of members to another. */
export const seatMember = (kernel: Kernel, joinedAt: number, place: number, end: number): void => {
  const { rules, seat } = kernel
  seat.place = place
  seat.end = end
  seat.rank = 0
  seat.since = joinedAt
  seat.until = never
  seat.earned = 0
  seat.earnedSince = joinedAt
  seat.earnedUntil = never
  seat.terms = 0
  seat.fallsTo = -1
  seat.joinedDay = dayIn(rules.days, joinedAt)
  seat.closedFrom = never
  seat.dueAt = never
  seat.raiseAt = never
  seat.next = never
  seat.at = noInstant
  seat.lastCountedOn = never
  seat.head = 0
  seat.tail = 0
  seat.counts.fill(0)
  if (rules.hasMonths) seat.months.fill(Number.NEGATIVE_INFINITY)
  enterPeriod(kernel, seat.joinedDay)
}

/** Notes the day of the row that is counted now. */
export const noteDay = ({ rules, seat }: Kernel): void => {
  seat.day = dayIn(rules.days, seat.at)
}

const dropUntil = ({ rules, seat, parts }: Kernel, day: number): void => {
  const { windowEnd, days } = rules
  while (seat.head < seat.tail && (windowEnd[(parts.day[seat.head] as number) - days.first] as number) <= day) {
    const metric = parts.metric[seat.head] as number
    seat.counts[metric] = (seat.counts[metric] as number) - (parts.count[seat.head] as number)
    seat.head += 1
  }
}

const closePeriod = ({ rules, seat }: Kernel): void => {
  const { ofPeriod, hasMonths } = rules
  const { counts, closed, months } = seat
  let isEmpty = true
  for (let metric = 0; metric < ofPeriod.length; metric += 1) {
    if (ofPeriod[metric] === 1 && counts[metric] !== 0) isEmpty = false
  }
  if (isEmpty) return
  seat.closedFrom = seat.periodFrom
  for (let metric = 0; metric < ofPeriod.length; metric += 1) {
    if (ofPeriod[metric] === 0) continue
    closed[metric] = counts[metric] as number
    counts[metric] = 0
    if (hasMonths) months[metric] = Number.NEGATIVE_INFINITY
  }
}

/** What is over on a day is dropped. */
export const turn = (kernel: Kernel, day: number): void => {
  const { rules, seat } = kernel
  if (rules.windowEnd.length > 0) {
    dropUntil(kernel, day)
    return
  }
  if (day < seat.periodUntil) return
  closePeriod(kernel)
  enterPeriod(kernel, day)
}

/** What counts for life, and other figures of periods. */
const withPeriod = ({ rules, seat }: Kernel, closed: Float64Array | null): Float64Array => {
  const { ofPeriod } = rules
  const { scratch, counts } = seat
  for (let metric = 0; metric < ofPeriod.length; metric += 1) {
    const period = closed === null ? 0 : (closed[metric] as number)
    scratch[metric] = ofPeriod[metric] === 1 ? period : (counts[metric] as number)
  }
  return scratch
}

/** What counts at the beginning of a new period. */
export const blankFigures = (kernel: Kernel): Float64Array => withPeriod(kernel, null)

/** What counted on the day before one on which something is due; it is read before the kernel turns to that day. */
export const figuresBefore = (kernel: Kernel, day: number): Float64Array => {
  const { rules, seat } = kernel
  if (rules.windowEnd.length > 0) {
    dropUntil(kernel, day)
    return seat.counts
  }
  if (day >= seat.periodFrom) return day < seat.periodUntil ? seat.counts : blankFigures(kernel)
  return withPeriod(kernel, seat.closedFrom === periodFromOf(kernel, day) ? seat.closed : null)
}
