// BG/NBD and MBG/NBD: a customer may leave after each purchase. In the second also right after the first.

import { betaDistribution, gammaFrom, logGammaRise } from '../../statistics/index.ts'
import { softplus } from '../log-odds.ts'
import { expectedUntilLeaving } from './beta-geometric-expectation.ts'
import { betaGeometricLikelihood } from './beta-geometric-likelihood.ts'
import type { BuyingKernel } from './buying-kernel.ts'
import { betaFrom, purchasesUntil, type SimulatedPurchases } from './simulated-purchases.ts'

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
  (p: Float64Array): ((repeats: number, recency: number, age: number) => number) => {
    const [r, alpha, a, b] = read(p)
    return (repeats, recency, age) =>
      repeats + extra === 0
        ? -Infinity
        : Math.log(a / (b + repeats + extra - 1)) + (r + repeats) * Math.log1p((age - recency) / (alpha + recency))
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
    return alive + softplus(logOddsGone(extra)(p)(repeats, recency, age))
  }

/** The probability of so many purchases if nobody left. */
export const countIfAll = (r: number, alpha: number, horizon: number, repeats: number): number => {
  const none = -r * Math.log1p(horizon / alpha)
  if (repeats === 0) return Math.exp(none)
  const log = logGammaRise(r, repeats) - logGammaRise(1, repeats) + none
  return horizon === 0 ? 0 : Math.exp(log - repeats * Math.log1p(alpha / horizon))
}

/** The probability of at least so many, if nobody left. */
export const atLeastIfAll = (r: number, alpha: number, horizon: number, repeats: number): number => {
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
  (p: Float64Array, horizon: number): ((repeats: number, recency: number, age: number) => number) => {
    const [r, alpha, a, b] = read(p)
    return (repeats, _, age) =>
      expectedUntilLeaving({ shape: r + repeats, span: horizon / (alpha + age), a, b: b + repeats + extra })
  }

const newCustomerPurchases =
  (extra: ExtraChances) =>
  (p: Float64Array, horizon: number): number => {
    const [r, alpha, a, b] = read(p)
    const stays = extra === 0 ? 1 : b / (a + b)
    return stays * expectedUntilLeaving({ shape: r, span: horizon / alpha, a, b: b + extra })
  }

const simulate =
  (extra: ExtraChances) =>
  (p: Float64Array, age: number, next: () => number): SimulatedPurchases => {
    const [r, alpha, a, b] = read(p)
    const rate = gammaFrom(next, r) / alpha
    const chance = betaFrom(next, a, b)
    return extra === 1 && next() < chance ? [0, 0] : purchasesUntil(next, rate, age, chance)
  }

/** The formulas of both models. */
export const betaGeometricKernel = (extra: ExtraChances): BuyingKernel<Name> => ({
  names: ['r', 'alpha', 'a', 'b'],
  times: ['alpha'],
  purchaseCovariates: { alpha: -1 },
  leavingCovariates: { a: 1, b: 1 },
  logLikelihood: logLikelihood(extra),
  logOddsGone: logOddsGone(extra),
  purchasesIfAlive: purchasesIfAlive(extra),
  newCustomerPurchases: newCustomerPurchases(extra),
  probabilityOf: probabilityOf(extra),
  simulate: simulate(extra),
  evaluate: betaGeometricLikelihood(extra),
  start: ({ shape, rate }) => [shape, rate, 1, 2],
})
