// Confidence intervals of a Net Promoter Score.

/** A method for the interval of a Net Promoter Score. */
export type NpsIntervalMethod = 'adjustedWald' | 'wald'

/** How many answers there are of each category. */
export interface NpsCounts {
  readonly detractors: number
  readonly passives: number
  readonly promoters: number
}

/** A confidence interval of a Net Promoter Score, in points. */
export interface NpsInterval {
  readonly method: NpsIntervalMethod
  /** Between 0 and 1. */
  readonly confidence: number
  /** The middle of the interval before clamping; for `adjustedWald` it is drawn a little towards 0 from the score. */
  readonly centre: number
  readonly standardError: number
  /** Not below −100. */
  readonly lower: number
  /** Not above 100. */
  readonly upper: number
  /** The bounds before clamping. */
  readonly unclamped: { readonly lower: number; readonly upper: number }
  /** Whether the width is zero because all answers are alike: then the interval says nothing. */
  readonly degenerate: boolean
}

/** Number of answers, score and variance of one answer, where a promoter is 1, a passive 0 and a detractor −1. */
export const momentsOf = (
  counts: NpsCounts,
): { readonly answers: number; readonly score: number; readonly variance: number } => {
  const { detractors, passives, promoters } = counts
  const answers = detractors + passives + promoters
  const balance = promoters - detractors
  // Over one denominator, so that answers that are all alike have variance 0 and not what rounding leaves of it.
  const variance = ((promoters + detractors) * answers - balance * balance) / (answers * answers)
  return { answers, score: balance / answers, variance }
}

/** Three more answers, spread evenly between the best and the worst case. */
const withPseudoAnswers = ({ detractors, passives, promoters }: NpsCounts): NpsCounts => ({
  detractors: detractors + 0.75,
  passives: passives + 1.5,
  promoters: promoters + 0.75,
})

const clamp = (points: number): number => Math.max(-100, Math.min(100, points))

/** The interval of the score of at least one answer, as wide as `z` standard errors to each side. */
export const npsInterval = (
  counts: NpsCounts,
  method: NpsIntervalMethod,
  confidence: number,
  z: number,
): NpsInterval => {
  const { answers, score, variance } = momentsOf(method === 'wald' ? counts : withPseudoAnswers(counts))
  const centre = 100 * score
  const standardError = 100 * Math.sqrt(variance / answers)
  const lower = centre - z * standardError
  const upper = centre + z * standardError
  return {
    method,
    confidence,
    centre,
    standardError,
    lower: clamp(lower),
    upper: clamp(upper),
    unclamped: { lower, upper },
    degenerate: variance === 0,
  }
}
