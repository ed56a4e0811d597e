// What is believed of parameters beforehand, and what it takes from a likelihood by their logarithms.

import { type InvalidValue, invalidValue } from '../../foundation/index.ts'
import type { Evaluation } from '../../statistics/index.ts'
import { isParameter } from './model-parameters.ts'

/** What is believed of a parameter before the data: its logarithm is normal. */
export interface LogNormalPrior {
  /** As likely above as below it; in the unit of the data. */
  readonly median: number
  /** The standard deviation of the natural logarithm: 0.7 puts two thirds between half and twice the median. */
  readonly logDeviation: number
}

/** What is believed of parameters before the data; of those that are absent nothing is. */
export type BuyingPrior<Name extends string> = { readonly [name in Name]?: LogNormalPrior }

/** What is wrong with a prior. */
export const priorFaults = <Name extends string>(
  names: ReadonlyArray<Name>,
  prior: BuyingPrior<Name>,
): ReadonlyArray<InvalidValue> =>
  names.flatMap((name) => {
    const { median, logDeviation } = prior[name] ?? { median: 1, logDeviation: 1 }
    return [
      ...(isParameter(median)
        ? []
        : [invalidValue(['prior', name, 'median'], median, 'a number between 1e-12 and 1e12')]),
      ...(logDeviation >= 1e-3 && logDeviation <= 1e3
        ? []
        : [invalidValue(['prior', name, 'logDeviation'], logDeviation, 'a number from 0.001 to 1000')]),
    ]
  })

/** A function to climb. */
export type Objective = (point: Float64Array) => Evaluation

type Priors = ReadonlyArray<LogNormalPrior | undefined>

/** How far a point is from what is believed, in deviations; 0 for a variable of which nothing is. */
const deviations = (point: Float64Array, priors: Priors, units: ReadonlyArray<number>): Float64Array =>
  point.map((value, index) => {
    const prior = priors[index]
    return prior === undefined ? 0 : (value - Math.log(prior.median / (units[index] as number))) / prior.logDeviation
  })

/** Half the squares of these: what the prior takes from the likelihood. */
export const penalty = (point: Float64Array, priors: Priors, units: ReadonlyArray<number>): number =>
  deviations(point, priors, units).reduce((sum, value) => sum + (value * value) / 2, 0)

/** An objective less what the prior takes from it. */
export const penalised = (objective: Objective, priors: Priors, units: ReadonlyArray<number>): Objective => {
  if (priors.every((prior) => prior === undefined)) return objective
  const stiffness = (index: number): number => 1 / (priors[index]?.logDeviation ?? Infinity)
  return (point) => {
    const { value, gradient, curvature } = objective(point)
    const off = deviations(point, priors, units)
    const size = point.length
    const rest = {
      value: value - penalty(point, priors, units),
      gradient: gradient.map((slope, index) => slope - (off[index] as number) * stiffness(index)),
    }
    if (curvature === undefined) return rest
    const bends = curvature.map((bend, index) =>
      index % (size + 1) === 0 ? bend + stiffness(index / (size + 1)) ** 2 : bend,
    )
    return { value: rest.value, gradient: rest.gradient, curvature: bends }
  }
}
