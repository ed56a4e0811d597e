/** Discounts on the lines that carry them. */
import * as E from 'fp-ts/Either'
import {
  allocate,
  type InvalidValue,
  multiplyDivide,
  type OutOfRange,
  type RoundingMode,
  type ZeroDenominator,
} from '../foundation/index.ts'

/**
 * A discount on lines in proportion to what each of them still costs, by largest remainder: the shares sum to the
 * discount, and none is more than its line (S55). A discount above the sum of the lines takes all of them. The faults are
 * those of `allocate`.
 *
 * @param minor - the discount, in minor units
 * @param lines - what each line costs, in minor units
 *
 * @example
 * ```ts
 * import { allocateDiscount } from 'treue'
 *
 * allocateDiscount(1000, [1000, 1000, 1000]) // => { _tag: 'Right', right: [334, 333, 333] }
 * allocateDiscount(1000, [100, 0, 200]) // => { _tag: 'Right', right: [100, 0, 200] }
 * ```
 */
export const allocateDiscount = (
  minor: number,
  lines: ReadonlyArray<number>,
): E.Either<ZeroDenominator | InvalidValue | OutOfRange, ReadonlyArray<number>> => {
  const sum = lines.reduce((total, line) => total + line, 0)
  return sum > 0 && minor >= sum ? E.right(lines) : allocate(minor, lines)
}

/** A share in hundredths of a percent; at most 10,000, so it stays in the exact range. */
export const shareOf = (minor: number, basisPoints: number, rounding: RoundingMode): number => {
  const share = multiplyDivide(minor, basisPoints, 10_000, rounding)
  return E.isRight(share) ? share.right : minor
}

/** Shares of a discount that is known to fit on lines that are sound. */
export const sharesOf = (minor: number, lines: ReadonlyArray<number>): ReadonlyArray<number> => {
  const shares = allocateDiscount(minor, lines)
  return E.isRight(shares) ? shares.right : lines.map(() => 0)
}

export const sumOf = (lines: ReadonlyArray<number>): number => lines.reduce((total, line) => total + line, 0)
