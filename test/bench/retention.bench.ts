// Cohorts and gaps of ten million purchases beside DuckDB, and beside what apps write by hand; and all the way from texts
// in memory, where DuckDB reads the same rows from a file.
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { unwrap } from '../../src/foundation/index.ts'
import {
  type CohortDefinition,
  type CohortSummary,
  type DailyPurchases,
  encodePurchaseTexts,
  summariseCohorts,
  timeBetweenOrders,
} from '../../src/retention/index.ts'
import { type Database, openDatabase } from './duckdb.ts'
import {
  asOf,
  type Events,
  eventsOf,
  firstDay,
  months,
  rowCount,
  textsAt,
  writeNumbers,
  writeTexts,
} from './events-sample.ts'
import type { Benchmark, Peer, Prepared } from './measure.ts'

const definition: CohortDefinition = { periods: { unit: 'month', from: firstDay, count: months }, asOf }

const dailyOf = ({ customer, day }: Events): DailyPurchases => {
  const largest = customer.reduce((most, index) => Math.max(most, index), 0)
  const customers = Array.from({ length: largest + 1 }, (_, index) => `c${index}`)
  return { kind: 'daily', customers, customer, day, minor: null, currency: null }
}

const prefix = (log: DailyPurchases, rows: number): DailyPurchases => ({
  ...log,
  customer: log.customer.subarray(0, rows),
  day: log.day.subarray(0, rows),
})

/** Cells from rows of cohort, months since and customers. */
const matrixOf = (rows: ReadonlyArray<ReadonlyArray<number | string | null>>): CohortSummary => {
  const retained = Array.from({ length: months }, (_, cohort) => Array.from({ length: months - cohort }, () => 0))
  for (const [cohort, age, count] of rows) {
    const row = retained[Number(cohort)]
    if (row !== undefined && Number(age) < row.length) row[Number(age)] = Number(count)
  }
  return { sizes: retained.map(([size = 0]) => size), retained }
}

const ages = Array.from({ length: months }, (_, age) => age)

/** One pass to a mask of months for each customer, one over the masks. */
const maskQuery = (source: string, customer: string, month: string): string =>
  `SELECT cohort, ${ages.map((age) => `sum((mask >> (cohort + ${age})) & 1)`).join(', ')} FROM (
     SELECT min(m) AS cohort, bit_or(1::BIGINT << m) AS mask
     FROM (SELECT ${customer} AS c, ${month} AS m FROM ${source}) GROUP BY c) GROUP BY cohort`

const unfold = (rows: ReadonlyArray<ReadonlyArray<number | string | null>>): CohortSummary =>
  matrixOf(rows.flatMap(([cohort, ...counts]) => counts.map((count, age) => [cohort ?? 0, age, count])))

const portableQuery = (source: string): string =>
  `WITH active AS (SELECT DISTINCT customer, month FROM ${source}),
        first AS (SELECT customer, min(month) AS cohort FROM active GROUP BY customer)
   SELECT cohort, month - cohort AS age, count(*) AS customers
   FROM active JOIN first USING (customer) GROUP BY cohort, age`

const distinctQuery = (source: string): string =>
  `WITH first AS (SELECT customer, min(month) AS cohort FROM ${source} GROUP BY customer)
   SELECT cohort, month - cohort AS age, count(DISTINCT customer) AS customers
   FROM ${source} JOIN first USING (customer) GROUP BY cohort, age`

/** As apps write it by hand: a Date for each row, a Set of months for each customer. */
const matrixByHand = (
  rows: number,
  customerOf: (row: number) => string | number,
  dateOf: (row: number) => Date,
): CohortSummary => {
  const active = new Map<string | number, Set<number>>()
  for (let row = 0; row < rows; row += 1) {
    const date = dateOf(row)
    const month = (date.getUTCFullYear() - 2023) * 12 + date.getUTCMonth()
    const id = customerOf(row)
    const own = active.get(id)
    if (own === undefined) active.set(id, new Set([month]))
    else own.add(month)
  }
  const counts = new Map<string, number>()
  for (const own of active.values()) {
    const cohort = Math.min(...own)
    for (const month of own) {
      const cell = `${cohort},${month - cohort}`
      counts.set(cell, (counts.get(cell) ?? 0) + 1)
    }
  }
  return matrixOf(Array.from(counts, ([cell, count]) => [...cell.split(',').map(Number), count]))
}

/** Of fewer rows: by hand all of them take minutes. */
const handRows = 2_000_000

const byHand = (goal: string, run: (rows: number) => CohortSummary): Peer => ({
  name: `Map and Date of ${handRows / 1e6}M`,
  goal,
  events: handRows,
  results: run,
  run,
})

const loadNumbers = async (events: Events): Promise<Database> => {
  const database = await openDatabase()
  const path = writeNumbers(events)
  const columns = "{'row': 'INTEGER', 'customer': 'INTEGER', 'day': 'INTEGER', 'month': 'INTEGER'}"
  await database.run(`CREATE TABLE events AS SELECT * FROM read_csv('${path}', header = false, columns = ${columns})`)
  rmSync(dirname(path), { recursive: true })
  return database
}

