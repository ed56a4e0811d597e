// The non-decreasing sequence that is nearest to a given one: pool adjacent violators. The kernel fills its own arrays.

import type { Either } from 'fp-ts/Either'
import { type EmptySample, emptySample, type InvalidValue, invalidValue } from '../foundation/index.ts'

/** Neighbours that share a fitted value. */
export interface IsotonicBlock {
  /** The index of the first. */
  readonly from: number
  /** The index after the last. */
  readonly until: number
  readonly value: number
  /** All weights of the block together. */
  readonly weight: number
}

/** Why there is no fit. */
export type IsotonicFault = EmptySample | InvalidValue

const weightFault = (weights: ArrayLike<number>, size: number): InvalidValue | null => {
  if (weights.length !== size) return invalidValue(['weights', 'length'], weights.length, `${size}, one per value`)
  for (let index = 0; index < size; index += 1) {
    const weight = weights[index] as number
    if (!(weight > 0 && weight <= 1e15))
      return invalidValue(['weights', index], weight, 'a weight above 0, at most 1e15')
  }
  return null
}

const faultOf = (values: ArrayLike<number>, weights: ArrayLike<number> | undefined): IsotonicFault | null => {
  if (values.length === 0) return emptySample(['values'], 'at least one value')
  for (let index = 0; index < values.length; index += 1) {
    if (!Number.isFinite(values[index])) return invalidValue(['values', index], values[index], 'a finite number')
  }
  return weights === undefined ? null : weightFault(weights, values.length)
}

const pooled = (values: ArrayLike<number>, weights: ArrayLike<number> | undefined): ReadonlyArray<IsotonicBlock> => {
  const blocks: Array<IsotonicBlock> = []
  for (let index = 0; index < values.length; index += 1) {
    let from = index
    let weight = weights === undefined ? 1 : (weights[index] as number)
    let sum = weight * (values[index] as number)
    for (let last = blocks[blocks.length - 1]; last !== undefined; last = blocks[blocks.length - 1]) {
      if (last.value < sum / weight) break
      blocks.pop()
      from = last.from
      sum += last.value * last.weight
      weight += last.weight
    }
    blocks.push({ from, until: index + 1, value: sum / weight, weight })
  }
  return blocks
}

/**
 * The blocks of the non-decreasing sequence nearest to the values by weighted squares: neighbours that fall are pooled to
 * their mean.
 *
 * Source: M. Ayer et al., Annals of Mathematical Statistics 26 (1955): pool adjacent violators, in linear time.
 *
 * @param values finite numbers, in the order in which they should rise
 * @param weights above 0, one per value; all alike when absent
 * @returns `EmptySample` without values, `InvalidValue` for the first value or weight that is wrong.
 * @example
 * ```ts
 * import { isotonicRegression, unwrap } from 'treue'
 *
 * unwrap(isotonicRegression([1, 3, 2, 4])).map(({ from, until, value }) => [from, until, value])
 * // => [[0, 1, 1], [1, 3, 2.5], [3, 4, 4]]
 * ```
 */
export const isotonicRegression = (
  values: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Either<IsotonicFault, ReadonlyArray<IsotonicBlock>> => {
  const fault = faultOf(values, weights)
  return fault === null ? { _tag: 'Right', right: pooled(values, weights) } : { _tag: 'Left', left: fault }
}
