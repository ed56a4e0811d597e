// Compares what the queries of docs/sql.md count with what the library counts, on generated data.
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import {
  addDays,
  type CivilDate,
  type Currency,
  civilDate,
  type Instant,
  localDateOf,
  startOfDay,
  unwrap,
  yearMonthDay,
  type Zone,
  zoneFromIntl,
} from '../../src/foundation/index.ts'
import {
  averageOrderValue,
  encodePurchases,
  type PurchaseLog,
  revenueBetween,
  summariseActiveDays,
  summariseCohortRevenue,
  summariseCohorts,
  summariseGaps,
  summariseGrowth,
  summariseOrderGaps,
  summariseReturningOrders,
} from '../../src/retention/index.ts'
import { type Database, openDatabase } from './duckdb.ts'

const first = unwrap(civilDate(2024, 1, 1))
const firstMonth = 2024 * 12
const months = 7
const eur = 'EUR' as Currency

interface Order {
  readonly customer: string
  readonly at: Instant
  readonly amount: { readonly minor: number; readonly currency: Currency }
}

interface Data {
  readonly zone: Zone
  readonly orders: ReadonlyArray<Order>
  readonly refunds: ReadonlyArray<{ readonly customer: string; readonly day: number; readonly minor: number }>
  readonly revenue: ReadonlyArray<{ readonly customer: string; readonly period: number; readonly minor: number }>
  readonly asOf: CivilDate
  readonly window: { readonly from: CivilDate; readonly until: CivilDate }
}

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland'].map((id) => unwrap(zoneFromIntl(id)))
const customer = fc.constantFrom('ann', 'bob', 'cem', 'dana', "o'hara", '__proto__')
/** Days of 2023 to 2025, many of them around ends of months and the days on which clocks change. */
const dayArbitrary = fc.oneof(
  fc.integer({ min: -60, max: 300 }),
  fc.constantFrom(-1, 0, 30, 31, 59, 60, 69, 70, 89, 90, 91, 97, 98, 271),
)

const orderIn = (zone: Zone): fc.Arbitrary<Order> =>
  fc
    .record({
      customer,
      day: dayArbitrary,
      distance: fc.oneof(fc.nat({ max: 86_399_999 }), fc.integer({ min: -7_200_000, max: 7_200_000 })),
      minor: fc.nat({ max: 100_000 }),
    })
    .map(({ customer: who, day, distance, minor }) => ({
      customer: who,
      at: (startOfDay(zone, addDays(first, day)) + distance) as Instant,
      amount: { minor, currency: eur },
    }))

const dataArbitrary: fc.Arbitrary<Data> = fc.constantFrom(...zones).chain((zone) =>
  fc.record({
    zone: fc.constant(zone),
    orders: fc.array(orderIn(zone), { maxLength: 80, minLength: 1 }),
    refunds: fc.array(
      fc.record({ customer, day: dayArbitrary.map((day) => first + day), minor: fc.nat({ max: 500 }) }),
      { maxLength: 5 },
    ),
    revenue: fc.uniqueArray(
      fc.record({
        customer,
        period: fc.nat({ max: 5 }),
        minor: fc.oneof(fc.constant(0), fc.constant(50), fc.nat({ max: 100 })),
      }),
      { maxLength: 30, selector: (row) => `${row.customer} ${row.period}` },
    ),
    asOf: dayArbitrary.map((day) => addDays(first, day)),
    window: fc.tuple(dayArbitrary, fc.nat({ max: 60 })).map(([day, length]) => ({
      from: addDays(first, day),
      until: addDays(first, day + length + 1),
    })),
  }),
)

type Rows = ReadonlyArray<ReadonlyArray<number | string | null>>

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

const fill = async (database: Database, name: string, columns: string, rows: ReadonlyArray<string>): Promise<void> => {
  await database.run(`CREATE OR REPLACE TABLE ${name} (${columns})`)
  if (rows.length > 0) await database.run(`INSERT INTO ${name} VALUES ${rows.map((row) => `(${row})`).join(', ')}`)
}

