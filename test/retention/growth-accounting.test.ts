import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CivilDate,
  formatPath,
  type Instant,
  localDateOf,
  parseCivilDate,
  parseInstant,
  startOfDay,
  unwrap,
} from '../../src/foundation/index.ts'
import {
  activeRetention,
  encodePurchases,
  finishGrowth,
  type GrowthDefinition,
  GrowthSummary,
  growthAccounting,
  growthMonoid,
  pulse,
  summariseGrowth,
} from '../../src/retention/index.ts'
import {
  crowdedPurchasesArbitrary,
  crowdedStart,
  crowdedTimedArbitrary,
  dailyPurchasesArbitrary,
  firstPurchaseDay,
  lastPurchaseDay,
  timedPurchasesArbitrary,
} from '../arbitraries/purchases.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const at = (text: string): Instant => unwrap(parseInstant(text))
const late = at('2100-01-01T00:00:00Z')

const definitionArbitrary: fc.Arbitrary<GrowthDefinition> = fc
  .tuple(
    fc.constantFrom(
      { unit: 'day' } as const,
      { unit: 'week', startsOn: 7 } as const,
      { unit: 'month' } as const,
      { unit: 'quarter' } as const,
    ),
    fc.integer({ min: firstPurchaseDay - 20, max: lastPurchaseDay }),
    fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 28, max: 34 })),
  )
  .map(([calendar, from, count]) => ({ periods: { ...calendar, from: from as CivilDate, count }, asOf: late }))

/** Slow, obvious: asks of every row and period whether somebody is active. */
const model = (
  rows: ReadonlyArray<{ readonly customer: string; readonly at: number }>,
  starts: ReadonlyArray<number>,
  accounts: ReadonlyArray<{ readonly customer: string; readonly at: number }> = [],
) => {
  const customers = Array.from(new Set(rows.map(({ customer }) => customer)))
  const hasAccount = (customer: string, until: number): boolean =>
    accounts.some((row) => row.customer === customer && row.at < until)
  const active = (customer: string, from: number, until: number): boolean =>
    rows.some((row) => row.customer === customer && row.at >= from && row.at < until)
  const periods = starts.slice(1, -1).map((from, index) => ({
    eve: starts[index] as number,
    from,
    until: starts[index + 2] as number,
  }))
  const count = (holds: (now: boolean, eve: boolean, ever: boolean) => boolean) =>
    periods.map(
      ({ eve, from, until }) =>
        customers.filter((one) =>
          holds(
            active(one, from, until),
            active(one, eve, from),
            active(one, Number.NEGATIVE_INFINITY, from) || hasAccount(one, from),
          ),
        ).length,
    )
  return {
    new: count((now, _, ever) => now && !ever),
    retained: count((now, eve) => now && eve),
    resurrected: count((now, eve, ever) => now && !eve && ever),
    churned: count((now, eve) => !now && eve),
  }
}

