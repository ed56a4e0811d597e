// What a buy-till-you-die model is made of: formulas over checked numbers, which the public functions wrap.

import type { Evaluation } from '../../statistics/index.ts'
import type { IndexedRows } from './indexed-rows.ts'
import type { RepeatBuying } from './repeat-buying.ts'
import type { SimulatedPurchases } from './simulated-purchases.ts'

/** Formulas of a model; parameters in the order of their names, all above 0. */
export interface BuyingKernel<Name extends string> {
  readonly names: ReadonlyArray<Name>
  /** Those that are times, and scale with the unit. */
  readonly times: ReadonlyArray<Name>
  /** Those that are rates, and scale against it; none when absent. */
  readonly rates?: ReadonlyArray<Name>
  /** How many events of the model a purchase takes; one when absent. */
  readonly stages?: number
  /** How the logarithms of parameters follow a covariate of the rate of purchases, and one of leaving. */
  readonly purchaseCovariates: Partial<Readonly<Record<Name, number>>>
  readonly leavingCovariates: Partial<Readonly<Record<Name, number>>>
  readonly logLikelihood: (p: Float64Array, repeats: number, recency: number, age: number) => number
  /** For parameters, the log-odds of any customer to be gone. */
  readonly logOddsGone: (p: Float64Array) => (repeats: number, recency: number, age: number) => number
  /** For parameters, expected purchases within a horizon of any customer who is still there. */
  readonly purchasesIfAlive: (
    p: Float64Array,
    horizon: number,
  ) => (repeats: number, recency: number, age: number) => number
  /** Whether these depend on when the last purchase was; not when absent. */
  readonly recencyMatters?: true
  /** Expected purchases of a new customer after the first. */
  readonly newCustomerPurchases: (p: Float64Array, horizon: number) => number
  /** The probability of a number of purchases after the first. */
  readonly probabilityOf: (p: Float64Array, horizon: number, repeats: number) => number
  /** The log-likelihood of all rows, with its first derivatives by the parameters and, where cheap, its negative second ones. */
  readonly evaluate: (p: Float64Array, rows: IndexedRows) => Evaluation
  /** A customer of an age as the model supposes them, from uniform random numbers. */
  readonly simulate: (p: Float64Array, age: number, next: () => number) => SimulatedPurchases
  /** Where a fit begins, from the rows' moments. */
  readonly start: (moments: BuyingMoments) => ReadonlyArray<number>
}

/** Figures of rows that a fit begins with. */
export interface BuyingMoments {
  readonly customers: number
  readonly repeats: number
  readonly repeaters: number
  readonly meanAge: number
  /** The shape and rate of purchases, if nobody left. */
  readonly shape: number
  readonly rate: number
}

/** The moments of rows. */
export const momentsOf = ({ repeats, ages, counts }: RepeatBuying): BuyingMoments => {
  let [customers, sum, squares, repeaters, time] = [0, 0, 0, 0, 0]
  for (let row = 0; row < repeats.length; row += 1) {
    const [x, count] = [repeats[row] as number, counts[row] as number]
    customers += count
    sum += count * x
    squares += count * x * x
    repeaters += x > 0 ? count : 0
    time += count * (ages[row] as number)
  }
  const mean = sum / customers
  const excess = squares / customers - mean * mean - mean
  const shape = Math.min(20, Math.max(0.1, excess > 0 ? (mean * mean) / excess : 20))
  const meanAge = time / customers
  return { customers, repeats: sum, repeaters, meanAge, shape, rate: (shape * meanAge) / mean }
}
