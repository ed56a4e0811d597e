import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CivilDate,
  formatPath,
  type Instant,
  parseCivilDate,
  parseInstant,
  unwrap,
  zoneFromIntl,
} from '../../src/foundation/index.ts'
import {
  type CohortDefinition,
  CohortSummary,
  cohortMonoid,
  encodePurchases,
  type PurchaseLog,
  summariseCohorts,
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
import { cohortModel } from './cohort-model.ts'

const msPerDay = 86_400_000
const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const at = (text: string): Instant => unwrap(parseInstant(text))

const calendarArbitrary = fc.constantFrom(
  { unit: 'day' } as const,
  { unit: 'week', startsOn: 1 } as const,
  { unit: 'week', startsOn: 7 } as const,
  { unit: 'month' } as const,
  { unit: 'quarter' } as const,
  { unit: 'quarter', startMonth: 2 } as const,
  { unit: 'year', startMonth: 4, startDay: 6 } as const,
)

const kindArbitrary = fc.record({
  membership: fc.constantFrom('firstTime' as const, 'recurring' as const),
  criterion: fc.constantFrom('on' as const, 'onOrAfter' as const, 'onOrBefore' as const, 'streak' as const),
})

const definitionArbitrary: fc.Arbitrary<CohortDefinition> = fc
  .tuple(
    calendarArbitrary,
    fc.oneof(fc.integer({ min: firstPurchaseDay - 40, max: lastPurchaseDay + 10 }), crowdedStart),
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 9 }) },
      { weight: 2, arbitrary: fc.integer({ min: 28, max: 34 }) }, // around one word of bits
      { weight: 1, arbitrary: fc.constant(66) },
    ),
    fc.integer({ min: firstPurchaseDay, max: lastPurchaseDay + 60 }),
    fc.integer({ min: 0, max: msPerDay - 1 }),
    kindArbitrary,
  )
  .map(([calendar, from, count, asOf, time, kind]) => ({
    periods: { ...calendar, from: from as CivilDate, count },
    asOf: (asOf * msPerDay + time) as Instant,
    ...kind,
  }))

const daily = fc.oneof(dailyPurchasesArbitrary, crowdedPurchasesArbitrary)
const timed = fc.oneof(timedPurchasesArbitrary, crowdedTimedArbitrary)
const logOf = (rows: Parameters<typeof encodePurchases>[0]): PurchaseLog => unwrap(encodePurchases(rows))