describe('summariseGrowth', () => {
  test('equals the slow model on days, and each period follows from the one before', () => {
    fc.assert(
      fc.property(crowdedPurchasesArbitrary, fc.integer({ min: 1, max: 40 }), crowdedStart, (rows, count, from) => {
        const starts = Array.from({ length: count + 2 }, (_, index) => from - 1 + index)
        const definition: GrowthDefinition = { periods: { unit: 'day', from, count }, asOf: late }
        const summary = unwrap(summariseGrowth(unwrap(encodePurchases(rows)), definition))
        expect(summary).toEqual(
          model(
            rows.map(({ customer, day }) => ({ customer, at: day })),
            starts,
          ),
        )
        expect(GrowthSummary.is(summary)).toBe(true)
      }),
    )
  })

  test('equals the slow model on instants, by days of zones that change their offset, and by hours', () => {
    fc.assert(
      fc.property(
        fc.oneof(timedPurchasesArbitrary, crowdedTimedArbitrary),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        ({ zone, rows }, count, hourly) => {
          const first = Math.min(...rows.map((row) => row.at), 1_714_500_000_000)
          const day = Math.floor(first / 86_400_000) as CivilDate
          const periods = hourly
            ? ({ unit: 'hour', from: (first - 7_300_000) as Instant, count } as const)
            : ({ unit: 'day', from: day, count } as const)
          const starts = Array.from({ length: count + 2 }, (_, index) =>
            hourly ? periods.from + (index - 1) * 3_600_000 : startOfDay(zone, (day - 1 + index) as CivilDate),
          )
          const summary = summariseGrowth(unwrap(encodePurchases(rows)), { periods, zone, asOf: late })
          expect(unwrap(summary)).toEqual(model(rows, starts))
        },
      ),
    )
  })

  test('equals the slow model with accounts that were made at any time, by date and by instant', () => {
    fc.assert(
      fc.property(
        crowdedTimedArbitrary,
        crowdedTimedArbitrary,
        fc.integer({ min: 1, max: 40 }),
        crowdedStart,
        ({ zone, rows }, { rows: accounts }, count, from) => {
          const starts = Array.from({ length: count + 2 }, (_, index) =>
            startOfDay(zone, (from - 1 + index) as CivilDate),
          )
          const definition = { periods: { unit: 'day', from, count }, zone, asOf: late } as const
          const log = unwrap(encodePurchases(rows))
          const summary = summariseGrowth(log, { ...definition, createdAt: unwrap(encodePurchases(accounts)) })
          expect(unwrap(summary)).toEqual(model(rows, starts, accounts))
          const dates = accounts.map(({ customer, at: time }) => ({ customer, day: localDateOf(zone, time) }))
          expect(summariseGrowth(log, { ...definition, createdAt: unwrap(encodePurchases(dates)) })).toEqual(summary)
          expect(GrowthSummary.is(unwrap(summary))).toBe(true)
        },
      ),
    )
  })

  test('who made their account in an earlier period comes back to it; without an account activity counts', () => {
    const on = (customer: string, text: string) => ({ customer, day: date(text) })
    const log = unwrap(
      encodePurchases([
        on('old', '2024-02-03'),
        on('fresh', '2024-02-03'),
        on('late', '2024-02-03'),
        on('none', '2024-02-03'),
        on('future', '2024-02-03'),
      ]),
    )
    const accounts = [
      on('old', '2024-01-31'),
      on('old', '2024-02-02'),
      on('fresh', '2024-02-01'),
      on('late', '2024-03-01'),
      on('future', '2025-01-01'),
      on('nobody', '2024-01-01'),
    ]
    const rows = growthAccounting(log, {
      periods: { unit: 'month', from: date('2024-02-01'), count: 2 },
      asOf: at('2024-04-01T00:00:00Z'),
      createdAt: unwrap(encodePurchases(accounts)),
    })
    expect(unwrap(rows).map((row) => [row.new, row.resurrected, row.churned])).toEqual([
      [4, 1, 0],
      [0, 0, 5],
    ])
  })

  test('active = active before + new + resurrected − churned, in every period of every calendar', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, definitionArbitrary, (rows, definition) => {
        const found = unwrap(growthAccounting(unwrap(encodePurchases(rows)), definition))
        found.forEach((row, index) => {
          const before = found[index - 1]?.active ?? row.retained + row.churned
          expect(row.active).toBe(before + row.new + row.resurrected - row.churned)
          expect(row.retained).toBeLessThanOrEqual(before)
        })
      }),
    )
  })

  test('a definition that makes no sense is a typed fault', () => {
    const log = unwrap(encodePurchases([{ customer: 'ann', day: date('2024-02-03') }]))
    const paths = (definition: GrowthDefinition) => {
      const result = growthAccounting(log, definition)
      return result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
    }
    const months = { unit: 'month', from: date('2024-01-01'), count: 3 } as const
    expect(paths({ periods: { ...months, count: 0 }, asOf: late })).toEqual(['periods.count'])
    expect(paths({ periods: { ...months, count: 1000 }, asOf: late })).toEqual(['periods.count'])
    expect(paths({ periods: months, asOf: 0.5 as Instant })).toEqual(['asOf'])
    expect(paths({ periods: { unit: 'hour', from: at('2024-01-01T00:00:00Z'), count: 3 }, asOf: late })).toEqual([
      'periods.unit',
    ])
    const timed = unwrap(encodePurchases([{ customer: 'ann', at: at('2024-01-01T00:00:00Z') }]))
    const hourly = { unit: 'hour', from: at('2024-01-01T00:00:00Z'), count: 3 } as const
    expect(growthAccounting(timed, { periods: hourly, asOf: late, createdAt: log })).toMatchObject({
      left: [{ path: ['createdAt', 'kind'] }],
    })
    expect(paths({ periods: { unit: 'month', from: date('0000-01-01'), count: 3 }, asOf: late })).toEqual([
      'periods.from',
    ])
    const { empty } = growthMonoid(2)
    expect(finishGrowth(empty, { periods: months, asOf: late })).toMatchObject({ left: { path: ['new'] } })
    expect(finishGrowth({ ...growthMonoid(3).empty, churned: [0] }, { periods: months, asOf: late })).toMatchObject({
      left: { path: ['churned'] },
    })
    expect(finishGrowth(empty, { periods: { ...months, count: 0 }, asOf: late })._tag).toBe('Left')
  })
})

