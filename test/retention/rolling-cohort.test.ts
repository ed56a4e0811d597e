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
  summariseBrackets,
  summariseCohorts,
  summariseRolling,
} from '../../src/retention/index.ts'
import { crowdedPurchasesArbitrary, crowdedStart, crowdedTimedArbitrary } from '../arbitraries/purchases.ts'
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
  const brackets = windows.brackets ?? Array.from({ length: windows.count }, (_, from) => ({ from, until: from + 1 }))
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
    const cells = brackets.map(({ from: window, until }) => {
      const matured = members.filter(({ start }) => down(start) + until * length <= known)
      const retained = matured.filter((one) =>
        windows.brackets === undefined
          ? retains(criterion, others !== undefined, one.windows, window)
          : one.windows.some((index) => index >= window && index < until),
      )
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
/** Brackets of 12 windows, some with gaps between them. */
const bracketsArbitrary = fc
  .uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 7 })
  .map((bounds) => [...bounds].sort((a, b) => a - b))
  .map((bounds) =>
    bounds.flatMap((from, index) => {
      const until = bounds[index + 1]
      return until === undefined || index % 3 === 2 ? [] : [{ from, until }]
    }),
  )
const periodsArbitrary = fc.tuple(crowdedStart, fc.integer({ min: 1, max: 30 })).map(([from, count]) => ({
  unit: 'day' as const,
  from,
  count,
}))