const monthOf = (day: CivilDate): number => {
  const { year, month } = yearMonthDay(day)
  return year * 12 + month - 1
}

const load = async (database: Database, { orders, refunds, revenue, zone }: Data): Promise<void> => {
  const events = orders.map(({ customer: who, at, amount }, row) => {
    const day = localDateOf(zone, at)
    return `${row}, ${literal(who)}, ${day}, ${monthOf(day)}, ${amount.minor}`
  })
  await fill(database, 'events', 'row INTEGER, customer VARCHAR, day INTEGER, month INTEGER, minor BIGINT', events)
  const given = refunds.map((one) => `${literal(one.customer)}, ${one.day}, ${one.minor}`)
  await fill(database, 'refunds', 'customer VARCHAR, day INTEGER, minor BIGINT', given)
  const paid = revenue.map((one) => `${literal(one.customer)}, ${one.period}, ${one.minor}`)
  await fill(database, 'revenue', 'customer VARCHAR, period INTEGER, minor BIGINT', paid)
}

/** Rows of whole numbers in one order, without those that count nothing. */
const sorted = (rows: Rows): Rows =>
  [...rows]
    .map((row) => row.map(Number))
    .sort((a, b) => {
      const at = a.findIndex((value, index) => value !== b[index])
      return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
    })

/** Cells of a matrix as rows, those that are 0 left out. */
const cells = (matrix: ReadonlyArray<ReadonlyArray<number>>): Rows =>
  matrix.flatMap((row, index) => row.flatMap((count, column) => (count === 0 ? [] : [[index, column, count]])))

const ours: Readonly<Record<string, (log: PurchaseLog, data: Data) => Rows>> = {
  cohorts: (log, data) => cells(unwrap(summariseCohorts(log, definitionOf(data))).retained),
  'cohorts on or after': (log, data) => {
    const { retained } = unwrap(summariseCohorts(log, { ...definitionOf(data), criterion: 'onOrAfter' }))
    return cells(retained.map((row) => row.map((count, age) => count - (row[age + 1] ?? 0))))
  },
  'cohort revenue': (log, data) => {
    const { orders, minor } = unwrap(summariseCohortRevenue(log, definitionOf(data)))
    return cells(orders).map(([cohort = 0, age = 0, count = 0]) => [
      cohort,
      age,
      count,
      minor[Number(cohort)]?.[Number(age)] ?? 0,
    ])
  },
  growth: (log, data) => {
    const found = unwrap(summariseGrowth(log, definitionOf(data)))
    return found.new
      .map((count, period) => [
        period,
        count,
        found.retained[period] ?? 0,
        found.resurrected[period] ?? 0,
        found.churned[period] ?? 0,
      ])
      .filter((row) => row.slice(1).some((count) => count > 0))
  },
  'active days': (log, { window, zone }) =>
    unwrap(summariseActiveDays(log, window, zone)).customers.flatMap((count, index) =>
      count === 0 ? [] : [[index + 1, count]],
    ),
  gaps: (log, { asOf, zone }) => {
    const { days, counts } = unwrap(summariseGaps(log, { asOf, zone, counting: 'orders' }))
    return days.map((length, index) => [length, counts[index] ?? 0])
  },
  'gaps per customer': (log, { asOf, zone }) => {
    const { gaps, customers, spans } = unwrap(summariseGaps(log, { asOf, zone, counting: 'orders' }))
    return gaps.map((number, index) => [number, customers[index] ?? 0, spans[index] ?? 0])
  },
  'second orders': (log, { asOf, zone }) => {
    const { closed, open } = unwrap(summariseOrderGaps(log, { asOf, zone }))
    return cells([open, closed])
  },
  'returning orders': (log, { window, zone }) => {
    const found = unwrap(summariseReturningOrders(log, window, zone))
    return [
      [1, found.firstOrders, found.firstMinor],
      [0, found.returningOrders, found.returningMinor],
    ].filter(([, orders]) => orders !== 0)
  },
  'revenue movements': (_, { revenue }) => movements(revenue),
}

