/**
 * Numeric kernels under the measures: sums, means, quantiles, distributions.
 *
 * @packageDocumentation
 */
export * from './compensated-sum.ts'
export * from './mean.ts'
export * from './normal-quantile.ts'
export * from './quantile.ts'
export type { SampleFault } from './sample.ts'
