// The parameters of greatest likelihood of a buy-till-you-die model, checked to be a maximum.

import type { Either } from 'fp-ts/Either'
import { type EmptySample, emptySample } from '../foundation/index.ts'
import { type Evaluation, type Maximum, maximumOf, type NoMaximum } from '../statistics/index.ts'
import { type BuyingKernel, type BuyingMoments, momentsOf } from './buying-kernel.ts'
import { estimatesOf, type ParameterEstimates } from './parameter-estimates.ts'
import type { RepeatBuying } from './repeat-buying.ts'

/** What a fit found. */
export interface BuyingFit<Name extends string> extends ParameterEstimates<Name> {
  /** The model's name. */
  readonly model: string
  readonly logLikelihood: number
  readonly customers: number
}

/** Why there is no fit: too few customers who came back, or data that have no maximum of the likelihood. */
export type BuyingFitFault = EmptySample | NoMaximum

const fewestRepeaters = 10

const advice = {
  boundary: 'is at the boundary: a simpler model fits as well (nobody leaves, or all customers are alike)',
  flat: 'cannot be told from these data: watch customers for longer, take more of them, or take a simpler model',
  notFinite: 'has no value at the start of the search',
  steps: 'had not settled: look for customers with impossibly many purchases',
} as const

/** A fault of the search, told in the model's words. */
const told = <Name extends string>(fault: NoMaximum, { names }: BuyingKernel<Name>): NoMaximum => {
  const name = names[fault.variable]
  const { _tag, seen, variable, point } = fault
  const subject = name === undefined ? 'the greatest likelihood' : `the parameter ${name}`
  return {
    _tag,
    path: name === undefined ? [] : [name],
    expected: `other data: ${subject} ${advice[seen]}`,
    seen,
    variable,
    point,
  }
}

const scaledRows = ({ repeats, recencies, ages, counts }: RepeatBuying, unit: number): RepeatBuying => ({
  repeats,
  recencies: recencies.map((time) => time / unit),
  ages: ages.map((time) => time / unit),
  counts,
})

/** The log-likelihood by the logarithms of the parameters. */
const byLogarithms =
  <Name extends string>({ evaluate }: BuyingKernel<Name>, rows: RepeatBuying) =>
  (point: Float64Array): Evaluation => {
    const parameters = point.map(Math.exp)
    const { value, gradient } = evaluate(parameters, rows)
    return { value, gradient: gradient.map((slope, index) => slope * (parameters[index] as number)) }
  }

const fitted = <Name extends string>(
  model: string,
  { names, times }: BuyingKernel<Name>,
  maximum: Maximum,
  { customers, repeats, meanAge }: BuyingMoments,
): BuyingFit<Name> => ({
  model,
  ...estimatesOf(
    names,
    maximum,
    names.map((name) => (times.includes(name) ? meanAge : 1)),
  ),
  logLikelihood: maximum.value - repeats * Math.log(meanAge),
  customers,
})

/** Fits a model to rows; time is measured in mean ages inside, so that the unit of the data has no influence. */
export const fitBuying = <Name extends string>(
  model: string,
  kernel: BuyingKernel<Name>,
  rows: RepeatBuying,
): Either<BuyingFitFault, BuyingFit<Name>> => {
  const moments = momentsOf(rows)
  if (moments.repeaters < fewestRepeaters) {
    return {
      _tag: 'Left',
      left: emptySample(
        ['repeats'],
        `at least ${fewestRepeaters} customers who bought again, not ${moments.repeaters}`,
      ),
    }
  }
  if (!(moments.meanAge > 0))
    return { _tag: 'Left', left: emptySample(['ages'], 'customers who were watched for some time') }
  const start = kernel.start({ ...moments, rate: moments.rate / moments.meanAge, meanAge: 1 }).map(Math.log)
  const maximum = maximumOf(byLogarithms(kernel, scaledRows(rows, moments.meanAge)), start)
  return maximum._tag === 'Left'
    ? { _tag: 'Left', left: told(maximum.left, kernel) }
    : { _tag: 'Right', right: fitted(model, kernel, maximum.right, moments) }
}
