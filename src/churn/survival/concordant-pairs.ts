/**
 * Pairs of which it is known who left first, counted with a tree in n log n steps. A pair is counted once for the one who left
 * first, and once more for the other, so that each row's part of the whole is known.
 */

import { addWeight, type RankTree, rankTree, weightBelow } from './rank-tree.ts'
import { endOfTime, type RiskRows } from './risk-rows.ts'
import { groupedOrder, sortedOrder } from './sorted-order.ts'

/** Weighted pairs, and each row's part of them. */
export interface ConcordantPairs {
  readonly concordant: number
  readonly discordant: number
  readonly tiedScores: number
  /** Per row: the weight of those it makes a concordant pair with, half of those of the same score included. */
  readonly agreeing: Float64Array
  /** Per row: the weight of all it makes a pair with. */
  readonly comparable: Float64Array
}

/** The stratum of each row. */
const strataOf = ({ bounds, strata, times }: RiskRows): Uint32Array => {
  const codes = new Uint32Array(times.length)
  for (let stratum = 0; stratum < strata.length; stratum += 1) codes.fill(stratum, bounds[stratum], bounds[stratum + 1])
  return codes
}

/** Ranks of numbers within their stratum, from 0 on, the same for equal ones. */
const ranksOf = (values: Float64Array, rows: RiskRows): Uint32Array => {
  const codes = strataOf(rows)
  const order = groupedOrder(sortedOrder(values), codes, rows.strata.length)
  const ranks = new Uint32Array(values.length)
  let rank = 0
  order.forEach((row, at) => {
    const before = order[at - 1] as number
    const isFirst = at === 0 || codes[row] !== codes[before]
    if (isFirst) rank = 0
    else if (values[row] !== values[before]) rank += 1
    ranks[row] = rank
  })
  return ranks
}

interface PairsTally {
  concordant: number
  discordant: number
  tiedScores: number
  readonly rows: RiskRows
  readonly ranks: Uint32Array
  /** Room for the tree of any stratum. */
  readonly trees: RankTree
  /** Of the ranks of the stratum at hand. */
  tree: RankTree
  total: number
  readonly agreeing: Float64Array
  readonly comparable: Float64Array
}

const put = (tally: PairsTally, row: number, sign: number): void => {
  const weight = sign * (tally.rows.weights[row] as number)
  addWeight(tally.tree, tally.ranks[row] as number, weight)
  tally.total += weight
}

interface Split {
  readonly below: number
  readonly same: number
  readonly above: number
}

const splitAt = ({ tree, ranks, total }: PairsTally, row: number): Split => {
  const rank = ranks[row] as number
  const below = weightBelow(tree, rank)
  const upTo = weightBelow(tree, rank + 1)
  return { below, same: upTo - below, above: total - upTo }
}

/** A row that left against all in the tree, who stayed longer. */
const countFirst = (tally: PairsTally, row: number): void => {
  const { below, same, above } = splitAt(tally, row)
  const weight = tally.rows.weights[row] as number
  tally.concordant += weight * below
  tally.discordant += weight * above
  tally.tiedScores += weight * same
  ;(tally.agreeing[row] as number) += below + same / 2
  ;(tally.comparable[row] as number) += below + same + above
}

/** A row against all in the tree, who left before it; `sign` −1 takes off those who left before it was watched. */
const countSecond = (tally: PairsTally, row: number, sign: number): void => {
  const { below, same, above } = splitAt(tally, row)
  ;(tally.agreeing[row] as number) += sign * (above + same / 2)
  ;(tally.comparable[row] as number) += sign * (below + same + above)
}

/** The rows of a time that ended, with a flag of 1, or that were last seen then. */
const each = ({ rows: { ended } }: PairsTally, flag: number, from: number, to: number, work: (row: number) => void) => {
  for (let row = from; row < to; row += 1) if (ended[row] === flag) work(row)
}

/** A tree for as many ranks as a stratum can have, without a weight. */
const emptied = (tally: PairsTally, ranks: number): void => {
  tally.tree = tally.trees.subarray(0, ranks + 1).fill(0)
  tally.total = 0
}

/** From the last time to the first: those who left against those who stayed longer. */
const countFirsts = (tally: PairsTally, start: number, end: number): void => {
  const { rows } = tally
  const { entries, entryOrder, times } = rows
  let entry = start
  emptied(tally, end - start)
  for (let from = start; from < end; ) {
    const to = endOfTime(rows, from, end)
    // Who was last seen at a time was still there when others left at it.
    each(tally, 0, from, to, (row) => {
      put(tally, row, 1)
    })
    while (entries !== undefined && entry < end) {
      const late = entryOrder[entry] as number
      if ((entries[late] as number) < (times[from] as number)) break
      put(tally, late, -1)
      entry += 1
    }
    each(tally, 1, from, to, (row) => {
      countFirst(tally, row)
    })
    each(tally, 1, from, to, (row) => {
      put(tally, row, 1)
    })
    from = to
  }
}

/** From the first time to the last: everybody against those who left before, but after the row was watched. */
const countSeconds = (tally: PairsTally, start: number, end: number): void => {
  const { entries, entryOrder, times } = tally.rows
  let entry = end - 1
  emptied(tally, end - start)
  for (let to = end; to > start; ) {
    const time = times[to - 1] as number
    while (entries !== undefined && entry >= start) {
      const late = entryOrder[entry] as number
      if ((entries[late] as number) >= time) break
      countSecond(tally, late, -1)
      entry -= 1
    }
    let from = to - 1
    while (from > start && times[from - 1] === time) from -= 1
    each(tally, 1, from, to, (row) => {
      countSecond(tally, row, 1)
    })
    each(tally, 1, from, to, (row) => {
      put(tally, row, 1)
    })
    each(tally, 0, from, to, (row) => {
      countSecond(tally, row, 1)
    })
    to = from
  }
}

/** Pairs within each stratum; scores in the order of the walk, a greater one for whom we expect to leave earlier. */
export const concordantPairs = (rows: RiskRows, scores: Float64Array): ConcordantPairs => {
  const trees = rankTree(scores.length)
  const tally: PairsTally = {
    concordant: 0,
    discordant: 0,
    tiedScores: 0,
    rows,
    ranks: ranksOf(scores, rows),
    trees,
    tree: trees,
    total: 0,
    agreeing: new Float64Array(scores.length),
    comparable: new Float64Array(scores.length),
  }
  for (let stratum = 0; stratum < rows.strata.length; stratum += 1) {
    const [start, end] = [rows.bounds[stratum] as number, rows.bounds[stratum + 1] as number]
    countFirsts(tally, start, end)
    countSeconds(tally, start, end)
  }
  return tally
}
