import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  kaplanMeier,
  type Lifetimes,
  logRankTest,
  restrictedMean,
  type SurvivalCurve,
  type SurvivalInterval,
  survivalQuantile,
} from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { type Columns, dataColumns } from '../public-data.ts'

type Numbers = ReadonlyArray<number | null>

interface RCurve {
  readonly [column: string]: unknown
  readonly rmean: { readonly tau: number; readonly rmean: number; readonly 'se(rmean)': number }
  readonly quantile: {
    readonly p: ReadonlyArray<number>
    readonly q: Numbers
    readonly lower: Numbers
    readonly upper: Numbers
  }
}

interface RRank {
  readonly rho: number
  readonly obs: ReadonlyArray<number>
  readonly exp: ReadonlyArray<number>
  readonly var: ReadonlyArray<ReadonlyArray<number>>
  readonly chisq: number
  readonly df: number
  readonly p: number
}

// Results of R's survival package.
const fromR = JSON.parse(readFileSync(new URL('../../vectors/models/survival-r.json', import.meta.url), 'utf8'))

const expectNear = (got: ArrayLike<number>, expected: Numbers) => {
  expect(got.length).toBe(expected.length)
  expected.forEach((value, index) => {
    if (value === null) return
    expect(Math.abs((got[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(2e-14 + 1e-12 * Math.abs(value))
  })
}

const columnsOfR: ReadonlyArray<readonly [keyof SurvivalCurve, string]> = [
  ['times', 'time'],
  ['atRisk', 'n.risk'],
  ['ends', 'n.event'],
  ['censored', 'n.censor'],
  ['survival', 'surv'],
  ['logStandardErrors', 'std.err_log'],
  ['cumulativeHazard', 'cumhaz'],
  ['hazardStandardErrors', 'std.chaz'],
]

const expectCurve = (lifetimes: Lifetimes, r: RCurve) => {
  const curve = unwrap(kaplanMeier(lifetimes))
  for (const [name, column] of columnsOfR) expectNear(curve[name], r[column] as Numbers)
  const intervals: ReadonlyArray<readonly [SurvivalInterval, string]> = [
    ['log', 'ci_log'],
    ['logLog', 'ci_loglog'],
    ['plain', 'ci_plain'],
  ]
  for (const [interval, column] of intervals) {
    const bounds = r[column] as { readonly lower: Numbers; readonly upper: Numbers } | undefined
    if (bounds === undefined) continue
    const { low, high } = unwrap(kaplanMeier(lifetimes, { interval }))
    expectNear(low, bounds.lower)
    expectNear(high, bounds.upper)
  }
}

const expectQuantiles = (lifetimes: Lifetimes, { quantile: { p, q, lower, upper } }: RCurve) => {
  const curve = unwrap(kaplanMeier(lifetimes, { interval: 'log' }))
  p.forEach((left, index) => {
    expect(unwrap(survivalQuantile(curve, left))).toEqual({ time: q[index], low: lower[index], high: upper[index] })
  })
}

const expectRank = (strata: ReadonlyArray<ReadonlyArray<Lifetimes>>, tests: ReadonlyArray<RRank>) => {
  for (const { rho, obs, exp, var: covariance, chisq, df, p } of tests) {
    const result = unwrap(logRankTest(strata, { rho }))
    expectNear(result.observed, obs)
    expectNear(result.expected, exp)
    result.covariance.forEach((row, index) => {
      row.forEach((value, column) => {
        expect(Math.abs(value - (covariance[index]?.[column] ?? Number.NaN))).toBeLessThan(1e-11)
      })
    })
    expect(Math.abs(result.statistic - chisq)).toBeLessThan(1e-11 * Math.max(1, chisq))
    expect(result.degreesOfFreedom).toBe(df)
    expect(Math.abs(result.pValue - p)).toBeLessThan(1e-12)
  }
}

/** Groups by the values of a column, in rising order. */
const grouped = (times: ReadonlyArray<number>, ended: ReadonlyArray<boolean>, by: ReadonlyArray<number>) =>
  Array.from(new Set(by))
    .sort((first, second) => first - second)
    .map((value) => ({
      times: times.filter((_, row) => by[row] === value),
      ended: ended.filter((_, row) => by[row] === value),
    }))

const lifetimesOf = (columns: Columns, event: number, time = 'time', status = 'status') => ({
  times: columns(time),
  ended: columns(status).map((value) => value === event),
})

describe('as R has it', () => {
  test('lung: curve, intervals, quantiles, restricted mean, log-rank by sex and within institutions', ({ skip }) => {
    const columns = dataColumns('models/survival_lung.csv')
    if (columns === undefined) return skip()
    const all = lifetimesOf(columns, 2)
    const { lung_all: r } = fromR
    expectCurve(all, r)
    expectQuantiles(all, r)
    const mean = unwrap(restrictedMean(unwrap(kaplanMeier(all)), r.rmean.tau))
    expect(mean.mean).toBeCloseTo(r.rmean.rmean, 10)
    expect(mean.standardError).toBeCloseTo(r.rmean['se(rmean)'], 10)
    const sex = columns('sex')
    expectRank([grouped(all.times, all.ended, sex)], fromR.lung_logrank_sex)
    const institutions = columns('inst')
    const strata = Array.from(new Set(institutions.filter((inst) => inst > 0))).map((inst) => {
      const within = <A>(values: ReadonlyArray<A>) => values.filter((_, row) => institutions[row] === inst)
      const men = within(sex).map((value) => value === 1)
      const [times, ended] = [within(all.times), within(all.ended)]
      return [true, false].map((man) => ({
        times: times.filter((_, row) => men[row] === man),
        ended: ended.filter((_, row) => men[row] === man),
      }))
    })
    expectRank(strata, fromR.lung_logrank_sex_strata_inst)
  })

  test('veteran and rossi: curves; rossi by financial aid', ({ skip }) => {
    const [veteran, rossi] = [dataColumns('models/survival_veteran.csv'), dataColumns('models/lifelines_rossi.csv')]
    if (veteran === undefined || rossi === undefined) return skip()
    expectCurve(lifetimesOf(veteran, 1), fromR.veteran_all)
    expectQuantiles(lifetimesOf(veteran, 1), fromR.veteran_all)
    const all = lifetimesOf(rossi, 1, 'week', 'arrest')
    expectCurve(all, fromR.rossi_all)
    expectRank([grouped(all.times, all.ended, rossi('fin'))], fromR.rossi_logrank)
  })

  test('ends and last sights at one time, and a time of 0', () => {
    for (const edge of [fromR.ties_event_censor, fromR.zero_time]) {
      const rows: ReadonlyArray<{ readonly t: number; readonly s: number }> = edge.data
      expectCurve({ times: rows.map(({ t }) => t), ended: rows.map(({ s }) => s) }, edge.km)
    }
  })
})

const someLifetimes: fc.Arbitrary<Lifetimes> = fc
  .array(fc.record({ time: fc.integer({ min: 0, max: 12 }), ended: fc.boolean() }), { minLength: 1, maxLength: 40 })
  .map((rows) => ({ times: rows.map(({ time }) => time), ended: rows.map(({ ended }) => ended) }))

describe('laws', () => {
  test('the curve is the product over times, counted the slow way', () => {
    fc.assert(
      fc.property(someLifetimes, ({ times, ended }) => {
        const curve = unwrap(kaplanMeier({ times, ended }))
        const list = Array.from(times)
        let share = 1
        curve.times.forEach((time, row) => {
          const atRisk = list.filter((other) => other >= time).length
          const ends = list.filter((other, index) => other === time && ended[index] === true).length
          share *= 1 - ends / atRisk
          expect(curve.atRisk[row]).toBe(atRisk)
          expect(curve.survival[row]).toBeCloseTo(share, 12)
          expect(curve.low[row]).toBeLessThanOrEqual((curve.survival[row] ?? 0) + 1e-12)
          expect(curve.high[row]).toBeGreaterThanOrEqual((curve.survival[row] ?? 0) - 1e-12)
        })
      }),
    )
  })

  test('without anybody last seen, the share is that of the longer lifetimes and the restricted mean the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (times) => {
        const curve = unwrap(kaplanMeier({ times, ended: times.map(() => true) }))
        curve.times.forEach((time, row) => {
          const longer = times.filter((other) => other > time).length / times.length
          expect(curve.survival[row]).toBeCloseTo(longer, 12)
        })
        const mean = times.reduce((sum, time) => sum + time, 0) / times.length
        expect(unwrap(restrictedMean(curve, 30)).mean).toBeCloseTo(mean, 10)
      }),
    )
  })

  test('two groups that are the same are not told apart, and the order of groups is of no matter', () => {
    fc.assert(
      fc.property(someLifetimes, someLifetimes, (first, second) => {
        const [there, back] = [logRankTest([[first, second]]), logRankTest([[second, first]])]
        expect(there._tag).toBe(back._tag)
        if (there._tag === 'Right' && back._tag === 'Right') {
          expect(there.right.statistic).toBeCloseTo(back.right.statistic, 8)
        }
        const same = logRankTest([[first, first]])
        if (same._tag === 'Right') expect(same.right.statistic).toBeCloseTo(0, 10)
      }),
    )
  })
})

