// Purchases of customers who buy more regularly than at random: of a process of stages every k-th is a purchase.

import { logGammaRise } from '../../statistics/index.ts'

/** Stages at a rate λ ~ Gamma(shape, rate), of which every k-th is a purchase. */
export interface RegularPace {
  readonly k: number
  /** r + k x: shape of the rate of a customer with so many purchases. */
  readonly shape: number
}

/** What the silence since the last purchase tells of the stages passed in it. */
export interface SilentStages {
  /** ln of the sum of the weights below: how much likelier this silence is than one without a stage. */
  readonly log: number
  /** How likely it is that so many stages have passed, for 0 to k − 1. */
  readonly weights: ReadonlyArray<number>
  /** Derivatives of the logarithm by the shape, and by the share of the silence. */
  readonly byShape: number
  readonly byShare: number
}

/** Stages since the last purchase, when the silence is a share of α + age. */
export const silentStages = ({ k, shape }: RegularPace, share: number): SilentStages => {
  const terms: Array<number> = []
  let [term, sum, byShape, byShare, slope] = [1, 0, 0, 0, 0]
  for (let stage = 0; stage < k; stage += 1) {
    terms.push(term)
    sum += term
    byShape += term * slope
    // The next term's derivative by the share.
    if (stage + 1 < k) byShare += (shape + stage) * term
    slope += 1 / (shape + stage)
    term *= ((shape + stage) / (stage + 1)) * share
  }
  return {
    log: Math.log(sum),
    weights: terms.map((value) => value / sum),
    byShape: byShape / sum,
    byShare: byShare / sum,
  }
}

/** Stages to come: their number is negative binomial with this shape, over a stretch in units of the rate. */
interface Stages {
  readonly shape: number
  readonly span: number
}

const mostTerms = 2_000_000

/** The first number of stages that is likely at all, and its probability. */
const firstLikely = ({ shape, span }: Stages): readonly [number, number] => {
  const mean = shape * span
  const first = Math.max(0, Math.floor(mean - 12 * Math.sqrt(mean * (1 + span))))
  if (first === 0 && shape * Math.log1p(span) < 600) return [0, Math.exp(-shape * Math.log1p(span))]
  const log = logGammaRise(shape, first) - logGammaRise(1, first) - shape * Math.log1p(span)
  return [first, Math.exp(log - first * Math.log1p(1 / span))]
}

/** Expected purchases of k stages each, when some stages have passed and the customer may leave after each purchase. */
const afterStages = (stages: Stages, k: number, passed: number, a: number, b: number): number => {
  const { shape, span } = stages
  const z = span / (1 + span)
  let [count, probability] = firstLikely(stages)
  let [purchases, expected, stays, sum] = [0, 0, 1, 0]
  for (let term = 0; term < mostTerms; term += 1) {
    while ((purchases + 1) * k <= count + passed) {
      expected += stays
      stays *= (b + purchases) / (a + b + purchases)
      purchases += 1
    }
    sum += probability * expected
    const ratio = ((shape + count) / (count + 1)) * z
    if (ratio < 1 && expected > 0 && probability * expected < 1e-17 * sum * (1 - ratio)) return sum
    probability *= ratio
    count += 1
  }
  return Number.NaN
}

/** Expected purchases over a stretch, in units of the rate, of a customer who is there; NaN where they are too many to sum. */
export const expectedRegular = (
  { k, shape }: RegularPace,
  { weights }: Pick<SilentStages, 'weights'>,
  span: number,
  a: number,
  b: number,
): number => {
  if (span === 0) return 0
  const mean = (shape + k) * span
  if (mean + 12 * Math.sqrt(mean * (1 + span)) + 40 * (1 + span) > mostTerms) return Number.NaN
  return weights.reduce(
    (sum, weight, passed) =>
      weight === 0 ? sum : sum + weight * afterStages({ shape: shape + passed, span }, k, passed, a, b),
    0,
  )
}
