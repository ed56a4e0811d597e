import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDuration, type Instant, utc } from '../../src/foundation/index.ts'
import { VelocityLimit, velocityExcess } from '../../src/referrals/index.ts'
import { momentArbitrary, zoneArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const limitArbitrary: fc.Arbitrary<VelocityLimit> = fc.record({
  most: fc.nat({ max: 3 }),
  within: fc.record({ amount: fc.integer({ min: 1, max: 40 }), unit: fc.constantFrom('hour', 'day') }),
})

codecLaws('VelocityLimit', VelocityLimit, limitArbitrary)

const limit: VelocityLimit = { most: 2, within: { amount: 24, unit: 'hour' } }
const hours = (...of: ReadonlyArray<number>) => of.map((n) => (n * 3_600_000) as Instant)
const count = (times: ReadonlyArray<Instant>, asOf: number) =>
  velocityExcess([limit], utc, times, hours(asOf)[0] as Instant).map((excess) => excess.count)

test('what is exactly a day old counts no more, what is now does', () => {
  expect(count(hours(0, 1, 2, 24), 24)).toEqual([3])
  expect(count(hours(0, 1, 24), 24)).toEqual([])
  expect(count(hours(1, 2, 25, 30), 24)).toEqual([])
})

test('against counting one by one, in any order', () => {
  const times = fc.array(momentArbitrary(), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(limitArbitrary), zoneArbitrary, times, momentArbitrary(), (limits, zone, given, asOf) => {
      const expected = limits
        .map((one) => ({ limit: one, from: addDuration(zone, asOf, one.within, -1) }))
        .map((one) => ({ limit: one.limit, count: given.filter((at) => one.from < at && at <= asOf).length }))
        .filter((one) => one.count > one.limit.most)
      expect(velocityExcess(limits, zone, [...given].reverse(), asOf)).toEqual(expected)
    }),
  )
})
