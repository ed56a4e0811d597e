/* eslint-disable no-param-reassign -- adds to the tree that it made itself */
/** Weights by rank, of which any leading part is summed in a few steps: P. M. Fenwick's tree (1994). */

/** Sums of weights, at positions from 1 on. */
export type RankTree = Float64Array

/** A tree of ranks from 0 to below a count, all of weight 0. */
export const rankTree = (ranks: number): RankTree => new Float64Array(ranks + 1)

/** Adds a weight at a rank. */
export const addWeight = (tree: RankTree, rank: number, weight: number): void => {
  for (let at = rank + 1; at < tree.length; at += at & -at) (tree[at] as number) += weight
}

/** The weight of all ranks below one. */
export const weightBelow = (tree: RankTree, rank: number): number => {
  let sum = 0
  for (let at = rank; at > 0; at -= at & -at) sum += tree[at] as number
  return sum
}