describe('summariseCohorts', () => {
  test('equals the slow model on purchases by date', () => {
    fc.assert(
      fc.property(daily, definitionArbitrary, (rows, definition) => {
        expect(unwrap(summariseCohorts(logOf(rows), definition))).toEqual(cohortModel(rows, definition))
      }),
    )
  })

  test('equals the slow model on purchases by instant, in zones that change their offset', () => {
    fc.assert(
      fc.property(timed, definitionArbitrary, ({ zone, rows }, definition) => {
        const zoned = { ...definition, zone }
        expect(unwrap(summariseCohorts(logOf(rows), zoned))).toEqual(cohortModel(rows, zoned))
      }),
    )
  })

  test('equals the slow model by hour', () => {
    fc.assert(
      fc.property(
        timed,
        fc.nat({ max: 49 }),
        fc.integer({ min: 1, max: 60 }),
        kindArbitrary,
        ({ zone, rows }, start, count, kind) => {
          const anchor = rows[start % Math.max(rows.length, 1)]?.at ?? 0
          const definition: CohortDefinition = {
            periods: { unit: 'hour', from: (anchor - 7_000_000) as Instant, count },
            zone,
            asOf: at('2024-06-01T00:00:00Z'),
            ...kind,
          }
          expect(unwrap(summariseCohorts(logOf(rows), definition))).toEqual(cohortModel(rows, definition))
        },
      ),
    )
  })

  test('equals the slow model with returns of another kind, whose customers have other indexes', () => {
    fc.assert(
      fc.property(daily, daily, definitionArbitrary, (rows, others, definition) => {
        const returns = logOf(others)
        expect(unwrap(summariseCohorts(logOf(rows), { ...definition, returns }))).toEqual(
          cohortModel(rows, definition, others),
        )
      }),
    )
    fc.assert(
      fc.property(timed, daily, definitionArbitrary, ({ zone, rows }, others, definition) => {
        const zoned = { ...definition, zone }
        const returns = logOf(rows)
        expect(unwrap(summariseCohorts(logOf(others), { ...zoned, returns }))).toEqual(cohortModel(others, zoned, rows))
      }),
    )
  })

  test('returns that are the log itself, by the same list of customers, are counted by that list', () => {
    const log = logOf([
      { customer: 'ann', day: date('2024-01-03') },
      { customer: 'ann', day: date('2024-02-03') },
    ])
    const periods = { unit: 'month', from: date('2024-01-01'), count: 2 } as const
    const definition = { periods, asOf: at('2024-05-01T00:00:00Z'), returns: log }
    expect(unwrap(summariseCohorts(log, definition)).retained[0]).toEqual([1, 1])
  })

  test('nobody is retained more often than there are members; each first-time customer is in at most one cohort', () => {
    fc.assert(
      fc.property(daily, definitionArbitrary, (rows, definition) => {
        const { sizes, retained } = unwrap(summariseCohorts(logOf(rows), definition))
        const summary = { sizes, retained }
        expect(CohortSummary.is(summary)).toBe(true)
        if (definition.membership !== 'firstTime') return
        const customers = new Set(rows.map(({ customer }) => customer)).size
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(customers)
      }),
    )
  })

  test('on-or-after rows never rise', () => {
    fc.assert(
      fc.property(daily, definitionArbitrary, (rows, definition) => {
        const { retained } = unwrap(summariseCohorts(logOf(rows), { ...definition, criterion: 'onOrAfter' }))
        for (const row of retained) expect([...row].sort((a, b) => b - a)).toEqual(row)
      }),
    )
  })

  test('the columns are left alone', () => {
    const rows = [{ customer: 'ann', day: date('2024-02-03') }]
    const log = logOf(rows)
    const before = structuredClone(log)
    summariseCohorts(log, {
      periods: { unit: 'month', from: date('2024-01-01'), count: 3 },
      asOf: at('2024-05-01T00:00:00Z'),
    })
    expect(log).toEqual(before)
  })

  test.each([
    ['UTC', [2, 2, 0]],
    ['America/New_York', [2, 1, 0]],
  ] as const)('cohort.tz: the day on which the clocks change, in %s', (id, expected) => {
    const rows = [
      { customer: 'a', at: at('2021-03-14T06:30:00Z') },
      { customer: 'a', at: at('2021-03-15T03:30:00Z') },
      { customer: 'b', at: at('2021-03-14T12:00:00Z') },
      { customer: 'b', at: at('2021-03-15T12:00:00Z') },
    ]
    const periods = { unit: 'day', from: date('2021-03-14'), count: 3 } as const
    const zone = unwrap(zoneFromIntl(id))
    const { retained } = unwrap(summariseCohorts(logOf(rows), { periods, zone, asOf: at('2021-04-01T00:00:00Z') }))
    expect(retained[0]).toEqual(expected)
  })

  test('hours of no purchases at all are fine', () => {
    const periods = { unit: 'hour', from: at('2021-03-14T00:00:00Z'), count: 30 } as const
    expect(unwrap(summariseCohorts(logOf([]), { periods, asOf: periods.from })).sizes).toEqual(Array(30).fill(0))
  })

  test('a definition that makes no sense is a typed fault, with its path', () => {
    const log = logOf([{ customer: 'ann', day: date('2024-02-03') }])
    const asOf = at('2024-05-01T00:00:00Z')
    const pathsOf = (definition: CohortDefinition, of: PurchaseLog = log): ReadonlyArray<string> => {
      const result = summariseCohorts(of, definition)
      return result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
    }
    const month = { unit: 'month', from: date('2024-01-01'), count: 3 } as const
    for (const count of [0, -1, 1.5, 1001, Number.NaN]) {
      expect(pathsOf({ periods: { ...month, count }, asOf })).toEqual(['periods.count'])
    }
    expect(pathsOf({ periods: { ...month, from: Number.NaN as CivilDate }, asOf })).toEqual(['periods.from'])
    expect(pathsOf({ periods: { unit: 'hour', from: 0.5 as Instant, count: 1 }, asOf })).toEqual(['periods.from'])
    expect(pathsOf({ periods: { unit: 'hour', from: asOf, count: 3 }, asOf: Number.NaN as Instant })).toEqual([
      'asOf',
      'periods.unit',
    ])
    expect(
      pathsOf({ periods: { unit: 'year', startMonth: 1, startDay: 1, from: date('9990-01-01'), count: 20 }, asOf }),
    ).toEqual(['periods.count'])
    const timed = logOf([{ customer: 'ann', at: asOf }])
    expect(pathsOf({ periods: { unit: 'hour', from: asOf, count: 3 }, asOf, returns: log }, timed)).toEqual([
      'returns.kind',
    ])
    const many = { ...log, customers: Object.assign([], { length: 2 ** 28 }) } as PurchaseLog
    expect(pathsOf({ periods: { ...month, count: 40 }, asOf }, many)).toEqual(['customers'])
  })
})

describe('cohortMonoid', () => {
  const definitions = definitionArbitrary.map((definition) => ({
    ...definition,
    periods: { ...definition.periods, count: 5 },
  }))
  const { concat } = cohortMonoid(5)
  const summaries = fc
    .tuple(dailyPurchasesArbitrary, definitions)
    .map(([rows, definition]) => unwrap(summariseCohorts(logOf(rows), definition)))

  monoidLaws('cohortMonoid', cohortMonoid(5), summaries)

  test('a summary split by customers is the summary of the whole', () => {
    fc.assert(
      fc.property(
        dailyPurchasesArbitrary,
        definitions,
        fc.constantFrom('ann', 'bob', '__proto__'),
        (rows, definition, one) => {
          const part = (holds: boolean) =>
            unwrap(summariseCohorts(logOf(rows.filter(({ customer }) => (customer === one) === holds)), definition))
          expect(concat(part(true), part(false))).toEqual(unwrap(summariseCohorts(logOf(rows), definition)))
        },
      ),
    )
  })

  test('takes summaries of other lengths without a fault', () => {
    expect(concat({ sizes: [1], retained: [[1]] }, { sizes: [], retained: [] })).toEqual({
      sizes: [1],
      retained: [[1]],
    })
  })
})

codecLaws(
  'CohortSummary',
  CohortSummary,
  fc.tuple(dailyPurchasesArbitrary, definitionArbitrary).map(([rows, definition]) =>
    unwrap(
      summariseCohorts(logOf(rows), {
        ...definition,
        periods: { ...definition.periods, count: Math.min(definition.periods.count, 3) },
      }),
    ),
  ),
)

describe('CohortSummary', () => {
  test('refuses a matrix of another shape, or with more retained than there are', () => {
    expect(CohortSummary.is({ sizes: [1, 1], retained: [[1, 1]] })).toBe(false)
    expect(CohortSummary.is({ sizes: [1, 1], retained: [[1], [1]] })).toBe(false)
    expect(CohortSummary.is({ sizes: [1, 1], retained: [[1, 2], [1]] })).toBe(false)
  })
})
