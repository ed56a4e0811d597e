// What a model foresaw against what customers bought afterwards, by how often they had bought before.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, emptySample, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import type { BuyingModel, BuyingParameters } from './buying-model.ts'
import { groupingFaults } from './purchase-counts.ts'
import type { RepeatBuyers } from './repeat-buyers.ts'
import { repeatBuying } from './repeat-buying.ts'

/** Customers with a number of repeat purchases before the holdout. */
export interface HoldoutRow {
  readonly repeats: number
  /** Whether those with more are counted here too: in the last row. */
  readonly andMore: boolean
  readonly customers: number
  /** Mean expected purchases in the holdout; `null` without a customer. */
  readonly meanExpected: number | null
  /** Mean purchases made in it; `null` without a customer. */
  readonly meanActual: number | null
}

/** A holdout table with its figures over all customers. */
export interface HoldoutTable {
  readonly rows: ReadonlyArray<HoldoutRow>
  readonly expectedPurchases: number
  readonly actualPurchases: number
  /** Expected ÷ actual − 1; `null` where nothing was bought. */
  readonly totalError: number | null
  /** The mean over customers of the absolute difference. */
  readonly meanAbsoluteError: number
  /** The root of the mean over customers of the squared difference. */
  readonly rootMeanSquareError: number
  /** The same two of a forecast that gives everybody the mean of what was bought: an error that any model has to beat. */
  readonly meanAbsoluteErrorOfMean: number
  readonly rootMeanSquareErrorOfMean: number
}

const sumOf = (values: Float64Array, term: (value: number, row: number) => number): number =>
  values.reduce((sum, value, row) => sum + term(value, row), 0)

const rowsOf = (
  repeats: Float64Array,
  expected: Float64Array,
  actual: Float64Array,
  andMoreFrom: number,
): ReadonlyArray<HoldoutRow> => {
  const [customers, foreseen, made] = [0, 1, 2].map(() => new Float64Array(andMoreFrom + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let row = 0; row < repeats.length; row += 1) {
    const group = Math.min(andMoreFrom, repeats[row] as number)
    ;(customers[group] as number) += 1
    ;(foreseen[group] as number) += expected[row] as number
    ;(made[group] as number) += actual[row] as number
  }
  return Array.from(customers, (count, group) => ({
    repeats: group,
    andMore: group === andMoreFrom,
    customers: count,
    meanExpected: count === 0 ? null : (foreseen[group] as number) / count,
    meanActual: count === 0 ? null : (made[group] as number) / count,
  }))
}

const tableOf = (
  repeats: Float64Array,
  expected: Float64Array,
  actual: Float64Array,
  andMoreFrom: number,
): HoldoutTable => {
  const [foreseen, made] = [sumOf(expected, (value) => value), sumOf(actual, (value) => value)]
  const [customers, mean] = [actual.length, made / actual.length]
  const errorOf = (row: number): number => (expected[row] as number) - (actual[row] as number)
  return {
    rows: rowsOf(repeats, expected, actual, andMoreFrom),
    expectedPurchases: foreseen,
    actualPurchases: made,
    totalError: made === 0 ? null : foreseen / made - 1,
    meanAbsoluteError: sumOf(actual, (_, row) => Math.abs(errorOf(row))) / customers,
    rootMeanSquareError: Math.sqrt(sumOf(actual, (_, row) => errorOf(row) ** 2) / customers),
    meanAbsoluteErrorOfMean: sumOf(actual, (value) => Math.abs(value - mean)) / customers,
    rootMeanSquareErrorOfMean: Math.sqrt(sumOf(actual, (value) => (value - mean) ** 2) / customers),
  }
}

const holdoutFaults = ({
  repeats,
  holdout,
}: Pick<RepeatBuyers, 'repeats' | 'holdout'>): ReadonlyArray<InvalidValue | EmptySample> => {
  if (repeats.length === 0) return [emptySample(['repeats'], 'a customer')]
  if (holdout === null) return [emptySample(['holdout'], 'purchases that were held out: give `holdoutUntil`')]
  return holdout.length === repeats.length
    ? []
    : [invalidValue(['holdout', 'length'], holdout.length, `${repeats.length}, one per customer`)]
}

/**
 * Expected and actual purchases in the time held out, by how often customers had bought before it, with the errors over all
 * customers.
 *
 * @param model {@link bgNbd}, {@link mbgNbd}, {@link paretoNbd} or another
 * @param parameters of the model, fitted to what came before the holdout
 * @param buyers from {@link repeatBuyers} with a `holdoutUntil`
 * @param andMoreFrom the number of purchases of the last row, which also has those with more; 7 as in the papers
 * @returns `InvalidValue` for each parameter, column or number that is wrong; `EmptySample` without a customer or a holdout.
 * @example
 * ```ts
 * import { holdoutTable, mbgNbd, unwrap } from 'treue'
 *
 * const buyers = {
 *   customers: ['ann', 'bob', 'eve'],
 *   repeats: Float64Array.of(0, 2, 9),
 *   recencies: Float64Array.of(0, 30, 38),
 *   ages: Float64Array.of(39, 39, 39),
 *   logGaps: Float64Array.of(0, 5, 12),
 *   holdout: Float64Array.of(0, 1, 6),
 *   horizon: 39,
 * }
 * const weeks = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
 * const { rows, actualPurchases } = unwrap(holdoutTable(mbgNbd, weeks, buyers, 2))
 * rows.map(({ customers }) => customers) // => [1, 0, 2]
 * rows[2]?.meanActual // => 3.5
 * actualPurchases // => 7
 * ```
 */
export const holdoutTable = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
  buyers: RepeatBuyers,
  andMoreFrom: number,
): Either<ReadonlyNonEmptyArray<InvalidValue | EmptySample>, HoldoutTable> => {
  const { repeats, recencies, ages, holdout, horizon } = buyers
  const checked = repeatBuying(buyers)
  const counts = new Float64Array(repeats.length).fill(1)
  const scores = model.score(parameters, { repeats, recencies, ages, counts }, horizon)
  const [first, ...rest] = [
    ...(scores._tag === 'Left' ? scores.left : []),
    ...(checked._tag === 'Left' ? checked.left : []),
    ...holdoutFaults(buyers),
    ...groupingFaults(andMoreFrom),
  ]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const expected = scores._tag === 'Right' ? scores.right.expectedPurchases : counts
  return { _tag: 'Right', right: tableOf(repeats, expected, holdout ?? counts, andMoreFrom) }
}
