// Rows as a fit reads them, many times over: what depends on one column alone is worked out once for each of its values.

import { distinctValues } from './distinct-values.ts'
import { orderedRows, type RepeatBuying } from './repeat-buying.ts'

/** Rows in rising order, with the distinct values of their columns. */
export interface IndexedRows extends RepeatBuying {
  /** Where rows of one number of purchases begin, and after the last where they end. */
  readonly starts: Int32Array
  /** Distinct ages, and which of them each row has. */
  readonly distinctAges: Float64Array
  readonly ageOf: Int32Array
  /** How many customers have an age, and how many purchases they made. */
  readonly customersByAge: Float64Array
  readonly purchasesByAge: Float64Array
  /** Distinct recencies, and which of them each row has. */
  readonly distinctRecencies: Float64Array
  readonly recencyOf: Int32Array
}

const sumsBy = (placeOf: Int32Array, places: number, value: (row: number) => number): Float64Array => {
  const sums = new Float64Array(places)
  for (let row = 0; row < placeOf.length; row += 1) {
    ;(sums[placeOf[row] as number] as number) += value(row)
  }
  return sums
}

/** Rows with times in multiples of a unit, ready for {@link IndexedRows}' readers. */
export const indexedRows = (rows: RepeatBuying, unit: number): IndexedRows => {
  const { repeats, recencies, ages, counts } = orderedRows(rows)
  const [scaledAges, scaledRecencies] = [ages.map((time) => time / unit), recencies.map((time) => time / unit)]
  const ageTable = distinctValues(scaledAges)
  const recencyTable = distinctValues(scaledRecencies)
  const countAt = (row: number): number => counts[row] as number
  const starts: Array<number> = []
  for (let row = 0; row < repeats.length; row += 1) {
    if (row === 0 || repeats[row] !== repeats[row - 1]) starts.push(row)
  }
  starts.push(repeats.length)
  return {
    repeats,
    recencies: scaledRecencies,
    ages: scaledAges,
    counts,
    starts: Int32Array.from(starts),
    distinctAges: ageTable.values,
    ageOf: ageTable.placeOf,
    customersByAge: sumsBy(ageTable.placeOf, ageTable.values.length, countAt),
    purchasesByAge: sumsBy(ageTable.placeOf, ageTable.values.length, (row) => countAt(row) * (repeats[row] as number)),
    distinctRecencies: recencyTable.values,
    recencyOf: recencyTable.placeOf,
  }
}
