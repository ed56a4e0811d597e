// Generators of inactivity rules. They lean to the least number of gaps and to thresholds that meet.
import fc from 'fast-check'
import type { FixedDays, InactivityRule } from '../../src/churn/index.ts'

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
