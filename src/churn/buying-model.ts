// Buy-till-you-die models: what a customer's purchases so far say of those to come.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type InvalidValue, invalidValue } from '../foundation/index.ts'
import { betaGeometricKernel } from './beta-geometric.ts'
import { type BuyingFit, type BuyingFitFault, fitBuying } from './buying-fit.ts'
import { type BuyingKernel, logistic } from './buying-kernel.ts'
import { paretoNbdKernel } from './pareto-nbd.ts'
import { buyerFaults, type RepeatBuyer, type RepeatBuying } from './repeat-buying.ts'

/** Parameters by name, each above 0. */
export type BuyingParameters<Name extends string> = { readonly [name in Name]: number }

/** What is wrong with what a formula was given. */
export type BuyingFaults = ReadonlyNonEmptyArray<InvalidValue>

/** Figures of many customers, one entry per row. */
export interface BuyingScores {
  readonly probabilityAlive: Float64Array
  readonly expectedPurchases: Float64Array
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
  /** The parameters of greatest likelihood, with their standard errors. */
  readonly fit: (rows: RepeatBuying) => Either<BuyingFitFault, BuyingFit<Name>>
}

const isParameter = (value: unknown): value is number => typeof value === 'number' && value > 1e-12 && value < 1e12

const parameterFaults = <Name extends string>(
  names: ReadonlyArray<Name>,
  parameters: BuyingParameters<Name>,
): ReadonlyArray<InvalidValue> =>
  names
    .filter((name) => !isParameter(parameters[name]))
    .map((name) => invalidValue(['parameters', name], parameters[name], 'a number between 1e-12 and 1e12'))

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
const guarded = <A>(faults: ReadonlyArray<InvalidValue>, value: () => A): Either<BuyingFaults, A> => {
  const [first, ...rest] = faults
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const right = value()
  return Number.isNaN(right) ? { _tag: 'Left', left: [beyondNumbers] } : { _tag: 'Right', right }
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
  for (let row = 0; row < repeats.length; row += 1) {
    const [x, age] = [repeats[row] as number, ages[row] as number]
    const alive = aliveOf(kernel.logOddsGone(p, x, recencies[row] as number, age))
    probabilityAlive[row] = alive
    expectedPurchases[row] = alive * kernel.purchasesIfAlive(p, x, age, horizon)
  }
  return { probabilityAlive, expectedPurchases }
}

const buyingModel = <Name extends string>(name: string, kernel: BuyingKernel<Name>): BuyingModel<Name> => {
  const { names } = kernel
  const numbers = (parameters: BuyingParameters<Name>): Float64Array =>
    Float64Array.from(names, (parameter) => parameters[parameter])
  const ofBuyer = (parameters: BuyingParameters<Name>, buyer: RepeatBuyer): ReadonlyArray<InvalidValue> => [
    ...parameterFaults(names, parameters),
    ...buyerFaults(buyer),
  ]
  const logOdds = (parameters: BuyingParameters<Name>, { repeats, recency, age }: RepeatBuyer): number =>
    kernel.logOddsGone(numbers(parameters), repeats, recency, age)
  return {
    name,
    logLikelihood: (parameters, buyer) =>
      guarded(ofBuyer(parameters, buyer), () =>
        kernel.logLikelihood(numbers(parameters), buyer.repeats, buyer.recency, buyer.age),
      ),
    probabilityAlive: (parameters, buyer) =>
      guarded(ofBuyer(parameters, buyer), () => aliveOf(logOdds(parameters, buyer))),
    logOddsGone: (parameters, buyer) => guarded(ofBuyer(parameters, buyer), () => logOdds(parameters, buyer)),
    expectedPurchases: (parameters, buyer, horizon) =>
      guarded([...ofBuyer(parameters, buyer), ...horizonFaults(horizon)], () => {
        const alive = aliveOf(logOdds(parameters, buyer))
        return alive === 0 ? 0 : alive * kernel.purchasesIfAlive(numbers(parameters), buyer.repeats, buyer.age, horizon)
      }),
    newCustomerPurchases: (parameters, horizon) =>
      guarded([...parameterFaults(names, parameters), ...horizonFaults(horizon)], () =>
        kernel.newCustomerPurchases(numbers(parameters), horizon),
      ),
    probabilityOf: (parameters, horizon, repeats) =>
      guarded([...parameterFaults(names, parameters), ...horizonFaults(horizon), ...countFaults(repeats)], () =>
        kernel.probabilityOf(numbers(parameters), horizon, repeats),
      ),
    score: (parameters, rows, horizon) =>
      guarded([...parameterFaults(names, parameters), ...horizonFaults(horizon)], () =>
        scoresOf(kernel, numbers(parameters), rows, horizon),
      ),
    fit: (rows) => fitBuying(name, kernel, rows),
  }
}

