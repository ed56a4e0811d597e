// Recency, frequency and monetary value of ten million purchases, scored beside DuckDB: by its `ntile`, which parts equal
// values by the order of rows, and by the quantiles that we use too.
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { type CivilDate, type Currency, unwrap } from '../../src/foundation/index.ts'
import type { DailyPurchases } from '../../src/retention/index.ts'
import { rfmScores } from '../../src/segments/index.ts'
import { type Database, openDatabase } from './duckdb.ts'
import { eventsOf, firstDay, rowCount, writeNumbers } from './events-sample.ts'
import type { Benchmark, Prepared } from './measure.ts'

const asOf = (firstDay + 1096) as CivilDate

/** An amount of a row that SQL makes too. */
const minorOf = (row: number): number => 500 + ((row * 7919) % 20_011)

const logOf = (rows: number): DailyPurchases => {
  const { customer, day } = eventsOf(rows)
  const largest = customer.reduce((most, index) => Math.max(most, index), 0)
  return {
    kind: 'daily',
    customers: Array.from({ length: largest + 1 }, (_, index) => `c${index}`),
    customer,
    day,
    minor: Float64Array.from({ length: rows }, (_, row) => minorOf(row)),
    currency: 'EUR' as Currency,
  }
}

const prefix = (log: DailyPurchases, rows: number): DailyPurchases => ({
  ...log,
  customer: log.customer.subarray(0, rows),
  day: log.day.subarray(0, rows),
  minor: log.minor?.subarray(0, rows) ?? null,
})

const load = async (): Promise<Database> => {
  const database = await openDatabase()
  const path = writeNumbers(eventsOf(rowCount))
  const columns = "{'row': 'INTEGER', 'customer': 'INTEGER', 'day': 'INTEGER', 'month': 'INTEGER'}"
  await database.run(
    `CREATE TABLE purchases AS SELECT row, customer, day, 500 + (row::BIGINT * 7919) % 20011 AS minor
     FROM read_csv('${path}', header = false, columns = ${columns})`,
  )
  rmSync(dirname(path), { recursive: true })
  return database
}

const profiles = (rows: number): string =>
  `profiles AS (SELECT customer, ${asOf} - max(day) AS silent, count(*) AS orders, sum(minor)::BIGINT AS minor
   FROM purchases ${rows === rowCount ? '' : `WHERE row < ${rows}`} GROUP BY customer)`

const counted = 'SELECT recency, frequency, monetary, count(*) FROM scores GROUP BY ALL ORDER BY ALL'

const byNtile = (rows: number): string =>
  `WITH ${profiles(rows)}, scores AS (
     SELECT ntile(5) OVER (ORDER BY silent DESC) AS recency, ntile(5) OVER (ORDER BY orders) AS frequency,
            ntile(5) OVER (ORDER BY minor) AS monetary FROM profiles) ${counted}`

const above = (column: string): string =>
  [1, 2, 3, 4].map((at) => `(${column} > ${column}_cuts[${at}])::INT`).join(' + ')

const byQuantiles = (rows: number): string => {
  const cuts = (column: string) => `quantile_cont(${column}::DOUBLE, [0.2, 0.4, 0.6, 0.8]) AS ${column}_cuts`
  return `WITH ${profiles(rows)}, cuts AS (SELECT ${cuts('silent')}, ${cuts('orders')}, ${cuts('minor')} FROM profiles),
    scores AS (SELECT 5 - (${above('silent')}) AS recency, 1 + ${above('orders')} AS frequency,
                      1 + ${above('minor')} AS monetary FROM profiles, cuts) ${counted}`
}

/** How many customers have each combination of scores, in order. */
const combinationsOf = (log: DailyPurchases): ReadonlyArray<ReadonlyArray<number>> => {
  const { recency, frequency, monetary } = unwrap(rfmScores(log, { asOf }))
  const counts = new Float64Array(125)
  for (let row = 0; row < recency.length; row += 1) {
    const cell = ((recency[row] ?? 1) - 1) * 25 + ((frequency[row] ?? 1) - 1) * 5 + (monetary[row] ?? 1) - 1
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  return Array.from(counts).flatMap((count, cell) =>
    count === 0 ? [] : [[Math.floor(cell / 25) + 1, (Math.floor(cell / 5) % 5) + 1, (cell % 5) + 1, count]],
  )
}

const prepare = async (): Promise<Prepared> => {
  const log = logOf(rowCount)
  const database = await load()
  const ours = (rows: number) => combinationsOf(prefix(log, rows))
  const quantiles = (rows: number) => database.rows(byQuantiles(rows))
  return {
    ours: { name: 'columns', events: rowCount, results: ours, run: ours },
    peers: [
      // What ntile makes of equal values differs by nature, so the results compared are those by quantiles.
      {
        name: 'DuckDB by ntile',
        goal: 'ratio 1.5',
        events: rowCount,
        results: quantiles,
        run: (rows) => database.rows(byNtile(rows)),
      },
      { name: 'DuckDB by quantiles', goal: 'ratio 1.5', events: rowCount, results: quantiles, run: quantiles },
    ],
  }
}

export const benchmarks: ReadonlyArray<Benchmark> = [{ name: 'rfm-10M', unit: 'time', prepare }]
