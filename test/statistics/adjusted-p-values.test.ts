import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { adjustPValues, type MultiplicityControl } from '../../src/statistics/index.ts'

const pValuesArbitrary = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })

/** What R's p.adjust gives, by the definitions themselves: quadratic, and obvious. */
const byDefinition = (values: ReadonlyArray<number>, control: MultiplicityControl): ReadonlyArray<number> => {
  const count = values.length
  const sorted = [...values].sort((a, b) => a - b)
  return values.map((value) => {
    const first = sorted.indexOf(value)
    const last = sorted.lastIndexOf(value)
    if (control === 'bonferroni') return Math.min(1, value * count)
    if (control === 'holm') {
      return Math.max(...sorted.slice(0, first + 1).map((p, rank) => Math.min(1, p * (count - rank))))
    }
    if (control === 'benjaminiHochberg') {
      return Math.min(1, ...sorted.slice(last).map((p, rank) => (p * count) / (last + rank + 1)))
    }
    return value
  })
}

describe('adjustPValues', () => {
  test("gives R's p.adjust of five values", () => {
    const values = [0.01, 0.02, 0.03, 0.04, 0.05]
    const close = (control: MultiplicityControl, expected: ReadonlyArray<number>) => {
      unwrap(adjustPValues(values, control)).forEach((p, index) => {
        expect(p).toBeCloseTo(expected[index] ?? Number.NaN, 12)
      })
    }
    close('holm', [0.05, 0.08, 0.09, 0.09, 0.09])
    close('bonferroni', [0.05, 0.1, 0.15, 0.2, 0.25])
    close('benjaminiHochberg', [0.05, 0.05, 0.05, 0.05, 0.05])
    close('none', values)
  })

  test.each(['holm', 'bonferroni', 'benjaminiHochberg', 'none'] as const)('%s equals its definition', (control) => {
    fc.assert(
      fc.property(pValuesArbitrary, (values) => {
        const adjusted = unwrap(adjustPValues(values, control))
        byDefinition(values, control).forEach((p, index) => {
          expect(adjusted[index]).toBeCloseTo(p, 12)
          expect(adjusted[index]).toBeGreaterThanOrEqual(Number(values[index]) - 1e-15)
          expect(adjusted[index]).toBeLessThanOrEqual(1)
        })
      }),
    )
  })

  test('of none there are none, and what is no probability is refused', () => {
    expect(unwrap(adjustPValues([]))).toEqual([])
    for (const wrong of [-0.1, 1.1, Number.NaN]) {
      expect(adjustPValues([0.5, wrong])).toMatchObject({ left: { _tag: 'OutOfRange', path: [1] } })
    }
  })
})
