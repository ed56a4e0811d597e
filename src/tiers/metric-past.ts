/** What a member did of late, and what the coming time brings at that pace. */
import * as E from 'fp-ts/Either'
import {
  type Fault,
  type Instant,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  underPath,
} from '../foundation/index.ts'
import { type CountForecast, forecastAmount, forecastCount, type PacePrior } from '../statistics/index.ts'
import type { Metric, MetricId } from './metric.ts'

/** Something that counted, when it did. */
export interface PastCount {
  readonly at: Instant
  /** In the metric's unit, a whole number from 1: what was taken back again is left out. */
  readonly count: number
}

/** What a member did of one metric. */
export interface MetricPast {
  readonly metric: MetricId
  /**
   * How the coming time follows from it. `poisson`: each counts 1 and comes by itself, as orders; default for what counts
   * times. `compound`: so, but each with an amount, as points of a purchase; default for amounts. `windows`: the coming
   * time is as any earlier one of the same length, whatever pattern there is in it. Distinct months have one way of their
   * own: each month is active as often as those that are over.
   */
  readonly model?: 'poisson' | 'compound' | 'windows'
  /** From when on all that counted is in the rows. */
  readonly since: Instant
  /** In any order. */
  readonly rows: ReadonlyArray<PastCount>
  /** What is believed of the pace before, its time in days; Jeffreys' prior when absent, half an event in no time. */
  readonly prior?: PacePrior
}

/** A past that is too short to tell a pace. */
export interface TooLittlePast extends Fault<'TooLittlePast'> {
  readonly metric: MetricId
  /** What there is too little of: days looked at, whole months, things that counted, or earlier times of the same length. */
  readonly unit: 'day' | 'month' | 'event' | 'window'
  readonly needed: number
  readonly found: number
}

/** Why the pace of a metric is not known. */
export type MetricPastFault = TooLittlePast | InvalidValue | OutOfRange

const dayMs = 86_400_000

type Model = NonNullable<MetricPast['model']> | 'months'

export const modelOf = (metric: Metric, { model }: MetricPast): Model => {
  if (metric.of === 'activeMonths') return 'months'
  const isTimes = metric.of === 'orders' || (metric.of === 'action' && metric.attribute === undefined)
  return model ?? (isTimes ? 'poisson' : 'compound')
}

export const tooLittle = (
  metric: MetricId,
  unit: TooLittlePast['unit'],
  needed: number,
  found: number,
): TooLittlePast => ({
  _tag: 'TooLittlePast',
  path: unit === 'event' ? ['rows'] : ['since'],
  expected: `a past of at least ${needed} ${unit}${needed === 1 ? '' : 's'}`,
  metric,
  unit,
  needed,
  found,
})

/** What is wrong with a past, whatever it is asked. */
const pastFaults = (metric: Metric, past: MetricPast, asOf: Instant): ReadonlyArray<MetricPastFault> => {
  const model = modelOf(metric, past)
  const most = model === 'poisson' ? 1 : Number.MAX_SAFE_INTEGER
  const days = (asOf - past.since) / dayMs
  const rows = past.rows.flatMap(({ at, count }, index) => [
    ...(at >= past.since && at <= asOf
      ? []
      : [invalidValue(['rows', index, 'at'], at, 'an instant from since to the one at which it is asked')]),
    ...(Number.isSafeInteger(count) && count >= 1 && count <= most
      ? []
      : [invalidValue(['rows', index, 'count'], count, most === 1 ? '1, or another model' : 'a whole number from 1')]),
  ])
  const events = past.rows.length
  return [
    ...rows,
    ...(days >= 1 ? [] : [tooLittle(metric.id, 'day', 1, Math.max(0, days))]),
    ...(model === 'compound' && events < 2 ? [tooLittle(metric.id, 'event', 2, events)] : []),
  ]
}

/** Nothing more comes. */
export const nothingMore: CountForecast = {
  expected: 0,
  atLeast: (count) => (count <= 0 ? 1 : 0),
  quantile: () => 0,
}

/** What came in each earlier time of some length, back from an instant, in rising order. */
const windowSums = (past: MetricPast, asOf: Instant, length: number): ReadonlyArray<number> => {
  const sums = Array.from({ length: Math.floor((asOf - past.since) / length) }, () => 0)
  for (const { at, count } of past.rows) {
    // What was done at the very beginning of a window is of the one before it.
    const index = Math.floor((asOf - at) / length)
    if (index < sums.length) sums[index] = (sums[index] ?? 0) + count
  }
  return sums.sort((a, b) => a - b)
}

/** Keeps a rank from moving by what a product of fractions is off. */
const rankSlack = 1e-9

/** Ranks to both sides outwards, so that a further window is between them as often as promised. */
const forecastOfWindows = (sums: ReadonlyArray<number>): CountForecast => ({
  expected: sums.reduce((sum, value) => sum + value, 0) / sums.length,
  atLeast: (count) => sums.filter((sum) => sum >= count).length / sums.length,
  quantile: (probability) => {
    const exact = probability * (sums.length + 1)
    const rank = probability < 0.5 ? Math.floor(exact + rankSlack) : Math.ceil(exact - rankSlack)
    return sums[Math.min(sums.length, Math.max(1, rank)) - 1] ?? 0
  },
})

/** What a metric grows by in a time to come, between two instants. */
export const forecastOf = (
  metric: Metric,
  past: MetricPast,
  asOf: Instant,
  length: number,
  confidence: number,
): E.Either<ReadonlyArray<MetricPastFault>, CountForecast> => {
  if (length <= 0) return E.right(nothingMore)
  const model = modelOf(metric, past)
  if (model === 'windows') {
    const sums = windowSums(past, asOf, length)
    const least = Math.ceil(2 / (1 - confidence) - rankSlack) - 1
    return sums.length >= least
      ? E.right(forecastOfWindows(sums))
      : E.left([tooLittle(metric.id, 'window', least, sums.length)])
  }
  const { prior } = past
  const times = { time: (asOf - past.since) / dayMs, ahead: length / dayMs, ...(prior === undefined ? {} : { prior }) }
  const amounts = past.rows.map(({ count }) => count)
  return model === 'poisson' ? forecastCount({ ...times, events: amounts.length }) : forecastAmount(times, amounts)
}

/** The pasts of some metrics, each with its place; a metric that has none is a fault. */
export const pastsOf = (
  metrics: ReadonlyArray<Metric>,
  pasts: ReadonlyArray<MetricPast>,
  asOf: Instant,
): E.Either<ReadonlyArray<MetricPastFault>, ReadonlyMap<MetricId, readonly [MetricPast, number]>> => {
  const found = new Map<MetricId, readonly [MetricPast, number]>()
  const faults = metrics.flatMap((metric): ReadonlyArray<MetricPastFault> => {
    if (metric.of === 'tenure' || metric.of === 'balance') return []
    const index = pasts.findIndex((past) => past.metric === metric.id)
    const past = pasts[index]
    if (past === undefined) return [invalidValue(['pasts'], metric.id, `a past of the metric ${metric.id}`)]
    found.set(metric.id, [past, index])
    return underPath(['pasts', index], pastFaults(metric, past, asOf))
  })
  return faults.length > 0 ? E.left(faults) : E.right(found)
}
