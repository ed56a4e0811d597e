/**
 * Numeric kernels under the measures: sums, means, quantiles, distributions.
 *
 * @packageDocumentation
 */
export * from './adjusted-p-values.ts'
export * from './beta-distribution.ts'
export * from './bisection.ts'
export * from './chi-square.ts'
export { type SquareMatrix, solvePositiveDefinite } from './cholesky.ts'
export type { CoefficientEstimate } from './coefficient-estimate.ts'
export type { CollinearColumn } from './collinear-columns.ts'
export * from './compensated-sum.ts'
export * from './count-cusum.ts'
export * from './count-forecast.ts'
export * from './count-tail.ts'
export * from './digamma.ts'
export * from './gauss-legendre.ts'
export * from './isotonic-regression.ts'
export {
  explainLogistic,
  LinearPredictor,
  type LogisticContribution,
  linearPredictions,
  logisticProbabilities,
  type NamedCoefficient,
} from './linear-predictor.ts'
export * from './linear-regression.ts'
export { logGamma } from './log-gamma.ts'
export type { LogisticSample, NamedColumn } from './logistic-design.ts'
export * from './logistic-regression.ts'
export type { SeparatedOutcomes } from './logistic-separation.ts'
export { type Evaluation, type Maximum, type MaximumOptions, maximumOf, type NoMaximum } from './maximum.ts'
export * from './mean.ts'
export * from './multiple-choice-knapsack.ts'
export * from './newton-maximum.ts'
export * from './normal-quantile.ts'
export { normalUpperTail } from './normal-tail.ts'
export * from './quantile.ts'
export { gammaFrom, type RandomSource, uniformAt, uniforms } from './random-numbers.ts'
export type { SampleFault } from './sample.ts'
export * from './student-t.ts'
export * from './survival-table.ts'
export * from './trial-forecast.ts'
export * from './trinomial-balance.ts'
export * from './two-proportions.ts'
export { type ProportionInterval, twoSidedQuantile, wilsonInterval } from './wilson-interval.ts'
