// How long customers of the Gamma-Gompertz/NBD model stay: a hazard that rises or falls with time, of another level for each.

import { gaussLegendre } from '../../statistics/index.ts'

/** Hazard η b e^(b t), η ~ Gamma(s, β). */
export interface GompertzShape {
  readonly b: number
  readonly s: number
  readonly beta: number
}

/** What is needed of a time t. */
export interface GompertzAt {
  /** 1 + (β − 1) e^(−b t), without the cancellation where b t is small. */
  readonly level: number
  /** ln of (β − 1 + e^(b t)) / β: −1 / s of the logarithm of the share that stays so long. */
  readonly log: number
  /** e^(−b t). */
  readonly decay: number
}

/** The figures of a time. */
export const gompertzAt = ({ b, beta }: GompertzShape, time: number): GompertzAt => {
  const gone = Math.expm1(-b * time)
  const level = beta * (1 + gone) - gone
  return { level, log: b * time + Math.log(level / beta), decay: 1 + gone }
}

/** The hazard of all who are still there at a time. */
const hazardAt = ({ b, s }: GompertzShape, { level }: GompertzAt): number => (s * b) / level

/** A stretch that is short against how far from it β − 1 + e^(b t) vanishes: on its left, or beside it in the complex plane. */
const shortStretch = ({ b, beta }: GompertzShape, time: number): number => {
  if (beta < 1) return 1.5 * (time - Math.log1p(-beta) / b)
  return 1.2 * Math.hypot(Math.max(0, time - Math.log(beta - 1) / b), Math.PI / b)
}

const { nodes, weights } = /* @__PURE__ */ gaussLegendre(12)

/** What lies beyond so many decays is less than rounding. */
const negligible = 45

/** Of an integrand that also falls as (α + u)^−power. */
export interface DecayingPurchases {
  readonly alpha: number
  readonly power: number
}

/** How far from a time one rule integrates to rounding. */
export const gentleLength = (shape: GompertzShape, { alpha, power }: DecayingPurchases, time: number): number => {
  const at = gompertzAt(shape, time)
  const bend = (shape.b * Math.abs(1 - at.level)) / at.level
  const fall = hazardAt(shape, at) + bend + power / (alpha + time)
  return Math.min(shortStretch(shape, time), power === 0 ? Infinity : 1.5 * (alpha + time), 6 / fall)
}

/** Calls back at each place of a rule over a stretch, with its weight. */
export const eachPlace = (from: number, length: number, use: (time: number, weight: number) => void): void => {
  for (let node = 0; node < nodes.length; node += 1) {
    use(from + 0.5 * length * (1 + (nodes[node] as number)), 0.5 * length * (weights[node] as number))
  }
}

/** Calls back at each place of panels from a time to another, up to where next to nothing is left of the integrand. */
export const eachPlaceUntil = (
  shape: GompertzShape,
  purchases: DecayingPurchases,
  from: number,
  to: number,
  use: (time: number, weight: number) => void,
): void => {
  const { alpha, power } = purchases
  const start = gompertzAt(shape, from).log
  let at = from
  let decayed = 0
  while (at < to && decayed < negligible) {
    const length = Math.min(to - at, gentleLength(shape, purchases, at))
    eachPlace(at, length, use)
    at = length < to - at ? at + length : to
    decayed = shape.s * (gompertzAt(shape, at).log - start) + power * Math.log1p((at - from) / (alpha + from))
  }
}

/** ∫ S(from + v) / S(from) dv up to a horizon: the time that is left of it, on average. */
export const gompertzTimeLeft = (shape: GompertzShape, from: number, horizon: number): number => {
  const start = gompertzAt(shape, from).log
  let sum = 0
  eachPlaceUntil(shape, { alpha: 1, power: 0 }, from, from + horizon, (time, weight) => {
    sum += weight * Math.exp(-shape.s * (gompertzAt(shape, time).log - start))
  })
  return sum
}

/** The density of leaving at a time, as a share of those who stay until another. */
export const leavingAt = (shape: GompertzShape, at: GompertzAt, startLog: number): number =>
  hazardAt(shape, at) * Math.exp(-shape.s * (at.log - startLog))
