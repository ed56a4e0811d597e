// Sums over customers with their slopes and second derivatives. This kernel mutates the tallies that its callers made.

/** The value, its slopes by each parameter, and its second derivatives, row by row of the upper triangle. */
export interface SumTally {
  value: number
  readonly slopes: Float64Array
  readonly bends: Float64Array
}

/** Adds values to those of a tally, each to its own. */
export const addTo = (tally: Float64Array, values: ReadonlyArray<number>): void => {
  for (let index = 0; index < values.length; index += 1) (tally[index] as number) += values[index] as number
}
