// Kaplan–Meier and Nelson–Aalen: the share of customers who are still there, by how long they have been customers.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  emptySample,
  type InvalidValue,
  type OutOfRange,
  outOfRange,
} from '../../foundation/index.ts'
import { countBelow, type Lifetimes, lifetimeFaults, sortedTimes } from './lifetimes.ts'
import { confidenceQuantile } from './regression-data.ts'
import { type IntervalEnds, intervalOf, type SurvivalInterval } from './survival-interval.ts'

/** How a curve is estimated. */
export interface KaplanMeierOptions {
  /** `'logLog'` when absent: its ends are always between 0 and 1, and it holds with few customers too. */
  readonly interval?: SurvivalInterval
  /** How often the interval shall hold, at each single time; 0.95 when absent. */
  readonly confidence?: number
}

/** A survival curve as columns, ready for a chart; one entry per distinct time. */
export interface SurvivalCurve {
  readonly times: Float64Array
  /** How many were still there and watched just before. */
  readonly atRisk: Float64Array
  /** How many left then. */
  readonly ends: Float64Array
  /** How many were last seen then. */
  readonly censored: Float64Array
  /** Kaplan–Meier: the share that is still there after that time. */
  readonly survival: Float64Array
  /** Greenwood's, of the logarithm of the share; infinite where the share is 0. */
  readonly logStandardErrors: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  /** Nelson–Aalen: the cumulative hazard. */
  readonly cumulativeHazard: Float64Array
  /** Of the cumulative hazard. */
  readonly hazardStandardErrors: Float64Array
}

/** Why there is no curve. */
export type SurvivalFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange | EmptySample>

/** From the first index on, those that are equal to a time. */
const countEqual = (sorted: Float64Array, from: number, time: number): number => {
  let index = from
  while (index < sorted.length && sorted[index] === time) index += 1
  return index - from
}

const emptyCurve = (length: number) => ({
  times: new Float64Array(length),
  atRisk: new Float64Array(length),
  ends: new Float64Array(length),
  censored: new Float64Array(length),
  survival: new Float64Array(length),
  logStandardErrors: new Float64Array(length),
  low: new Float64Array(length),
  high: new Float64Array(length),
  cumulativeHazard: new Float64Array(length),
  hazardStandardErrors: new Float64Array(length),
})

const distinctCount = (sorted: Float64Array): number => {
  let count = 0
  for (let index = 0; index < sorted.length; index += 1)
    if (index === 0 || sorted[index] !== sorted[index - 1]) count += 1
  return count
}

const curveOf = (lifetimes: Lifetimes, type: SurvivalInterval, z: number): SurvivalCurve => {
  const { all, ends, entries } = sortedTimes(lifetimes)
  const curve = emptyCurve(distinctCount(all))
  let [gone, left, entered, survival, greenwood, hazard, aalen] = [0, 0, 0, 1, 0, 0, 0]
  let bounds: IntervalEnds = { low: 1, high: 1 }
  for (let row = 0; row < curve.times.length; row += 1) {
    const time = all[gone] as number
    const exits = countEqual(all, gone, time)
    const deaths = countEqual(ends, left, time)
    entered = countBelow(entries, time, entered)
    const atRisk = all.length - gone - (entries.length - entered)
    if (deaths > 0) {
      survival *= (atRisk - deaths) / atRisk
      greenwood += deaths / (atRisk * (atRisk - deaths))
      hazard += deaths / atRisk
      aalen += deaths / (atRisk * atRisk)
      bounds = intervalOf(type, survival, Math.sqrt(greenwood), z, bounds.high)
    }
    gone += exits
    left += deaths
    curve.times[row] = time
    curve.atRisk[row] = atRisk
    curve.ends[row] = deaths
    curve.censored[row] = exits - deaths
    curve.survival[row] = survival
    curve.logStandardErrors[row] = Math.sqrt(greenwood)
    curve.low[row] = bounds.low
    curve.high[row] = bounds.high
    curve.cumulativeHazard[row] = hazard
    curve.hazardStandardErrors[row] = Math.sqrt(aalen)
  }
  return curve
}

/**
 * The share of customers who are still there, by how long they have been customers: those who haven't left yet count for as
 * long as they have been seen, and those who came under watch late (`entries`) only from then on.
 *
 * Sources: E. L. Kaplan & P. Meier, JASA 53 (1958); Greenwood's errors; the cumulative hazard after O. Aalen (1978).
 *
 * @param lifetimes how long each customer was watched, and whether they left then
 * @param options see {@link KaplanMeierOptions}
 * @returns `InvalidValue` at each row that is wrong, `OutOfRange` for a confidence not between 0 and 1, `EmptySample` without
 * a customer.
 * @example
 * ```ts
 * import { kaplanMeier, unwrap } from 'treue'
 *
 * const months = { times: [2, 2, 2, 3, 3], ended: [true, false, true, true, false] }
 * const curve = unwrap(kaplanMeier(months))
 * Array.from(curve.times) // => [2, 3]
 * Array.from(curve.survival, (share) => share.toFixed(2)) // => ['0.60', '0.30']
 * ```
 */
