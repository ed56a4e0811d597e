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
  type CustomerSpan,
  customerAccount,
  encodePurchases,
  type PurchaseLog,
  revenueBetween,
  summariseActiveDays,
  summariseBrackets,
  summariseCohortRevenue,
  summariseCohorts,
  summariseCommerce,
  summariseGaps,
  summariseGrowth,
  summariseOrderGaps,
  summariseRepeats,
  summariseReturningOrders,
  summariseRolling,
} from '../../src/retention/index.ts'
import { type Database, openDatabase } from './duckdb.ts'

const first = unwrap(civilDate(2024, 1, 1))
const firstMonth = 2024 * 12
const months = 7
const eur = 'EUR' as Currency

const brackets = [
  { from: 0, until: 1 },
  { from: 1, until: 3 },
  { from: 4, until: months },
]
const windows = { unit: 'week', count: 9 } as const
const weekMilliseconds = 604_800_000

interface Order {
  readonly customer: string
  readonly at: Instant
  readonly amount: { readonly minor: number; readonly currency: Currency }
  readonly refunded: { readonly minor: number; readonly currency: Currency }
}

interface Data {
  readonly zone: Zone
  readonly orders: ReadonlyArray<Order>
  readonly revenue: ReadonlyArray<{ readonly customer: string; readonly period: number; readonly minor: number }>
  readonly spans: ReadonlyArray<CustomerSpan>
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
      refund: fc.constantFrom(0, 0, 0, 0.3, 1),
    })
    .map(({ customer: who, day, distance, minor, refund }) => ({
      customer: who,
      at: (startOfDay(zone, addDays(first, day)) + distance) as Instant,
      amount: { minor, currency: eur },
      refunded: { minor: Math.floor(minor * refund), currency: eur },
    }))

/** Spans of a customer that follow each other without a gap; the last may go on. */
const chainArbitrary = fc
  .record({
    customer,
    day: dayArbitrary,
    lengths: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 }),
    goesOn: fc.boolean(),
  })
  .map(({ customer: who, day, lengths, goesOn }) => {
    let from = addDays(first, day)
    return lengths.map((length, index): CustomerSpan => {
      const span = { customer: who, from, until: goesOn && index === lengths.length - 1 ? null : addDays(from, length) }
      from = addDays(from, length)
      return span
    })
  })

const dataArbitrary: fc.Arbitrary<Data> = fc.constantFrom(...zones).chain((zone) =>
  fc.record({
    zone: fc.constant(zone),
    orders: fc.array(orderIn(zone), { maxLength: 80, minLength: 1 }),
    revenue: fc.uniqueArray(
      fc.record({
        customer,
        period: fc.nat({ max: 5 }),
        minor: fc.oneof(fc.constant(0), fc.constant(50), fc.nat({ max: 100 })),
      }),
      { maxLength: 30, selector: (row) => `${row.customer} ${row.period}` },
    ),
    spans: fc.array(chainArbitrary, { maxLength: 8 }).map((chains) => chains.flat()),
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

const load = async (database: Database, { orders, revenue, spans, zone }: Data): Promise<void> => {
  const events = orders.map(({ customer: who, at, amount, refunded }, row) => {
    const day = localDateOf(zone, at)
    return `${row}, ${literal(who)}, ${at}, ${day}, ${monthOf(day)}, ${amount.minor}, ${refunded.minor}`
  })
  const columns =
    'row INTEGER, customer VARCHAR, ordered_at BIGINT, day INTEGER, month INTEGER, minor BIGINT, refunded BIGINT'
  await fill(database, 'events', columns, events)
  const ages = brackets.map(({ from, until }, bracket) => `${bracket}, ${from}, ${until}`)
  await fill(database, 'brackets', 'bracket INTEGER, from_age INTEGER, until_age INTEGER', ages)
  const held = spans.map((one) => `${literal(one.customer)}, ${one.from}, ${one.until ?? 'NULL'}`)
  await fill(database, 'spans', 'customer VARCHAR, from_day INTEGER, until_day INTEGER', held)
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
  'cohorts on or before': (log, data) => {
    const { retained } = unwrap(summariseCohorts(log, { ...definitionOf(data), criterion: 'onOrBefore' }))
    return cells(
      retained.map((row) => row.map((count, age) => (age === 0 ? 0 : count - (age === 1 ? 0 : (row[age - 1] ?? 0))))),
    )
  },
  'cohorts by streak': (log, data) =>
    cells(unwrap(summariseCohorts(log, { ...definitionOf(data), criterion: 'streak' })).retained),
  'recurring cohorts': (log, data) =>
    cells(unwrap(summariseCohorts(log, { ...definitionOf(data), membership: 'recurring' })).retained),
  brackets: (log, data) => cells(unwrap(summariseBrackets(log, { ...definitionOf(data), brackets })).retained),
  'rolling maturity': (log, data) => {
    const { sizes, matured } = unwrap(summariseRolling(log, { ...definitionOf(data), windows }))
    return cells(
      sizes.map((size, cohort) => {
        const over = [size, ...(matured[cohort] ?? []), 0]
        return over.slice(0, -1).map((count, number) => count - (over[number + 1] ?? 0))
      }),
    )
  },
  'rolling returns': (log, data) => cells(unwrap(summariseRolling(log, { ...definitionOf(data), windows })).retained),
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
  'order gaps': (log, { asOf, zone }) => {
    const { closed, open } = unwrap(summariseOrderGaps(log, { asOf, zone, gaps: 'all' }))
    return cells([open, closed])
  },
  'repeat buyers': (log, { window, asOf, zone }) => {
    const { buyers, inWindow, byWindowEnd, lifetime } = unwrap(summariseRepeats(log, { window, asOf, zone }))
    return [[buyers, inWindow, byWindowEnd, lifetime]]
  },
  commerce: (log, { window, zone }) => {
    const { customers, repeatCustomers, orders, revenue, refunded } = unwrap(summariseCommerce(log, { window, zone }))
    return [[customers, repeatCustomers, orders, revenue[eur] ?? 0, refunded[eur] ?? 0]]
  },
  'returning orders': (log, { window, zone }) => {
    const found = unwrap(summariseReturningOrders(log, window, zone))
    return [
      [1, found.firstOrders, found.firstMinor],
      [0, found.returningOrders, found.returningMinor],
    ].filter(([, orders]) => orders !== 0)
  },
  'customer account': (_, { spans, window }) => {
    const found = unwrap(customerAccount(spans, window))
    return [
      [
        found.start,
        found.joined,
        found.reactivated,
        found.lost,
        found.lostReturned,
        found.joinedLost,
        found.reactivatedLost,
        found.end,
      ],
    ]
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

const withParameters = (sql: string, data: Data): string => {
  const { asOf, window } = data
  const values: Readonly<Record<string, number>> = {
    as_of: asOf,
    first_month: firstMonth,
    months,
    as_of_at: definitionOf(data).asOf,
    step: weekMilliseconds,
    windows: windows.count,
    window_from: window.from,
    window_until: window.until,
  }
  return sql.replace(/:([a-z_]+)/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}

const compareOne = async (database: Database, name: string, sql: string, data: Data): Promise<boolean> => {
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
    Object.keys(ours)
      .filter((name) => !queries.has(name))
      .map((name) => `no query: ${name}`),
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
