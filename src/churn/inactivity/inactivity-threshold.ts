// How many days of silence a customer's own history allows. Bulk and single customers go through the same function.

import { quantile } from '../../statistics/index.ts'
import type { FixedDays, InactivityRule } from './inactivity-rule.ts'
import { lastOf, sortedGaps } from './own-rhythm.ts'

/** From how many days of silence on a customer is at risk, or gone, and why. */
export interface InactivityThreshold {
  /** The rule that was applied: `'fixedDays'` also where it is the fallback for too few gaps. */
  readonly rule: InactivityRule['type']
  /** The customer's gaps: one less than purchase days. */
  readonly gaps: number
  /** What is usual for the customer by that rule, in days; `null` where the days are fixed. */
  readonly usualDays: number | null
  /** At risk with a longer silence. */
  readonly atRiskAfterDays: number
  /** Gone with a longer silence. */
  readonly churnedAfterDays: number
}

const fixed = (gaps: number, { atRiskDays, churnedDays }: FixedDays): InactivityThreshold => ({
  rule: 'fixedDays',
  gaps,
  usualDays: null,
  atRiskAfterDays: atRiskDays,
  churnedAfterDays: churnedDays,
})

/** For customers with too few gaps, where no other days are named. */
export const standardFallback: FixedDays = { type: 'fixedDays', atRiskDays: 90, churnedDays: 180 }

const meanGap = (days: Int32Array): number => (lastOf(days) - (days[0] as number)) / (days.length - 1)

const quantileOfGaps = (days: Int32Array, probability: number): number => {
  const found = quantile(sortedGaps(days), probability)
  return found._tag === 'Right' ? found.right : meanGap(days)
}

/**
 * The threshold of a customer with these purchase days, distinct and in rising order.
 */
export const thresholdOf = (rule: InactivityRule, days: Int32Array): InactivityThreshold => {
  const gaps = days.length - 1
  if (rule.type === 'fixedDays') return fixed(gaps, rule)
  const { minimumGaps = 3, fallback = standardFallback } = rule
  if (gaps < minimumGaps) return fixed(gaps, fallback)
  const standard = rule.type === 'ownRhythm' ? 2 : 1
  const { atRiskMultiple = standard, churnedMultiple = standard + 1 } = rule
  const usualDays = rule.type === 'ownRhythm' ? meanGap(days) : quantileOfGaps(days, rule.probability ?? 0.9)
  return {
    rule: rule.type,
    gaps,
    usualDays,
    atRiskAfterDays: usualDays * atRiskMultiple,
    churnedAfterDays: usualDays * churnedMultiple,
  }
}

/** How much a silent customer is still there. */
export type InactivityState = 'active' | 'atRisk' | 'churned'

/** The state that a silence of some days puts a customer in. */
export const stateAfter = (
  silentDays: number,
  threshold: Pick<InactivityThreshold, 'atRiskAfterDays' | 'churnedAfterDays'>,
): InactivityState => {
  if (silentDays > threshold.churnedAfterDays) return 'churned'
  return silentDays > threshold.atRiskAfterDays ? 'atRisk' : 'active'
}
