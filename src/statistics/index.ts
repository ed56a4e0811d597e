/**
 * Numeric kernels under the measures: sums, means, quantiles, distributions.
 *
 * @packageDocumentation
 */
export * from './adjusted-p-values.ts'
export * from './beta-distribution.ts'
export * from './bisection.ts'
export * from './chi-square.ts'
export * from './compensated-sum.ts'
export * from './count-forecast.ts'
export { logGamma } from './log-gamma.ts'
export * from './mean.ts'
export * from './normal-quantile.ts'
export { normalUpperTail } from './normal-tail.ts'
export * from './proportion-difference.ts'
export * from './quantile.ts'
export type { SampleFault } from './sample.ts'
export * from './student-t.ts'
export * from './trial-forecast.ts'
export * from './trinomial-balance.ts'
export { type ProportionInterval, twoSidedQuantile, wilsonInterval } from './wilson-interval.ts'
