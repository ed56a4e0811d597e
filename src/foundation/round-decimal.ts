// Rounding of decimal numbers, to a whole or to an increment.
import * as E from 'fp-ts/Either'
import { type Decimal, notUsable, ofWide, widen } from './decimal.ts'
import type { InvalidValue } from './fault.ts'
import { correction, type RoundingMode } from './rounding.ts'

/** How many increments, truncated and then corrected by the exact remainder. */
const wholeIncrements = (value: Decimal, increment: Decimal | 1, mode: RoundingMode): Decimal => {
  const quotient = value.dividedToIntegerBy(increment)
  const remainder = value.minus(quotient.times(increment))
  if (remainder.isZero()) return quotient
  const half = remainder.abs().times(2).comparedTo(increment)
  return quotient.plus(correction(mode, value.isNegative() ? -1 : 1, half, !quotient.mod(2).isZero()))
}

/**
 * A decimal number rounded to a multiple of an increment. `InvalidValue` where the increment isn't above 0 or a number
 * isn't finite.
 *
 * @param value the number to round
 * @param mode the rounding mode (S2: −1.2 is −2 by `floor` and −1 by `truncate`)
 * @param increment what to round to a multiple of, such as 0.05; 1 by default
 * @example
 * ```ts
 * import { formatDecimal, roundDecimal, toDecimal, unwrap } from 'treue'
 *
 * const value = unwrap(toDecimal('1.075'))
 * formatDecimal(unwrap(roundDecimal(value, 'halfUp', unwrap(toDecimal('0.05'))))) // => '1.1'
 * ```
 */
export const roundDecimal = (
  value: Decimal,
  mode: RoundingMode,
  increment?: Decimal,
): E.Either<InvalidValue, Decimal> => {
  const dividend = widen(value)
  if (dividend === undefined) return E.left(notUsable([], value, 'a finite decimal number'))
  if (increment === undefined) return E.right(ofWide(wholeIncrements(dividend, 1, mode)))
  const step = widen(increment)
  if (step === undefined || step.isNegative() || step.isZero()) {
    return E.left(notUsable(['increment'], increment, 'an increment above 0'))
  }
  return E.right(ofWide(wholeIncrements(dividend, step, mode).times(step)))
}
