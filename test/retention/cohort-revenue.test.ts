import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  type CivilDate,
  type Currency,
  formatPath,
  type Instant,
  parseCivilDate,
  parseInstant,
  startOfDay,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  averageCohortRevenue,
  type CohortRevenueDefinition,
  CohortRevenueSummary,
  cohortRevenueMonoid,
  encodePurchases,
  finishCohortRevenue,
  summariseCohortRevenue,
  summariseCohorts,
} from '../../src/retention/index.ts'
import {
  crowdedPurchasesArbitrary,
  crowdedStart,
  dailyPurchasesArbitrary,
  firstPurchaseDay,
  timedPurchasesArbitrary,
} from '../arbitraries/purchases.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const at = (text: string): Instant => unwrap(parseInstant(text))
const asOf = at('2024-12-15T12:00:00Z')
const definitionArbitrary: fc.Arbitrary<CohortRevenueDefinition> = fc
  .tuple(
    fc.constantFrom({ unit: 'month' } as const, { unit: 'day' } as const),
    fc.nat({ max: 300 }),
    fc.constantFrom(5, 33),
  )
  .map(([calendar, start, count]) => ({
    periods: { ...calendar, from: addDays(firstPurchaseDay, start), count },
    asOf,
  }))

describe('summariseCohortRevenue', () => {
  test('equals the slow model on days', () => {
    fc.assert(
      fc.property(
        crowdedPurchasesArbitrary,
        crowdedStart,
        fc.integer({ min: 1, max: 60 }),
        crowdedStart,
        (rows, from, count, last) => {
          const known = rows.filter(({ day }) => day <= last)
          const cells = (value: (row: (typeof rows)[number]) => number) =>
            Array.from({ length: count }, (_, cohort) =>
              Array.from({ length: count - cohort }, (__, offset) =>
                known
                  .filter((row) => row.day === from + cohort + offset)
                  .filter(
                    ({ customer }) =>
                      Math.min(...known.filter((one) => one.customer === customer).map(({ day }) => day)) ===
                      from + cohort,
                  )
                  .reduce((sum, row) => sum + value(row), 0),
              ),
            )
          const summary = summariseCohortRevenue(unwrap(encodePurchases(rows)), {
            periods: { unit: 'day', from, count },
            asOf: startOfDay(utc, last),
          })
          expect(unwrap(summary).orders).toEqual(cells(() => 1))
          expect(unwrap(summary).minor).toEqual(
            cells(({ amount, refunded }) => (amount?.minor ?? 0) - (refunded?.minor ?? 0)),
          )
        },
      ),
    )
  })

  test('has the sizes of the cohort table, by date and by instant, and no orders without customers', () => {
    fc.assert(
      fc.property(timedPurchasesArbitrary, definitionArbitrary, ({ zone, rows }, definition) => {
        const log = unwrap(encodePurchases(rows))
        const { sizes, orders } = unwrap(summariseCohortRevenue(log, { ...definition, zone }))
        const cohorts = unwrap(summariseCohorts(log, { ...definition, zone }))
        expect(sizes).toEqual(cohorts.sizes)
        orders.forEach((row, cohort) => {
          row.forEach((count, offset) => {
            expect(count).toBeGreaterThanOrEqual(cohorts.retained[cohort]?.[offset] ?? 0)
          })
        })
      }),
    )
  })

  test('a part that makes no sense is a typed fault', () => {
    const most = { minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' as Currency }
    const log = unwrap(encodePurchases([1, 2].map(() => ({ customer: 'ann', day: date('2024-02-03'), amount: most }))))
    const periods = { unit: 'month', from: date('2024-01-01'), count: 2 } as const
    const paths = (definition: CohortRevenueDefinition) => {
      const result = summariseCohortRevenue(log, definition)
      return result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
    }
    expect(paths({ periods, asOf })).toEqual(['minor'])
    expect(paths({ periods: { ...periods, count: 0 }, asOf })).toEqual(['periods.count'])
    expect(paths({ periods, asOf: 0.5 as Instant })).toEqual(['asOf'])
    const { empty } = cohortRevenueMonoid(3)
    expect(finishCohortRevenue(empty, { periods, asOf })).toMatchObject({ left: { path: ['sizes'] } })
    expect(finishCohortRevenue(empty, { periods: { ...periods, count: 0 }, asOf })._tag).toBe('Left')
    expect(finishCohortRevenue({ ...empty, orders: [] }, { periods: { ...periods, count: 3 }, asOf })).toMatchObject({
      left: { path: ['orders'] },
    })
    expect(averageCohortRevenue([])).toMatchObject({ left: { _tag: 'EmptySample' } })
  })
})

describe('averageCohortRevenue', () => {
  test('takes the customers of complete cells together', () => {
    const cells = [
      { status: 'complete', size: 100, cumulativeMinor: 500 },
      { status: 'complete', size: 300, cumulativeMinor: 300 },
      { status: 'inProgress', size: 900, cumulativeMinor: 100 },
    ] as const
    expect(unwrap(averageCohortRevenue(cells))).toBe(2)
  })
})

describe('finishCohortRevenue', () => {
  test('sums up, and leaves out what has not begun', () => {
    const rows = finishCohortRevenue(
      { sizes: [2, 0], orders: [[2, 1], [0]], minor: [[100, 50], [0]], currency: null },
      { periods: { unit: 'month', from: date('2024-12-01'), count: 2 }, asOf },
    )
    expect(unwrap(rows)[0]?.cells).toEqual([
      { status: 'inProgress', size: 2, orders: 2, minor: 100, cumulativeMinor: 100, perCustomerMinor: 50 },
      { status: 'notStarted', size: 2, orders: 1, minor: 50, cumulativeMinor: 150, perCustomerMinor: null },
    ])
    expect(unwrap(rows)[1]?.cells[0]?.perCustomerMinor).toBeNull()
  })
})

const euros = (rows: ReadonlyArray<{ readonly customer: string; readonly day: CivilDate }>) =>
  unwrap(
    encodePurchases(
      rows.map(({ customer, day }) => ({ customer, day, amount: { minor: day, currency: 'EUR' as Currency } })),
    ),
  )
const five = { periods: { unit: 'month', from: date('2024-01-01'), count: 5 }, asOf } as const
const summaries = dailyPurchasesArbitrary.map((rows) => unwrap(summariseCohortRevenue(euros(rows), five)))
monoidLaws('cohortRevenueMonoid', cohortRevenueMonoid(5), summaries)
codecLaws('CohortRevenueSummary', CohortRevenueSummary, summaries)

describe('cohortRevenueMonoid', () => {
  test('a summary split by customers is the summary of the whole', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, (rows) => {
        const count = (part: typeof rows) => unwrap(summariseCohortRevenue(euros(part), five))
        const [one, other] = [true, false].map((holds) => rows.filter(({ customer }) => customer < 'c' === holds))
        expect(cohortRevenueMonoid(5).concat(count(one ?? []), count(other ?? []))).toEqual(count(rows))
      }),
    )
  })
})

describe('CohortRevenueSummary', () => {
  test('refuses other shapes', () => {
    const good = { sizes: [1, 0], orders: [[1, 1], [0]], minor: [[1, 1], [0]], currency: null }
    expect(CohortRevenueSummary.is(good)).toBe(true)
    expect(CohortRevenueSummary.is({ ...good, orders: [[1, 1]] })).toBe(false)
    expect(CohortRevenueSummary.is({ ...good, minor: [[1], [0]] })).toBe(false)
  })
})