interface LateLifetimes extends Lifetimes {
  readonly entries: ReadonlyArray<number>
}

const lateLifetimes: fc.Arbitrary<LateLifetimes> = fc
  .array(
    fc.record({ entry: fc.integer({ min: 0, max: 6 }), stay: fc.integer({ min: 1, max: 6 }), ended: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((rows) => ({
    times: rows.map(({ entry, stay }) => entry + stay),
    ended: rows.map(({ ended }) => ended),
    entries: rows.map(({ entry }) => entry),
  }))

const atRiskAt = ({ times, entries }: LateLifetimes, time: number) =>
  Array.from(times).filter((other, row) => other >= time && (entries[row] ?? 0) < time).length

const endsAt = ({ times, ended }: Lifetimes, time: number) =>
  Array.from(times).filter((other, row) => other === time && ended[row] === true).length

describe('those who came under watch late', () => {
  test('count from then on', () => {
    fc.assert(
      fc.property(lateLifetimes, (lifetimes) => {
        const curve = unwrap(kaplanMeier(lifetimes))
        let [share, hazard] = [1, 0]
        curve.times.forEach((time, row) => {
          const [atRisk, ends] = [atRiskAt(lifetimes, time), endsAt(lifetimes, time)]
          share *= 1 - ends / atRisk
          hazard += ends / atRisk
          expect(curve.atRisk[row]).toBe(atRisk)
          expect(curve.survival[row]).toBeCloseTo(share, 12)
          expect(curve.cumulativeHazard[row]).toBeCloseTo(hazard, 12)
        })
      }),
    )
  })

  test('are compared with those who were there, by any weight of early and late ends', () => {
    const weight = fc.constantFrom(0, 0.5, 1, 2)
    fc.assert(
      fc.property(lateLifetimes, lateLifetimes, weight, weight, (first, second, rho, gamma) => {
        const result = logRankTest([[first, second]], { rho, gamma })
        if (result._tag === 'Left') return
        const both = [...Array.from(first.times), ...Array.from(second.times)]
        const sums = { observed: 0, expected: 0, variance: 0, share: 1 }
        for (const time of Array.from(new Set(both)).sort((a, b) => a - b)) {
          const [n1, n2] = [atRiskAt(first, time), atRiskAt(second, time)]
          const [d1, d2] = [endsAt(first, time), endsAt(second, time)]
          const [n, d] = [n1 + n2, d1 + d2]
          const w = sums.share ** rho * (1 - sums.share) ** gamma
          sums.observed += w * d1
          sums.expected += (w * d * n1) / n
          sums.variance += n > 1 ? (w * w * d * (n - d) * n1 * n2) / (n * n * (n - 1)) : 0
          sums.share *= 1 - d / n
        }
        expect(result.right.observed[0]).toBeCloseTo(sums.observed, 9)
        expect(result.right.expected[0]).toBeCloseTo(sums.expected, 9)
        expect(result.right.statistic).toBeCloseTo((sums.observed - sums.expected) ** 2 / sums.variance, 6)
      }),
    )
  })

  test('an entry of 0 is from the start, also of somebody who left at 0; one at the end is wrong', () => {
    const start = { times: [0, 1, 2], ended: [1, 1, 0], entries: [0, 0, 0] }
    expect(Array.from(unwrap(kaplanMeier(start)).atRisk)).toEqual([3, 2, 1])
    const wrong = kaplanMeier({ ...start, entries: [0, 1, -1] })
    expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual(['entries.1', 'entries.2'])
    expect(logRankTest([[start, start]], { gamma: -1 })).toMatchObject({ left: [{ path: ['gamma'] }] })
  })
})

test('faults: rows that are wrong, nothing to compare, a limit that nobody has seen', () => {
  const wrong = kaplanMeier({ times: [1, -1], ended: [2, 1] }, { confidence: 1 })
  expect(wrong._tag === 'Left' && wrong.left.map(({ path }) => path.join('.'))).toEqual([
    'confidence',
    'ended.0',
    'times.1',
  ])
  expect(kaplanMeier({ times: [], ended: [] })).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
  const tied = { times: [5, 5], ended: [true, true] }
  expect(logRankTest([[tied, tied]])).toMatchObject({ left: [{ _tag: 'ZeroDenominator' }] })
  expect(logRankTest([[tied]])).toMatchObject({ left: [{ _tag: 'EmptySample' }] })
})

test('a curve that stays at a half has the middle of the step as its median, without a later end its beginning', () => {
  const fallsOn = unwrap(kaplanMeier({ times: [1, 2, 4, 8], ended: [1, 1, 1, 1] }))
  expect(unwrap(survivalQuantile(fallsOn, 0.5)).time).toBe(3)
  const stays = unwrap(kaplanMeier({ times: [1, 2, 4, 8], ended: [1, 1, 0, 0] }))
  expect(unwrap(survivalQuantile(stays, 0.5)).time).toBe(2)
  expect(unwrap(survivalQuantile(stays, 0.9)).time).toBeNull()
  for (const left of [0, 1, Number.NaN]) expect(survivalQuantile(stays, left)._tag).toBe('Left')
  for (const limit of [0, 9, Number.NaN])
    expect(restrictedMean(stays, limit)).toMatchObject({ left: { path: ['limit'] } })
})

test('a stratum without a group changes nothing but by the groups it has', () => {
  const [early, late] = [
    { times: [1, 2, 3, 5], ended: [1, 1, 1, 0] },
    { times: [4, 6, 7, 8], ended: [1, 0, 1, 0] },
  ]
  const alone = { times: [2, 3], ended: [1, 1] }
  const [both, more] = [unwrap(logRankTest([[early, late]])), unwrap(logRankTest([[early, late], [alone]]))]
  expect(more.statistic).toBeCloseTo(both.statistic, 12)
  expect(more.observed[0]).toBe((both.observed[0] ?? 0) + 2)
})
