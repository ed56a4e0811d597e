// Generators of survey answers. They lean to few answers, answers all alike, and questions left out.
import fc from 'fast-check'
import type { NpsCounts } from '../../src/feedback/index.ts'

const answerArbitrary: fc.Arbitrary<number> = fc.oneof(fc.integer({ min: 0, max: 10 }), fc.constantFrom(6, 7, 8, 9, 10))

/** Answers from 0 to 10, `null` where the question was left out. */
export const answersArbitrary: fc.Arbitrary<ReadonlyArray<number | null>> = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.option(answerArbitrary, { freq: 6 }), { maxLength: 40 }) },
  { weight: 1, arbitrary: fc.tuple(answerArbitrary, fc.nat({ max: 20 })).map(([a, n]) => Array<number>(n).fill(a)) },
)

/** Counts per category, small ones and very large ones; at least one answer. */
export const npsCountsArbitrary: fc.Arbitrary<NpsCounts> = fc
  .array(fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 2_000_000_000 })), { minLength: 3, maxLength: 3 })
  .map(([detractors = 0, passives = 0, promoters = 0]) => ({ detractors, passives, promoters }))
  .filter(({ detractors, passives, promoters }) => detractors + passives + promoters > 0)

/** Counts per category of up to some dozen answers, often of one category only. */
export const fewNpsCountsArbitrary: fc.Arbitrary<NpsCounts> = fc
  .array(fc.oneof(fc.constant(0), fc.nat({ max: 15 })), { minLength: 3, maxLength: 3 })
  .map(([detractors = 0, passives = 0, promoters = 0]) => ({ detractors, passives, promoters }))
  .filter(({ detractors, passives, promoters }) => detractors + passives + promoters > 0)

/** A confidence that people ask for. */
export const confidenceArbitrary: fc.Arbitrary<number> = fc.constantFrom(0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
