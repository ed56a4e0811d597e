/** Money of one currency as money of another, by a dated table of rates. */
import * as E from 'fp-ts/Either'
import type { Codec } from './codec.ts'
import { stringCodec } from './codec-primitive.ts'
import { constrainCodec, refineCodec } from './codec-refine.ts'
import { structCodec } from './codec-struct.ts'
import { Currency, minorUnitDigits } from './currency.ts'
import { type Decimal, toDecimal } from './decimal.ts'
import { type Fault, type InvalidValue, invalidValue, type OutOfRange, outOfRange } from './fault.ts'
import { Instant } from './instant.ts'
import { type Money, moneyFromMinor } from './money.ts'
import { roundDecimal } from './round-decimal.ts'
import type { RoundingMode } from './rounding.ts'
import { validAt } from './valid-at.ts'

/** How much one unit of a currency is in another, from an instant on. */
export interface ExchangeRate {
  readonly from: Currency
  readonly to: Currency
  /** So much of `to` for one of `from`, both in major units, as a decimal text: `"0.92"` euros for a dollar. */
  readonly rate: string
  readonly validFrom: Instant
}

const isRate = (text: string): boolean => {
  const factor = toDecimal(text)
  return E.isRight(factor) && factor.right.gt(0)
}

const rate: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'ExchangeRateText',
  'a decimal number above 0 such as "0.92"',
  isRate,
)

/**
 * Reads an {@link ExchangeRate}.
 *
 * @example
 * ```ts
 * import { decode, ExchangeRate } from 'treue'
 *
 * const json = { from: 'USD', to: 'EUR', rate: '0.92', validFrom: '2026-01-01T00:00:00Z' }
 * decode(ExchangeRate, json)._tag // => 'Right'
 * decode(ExchangeRate, { ...json, rate: '0' })._tag // => 'Left'
 * ```
 */
export const ExchangeRate: Codec<ExchangeRate, unknown> = /* @__PURE__ */ constrainCodec<ExchangeRate, unknown>(
  /* @__PURE__ */ structCodec('ExchangeRate', { from: Currency, to: Currency, rate, validFrom: Instant }),
  ({ from, to }) => (from === to ? [invalidValue(['to'], to, 'another currency than "from"')] : []),
)

/** No rate from the one currency to the other is valid at the time. */
export interface UnknownExchangeRate extends Fault<'UnknownExchangeRate'> {
  readonly from: Currency
  readonly to: Currency
  readonly at: Instant
}

/**
 * The rate from one currency to another at an instant: it is valid from its `validFrom` on, and until before the next
 * one's. A rate is never turned round, nor put together from two: both would be rates that nobody quoted.
 *
 * `UnknownExchangeRate`: no rate from the one to the other is valid yet.
 *
 * @param rates - the table, in any order; of two for one pair and instant the later in the table counts
 * @param from - the currency of the money
 * @param to - the currency that is wanted
 * @param at - when
 *
 * @example
 * ```ts
 * import { type Currency, exchangeRateAt, parseInstant, unwrap } from 'treue'
 *
 * const [january, june] = [unwrap(parseInstant('2026-01-01T00:00:00Z')), unwrap(parseInstant('2026-06-01T00:00:00Z'))]
 * const [usd, eur] = ['USD' as Currency, 'EUR' as Currency]
 * const rates = [
 *   { from: usd, to: eur, rate: '0.92', validFrom: january },
 *   { from: usd, to: eur, rate: '0.95', validFrom: june },
 * ]
 * unwrap(exchangeRateAt(rates, usd, eur, january)).rate // => '0.92'
 * unwrap(exchangeRateAt(rates, usd, eur, june)).rate // => '0.95'
 * exchangeRateAt(rates, eur, usd, june)._tag // => 'Left'
 * ```
 */
export const exchangeRateAt = (
  rates: ReadonlyArray<ExchangeRate>,
  from: Currency,
  to: Currency,
  at: Instant,
): E.Either<UnknownExchangeRate, ExchangeRate> => {
  const found = validAt(
    rates.filter((one) => one.from === from && one.to === to),
    at,
  )
  if (found !== undefined) return E.right(found)
  const expected = `a currency with a rate to ${to} at the time`
  return E.left({ _tag: 'UnknownExchangeRate', path: [], expected, from, to, at })
}

/** A number with its decimal point moved to the right by some digits, or to the left. */
const shifted = (value: Decimal, digits: number): Decimal =>
  digits < 0 ? value.dividedBy(10 ** -digits) : value.times(10 ** digits)

/**
 * Money in another currency at a rate, rounded once to its minor unit.
 *
 * `InvalidValue`: the money is not in the currency that the rate is from, or the rate is no decimal number. `OutOfRange`:
 * the result would leave the exact range.
 *
 * @param money - in the currency that the rate is from
 * @param exchangeRate - the rate
 * @param mode - the rounding mode; by default `halfUp`, as Regulation (EC) No 1103/97 rounds converted money
 *
 * @example
 * ```ts
 * import { type Currency, exchangeMoney, formatAmount, money, parseInstant, unwrap } from 'treue'
 *
 * const validFrom = unwrap(parseInstant('2026-01-01T00:00:00Z'))
 * const rate = { from: 'JPY' as Currency, to: 'EUR' as Currency, rate: '0.0061', validFrom }
 * formatAmount(unwrap(exchangeMoney(unwrap(money('2500', 'JPY')), rate))) // => '15.25'
 * ```
 */
export const exchangeMoney = (
  { minor, currency }: Money,
  { from, to, rate: factor }: ExchangeRate,
  mode: RoundingMode = 'halfUp',
): E.Either<InvalidValue | OutOfRange, Money> => {
  if (currency !== from) return E.left(invalidValue(['currency'], currency, `${from}, which the rate is from`))
  const [amount, exact] = [toDecimal(minor), toDecimal(factor)]
  if (E.isLeft(amount)) return E.left(invalidValue(['minor'], minor, 'an integer of minor units'))
  if (E.isLeft(exact)) return E.left(invalidValue(['rate'], factor, exact.left.expected))
  const product = exact.right.times(amount.right)
  const rounded = roundDecimal(shifted(product, minorUnitDigits(to) - minorUnitDigits(from)), mode)
  const result = rounded._tag === 'Left' ? Number.NaN : rounded.right.toNumber()
  return Number.isSafeInteger(result)
    ? moneyFromMinor(result, to)
    : E.left(outOfRange(['minor'], minor, `an amount that is at most 9007199254740991 minor units of ${to}`))
}
