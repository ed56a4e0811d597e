import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cumulativeIncidence, kaplanMeier, type ReasonedLifetimes } from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { uniforms } from '../../arbitraries/survival.ts'

interface Row {
  readonly entry: number
  readonly stay: number
  readonly reason: string | null
}

const someRows: fc.Arbitrary<ReadonlyArray<Row>> = fc.array(
  fc.record({
    entry: fc.integer({ min: 0, max: 4 }),
    stay: fc.integer({ min: 1, max: 8 }),
    reason: fc.constantFrom('voluntary', 'payment', '__proto__', null),
  }),
  { minLength: 1, maxLength: 40 },
)

const lifetimesOf = (rows: ReadonlyArray<Row>): Required<ReasonedLifetimes> => ({
  times: rows.map(({ entry, stay }) => entry + stay),
  reasons: rows.map(({ reason }) => reason),
  entries: rows.map(({ entry }) => entry),
})

const withEnds = (rows: ReadonlyArray<Row>): boolean => rows.some(({ reason }) => reason !== null)

/** The variance as the formula has it, by a double sum. */
const slowVariance = (rows: ReadonlyArray<Row>, reason: string, until: number) => {
  const times = Array.from(new Set(rows.map(({ entry, stay }) => entry + stay))).sort((a, b) => a - b)
  let [survival, share] = [1, 0]
  const steps = times.map((time) => {
    const n = rows.filter(({ entry, stay }) => entry < time && entry + stay >= time).length
    const at = rows.filter(({ entry, stay }) => entry + stay === time)
    const d = at.filter((row) => row.reason !== null).length
    const k = at.filter((row) => row.reason === reason).length
    const before = survival
    share += (before * k) / n
    survival *= 1 - d / n
    return { time, n, d, k, before, share }
  })
  const last = steps.filter(({ time }) => time <= until).at(-1)?.share ?? 0
  const variance = steps
    .filter(({ time }) => time <= until)
    .reduce((sum, { n, d, k, before, share: then }) => {
      const rest = last - then
      const own = (before * before * (k / n) * (1 - k / n)) / n
      return d === n ? sum + own : sum + own - (2 * before * rest * k) / (n * n) + (rest * rest * d) / (n * (n - d))
    }, 0)
  return { share: last, variance }
}

describe('shares that left by reason', () => {
  test('and the share that is still there make up 1, at every time', () => {
    fc.assert(
      fc.property(someRows.filter(withEnds), (rows) => {
        const { reasons, survival, times, atRisk, censored } = unwrap(cumulativeIncidence(lifetimesOf(rows)))
        times.forEach((_, at) => {
          const left = reasons.reduce((sum, { incidence }) => sum + (incidence[at] ?? 0), 0)
          expect(left + (survival[at] ?? 0)).toBeCloseTo(1, 12)
          expect(atRisk[at]).toBeGreaterThanOrEqual(censored[at] ?? 0)
        })
        for (const { incidence, low, high } of reasons) {
          incidence.forEach((share, at) => {
            expect(share).toBeGreaterThanOrEqual(incidence[at - 1] ?? 0)
            expect(low[at]).toBeLessThanOrEqual(share + 1e-12)
            expect(high[at]).toBeGreaterThanOrEqual(Math.min(1, share) - 1e-12)
          })
        }
      }),
    )
  })

  test('with the variance of the formula', () => {
    fc.assert(
      fc.property(someRows.filter(withEnds), (rows) => {
        const { reasons, times } = unwrap(cumulativeIncidence(lifetimesOf(rows)))
        for (const { reason, incidence, standardErrors } of reasons) {
          times.forEach((time, at) => {
            const { share, variance } = slowVariance(rows, reason, time)
            expect(incidence[at]).toBeCloseTo(share, 12)
            expect((standardErrors[at] ?? 0) ** 2).toBeCloseTo(variance, 12)
          })
        }
      }),
    )
  })

  test('with one reason are Kaplan–Meier’s curve from below, with Greenwood’s error', () => {
    fc.assert(
      fc.property(someRows.filter(withEnds), (rows) => {
        const { times, entries, reasons } = lifetimesOf(rows.map((row) => ({ ...row, reason: row.reason && 'any' })))
        const curve = unwrap(kaplanMeier({ times, entries, ended: Array.from(reasons, (reason) => reason !== null) }))
        const [any] = unwrap(cumulativeIncidence({ times, entries, reasons })).reasons
        curve.survival.forEach((share, at) => {
          expect(any?.incidence[at]).toBeCloseTo(1 - share, 12)
          if (share > 0) expect(any?.standardErrors[at]).toBeCloseTo(share * (curve.logStandardErrors[at] ?? 0), 9)
        })
      }),
    )
  })
})

test('simulated customers: the true share lies in the interval about as often as it says', () => {
  const runs = 300
  let held = 0
  for (let run = 1; run <= runs; run += 1) {
    const next = uniforms(run * 104_729)
    const rows = Array.from({ length: 120 }, () => {
      const [own, forced, watched] = [-Math.log(next()), -Math.log(next()) / 0.5, next() * 4]
      const time = Math.min(own, forced, watched)
      return { time, reason: time === watched ? null : time === own ? 'own' : 'forced' }
    })
    const result = unwrap(
      cumulativeIncidence({ times: rows.map(({ time }) => time), reasons: rows.map(({ reason }) => reason) }),
    )
    const own = result.reasons.find(({ reason }) => reason === 'own')
    const at = result.times.findLastIndex((time) => time <= 1)
    const truth = (1 - Math.exp(-1.5)) / 1.5
    if ((own?.low[at] ?? 1) <= truth && truth <= (own?.high[at] ?? 0)) held += 1
  }
  console.log(
    `Aalen–Johansen, 95 % intervals, ${runs} runs of 120 customers: held ${((100 * held) / runs).toFixed(1)} %`,
  )
  expect(held / runs).toBeGreaterThan(0.92)
  expect(held / runs).toBeLessThan(0.98)
})

test('intervals of other kinds, and faults', () => {
  const months = { times: [1, 2, 3, 4, 5], reasons: ['a', 'b', null, 'a', null] }
  const plain = unwrap(cumulativeIncidence(months, { interval: 'plain', confidence: 0.5 })).reasons[0]
  const wide = unwrap(cumulativeIncidence(months, { interval: 'log' })).reasons[0]
  expect((plain?.high[0] ?? 0) - (plain?.low[0] ?? 0)).toBeLessThan((wide?.high[0] ?? 0) - (wide?.low[0] ?? 0))
  const paths = (lifetimes: ReasonedLifetimes, options = {}) => {
    const result = cumulativeIncidence(lifetimes, options)
    return result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`) : []
  }
  const wrong = { times: [1, -2], reasons: [3 as unknown as string, null], entries: [1, 0] }
  expect(paths(wrong, { confidence: 2 })).toEqual([
    'OutOfRange confidence',
    'InvalidValue reasons.0',
    'InvalidValue times.1',
    'InvalidValue entries.0',
  ])
  expect(paths({ times: [1], reasons: [] })).toEqual(['InvalidValue reasons.length'])
  expect(paths({ times: [1], reasons: [null] })).toEqual(['EmptySample reasons'])
})
