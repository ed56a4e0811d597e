// Integers of any size that cost no more than numbers as long as numbers are exact.

/** An integer: a number where that is exact, a bigint where it is not. */
export type ExactInteger = number | bigint

/**
 * The product of two integers.
 *
 * @example
 * ```ts
 * import { exactProduct } from 'treue'
 *
 * exactProduct(6, 7) // => 42
 * exactProduct(2 ** 52, 4) // => 2n ** 54n
 * ```
 */
export const exactProduct = (a: ExactInteger, b: ExactInteger): ExactInteger => {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (Number.isSafeInteger(product)) return product
  }
  return BigInt(a) * BigInt(b)
}

/**
 * The sum of two integers.
 *
 * @example
 * ```ts
 * import { exactSum } from 'treue'
 *
 * exactSum(Number.MAX_SAFE_INTEGER, 1) // => 2n ** 53n
 * ```
 */
export const exactSum = (a: ExactInteger, b: ExactInteger): ExactInteger => {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  return BigInt(a) + BigInt(b)
}

/**
 * The greatest common divisor of two positive integers.
 *
 * @example
 * ```ts
 * import { greatestCommonDivisor } from 'treue'
 *
 * greatestCommonDivisor(12, 18) // => 6
 * ```
 */
export const greatestCommonDivisor = (a: ExactInteger, b: ExactInteger): ExactInteger => {
  if (typeof a === 'number' && typeof b === 'number') {
    let [larger, smaller] = [a, b]
    while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller]
    return larger
  }
  let [larger, smaller] = [BigInt(a), BigInt(b)]
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller]
  return exactInteger(larger)
}

/**
 * The quotient of two integers of which the second divides the first.
 *
 * @example
 * ```ts
 * import { exactQuotient } from 'treue'
 *
 * exactQuotient(2n ** 60n, 2n ** 50n) // => 1024
 * ```
 */
export const exactQuotient = (a: ExactInteger, b: ExactInteger): ExactInteger =>
  typeof a === 'number' && typeof b === 'number' ? a / b : exactInteger(BigInt(a) / BigInt(b))

/** A bigint as a number, where that is exact. */
const exactInteger = (value: bigint): ExactInteger => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
