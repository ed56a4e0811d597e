import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BuyingModel,
  bgNbd,
  holdoutTable,
  mbgNbd,
  paretoNbd,
  probabilityAliveHistory,
  probabilityAliveSurface,
  purchaseCounts,
  purchaseCurve,
  type RepeatBuyers,
  repeatBuying,
} from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { dataColumns } from '../public-data.ts'

const near = (got: number | null | undefined, expected: number, share: number) => {
  expect(Math.abs((got ?? Number.NaN) - expected)).toBeLessThanOrEqual(share * Math.abs(expected))
}

const betaGeometric = { r: 0.5248431591062733, alpha: 6.183085279575848, a: 0.8913593907322677, b: 1.6140022401705378 }
const first = { r: 0.2425945224301571, alpha: 4.413602019013508, a: 0.7929220172256469, b: 2.425906776826535 }
const pareto = { r: 0.5532770468531814, alpha: 10.577683463302325, s: 0.606239989127804, beta: 11.668735288854268 }

const cdnow = () => {
  const columns = dataColumns('cdnow/cdnow_summary_btyd.csv')
  const numbers = (name: string) => Float64Array.from(columns?.(name) ?? [])
  return columns === undefined
    ? undefined
    : {
        customers: columns('x').map(String),
        repeats: numbers('x'),
        recencies: numbers('t.x'),
        ages: numbers('T.cal'),
        holdout: numbers('x.star'),
        logGaps: numbers('x'),
        horizon: 39,
      }
}

describe('CDNOW at 25 digits', () => {
  // cdnow_predictions.json: expected purchases up to the end of the calibration and 39 weeks on
  const check = <Name extends string>(
    model: BuyingModel<Name>,
    parameters: { readonly [name in Name]: number },
    cumulative: readonly [number, number],
    byFrequency: ReadonlyArray<number>,
    counts: ReadonlyArray<number>,
    skip: () => void,
  ) => {
    const buyers = cdnow()
    if (buyers === undefined) return skip()
    const curve = unwrap(purchaseCurve(model, parameters, buyers, [-1, 0, 39]))
    near(curve.cumulative[1], cumulative[0], 1e-11)
    near(curve.cumulative[2], cumulative[1], 1e-11)
    near(curve.incremental[2], cumulative[1] - cumulative[0], 1e-10)
    const table = unwrap(holdoutTable(model, parameters, buyers, 7))
    table.rows.forEach(({ meanExpected }, index) => {
      near(meanExpected, byFrequency[index] ?? Number.NaN, 1e-11)
    })
    expect(table.rows.map(({ customers }) => customers)).toEqual([1411, 439, 214, 100, 62, 38, 29, 64])
    near(table.rows[7]?.meanActual, 6.359375, 1e-12)
    expect(table.actualPurchases).toBe(1882)
    const rows = unwrap(repeatBuying(buyers))
    const expected = unwrap(purchaseCounts(model, parameters, rows, 7))
    counts.forEach((count, index) => {
      near(expected[index]?.expected, count, 1e-11)
    })
    expect(expected.map(({ actual }) => actual)).toEqual([1411, 439, 214, 100, 62, 38, 29, 64])
    near(
      expected.reduce((sum, row) => sum + row.expected, 0),
      2357,
      1e-12,
    )
    return table
  }

  test('BG/NBD', ({ skip }) => {
    check(
      bgNbd,
      first,
      [2493.9568899770848, 4160.6092119097175],
      [
        0.22508732611461799, 0.5231311733631255, 1.0441341216782531, 1.5202795129714082, 2.1638657993334496,
        2.6538458849174087, 3.5040422987036632, 6.157190507877499,
      ],
      [
        1407.6843465907966, 460.32346304224154, 192.46141396200926, 101.16419622683219, 59.84707879785889,
        38.11970546893125, 25.54910801421899,
      ],
      skip,
    )
  })

  test('MBG/NBD', ({ skip }) => {
    check(
      mbgNbd,
      betaGeometric,
      [2475.6362607508095, 4049.9532129962404],
      [
        0.18516121472939506, 0.551358460042558, 1.0489518379521925, 1.492932579551162, 2.1043085457019925,
        2.563552890249049, 3.360820705773715, 5.848508946046449,
      ],
      [
        1418.6177397397544, 429.143441761515, 198.5688502577324, 108.23687152462706, 64.74409203370459,
        41.147673219812816, 27.29401828112539,
      ],
      skip,
    )
  })

  test('Pareto/NBD', ({ skip }) => {
    const table = check(
      paretoNbd,
      pareto,
      [2524.93276224453, 4270.040681682254],
      [
        0.1384468970076177, 0.5994706734281057, 1.1958367185446959, 1.7138433656910304, 2.398308198969979,
        2.9072077118002504, 3.8185593123213817, 6.4030670955933395,
      ],
      [],
      skip,
    )
    if (table === undefined) return
    near(table.totalError, 1665.51310721 / 1882 - 1, 1e-9)
    expect(table.meanAbsoluteError).toBeLessThan(table.meanAbsoluteErrorOfMean)
    expect(table.rootMeanSquareError).toBeLessThan(table.rootMeanSquareErrorOfMean)
  })
})

