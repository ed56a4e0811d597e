// Fits of a million customers from their (x, t_x, T), and their survival curve. What the best-known packages take on such
// data is in the goals; they run in Python and R, so beside ours stands the same work done the plain way.
import type { Either } from 'fp-ts/Either'
import { bgNbd, kaplanMeier, mbgNbd, paretoNbd, type RepeatBuying, repeatBuying } from '../../src/churn/index.ts'
import { type Fault, unwrap } from '../../src/foundation/index.ts'
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

export const benchmarks: ReadonlyArray<Benchmark> = [
  fitBenchmark('churn-bg-nbd-1M', bgNbd.fit, 'ours 490 ms'),
  fitBenchmark('churn-mbg-nbd-1M', mbgNbd.fit, 'ours 470 ms'),
  fitBenchmark('churn-pareto-nbd-1M', paretoNbd.fit, 'ours 2760 ms'),
  curve,
]
