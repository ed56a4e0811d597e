// The likelihood of many customers of the BG/NBD and MBG/NBD models, with its first and second derivatives.

import { digammaRise, type Evaluation, logGammaRise, trigammaRise } from '../../statistics/index.ts'
import type { IndexedRows } from './indexed-rows.ts'
import { addTo, type SumTally } from './sum-tally.ts'

/** Parameters in the order r, α, a, b. */
type Parameters = Float64Array

/** What a run of rows of one number of purchases adds: sums over its customers, by name of what is summed. */
interface RunTally {
  value: number
  gone: number
  goneByTime: number
  goneByRate: number
  goneByRateTwice: number
  doubt: number
  doubtByTime: number
  doubtByRate: number
  doubtByTimeTwice: number
  doubtByTimeAndRate: number
  doubtByRateTwice: number
}

const newRun = (): RunTally => ({
  value: 0,
  gone: 0,
  goneByTime: 0,
  goneByRate: 0,
  goneByRateTwice: 0,
  doubt: 0,
  doubtByTime: 0,
  doubtByRate: 0,
  doubtByTimeTwice: 0,
  doubtByTimeAndRate: 0,
  doubtByRateTwice: 0,
})

/** What depends on a time alone. */
interface TimeTable {
  /** ln(1 + time / α). */
  readonly logs: Float64Array
  /** 1 / (α + time). */
  readonly inverses: Float64Array
}

const timeTable = (times: Float64Array, alpha: number): TimeTable => ({
  logs: times.map((time) => Math.log1p(time / alpha)),
  inverses: times.map((time) => 1 / (alpha + time)),
})

/**
 * Adds ln(1 + odds of being gone) of all rows from one to another, the logarithm of the odds being `base` + `power` · (ln of
 * the silence); by time is the derivative by the power, by rate that by α, both in units of the power.
 */
const addRun = (
  tally: RunTally,
  rows: IndexedRows,
  [from, to]: readonly [number, number],
  { logs, inverses }: TimeTable,
  recent: TimeTable,
  base: number,
  power: number,
): void => {
  const { ageOf, recencyOf, counts } = rows
  for (let row = from; row < to; row += 1) {
    const [age, recency] = [ageOf[row] as number, recencyOf[row] as number]
    const count = counts[row] as number
    const time = (logs[age] as number) - (recent.logs[recency] as number)
    const [end, last] = [inverses[age] as number, recent.inverses[recency] as number]
    const rate = end - last
    const logOdds = base + power * time
    const small = Math.exp(-Math.abs(logOdds))
    const greater = 1 / (1 + small)
    const gone = count * (logOdds > 0 ? greater : small * greater)
    const doubt = count * small * greater * greater
    tally.value += count * (Math.max(0, logOdds) + Math.log1p(small))
    tally.gone += gone
    tally.goneByTime += gone * time
    tally.goneByRate += gone * rate
    tally.goneByRateTwice += gone * (last * last - end * end)
    tally.doubt += doubt
    tally.doubtByTime += doubt * time
    tally.doubtByRate += doubt * rate
    tally.doubtByTimeTwice += doubt * time * time
    tally.doubtByTimeAndRate += doubt * time * rate
    tally.doubtByRateTwice += doubt * rate * rate
  }
}

/** Adds the odds of being gone, of customers with one number of purchases. */
const addOdds = (
  tally: SumTally,
  run: RunTally,
  power: number,
  [, , a, b]: readonly number[],
  chances: number,
): void => {
  const [byA, byB] = [1 / (a as number), -1 / ((b as number) + chances - 1)]
  const { gone, doubt, doubtByTime } = run
  const doubtByRate = power * run.doubtByRate
  tally.value += run.value
  addTo(tally.slopes, [run.goneByTime, power * run.goneByRate, gone * byA, gone * byB])
  addTo(tally.bends, [
    run.doubtByTimeTwice,
    run.goneByRate + power * run.doubtByTimeAndRate,
    byA * doubtByTime,
    byB * doubtByTime,
    power * run.goneByRateTwice + power * power * run.doubtByRateTwice,
    byA * doubtByRate,
    byB * doubtByRate,
    byA * byA * (doubt - gone),
    byA * byB * doubt,
    byB * byB * (doubt + gone),
  ])
}

