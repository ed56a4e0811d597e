// The p-values of several comparisons, of which some could not be tested.

import { isLeft } from 'fp-ts/Either'
import { adjustPValues, type MultiplicityControl } from '../statistics/index.ts'

/** Each p-value adjusted for how many there are; `null` as the value is. */
export const adjustedComparisons = (
  pValues: ReadonlyArray<number | null>,
  control: MultiplicityControl,
): ReadonlyArray<number | null> => {
  const adjusted = adjustPValues(
    pValues.filter((p) => p !== null),
    control,
  )
  let at = -1
  return pValues.map((p) => {
    if (p === null || isLeft(adjusted)) return null
    at += 1
    return adjusted.right[at] ?? null
  })
}
