// Weights of engagement from what came after: measures count as much as they tell of who stays.

import { type Either, isLeft, left, right } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type CivilDate, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import {
  type LogisticFaults,
  type LogisticFit,
  type LogisticOptions,
  logisticRegression,
} from '../../statistics/index.ts'
import type { EngagementModel } from './engagement-model.ts'
import { countedAmounts, type UsageColumns } from './engagement-score.ts'

/** Weights as a regression finds them. */
export interface FittedEngagement {
  /** The model with these weights; of a measure that tells nothing good it is 0. */
  readonly model: EngagementModel
  /** The regression of who stayed on the measures that are left, with its intervals. */
  readonly fit: LogisticFit
  /** The measures that were left out, the first first: the more of them, the fewer stayed, all others being equal. */
  readonly dropped: ReadonlyArray<string>
}

/** Everything that keeps weights from being fitted. */
export type EngagementWeightFaults = LogisticFaults | ReadonlyNonEmptyArray<InvalidValue>

/** A weight of 1 is a hundredth in the log odds of staying. */
const pointsPerLogOdds = 100

interface Columns {
  readonly amounts: ReadonlyMap<string, Float64Array>
  readonly retained: ArrayLike<boolean | number>
}

/** The name of the measure with the lowest coefficient, where that is below 0. */
const worstOf = ({ model }: LogisticFit): string | undefined =>
  model.coefficients.reduce<{ readonly name: string | undefined; readonly value: number }>(
    (worst, { name, value }) => (value < worst.value ? { name, value } : worst),
    { name: undefined, value: 0 },
  ).name

/** Fits without the worst measure again and again, until none has a coefficient below 0. */
const fitWithout = (
  { amounts, retained }: Columns,
  options: LogisticOptions,
): Either<LogisticFaults, Pick<FittedEngagement, 'fit' | 'dropped'>> => {
  const dropped: Array<string> = []
  for (;;) {
    const columns = [...amounts].filter(([name]) => !dropped.includes(name)).map(([name, values]) => ({ name, values }))
    const fit = logisticRegression({ columns, outcomes: retained }, options)
    if (isLeft(fit)) return fit
    const worst = worstOf(fit.right)
    if (worst === undefined) return right({ fit: fit.right, dropped })
    dropped.push(worst)
  }
}

const weighted = (model: EngagementModel, fit: LogisticFit): EngagementModel => {
  const found = new Map(fit.model.coefficients.map(({ name, value }) => [name, value]))
  return {
    measures: model.measures.map(({ name, cap }) => ({ name, weight: (found.get(name) ?? 0) * pointsPerLogOdds, cap })),
    windowDays: model.windowDays,
    halfLifeDays: model.halfLifeDays,
    full: model.full,
  }
}

/**
 * Fits the weights of an engagement model to who stayed, by logistic regression on the measures as the model counts them: faded
 * and capped. A hundred points more then mean odds of staying that are e times as high.
 *
 * A measure with a coefficient below 0 is left out and the rest is fitted again, since a score that falls with use is none. Judge
 * the weights on other customers than they were fitted to.
 *
 * @param model what counts; its weights play no part
 * @param usage from `encodeUsage` by the same model
 * @param asOf the last day that counts
 * @param retained for each customer of the usage, whether they were still there later: true or false, or 1 or 0
 * @param options of the regression; a `ridge` above 0 holds weights back where customers are few
 * @returns `InvalidValue` for what is wrong with the model, the date or the outcomes, and the faults of `logisticRegression`.
 * @example
 * ```ts
 * import { type CivilDate, type EngagementModel, encodeUsage, fitEngagementWeights, unwrap } from 'treue'
 *
 * const model: EngagementModel = {
 *   measures: [{ name: 'visit', weight: 1, cap: null }],
 *   windowDays: 30,
 *   halfLifeDays: null,
 *   full: { type: 'quantile', probability: 0.9, of: 'active' },
 * }
 * const today = 20_000 as CivilDate
 * const rows = [3, 8, 12, 20, 25, 31, 44, 60].map((amount, index) => ({ customer: `c${index}`, day: today, measure: 'visit', amount }))
 * const fitted = unwrap(fitEngagementWeights(model, unwrap(encodeUsage(model, rows)), today, [0, 0, 1, 0, 0, 1, 1, 1]))
 * fitted.model.measures[0]?.weight.toFixed(2) // => '11.55'
 * fitted.dropped // => []
 * ```
 */
export const fitEngagementWeights = (
  model: EngagementModel,
  usage: UsageColumns,
  asOf: CivilDate,
  retained: ArrayLike<boolean | number>,
  options: LogisticOptions = {},
): Either<EngagementWeightFaults, FittedEngagement> => {
  const amounts = countedAmounts(model, usage, asOf)
  if (isLeft(amounts)) return amounts
  if (retained.length !== usage.customers.length) {
    return left([invalidValue(['retained', 'length'], retained.length, `${usage.customers.length}, one per customer`)])
  }
  const fitted = fitWithout({ amounts: amounts.right, retained }, options)
  if (isLeft(fitted)) return fitted
  const { fit, dropped } = fitted.right
  return right({ model: weighted(model, fit), fit, dropped })
}