/** Adds what depends on the number of purchases alone. */
const addPurchases = (
  tally: SumTally,
  [r, alpha, a, b]: readonly [number, number, number, number],
  repeats: number,
  chances: number,
  customers: number,
): void => {
  const [both, bothTwice] = [digammaRise(a + b, chances), trigammaRise(a + b, chances)]
  const logs = logGammaRise(r, repeats) + logGammaRise(b, chances) - logGammaRise(a + b, chances)
  tally.value += customers * (logs - repeats * Math.log(alpha))
  addTo(
    tally.slopes,
    [digammaRise(r, repeats), -repeats / alpha, -both, digammaRise(b, chances) - both].map(
      (slope) => slope * customers,
    ),
  )
  const [byR, byB] = [trigammaRise(r, repeats), trigammaRise(b, chances) - bothTwice]
  const bends = [byR, 0, 0, 0, repeats / (alpha * alpha), 0, 0, -bothTwice, -bothTwice, byB]
  addTo(
    tally.bends,
    bends.map((bend) => bend * customers),
  )
}

/** Adds what depends on the age alone: −(r + x) ln(1 + age / α), of all customers. */
const addAges = (tally: SumTally, r: number, alpha: number, ages: TimeTable, rows: IndexedRows): void => {
  const { customersByAge, purchasesByAge } = rows
  let [value, byR, byAlpha, byBoth, byAlphaTwice] = [0, 0, 0, 0, 0]
  for (let age = 0; age < customersByAge.length; age += 1) {
    const customers = customersByAge[age] as number
    const power = r * customers + (purchasesByAge[age] as number)
    const inverse = ages.inverses[age] as number
    const log = ages.logs[age] as number
    const rate = inverse - 1 / alpha
    value -= power * log
    byR -= customers * log
    byAlpha -= power * rate
    byBoth -= customers * rate
    byAlphaTwice += power * rate * (inverse + 1 / alpha)
  }
  tally.value += value
  addTo(tally.slopes, [byR, byAlpha])
  addTo(tally.bends, [0, byBoth, 0, 0, byAlphaTwice])
}

const places = [0, 1, 2, 3, 1, 4, 5, 6, 2, 5, 7, 8, 3, 6, 8, 9]

/** The log-likelihood of rows by r, α, a and b; `extra` chances to leave beyond one for each repeat purchase. */
export const betaGeometricLikelihood =
  (extra: 0 | 1) =>
  (p: Parameters, rows: IndexedRows): Required<Evaluation> => {
    const [r = 1, alpha = 1, a = 1, b = 1] = p
    const parameters = [r, alpha, a, b] as const
    const sum: SumTally = { value: 0, slopes: new Float64Array(4), bends: new Float64Array(10) }
    const ages = timeTable(rows.distinctAges, alpha)
    const recencies = timeTable(rows.distinctRecencies, alpha)
    for (let group = 0; group + 1 < rows.starts.length; group += 1) {
      const [from, to] = [rows.starts[group] as number, rows.starts[group + 1] as number]
      const repeats = rows.repeats[from] as number
      const [chances, power] = [repeats + extra, r + repeats]
      const customers = rows.counts.subarray(from, to).reduce((total, count) => total + count, 0)
      addPurchases(sum, parameters, repeats, chances, customers)
      if (chances === 0) continue
      const run = newRun()
      addRun(run, rows, [from, to], ages, recencies, Math.log(a / (b + chances - 1)), power)
      addOdds(sum, run, power, parameters, chances)
    }
    addAges(sum, r, alpha, ages, rows)
    const curvature = Float64Array.from(places, (place) => -(sum.bends[place] as number))
    return { value: sum.value, gradient: sum.slopes, curvature }
  }
