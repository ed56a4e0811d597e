// Generators of customers' spans and of recurring revenue. They lean to what breaks accounts: spans that overlap or touch,
// ends on a period's first day, pauses, comings back, and ids that are members of every object.
import fc from 'fast-check'
import {
  addDays,
  type CivilDate,
  type CivilPeriod,
  type Currency,
  civilDate,
  unwrap,
} from '../../src/foundation/index.ts'
import type { CustomerSpan, RevenueSpan } from '../../src/retention/index.ts'
import { treacherousKeys } from './foundation.ts'

const eve = unwrap(civilDate(2025, 12, 20))

const customerArbitrary = fc.constantFrom('ann', 'bob', 'cem', 'dana', ...treacherousKeys)

const dayArbitrary: fc.Arbitrary<CivilDate> = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map((days) => addDays(eve, days)),
  fc.constantFrom(0, 12, 13, 43, 44).map((days) => addDays(eve, days)), // around the ends of January
)

/** Spans of customers, in any order. */
export const customerSpansArbitrary: fc.Arbitrary<ReadonlyArray<CustomerSpan>> = fc.array(
  fc
    .record({
      customer: customerArbitrary,
      from: dayArbitrary,
      days: fc.option(fc.integer({ min: 1, max: 25 })),
      reason: fc.constantFrom(undefined, 'voluntary' as const, 'involuntary' as const),
    })
    .map(({ customer, from, days, reason }) => ({
      customer,
      from,
      until: days === null ? null : addDays(from, days),
      ...(reason === undefined ? {} : { reason }),
    })),
  { maxLength: 16 },
)

/** A period that begins and ends among those spans. */
export const spanPeriodArbitrary: fc.Arbitrary<CivilPeriod> = fc
  .tuple(dayArbitrary, fc.integer({ min: 1, max: 40 }))
  .map(([from, days]) => ({ from, until: addDays(from, days) }))

/** Spans of recurring revenue in two currencies, some of them paused or free, in any order. */
export const revenueSpansArbitrary: fc.Arbitrary<ReadonlyArray<RevenueSpan>> = fc.array(
  fc
    .record({
      customer: customerArbitrary,
      from: dayArbitrary,
      days: fc.option(fc.integer({ min: 1, max: 40 })),
      minor: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100_000 })),
      currency: fc.constantFrom('EUR' as Currency, 'EUR' as Currency, 'USD' as Currency),
      paused: fc.constantFrom(undefined, undefined, false, true),
    })
    .map(({ customer, from, days, minor, currency, paused }) => ({
      customer,
      from,
      until: days === null ? null : addDays(from, days),
      monthly: { minor, currency },
      ...(paused === undefined ? {} : { paused }),
    })),
  { maxLength: 14 },
)
