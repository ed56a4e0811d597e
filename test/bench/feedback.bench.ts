// The score of ten million answers. Beside it the loop that everybody writes, and a database.
import { netPromoterScore, summariseAnswerColumn } from '../../src/feedback/index.ts'
import { unwrap } from '../../src/foundation/index.ts'
import { openDatabase } from './duckdb.ts'
import type { Benchmark, Contender } from './measure.ts'

const all = 10_000_000

/** The answer of a respondent, by the same sum in both languages. */
const answers = Uint8Array.from({ length: all }, (_, index) => ((index * 48_271) % 2_147_483_647) % 11)
const inSql = '((i * 48271) % 2147483647) % 11'

const oursOf = (count: number): number => {
  const summary = unwrap(summariseAnswerColumn(answers.subarray(0, count)))
  return Math.round(unwrap(netPromoterScore(summary)).score * 1e9)
}

const loopOf = (count: number): number => {
  const histogram = new Float64Array(11)
  for (let at = 0; at < count; at += 1) {
    const answer = answers[at] as number
    histogram[answer] = (histogram[answer] as number) + 1
  }
  return scoreOf((answer) => histogram[answer] ?? 0)
}

const scoreOf = (countOf: (answer: number) => number): number => {
  let [promoters, detractors, total] = [0, 0, 0]
  for (let answer = 0; answer <= 10; answer += 1) {
    const count = countOf(answer)
    total += count
    if (answer >= 9) promoters += count
    if (answer <= 6) detractors += count
  }
  return Math.round((100 * (promoters - detractors) * 1e9) / total)
}

const contender = (name: string, results: (count: number) => unknown): Contender => ({
  name,
  events: all,
  results,
  run: results,
})

const nps: Benchmark = {
  name: 'nps-10M',
  unit: 'time',
  prepare: async () => {
    const database = await openDatabase()
    await database.run(`CREATE TABLE answers AS SELECT (${inSql})::UTINYINT AS answer FROM range(${all}) t(i)`)
    const inDuckDb = async (): Promise<number> => {
      const rows = await database.rows('SELECT answer, count(*)::INTEGER FROM answers GROUP BY answer')
      const counts = new Map(rows.map(([answer, count]) => [Number(answer), Number(count)]))
      return scoreOf((answer) => counts.get(answer) ?? 0)
    }
    return {
      ours: contender('treue', oursOf),
      peers: [
        { ...contender('loop', loopOf), goal: 'ours 19 ms' },
        { ...contender('DuckDB', inDuckDb), goal: 'ratio 1' },
      ],
    }
  },
}

export const benchmarks: ReadonlyArray<Benchmark> = [nps]