/** All rows are a table; fewer are a part of it. */
const sourceOf = (rows: number): string => (rows === rowCount ? 'events' : `(SELECT * FROM events WHERE row < ${rows})`)

const prepareCohorts = async (): Promise<Prepared> => {
  const events = eventsOf(rowCount)
  const log = dailyOf(events)
  const database = await loadNumbers(events)
  const cohorts = (rows: number): CohortSummary => unwrap(summariseCohorts(prefix(log, rows), definition))
  const peer = (name: string, goal: string, query: (source: string) => string, read = matrixOf): Peer => {
    const run = async (rows: number): Promise<CohortSummary> => read(await database.rows(query(sourceOf(rows))))
    return { name, goal, events: rowCount, results: run, run }
  }
  return {
    ours: { name: 'columns', events: rowCount, results: cohorts, run: cohorts },
    peers: [
      peer('DuckDB by masks', 'ratio 2', (source) => maskQuery(source, 'customer', 'month'), unfold),
      peer('DuckDB by portable SQL', 'ratio 5', portableQuery),
      peer('DuckDB by COUNT DISTINCT', 'ratio 10', distinctQuery),
      byHand('ratio 10', (rows) =>
        matrixByHand(
          rows,
          (row) => events.customer[row] as number,
          (row) => new Date((events.day[row] as number) * 86_400_000 + (events.time[row] as number)),
        ),
      ),
    ],
  }
}

interface GapFigures {
  readonly gaps: number
  readonly mean: string
  readonly median: number
  readonly meanOfMeans: string
}

const gapQuery = (source: string): string =>
  `WITH gaps AS (
     SELECT customer, day - lag(day) OVER (PARTITION BY customer ORDER BY day) AS gap FROM ${source}),
   means AS (SELECT avg(gap) AS own FROM gaps WHERE gap IS NOT NULL GROUP BY customer)
   SELECT count(gap), avg(gap), median(gap), (SELECT avg(own) FROM means) FROM gaps`

const prepareGaps = async (): Promise<Prepared> => {
  const events = eventsOf(rowCount)
  const log = dailyOf(events)
  const database = await loadNumbers(events)
  const ours = (rows: number): GapFigures => {
    const found = unwrap(timeBetweenOrders(prefix(log, rows), { counting: 'orders' }))
    return {
      gaps: found.gaps,
      mean: found.pooledMeanDays.toFixed(6),
      median: found.medianDays,
      meanOfMeans: found.meanOfCustomerMeansDays.toFixed(6),
    }
  }
  const run = async (rows: number): Promise<GapFigures> => {
    const [[gaps, mean, median, meanOfMeans] = []] = await database.rows(gapQuery(sourceOf(rows)))
    return {
      gaps: Number(gaps),
      mean: Number(mean).toFixed(6),
      median: Number(median),
      meanOfMeans: Number(meanOfMeans).toFixed(6),
    }
  }
  return {
    ours: { name: 'columns', events: rowCount, results: ours, run: ours },
    peers: [{ name: 'DuckDB by lag', goal: 'ratio 3', events: rowCount, results: run, run }],
  }
}

const prepareTexts = async (): Promise<Prepared> => {
  const events = eventsOf(rowCount)
  const path = writeTexts(events)
  process.once('exit', () => {
    rmSync(dirname(path), { recursive: true })
  })
  const customer: Array<string> = []
  const at: Array<string> = []
  for (let row = 0; row < rowCount; row += 1) {
    const [id, time] = textsAt(events, row)
    customer.push(id)
    at.push(time)
  }
  const database = await openDatabase()
  const ours = (rows: number): CohortSummary => {
    const whole = rows === rowCount
    const texts = { customer: whole ? customer : customer.slice(0, rows), at: whole ? at : at.slice(0, rows) }
    return unwrap(summariseCohorts(unwrap(encodePurchaseTexts(texts)), definition))
  }
  const file = `read_csv('${path}', header = false, columns = {'customer': 'VARCHAR', 'ordered': 'TIMESTAMP'})`
  const month = '(year(ordered) - 2023) * 12 + month(ordered) - 1'
  const run = async (rows: number): Promise<CohortSummary> =>
    unfold(
      await database.rows(
        maskQuery(rows === rowCount ? file : `(SELECT * FROM ${file} LIMIT ${rows})`, 'customer', month),
      ),
    )
  return {
    ours: { name: 'from texts', events: rowCount, results: ours, run: ours },
    peers: [
      // Within 2.5 times DuckDB's time, of which what is written by hand takes 10 and more.
      { name: 'DuckDB from CSV', goal: 'ratio 0.4', events: rowCount, results: run, run },
      byHand('ratio 4', (rows) =>
        matrixByHand(
          rows,
          (row) => customer[row] as string,
          (row) => new Date(at[row] as string),
        ),
      ),
    ],
  }
}

export const benchmarks: ReadonlyArray<Benchmark> = [
  { name: 'cohorts-10m', unit: 'time', prepare: prepareCohorts },
  { name: 'gaps-10m', unit: 'time', prepare: prepareGaps },
  { name: 'cohorts-from-texts-10m', unit: 'time', prepare: prepareTexts },
]