/**
 * The BG/NBD model: each customer buys at their own steady rate and may leave after each repeat purchase.
 *
 * It calls everybody who bought once alive, whatever their silence: for churn take {@link mbgNbd} or {@link paretoNbd}.
 *
 * Source: P. Fader, B. Hardie & K. L. Lee, Marketing Science 24 (2005).
 *
 * @example
 * ```ts
 * import { bgNbd, unwrap } from 'treue'
 *
 * const weeks = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
 * const buyer = { repeats: 2, recency: 30.43, age: 38.86 }
 * unwrap(bgNbd.probabilityAlive(weeks, buyer)).toFixed(4) // => '0.7266'
 * unwrap(bgNbd.expectedPurchases(weeks, buyer, 39)).toFixed(4) // => '1.2260'
 * ```
 */
export const bgNbd: BuyingModel<'r' | 'alpha' | 'a' | 'b'> = /* @__PURE__ */ buyingModel(
  'BG/NBD',
  /* @__PURE__ */ betaGeometricKernel(0),
)

/**
 * The MBG/NBD model: as {@link bgNbd}, but customers may leave after the first purchase too, as most do.
 *
 * Source: E. P. Batislam, M. Denizel & A. Filiztekin, International Journal of Research in Marketing 24 (2007).
 *
 * @example
 * ```ts
 * import { mbgNbd, unwrap } from 'treue'
 *
 * const weeks = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
 * const boughtOnce = { repeats: 0, recency: 0, age: 38.86 }
 * unwrap(mbgNbd.probabilityAlive(weeks, boughtOnce)).toFixed(3) // => '0.390'
 * mbgNbd.probabilityAlive(weeks, { repeats: 0, recency: 3, age: 38.86 })._tag // => 'Left'
 * ```
 */
export const mbgNbd: BuyingModel<'r' | 'alpha' | 'a' | 'b'> = /* @__PURE__ */ buyingModel(
  'MBG/NBD',
  /* @__PURE__ */ betaGeometricKernel(1),
)

/**
 * The Pareto/NBD model: each customer buys at their own steady rate and leaves at a time of their own.
 *
 * Sources: D. Schmittlein, D. Morrison & R. Colombo, Management Science 33 (1987); the odds of having left by quadrature of
 * Fader & Hardie's (2005) likelihood over the time of leaving.
 *
 * @example
 * ```ts
 * import { paretoNbd, unwrap } from 'treue'
 *
 * const weeks = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }
 * const buyer = { repeats: 2, recency: 30.43, age: 38.86 }
 * unwrap(paretoNbd.probabilityAlive(weeks, buyer)).toFixed(4) // => '0.8692'
 * unwrap(paretoNbd.newCustomerPurchases(weeks, 52)).toFixed(4) // => '1.4730'
 * ```
 */
export const paretoNbd: BuyingModel<'r' | 'alpha' | 's' | 'beta'> = /* @__PURE__ */ buyingModel(
  'Pareto/NBD',
  paretoNbdKernel,
)
