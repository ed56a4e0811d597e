import {
  areaUnderCurve,
  averagePrecision,
  brierScore,
  type LogisticSample,
  logisticRegression,
  rocCurve,
  scoreGroups,
  unwrap,
} from 'treue'
import { type Adapters, adapter, figure } from '../adapter.ts'

interface Scored {
  readonly p: ReadonlyArray<number>
  readonly y: ReadonlyArray<number>
}

const metrics = adapter<Scored>(({ p, y }) => {
  const groups = unwrap(scoreGroups({ scores: p, outcomes: y }))
  return {
    auc: figure(areaUnderCurve(groups), ({ area }) => area),
    brier: figure(brierScore(groups), ({ score }) => score),
    average_precision: figure(rocCurve(groups), averagePrecision),
  }
})

interface Rows {
  readonly X: ReadonlyArray<ReadonlyArray<number>>
  readonly y: ReadonlyArray<number>
}

// The first entry of each row is the intercept's 1.
const separation = adapter<Rows>(({ X, y }) => {
  const sample: LogisticSample = { columns: [{ name: 'x', values: X.map(([, x = 0]) => x) }], outcomes: y }
  const result = logisticRegression(sample)
  const [fault] = result._tag === 'Left' ? result.left : []
  return { separation: fault !== undefined && 'separation' in fault ? fault.separation : 'none' }
})

/** Risk scores. */
export const riskAdapters: Adapters = { 'risk.metrics': metrics, 'risk.separation': separation }
