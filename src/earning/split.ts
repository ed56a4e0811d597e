// Numeric kernel: it fills the lists of shares and remainders that it made itself.
import * as E from 'fp-ts/Either'
import { allocate, type ExactInteger } from '../foundation/index.ts'

/** The sum of weights whose products with a total are exact; `null` where one is not, or there is nothing to split by. */
const smallSum = (total: number, weights: ReadonlyArray<ExactInteger>): number | null => {
  let sum = 0
  for (let index = 0; index < weights.length; index += 1) {
    const weight = weights[index]
    if (typeof weight !== 'number') return null
    sum += weight
  }
  return sum > 0 && total >= 0 && Number.isSafeInteger(sum * total) ? sum : null
}

const largest = (remainders: ReadonlyArray<number>): number => {
  let best = 0
  for (let index = 1; index < remainders.length; index += 1) {
    if ((remainders[index] ?? 0) > (remainders[best] ?? 0)) best = index
  }
  return best
}

/** Among few shares it is quicker to look for the largest remainder again than to sort all. */
const splitAmongFew = (total: number, weights: ReadonlyArray<number>, sum: number): ReadonlyArray<number> => {
  const remainders = weights.slice()
  const shares = weights.slice()
  let left = total
  for (let index = 0; index < weights.length; index += 1) {
    const product = total * (weights[index] ?? 0)
    const remainder = product % sum
    const share = (product - remainder) / sum
    remainders[index] = remainder
    shares[index] = share
    left -= share
  }
  for (; left > 0; left -= 1) {
    const best = largest(remainders)
    shares[best] = (shares[best] ?? 0) + 1
    remainders[best] = -1
  }
  return shares
}

const FEW = 8

/**
 * Splits a total in proportion to weights by largest remainder, as {@link allocate} does (S4), which is not needed for
 * the few lines of most orders. Where all weights are 0, the first gets it.
 */
export const split = (total: number, weights: ReadonlyArray<ExactInteger>): ReadonlyArray<number> => {
  if (weights.length === 1) return [total]
  const sum = weights.length <= FEW ? smallSum(total, weights) : null
  if (sum !== null) return splitAmongFew(total, weights as ReadonlyArray<number>, sum)
  const shares = allocate(total, weights)
  return E.isRight(shares) ? shares.right : weights.map((_, index) => (index === 0 ? total : 0))
}
