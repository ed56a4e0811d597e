// The odds that a customer of the Pareto/NBD model is gone: an integral over when they left.

import { gaussLegendre, type QuadratureRule } from '../../statistics/index.ts'

/** Parameters of the Pareto/NBD model. */
export interface ParetoShape {
  readonly r: number
  readonly alpha: number
  readonly s: number
  readonly beta: number
}

const three: QuadratureRule = /* @__PURE__ */ gaussLegendre(3)
const five: QuadratureRule = /* @__PURE__ */ gaussLegendre(5)
const eight: QuadratureRule = /* @__PURE__ */ gaussLegendre(8)
const twelve: QuadratureRule = /* @__PURE__ */ gaussLegendre(12)

/** The fewest places that integrate e^(−decay · w) over a length of w to rounding, and what is as smooth. */
const ruleFor = (length: number, decay: number): QuadratureRule => {
  if (length < 0.05 && decay < 0.08) return three
  if (length < 0.5 && decay < 0.8) return five
  return length < 1 && decay < 3 ? eight : twelve
}

/** How far the decay of the integrand and its curvature are gentle enough for one rule. */
const gentleStretch = (decay: number, greatestDecay: number): number =>
  Math.min(1.5, Math.max(6 / greatestDecay, 2 / decay))

/** What lies beyond so many decays is less than rounding. */
const negligible = 45

/** Since when a customer may have left, and how far that has been integrated. */
export interface ParetoSilenceDraft {
  /** α + recency, β + recency, and the smaller. */
  fromAlpha: number
  fromBeta: number
  origin: number
  /** r + x. */
  power: number
  s: number
  /** With u + m = (recency + m) e^w, m the smaller of α and β: up to which w the integral goes. */
  reached: number
  /** −ln of the integrand there. */
  decayed: number
  /** How many of the places of a panel below are filled. */
  size: number
  /** At each place: the integrand with its weight, ln(1 + · / fromAlpha), ln(1 + · / fromBeta), 1 / (α + u), 1 / (β + u). */
  readonly terms: Float64Array
  readonly alphaLogs: Float64Array
  readonly betaLogs: Float64Array
  readonly alphaInverses: Float64Array
  readonly betaInverses: Float64Array
}

/** A silence for any customer, to begin with {@link beginSilence}. */
export const newSilence = (): ParetoSilenceDraft => ({
  fromAlpha: 1,
  fromBeta: 1,
  origin: 1,
  power: 1,
  s: 1,
  reached: 0,
  decayed: 0,
  size: 0,
  terms: new Float64Array(12),
  alphaLogs: new Float64Array(12),
  betaLogs: new Float64Array(12),
  alphaInverses: new Float64Array(12),
  betaInverses: new Float64Array(12),
})

/** Sets a silence to a customer's last purchase. */
export const beginSilence = (
  draft: ParetoSilenceDraft,
  { r, alpha, s, beta }: ParetoShape,
  repeats: number,
  recency: number,
): void => {
  draft.fromAlpha = alpha + recency
  draft.fromBeta = beta + recency
  draft.origin = Math.min(alpha, beta) + recency
  draft.power = r + repeats
  draft.s = s
  draft.reached = 0
  draft.decayed = 0
}

const fillPanel = (draft: ParetoSilenceDraft, length: number, { nodes, weights }: QuadratureRule): void => {
  const { fromAlpha, fromBeta, origin, power, s, reached } = draft
  const alphaFirst = fromAlpha <= fromBeta
  const [first, second] = alphaFirst ? [draft.alphaLogs, draft.betaLogs] : [draft.betaLogs, draft.alphaLogs]
  const [firstPower, secondPower] = alphaFirst ? [power, s] : [s, power]
  const later = alphaFirst ? fromBeta : fromAlpha
  const [middle, half] = [reached + 0.5 * length, 0.5 * length]
  for (let node = 0; node < nodes.length; node += 1) {
    const w = middle + half * (nodes[node] as number)
    const since = origin * Math.expm1(w)
    const secondLog = Math.log1p(since / later)
    const betaInverse = 1 / (fromBeta + since)
    const weight = half * (weights[node] as number) * (origin + since) * betaInverse
    draft.terms[node] = weight * Math.exp(-firstPower * w - secondPower * secondLog)
    first[node] = w
    second[node] = secondLog
    draft.alphaInverses[node] = 1 / (fromAlpha + since)
    draft.betaInverses[node] = betaInverse
  }
  draft.size = nodes.length
  draft.decayed = firstPower * (reached + length) + secondPower * (second[nodes.length - 1] as number)
  draft.reached = reached + length
}

/**
 * Fills the next panel of ∫ (recency + β)ˢ (recency + α)^(r + x) / ((β + u)^(s + 1) (α + u)^(r + x)) du from the last purchase
 * on, and says whether there was one before `reach`, a value of w. With u + m = (recency + m) e^w the integrand is smooth and
 * all its values are above 0.
 */
export const nextPanel = (draft: ParetoSilenceDraft, reach: number): boolean => {
  const { fromAlpha, fromBeta, origin, power, s, reached } = draft
  if (reached >= reach || draft.decayed > negligible) return false
  const since = origin * Math.expm1(reached)
  const decay = (origin + since) * (power / (fromAlpha + since) + s / (fromBeta + since))
  const length = Math.min(reach - reached, gentleStretch(decay, power + s))
  fillPanel(draft, length, ruleFor(length, length * Math.min(power + s, decay * Math.exp(length))))
  return true
}

/** ln of the odds of being gone after a silence, from the sum of the panels up to there. */
export const logOddsOf = (
  { fromAlpha, fromBeta, power, s }: ParetoSilenceDraft,
  silence: number,
  sum: number,
): number =>
  silence > 0
    ? s * Math.log1p(silence / fromBeta) + power * Math.log1p(silence / fromAlpha) + Math.log(s * sum)
    : -Infinity

/** How far w reaches for a customer who has been silent for a time. */
export const reachOf = ({ origin }: ParetoSilenceDraft, silence: number): number => Math.log1p(silence / origin)

/** ln of the odds of being gone: −∞ with no silence. */
export const paretoLogOdds = (
  draft: ParetoSilenceDraft,
  shape: ParetoShape,
  repeats: number,
  recency: number,
  age: number,
): number => {
  beginSilence(draft, shape, repeats, recency)
  const silence = age - recency
  const reach = reachOf(draft, silence)
  let sum = 0
  while (nextPanel(draft, reach)) {
    for (let place = 0; place < draft.size; place += 1) sum += draft.terms[place] as number
  }
  return logOddsOf(draft, silence, sum)
}
