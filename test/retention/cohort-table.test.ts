import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CivilDate,
  formatCivilDate,
  formatPath,
  type Instant,
  parseCivilDate,
  parseInstant,
  startOfDay,
  unwrap,
  utc,
  zoneFromIntl,
} from '../../src/foundation/index.ts'
import {
  type CohortCell,
  type CohortDefinition,
  type CohortTable,
  cohortTable,
  encodePurchases,
  finishCohorts,
  summariseCohorts,
} from '../../src/retention/index.ts'
import {
  crowdedFrom,
  crowdedPurchasesArbitrary,
  crowdedStart,
  dailyPurchasesArbitrary,
} from '../arbitraries/purchases.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const at = (text: string): Instant => unwrap(parseInstant(text))
const statuses = ({ rows }: CohortTable) => rows.map(({ cells }) => cells.map(({ status }) => status))

const months = (count: number) => ({ unit: 'month', from: date('2024-01-20'), count }) as const

describe('finishCohorts', () => {
  const summary = { sizes: [4, 0, 2], retained: [[4, 2, 1], [0, 0], [2]] }

  test('marks each cell as complete, in progress or not started', () => {
    const table = unwrap(finishCohorts(summary, { periods: months(3), asOf: at('2024-02-10T00:00:00Z') }))
    expect(statuses(table)).toEqual([
      ['complete', 'inProgress', 'notStarted'],
      ['inProgress', 'notStarted'],
      ['notStarted'],
    ])
    expect(table.rows[0]?.cells.map(({ rate }) => rate)).toEqual([1, 0.5, null])
    expect(table.rows[1]?.cells.map(({ rate }) => rate)).toEqual([null, null])
    expect(table.average.map((average) => average?.rate ?? null)).toEqual([1, null, null])
  })

  test('a period is over at its very end, and has begun at its very start', () => {
    const end = at('2024-02-01T00:00:00Z')
    const statusAt = (asOf: number) =>
      statuses(unwrap(finishCohorts(summary, { periods: months(3), asOf: asOf as Instant })))[0]
    expect(statusAt(end - 1)).toEqual(['inProgress', 'notStarted', 'notStarted'])
    expect(statusAt(end)).toEqual(['complete', 'inProgress', 'notStarted'])
  })

  test("is about the zone's months", () => {
    const zone = unwrap(zoneFromIntl('America/New_York'))
    const asOf = at('2024-02-01T04:59:59Z')
    const table = unwrap(finishCohorts(summary, { periods: months(3), asOf, zone }))
    expect(statuses(table)[0]?.[0]).toBe('inProgress')
    expect(formatCivilDate(table.rows[1]?.startsOn as CivilDate)).toBe('2024-02-01')
    expect(table.rows[1]?.startsAt).toBe(at('2024-02-01T05:00:00Z'))
    expect(statuses(unwrap(finishCohorts(summary, { periods: months(3), asOf, zone: utc })))[0]?.[0]).toBe('complete')
  })

  test('averages complete cells: pooled, or each cohort once', () => {
    const two = { sizes: [1000, 500], retained: [[500, 0], [400]] }
    const definition: CohortDefinition = { periods: months(2), asOf: at('2025-01-01T00:00:00Z') }
    expect(unwrap(finishCohorts(two, definition)).average[0]).toEqual({
      method: 'pooled',
      cohorts: 2,
      size: 1500,
      retained: 900,
      rate: 0.6,
    })
    expect(unwrap(finishCohorts(two, definition, { average: 'simpleMean' })).average[0]?.rate).toBe(0.65)
  })

  test('refuses a summary of another length, and periods that make no sense', () => {
    const asOf = at('2024-02-01T00:00:00Z')
    expect(finishCohorts(summary, { periods: months(4), asOf })).toMatchObject({ left: { path: ['sizes'] } })
    expect(finishCohorts(summary, { periods: months(0), asOf })).toMatchObject({ left: { path: ['periods', 'count'] } })
    expect(finishCohorts({ ...summary, retained: [] }, { periods: months(3), asOf })).toMatchObject({
      left: { path: ['retained'] },
    })
  })
})

const expectCounted = ({ matured, excluded, retained, rate, status, size }: CohortCell): void => {
  expect(matured + excluded).toBe(size)
  expect(retained).toBeLessThanOrEqual(status === 'complete' ? matured : size)
  expect((rate ?? 0) * size).toBeCloseTo(rate === null ? 0 : retained, 9)
}

describe('cohortTable', () => {
  test('is the finished summary, and does not change when more periods are asked for', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, fc.constantFrom('on' as const, 'onOrAfter' as const), (rows, criterion) => {
        const log = unwrap(encodePurchases(rows))
        const definition = (count: number): CohortDefinition => ({
          periods: months(count),
          asOf: at('2024-09-15T12:00:00Z'),
          criterion,
        })
        const table = unwrap(cohortTable(log, definition(6)))
        expect(table).toEqual(unwrap(finishCohorts(unwrap(summariseCohorts(log, definition(6))), definition(6))))
        const longer = unwrap(cohortTable(log, definition(9)))
        expect(longer.rows.slice(0, 6).map(({ cells }, cohort) => cells.slice(0, 6 - cohort))).toEqual(
          table.rows.map(({ cells }) => cells),
        )
      }),
    )
  })

  test('members are matured or excluded; no more are retained than there are; each customer is in one cohort', () => {
    fc.assert(
      fc.property(
        crowdedPurchasesArbitrary,
        fc.constantFrom('on' as const, 'onOrAfter' as const, 'onOrBefore' as const, 'streak' as const),
        crowdedStart,
        (rows, criterion, day) => {
          const periods = { unit: 'week', startsOn: 1, from: crowdedFrom, count: 9 } as const
          const definition: CohortDefinition = { periods, asOf: startOfDay(utc, day), criterion }
          const table = unwrap(cohortTable(unwrap(encodePurchases(rows)), definition))
          table.rows.flatMap(({ cells }) => cells).forEach(expectCounted)
          const known = rows.filter((row) => row.day <= day).map(({ customer }) => customer)
          expect(table.rows.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(known).size)
        },
      ),
    )
  })

  test('purchases after asOf do not count', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, (rows) => {
        const asOf = at('2024-05-15T12:00:00Z')
        const definition: CohortDefinition = { periods: months(6), asOf }
        const known = rows.filter(({ day }) => day <= date('2024-05-15'))
        expect(unwrap(cohortTable(unwrap(encodePurchases(known)), definition))).toEqual(
          unwrap(cohortTable(unwrap(encodePurchases(rows)), definition)),
        )
      }),
    )
  })

  test('names its definition', () => {
    const log = unwrap(encodePurchases([]))
    const asOf = at('2024-05-15T12:00:00Z')
    expect(unwrap(cohortTable(log, { periods: months(1), asOf }))).toMatchObject({
      membership: 'firstTime',
      criterion: 'on',
      average: [null],
    })
  })

  test('reports what is wrong with the definition', () => {
    expect(
      cohortTable(unwrap(encodePurchases([])), { periods: months(1), asOf: 0 as Instant }, { confidence: 1 }),
    ).toMatchObject({ left: [{ _tag: 'OutOfRange', path: ['confidence'] }] })
    const result = cohortTable(unwrap(encodePurchases([])), { periods: months(1), asOf: 0.5 as Instant })
    expect(result._tag === 'Left' && result.left.map(({ path }) => formatPath(path))).toEqual(['asOf'])
  })
})
