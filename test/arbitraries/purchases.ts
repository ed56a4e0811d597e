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

/** The share of an order that was given back: mostly nothing. */
const refundArbitrary = fc.constantFrom(0, 0, 0, 0.25, 1)

/** Purchases on such days, in any order; all with an amount in one currency, some of it given back, or none. */
const dailyPurchasesOn = (days: fc.Arbitrary<CivilDate>): fc.Arbitrary<ReadonlyArray<DailyPurchase>> =>
  fc
    .tuple(
      fc.array(
        fc.record({
          customer: customerArbitrary,
          day: days,
          minor: moneyArbitrary({ min: 0, max: 100_000 }),
          refund: refundArbitrary,
        }),
        { maxLength: 60 },
      ),
      fc.boolean(),
    )
    .map(([rows, priced]) =>
      rows.map(({ customer, day, minor, refund }) => {
        if (!priced) return { customer, day }
        const amount = { ...minor, currency: rows[0]?.minor.currency ?? minor.currency }
        return refund === 0
          ? { customer, day, amount }
          : { customer, day, amount, refunded: { ...amount, minor: Math.floor(amount.minor * refund) } }
      }),
    )

/** Purchases by date over some hundred days. */
export const dailyPurchasesArbitrary: fc.Arbitrary<ReadonlyArray<DailyPurchase>> =
  dailyPurchasesOn(purchaseDayArbitrary)

/** The first of those days on which a crowd buys. */
export const crowdedFrom = dateOf(2024, 3, 5)

/** Six weeks in which clocks change in America, Europe and Oceania, with the end of a quarter. */
const crowdedDay = fc.integer({ min: 0, max: 41 }).map((days) => (crowdedFrom + days) as CivilDate)

/** A day on which periods may begin of which some have many purchases. */
export const crowdedStart: fc.Arbitrary<CivilDate> = fc
  .integer({ min: -4, max: 30 })
  .map((days) => (crowdedFrom + days) as CivilDate)

/** Purchases by date within six weeks: most short periods have some, and customers come back. */
export const crowdedPurchasesArbitrary: fc.Arbitrary<ReadonlyArray<DailyPurchase>> = dailyPurchasesOn(crowdedDay)

interface ZonedPurchases {
  readonly zone: Zone
  readonly rows: ReadonlyArray<TimedPurchase>
}

/** Purchases by instant within six weeks, with the zone whose midnights many of them are around. */
export const crowdedTimedArbitrary: fc.Arbitrary<ZonedPurchases> = fc.constantFrom(...realZoneIds).chain((id) => {
  const zone = realZone(id)
  const atArbitrary = fc
    .tuple(crowdedDay, fc.oneof(fc.integer({ min: -7_200_000, max: 7_200_000 }), fc.nat({ max: 86_399_999 })))
    .map(([day, distance]) => (startOfDay(zone, day) + distance) as Instant)
  return fc
    .array(fc.record({ customer: customerArbitrary, at: atArbitrary }), { maxLength: 60 })
    .map((rows) => ({ zone, rows }))
})

/** A zone that has changed its offset, and purchases by instant, many of them around local midnights and changes. */
export const timedPurchasesArbitrary: fc.Arbitrary<ZonedPurchases> = fc.constantFrom(...realZoneIds).chain((id) => {
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
