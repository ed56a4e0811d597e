// The states of silent customers by their definition, one day at a time.
import type {
  FixedDays,
  InactivityRule,
  LifecycleRule,
  LifecycleState,
  LifecycleStep,
} from '../../../src/churn/index.ts'
import { type CivilDate, unwrap } from '../../../src/foundation/index.ts'
import type { GapSummary } from '../../../src/retention/index.ts'
import { mean, quantile } from '../../../src/statistics/index.ts'

export interface Measure {
  readonly rule: LifecycleRule
  readonly population: GapSummary
  readonly lapsingShare?: number
}

type Limits = readonly [atRisk: number, churned: number]

const gapsOf = (days: ReadonlyArray<number>): ReadonlyArray<number> =>
  days.slice(1).map((day, index) => day - (days[index] as number))

/** The least number of days within which so large a share of own and lent gaps lies: tried one by one. */
const mixedQuantile = (
  own: ReadonlyArray<number>,
  { days, counts }: GapSummary,
  probability: number,
  lent: number,
): number => {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const within = (limit: number): number =>
    own.filter((gap) => gap <= limit).length +
    days.reduce((sum, length, at) => (length <= limit ? sum + (lent * (counts[at] ?? 0)) / total : sum), 0)
  let limit = 0
  while (within(limit) < probability * (own.length + lent) - 1e-9) limit += 1
  return limit
}

const ownLimits = (rule: Exclude<InactivityRule, FixedDays>, gaps: ReadonlyArray<number>): Limits => {
  const { fallback = { atRiskDays: 90, churnedDays: 180 }, minimumGaps = 3 } = rule
  if (gaps.length < minimumGaps) return [fallback.atRiskDays, fallback.churnedDays]
  const standard = rule.type === 'ownRhythm' ? 2 : 1
  const usual = unwrap(rule.type === 'ownRhythm' ? mean(gaps) : quantile(gaps, rule.probability ?? 0.9))
  return [usual * (rule.atRiskMultiple ?? standard), usual * (rule.churnedMultiple ?? standard + 1)]
}

/** The thresholds of somebody with these distinct purchase days, in order. */
const limitsModel = (days: ReadonlyArray<number>, { rule, population }: Measure): Limits => {
  if (rule.type === 'fixedDays') return [rule.atRiskDays, rule.churnedDays]
  if (rule.type !== 'populationQuantile') return ownLimits(rule, gapsOf(days))
  const { probability = 0.9, lentGaps = 5, atRiskMultiple = 1, churnedMultiple = 2 } = rule
  const usual = mixedQuantile(gapsOf(days), population, probability, lentGaps)
  return [usual * atRiskMultiple, usual * churnedMultiple]
}

/** The state of a silence that a new, active or reactivated customer falls into. */
const silenceModel = (silent: number, [atRisk, churned]: Limits, share: number): LifecycleState | null => {
  if (silent > churned) return 'churned'
  if (silent > atRisk + share * (churned - atRisk)) return 'lapsing'
  return silent > atRisk ? 'atRisk' : null
}

const onPurchase = (before: LifecycleState | null): LifecycleState => {
  if (before === null) return 'new'
  return before === 'churned' ? 'reactivated' : 'active'
}

/** The state on a day, by that of the day before. */
const stateModel = (
  days: ReadonlyArray<number>,
  day: number,
  before: LifecycleState | null,
  measure: Measure,
): LifecycleState | null => {
  if (days.includes(day)) return onPurchase(before)
  const known = days.filter((other) => other <= day)
  const silent = day - (known.at(-1) as number)
  return silenceModel(silent, limitsModel(known, measure), measure.lapsingShare ?? 0.5) ?? before
}

/** Every change of state from the first purchase to a day. */
export const stepsModel = (
  purchases: ReadonlyArray<CivilDate>,
  asOf: CivilDate,
  measure: Measure,
): ReadonlyArray<LifecycleStep> => {
  const days = Array.from(new Set(purchases)).sort((a, b) => a - b)
  const steps: Array<LifecycleStep> = []
  let state: LifecycleState | null = null
  for (let day = days[0] ?? asOf + 1; day <= asOf; day += 1) {
    const to = stateModel(days, day, state, measure)
    if (to !== null && to !== state) steps.push({ on: day as CivilDate, from: state, to })
    state = to
  }
  return steps
}
