// Generators of contracts' spans. They lean to what breaks them: spans that overlap, touch or are alike, ends on the day of
// another's beginning, cancellations before and after the paid days, and ids that are members of every object.
import fc from 'fast-check'
import type { ContractGrace, ContractSpan } from '../../src/churn/index.ts'
import { addDays, civilDate, unwrap } from '../../src/foundation/index.ts'
import { treacherousKeys } from './foundation.ts'

/** The first day on which a contract begins. */
export const firstContractDay = unwrap(civilDate(2026, 1, 1))

/** A day among those of the contracts. */
export const contractDayArbitrary = fc.integer({ min: 0, max: 40 }).map((days) => addDays(firstContractDay, days))

/** Spans of contracts, in any order. */
export const contractSpansArbitrary: fc.Arbitrary<ReadonlyArray<ContractSpan>> = fc.array(
  fc
    .record({
      customer: fc.constantFrom('ann', 'bob', ...treacherousKeys.slice(0, 2)),
      from: contractDayArbitrary,
      days: fc.option(fc.integer({ min: 1, max: 12 })),
      cancelled: fc.option(fc.integer({ min: -3, max: 14 })),
      reason: fc.constantFrom(undefined, 'voluntary' as const, 'involuntary' as const),
      cause: fc.constantFrom(undefined, 'price', 'moved'),
    })
    .map(({ customer, from, days, cancelled, reason, cause }) => ({
      customer,
      from,
      until: days === null ? null : addDays(from, days),
      ...(cancelled === null ? {} : { cancelledOn: addDays(from, cancelled) }),
      ...(reason === undefined ? {} : { reason }),
      ...(cause === undefined ? {} : { cause }),
    })),
  { maxLength: 10 },
)

/** Days of grace. */
export const contractGraceArbitrary: fc.Arbitrary<ContractGrace> = fc.record(
  {
    voluntaryDays: fc.integer({ min: 0, max: 4 }),
    involuntaryDays: fc.integer({ min: 0, max: 4 }),
    unexplainedDays: fc.integer({ min: 0, max: 4 }),
  },
  { requiredKeys: [] },
)
