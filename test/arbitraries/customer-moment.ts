// Generators of what is known of a customer, and of what was sent to them.
import fc from 'fast-check'
import type { CivilDate, Instant } from '../../src/foundation/index.ts'
import type { CustomerMoment, TouchRecord } from '../../src/segments/index.ts'
import { treacherousKeys } from './foundation.ts'

export const instantArbitrary = fc.integer({ min: 0, max: 2e12 }).map((at) => at as Instant)
export const channelArbitrary = fc.constantFrom('email', 'push', ...treacherousKeys)
export const kindArbitrary = fc.constantFrom('marketing' as const, 'service' as const)
export const recordArbitrary: fc.Arbitrary<TouchRecord> = fc.record({
  rule: channelArbitrary,
  channel: channelArbitrary,
  kind: kindArbitrary,
  at: instantArbitrary,
})
export const momentArbitrary: fc.Arbitrary<CustomerMoment> = fc.record({
  customer: channelArbitrary,
  lastOrderAt: fc.option(instantArbitrary),
  usualGapDays: fc.option(fc.integer({ min: 1, max: 90 })),
  pointsExpiring: fc.option(fc.record({ points: fc.nat(), at: instantArbitrary })),
  pointsToNextTier: fc.option(fc.nat()),
  basketAbandonedAt: fc.option(instantArbitrary),
  newsletterOpenedAt: fc.option(instantArbitrary),
  birthday: fc.option(fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 29 }) })),
  joinedOn: fc.option(fc.integer({ min: 0, max: 20_000 }).map((day) => day as CivilDate)),
  referralUnused: fc.option(fc.boolean()),
  complaintOpenedAt: fc.option(instantArbitrary),
  surveyDueAt: fc.option(instantArbitrary),
  valuePercentile: fc.option(fc.integer({ min: 0, max: 100 })),
  consents: fc.array(fc.record({ channel: channelArbitrary, kinds: fc.array(kindArbitrary, { maxLength: 2 }) }), {
    maxLength: 2,
  }),
  history: fc.array(recordArbitrary, { maxLength: 2 }),
})
