import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  type CivilDate,
  formatPath,
  type Instant,
  localDateOf,
  parseCivilDate,
  parseInstant,
  startOfDay,
  unwrap,
  utc,
} from '../../src/foundation/index.ts'
import {
  encodePurchases,
  finishRolling,
  type PurchaseLog,
  type RollingDefinition,
  RollingSummary,
  rollingMonoid,
  rollingTable,
  summariseCohorts,
  summariseRolling,
} from '../../src/retention/index.ts'
import { dailyPurchasesArbitrary, firstPurchaseDay, timedPurchasesArbitrary } from '../arbitraries/purchases.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { monoidLaws } from '../laws/monoid-laws.ts'

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const at = (text: string): Instant => unwrap(parseInstant(text))
const logOf = (rows: Parameters<typeof encodePurchases>[0]): PurchaseLog => unwrap(encodePurchases(rows))
const msPerHour = 3_600_000
const hours = { hour: 1, day: 24, week: 168, month: 720 }

interface Row {
  readonly customer: string
  readonly at: number
}

type Criterion = NonNullable<RollingDefinition['criterion']>

const retains = (criterion: Criterion, apart: boolean, own: ReadonlyArray<number>, window: number): boolean => {
  const since = Array.from({ length: window }, (_, index) => index + 1)
  if (criterion === 'on') return own.includes(window)
  if (criterion === 'onOrAfter') return own.some((other) => other >= window)
  if (criterion === 'streak') return window === 0 ? own.includes(0) : since.every((other) => own.includes(other))
  if (apart) return own.some((other) => other <= window)
  return window === 0 || own.some((other) => other > 0 && other <= window)
}

/** Slow, obvious: takes each member of each cohort and asks for each window whether it is over, and who came in it. */
const model = (
  rows: ReadonlyArray<Row>,
  others: ReadonlyArray<Row> | undefined,
  definition: RollingDefinition,
  starts: ReadonlyArray<number>,
  known: number,
): RollingSummary => {
  const { windows, membership, criterion = 'on' } = definition
  const length = hours[windows.unit] * msPerHour
  const grain = windows.alignment === 'hourTruncated' ? msPerHour : 1
  const down = (time: number): number => Math.floor(time / grain) * grain
  const cohorts = starts.slice(1).map((until, cohort) => {
    const from = starts[cohort] ?? 0
    const members = Array.from(new Set(rows.map(({ customer }) => customer))).flatMap((customer) => {
      const own = rows.filter((row) => row.customer === customer).map((row) => row.at)
      const within = own.filter((time) => time >= from && time < until)
      if (within.length === 0 || (membership !== 'recurring' && Math.min(...own) < from)) return []
      const start = Math.min(...within)
      const returns = (others ?? rows).filter((row) => row.customer === customer && row.at >= start)
      return [{ start, windows: returns.map((row) => Math.floor((down(row.at) - down(start)) / length)) }]
    })
    const cells = Array.from({ length: windows.count }, (_, window) => {
      const matured = members.filter(({ start }) => down(start) + (window + 1) * length <= known)
      const retained = matured.filter((one) => retains(criterion, others !== undefined, one.windows, window))
      return { matured: matured.length, retained: retained.length }
    })
    return { size: members.length, cells }
  })
  return {
    sizes: cohorts.map(({ size }) => size),
    matured: cohorts.map(({ cells }) => cells.map(({ matured }) => matured)),
    retained: cohorts.map(({ cells }) => cells.map(({ retained }) => retained)),
  }
}

const kindArbitrary = fc.record({
  membership: fc.constantFrom('firstTime' as const, 'recurring' as const),
  criterion: fc.constantFrom<Criterion>('on', 'onOrAfter', 'onOrBefore', 'streak'),
})
const windowsArbitrary = fc.record({
  unit: fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const),
  count: fc.integer({ min: 1, max: 12 }),
  alignment: fc.constantFrom('exact' as const, 'hourTruncated' as const),
})
const periodsArbitrary = fc.tuple(fc.nat({ max: 400 }), fc.integer({ min: 1, max: 30 })).map(([start, count]) => ({
  unit: 'day' as const,
  from: addDays(firstPurchaseDay, start),
  count,
}))

