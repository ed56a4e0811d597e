// Fits in which what is known of customers beforehand changes how often they buy and how soon they leave.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type InvalidValue, invalidValue } from '../../foundation/index.ts'
import { type Maximum, maximumOf } from '../../statistics/index.ts'
import type { Covariate } from '../covariate.ts'
import { type BuyingFit, type BuyingFitFault, startOf, toldFault, tooFew, unitsOf } from './buying-fit.ts'
import { type BuyingKernel, type BuyingMoments, momentsOf } from './buying-kernel.ts'
import { byLogarithms } from './buying-objective.ts'
import { type LogNormalPrior, type Objective, penalised, penalty } from './buying-prior.ts'
import { indexedRows } from './indexed-rows.ts'
import { estimatesOf, normal95 } from './parameter-estimates.ts'
import { type RepeatBuyerColumns, type RepeatBuying, repeatBuying } from './repeat-buying.ts'

/** Which facts change what. */
export interface CustomerCovariates {
  /** How often a customer buys: the rate is e^effect times as high for each unit of the fact. */
  readonly purchases: ReadonlyArray<Covariate>
  /** How soon a customer leaves. */
  readonly leaving: ReadonlyArray<Covariate>
}

/** What a fact does. */
export interface CovariateEffect {
  readonly name: string
  readonly effect: number
  readonly standardError: number
  /** Holds the effect with 95 %. */
  readonly interval: readonly [low: number, high: number]
}

/** What a fit with facts of customers found: the parameters are those of a customer of whom all facts are 0. */
export interface CovariateFit<Name extends string> extends BuyingFit<Name> {
  readonly purchaseEffects: ReadonlyArray<CovariateEffect>
  readonly leavingEffects: ReadonlyArray<CovariateEffect>
}

interface ScaledCovariate {
  readonly name: string
  readonly values: ArrayLike<number>
  /** The effect is sought for so much of it. */
  readonly scale: number
  /** How the logarithm of each parameter follows, for a scale of it. */
  readonly weights: ReadonlyArray<number>
}

const largestOf = (values: ArrayLike<number>): number => {
  let largest = 0
  for (let row = 0; row < values.length; row += 1) largest = Math.max(largest, Math.abs(values[row] as number))
  return largest
}

const scaledOf = <Name extends string>(
  { names }: BuyingKernel<Name>,
  covariates: ReadonlyArray<Covariate>,
  weights: Partial<Readonly<Record<Name, number>>>,
): ReadonlyArray<ScaledCovariate> =>
  covariates.map(({ name, values }) => ({
    name,
    values,
    scale: largestOf(values),
    weights: names.map((parameter) => weights[parameter] ?? 0),
  }))

/** Customers who are alike in all facts: their rows, and how the parameters follow from the point. */
interface Profile {
  readonly objective: Objective
  /** Of each covariate, in scales. */
  readonly facts: Float64Array
}

const profilesOf = <Name extends string>(
  kernel: BuyingKernel<Name>,
  customers: RepeatBuyerColumns,
  covariates: ReadonlyArray<ScaledCovariate>,
  meanAge: number,
): ReadonlyArray<Profile> => {
  const members = new Map<string, Array<number>>()
  for (let row = 0; row < customers.repeats.length; row += 1) {
    const key = covariates.map(({ values }) => values[row]).join()
    const known = members.get(key)
    if (known === undefined) members.set(key, [row])
    else known.push(row)
  }
  const { repeats, recencies, ages, counts } = customers
  return Array.from(members.values(), (rows) => {
    const column = (values: ArrayLike<number>): Float64Array => Float64Array.from(rows, (row) => values[row] as number)
    const own: RepeatBuying = {
      repeats: column(repeats),
      recencies: column(recencies),
      ages: column(ages),
      counts: counts === undefined ? new Float64Array(rows.length).fill(1) : column(counts),
    }
    const facts = covariates.map(({ values, scale }) => (values[rows[0] as number] as number) / scale)
    return { objective: byLogarithms(kernel, indexedRows(own, meanAge)), facts: Float64Array.from(facts) }
  })
}

/** How the logarithms of a profile's parameters follow from the point: row by row, one column for each variable. */
const designOf = ({ facts }: Profile, covariates: ReadonlyArray<ScaledCovariate>, size: number): Float64Array => {
  const width = size + covariates.length
  return Float64Array.from({ length: size * width }, (_, index) => {
    const [row, column] = [Math.floor(index / width), index % width]
    if (column < size) return row === column ? 1 : 0
    const fact = facts[column - size] as number
    return fact * (covariates[column - size]?.weights[row] as number)
  })
}

const addSlopes = (tally: Float64Array, design: Float64Array, slopes: Float64Array): void => {
  const width = tally.length
  for (let index = 0; index < design.length; index += 1) {
    ;(tally[index % width] as number) += (design[index] as number) * (slopes[Math.floor(index / width)] as number)
  }
}

/** Adds designᵀ · bends · design. */
const addBends = (tally: Float64Array, design: Float64Array, bends: Float64Array, size: number): void => {
  const width = design.length / size
  const half = new Float64Array(size * width)
  for (let row = 0; row < size; row += 1)
    addSlopes(half.subarray(row * width, (row + 1) * width), design, bends.subarray(row * size, (row + 1) * size))
  for (let row = 0; row < width; row += 1) {
    for (let inner = 0; inner < size; inner += 1) {
      const weight = design[inner * width + row] as number
      if (weight === 0) continue
      for (let column = 0; column < width; column += 1) {
        ;(tally[row * width + column] as number) += weight * (half[inner * width + column] as number)
      }
    }
  }
}

