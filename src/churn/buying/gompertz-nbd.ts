// Gamma-Gompertz/NBD: a customer may leave at any time, with a hazard that rises or falls the longer they are known.

import { digammaRise, type Evaluation, gammaFrom, logGammaRise } from '../../statistics/index.ts'
import { logistic, softplus } from '../log-odds.ts'
import type { BuyingKernel } from './buying-kernel.ts'
import {
  eachPlace,
  eachPlaceUntil,
  type GompertzShape,
  gentleLength,
  gompertzAt,
  gompertzTimeLeft,
  leavingAt,
} from './gompertz-lifetime.ts'
import type { IndexedRows } from './indexed-rows.ts'
import { purchasesUntil, type SimulatedPurchases } from './simulated-purchases.ts'

type Name = 'r' | 'alpha' | 'b' | 's' | 'beta'

interface Shape extends GompertzShape {
  readonly r: number
  readonly alpha: number
}

const read = (p: Float64Array): Shape => ({
  r: p[0] as number,
  alpha: p[1] as number,
  b: p[2] as number,
  s: p[3] as number,
  beta: p[4] as number,
})

/** The integral over when a customer left, and the means of what its derivatives are made of. */
interface LeavingTally {
  sum: number
  alphaLog: number
  alphaInverse: number
  log: number
  timeOverLevel: number
  time: number
  decayOverLevel: number
}

/** Leaving times since the last purchase, each with (α + u)^−(r + x) and its density, both as shares of those at it. */
const leaving = (shape: Shape, repeats: number, recency: number, age: number): LeavingTally => {
  const { r, alpha } = shape
  const power = r + repeats
  const start = gompertzAt(shape, recency).log
  const tally = { sum: 0, alphaLog: 0, alphaInverse: 0, log: 0, timeOverLevel: 0, time: 0, decayOverLevel: 0 }
  eachPlaceUntil(shape, { alpha, power }, recency, age, (time, weight) => {
    const at = gompertzAt(shape, time)
    const alphaLog = Math.log1p((time - recency) / (alpha + recency))
    const term = weight * leavingAt(shape, at, start) * Math.exp(-power * alphaLog)
    tally.sum += term
    tally.alphaLog += term * alphaLog
    tally.alphaInverse += term / (alpha + time)
    tally.log += term * at.log
    tally.timeOverLevel += (term * time) / at.level
    tally.time += term * time
    tally.decayOverLevel += (term * at.decay) / at.level
  })
  return tally
}

const logOddsBy = (shape: Shape, tally: LeavingTally, repeats: number, recency: number, age: number): number => {
  const { r, alpha, s } = shape
  const [start, end] = [gompertzAt(shape, recency).log, gompertzAt(shape, age).log]
  return (r + repeats) * Math.log1p((age - recency) / (alpha + recency)) + s * (end - start) + Math.log(tally.sum)
}

const logOddsGone = (p: Float64Array): ((repeats: number, recency: number, age: number) => number) => {
  const shape = read(p)
  return (repeats, recency, age) =>
    age > recency ? logOddsBy(shape, leaving(shape, repeats, recency, age), repeats, recency, age) : -Infinity
}

const logLikelihood = (p: Float64Array, repeats: number, recency: number, age: number): number => {
  const shape = read(p)
  const { r, alpha, s } = shape
  const buys = logGammaRise(r, repeats) - r * Math.log1p(age / alpha) - repeats * Math.log(alpha + age)
  return buys - s * gompertzAt(shape, age).log + softplus(logOddsGone(p)(repeats, recency, age))
}

const purchasesIfAlive = (
  p: Float64Array,
  horizon: number,
): ((repeats: number, recency: number, age: number) => number) => {
  const shape = read(p)
  return (repeats, _, age) => ((shape.r + repeats) / (shape.alpha + age)) * gompertzTimeLeft(shape, age, horizon)
}

const newCustomerPurchases = (p: Float64Array, horizon: number): number => purchasesIfAlive(p, horizon)(0, 0, 0)

/** The probability of so many purchases in a time, if nobody leaves. */
const countIfAlive = ({ r, alpha }: Shape, repeats: number, time: number): number => {
  const none = -r * Math.log1p(time / alpha)
  if (repeats === 0) return Math.exp(none)
  return Math.exp(logGammaRise(r, repeats) - logGammaRise(1, repeats) + none - repeats * Math.log1p(alpha / time))
}

/**
 * Those who left within the horizon, by when they did: from where so many purchases are possible at all, to where no more of
 * them count.
 */
