// Columns that are made of several periods or windows: days 1 to 3, 4 to 7, and so on.

import { type InvalidValue, invalidValue, type Path } from '../foundation/index.ts'

/** Periods since the cohort's own, or windows since a member's start, of which the first is 0. */
export interface CohortBracket {
  readonly from: number
  /** The first one that is no longer in it. */
  readonly until: number
}

/** What is wrong with brackets of so many periods or windows. */
export const bracketFaults = (
  brackets: ReadonlyArray<CohortBracket>,
  count: number,
  path: Path,
): ReadonlyArray<InvalidValue> =>
  brackets.length === 0
    ? [invalidValue(path, brackets, 'at least one bracket')]
    : brackets.flatMap((bracket, index) => {
        const { from, until } = bracket
        const least = brackets[index - 1]?.until ?? 0
        return Number.isInteger(from) && Number.isInteger(until) && from >= least && until > from && until <= count
          ? []
          : [invalidValue([...path, index], bracket, `from ${least} to at most ${count}, in order`)]
      })

/** The bracket that each of so many periods or windows lies in, or −1. */
export const bracketLookup = (brackets: ReadonlyArray<CohortBracket>, count: number): Int32Array => {
  const lookup = new Int32Array(count).fill(-1)
  brackets.forEach(({ from, until }, index) => {
    lookup.fill(index, from, until)
  })
  return lookup
}
