// Purchases to come of a customer who may leave after each, when the rate is a gamma and the chance to leave a beta variable.

import { logGammaRise } from '../../statistics/index.ts'

/** Purchases of rate λ ~ Gamma(shape, ·) over a stretch of `span` = horizon / rate parameter; leaving after each ~ Beta(a, b). */
interface Prospect {
  readonly shape: number
  readonly span: number
  readonly a: number
  readonly b: number
}

/**
 * Σ P(n purchases if nobody left) · Σ_{k<n} E[(1 − p)ᵏ]: every term is above 0, so nothing cancels, and nothing is singular
 * at a = 1.
 */
const bySeries = ({ shape, span, a, b }: Prospect): number => {
  const z = span / (1 + span)
  let probability = Math.exp(-shape * Math.log1p(span))
  let survival = 1
  let purchases = 0
  let sum = 0
  for (let n = 0; n < 1e6; n += 1) {
    probability *= ((shape + n) * z) / (n + 1)
    purchases += survival
    survival *= (b + n) / (a + b + n)
    const term = probability * purchases
    sum += term
    const ratio = ((shape + n + 1) / (n + 2)) * z * ((n + 2) / (n + 1))
    if (ratio < 1 && term < 1e-17 * sum * (1 - ratio)) return sum
  }
  return sum
}

/** R (R + 1) ∫₀ᵘ e^(−R s) (1 − e^(−s)) ds = 1 − e^(−R u) (1 + R (1 − e^(−u))). */
const curveLoss = (shape: number, u: number): number => {
  if ((shape + 1) * u >= 0.1) return -Math.expm1(-shape * u) + shape * Math.exp(-shape * u) * Math.expm1(-u)
  let sum = 0
  let [low, high, power] = [1, 1, u]
  for (let k = 1; k <= 12; k += 1) {
    low *= -shape
    high *= -(shape + 1)
    power *= u / (k + 1)
    sum += (low - high) * power
  }
  return shape * (shape + 1) * sum
}

/**
 * The expectation over p of (1 − (1 + p span)^−shape) / p, by the trapezoidal rule in the log-odds of p. Integrated by parts
 * once, so that the integrand falls on both sides however small a is.
 */
const byQuadrature = ({ shape, span, a, b }: Prospect): number => {
  const logScale = logGammaRise(b, a) - logGammaRise(1, a)
  const integrand = (w: number): number => {
    const logP = w < 0 ? w - Math.log1p(Math.exp(w)) : -Math.log1p(Math.exp(-w))
    const logQ = logP - w
    const u = Math.log1p(Math.exp(logP) * span)
    const gain = -Math.expm1(-shape * u)
    const weight = Math.exp(logScale + a * logP + b * logQ)
    return weight * ((a + b) * gain + Math.exp(-w) * curveLoss(shape, u))
  }
  const width = Math.min(0.25, 0.6 * Math.sqrt(1 / (a + 1) + 1 / (b + 1)))
  const middle = Math.log((a + 1) / (b + 1))
  const side = (from: number, step: number): number => {
    let sum = 0
    for (let w = from; ; w += step) {
      const term = integrand(w)
      sum += term
      if (term <= 1e-18 * sum || !(Math.abs(w) < 700)) return sum
    }
  }
  return width * (side(middle, width) + side(middle - width, -width))
}

/** Expected purchases; 0 for a span of 0. */
export const expectedUntilLeaving = (prospect: Prospect): number => {
  const { shape, span } = prospect
  if (span === 0) return 0
  const mean = shape * span
  const terms = mean + 10 * Math.sqrt(mean * (1 + span)) + 40 * (1 + span)
  return terms < 4000 && shape * Math.log1p(span) < 600 ? bySeries(prospect) : byQuadrature(prospect)
}
