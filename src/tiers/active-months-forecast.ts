/** How many distinct months more are active. */
import * as E from 'fp-ts/Either'
import {
  addDays,
  addMonths,
  type CivilDate,
  type Instant,
  startOfDay,
  yearMonthDay,
  type Zone,
} from '../foundation/index.ts'
import { type CountForecast, forecastTrials } from '../statistics/index.ts'
import type { ActiveMonthsMetric } from './metric.ts'
import { bucketsOf } from './metric-count.ts'
import { type MetricPast, type MetricPastFault, nothingMore, tooLittle } from './metric-past.ts'
import { programDay } from './qualification-period.ts'
import type { Standing } from './standing.ts'

const monthOf = (day: CivilDate): CivilDate => addDays(day, 1 - yearMonthDay(day).day)

const monthsBetween = (from: CivilDate, to: CivilDate): number => {
  const [a, b] = [yearMonthDay(from), yearMonthDay(to)]
  return (b.year - a.year) * 12 + b.month - a.month
}

/** The whole months that are over, and how many of them were active. */
const monthsSeen = (zone: Zone, { since, rows }: MetricPast, asOf: Instant): { trials: number; successes: number } => {
  const month = monthOf(programDay(zone, since))
  const first = startOfDay(zone, month) >= since ? month : addMonths(month, 1)
  const now = monthOf(programDay(zone, asOf))
  const active = new Set(rows.map(({ at }) => monthOf(programDay(zone, at))).filter((day) => day >= first && day < now))
  return { trials: Math.max(0, monthsBetween(first, now)), successes: active.size }
}

/** What is left of the month of a day, up to another, if nothing in it is counted yet. */
const restOf = (standing: Standing, metric: ActiveMonthsMetric, from: CivilDate, last: CivilDate): number => {
  const month = monthOf(from)
  const next = addMonths(month, 1)
  const buckets = bucketsOf(standing.counts, metric.id)
  if (buckets.some(({ day, count }) => count > 0 && monthOf(day) === month)) return 0
  return (Math.min(last + 1, next) - from) / (next - month)
}

/** How many months more are active between two instants; the last one is taken as whole. */
export const forecastOfMonths = (
  zone: Zone,
  standing: Standing,
  metric: ActiveMonthsMetric,
  past: MetricPast,
  asOf: Instant,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): E.Either<ReadonlyArray<MetricPastFault>, CountForecast> => {
  const seen = monthsSeen(zone, past, asOf)
  if (seen.trials < 1) return E.left([tooLittle(metric.id, 'month', 1, seen.trials)])
  if (to <= from) return E.right(nothingMore)
  const first = programDay(zone, from)
  const last = programDay(zone, (to - 1) as Instant)
  return forecastTrials({ ...seen, ahead: monthsBetween(first, last), rest: restOf(standing, metric, first, last) })
}
