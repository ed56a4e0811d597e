// MBG/CNBD-k: MBG/NBD for customers who buy more regularly than at random.

import { digammaRise, type Evaluation, gammaFrom, logGammaRise } from '../../statistics/index.ts'
import { logistic, softplus } from '../log-odds.ts'
import { atLeastIfAll, countIfAll } from './beta-geometric.ts'
import type { BuyingKernel } from './buying-kernel.ts'
import type { IndexedRows } from './indexed-rows.ts'
import { expectedRegular, type SilentStages, silentStages } from './regular-purchases.ts'
import { betaFrom, purchasesUntil, type SimulatedPurchases } from './simulated-purchases.ts'

type Name = 'r' | 'alpha' | 'a' | 'b'

const read = (p: Float64Array): readonly [r: number, alpha: number, a: number, b: number] => [
  p[0] as number,
  p[1] as number,
  p[2] as number,
  p[3] as number,
]

/** The stages that may have passed in a silence. */
const silence = (k: number, p: Float64Array, repeats: number, recency: number, age: number): SilentStages => {
  const [r, alpha] = read(p)
  return silentStages({ k, shape: r + k * repeats }, (age - recency) / (alpha + age))
}

const logOddsGone =
  (k: number) =>
  (p: Float64Array): ((repeats: number, recency: number, age: number) => number) => {
    const [r, alpha, a, b] = read(p)
    return (repeats, recency, age) =>
      Math.log(a / (b + repeats)) +
      (r + k * repeats) * Math.log1p((age - recency) / (alpha + recency)) -
      silence(k, p, repeats, recency, age).log
  }

/** What depends on the number of purchases alone, and the chance of all stages at their times. */
const logOfPurchases = (k: number, p: Float64Array, repeats: number, age: number): number => {
  const [r, alpha, a, b] = read(p)
  const stays = logGammaRise(b, repeats + 1) - logGammaRise(a + b, repeats + 1)
  return logGammaRise(r, k * repeats) + stays - r * Math.log1p(age / alpha) - k * repeats * Math.log(alpha + age)
}

const logLikelihood =
  (k: number) =>
  (p: Float64Array, repeats: number, recency: number, age: number): number =>
    logOfPurchases(k, p, repeats, age) +
    silence(k, p, repeats, recency, age).log +
    softplus(logOddsGone(k)(p)(repeats, recency, age))

const purchasesIfAlive =
  (k: number) =>
  (p: Float64Array, horizon: number): ((repeats: number, recency: number, age: number) => number) => {
    const [r, alpha, a, b] = read(p)
    return (repeats, recency, age) => {
      const pace = { k, shape: r + k * repeats }
      return expectedRegular(pace, silence(k, p, repeats, recency, age), horizon / (alpha + age), a, b + repeats + 1)
    }
  }

const newCustomerPurchases =
  (k: number) =>
  (p: Float64Array, horizon: number): number => {
    const [, , a, b] = read(p)
    return (b / (a + b)) * purchasesIfAlive(k)(p, horizon)(0, 0, 0)
  }

const probabilityOf =
  (k: number) =>
  (p: Float64Array, horizon: number, repeats: number): number => {
    const [r, alpha, a, b] = read(p)
    const stays = Math.exp(logGammaRise(b, repeats + 1) - logGammaRise(a + b, repeats + 1))
    let between = 0
    for (let stage = 0; stage < k; stage += 1) between += countIfAll(r, alpha, horizon, k * repeats + stage)
    const leaves = (stays * a) / (b + repeats)
    return stays * between + leaves * atLeastIfAll(r, alpha, horizon, k * repeats)
  }

/** The log-likelihood of a row, and its slopes by r, α, a and b. */
const rowOf = (
  k: number,
  p: Float64Array,
  repeats: number,
  recency: number,
  age: number,
): readonly [number, ReadonlyArray<number>] => {
  const [r, alpha, a, b] = read(p)
  const power = r + k * repeats
  const { log, byShape, byShare } = silence(k, p, repeats, recency, age)
  const [end, last] = [1 / (alpha + age), 1 / (alpha + recency)]
  const byAlpha = -byShare * (age - recency) * end * end
  const time = Math.log1p((age - recency) * last)
  const logOdds = Math.log(a / (b + repeats)) + power * time - log
  const gone = logistic(logOdds)
  const both = digammaRise(a + b, repeats + 1)
  return [
    logOfPurchases(k, p, repeats, age) + log + softplus(logOdds),
    [
      digammaRise(r, k * repeats) - Math.log1p(age / alpha) + byShape + gone * (time - byShape),
      r / alpha - power * end + byAlpha + gone * (power * (end - last) - byAlpha),
      gone / a - both,
      digammaRise(b, repeats + 1) - both - gone / (b + repeats),
    ],
  ]
}

const evaluate =
  (k: number) =>
  (p: Float64Array, { repeats, recencies, ages, counts }: IndexedRows): Evaluation => {
    const gradient = new Float64Array(4)
    let value = 0
    for (let row = 0; row < repeats.length; row += 1) {
      const count = counts[row] as number
      const [log, slopes] = rowOf(k, p, repeats[row] as number, recencies[row] as number, ages[row] as number)
      value += count * log
      for (let index = 0; index < 4; index += 1) (gradient[index] as number) += count * (slopes[index] as number)
    }
    return { value, gradient }
  }

const simulate =
  (k: number) =>
  (p: Float64Array, age: number, next: () => number): SimulatedPurchases => {
    const [r, alpha, a, b] = read(p)
    const rate = gammaFrom(next, r) / alpha
    const chance = betaFrom(next, a, b)
    return next() < chance ? [0, 0] : purchasesUntil(next, rate, age, chance, k)
  }

/** The formulas of the model with k stages for each purchase. */
export const regularBetaGeometricKernel = (k: number): BuyingKernel<Name> => ({
  names: ['r', 'alpha', 'a', 'b'],
  times: ['alpha'],
  stages: k,
  recencyMatters: true,
  purchaseCovariates: { alpha: -1 },
  leavingCovariates: { a: 1, b: 1 },
  logLikelihood: logLikelihood(k),
  logOddsGone: logOddsGone(k),
  purchasesIfAlive: purchasesIfAlive(k),
  newCustomerPurchases: newCustomerPurchases(k),
  probabilityOf: probabilityOf(k),
  simulate: simulate(k),
  evaluate: evaluate(k),
  start: ({ shape, rate }) => [shape, rate / k, 1, 2],
})