const countIfGone = (shape: Shape, repeats: number, horizon: number): number => {
  const { r, alpha } = shape
  const peak = Math.min(horizon, alpha, (alpha * (repeats + 1)) / r)
  let at = repeats === 0 ? 0 : peak * Math.exp(-1 - 45 / repeats)
  let [sum, last] = [0, Infinity]
  while (at < horizon && (at <= peak || last > 1e-18 * sum)) {
    const rise = repeats === 0 ? Infinity : (6 * at * (alpha + at)) / (repeats * alpha)
    const length = Math.min(horizon - at, rise, gentleLength(shape, { alpha, power: r }, at))
    const before = sum
    eachPlace(at, length, (time, weight) => {
      sum += weight * leavingAt(shape, gompertzAt(shape, time), 0) * countIfAlive(shape, repeats, time)
    })
    last = sum - before
    at = length < horizon - at ? at + length : horizon
  }
  return sum
}

const probabilityOf = (p: Float64Array, horizon: number, repeats: number): number => {
  const shape = read(p)
  if (horizon === 0) return repeats === 0 ? 1 : 0
  const stays = Math.exp(-shape.s * gompertzAt(shape, horizon).log)
  return stays * countIfAlive(shape, repeats, horizon) + countIfGone(shape, repeats, horizon)
}

/** The odds of one row and their slopes, by r, α, b, s and β. */
const oddsOf = (shape: Shape, repeats: number, recency: number, age: number): readonly [number, ...Array<number>] => {
  const { r, alpha, b, s } = shape
  const power = r + repeats
  const tally = leaving(shape, repeats, recency, age)
  const end = gompertzAt(shape, age)
  const mean = (value: number): number => value / tally.sum
  const timeOverLevel = mean(tally.timeOverLevel)
  return [
    logOddsBy(shape, tally, repeats, recency, age),
    Math.log1p((age - recency) / (alpha + recency)) - mean(tally.alphaLog),
    power * (1 / (alpha + age) - mean(tally.alphaInverse)),
    1 / b + mean(tally.time) - (1 + s) * timeOverLevel + (s * age) / end.level,
    1 / s + end.log - mean(tally.log),
    (s * end.decay) / end.level - (1 + s) * mean(tally.decayOverLevel),
  ]
}

/** The same of having stayed to an age, without what only purchases tell. */
const stayOf = (shape: Shape, repeats: number, age: number): readonly [number, ...Array<number>] => {
  const { r, alpha, s, beta } = shape
  const end = gompertzAt(shape, age)
  const stretch = Math.log1p(age / alpha)
  return [
    -r * stretch - repeats * Math.log(alpha + age) - s * end.log,
    -stretch,
    r / alpha - (r + repeats) / (alpha + age),
    (-s * age) / end.level,
    -end.log,
    s / beta - (s * end.decay) / end.level,
  ]
}

const evaluate = (p: Float64Array, { repeats, recencies, ages, counts }: IndexedRows): Evaluation => {
  const shape = read(p)
  const gradient = new Float64Array(5)
  let value = 0
  for (let row = 0; row < repeats.length; row += 1) {
    const [x, recency, age] = [repeats[row] as number, recencies[row] as number, ages[row] as number]
    const count = counts[row] as number
    const [stays, ...staySlopes] = stayOf(shape, x, age)
    const [logOdds, ...oddsSlopes] = age > recency ? oddsOf(shape, x, recency, age) : [-Infinity, 0, 0, 0, 0, 0]
    const gone = logistic(logOdds)
    value += count * (logGammaRise(shape.r, x) + stays + softplus(logOdds))
    ;(gradient[0] as number) += count * digammaRise(shape.r, x)
    for (let index = 0; index < 5; index += 1) {
      const slope = (staySlopes[index] as number) + gone * (oddsSlopes[index] as number)
      ;(gradient[index] as number) += count * slope
    }
  }
  return { value, gradient }
}

const simulate = (p: Float64Array, age: number, next: () => number): SimulatedPurchases => {
  const { r, alpha, b, s, beta } = read(p)
  const rate = gammaFrom(next, r) / alpha
  const lifetime = Math.log1p((-Math.log(next()) * beta) / gammaFrom(next, s)) / b
  return purchasesUntil(next, rate, Math.min(age, lifetime), 0)
}

/** The formulas of the model. */
export const gompertzNbdKernel: BuyingKernel<Name> = {
  names: ['r', 'alpha', 'b', 's', 'beta'],
  times: ['alpha'],
  rates: ['b'],
  purchaseCovariates: { alpha: -1 },
  leavingCovariates: { beta: -1 },
  logLikelihood,
  logOddsGone,
  purchasesIfAlive,
  newCustomerPurchases,
  probabilityOf,
  simulate,
  evaluate,
  start: ({ shape, rate }) => [shape, rate, 1, 0.7, 1],
}