describe('summariseRolling', () => {
  test('equals the slow model on instants, in zones that change their offset, with returns of its own and of another kind', () => {
    fc.assert(
      fc.property(
        crowdedTimedArbitrary,
        fc.option(crowdedTimedArbitrary, { nil: undefined }),
        periodsArbitrary,
        windowsArbitrary,
        kindArbitrary,
        fc.nat({ max: 80 }),
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

  test('equals the slow model by brackets of windows', () => {
    fc.assert(
      fc.property(
        crowdedTimedArbitrary,
        fc.option(crowdedTimedArbitrary, { nil: undefined }),
        periodsArbitrary,
        windowsArbitrary,
        bracketsArbitrary,
        kindArbitrary,
        fc.nat({ max: 80 }),
        ({ zone, rows }, other, periods, length, brackets, { membership }, days) => {
          const asOf = (startOfDay(zone, addDays(periods.from, days)) + 1_234_567) as Instant
          const windows = { ...length, count: 12, brackets }
          const starts = Array.from({ length: periods.count + 1 }, (_, index) =>
            startOfDay(zone, addDays(periods.from, index)),
          )
          const isKnown = (row: Row): boolean => row.at <= asOf
          const definition: RollingDefinition = { periods, windows, zone, asOf, membership }
          const returns = other === undefined ? {} : { returns: logOf(other.rows) }
          const summary = unwrap(summariseRolling(logOf(rows), { ...definition, ...returns }))
          expect(summary).toEqual(model(rows.filter(isKnown), other?.rows.filter(isKnown), definition, starts, asOf))
          expect(RollingSummary.is(summary)).toBe(true)
        },
      ),
    )
  })

  test('brackets of days of events by date are those of the calendar, once all is known', () => {
    fc.assert(
      fc.property(crowdedPurchasesArbitrary, periodsArbitrary, bracketsArbitrary, (rows, periods, brackets) => {
        const asOf = at('2100-01-01T00:00:00Z')
        const log = logOf(rows)
        const whole = { ...periods, count: periods.count + 12 }
        const rolling = summariseRolling(log, { periods: whole, windows: { unit: 'day', count: 12, brackets }, asOf })
        const calendar = unwrap(summariseBrackets(log, { periods: whole, asOf, brackets }))
        expect(unwrap(rolling).sizes).toEqual(calendar.sizes)
        const closed = (table: RollingSummary['retained']) => table.slice(0, periods.count)
        expect(closed(unwrap(rolling).retained)).toEqual(closed(calendar.retained))
      }),
    )
  })

  test('equals the slow model on dates; a day is known when it is over', () => {
    fc.assert(
      fc.property(
        crowdedPurchasesArbitrary,
        periodsArbitrary,
        kindArbitrary,
        fc.integer({ min: 1, max: 12 }),
        fc.nat({ max: 80 }),
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
      fc.property(crowdedPurchasesArbitrary, periodsArbitrary, kindArbitrary, (rows, periods, kind) => {
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
    const bracketed = (brackets: NonNullable<RollingDefinition['windows']['brackets']>, criterion: Criterion = 'on') =>
      paths(timed, { windows: { unit: 'day', count: 8, brackets }, criterion })
    expect(
      bracketed([
        { from: 1, until: 4 },
        { from: 4, until: 8 },
      ]),
    ).toEqual([])
    expect(bracketed([])).toEqual(['windows.brackets'])
    expect(bracketed([{ from: 1, until: 9 }])).toEqual(['windows.brackets[0]'])
    expect(
      bracketed(
        [
          { from: 1, until: 4 },
          { from: 3, until: 8 },
        ],
        'streak',
      ),
    ).toEqual(['windows.brackets[1]', 'criterion'])
    expect(paths(timed, { returns: daily })).toEqual(['returns.kind'])
    expect(paths(timed, { periods: { ...good.periods, count: 0 } })).toEqual(['periods.count'])
    expect(paths(timed, { asOf: 0.5 as Instant })).toEqual(['asOf'])
    expect(rollingTable(timed, good, { confidence: 1 })).toMatchObject({ left: [{ path: ['confidence'] }] })
    const { empty } = rollingMonoid(2, 2)
    expect(finishRolling(empty, good)).toMatchObject({ left: { path: ['sizes'] } })
    const one = {
      sizes: [0, 0, 0],
      matured: [
        [1, 0],
        [0, 0],
        [0, 0],
      ],
      retained: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    }
    expect(finishRolling(one, good)).toMatchObject({ left: { path: ['matured', 0, 0] } })
    expect(finishRolling(rollingMonoid(3, 1).empty, good)).toMatchObject({ left: { path: ['matured'] } })
    expect(finishRolling(rollingMonoid(3, 2).empty, { ...good, windows: { unit: 'day', count: 0 } })).toMatchObject({
      left: { path: ['windows', 'count'] },
    })
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

describe('a table of brackets of windows', () => {
  test('counts a bracket of whom it is over, and begins with its first window', () => {
    const visit = (customer: string, text: string) => ({ customer, at: at(text) })
    const log = logOf([
      visit('ann', '2026-01-01T23:45:00Z'),
      visit('ann', '2026-01-04T12:00:00Z'),
      visit('bob', '2026-01-02T08:00:00Z'),
      visit('cem', '2026-01-05T00:00:00Z'),
    ])
    const { rows, windows } = unwrap(
      rollingTable(log, {
        periods: { unit: 'month', from: date('2026-01-01'), count: 1 },
        windows: {
          unit: 'day',
          count: 40,
          brackets: [
            { from: 1, until: 4 },
            { from: 4, until: 8 },
            { from: 38, until: 40 },
          ],
        },
        asOf: at('2026-01-10T00:00:00Z'),
      }),
    )
    expect(windows.brackets).toHaveLength(3)
    expect(rows[0]?.cells.map(({ status, matured, retained, rate }) => [status, matured, retained, rate])).toEqual([
      ['inProgress', 3, 1, 1 / 3],
      ['inProgress', 1, 0, 0],
      ['notStarted', 0, 0, null],
    ])
  })
})

const five = periodsArbitrary.map((periods) => ({ ...periods, count: 5 }))
const summaries = fc.tuple(crowdedPurchasesArbitrary, five, kindArbitrary).map(([rows, periods, kind]) =>
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
      fc.property(crowdedPurchasesArbitrary, five, kindArbitrary, (rows, periods, kind) => {
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
  test('of no periods is one', () => {
    expect(RollingSummary.is({ sizes: [], matured: [], retained: [] })).toBe(true)
  })

  test('refuses other shapes, and more retained than matured or matured than there are', () => {
    expect(RollingSummary.is({ sizes: [1], matured: [[1], [1]], retained: [[1]] })).toBe(false)
    expect(RollingSummary.is({ sizes: [1], matured: [[1]], retained: [[1, 1]] })).toBe(false)
    expect(RollingSummary.is({ sizes: [1], matured: [[2]], retained: [[1]] })).toBe(false)
    expect(RollingSummary.is({ sizes: [2], matured: [[1]], retained: [[2]] })).toBe(false)
  })
})
