// The score interval of a Net Promoter Score.

import { rootBetween } from '../statistics/index.ts'
import { momentsOf, type NpsCounts } from './nps-counts.ts'

/** The share of detractors that is likeliest where the score is known to be so much: the larger root of a square. */
const detractorShareGiven = (score: number, { detractors, promoters }: NpsCounts, answers: number): number => {
  const linear = (2 * answers - promoters + detractors) * score - detractors - promoters
  const root = Math.sqrt(linear * linear + 8 * answers * detractors * score * (1 - score))
  return (root - linear) / (4 * answers)
}

/**
 * The scores from −1 to 1 that a score test of the counts would not refuse.
 *
 * Sources: T. Tango, Statistics in Medicine 17 (1998); for this score B. Rocks, arXiv 1601.07235.
 */
export const tangoInterval = (counts: NpsCounts, z: number): { readonly lower: number; readonly upper: number } => {
  const { answers, score } = momentsOf(counts)
  const balance = counts.promoters - counts.detractors
  const reach = (at: number): number => {
    const spread = 2 * detractorShareGiven(at, counts, answers) + at * (1 - at)
    return z * Math.sqrt(answers * Math.max(0, spread))
  }
  const tooHigh = (at: number): number => balance - answers * at - reach(at)
  const tooLow = (at: number): number => balance - answers * at + reach(at)
  return { lower: rootBetween(tooHigh, score, -1), upper: rootBetween(tooLow, 1, score) }
}
