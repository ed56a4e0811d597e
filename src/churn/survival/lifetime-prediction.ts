// How long a customer of given covariates stays, by a regression of lifetimes.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type InvalidValue, invalidValue, type OutOfRange, outOfRange } from '../../foundation/index.ts'
import { logTimeOf } from './lifetime-distribution.ts'
import type { LifetimeFit } from './lifetime-regression.ts'
import { confidenceQuantile } from './regression-data.ts'

/** Shares that are still there, as columns, ready for a chart. */
export interface LifetimeCurve {
  readonly times: Float64Array
  readonly survival: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

/** When a share of such customers has left, with its interval. */
export interface LifetimeQuantile {
  readonly time: number
  readonly standardError: number
  readonly low: number
  /** Infinite where it is beyond numbers. */
  readonly high: number
}

/** Why there is no prediction. */
export type LifetimePredictionFaults = ReadonlyNonEmptyArray<InvalidValue | OutOfRange>

/** The mean of the logarithm's place, and the error of a · place + b · log scale. */
interface Place {
  readonly place: number
  readonly errorOf: (byPlace: number, byLogScale: number) => number
}

const placeOf = ({ intercept, coefficients, covariance }: LifetimeFit, values: ReadonlyArray<number>): Place => ({
  place: coefficients.reduce(
    (sum, { coefficient }, at) => sum + coefficient * (values[at] as number),
    intercept.coefficient,
  ),
  errorOf: (byPlace, byLogScale) => {
    const direction = [byPlace, ...values.map((value) => byPlace * value), byLogScale]
    const variance = covariance.reduce(
      (sum, row, at) =>
        sum +
        (direction[at] as number) *
          row.reduce((part, value, column) => part + value * (direction[column] as number), 0),
      0,
    )
    return Math.sqrt(Math.max(0, variance))
  },
})

const valueFaults = ({ coefficients }: LifetimeFit, values: ReadonlyArray<number>): ReadonlyArray<InvalidValue> => {
  const size = coefficients.length
  return [
    ...(values.length === size ? [] : [invalidValue(['values', 'length'], values.length, `${size}, as of the fit`)]),
    ...values.flatMap((value, at) =>
      Number.isFinite(value) ? [] : [invalidValue(['values', at], value, 'a finite number')],
    ),
  ]
}

const timeFaults = (times: ArrayLike<number>): ReadonlyArray<InvalidValue> =>
  Array.from(times).flatMap((time, at) =>
    time >= 0 && time <= 1e15 ? [] : [invalidValue(['times', at], time, 'a time from 0 to 1e15')],
  )

/**
 * The share of customers of given covariates that is still there after each time, with an interval that says how well the fit
 * is known.
 *
 * @param fit from {@link lifetimeRegression}
 * @param values the customer's covariates, in the order of the fit
 * @param times from 0 on, in the unit of the fit
 * @param confidence how often the interval shall hold, at each single time; 0.95 when absent
 * @returns `InvalidValue` for a value or time that is none, or for another number of values than the fit has, `OutOfRange` for
 * a confidence not between 0 and 1.
 * @example
 * ```ts
 * import { lifetimeRegression, lifetimeSurvival, unwrap } from 'treue'
 *
 * const months = { times: [2, 3, 4, 5, 6, 8, 9, 12], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [] }
 * const fit = unwrap(lifetimeRegression(months, 'weibull'))
 * const { survival } = unwrap(lifetimeSurvival(fit, [], [0, 6, 12, 24]))
 * Array.from(survival, (share) => share.toFixed(2)) // => ['1.00', '0.57', '0.21', '0.01']
 * ```
 */
export const lifetimeSurvival = (
  fit: LifetimeFit,
  values: ReadonlyArray<number>,
  times: ArrayLike<number>,
  confidence: number = 0.95,
): Either<LifetimePredictionFaults, LifetimeCurve> => {
  const quantile = confidenceQuantile(confidence)
  const [first, ...rest] = [
    ...valueFaults(fit, values),
    ...timeFaults(times),
    ...(typeof quantile === 'number' ? [] : [quantile]),
  ]
  if (first !== undefined || typeof quantile !== 'number') {
    return { _tag: 'Left', left: [first as LifetimePredictionFaults[0], ...rest] }
  }
  const { place, errorOf } = placeOf(fit, values)
  const { logTail } = logTimeOf(fit.distribution)
  const share = (z: number): number => (z === Number.NEGATIVE_INFINITY ? 1 : Math.exp(logTail(z)[0]))
  const column = new Float64Array(times)
  const zs = column.map((time) => (Math.log(time) - place) / fit.scale)
  const reaches = zs.map((z) => (z === Number.NEGATIVE_INFINITY ? 0 : quantile * errorOf(1 / fit.scale, z)))
  return {
    _tag: 'Right',
    right: {
      times: column,
      survival: zs.map(share),
      low: zs.map((z, at) => share(z + (reaches[at] as number))),
      high: zs.map((z, at) => share(z - (reaches[at] as number))),
    },
  }
}

/**
 * When a share of customers of given covariates has left: with 0.5 their median lifetime.
 *
 * @param fit from {@link lifetimeRegression}
 * @param values the customer's covariates, in the order of the fit
 * @param left the share, above 0 and below 1
 * @param confidence how often the interval, of the logarithm of the time, shall hold; 0.95 when absent
 * @returns `InvalidValue` for a value that is no number, or for another number of values than the fit has, `OutOfRange` for
 * any other share or confidence, and for values so far from those of the data that the time is beyond numbers.
 * @example
 * ```ts
 * import { lifetimeQuantile, lifetimeRegression, unwrap } from 'treue'
 *
 * const months = { times: [2, 3, 4, 5, 6, 8, 9, 12], ended: [1, 1, 1, 1, 0, 1, 0, 0], covariates: [] }
 * const fit = unwrap(lifetimeRegression(months, 'weibull'))
 * unwrap(lifetimeQuantile(fit, [], 0.5)).time.toFixed(1) // => '7.0'
 * ```
 */
export const lifetimeQuantile = (
  fit: LifetimeFit,
  values: ReadonlyArray<number>,
  left: number,
  confidence: number = 0.95,
): Either<LifetimePredictionFaults, LifetimeQuantile> => {
  const quantile = confidenceQuantile(confidence)
  const [first, ...rest] = [
    ...valueFaults(fit, values),
    ...(left > 0 && left < 1 ? [] : [outOfRange(['left'], left, 'a share above 0 and below 1')]),
    ...(typeof quantile === 'number' ? [] : [quantile]),
  ]
  if (first !== undefined || typeof quantile !== 'number') {
    return { _tag: 'Left', left: [first as LifetimePredictionFaults[0], ...rest] }
  }
  const { place, errorOf } = placeOf(fit, values)
  const drift = fit.scale * logTimeOf(fit.distribution).quantile(left)
  const time = Math.exp(place + drift)
  if (!(time < Number.MAX_VALUE)) {
    return { _tag: 'Left', left: [outOfRange(['values'], values, 'values of which the time is within numbers')] }
  }
  const logError = errorOf(1, drift)
  const factor = Math.exp(quantile * logError)
  return { _tag: 'Right', right: { time, standardError: time * logError, low: time / factor, high: time * factor } }
}
