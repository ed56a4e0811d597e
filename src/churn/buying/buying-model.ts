// What a buy-till-you-die model can do: say of a customer's purchases so far what they mean for those to come.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type InvalidValue, invalidValue } from '../../foundation/index.ts'
import { uniforms } from '../../statistics/index.ts'
import { logistic } from '../log-odds.ts'
import { type BuyingFit, type BuyingFitFault, fitBuying } from './buying-fit.ts'
import type { BuyingKernel } from './buying-kernel.ts'
import { type BuyingPrior, priorFaults } from './buying-prior.ts'
import { type CovariateEffect, type CovariateFit, type CustomerCovariates, fitCovariates } from './covariate-fit.ts'
import { guarded, parameterFaults } from './model-parameters.ts'
import { rememberingRecent } from './recent-results.ts'
import { buyerFaults, isTime, type RepeatBuyer, type RepeatBuyerColumns, type RepeatBuying } from './repeat-buying.ts'

/** Parameters by name, each above 0. */
export type BuyingParameters<Name extends string> = { readonly [name in Name]: number }

/** What is wrong with what a formula was given. */
export type BuyingFaults = ReadonlyNonEmptyArray<InvalidValue>

/** Figures of many customers, one entry per row. */
export interface BuyingScores {
  readonly probabilityAlive: Float64Array
  readonly expectedPurchases: Float64Array
}

/** A customer's facts, in the order of the effects of a fit. */
export interface CustomerFacts {
  readonly purchases: ReadonlyArray<number>
  readonly leaving: ReadonlyArray<number>
}

/** Simulated customers as columns. */
export interface SimulatedBuyers {
  readonly repeats: Float64Array
  readonly recencies: Float64Array
  readonly ages: Float64Array
}

/** A buy-till-you-die model. Times are in the unit of the data, such as weeks; the first purchase is not counted. */
export interface BuyingModel<Name extends string> {
  readonly name: string
  /** The logarithm of a customer's likelihood, with the times of the purchases between left out. */
  readonly logLikelihood: (parameters: BuyingParameters<Name>, buyer: RepeatBuyer) => Either<BuyingFaults, number>
  /** The probability that the customer will still buy. */
  readonly probabilityAlive: (parameters: BuyingParameters<Name>, buyer: RepeatBuyer) => Either<BuyingFaults, number>
  /** ln(gone / alive): tells customers apart whose probability is 0 to all digits; −Infinity for one who is surely there. */
  readonly logOddsGone: (parameters: BuyingParameters<Name>, buyer: RepeatBuyer) => Either<BuyingFaults, number>
  /** Expected purchases of the customer from their age on to the horizon. */
  readonly expectedPurchases: (
    parameters: BuyingParameters<Name>,
    buyer: RepeatBuyer,
    horizon: number,
  ) => Either<BuyingFaults, number>
  /** The same if it were known that the customer is still there at their age. */
  readonly expectedPurchasesIfAlive: (
    parameters: BuyingParameters<Name>,
    buyer: RepeatBuyer,
    horizon: number,
  ) => Either<BuyingFaults, number>
  /** Expected purchases of a new customer within the horizon, after the first. */
  readonly newCustomerPurchases: (parameters: BuyingParameters<Name>, horizon: number) => Either<BuyingFaults, number>
  /** The probability that a new customer buys so many times within the horizon, after the first. */
  readonly probabilityOf: (
    parameters: BuyingParameters<Name>,
    horizon: number,
    repeats: number,
  ) => Either<BuyingFaults, number>
  /** P(alive) and expected purchases of every row. */
  readonly score: (
    parameters: BuyingParameters<Name>,
    rows: RepeatBuying,
    horizon: number,
  ) => Either<BuyingFaults, BuyingScores>
  /** Customers as the model supposes them, one of each age; the same seed gives the same. For {@link repeatBuying}. */
  readonly simulate: (
    parameters: BuyingParameters<Name>,
    ages: ArrayLike<number>,
    seed: number,
  ) => Either<BuyingFaults, SimulatedBuyers>
  /** The parameters of greatest likelihood, with their standard errors. */
  readonly fit: (rows: RepeatBuying) => Either<BuyingFitFault, BuyingFit<Name>>
  /**
   * The parameters of greatest likelihood times prior: for few customers, when others like them are known. Standard errors
   * and intervals are those of the two together.
   */
  readonly fitWithPrior: (
    rows: RepeatBuying,
    prior: BuyingPrior<Name>,
  ) => Either<ReadonlyNonEmptyArray<BuyingFitFault | InvalidValue>, BuyingFit<Name>>
  /**
   * As {@link BuyingModel.fit}, where facts of customers change how often they buy and how soon they leave: in the Pareto/NBD
   * α and β are divided by e^(effect · fact), in the BG/NBD a and b are multiplied by it.
   */
  readonly fitWithCovariates: (
    customers: RepeatBuyerColumns,
    covariates: CustomerCovariates,
    prior?: BuyingPrior<Name>,
  ) => Either<ReadonlyNonEmptyArray<BuyingFitFault | InvalidValue>, CovariateFit<Name>>
  /** The parameters of a customer with facts, for all the formulas above. */
  readonly parametersOf: (fit: CovariateFit<Name>, facts: CustomerFacts) => Either<BuyingFaults, BuyingParameters<Name>>
}

