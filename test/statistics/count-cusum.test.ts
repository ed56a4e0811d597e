import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { type CountCusum, designCusum, followCusum, logGamma } from '../../src/statistics/index.ts'

const massOf = (count: number, mean: number): number =>
  count < 0 || !Number.isInteger(count) ? 0 : Math.exp(count * Math.log(mean) - mean - unwrap(logGamma(count + 1)))

/** The sum after a count, in steps. */
const nextSum = ({ direction, reference, steps }: CountCusum, sum: number, count: number): number => {
  const beyond = Math.round((count - reference) * steps)
  return Math.max(0, sum + (direction === 'drop' ? -beyond : beyond))
}

/** Solves a linear system by elimination with pivots, row by row. */
const solve = (matrix: Array<Array<number>>): ReadonlyArray<number> => {
  const size = matrix.length
  for (let column = 0; column < size; column += 1) {
    const rest = matrix.slice(column)
    const best = rest.reduce((a, b) => (Math.abs(b[column] ?? 0) > Math.abs(a[column] ?? 0) ? b : a))
    const at = matrix.indexOf(best)
    ;[matrix[column], matrix[at]] = [best, matrix[column] as Array<number>]
    for (const row of matrix) {
      if (row === best) continue
      const factor = (row[column] as number) / (best[column] as number)
      row.forEach((value, index) => {
        row[index] = value - factor * (best[index] as number)
      })
    }
  }
  return matrix.map((row, at) => (row[size] as number) / (row[at] as number))
}

/** The run length from 0 on, by the system of all states and counts one by one. */
const runLengthModel = (chart: CountCusum, mean: number, threshold: number): number => {
  const most = Math.ceil(mean + 12 * Math.sqrt(mean) + 40)
  const matrix = Array.from({ length: threshold }, (_, from) => {
    const row = Array.from({ length: threshold + 1 }, (__, to) => Number(to === from || to === threshold))
    for (let count = 0; count <= most; count += 1) {
      const to = nextSum(chart, from, count)
      if (to < threshold) row[to] = (row[to] as number) - massOf(count, mean)
    }
    return row
  })
  return solve(matrix)[0] as number
}

const designArbitrary = fc
  .tuple(
    fc.double({ min: 0.2, max: 30, noNaN: true }),
    fc.double({ min: 0.3, max: 0.8, noNaN: true }),
    fc.boolean(),
    fc.integer({ min: 5, max: 400 }),
  )
  .map(([mean, by, drops, runLength]) => ({ mean, shifted: drops ? mean * by : mean / by, runLength }))

describe('designCusum', () => {
  test('has the run lengths of the Markov chain, and the lowest threshold for them', () => {
    fc.assert(
      fc.property(designArbitrary, (design) => {
        const chart = unwrap(designCusum(design))
        const threshold = Math.round(chart.threshold * chart.steps)
        fc.pre(threshold <= 120)
        const { runLengthToFalseAlarm, runLengthToDetection } = chart
        expect(runLengthToFalseAlarm / runLengthModel(chart, design.mean, threshold)).toBeCloseTo(1, 8)
        expect(runLengthToDetection / runLengthModel(chart, design.shifted, threshold)).toBeCloseTo(1, 8)
        expect(runLengthToFalseAlarm).toBeGreaterThanOrEqual(design.runLength)
        if (threshold > 1) expect(runLengthModel(chart, design.mean, threshold - 1)).toBeLessThan(design.runLength)
        expect(runLengthToDetection).toBeLessThan(runLengthToFalseAlarm)
        expect((chart.reference - design.mean) * (chart.reference - design.shifted)).toBeLessThan(0)
      }),
      { numRuns: 40 },
    )
  })

  test('agrees with the published run lengths of a normal chart where counts are great', () => {
    // D. C. Montgomery, Introduction to Statistical Quality Control: k = ½σ, h = 4σ, both sides together 168.
    const chart = unwrap(designCusum({ mean: 10_000, shifted: 10_100, runLength: 336 }))
    expect(chart.threshold / 100).toBeGreaterThan(3.9)
    expect(chart.threshold / 100).toBeLessThan(4.1)
    expect(chart.runLengthToDetection).toBeGreaterThan(8)
    expect(chart.runLengthToDetection).toBeLessThan(8.8)
  })

  test('reports everything that is wrong, and changes that are too small or too great', () => {
    const paths = (mean: number, shifted: number, runLength: number): unknown => {
      const result = designCusum({ mean, shifted, runLength })
      return result._tag === 'Left' && result.left.map(({ path }) => path[0])
    }
    expect(paths(0, 0, 1)).toEqual(['mean', 'shifted', 'runLength'])
    expect(paths(10, 10, 100)).toEqual(['shifted'])
    expect(paths(5.4, 5.39, 100)).toEqual(['shifted'])
    expect(paths(0.01, 0.001, 1e6)).toEqual(['shifted'])
    expect(paths(1e6, 995_000, 1e6)).toEqual(['shifted'])
    expect(paths(1e6, 2e6, 1000)).toEqual(['shifted'])
    expect(paths(5.4, 5.2, 200)).toBe(false)
  })
})