describe('summariseRolling', () => {
  test('equals the slow model on instants, in zones that change their offset, with returns of its own and of another kind', () => {
    fc.assert(
      fc.property(
        timedPurchasesArbitrary,
        fc.option(timedPurchasesArbitrary, { nil: undefined }),
        periodsArbitrary,
        windowsArbitrary,
        kindArbitrary,
        fc.nat({ max: 300 }),
        ({ zone, rows }, other, periods, windows, kind, days) => {
          const asOf = (startOfDay(zone, addDays(periods.from, days)) + 1_234_567) as Instant
          const starts = Array.from({ length: periods.count + 1 }, (_, index) =>
            startOfDay(zone, addDays(periods.from, index)),
          )
          const known = rows.filter((row) => row.at <= asOf)
          const others = other?.rows.filter((row) => row.at <= asOf)
          const definition: RollingDefinition = { periods, windows, zone, asOf, ...kind }
          const returns = other === undefined ? {} : { returns: logOf(other.rows) }
          const summary = unwrap(summariseRolling(logOf(rows), { ...definition, ...returns }))
          expect(summary).toEqual(model(known, others, definition, starts, asOf))
          expect(RollingSummary.is(summary)).toBe(true)
        },
      ),
    )
  })

  test('equals the slow model on dates; a day is known when it is over', () => {
    fc.assert(
      fc.property(
        dailyPurchasesArbitrary,
        periodsArbitrary,
        kindArbitrary,
        fc.integer({ min: 1, max: 12 }),
        fc.nat({ max: 300 }),
        (rows, periods, kind, count, days) => {
          const day = addDays(periods.from, days)
          const asOf = (day * 24 * msPerHour + 5) as Instant
          const definition: RollingDefinition = { periods, windows: { unit: 'day', count }, asOf, ...kind }
          const known = rows
            .filter((row) => row.day <= localDateOf(utc, asOf))
            .map((row) => ({ customer: row.customer, at: row.day * 24 * msPerHour }))
          const starts = Array.from(
            { length: periods.count + 1 },
            (_, index) => (periods.from + index) * 24 * msPerHour,
          )
          expect(unwrap(summariseRolling(logOf(rows), definition))).toEqual(
            model(known, undefined, definition, starts, day * 24 * msPerHour),
          )
        },
      ),
    )
  })

  test('days of 24 hours of events by date are the calendar days', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, periodsArbitrary, kindArbitrary, (rows, periods, kind) => {
        const asOf = at('2100-01-01T00:00:00Z')
        const log = logOf(rows)
        const rolling = unwrap(
          summariseRolling(log, { periods, windows: { unit: 'day', count: periods.count }, asOf, ...kind }),
        )
        const calendar = unwrap(summariseCohorts(log, { periods, asOf, ...kind }))
        expect(rolling.sizes).toEqual(calendar.sizes)
        expect(rolling.retained.map((row, cohort) => row.slice(0, periods.count - cohort))).toEqual(calendar.retained)
      }),
    )
  })

  test('a definition that makes no sense is a typed fault, with its path', () => {
    const daily = logOf([{ customer: 'ann', day: date('2024-02-03') }])
    const timed = logOf([{ customer: 'ann', at: at('2024-02-03T00:00:00Z') }])
    const good: RollingDefinition = {
      periods: { unit: 'month', from: date('2024-01-01'), count: 3 },
      windows: { unit: 'day', count: 2 },
      asOf: at('2024-05-01T00:00:00Z'),
    }
    const paths = (log: PurchaseLog, change: Partial<RollingDefinition>) => {
      const result = rollingTable(log, { ...good, ...change })
      return result._tag === 'Left' ? result.left.map(({ path }) => formatPath(path)) : []
    }
    expect(paths(timed, { windows: { unit: 'day', count: 0 } })).toEqual(['windows.count'])
    expect(paths(daily, { windows: { unit: 'hour', count: 1 } })).toEqual(['windows'])
    expect(paths(daily, { windows: { unit: 'day', count: 1, alignment: 'hourTruncated' } })).toEqual(['windows'])
    expect(paths(timed, { returns: daily })).toEqual(['returns.kind'])
    expect(paths(timed, { periods: { ...good.periods, count: 0 } })).toEqual(['periods.count'])
    expect(paths(timed, { asOf: 0.5 as Instant })).toEqual(['asOf'])
    expect(rollingTable(timed, good, { confidence: 1 })).toMatchObject({ left: [{ path: ['confidence'] }] })
    const { empty } = rollingMonoid(2, 2)
    expect(finishRolling(empty, good)).toMatchObject({ left: { path: ['sizes'] } })
    expect(finishRolling(empty, { ...good, periods: { ...good.periods, count: 0 } })._tag).toBe('Left')
  })
})

