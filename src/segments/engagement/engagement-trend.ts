// Whether a customer's engagement rises or falls: a straight line through the scores of some days.

import { type Either, isLeft, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  CivilDate,
  type EmptySample,
  emptySample,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from '../../foundation/index.ts'
import { compensatedSum, type DifferenceInterval, studentQuantile } from '../../statistics/index.ts'

/** A score of a day. */
export interface EngagementPoint {
  readonly day: CivilDate
  /** 0–100. */
  readonly score: number
}

/** How a trend is told. */
export interface EngagementTrendOptions {
  /** Over how many days the change is told, 30 when absent. */
  readonly perDays?: number
  /** Of the interval, 0.95 when absent. */
  readonly confidence?: number
}

/** Where engagement is going. */
export interface EngagementTrend {
  /** How many points the score gains in `perDays` days. */
  readonly change: number
  readonly perDays: number
  /** Student's interval of the change; it takes the days' deviations from the line as independent. */
  readonly interval: DifferenceInterval
  /** `'unclear'` where the interval has 0 in it. */
  readonly direction: 'rising' | 'falling' | 'unclear'
}

/** Everything that keeps scores from having a trend. */
export type EngagementTrendFaults = ReadonlyNonEmptyArray<EmptySample | InvalidValue | OutOfRange | ZeroDenominator>

const pointFaults = (points: ReadonlyArray<EngagementPoint>): ReadonlyArray<InvalidValue> =>
  points.flatMap(({ day, score }, index) => [
    ...(CivilDate.is(day) ? [] : [invalidValue([index, 'day'], day, 'a date')]),
    ...(score >= 0 && score <= 100 ? [] : [invalidValue([index, 'score'], score, 'a number from 0 to 100')]),
  ])

const optionFaults = ({ perDays = 30, confidence = 0.95 }: EngagementTrendOptions): ReadonlyArray<OutOfRange> => [
  ...(perDays > 0 && perDays <= 3660 ? [] : [outOfRange(['perDays'], perDays, 'days above 0, at most 3660')]),
  ...(confidence > 0 && confidence < 1
    ? []
    : [outOfRange(['confidence'], confidence, 'a confidence above 0 and below 1')]),
]

interface Line {
  readonly slope: number
  /** The standard error of the slope. */
  readonly error: number
}

/** Least squares. Days and scores are taken from their means, where no digits are lost. */
const lineThrough = (points: ReadonlyArray<EngagementPoint>): Line | undefined => {
  const count = points.length
  const meanDay = points.reduce((sum, { day }) => sum + day, 0) / count
  const meanScore = compensatedSum(points.map(({ score }) => score)) / count
  const spread = compensatedSum(points.map(({ day }) => (day - meanDay) ** 2))
  if (spread === 0) return undefined
  const slope = compensatedSum(points.map(({ day, score }) => (day - meanDay) * (score - meanScore))) / spread
  const rest = compensatedSum(points.map(({ day, score }) => (score - meanScore - slope * (day - meanDay)) ** 2))
  return { slope, error: Math.sqrt(rest / (count - 2) / spread) }
}

const directionOf = ({ lower, upper }: DifferenceInterval): EngagementTrend['direction'] => {
  if (lower > 0) return 'rising'
  return upper < 0 ? 'falling' : 'unclear'
}

/**
 * Where a customer's engagement is going, by a straight line through the scores of several days.
 *
 * Source: ordinary least squares with Student's interval of the slope.
 *
 * @param points scores of at least three days, in any order
 * @param options see {@link EngagementTrendOptions}
 * @returns `EmptySample` with fewer than three points, `ZeroDenominator` where all are of one day, `InvalidValue` for a date or
 * score that is none, `OutOfRange` for a wrong option.
 * @example
 * ```ts
 * import { type CivilDate, engagementTrend, unwrap } from 'treue'
 *
 * const points = [80, 70, 61, 50].map((score, week) => ({ day: (20_000 + 7 * week) as CivilDate, score }))
 * const { change, direction } = unwrap(engagementTrend(points, { perDays: 7 }))
 * change.toFixed(1) // => '-9.9'
 * direction // => 'falling'
 * ```
 */
export const engagementTrend = (
  points: ReadonlyArray<EngagementPoint>,
  options: EngagementTrendOptions = {},
): Either<EngagementTrendFaults, EngagementTrend> => {
  const { perDays = 30, confidence = 0.95 } = options
  const [first, ...others] = [...pointFaults(points), ...optionFaults(options)]
  if (first !== undefined) return left([first, ...others])
  if (points.length < 3) return left([emptySample([], 'scores of at least three days')])
  const line = lineThrough(points)
  if (line === undefined) return left([zeroDenominator([], 'scores of different days')])
  const t = studentQuantile((1 + confidence) / 2, points.length - 2)
  if (isLeft(t)) return left([t.left])
  const [change, reach] = [line.slope * perDays, t.right * line.error * perDays]
  const interval = { lower: change - reach, upper: change + reach }
  return right({ change, perDays, interval, direction: directionOf(interval) })
}