const buyers: RepeatBuyers = {
  customers: ['ann', 'bob', 'eve'],
  repeats: Float64Array.of(0, 2, 9),
  recencies: Float64Array.of(0, 30, 38),
  ages: Float64Array.of(39, 39, 33),
  logGaps: Float64Array.of(0, 5, 12),
  holdout: Float64Array.of(0, 1, 6),
  horizon: 39,
}

test('a holdout table has the errors of a slow count', () => {
  const table = unwrap(holdoutTable(mbgNbd, betaGeometric, { ...buyers, ages: Float64Array.of(39, 39, 39) }, 3))
  const expected = [0, 1, 2].map((row) =>
    unwrap(
      mbgNbd.expectedPurchases(
        betaGeometric,
        { repeats: buyers.repeats[row] ?? 0, recency: buyers.recencies[row] ?? 0, age: 39 },
        39,
      ),
    ),
  )
  const errors = expected.map((value, row) => value - (buyers.holdout?.[row] ?? 0))
  near(table.meanAbsoluteError, errors.reduce((sum, error) => sum + Math.abs(error), 0) / 3, 1e-12)
  near(table.rootMeanSquareError, Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / 3), 1e-12)
  near(table.meanAbsoluteErrorOfMean, (7 / 3 + 4 / 3 + 11 / 3) / 3, 1e-12)
  expect(table.rows[1]).toEqual({ repeats: 1, andMore: false, customers: 0, meanExpected: null, meanActual: null })
  const nothing = { ...buyers, ages: Float64Array.of(39, 39, 39), holdout: Float64Array.of(0, 0, 0) }
  expect(unwrap(holdoutTable(mbgNbd, betaGeometric, nothing, 3)).totalError).toBeNull()
})

const pathsOf = (result: {
  readonly _tag: string
  readonly left?: ReadonlyArray<{ readonly path: ReadonlyArray<unknown> }>
}) => (result.left ?? []).map(({ path }) => path.join('.'))

test('every fault of a table is reported at its place', () => {
  const broken = { ...betaGeometric, r: -1 }
  expect(pathsOf(holdoutTable(mbgNbd, broken, buyers, 0))).toEqual(['parameters.r', '2.recency', 'andMoreFrom'])
  const none = { ...buyers, ages: Float64Array.of(39, 39, 39), holdout: null }
  expect(pathsOf(holdoutTable(mbgNbd, betaGeometric, none, 3))).toEqual(['holdout'])
  const short = { ...none, holdout: Float64Array.of(1) }
  expect(pathsOf(holdoutTable(mbgNbd, betaGeometric, short, 3))).toEqual(['holdout.length'])
  const nobody = Float64Array.of()
  const empty = {
    customers: [],
    repeats: nobody,
    recencies: nobody,
    ages: nobody,
    logGaps: nobody,
    holdout: nobody,
    horizon: 1,
  }
  expect(pathsOf(holdoutTable(mbgNbd, betaGeometric, empty, 3))).toEqual(['repeats'])

  expect(pathsOf(purchaseCurve(mbgNbd, broken, { ages: [1, -1], counts: [0, 1] }, [3, 2]))).toEqual([
    'parameters.r',
    'ages.1',
    'counts.0',
    'times.1',
  ])
  expect(pathsOf(purchaseCurve(mbgNbd, betaGeometric, { ages: [1], counts: [] }, [1]))).toEqual(['counts.length'])
  expect(pathsOf(purchaseCurve(mbgNbd, betaGeometric, { ages: [] }, [1]))).toEqual(['ages'])
  const rows = unwrap(repeatBuying({ repeats: [0], recencies: [0], ages: [9] }))
  expect(pathsOf(purchaseCounts(mbgNbd, broken, rows, 1.5))).toEqual(['parameters.r', 'andMoreFrom'])

  const grid = { age: -1, repeats: [0.5], recencies: [3] }
  expect(pathsOf(probabilityAliveSurface(mbgNbd, broken, grid))).toEqual([
    'parameters.r',
    'age',
    'repeats.0',
    'recencies.0',
  ])
  expect(pathsOf(probabilityAliveHistory(mbgNbd, broken, [2, 1], [-1]))).toEqual([
    'parameters.r',
    'purchases.1',
    'times.0',
  ])
})