describe('finishGrowth', () => {
  test('marks a period that is not over', () => {
    const periods = { unit: 'month', from: date('2024-01-01'), count: 3 } as const
    const rows = finishGrowth(growthMonoid(3).empty, { periods, asOf: at('2024-02-10T00:00:00Z') })
    expect(unwrap(rows).map(({ status }) => status)).toEqual(['complete', 'inProgress', 'notStarted'])
  })
})

describe('rates', () => {
  test('of a period are by those who went, and by those who could stay', () => {
    expect(unwrap(pulse({ new: 60, resurrected: 36, churned: 100 }))).toBe(0.96)
    expect(unwrap(activeRetention({ retained: 3, churned: 1 }))).toBe(0.75)
  })

  test('of nobody there are none', () => {
    expect(pulse({ new: 1, resurrected: 0, churned: 0 })).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(activeRetention({ retained: 0, churned: 0 })).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
  })
})

const five = definitionArbitrary.map((definition) => ({
  ...definition,
  periods: { ...definition.periods, count: 5 },
}))
const summaries = fc
  .tuple(dailyPurchasesArbitrary, five)
  .map(([rows, definition]) => unwrap(summariseGrowth(unwrap(encodePurchases(rows)), definition)))

describe('growthMonoid', () => {
  monoidLaws('growthMonoid', growthMonoid(5), summaries)

  test('a summary split by customers is the summary of the whole', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, five, (rows, definition) => {
        const part = (holds: boolean) =>
          unwrap(
            summariseGrowth(
              unwrap(encodePurchases(rows.filter(({ customer }) => customer < 'c' === holds))),
              definition,
            ),
          )
        expect(growthMonoid(5).concat(part(true), part(false))).toEqual(
          unwrap(summariseGrowth(unwrap(encodePurchases(rows)), definition)),
        )
      }),
    )
  })
})

codecLaws('GrowthSummary', GrowthSummary, summaries)

describe('GrowthSummary', () => {
  test('refuses lists of other lengths, and periods that do not follow', () => {
    const good = { new: [2, 1], retained: [0, 1], resurrected: [0, 0], churned: [0, 1] }
    expect(GrowthSummary.is(good)).toBe(true)
    expect(GrowthSummary.is({ ...good, churned: [0] })).toBe(false)
    expect(GrowthSummary.is({ ...good, churned: [0, 2] })).toBe(false)
  })
})