const horizonFaults = (horizon: number): ReadonlyArray<InvalidValue> =>
  horizon >= 0 && horizon <= 1e15 ? [] : [invalidValue(['horizon'], horizon, 'a time from 0 to 1e15')]

const countFaults = (repeats: number): ReadonlyArray<InvalidValue> =>
  Number.isInteger(repeats) && repeats >= 0 && repeats <= 1e5
    ? []
    : [invalidValue(['repeats'], repeats, 'an integer from 0 to 100000')]

const beyondNumbers: InvalidValue = /* @__PURE__ */ invalidValue(
  ['parameters'],
  Number.NaN,
  'parameters and times of which the result is a number',
)

/** The value, unless something is wrong with what it is made of, or it is out of reach of floating-point numbers. */
const withinReach = <A>(faults: ReadonlyArray<InvalidValue>, value: () => A): Either<BuyingFaults, A> => {
  const result = guarded(faults, value)
  return result._tag === 'Right' && Number.isNaN(result.right) ? { _tag: 'Left', left: [beyondNumbers] } : result
}

const aliveOf = (logOdds: number): number => logistic(-logOdds)

const scoresOf = <Name extends string>(
  kernel: BuyingKernel<Name>,
  p: Float64Array,
  { repeats, recencies, ages }: RepeatBuying,
  horizon: number,
): BuyingScores => {
  const probabilityAlive = new Float64Array(repeats.length)
  const expectedPurchases = new Float64Array(repeats.length)
  const logOdds = rememberingRecent(kernel.logOddsGone(p), repeats.length)
  const purchasesIfAlive = rememberingRecent(kernel.purchasesIfAlive(p, horizon), repeats.length)
  for (let row = 0; row < repeats.length; row += 1) {
    const [x, recency, age] = [repeats[row] as number, recencies[row] as number, ages[row] as number]
    const alive = aliveOf(logOdds(x, recency, age))
    probabilityAlive[row] = alive
    expectedPurchases[row] = alive * purchasesIfAlive(x, kernel.recencyMatters === true ? recency : 0, age)
  }
  return { probabilityAlive, expectedPurchases }
}

const mostSimulated = 1e5

const simulationFaults = (
  ages: ArrayLike<number>,
  seed: number,
  expectedBy: (age: number) => number,
): ReadonlyArray<InvalidValue> => {
  const all = Array.from(ages)
  const wrong = all.findIndex((age) => !isTime(age))
  const longest = wrong < 0 ? all.reduce((most, age) => Math.max(most, age), 0) : 0
  return [
    ...(wrong < 0 ? [] : [invalidValue(['ages', wrong], ages[wrong], 'a time from 0 to 1e15')]),
    ...(expectedBy(longest) > mostSimulated
      ? [invalidValue(['ages'], longest, `times in which a customer is expected to buy at most ${mostSimulated} times`)]
      : []),
    ...(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32
      ? []
      : [invalidValue(['seed'], seed, 'an integer from 0 to 2^32 - 1')]),
  ]
}

const simulated = <Name extends string>(
  { simulate }: BuyingKernel<Name>,
  p: Float64Array,
  ages: Float64Array,
  seed: number,
): SimulatedBuyers => {
  const [repeats, recencies] = [new Float64Array(ages.length), new Float64Array(ages.length)]
  for (let row = 0; row < ages.length; row += 1) {
    const [count, recency] = simulate(p, ages[row] as number, uniforms({ seed, stream: row }))
    repeats[row] = count
    recencies[row] = recency
  }
  return { repeats, recencies, ages }
}

const factFaults = (
  group: keyof CustomerFacts,
  effects: ReadonlyArray<CovariateEffect>,
  facts: ReadonlyArray<number>,
): ReadonlyArray<InvalidValue> =>
  facts.length === effects.length && facts.every((fact) => Math.abs(fact) <= 1e9)
    ? []
    : [invalidValue([group], facts, `${effects.length} numbers from -1e9 to 1e9, one per effect`)]

/** The sum of effects times facts. */
const shiftOf = (effects: ReadonlyArray<CovariateEffect>, facts: ReadonlyArray<number>): number =>
  effects.reduce((sum, { effect }, index) => sum + effect * (facts[index] as number), 0)

const shifted = <Name extends string>(
  { names, purchaseCovariates, leavingCovariates }: BuyingKernel<Name>,
  { parameters, purchaseEffects, leavingEffects }: CovariateFit<Name>,
  facts: CustomerFacts,
): BuyingParameters<Name> => {
  const [purchases, leaving] = [shiftOf(purchaseEffects, facts.purchases), shiftOf(leavingEffects, facts.leaving)]
  const shiftedValue = (name: Name): number =>
    parameters[name] * Math.exp((purchaseCovariates[name] ?? 0) * purchases + (leavingCovariates[name] ?? 0) * leaving)
  return Object.fromEntries(names.map((name) => [name, shiftedValue(name)])) as BuyingParameters<Name>
}

