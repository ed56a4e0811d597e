// Lists of counts, added entry by entry; what one of them doesn't have counts as 0.

/** The sums of two lists, as long as the longer one. */
export const addCounts = (first: ReadonlyArray<number>, second: ReadonlyArray<number> = []): ReadonlyArray<number> => {
  const [longer, shorter] = first.length >= second.length ? [first, second] : [second, first]
  return longer.map((count, index) => count + (shorter[index] ?? 0))
}

/** The sums of two tables, row by row. */
export const addRows = (
  first: ReadonlyArray<ReadonlyArray<number>>,
  second: ReadonlyArray<ReadonlyArray<number>>,
): ReadonlyArray<ReadonlyArray<number>> => first.map((row, index) => addCounts(row, second[index]))
