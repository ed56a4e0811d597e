// Logistic regression: the probability of an outcome by columns of numbers.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import {
  type EmptySample,
  type InvalidValue,
  type NonConvergence,
  nonConvergence,
  type OutOfRange,
  outOfRange,
} from '../foundation/index.ts'
import { choleskyOf, inverseOf, type SquareMatrix } from './cholesky.ts'
import { applied, type CoefficientEstimate, covarianceIn, estimatedPredictor, toUnits } from './coefficient-estimate.ts'
import { type CollinearColumn, collinearColumns, constantColumns } from './collinear-columns.ts'
import type { LinearPredictor } from './linear-predictor.ts'
import { type LogisticDesign, type LogisticSample, logisticDesign, sampleFaults } from './logistic-design.ts'
import { climbLogistic, type LogisticSearch } from './logistic-newton.ts'
import { type SeparatedOutcomes, separatingColumns, separationAt, separationSeen } from './logistic-separation.ts'
import { twoSidedQuantile } from './wilson-interval.ts'

/** How a logistic regression is fitted. */
export interface LogisticOptions {
  /**
   * Holds coefficients back: half of it, times the square of each coefficient per standard deviation of its column, is taken
   * off the log-likelihood. The intercept is left free. 0 when absent.
   */
  readonly ridge?: number
  /** Of the intervals; 0.95 when absent. */
  readonly confidence?: number
}

/** A fitted logistic regression. */
export interface LogisticFit {
  readonly model: LinearPredictor
  /** The intercept, then the columns. */
  readonly estimates: ReadonlyArray<CoefficientEstimate>
  /** Of the estimates, row by row. */
  readonly covariance: ReadonlyArray<ReadonlyArray<number>>
  /** Without what the ridge takes off. */
  readonly logLikelihood: number
  /** −2 × the log-likelihood. */
  readonly deviance: number
  /** The deviance of the rate of all rows, without a column. */
  readonly nullDeviance: number
  /** How many rows there were, by weight. */
  readonly rows: number
  /** In how many it happened, by weight. */
  readonly events: number
  readonly ridge: number
  /** How many steps the search took. */
  readonly steps: number
}

/** Why there is no fit. */
export type LogisticFaults = ReadonlyNonEmptyArray<
  InvalidValue | OutOfRange | EmptySample | CollinearColumn | SeparatedOutcomes | NonConvergence
>

const nullDeviance = ({ events, total }: LogisticDesign): number =>
  -2 * (events * Math.log(events / total) + (total - events) * Math.log1p(-events / total))

const fitOf = (
  design: LogisticDesign,
  { point, at, steps }: LogisticSearch,
  inverse: SquareMatrix,
  { ridge, reach }: { readonly ridge: number; readonly reach: number },
): LogisticFit => {
  const matrix = toUnits(design)
  const covariance = covarianceIn(matrix, inverse, point.length)
  const { model, estimates } = estimatedPredictor(design.names, applied(matrix, point), covariance, reach)
  return {
    model,
    estimates,
    covariance,
    logLikelihood: at.logLikelihood,
    deviance: -2 * at.logLikelihood,
    nullDeviance: nullDeviance(design),
    rows: design.total,
    events: design.events,
    ridge,
    steps,
  }
}

const left = (fault: LogisticFaults[number], rest: ReadonlyArray<LogisticFaults[number]> = []) =>
  ({ _tag: 'Left', left: [fault, ...rest] }) as const

/** What forbids a fit before it is begun. */
const designFaults = (design: LogisticDesign, ridge: number): ReadonlyArray<LogisticFaults[number]> =>
  ridge > 0
    ? constantColumns(design)
    : [...constantColumns(design), ...collinearColumns(design), ...separatingColumns(design)]

const fitDesign = (
  design: LogisticDesign,
  options: { readonly ridge: number; readonly reach: number },
): Either<LogisticFaults, LogisticFit> => {
  const { ridge } = options
  const [fault, ...rest] = designFaults(design, ridge)
  if (fault !== undefined) return left(fault, rest)
  const { search, stopped } = climbLogistic(design, ridge, (state) =>
    ridge > 0 ? null : separationSeen(design, state),
  )
  const factor = stopped === null ? choleskyOf(search.at.curvature, search.point.length) : undefined
  if (factor !== undefined)
    return { _tag: 'Right', right: fitOf(design, search, inverseOf(factor, search.point.length), options) }
  const seen = stopped ?? (ridge > 0 ? null : separationAt(design, search))
  return left(seen ?? nonConvergence([], search.steps, 'a likelihood with a maximum: take a larger ridge'))
}

/**
 * Fits the probability of an outcome by columns of numbers: its log odds are an intercept and a multiple of each column.
 *
 * Newton's method on columns in standard deviations. Standard errors are by the curvature of the log-likelihood at its maximum,
 * with a ridge of the log-likelihood less the penalty. Weights count rows: a row of weight 2 is two rows.
 *
 * Sources: P. McCullagh & J. A. Nelder, Generalized Linear Models (1989); A. Albert & J. A. Anderson, Biometrika 71 (1984), of
 * separation; A. E. Hoerl & R. W. Kennard (1970), of the ridge.
 *
 * @param sample see {@link LogisticSample}
 * @param options see {@link LogisticOptions}
 * @returns `InvalidValue` at each number, outcome or weight that is none; `OutOfRange` for a ridge below 0 or a confidence
 * outside (0, 1); `EmptySample` where it always or never happened; `CollinearColumn` for each column that others imply, or that
 * is the same in all rows; `SeparatedOutcomes` where columns tell the outcomes apart, so that coefficients would be infinite;
 * `NonConvergence` where the search didn't settle.
 * @example
 * ```ts
 * import { logisticRegression, unwrap } from 'treue'
 *
 * const silentDays = { name: 'silentDays', values: [3, 8, 12, 20, 25, 31, 44, 60] }
 * const fit = unwrap(logisticRegression({ columns: [silentDays], outcomes: [0, 0, 1, 0, 0, 1, 1, 1] }))
 * fit.model.coefficients[0]?.value.toFixed(4) // => '0.1155'
 * const parted = logisticRegression({ columns: [silentDays], outcomes: [0, 0, 0, 0, 1, 1, 1, 1] })
 * parted._tag === 'Left' && parted.left[0]._tag // => 'SeparatedOutcomes'
 * ```
 */
export const logisticRegression = (
  sample: LogisticSample,
  options: LogisticOptions = {},
): Either<LogisticFaults, LogisticFit> => {
  const { ridge = 0, confidence = 0.95 } = options
  const z = twoSidedQuantile(confidence)
  const [fault, ...rest] = [
    ...sampleFaults(sample),
    ...(ridge >= 0 && ridge <= 1e15 ? [] : [outOfRange(['ridge'], ridge, 'a ridge from 0 to 1e15')]),
    ...(z._tag === 'Left' ? [z.left] : []),
  ]
  if (fault !== undefined) return left(fault, rest)
  const design = logisticDesign(sample)
  if ('_tag' in design) return left(design)
  return fitDesign(design, { ridge, reach: z._tag === 'Right' ? z.right : 0 })
}
