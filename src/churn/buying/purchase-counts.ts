// How many customers bought how often, against what a model expects: the first look at whether it fits.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type EmptySample, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import type { BuyingFaults, BuyingModel, BuyingParameters } from './buying-model.ts'
import { customersByAge, knownFaults } from './purchase-curve.ts'
import type { RepeatBuying } from './repeat-buying.ts'

/** Customers with a number of repeat purchases. */
export interface PurchaseCount {
  readonly repeats: number
  /** Whether those with more are counted here too: in the last row. */
  readonly andMore: boolean
  readonly expected: number
  readonly actual: number
}

/** A number from which on counts are put together. */
export const groupingFaults = (andMoreFrom: number): ReadonlyArray<InvalidValue> =>
  Number.isInteger(andMoreFrom) && andMoreFrom >= 1 && andMoreFrom <= 10_000
    ? []
    : [invalidValue(['andMoreFrom'], andMoreFrom, 'an integer from 1 to 10000')]

const actualCounts = ({ repeats, counts }: RepeatBuying, andMoreFrom: number): Float64Array => {
  const actual = new Float64Array(andMoreFrom + 1)
  for (let row = 0; row < repeats.length; row += 1) {
    ;(actual[Math.min(andMoreFrom, repeats[row] as number)] as number) += counts[row] as number
  }
  return actual
}

/** Expected customers by repeat purchases; the rest in the last place. */
const expectedCounts = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
  customers: ReadonlyMap<number, number>,
  andMoreFrom: number,
): Either<BuyingFaults, Float64Array> => {
  const expected = new Float64Array(andMoreFrom + 1)
  for (const [age, count] of customers) {
    let rest = 1
    for (let repeats = 0; repeats < andMoreFrom; repeats += 1) {
      const probability = model.probabilityOf(parameters, age, repeats)
      if (probability._tag === 'Left') return probability
      rest -= probability.right
      ;(expected[repeats] as number) += count * probability.right
    }
    ;(expected[andMoreFrom] as number) += count * Math.max(0, rest)
  }
  return { _tag: 'Right', right: expected }
}

/**
 * How many customers made no, one, two and more repeat purchases, and how many the model expects to, each over the time that
 * they have been known.
 *
 * It takes one formula for each pair of a distinct age and a row of the table.
 *
 * @param model {@link bgNbd}, {@link mbgNbd}, {@link paretoNbd} or another
 * @param parameters of the model, such as from its fit to the same rows
 * @param rows from {@link repeatBuying}
 * @param andMoreFrom the number of purchases of the last row, which also has those with more; 7 as in the papers
 * @returns `InvalidValue` for each parameter, row or number that is wrong; `EmptySample` without a customer.
 * @example
 * ```ts
 * import { mbgNbd, purchaseCounts, repeatBuying, unwrap } from 'treue'
 *
 * const rows = unwrap(repeatBuying({ repeats: [0, 1, 4], recencies: [0, 9, 30], ages: [39, 39, 39], counts: [6, 2, 2] }))
 * const weeks = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
 * const table = unwrap(purchaseCounts(mbgNbd, weeks, rows, 2))
 * table.map(({ actual }) => actual) // => [6, 2, 2]
 * table.map(({ expected }) => expected.toFixed(1)) // => ['5.8', '1.8', '2.3']
 * ```
 */
export const purchaseCounts = <Name extends string>(
  model: BuyingModel<Name>,
  parameters: BuyingParameters<Name>,
  rows: RepeatBuying,
  andMoreFrom: number,
): Either<ReadonlyNonEmptyArray<InvalidValue | EmptySample>, ReadonlyArray<PurchaseCount>> => {
  const start = model.newCustomerPurchases(parameters, 0)
  const wrongParameters = start._tag === 'Left' ? start.left : []
  const [first, ...rest] = [...wrongParameters, ...knownFaults(rows), ...groupingFaults(andMoreFrom)]
  if (first !== undefined) return { _tag: 'Left', left: [first, ...rest] }
  const expected = expectedCounts(model, parameters, customersByAge(rows), andMoreFrom)
  if (expected._tag === 'Left') return expected
  const actual = actualCounts(rows, andMoreFrom)
  const right = Array.from(expected.right, (customers, repeats) => ({
    repeats,
    andMore: repeats === andMoreFrom,
    expected: customers,
    actual: actual[repeats] as number,
  }))
  return { _tag: 'Right', right }
}
