/* eslint-disable no-param-reassign -- fills the tree that it made itself */
// The order statistics of gaps that come one after the other, each in logarithmic time: a tree of partial counts (P. M.
// Fenwick, Software: Practice and Experience 24, 1994) over the lengths that occur.

/** Gaps of which the lengths that will come are known, counted as they come. */
export interface GapRanks {
  /** The distinct lengths, rising. */
  readonly lengths: Int32Array
  /** Partial counts; position 0 is not used. */
  readonly tree: Int32Array
}

const distinct = (sorted: Int32Array): Int32Array =>
  sorted.filter((length, index) => index === 0 || length !== sorted[index - 1])

export const emptyGapRanks = (sorted: Int32Array): GapRanks => {
  const lengths = distinct(sorted)
  return { lengths, tree: new Int32Array(lengths.length + 1) }
}

/** How many of a rising list are at most so large. */
export const rankOf = (rising: ArrayLike<number>, value: number): number => {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rising[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low
}

export const addGap = ({ lengths, tree }: GapRanks, gap: number): void => {
  for (let at = rankOf(lengths, gap); at < tree.length; at += at & -at) tree[at] = (tree[at] as number) + 1
}

/** How many gaps so far are at most so long. */
export const gapsWithin = ({ lengths, tree }: GapRanks, days: number): number => {
  let count = 0
  for (let at = rankOf(lengths, days); at > 0; at -= at & -at) count += tree[at] as number
  return count
}

/** The gap at a position from 0 when those so far are put in order. */
export const gapAt = ({ lengths, tree }: GapRanks, position: number): number => {
  let [at, before] = [0, 0]
  for (let stride = 2 ** Math.floor(Math.log2(tree.length)); stride >= 1; stride /= 2) {
    const next = at + stride
    if (next >= tree.length || before + (tree[next] as number) > position) continue
    at = next
    before += tree[next] as number
  }
  return lengths[at] as number
}
