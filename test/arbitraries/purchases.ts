// Generators of purchases. They lean to what breaks counting: days with two orders, customers with one, month ends, 29
// February, hours around a change of a zone's offset, and customers whose ids are members of every object.
import fc from 'fast-check'
import { type CivilDate, civilDate, type Instant, startOfDay, unwrap, type Zone } from '../../src/foundation/index.ts'
import type { DailyPurchase, TimedPurchase } from '../../src/retention/index.ts'
import { moneyArbitrary, treacherousKeys } from './foundation.ts'
import { instantIn, realZone, realZoneIds } from './time.ts'

const dateOf = (year: number, month: number, day: number): CivilDate => unwrap(civilDate(year, month, day))

/** The first day on which anybody buys. */
export const firstPurchaseDay = dateOf(2023, 11, 1)

/** The last day on which anybody buys. */
export const lastPurchaseDay = dateOf(2025, 3, 31)

const customerArbitrary = fc.constantFrom('ann', 'bob', 'cem', 'dana', 'eva', ...treacherousKeys)

const special = [dateOf(2023, 12, 31), dateOf(2024, 1, 1), dateOf(2024, 2, 29), dateOf(2024, 3, 31), dateOf(2024, 4, 1)]

/** Days of purchases, often near each other. */
export const purchaseDayArbitrary: fc.Arbitrary<CivilDate> = fc.oneof(
  fc.integer({ min: firstPurchaseDay, max: lastPurchaseDay }).map((day) => day as CivilDate),
  fc.integer({ min: 0, max: 12 }).map((days) => (dateOf(2024, 2, 25) + days) as CivilDate),
  fc.constantFrom(...special),
)

/** Purchases by date, in any order; all with an amount in one currency, or none. */
export const dailyPurchasesArbitrary: fc.Arbitrary<ReadonlyArray<DailyPurchase>> = fc
  .tuple(
    fc.array(
      fc.record({
        customer: customerArbitrary,
        day: purchaseDayArbitrary,
        minor: moneyArbitrary({ min: 0, max: 100_000 }),
      }),
      { maxLength: 60 },
    ),
    fc.boolean(),
  )
  .map(([rows, priced]) =>
    rows.map(({ customer, day, minor }) =>
      priced
        ? { customer, day, amount: { ...minor, currency: rows[0]?.minor.currency ?? minor.currency } }
        : { customer, day },
    ),
  )

/** A zone that has changed its offset, and purchases by instant, many of them around local midnights and changes. */
export const timedPurchasesArbitrary: fc.Arbitrary<{
  readonly zone: Zone
  readonly rows: ReadonlyArray<TimedPurchase>
}> = fc.constantFrom(...realZoneIds).chain((id) => {
  const zone = realZone(id)
  const atArbitrary = fc.oneof(
    fc
      .tuple(purchaseDayArbitrary, fc.integer({ min: -7_200_000, max: 7_200_000 }))
      .map(([day, distance]) => (startOfDay(zone, day) + distance) as Instant),
    instantIn(zone),
  )
  return fc
    .array(fc.record({ customer: customerArbitrary, at: atArbitrary }), { maxLength: 50 })
    .map((rows) => ({ zone, rows }))
})
