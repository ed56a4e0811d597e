// Fits of a million customers from their (x, t_x, T), and their survival curve. What the best-known packages take on such
// data is in the goals; they run in Python and R, so beside ours stands the same work done the plain way.
import type { Either } from 'fp-ts/Either'
import {
  bgNbd,
  coxRegression,
  kaplanMeier,
  mbgNbd,
  paretoNbd,
  type RepeatBuyer,
  type RepeatBuying,
  repeatBuying,
} from '../../src/churn/index.ts'
import { type Fault, unwrap } from '../../src/foundation/index.ts'
import { logisticRegression, solvePositiveDefinite } from '../../src/statistics/index.ts'
import type { Benchmark, Contender } from './measure.ts'

const all = 1_000_000

/** Numbers in (0, 1), the same in every run. */
const uniforms = (seed: number) => {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** A gamma variable of a shape up to 1, by Johnk's method. */
const gamma = (next: () => number, shape: number): number => {
  for (;;) {
    const [u, v] = [next() ** (1 / shape), next() ** (1 / (1 - shape))]
    if (u + v <= 1) return (-Math.log(next()) * u) / (u + v)
  }
}

const simulated = () => {
  const next = uniforms(20_261_126)
  const repeats = new Float64Array(all)
  const recencies = new Float64Array(all)
  const ages = new Float64Array(all)
  const times = new Float64Array(all)
  const ended = new Uint8Array(all)
  for (let row = 0; row < all; row += 1) {
    const days = 180 + Math.floor(next() * 92)
    const [rate, leaves] = [gamma(next, 0.5) / 74, gamma(next, 0.6) / 82]
    const end = Math.min(days, -Math.log(next()) / leaves)
    let [at, count, last] = [0, 0, 0]
    for (;;) {
      at += -Math.log(next()) / rate
      if (!(at < end) || count > 200) break
      count += 1
      last = Math.ceil(at)
    }
    repeats[row] = count
    recencies[row] = Math.min(last, days) / 7
    ages[row] = days / 7
    times[row] = end
    ended[row] = end < days ? 1 : 0
  }
  return { repeats, recencies, ages, times, ended }
}

type Customers = ReturnType<typeof simulated>

const columnsOf = ({ repeats, recencies, ages }: Customers, count: number) => ({
  repeats: repeats.subarray(0, count),
  recencies: recencies.subarray(0, count),
  ages: ages.subarray(0, count),
})

type Fit = (rows: RepeatBuying) => Either<Fault | ReadonlyArray<Fault>, { readonly parameters: object }>

const digits = (parameters: object) => Object.values(parameters).map((value) => Number(Number(value).toPrecision(5)))

const fitBenchmark = (name: string, fit: Fit, goal: string): Benchmark => {
  const grouped = (customers: Customers, count: number) =>
    digits(unwrap(fit(unwrap(repeatBuying(columnsOf(customers, count))))).parameters)
  const plain = (customers: Customers, count: number) =>
    digits(unwrap(fit({ ...columnsOf(customers, count), counts: new Float64Array(count).fill(1) })).parameters)
  return {
    name,
    unit: 'time',
    prepare: () => {
      const customers = simulated()
      const contender = (label: string, work: (customers: Customers, count: number) => unknown): Contender => ({
        name: label,
        events: all,
        results: (count) => work(customers, Math.max(count, 20_000)),
        run: (count) => work(customers, count),
      })
      return Promise.resolve({
        ours: contender('treue', grouped),
        peers: [{ ...contender('ungrouped', plain), goal }],
      })
    },
  }
}

type Score = (rows: RepeatBuying) => Either<Fault | ReadonlyArray<Fault>, { readonly expectedPurchases: Float64Array }>

type One = (buyer: RepeatBuyer) => Either<Fault | ReadonlyArray<Fault>, number>

/** P(alive) and expected purchases of every customer; beside it, one customer after the other. */
const scoreBenchmark = (name: string, score: Score, one: One): Benchmark => {
  const rounded = (sum: number) => Number(sum.toPrecision(10))
  const total = (values: Float64Array) => rounded(values.reduce((sum, value) => sum + value, 0))
  const together = (customers: Customers, count: number) =>
    total(unwrap(score({ ...columnsOf(customers, count), counts: new Float64Array(count) })).expectedPurchases)
  const apart = (customers: Customers, count: number) => {
    let sum = 0
    for (let row = 0; row < count; row += 1) {
      const [repeats = 0, recency = 0, age = 0] = [
        customers.repeats[row],
        customers.recencies[row],
        customers.ages[row],
      ]
      sum += unwrap(one({ repeats, recency, age }))
    }
    return rounded(sum)
  }
  return {
    name,
    unit: 'time',
    prepare: () => {
      const customers = simulated()
      const contender = (label: string, work: (customers: Customers, count: number) => unknown): Contender => ({
        name: label,
        events: all,
        results: (count) => work(customers, Math.min(count, 20_000)),
        run: (count) => work(customers, count),
      })
      return Promise.resolve({
        ours: contender('treue', together),
        peers: [{ ...contender('one-by-one', apart), goal: 'ours 500 ms' }],
      })
    },
  }
}

const betaGeometric = { r: 1.05, alpha: 10.6, a: 0.559, b: 0.503 }
const pareto = { r: 0.49, alpha: 10.5, s: 0.63, beta: 13.3 }

const curveOf = ({ times, ended }: Customers, count: number) => {
  const { survival } = unwrap(kaplanMeier({ times: times.subarray(0, count), ended: ended.subarray(0, count) }))
  return Math.round((survival[survival.length - 1] ?? 0) * 1e9)
}

const plainCurveOf = ({ times, ended }: Customers, count: number) => {
  const rows = Array.from({ length: count }, (_, row) => ({ time: times[row] ?? 0, left: ended[row] === 1 }))
  rows.sort((first, second) => first.time - second.time)
  let survival = 1
  rows.forEach(({ left }, row) => {
    if (left) survival *= 1 - 1 / (count - row)
  })
  return Math.round(survival * 1e9)
}

const curve: Benchmark = {
  name: 'churn-kaplan-meier-1M',
  unit: 'time',
  prepare: () => {
    const customers = simulated()
    const contender = (label: string, work: (customers: Customers, count: number) => unknown): Contender => ({
      name: label,
      events: all,
      results: (count) => work(customers, count),
      run: (count) => work(customers, count),
    })
    return Promise.resolve({
      ours: contender('treue', curveOf),
      peers: [{ ...contender('rows', plainCurveOf), goal: 'ours 231 ms' }],
    })
  },
}

const riskNames = ['silence', 'orders', 'spend', 'trend', 'age']

/** Five columns, and outcomes that depend on them. */
const riskRows = () => {
  const next = uniforms(20_261_127)
  const columns = riskNames.map((name) => ({
    name,
    values: Float64Array.from({ length: all }, () => next() + next() + next() - 1.5),
  }))
  const outcomes = Uint8Array.from({ length: all }, (_, row) => {
    const odds = columns.reduce((sum, { values }, index) => sum + ((index - 2) / 2) * (values[row] ?? 0), -1)
    return next() < 1 / (1 + Math.exp(-odds)) ? 1 : 0
  })
  return { columns, outcomes }
}

type RiskRows = ReturnType<typeof riskRows>

const regression = ({ columns, outcomes }: RiskRows, count: number) => {
  const own = columns.map(({ name, values }) => ({ name, values: values.subarray(0, count) }))
  const { model } = unwrap(logisticRegression({ columns: own, outcomes: outcomes.subarray(0, count) }))
  return digits([model.intercept, ...model.coefficients.map(({ value }) => value)])
}

/** The solution of a system of equations by Gauss's method, the largest pivot first. */
const solved = (matrix: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> => {
  const rows = matrix.map((row) => [...row])
  const size = rows.length
  for (let column = 0; column < size; column += 1) {
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue
      const factor = (rows[row]?.[column] ?? 0) / (rows[column]?.[column] ?? 1)
      rows[row] = (rows[row] ?? []).map((value, index) => value - factor * (rows[column]?.[index] ?? 0))
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1))
}

/** Iteratively reweighted least squares, row by row, until the coefficients stay: what R's glm does. */
const plainRegression = ({ columns, outcomes }: RiskRows, count: number) => {
  let point: ReadonlyArray<number> = [0, ...columns.map(() => 0)]
  for (let step = 0; step < 7; step += 1) {
    const sums = point.map(() => [...point.map(() => 0), 0])
    for (let row = 0; row < count; row += 1) {
      const x = [1, ...columns.map(({ values }) => values[row] ?? 0)]
      const odds = x.reduce((sum, value, index) => sum + value * (point[index] ?? 0), 0)
      const rate = 1 / (1 + Math.exp(-odds))
      const residual = (outcomes[row] ?? 0) - rate
      sums.forEach((line, index) => {
        const value = x[index] ?? 0
        for (let other = 0; other < x.length; other += 1)
          line[other] = (line[other] ?? 0) + rate * (1 - rate) * value * (x[other] ?? 0)
        line[x.length] = (line[x.length] ?? 0) + residual * value
      })
    }
    const change = solved(sums)
    point = point.map((value, index) => value + (change[index] ?? 0))
  }
  return digits([...point])
}

const logistic: Benchmark = {
  name: 'churn-logistic-1M-5',
  unit: 'time',
  prepare: () => {
    const rows = riskRows()
    const contender = (label: string, work: (rows: RiskRows, count: number) => unknown): Contender => ({
      name: label,
      events: all,
      results: (count) => work(rows, count),
      run: (count) => work(rows, count),
    })
    return Promise.resolve({
      ours: contender('treue', regression),
      peers: [{ ...contender('rows', plainRegression), goal: "ours 1015 ms, half of R's glm" }],
    })
  },
}

const hazardRatios = [0.5, -0.4, 0.3, 0.2, -0.6]

/** A million customers with five covariates, watched for up to two years: on exact times or whole days. */
const withCovariates = (round: (time: number) => number) => {
  const next = uniforms(42)
  const times = new Float64Array(all)
  const ended = new Uint8Array(all)
  const columns = hazardRatios.map((_, at) => new Float64Array(all).map(() => (at < 3 ? next() : next() < 0.3 ? 1 : 0)))
  for (let row = 0; row < all; row += 1) {
    const score = columns.reduce((sum, column, at) => sum + (hazardRatios[at] ?? 0) * (column[row] ?? 0), 0)
    const [stay, watched] = [(-Math.log(next()) * 365) / Math.exp(score), next() * 730]
    times[row] = round(Math.min(stay, watched))
    ended[row] = stay < watched ? 1 : 0
  }
  return { times, ended, columns }
}

type Regressed = ReturnType<typeof withCovariates>

const significant = (values: ReadonlyArray<number>) => values.map((value) => Number(value.toPrecision(6)))

const coxOf = ({ times, ended, columns }: Regressed, count: number) =>
  significant(
    unwrap(
      coxRegression({
        times: times.subarray(0, count),
        ended: ended.subarray(0, count),
        covariates: columns.map((column, at) => ({ name: `x${at}`, values: column.subarray(0, count) })),
      }),
    ).coefficients.map(({ coefficient }) => coefficient),
  )

interface PlainRow {
  readonly time: number
  readonly left: boolean
  readonly x: ReadonlyArray<number>
}

type Numbers = ReadonlyArray<number>

interface PlainSums {
  readonly risk: number
  readonly values: Numbers
  readonly products: ReadonlyArray<Numbers>
}

const plainSums = (size: number): PlainSums => {
  const zeros = Array.from({ length: size }, () => 0)
  return { risk: 0, values: zeros, products: zeros.map(() => zeros) }
}

const plusRow = ({ risk, values, products }: PlainSums, { x }: PlainRow, weight: number): PlainSums => ({
  risk: risk + weight,
  values: values.map((sum, at) => sum + weight * (x[at] ?? 0)),
  products: products.map((row, at) => row.map((sum, other) => sum + weight * (x[at] ?? 0) * (x[other] ?? 0))),
})

const less = (all: PlainSums, leaving: PlainSums, share: number): PlainSums => ({
  risk: all.risk - share * leaving.risk,
  values: all.values.map((sum, at) => sum - share * (leaving.values[at] ?? 0)),
  products: all.products.map((row, at) => row.map((sum, other) => sum - share * (leaving.products[at]?.[other] ?? 0))),
})

const addEnd = (
  gradient: Array<number>,
  curvature: Array<Array<number>>,
  { risk, values, products }: PlainSums,
  x: Numbers,
) => {
  for (const [at, sum] of values.entries()) {
    gradient[at] = (gradient[at] ?? 0) + (x[at] ?? 0) - sum / risk
    const row = curvature[at] ?? []
    for (const [other, product] of (products[at] ?? []).entries()) {
      row[other] = (row[other] ?? 0) + product / risk - (sum / risk) * ((values[other] ?? 0) / risk)
    }
  }
}

/** Gradient and curvature as the textbook has them, over row objects from the last to the first. */
const plainScore = (rows: ReadonlyArray<PlainRow>, beta: Numbers) => {
  const gradient = beta.map(() => 0)
  const curvature = beta.map(() => beta.map(() => 0))
  const riskOf = ({ x }: PlainRow) => Math.exp(x.reduce((sum, value, at) => sum + value * (beta[at] ?? 0), 0))
  let sums = plainSums(beta.length)
  for (let from = 0; from < rows.length; ) {
    let to = from
    while (to < rows.length && rows[to]?.time === rows[from]?.time) to += 1
    const group = rows.slice(from, to)
    for (const row of group) sums = plusRow(sums, row, riskOf(row))
    const ends = group.filter(({ left }) => left)
    const leaving = ends.reduce((all, row) => plusRow(all, row, riskOf(row)), plainSums(beta.length))
    for (const [rank, { x }] of ends.entries()) addEnd(gradient, curvature, less(sums, leaving, rank / ends.length), x)
    from = to
  }
  return { gradient, curvature }
}

const plainCoxOf = ({ times, ended, columns }: Regressed, count: number) => {
  const rows = Array.from({ length: count }, (_, row) => ({
    time: times[row] ?? 0,
    left: ended[row] === 1,
    x: columns.map((column) => column[row] ?? 0),
  })).sort((first, second) => second.time - first.time)
  let beta: ReadonlyArray<number> = columns.map(() => 0)
  for (let step = 0; step < 6; step += 1) {
    const { gradient, curvature } = plainScore(rows, beta)
    const moves = unwrap(solvePositiveDefinite(Float64Array.from(curvature.flat()), Float64Array.from(gradient)))
    beta = beta.map((value, at) => value + (moves[at] ?? 0))
  }
  return significant(beta)
}

const coxBenchmark = (name: string, round: (time: number) => number, goal: string): Benchmark => ({
  name,
  unit: 'time',
  prepare: () => {
    const customers = withCovariates(round)
    const contender = (label: string, events: number, work: (customers: Regressed, count: number) => unknown) => ({
      name: label,
      events,
      results: (count: number) => work(customers, Math.min(count, 20_000)),
      run: (count: number) => work(customers, count),
    })
    return Promise.resolve({
      ours: contender('treue', all, coxOf),
      // The plain way takes so long that a twentieth of the rows must do.
      peers: [{ ...contender('rows (a twentieth)', all / 20, plainCoxOf), goal }],
    })
  },
})

export const benchmarks: ReadonlyArray<Benchmark> = [
  logistic,
  fitBenchmark('churn-bg-nbd-1M', bgNbd.fit, 'ours 490 ms'),
  fitBenchmark('churn-mbg-nbd-1M', mbgNbd.fit, 'ours 470 ms'),
  fitBenchmark('churn-pareto-nbd-1M', paretoNbd.fit, 'ours 2760 ms'),
  scoreBenchmark(
    'churn-mbg-nbd-scores-1M',
    (rows) => mbgNbd.score(betaGeometric, rows, 39),
    (buyer) => mbgNbd.expectedPurchases(betaGeometric, buyer, 39),
  ),
  scoreBenchmark(
    'churn-pareto-nbd-scores-1M',
    (rows) => paretoNbd.score(pareto, rows, 39),
    (buyer) => paretoNbd.expectedPurchases(pareto, buyer, 39),
  ),
  curve,
  coxBenchmark('churn-cox-1M-continuous', (time) => time, 'ours 2600 ms (half of R’s 5300)'),
  coxBenchmark('churn-cox-1M-days', Math.ceil, 'ours 2000 ms (half of R’s 4000)'),
]
