/** A ladder in the form in which the kernel reads it: metrics and tiers by their place. */
import { addDays, addDurationToDate, type CivilDate, periodOf, yearMonthDay } from '../foundation/index.ts'
import type { DayTable } from './day-table.ts'
import { keepThreshold, type Ladder, type Tier } from './ladder.ts'
import { isOfPeriod } from './metric.ts'
import type { Threshold } from './threshold.ts'
import { validityOf } from './tier-look.ts'
import type { TierValidity } from './validity.ts'

/** A threshold: so much of the metric, or so many of the parts where there are parts. */
export interface Target {
  readonly metric: number
  readonly atLeast: number
  readonly of: ReadonlyArray<Target>
}

/** What the kernel knows of a ladder. */
export interface KernelLadder {
  readonly ladder: Ladder
  /** Of each metric, 1 where a period forgets it. */
  readonly ofPeriod: Uint8Array
  /** Of each metric, 1 where it counts months. */
  readonly ofMonths: Uint8Array
  /** What it takes, by rank; `null`: it cannot be done. */
  readonly reach: ReadonlyArray<Target | null>
  readonly keep: ReadonlyArray<Target | null>
  readonly lifetime: ReadonlyArray<Target | null>
  readonly validity: ReadonlyArray<TierValidity>
  /** By rank, 1 where the tier is lost as soon as what keeps it is not there. */
  readonly isOpen: Uint8Array
  readonly hasLifetime: boolean
  readonly hasOpen: boolean
  readonly hasRolling: boolean
  readonly hasMonths: boolean
  /** Whether a row that counts has to know its day; else it only has to know whether the period is over. */
  readonly asksForDays: boolean
  readonly days: DayTable
  /** Of each day of the table, the period that it lies in; empty where there are no calendar's periods. */
  readonly periodFrom: Int32Array
  readonly periodUntil: Int32Array
  /** Of each day, the day on which it is no longer in the window; empty without a window. */
  readonly windowEnd: Int32Array
  /** Of each day, the first of its month; empty where nothing counts months. */
  readonly month: Int32Array
  /**
   * By rank and day, when a tier ends that is entered then, and one that is given for a whole period; `NaN` where nobody
   * has asked yet. Empty where that is another instant for each member, or the table were too large.
   */
  readonly ends: Float64Array
  readonly wholeEnds: Float64Array
}

const targetOf = (ladder: Ladder, threshold: Threshold | undefined): Target | null => {
  if (threshold === undefined) return null
  if (threshold.type !== 'count') {
    const of = threshold.of.map((part) => targetOf(ladder, part)).filter((part) => part !== null)
    const atLeast = threshold.type === 'all' ? of.length : threshold.type === 'any' ? 1 : threshold.number
    return { metric: -1, atLeast, of }
  }
  const metric = ladder.metrics.findIndex(({ id }) => id === threshold.metric)
  // One place after the last there is always nothing.
  return { metric: metric < 0 ? ladder.metrics.length : metric, atLeast: threshold.atLeast, of: [] }
}

/** Whether figures, one for each metric and a 0 after the last, meet a threshold. */
export const isMetBy = ({ metric, atLeast, of }: Target, figures: Float64Array): boolean => {
  if (metric >= 0) return (figures[metric] as number) >= atLeast
  let met = 0
  for (const part of of) if (isMetBy(part, figures)) met += 1
  return met >= atLeast
}

/** The highest rank of which what it takes is there, of those up to one; 0 where it is the first. */
export const highestMet = (targets: ReadonlyArray<Target | null>, figures: Float64Array, upTo: number): number => {
  for (let rank = upTo; rank > 0; rank -= 1) {
    const target = targets[rank]
    if (target !== null && target !== undefined && isMetBy(target, figures)) return rank
  }
  return 0
}

/**
 * Whether the kernel can do a ladder, of members who take nothing back and bring nothing late: periods of a calendar or
 * from joining, a window of days, or all time; every validity, also of single tiers; every way to climb and to fall, with
 * a grace or without; tiers for life. It cannot do periods from the entry of a tier, tenure, suspensions, rollover and
 * deduction, months in a window of days, and a raise that waits beside a tier that is lost within a window.
 */
