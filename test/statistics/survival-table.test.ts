import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { medianSurvival, survivalTable } from '../../src/statistics/index.ts'

// The maintained group of R's survival::aml, by survfit with conf.type = "log-log".
const aml = [
  [9, 11, 1, 0, 0.909090909090909, 0.0953462589245592, 0.50808020576993, 0.986673822667823],
  [13, 10, 1, 1, 0.818181818181818, 0.14213381090374, 0.447428614682181, 0.951162228582492],
  [18, 8, 1, 0, 0.715909090909091, 0.195087577921207, 0.350190385907938, 0.899023974191053],
  [23, 7, 1, 0, 0.613636363636364, 0.248734169081545, 0.265752040001286, 0.835299243250221],
  [28, 6, 0, 1, 0.613636363636364, 0.248734169081545, 0.265752040001286, 0.835299243250221],
  [31, 5, 1, 0, 0.490909090909091, 0.334467766561573, 0.167330909776851, 0.753399790370811],
] as const

const at = (column: 2 | 3): ReadonlyArray<number> => {
  const counts = Array.from({ length: 49 }, () => 0)
  for (const row of aml) counts[row[0]] = row[column]
  return counts
}

describe('survivalTable', () => {
  const events = at(2).map((count, time) => (time === 34 || time === 48 ? 1 : count))
  const censored = [...at(3), ...Array.from({ length: 113 }, () => 0)].map((count, time) =>
    time === 45 || time === 161 ? 1 : count,
  )

  test("has R's figures", () => {
    const rows = unwrap(survivalTable(events, censored))
    expect(rows).toHaveLength(10)
    aml.forEach(([time, atRisk, ended, gone, survival, logError, lower, upper], index) => {
      expect(rows[index]).toMatchObject({ time, atRisk, events: ended, censored: gone })
      expect(rows[index]?.survival).toBeCloseTo(survival, 13)
      expect(rows[index]?.standardError).toBeCloseTo(survival * logError, 13)
      expect(rows[index]?.lower).toBeCloseTo(lower, 10)
      expect(rows[index]?.upper).toBeCloseTo(upper, 10)
    })
    expect(unwrap(medianSurvival(rows))).toBe(31)
  })

  const counts = fc.array(fc.nat({ max: 5 }), { maxLength: 12 })

  test('without anybody lost sight of it is the share that lasts', () => {
    fc.assert(
      fc.property(counts, (ended) => {
        const total = ended.reduce((sum, count) => sum + count, 0)
        fc.pre(total > 0)
        for (const { time, survival } of unwrap(survivalTable(ended, []))) {
          const left = ended.slice(time + 1).reduce((sum, count) => sum + count, 0)
          expect(survival).toBeCloseTo(left / total, 12)
        }
      }),
    )
  })

  test('never rises, and lies in its interval', () => {
    fc.assert(
      fc.property(counts, counts, (ended, gone) => {
        fc.pre([...ended, ...gone].some((count) => count > 0))
        let before = 1
        for (const { survival, lower, upper } of unwrap(survivalTable(ended, gone))) {
          expect(survival).toBeLessThanOrEqual(before)
          expect(lower).toBeLessThanOrEqual(survival)
          expect(upper).toBeGreaterThanOrEqual(survival)
          before = survival
        }
      }),
    )
  })

  test('of nobody there is none, and what is no count is a fault', () => {
    expect(survivalTable([], [])).toMatchObject({ left: { _tag: 'EmptySample' } })
    expect(survivalTable([0.5], [])).toMatchObject({ left: { path: ['events', 0] } })
    expect(survivalTable([], [-1])).toMatchObject({ left: { path: ['censored', 0] } })
    expect(survivalTable([1], [], 1)).toMatchObject({ left: { _tag: 'OutOfRange' } })
    expect(medianSurvival(unwrap(survivalTable([1], [5])))._tag).toBe('Left')
  })
})
