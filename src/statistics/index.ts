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
export * from './compensated-sum.ts'
export * from './count-forecast.ts'
export * from './digamma.ts'
export * from './gauss-legendre.ts'
export { logGamma } from './log-gamma.ts'
export * from './maximum.ts'
export * from './mean.ts'
export * from './normal-quantile.ts'
export { normalUpperTail } from './normal-tail.ts'
export * from './quantile.ts'
export type { SampleFault } from './sample.ts'
export * from './student-t.ts'
export * from './survival-table.ts'
export * from './trial-forecast.ts'
export * from './trinomial-balance.ts'
export * from './two-proportions.ts'
export { type ProportionInterval, twoSidedQuantile, wilsonInterval } from './wilson-interval.ts'
