// BG/NBD and MBG/NBD: a customer may leave after each purchase. In the second also right after the first.

import { betaDistribution, digammaRise, type Evaluation, logGammaRise } from '../statistics/index.ts'
import { expectedUntilLeaving } from './beta-geometric-expectation.ts'
import { type BuyingKernel, logistic, softplus } from './buying-kernel.ts'
import type { RepeatBuying } from './repeat-buying.ts'

type Name = 'r' | 'alpha' | 'a' | 'b'

/** How many more chances to leave than repeat purchases: 0 in BG/NBD, 1 in MBG/NBD. */
type ExtraChances = 0 | 1

const read = (p: Float64Array): readonly [r: number, alpha: number, a: number, b: number] => [
  p[0] as number,
  p[1] as number,
  p[2] as number,
  p[3] as number,
]

const logOddsGone =
  (extra: ExtraChances) =>
  (p: Float64Array, repeats: number, recency: number, age: number): number => {
    if (repeats + extra === 0) return -Infinity
    const [r, alpha, a, b] = read(p)
    return Math.log(a / (b + repeats + extra - 1)) + (r + repeats) * Math.log1p((age - recency) / (alpha + recency))
  }

/** What depends on the number of purchases alone. */
const logOfRepeats = (p: Float64Array, repeats: number, extra: ExtraChances): number => {
  const [r, , a, b] = read(p)
  return logGammaRise(r, repeats) + logGammaRise(b, repeats + extra) - logGammaRise(a + b, repeats + extra)
}

const logLikelihood =
  (extra: ExtraChances) =>
  (p: Float64Array, repeats: number, recency: number, age: number): number => {
    const [r, alpha] = read(p)
    const alive = logOfRepeats(p, repeats, extra) - r * Math.log1p(age / alpha) - repeats * Math.log(alpha + age)
    return alive + softplus(logOddsGone(extra)(p, repeats, recency, age))
  }

/** The probability of so many purchases if nobody left. */
const countIfAll = (r: number, alpha: number, horizon: number, repeats: number): number => {
  const none = -r * Math.log1p(horizon / alpha)
  if (repeats === 0) return Math.exp(none)
  const log = logGammaRise(r, repeats) - logGammaRise(1, repeats) + none
  return horizon === 0 ? 0 : Math.exp(log - repeats * Math.log1p(alpha / horizon))
}

/** The probability of at least so many, if nobody left. */
const atLeastIfAll = (r: number, alpha: number, horizon: number, repeats: number): number => {
  if (repeats === 0) return 1
  const more = betaDistribution(horizon / (alpha + horizon), { alpha: repeats, beta: r })
  return more._tag === 'Right' ? more.right : Number.NaN
}

const probabilityOf =
  (extra: ExtraChances) =>
  (p: Float64Array, horizon: number, repeats: number): number => {
    const [r, alpha, a, b] = read(p)
    const stays = Math.exp(logGammaRise(b, repeats + extra) - logGammaRise(a + b, repeats + extra))
    const alive = stays * countIfAll(r, alpha, horizon, repeats)
    if (repeats + extra === 0) return alive
    const leaves = (stays * a) / (b + repeats + extra - 1)
    return alive + leaves * atLeastIfAll(r, alpha, horizon, repeats)
  }

const purchasesIfAlive =
  (extra: ExtraChances) =>
  (p: Float64Array, repeats: number, age: number, horizon: number): number => {
    const [r, alpha, a, b] = read(p)
    return expectedUntilLeaving({ shape: r + repeats, span: horizon / (alpha + age), a, b: b + repeats + extra })
  }

const newCustomerPurchases =
  (extra: ExtraChances) =>
  (p: Float64Array, horizon: number): number => {
    const [r, alpha, a, b] = read(p)
    const stays = extra === 0 ? 1 : b / (a + b)
    return stays * expectedUntilLeaving({ shape: r, span: horizon / alpha, a, b: b + extra })
  }

/** Terms of one number of purchases, with their derivatives, once for all rows that share it. */
interface RepeatTerms {
  readonly value: number
  readonly byR: number
  readonly byA: number
  readonly byB: number
  readonly logOdds: number
  readonly oddsByB: number
}

const termsOf = (p: Float64Array, repeats: number, extra: ExtraChances): RepeatTerms => {
  const [r, , a, b] = read(p)
  const chances = repeats + extra
  const both = digammaRise(a + b, chances)
  return {
    value: logOfRepeats(p, repeats, extra),
    byR: digammaRise(r, repeats),
    byA: -both,
    byB: digammaRise(b, chances) - both,
    logOdds: chances === 0 ? -Infinity : Math.log(a / (b + chances - 1)),
    oddsByB: chances === 0 ? 0 : -1 / (b + chances - 1),
  }
}

const evaluate =
  (extra: ExtraChances) =>
  (p: Float64Array, { repeats, recencies, ages, counts }: RepeatBuying): Evaluation => {
    const [r, alpha, a] = read(p)
    let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0]
    let terms = termsOf(p, 0, extra)
    let termsFor = 0
    for (let row = 0; row < repeats.length; row += 1) {
      const x = repeats[row] as number
      const recency = recencies[row] as number
      const age = ages[row] as number
      const count = counts[row] as number
      if (x !== termsFor) {
        terms = termsOf(p, x, extra)
        termsFor = x
      }
      const stretch = Math.log1p(age / alpha)
      const silence = x + extra === 0 ? 0 : Math.log1p((age - recency) / (alpha + recency))
      const logOdds = terms.logOdds + (r + x) * silence
      const gone = logistic(logOdds)
      const end = 1 / (alpha + age)
      value += count * (terms.value - r * stretch - x * Math.log(alpha + age) + softplus(logOdds))
      byR += count * (terms.byR - stretch + gone * silence)
      byAlpha += count * (r / alpha - (r + x) * (end + gone * (1 / (alpha + recency) - end)))
      byA += count * (terms.byA + gone / a)
      byB += count * (terms.byB + gone * terms.oddsByB)
    }
    return { value, gradient: Float64Array.of(byR, byAlpha, byA, byB) }
  }

/** The formulas of both models. */
export const betaGeometricKernel = (extra: ExtraChances): BuyingKernel<Name> => ({
  names: ['r', 'alpha', 'a', 'b'],
  times: ['alpha'],
  logLikelihood: logLikelihood(extra),
  logOddsGone: logOddsGone(extra),
  purchasesIfAlive: purchasesIfAlive(extra),
  newCustomerPurchases: newCustomerPurchases(extra),
  probabilityOf: probabilityOf(extra),
  evaluate: evaluate(extra),
  start: ({ shape, rate }) => [shape, rate, 1, 2],
})