test('what is out of reach of numbers is a fault of every table, not NaN', () => {
  const unreachable: BuyingModel<'r'> = {
    ...mbgNbd,
    newCustomerPurchases: (parameters: { readonly r: number }, horizon: number) =>
      horizon === 0
        ? { _tag: 'Right', right: 0 }
        : mbgNbd.newCustomerPurchases({ ...betaGeometric, ...parameters }, -1),
    probabilityOf: () => mbgNbd.probabilityOf(betaGeometric, -1, 0),
    probabilityAlive: () => mbgNbd.probabilityAlive(betaGeometric, { repeats: -1, recency: 0, age: 1 }),
  } as unknown as BuyingModel<'r'>
  const rows = unwrap(repeatBuying({ repeats: [0], recencies: [0], ages: [9] }))
  expect(pathsOf(purchaseCurve(unreachable, { r: 1 }, rows, [1]))).toEqual(['horizon'])
  expect(pathsOf(purchaseCounts(unreachable, { r: 1 }, rows, 2))).toEqual(['horizon'])
  expect(pathsOf(probabilityAliveSurface(unreachable, { r: 1 }, { age: 1, repeats: [1], recencies: [1] }))).toEqual([
    'repeats',
  ])
  expect(pathsOf(probabilityAliveHistory(unreachable, { r: 1 }, [], [1]))).toEqual(['repeats'])
})

test('the curve does not fall, and before the first purchase there is none', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 90, noNaN: true }), { minLength: 1, maxLength: 6 }), (ages) => {
      const { cumulative, incremental } = unwrap(purchaseCurve(paretoNbd, pareto, { ages }, [-91, -50, -10, 0, 20]))
      expect(cumulative[0]).toBe(0)
      for (const part of incremental) expect(part).toBeGreaterThanOrEqual(0)
      const slow = ages.reduce((sum, age) => sum + unwrap(paretoNbd.newCustomerPurchases(pareto, age + 20)), 0)
      near(cumulative[4], slow, 1e-12)
    }),
  )
})

test('a surface has P(alive) of each customer, and a history falls in silence and has them too', () => {
  const grid = { age: 39, repeats: [0, 1, 7], recencies: [0, 11, 39] }
  const { probabilities } = unwrap(probabilityAliveSurface(paretoNbd, pareto, grid))
  expect(probabilities[0]?.slice(1)).toEqual([null, null])
  expect(probabilities[2]?.[1]).toBe(unwrap(paretoNbd.probabilityAlive(pareto, { repeats: 7, recency: 11, age: 39 })))
  const times = [1, 2, 3, 4, 5, 6, 7, 8]
  const history = unwrap(probabilityAliveHistory(paretoNbd, pareto, [3.6, 3.7], times))
  history.forEach(({ repeats, probabilityAlive }, index) => {
    const before = history[index - 1]
    if (before?.repeats === repeats) expect(probabilityAlive).toBeLessThan(before.probabilityAlive)
    else if (before !== undefined) expect(probabilityAlive).toBeGreaterThan(before.probabilityAlive)
  })
  expect(history[7]?.probabilityAlive).toBe(
    unwrap(paretoNbd.probabilityAlive(pareto, { repeats: 2, recency: 3.7, age: 8 })),
  )
})