/** A generator of numbers in [0, 1) that is the same in every run (T. Ettinger's mulberry32). */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A Poisson count by the product of uniform numbers. */
const poissonFrom = (mean: number, next: () => number): number => {
  let count = 0
  for (let product = next(); product > Math.exp(-mean); product *= next()) count += 1
  return count
}

describe('followCusum', () => {
  test('raises alarms as seldom, and as early, as the design says: 2,000 alarms each', () => {
    const next = numbersFrom(20_260_101)
    for (const design of [
      { mean: 4, shifted: 2.5, runLength: 60 },
      { mean: 4, shifted: 6.5, runLength: 60 },
    ]) {
      const chart = unwrap(designCusum(design))
      for (const [mean, expected] of [
        [design.mean, chart.runLengthToFalseAlarm],
        [design.shifted, chart.runLengthToDetection],
      ] as const) {
        const counts = Array.from({ length: Math.round(2000 * expected) }, () => poissonFrom(mean, next))
        const alarms = unwrap(followCusum(chart, counts)).alarms.reduce((sum, alarm) => sum + alarm, 0)
        // Run lengths spread about as widely as they are long: the error of 2,000 is some 2 %.
        expect(counts.length / alarms / expected).toBeGreaterThan(0.92)
        expect(counts.length / alarms / expected).toBeLessThan(1.08)
      }
    }
  })

  test('equals the slow model', () => {
    fc.assert(
      fc.property(designArbitrary, fc.array(fc.nat({ max: 60 }), { maxLength: 60 }), (design, counts) => {
        const chart = unwrap(designCusum(design))
        const { sums, alarms } = unwrap(followCusum(chart, counts))
        let sum = 0
        counts.forEach((count, at) => {
          sum = nextSum(chart, sum, count)
          expect(sums[at]).toBe(sum / chart.steps)
          const isAlarm = sum >= Math.round(chart.threshold * chart.steps)
          expect(alarms[at]).toBe(Number(isAlarm))
          if (isAlarm) sum = 0
        })
      }),
    )
  })

  test('of counts in two parts is that of the whole', () => {
    fc.assert(
      fc.property(
        designArbitrary,
        fc.array(fc.nat({ max: 60 }), { maxLength: 30 }),
        fc.array(fc.nat({ max: 60 }), { maxLength: 30 }),
        (design, early, late) => {
          const chart = unwrap(designCusum(design))
          const first = unwrap(followCusum(chart, early))
          const second = unwrap(followCusum(chart, late, first.next))
          expect(unwrap(followCusum(chart, [...early, ...late]))).toEqual({
            sums: Float64Array.of(...first.sums, ...second.sums),
            alarms: Uint8Array.of(...first.alarms, ...second.alarms),
            next: second.next,
          })
        },
      ),
    )
  })

  test('reports what is no count', () => {
    const chart = unwrap(designCusum({ mean: 4, shifted: 2.5, runLength: 60 }))
    expect(followCusum(chart, [3, -1])).toMatchObject({ left: { path: [1] } })
    expect(followCusum(chart, [0.5])).toMatchObject({ left: { path: [0] } })
    expect(followCusum(chart, [3], Number.NaN)).toMatchObject({ left: { path: ['begin'] } })
    expect(unwrap(followCusum(chart, [])).sums).toHaveLength(0)
  })
})