export const kaplanMeier = (
  lifetimes: Lifetimes,
  options: KaplanMeierOptions = {},
): Either<SurvivalFaults, SurvivalCurve> => {
  const { interval = 'logLog', confidence = 0.95 } = options
  const quantile = confidenceQuantile(confidence)
  const [first, ...rest] = [...(typeof quantile === 'number' ? [] : [quantile]), ...lifetimeFaults(lifetimes)]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  if (lifetimes.times.length === 0) return { _tag: 'Left', left: [emptySample(['times'], 'a customer')] }
  return { _tag: 'Right', right: curveOf(lifetimes, interval, quantile as number) }
}

/** When so many had left, with the interval by the curve's own; `null` where the curve, or its bound, doesn't fall so far. */
export interface SurvivalQuantile {
  readonly time: number | null
  readonly low: number | null
  readonly high: number | null
}

/** The first time at which a falling curve is at a share; the middle of the step where it stays exactly there. */
const crossing = ({ times, ends }: SurvivalCurve, curve: Float64Array, share: number): number | null => {
  const at = curve.findIndex((value) => value <= share + 1e-9)
  if (at < 0) return null
  if ((curve[at] as number) < share - 1e-9) return times[at] as number
  const next = curve.findIndex((value, index) => index > at && (ends[index] as number) > 0 && value < share - 1e-9)
  return next < 0 ? (times[at] as number) : ((times[at] as number) + (times[next] as number)) / 2
}

/**
 * When a share of the customers had left: with 0.5 the median lifetime.
 *
 * Source: R. Brookmeyer & J. Crowley, Biometrics 38 (1982).
 *
 * @param curve from {@link kaplanMeier}
 * @param left the share, above 0 and below 1
 * @returns `OutOfRange` for any other share.
 * @example
 * ```ts
 * import { kaplanMeier, survivalQuantile, unwrap } from 'treue'
 *
 * const curve = unwrap(kaplanMeier({ times: [2, 2, 2, 3, 3], ended: [true, false, true, true, false] }))
 * unwrap(survivalQuantile(curve, 0.5)).time // => 3
 * unwrap(survivalQuantile(curve, 0.9)).time // => null
 * ```
 */
export const survivalQuantile = (curve: SurvivalCurve, left: number): Either<OutOfRange, SurvivalQuantile> => {
  if (!(left > 0 && left < 1)) return { _tag: 'Left', left: outOfRange([], left, 'a share above 0 and below 1') }
  const share = 1 - left
  return {
    _tag: 'Right',
    right: {
      time: crossing(curve, curve.survival, share),
      low: crossing(curve, curve.low, share),
      high: crossing(curve, curve.high, share),
    },
  }
}

/** The mean lifetime up to a limit. */
export interface RestrictedMean {
  readonly mean: number
  readonly standardError: number
}

/** Σ over ends up to the limit of (area under the curve from there on)² · deaths / (at risk · (at risk − deaths)). */
const areaVariance = (
  { times, atRisk, ends, survival }: SurvivalCurve,
  limit: number,
): readonly [area: number, variance: number] => {
  let [area, variance, until] = [0, 0, limit]
  for (let row = times.length - 1; row >= 0; row -= 1) {
    const time = times[row] as number
    if (time >= limit) continue
    area += (survival[row] as number) * (until - time)
    until = time
    const [risk, deaths] = [atRisk[row] as number, ends[row] as number]
    if (risk > deaths) variance += (area * area * deaths) / (risk * (risk - deaths))
  }
  return [area + until, variance]
}

/**
 * How long customers stay on average within a limit: the area under the curve. It exists where the median does not.
 *
 * @param curve from {@link kaplanMeier}
 * @param limit a time above 0, up to the last of the curve; beyond, where nobody is left
 * @returns `OutOfRange` for a limit beyond what has been seen.
 * @example
 * ```ts
 * import { kaplanMeier, restrictedMean, unwrap } from 'treue'
 *
 * const curve = unwrap(kaplanMeier({ times: [2, 2, 2, 3, 3], ended: [true, false, true, true, false] }))
 * unwrap(restrictedMean(curve, 3)).mean // => 2.6
 * restrictedMean(curve, 4)._tag // => 'Left'
 * ```
 */
export const restrictedMean = (curve: SurvivalCurve, limit: number): Either<OutOfRange, RestrictedMean> => {
  const last = curve.times[curve.times.length - 1] ?? 0
  const isSeen = limit > 0 && limit <= 1e15 && (limit <= last || curve.survival[curve.survival.length - 1] === 0)
  if (!isSeen) return { _tag: 'Left', left: outOfRange(['limit'], limit, `a time above 0, at most ${last}`) }
  const [mean, variance] = areaVariance(curve, limit)
  return { _tag: 'Right', right: { mean, standardError: Math.sqrt(variance) } }
}
