// p-values of several tests at once, adjusted for being several. The loops fill arrays that they made themselves.

import type { Either } from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'

/**
 * What is kept small: the probability of any false alarm (`'holm'`, `'bonferroni'`; Holm's finds at least as much), the
 * share of false alarms among all alarms (`'benjaminiHochberg'`), or nothing beyond each test alone (`'none'`).
 */
export type MultiplicityControl = 'holm' | 'bonferroni' | 'benjaminiHochberg' | 'none'

const indexesByValue = (values: ReadonlyArray<number>): ReadonlyArray<number> =>
  values.map((_, index) => index).sort((a, b) => Number(values[a]) - Number(values[b]) || a - b)

/** From the smallest on, each times the number of tests that are left, never falling. */
const byHolm = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const adjusted = values.map(() => 0)
  let largest = 0
  indexesByValue(values).forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, Number(values[index]) * (values.length - rank)))
    adjusted[index] = largest
  })
  return adjusted
}

/** From the largest down, each times the number of tests over its rank, never rising. */
const byBenjaminiHochberg = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const adjusted = values.map(() => 0)
  const order = indexesByValue(values)
  let smallest = 1
  for (let rank = order.length; rank > 0; rank -= 1) {
    const index = order[rank - 1] as number
    smallest = Math.min(smallest, (Number(values[index]) * values.length) / rank)
    adjusted[index] = smallest
  }
  return adjusted
}

const adjust = (values: ReadonlyArray<number>, control: MultiplicityControl): ReadonlyArray<number> => {
  switch (control) {
    case 'holm':
      return byHolm(values)
    case 'benjaminiHochberg':
      return byBenjaminiHochberg(values)
    case 'bonferroni':
      return values.map((value) => Math.min(1, value * values.length))
    case 'none':
      return [...values]
  }
}

/**
 * The p-values of several tests, adjusted so that each can be held against the level that is meant for all.
 *
 * Sources: S. Holm, Scandinavian Journal of Statistics 6 (1979); Y. Benjamini, Y. Hochberg, Journal of the Royal
 * Statistical Society B 57 (1995).
 *
 * @param pValues from 0 to 1, in any order
 * @param control `'holm'` when absent, since it asks nothing of how the tests hang together
 * @returns in the order of the input; `OutOfRange` at the index of the first value that is no probability.
 * @example
 * ```ts
 * import { adjustPValues, unwrap } from 'treue'
 *
 * unwrap(adjustPValues([0.01, 0.04, 0.03])).map((p) => p.toFixed(2)) // => ['0.03', '0.06', '0.06']
 * unwrap(adjustPValues([0.01, 0.04, 0.03], 'benjaminiHochberg')).map((p) => p.toFixed(2)) // => ['0.03', '0.04', '0.04']
 * ```
 */
export const adjustPValues = (
  pValues: ReadonlyArray<number>,
  control: MultiplicityControl = 'holm',
): Either<OutOfRange, ReadonlyArray<number>> => {
  const wrong = pValues.findIndex((value) => !(value >= 0 && value <= 1))
  return wrong < 0
    ? { _tag: 'Right', right: adjust(pValues, control) }
    : { _tag: 'Left', left: outOfRange([wrong], pValues[wrong], 'a probability from 0 to 1') }
}