/** The sum of the profiles' likelihoods, by the logarithms of the parameters and the effects. */
const jointObjective = (
  profiles: ReadonlyArray<Profile>,
  covariates: ReadonlyArray<ScaledCovariate>,
  size: number,
): Objective => {
  const designs = profiles.map((profile) => designOf(profile, covariates, size))
  const width = size + covariates.length
  return (point) => {
    const [gradient, bends] = [new Float64Array(width), new Float64Array(width * width)]
    let [value, bent] = [0, true]
    profiles.forEach(({ objective }, index) => {
      const design = designs[index] as Float64Array
      const own = new Float64Array(size)
      for (let place = 0; place < design.length; place += 1) {
        ;(own[Math.floor(place / width)] as number) += (design[place] as number) * (point[place % width] as number)
      }
      const at = objective(own)
      value += at.value
      addSlopes(gradient, design, at.gradient)
      if (at.curvature === undefined) bent = false
      else addBends(bends, design, at.curvature, size)
    })
    return bent ? { value, gradient, curvature: bends } : { value, gradient }
  }
}

const covariateFaults = (
  group: 'purchases' | 'leaving',
  covariates: ReadonlyArray<Covariate>,
  customers: number,
): ReadonlyArray<InvalidValue> =>
  covariates.flatMap(({ name, values }) => {
    const path = [group, name]
    if (values.length !== customers)
      return [invalidValue([...path, 'length'], values.length, `${customers}, one per row`)]
    const list = Array.from(values)
    const wrong = list.findIndex((value) => !(Math.abs(value) <= 1e9))
    if (wrong >= 0) return [invalidValue([...path, wrong], list[wrong], 'a number from -1e9 to 1e9')]
    return list.every((value) => value === list[0])
      ? [invalidValue(path, list[0], 'a fact in which customers differ')]
      : []
  })

const effectsOf = (
  { point, inverseCurvature }: Maximum,
  covariates: ReadonlyArray<ScaledCovariate>,
  from: number,
): ReadonlyArray<CovariateEffect> =>
  covariates.map(({ name, scale }, index) => {
    const variable = from + index
    const effect = (point[variable] as number) / scale
    const standardError = Math.sqrt(inverseCurvature[variable * (point.length + 1)] as number) / scale
    const reach = normal95 * standardError
    return { name, effect, standardError, interval: [effect - reach, effect + reach] as const }
  })

/** The maximum as if there were only the first variables: what is known of them whatever the others are. */
const marginal = (maximum: Maximum, size: number): Maximum => {
  const width = maximum.point.length
  const block = (matrix: Float64Array): Float64Array =>
    Float64Array.from(
      { length: size * size },
      (_, index) => matrix[Math.floor(index / size) * width + (index % size)] as number,
    )
  const { value, decrement, evaluations, point, curvature, inverseCurvature } = maximum
  return {
    point: point.slice(0, size),
    value,
    decrement,
    evaluations,
    curvature: block(curvature),
    inverseCurvature: block(inverseCurvature),
  }
}

const foundBy = <Name extends string>(
  model: string,
  kernel: BuyingKernel<Name>,
  customers: RepeatBuyerColumns,
  covariates: CustomerCovariates,
  moments: BuyingMoments,
  priors: ReadonlyArray<LogNormalPrior | undefined>,
): Either<BuyingFitFault, CovariateFit<Name>> => {
  const size = kernel.names.length
  const purchases = scaledOf(kernel, covariates.purchases, kernel.purchaseCovariates)
  const leaving = scaledOf(kernel, covariates.leaving, kernel.leavingCovariates)
  const all = [...purchases, ...leaving]
  const units = [...unitsOf(kernel, moments.meanAge), ...all.map(() => 1)]
  const objective = jointObjective(profilesOf(kernel, customers, all, moments.meanAge), all, size)
  const start = [...startOf(kernel, moments), ...all.map(() => 0)]
  const maximum = maximumOf(penalised(objective, priors, units), start)
  if (maximum._tag === 'Left') {
    const names = [...kernel.names, ...all.map(({ name }) => name)]
    const toldValue = (variable: number, index: number): number =>
      index < size
        ? Math.exp(variable) * (units[index] as number)
        : variable / (all[index - size] as ScaledCovariate).scale
    return { _tag: 'Left', left: toldFault(maximum.left, names, toldValue) }
  }
  const { value, point } = maximum.right
  const believed = penalty(point, priors, units)
  return {
    _tag: 'Right',
    right: {
      model,
      ...estimatesOf(kernel.names, marginal(maximum.right, size), units),
      logLikelihood: value + believed - (kernel.stages ?? 1) * moments.repeats * Math.log(moments.meanAge),
      customers: moments.customers,
      purchaseEffects: effectsOf(maximum.right, purchases, size),
      leavingEffects: effectsOf(maximum.right, leaving, size + purchases.length),
    },
  }
}

/** Fits a model in which facts of customers change its parameters. */
export const fitCovariates = <Name extends string>(
  model: string,
  kernel: BuyingKernel<Name>,
  customers: RepeatBuyerColumns,
  covariates: CustomerCovariates,
  priors: ReadonlyArray<LogNormalPrior | undefined>,
): Either<ReadonlyNonEmptyArray<BuyingFitFault | InvalidValue>, CovariateFit<Name>> => {
  const rows = repeatBuying(customers)
  if (rows._tag === 'Left') return rows
  const count = customers.repeats.length
  const [first, ...rest] = [
    ...covariateFaults('purchases', covariates.purchases, count),
    ...covariateFaults('leaving', covariates.leaving, count),
  ]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const moments = momentsOf(rows.right)
  const few = tooFew(moments)
  if (few !== undefined) return { _tag: 'Left', left: [few] }
  const fit = foundBy(model, kernel, customers, covariates, moments, priors)
  return fit._tag === 'Left' ? { _tag: 'Left', left: [fit.left] } : fit
}