/** The methods of a model that fit it. */
const fitsOf = <Name extends string>(
  model: string,
  kernel: BuyingKernel<Name>,
): Pick<BuyingModel<Name>, 'fit' | 'fitWithPrior' | 'fitWithCovariates' | 'parametersOf'> => {
  const { names } = kernel
  return {
    fit: (rows) => fitBuying(model, kernel, rows, []),
    fitWithPrior: (rows, prior) => {
      const [first, ...rest] = priorFaults(names, prior)
      if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
      const fit = fitBuying(
        model,
        kernel,
        rows,
        names.map((name) => prior[name]),
      )
      return fit._tag === 'Left' ? { _tag: 'Left', left: [fit.left] } : fit
    },
    fitWithCovariates: (customers, covariates, prior = {}) => {
      const [first, ...rest] = priorFaults(names, prior)
      if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
      const priors = names.map((name) => prior[name])
      return fitCovariates(model, kernel, customers, covariates, priors)
    },
    parametersOf: (fit, facts) => {
      const [first, ...rest] = [
        ...factFaults('purchases', fit.purchaseEffects, facts.purchases),
        ...factFaults('leaving', fit.leavingEffects, facts.leaving),
      ]
      return first === undefined
        ? { _tag: 'Right', right: shifted(kernel, fit, facts) }
        : { _tag: 'Left', left: [first, ...rest] }
    },
  }
}

const numbersBy =
  <Name extends string>(names: ReadonlyArray<Name>) =>
  (parameters: BuyingParameters<Name>): Float64Array =>
    Float64Array.from(names, (parameter) => parameters[parameter])

/** The methods of a model that say what new customers will do. */
const newCustomersOf = <Name extends string>(
  kernel: BuyingKernel<Name>,
): Pick<BuyingModel<Name>, 'newCustomerPurchases' | 'probabilityOf' | 'simulate'> => {
  const { names } = kernel
  const numbers = numbersBy(names)
  return {
    newCustomerPurchases: (parameters, horizon) =>
      withinReach([...parameterFaults(names, parameters), ...horizonFaults(horizon)], () =>
        kernel.newCustomerPurchases(numbers(parameters), horizon),
      ),
    probabilityOf: (parameters, horizon, repeats) =>
      withinReach([...parameterFaults(names, parameters), ...horizonFaults(horizon), ...countFaults(repeats)], () =>
        kernel.probabilityOf(numbers(parameters), horizon, repeats),
      ),
    simulate: (parameters, ages, seed) =>
      withinReach(
        [
          ...parameterFaults(names, parameters),
          ...simulationFaults(ages, seed, (age) => kernel.newCustomerPurchases(numbers(parameters), age)),
        ],
        () => simulated(kernel, numbers(parameters), Float64Array.from(ages), seed),
      ),
  }
}

/** A model from its formulas. */
export const buyingModel = <Name extends string>(name: string, kernel: BuyingKernel<Name>): BuyingModel<Name> => {
  const { names } = kernel
  const numbers = numbersBy(names)
  const ofBuyer = (parameters: BuyingParameters<Name>, buyer: RepeatBuyer): ReadonlyArray<InvalidValue> => [
    ...parameterFaults(names, parameters),
    ...buyerFaults(buyer),
  ]
  const logOdds = (parameters: BuyingParameters<Name>, { repeats, recency, age }: RepeatBuyer): number =>
    kernel.logOddsGone(numbers(parameters))(repeats, recency, age)
  return {
    name,
    logLikelihood: (parameters, buyer) =>
      withinReach(ofBuyer(parameters, buyer), () =>
        kernel.logLikelihood(numbers(parameters), buyer.repeats, buyer.recency, buyer.age),
      ),
    probabilityAlive: (parameters, buyer) =>
      withinReach(ofBuyer(parameters, buyer), () => aliveOf(logOdds(parameters, buyer))),
    logOddsGone: (parameters, buyer) => withinReach(ofBuyer(parameters, buyer), () => logOdds(parameters, buyer)),
    expectedPurchases: (parameters, buyer, horizon) =>
      withinReach([...ofBuyer(parameters, buyer), ...horizonFaults(horizon)], () => {
        const alive = aliveOf(logOdds(parameters, buyer))
        const ifAlive = kernel.purchasesIfAlive(numbers(parameters), horizon)
        return alive === 0 ? 0 : alive * ifAlive(buyer.repeats, buyer.recency, buyer.age)
      }),
    expectedPurchasesIfAlive: (parameters, buyer, horizon) =>
      withinReach([...ofBuyer(parameters, buyer), ...horizonFaults(horizon)], () =>
        kernel.purchasesIfAlive(numbers(parameters), horizon)(buyer.repeats, buyer.recency, buyer.age),
      ),
    score: (parameters, rows, horizon) =>
      withinReach([...parameterFaults(names, parameters), ...horizonFaults(horizon)], () =>
        scoresOf(kernel, numbers(parameters), rows, horizon),
      ),
    ...newCustomersOf(kernel),
    ...fitsOf(name, kernel),
  }
}
