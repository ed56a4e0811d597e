// Which columns are sums of others: told from the correlations, one column after the other.

import type { Fault } from '../foundation/index.ts'
import type { ColumnDesign } from './logistic-design.ts'

/** A column that says nothing that other columns don't say: its coefficient could be any. */
export interface CollinearColumn extends Fault<'CollinearColumn'> {
  readonly column: string
  /** The columns it is a weighted sum of, with a constant; none where it is the same in all rows. */
  readonly others: ReadonlyArray<string>
}

/** A column of which less than that is its own, as a share of its variance, is a sum of the others. */
const leastOwnShare = 1e-11

const collinear = (names: ReadonlyArray<string>, column: number, others: ReadonlyArray<string>): CollinearColumn => ({
  _tag: 'CollinearColumn',
  path: ['columns', column],
  expected:
    others.length === 0
      ? `a column with different values, or none: ${names[column] as string} is the same in all rows`
      : `columns that differ: leave out ${names[column] as string}, or one of ${others.join(', ')}, or take a ridge above 0`,
  column: names[column] as string,
  others,
})

/** Columns with one value only. */
export const constantColumns = ({ names, deviations }: ColumnDesign): ReadonlyArray<CollinearColumn> =>
  names.flatMap((_, column) => (deviations[column] === 0 ? [collinear(names, column, [])] : []))

const correlation = ({ values, weights, total }: ColumnDesign, first: number, second: number): number => {
  const [a, b] = [values[first] as Float64Array, values[second] as Float64Array]
  let sum = 0
  if (weights === null) for (let row = 0; row < a.length; row += 1) sum += (a[row] as number) * (b[row] as number)
  else
    for (let row = 0; row < a.length; row += 1)
      sum += (a[row] as number) * (b[row] as number) * (weights[row] as number)
  return sum / total
}

/** One column that was kept, with its row of the factor of the correlations. */
interface Kept {
  readonly column: number
  readonly factor: ReadonlyArray<number>
}

const dot = (first: ReadonlyArray<number>, second: ReadonlyArray<number>): number =>
  first.reduce((sum, value, index) => sum + value * (second[index] ?? 0), 0)

/** The coefficients of the kept columns in a sum that is equal to the one whose row of the factor is given. */
const coefficientsOf = (kept: ReadonlyArray<Kept>, row: ReadonlyArray<number>): ReadonlyArray<number> => {
  const solved: Array<number> = row.map(() => 0)
  for (let index = row.length - 1; index >= 0; index -= 1) {
    let rest = row[index] as number
    for (let later = index + 1; later < row.length; later += 1)
      rest -= ((kept[later] as Kept).factor[index] as number) * (solved[later] as number)
    solved[index] = rest / ((kept[index] as Kept).factor[index] as number)
  }
  return solved
}

/** Columns that are sums of earlier ones. Those that are constant are none of them. */
export const collinearColumns = (design: ColumnDesign): ReadonlyArray<CollinearColumn> => {
  const { names, deviations } = design
  const kept: Array<Kept> = []
  return names.flatMap((_, column) => {
    if (deviations[column] === 0) return []
    const row: Array<number> = []
    for (const other of kept) {
      const known = dot(other.factor.slice(0, row.length), row)
      row.push((correlation(design, column, other.column) - known) / (other.factor[row.length] as number))
    }
    const own = 1 - dot(row, row)
    if (own > leastOwnShare) {
      kept.push({ column, factor: [...row, Math.sqrt(own)] })
      return []
    }
    const coefficients = coefficientsOf(kept, row)
    const others = kept.filter((_unused, index) => Math.abs(coefficients[index] as number) > 1e-5)
    return [
      collinear(
        names,
        column,
        others.map((other) => names[other.column] as string),
      ),
    ]
  })
}
