// The thresholds that hold after each purchase of a customer, by nothing but what had been bought until then. The arrays
// are filled once and handed on.

import type { GapSummary } from '../../retention/index.ts'
import type { FixedDays, OwnQuantileRule } from '../inactivity/inactivity-rule.ts'
import { standardFallback } from '../inactivity/inactivity-threshold.ts'
import { sortedGaps } from '../inactivity/own-rhythm.ts'
import { addGap, emptyGapRanks, type GapRanks, gapAt, gapsWithin, rankOf } from './gap-ranks.ts'
import type { LifecycleRule, PopulationQuantileRule } from './lifecycle-rule.ts'

/** The gaps of a population, ready to be looked up. */
export interface PopulationGaps {
  /** The lengths that occur, rising. */
  readonly lengths: ArrayLike<number>
  /** The share of gaps that are at most so long. */
  readonly shares: Float64Array
}

export const populationGaps = ({ days, counts }: Pick<GapSummary, 'days' | 'counts'>): PopulationGaps => {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const shares = new Float64Array(days.length)
  let before = 0
  for (const [index, count] of counts.entries()) {
    before += count
    shares[index] = before / total
  }
  return { lengths: days, shares }
}

/** After each purchase of a customer, the silence with which they are at risk, and gone, in days. */
export interface ThresholdCourse {
  readonly atRisk: Float64Array
  readonly churned: Float64Array
}

const gapAfter = (days: Int32Array, purchase: number): number =>
  (days[purchase] as number) - (days[purchase - 1] as number)

/** Type 7, as the `quantile` of a sample. */
const ownQuantile = (ranks: GapRanks, gaps: number, probability: number): number => {
  const position = (gaps - 1) * probability
  const below = Math.floor(position)
  const low = gapAt(ranks, below)
  if (position === below) return low
  const high = gapAt(ranks, below + 1)
  return Math.min(low + (position - below) * (high - low), high)
}

/** What keeps a share that is met exactly from being missed by its rounding. */
const slack = 1e-9

/** The least number of days within which the share of own and lent gaps lies. */
const mixedQuantile = (
  ranks: GapRanks,
  gaps: number,
  { lengths, shares }: PopulationGaps,
  probability: number,
  lent: number,
): number => {
  const due = probability * (gaps + lent) - slack
  const holds = (days: number): boolean =>
    gapsWithin(ranks, days) + lent * (shares[rankOf(lengths, days) - 1] ?? 0) >= due
  let low = 0
  let high = Math.max(lengths[lengths.length - 1] as number, ranks.lengths[ranks.lengths.length - 1] ?? 0)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** What is usual after each purchase; 0 where that isn't asked. */
type Usual = (purchase: number) => number

const multiplied = (
  purchases: number,
  usual: Usual,
  atRisk: number,
  churned: number,
  minimumGaps: number,
  fallback: FixedDays,
): ThresholdCourse => {
  const course = { atRisk: new Float64Array(purchases), churned: new Float64Array(purchases) }
  for (let purchase = 0; purchase < purchases; purchase += 1) {
    const days = usual(purchase)
    const isKnown = purchase >= minimumGaps
    course.atRisk[purchase] = isKnown ? days * atRisk : fallback.atRiskDays
    course.churned[purchase] = isKnown ? days * churned : fallback.churnedDays
  }
  return course
}

/** Calls back with the ranks of the gaps so far, in the order of purchases. */
const withRanks = (days: Int32Array, usual: (ranks: GapRanks, gaps: number) => number): Usual => {
  const ranks = emptyGapRanks(sortedGaps(days))
  return (purchase) => {
    if (purchase > 0) addGap(ranks, gapAfter(days, purchase))
    return usual(ranks, purchase)
  }
}

const quantileCourse = (days: Int32Array, rule: OwnQuantileRule): ThresholdCourse => {
  const { probability = 0.9, atRiskMultiple = 1, churnedMultiple = 2, minimumGaps = 3, fallback } = rule
  const usual = withRanks(days, (ranks, gaps) => (gaps < minimumGaps ? 0 : ownQuantile(ranks, gaps, probability)))
  return multiplied(days.length, usual, atRiskMultiple, churnedMultiple, minimumGaps, fallback ?? standardFallback)
}

const populationCourse = (
  days: Int32Array,
  rule: PopulationQuantileRule,
  population: PopulationGaps,
): ThresholdCourse => {
  const { probability = 0.9, lentGaps = 5, atRiskMultiple = 1, churnedMultiple = 2 } = rule
  const usual = withRanks(days, (ranks, gaps) => mixedQuantile(ranks, gaps, population, probability, lentGaps))
  return multiplied(days.length, usual, atRiskMultiple, churnedMultiple, 0, standardFallback)
}

/**
 * The thresholds after each of a customer's purchase days, which are distinct and rising; the population's gaps are not
 * none where the rule needs them.
 */
export const thresholdCourse = (rule: LifecycleRule, days: Int32Array, population: PopulationGaps): ThresholdCourse => {
  switch (rule.type) {
    case 'fixedDays':
      return multiplied(days.length, () => 0, 0, 0, Number.POSITIVE_INFINITY, rule)
    case 'ownRhythm': {
      const { atRiskMultiple = 2, churnedMultiple = 3, minimumGaps = 3, fallback = standardFallback } = rule
      const first = days[0] as number
      const usual = (purchase: number): number => ((days[purchase] as number) - first) / purchase
      return multiplied(days.length, usual, atRiskMultiple, churnedMultiple, minimumGaps, fallback)
    }
    case 'ownQuantile':
      return quantileCourse(days, rule)
    case 'populationQuantile':
      return populationCourse(days, rule, population)
  }
}
