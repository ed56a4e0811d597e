// Money and decimal numbers: rates, shares and factors. Apart from money.ts, which needs no decimal.js.
import * as E from 'fp-ts/Either'
import { type Currency, minorUnitDigits } from './currency.ts'
import { type Decimal, notUsable, toDecimal, widen } from './decimal.ts'
import { type InvalidValue, type OutOfRange, type ZeroDenominator, zeroDenominator } from './fault.ts'
import { type CurrencyMismatch, compareMoney, formatAmount, type Money, moneyFromMinor } from './money.ts'
import { roundDecimal } from './round-decimal.ts'
import type { RoundingMode } from './rounding.ts'

const toMoney = (
  minor: Decimal,
  currency: Currency,
  mode: RoundingMode,
): E.Either<InvalidValue | OutOfRange, Money> => {
  const rounded = roundDecimal(minor, mode)
  return rounded._tag === 'Left' ? rounded : moneyFromMinor(rounded.right.toNumber(), currency)
}

/**
 * An amount times a factor, rounded once to the minor unit. `OutOfRange` where the product leaves the exact range,
 * `InvalidValue` where the factor isn't finite.
 *
 * @param amount the money
 * @param factor such as 0.05 for 5 %
 * @param mode the rounding mode
 * @example
 * ```ts
 * import { formatAmount, money, multiplyMoney, toDecimal, unwrap } from 'treue'
 *
 * formatAmount(unwrap(multiplyMoney(unwrap(money('19.99', 'EUR')), unwrap(toDecimal('0.05')), 'halfEven'))) // => '1.00'
 * ```
 */
export const multiplyMoney = (
  amount: Money,
  factor: Decimal,
  mode: RoundingMode,
): E.Either<InvalidValue | OutOfRange, Money> => {
  const exact = widen(factor)
  return exact === undefined
    ? E.left(notUsable(['factor'], factor, 'a finite decimal number'))
    : toMoney(exact.times(amount.minor), amount.currency, mode)
}

/**
 * Money from a decimal number of the major unit, rounded once to the minor unit. `OutOfRange` where it leaves the exact
 * range, `InvalidValue` where the number isn't finite.
 *
 * @param amount in the major unit: euros, not cents
 * @param currency the currency
 * @param mode the rounding mode
 * @example
 * ```ts
 * import { currency, formatAmount, moneyFromDecimal, toDecimal, unwrap } from 'treue'
 *
 * formatAmount(unwrap(moneyFromDecimal(unwrap(toDecimal('1.005')), unwrap(currency('EUR')), 'halfUp'))) // => '1.01'
 * ```
 */
export const moneyFromDecimal = (
  amount: Decimal,
  currency: Currency,
  mode: RoundingMode,
): E.Either<InvalidValue | OutOfRange, Money> => {
  const exact = widen(amount)
  return exact === undefined
    ? E.left(notUsable(['amount'], amount, 'a finite decimal number'))
    : toMoney(exact.times(10 ** minorUnitDigits(currency)), currency, mode)
}

/**
 * An amount as a decimal number of the major unit, exactly; `InvalidValue` where it isn't sound money.
 *
 * @param amount the money
 * @example
 * ```ts
 * import { formatDecimal, money, moneyToDecimal, unwrap } from 'treue'
 *
 * formatDecimal(unwrap(moneyToDecimal(unwrap(money('19.90', 'EUR'))))) // => '19.9'
 * ```
 */
export const moneyToDecimal = (amount: Money): E.Either<InvalidValue, Decimal> => toDecimal(formatAmount(amount))

/**
 * The ratio of two amounts of one currency, to 80 digits. `CurrencyMismatch` where the currencies differ,
 * `ZeroDenominator` where the second amount is 0, `InvalidValue` where an amount isn't sound money.
 *
 * @param part the numerator
 * @param whole the denominator, an amount of the same currency
 * @example
 * ```ts
 * import { formatDecimal, money, moneyRatio, unwrap } from 'treue'
 *
 * formatDecimal(unwrap(moneyRatio(unwrap(money('5', 'EUR')), unwrap(money('20', 'EUR'))))) // => '0.25'
 * ```
 */
export const moneyRatio = (
  part: Money,
  whole: Money,
): E.Either<CurrencyMismatch | ZeroDenominator | InvalidValue, Decimal> => {
  const compared = compareMoney(part, whole)
  if (compared._tag === 'Left') return compared
  if (whole.minor === 0) return E.left(zeroDenominator(['whole'], 'an amount other than 0'))
  const numerator = toDecimal(part.minor)
  return numerator._tag === 'Left' ? numerator : E.right(numerator.right.dividedBy(whole.minor))
}