const definitionOf = ({ zone, asOf }: Data) => ({
  periods: { unit: 'month', from: first, count: months } as const,
  zone,
  asOf: (startOfDay(zone, addDays(asOf, 1)) - 1) as Instant,
})

const movements = (revenue: Data['revenue']): Rows => {
  const inPeriod = (period: number) =>
    new Map(revenue.filter((row) => row.period === period).map((row) => [row.customer, row.minor]))
  return Array.from({ length: 8 }, (_, period) => {
    const known = new Set(revenue.filter((row) => row.period < period && row.minor > 0).map((row) => row.customer))
    const found = unwrap(revenueBetween(inPeriod(period - 1), inPeriod(period), known))
    return [
      period,
      found.start,
      found.new,
      found.expansion,
      found.reactivation,
      found.contraction,
      found.churn,
      found.end,
    ]
  }).filter((row) => row.slice(1).some((value) => value > 0))
}

/** The queries of the page, by their first line. */
const queriesOf = (path: string): ReadonlyMap<string, string> =>
  new Map(
    Array.from(readFileSync(path, 'utf8').matchAll(/^```sql\n-- (.+)\n([\s\S]*?)^```/gm), ([, name = '', sql = '']) => [
      name,
      sql,
    ]),
  )

const withParameters = (sql: string, { asOf, window }: Data): string => {
  const values: Readonly<Record<string, number>> = {
    as_of: asOf,
    first_month: firstMonth,
    months,
    window_from: window.from,
    window_until: window.until,
  }
  return sql.replace(/:([a-z_]+)/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}

/** The average order value of what the query gives is that of the rows themselves. */
const orderValues = async (database: Database, sql: string, data: Data): Promise<boolean> => {
  const [[orders, minor, refunded] = []] = await database.rows(withParameters(sql, data))
  const inside = (day: number): boolean => day >= data.window.from && day < data.window.until
  const own = data.orders.filter(({ at }) => inside(localDateOf(data.zone, at)))
  const given = data.refunds.filter(({ day }) => inside(day)).reduce((sum, one) => sum + one.minor, 0)
  const sum = own.reduce((all, { amount }) => all + amount.minor, 0)
  const value = (revenue: number, count: number, refunds: number) =>
    averageOrderValue({ minor: revenue, currency: eur }, count, { minor: refunds, currency: eur })
  return isDeepStrictEqual(value(Number(minor), Number(orders), Number(refunded)), value(sum, own.length, given))
}

const compareOne = async (database: Database, name: string, sql: string, data: Data): Promise<boolean> => {
  if (name === 'order value') return orderValues(database, sql, data)
  const count = ours[name]
  if (count === undefined) return false
  const log = unwrap(encodePurchases(data.orders))
  return isDeepStrictEqual(sorted(await database.rows(withParameters(sql, data))), sorted(count(log, data)))
}

/** Runs all queries of a page on generated data; the names of those that differ. */
export const compareAll = async (
  path: string,
): Promise<{ readonly compared: number; readonly differences: ReadonlyArray<string> }> => {
  const database = await openDatabase()
  const queries = queriesOf(path)
  const differences = new Set(
    [...Object.keys(ours), 'order value'].filter((name) => !queries.has(name)).map((name) => `no query: ${name}`),
  )
  let compared = 0
  for (const data of fc.sample(dataArbitrary, { numRuns: 100, seed: 20_260_101 })) {
    await load(database, data)
    for (const [name, sql] of queries) {
      compared += 1
      if (!(await compareOne(database, name, sql, data))) differences.add(`differs: ${name}`)
    }
  }
  return { compared, differences: Array.from(differences) }
}
