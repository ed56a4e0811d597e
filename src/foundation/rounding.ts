// Rounding modes, and exact quotients of integers. The sign of the quotient decides, so numbers below 0 round as named.
import * as E from 'fp-ts/Either'
import type { Codec } from './codec.ts'
import { literalCodec } from './codec-primitive.ts'
import { type ExactInteger, exactProduct } from './exact-integer.ts'
import { type OutOfRange, outOfRange, type ZeroDenominator, zeroDenominator } from './fault.ts'

/**
 * How a value between two neighbours is rounded: `floor` toward −∞, `ceil` toward +∞, `truncate` toward 0; or to the
 * nearest, where a tie goes toward +∞ (`halfUp`), to the even neighbour (`halfEven`) or away from 0 (`halfAway`).
 */
export type RoundingMode = 'floor' | 'ceil' | 'halfUp' | 'halfEven' | 'halfAway' | 'truncate'

/**
 * Reads the name of a rounding mode.
 *
 * @example
 * ```ts
 * import { decode, RoundingMode } from 'treue'
 *
 * decode(RoundingMode, 'floor') // => { _tag: 'Right', right: 'floor' }
 * ```
 */
export const RoundingMode: Codec<RoundingMode> = /* @__PURE__ */ literalCodec(
  'floor',
  'ceil',
  'halfUp',
  'halfEven',
  'halfAway',
  'truncate',
)

const towardNearest = (mode: RoundingMode, sign: -1 | 1, half: number, odd: boolean): number => {
  if (half !== 0) return half > 0 ? sign : 0
  if (mode === 'halfEven') return odd ? sign : 0
  return mode === 'halfAway' || sign > 0 ? sign : 0
}

/**
 * What a truncated, inexact quotient is corrected by: −1, 0 or 1.
 *
 * `sign` is that of the exact quotient, `half` says whether its cut-off part is below, at or above one half (−, 0, +),
 * `odd` whether the truncated quotient is odd.
 */
export const correction = (mode: RoundingMode, sign: -1 | 1, half: number, odd: boolean): number => {
  switch (mode) {
    case 'truncate':
      return 0
    case 'floor':
      return sign < 0 ? -1 : 0
    case 'ceil':
      return sign > 0 ? 1 : 0
    case 'halfUp':
    case 'halfEven':
    case 'halfAway':
      return towardNearest(mode, sign, half, odd)
  }
}

const safeInteger = 'an integer from -9007199254740991 to 9007199254740991'

/** The remainder of safe integers is exact, hence so is the quotient of what it leaves. */
const divide = (numerator: number, denominator: number, mode: RoundingMode): number => {
  const remainder = numerator % denominator
  const quotient = (numerator - remainder) / denominator
  if (remainder === 0) return quotient + 0
  const sign = numerator < 0 === denominator < 0 ? 1 : -1
  const half = Math.abs(remainder) * 2 - Math.abs(denominator)
  return quotient + correction(mode, sign, half, quotient % 2 !== 0) + 0
}

const divideBig = (numerator: bigint, denominator: bigint, mode: RoundingMode): bigint => {
  const quotient = numerator / denominator
  const remainder = numerator % denominator
  if (remainder === 0n) return quotient
  const sign = numerator < 0n === denominator < 0n ? 1 : -1
  const twice = (remainder < 0n ? -remainder : remainder) * 2n
  const whole = denominator < 0n ? -denominator : denominator
  const half = twice === whole ? 0 : twice > whole ? 1 : -1
  return quotient + BigInt(correction(mode, sign, half, quotient % 2n !== 0n))
}

const quotientOf = (
  numerator: ExactInteger,
  denominator: ExactInteger,
  mode: RoundingMode,
): E.Either<OutOfRange, number> => {
  if (typeof numerator === 'number' && typeof denominator === 'number')
    return E.right(divide(numerator, denominator, mode))
  const result = Number(divideBig(BigInt(numerator), BigInt(denominator), mode))
  return Number.isSafeInteger(result) ? E.right(result) : E.left(outOfRange([], result, safeInteger))
}

const isExact = (n: ExactInteger): boolean => typeof n === 'bigint' || Number.isSafeInteger(n)

const inexact = (name: string, n: ExactInteger): E.Either<OutOfRange, never> =>
  E.left(outOfRange([name], n, safeInteger))

/**
 * The quotient of two integers, rounded; exact over the whole range. `ZeroDenominator` for a denominator of 0,
 * `OutOfRange` where an argument is a number and no safe integer, or the result would be none.
 *
 * @param numerator an integer; a bigint where a number isn't exact
 * @param denominator an integer other than 0; a bigint where a number isn't exact
 * @param mode the rounding mode (S2: a loss of 1.2 points is −2 by `floor` and −1 by `truncate`)
 * @example
 * ```ts
 * import { roundRatio } from 'treue'
 *
 * roundRatio(-12, 10, 'floor') // => { _tag: 'Right', right: -2 }
 * roundRatio(-12, 10, 'truncate') // => { _tag: 'Right', right: -1 }
 * ```
 */
export const roundRatio = (
  numerator: ExactInteger,
  denominator: ExactInteger,
  mode: RoundingMode,
): E.Either<ZeroDenominator | OutOfRange, number> => {
  if (!isExact(numerator)) return inexact('numerator', numerator)
  if (!isExact(denominator)) return inexact('denominator', denominator)
  return denominator === 0 || denominator === 0n
    ? E.left(zeroDenominator(['denominator'], 'a denominator other than 0'))
    : quotientOf(numerator, denominator, mode)
}

/**
 * `a · b / c`, rounded once; exact also where `a · b` leaves the exact range of numbers. `ZeroDenominator` where `c` is
 * 0, `OutOfRange` where an argument is no safe integer or the result isn't.
 *
 * @param a a safe integer
 * @param b a safe integer
 * @param c a safe integer other than 0
 * @param mode the rounding mode
 * @example
 * ```ts
 * import { multiplyDivide } from 'treue'
 *
 * // 5997 cents at 1 point for each 100 cents (S4)
 * multiplyDivide(5997, 1, 100, 'floor') // => { _tag: 'Right', right: 59 }
 * ```
 */
export const multiplyDivide = (
  a: number,
  b: number,
  c: number,
  mode: RoundingMode,
): E.Either<ZeroDenominator | OutOfRange, number> => {
  if (!isExact(a)) return inexact('a', a)
  if (!isExact(b)) return inexact('b', b)
  if (!isExact(c)) return inexact('c', c)
  if (c === 0) return E.left(zeroDenominator(['c'], 'a divisor other than 0'))
  return quotientOf(exactProduct(a, b), c, mode)
}
