// Pareto/NBD: a customer may leave at any time.

import { gammaFrom, gaussLegendre, logGammaRise } from '../../statistics/index.ts'
import { softplus } from '../log-odds.ts'
import type { BuyingKernel } from './buying-kernel.ts'
import { paretoLikelihood } from './pareto-likelihood.ts'
import { newSilence, type ParetoShape, paretoLogOdds } from './pareto-odds.ts'
import { purchasesUntil, type SimulatedPurchases } from './simulated-purchases.ts'

type Name = 'r' | 'alpha' | 's' | 'beta'

const read = (p: Float64Array): ParetoShape => ({
  r: p[0] as number,
  alpha: p[1] as number,
  s: p[2] as number,
  beta: p[3] as number,
})

const logOddsGone = (p: Float64Array): ((repeats: number, recency: number, age: number) => number) => {
  const [shape, silence] = [read(p), newSilence()]
  return (repeats, recency, age) => paretoLogOdds(silence, shape, repeats, recency, age)
}

const logLikelihood = (p: Float64Array, repeats: number, recency: number, age: number): number => {
  const { r, alpha, s, beta } = read(p)
  const buys = logGammaRise(r, repeats) - r * Math.log1p(age / alpha) - repeats * Math.log(alpha + age)
  return buys - s * Math.log1p(age / beta) + softplus(logOddsGone(p)(repeats, recency, age))
}

/** ∫ (1 + v)⁻ˢ dv from 0: the expected time that is left, in units of β. */
const timeLeft = (s: number, span: number): number => {
  const log = Math.log1p(span)
  const power = (1 - s) * log
  return Math.abs(power) < 1e-300 ? log : Math.expm1(power) * (log / power)
}

const purchasesIfAlive = (
  p: Float64Array,
  horizon: number,
): ((repeats: number, recency: number, age: number) => number) => {
  const { r, alpha, s, beta } = read(p)
  return (repeats, _, age) => ((r + repeats) / (alpha + age)) * (beta + age) * timeLeft(s, horizon / (beta + age))
}

const newCustomerPurchases = (p: Float64Array, horizon: number): number => purchasesIfAlive(p, horizon)(0, 0, 0)

const { nodes, weights } = /* @__PURE__ */ gaussLegendre(12)

/** The probability of so many purchases in a time, if nobody leaves. */
const countIfAlive = ({ r, alpha }: ParetoShape, repeats: number, time: number): number => {
  if (repeats === 0) return Math.exp(-r * Math.log1p(time / alpha))
  const log = logGammaRise(r, repeats) - logGammaRise(1, repeats) - r * Math.log1p(time / alpha)
  return Math.exp(log - repeats * Math.log1p(alpha / time))
}

/** Those who left within the horizon, by when they did. */
const countIfGone = (shape: ParetoShape, repeats: number, horizon: number): number => {
  const { r, alpha, s, beta } = shape
  const origin = Math.min(alpha, beta)
  const reach = Math.log1p(horizon / origin)
  const panels = Math.ceil(Math.max(reach, (reach * (r + s + repeats)) / 6, repeats / 5))
  // Beyond that a rate that is all but the same for all customers is out of reach.
  if (panels > 100_000) return Number.NaN
  const length = reach / panels
  let sum = 0
  for (let panel = 0; panel < panels; panel += 1) {
    for (let node = 0; node < 12; node += 1) {
      const time = origin * Math.expm1(length * (panel + 0.5 * (1 + (nodes[node] as number))))
      const leaves = (Math.exp(-s * Math.log1p(time / beta)) * (origin + time)) / (beta + time)
      sum += (weights[node] as number) * leaves * countIfAlive(shape, repeats, time)
    }
  }
  return 0.5 * s * length * sum
}

const probabilityOf = (p: Float64Array, horizon: number, repeats: number): number => {
  const shape = read(p)
  if (horizon === 0) return repeats === 0 ? 1 : 0
  const stays = Math.exp(-shape.s * Math.log1p(horizon / shape.beta))
  return stays * countIfAlive(shape, repeats, horizon) + countIfGone(shape, repeats, horizon)
}

const simulate = (p: Float64Array, age: number, next: () => number): SimulatedPurchases => {
  const { r, alpha, s, beta } = read(p)
  const rate = gammaFrom(next, r) / alpha
  const lifetime = (-Math.log(next()) * beta) / gammaFrom(next, s)
  return purchasesUntil(next, rate, Math.min(age, lifetime), 0)
}

/** The formulas of the model. */
export const paretoNbdKernel: BuyingKernel<Name> = {
  names: ['r', 'alpha', 's', 'beta'],
  times: ['alpha', 'beta'],
  purchaseCovariates: { alpha: -1 },
  leavingCovariates: { beta: -1 },
  logLikelihood,
  logOddsGone,
  purchasesIfAlive,
  newCustomerPurchases,
  probabilityOf,
  simulate,
  evaluate: paretoLikelihood,
  start: ({ shape, rate, meanAge }) => [shape, rate, 0.6, meanAge / 2],
}
