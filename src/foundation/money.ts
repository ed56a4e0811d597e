// Money: an integer of a currency's minor unit.
import * as E from 'fp-ts/Either'
import { allocate } from './allocation.ts'
import type { Codec } from './codec.ts'
import { integerCodec, stringCodec } from './codec-primitive.ts'
import { refineCodec, transformCodec } from './codec-refine.ts'
import { structCodec } from './codec-struct.ts'
import { Currency, currency as currencyOf, minorUnitDigits } from './currency.ts'
import {
  type Fault,
  type InvalidValue,
  invalidValue,
  type OutOfRange,
  outOfRange,
  type ZeroDenominator,
} from './fault.ts'

/** An exact amount of a currency; may be below 0. */
export interface Money {
  /** an integer of the currency's minor unit: cents of EUR, yen of JPY */
  readonly minor: number
  readonly currency: Currency
}

/** Money in JSON. */
export interface MoneyJson {
  /** a decimal text with the currency's digits: `"19.99"` */
  readonly amount: string
  readonly currency: string
}

/** Two amounts that can't be taken together, because their currencies differ. */
export interface CurrencyMismatch extends Fault<'CurrencyMismatch'> {
  readonly left: Currency
  readonly right: Currency
}

const amountPattern = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/

const fraction = (digits: number, text: string): string => (digits === 0 ? '' : `.${text.padEnd(digits, '0')}`)

const formatMinor = (minor: number, digits: number): string => {
  const figures = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = figures.slice(0, figures.length - digits)
  return `${minor < 0 ? '-' : ''}${whole}${fraction(digits, figures.slice(figures.length - digits))}`
}

const expectedAmount = (currency: Currency): string =>
  `an amount in ${currency} such as "${minorUnitDigits(currency) === 0 ? '1999' : `19${fraction(minorUnitDigits(currency), '99')}`}"`

const expectedRange = (currency: Currency): string => {
  const most = formatMinor(Number.MAX_SAFE_INTEGER, minorUnitDigits(currency))
  return `an amount in ${currency} from -${most} to ${most}`
}

/** The minor units that a text says; `undefined` where it isn't an amount of the currency. */
const parseMinor = (amount: string, digits: number): number | undefined => {
  const match = amountPattern.exec(amount)
  const decimals = match?.[3] ?? ''
  if (match === null || decimals.length > digits) return undefined
  return Number(`${match[1] ?? ''}${match[2] ?? ''}${decimals.padEnd(digits, '0')}`) + 0
}

const parseAmount = (amount: string, currency: Currency): E.Either<InvalidValue, Money> => {
  const minor = parseMinor(amount, minorUnitDigits(currency))
  if (minor === undefined) return E.left(invalidValue(['amount'], amount, expectedAmount(currency)))
  if (!Number.isSafeInteger(minor)) return E.left(invalidValue(['amount'], amount, expectedRange(currency)))
  return E.right({ minor, currency })
}

/**
 * Money from a decimal text and a currency code. `InvalidValue` where the text isn't a plain decimal number, has more
 * digits than the currency, or leaves the exact range; or where ISO 4217 has no such currency.
 *
 * @param amount such as `"19.99"`, `"19.9"` or `"-5"`
 * @param currency such as `"EUR"`
 * @example
 * ```ts
 * import { money } from 'treue'
 *
 * money('19.9', 'EUR') // => { _tag: 'Right', right: { minor: 1990, currency: 'EUR' } }
 * ```
 */
export const money = (amount: string, currency: string): E.Either<InvalidValue, Money> => {
  const code = currencyOf(currency)
  if (code._tag === 'Left') return E.left({ ...code.left, path: ['currency'] })
  return parseAmount(amount, code.right)
}

/**
 * Money from minor units; `OutOfRange` where they aren't a safe integer.
 *
 * @param minor an integer of the currency's minor unit
 * @param currency the currency
 * @example
 * ```ts
 * import { currency, moneyFromMinor, unwrap } from 'treue'
 *
 * moneyFromMinor(1999, unwrap(currency('EUR'))) // => { _tag: 'Right', right: { minor: 1999, currency: 'EUR' } }
 * ```
 */
export const moneyFromMinor = (minor: number, currency: Currency): E.Either<OutOfRange, Money> =>
  Number.isSafeInteger(minor)
    ? E.right({ minor: minor + 0, currency })
    : E.left(outOfRange(['minor'], minor, expectedRange(currency)))

/**
 * An amount as a decimal text with exactly the currency's digits.
 *
 * @param amount the money
 * @example
 * ```ts
 * import { formatAmount, money, unwrap } from 'treue'
 *
 * formatAmount(unwrap(money('5', 'EUR'))) // => '5.00'
 * formatAmount(unwrap(money('5', 'JPY'))) // => '5'
 * ```
 */
export const formatAmount = (amount: Money): string => formatMinor(amount.minor, minorUnitDigits(amount.currency))

const MoneyValue: Codec<{ readonly minor: number; readonly currency: Currency }, unknown> = /* @__PURE__ */ structCodec(
  'Money',
  { minor: /* @__PURE__ */ integerCodec(), currency: Currency },
)

