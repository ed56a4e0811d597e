/** Lengths of a ladder beside each other: on any day of four years, a leap year among them. */
import {
  addDays,
  addDuration,
  addDurationToDate,
  addMonths,
  type CivilDate,
  type CivilPeriod,
  type Duration,
  startOfDay,
  utc,
  yearMonthDay,
} from '../foundation/index.ts'
import { type DayDuration, type QualificationPeriod, qualificationPeriod } from './qualification-period.ts'
import type { TierValidity } from './validity.ts'

/** 1 January 2023 to 31 December 2026. */
const days: ReadonlyArray<CivilDate> = /* @__PURE__ */ Array.from(
  { length: 1_461 },
  (_, day) => (19_358 + day) as CivilDate,
)

/** The period of a member who joins, or enters the tier, on its first day. */
const periodFrom = (period: QualificationPeriod, day: CivilDate): CivilPeriod | undefined => {
  if (period.type === 'rolling') return { from: day, until: addDurationToDate(day, period.length) }
  return qualificationPeriod(period, day, { joined: day, entered: day })
}

const monthOf = (day: CivilDate): CivilDate => addDays(day, 1 - yearMonthDay(day).day)

const mostMonths = 1_200

/** How many months count on a day: those of its period, or those that began within the last so many days. */
const monthsOn = (period: QualificationPeriod, day: CivilDate): number => {
  const of = periodFrom(period, day)
  if (of === undefined) return mostMonths
  const isRolling = period.type === 'rolling'
  const last = isRolling ? day : addDays(of.until, -1)
  let month = monthOf(last)
  let count = 0
  const counts = (): boolean =>
    isRolling ? addDurationToDate(month, period.length) > day : addMonths(month, 1) > of.from
  while (count < mostMonths && counts()) {
    count += 1
    month = addMonths(month, -1)
  }
  return count
}

/** The most distinct months that can count at once; `undefined`: more than in a hundred years. */
export const mostActiveMonths = (period: QualificationPeriod): number | undefined => {
  if (period.type === 'lifetime') return undefined
  let most = 0
  for (const day of days) {
    most = Math.max(most, monthsOn(period, day))
    if (most === mostMonths) return undefined
  }
  return most
}

/** A period that is over before what is pending from its first instant on is active. */
export const pendingOutlasts = (period: QualificationPeriod, pending: Duration): CivilPeriod | undefined => {
  for (const day of days) {
    const of = periodFrom(period, day)
    if (of !== undefined && addDuration(utc, startOfDay(utc, of.from), pending) >= startOfDay(utc, of.until)) return of
  }
  return undefined
}

/** A day from which on a grace is longer than a validity from the same day on. */
export const graceOutlasts = (
  period: QualificationPeriod,
  validity: TierValidity,
  grace: DayDuration,
): CivilDate | undefined => {
  const endOf = (day: CivilDate): CivilDate | undefined => {
    if (validity.type === 'term' || validity.type === 'rolling') return addDurationToDate(day, validity.length)
    const of = validity.type === 'endOfPeriod' ? periodFrom(period, day) : undefined
    return of?.from === day ? of.until : undefined
  }
  return days.find((day) => addDurationToDate(day, grace) > (endOf(day) ?? Number.POSITIVE_INFINITY))
}

/** Whether a grace from the start of a tier is always over when its validity of some length is. */
export const graceWithoutEffectOn = (validity: TierValidity, grace: DayDuration): boolean =>
  (validity.type === 'term' || validity.type === 'rolling') &&
  days.every((day) => addDurationToDate(day, grace) <= addDurationToDate(day, validity.length))
