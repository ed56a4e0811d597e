// The odds that a customer of the Pareto/NBD model is gone: an integral over when they left.

import { gaussLegendre } from '../statistics/index.ts'

/** Parameters of the Pareto/NBD model. */
export interface ParetoShape {
  readonly r: number
  readonly alpha: number
  readonly s: number
  readonly beta: number
}

/** The logarithm of the odds and, if asked for, its derivatives. */
export interface ParetoOddsDraft {
  logOdds: number
  byR: number
  byAlpha: number
  byS: number
  byBeta: number
}

const { nodes, weights } = /* @__PURE__ */ gaussLegendre(12)

/** How far the decay of the integrand and its curvature are gentle enough for one rule. */
const gentleStretch = (decay: number, greatestDecay: number): number =>
  Math.min(1.5, Math.max(6 / greatestDecay, 2 / decay))

/** What lies beyond so many decays is less than rounding. */
const negligible = 45

/**
 * Sets the log-odds of ∫ s (β + T)ˢ (α + T)^(r + x) / ((β + u)^(s + 1) (α + u)^(r + x)) du from the last purchase to the age.
 * With u + m = (t + m) eʷ, m the smaller of α and β, the integrand is smooth and all its values are above 0.
 */
export const setParetoOdds = (
  draft: ParetoOddsDraft,
  { r, alpha, s, beta }: ParetoShape,
  repeats: number,
  recency: number,
  age: number,
): void => {
  const power = r + repeats
  const origin = Math.min(alpha, beta) + recency
  const [fromAlpha, fromBeta] = [alpha + recency, beta + recency]
  const silence = age - recency
  const wholeAlpha = Math.log1p(silence / fromAlpha)
  const wholeBeta = Math.log1p(silence / fromBeta)
  const reach = Math.log1p(silence / origin)
  let [sum, alphaLogs, betaLogs, alphaInverse, betaInverse] = [0, 0, 0, 0, 0]
  let from = 0
  let decayed = 0
  while (from < reach && decayed < negligible) {
    const place = origin * Math.exp(from)
    const decay = (power * place) / (place - origin + fromAlpha) + (s * place) / (place - origin + fromBeta)
    const length = Math.min(reach - from, gentleStretch(decay, power + s))
    for (let node = 0; node < 12; node += 1) {
      const since = origin * Math.expm1(from + 0.5 * length * (1 + (nodes[node] as number)))
      const logAlpha = Math.log1p(since / fromAlpha)
      const logBeta = alpha === beta ? logAlpha : Math.log1p(since / fromBeta)
      const inverse = 1 / (fromBeta + since)
      const weight = (weights[node] as number) * length
      const term = weight * (origin + since) * inverse * Math.exp(-s * logBeta - power * logAlpha)
      sum += term
      alphaLogs += term * logAlpha
      betaLogs += term * logBeta
      alphaInverse += term / (fromAlpha + since)
      betaInverse += term * inverse
      decayed = s * logBeta + power * logAlpha
    }
    from += length
  }
  draft.logOdds = silence > 0 ? s * wholeBeta + power * wholeAlpha + Math.log(0.5 * s * sum) : -Infinity
  if (!(silence > 0)) return
  draft.byR = wholeAlpha - alphaLogs / sum
  draft.byAlpha = power * (1 / (alpha + age) - alphaInverse / sum)
  draft.byS = 1 / s + wholeBeta - betaLogs / sum
  draft.byBeta = s / (beta + age) - ((s + 1) * betaInverse) / sum
}
