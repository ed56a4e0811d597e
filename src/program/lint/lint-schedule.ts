/** What schedules say of the facts of an activity, and schedules that never come. */
import { isWithinSchedule, type Schedule } from '../../earning/index.ts'
import { addDays, type CivilDate, type Instant, localDateOf, utc, type Zone } from '../../foundation/index.ts'
import type { PlacedCondition } from './lint-condition.ts'
import type { ProgramFinding } from './lint-finding.ts'

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

/** The last day that a month can have, from January on. */
const LAST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The months that have one of some days; all of them say nothing. */
const monthsWith = (days: ReadonlyArray<number>): ReadonlyArray<number> | undefined => {
  const first = Math.min(...days)
  const months = MONTHS.filter((month) => first <= (LAST_DAYS[month - 1] ?? 0))
  return months.length === MONTHS.length ? undefined : months
}

const inMonths = (months: ReadonlyArray<number>): PlacedCondition['condition'] => ({
  any: months.map((month) => ({ field: 'month', equals: month })),
})

/**
 * What a schedule says of weekday, month and hour, each with its place in it; hours over midnight belong to the day before,
 * so that then nothing is said.
 */
export const scheduleConditions = ({
  weekdays,
  months,
  daysOfMonth,
  hours,
}: Schedule = {}): ReadonlyArray<PlacedCondition> => {
  if (hours !== undefined && hours.from > hours.until) return []
  const ofDays = daysOfMonth === undefined ? undefined : monthsWith(daysOfMonth)
  return [
    ...(weekdays === undefined
      ? []
      : [
          {
            path: ['weekdays'],
            condition: { field: 'weekday', in: weekdays.flatMap((day) => WEEKDAYS[day - 1] ?? []) },
          },
        ]),
    ...(months === undefined ? [] : [{ path: ['months'], condition: inMonths(months) }]),
    ...(ofDays === undefined ? [] : [{ path: ['daysOfMonth'], condition: inMonths(ofDays) }]),
    ...(hours === undefined
      ? []
      : [
          {
            path: ['hours'],
            condition: {
              field: 'hour',
              atLeast: Math.floor(hours.from / 60),
              atMost: Math.floor((hours.until - 1) / 60),
            },
          },
        ]),
  ]
}

const DAY = 86_400_000

/** In a longer time weekdays and days of months come together; where they do not, they never do. */
const MOST_DAYS = 800

/** The days on which a schedule may hold, the day before included, whose hours may run over midnight. */
const span = ({ from, until, instants = {} }: Schedule, zone: Zone): readonly [number, number] => [
  Math.max(
    from ?? Number.NEGATIVE_INFINITY,
    instants.from === undefined ? Number.NEGATIVE_INFINITY : localDateOf(zone, instants.from) - 1,
  ),
  Math.min(
    until ?? Number.POSITIVE_INFINITY,
    instants.until === undefined ? Number.POSITIVE_INFINITY : localDateOf(zone, instants.until) + 1,
  ),
]

/** Whether there is surely no day in the time of a schedule that is one of its days. */
const hasNoDay = (schedule: Schedule, zone: Zone): boolean => {
  const { weekdays, months, daysOfMonth } = schedule
  const [from, until] = span(schedule, zone)
  if (from >= until) return true
  if (!(until - from <= MOST_DAYS)) return false
  const days: Schedule = {
    ...(weekdays === undefined ? {} : { weekdays }),
    ...(months === undefined ? {} : { months }),
    ...(daysOfMonth === undefined ? {} : { daysOfMonth }),
  }
  for (let date = from as CivilDate; date < until; date = addDays(date, 1)) {
    if (isWithinSchedule(days, utc, (date * DAY) as Instant)) return false
  }
  return true
}

/** The parts of a schedule of which none can be left out, where its time has none of its days; else none. */
export const neverComing = (schedule: Schedule | undefined, zone: Zone): ReadonlyArray<ProgramFinding['path']> => {
  if (schedule === undefined || !hasNoDay(schedule, zone)) return []
  let left: Schedule = schedule
  for (const part of Object.keys(schedule)) {
    const without = Object.fromEntries(Object.entries(left).filter(([name]) => name !== part)) as Schedule
    if (hasNoDay(without, zone)) left = without
  }
  return Object.keys(left).map((part) => [part])
}
