// What a fit climbs: the log-likelihood by the logarithms of parameters.

import type { BuyingKernel } from './buying-kernel.ts'
import type { Objective } from './buying-prior.ts'
import type { IndexedRows } from './indexed-rows.ts'

/** The log-likelihood by the logarithms of the parameters. */
export const byLogarithms =
  <Name extends string>({ evaluate }: BuyingKernel<Name>, rows: IndexedRows): Objective =>
  (point) => {
    const parameters = point.map(Math.exp)
    const { value, gradient, curvature } = evaluate(parameters, rows)
    const slopes = gradient.map((slope, index) => slope * (parameters[index] as number))
    if (curvature === undefined) return { value, gradient: slopes }
    const size = point.length
    const bends = curvature.map((bend, index) => {
      const [row, column] = [Math.floor(index / size), index % size]
      const own = row === column ? (slopes[row] as number) : 0
      return bend * (parameters[row] as number) * (parameters[column] as number) - own
    })
    return { value, gradient: slopes, curvature: bends }
  }
