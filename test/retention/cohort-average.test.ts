import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { averageRetention, type CohortCount, relativeRetention, retainedShare } from '../../src/retention/index.ts'

const cell = (size: number, retained: number, status: CohortCount['status'] = 'complete'): CohortCount => ({
  status,
  size,
  retained,
})

const cellArbitrary = fc
  .tuple(
    fc.nat({ max: 50 }),
    fc.nat({ max: 50 }),
    fc.constantFrom('complete' as const, 'inProgress' as const, 'notStarted' as const),
  )
  .map(([a, b, status]) => cell(Math.max(a, b), Math.min(a, b), status))

describe('retainedShare', () => {
  test('cell.amp.onOrAfter.d3: 6,633 of 9,644', () => {
    expect(unwrap(retainedShare(6633, 9644))).toBeCloseTo(0.687785151389465, 12)
  })

  test('of an empty cohort is none; contradictions are faults', () => {
    expect(retainedShare(0, 0)).toMatchObject({ left: { _tag: 'ZeroDenominator' } })
    expect(retainedShare(1, 0)).toMatchObject({ left: { _tag: 'InvalidValue', path: ['retained'] } })
    expect(retainedShare(1, -1)).toMatchObject({ left: { path: ['size'] } })
    expect(retainedShare(1, 1.5)).toMatchObject({ left: { path: ['size'] } })
    expect(retainedShare(-1, 1)).toMatchObject({ left: { path: ['retained'] } })
    expect(retainedShare(Number.NaN, 1)).toMatchObject({ left: { path: ['retained'] } })
  })
})

describe('relativeRetention', () => {
  test('relative.previous: has no rate after a period in which nobody came', () => {
    const rates = relativeRetention([200, 100, 50, 20, 0, 5], 'previous')
    expect(rates.slice(0, 5).map(unwrap)).toEqual([1, 0.5, 0.5, 0.4, 0])
    expect(rates[5]).toMatchObject({ left: { _tag: 'ZeroDenominator', path: [5] } })
  })

  test('to the start is the product of the rates to the previous', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1 }), (counts) => {
        const steps = relativeRetention(counts, 'previous').map(unwrap)
        const shares = relativeRetention(counts, 'start').map(unwrap)
        expect(steps.reduce((product, rate) => product * rate, 1)).toBeCloseTo(shares.at(-1) as number, 9)
      }),
    )
  })

  test('of an empty row is empty', () => {
    expect(relativeRetention([], 'start')).toEqual([])
  })
})

describe('averageRetention', () => {
  test('cohort.posthog.30624: a cohort that retained nobody counts, an empty one does not', () => {
    const cells = [cell(40, 0), cell(40, 10), cell(0, 0)]
    expect(unwrap(averageRetention(cells))).toEqual({
      method: 'pooled',
      cohorts: 2,
      size: 80,
      retained: 10,
      rate: 0.125,
    })
    expect(unwrap(averageRetention(cells, { method: 'simpleMean' })).rate).toBe(0.125)
  })

  test('avg.mixpanel: weighted by size twice, as Mixpanel has it', () => {
    const cells = [cell(1000, 500), cell(500, 400)]
    expect(unwrap(averageRetention(cells)).rate).toBe(0.6)
    expect(unwrap(averageRetention(cells, { method: 'sizeSquared' }))).toMatchObject({
      rate: 0.56,
      size: 1_250_000 / 1500,
      retained: 700_000 / 1500,
    })
    expect(unwrap(averageRetention(cells, { method: 'simpleMean' })).rate).toBeCloseTo(0.65, 15)
  })

  test('lies between the least and the greatest rate of the cells that count', () => {
    fc.assert(
      fc.property(
        fc.array(cellArbitrary, { maxLength: 12 }),
        fc.constantFrom('pooled' as const, 'simpleMean' as const, 'sizeSquared' as const),
        fc.constantFrom('complete' as const, 'started' as const),
        (cells, method, over) => {
          const used = cells.filter(
            ({ status, size }) =>
              size > 0 && (status === 'complete' || (status === 'inProgress' && over === 'started')),
          )
          const result = averageRetention(cells, { method, over })
          if (used.length === 0) {
            expect(result).toMatchObject({ left: { _tag: 'EmptySample' } })
            return
          }
          const rates = used.map(({ retained, size }) => retained / size)
          const { rate, cohorts } = unwrap(result)
          expect(cohorts).toBe(used.length)
          expect(rate).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-12)
          expect(rate).toBeLessThanOrEqual(Math.max(...rates) + 1e-12)
        },
      ),
    )
  })
})
