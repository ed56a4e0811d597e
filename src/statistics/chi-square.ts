/** The upper tail of the chi-square distribution. */
import * as E from 'fp-ts/Either'
import { type OutOfRange, outOfRange } from '../foundation/index.ts'
import { gammaTail } from './gamma-tail.ts'

/**
 * The probability that a chi-square variable is at least as large as a statistic: the p-value of a chi-square test. By the
 * series and the continued fraction of the incomplete gamma function (DLMF 8.7.1 and 8.9.2).
 *
 * `OutOfRange`: the statistic is negative or not finite, or the degrees of freedom are not an integer from 1 to 10,000,000.
 *
 * @param statistic - the sum of squares over what was expected, 0 or more
 * @param degrees - the degrees of freedom
 *
 * @example
 * ```ts
 * import { chiSquareUpperTail } from 'treue'
 *
 * const tail = chiSquareUpperTail(3.841458820694124, 1)
 * tail._tag === 'Right' && tail.right.toFixed(12) // => '0.050000000000'
 * ```
 */
export const chiSquareUpperTail = (statistic: number, degrees: number): E.Either<OutOfRange, number> => {
  if (!(statistic >= 0 && statistic < Number.POSITIVE_INFINITY)) {
    return E.left(outOfRange(['statistic'], statistic, 'a finite number from 0 on'))
  }
  if (!(Number.isInteger(degrees) && degrees >= 1 && degrees <= 10_000_000)) {
    return E.left(outOfRange(['degrees'], degrees, 'an integer from 1 to 10000000'))
  }
  return E.right(gammaTail(statistic / 2, degrees / 2))
}
