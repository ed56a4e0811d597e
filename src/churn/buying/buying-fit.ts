// The parameters of greatest likelihood of a buy-till-you-die model, checked to be a maximum.

import type { Either } from 'fp-ts/Either'
import { type EmptySample, emptySample } from '../../foundation/index.ts'
import { type Maximum, maximumOf, type NoMaximum } from '../../statistics/index.ts'
import { type BuyingKernel, type BuyingMoments, momentsOf } from './buying-kernel.ts'
import { byLogarithms } from './buying-objective.ts'
import { type LogNormalPrior, penalised, penalty } from './buying-prior.ts'
import { indexedRows } from './indexed-rows.ts'
import { estimatesOf, type ParameterEstimates } from './parameter-estimates.ts'
import type { RepeatBuying } from './repeat-buying.ts'

/** What a fit found. */
export interface BuyingFit<Name extends string> extends ParameterEstimates<Name> {
  /** The model's name. */
  readonly model: string
  /** Of the data alone, also where a prior had a say. */
  readonly logLikelihood: number
  readonly customers: number
}

/**
 * Why there is no fit: too few customers who came back, or data that have no maximum of the likelihood. The `point` of the
 * latter has the parameters where the search ended, in the order of the fault's model and in the unit of the data: a simpler
 * model is near it.
 */
export type BuyingFitFault = EmptySample | NoMaximum

const fewestRepeaters = 10

const advice = {
  boundary: 'is at the boundary: a simpler model fits as well (nobody leaves, or all customers are alike)',
  flat: 'cannot be told from these data: watch customers for longer, take more of them, or take a simpler model',
  notFinite: 'has no value at the start of the search',
  steps: 'had not settled: look for customers with impossibly many purchases',
} as const

/** A fault of the search, told in the model's words; `toldValue` makes what a user knows of a variable. */
export const toldFault = (
  { _tag, seen, variable, point }: NoMaximum,
  names: ReadonlyArray<string>,
  toldValue: (variable: number, index: number) => number,
): NoMaximum => {
  const name = names[variable]
  const subject = name === undefined ? 'the greatest likelihood' : `the parameter ${name}`
  return {
    _tag,
    path: name === undefined ? [] : [name],
    expected: `other data: ${subject} ${advice[seen]}`,
    seen,
    variable,
    point: point.map(toldValue),
  }
}

/** What a parameter is measured in, when time is measured in mean ages. */
export const unitsOf = <Name extends string>(
  { names, times, rates = [] }: BuyingKernel<Name>,
  meanAge: number,
): ReadonlyArray<number> => {
  const scaled = (name: Name): number => (rates.includes(name) ? 1 / meanAge : 1)
  return names.map((name) => (times.includes(name) ? meanAge : scaled(name)))
}

/** Where a search begins, by logarithms of parameters in their units. */
export const startOf = <Name extends string>(
  { start }: BuyingKernel<Name>,
  moments: BuyingMoments,
): ReadonlyArray<number> => start({ ...moments, rate: moments.rate / moments.meanAge, meanAge: 1 }).map(Math.log)

/** Why rows are too few to begin with. */
export const tooFew = ({ repeaters, meanAge }: BuyingMoments): EmptySample | undefined => {
  if (repeaters < fewestRepeaters) {
    return emptySample(['repeats'], `at least ${fewestRepeaters} customers who bought again, not ${repeaters}`)
  }
  return meanAge > 0 ? undefined : emptySample(['ages'], 'customers who were watched for some time')
}

const fitted = <Name extends string>(
  model: string,
  { names, stages = 1 }: BuyingKernel<Name>,
  maximum: Maximum,
  { customers, repeats, meanAge }: BuyingMoments,
  units: ReadonlyArray<number>,
  believed: number,
): BuyingFit<Name> => ({
  model,
  ...estimatesOf(names, maximum, units),
  logLikelihood: maximum.value + believed - stages * repeats * Math.log(meanAge),
  customers,
})

/**
 * Fits a model to rows, with priors or none, one for each parameter; time is measured in mean ages inside, so that the unit of
 * the data has no influence.
 */
export const fitBuying = <Name extends string>(
  model: string,
  kernel: BuyingKernel<Name>,
  rows: RepeatBuying,
  priors: ReadonlyArray<LogNormalPrior | undefined>,
): Either<BuyingFitFault, BuyingFit<Name>> => {
  const moments = momentsOf(rows)
  const few = tooFew(moments)
  if (few !== undefined) return { _tag: 'Left', left: few }
  const units = unitsOf(kernel, moments.meanAge)
  const objective = byLogarithms(kernel, indexedRows(rows, moments.meanAge))
  const maximum = maximumOf(penalised(objective, priors, units), startOf(kernel, moments))
  return maximum._tag === 'Left'
    ? {
        _tag: 'Left',
        left: toldFault(maximum.left, kernel.names, (log, index) => Math.exp(log) * (units[index] as number)),
      }
    : {
        _tag: 'Right',
        right: fitted(model, kernel, maximum.right, moments, units, penalty(maximum.right.point, priors, units)),
      }
}
