// The distinct values of a column, and which of them each row has.

/** Values in rising order. */
export interface DistinctValues {
  readonly values: Float64Array
  /** The index of each row's value. */
  readonly placeOf: Int32Array
}

/** The distinct values of numbers. */
export const distinctValues = (column: Float64Array): DistinctValues => {
  const found = new Map<number, number>()
  const firstPlaceOf = new Int32Array(column.length)
  column.forEach((value, row) => {
    const known = found.get(value)
    firstPlaceOf[row] = known ?? found.size
    if (known === undefined) found.set(value, found.size)
  })
  const values = Float64Array.from(found.keys()).sort()
  const rankOf = new Int32Array(values.length)
  values.forEach((value, rank) => {
    rankOf[found.get(value) as number] = rank
  })
  return { values, placeOf: firstPlaceOf.map((place) => rankOf[place] as number) }
}