describe('rollingTable', () => {
  const visits = ['2026-01-01T10:00:00Z', '2026-01-02T09:00:00Z', '2026-01-05T00:00:00Z'].map((text, index) => ({
    customer: index === 2 ? 'bob' : 'ann',
    at: at(text),
  }))
  const definition: RollingDefinition = {
    periods: { unit: 'month', from: date('2026-01-01'), count: 2 },
    windows: { unit: 'week', count: 3 },
    asOf: at('2026-01-13T00:00:00Z'),
  }

  test('a cell speaks of its matured members, and says who is excluded', () => {
    const { rows, average } = unwrap(rollingTable(logOf(visits), definition))
    expect(rows[0]?.cells.map(({ status, matured, excluded, rate }) => [status, matured, excluded, rate])).toEqual([
      ['inProgress', 2, 0, 1],
      ['inProgress', 0, 2, null],
      ['notStarted', 0, 2, null],
    ])
    expect(rows[1]?.cells[0]?.status).toBe('notStarted')
    expect(average.map((one) => one?.rate ?? null)).toEqual([1, null, null])
    const later = unwrap(rollingTable(logOf(visits), { ...definition, asOf: at('2026-02-01T00:00:00Z') }))
    expect(later.rows[0]?.cells.map(({ status }) => status)).toEqual(['complete', 'complete', 'complete'])
    expect(later.rows[0]?.cells[0]?.interval?.lower).toBeCloseTo(0.3424, 4)
  })
})

const five = periodsArbitrary.map((periods) => ({ ...periods, count: 5 }))
const summaries = fc.tuple(dailyPurchasesArbitrary, five, kindArbitrary).map(([rows, periods, kind]) =>
  unwrap(
    summariseRolling(logOf(rows), {
      periods,
      windows: { unit: 'week', count: 3 },
      asOf: at('2024-08-01T00:00:00Z'),
      ...kind,
    }),
  ),
)

describe('rollingMonoid', () => {
  monoidLaws('rollingMonoid', rollingMonoid(5, 3), summaries)

  test('a summary split by customers is the summary of the whole', () => {
    fc.assert(
      fc.property(dailyPurchasesArbitrary, five, kindArbitrary, (rows, periods, kind) => {
        const definition: RollingDefinition = {
          periods,
          windows: { unit: 'week', count: 3 },
          asOf: at('2024-08-01T00:00:00Z'),
          ...kind,
        }
        const part = (holds: boolean) =>
          unwrap(summariseRolling(logOf(rows.filter(({ customer }) => customer < 'c' === holds)), definition))
        expect(rollingMonoid(5, 3).concat(part(true), part(false))).toEqual(
          unwrap(summariseRolling(logOf(rows), definition)),
        )
      }),
    )
  })
})

codecLaws('RollingSummary', RollingSummary, summaries)

describe('RollingSummary', () => {
  test('refuses other shapes, and more retained than matured or matured than there are', () => {
    expect(RollingSummary.is({ sizes: [1], matured: [[1], [1]], retained: [[1]] })).toBe(false)
    expect(RollingSummary.is({ sizes: [1], matured: [[1]], retained: [[1, 1]] })).toBe(false)
    expect(RollingSummary.is({ sizes: [1], matured: [[2]], retained: [[1]] })).toBe(false)
    expect(RollingSummary.is({ sizes: [2], matured: [[1]], retained: [[2]] })).toBe(false)
  })
})
