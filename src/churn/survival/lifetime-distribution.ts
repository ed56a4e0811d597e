// The distributions of logarithms of lifetimes, moved to 0 and stretched to 1: their densities and tails with derivatives.

import { normalQuantile, normalUpperTail } from '../../statistics/index.ts'
import { logistic, softplus } from '../log-odds.ts'

/**
 * How lifetimes are distributed: `'exponential'`, at a constant rate of leaving; `'weibull'`, at one that rises or falls with
 * time; `'logNormal'` and `'logLogistic'`, at one that rises first and falls then, the latter with more very long lifetimes.
 */
export type LifetimeDistribution = 'exponential' | 'weibull' | 'logNormal' | 'logLogistic'

/** A value with its first and second derivative. */
export type Jet = readonly [value: number, slope: number, bend: number]

/** Formulas of a distribution. */
export interface LogTime {
  /** The logarithm of the density. */
  readonly logDensity: (z: number) => Jet
  /** The logarithm of the share beyond. */
  readonly logTail: (z: number) => Jet
  /** Below which a share lies. */
  readonly quantile: (share: number) => number
}

const extremeValue: LogTime = {
  logDensity: (z) => {
    const power = Math.exp(z)
    return [z - power, 1 - power, -power]
  },
  logTail: (z) => {
    const power = Math.exp(z)
    return [-power, -power, -power]
  },
  quantile: (share) => Math.log(-Math.log1p(-share)),
}

const logisticTime: LogTime = {
  logDensity: (z) => {
    const share = logistic(z)
    return [z - 2 * softplus(z), 1 - 2 * share, -2 * share * (1 - share)]
  },
  logTail: (z) => {
    const share = logistic(z)
    return [-softplus(z), -share, -share * (1 - share)]
  },
  quantile: (share) => Math.log(share) - Math.log1p(-share),
}

const logRootTwoPi = 0.9189385332046728

/** From here on the tail's series is exact to the last digit, and the tail itself soon below what a number can hold. */
const seriesFrom = 20

const logNormalTail = (z: number): number => {
  if (z < seriesFrom) {
    const tail = normalUpperTail(z)
    return tail._tag === 'Right' ? Math.log(tail.right) : Number.NaN
  }
  const square = 1 / (z * z)
  const series = -square * (1 - square * (3 - square * (15 - square * (105 - square * 945))))
  return (-z * z) / 2 - logRootTwoPi - Math.log(z) + Math.log1p(series)
}

const normal: LogTime = {
  logDensity: (z) => [(-z * z) / 2 - logRootTwoPi, -z, -1],
  logTail: (z) => {
    const tail = logNormalTail(z)
    const hazard = Math.exp((-z * z) / 2 - logRootTwoPi - tail)
    return [tail, -hazard, -hazard * (hazard - z)]
  },
  quantile: (share) => {
    const z = normalQuantile(share)
    return z._tag === 'Right' ? z.right : Number.NaN
  },
}

const logTimes: Readonly<Record<LifetimeDistribution, LogTime>> = {
  exponential: extremeValue,
  weibull: extremeValue,
  logNormal: normal,
  logLogistic: logisticTime,
}

/** The formulas of a distribution. */
export const logTimeOf = (distribution: LifetimeDistribution): LogTime => logTimes[distribution]

/** Whether a name is that of a distribution. */
export const isDistribution = (name: string): boolean => Object.hasOwn(logTimes, name)
