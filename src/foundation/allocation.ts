// Splitting a whole into parts that sum to it, by largest remainder.
import * as E from 'fp-ts/Either'
import { type ExactInteger, exactProduct, exactSum } from './exact-integer.ts'
import {
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
  zeroDenominator,
} from './fault.ts'

/** The rounded-down shares of a total, and what was cut off each. */
interface Cut<N> {
  readonly shares: ReadonlyArray<number>
  readonly remainders: ReadonlyArray<N>
}

const cutNumbers = (total: number, weights: ReadonlyArray<number>, sum: number): Cut<number> => ({
  shares: weights.map((weight) => (total * weight - ((total * weight) % sum)) / sum),
  remainders: weights.map((weight) => (total * weight) % sum),
})

const cutBig = (total: number, weights: ReadonlyArray<ExactInteger>, sum: bigint): Cut<bigint> => {
  const products = weights.map((weight) => BigInt(total) * BigInt(weight))
  return {
    shares: products.map((product) => Number(product / sum)),
    remainders: products.map((product) => product % sum),
  }
}

/** Gives the units that rounding down left over to the largest remainders; among equals to the earlier ones. */
const hand = <N extends number | bigint>(total: number, { shares, remainders }: Cut<N>): ReadonlyArray<number> => {
  const left = total - shares.reduce((sum, share) => sum + share, 0)
  if (left === 0) return shares
  const order = remainders.map((remainder, index) => ({ remainder, index }))
  order.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  const raised = new Set(order.slice(0, left).map(({ index }) => index))
  return shares.map((share, index) => (raised.has(index) ? share + 1 : share))
}

/** The sum, as a bigint where it (or a product with the total) leaves the exact range of numbers. */
const sumOf = (total: number, weights: ReadonlyArray<ExactInteger>): ExactInteger => {
  let sum: ExactInteger = 0
  for (const weight of weights) sum = exactSum(sum, weight)
  return typeof exactProduct(total, sum) === 'number' ? sum : BigInt(sum)
}

/** Weights that are below 2^53 in their sum are all numbers. */
const isSmall = (_weights: ReadonlyArray<ExactInteger>, sum: ExactInteger): _weights is ReadonlyArray<number> =>
  typeof sum === 'number'

const split = (
  total: number,
  weights: ReadonlyArray<ExactInteger>,
): E.Either<ZeroDenominator, ReadonlyArray<number>> => {
  if (total === 0) return E.right(weights.map(() => 0))
  const sum = sumOf(total, weights)
  if (sum === 0 || sum === 0n) return E.left(zeroDenominator(['weights'], 'at least one weight above 0'))
  return E.right(
    isSmall(weights, sum)
      ? hand(total, cutNumbers(total, weights, Number(sum)))
      : hand(total, cutBig(total, weights, BigInt(sum))),
  )
}

const isWeight = (weight: ExactInteger): boolean =>
  typeof weight === 'bigint' ? weight >= 0n : Number.isSafeInteger(weight) && weight >= 0

const faultOf = (total: number, weights: ReadonlyArray<ExactInteger>): InvalidValue | OutOfRange | undefined => {
  if (!Number.isSafeInteger(total)) {
    return outOfRange(['total'], total, 'an integer from -9007199254740991 to 9007199254740991')
  }
  if (weights.length === 0) return invalidValue(['weights'], weights, 'at least one weight')
  const wrong = weights.findIndex((weight) => !isWeight(weight))
  return wrong < 0
    ? undefined
    : invalidValue(
        ['weights', wrong],
        weights[wrong],
        'a weight as an integer of 0 or more, a bigint where it is above 9007199254740991',
      )
}

/**
 * Splits an integer in proportion to weights, by largest remainder. The shares sum to the total, each is less than 1
 * away from its exact value, and among equal remainders the earlier one gets the unit (S4). A total below 0 is split
 * like its opposite. `ZeroDenominator` where every weight is 0 and the total is not; `InvalidValue` for a list without
 * weights or a weight that isn't an integer of at least 0; `OutOfRange` where the total is no safe integer.
 *
 * @param total a safe integer
 * @param weights integers from 0 on, at least one; a bigint where a number isn't exact
 * @example
 * ```ts
 * import { allocate } from 'treue'
 *
 * allocate(100, [1, 1, 1]) // => { _tag: 'Right', right: [34, 33, 33] }
 * ```
 */
export const allocate = (
  total: number,
  weights: ReadonlyArray<ExactInteger>,
): E.Either<ZeroDenominator | InvalidValue | OutOfRange, ReadonlyArray<number>> => {
  const fault = faultOf(total, weights)
  if (fault !== undefined) return E.left(fault)
  if (total >= 0) return split(total, weights)
  return E.map((shares: ReadonlyArray<number>) => shares.map((share) => 0 - share))(split(-total, weights))
}