const AmountText: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'Amount',
  'an amount as a text such as "19.99"',
  () => true,
  { pattern: '^-?(0|[1-9][0-9]*)(\\.[0-9]{1,4})?$' },
)

/**
 * Reads money from JSON: the amount as a decimal text with at most the currency's digits.
 *
 * @example
 * ```ts
 * import { decode, Money } from 'treue'
 *
 * decode(Money, { amount: '19.99', currency: 'EUR' })
 * // => { _tag: 'Right', right: { minor: 1999, currency: 'EUR' } }
 * ```
 */
export const Money: Codec<Money, MoneyJson> = /* @__PURE__ */ transformCodec<
  Money,
  { readonly amount: string; readonly currency: Currency },
  MoneyJson
>('Money', /* @__PURE__ */ structCodec('Money', { amount: AmountText, currency: Currency }), {
  expected: 'money such as {"amount":"19.99","currency":"EUR"}',
  parse: ({ amount, currency }) => parseAmount(amount, currency),
  format: (value) => ({ amount: formatAmount(value), currency: value.currency }),
  holds: (value) => MoneyValue.is(value),
  outputSchema: {
    type: 'object',
    properties: { minor: { type: 'integer' }, currency: { type: 'string' } },
    required: ['minor', 'currency'],
    additionalProperties: false,
  },
})

const mismatch = (left: Currency, right: Currency): CurrencyMismatch => ({
  _tag: 'CurrencyMismatch',
  path: [],
  expected: 'two amounts of one currency',
  left,
  right,
})

/**
 * The sum of two amounts of one currency. `CurrencyMismatch` where the currencies differ, `OutOfRange` where the sum
 * leaves the exact range.
 *
 * @param a an amount
 * @param b an amount of the same currency
 * @example
 * ```ts
 * import { addMoney, formatError, money, unwrap } from 'treue'
 *
 * const euros = unwrap(money('1.50', 'EUR'))
 * addMoney(euros, euros) // => { _tag: 'Right', right: { minor: 300, currency: 'EUR' } }
 * const wrong = addMoney(euros, unwrap(money('1', 'USD')))
 * wrong._tag === 'Left' && formatError(wrong.left)
 * // => 'Currency mismatch: expected two amounts of one currency (left "EUR", right "USD").'
 * ```
 */
export const addMoney = (a: Money, b: Money): E.Either<CurrencyMismatch | OutOfRange, Money> =>
  a.currency === b.currency ? moneyFromMinor(a.minor + b.minor, a.currency) : E.left(mismatch(a.currency, b.currency))

/**
 * The difference of two amounts of one currency. `CurrencyMismatch` where the currencies differ, `OutOfRange` where the
 * difference leaves the exact range.
 *
 * @param a an amount
 * @param b an amount of the same currency
 * @example
 * ```ts
 * import { money, subtractMoney, unwrap } from 'treue'
 *
 * subtractMoney(unwrap(money('1', 'EUR')), unwrap(money('1.5', 'EUR')))
 * // => { _tag: 'Right', right: { minor: -50, currency: 'EUR' } }
 * ```
 */
export const subtractMoney = (a: Money, b: Money): E.Either<CurrencyMismatch | OutOfRange, Money> =>
  a.currency === b.currency ? moneyFromMinor(a.minor - b.minor, a.currency) : E.left(mismatch(a.currency, b.currency))

/**
 * How two amounts of one currency compare: −1, 0 or 1. `CurrencyMismatch` where the currencies differ.
 *
 * @param a an amount
 * @param b an amount of the same currency
 * @example
 * ```ts
 * import { compareMoney, money, unwrap } from 'treue'
 *
 * compareMoney(unwrap(money('1', 'EUR')), unwrap(money('2', 'EUR'))) // => { _tag: 'Right', right: -1 }
 * ```
 */
export const compareMoney = (a: Money, b: Money): E.Either<CurrencyMismatch, -1 | 0 | 1> => {
  if (a.currency !== b.currency) return E.left(mismatch(a.currency, b.currency))
  if (a.minor === b.minor) return E.right(0)
  return E.right(a.minor < b.minor ? -1 : 1)
}

/**
 * Splits an amount in proportion to weights, by largest remainder: the parts sum to it. The faults are those of
 * `allocate`.
 *
 * @param amount the money to split
 * @param weights safe integers from 0 on, at least one
 * @example
 * ```ts
 * import { allocateMoney, formatAmount, money, unwrap } from 'treue'
 *
 * unwrap(allocateMoney(unwrap(money('1', 'EUR')), [1, 1, 1])).map(formatAmount) // => ['0.34', '0.33', '0.33']
 * ```
 */
export const allocateMoney = (
  amount: Money,
  weights: ReadonlyArray<number>,
): E.Either<ZeroDenominator | InvalidValue | OutOfRange, ReadonlyArray<Money>> => {
  const shares = allocate(amount.minor, weights)
  return shares._tag === 'Left' ? shares : E.right(shares.right.map((minor) => ({ minor, currency: amount.currency })))
}