export const isForKernel = (ladder: Ladder): boolean => {
  const { period, metrics, tiers, policy = {}, suspensions = [] } = ladder
  if (period.type === 'tierEntry' || suspensions.length > 0) return false
  if (policy.consumption === 'deduct' || policy.rollover !== undefined) return false
  if (metrics.some(({ of }) => of === 'tenure')) return false
  if (period.type !== 'rolling') return true
  const isOpen = (tier: Tier): boolean => validityOf(ladder, tier).type === 'whileQualified'
  const waits = (policy.upgrade ?? 'atOnce') !== 'atOnce'
  return !metrics.some((metric) => metric.of === 'activeMonths' && isOfPeriod(metric)) && !(waits && tiers.some(isOpen))
}

const filled = (length: number, of: (index: number) => number): Int32Array => {
  const values = new Int32Array(length)
  for (let index = 0; index < length; index += 1) values[index] = of(index)
  return values
}

const none: Int32Array = /* @__PURE__ */ new Int32Array(0)

type PerDay = Pick<KernelLadder, 'periodFrom' | 'periodUntil' | 'windowEnd' | 'month'>

const perDay = ({ period }: Ladder, hasMonths: boolean, { first, starts }: DayTable): PerDay => {
  const days = starts.length - 1
  const dayAt = (index: number): CivilDate => (first + index) as CivilDate
  const month = hasMonths ? filled(days, (index) => addDays(dayAt(index), 1 - yearMonthDay(dayAt(index)).day)) : none
  if (period.type === 'rolling') {
    const windowEnd = filled(days, (index) => addDurationToDate(dayAt(index), period.length))
    return { periodFrom: none, periodUntil: none, windowEnd, month }
  }
  if (period.type !== 'calendar') return { periodFrom: none, periodUntil: none, windowEnd: none, month }
  return {
    periodFrom: filled(days, (index) => periodOf(period.calendar, dayAt(index)).from),
    periodUntil: filled(days, (index) => periodOf(period.calendar, dayAt(index)).until),
    windowEnd: none,
    month,
  }
}

/** The largest table of ends that is worth its memory. */
const mostEnds = 1_000_000

/** The ladder for the kernel; it must be one that the kernel can do. */
export const kernelLadder = (ladder: Ladder, days: DayTable): KernelLadder => {
  const { metrics, tiers, policy = {} } = ladder
  const validity = tiers.map((tier) => validityOf(ladder, tier))
  const isOpen = (rank: number): boolean => validity[rank]?.type === 'whileQualified' && policy.downgrade !== 'never'
  const hasMonths = metrics.some(({ of }) => of === 'activeMonths')
  const hasRolling = ladder.validity.type === 'rolling' || validity.some(({ type }) => type === 'rolling')
  const ends = tiers.length * days.starts.length
  const isShared = ladder.period.type !== 'enrolment' && ends <= mostEnds
  return {
    ladder,
    ofPeriod: Uint8Array.from(metrics, (metric) => (isOfPeriod(metric) ? 1 : 0)),
    ofMonths: Uint8Array.from(metrics, ({ of }) => (of === 'activeMonths' ? 1 : 0)),
    reach: tiers.map(({ reach }) => targetOf(ladder, reach)),
    keep: tiers.map((tier) => targetOf(ladder, keepThreshold(tier))),
    lifetime: tiers.map(({ lifetime }) => targetOf(ladder, lifetime)),
    validity,
    isOpen: Uint8Array.from(tiers, (_, rank) => (isOpen(rank) ? 1 : 0)),
    hasLifetime: tiers.some(({ lifetime }) => lifetime !== undefined),
    hasOpen: tiers.some((_, rank) => isOpen(rank)),
    hasRolling,
    hasMonths,
    asksForDays:
      hasRolling || hasMonths || ladder.period.type === 'rolling' || (policy.upgrade ?? 'atOnce') !== 'atOnce',
    days,
    ends: new Float64Array(isShared ? ends : 0).fill(Number.NaN),
    wholeEnds: new Float64Array(isShared ? ends : 0).fill(Number.NaN),
    ...perDay(ladder, hasMonths, days),
  }
}
