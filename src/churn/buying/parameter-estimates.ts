// Parameters with their errors, from the maximum of a likelihood by their logarithms.

import type { Maximum } from '../../statistics/index.ts'

/** Parameters of greatest likelihood, and how well they are known. */
export interface ParameterEstimates<Name extends string> {
  readonly parameters: { readonly [name in Name]: number }
  /** By the curvature of the log-likelihood at its maximum. */
  readonly standardErrors: { readonly [name in Name]: number }
  /** Intervals that hold a parameter with 95 %: of its logarithm, so that no end is below 0. */
  readonly intervals: { readonly [name in Name]: readonly [low: number, high: number] }
  /** Of the parameters in the order of their names, row by row. */
  readonly covariance: ReadonlyArray<ReadonlyArray<number>>
  /** Twice what a further step of Newton's method would gain: how far from the maximum the search ended. */
  readonly decrement: number
}

const record = <Name extends string, A>(
  names: ReadonlyArray<Name>,
  value: (index: number) => A,
): { readonly [name in Name]: A } =>
  Object.fromEntries(names.map((name, index) => [name, value(index)])) as { readonly [name in Name]: A }

/** How many standard errors an interval that holds a value with 95 % reaches to each side. */
export const normal95: number = 1.959963984540054

/** Estimates in the data's units; each parameter was sought in multiples of its unit. */
export const estimatesOf = <Name extends string>(
  names: ReadonlyArray<Name>,
  { point, decrement, inverseCurvature }: Maximum,
  units: ReadonlyArray<number>,
): ParameterEstimates<Name> => {
  const size = names.length
  const values = units.map((unit, index) => Math.exp(point[index] as number) * unit)
  const valueAt = (index: number): number => values[index] as number
  const logError = (index: number): number => Math.sqrt(inverseCurvature[index * (size + 1)] as number)
  return {
    parameters: record(names, valueAt),
    standardErrors: record(names, (index) => valueAt(index) * logError(index)),
    intervals: record(names, (index) => {
      const factor = Math.exp(normal95 * logError(index))
      return [valueAt(index) / factor, valueAt(index) * factor] as const
    }),
    covariance: values.map((first, row) =>
      values.map((second, column) => first * second * (inverseCurvature[row * size + column] as number)),
    ),
    decrement,
  }
}
