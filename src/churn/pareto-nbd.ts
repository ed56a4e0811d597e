// Pareto/NBD: a customer may leave at any time.

import { digammaRise, type Evaluation, gaussLegendre, logGammaRise } from '../statistics/index.ts'
import { type BuyingKernel, logistic, softplus } from './buying-kernel.ts'
import { type ParetoOddsDraft, type ParetoShape, setParetoOdds } from './pareto-odds.ts'
import type { RepeatBuying } from './repeat-buying.ts'

type Name = 'r' | 'alpha' | 's' | 'beta'

const read = (p: Float64Array): ParetoShape => ({
  r: p[0] as number,
  alpha: p[1] as number,
  s: p[2] as number,
  beta: p[3] as number,
})

const newDraft = (): ParetoOddsDraft => ({ logOdds: -Infinity, byR: 0, byAlpha: 0, byS: 0, byBeta: 0 })

const logOddsGone = (p: Float64Array, repeats: number, recency: number, age: number): number => {
  const draft = newDraft()
  setParetoOdds(draft, read(p), repeats, recency, age)
  return draft.logOdds
}

const logLikelihood = (p: Float64Array, repeats: number, recency: number, age: number): number => {
  const { r, alpha, s, beta } = read(p)
  const buys = logGammaRise(r, repeats) - r * Math.log1p(age / alpha) - repeats * Math.log(alpha + age)
  return buys - s * Math.log1p(age / beta) + softplus(logOddsGone(p, repeats, recency, age))
}

/** ∫ (1 + v)⁻ˢ dv from 0: the expected time that is left, in units of β. */
const timeLeft = (s: number, span: number): number => {
  const log = Math.log1p(span)
  const power = (1 - s) * log
  return Math.abs(power) < 1e-300 ? log : Math.expm1(power) * (log / power)
}

const purchasesIfAlive = (p: Float64Array, repeats: number, age: number, horizon: number): number => {
  const { r, alpha, s, beta } = read(p)
  return ((r + repeats) / (alpha + age)) * (beta + age) * timeLeft(s, horizon / (beta + age))
}

const newCustomerPurchases = (p: Float64Array, horizon: number): number => purchasesIfAlive(p, 0, 0, horizon)

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

const evaluate = (p: Float64Array, { repeats, recencies, ages, counts }: RepeatBuying): Evaluation => {
  const shape = read(p)
  const { r, alpha, s, beta } = shape
  const odds = newDraft()
  let [value, byR, byAlpha, byS, byBeta] = [0, 0, 0, 0, 0]
  let [rise, slope, termsFor] = [0, 0, 0]
  for (let row = 0; row < repeats.length; row += 1) {
    const x = repeats[row] as number
    const age = ages[row] as number
    const count = counts[row] as number
    if (x !== termsFor) {
      rise = logGammaRise(r, x)
      slope = digammaRise(r, x)
      termsFor = x
    }
    setParetoOdds(odds, shape, x, recencies[row] as number, age)
    const gone = logistic(odds.logOdds)
    const stretchAlpha = Math.log1p(age / alpha)
    const stretchBeta = Math.log1p(age / beta)
    const alive = rise - r * stretchAlpha - x * Math.log(alpha + age) - s * stretchBeta
    value += count * (alive + softplus(odds.logOdds))
    byR += count * (slope - stretchAlpha + gone * odds.byR)
    byAlpha += count * (r / alpha - (r + x) / (alpha + age) + gone * odds.byAlpha)
    byS += count * (gone * odds.byS - stretchBeta)
    byBeta += count * (s / beta - s / (beta + age) + gone * odds.byBeta)
  }
  return { value, gradient: Float64Array.of(byR, byAlpha, byS, byBeta) }
}

/** The formulas of the model. */
export const paretoNbdKernel: BuyingKernel<Name> = {
  names: ['r', 'alpha', 's', 'beta'],
  times: ['alpha', 'beta'],
  logLikelihood,
  logOddsGone,
  purchasesIfAlive,
  newCustomerPurchases,
  probabilityOf,
  evaluate,
  start: ({ shape, rate, meanAge }) => [shape, rate, 0.6, meanAge / 2],
}
