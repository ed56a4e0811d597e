import { describe, expect, test } from 'vitest'
import {
  areaUnderCurve,
  averagePrecision,
  brierScore,
  calibrationTable,
  liftTable,
  logLoss,
  plattCalibration,
  rocCurve,
  scoreGroups,
} from '../../../src/churn/index.ts'
import { unwrap } from '../../../src/foundation/index.ts'
import { logisticProbabilities, logisticRegression } from '../../../src/statistics/index.ts'
import { dataColumns } from '../public-data.ts'

// Of CDNOW customers, fitted and judged on the same rows: figures of mpmath, scikit-learn and statsmodels.
const bins = [
  { customers: 13, mean: 0.07772526555633423, rate: 0.0 },
  { customers: 82, mean: 0.15843447268388997, rate: 0.17073170731707318 },
  { customers: 117, mean: 0.25653087897890514, rate: 0.24786324786324787 },
  { customers: 144, mean: 0.35059116914059824, rate: 0.3611111111111111 },
  { customers: 136, mean: 0.4455917237448732, rate: 0.4632352941176471 },
  { customers: 147, mean: 0.5492596172918831, rate: 0.5306122448979592 },
  { customers: 131, mean: 0.6523987420567116, rate: 0.6412213740458015 },
  { customers: 153, mean: 0.7467422207742493, rate: 0.7647058823529411 },
  { customers: 1314, mean: 0.8592271396849304, rate: 0.8592085235920852 },
  { customers: 120, mean: 0.9034734073817757, rate: 0.8916666666666667 },
]

const firstProbabilities = [
  0.3897780117675741, 0.9044377093475707, 0.8251645217325722, 0.9068783029459057, 0.878779192999574, 0.9068783029459057,
  0.9068783029459057, 0.2178251704508872, 0.7965456343867594, 0.9068783029459057,
]

describe('the risk of CDNOW customers', () => {
  const columns = dataColumns('models/cdnow_churn_features.csv')

  const judged = (column: NonNullable<typeof columns>) => {
    const named = ['log1p_x', 'gap', 'T'].map((name) => ({ name, values: column(name) }))
    const { model } = unwrap(logisticRegression({ columns: named, outcomes: column('churned') }))
    const scores = unwrap(logisticProbabilities(model, named))
    return { scores, groups: unwrap(scoreGroups({ scores, outcomes: column('churned') })) }
  }

  test('area, Brier, log loss, average precision', ({ skip }) => {
    if (columns === undefined) return skip()
    const { scores, groups } = judged(columns)
    firstProbabilities.forEach((probability, row) => {
      expect(scores[row]).toBeCloseTo(probability, 12)
    })
    expect(unwrap(areaUnderCurve(groups)).area).toBeCloseTo(0.781988531300357, 13)
    expect(unwrap(brierScore(groups)).score).toBeCloseTo(0.15431057995396177, 13)
    expect(unwrap(logLoss(groups))).toBeCloseTo(0.48035686489099677, 13)
    expect(averagePrecision(unwrap(rocCurve(groups)))).toBeCloseTo(0.866357926271329, 13)
  })

  test('calibration: bins, expected error, intercept 0 and slope 1', ({ skip }) => {
    if (columns === undefined) return skip()
    const { groups } = judged(columns)
    const { rows, expectedError } = unwrap(calibrationTable(groups))
    expect(rows).toHaveLength(bins.length)
    rows.forEach(({ customers, meanProbability, rate }, bin) => {
      expect(customers).toBe(bins[bin]?.customers)
      expect(meanProbability).toBeCloseTo(bins[bin]?.mean ?? 0, 12)
      expect(rate).toBeCloseTo(bins[bin]?.rate ?? 0, 12)
    })
    expect(expectedError).toBeCloseTo(0.006509300531108973, 12)
    const { calibration } = unwrap(plattCalibration(groups, { smoothed: false }))
    expect(calibration.intercept).toBeCloseTo(0, 9)
    expect(calibration.slope).toBeCloseTo(1, 9)
  })

  test('lift and capture of the best 10 and 20 %, ties in the order of rows', ({ skip }) => {
    if (columns === undefined) return skip()
    const { scores } = judged(columns)
    const order = Array.from(scores.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
    const outcomes = columns('churned')
    const ranked = unwrap(
      scoreGroups({ scores: order.map((_, place) => -place), outcomes: order.map((row) => outcomes[row] ?? 0) }),
    )
    const rows = unwrap(liftTable(ranked))
    expect(rows[0]?.cumulativeLift).toBeCloseTo(1.277513246274327, 12)
    expect(rows[1]?.cumulativeLift).toBeCloseTo(1.250649649974166, 12)
    expect(rows[0]?.gain).toBeCloseTo(0.127913927077107, 12)
  })
})
