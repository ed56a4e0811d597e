// Generators of rules for silence and of the gaps of populations. They lean to the least number of gaps and to thresholds that meet.
import fc from 'fast-check'
import type { FixedDays, InactivityRule, LifecycleRule } from '../../src/churn/index.ts'
import type { GapSummary } from '../../src/retention/index.ts'

const rising = (low: fc.Arbitrary<number>): fc.Arbitrary<readonly [number, number]> =>
  fc.tuple(low, low).map(([a, b]) => [Math.min(a, b), Math.max(a, b)])

const fixedDaysArbitrary: fc.Arbitrary<FixedDays> = rising(fc.integer({ min: 1, max: 200 })).map(
  ([atRiskDays, churnedDays]) => ({ type: 'fixedDays', atRiskDays, churnedDays }),
)

const multiplesArbitrary = rising(fc.integer({ min: 1, max: 20 }).map((quarters) => quarters / 4)).map(
  ([atRiskMultiple, churnedMultiple]) => ({ atRiskMultiple, churnedMultiple }),
)

const ownArbitrary = fc
  .tuple(
    fc.option(multiplesArbitrary, { nil: {} }),
    fc.record({ minimumGaps: fc.integer({ min: 1, max: 4 }), fallback: fixedDaysArbitrary }, { requiredKeys: [] }),
  )
  .map(([multiples, rest]) => ({ ...multiples, ...rest }))

/** Rules of every kind. */
export const inactivityRuleArbitrary: fc.Arbitrary<InactivityRule> = fc.oneof(
  ownArbitrary.map((own): InactivityRule => ({ type: 'ownRhythm', ...own })),
  fc
    .tuple(ownArbitrary, fc.constantFrom({}, { probability: 0.5 }, { probability: 1 }))
    .map(([own, probability]): InactivityRule => ({ type: 'ownQuantile', ...probability, ...own })),
  fixedDaysArbitrary,
)

/** Gaps of a population of customers with two purchases each, not none. */
const populationArbitrary: fc.Arbitrary<GapSummary> = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 300 })), { minLength: 1, maxLength: 12 })
  .map((gaps) => {
    const days = Array.from(new Set(gaps)).sort((a, b) => a - b)
    return {
      days,
      counts: days.map((length) => gaps.filter((gap) => gap === length).length),
      gaps: [1],
      customers: [gaps.length],
      spans: [gaps.reduce((sum, gap) => sum + gap, 0)],
    }
  })

/** Rules of every kind, that of the population included. */
export const lifecycleRuleArbitrary: fc.Arbitrary<LifecycleRule> = fc.oneof(
  inactivityRuleArbitrary,
  fc
    .tuple(
      fc.option(multiplesArbitrary, { nil: {} }),
      fc.record(
        { probability: fc.constantFrom(0.5, 0.75, 1), lentGaps: fc.constantFrom(0.5, 1, 4, 1000) },
        { requiredKeys: [] },
      ),
    )
    .map(([multiples, rest]): LifecycleRule => ({ type: 'populationQuantile', ...multiples, ...rest })),
)

/** Measures by every kind of rule. */
export const lifecycleMeasureArbitrary = fc
  .tuple(lifecycleRuleArbitrary, populationArbitrary, fc.constantFrom(undefined, 0, 0.25, 1))
  .map(([rule, population, lapsingShare]) => ({
    rule,
    population,
    ...(lapsingShare === undefined ? {} : { lapsingShare }),
  }))
