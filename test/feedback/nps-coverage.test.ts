// How often an interval covers the score of the population that the answers were drawn from. Not simulated: every sample
// that there can be is counted with its probability.
import { expect, test } from 'vitest'
import { type NpsIntervalMethod, netPromoterScoreOfCounts } from '../../src/feedback/index.ts'
import { unwrap } from '../../src/foundation/index.ts'

interface Population {
  readonly detractors: number
  readonly promoters: number
}

const sizes = [10, 20, 50, 100]
const populations: ReadonlyArray<Population> = [
  { detractors: 0.25, promoters: 0.5 },
  { detractors: 0.1, promoters: 0.6 },
  { detractors: 0.05, promoters: 0.8 },
  { detractors: 0.02, promoters: 0.9 },
  { detractors: 0.15, promoters: 0.7 },
  { detractors: 0.2, promoters: 0.2 },
  { detractors: 0.1, promoters: 0.1 },
  { detractors: 0.05, promoters: 0.05 },
  { detractors: 0.3, promoters: 0.1 },
  { detractors: 0.4, promoters: 0.3 },
]

const logFactorials = Array.from({ length: 101 }, (_, n) =>
  Array.from({ length: n }, (__, i) => Math.log(i + 1)).reduce((sum, log) => sum + log, 0),
)
const logFactorial = (n: number): number => logFactorials[n] ?? Number.NaN

type Ends = readonly [detractors: number, promoters: number, lower: number, upper: number]

/** The interval of every sample of so many answers. */
const intervalsOf = (n: number, method: NpsIntervalMethod): ReadonlyArray<Ends> => {
  const ends: Array<Ends> = []
  for (let detractors = 0; detractors <= n; detractors += 1) {
    for (let promoters = 0; promoters + detractors <= n; promoters += 1) {
      const counts = { detractors, passives: n - detractors - promoters, promoters }
      const { lower, upper } = unwrap(netPromoterScoreOfCounts(counts, { interval: method })).interval
      ends.push([detractors, promoters, lower, upper])
    }
  }
  return ends
}

const coverage = (ends: ReadonlyArray<Ends>, n: number, { detractors: d, promoters: p }: Population): number => {
  const truth = 100 * (p - d)
  return ends.reduce((sum, [detractors, promoters, lower, upper]) => {
    if (truth < lower - 1e-9 || truth > upper + 1e-9) return sum
    const passives = n - detractors - promoters
    const ways = logFactorial(n) - logFactorial(detractors) - logFactorial(promoters) - logFactorial(passives)
    const log = detractors * Math.log(d) + promoters * Math.log(p) + passives * Math.log(1 - d - p)
    return sum + Math.exp(ways + log)
  }, 0)
}

const tableOf = (method: NpsIntervalMethod): ReadonlyArray<ReadonlyArray<number>> => {
  const columns = sizes.map((n) => ({ n, ends: intervalsOf(n, method) }))
  return populations.map((population) => columns.map(({ n, ends }) => coverage(ends, n, population)))
}

const lines = (method: string, table: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<string> => [
  `Coverage in % of a 95 % interval by ${method}, of ${sizes.join(', ')} answers:`,
  ...table.map((row, at) => {
    const { detractors = 0, promoters = 0 } = populations[at] ?? {}
    const name = `${100 * detractors} % detractors, ${100 * promoters} % promoters`
    return `  ${name.padEnd(36)} ${row.map((share) => (100 * share).toFixed(1).padStart(5)).join(' ')}`
  }),
]

test('the default interval covers the true score nearly as often as it claims, from 20 answers on; Wald does not', () => {
  const adjusted = tableOf('adjustedWald')
  const wald = tableOf('wald')
  console.log([...lines('adjusted Wald', adjusted), ...lines('Wald', wald)].join('\n'))
  const fromTwenty = adjusted.flatMap((row) => row.slice(1))
  expect(Math.min(...fromTwenty)).toBeGreaterThanOrEqual(0.94)
  // Of ten answers there are so few scores that coverage jumps; the mean over populations still holds.
  const ofTen = adjusted.map((row) => row[0] ?? 0)
  expect(Math.min(...ofTen)).toBeGreaterThanOrEqual(0.92)
  expect(ofTen.reduce((sum, share) => sum + share, 0) / ofTen.length).toBeGreaterThanOrEqual(0.94)
  expect(Math.min(...wald.flat())).toBeLessThan(0.9)
})
