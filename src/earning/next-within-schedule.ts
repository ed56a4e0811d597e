/** When a schedule holds next. */
import {
  addDays,
  type CivilDate,
  type Instant,
  instantAt,
  localDateOf,
  startOfDay,
  type Zone,
} from '../foundation/index.ts'
import { isWithinSchedule, type Schedule } from './schedule.ts'

const DAY = 86_400_000
const MINUTE = 60_000

/** The calendar of weekdays comes round within 40 years, a 29 February that no leap year has included. */
const MOST_DAYS = 14_610

/** The instants of a day at which a schedule can begin to hold, though it need not. */
const beginnings = ({ hours, instants }: Schedule, zone: Zone, date: CivilDate): ReadonlyArray<Instant> => {
  const minute = hours?.from ?? 0
  const start = startOfDay(zone, date)
  const end = startOfDay(zone, addDays(date, 1))
  // A clock that is set back just after midnight shows the evening before once more.
  const turns = zone.transitions.filter(({ at }) => at >= start - DAY && at <= end + DAY)
  const found: ReadonlyArray<number> = [
    start,
    instantAt(zone, date, minute * MINUTE),
    // Where the clock turns, it can jump into a time, or come to it once more.
    ...turns.flatMap(({ at, offsetSeconds }) => [
      ...(at <= end ? [at] : []),
      date * DAY - offsetSeconds * 1000,
      date * DAY + minute * MINUTE - offsetSeconds * 1000,
    ]),
    ...(instants?.from === undefined ? [] : [instants.from]),
  ]
  return found as ReadonlyArray<Instant>
}

/**
 * The first instant from one on that lies in a schedule; `null` where there is none within 40 years.
 *
 * @param schedule - days and hours
 * @param zone - the zone of the calendar
 * @param at - the instant from which on it is sought
 *
 * @example
 * ```ts
 * import { formatInstant, nextWithinSchedule, parseInstant, unwrap, utc } from 'treue'
 *
 * const happyHour = { weekdays: [6, 7], hours: { from: 16 * 60, until: 18 * 60 } } as const
 * const next = nextWithinSchedule(happyHour, utc, unwrap(parseInstant('2026-03-04T12:00:00Z')))
 * next === null ? 'never' : formatInstant(next) // => '2026-03-07T16:00:00Z'
 * ```
 */
export const nextWithinSchedule = (schedule: Schedule, zone: Zone, at: Instant): Instant | null => {
  if (isWithinSchedule(schedule, zone, at)) return at
  const { from, until, instants } = schedule
  const earliest = Math.max(at, instants?.from ?? at) as Instant
  const first = Math.max(addDays(localDateOf(zone, earliest), -1), from ?? Number.NEGATIVE_INFINITY) as CivilDate
  for (let days = 0; days <= MOST_DAYS; days += 1) {
    const date = addDays(first, days)
    // Hours over midnight go on for a day after the last one.
    if (until !== undefined && date > until) return null
    const next = Math.min(
      ...beginnings(schedule, zone, date).filter((one) => one >= at && isWithinSchedule(schedule, zone, one)),
    )
    if (Number.isFinite(next)) return next as Instant
  }
  return null
}
