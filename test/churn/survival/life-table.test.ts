import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { discreteHazard, kaplanMeier, type Lifetimes, lifeTable, personPeriods } from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'

// 2,418 men with angina pectoris by years since the diagnosis (E. T. Lee, Statistical Methods for Survival Data Analysis, 1992),
// with the table that the manual of SAS's LIFETEST prints.
const died = [456, 226, 152, 171, 135, 125, 83, 74, 51, 42, 43, 34, 18, 9, 6, 0]
const lost = [0, 39, 22, 23, 24, 107, 133, 102, 68, 64, 45, 53, 33, 27, 23, 30]
const printed = [
  ['2418.0', '0.1886', '0.00796', '1.0000'],
  ['1942.5', '0.1163', '0.00728', '0.8114'],
  ['1686.0', '0.0902', '0.00698', '0.7170'],
  ['1511.5', '0.1131', '0.00815', '0.6524'],
  ['1317.0', '0.1025', '0.00836', '0.5786'],
  ['1116.5', '0.1120', '0.00944', '0.5193'],
  ['871.5', '0.0952', '0.00994', '0.4611'],
]

const repeated = (counts: ReadonlyArray<number>, ended: boolean) =>
  counts.flatMap((count, year) => Array.from({ length: count }, () => ({ time: year + 0.5, ended })))

describe('the life table', () => {
  test('is that of the manual', () => {
    const rows = [...repeated(died, true), ...repeated(lost, false)]
    const table = unwrap(
      lifeTable(
        { times: rows.map(({ time }) => time), ended: rows.map(({ ended }) => ended) },
        died.map((_, year) => year),
      ),
    )
    const shown = table
      .slice(0, printed.length)
      .map(({ atRisk, hazard, hazardStandardError, survival }) => [
        atRisk.toFixed(1),
        hazard?.toFixed(4),
        hazardStandardError?.toFixed(5),
        survival.toFixed(4),
      ])
    expect(shown).toEqual(printed)
    expect(table.at(-1)).toMatchObject({ to: null, entering: 30, atRisk: 15, hazard: 0 })
    expect(table.map(({ ends }) => ends)).toEqual(died)
  })

  test('where nobody is lost sight of it is Kaplan–Meier’s curve at the edges, with its errors', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1 }), (times) => {
        const lifetimes = { times, ended: times.map(() => true) }
        const curve = unwrap(kaplanMeier(lifetimes))
        for (const { from, survival, survivalStandardError } of unwrap(lifeTable(lifetimes, [0, 3, 4, 11]))) {
          const at = curve.times.findLastIndex((time) => time < from)
          const share = curve.survival[at] ?? 1
          expect(survival).toBeCloseTo(share, 12)
          if (share > 0) expect(survivalStandardError).toBeCloseTo(share * (curve.logStandardErrors[at] ?? 0), 9)
        }
      }),
    )
  })

  test('an interval that nobody enters has no hazard; faults', () => {
    const months = { times: [1, 2], ended: [1, 1] }
    expect(unwrap(lifeTable(months, [0, 5]))[1]).toMatchObject({
      entering: 0,
      hazard: null,
      hazardStandardError: null,
      survival: 0,
    })
    const paths = (lifetimes: Lifetimes, edges: ReadonlyArray<number>) => {
      const result = lifeTable(lifetimes, edges)
      return result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`) : []
    }
    expect(paths({ ...months, entries: [0, 0] }, [1, 3, 3])).toEqual([
      'InvalidValue entries',
      'InvalidValue edges.0',
      'InvalidValue edges.2',
    ])
    expect(paths({ times: [], ended: [] }, [])).toEqual(['EmptySample times', 'EmptySample edges'])
  })
})

const wholeLifetimes: fc.Arbitrary<Required<Lifetimes>> = fc
  .array(
    fc.record({ entry: fc.integer({ min: 0, max: 4 }), stay: fc.integer({ min: 1, max: 6 }), ended: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((rows) => ({
    times: rows.map(({ entry, stay }) => entry + stay),
    ended: rows.map(({ ended }) => ended),
    entries: rows.map(({ entry }) => entry),
  }))

describe('hazards of whole periods', () => {
  test('are those of the rows of single periods, and of Kaplan–Meier’s curve', () => {
    fc.assert(
      fc.property(wholeLifetimes, (lifetimes) => {
        const { periods, atRisk, ends, hazard, low, high, survival } = unwrap(discreteHazard(lifetimes))
        const rows = unwrap(personPeriods(lifetimes))
        const curve = unwrap(kaplanMeier(lifetimes))
        periods.forEach((period, at) => {
          const within = Array.from(rows.periods.keys()).filter((row) => rows.periods[row] === period)
          expect(atRisk[at]).toBe(within.length)
          expect(ends[at]).toBe(within.filter((row) => rows.ended[row] === 1).length)
          const until = curve.times.findLastIndex((time) => time <= period)
          expect(survival[at]).toBeCloseTo(until < 0 ? 1 : (curve.survival[until] ?? 0), 12)
          expect(low[at]).toBeLessThanOrEqual(hazard[at] ?? 0)
          expect(high[at]).toBeGreaterThanOrEqual(hazard[at] ?? 1)
        })
        expect(rows.ended.reduce((sum, flag) => sum + flag, 0)).toBe(Array.from(lifetimes.ended).filter(Boolean).length)
        expect(atRisk.reduce((sum, count) => sum + count, 0)).toBe(rows.customers.length)
      }),
    )
  })

  test('periods without anybody at risk are left out; faults', () => {
    const gap = { times: [2, 6], ended: [1, 1], entries: [0, 4] }
    expect(Array.from(unwrap(discreteHazard(gap)).periods)).toEqual([1, 2, 5, 6])
    const paths = (result: ReturnType<typeof discreteHazard> | ReturnType<typeof personPeriods>) =>
      result._tag === 'Left' ? result.left.map(({ _tag, path }) => `${_tag} ${path.join('.')}`) : []
    expect(paths(discreteHazard({ times: [0, 1.5, 3], ended: [1, 1, 1], entries: [0, 0, 0.5] }, 1))).toEqual([
      'OutOfRange confidence',
      'InvalidValue times.0',
      'InvalidValue times.1',
      'InvalidValue entries.2',
    ])
    expect(paths(personPeriods({ times: [1], ended: [] }))).toEqual(['InvalidValue ended.length'])
    expect(paths(personPeriods({ times: [], ended: [] }))).toEqual(['EmptySample times'])
    const many = { times: Array.from({ length: 1001 }, () => 100_000), ended: Array.from({ length: 1001 }, () => 1) }
    expect(paths(personPeriods(many))).toEqual(['OutOfRange times'])
  })
})
