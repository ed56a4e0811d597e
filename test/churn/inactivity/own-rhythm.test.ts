import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownRhythm } from '../../../src/churn/index.ts'
import { type CivilDate, civilDate, unwrap } from '../../../src/foundation/index.ts'
import { mean, median, quantile, standardDeviation } from '../../../src/statistics/index.ts'
import { purchaseDayArbitrary } from '../../arbitraries/purchases.ts'

const days = (...epochDays: ReadonlyArray<number>): ReadonlyArray<CivilDate> => epochDays as ReadonlyArray<CivilDate>

describe('ownRhythm', () => {
  test('equals the statistics of the list of gaps, and knows nothing after asOf', () => {
    fc.assert(
      fc.property(fc.array(purchaseDayArbitrary, { maxLength: 20 }), purchaseDayArbitrary, (purchases, asOf) => {
        const known = Array.from(new Set(purchases.filter((day) => day <= asOf))).sort((a, b) => a - b)
        const gaps = known.slice(1).map((day, index) => day - (known[index] as number))
        const result = ownRhythm(purchases, asOf)
        expect(result).toEqual(ownRhythm(known, asOf))
        if (gaps.length === 0) {
          expect(result).toMatchObject({ left: { _tag: 'EmptySample' } })
          return
        }
        const rhythm = unwrap(result)
        const silent = asOf - (known.at(-1) as number)
        const centre = unwrap(median(gaps))
        expect(rhythm.gaps).toBe(gaps.length)
        expect(rhythm.meanDays).toBeCloseTo(unwrap(mean(gaps)), 10)
        expect(rhythm.medianDays).toBe(centre)
        expect(rhythm.upperDays).toBe(unwrap(quantile(gaps, 0.9)))
        expect(rhythm.longestDays).toBe(Math.max(...gaps))
        expect(rhythm.medianDeviationDays).toBe(unwrap(median(gaps.map((gap) => Math.abs(gap - centre)))))
        expect(rhythm.silentDays).toBe(silent)
        expect(rhythm.silenceByMean).toBeCloseTo(silent / unwrap(mean(gaps)), 10)
        expect(rhythm.shareAsLong).toBe(gaps.filter((gap) => gap >= silent).length / gaps.length)
        if (gaps.length === 1) expect(rhythm.standardDeviationDays).toBeNull()
        else expect(rhythm.standardDeviationDays).toBeCloseTo(unwrap(standardDeviation(gaps)), 10)
      }),
    )
  })

  test('gaps that are all alike have no spread to compare with', () => {
    const rhythm = unwrap(ownRhythm(days(0, 10, 20, 30), 45 as CivilDate))
    expect(rhythm.standardDeviationDays).toBe(0)
    expect(rhythm.silenceDeviations).toBeNull()
    expect(rhythm.silenceByMean).toBe(1.5)
  })

  test('dates must be dates', () => {
    expect(ownRhythm(days(1, 0.5), 5 as CivilDate)).toMatchObject({ left: { _tag: 'InvalidValue', path: [1] } })
    expect(ownRhythm(days(1, 3_000_000), 5 as CivilDate)).toMatchObject({ left: { path: [1] } })
    expect(ownRhythm(days(1, 2), -1e6 as CivilDate)).toMatchObject({ left: { path: ['asOf'] } })
    expect(ownRhythm(days(7), 5 as CivilDate)).toMatchObject({ left: { _tag: 'EmptySample' } })
  })
})

interface Row {
  readonly id: number
  readonly n_gaps: number
  readonly mean: number
  readonly sd_sample: number
  readonly median: number
  readonly q90_type7: number
  readonly max: number
  readonly mad: number
  readonly inactivity: number
  readonly ratio_to_mean: number
  readonly z: number
  readonly ecdf_exceed: number
}

// The public CDNOW log is not part of this repository: these numbers are checked where it lies beside it.
const shared = new URL('../../../../shared/', import.meta.url)
const log = new URL('data/cdnow/CDNOW_sample.txt', shared)
const vectors = new URL('vectors/models/churn_metrics.json', shared)
const isThere = existsSync(log) && existsSync(vectors)
if (!isThere) console.log('rule_based_cdnow: skipped, since ../shared is not there')

test.skipIf(!isThere)('rule_based_cdnow: 60 customers of the CDNOW sample', () => {
  const purchases = new Map<number, Array<CivilDate>>()
  for (const line of readFileSync(log, 'utf8').trim().split('\n')) {
    const [id = '', , date = ''] = line.trim().split(/\s+/)
    const day = unwrap(civilDate(Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6))))
    purchases.set(Number(id), [...(purchases.get(Number(id)) ?? []), day])
  }
  const { rows } = JSON.parse(readFileSync(vectors, 'utf8')).rule_based_cdnow as { readonly rows: ReadonlyArray<Row> }
  expect(rows).toHaveLength(60)
  for (const row of rows) {
    const found = unwrap(ownRhythm(purchases.get(row.id) ?? [], unwrap(civilDate(1997, 9, 30))))
    expect(found.gaps).toBe(row.n_gaps)
    expect(found.silentDays).toBe(row.inactivity)
    const pairs: ReadonlyArray<readonly [number | null, number]> = [
      [found.meanDays, row.mean],
      [found.standardDeviationDays, row.sd_sample],
      [found.medianDays, row.median],
      [found.upperDays, row.q90_type7],
      [found.longestDays, row.max],
      [found.medianDeviationDays, row.mad],
      [found.silenceByMean, row.ratio_to_mean],
      [found.silenceDeviations, row.z],
      [found.shareAsLong, row.ecdf_exceed],
    ]
    for (const [got, expected] of pairs) expect(got).toBeCloseTo(expected, 9)
  }
})
